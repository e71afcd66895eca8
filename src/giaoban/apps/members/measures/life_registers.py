"""The registers of absences, honours, ratings and conclusions, as the figures ask them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from giaoban.apps.members.measures.life import ABSENCES, GRADE, HONOURS, RATINGS, VETTING, rated_year
from giaoban.apps.members.models import (
    AbsenceSpan,
    HonourEntry,
    HonourEvent,
    MembershipSpell,
    RatingEntry,
    VettingEntry,
)
from giaoban.apps.organizations.models import on_day
from giaoban.apps.organizations.queries.tally import counted, ever_under, in_windows, line_note, on_each_day
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
        fields = ("unit__code", *ask.dimensions)
        for day, unit, *codes, number in on_each_day(lambda day: _absent(ask, day), ask.days, *fields):
            yield Tally(ask.fact, day, unit, None, tuple(codes), number)

    def stock_lines(self, ask: StockAsk) -> Iterator[Pair]:
        """Return those members."""
        for day in ask.days:
            rows = _absent(ask, day, lines=True).select_related("member", "unit")
            for spell in rows.order_by("unit__code", "member__sort_key", "member_id"):
                until = f"đến {spell.until:%d/%m/%Y}" if spell.until else ""
                uid = str(spell.member.uid)
                line = Line(
                    uid,
                    day,
                    _ABSENCE_LABELS[ask.fact],
                    spell.unit.code,
                    spell.member.full_name,
                    note="; ".join(part for part in (spell.place, until) if part),
                    subject_ref=uid,
                    since=spell.since,
                )
                yield Tally(ask.fact, day, spell.unit.code, None, (), 1), line


_ABSENCE_LABELS = {"exempt": "Được miễn công tác và sinh hoạt", "away": "Đi làm ăn xa, tạm vắng"}
_ABSENCE_FIELDS: dict[str, tuple[str, str, str]] = {
    "exemption": ("temporary", "temporary", "lasting"),
    "where": ("abroad", "abroad", "domestic"),
}


def _absent(ask: StockAsk, day: date, *, lines: bool = False) -> QuerySet[Any]:
    """Return the spells of a day whose member was absent on it, with the codes that are wanted of the absence."""
    spans = AbsenceSpan.objects.filter(on_day(day), member=OuterRef("member"), kind=ask.fact)
    rows: QuerySet[Any] = MembershipSpell.objects.filter(on_day(day), ever_under(ask.under, "unit"))
    rows = rows.annotate(since=Subquery(spans.values("valid_from")[:1])).filter(since__isnull=False)
    for key in ask.dimensions:
        field, yes, no = _ABSENCE_FIELDS[key]
        known = spans.values(field)[:1]
        rows = rows.annotate(**{f"is_{key}": Subquery(known)}).annotate(
            **{key: Case(When(**{f"is_{key}": True}, then=Value(yes)), default=Value(no), output_field=CharField())}
        )
    if lines:
        rows = rows.annotate(until=Subquery(spans.values("until")[:1]), place=Subquery(spans.values("place")[:1]))
    return rows


class HonoursRegister:
    """`figures.Register` over the journal of commendations and badges; it has no stocks."""

    name = HONOURS

    def flows(self, ask: FlowAsk) -> Iterator[Tally]:
        """Return tallies of what was proposed and awarded."""
        rows = counted(
            _honours(ask),
            *("kind", "of_unit", "unit__code", "effective_date"),
            *("reason", "level", "years", "round", "early", "posthumous"),
        )
        for kind, of_unit, unit, day, reason, level, years, round_, early, posthumous, number in rows:
            known = {
                "reason": reason or None,
                "level": level or None,
                "years": None if years is None else str(years),
                "round": round_ or None,
                "how": "posthumous" if posthumous else "early" if early else "regular",
            }
            fact = _honour_fact(kind, of_unit=of_unit)
            if fact in ask.facts:
                yield Tally(fact, day, unit, None, tuple(known[key] for key in ask.facts[fact]), number)

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
    found = HonourEntry.objects.counted().filter(
        in_windows(ask.windows), ever_under(ask.under, "unit"), kind__in=kinds & set(HonourEvent.values)
    )
    return found.annotate(of_unit=ExpressionWrapper(Q(member__isnull=True), output_field=BooleanField()))


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
        for day, unit, grade, number in on_each_day(lambda day: _rated(ask, day), ask.days, "unit__code", "grade"):
            yield Tally(ask.fact, day, unit, None, (grade,) if ask.dimensions else (), number)

    def stock_lines(self, ask: StockAsk) -> Iterator[Pair]:
        """Return the members, or the organisations, that hold a grade."""
        labels = {code.key: code.label for code in GRADE.codes}
        for day in ask.days:
            of_members = ask.fact == "member_rated"
            rows = _rated(ask, day).select_related("unit", *(("member",) if of_members else ()))
            for row in rows.order_by("unit__code", *(("member__sort_key", "member_id") if of_members else ())):
                subject = row.member.full_name if of_members else ""
                uid = str(row.member.uid) if of_members else ""
                ref = uid or str(row.unit.uid)
                line = Line(
                    ref, day, f"Năm {rated_year(day)}: {labels[row.grade]}", row.unit.code, subject, subject_ref=uid
                )
                yield Tally(ask.fact, day, row.unit.code, None, (), 1), line


def _rated(ask: StockAsk, day: date) -> QuerySet[Any]:
    """Return the spells of a day with the member's grade, or the entries of organisations; «not rated» is no grade."""
    grades = [code.key for code in GRADE.codes]
    entries = RatingEntry.objects.live().filter(year=rated_year(day), grade__in=grades)
    if ask.fact == "unit_rated":
        found: QuerySet[Any] = entries.filter(ever_under(ask.under, "unit"), member__isnull=True)
        return found
    # A second record of the person, joined with its history, tells a part of the same life (decision D12).
    same_person = Q(member=OuterRef("member")) | Q(
        member__alias_of__kept=OuterRef("member"),
        member__alias_of__undone_at__isnull=True,
        member__alias_of__takes_history=True,
    )
    of_member = entries.filter(same_person).order_by("pk").values("grade")[:1]
    rows: QuerySet[Any] = MembershipSpell.objects.filter(on_day(day), ever_under(ask.under, "unit"))
    graded: QuerySet[Any] = rows.annotate(grade=Subquery(of_member)).filter(grade__isnull=False)
    return graded


class VettingRegister:
    """`figures.Register` over the journal of conclusions on the political standard; it has no stocks."""

    name = VETTING

    def flows(self, ask: FlowAsk) -> Iterator[Tally]:
        """Return tallies of conclusions."""
        for unit, day, purpose, number in counted(_vetted(ask), "unit__code", "effective_date", "purpose"):
            known = {"purpose": purpose}
            yield Tally("vetted", day, unit, None, tuple(known[key] for key in ask.facts["vetted"]), number)

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
    return VettingEntry.objects.counted().filter(in_windows(ask.windows), ever_under(ask.under, "unit"))
