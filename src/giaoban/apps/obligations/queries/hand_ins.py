"""Papers handed in: the evidence of duties whose source is ``handed-in``, and what a clerk sees of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast

from giaoban.apps.obligations.duties import Progress
from giaoban.apps.obligations.evidence import Evidence, EvidenceAsk, Mark, marks_of
from giaoban.apps.obligations.gathered import Keys, keys_of
from giaoban.apps.obligations.models import HandInEntry, HandInEvent, HandInFault, StandingDuty
from giaoban.apps.obligations.queries.standing import Span, Standings, plain_rules, rules_above
from giaoban.apps.obligations.standing import ONCE, Instance, instance_of
from giaoban.core.dates_vi import format_date

HANDED_IN = "handed-in"


class HandedIn:
    """The source over the journal of papers handed in (decision D26).

    Done is the day on which the paper came that was not sent back; what was sent back and did not come again is
    returned. A paper that was found in order stays done on the day it came.
    """

    key = HANDED_IN
    title = "văn bản của đơn vị đã nhận (sổ nhận báo cáo)"

    def found(self, ask: EvidenceAsk) -> Iterator[Evidence]:
        """Return one piece of evidence for each unit and period of which something was recorded."""
        yield from _evidence(_rows(ask))

    def marks(self, ask: EvidenceAsk) -> Iterator[tuple[Mark, list[int]]]:
        """Return the same gathered; the steps are walked one by one only of those to whom a paper was sent back."""
        groups = _rows(ask).values("within", "effective_date", "kind").annotate(units=Keys("unit_id"))
        plain, returned = [], set()
        for within, day, kind, units in groups.values_list("within", "effective_date", "kind", "units"):
            listed = keys_of(units)
            if kind == HandInEvent.RETURNED:
                returned.update(listed)
            else:
                plain.append((Mark(within, day), listed))
        if returned:
            plain = [(mark, [unit for unit in listed if unit not in returned]) for mark, listed in plain]
            sent_back = _rows(ask).filter(kind=HandInEvent.RETURNED).values("unit")
            plain += marks_of(_evidence(_rows(ask).filter(unit__in=sent_back)))
        yield from plain


HANDED_IN_SOURCE = HandedIn()

Step = tuple[int, str, str, str, str, str, str | None, int]


def _rows(ask: EvidenceAsk) -> QuerySet[HandInEntry]:
    rows = HandInEntry.objects.live().filter(
        owner=ask.owner, code=ask.code, within__gte=ask.start, within__lt=ask.end, effective_date__lte=ask.as_of
    )
    return rows.order_by() if ask.everybody else rows.filter(unit__in=ask.units).order_by()


def _evidence(rows: QuerySet[HandInEntry]) -> Iterator[Evidence]:
    steps = (
        rows.order_by("unit_id", "within", "effective_date", "seq", "id")
        # Days as text: most rows share a few of them, and each is read once.
        .annotate(period=_text("within"), day=_text("effective_date"), dated=_text("paper_date"))
        .values_list("unit_id", "period", "kind", "day", "fault", "paper_number", "dated", "pk")
    )
    for (unit, within), own in groupby(steps.iterator(chunk_size=5000), key=itemgetter(0, 1)):
        yield _folded(unit, _day(within), list(own))


def _text(field: str) -> Cast:
    return Cast(field, CharField())


@lru_cache(maxsize=5000)
def _day(text: str) -> date:
    return date.fromisoformat(text)


def _folded(unit: int, within: date, steps: list[Step]) -> Evidence:
    came: Step | None = None
    sent_back: Step | None = None
    for step in steps:
        if step[2] == HandInEvent.RETURNED:
            came, sent_back = None, step
        elif came is None:
            came = step
    if came is not None:
        return Evidence(unit, within, _day(came[3]), Progress.DONE, _paper_words(*came[5:7], came[3]), str(came[7]))
    assert sent_back is not None
    day = _day(sent_back[3])
    text = f"trả lại ngày {format_date(day)}: {HandInFault(sent_back[4]).label.lower()}"
    return Evidence(unit, within, day, Progress.RETURNED, text, str(sent_back[7]))


@lru_cache(maxsize=5000)
def _paper_words(number: str, dated: str | None, came: str) -> str:
    paper = " ".join(
        part for part in (f"số {number}" if number else "", f"ngày {format_date(_day(dated))}" if dated else "") if part
    )
    return f"nhận ngày {format_date(_day(came))}" + (f", {paper}" if paper else "")


def owed_instance(duty: StandingDuty, within: date) -> tuple[Instance | None, frozenset[int]]:
    """Return the instance of a duty in whose period a day lies, and the units (keys) that owe it."""
    [rule] = plain_rules(StandingDuty.objects.filter(pk=duty.pk))
    instance = instance_of(rule, within)
    if instance is None:
        return None, frozenset()
    span = Span(instance.due, instance.due, instance.due)
    standings = Standings([duty.owner_id], rules_above(duty.owner_id), [span])
    return instance, standings.owing.units(instance)


def last_steps(duty: StandingDuty, units: Collection[int]) -> dict[tuple[int, str], tuple[str, date]]:
    """Return what happened last to the papers of units for a duty, and when, by unit and key of the instance."""
    [rule] = plain_rules(StandingDuty.objects.filter(pk=duty.pk))
    rows = HandInEntry.objects.live().filter(owner=duty.owner_id, code=duty.code, unit__in=units).in_order()
    found: dict[tuple[int, str], tuple[str, date]] = {}
    for unit, within, kind, day in rows.values_list("unit_id", "within", "kind", "effective_date"):
        instance = instance_of(rule, within)
        found[unit, instance.key if instance else ONCE] = kind, day
    return found
