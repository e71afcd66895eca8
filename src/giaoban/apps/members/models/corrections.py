"""What stands in a member's own row and was changed after entry: old and new value, why, on whose wish (D1, D12)."""

from __future__ import annotations

from django.db import models

from giaoban.apps.audit.journal import JournalEntry, JournalQuerySet
from giaoban.apps.members.models.joining import CorrectionRequest
from giaoban.apps.members.models.people import Member
from giaoban.apps.organizations.models import Unit


class FilePart(models.TextChoices):
    """What can be corrected about a member besides the entries of their life."""

    NAME = "name", "Họ và tên"
    BIRTH = "birth", "Ngày sinh"
    SEX = "sex", "Giới tính"
    IDENTITY = "identity", "Số định danh cá nhân"
    FILE_NUMBER = "file_number", "Số lý lịch"
    CARD_NUMBER = "card_number", "Số thẻ đảng viên"
    PHONE = "phone", "Điện thoại"
    ADMITTED = "admitted", "Ngày kết nạp"
    RECOGNISED = "recognised", "Ngày chính thức"
    EDUCATION = "education", "Trình độ chuyên môn"
    THEORY = "theory", "Trình độ lý luận chính trị"
    OCCUPATION = "occupation", "Nghề nghiệp"


# These open with the personal file, and each opening is recorded.
PRIVATE_PARTS = (FilePart.BIRTH, FilePart.IDENTITY, FilePart.FILE_NUMBER, FilePart.CARD_NUMBER, FilePart.PHONE)


class ChangeCause(models.TextChoices):
    """Whether the register was wrong, or the world changed."""

    MISTAKE = "mistake", "Sổ ghi sai"
    CHANGED = "changed", "Có thay đổi"


class CorrectionEntry(JournalEntry):
    """One value of a member's file was replaced.

    ``effective_date`` is the day since when a change holds; of a mistake the day on which it was put right. ``before``
    and ``after`` are written as people write them; of an identity number they hold the last three digits, the number
    itself is ciphertext with the id of its key. ``ref`` names the card entry that was corrected along with the number.
    """

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="file_corrections")
    part = models.CharField(max_length=12, choices=FilePart.choices)
    cause = models.CharField(max_length=8, choices=ChangeCause.choices)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    before = models.CharField(max_length=120, blank=True)
    after = models.CharField(max_length=120, blank=True)
    before_cipher = models.CharField(max_length=255, blank=True)
    before_cipher_key = models.CharField(max_length=10, blank=True)
    after_cipher = models.CharField(max_length=255, blank=True)
    after_cipher_key = models.CharField(max_length=10, blank=True)
    reason = models.CharField(max_length=200)
    request = models.ForeignKey(
        CorrectionRequest, on_delete=models.PROTECT, related_name="corrections", null=True, blank=True
    )

    objects = JournalQuerySet.as_manager()

    class Meta(JournalEntry.Meta):
        indexes = [models.Index(fields=["member", "part"])]

    def __str__(self) -> str:
        return f"{self.effective_date} {self.get_part_display()} {self.member}"
