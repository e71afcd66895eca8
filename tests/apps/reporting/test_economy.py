"""Economy, associations and welfare as units report them: by branch, by sector of the office, and the mean income."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tests.apps.reporting.test_values import Q1, draft, figure, tell
from tests.world import World

from giaoban.apps.organizations.models import GroupKind
from giaoban.apps.organizations.operations import define_group, place_in_group
from giaoban.apps.reporting.queries.report import ReportOrder, report_document
from giaoban.apps.reporting.queries.value_sheet import value_sheet
from giaoban.writer.markdown import to_markdown


def _sectors(world: World) -> None:
    act = world.act("clerk")
    for code, name, unit in (("qlnn", "Khối quản lý nhà nước", "DUK.01"), ("dn", "Khối doanh nghiệp", "DUK.02")):
        group = define_group(act=act, owner=world.units["DUK"], kind=GroupKind.SECTOR, code=code, name=name)
        place_in_group(act=act, group=group, units=[world.units[unit]], start=date(2022, 2, 1))


def test_what_units_report_is_shown_by_sector_and_by_branch(world: World) -> None:
    _sectors(world)
    tell(
        world,
        draft(world, 30, unit="DUK.01", measure="economy.revenue", dimension="branch", code="services"),
        draft(world, 12, unit="DUK.02", measure="economy.revenue", dimension="branch", code="industry"),
        draft(world, 7, unit="DUK.02", measure="welfare.gifts"),
        draft(world, 40, unit="DUK.01.01", measure="associations.members"),
    )
    revenue = figure("economy.revenue")
    assert dict(revenue.breakdowns["branch"]) == {"services": 30, "industry": 12}
    assert dict(revenue.breakdowns["sector"]) == {"dn": 12, "qlnn": 30}
    assert dict(figure("welfare.gifts").breakdowns["sector"]) == {"dn": 7}
    assert dict(figure("associations.members").breakdowns["sector"]) == {"qlnn": 40}, "a cell is of the sector above it"
    said = to_markdown(report_document(ReportOrder("quarter", world.units["DUK"], Q1, date(2023, 4, 5))))
    table = said.split("Kết quả sản xuất, kinh doanh theo khối")[1]
    assert "Khối doanh nghiệp" in table
    assert "Khối quản lý nhà nước" in table


def test_the_mean_income_is_made_of_the_fund_and_the_people(world: World) -> None:
    tell(
        world,
        *(
            draft(world, Decimal(one), unit=unit, measure="economy.wages")
            for unit, one in (("DUK.01", "1.5"), ("DUK.02", "0.9"))
        ),
        *(draft(world, one, unit=unit, measure="economy.workers") for unit, one in (("DUK.01", 50), ("DUK.02", 10))),
    )
    assert (figure("economy.mean_income").value, figure("economy.mean_income", "DUK.02").value) == (40, 90)
    said = to_markdown(report_document(ReportOrder("quarter", world.units["DUK"], Q1, date(2023, 4, 5))))
    assert "hu nhập bình quân của người lao động đạt 40 triệu đồng/người" in said
    asked = [one.measure.key for one in value_sheet(world.units["DUK"], Q1).groups]
    assert "economy.wages" in asked
    assert "economy.mean_income" not in asked, "nobody types a mean"


def test_there_is_no_mean_where_a_unit_told_only_the_people(world: World) -> None:
    tell(
        world,
        draft(world, 2, unit="DUK.01", measure="economy.wages"),
        draft(world, 50, unit="DUK.01", measure="economy.workers"),
        draft(world, 10, unit="DUK.02", measure="economy.workers"),
    )
    assert figure("economy.mean_income").value is None
    assert figure("economy.mean_income", "DUK.01").value == 40
