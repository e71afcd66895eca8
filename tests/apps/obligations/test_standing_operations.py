"""Setting, changing, ending and copying standing duties."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from tests.apps.obligations.standing_office import FakeSource, make_duty

from giaoban.apps.audit.models import AuditRow
from giaoban.apps.obligations import evidence
from giaoban.apps.obligations.evidence import register_evidence
from giaoban.apps.obligations.models import Rhythm, StandingDuty
from giaoban.apps.obligations.operations import (
    ShippedChoice,
    StandingDraft,
    copy_shipped_duties,
    end_standing_duty,
    record_hand_in,
    set_standing_duties,
    set_standing_duty,
)
from giaoban.apps.obligations.operations.hand_ins import HandInDraft
from giaoban.apps.obligations.queries.hand_ins import HANDED_IN_SOURCE
from giaoban.apps.obligations.shipped import shipped_duties
from giaoban.apps.organizations.kinds import kinds
from giaoban.apps.organizations.models import OPEN_END
from giaoban.core.errors import Conflict, InvalidInput, NotAllowed, NotFound

if TYPE_CHECKING:
    from tests.world import World

START = date(2023, 4, 1)


@pytest.fixture(autouse=True)
def sources(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "_sources", {})
    register_evidence(HANDED_IN_SOURCE)
    register_evidence(FakeSource())


def draft(world: World, **more: Any) -> StandingDraft:
    values: dict[str, Any] = {
        "owner": world.units["DUK"],
        "code": "schedule",
        "title": " Đăng ký  lịch ",
        "short": "Lịch",
        "evidence": "fake",
        "rhythm": Rhythm.MONTH,
        "kinds": ["cell"],
        "start": START,
    }
    return StandingDraft(**{**values, **more})


def test_a_change_ends_what_held_before(world: World) -> None:
    act = world.act("clerk")
    first = set_standing_duty(act=act, draft=draft(world))
    assert (first.title, first.valid_from, first.valid_to) == ("Đăng ký lịch", START, OPEN_END)
    group = world.units["DUK"].groups.get(code="1")
    second = set_standing_duty(
        act=act, draft=draft(world, start=date(2023, 7, 1), groups=[group], listed=[world.units["DUK.02"]])
    )
    first.refresh_from_db()
    assert first.valid_to == second.valid_from
    assert (list(second.groups.all()), list(second.listed.all())) == ([group], [world.units["DUK.02"]])
    assert AuditRow.objects.filter(action="obligations.duty_set").count() == 2
    with pytest.raises(Conflict, match="01/07/2023"):
        set_standing_duty(act=act, draft=draft(world, start=date(2023, 7, 1)))


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"code": "Lịch"}, "Mã việc «Lịch»"),
        ({"code": "x" * 41}, "Mã việc"),
        ({"code": "transfer-done"}, "không trùng việc có sẵn"),
        ({"title": " "}, "Chưa có tên việc"),
        ({"short": "x" * 41}, "Tên ngắn dài 41"),
        ({"evidence": "none"}, "Không có nguồn căn cứ «none»"),
        ({"kinds": []}, "Chưa chọn loại hình"),
        ({"kinds": ["x"]}, "Không có loại hình «x»"),
        ({"rhythm": Rhythm.ONCE}, "Chưa có hạn"),
        ({"rhythm": Rhythm.ONCE, "due_on": date(2023, 3, 1)}, "Hạn 01/03/2023 trước ngày giao"),
        ({"due_on": date(2023, 5, 1)}, "không có một hạn 01/05/2023"),
        ({"due_days": 93}, "Số ngày 93"),
    ],
)
def test_refused_with_what_would_be_right(world: World, more: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        set_standing_duties(act=world.act("clerk"), drafts=[draft(world, code="other"), draft(world, **more)])
    assert not StandingDuty.objects.exists(), "all or none"


def test_units_and_groups_of_others_are_refused(world: World) -> None:
    with pytest.raises(InvalidInput, match=r"XA\.01 không ở dưới DUK"):
        set_standing_duty(act=world.act("clerk"), draft=draft(world, listed=[world.units["XA.01"]]))
    group = world.units["DUK"].groups.get(code="1")
    with pytest.raises(InvalidInput, match="không phải cụm, khối của XA"):
        set_standing_duty(act=world.act("outsider"), draft=draft(world, owner=world.units["XA"], groups=[group]))


def test_only_who_manages_duties(world: World) -> None:
    with pytest.raises(NotAllowed):
        set_standing_duty(act=world.act("deputy"), draft=draft(world))
    with pytest.raises(NotFound):
        set_standing_duty(act=world.act("outsider"), draft=draft(world))
    duty = set_standing_duty(act=world.act("clerk"), draft=draft(world))
    with pytest.raises(NotAllowed):
        end_standing_duty(act=world.act("deputy"), duty=duty, end=date(2023, 5, 1))


def test_ending(world: World) -> None:
    act = world.act("clerk")
    duty = set_standing_duty(act=act, draft=draft(world))
    with pytest.raises(InvalidInput, match="trước ngày bắt đầu"):
        end_standing_duty(act=act, duty=duty, end=date(2023, 3, 1))
    end_standing_duty(act=act, duty=duty, end=date(2023, 5, 1))
    duty.refresh_from_db()
    assert duty.valid_to == date(2023, 5, 1)
    with pytest.raises(Conflict, match="đã thôi từ ngày 01/05/2023"):
        end_standing_duty(act=act, duty=duty, end=date(2023, 6, 1))
    slip = set_standing_duty(act=act, draft=draft(world, code="slip"))
    end_standing_duty(act=act, duty=slip, end=START)
    assert not StandingDuty.objects.filter(code="slip").exists()
    assert AuditRow.objects.filter(action="obligations.duty_ended").count() == 2


def test_a_duty_with_papers_stays(world: World) -> None:
    duty = make_duty(world, "report", evidence="handed-in", kinds=["grassroots_cell"], valid_from=date(2023, 3, 1))
    day = date(2023, 3, 20)
    record_hand_in(act=world.act("clerk"), duty=duty, draft=HandInDraft(world.units["DUK.02"], day, day))
    with pytest.raises(Conflict, match="Đã nhận văn bản"):
        end_standing_duty(act=world.act("clerk"), duty=duty, end=date(2023, 3, 1))


def test_what_was_due_once_keeps_its_code(world: World) -> None:
    act = world.act("clerk")
    once = draft(world, code="programme:01-NQ/DUK", rhythm=Rhythm.ONCE, due_on=date(2023, 4, 30))
    set_standing_duty(act=act, draft=once)
    with pytest.raises(Conflict, match="đã hết hạn ngày 30/04/2023"):
        set_standing_duty(act=act, draft=replace(once, start=date(2023, 6, 1), due_on=date(2023, 6, 30)))
    later = set_standing_duty(act=act, draft=replace(once, start=date(2023, 4, 10), due_on=date(2023, 6, 30)))
    assert later.due_on == date(2023, 6, 30)


def test_shipped_duties_are_copied(world: World) -> None:
    act, owner = world.act("clerk"), world.units["DUK"]
    made = copy_shipped_duties(
        act=act,
        owner=owner,
        choices=[ShippedChoice("report"), ShippedChoice("action-programme", "01-NQ/DUK", date(2023, 4, 30))],
        start=START,
    )
    assert [(duty.code, duty.title, duty.short, duty.rhythm) for duty in made] == [
        ("report", "Báo cáo định kỳ quý", "Báo cáo quý", "quarter"),
        (
            "action-programme:01-NQ/DUK",
            "Chương trình hành động thực hiện 01-NQ/DUK",
            "CTHĐ 01-NQ/DUK",
            "once",
        ),
    ]
    with pytest.raises(InvalidInput, match="chưa rõ về"):
        copy_shipped_duties(act=act, owner=owner, choices=[ShippedChoice("correction")], start=START)
    with pytest.raises(InvalidInput, match="việc mẫu «x»"):
        copy_shipped_duties(act=act, owner=owner, choices=[ShippedChoice("x")], start=START)


def test_shipped_duties_can_be_set(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for shipped in shipped_duties().values():
        assert set(shipped.kinds) <= kinds().keys()
        if shipped.evidence not in evidence.evidence_sources():
            other = FakeSource()
            monkeypatch.setattr(other, "key", shipped.evidence, raising=False)
            register_evidence(other)
    choices = [
        ShippedChoice(
            key, "02-KL/DUK" if one.needs_subject else "", date(2023, 5, 1) if one.rhythm == Rhythm.ONCE else None
        )
        for key, one in shipped_duties().items()
    ]
    made = copy_shipped_duties(act=world.act("clerk"), owner=world.units["DUK"], choices=choices, start=START)
    assert len(made) == len(choices)
