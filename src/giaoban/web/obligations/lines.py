"""Duties as screens show them: whose, what, by when, and the one link that mends it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from giaoban.apps.obligations.duties import STATUS_WORDS, Duty, DutyStatus
from giaoban.apps.obligations.queries.duties import is_late
from giaoban.apps.organizations.queries.chosen import place_cards
from giaoban.core.dates_vi import format_date
from giaoban.core.numbers_vi import format_number
from giaoban.web.access import Desk
from giaoban.web.components.pieces import Sign

_TONES = {
    DutyStatus.ON_TIME: ("good", "●"),
    DutyStatus.EXCUSED: ("off", "○"),
    DutyStatus.NOT_DUE: ("off", "○"),
    DutyStatus.LATE_WITH_LEAVE: ("late", "◐"),
    DutyStatus.LATE: ("late", "◐"),
    DutyStatus.INSUFFICIENT: ("bad", "✕"),
    DutyStatus.PARTIAL: ("late", "◐"),
    DutyStatus.MISSING: ("bad", "✕"),
}
# Rule -> the screen that mends it, and what is done there. Without the right to record it only shows.
_MENDS: dict[str, tuple[str, str]] = {
    "admission-decision": ("members:candidate", "Ghi quyết định"),
    "admission-ceremony": ("members:candidate", "Ghi lễ kết nạp"),
    "recognition-review": ("members:review", "Ghi chi bộ xét"),
    "transfer-hand-in": ("members:accept", "Tiếp nhận"),
    "transfer-done": ("members:accept", "Tiếp nhận"),
}


@dataclass(frozen=True, slots=True)
class DutyLine:
    """One duty: ``mend_url`` leads to where it is done, ``leave_url`` to its own page."""

    title: str
    name: str
    place: str
    opened: str
    since: str
    due: str
    due_iso: str
    sign: Sign
    when: str
    evidence: str
    mend_url: str
    mend: str
    leave_url: str


def sign_of(duty: Duty) -> Sign:
    """Return the state of a duty in sign and word."""
    return Sign(*_TONES[duty.status], STATUS_WORDS[duty.status])


def when_words(duty: Duty) -> str:
    """Say how long there is still, or how long it has been over; nothing of what is done or excused."""
    if not duty.open:
        return ""
    days = f"{format_number(abs(duty.left))} ngày làm việc"
    if is_late(duty):
        return f"quá hạn {days}" if duty.left else "vừa quá hạn"
    return f"còn {days}" if duty.left else "hạn hôm nay"


def duty_lines(desk: Desk, duties: Iterable[Duty]) -> tuple[DutyLine, ...]:
    """Give duties their words and links; a fixed number of questions however many they are."""
    found = list(duties)
    cards = place_cards({duty.case.unit for duty in found}, day=desk.act.today)
    may_record = desk.may("members_record")
    return tuple(_line(desk, duty, cards[duty.case.unit].place, may_record) for duty in found)


def _line(desk: Desk, duty: Duty, place: str, may_record: bool) -> DutyLine:
    case = duty.case
    screen, mend = _MENDS.get(case.rule, ("", ""))
    shows = may_record or screen == "members:candidate"
    return DutyLine(
        title=duty.rule.title,
        name=case.name,
        place=place,
        opened=format_date(case.opened),
        since=duty.rule.since,
        due=format_date(duty.last_day),
        due_iso=duty.last_day.isoformat(),
        sign=sign_of(duty),
        when=when_words(duty),
        evidence=case.evidence,
        mend_url=desk.url(screen, case.ref) if screen and shows and duty.open else "",
        mend=mend if may_record else "Mở ra xem",
        leave_url=desk.url("obligations:duty", case.rule, case.subject),
    )


def late_first(duties: Iterable[Duty]) -> list[Duty]:
    """Put what is late before what is not, each by the day that counts."""
    return sorted(duties, key=lambda duty: (not is_late(duty), duty.last_day, duty.case.name))
