"""A candidate of the small world, step by step: what tests of candidates share."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from giaoban.apps.members.models import Candidate, CandidateEvent
from giaoban.apps.members.operations import (
    CandidateDraft,
    CandidateEntryDraft,
    Numbers,
    add_candidate,
    record_candidate_entries,
)
from giaoban.apps.organizations.operations import Decision
from giaoban.core.dates_vi import PartialDate, Precision

if TYPE_CHECKING:
    from tests.world import World

BORN = PartialDate(date(1998, 4, 12), Precision.DAY)
E = CandidateEvent
# The days of a thread that ends with a ceremony in the first quarter of 2023.
DAYS = {
    E.CLASS_PASSED: date(2022, 5, 10),
    E.APPLIED: date(2022, 6, 1),
    E.SPONSORED: date(2022, 9, 5),
    E.VETTED: date(2022, 10, 20),
    E.CELL_RESOLVED: date(2022, 11, 15),
    E.BASE_RESOLVED: date(2022, 12, 5),
    E.PROPOSED: date(2022, 12, 12),
    E.DECIDED: date(2023, 1, 31),
    E.DECISION_RECEIVED: date(2023, 2, 6),
    E.CEREMONY: date(2023, 2, 17),
}
_PAPERS = {
    E.CLASS_PASSED: "112/GCN",
    E.VETTED: "45-KL/BTC",
    E.CELL_RESOLVED: "07-NQ/CB",
    E.BASE_RESOLVED: "19-NQ/ĐU",
    E.PROPOSED: "33-TTr/ĐU",
    E.DECIDED: "21-QĐ/DUK",
}


def candidate(world: World, cell: str = "DUK.01.01", name: str = "Nguyễn Thị Hường", **more: Any) -> Candidate:
    """Return somebody whom a cell begins to consider."""
    draft = CandidateDraft(name, more.pop("birth", BORN), world.units[cell], more.pop("sex", "female"))
    return add_candidate(act=world.act("clerk", at_console=True), draft=draft)


def step(one: Candidate, kind: CandidateEvent, day: date | None = None, **more: Any) -> CandidateEntryDraft:
    """Return the draft of one step with the usual day and paper."""
    number = more.pop("number", _PAPERS.get(kind, ""))
    if kind in (E.CELL_RESOLVED, E.BASE_RESOLVED):
        more.setdefault("votes_for", 12)
        more.setdefault("votes_of", 15)
    day = day or DAYS[kind]
    return CandidateEntryDraft(one, kind, day, Decision(number, day if number else None), **more)


def steps_to(world: World, one: Candidate, last: CandidateEvent, **numbers: str) -> None:
    """This function will record the thread up to a step, in one go."""
    drafts: list[CandidateEntryDraft] = []
    for kind in DAYS:
        if kind == E.SPONSORED:
            drafts += [step(one, kind, sponsor=world.members["dao"]), step(one, kind, sponsor=world.members["em"])]
        else:
            drafts.append(step(one, kind, numbers=Numbers(**numbers)))
        if kind == last:
            break
    record_candidate_entries(act=world.act("clerk", at_console=True), drafts=drafts)
