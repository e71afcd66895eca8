"""The sample's periodic reports: free of findings, the same numbers in every form, found again when they are read."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.apps.sample.test_values import SCENARIO
from tests.sample_office import NOW

from giaoban.apps.accounts.models import User
from giaoban.apps.audit.act import Act
from giaoban.apps.organizations.models import Unit
from giaoban.apps.reporting.operations import write_report
from giaoban.apps.reporting.queries.report import ReportOrder, report_document
from giaoban.checker.check import check_document
from giaoban.core.layouts import layout_on
from giaoban.core.period import Period
from giaoban.reader import read_file, read_text
from giaoban.reader.output import as_json
from giaoban.web.reporting.paper import paper_of
from giaoban.writer.blocks import (
    FootnoteRef,
    Heading,
    ListItem,
    OfficialDocument,
    Paragraph,
    placed_numbers,
)
from giaoban.writer.docx import to_docx
from giaoban.writer.markdown import to_markdown

pytestmark = [pytest.mark.xdist_group("sample"), pytest.mark.usefixtures("sample_db")]
QUARTERS = [("quarter", f"{year}-Q{quarter}") for year in (2021, 2022, 2023) for quarter in (1, 2, 3, 4)]
OTHERS = [
    *(("half", f"{year}-H{half}") for year, half in ((2021, 1), (2022, 2), (2023, 1))),
    *(("nine_months", "2022-9M"), ("nine_months", "2023-9M"), ("year", "2021"), ("year", "2022"), ("year", "2023")),
    *(("month", "2022-M06"), ("month", "2023-M03")),
]
# The layout of May 2026 for each kind of period; grassroots committees and cells, of both trees, in both layouts.
LATER = date(2026, 6, 5)
IN_THE_LATER_LAYOUT = [
    *(("quarter", "2023-Q1"), ("half", "2023-H1"), ("nine_months", "2023-9M"), ("year", "2022"), ("month", "2023-M03"))
]
BELOW = [
    *(
        ("quarter", "2023-Q1", "MAU.15", None),
        ("quarter", "2022-Q3", "MAU.15", LATER),
        ("year", "2022", "MAU.05", None),
    ),
    *(("half", "2023-H1", "MAU.07", None), ("nine_months", "2023-9M", "MAU.15", None)),
    *(("quarter", "2023-Q1", "MAU.15.01", None), ("year", "2022", "MAU.15.01", LATER)),
    *(("month", "2023-M02", "MAU.05.01", None), ("half", "2023-H1", "MAU.05.01", None)),
    *(("quarter", "2026-Q3", "PHUONG", None), ("quarter", "2026-Q3", "PHUONG.03", None)),
]
ALL = [
    *((name, text, "MAU", None) for name, text in (*QUARTERS, *OTHERS)),
    *((name, text, "MAU", LATER) for name, text in IN_THE_LATER_LAYOUT),
    *BELOW,
]


def _order(name: str, text: str, unit: str = "MAU", dated: date | None = None) -> ReportOrder:
    period = Period.parse(text)
    narratives = {"tasks": "Tiếp tục thực hiện nghị quyết năm."} if name != "month" else {}
    day = dated or period.window.last_day
    return ReportOrder(name, Unit.objects.get(code=unit), period, day, number=5, narratives=narratives)


def _written(order: ReportOrder, file_format: str) -> bytes:
    act = Act(User.objects.get(username="lan"), NOW, at_console=True)
    return write_report(act=act, order=order, file_format=file_format).content


# What a report must never print: a sentence that lost its number or its words.
_BROKEN = re.compile(r"\b(?:0 0|00|None|nan)\b|\(\s*\)|[:;,]\s*\.(?!\.)|\{|\}| {2}(?=\S)|\.\.(?!\.)")


@pytest.mark.parametrize(("name", "text", "unit", "dated"), ALL)
def test_a_report_is_whole(name: str, text: str, unit: str, dated: date | None, tmp_path: Path) -> None:
    """Nothing is found in it, nothing is broken off, and who reads it back finds each of its numbers, in order."""
    document = report_document(_order(name, text, unit, dated))
    file = tmp_path / "bc.docx"
    file.write_bytes(to_docx(document))
    read = read_file(file)
    assert [(one.code, one.message) for one in check_document(read) if one.severity != "info"] == []
    printed = [placed.number.text for placed in placed_numbers(document)]
    assert len(printed) > 10
    assert all(placed.number.measure and placed.number.period for placed in placed_numbers(document))
    assert _in_order(printed, read.text) == []
    body = "\n".join(
        "".join(inline.text for inline in block.inlines if not isinstance(inline, FootnoteRef))
        for block in document.body
        if isinstance(block, Paragraph | ListItem)
    )
    assert _BROKEN.findall(body) == []
    headings = [isinstance(block, Heading) for block in document.body]
    assert not headings[-1]
    assert _without_text(document) == []


def _without_text(document: OfficialDocument) -> list[str]:
    """Return the headings under which nothing stands, neither words nor a heading of a lower level."""
    return [
        block.title
        for block, below in zip(document.body, document.body[1:], strict=False)
        if isinstance(block, Heading) and isinstance(below, Heading) and below.level <= block.level
    ]


def test_a_unit_says_only_what_such_a_unit_can_say() -> None:
    """A committee counts the grassroots organisations that it leads; they and cells do not count themselves."""
    of_committee, of_grassroots, of_cell = (
        to_markdown(report_document(_order("quarter", "2023-Q1", unit))) for unit in ("MAU", "MAU.15", "MAU.15.01")
    )
    assert "82 tổ chức cơ sở đảng trực thuộc" in of_committee
    assert "tổ chức cơ sở đảng" not in of_grassroots + of_cell
    assert "chi bộ trực thuộc" in of_grassroots
    assert "chi bộ trực thuộc" not in of_cell
    assert "chi, đảng bộ cơ sở" not in of_grassroots + of_cell
    assert "chi bộ đã tổ chức 03 kỳ sinh hoạt" in of_cell
    assert "không kết nạp đảng viên nào" in of_cell
    assert "Không phát thẻ" not in of_cell


def test_a_year_is_compared_with_the_year_before() -> None:
    year = to_markdown(report_document(_order("year", "2022")))
    assert "so với năm trước" in year
    assert "cùng kỳ" not in year
    assert "Lũy kế từ đầu năm" not in year


def _in_order(numbers: list[str], text: str) -> list[str]:
    """Return the numbers that do not stand in the text, one after the other."""
    missing, place = [], 0
    for number in numbers:
        at = text.find(number, place)
        if at < 0:
            missing.append(number)
        else:
            place = at + len(number)
    return missing


@pytest.mark.parametrize(
    ("name", "text", "dated"),
    [
        *(("quarter", "2023-Q1", None), ("half", "2021-H1", None), ("nine_months", "2023-9M", LATER)),
        *(("year", "2022", None), ("month", "2023-M03", LATER)),
    ],
)
def test_every_form_says_the_same_numbers(name: str, text: str, dated: date | None, tmp_path: Path) -> None:
    order = _order(name, text, dated=dated)
    document = report_document(order)
    told = json.loads(_written(order, "json"))["numbers"]
    numbers = list(placed_numbers(document))
    assert [(one["text"], one["measure"]) for one in told] == [
        (placed.number.text, placed.number.measure) for placed in numbers
    ]
    assert {one["role"] for one in told} >= {"value", "part", "growth_percent", "change"}
    assert any(one["section"].startswith("PL") for one in told) or name == "month", "tables carry their measures too"
    shown = paper_of(document, lambda number: f"#{number.measure}")
    on_screen = _words(shown)
    printed = [placed.number.text for placed in numbers]
    file = tmp_path / "bc.docx"
    file.write_bytes(_written(order, "docx"))
    read = as_json(read_file(file), with_text=True)
    markdown = _written(order, "md").decode().replace("\\", "")
    for form, words in (("docx", read["text"]), ("md", markdown), ("screen", on_screen)):
        assert _in_order(printed, words) == [], form
    assert [claim["text"] for claim in read["claims"] if claim["holds"] is False] == []
    assert len([claim for claim in read["claims"] if claim["holds"]]) >= 3


def _words(piece: Any) -> str:
    """Return all words of what a screen shows, in its order."""
    if isinstance(piece, str):
        return piece
    if isinstance(piece, tuple | list):
        return " ".join(_words(each) for each in piece)
    names = getattr(piece, "__dataclass_fields__", {})
    return " ".join(_words(getattr(piece, name)) for name in names)


def test_the_first_quarter_of_2023_says_every_number_of_the_real_one() -> None:
    document = report_document(_order("quarter", "2023-Q1"))
    said = {
        (one.number.measure, one.number.role.value, one.number.part, one.number.value)
        for one in placed_numbers(document)
    }
    missing = []
    for measure, told in SCENARIO.items():
        wanted = [(measure, "value", "", told["value"])]
        wanted += [(measure, "part", code, number) for code, number in told.get("breakdown", {}).items()]
        for role in ("previous", "growth_percent", "expected"):
            if role in told:
                wanted.append((measure, role, "", told[role]))
        missing += [one for one in wanted if one not in said]
    assert missing == []


def test_layout_follows_the_day_of_issue() -> None:
    before, after = layout_on(Period.parse("2023-Q1").window.last_day), layout_on(NOW.date())
    assert before.ending != after.ending
    order = _order("quarter", "2023-Q1")
    assert _written(order, "md").decode().count("Đảng ủy Khối./.") == 1
    text = read_text(_written(order, "md").decode()).text
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in text
