"""Addresses of the committee's own report with examples: the report of DUK on 2023-Q1, in drafting."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tests.apps.reporting.own_report.steps import drafted

from giaoban.apps.members.models import MemberEvent
from giaoban.apps.members.operations import (
    EntryDraft,
    FirstEntry,
    MemberDraft,
    enrol_members,
    record_member_entries,
)
from giaoban.apps.reporting.models import OwnReport, ReturnedFile
from giaoban.apps.reporting.operations.own_report import take_back_file, write_own_report
from giaoban.core.dates_vi import PartialDate, Precision

if TYPE_CHECKING:
    from tests.world import World

Named = dict[str, tuple[str, list[object]]]
_OWN_PLACE = ("overview", "start", "live", "make", "take")


def example_report(world: World) -> OwnReport:
    """Return the report of DUK on 2023-Q1 with words in two slots; somebody died and somebody came after its chốt.

    The same one each time.
    """
    found = OwnReport.objects.filter(unit=world.units["DUK"]).first()
    if found is not None:
        return found
    made = drafted(world)
    act, cell = world.act("organizer"), world.units["DUK.01.02"]
    record_member_entries(
        act=act, drafts=[EntryDraft(world.members["phong"], MemberEvent.DIED, date(2023, 3, 20), cell)]
    )
    first = FirstEntry(MemberEvent.ADMITTED, date(2023, 3, 21), cell, official=False)
    draft = MemberDraft("Vũ Minh Đến", PartialDate(date(1998, 5, 1), Precision.DAY), first)
    enrol_members(act=act, drafts=[draft])
    return made


def example_file(world: World) -> ReturnedFile:
    """Return a file of that report that came back as it went out; the same one each time."""
    report = example_report(world)
    found = report.returned_files.first()
    if found is not None:
        return found
    act = world.act("clerk")
    written = write_own_report(act=act, report=report, file_format="docx")
    return take_back_file(act=act, report=report, name="sua.docx", content=written.content)


def report_args(name: str, world: World) -> list[object] | None:
    """Return the arguments of an address of this area, None of others."""
    space, _, view = name.partition(":")
    if space != "reporting":
        return None
    if view in _OWN_PLACE:
        return ["quarter"] if view in ("live", "make", "take") else []
    uid = example_report(world).uid
    more: dict[str, list[object]] = {
        "slot": ["tasks"],
        "take_in": ["tasks"],
        "entries": ["members.total"],
    }
    return [uid, example_file(world).uid] if view == "returned" else [uid, *more.get(view, [])]


def report_pages(world: World) -> Named:
    """Return the pages by name."""
    views = ("report", "share", "slot", "paper", "word", "returned", "adjustments", "entries", "editions")
    pages: Named = {
        "reports of the year": ("reporting:overview", []),
        "report from the registers": ("reporting:live", ["quarter"]),
    }
    return pages | {
        f"own report {view}": (f"reporting:{view}", report_args(f"reporting:{view}", world) or []) for view in views
    }
