"""What is to be followed up is found by cells from indexes alone; absences tell where their member stands now."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0016_list_from_the_index"),
        ("organizations", "0004_sums_of_wide_units"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="member",
            name="members_member_badge",
        ),
        migrations.AddField(
            model_name="absencespan",
            name="now_at",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organizations.unit",
            ),
        ),
        migrations.AddIndex(
            model_name="absencespan",
            index=models.Index(fields=["now_at", "kind", "valid_to"], name="members_absence_now_at"),
        ),
        migrations.AddIndex(
            model_name="member",
            index=models.Index(
                condition=models.Q(("state", "official")),
                fields=["badge_years", "admitted_on", "unit", "id"],
                name="members_member_badge",
            ),
        ),
        migrations.AddIndex(
            model_name="member",
            index=models.Index(
                condition=models.Q(("state", "official")),
                fields=["unit", "badge_years", "admitted_on", "id"],
                name="members_member_badge_below",
            ),
        ),
        migrations.AddIndex(
            model_name="member",
            index=models.Index(
                condition=models.Q(("state", "probationary")),
                fields=["unit", "admitted_on", "ceremony_on", "id"],
                name="members_member_probation",
            ),
        ),
        migrations.AddIndex(
            model_name="member",
            index=models.Index(
                condition=models.Q(("state", "died")), fields=["unit", "admitted_on"], name="members_member_died"
            ),
        ),
    ]
