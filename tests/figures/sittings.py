"""Meetings, attendance and conferences of the random world: plain data, in-memory registers, plain counting."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from giaoban.figures import Register
from giaoban.figures.memory import MemoryEntry, MemoryRegister, live

if TYPE_CHECKING:
    from tests.figures.world import World

NAMES = ("meetings", "attendance", "conferences")
STEPS = (
    "plan_meeting", "meet", "meet", "tick_member", "score_meeting", "visit", "send_delegates", "review_regulation",
    "mend_sitting",
)  # fmt: skip
KINDS = ("regular", "thematic", "committee", "working", "briefing", "conference")
FORMS = ("in_person", "online", "mixed", "by_groups")
GRADES = ("good", "fair", "average", "poor")
STATES = ("present", "excused", "absent", "")
_Counts = Callable[["World", str, date, date], int]
_CONFERENCES = ("briefing", "conference")


@dataclass
class Sittings:
    """The journals. ``subject`` of events, scores and delegations is the meeting; of ``ticks`` the member."""

    events: list[MemoryEntry] = field(default_factory=list)
    ticks: list[MemoryEntry] = field(default_factory=list)
    scores: list[MemoryEntry] = field(default_factory=list)
    visits: list[MemoryEntry] = field(default_factory=list)
    delegations: list[MemoryEntry] = field(default_factory=list)
    reviews: list[MemoryEntry] = field(default_factory=list)

    @property
    def journals(self) -> tuple[list[MemoryEntry], ...]:
        """Those in which entries may be mended."""
        return self.events, self.ticks, self.scores, self.delegations

    def registers(self) -> dict[str, Register]:
        """The in-memory registers: each row once for every fact that it is."""
        meetings = [
            *_as("registered", self.planned()),
            *_as("held", self.held()),
            *_as("thematic", [one for one in self.held() if one.codes["kind"] == "thematic"]),
            *_as("online", [one for one in self.held() if one.codes["form"] != "in_person"]),
            *_as("working", [one for one in self._of("held") if one.codes["kind"] == "working"]),
            *_as("graded", self.graded()),
            *_as("visited", live(self.visits)),
            *_as("regulations", live(self.reviews)),
        ]
        conferences = [
            *_as("held", [self._conference(one) for one in self._of("held") if one.codes["kind"] in _CONFERENCES]),
            *_as("delegates", [self._conference(one) for one in live(self.delegations) if one.number]),
            *_as("ticked", self.ticked()),
            *_as("stayed_away", [_with(one, reason=one.codes["state"]) for one in self.stayed_away()]),
        ]
        attendance = [*_as("called", live(self.ticks)), *_as("present", self.present())]
        return {
            "meetings": MemoryRegister("meetings", meetings),
            "attendance": MemoryRegister("attendance", attendance),
            "conferences": MemoryRegister("conferences", conferences),
        }

    def _of(self, fact: str) -> list[MemoryEntry]:
        return [one for one in live(self.events) if one.fact == fact]

    def planned(self) -> list[MemoryEntry]:
        return [one for one in self._of("planned") if one.codes["kind"] in ("regular", "thematic")]

    def held(self) -> list[MemoryEntry]:
        return [one for one in self._of("held") if one.codes["kind"] in ("regular", "thematic", "committee")]

    def graded(self) -> list[MemoryEntry]:
        kept = live(self.scores)
        reviewed = {one.subject for one in kept if one.codes["stage"] == "review"}
        return [one for one in kept if one.codes["stage"] == "review" or one.subject not in reviewed]

    def present(self) -> list[MemoryEntry]:
        return [one for one in live(self.ticks) if one.codes["state"] == "present"]

    def ticked(self) -> list[MemoryEntry]:
        return [replace(one, number=1) for one in live(self.delegations) if one.codes["state"]]

    def stayed_away(self) -> list[MemoryEntry]:
        kept = live(self.delegations)
        return [replace(one, number=1) for one in kept if one.codes["state"] in ("excused", "absent")]

    def _conference(self, one: MemoryEntry) -> MemoryEntry:
        return _with(one, conference=one.codes["kind"])


def _with(one: MemoryEntry, **codes: str) -> MemoryEntry:
    return replace(one, codes={**one.codes, **codes})


def _as(fact: str, entries: Iterable[MemoryEntry]) -> list[MemoryEntry]:
    return [replace(one, ref=f"{fact}/{one.ref}", fact=fact, corrects=None) for one in entries]


def lying(entries: Callable[[Sittings], list[MemoryEntry]]) -> _Counts:
    """What the entries of units at or under the asked one add up to."""

    def count(world: World, unit: str, start: date, end: date) -> int:
        from tests.figures.oracle import place

        found = [one for one in entries(world.sittings) if start <= one.day < end]
        return sum(one.number for one in found if unit in place(world, one.unit, one.day))

    return count


def units_with(kinds: tuple[str, ...], entries: Callable[[Sittings], list[MemoryEntry]]) -> _Counts:
    """Units of some kinds at or under the asked one that have one of the entries."""

    def count(world: World, unit: str, start: date, end: date) -> int:
        from tests.figures.oracle import _kind, place

        found = set()
        for one in entries(world.sittings):
            if start <= one.day < end:
                way = place(world, one.unit, one.day)
                wanted = [above for above in way if _kind(world, above, one.day) in kinds]
                if wanted and unit in way[way.index(wanted[0]) :]:
                    found.add(wanted[0])
        return len(found)

    return count


def _held_as(*kinds: str) -> Callable[[Sittings], list[MemoryEntry]]:
    return lambda kept: [one for one in live(kept.events) if one.fact == "held" and one.codes["kind"] in kinds]


ORACLE: dict[str, _Counts] = {
    "meetings.registered": units_with(("cell", "grassroots_cell"), Sittings.planned),
    "meetings.held": lying(_held_as("regular", "thematic", "committee")),
    "meetings.thematic": lying(_held_as("thematic")),
    "meetings.online": lying(lambda kept: [one for one in kept.held() if one.codes["form"] != "in_person"]),
    "meetings.graded": lying(Sittings.graded),
    "meetings.visits": lying(lambda kept: live(kept.visits)),
    "meetings.called": lying(lambda kept: live(kept.ticks)),
    "meetings.present": lying(Sittings.present),
    "committee.working_sessions": units_with(("grassroots_committee", "grassroots_cell"), _held_as("working")),
    "committee.regulations_reviewed": units_with(
        ("grassroots_committee", "grassroots_cell"), lambda kept: live(kept.reviews)
    ),
    "conferences.held": lying(_held_as(*_CONFERENCES)),
    "conferences.attendance": lying(lambda kept: live(kept.delegations)),
    "conferences.called": lying(Sittings.ticked),
    "conferences.absent": lying(Sittings.stayed_away),
}
