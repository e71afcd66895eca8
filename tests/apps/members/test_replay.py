"""From a member's journal to spells: each rule that an entry can break, without a database."""

from __future__ import annotations

from datetime import date

import pytest

from giaoban.apps.members.models import MemberEvent, MemberState, SpellOrigin
from giaoban.apps.members.operations._replay import MemberFact, Spell, replay_member
from giaoban.apps.organizations.models import OPEN_END
from giaoban.core.errors import InvalidInput

BORN = date(1980, 5, 20)
D1, D2, D3, D4 = date(2021, 3, 3), date(2022, 3, 3), date(2022, 9, 2), date(2023, 2, 3)
CELL, OTHER = 1, 2


def fact(kind: MemberEvent, day: date, unit: int = CELL, **extra: object) -> MemberFact:
    return MemberFact(kind, day, unit, **extra)  # type: ignore[arg-type]


ADMITTED = fact(MemberEvent.ADMITTED, D1)
OPENING = fact(MemberEvent.OPENING, D1)


def test_a_whole_life() -> None:
    life = replay_member(
        "Lê Thị An",
        BORN,
        [
            ADMITTED,
            fact(MemberEvent.RECOGNISED, D2),
            fact(MemberEvent.CARD_ISSUED, D2),
            fact(MemberEvent.TRANSFERRED, D3, OTHER, start=CELL, goal=OTHER),
            fact(MemberEvent.DIED, D4, OTHER),
        ],
    )
    assert life.spells == (
        Spell(CELL, False, SpellOrigin.ADMITTED, D1, D2),
        Spell(CELL, True, SpellOrigin.RECOGNISED, D2, D3),
        Spell(OTHER, True, SpellOrigin.TRANSFERRED, D3, D4),
    )
    assert (life.unit, life.state, life.admitted_on, life.recognised_on) == (OTHER, MemberState.DIED, D1, D2)


def test_a_temporary_transfer_changes_no_stock() -> None:
    away = fact(MemberEvent.TRANSFERRED, D2, CELL, start=CELL, temporary=True)
    assert replay_member("Lê An", BORN, [OPENING, away]).spells == (
        Spell(CELL, True, SpellOrigin.OPENING, D1, OPEN_END),
    )


def test_who_went_outside_may_come_back_with_the_status_they_bring() -> None:
    life = replay_member(
        "Lê An",
        BORN,
        [
            OPENING,
            fact(MemberEvent.TRANSFERRED, D2, CELL, start=CELL),
            fact(MemberEvent.TRANSFERRED, D3, OTHER, goal=OTHER, official=True),
        ],
    )
    assert [(spell.unit, spell.start, spell.end) for spell in life.spells] == [(CELL, D1, D2), (OTHER, D3, OPEN_END)]
    assert life.state == MemberState.OFFICIAL


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ([fact(MemberEvent.ADMITTED, date(1979, 1, 1))], "trước ngày sinh 20/05/1980"),
        ([fact(MemberEvent.ADMITTED, date(1998, 4, 30))], "chưa đủ 18 tuổi"),
        ([ADMITTED, fact(MemberEvent.ADMITTED, D2)], "đang sinh hoạt"),
        ([fact(MemberEvent.RECOGNISED, D2)], "chưa có tên trong sổ"),
        ([OPENING, fact(MemberEvent.RECOGNISED, D2)], "đã là đảng viên chính thức"),
        ([ADMITTED, fact(MemberEvent.CARD_ISSUED, D2)], "còn là đảng viên dự bị"),
        ([OPENING, fact(MemberEvent.DIED, D2), fact(MemberEvent.CARD_ISSUED, D3)], "đã từ trần ngày 03/03/2022"),
        ([OPENING, fact(MemberEvent.DIED, D2), fact(MemberEvent.ADMITTED, D3)], "đã từ trần"),
        ([OPENING, fact(MemberEvent.LEFT, D2)], "Thiếu hình thức"),
        ([OPENING, fact(MemberEvent.RECOGNISED, D2, OTHER)], "không sinh hoạt tại đơn vị này"),
        ([OPENING, fact(MemberEvent.TRANSFERRED, D2, CELL, start=OTHER, goal=CELL)], "không sinh hoạt tại đơn vị này"),
        ([OPENING, fact(MemberEvent.TRANSFERRED, D2, OTHER, goal=OTHER)], "đang sinh hoạt"),
        ([], "không còn lần ghi nào"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(facts: list[MemberFact], said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        replay_member("Lê An", BORN, facts)


def test_eighteen_is_counted_in_months() -> None:
    assert replay_member("Lê An", BORN, [fact(MemberEvent.ADMITTED, date(1998, 5, 1))]).state == "probationary"


def test_admitted_and_moved_on_one_day_leaves_one_spell() -> None:
    life = replay_member("Lê An", BORN, [ADMITTED, fact(MemberEvent.TRANSFERRED, D1, OTHER, start=CELL, goal=OTHER)])
    assert life.spells == (Spell(OTHER, False, SpellOrigin.TRANSFERRED, D1, OPEN_END),)
