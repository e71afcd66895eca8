"""What the register of members gives to the sums of wide units: the roll, and what happens to members."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from giaoban.apps.members.member_series import SUMMED_KINDS, series_of_entry, series_of_roll
from giaoban.apps.members.models import MemberAlias, MemberEntry, RollCount
from giaoban.apps.organizations.operations._sums import OwnEvent, OwnSpan, Step, add_to_sums
from giaoban.apps.organizations.operations._tree_sums import told_spans
from giaoban.apps.organizations.queries.sums import Keepers
from giaoban.apps.organizations.queries.tally import counted, place_under


class MemberSums:
    """`SumSource` over the roll counts and the journal of members."""

    def spans(self, units: Collection[int], since: date) -> Iterator[OwnSpan]:
        """Return how many members units had on a day and later."""
        rows = RollCount.objects.filter(unit__in=units, valid_to__gt=since)
        for unit, official, start, end, members in rows.values_list(
            "unit_id", "official", "valid_from", "valid_to", "members"
        ):
            yield OwnSpan(unit, series_of_roll(official), start, end, members)

    def events(self, units: Collection[int], since: date) -> Iterator[OwnEvent]:
        """Return what happened to members of units on a day and later."""
        rows = _happened().filter(unit__in=units, effective_date__gte=since)
        for unit, kind, day, number in counted(rows, "unit_id", "kind", "effective_date"):
            yield OwnEvent(unit, series_of_entry(kind), day, number)

    def told(self, keep: Keepers) -> Iterator[tuple[Step, int]]:
        """Return all steps."""
        for unit, official, day, number in told_spans(RollCount.objects.all(), "official", keep.stocks, "members"):
            yield Step(unit, series_of_roll(official), False, day), number
        if not keep.wide:
            return
        place = place_under(keep.wide)
        rows = _happened().filter(place.condition).annotate(**place.fields)
        for unit, kind, eve, day, number in counted(rows, "unit__above__ancestor_id", "kind", "eve", "effective_date"):
            yield Step(unit, series_of_entry(kind), eve, day), number


def _happened() -> QuerySet[Any]:
    found: QuerySet[Any] = MemberEntry.objects.counted().filter(kind__in=SUMMED_KINDS)
    return found


def sum_entries(entries: Sequence[MemberEntry]) -> None:
    """This function will add entries that were just written to the sums, and take from them those they correct."""
    wanted = [one for one in entries if one.kind in SUMMED_KINDS or one.corrects_id is not None]
    if not wanted:
        return
    corrected = MemberEntry.objects.filter(pk__in=[one.corrects_id for one in wanted if one.corrects_id is not None])
    rows = [(one.member_id, one.unit_id, one.kind, one.effective_date, 1) for one in wanted if not one.void]
    rows += [
        (*row, -1) for row in corrected.filter(void=False).values_list("member_id", "unit_id", "kind", "effective_date")
    ]
    # The entries of a second record that only repeats another are not counted.
    repeats = MemberAlias.objects.filter(
        other__in={member for member, *_rest in rows}, undone_at__isnull=True, takes_history=False
    )
    silent = set(repeats.values_list("other_id", flat=True))
    numbers: Counter[tuple[int, str, date]] = Counter()
    for member, unit, kind, day, number in rows:
        if member not in silent and kind in SUMMED_KINDS:
            numbers[unit, kind, day] += number
    add_to_sums(events=_events(numbers))


def sum_record(member_id: int, sign: int) -> None:
    """This function will add all that happened to a record to the sums (1), or take it from them (-1)."""
    rows = MemberEntry.objects.live().filter(member=member_id, kind__in=SUMMED_KINDS).order_by()
    numbers: Counter[tuple[int, str, date]] = Counter()
    for unit, kind, day in rows.values_list("unit_id", "kind", "effective_date"):
        numbers[unit, kind, day] += sign
    add_to_sums(events=_events(numbers))


def _events(numbers: Counter[tuple[int, str, date]]) -> list[OwnEvent]:
    return [OwnEvent(unit, series_of_entry(kind), day, number) for (unit, kind, day), number in numbers.items()]


def sum_spells(gone: Iterable[tuple[Any, ...]], come: Iterable[tuple[Any, ...]]) -> None:
    """This function will bring the sums of the roll to the spells of members that were just written.

    Args:
        gone, come: spells that are no more, and those that are new: member, unit, official, origin, from, to.
    """
    numbers: Counter[tuple[int, bool, date, date]] = Counter()
    for rows, sign in ((gone, -1), (come, 1)):
        for _member, unit, official, _origin, start, end in rows:
            numbers[unit, official, start, end] += sign
    add_to_sums(
        spans=[
            OwnSpan(unit, series_of_roll(official), start, end, number)
            for (unit, official, start, end), number in numbers.items()
            if number
        ]
    )
