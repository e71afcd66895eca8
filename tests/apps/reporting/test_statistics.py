"""The statistics workbook: every cell is a figure, its sheets agree, small numbers name nobody, it is recorded."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from tests.world import World

from giaoban.apps.audit.models import AuditRow
from giaoban.apps.reporting.operations import write_statistics
from giaoban.apps.reporting.operations.statistics import RESTRICTED
from giaoban.apps.reporting.queries import statistics
from giaoban.apps.reporting.queries.figures import compute_figures
from giaoban.apps.reporting.queries.statistics import statistics_workbook
from giaoban.apps.reporting.statistics.checks import checks_of
from giaoban.apps.reporting.statistics.sheets import GROWTH, INSPECTION, QUALITY, SHEETS
from giaoban.core.errors import InvalidInput, NotFound
from giaoban.core.period import Period
from giaoban.figures import ALL_PARTS, Figure, FigureRequest

pytestmark = pytest.mark.django_db
QUARTER = Period.parse("2023-Q1")


def _rows(content: bytes, sheet: str) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)


@pytest.mark.parametrize("text", ["2023-Q1", "2023-M02", "2022", "2022-9M", "2022-H2"])
@pytest.mark.parametrize("code", ["DUK", "DUK.01", "DUK.02"])
def test_its_sheets_agree(world: World, code: str, text: str) -> None:
    book = statistics_workbook(world.units[code], Period.parse(text))
    assert [check for check in book.checks if check.holds is False] == []
    if text == "2023-Q1":
        held = [check.rule for check in book.checks if check.holds and check.unit == code]
        assert "Sheet 1: đầu kỳ + tăng − giảm = cuối kỳ" in held
        assert "Cuối kỳ ở sheet 1 = tổng số ở sheet 2" in held


def test_every_cell_is_a_figure(world: World) -> None:
    book = statistics_workbook(world.units["DUK"], QUARTER)
    assert book.codes == ("DUK", "DUK.01", "DUK.02")
    cells = [
        (sheet.key, code, place, cell)
        for sheet in SHEETS
        for code in book.codes
        for place, cell in enumerate(sheet.columns)
    ]
    requests = [
        FigureRequest(cell.measure, code, QUARTER.before() if cell.opening else QUARTER) for _, code, _, cell in cells
    ]
    for (key, code, place, cell), figure in zip(cells, compute_figures(requests, parts=ALL_PARTS), strict=True):
        told = book.values[key][code][place]
        if figure.value is None or not cell.dimension:
            assert told == figure.value, (key, code, cell)
        else:
            assert told == figure.breakdowns[cell.dimension].get(cell.code, 0), (key, code, cell)


def test_what_was_reported_as_one_number_has_no_parts(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def wholes(requests: list[FigureRequest], **more: Any) -> list[Figure]:
        found = compute_figures(requests, **more)
        return [replace(one, breakdown={}, breakdowns={key: {} for key in one.breakdowns}) for one in found]

    monkeypatch.setattr(statistics, "compute_figures", wholes)
    book = statistics_workbook(world.units["DUK"], QUARTER)
    told = book.values[QUALITY.key]["DUK"]
    assert (told[0], set(told[1:])) == (15, {None})
    assert [check for check in book.checks if check.holds is False] == []


def test_a_sheet_that_does_not_add_up_is_found(world: World) -> None:
    book = statistics_workbook(world.units["DUK"], QUARTER)
    values = {key: {code: list(row) for code, row in rows.items()} for key, rows in book.values.items()}
    place = GROWTH.column("members.total")
    values[GROWTH.key]["DUK.01"][place] = (book.values[GROWTH.key]["DUK.01"][place] or 0) + 1
    wrong = [check for check in checks_of(values, "DUK", ["DUK.01", "DUK.02"]) if check.holds is False]
    assert {(check.rule, check.unit) for check in wrong} == {
        ("Sheet 1: đầu kỳ + tăng − giảm = cuối kỳ", "DUK.01"),
        ("Cuối kỳ ở sheet 1 = tổng số ở sheet 2", "DUK.01"),
    }
    values[GROWTH.key]["DUK.01"][place] = None
    assert [check.holds for check in checks_of(values, "DUK", ["DUK.01", "DUK.02"])].count(None) >= 2


def test_the_file_says_the_same_and_is_recorded(world: World) -> None:
    content = write_statistics(act=world.act("clerk"), unit=world.units["DUK"], period=QUARTER)
    file = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert file.sheet_names == [*(sheet.title for sheet in SHEETS), "Kiểm tra chéo"]
    page = _rows(content, QUALITY.title)
    assert page[0][0] == "Đảng bộ Khối các cơ quan tỉnh An Lạc (DUK)"
    assert "Nguyễn Thị Lan lập lúc 08:30 05/04/2023" in page[2][0]
    assert page[4][1:4] == ["DUK", "Đảng bộ Khối các cơ quan tỉnh An Lạc", 15]
    results = [row[5] for row in _rows(content, "Kiểm tra chéo")[4:]]
    assert "LỆCH" not in results
    assert results.count("khớp") > 20
    assert sorted(results, key=("LỆCH", "chưa đủ số liệu", "khớp").index) == results, "what needs a look is first"
    said = _rows(content, "Kiểm tra chéo")[1][0]
    assert f"Kiểm tra chéo {len(results)} phép: khớp {results.count('khớp')}, " in said
    assert "LỆCH 0" in said
    trail = AuditRow.objects.get(action="figures.exported")
    assert (trail.actor, trail.unit_code, trail.detail["format"]) == (world.users["clerk"], "DUK", "statistics")


def test_small_numbers_of_a_sensitive_matter_name_nobody(world: World) -> None:
    content = write_statistics(act=world.act("clerk"), unit=world.units["DUK"], period=QUARTER)
    page = _rows(content, INSPECTION.title)
    place = page[3].index("Đảng viên bị kỷ luật")
    assert [row[place] for row in page[4:7]] == [1, RESTRICTED, 0]
    seen = write_statistics(act=world.act("inspector"), unit=world.units["DUK"], period=QUARTER)
    assert _rows(seen, INSPECTION.title)[5][place] == 1


def test_what_cannot_be_written_is_told(world: World) -> None:
    with pytest.raises(InvalidInput, match="không lập cho"):
        statistics_workbook(world.units["DUK"], Period.parse("2020..2025"))
    with pytest.raises(InvalidInput, match="Sổ chưa được dùng"):
        statistics_workbook(world.units["DUK"], Period.parse("2019"))
    with pytest.raises(NotFound):
        write_statistics(act=world.act("outsider"), unit=world.units["DUK"], period=QUARTER)
