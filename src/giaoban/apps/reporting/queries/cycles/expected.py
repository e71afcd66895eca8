"""Who fills a form on a day, and who receives it: two queries, whatever the number of units."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from giaoban.apps.organizations.models import Ancestry, Placement, UnitEntry, UnitEvent, UnitKindSpan, on_day
from giaoban.apps.reporting.models import ReportForm
from giaoban.core.dates_vi import format_date


def who_fills(form: ReportForm, day: date) -> dict[int, int]:
    """Return the units (keys) of the form's kinds that stood below its owner on a day, each with the unit above it.

    Where a committee in between has set a form of the same code, its units fill that one (decision D14).
    """
    below = Ancestry.objects.filter(on_day(day), ancestor=form.owner_id, depth__gt=0)
    of_kind = UnitKindSpan.objects.filter(on_day(day), kind__in=form.kinds).values("unit")
    nearer = ReportForm.objects.filter(on_day(day), code=form.code, owner__in=below.values("descendant"))
    theirs = Ancestry.objects.filter(on_day(day), ancestor__in=nearer.values("owner"), depth__gt=0)
    rows = Placement.objects.filter(
        on_day(day), unit__in=below.filter(descendant__in=of_kind).values("descendant"), parent__isnull=False
    ).exclude(unit__in=theirs.values("descendant"))
    return dict(rows.order_by("unit__code").values_list("unit_id", "parent_id"))


# What ends a unit, or takes it away from where it stood.
_ENDINGS = (
    UnitEvent.MERGED,
    UnitEvent.CONSOLIDATED,
    UnitEvent.DISSOLVED,
    UnitEvent.HANDED_OVER,
    UnitEvent.SPLIT,
    UnitEvent.MOVED,
    UnitEvent.KIND_CHANGED,
)


def why_gone(units: set[int], day: date) -> dict[int, str]:
    """Return for units that are not where a form looks for them what happened: «Sáp nhập ngày 01/03/2023 vào …»."""
    rows = (
        UnitEntry.objects.live()
        .filter(Q(subject__in=units), kind__in=_ENDINGS, effective_date__lte=day)
        .select_related("other", "to_parent")
        .in_order()
    )
    found: dict[int, str] = {}
    for row in rows:
        where = row.other or row.to_parent
        found[row.subject_id] = f"{UnitEvent(row.kind).label} ngày {format_date(row.effective_date)}" + (
            f", về {where.code}" if where is not None else ""
        )
    return found
