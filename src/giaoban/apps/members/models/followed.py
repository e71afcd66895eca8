"""How much there is to be followed up under wide units: of a whole country it is not looked for at each request."""

from __future__ import annotations

from django.db import models

from giaoban.apps.organizations.models import Unit


class Followed(models.TextChoices):
    """What is counted, and what the ``day`` of its cases is."""

    PROBATION = "p", "đảng viên dự bị"  # the day on which probation began
    BADGE = "b", "đảng viên chính thức"  # the day of admission; ``mark`` is the highest badge
    EXEMPT = "e", "miễn công tác và sinh hoạt có thời hạn"  # its last day
    AWAY = "a", "đi xa"  # the last contact
    LETTER = "l", "giấy giới thiệu đang chờ"  # no day: it is the first of all


class FollowedSum(models.Model):
    """Projection: by how much the cases of a day at and under a wide unit grow from a day (``since``) on.

    They grow where a unit came to stand under it, or a case is recorded; several rows of one key are added up. A letter
    from one unit below to another is one.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    what = models.CharField(max_length=1, choices=Followed.choices)
    mark = models.PositiveSmallIntegerField()
    day = models.DateField()
    since = models.DateField()
    number = models.IntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["unit", "what", "mark", "day", "since", "number"], name="members_followed"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.number} {self.what}{self.mark} {self.day}"
