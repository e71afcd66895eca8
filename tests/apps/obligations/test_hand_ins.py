"""Papers handed in: received, sent back, found in order; what that means for the duty."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from tests.apps.obligations.standing_office import make_duty

from giaoban.apps.audit.models import AuditRow
from giaoban.apps.obligations.evidence import EvidenceAsk, marks_of
from giaoban.apps.obligations.models import HandInEntry, HandInFault, Rhythm, StandingDuty
from giaoban.apps.obligations.operations import (
    HandInDraft,
    accept_hand_in,
    accept_hand_ins,
    record_hand_in,
    record_hand_ins,
    return_hand_in,
    return_hand_ins,
    take_hand_in_back,
)
from giaoban.apps.obligations.queries.board import board
from giaoban.apps.obligations.queries.hand_ins import HANDED_IN_SOURCE
from giaoban.apps.obligations.standing_states import lay
from giaoban.apps.organizations.models import Unit
from giaoban.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from giaoban.core.period import Period

if TYPE_CHECKING:
    from tests.world import World

WITHIN = date(2023, 3, 15)
QUARTER = Period.parse("2023-Q1")


@pytest.fixture
def report(world: World) -> StandingDuty:
    return make_duty(
        world, "report", title="Báo cáo quý", evidence="handed-in", rhythm=Rhythm.QUARTER,
        kinds=["grassroots_committee", "grassroots_cell"], due_days=-10, lock_days=15,
    )  # fmt: skip


def draft(world: World, day: date, unit: str = "DUK.02", **more: Any) -> HandInDraft:
    return HandInDraft(world.units[unit], WITHIN, day, **more)


def status(world: World, as_of: date) -> tuple[str, int, str]:
    found = board(None, world.units["DUK"], QUARTER, today=date(2024, 1, 1), as_of=as_of)
    [column] = found.as_json()
    row = next(row for row in column["units"] if row["code"] == "DUK.02")
    [made] = found.columns[0].instances
    start, end = made.instance.start, made.instance.end
    owner, code = world.units["DUK"].pk, found.columns[0].code
    ask = EvidenceAsk(Unit.objects.values("pk"), start, end, "", owner, code, as_of, everybody=True)
    [told] = lay(marks_of(HANDED_IN_SOURCE.found(ask)), [made.instance], as_of)
    assert told == made.marks, "gathered and one by one say the same"
    return row["status"], row["done"], "; ".join(one["text"] for one in row["evidence"])


def test_on_its_way(world: World, report: StandingDuty) -> None:
    act = world.act("clerk")
    assert status(world, date(2023, 3, 20)) == ("not_due", 0, "")
    record_hand_in(
        act=act, duty=report,
        draft=draft(world, date(2023, 3, 20), paper_number="12-BC/CB", paper_date=date(2023, 3, 18)),
    )  # fmt: skip
    text = "nhận ngày 20/03/2023, số 12-BC/CB ngày 18/03/2023"
    assert status(world, date(2023, 3, 22)) == ("on_time", 1, text)
    return_hand_in(act=act, duty=report, draft=draft(world, date(2023, 3, 24), fault=HandInFault.FORMAL))
    sent_back = "trả lại ngày 24/03/2023: nội dung hình thức, sao chép"
    assert status(world, date(2023, 3, 25)) == ("insufficient", 0, sent_back)
    assert status(world, date(2023, 3, 22))[0] == "on_time", "as it stood then"
    record_hand_in(act=act, duty=report, draft=draft(world, date(2023, 3, 27)))
    accept_hand_in(act=act, duty=report, draft=draft(world, date(2023, 3, 30)))
    assert status(world, date(2023, 3, 31)) == ("late", 1, "nhận ngày 27/03/2023")
    assert set(HandInEntry.objects.values_list("within", flat=True)) == {date(2023, 3, 31)}
    assert AuditRow.objects.filter(action__startswith="obligations.paper_").count() == 4


def test_steps_that_do_not_follow(world: World, report: StandingDuty) -> None:
    act = world.act("clerk")
    day = date(2023, 3, 20)
    with pytest.raises(Conflict, match="chưa có văn bản kỳ quý I/2023"):
        accept_hand_ins(act=act, duty=report, drafts=[draft(world, day)])
    record_hand_in(act=act, duty=report, draft=draft(world, day))
    with pytest.raises(Conflict, match="đã nhận, ghi ngày 20/03/2023"):
        record_hand_in(act=act, duty=report, draft=draft(world, day))
    with pytest.raises(InvalidInput, match="trước lần đã nhận gần nhất"):
        return_hand_in(act=act, duty=report, draft=draft(world, date(2023, 3, 1), fault=HandInFault.FIGURES))
    with pytest.raises(InvalidInput, match="chưa có lý do trả lại"):
        return_hand_ins(act=act, duty=report, drafts=[draft(world, day)])
    accept_hand_in(act=act, duty=report, draft=draft(world, day))
    with pytest.raises(Conflict, match="đã ghi đạt yêu cầu"):
        accept_hand_in(act=act, duty=report, draft=draft(world, day))


def test_all_or_none(world: World, report: StandingDuty) -> None:
    good, other = draft(world, date(2023, 3, 20)), draft(world, date(2023, 3, 20), "DUK.01.01")
    with pytest.raises(InvalidInput, match=r"DUK\.01\.01 không phải làm") as refused:
        record_hand_ins(act=world.act("clerk"), duty=report, drafts=[good, other])
    assert refused.value.index == 1
    with pytest.raises(InvalidInput, match="ghi hai lần"):
        record_hand_ins(act=world.act("clerk"), duty=report, drafts=[good, good])
    assert not HandInEntry.objects.exists()
    made = record_hand_ins(
        act=world.act("clerk"), duty=report, drafts=[good, draft(world, date(2023, 3, 20), "DUK.01")]
    )
    assert len(made) == 2


@pytest.mark.parametrize(
    ("day", "words"), [(date(2023, 4, 6), "chưa đến"), (date(2023, 4, 5), "không phải làm|đã quá ngày khóa")]
)
def test_days(world: World, report: StandingDuty, day: date, words: str) -> None:
    StandingDuty.objects.filter(pk=report.pk).update(lock_days=14)
    with pytest.raises(InvalidInput, match=words):
        record_hand_in(act=world.act("clerk"), duty=report, draft=draft(world, day))


def test_not_a_duty_of_papers(world: World) -> None:
    duty = make_duty(world)
    with pytest.raises(InvalidInput, match="không tính theo văn bản"):
        record_hand_in(act=world.act("clerk"), duty=duty, draft=draft(world, WITHIN))


def test_who_may(world: World, report: StandingDuty) -> None:
    StandingDuty.objects.filter(pk=report.pk).update(kinds=["cell"])
    own = draft(world, date(2023, 3, 20), "DUK.01.01")
    with pytest.raises(NotAllowed):
        record_hand_in(act=world.act("deputy"), duty=report, draft=own)
    with pytest.raises(NotFound):
        record_hand_in(act=world.act("secretary"), duty=report, draft=draft(world, WITHIN, "DUK.01.02"))
    entry = record_hand_in(act=world.act("secretary"), duty=report, draft=own)
    for refused in (accept_hand_in, return_hand_in):
        with pytest.raises((NotAllowed, NotFound)):
            refused(
                act=world.act("secretary"), duty=report,
                draft=draft(world, date(2023, 3, 21), "DUK.01.01", fault=HandInFault.FORMAL),
            )  # fmt: skip
    with pytest.raises((NotAllowed, NotFound)):
        take_hand_in_back(act=world.act("secretary"), entry=entry)


def test_taken_back(world: World, report: StandingDuty) -> None:
    entry = record_hand_in(act=world.act("clerk"), duty=report, draft=draft(world, date(2023, 3, 20)))
    take_hand_in_back(act=world.act("clerk"), entry=entry)
    assert status(world, date(2023, 3, 31))[0] == "missing"
    with pytest.raises(Conflict, match="đã được bỏ"):
        take_hand_in_back(act=world.act("clerk"), entry=entry)


def test_once(world: World) -> None:
    programme = make_duty(
        world, "programme", evidence="handed-in", rhythm=Rhythm.ONCE, due_on=date(2023, 3, 20),
        kinds=["grassroots_cell"],
    )  # fmt: skip
    record_hand_in(act=world.act("clerk"), duty=programme, draft=draft(world, date(2023, 3, 24)))
    assert status(world, date(2023, 3, 31))[:2] == ("late", 1)
