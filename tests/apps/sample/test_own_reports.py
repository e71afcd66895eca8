"""The sample's own reports: one issued with its figures, one on which people write."""

from __future__ import annotations

from datetime import date

import pytest

from giaoban.apps.reporting.models import OwnReport, Stage
from giaoban.apps.reporting.queries.own_report.document import signed_document
from giaoban.apps.reporting.queries.own_report.overview import desk_lines
from giaoban.writer.blocks import placed_numbers

pytestmark = [pytest.mark.xdist_group("sample"), pytest.mark.usefixtures("sample_db")]


def test_the_first_quarter_of_2023_is_issued() -> None:
    report = OwnReport.objects.get(unit__code="MAU", period="2023-Q1")
    assert (report.stage, report.number, report.dated) == (Stage.SENT, 45, date(2023, 4, 7))
    numbers = [(one.number.measure, one.number.text) for one in placed_numbers(signed_document(report))]
    assert ("organizations.grassroots", "82") in numbers
    assert ("members.admitted", "53") in numbers


def test_the_latest_quarter_is_being_written() -> None:
    report = OwnReport.objects.get(unit__code="MAU", stage=Stage.COLLECTING)
    assert report.texts.count() == 2
    owners = {duty.person for duty in report.duties.select_related("person")}
    assert {owner.username for owner in owners if owner} == {"dung", "binh"}
    dung = next(owner for owner in owners if owner and owner.username == "dung")
    assert [line.section for line in desk_lines(dung, today=date(2026, 11, 22))] == ["inspection"]
