"""The sample's periodic reports: free of findings, the same numbers in every form, found again when they are read."""

from __future__ import annotations

import json
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
from giaoban.writer.blocks import placed_numbers

pytestmark = [pytest.mark.xdist_group("sample"), pytest.mark.usefixtures("sample_db")]
QUARTERS = [f"{year}-Q{quarter}" for year in (2021, 2022, 2023) for quarter in (1, 2, 3, 4)]
OTHERS = [
    *(("half", f"{year}-H{half}") for year, half in ((2021, 1), (2022, 2), (2023, 1))),
    *(("nine_months", "2022-9M"), ("nine_months", "2023-9M"), ("year", "2021"), ("year", "2022"), ("year", "2023")),
    *(("month", "2022-M06"), ("month", "2023-M03")),
]


def _order(name: str, text: str) -> ReportOrder:
    period = Period.parse(text)
    narratives = {"tasks": "Tiếp tục thực hiện nghị quyết năm."} if name != "month" else {}
    return ReportOrder(
        name, Unit.objects.get(code="MAU"), period, period.window.last_day, number=5, narratives=narratives
    )


def _written(order: ReportOrder, file_format: str) -> bytes:
    act = Act(User.objects.get(username="lan"), NOW, at_console=True)
    return write_report(act=act, order=order, file_format=file_format).content


@pytest.mark.parametrize(("name", "text"), [*(("quarter", text) for text in QUARTERS), *OTHERS])
def test_nothing_is_found_in_a_report(name: str, text: str, tmp_path: Path) -> None:
    file = tmp_path / "bc.docx"
    file.write_bytes(_written(_order(name, text), "docx"))
    found = [(one.code, one.message) for one in check_document(read_file(file)) if one.severity != "info"]
    assert found == []


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


@pytest.mark.parametrize(("name", "text"), [("quarter", "2023-Q1"), ("half", "2021-H1"), ("year", "2022")])
def test_every_form_says_the_same_numbers_and_reading_finds_them(name: str, text: str, tmp_path: Path) -> None:
    order = _order(name, text)
    document = report_document(order)
    told = json.loads(_written(order, "json"))["numbers"]
    numbers = list(placed_numbers(document))
    assert [(one["text"], one["measure"]) for one in told] == [
        (placed.number.text, placed.number.measure) for placed in numbers
    ]
    assert {one["role"] for one in told} >= {"value", "previous", "part", "growth_percent", "change"}
    assert any(one["section"].startswith("PL") for one in told), "tables carry their measures too"
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
