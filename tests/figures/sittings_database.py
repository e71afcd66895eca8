"""Meetings, attendance and conferences of the random world as rows of the database."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from giaoban.apps.audit.act import HANOI
from giaoban.apps.meetings.models import (
    AttendanceEntry,
    DelegationEntry,
    Meeting,
    MeetingEntry,
    RegulationEntry,
    ScoreEntry,
    VisitEntry,
)
from giaoban.figures.memory import MemoryEntry

if TYPE_CHECKING:
    from tests.figures.database import Writer


def write_sittings(writer: Writer) -> None:
    """Write the registers; units and people are there already."""
    kept = writer.world.sittings
    meetings: dict[str, Meeting] = {}

    def meeting(one: MemoryEntry, key: str) -> Meeting:
        if key not in meetings:
            meetings[key] = Meeting.objects.create(
                unit=writer.unit(one.unit),
                kind=one.codes.get("kind", "regular"),
                month=one.day.replace(day=1),
                day=one.day,
                starts_at=datetime.combine(one.day, time(8), HANOI),
            )
        return meetings[key]

    def plain(one: MemoryEntry) -> dict[str, Any]:
        return {"meeting": meeting(one, one.subject), "unit": writer.unit(one.unit)}

    def of_member(one: MemoryEntry) -> dict[str, Any]:
        return {"meeting": meeting(one, one.ref), "unit": writer.unit(one.unit)}

    writer._journal(MeetingEntry, kept.events, lambda one: {**plain(one), "kind": one.fact, "form": one.codes["form"]})
    writer._journal(
        AttendanceEntry,
        kept.ticks,
        lambda one: {**of_member(one), "member": writer.people[one.subject], "state": one.codes["state"]},
    )
    writer._journal(
        ScoreEntry,
        kept.scores,
        lambda one: {
            **plain(one),
            "by_unit": writer.unit(one.unit),
            "stage": one.codes["stage"],
            "grade": one.codes["grade"],
            "rubric": "a",
            "rubric_from": one.day,
            "total": 90,
        },
    )
    writer._journal(VisitEntry, kept.visits, lambda one: {**of_member(one), "visitor": writer.people[one.subject]})
    writer._journal(RegulationEntry, kept.reviews, lambda one: {"unit": writer.unit(one.unit), "kind": "kept"})
    writer._journal(
        DelegationEntry,
        kept.delegations,
        lambda one: {**plain(one), "state": one.codes["state"], "delegates": one.number},
    )
