"""Addresses of meetings with examples: a held meeting of DUK.01.01 with something of everything."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING

from tests.apps.meetings.examples import held, planned, taps
from tests.world import TODAY

from giaoban.apps.meetings.models import ConclusionEvent, Meeting
from giaoban.apps.meetings.operations import ConclusionDraft, accept_proven_scores, record_conclusions

if TYPE_CHECKING:
    from tests.world import World

Named = dict[str, tuple[str, list[object]]]
WITHOUT_MEETING = ("schedule", "plan", "repeat", "reviews", "unvisited", "year", "rubrics", "rubric", "set_rubric")


def example_meeting(world: World) -> Meeting:
    """Return a held meeting of the secretary's cell; the same one each time."""
    found = Meeting.objects.filter(unit=world.units["DUK.01.01"], month=date(2023, 3, 1)).first()
    if found is not None:
        return found
    before = held(world, "2023-02-20 14:00")
    record_conclusions(
        act=world.act("clerk"), drafts=[ConclusionDraft(before, ConclusionEvent.MADE, "Giới thiệu quần chúng ưu tú.")]
    )
    meeting = held(world)
    taps(world, meeting, absent=("an",))
    accept_proven_scores(act=world.act("clerk"), meeting=meeting, points={})
    return meeting


def coming_meeting(world: World) -> Meeting:
    """Return a planned meeting of the secretary's cell that is still to come."""
    found = Meeting.objects.filter(unit=world.units["DUK.01.01"], month=date(2023, 4, 1)).first()
    return found or planned(world, "2023-04-17 14:00")


def todays_meeting(world: World) -> Meeting:
    """Return a meeting of DUK.02 that goes on at the world's own moment."""
    found = Meeting.objects.filter(unit=world.units["DUK.02"], day=TODAY).first()
    return found or planned(world, f"{TODAY} 08:00", unit="DUK.02")


def meeting_args(name: str, world: World) -> list[object] | None:
    """Return the arguments of an address of this area, None of others."""
    space, _, view = name.partition(":")
    if space != "meetings" or view in WITHOUT_MEETING:
        return None
    if view == "present":
        return ["no-code"]
    if view in ("code", "code_image"):
        return [todays_meeting(world).uid]
    uid = (coming_meeting(world) if view in ("change", "cancel", "invite") else example_meeting(world)).uid
    extra: dict[str, list[object]] = {
        "take_back": [uuid.UUID(int=7)],
        "text": ["minutes"],
        "paper": ["bien-ban"],
    }
    return [uid, *extra.get(view, [])]


def meeting_pages(world: World) -> Named:
    """Return the pages by name."""
    pages: Named = {
        f"meetings {view}": (f"meetings:{view}", [])
        for view in ("schedule", "plan", "reviews", "unvisited", "year", "rubrics", "set_rubric")
    }
    for view in ("meeting", "tick", "change", "sitting", "cancel", "invite", "visit", "dues", "text", "score", "code"):
        pages[f"meeting {view}"] = (f"meetings:{view}", meeting_args(f"meetings:{view}", world) or [])
    return pages
