"""The registers of meetings, attendance and conferences, as the figures ask them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from giaoban.apps.meetings.measures.declarations import ATTENDANCE, CONFERENCES, KIND, MEETINGS
from giaoban.apps.meetings.models import (
    AttendanceEntry,
    DelegationEntry,
    MeetingEntry,
    MeetingEvent,
    MeetingForm,
    MeetingKind,
    MeetingState,
    Presence,
    RegulationEntry,
    ScoreEntry,
    ScoreStage,
    VisitEntry,
)
from giaoban.apps.organizations.queries.tally import in_windows, line_note, place_of
from giaoban.figures import FlowAsk, Line, StockAsk, Tally

Pair = tuple[Tally, Line]
_UNIT_KINDS = tuple(code.key for code in KIND.codes)
_APART = (MeetingForm.ONLINE, MeetingForm.MIXED, MeetingForm.BY_GROUPS)
_CONFERENCES = (MeetingKind.CONFERENCE, MeetingKind.BRIEFING)


@dataclass(frozen=True, slots=True)
class Fact:
    """One kind of entry that is counted: its live rows, where its codes stand, and how a row is told.

    ``codes`` are fields by dimension, ``weight`` the field that a row adds (empty: it adds one), ``line`` the words,
    subject, note and person of a row.
    """

    rows: Callable[[], QuerySet[Any]]
    line: Callable[[Any], tuple[str, str, str, str]]
    codes: Mapping[str, str]
    related: tuple[str, ...] = ()
    weight: str = ""


class FactsRegister:
    """`figures.Register` over journals of meetings: one grouped query for each fact; it has no stocks."""

    def __init__(self, name: str, facts: Mapping[str, Fact]) -> None:
        self.name = name
        self._facts = facts

    def flows(self, ask: FlowAsk) -> Iterator[Tally]:
        """Return tallies of what happened."""
        for name, dimensions in ask.facts.items():
            fact = self._facts[name]
            codes = [fact.codes[key] for key in dimensions]
            number = Sum(fact.weight) if fact.weight else Count("pk")
            rows = _asked(fact, ask).order_by().values_list("counts_at", "eve", "effective_date", *codes)
            for unit, eve, day, *known, count in rows.annotate(number=number):
                if count:
                    yield Tally(name, day, unit, None, tuple(code or None for code in known), count, eve)

    def flow_lines(self, ask: FlowAsk) -> Iterator[Pair]:
        """Return the entries."""
        for name in ask.facts:
            fact = self._facts[name]
            for entry in _asked(fact, ask).select_related("unit", *fact.related).in_order():
                number = getattr(entry, fact.weight) if fact.weight else 1
                if not number:
                    continue
                kind, subject, note, person = fact.line(entry)
                day, unit = entry.effective_date, entry.unit.code
                line = Line(str(entry.uid), day, kind, unit, subject, number, note=note, subject_ref=person)
                yield Tally(name, day, unit, None, (), number), line

    def stocks(self, ask: StockAsk) -> Iterable[Tally]:
        """Return nothing: no state is kept."""
        return ()

    def stock_lines(self, ask: StockAsk) -> Iterable[Pair]:
        """Return nothing: no state is kept."""
        return ()


def _asked(fact: Fact, ask: FlowAsk) -> Any:
    place = place_of(ask)
    return fact.rows().filter(in_windows(ask.windows), place.condition).annotate(**place.fields)


def _events(kind: MeetingEvent, *kinds: str) -> QuerySet[Any]:
    """One row for each meeting, however many sittings it had."""
    return MeetingEntry.objects.live().filter(kind=kind, sitting=1, meeting__kind__in=kinds)


def _registered() -> QuerySet[Any]:
    kept = _events(MeetingEvent.PLANNED, MeetingKind.REGULAR, MeetingKind.THEMATIC)
    return kept.exclude(meeting__state=MeetingState.CANCELLED)


def _held() -> QuerySet[Any]:
    return _events(MeetingEvent.HELD, *_UNIT_KINDS)


def _graded() -> QuerySet[Any]:
    """The review counts where there is one, else what the cell gave itself (decision D27); unfinished sheets do not."""
    reviewed = ScoreEntry.objects.live().filter(meeting=OuterRef("meeting"), stage=ScoreStage.REVIEW)
    return ScoreEntry.objects.live().exclude(grade="").filter(Q(stage=ScoreStage.REVIEW) | ~Exists(reviewed))


def _called() -> QuerySet[Any]:
    """Those who should come; guests, the exempt and those elsewhere for a time as the roll of the day counted them."""
    return AttendanceEntry.objects.live().filter(counts=True)


def _delegations(*states: str) -> QuerySet[Any]:
    rows = DelegationEntry.objects.live().filter(state__in=states, meeting__kind__in=_CONFERENCES)
    return rows.exclude(meeting__state=MeetingState.CANCELLED)


def _meeting_line(entry: MeetingEntry) -> tuple[str, str, str, str]:
    meeting = entry.meeting
    return meeting.get_kind_display(), "", line_note(entry, meeting.title or entry.topic), ""


def _score_line(entry: ScoreEntry) -> tuple[str, str, str, str]:
    points = f"{entry.total:f}".rstrip("0").rstrip(".").replace(".", ",")
    return entry.get_stage_display(), "", line_note(entry, f"{points} điểm"), ""


def _visit_line(entry: VisitEntry) -> tuple[str, str, str, str]:
    return "Dự sinh hoạt cơ sở", entry.visitor.full_name, "", str(entry.visitor.uid)


def _regulation_line(entry: RegulationEntry) -> tuple[str, str, str, str]:
    return entry.get_kind_display(), "", line_note(entry, ""), ""


def _attendance_line(entry: AttendanceEntry) -> tuple[str, str, str, str]:
    return entry.get_state_display(), entry.member.full_name, "", str(entry.member.uid)


def _delegation_line(entry: DelegationEntry) -> tuple[str, str, str, str]:
    return entry.get_state_display(), "", entry.meeting.title, ""


_KIND_CODES = {"kind": "meeting__kind", "form": "form"}
MEETINGS_REGISTER = FactsRegister(
    MEETINGS,
    {
        "registered": Fact(_registered, _meeting_line, {}, ("meeting",)),
        "held": Fact(_held, _meeting_line, _KIND_CODES, ("meeting",)),
        "thematic": Fact(
            lambda: _events(MeetingEvent.HELD, MeetingKind.THEMATIC), _meeting_line, _KIND_CODES, ("meeting",)
        ),
        "online": Fact(lambda: _held().filter(form__in=_APART), _meeting_line, _KIND_CODES, ("meeting",)),
        "working": Fact(lambda: _events(MeetingEvent.HELD, MeetingKind.WORKING), _meeting_line, {}, ("meeting",)),
        "regulations": Fact(RegulationEntry.objects.live, _regulation_line, {}),
        "graded": Fact(_graded, _score_line, {"grade": "grade", "stage": "stage"}),
        "visited": Fact(VisitEntry.objects.live, _visit_line, {}, ("visitor",)),
    },
)
ATTENDANCE_REGISTER = FactsRegister(
    ATTENDANCE,
    {
        "called": Fact(_called, _attendance_line, {}, ("member",)),
        "present": Fact(lambda: _called().filter(state=Presence.PRESENT), _attendance_line, {}, ("member",)),
    },
)
CONFERENCES_REGISTER = FactsRegister(
    CONFERENCES,
    {
        "held": Fact(
            lambda: _events(MeetingEvent.HELD, *_CONFERENCES),
            _meeting_line,
            {"conference": "meeting__kind", "form": "form"},
            ("meeting",),
        ),
        "delegates": Fact(
            lambda: _delegations(Presence.PRESENT),
            _delegation_line,
            {"conference": "meeting__kind"},
            ("meeting",),
            "delegates",
        ),
        "ticked": Fact(lambda: _delegations(*Presence.values), _delegation_line, {}, ("meeting",)),
        "stayed_away": Fact(
            lambda: _delegations(Presence.EXCUSED, Presence.ABSENT), _delegation_line, {"reason": "state"}, ("meeting",)
        ),
    },
)
