"""What may be recorded for several members at once: for whom each step is, its form, the operation that records it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from giaoban.apps.audit.act import Act
from giaoban.apps.members.models import (
    AbsenceEvent,
    AbsenceKind,
    Grade,
    HonourEvent,
    Member,
    MemberEvent,
    MemberState,
    VettingPurpose,
)
from giaoban.apps.members.operations import (
    AbsenceDraft,
    EntryDraft,
    HonourDraft,
    RatingDraft,
    VettingDraft,
    record_absence_entries,
    record_honour_entries,
    record_member_entries,
    record_ratings,
    record_vetting_entries,
)
from giaoban.apps.members.queries.absences import AbsenceState
from giaoban.apps.organizations.operations import Decision
from giaoban.web.forms import OfficeForm
from giaoban.web.members.bulk_forms import (
    BulkCardForm,
    BulkDayForm,
    BulkEntryForm,
    BulkExemptForm,
    BulkRatingForm,
)
from giaoban.web.members.forms import DecisionForm
from giaoban.web.members.life_forms import AwayForm, CommendForm, VettingForm

_STANDING = (MemberState.OFFICIAL, MemberState.PROBATIONARY)
Absences = Sequence[AbsenceState]
Numbers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was typed for all, and the number typed for each member by uid."""

    form: OfficeForm
    numbers: Numbers

    @property
    def data(self) -> Mapping[str, Any]:
        """Return the cleaned values."""
        return self.form.cleaned_data

    @property
    def decision(self) -> Decision:
        """Return the decision that was typed; none where the form asks for none."""
        return self.form.decision() if isinstance(self.form, DecisionForm) else Decision()


@dataclass(frozen=True, slots=True)
class BulkWork:
    """One step: its words, its form, what stands in somebody's way, and the operation.

    ``note`` says what follows; ``number`` is the heading of a field that stands beside each name.
    """

    label: str
    done: str
    form: Callable[..., OfficeForm]
    obstacle: Callable[[Member, Absences], str]
    record: Callable[[Act, Sequence[Member], Chosen], Sequence[Any]]
    note: str = ""
    number: str = ""
    initial: Callable[[date], Mapping[str, Any]] = lambda today: {"day": today}


def _state(member: Member) -> str:
    return str(MemberState(member.state).label).lower()


def _standing(member: Member, absences: Absences) -> str:
    return "" if member.state in _STANDING else _state(member)


def _probationary(member: Member, absences: Absences) -> str:
    return "" if member.state == MemberState.PROBATIONARY else _state(member)


def _official(member: Member, absences: Absences) -> str:
    return "" if member.state == MemberState.OFFICIAL else _state(member)


def _without_card(member: Member, absences: Absences) -> str:
    return _official(member, absences) or ("đã có thẻ" if member.card_number else "")


def _at_home(member: Member, absences: Absences) -> str:
    gone = any(one.kind == AbsenceKind.AWAY for one in absences)
    return _standing(member, absences) or ("đang đi xa" if gone else "")


def _absent(kind: AbsenceKind, words: str) -> Callable[[Member, Absences], str]:
    def obstacle(member: Member, absences: Absences) -> str:
        there = any(one.kind == kind for one in absences)
        return _standing(member, absences) or ("" if there else words)

    return obstacle


def _entry(kind: MemberEvent) -> Callable[[Act, Sequence[Member], Chosen], Sequence[Any]]:
    def record(act: Act, members: Sequence[Member], chosen: Chosen) -> Sequence[Any]:
        drafts = [
            EntryDraft(
                member,
                kind,
                chosen.data["day"],
                member.unit,
                round=chosen.data.get("round", "").strip(),
                card_number=chosen.numbers.get(str(member.uid), ""),
                decision=chosen.decision,
            )
            for member in members
        ]
        return record_member_entries(act=act, drafts=drafts)

    return record


def _absence(kind: AbsenceEvent) -> Callable[[Act, Sequence[Member], Chosen], Sequence[Any]]:
    def record(act: Act, members: Sequence[Member], chosen: Chosen) -> Sequence[Any]:
        typed = chosen.data
        drafts = [
            AbsenceDraft(
                member,
                kind,
                typed["day"],
                typed.get("until"),
                typed.get("place", ""),
                typed.get("abroad", False),
                chosen.decision,
            )
            for member in members
        ]
        return record_absence_entries(act=act, drafts=drafts)

    return record


def _commend(act: Act, members: Sequence[Member], chosen: Chosen) -> Sequence[Any]:
    typed = chosen.data
    drafts = [
        HonourDraft(
            HonourEvent(typed["what"]),
            typed["day"],
            member,
            level=typed["level"],
            form=typed["form"],
            reason=typed["reason"],
            decision=chosen.decision,
        )
        for member in members
    ]
    return record_honour_entries(act=act, drafts=drafts)


