"""The pure part of the register of absences: from a member's journal to the spans that stocks count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from giaoban.apps.members.models import AbsenceEvent, AbsenceKind
from giaoban.apps.organizations.models import OPEN_END
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import InvalidInput

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class AbsenceFact:
    """One live entry."""

    kind: str
    day: date
    until: date | None = None
    place: str = ""
    abroad: bool = False


@dataclass(frozen=True, slots=True)
class Absence:
    """A stretch of days, half-open; ``until`` is the last day that was meant, None where none was."""

    kind: AbsenceKind
    start: date
    end: date
    until: date | None = None
    place: str = ""
    abroad: bool = False
    last_contact: date | None = None

    @property
    def temporary(self) -> bool:
        """Whether it is an exemption for a time."""
        return self.kind == AbsenceKind.EXEMPT and self.until is not None

    def covers(self, day: date) -> bool:
        """Tell whether the day lies in it."""
        return self.start <= day < self.end


class AbsenceWalk:
    """Walks through one journal; every rule that an entry can break is here, with its message."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.found: list[Absence] = []

    def refuse(self, fact: AbsenceFact, message: str, expected: str) -> InvalidInput:
        label = AbsenceEvent(fact.kind).label.lower()
        return InvalidInput(message, where=f"{self.name}, {label} ngày {format_date(fact.day)}", expected=expected)

    def running(self, kind: AbsenceKind, day: date) -> int | None:
        return next((place for place, one in enumerate(self.found) if one.kind == kind and one.covers(day)), None)

    def apply(self, fact: AbsenceFact) -> None:
        """Take in the next fact.

        Raises:
            InvalidInput: it cannot be; the walk stands where it stood and may go on with the fact after it.
        """
        if fact.until is not None and fact.until < fact.day:
            raise self.refuse(
                fact, f"Đến ngày {format_date(fact.until)} là trước ngày bắt đầu", "ngày sau ngày bắt đầu"
            )
        match fact.kind:
            case AbsenceEvent.EXEMPTED:
                self.exempt(fact)
            case AbsenceEvent.AWAY:
                self.go(fact)
            case AbsenceEvent.EXEMPTION_ENDED:
                self.end(fact, AbsenceKind.EXEMPT, "không được miễn công tác và sinh hoạt vào ngày này")
            case AbsenceEvent.RETURNED:
                self.end(fact, AbsenceKind.AWAY, "không đi xa vào ngày này")
            case AbsenceEvent.CONTACTED:
                self.contact(fact)

    def exempt(self, fact: AbsenceFact) -> None:
        """An exemption for a time ends by itself; a new decision while it runs takes its place (gia hạn) if it goes on
        for longer.
        """
        end = OPEN_END if fact.until is None else fact.until + _DAY
        place = self.running(AbsenceKind.EXEMPT, fact.day)
        if place is not None:
            before = self.found[place]
            if before.start == fact.day:
                raise self.refuse(fact, f"{self.name} đã được ghi miễn từ chính ngày này", "một ngày sau đó")
            if end <= before.end:
                until = f"đến hết ngày {format_date(before.until)}" if before.until is not None else "không thời hạn"
                message = f"{self.name} đang được miễn từ ngày {format_date(before.start)} {until}"
                later = f"ngày sau {format_date(before.until)} nếu là gia hạn" if before.until is not None else ""
                ends = "ghi trở lại sinh hoạt, hoặc đính chính lần miễn đó, rồi mới ghi lần này"
                raise self.refuse(fact, message, "; ".join(filter(None, [later, ends])))
            self.found[place] = replace(before, end=fact.day)
        self.found.append(Absence(AbsenceKind.EXEMPT, fact.day, end, fact.until))

    def go(self, fact: AbsenceFact) -> None:
        place = self.running(AbsenceKind.AWAY, fact.day)
        if place is not None:
            since = format_date(self.found[place].start)
            raise self.refuse(fact, f"{self.name} đang đi xa từ ngày {since}", "ghi trở về trước khi ghi lần đi mới")
        self.found.append(
            Absence(AbsenceKind.AWAY, fact.day, OPEN_END, fact.until, fact.place, fact.abroad, last_contact=fact.day)
        )

    def end(self, fact: AbsenceFact, kind: AbsenceKind, message: str) -> None:
        place = self.running(kind, fact.day)
        if place is None:
            raise self.refuse(fact, f"{self.name} {message}", "ngày nằm trong thời gian đã ghi")
        if self.found[place].start == fact.day:
            raise self.refuse(fact, "Kết thúc ngay trong ngày bắt đầu", "một ngày sau đó, hoặc bỏ lần ghi bắt đầu")
        self.found[place] = replace(self.found[place], end=fact.day)

    def contact(self, fact: AbsenceFact) -> None:
        place = self.running(AbsenceKind.AWAY, fact.day)
        if place is None:
            raise self.refuse(fact, f"{self.name} không đi xa vào ngày này", "ngày nằm trong thời gian đi xa")
        self.found[place] = replace(self.found[place], last_contact=fact.day)


def replay_absences(name: str, facts: Sequence[AbsenceFact]) -> tuple[Absence, ...]:
    """Return when a member was exempt or away; ``facts`` are the live entries in order.

    Raises:
        InvalidInput: an entry that cannot be (back without having gone, away twice, an end before the beginning).
    """
    walk = AbsenceWalk(name)
    for fact in facts:
        walk.apply(fact)
    return tuple(walk.found)
