"""Keeps how much is to be followed up under wide units: with what is recorded, with the tree, and told anew.

As with the sums of the roll (`organizations.operations._sums`) who records appends rows and waits for nobody; who
changes the tree waits for them. A case stands where its member stands: it goes with the unit, from the first day on
which that stood there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Sum

from giaoban.apps.audit.bulk import insert_rows
from giaoban.apps.members.models import Followed, FollowedSum, WaitingLetter
from giaoban.apps.members.operations._followed_cases import (
    Case,
    FollowedStep,
    Letter,
    all_cases,
    cases_in,
    cases_of,
    climb_letter,
    keys_of,
    letters_at,
    letters_of,
    steps_of,
    wide_stays,
)
from giaoban.apps.organizations.models import OPEN_END, Ancestry
from giaoban.apps.organizations.operations._folding import fold_rows
from giaoban.apps.organizations.operations._sums import Stay, Stays, chunks
from giaoban.apps.organizations.operations._tree_lock import lock_tree, share_tree
from giaoban.apps.organizations.queries.sums import any_wide, keepers

_KEY = ("unit_id", "what", "mark", "day", "since")
_COLUMNS = "unit_id, what, mark, day, since, number"
_INSERT = f"INSERT INTO members_followedsum ({_COLUMNS}) "

# What all cases add to some wide units; of rows that cancel each other none is left.
_TOLD = f"""
SELECT unit_id, what, mark, day, since, SUM(step) AS number FROM (
    SELECT above.ancestor_id AS unit_id, what, mark, day, above.valid_from AS since, COUNT(*) AS step
    FROM ({{cases}}) told JOIN organizations_ancestry above ON above.descendant_id = told.unit_id
    WHERE above.ancestor_id IN ({{wide}}) GROUP BY above.ancestor_id, what, mark, day, above.valid_from
    UNION ALL
    SELECT above.ancestor_id, what, mark, day, above.valid_to, -COUNT(*)
    FROM ({{cases}}) told JOIN organizations_ancestry above ON above.descendant_id = told.unit_id
    WHERE above.ancestor_id IN ({{wide}}) AND above.valid_to < '{OPEN_END.isoformat()}'
    GROUP BY above.ancestor_id, what, mark, day, above.valid_to
) steps GROUP BY unit_id, what, mark, day, since HAVING SUM(step) <> 0
"""


@contextmanager
def follow_members(members: Collection[int]) -> Iterator[None]:
    """Bring the sums to whatever is written inside of the projections of at most 5,000 members (by key).

    The caller holds the transaction and the locks of the members.
    """
    if not any_wide():
        yield
        return
    share_tree()
    cases, letters = _known(members)
    yield
    more_cases, more_letters = _known(members)
    more_cases.subtract(cases)
    more_letters.subtract(letters)
    _add(more_cases, more_letters)


def follow_newcomers(members: Iterable[int]) -> None:
    """This function will add members who were just written for the first time; the caller holds the transaction."""
    if not any_wide():
        return
    share_tree()
    for part in chunks(members):
        _add(*_known(part))


def _known(members: Collection[int]) -> tuple[Counter[Case], Counter[Letter]]:
    return cases_of(sorted(members)), letters_of(members)


def _add(more_cases: Counter[Case], more_letters: Counter[Letter]) -> None:
    cases = {case: number for case, number in more_cases.items() if number}
    letters = {letter: number for letter, number in more_letters.items() if number}
    if cases or letters:
        steps = steps_of(cases, letters, _stays(keys_of([(case.unit,) for case in cases]) | keys_of(letters)))
        _append(steps)
        fold_rows(FollowedSum, _KEY, [key for key, number in steps.items() if number])


def _stays(units: Iterable[int]) -> Stays:
    rows: list[tuple[int, int, date, date]] = []
    for part in chunks(units):
        found = Ancestry.objects.filter(descendant__in=part)
        rows += found.values_list("ancestor_id", "descendant_id", "valid_from", "valid_to")
    return Stays.of(rows, keepers({row[0] for row in rows}))


def _append(steps: Counter[FollowedStep]) -> None:
    insert_rows(FollowedSum, (*_KEY, "number"), [(*key, number) for key, number in sorted(steps.items()) if number])


class FollowedFollower:
    """`WideFollower`: what is followed up goes with the units at which it is."""

    def moved(self, before: Stays, after: Stays) -> None:
        """This function will take cases and letters from where units stood, and put them where they stand now."""
        moves: dict[tuple[Stay, int], list[int]] = {}
        for unit in sorted(before.under.keys() | after.under.keys()):
            left, come = set(wide_stays(before, unit)), set(wide_stays(after, unit))
            for stay in left - come:
                moves.setdefault((stay, -1), []).append(unit)
            for stay in come - left:
                moves.setdefault((stay, 1), []).append(unit)
        for (stay, sign), units in sorted(moves.items()):
            for part in chunks(units):
                _move(stay, sign, part)
        _append(_letters_moved(before, after))

    def told_anew(self, units: Collection[int]) -> None:
        """This function will tell some units anew; those that keep no sums any more are taken away."""
        for part in chunks(units):
            FollowedSum.objects.filter(unit__in=part).delete()
        _tell(keepers(units).wide)


def _move(stay: Stay, sign: int, units: list[int]) -> None:
    """Add what units have themselves to one above them (1), or take it from there (-1), from day to day."""
    statement, values = cases_in(units)
    adapt = connection.ops.adapt_datefield_value
    ends = [(stay.start, sign)] + ([(stay.end, -sign)] if stay.end < OPEN_END else [])
    with connection.cursor() as cursor:
        for day, step in ends:
            cursor.execute(
                f"{_INSERT} SELECT {int(stay.above)}, what, mark, day, %s, {int(step)} * COUNT(*) "
                f"FROM ({statement}) told GROUP BY what, mark, day",
                [adapt(day), *values],
            )


def _letters_moved(before: Stays, after: Stays) -> Counter[FollowedStep]:
    """Return what the letters of units that moved add now and did not before; their other ends may have stayed."""
    moved = before.standing.keys() | after.standing.keys()
    letters = letters_at(moved)
    stayed = _stays(keys_of(letters) - moved)
    elsewhere = {unit: wide_stays(stayed, unit) for unit in stayed.under}
    steps: Counter[FollowedStep] = Counter()
    for stays, sign in ((before, -1), (after, 1)):
        under = elsewhere | {unit: wide_stays(stays, unit) for unit in moved}
        for letter, number in letters.items():
            for step, one in climb_letter(letter, under):
                if step.unit in before.wide:
                    steps[step] += sign * one * number
    return steps


def _tell(wide: Collection[int]) -> None:
    if not wide:
        return
    statement = _TOLD.format(cases=all_cases(), wide=", ".join(str(int(pk)) for pk in sorted(wide)))
    with connection.cursor() as cursor:
        cursor.execute(f"{_INSERT} {statement}")
    _append(Counter({step: number for step, number in _letters_told().items() if step.unit in wide}))


def _letters_told() -> Counter[FollowedStep]:
    rows = WaitingLetter.objects.filter(standing=True)
    letters: Counter[Letter] = Counter(rows.values_list("from_unit_id", "to_unit_id"))
    return steps_of({}, letters, _stays(keys_of(letters)))


def tell_followed_anew() -> None:
    """This function will tell everything anew: after registers were filled at once, or where something is wrong."""
    lock_tree()
    FollowedSum.objects.all().delete()
    _tell(keepers().wide)


def units_followed_otherwise() -> list[int]:
    """Return the keys of the units whose sums are not what the registers tell, in order."""
    wide = keepers().wide
    kept = (
        "SELECT unit_id, what, mark, day, since, SUM(number) AS number FROM members_followedsum "
        f"WHERE what <> '{Followed.LETTER.value}' GROUP BY unit_id, what, mark, day, since HAVING SUM(number) <> 0"
    )
    wrong = {key[0] for key, number in _letters_differing() if number}
    if not wide:
        return sorted(wrong | set(FollowedSum.objects.values_list("unit_id", flat=True)))
    told = _TOLD.format(cases=all_cases(), wide=", ".join(str(int(pk)) for pk in sorted(wide)))
    with connection.cursor() as cursor:
        for one, other in ((told, kept), (kept, told)):
            cursor.execute(f"SELECT DISTINCT unit_id FROM (SELECT * FROM ({one}) a EXCEPT SELECT * FROM ({other}) b) c")
            wrong |= {pk for (pk,) in cursor.fetchall()}
    return sorted(wrong)


def _letters_differing() -> Iterable[tuple[tuple[Any, ...], int]]:
    found: Counter[tuple[Any, ...]] = Counter(_letters_told())
    rows = FollowedSum.objects.filter(what=Followed.LETTER).values_list(*_KEY).annotate(found=Sum("number"))
    for *key, number in rows:
        found[tuple(key)] -= number
    return found.items()
