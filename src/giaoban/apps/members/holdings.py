"""Who held an office from when to when, told from its journal. Nothing here reads the database or a clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from giaoban.apps.members.models import OfficeEvent
from giaoban.apps.organizations.models import OPEN_END
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import InvalidInput

COMES = (OfficeEvent.OPENING, OfficeEvent.ELECTED, OfficeEvent.APPOINTED, OfficeEvent.APPROVED, OfficeEvent.MOVED)
# Said of a person and an office without changing who holds it.
NOTED = (OfficeEvent.PLANNED, OfficeEvent.CONFIDENCE)
# Within a day somebody leaves before they come, is elected before it is approved, and votes are taken of who is there.
_RANK = {
    OfficeEvent.ENDED: 0,
    OfficeEvent.OPENING: 1,
    OfficeEvent.ELECTED: 1,
    OfficeEvent.APPOINTED: 1,
    OfficeEvent.MOVED: 1,
    OfficeEvent.APPROVED: 2,
    OfficeEvent.PLANNED: 3,
    OfficeEvent.CONFIDENCE: 3,
}


@dataclass(frozen=True, slots=True)
class OfficeFact:
    """One live entry about one person in one office of one unit; ``pk`` orders entries of one day."""

    pk: int
    kind: str
    day: date


@dataclass(frozen=True, slots=True)
class Holding:
    """From ``start`` to ``end``, half-open; keys of the entries by which it began, was approved and ended."""

    start: date
    came: int
    kind: str
    approved: int | None = None
    end: date = OPEN_END
    ended: int | None = None


def replay_holdings(where: str, facts: Iterable[OfficeFact]) -> tuple[Holding, ...]:
    """Return when one person held one office of one unit, in order of time.

    Who is elected again while they hold the office holds it anew from that day; an approval after an election confirms
    it and changes no date.

    Args:
        where: the person and the office, for messages.
        facts: the live entries of this person, unit and office, in any order.

    Raises:
        InvalidInput: the journal cannot be: an office ends that is not held, or begins twice.
    """
    held: list[Holding] = []
    for fact in sorted(facts, key=lambda fact: (fact.day, _RANK[OfficeEvent(fact.kind)], fact.pk)):
        now = held[-1] if held and held[-1].end == OPEN_END else None
        if fact.kind == OfficeEvent.ENDED:
            if now is None or now.start >= fact.day:
                raise InvalidInput(
                    f"Không giữ chức vụ này ngày {format_date(fact.day)}",
                    where=where,
                    expected="ngày sau khi nhận chức vụ",
                )
            held[-1] = replace(now, end=fact.day, ended=fact.pk)
        elif fact.kind == OfficeEvent.CONFIDENCE and now is None:
            raise InvalidInput(
                f"Không giữ chức vụ này ngày {format_date(fact.day)} nên không lấy phiếu tín nhiệm", where=where
            )
        elif fact.kind in COMES:
            _come(held, now, fact, where)
    return tuple(held)


def _come(held: list[Holding], now: Holding | None, fact: OfficeFact, where: str) -> None:
    if now is None:
        held.append(Holding(fact.day, fact.pk, fact.kind))
    elif fact.kind == OfficeEvent.APPROVED and now.kind == OfficeEvent.ELECTED and now.approved is None:
        held[-1] = replace(now, approved=fact.pk)
    elif fact.kind == OfficeEvent.ELECTED and now.start < fact.day:
        held[-1] = replace(now, end=fact.day, ended=fact.pk)
        held.append(Holding(fact.day, fact.pk, fact.kind))
    else:
        raise InvalidInput(
            f"Đang giữ chức vụ này từ {format_date(now.start)}",
            where=where,
            expected="người chưa giữ chức vụ, hoặc ghi thôi giữ chức vụ trước",
        )
