"""What there is to be followed up at cells, as the registers tell it now; and what it adds to the units above."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Q

from giaoban.apps.members.models import WaitingLetter
from giaoban.apps.organizations.models import OPEN_END
from giaoban.apps.organizations.operations._sums import Stay, Stays, chunks

NO_DAY = date(1, 1, 1)  # of a letter

# Both engines take this text as it is: unit, what, mark, day.
_CASES = """
    SELECT unit_id,
        CASE WHEN state = 'official' THEN 'b' ELSE 'p' END AS what,
        CASE WHEN state = 'official' THEN badge_years ELSE 0 END AS mark,
        CASE WHEN state = 'official' THEN admitted_on ELSE COALESCE(ceremony_on, admitted_on) END AS day
    FROM members_member
    WHERE (
        (state = 'official' AND admitted_on IS NOT NULL)
        OR (state = 'probationary' AND COALESCE(ceremony_on, admitted_on) IS NOT NULL)
    ) {member}
    UNION ALL
    SELECT now_at_id, 'e', 0, until FROM members_absencespan one
    WHERE kind = 'exempt' AND now_at_id IS NOT NULL AND until < valid_to {absent} AND NOT EXISTS (
        SELECT 1 FROM members_absencespan later
        WHERE later.kind = 'exempt' AND later.member_id = one.member_id AND later.valid_from > one.valid_from
    )
    UNION ALL
    SELECT now_at_id, 'a', 0, COALESCE(last_contact, valid_from) FROM members_absencespan
    WHERE kind = 'away' AND now_at_id IS NOT NULL AND valid_to = '{open_end}' {absent}
"""


class Case(NamedTuple):
    """Something to be followed up at a unit itself."""

    unit: int
    what: str
    mark: int
    day: date


class FollowedStep(NamedTuple):
    """From a day on (``since``) a wide unit has one case more."""

    unit: int
    what: str
    mark: int
    day: date
    since: date


Letter = tuple[int | None, int | None]  # from where to where


def all_cases() -> str:
    """Return the statement that tells all cases: unit, what, mark, day; without letters."""
    return _CASES.format(member="", absent="", open_end=OPEN_END.isoformat())


def cases_in(units: Sequence[int]) -> tuple[str, list[int]]:
    """Return the statement that tells the cases of some units (at most 5,000 keys), and its values."""
    return _of(units, "unit_id", "now_at_id")


def cases_of(members: Sequence[int]) -> Counter[Case]:
    """Return the cases of some members (at most 5,000 keys); one query."""
    statement, values = _of(members, "id", "member_id")
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return Counter(Case(unit, what, mark, _day(day)) for unit, what, mark, day in cursor.fetchall())


def _of(keys: Sequence[int], member: str, absent: str) -> tuple[str, list[int]]:
    places = ", ".join(["%s"] * len(keys))
    parts = {"member": f"AND {member} IN ({places})", "absent": f"AND {absent} IN ({places})"}
    return _CASES.format(**parts, open_end=OPEN_END.isoformat()), [*keys] * 3


def _day(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def letters_of(members: Collection[int]) -> Counter[Letter]:
    """Return the waiting letters of some members."""
    rows = WaitingLetter.objects.filter(entry__member__in=members, standing=True)
    return Counter(rows.values_list("from_unit_id", "to_unit_id"))


def letters_at(units: Iterable[int]) -> Counter[Letter]:
    """Return the waiting letters from or to some units."""
    rows: dict[int, Letter] = {}
    for part in chunks(units):
        found = WaitingLetter.objects.filter(Q(from_unit__in=part) | Q(to_unit__in=part), standing=True)
        rows |= {pk: (origin, goal) for pk, origin, goal in found.values_list("pk", "from_unit_id", "to_unit_id")}
    return Counter(rows.values())


def climb_case(case: Case, stays: Stays) -> Iterator[tuple[FollowedStep, int]]:
    """Give what a case adds to the wide units above it."""
    unit, what, mark, day = case
    for above, start, end in wide_stays(stays, unit):
        yield FollowedStep(above, what, mark, day, start), 1
        if end < OPEN_END:
            yield FollowedStep(above, what, mark, day, end), -1


def climb_letter(letter: Letter, under: Mapping[int, Collection[Stay]]) -> Iterator[tuple[FollowedStep, int]]:
    """Give what a letter adds to the wide units above its ends; above both it is one."""
    stays = sorted({stay for end in letter if end is not None for stay in under.get(end, ())})
    running: Stay | None = None
    for stay in [*stays, None]:
        if running is not None and stay is not None and stay.above == running.above and stay.start <= running.end:
            running = Stay(running.above, running.start, max(running.end, stay.end))
            continue
        if running is not None:
            yield FollowedStep(running.above, "l", 0, NO_DAY, running.start), 1
            if running.end < OPEN_END:
                yield FollowedStep(running.above, "l", 0, NO_DAY, running.end), -1
        running = stay


def wide_stays(stays: Stays, unit: int) -> list[Stay]:
    """Return under which units that keep all sums a unit stood."""
    return [stay for stay in stays.under.get(unit, ()) if stay.above in stays.wide]


def steps_of(cases: Mapping[Case, int], letters: Mapping[Letter, int], stays: Stays) -> Counter[FollowedStep]:
    """Return what cases and letters, so many of each, add to wide units."""
    steps: Counter[FollowedStep] = Counter()
    for case, number in cases.items():
        for step, sign in climb_case(case, stays):
            steps[step] += sign * number
    under = {end: wide_stays(stays, end) for letter in letters for end in letter if end is not None}
    for letter, number in letters.items():
        for step, sign in climb_letter(letter, under):
            steps[step] += sign * number
    return steps


def keys_of(rows: Iterable[tuple[Any, ...]]) -> set[int]:
    """Return the units that cases or letters name."""
    return {key for row in rows for key in row[:2] if isinstance(key, int)}
