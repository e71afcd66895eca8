"""Discipline in a member's timeline, for those who may see it by name, and for the member."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from giaoban.apps.accounts.models import User
from giaoban.apps.inspection.models import DisciplineEntry
from giaoban.apps.members.models import Member
from giaoban.apps.members.queries.file import TimelineEntry, timeline_entry
from giaoban.apps.organizations.queries.chosen import unit_cards


def discipline_of(user: User, member: Member, *, today: date) -> tuple[TimelineEntry, ...]:
    """Return the decisions of discipline about a member that the person may see, newest first."""
    return _lines(DisciplineEntry.objects.visible_to(user, today=today).filter(member=member), today=today)


def own_discipline(member: Member, *, today: date) -> tuple[TimelineEntry, ...]:
    """Return the decisions of discipline about a member, newest first: only for the member's own eyes."""
    return _lines(DisciplineEntry.objects.filter(member=member), today=today)


def _lines(found: QuerySet[DisciplineEntry], *, today: date) -> tuple[TimelineEntry, ...]:
    entries = list(found.filter(void=False).select_related("actor", "entered_for", "corrected_by"))
    cards = unit_cards({entry.unit_id for entry in entries}, day=today)
    lines = [
        timeline_entry(
            entry,
            register="discipline",
            what=f"Kỷ luật: {entry.get_form_display().lower()}",
            where=f"{cards[entry.unit_id].name}; {entry.get_level_display().lower()} quyết định",
            corrected=hasattr(entry, "corrected_by"),
            replaces=entry.corrects_id is not None,
        )
        for entry in entries
    ]
    return tuple(sorted(lines, key=lambda line: line.order, reverse=True))
