"""Letters that wait say when they were sent and whether their member stands; wide units keep what is followed up.

The letters are noted again by the next migration.
"""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def _empty(apps: Any, schema_editor: Any) -> None:
    apps.get_model("members", "WaitingLetter").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0019_words_of_names"),
        ("organizations", "0004_sums_of_wide_units"),
    ]
    operations = [
        migrations.RunPython(_empty, migrations.RunPython.noop),
        migrations.AddField(
            model_name="waitingletter",
            name="sent_on",
            field=models.DateField(default=None),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="waitingletter",
            name="standing",
            field=models.BooleanField(default=None),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name="FollowedSum",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("p", "đảng viên dự bị"),
                            ("b", "đảng viên chính thức"),
                            ("e", "miễn công tác và sinh hoạt có thời hạn"),
                            ("a", "đi xa"),
                            ("l", "giấy giới thiệu đang chờ"),
                        ],
                        max_length=1,
                    ),
                ),
                ("mark", models.PositiveSmallIntegerField()),
                ("day", models.DateField()),
                ("since", models.DateField()),
                ("number", models.IntegerField()),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.unit",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["unit", "what", "mark", "day", "since", "number"],
                        name="members_followed",
                    )
                ],
            },
        ),
    ]
