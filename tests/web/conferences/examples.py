"""Addresses of conferences with examples: a briefing of DUK to which both units are invited."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from giaoban.apps.audit.act import HANOI
from giaoban.apps.meetings.models import Meeting, MeetingKind
from giaoban.apps.meetings.operations import (
    ConferenceConclusionDraft,
    SittingDraft,
    invite_clusters,
    plan_conference,
    record_conference_conclusions,
)

if TYPE_CHECKING:
    from tests.world import World

Named = dict[str, tuple[str, list[object]]]
TITLE = "Hội nghị giao ban quý I/2023"
_OWN_PLACE = ("list", "plan", "notice", "take_notice")


def example_conference(world: World) -> Meeting:
    """Return a briefing of 28/03/2023 with one conclusion, nobody ticked yet; the same one each time."""
    found = Meeting.objects.filter(unit=world.units["DUK"], title=TITLE).first()
    if found is not None:
        return found
    act = world.act("clerk")
    conference = plan_conference(
        act=act,
        owner=world.units["DUK"],
        kind=MeetingKind.BRIEFING,
        title=TITLE,
        sittings=[SittingDraft(datetime(2023, 3, 28, 8, 0, tzinfo=HANOI), place="Hội trường tầng 2")],
    )
    invite_clusters(act=act, conference=conference)
    record_conference_conclusions(
        act=act,
        conference=conference,
        drafts=[ConferenceConclusionDraft("Nộp chương trình hành động còn thiếu.", "Các chi, đảng bộ cơ sở")],
    )
    return conference


def conference_args(name: str, world: World) -> list[object] | None:
    """Return the arguments of an address of this area, None of others."""
    space, _, view = name.partition(":")
    if space != "conferences" or view in _OWN_PLACE:
        return None
    return [example_conference(world).uid]


def conference_pages(world: World) -> Named:
    """Return the pages by name."""
    uid = example_conference(world).uid
    pages: Named = {f"conferences {view}": (f"conferences:{view}", []) for view in ("list", "plan", "notice")}
    for view in ("conference", "report", "conclude", "cancel", "move", "invited", "invitation"):
        pages[f"conferences {view}"] = (f"conferences:{view}", [uid])
    return pages
