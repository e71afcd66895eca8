"""Where the registers know a document by its symbol: the act it decided, the duty it gives, the report it is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from giaoban.apps.accounts.models import User
from giaoban.apps.audit.journal import JournalQuerySet
from giaoban.apps.directives.models import AnnualTarget
from giaoban.apps.obligations.models import StandingDuty
from giaoban.apps.organizations.models import (
    Ancestry,
    CommitteeEntry,
    RuleSetting,
    TermEntry,
    Unit,
    UnitEntry,
    granted_ancestry,
)
from giaoban.apps.organizations.queries.chosen import unit_cards
from giaoban.apps.organizations.queries.telling import tell_acts
from giaoban.apps.organizations.rules import rule_kinds
from giaoban.apps.reporting.models import OwnReport
from giaoban.apps.reporting.queries.letterhead import office_facts
from giaoban.apps.reporting.queries.own_report.state import definition_of
from giaoban.core.dates_vi import format_date
from giaoban.core.period import Period

_SYMBOL = re.compile(r"\d+[\w.]*(?:[-/][\w.]+)+")
_LEADING_ZEROS = re.compile(r"^0+(?=\d)")


class PlaceKind(StrEnum):
    """What in the registers rests on a document."""

    ACT = "act"
    COMMITTEE = "committee"
    DUTY = "duty"
    TARGET = "target"
    RULE = "rule"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """One thing that rests on a document: in words, at which unit (its code); ``key`` finds it within its kind.

    ``key`` is an act's event, a report's uid, the period of a target or of a duty's first month; else empty.
    """

    kind: PlaceKind
    words: str
    unit: str
    key: str = ""


def same_symbol(symbol: str) -> str:
    """Return what two writings of one symbol share: no white space, no zeros in front («05-NQ/ĐUK», «5-NQ/ĐUK»)."""
    return _LEADING_ZEROS.sub("", "".join(symbol.split()))


def known_papers(
    symbols: Iterable[str], *, user: User, unit: Unit, rights: Collection[str], today: date
) -> dict[str, tuple[KnownPlace, ...]]:
    """Return for each symbol that the registers know what rests on it; what is not known is left out.

    Acts and committees are looked for in all that the person may see; duties, targets, dated rules and reports at the
    chosen ``unit``, on which the person holds ``rights`` (duties and rules also at those above it, which bind it).
    Decisions about persons are left out: they belong to personal files. The number of queries does not grow with
    the symbols.
    """
    wanted: dict[str, list[str]] = defaultdict(list)
    for symbol in dict.fromkeys(symbols):
        wanted[same_symbol(symbol)].append(symbol)
    if not wanted:
        return {}
    found: dict[str, list[KnownPlace]] = defaultdict(list)
    for symbol, place in _all(_spellings(wanted), frozenset(wanted), user, unit, rights, today):
        for written in wanted[symbol]:
            if place not in found[written]:
                found[written].append(place)
    return {symbol: tuple(places) for symbol, places in found.items()}


_Found = Iterator[tuple[str, KnownPlace]]


def _all(
    spelled: Collection[str],
    wanted: Collection[str],
    user: User,
    unit: Unit,
    rights: Collection[str],
    today: date,
) -> _Found:
    seen = granted_ancestry(user, today=today, right="organizations_view").values("descendant")
    yield from _acts(UnitEntry.objects.live().filter(decision_number__in=spelled, subject__in=seen))
    for journal in (CommitteeEntry, TermEntry):
        rows = journal.objects.live().filter(decision_number__in=spelled, unit__in=seen)
        yield from _committees(rows.select_related("unit"))
    if "meetings_view" in rights:
        yield from _duties(unit, wanted)
    if "organizations_view" in rights:
        yield from _rules(unit, wanted)
    if "figures_view" in rights:
        yield from _targets(unit, wanted)
        yield from _reports(unit, wanted)


def _spellings(wanted: Iterable[str]) -> set[str]:
    """What a register may have written: «5-NQ/ĐUK» and «05-NQ/ĐUK»."""
    return {form for symbol in wanted for form in (symbol, f"0{symbol}", f"00{symbol}")}


def _acts(rows: JournalQuerySet) -> _Found:
    entries = list(rows.select_related("actor", "subject").in_order())
    numbers = {(one.event, one.effective_date): one.decision_number for one in entries}
    codes = {one.event: one.subject.code for one in entries}
    for story in tell_acts(entries):
        words = f"{format_date(story.day)}: {story.words}"
        place = KnownPlace(PlaceKind.ACT, words, codes[story.event], str(story.event))
        yield same_symbol(numbers[story.event, story.day]), place


def _committees(rows: Iterable[CommitteeEntry | TermEntry]) -> _Found:
    entries = list(rows)
    if not entries:
        return
    # Names of one day, the newest entry's: a document decides about committees at about one time.
    cards = unit_cards({one.unit_id for one in entries}, day=max(one.effective_date for one in entries))
    for one in entries:
        words = f"{format_date(one.effective_date)}: {one.get_kind_display()}, {cards[one.unit_id].name}"
        yield same_symbol(one.decision_number), KnownPlace(PlaceKind.COMMITTEE, words, one.unit.code)


def _named(text: str, wanted: Collection[str]) -> Iterator[str]:
    """Give the wanted symbols that a text names."""
    for match in _SYMBOL.finditer(text):
        if (symbol := same_symbol(match.group())) in wanted:
            yield symbol


def _above(unit: Unit) -> Any:
    return Ancestry.objects.filter(descendant=unit).values("ancestor")


def _duties(unit: Unit, wanted: Collection[str]) -> _Found:
    rows = StandingDuty.objects.filter(owner__in=_above(unit)).order_by("position", "valid_from")
    for duty in rows:
        month = f"{duty.valid_from:%Y-M%m}"
        place = KnownPlace(PlaceKind.DUTY, f"Việc phải làm: {duty.title}", unit.code, month)
        for symbol in _named(f"{duty.subject} {duty.title} {duty.source}", wanted):
            yield symbol, place


def _rules(unit: Unit, wanted: Collection[str]) -> _Found:
    """Give what the rules that come with the program, and those set here or above, name as their source."""
    sources = [(kind.key, value.source) for kind in rule_kinds().values() for value in kind.defaults]
    rows = RuleSetting.objects.filter(owner__in=_above(unit)).order_by("valid_from")
    labels: dict[str, list[str]] = defaultdict(list)
    for key, source in (*sources, *rows.values_list("key", "source")):
        for symbol in _named(source, wanted):
            labels[symbol].append(rule_kinds()[key].label)
    for symbol, named in labels.items():
        yield symbol, KnownPlace(PlaceKind.RULE, f"Quy tắc: {'; '.join(dict.fromkeys(named))}", unit.code)


def _targets(unit: Unit, wanted: Collection[str]) -> _Found:
    for row in AnnualTarget.objects.filter(unit=unit).order_by("year", "measure"):
        place = KnownPlace(PlaceKind.TARGET, f"Chỉ tiêu năm {row.year}", unit.code, str(row.year))
        for symbol in _named(row.source, wanted):
            yield symbol, place


def _reports(unit: Unit, wanted: Collection[str]) -> _Found:
    numbers = {int(digits.group()) for symbol in wanted if (digits := re.match(r"\d+", symbol)) is not None}
    rows = OwnReport.objects.filter(unit=unit, number__in=numbers, dated__isnull=False).select_related("unit")
    symbol_of = _report_symbols(unit)
    for row in rows.order_by("dated"):
        symbol = symbol_of(row)
        if symbol in wanted:
            words = f"Báo cáo {Period.parse(row.period).name()}, bản {row.edition}"
            yield symbol, KnownPlace(PlaceKind.REPORT, words, unit.code, str(row.uid))


def _report_symbols(unit: Unit) -> Callable[[OwnReport], str]:
    """Return how a numbered report is written: its number, the code of its type, the code of the office."""
    codes: dict[tuple[str, date], str] = {}

    def symbol(row: OwnReport) -> str:
        day = row.dated
        assert day is not None
        if (row.name, day) not in codes:
            issuer = office_facts(unit, day=day).issuer_code
            codes[row.name, day] = f"{definition_of(row, day=day).type_code}/{issuer}"
        return f"{row.number}-{codes[row.name, day]}"

    return symbol
