"""Annual targets, read for the figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from giaoban.apps.directives.models import AnnualTarget
from giaoban.figures import Target


class SqlTargets:
    """`figures.registers.Targets` over the table of annual targets."""

    def targets(self, asks: Collection[tuple[str, str, int]]) -> Mapping[tuple[str, str, int], Sequence[Target]]:
        """Return the targets for each (measure, unit, year), the main one first."""
        rows = (
            AnnualTarget.objects.filter(
                measure__in={measure for measure, _unit, _year in asks},
                unit__code__in={unit for _measure, unit, _year in asks},
                year__in={year for _measure, _unit, year in asks},
            )
            .order_by("-is_main", "source")
            .values_list("measure", "unit__code", "year", "source", "value", "is_main")
        )
        found: dict[tuple[str, str, int], list[Target]] = defaultdict(list)
        for measure, unit, year, source, value, is_main in rows:
            found[measure, unit, year].append(Target(source, value, is_main))
        return found
