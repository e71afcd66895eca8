"""Which report takes so long that it is made apart, and how far one is."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

from django.conf import settings

from giaoban.apps.accounts.models import User
from giaoban.apps.organizations.models import Ancestry, Unit, on_day
from giaoban.apps.reporting.models import MadeReport
from giaoban.core.period import Period
from giaoban.writer.blocks import OfficialDocument
from giaoban.writer.frozen import thaw

# Whoever makes a report says at least every few seconds that it goes on; after this time nobody does any more.
STALE = timedelta(seconds=20)


def takes_long(unit: Unit, *, day: date) -> bool:
    """Tell whether a unit has so many below it that nobody should wait for its report at a screen."""
    return Ancestry.objects.filter(on_day(day), ancestor=unit).count() > settings.LARGE_REPORT_UNITS


def kept_since(now: datetime) -> datetime:
    """Return the moment before which a report that was made is thrown away."""
    return now - timedelta(hours=settings.MADE_REPORT_HOURS)


def made_report(
    user: User, unit: Unit, name: str, period: Period, *, rights: frozenset[str], now: datetime
) -> MadeReport | None:
    """Return a person's report that is being made or was made; None where none is kept.

    One that was asked for with other rights than the person has now is none: they decide what it tells.
    """
    found = MadeReport.objects.filter(
        asked_by=user, unit=unit, name=name, period=str(period), asked_at__gte=kept_since(now)
    ).first()
    return found if found is not None and set(found.rights) == rights else None


def made_document(made: MadeReport) -> OfficialDocument:
    """Return the document of a report that was made."""
    return thaw(json.loads(made.document))


def needs_maker(made: MadeReport, *, now: datetime) -> bool:
    """Tell whether nobody makes a report that was asked for: not begun, or whoever began it is gone."""
    return made.done_at is None and (made.beat_at is None or made.beat_at < now - STALE)
