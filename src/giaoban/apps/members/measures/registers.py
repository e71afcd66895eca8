"""The register of members, as the figures ask it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Case, CharField, OuterRef, Q, QuerySet, Subquery, Value, When

from giaoban.apps.members.measures._moved import MOVED, OPENED, moved_lines, moved_tallies
from giaoban.apps.members.measures.declarations import AGE_GROUPS, MEMBERS
from giaoban.apps.members.member_series import SUMMED_KINDS, entry_kind, series_of_entry, series_of_roll
from giaoban.apps.members.models import (
    MemberEntry,
    MemberEvent,
    MembershipSpell,
    OfficeEntry,
    OfficeEvent,
    RollCount,
    Trait,
    TraitSpan,
)
from giaoban.apps.organizations.measures.declarations import COMMITTEES
from giaoban.apps.organizations.models import Unit, on_day
from giaoban.apps.organizations.queries.sums import Summed, apart
from giaoban.apps.organizations.queries.tally import counted, ever_under, in_windows, line_note, on_each_day, place_of
from giaoban.figures import FlowAsk, Line, StockAsk, Tally

_FLOWS = SUMMED_KINDS


class MembersRegister:
    """`figures.Register` over the journal of members and their spells."""

    name = MEMBERS

    def flows(self, ask: FlowAsk) -> Iterator[Tally]:
        """Return tallies of what happened to members, and of those who moved with their units."""
        if ask.facts.keys() & {MOVED, OPENED}:
            yield from moved_tallies(ask)
        if ask.facts.keys() & set(_FLOWS):
            yield from self._happened(ask)
        if MemberEvent.TRANSFERRED in ask.facts:
            yield from self._transferred(ask)

    def _happened(self, ask: FlowAsk) -> Iterator[Tally]:
        summed, rest = apart(ask)
        kinds = [kind for kind in _FLOWS if ask.facts.get(kind) == ()]
        if summed is None or not kinds:
            yield from self._counted(ask)
            return
        for one in summed.happened([series_of_entry(kind) for kind in kinds], ask.windows, ask.bounds):
            yield Tally(entry_kind(one.series), one.day, one.unit, None, (), one.number, one.eve)
        if rest is not None:
            yield from self._counted(replace(rest, facts=dict.fromkeys(kinds, ())))
        # The sums know no parts.
        yield from self._counted(replace(ask, facts={kind: keys for kind, keys in ask.facts.items() if keys}))

    def _counted(self, ask: FlowAsk) -> Iterator[Tally]:
        if not ask.facts.keys() & set(_FLOWS):
            return
        # Only what is asked for: each column more is one more to sort hundreds of thousands of entries by.
        wanted = sorted({key for kind in _FLOWS if kind in ask.facts for key in ask.facts[kind]})
        entries = _entries(ask)
        if "sex" in wanted:
            entries = _with_trait(entries, "sex", OuterRef("effective_date"))
        columns = [_FLOW_FIELDS[key] for key in wanted]
        for kind, day, unit, eve, *found, number in counted(
            entries, "kind", "effective_date", "counts_at", "eve", *columns
        ):
            known = {key: _FLOW_CODES.get(key, _or_none)(value) for key, value in zip(wanted, found, strict=True)}
            yield Tally(kind, day, unit, None, tuple(known[key] for key in ask.facts[kind]), number, eve)

    def _transferred(self, ask: FlowAsk) -> Iterator[Tally]:
        fields = ("effective_date", "from_unit__code", "to_unit__code", "temporary", "abroad")
        for day, from_unit, to_unit, temporary, abroad, number in counted(_transfers(ask), *fields):
            known = {"term": _term(temporary), "where": _where(abroad)}
            codes = tuple(known.get(key) for key in ask.facts[MemberEvent.TRANSFERRED])
            yield Tally(MemberEvent.TRANSFERRED, day, to_unit, from_unit, codes, number)

    def flow_lines(self, ask: FlowAsk) -> Iterator[tuple[Tally, Line]]:
        """Return the entries; those who moved with a unit are one line of that unit."""
        if ask.facts.keys() & {MOVED, OPENED}:
            yield from moved_lines(ask)
        for entry in _happened_in_order(ask):
            directed = entry.kind == MemberEvent.TRANSFERRED
            unit = _code(entry.to_unit if directed else entry.unit)
            from_unit = _code(entry.from_unit if directed else None)
            how = entry.get_how_display() if entry.how else ""
            line = Line(
                str(entry.uid),
                entry.effective_date,
                entry.get_kind_display(),
                unit,
                entry.member.full_name,
                from_unit=from_unit,
                note=line_note(
                    entry,
                    how,
                    entry.outside,
                    "tạm thời" if entry.temporary else "",
                    "ra nước ngoài" if entry.abroad else "",
                ),
                subject_ref=str(entry.member.uid),
            )
            yield Tally(entry.kind, entry.effective_date, unit, from_unit, (), 1), line

    def stocks(self, ask: StockAsk) -> Iterator[Tally]:
        """Return how many members stood in each unit on each of the days."""
        if set(ask.dimensions) <= {"status"}:
            summed, rest = apart(ask)
            if summed is not None:
                yield from _summed_roll(summed, ask)
            if rest is None:
                return
            ask = rest
        fields = [_STOCK_FIELDS[key] for key in ask.dimensions]
        if set(ask.dimensions) <= {"status"}:
            rows = on_each_day(lambda day: _roll_counts(ask, day), ask.days, "counts_at", *fields, weight="members")
        else:
            rows = on_each_day(lambda day: _spells(ask, day), ask.days, "counts_at", *fields)
        for day, unit, *codes, number in rows:
            named = tuple(_STATUS.get(code, code) for code in codes)
            yield Tally(ask.fact, day, unit, None, named, number)

    def stock_lines(self, ask: StockAsk) -> Iterator[tuple[Tally, Line]]:
        """Return the members who stood on each of the days."""
        for day in ask.days:
            spells = _spells(ask, day).select_related("member", "unit").order_by("unit__code", "member__sort_key")
            for spell in spells:
                kind = "Đảng viên chính thức" if spell.official else "Đảng viên dự bị"
                uid, name = str(spell.member.uid), spell.member.full_name
                line = Line(uid, day, kind, spell.unit.code, name, subject_ref=uid, since=spell.valid_from)
                yield Tally(ask.fact, day, spell.unit.code, None, (), 1), line


def _summed_roll(summed: Summed, ask: StockAsk) -> Iterator[Tally]:
    series = {series_of_roll(official): status for official, status in _STATUS.items()}
    for day, unit, name, number in summed.stocks(list(series), ask.days):
        yield Tally(ask.fact, day, unit, None, (series[name],) if ask.dimensions else (), number)


def _or_none(value: Any) -> str | None:
    return value or None


def _term(temporary: bool) -> str:
    return "temporary" if temporary else "official"


def _where(abroad: bool) -> str:
    return "abroad" if abroad else "domestic"


# The columns behind the dimensions of a flow, and how their codes are told.
_FLOW_FIELDS = {
    "term": "temporary",
    "where": "abroad",
    "how": "how",
    "round": "round",
    "sex": "sex",
    "reason": "ground",
}
_FLOW_CODES: dict[str, Callable[[Any], str | None]] = {"term": _term, "where": _where}
_TRAITS = {"sex": Trait.SEX, "education": Trait.EDUCATION, "theory": Trait.THEORY}
_STOCK_FIELDS = {"status": "official", "age_group": "age_group", **{key: key for key in _TRAITS}}
_STATUS: dict[Any, str] = {True: "official", False: "probationary"}


def _code(unit: Unit | None) -> str | None:
    return None if unit is None else unit.code


def _entries(ask: FlowAsk) -> Any:
    place = place_of(ask)
    kinds = [kind for kind in _FLOWS if kind in ask.facts]
    rows = MemberEntry.objects.counted().filter(in_windows(ask.windows), place.condition, kind__in=kinds)
    return rows.annotate(**place.fields)


def _happened_in_order(ask: FlowAsk) -> Iterator[MemberEntry]:
    """Give the entries of all kinds with the people and units that a line names, as things happened."""
    found: list[MemberEntry] = []
    for rows, kinds in ((_entries, set(_FLOWS)), (_transfers, {MemberEvent.TRANSFERRED})):
        if ask.facts.keys() & kinds:
            found += rows(ask).select_related("member", "unit", "from_unit", "to_unit")
    return iter(sorted(found, key=lambda entry: (entry.effective_date, entry.seq, entry.pk)))


def _transfers(ask: FlowAsk) -> Any:
    """Return the transfers with either end at or under the units; each end is looked up by its own index."""
    kind, days = Q(kind=MemberEvent.TRANSFERRED), in_windows(ask.windows)
    ends = [
        MemberEntry.objects.order_by().filter(ever_under(ask.under, end), kind, days).values("pk")
        for end in ("from_unit", "to_unit")
    ]
    return MemberEntry.objects.counted().filter(pk__in=ends[0].union(ends[1]))


def _roll_counts(ask: StockAsk, day: date) -> QuerySet[RollCount]:
    place = place_of(ask, day=day)
    found: QuerySet[RollCount] = RollCount.objects.filter(on_day(day), place.condition).annotate(**place.fields)
    return found


def _spells(ask: StockAsk, day: date) -> QuerySet[MembershipSpell]:
    place = place_of(ask, day=day)
    rows = MembershipSpell.objects.filter(on_day(day), place.condition).annotate(**place.fields)
    for key in _TRAITS.keys() & set(ask.dimensions):
        rows = _with_trait(rows, key, day)
    if "age_group" in ask.dimensions:
        rows = rows.annotate(age_group=_age_group(day))
    return rows


def _with_trait(rows: QuerySet[Any], key: str, day: date | OuterRef) -> QuerySet[Any]:
    """Add a trait as it was registered for the day (decision D9)."""
    held = TraitSpan.objects.filter(on_day(day), member=OuterRef("member"), trait=_TRAITS[key])
    found: QuerySet[Any] = rows.annotate(**{key: Subquery(held.values("value")[:1])})
    return found


def _age_group(day: date) -> Case:
    """Return the age group on a day: whoever was born so many years before it, or earlier, has that age."""
    groups = [
        When(member__birth_date__lte=_years_before(day, youngest), then=Value(code))
        for youngest, code, _label in reversed(AGE_GROUPS)
        if youngest
    ]
    return Case(*groups, default=Value(AGE_GROUPS[0][1]), output_field=CharField())


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 2, 28)


# An election is no appointment: who is elected is counted when the committee above approves.
_OFFICE_FACTS: dict[str, str] = {
    OfficeEvent.APPOINTED: "appointed",
    OfficeEvent.APPROVED: "appointed",
    OfficeEvent.MOVED: "moved",
    OfficeEvent.PLANNED: "planned",
    OfficeEvent.CONFIDENCE: "confidence",
}


class OfficesRegister:
    """`figures.Register` over the journal of offices; it is part of the register of committees."""

    name = COMMITTEES
    facts = frozenset(_OFFICE_FACTS.values())

    def flows(self, ask: FlowAsk) -> Iterator[Tally]:
        """Return tallies of what happened to offices."""
        rows = counted(_office_entries(ask), "kind", "counts_at", "eve", "office", "effective_date")
        for kind, unit, eve, office, day, number in rows:
            fact = _OFFICE_FACTS[kind]
            yield Tally(fact, day, unit, None, (office,) if ask.facts[fact] else (), number, eve)

    def flow_lines(self, ask: FlowAsk) -> Iterator[tuple[Tally, Line]]:
        """Return the entries."""
        for entry in _office_entries(ask).select_related("unit", "member").in_order():
            line = Line(
                str(entry.uid),
                entry.effective_date,
                f"{entry.get_kind_display()} {entry.get_office_display()}",
                entry.unit.code,
                entry.member.full_name,
                note=line_note(entry, entry.note),
                subject_ref=str(entry.member.uid),
            )
            yield Tally(_OFFICE_FACTS[entry.kind], entry.effective_date, entry.unit.code, None, (), 1), line

    def stocks(self, ask: StockAsk) -> Iterator[Tally]:
        """Return nothing: no measure counts who holds an office yet."""
        return iter(())

    def stock_lines(self, ask: StockAsk) -> Iterator[tuple[Tally, Line]]:
        """Return nothing, as ``stocks``."""
        return iter(())


def _office_entries(ask: FlowAsk) -> Any:
    kinds = [kind for kind, fact in _OFFICE_FACTS.items() if fact in ask.facts]
    place = place_of(ask)
    rows = OfficeEntry.objects.counted().filter(in_windows(ask.windows), place.condition, kind__in=kinds)
    return rows.annotate(**place.fields)
