"""What units wrote on a part of the committee's report, side by side for the writer."""

from __future__ import annotations

from giaoban.apps.organizations.models import Ancestry, on_day
from giaoban.apps.reporting.models import Cycle, OwnReport
from giaoban.apps.reporting.queries.cycles.texts import WrittenText, what_units_wrote
from giaoban.core.period import Period


def units_wrote(report: OwnReport, slot: str, *, search: str = "") -> list[WrittenText]:
    """Return the words of the units below on a slot of the same name, of every form of the period."""
    period = Period.parse(report.period)
    below = Ancestry.objects.filter(on_day(period.window.last_day), ancestor=report.unit, depth__gt=0)
    cycles = Cycle.objects.filter(
        period=report.period, cancelled_at__isnull=True, submissions__unit__in=below.values("descendant")
    )
    codes = sorted(set(cycles.values_list("form__code", flat=True)))
    return [one for code in codes for one in what_units_wrote(report.unit, code, period, slot, search=search)]
