"""Terms of a committee, told from its journal. Nothing here reads the database or a clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from giaoban.apps.organizations.models import OPEN_END, TermEvent
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import InvalidInput
from giaoban.core.period import add_months

BEGINS = (TermEvent.OPENING, TermEvent.CONGRESS, TermEvent.APPOINTED)
# Within a day a term ends before the next begins, and what changes a term comes after its beginning.
_RANK = {TermEvent.ENDED: 0, TermEvent.OPENING: 1, TermEvent.CONGRESS: 1, TermEvent.APPOINTED: 1, TermEvent.EXTENDED: 2}


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many seats were decided: of the committee, its standing committee, its inspection commission."""

    committee: int | None = None
    standing: int | None = None
    inspection: int | None = None

    def over(self, other: Sizes) -> Sizes:
        """Return these sizes where they are known, else the other ones."""
        return Sizes(
            other.committee if self.committee is None else self.committee,
            other.standing if self.standing is None else self.standing,
            other.inspection if self.inspection is None else self.inspection,
        )

    @property
    def known(self) -> bool:
        """Tell whether any of them is known."""
        return self != Sizes()


@dataclass(frozen=True, slots=True)
class TermFact:
    """One live entry of a unit's journal of terms; ``pk`` orders entries of one day."""

    pk: int
    kind: str
    day: date
    name: str = ""
    until: date | None = None
    sizes: Sizes = Sizes()


@dataclass(frozen=True, slots=True)
class Term:
    """A term: from ``start`` to ``end``, half-open (``OPEN_END`` while it runs); ``until`` is the last day meant.

    ``entry`` is the key of the entry that began it, ``kind`` how it began.
    """

    entry: int
    kind: str
    name: str
    start: date
    until: date | None
    sizes: Sizes
    end: date = OPEN_END

    def covers(self, day: date) -> bool:
        """Tell whether it ran on a day."""
        return self.start <= day < self.end

    def is_over(self, day: date) -> bool:
        """Tell whether the last day meant had passed."""
        return self.until is not None and self.until < day


def replay_terms(code: str, facts: Iterable[TermFact]) -> tuple[Term, ...]:
    """Return the terms of a unit in order of time.

    A term that begins ends the one before it.

    Args:
        code: of the unit, for messages.
        facts: its live entries, in any order.

    Raises:
        InvalidInput: the journal cannot be: two terms begin on one day, a term ends or changes that does not run.
    """
    terms: list[Term] = []
    for fact in sorted(facts, key=lambda fact: (fact.day, _RANK[TermEvent(fact.kind)], fact.pk)):
        where = f"{code}, {TermEvent(fact.kind).label.lower()} ngày {format_date(fact.day)}"
        running = terms[-1] if terms and terms[-1].end == OPEN_END else None
        if fact.until is not None and fact.until < fact.day and fact.kind in BEGINS:
            raise InvalidInput(
                f"Ngày hết nhiệm kỳ {format_date(fact.until)} trước ngày bắt đầu", where=where, expected="ngày sau đó"
            )
        if fact.kind in BEGINS:
            if running is not None and running.start == fact.day:
                raise InvalidInput(
                    f"Nhiệm kỳ «{running.name}» đã bắt đầu ngày {format_date(fact.day)}",
                    where=where,
                    expected="một ngày khác, hoặc đính chính lần ghi đã có",
                )
            if running is not None:
                terms[-1] = replace(running, end=fact.day)
            terms.append(Term(fact.pk, fact.kind, fact.name, fact.day, fact.until, fact.sizes))
        elif (
            running is None or running.start > fact.day or (fact.kind == TermEvent.ENDED and running.start == fact.day)
        ):
            raise InvalidInput(
                f"Không có nhiệm kỳ nào đang chạy ngày {format_date(fact.day)}",
                where=where,
                expected="ngày sau khi nhiệm kỳ bắt đầu",
            )
        elif fact.kind == TermEvent.ENDED:
            terms[-1] = replace(running, end=fact.day)
        else:
            terms[-1] = _changed(running, fact, where)
    return tuple(terms)


def _changed(term: Term, fact: TermFact, where: str) -> Term:
    until = fact.until or term.until
    if until is not None and until < term.start:
        raise InvalidInput(
            f"Ngày hết nhiệm kỳ {format_date(until)} trước ngày bắt đầu {format_date(term.start)}",
            where=where,
            expected="ngày sau đó",
        )
    return replace(term, until=until, sizes=fact.sizes.over(term.sizes))


def last_day_of(start: date, months: int) -> date:
    """Return the last day of a term of so many months: the eve of the same day of the month in which it would be over.

    A day that this month does not have becomes its last one.
    """
    month = add_months(start, months)
    month_after = add_months(month, 1)
    return min(month + timedelta(days=start.day - 1), month_after - timedelta(days=1)) - timedelta(days=1)
