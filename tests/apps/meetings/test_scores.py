"""Scores: the shipped rubrics, what the register proves, self score and review, the rubric of the nearest committee."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from tests.apps.meetings.examples import draft, held, planned
from tests.world import NOW, START, World

from giaoban.apps.accounts.models import User
from giaoban.apps.audit.act import Act
from giaoban.apps.meetings.models import MeetingKind, ScoreEntry, ScoreStage
from giaoban.apps.meetings.operations import plan_meeting, review_meeting, score_meeting
from giaoban.apps.meetings.rubrics import rubrics
from giaoban.apps.organizations.operations import GrantTerms, give_grant, set_rule
from giaoban.core.errors import InvalidInput, NotAllowed, NotFound

FULL = {code: item.most for code, item in rubrics()["c"].items.items()}


def test_shipped_rubrics_have_the_totals_of_their_sources() -> None:
    told = {code: [int(section.most) for section in one.sections] for code, one in rubrics().items()}
    assert told == {"a": [5, 5, 10, 40, 5, 30, 5], "b": [5, 5, 10, 30, 10, 5, 30, 5], "c": [15, 20, 45, 20]}


def band(rubric: str, item: str, **facts: float) -> Decimal | None:
    found = rubrics()[rubric].items[item].proven({key: Decimal(str(value)) for key, value in facts.items()})
    return found.points if found is not None else None


def test_bands_that_the_register_proves() -> None:
    assert band("b", "1", short_minutes=0, duration_percent=100) == 5
    assert band("b", "1", short_minutes=15, duration_percent=83) == 4
    assert band("b", "1", short_minutes=50, duration_percent=60) == 2
    assert band("b", "1", short_minutes=70, duration_percent=20) == 1
    assert band("b", "2a", attendance_percent=88, unexcused=0) == 3
    assert band("b", "2a", attendance_percent=96, unexcused=1) == 1
    assert band("b", "2a", attendance_percent=96) is None, "what is not known proves nothing"
    assert band("a", "2", attendance_percent=88, unexcused=0) is None, "the frame says only what earns the most"
    assert not rubrics()["a"].items["4b"].provable


def test_a_month_without_thematic_meeting() -> None:
    rubric = rubrics()["b"]
    points = {code: item.most for code, item in rubric.asked(thematic=False).items()}
    assert rubric.total(points, thematic=False) == 100
    assert rubric.grade(points, thematic=False) == "good"
    assert rubric.grade(points, thematic=True) == "", "the thematic item is not answered"
    half = {**points, "7": Decimal(10)}
    assert rubric.total(half, thematic=False) == 80


@pytest.mark.parametrize(
    ("lower", "total", "grade"),
    [
        ({}, 100, "good"),
        ({"2a": 5}, 90, "good"),
        ({"2a": 5, "4b": 3}, 88, "fair"),
        ({"2a": 5, "3a": 2, "3b": 9, "3c": 5, "3d": 8, "4a": 10}, 69, "average"),
        ({"2a": 5, "3a": 2, "3b": 5, "3c": 0, "3d": 0, "4a": 0, "1c": 0}, 37, "poor"),
    ],
)
def test_grades(lower: dict[str, int], total: int, grade: str) -> None:
    given = FULL | {code: Decimal(value) for code, value in lower.items()}
    assert rubrics()["c"].total(given, thematic=False) == total
    assert rubrics()["c"].grade(given, thematic=False) == grade


def test_the_cell_scores_itself(world: World) -> None:
    meeting, act = held(world), world.act("secretary")
    blank = score_meeting(act=act, meeting=meeting, points={"2a": Decimal(15)})
    assert (blank.total, blank.grade, blank.rubric) == (15, "", "c")
    full = score_meeting(act=act, meeting=meeting, points=FULL)
    assert (full.total, full.grade, full.corrects) == (100, "good", blank)
    for points, told in (({"2a": Decimal(7)}, "7 điểm không có ở mục 2a"), ({"9": Decimal(1)}, "không có mục «9»")):
        with pytest.raises(InvalidInput, match=told):
            score_meeting(act=act, meeting=meeting, points=points)
    with pytest.raises(InvalidInput, match="chưa diễn ra"):
        score_meeting(act=act, meeting=planned(world, "2023-05-10 14:00"), points=FULL)
    with pytest.raises(InvalidInput, match="không chấm điểm"):
        score_meeting(act=act, meeting=held(world, "2023-03-15 08:00", kind=MeetingKind.CELL_COMMITTEE), points=FULL)
    with pytest.raises(InvalidInput, match="chưa ghi là đã họp"):
        score_meeting(act=act, meeting=plan_meeting(act=act, draft=draft(world, "2023-04-03 14:00")), points=FULL)


def reviewer(world: World, unit: str) -> Act:
    user = User.objects.create_user(f"duyet-{unit.lower()}", "Người Thẩm Định")
    give_grant(act=world.act("clerk"), user=user, terms=GrantTerms("unit_secretary", world.units[unit], START))
    return Act(user, NOW)


def test_the_right_level_reviews(world: World) -> None:
    meeting = held(world)
    base = reviewer(world, "DUK.01")
    with pytest.raises(InvalidInput, match="Chi bộ chưa tự chấm xong"):
        review_meeting(act=base, meeting=meeting, points=FULL)
    score_meeting(act=world.act("secretary"), meeting=meeting, points=FULL)
    for who in ("secretary", "clerk"):
        with pytest.raises(NotAllowed, match=r"không tự thẩm định.*do DUK\.01 thẩm định"):
            review_meeting(act=world.act(who), meeting=meeting, points=FULL)
    with pytest.raises(NotFound):
        review_meeting(act=world.act("outsider"), meeting=meeting, points=FULL)
    with pytest.raises(InvalidInput, match="Còn 11 mục chưa chấm"):
        review_meeting(act=base, meeting=meeting, points={"2a": Decimal(12)})
    done = review_meeting(act=base, meeting=meeting, points={**FULL, "2a": Decimal(12)})
    assert (done.by_unit.code, done.total, done.grade) == ("DUK.01", 97, "good")
    assert ScoreEntry.objects.live().filter(stage=ScoreStage.SELF).get().total == 100, "both are kept"


def test_a_grassroots_cell_is_reviewed_by_the_upper_committee(world: World) -> None:
    meeting = held(world, unit="DUK.02")
    score_meeting(act=world.act("clerk"), meeting=meeting, points=FULL)
    assert review_meeting(act=world.act("clerk"), meeting=meeting, points=FULL).by_unit.code == "DUK"


def test_the_nearest_committees_rubric_holds(world: World) -> None:
    act = world.act("clerk")
    set_rule(act=act, owner=world.units["DUK"], key="meeting_rubric", value="a", start=date(2023, 1, 1))
    set_rule(act=act, owner=world.units["DUK.01"], key="meeting_rubric", value="b", start=date(2023, 3, 1))
    february, march = held(world, "2023-02-20 14:00"), held(world)
    assert score_meeting(act=act, meeting=february, points={"1": Decimal(5)}).rubric == "a"
    entry = score_meeting(act=act, meeting=march, points={"1": Decimal(5)})
    assert (entry.rubric, entry.rubric_from) == ("b", date(2023, 3, 1)), "a result keeps the rule's version"
