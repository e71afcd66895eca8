"""One shape for every message: where, what is wrong, what would be right, what to do."""

from __future__ import annotations

import pytest

from giaoban.core.errors import Conflict, GiaobanError, InvalidInput, NotAllowed, NotFound


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (GiaobanError("Không mở được tệp"), "Không mở được tệp"),
        (InvalidInput("Không có mã «X»", where="dòng 7"), "dòng 7: Không có mã «X»"),
        (InvalidInput("Sai", expected="ngày dạng 31/03/2023"), "Sai; cần: ngày dạng 31/03/2023"),
        (
            Conflict("Đã có", where="ô B2", expected="mã khác", hint="Mở lại trang"),
            "ô B2: Đã có; cần: mã khác. Mở lại trang",
        ),
    ],
)
def test_one_line(error: GiaobanError, line: str) -> None:
    assert str(error) == line


def test_every_kind_has_its_code() -> None:
    codes = {kind.code for kind in (GiaobanError, InvalidInput, NotAllowed, NotFound, Conflict)}
    assert codes == {"error", "invalid", "not_allowed", "not_found", "conflict"}