def _rate(act: Act, members: Sequence[Member], chosen: Chosen) -> Sequence[Any]:
    typed = chosen.data
    drafts = [
        RatingDraft(typed["year"], Grade(typed["grade"]), typed["day"], member, decision=chosen.decision)
        for member in members
    ]
    return record_ratings(act=act, drafts=drafts)


def _vet(act: Act, members: Sequence[Member], chosen: Chosen) -> Sequence[Any]:
    typed = chosen.data
    drafts = [
        VettingDraft(
            VettingPurpose(typed["purpose"]),
            typed["day"],
            member,
            decision=Decision(typed["number"].strip(), typed["day"]),
        )
        for member in members
    ]
    return record_vetting_entries(act=act, drafts=drafts)


BULK_WORK: dict[str, BulkWork] = {
    "cong-nhan": BulkWork(
        "Ghi công nhận chính thức",
        "Đã ghi công nhận chính thức",
        BulkEntryForm,
        _probationary,
        _entry(MemberEvent.RECOGNISED),
    ),
    "lop-moi": BulkWork(
        "Ghi học xong lớp đảng viên mới",
        "Đã ghi học xong lớp đảng viên mới",
        BulkEntryForm,
        _probationary,
        _entry(MemberEvent.COURSE_PASSED),
    ),
    "phat-the": BulkWork(
        "Ghi phát thẻ",
        "Đã ghi phát thẻ",
        BulkCardForm,
        _without_card,
        _entry(MemberEvent.CARD_ISSUED),
        note="Số thẻ chưa có thì để trống, ghi sau bằng «Sửa dữ liệu» ở trang của đảng viên.",
        number="Số thẻ",
    ),
    "de-nghi-khen": BulkWork(
        "Ghi khen thưởng, đề nghị khen",
        "Đã ghi khen thưởng",
        CommendForm,
        _standing,
        _commend,
        note="Huy hiệu Đảng ghi cho cả đợt ở trang «Huy hiệu Đảng».",
        initial=lambda today: {"day": today, "what": HonourEvent.COMMENDATION_PROPOSED},
    ),
    "xep-loai": BulkWork(
        "Ghi kết quả xếp loại",
        "Đã ghi kết quả xếp loại",
        BulkRatingForm,
        _standing,
        _rate,
        note="Một mức cho tất cả; cả chi bộ với nhiều mức thì ghi ở trang «Xếp loại».",
        initial=lambda today: {"day": today, "year": today.year if today.month == 12 else today.year - 1},
    ),
    "mien": BulkWork(
        "Ghi miễn sinh hoạt, gia hạn miễn",
        "Đã ghi miễn công tác và sinh hoạt",
        BulkExemptForm,
        _standing,
        _absence(AbsenceEvent.EXEMPTED),
        note="Người được miễn vẫn tính trong tổng số đảng viên.",
    ),
    "het-mien": BulkWork(
        "Ghi hết miễn, sinh hoạt trở lại",
        "Đã ghi sinh hoạt trở lại",
        BulkEntryForm,
        _absent(AbsenceKind.EXEMPT, "không đang được miễn"),
        _absence(AbsenceEvent.EXEMPTION_ENDED),
    ),
    "di-xa": BulkWork(
        "Ghi đi xa",
        "Đã ghi đi xa",
        AwayForm,
        _at_home,
        _absence(AbsenceEvent.AWAY),
        note="Chỉ ghi địa phương, không ghi địa chỉ và lý do.",
    ),
    "lien-lac": BulkWork(
        "Ghi đã liên lạc với người đi xa",
        "Đã ghi liên lạc",
        BulkDayForm,
        _absent(AbsenceKind.AWAY, "không đang đi xa"),
        _absence(AbsenceEvent.CONTACTED),
    ),
    "tro-ve": BulkWork(
        "Ghi đi xa đã trở về",
        "Đã ghi trở về",
        BulkDayForm,
        _absent(AbsenceKind.AWAY, "không đang đi xa"),
        _absence(AbsenceEvent.RETURNED),
    ),
    "ket-luan": BulkWork(
        "Ghi kết luận tiêu chuẩn chính trị",
        "Đã ghi kết luận tiêu chuẩn chính trị",
        VettingForm,
        _standing,
        _vet,
        note="Chỉ số và ngày của một kết luận chung; nội dung lưu trên giấy.",
    ),
    "tu-cach": BulkWork(
        "Ghi cho ý kiến về tư cách",
        "Đã ghi cho ý kiến về tư cách đảng viên",
        BulkEntryForm,
        _standing,
        _entry(MemberEvent.STATUS_OPINION),
    ),
}
