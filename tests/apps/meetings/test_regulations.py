"""Reviews of working regulations: recorded for many, refused, taken back; evidence of a duty."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from tests.world import START, TODAY

from giaoban.apps.meetings.models import RegulationEntry, RegulationEvent
from giaoban.apps.meetings.operations import (
    RegulationDraft,
    record_regulation_review,
    record_regulation_reviews,
    take_regulation_review_back,
)
from giaoban.apps.meetings.queries.regulations import REGULATIONS, find_regulation_review, regulation_reviews
from giaoban.apps.obligations.evidence import EvidenceAsk, marks_of
from giaoban.apps.organizations.models import Unit
from giaoban.core.errors import Conflict, GiaobanError, InvalidInput, NotAllowed, NotFound
from giaoban.core.period import Window

if TYPE_CHECKING:
    from tests.world import World

DAY = date(2023, 3, 10)
YEAR = Window(date(2023, 1, 1), date(2024, 1, 1))


def draft(world: World, unit: str = "DUK.01", day: date = DAY, number: str = "") -> RegulationDraft:
    return RegulationDraft(world.units[unit], RegulationEvent.AMENDED, day, number)


def test_recorded_seen_and_taken_back(world: World) -> None:
    act = world.act("clerk")
    drafts = [draft(world), draft(world, "DUK.02", DAY - timedelta(days=3), "05-QC/CB")]
    entries = record_regulation_reviews(act=act, drafts=drafts)
    listed = regulation_reviews(act.user, world.units["DUK"], YEAR, today=TODAY)
    assert [entry.unit.code for entry in listed] == ["DUK.01", "DUK.02"], "the newest first"
    assert not regulation_reviews(world.users["outsider"], world.units["DUK"], YEAR, today=TODAY)
    with pytest.raises(NotFound):
        find_regulation_review(world.users["outsider"], entries[0].uid, today=TODAY)
    take_regulation_review_back(act=act, entry=entries[0])
    assert [entry.unit.code for entry in RegulationEntry.objects.live().select_related("unit")] == ["DUK.02"]
    with pytest.raises(Conflict):
        take_regulation_review_back(act=act, entry=entries[0])
    record_regulation_review(act=act, draft=draft(world))


def test_evidence(world: World) -> None:
    record_regulation_reviews(act=world.act("clerk"), drafts=[draft(world), draft(world, "DUK.02")])
    ask = EvidenceAsk(Unit.objects.values("pk"), YEAR.start, YEAR.end, "", 1, "", TODAY)
    found = list(REGULATIONS.found(ask))
    assert [(one.day, one.text) for one in found] == [(DAY, "sửa đổi, bổ sung ngày 10/03/2023")] * 2
    told = [(mark, sorted(units)) for mark, units in REGULATIONS.marks(ask)]
    assert told == [(mark, sorted(units)) for mark, units in marks_of(found)], "both ways say the same"


REFUSED: dict[str, tuple[Callable[[World], object], type[GiaobanError], str]] = {
    "to come": (lambda w: _record(w, draft(w, day=TODAY + timedelta(days=1))), InvalidInput, "ở tương lai"),
    "before it stood": (lambda w: _record(w, draft(w, day=START - timedelta(days=900))), InvalidInput, "sổ tổ chức"),
    "twice": (lambda w: _record(w, draft(w), draft(w)), Conflict, "đã ghi"),
    "a long number": (lambda w: _record(w, draft(w, number="x" * 61)), InvalidInput, "dài 61 ký tự"),
    "nobody's right": (lambda w: _record(w, draft(w), who="deputy"), NotAllowed, "chưa được giao quyền"),
    "another office": (lambda w: _record(w, draft(w), who="outsider"), NotFound, "phạm vi|DUK"),
}


def _record(world: World, *drafts: RegulationDraft, who: str = "clerk") -> object:
    return record_regulation_reviews(act=world.act(who), drafts=drafts)


@pytest.mark.parametrize("case", REFUSED)
def test_refused(world: World, case: str) -> None:
    attempt, kind, words = REFUSED[case]
    with pytest.raises(kind, match=words):
        attempt(world)
    assert not RegulationEntry.objects.exists(), "all or none"
