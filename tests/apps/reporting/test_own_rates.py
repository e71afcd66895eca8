"""Averages and shares among an office's own numbers: from the two sums at every level, never from units' averages."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import docx
import pypdfium2
import pytest
from django.db import IntegrityError, transaction
from tests.apps.reporting.cycles.office import QUARTER, act_of, at, sent
from tests.apps.reporting.test_values import MONTHS, draft, figure, tell
from tests.world import START, World

from giaoban.apps.reporting.models import OwnMeasure, ValueTime
from giaoban.apps.reporting.operations import (
    OwnMeasureDraft,
    end_own_measure,
    set_own_measure,
    set_report_definition,
    write_report,
)
from giaoban.apps.reporting.operations.cycles import FormDraft, accept, open_cycle, set_form
from giaoban.apps.reporting.queries.cycles.consolidation import consolidation
from giaoban.apps.reporting.queries.figures import catalogue, explain_figure
from giaoban.apps.reporting.queries.report import ReportOrder, report_document
from giaoban.apps.reporting.queries.values import known_at
from giaoban.core.errors import Conflict, InvalidInput
from giaoban.figures import FigureRequest
from giaoban.writer.blocks import placed_numbers

INCOME, PEOPLE, MEAN = "own.quy_luong", "own.lao_dong", "own.thu_nhap"


def _set(world: World, label: str, noun: str, time: str, key: str, **more: Any) -> OwnMeasure:
    terms = OwnMeasureDraft(label, noun, date(2022, 1, 1), time, key, **more)
    return set_own_measure(act=world.act("clerk"), owner=world.units["DUK"], draft=terms)


def _mean(world: World, **more: Any) -> OwnMeasure:
    """Income for each worker, in millions, from a fund in thousands of millions."""
    _set(world, "Quỹ lương", "tỷ đồng", ValueTime.FLOW, INCOME)
    _set(world, "Lao động", "người", ValueTime.STOCK, PEOPLE)
    parts = {"numerator": INCOME, "denominator": PEOPLE, "times": 1000} | more
    return _set(world, "Thu nhập bình quân", "triệu đồng/người", ValueTime.RATE, MEAN, **parts)


def _tell_both(world: World, unit: str, income: str, people: int, period: object = QUARTER) -> None:
    tell(
        world,
        draft(world, Decimal(income), unit=unit, measure=INCOME, period=period),
        draft(world, people, unit=unit, measure=PEOPLE, period=period),
    )


def test_a_mean_of_the_whole_is_not_the_sum_of_the_means(world: World) -> None:
    _mean(world)
    _tell_both(world, "DUK.01", "1.5", 50)
    _tell_both(world, "DUK.02", "0.9", 10)
    assert (figure(MEAN, "DUK.01").value, figure(MEAN, "DUK.02").value) == (30, 90)
    whole = figure(MEAN)
    assert whole.value == 40, "2,4 thousand millions over 60 people; the sum of the means would be 120"
    assert dict(whole.children) == {"DUK.01": 30, "DUK.02": 90}
    proof = explain_figure(FigureRequest(MEAN, "DUK", QUARTER))
    assert proof.numerator is not None
    assert proof.denominator is not None
    assert (proof.numerator.value, proof.denominator.value) == (2.4, 60)


def test_over_time_it_is_made_of_the_sums_too(world: World) -> None:
    _mean(world)
    for month, income in zip(MONTHS, ("0.3", "0.3", "0.9"), strict=True):
        _tell_both(world, "DUK.02", income, 10, month)
    assert figure(MEAN, "DUK.02").value == 150, "not 30 + 30 + 90, not their mean: all that was paid over who is there"


def test_last_year_is_told_in_percent_and_a_share_in_points(world: World) -> None:
    _mean(world)
    _set(world, "Lao động có hợp đồng", "người", ValueTime.STOCK, "own.hop_dong")
    parts = {"numerator": "own.hop_dong", "denominator": PEOPLE, "times": 100}
    _set(world, "Tỷ lệ có hợp đồng", "%", ValueTime.RATE, "own.ty_le", **parts)
    for period, income, contracts in ((QUARTER.previous_year(), "0.8", 5), (QUARTER, "1.0", 9)):
        _tell_both(world, "DUK.02", income, 10, period)
        tell(world, draft(world, contracts, unit="DUK.02", measure="own.hop_dong", period=period))
    mean, share = figure(MEAN, "DUK.02"), figure("own.ty_le", "DUK.02")
    assert (mean.value, mean.previous, mean.growth_percent) == (100, 80, 25)
    assert (share.value, share.previous, share.growth_percent) == (90, 50, None)
    assert catalogue()["own.ty_le"].in_points
    assert not catalogue()[MEAN].in_points


def test_it_is_not_known_where_some_told_one_number_only(world: World) -> None:
    _mean(world)
    _tell_both(world, "DUK.01", "1.5", 50)
    tell(world, draft(world, Decimal("0.9"), unit="DUK.02", measure=INCOME))
    assert figure(MEAN).value is None, "the income of both over the people of one says nothing"
    assert dict(figure(MEAN).children) == {"DUK.01": 30, "DUK.02": None}
    tell(world, draft(world, 10, unit="DUK.02", measure=PEOPLE))
    assert figure(MEAN).value == 40


def test_over_a_register_everybody_has_to_have_told(world: World) -> None:
    _set(world, "Quỹ lương", "tỷ đồng", ValueTime.FLOW, INCOME)
    parts = {"numerator": INCOME, "denominator": "members.total", "times": 1000}
    _set(world, "Bình quân đảng viên", "triệu đồng", ValueTime.RATE, MEAN, **parts)
    tell(world, draft(world, Decimal("0.3"), unit="DUK.01.01", measure=INCOME))
    tell(world, draft(world, Decimal("0.3"), unit="DUK.02", measure=INCOME, period=QUARTER.before()))
    assert figure(MEAN).value is None, "one of two reported: too little over all members"
    assert figure(MEAN, "DUK.01.01").value == 75


def test_nobody_is_asked_for_it(world: World) -> None:
    own = _mean(world)
    with pytest.raises(InvalidInput, match="tính từ hai số khác"):
        tell(world, draft(world, 30, measure=own.key))
    fields = [{"key": "mean", "kind": "value", "label": "Thu nhập", "measure": own.key}]
    wanted = FormDraft(
        "q", "Báo cáo quý", "quarter", ("cell",), {"sections": [{"key": "s", "title": "Lao động", "fields": fields}]}
    )
    with pytest.raises(InvalidInput, match="không hỏi đơn vị"):
        set_form(act=world.act("clerk"), owner=world.units["DUK"], draft=wanted, start=START)


def test_a_form_shows_it_and_the_desk_adds_up_its_parts(world: World) -> None:
    _mean(world)
    fields = [
        {"key": "income", "kind": "value", "label": "Quỹ lương", "measure": INCOME, "decimals": 3},
        {"key": "people", "kind": "value", "label": "Lao động", "measure": PEOPLE},
        {"key": "mean", "kind": "measure", "label": "Thu nhập bình quân", "measure": MEAN},
    ]
    kinds = ("grassroots_committee", "grassroots_cell")
    wanted = FormDraft(
        "pay",
        "Báo cáo quý",
        "quarter",
        kinds,
        {"sections": [{"key": "s", "title": "Lao động", "fields": fields}]},
        open_days=20,
        due_days=10,
    )
    form = set_form(act=world.act("clerk"), owner=world.units["DUK"], draft=wanted, start=START)
    cycle = open_cycle(act=world.act("clerk"), form=form, period=QUARTER)
    first = sent(world, cycle, "DUK.01", income="1,5", people="50")
    accept(act=act_of(world, "clerk"), submissions=[first])
    second = sent(world, cycle, "DUK.02", income="0,9", people="10")
    found = {one.key: one for one in consolidation(cycle, world.units["DUK"], now=at("2023-04-12 08:00")).totals}
    assert (found["mean"].before, found["mean"].after) == (30, 40)
    assert found["mean"].units == {"DUK.01": 30, "DUK.02": None}
    [accepted] = accept(act=act_of(world, "clerk"), submissions=[second])
    assert figure(MEAN).value == 40
    assert accepted.snapshot is not None
    assert accepted.snapshot.figures[MEAN]["value"] == 90
    assert {f"{MEAN}/numerator", f"{MEAN}/denominator"} <= set(accepted.snapshot.entries)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"numerator": ""}, "Tử số"),
        ({"denominator": "own.khong_co"}, "Không có chỉ tiêu"),
        ({"denominator": "meetings.attendance"}, "không cộng được"),
        ({"denominator": "meetings.registered"}, "không cộng được"),
        ({"denominator": INCOME}, "chính tử số"),
        ({"times": 0}, "Nhân với"),
    ],
)
def test_what_no_rate_can_be_made_of(world: World, change: dict[str, Any], told: str) -> None:
    with pytest.raises(InvalidInput, match=told):
        _mean(world, **change)


def test_its_parts_stay_what_they_are(world: World) -> None:
    _mean(world)
    with pytest.raises(InvalidInput, match="cách tính khác"):
        _mean(world, times=1)
    with pytest.raises(Conflict, match="đang dùng để tính «Thu nhập bình quân»"):
        end_own_measure(act=world.act("clerk"), key=PEOPLE, end=date(2023, 4, 1))
    end_own_measure(act=world.act("clerk"), key=MEAN, end=date(2023, 4, 1))
    end_own_measure(act=world.act("clerk"), key=PEOPLE, end=date(2023, 4, 1))
    assert not [one for one in known_at(catalogue(), "XA.01") if one.owner], "another office does not see it"
    with pytest.raises(IntegrityError), transaction.atomic():
        OwnMeasure.objects.filter(key=MEAN).update(denominator="")


OWN_SENTENCES = """
extends = "quarter"
name = "quarter"

