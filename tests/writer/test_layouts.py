"""The layout in force on the day of issue."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

import pytest

from giaoban.core.errors import InvalidInput, NotFound
from giaoban.core.layouts import FACES, layout_on, parse_layouts, shipped_layouts

SHIPPED = files("giaoban.core").joinpath("layouts.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2018, 4, 3), "36-HD/VPTW"),
        (date(2023, 3, 31), "36-HD/VPTW"),
        (date(2026, 5, 26), "36-HD/VPTW"),
        (date(2026, 5, 27), "05-HD/VPTW"),
        (date(2030, 1, 1), "05-HD/VPTW"),
    ],
)
def test_layout_of_the_day(day: date, code: str) -> None:
    assert layout_on(day).code == code


def test_day_before_every_layout() -> None:
    with pytest.raises(NotFound, match=r"ngày ban hành: .*02/04/2018.*từ 03/04/2018 trở đi\. Kiểm tra lại"):
        layout_on(date(2018, 4, 2))


def test_no_layout_at_all() -> None:
    with pytest.raises(NotFound, match="ít nhất một"):
        layout_on(date(2023, 1, 1), ())


def test_what_the_two_guides_say_differently() -> None:
    before, after = shipped_layouts()
    assert (before.party_title.size, after.party_title.size) == (15, 14)
    assert (before.faces["superior"].size, after.faces["superior"].size) == (14, 13)
    assert (before.faces["position"].bold, after.faces["position"].bold) == (True, False)
    assert (before.ending, after.ending) == ("./.", ".")
    for layout in (before, after):
        assert layout.paper == (210, 297)
        margins = layout.margins
        assert (margins.top, margins.bottom, margins.left, margins.right) == (20, 20, 30, 15)
        assert layout.text_width == 165
        assert sum(layout.head_columns) == layout.text_width
        assert set(layout.faces) == set(FACES)


def test_an_office_may_bring_its_own_layout() -> None:
    own = parse_layouts(SHIPPED.replace('font = "Times New Roman"', 'font = "Tinos"'))
    assert layout_on(date(2023, 1, 1), own).font == "Tinos"


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        pytest.param("until = 2026-05-27", "until = 2026-05-28", "cùng hiệu lực ngày 27/05/2026", id="two on one day"),
        pytest.param("until = 2026-05-27\n", "", "cùng hiệu lực", id="the older one never ends"),
        pytest.param("issuer = {", "isuer = {", "Thiếu kiểu chữ: issuer", id="slip in a face's name"),
        pytest.param('ending = "./."', "", "ending", id="missing key"),
        pytest.param('ending = "./."', 'ending = "./."\ncolour = 1', "colour", id="unknown key"),
        pytest.param("paper = [210, 297]", "paper = [210]", "Mục không đúng", id="half a paper size"),
        pytest.param("[[layout]]", "[[layout", "Không đọc được tệp thể thức", id="no TOML"),
        pytest.param("from = 2018-04-03", "", "Thiếu mục «from»", id="no first day"),
    ],
)
def test_slips_in_a_layout_file_are_named(before: str, after: str, message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        parse_layouts(SHIPPED.replace(before, after, 1))
