"""Names are read from the index of their units: a list or a search never meets the rows of those left out."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("members", "0015_sum_stocks_of_uppers"), ("organizations", "0004_sums_of_wide_units")]
    operations = [
        migrations.RemoveIndex(model_name="member", name="members_mem_unit_id_5a0201_idx"),
        migrations.AddIndex(
            model_name="member",
            index=models.Index(fields=["unit", "state", "folded_name", "sort_key", "id"], name="members_member_listed"),
        ),
    ]