[[sections]]
id = "members"

[[sections.more]]

[[sections.more.sentences]]
pattern = "free"
measure = "own.thu_nhap"
text = "thu nhập bình quân của người lao động là {value} triệu đồng/người"

[[sections.more.sentences]]
pattern = "rate"
measure = "own.ty_le"
subject = "tỷ lệ lao động có hợp đồng"
"""


def test_an_own_mean_and_share_are_printed_by_a_definition_of_the_office(world: World) -> None:
    """The same words and numbers come out as Markdown, Word and PDF, and each carries its measure."""
    _mean(world)
    _set(world, "Lao động có hợp đồng", "người", ValueTime.STOCK, "own.hop_dong")
    parts = {"numerator": "own.hop_dong", "denominator": PEOPLE, "times": 100}
    _set(world, "Tỷ lệ có hợp đồng", "%", ValueTime.RATE, "own.ty_le", **parts)
    _tell_both(world, "DUK.01", "1.5", 50)
    _tell_both(world, "DUK.02", "0.99", 10)
    tell(world, *(draft(world, 27, unit=unit, measure="own.hop_dong") for unit in ("DUK.01",)))
    tell(world, draft(world, 9, unit="DUK.02", measure="own.hop_dong"))
    act, unit = act_of(world, "clerk"), world.units["DUK"]
    set_report_definition(act=act, unit=unit, text=OWN_SENTENCES, start=date(2023, 4, 1))
    order = ReportOrder("quarter", unit, QUARTER, date(2023, 4, 5))
    said = ("thu nhập bình quân của người lao động là 41,5 triệu đồng/người", "tỷ lệ lao động có hợp đồng đạt 60%")
    for file_format, text_of in (("md", bytes.decode), ("docx", _word), ("pdf", _pdf)):
        text = text_of(write_report(act=act, order=order, file_format=file_format).content)
        for one in said:
            assert one in text.lower(), (file_format, one)
    numbers = {one.number.measure: one.number.text for one in placed_numbers(report_document(order))}
    assert (numbers[MEAN], numbers["own.ty_le"]) == ("41,5", "60%")


def _word(content: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs)


def _pdf(content: bytes) -> str:
    pages = pypdfium2.PdfDocument(content)
    return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in pages)
