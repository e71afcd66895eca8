"""The units around an act as they stand just before it: three questions whatever their number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.db.models import Max, Min, Q

from giaoban.apps.organizations.kinds import UnitKind, kinds
from giaoban.apps.organizations.models import OPEN_END, Ancestry, Placement, Unit, UnitKindSpan, on_day
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import InvalidInput
from giaoban.core.text_vi import quoted

# What is a cell of its own right under a higher committee is a cell of a committee under that, and back.
_TWINS = {
    UnitKind.CELL.value: UnitKind.GRASSROOTS_CELL.value,
    UnitKind.GRASSROOTS_CELL.value: UnitKind.CELL.value,
    UnitKind.SECTION.value: UnitKind.GRASSROOTS_COMMITTEE.value,
    UnitKind.GRASSROOTS_COMMITTEE.value: UnitKind.SECTION.value,
}


class Scene:
    """The named units and all below them on one day; those ``beside`` without what is below."""

    def __init__(self, codes: Iterable[str], day: date, *, beside: Iterable[str] = ()) -> None:
        self.day = day
        named = set(codes) - {""}
        below = Ancestry.objects.filter(on_day(day), ancestor__code__in=named).values("descendant")
        self._parents: dict[str, str] = {}
        self._children: dict[str, list[str]] = defaultdict(list)
        near = Q(unit__in=below) | Q(unit__code__in=set(beside) - {""})
        rows = Placement.objects.filter(near, on_day(day)).order_by("unit__code")
        for code, parent in rows.values_list("unit__code", "parent__code"):
            self._parents[code] = parent or ""
            if parent is not None:
                self._children[parent].append(code)
        wanted = set(self._parents) | set(self._parents.values())
        spans = UnitKindSpan.objects.filter(on_day(day), unit__code__in=wanted)
        self._kinds = dict(spans.values_list("unit__code", "kind"))

    def need(self, code: str) -> str:
        """Return the code of a unit that stands.

        Raises:
            InvalidInput: it does not stand on the day, or there is none of this code.
        """
        if code in self._parents:
            return code
        unit = Unit.objects.filter(code=code).first()
        if unit is None:
            raise InvalidInput(
                f"Không có đơn vị mang mã {quoted(code)}",
                where=code,
                expected="mã của một đơn vị đang hoạt động ngày đó",
            )
        stood = unit.placements.aggregate(start=Min("valid_from"), end=Max("valid_to"))
        ended = stood["end"] is not None and stood["end"] < OPEN_END
        until = f" đến hết {format_date(stood['end'] - timedelta(days=1))}" if ended else ""
        raise InvalidInput(
            f"Đơn vị {code} không hoạt động ngày {format_date(self.day)}",
            where=code,
            expected="một ngày mà đơn vị hoạt động",
            hint=f"Sổ ghi đơn vị này từ {format_date(stood['start'])}{until}" if stood["start"] else "",
        )

    def stands(self, code: str) -> bool:
        """Tell whether the unit stands."""
        return code in self._parents

    def parent(self, code: str) -> str:
        """Return what stands above; «» at the top."""
        return self._parents[self.need(code)]

    def children(self, code: str) -> tuple[str, ...]:
        """Return what stands directly below, by code."""
        return tuple(self._children[code])

    def below(self, code: str) -> Iterator[str]:
        """Give all below, each after what stands above it."""
        for child in self._children[code]:
            yield child
            yield from self.below(child)

    def kind(self, code: str) -> str:
        """Return the kind; «» where it is not known."""
        return self._kinds.get(code, "")

    def holds_members(self, code: str) -> bool:
        """Tell whether members stand in a unit of this kind."""
        found = kinds().get(self.kind(code))
        return found is not None and found.members


def fitting_kind(kind: str, above: str) -> str:
    """Return the kind that a unit takes under a unit of the kind ``above``: its own where that may stand there."""
    known = kinds().get(above)
    if known is None or kind in known.children:
        return kind
    twin = _TWINS.get(kind, kind)
    return twin if twin in known.children else kind
