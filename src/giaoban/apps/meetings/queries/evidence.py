"""Meetings of units as evidence of standing duties: registered, held, scored, reviewed, minutes filed (law 2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from giaoban.apps.meetings.models import (
    MeetingEntry,
    MeetingEvent,
    MeetingKind,
    ScoreEntry,
    ScoreStage,
)
from giaoban.apps.obligations.duties import Progress
from giaoban.apps.obligations.evidence import Evidence, EvidenceAsk, EvidenceSource, Mark
from giaoban.apps.obligations.gathered import Keys, keys_of
from giaoban.core.dates_vi import format_date


def _not_cancelled(rows: QuerySet[MeetingEntry], ask: EvidenceAsk) -> QuerySet[MeetingEntry]:
    """Leave out what was called off by the day that counts; a later cancelling changes nothing of an earlier day."""
    cancelled = MeetingEntry.objects.live().filter(
        meeting=OuterRef("meeting"), kind=MeetingEvent.CANCELLED, effective_date__lte=ask.as_of
    )
    return rows.exclude(Exists(cancelled))


@dataclass(frozen=True, slots=True)
class MeetingEvidence:
    """A meeting of one of some kinds has come to an event; its month is the period that it counts for.

    ``verb`` says it for people: «đăng ký ngày», «họp ngày». With ``by_subject`` the subject may name another kind of
    meeting («thematic», «committee»).
    """

    key: str
    title: str
    kinds: tuple[MeetingKind, ...]
    event: MeetingEvent
    verb: str
    by_subject: bool = False

    def found(self, ask: EvidenceAsk) -> Iterator[Evidence]:
        """Return the meetings of the units in the periods; one query."""
        fields = ("unit_id", "meeting__month", "effective_date", "meeting__uid")
        for unit, month, day, uid in self._rows(ask).order_by("effective_date", "pk").values_list(*fields):
            yield Evidence(unit, month, day, text=f"{self.verb} {format_date(day)}", ref=str(uid))

    def marks(self, ask: EvidenceAsk) -> Iterator[tuple[Mark, list[int]]]:
        """Return the same gathered by month and day; one query."""
        groups = self._rows(ask).order_by().values("meeting__month", "effective_date").annotate(units=Keys("unit_id"))
        for month, day, units in groups.values_list("meeting__month", "effective_date", "units"):
            yield Mark(month, day), keys_of(units)

    def _rows(self, ask: EvidenceAsk) -> QuerySet[MeetingEntry]:
        kinds = (ask.subject,) if self.by_subject and ask.subject in MeetingKind.values else self.kinds
        rows: QuerySet[MeetingEntry] = MeetingEntry.objects.live().filter(
            unit__in=ask.units,
            kind=self.event,
            sitting=1,
            effective_date__lte=ask.as_of,
            meeting__kind__in=kinds,
            meeting__month__gte=ask.start,
            meeting__month__lt=ask.end,
        )
        return _not_cancelled(rows, ask)


@dataclass(frozen=True, slots=True)
class ScoreEvidence:
    """A regular meeting was scored by the cell, or reviewed above; an unfinished sheet is done in part."""

    key: str
    title: str
    stage: ScoreStage

    def found(self, ask: EvidenceAsk) -> Iterator[Evidence]:
        """Return the sheets of the units in the periods; one query."""
        fields = ("unit_id", "meeting__month", "effective_date", "grade", "total", "meeting__uid")
        for unit, month, day, grade, total, uid in (
            self._rows(ask).order_by("effective_date", "pk").values_list(*fields)
        ):
            progress = Progress.DONE if grade else Progress.PARTIAL
            words = f"{total.normalize():f} điểm, ngày {format_date(day)}" if grade else "phiếu điểm chưa đủ các mục"
            yield Evidence(unit, month, day, progress, words, str(uid))

    def marks(self, ask: EvidenceAsk) -> Iterator[tuple[Mark, list[int]]]:
        """Return the same gathered by month, day and grade; one query."""
        fields = ("meeting__month", "effective_date", "grade")
        groups = self._rows(ask).order_by().values(*fields).annotate(units=Keys("unit_id"))
        for month, day, grade, units in groups.values_list(*fields, "units"):
            yield Mark(month, day, Progress.DONE if grade else Progress.PARTIAL), keys_of(units)

    def _rows(self, ask: EvidenceAsk) -> QuerySet[ScoreEntry]:
        return ScoreEntry.objects.live().filter(
            unit__in=ask.units,
            stage=self.stage,
            effective_date__lte=ask.as_of,
            meeting__kind=MeetingKind.REGULAR,
            meeting__month__gte=ask.start,
            meeting__month__lt=ask.end,
        )


SOURCES: tuple[EvidenceSource, ...] = (
    MeetingEvidence(
        "meetings.schedule",
        "lịch sinh hoạt đã đăng ký",
        (MeetingKind.REGULAR, MeetingKind.COMMITTEE),
        MeetingEvent.PLANNED,
        "đăng ký ngày",
        by_subject=True,
    ),
    MeetingEvidence(
        "meetings.regular", "sinh hoạt chi bộ thường kỳ", (MeetingKind.REGULAR,), MeetingEvent.HELD, "họp ngày"
    ),
    MeetingEvidence(
        "meetings.committee",
        "họp cấp ủy, chi ủy",
        (MeetingKind.COMMITTEE, MeetingKind.CELL_COMMITTEE),
        MeetingEvent.HELD,
        "họp ngày",
    ),
    MeetingEvidence(
        "meetings.all_members", "hội nghị toàn thể đảng viên", (MeetingKind.ALL_MEMBERS,), MeetingEvent.HELD, "họp ngày"
    ),
    MeetingEvidence("meetings.thematic", "sinh hoạt chuyên đề", (MeetingKind.THEMATIC,), MeetingEvent.HELD, "họp ngày"),
    ScoreEvidence("meetings.score", "phiếu tự chấm điểm sinh hoạt", ScoreStage.SELF),
    ScoreEvidence("meetings.review", "phiếu thẩm định của cấp trên", ScoreStage.REVIEW),
    MeetingEvidence(
        "meetings.minutes",
        "biên bản sinh hoạt đã nộp",
        (MeetingKind.REGULAR,),
        MeetingEvent.MINUTES_FILED,
        "nộp biên bản ngày",
        by_subject=True,
    ),
)
