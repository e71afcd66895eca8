"""The registers of absences, honours, ratings and conclusions, as the figures ask them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet

from giaoban.apps.members.measures.life import ABSENCES, GRADE, HONOURS, RATINGS, VETTING, rated_year
from giaoban.apps.members.models import (
    AbsenceSpan,
    HonourEntry,
    HonourEvent,
    RatingEntry,
    VettingEntry,
)
from giaoban.apps.organizations.models import on_day
from giaoban.apps.organizations.queries.tally import counted, in_windows, line_note, on_each_day, place_of
from giaoban.figures import FlowAsk, Line, StockAsk, Tally

Pair = tuple[Tally, Line]


class AbsencesRegister:
    """`figures.Register` over the spans of absence; where a member is counted, their own spell says (D3)."""

    name = ABSENCES

    def flows(self, ask: FlowAsk) -> Iterator[Tally]:
        """Return nothing: only how many are exempt or away is counted."""
        return iter(())

    def flow_lines(self, ask: FlowAsk) -> Iterator[Pair]:
        """Return nothing, as ``flows``."""
        return iter(())

    def stocks(self, ask: StockAsk) -> Iterator[Tally]:
        """Return how many of the members of each unit were exempt, or away, on each of the days."""
        fields = ("counts_at", *(_ABSENCE_CODES[key] for key in ask.dimensions))
        for day, unit, *known, number in on_each_day(lambda day: _absent(ask, day), ask.days, *fields):
            codes = tuple(_CODE_OF[key][bool(value)] for key, value in zip(ask.dimensions, known, strict=True))
            yield Tally(ask.fact, day, unit, None, codes, number)

    def stock_lines(self, ask: StockAsk) -> Iterator[Pair]:
        """Return those members."""
        for day in ask.days:
            rows = _absent(ask, day).select_related("member").annotate(cell=F(_CELL))
            for span in rows.order_by("cell", "member__sort_key", "member_id"):
                until = f"đến {span.until:%d/%m/%Y}" if span.until else ""
                uid = str(span.member.uid)
                line = Line(
                    uid,
                    day,
                    span.get_kind_display(),
                    span.cell,
                    span.member.full_name,
                    note="; ".join(part for part in (span.place, until) if part),
                    subject_ref=uid,
                    since=span.valid_from,
                )
                yield Tally(ask.fact, day, span.cell, None, (), 1), line


# Where the member of a row stood: one join serves the condition and the code of the cell.
_SPELL = "member__spells__"
_CELL = f"{_SPELL}unit__code"
_ABSENCE_CODES = {"exemption": "temporary", "where": "abroad"}
_CODE_OF = {
    "exemption": {True: "temporary", False: "lasting"},
    "where": {True: "abroad", False: "domestic"},
}


def _absent(ask: StockAsk, day: date) -> QuerySet[Any]:
    """Return the absences of a day whose member stood in a unit on it."""
    place = place_of(ask, f"{_SPELL}unit", day)
    rows = AbsenceSpan.objects.filter(on_day(day), kind=ask.fact)
    found: QuerySet[Any] = rows.filter(on_day(day, _SPELL), place.condition).annotate(**place.fields)
    return found


class HonoursRegister:
    """`figures.Register` over the journal of commendations and badges; it has no stocks."""

    name = HONOURS

    def flows(self, ask: FlowAsk) -> Iterator[Tally]:
        """Return tallies of what was proposed and awarded."""
        rows = counted(
            _honours(ask),
            *("kind", "of_unit", "counts_at", "eve", "effective_date"),
            *("reason", "level", "years", "round", "early", "posthumous"),
        )
        for kind, of_unit, unit, eve, day, reason, level, years, round_, early, posthumous, number in rows:
            known = {
                "reason": reason or None,
                "level": level or None,
                "years": None if years is None else str(years),
                "round": round_ or None,
                "how": "posthumous" if posthumous else "early" if early else "regular",
            }
            fact = _honour_fact(kind, of_unit=of_unit)
            if fact in ask.facts:
                yield Tally(fact, day, unit, None, tuple(known[key] for key in ask.facts[fact]), number, eve)

    def flow_lines(self, ask: FlowAsk) -> Iterator[Pair]:
        """Return the entries."""
        for entry in _honours(ask).select_related("unit", "member").in_order():
            fact = _honour_fact(entry.kind, of_unit=entry.member is None)
            if fact not in ask.facts:
                continue
            line = Line(
                str(entry.uid),
                entry.effective_date,
                honour_words(entry),
                entry.unit.code,
                entry.member.full_name if entry.member is not None else "",
                note=line_note(entry, entry.get_level_display()),
                subject_ref=str(entry.member.uid) if entry.member is not None else "",
            )
            yield Tally(fact, entry.effective_date, entry.unit.code, None, (), 1), line

    def stocks(self, ask: StockAsk) -> Iterator[Tally]:
        """Return nothing: no state is kept."""
        return iter(())

    def stock_lines(self, ask: StockAsk) -> Iterator[Pair]:
        """Return nothing: no state is kept."""
        return iter(())


def _honour_fact(kind: str, *, of_unit: bool) -> str:
    return f"unit_{kind}" if of_unit else kind


def _honours(ask: FlowAsk) -> Any:
    kinds = {fact.removeprefix("unit_") for fact in ask.facts}
    place = place_of(ask)
    found = HonourEntry.objects.counted().filter(
        in_windows(ask.windows), place.condition, kind__in=kinds & set(HonourEvent.values)
    )
    of_unit = ExpressionWrapper(Q(member__isnull=True), output_field=BooleanField())
    return found.annotate(of_unit=of_unit, **place.fields)


def honour_words(entry: HonourEntry) -> str:
    """Return what was proposed or awarded, in words: «Tặng Huy hiệu Đảng 30 năm, đợt 3/2/2023»."""
    words = str(entry.get_kind_display())
    if entry.years is not None:
        words += f" {entry.years} năm"
    if entry.round:
        words += f", đợt {entry.round}"
    if entry.early:
        words += ", sớm vì bệnh nặng"
    if entry.posthumous:
        words += ", truy tặng"
    parts = [str(entry.get_form_display()).lower() if entry.form else "", _small(entry.get_reason_display())]
    return "; ".join([words, *(part for part in parts if part)])


def _small(words: object) -> str:
    text = str(words)
    return text[:1].lower() + text[1:]


class RatingsRegister:
    """`figures.Register` over the journal of grades: those who stand on a day, by the grade that holds on it."""

    name = RATINGS

    def flows(self, ask: FlowAsk) -> Iterator[Tally]:
        """Return nothing: a grade is a state, see ``rated_year``."""
        return iter(())

    def flow_lines(self, ask: FlowAsk) -> Iterator[Pair]:
        """Return nothing, as ``flows``."""
        return iter(())

    def stocks(self, ask: StockAsk) -> Iterator[Tally]:
        """Return how many of each unit hold which grade on each of the days."""
        for way in _WAYS[ask.fact]:
            rows = on_each_day(partial(_rated, ask, way), ask.days, "counts_at", "grade")
            for day, unit, grade, number in rows:
                yield Tally(ask.fact, day, unit, None, (grade,) if ask.dimensions else (), number)

    def stock_lines(self, ask: StockAsk) -> Iterator[Pair]:
        """Return the members, or the organisations, that hold a grade."""
        labels = {code.key: code.label for code in GRADE.codes}
        for day in ask.days:
            for way in _WAYS[ask.fact]:
                rows = _rated(ask, way, day).select_related("member").annotate(cell=F(f"{way}unit__code"))
                for row in rows.order_by("cell", "member__sort_key", "pk"):
                    name = row.member.full_name if row.member is not None else ""
                    ref = str(row.member.uid) if row.member is not None else ""
                    words = f"Năm {rated_year(day)}: {labels[row.grade]}"
                    line = Line(str(row.uid), day, words, row.cell, name, subject_ref=ref)
                    yield Tally(ask.fact, day, row.cell, None, (), 1), line


# By which way the unit of an entry is found: an organisation's own; a member's spell; for a second record that tells a
# part of a life, the spell of the record that was kept (decision D12).
_KEPT = "member__alias_of__"
_WAYS = {"unit_rated": ("",), "member_rated": (_SPELL, f"{_KEPT}kept__spells__")}


def _rated(ask: StockAsk, way: str, day: date) -> QuerySet[Any]:
    """Return the entries whose grade holds on a day, of those who stood on it; «not rated» is no grade."""
    grades = [code.key for code in GRADE.codes]
    entries = RatingEntry.objects.counted().filter(year=rated_year(day), grade__in=grades)
    place = place_of(ask, f"{way}unit", day)
    stands = on_day(day, way) if way else Q(member__isnull=True)
    joined = {f"{_KEPT}undone_at__isnull": True, f"{_KEPT}takes_history": True} if way.startswith(_KEPT) else {}
    found: QuerySet[Any] = entries.filter(stands, place.condition, **joined).annotate(**place.fields)
    return found


class VettingRegister:
    """`figures.Register` over the journal of conclusions on the political standard; it has no stocks."""

    name = VETTING

    def flows(self, ask: FlowAsk) -> Iterator[Tally]:
        """Return tallies of conclusions."""
        for unit, eve, day, purpose, number in counted(_vetted(ask), "counts_at", "eve", "effective_date", "purpose"):
            known = {"purpose": purpose}
            yield Tally("vetted", day, unit, None, tuple(known[key] for key in ask.facts["vetted"]), number, eve)

    def flow_lines(self, ask: FlowAsk) -> Iterator[Pair]:
        """Return the entries: of each its number and date, never more (decision D13)."""
        for entry in _vetted(ask).select_related("unit", "member", "candidate").in_order():
            person = entry.member or entry.candidate
            line = Line(
                str(entry.uid),
                entry.effective_date,
                f"Kết luận tiêu chuẩn chính trị, {entry.get_purpose_display().lower()}",
                entry.unit.code,
                person.full_name,
                note=f"Số {entry.decision_number}" if entry.decision_number else "",
                subject_ref=str(entry.member.uid) if entry.member is not None else "",
            )
            yield Tally("vetted", entry.effective_date, entry.unit.code, None, (), 1), line

    def stocks(self, ask: StockAsk) -> Iterator[Tally]:
        """Return nothing: no state is kept."""
        return iter(())

    def stock_lines(self, ask: StockAsk) -> Iterator[Pair]:
        """Return nothing: no state is kept."""
        return iter(())


def _vetted(ask: FlowAsk) -> Any:
    place = place_of(ask)
    rows = VettingEntry.objects.counted().filter(in_windows(ask.windows), place.condition)
    return rows.annotate(**place.fields)
