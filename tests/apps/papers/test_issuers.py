"""Whose paper it is: a cell's resolution is the cell's, minutes of the roll are signed by both sides."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from tests.apps.papers.test_printing import candidates
from tests.world import TODAY, World

from giaoban.apps.papers.forms import About, parse_form, shipped_forms
from giaoban.apps.papers.operations import PaperOrder, write_papers
from giaoban.apps.papers.queries.subjects import Ask, subjects
from giaoban.core.errors import InvalidInput
from giaoban.core.period import Period
from giaoban.writer.blocks import plain_text
from giaoban.writer.docx import to_docx

pytestmark = pytest.mark.django_db
QUARTER = Period.quarter(2023, 1)


def _keys(world: World, about: About) -> tuple[str, ...]:
    return tuple(one.key for one in subjects(about, Ask(world.users["clerk"], world.units["DUK"], TODAY, QUARTER)))


def test_a_cells_resolution_has_the_cells_own_letterhead_whoever_writes_it(world: World) -> None:
    candidates(world, 2)
    forms = ("quyet-dinh-ket-nap", "nghi-quyet-ket-nap")
    order = PaperOrder(world.units["DUK"], forms, _keys(world, About.ADMISSION), QUARTER, TODAY, first_number=7)
    decisions, resolutions = [], []
    for one in write_papers(act=world.act("clerk"), order=order).documents:
        (decisions if one.type_code == "QĐ" else resolutions).append(one)
    assert [one.number for one in decisions] == [7, 8]
    for one in resolutions:
        assert (one.issuer, one.issuer_code, one.number) == ("CHI BỘ VĂN PHÒNG", "CB", None)
        assert one.superior == "ĐẢNG ỦY CƠ QUAN SỞ THỬ NGHIỆM"
        assert one.signatures[0].capacity == ("T/M CHI BỘ",)
        assert one.recipients == ("Cấp ủy cấp trên (để báo cáo)", "Lưu chi bộ")


def test_minutes_of_the_roll_name_and_are_signed_by_both_sides(world: World) -> None:
    order = PaperOrder(world.units["DUK"], ("doi-chieu-dang-so",), ("DUK", "DUK.01"), QUARTER, date(2023, 4, 5))
    own, below = write_papers(act=world.act("clerk"), order=order).documents
    first = plain_text(below.body[0].inlines)  # type: ignore[union-attr]
    assert first.startswith("Đại diện Đảng ủy Khối các cơ quan tỉnh An Lạc và đại diện Đảng bộ cơ quan Sở Thử nghiệm ")
    assert [one.capacity for one in below.signatures] == [
        ("ĐẠI DIỆN ĐẢNG BỘ CƠ QUAN SỞ THỬ NGHIỆM",),
        ("ĐẠI DIỆN ĐẢNG ỦY KHỐI CÁC CƠ QUAN TỈNH AN LẠC",),
    ]
    told = plain_text(own.body[0].inlines)  # type: ignore[union-attr]
    assert told.startswith("Đại diện …… và đại diện "), "above the top of the tree nobody is known"
    assert to_docx(below)


def test_a_paper_of_the_cell_is_for_one_person(world: World) -> None:
    text = shipped_forms()["nghi-quyet-ket-nap"][1]
    with pytest.raises(InvalidInput, match="phải lập riêng từng người"):
        parse_form(text.replace("each = true", "each = false"))


def test_names_of_files_have_letters_and_hyphens_alone(world: World) -> None:
    order = PaperOrder(world.units["DUK"], ("doi-chieu-dang-so",), ("DUK", "DUK.01"), QUARTER, date(2023, 4, 5))
    with zipfile.ZipFile(io.BytesIO(write_papers(act=world.act("clerk"), order=order).content)) as package:
        for name in package.namelist():
            assert name.removesuffix(".docx").replace("-", "").isalnum()
