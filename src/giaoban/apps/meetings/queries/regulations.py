"""Reviews of working regulations: the list of a period, and the evidence of a duty."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet

from giaoban.apps.accounts.models import User
from giaoban.apps.meetings.models import RegulationEntry
from giaoban.apps.obligations.evidence import Evidence, EvidenceAsk, Mark
from giaoban.apps.obligations.gathered import Keys, keys_of
from giaoban.apps.organizations.models import Ancestry, Unit, on_day
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import NotFound
from giaoban.core.period import Window


def regulation_reviews(user: User, unit: Unit, window: Window, *, today: date) -> list[RegulationEntry]:
    """Return the live reviews of units at or under a unit in a period, newest first, then by code."""
    below = Ancestry.objects.filter(on_day(min(today, window.last_day)), ancestor=unit).values("descendant")
    rows = RegulationEntry.objects.live().visible_to(user, today=today)
    kept = rows.filter(unit__in=below, effective_date__gte=window.start, effective_date__lt=window.end)
    return list(kept.select_related("unit").order_by("-effective_date", "unit__code"))


def find_regulation_review(user: User, uid: uuid.UUID, *, today: date) -> RegulationEntry:
    """Return a live review that the person may see.

    Raises:
        NotFound: there is none.
    """
    rows = RegulationEntry.objects.live().visible_to(user, today=today)
    found: RegulationEntry | None = rows.filter(uid=uid).select_related("unit").first()
    if found is None:
        raise NotFound("Không tìm thấy lần rà soát quy chế này trong phạm vi của đồng chí")
    return found


class RegulationsReviewed:
    """The source over the journal of reviews; any review within the period shows it."""

    key = "committee.regulations"
    title = "quy chế làm việc của cấp ủy đã rà soát"

    def found(self, ask: EvidenceAsk) -> Iterator[Evidence]:
        """Return the reviews of the units in the periods; one query."""
        rows = _rows(ask).order_by("effective_date", "pk").select_related("unit")
        for entry in rows:
            day = entry.effective_date
            words = f"{entry.get_kind_display().lower()} ngày {format_date(day)}"
            yield Evidence(entry.unit_id, day, day, text=words, ref=str(entry.uid))

    def marks(self, ask: EvidenceAsk) -> Iterator[tuple[Mark, list[int]]]:
        """Return the same gathered by day; one query."""
        groups = _rows(ask).order_by().values("effective_date").annotate(units=Keys("unit_id"))
        for day, units in groups.values_list("effective_date", "units"):
            yield Mark(day, day), keys_of(units)


def _rows(ask: EvidenceAsk) -> QuerySet[RegulationEntry]:
    rows: QuerySet[RegulationEntry] = RegulationEntry.objects.live().filter(
        unit__in=ask.units, effective_date__gte=ask.start, effective_date__lt=ask.end, effective_date__lte=ask.as_of
    )
    return rows


REGULATIONS = RegulationsReviewed()
