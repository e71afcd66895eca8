"""Absences, grades, honours and conclusions of the random world as rows of the database."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from giaoban.apps.members.models import AbsenceSpan, HonourEntry, RatingEntry, VettingEntry
from giaoban.figures.memory import MemoryEntry

if TYPE_CHECKING:
    from tests.figures.database import Writer


def write_life(writer: Writer, now: Any) -> None:
    """Write the registers; units and people are there already."""
    life = writer.world.life
    AbsenceSpan.objects.bulk_create(
        AbsenceSpan(
            member=writer.people[one.who],
            kind=one.kind,
            temporary=one.temporary,
            abroad=one.abroad,
            valid_from=one.start,
            valid_to=one.end,
        )
        for one in life.absences
    )
    RatingEntry.objects.bulk_create(
        RatingEntry(
            member=writer.people[one.who] if one.who else None,
            unit=writer.unit(one.unit),
            year=one.year,
            grade=one.grade,
            effective_date=date(one.year, 12, 20),
            recorded_at=now,
            actor=writer.actor,
        )
        for one in life.ratings
    )

    def person(one: MemoryEntry) -> Any:
        return writer.people[one.subject] if one.subject else None

    def honour(one: MemoryEntry) -> dict[str, Any]:
        return {
            "member": person(one),
            "unit": writer.unit(one.unit),
            "kind": one.fact.removeprefix("unit_"),
            "reason": one.codes.get("reason", ""),
            "level": one.codes["level"],
            "years": int(one.codes["years"]) if "years" in one.codes else None,
            "round": one.codes.get("round", ""),
            "early": one.codes.get("how") == "early",
            "posthumous": one.codes.get("how") == "posthumous",
        }

    writer._journal(HonourEntry, life.honours, honour)
    writer._journal(
        VettingEntry, life.vettings, lambda one: {"member": person(one), "unit": writer.unit(one.unit), **one.codes}
    )
