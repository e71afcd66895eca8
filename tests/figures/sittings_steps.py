"""The steps of the random world that fill the registers of meetings, attendance and conferences."""

from __future__ import annotations

from dataclasses import replace

from tests.figures.sittings import FORMS, GRADES, KINDS, STATES
from tests.figures.steps import cells, pick, someone, step
from tests.figures.world import Player

from giaoban.figures.memory import MemoryEntry, live


def _event(player: Player, fact: str, first: int, second: int) -> None:
    kind = KINDS[second % len(KINDS)]
    unit = pick(list(player.parent) if kind in ("working", "briefing", "conference") else cells(player), first)
    if unit is not None:
        codes = {"kind": kind, "form": FORMS[second % 7 % 4]}
        ref = player.ref()
        player.world.sittings.events.append(MemoryEntry(ref, fact, player.day, unit, codes=codes, subject=f"k{ref}"))


@step
def plan_meeting(player: Player, first: int, second: int) -> None:
    _event(player, "planned", first, second)


@step
def meet(player: Player, first: int, second: int) -> None:
    _event(player, "held", first, second)


@step
def tick_member(player: Player, first: int, second: int) -> None:
    person = someone(player.members(), first)
    if person is not None and person.unit is not None:
        codes = {"state": STATES[second % 3]}
        player.world.sittings.ticks.append(
            MemoryEntry(player.ref(), "ticked", player.day, person.unit, codes=codes, subject=person.ref)
        )


@step
def score_meeting(player: Player, first: int, second: int) -> None:
    kept = player.world.sittings
    meetings = [one for one in live(kept.events) if one.codes["kind"] in ("regular", "thematic") and one.fact == "held"]
    stage = ("self", "review")[second % 2]
    known = {(one.subject, one.codes["stage"]) for one in live(kept.scores)}
    meetings = [one for one in meetings if (one.subject, stage) not in known and one.unit in player.parent]
    if meetings:
        one = meetings[first % len(meetings)]
        codes = {"stage": stage, "grade": GRADES[second % 4]}
        kept.scores.append(MemoryEntry(player.ref(), "scored", player.day, one.unit, codes=codes, subject=one.subject))


@step
def visit(player: Player, first: int, second: int) -> None:
    unit, person = pick(cells(player), first), someone(player.members(), second)
    if unit is not None and person is not None:
        player.world.sittings.visits.append(MemoryEntry(player.ref(), "visited", player.day, unit, subject=person.ref))


@step
def review_regulation(player: Player, first: int, second: int) -> None:
    unit = pick(list(player.parent), first)
    if unit is not None:
        entry = MemoryEntry(player.ref(), "regulations", player.day, unit)
        player.world.sittings.reviews.append(entry)


@step
def send_delegates(player: Player, first: int, second: int) -> None:
    unit = pick(list(player.parent), first)
    if unit is not None:
        state = STATES[second % 4]
        number = 1 + first % 4 if state == "present" else 0
        codes = {"state": state, "kind": ("briefing", "conference")[first % 2]}
        ref = player.ref()
        player.world.sittings.delegations.append(
            MemoryEntry(ref, "ticked", player.day, unit, codes=codes, number=number, subject=f"k{ref}")
        )


@step
def mend_sitting(player: Player, first: int, second: int) -> None:
    """An entry is taken back, or said again on the same day with another code."""
    journals = player.world.sittings.journals
    journal = journals[second % len(journals)]
    found = live(journal)
    if not found:
        return
    one = found[first % len(found)]
    codes = dict(one.codes)
    if "form" in codes:
        codes["form"] = FORMS[first % 4]
    if "grade" in codes:
        codes["grade"] = GRADES[first % 4]
    journal.append(replace(one, ref=player.ref(), corrects=one.ref, void=bool(first % 2), codes=codes))
