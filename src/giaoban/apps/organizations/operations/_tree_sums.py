"""What the tree itself gives to the sums of wide units: how many units stand, and of which kinds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.db.models import F, QuerySet, Sum
from django.db.models.functions import Greatest, Least

from giaoban.apps.organizations.models import OPEN_END, Ancestry, UnitKindSpan
from giaoban.apps.organizations.operations._ancestry import Changes
from giaoban.apps.organizations.operations._sums import (
    OwnEvent,
    OwnSpan,
    Stays,
    Step,
    append_steps,
    chunks,
    climb_span,
    move_sums,
    sum_anew,
)
from giaoban.apps.organizations.queries.sums import UNITS, Keepers, keepers, series_of_kind

_ALWAYS = date(1, 1, 1)
_KindSpan = tuple[int, str, date, date]  # unit, kind, from, to


class TreeSums:
    """Units and their kinds; each unit is one while it stands, and of its kind while it has it."""

    def spans(self, units: Collection[int], since: date) -> Iterator[OwnSpan]:
        """Return the kinds of units that last beyond a day, and the units themselves."""
        rows = UnitKindSpan.objects.filter(unit__in=units, valid_to__gt=since)
        for unit, kind, start, end in rows.values_list("unit_id", "kind", "valid_from", "valid_to"):
            yield OwnSpan(unit, series_of_kind(kind), start, end, 1)
        for unit in units:
            yield OwnSpan(unit, UNITS, _ALWAYS, OPEN_END, 1)

    def events(self, units: Collection[int], since: date) -> Iterable[OwnEvent]:
        """Return nothing: what happens to units is read from their journal."""
        return ()

    def told(self, keep: Keepers) -> Iterator[tuple[Step, int]]:
        """Return all steps."""
        stays = Ancestry.objects.filter(ancestor__in=keep.stocks)
        for field, sign in (("valid_from", 1), ("valid_to", -1)):
            rows = stays.order_by().values_list("ancestor_id", field).annotate(number=Sum(sign))
            for unit, day, number in rows.exclude(**{field: OPEN_END}):
                yield Step(unit, UNITS, False, day), number
        for unit, kind, day, number in told_spans(UnitKindSpan.objects.all(), "kind", keep.stocks):
            yield Step(unit, series_of_kind(kind), False, day), number


def told_spans(
    rows: QuerySet[Any], field: str, wide: Collection[int], weight: str = ""
) -> Iterator[tuple[int, Any, date, int]]:
    """Give wide unit, value of the field, day and step of all dated rows of units (`Dated`); two queries.

    Args:
        weight: the field with the number that a row speaks for; else it is 1.
    """
    lasting = rows.filter(
        unit__above__ancestor__in=wide,
        unit__above__valid_from__lt=F("valid_to"),
        unit__above__valid_to__gt=F("valid_from"),
    )
    for bound, choose, sign in (("valid_from", Greatest, 1), ("valid_to", Least, -1)):
        found = lasting.annotate(day=choose(F(bound), F(f"unit__above__{bound}"))).order_by()
        number = Sum(F(weight) * sign) if weight else Sum(sign)
        for unit, value, day, step in found.values_list("unit__above__ancestor_id", field, "day").annotate(step=number):
            if day < OPEN_END:
                yield unit, value, day, step


class WideFollower(Protocol):
    """Something else that is kept of wide units and goes with the tree."""

    def moved(self, before: Stays, after: Stays) -> None:
        """This function will take it from where units stood, and put it where they stand now."""

    def told_anew(self, units: Collection[int]) -> None:
        """This function will tell it anew of units that came to keep sums, or keep them no longer."""


_followers: dict[type[WideFollower], WideFollower] = {}


def follow_tree(follower: WideFollower) -> None:
    """Register what else goes with the tree."""
    _followers[type(follower)] = follower


@dataclass(frozen=True, slots=True)
class SumsBefore:
    """What has to be known of units before the tree changes, so that the sums can follow it."""

    keep: Keepers
    units: Collection[int]
    kinds: set[_KindSpan]
    stays: Stays

    @classmethod
    def of(cls, units: Collection[int]) -> SumsBefore:
        """Read it; three queries for each so many thousand units."""
        keep = keepers()
        rows = [row for part in chunks(units) for row in _stays_of(part)]
        return cls(keep, units, _kinds_of(units), Stays.of(rows, keep))

    def follow(self, changes: Changes) -> None:
        """This function will bring the sums to the tree as it is now.

        A unit that came to keep sums, or keeps them no longer, is summed anew; above all others only what changed is
        moved.
        """
        kinds, keep = _kinds_of(self.units), keepers()
        other = (self.keep.wide ^ keep.wide) | (self.keep.stocks ^ keep.stocks)
        lasting = Keepers(keep.wide - other, keep.stocks - other)
        if lasting.stocks:
            # First the kinds along the tree of before, then everything with the tree.
            steps: Counter[Step] = Counter()
            for rows, sign in ((self.kinds - kinds, -1), (kinds - self.kinds, 1)):
                for unit, kind, start, end in rows:
                    span = OwnSpan(unit, series_of_kind(kind), start, end, sign)
                    stays = [one for one in self.stays.under.get(unit, ()) if one.above in lasting.stocks]
                    for step, number in climb_span(span, stays):
                        steps[step] += number
            append_steps(steps)
            before, after = Stays.of(changes.before, lasting), Stays.of(changes.after, lasting)
            move_sums(before, after, changes.since)
            for follower in _followers.values():
                follower.moved(before, after)
        if other:
            sum_anew(other)
            for follower in _followers.values():
                follower.told_anew(other)


def _stays_of(units: Collection[int]) -> Iterable[tuple[int, int, date, date]]:
    rows = Ancestry.objects.filter(descendant__in=units)
    return rows.values_list("ancestor_id", "descendant_id", "valid_from", "valid_to")


def _kinds_of(units: Collection[int]) -> set[_KindSpan]:
    return {
        row
        for part in chunks(units)
        for row in UnitKindSpan.objects.filter(unit__in=part).values_list("unit_id", "kind", "valid_from", "valid_to")
    }
