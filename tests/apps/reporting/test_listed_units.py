"""Names of units as offices write them in their lists, and which unit each means."""

from __future__ import annotations

import pytest

from giaoban.apps.organizations.queries.chosen import UnitCard
from giaoban.apps.reporting.queries.listed_units import ListedUnits, code_of, to_be_placed

_CARDS = [
    UnitCard(1, "BAC", "Đảng bộ xã Bắc Sơn", "xã Bắc Sơn", "grassroots_committee"),
    UnitCard(2, "NAM", "Đảng bộ xã Nam Sơn", "", "grassroots_committee"),
    UnitCard(11, "BAC.01", "Chi bộ Khu phố 1", "", "cell"),
    UnitCard(12, "BAC.02", "Chi bộ Khu phố 2", "", "cell"),
    UnitCard(13, "BAC.03", "Chi bộ Trường Tiểu học", "", "cell"),
    UnitCard(21, "NAM.01", "Chi bộ Khu phố 1", "", "cell"),
    UnitCard(22, "NAM.02", "Chi bộ Trạm Y tế", "", "cell"),
    UnitCard(23, "NAM.03", "Chi bộ Nam Sơn", "", "cell"),
]
_CODES = {card.pk: card.code for card in _CARDS}
_ABOVE = {pk: {1} if pk < 20 else {2} for pk in _CODES if pk > 10}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Chi bộ Trạm Y tế", "NAM.02"),
        ("CB trạm y tế", "NAM.02"),
        ("Trạm Y tế", "NAM.02"),
        ("CHI BỘ TRƯỜNG TIỂU HỌC.", "BAC.03"),
        ("Khu phố 02", "BAC.02"),
        ("CB KP2", "BAC.02"),
        ("ĐB xã Nam Sơn", "NAM"),
        ("xã Bắc Sơn", "BAC"),
        # Two cells are called so: only what stands above tells them apart.
        ("Chi bộ Khu phố 1", ""),
        ("Chi bộ Khu phố 1, Đảng bộ xã Nam Sơn", "NAM.01"),
        ("KP1 - xã Bắc Sơn", "BAC.01"),
        ("Chi bộ khu phố 1 (xã Bắc Sơn)", "BAC.01"),
        ("Chi bộ Khu phố 1 thuộc Đảng bộ xã Nam Sơn", "NAM.01"),
        ("Chi bộ Khu phố 1 Đảng bộ xã Nam Sơn", "NAM.01"),
        ("Chi bộ Trạm Y tế, xã Bắc Sơn", ""),
        # A committee is not the cell of the same name.
        ("Đảng bộ Trạm Y tế", ""),
        ("Đảng ủy Nam Sơn", ""),
        ("Chi bộ Khu phố 3", ""),
        ("Chi bộ", ""),
        ("...", ""),
    ],
)
def test_a_name_is_taken_where_one_unit_alone_can_be_meant(name: str, code: str) -> None:
    assert code_of(name, ListedUnits(_CARDS), _CODES, _ABOVE) == code


def test_what_stands_above_is_asked_for_only_where_a_name_does_not_tell() -> None:
    units = ListedUnits(_CARDS)
    assert to_be_placed(["Chi bộ Trạm Y tế", "Khu phố 2"], units) == set()
    assert to_be_placed(["KP1 - xã Bắc Sơn"], units) == {11, 21}
