"""Report definitions: every measure in them is known, an office may have its own, the nearest one wins."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.world import START, TODAY, World

from giaoban.apps.audit.models import AuditRow
from giaoban.apps.organizations.models import GroupKind
from giaoban.apps.organizations.operations import define_group
from giaoban.apps.reporting.models import ReportDefinition
from giaoban.apps.reporting.operations import set_report_definition
from giaoban.apps.reporting.queries.definitions import (
    check_definition,
    definition_in_force,
    definition_names,
    report_definition,
)
from giaoban.apps.reporting.queries.figures import catalogue
from giaoban.apps.reporting.queries.listed import LISTED, may_be_listed
from giaoban.apps.reporting.queries.report import ReportOrder, report_document
from giaoban.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from giaoban.core.period import Period
from giaoban.writer.definitions import load, shipped_names, shipped_text
from giaoban.writer.markdown import to_markdown

pytestmark = pytest.mark.django_db
QUARTER = Period.parse("2023-Q1")
OWN = """
extends = "quarter"
name = "quarter"

[[title]]
text = "Tình hình thực hiện nhiệm vụ {period}"

[[sections]]
id = "members"
title = "Xây dựng đội ngũ đảng viên"
"""


@pytest.mark.parametrize("name", shipped_names())
def test_every_measure_of_a_shipped_definition_is_in_the_catalogue(name: str) -> None:
    assert check_definition(shipped_text(name), where=name).measures() == load(name).measures()


@pytest.mark.parametrize("name", shipped_names())
def test_every_code_that_a_definition_names_is_one_of_its_measure(name: str) -> None:
    for section in load(name).sections:
        for paragraph in section.paragraphs:
            for spec in paragraph.sentences:
                for words in (spec.words, *spec.words.get("items", ())):
                    codes = words.get("parts", {})
                    if not codes:
                        continue
                    measure = catalogue()[words["measure"]]
                    dimension = measure.dimension(words["by"]) if "by" in words else measure.default_dimension
                    assert dimension is not None, measure.key
                    known = {code.key for code in dimension.codes}
                    assert not known or codes.keys() <= known, (measure.key, codes.keys() - known)


def test_an_unknown_measure_is_named_with_those_of_its_family(world: World) -> None:
    text = shipped_text("quarter").replace('"members.died"', '"members.dead"', 1)
    with pytest.raises(InvalidInput) as caught:
        set_report_definition(act=world.act("clerk"), unit=world.units["DUK"], text=text, start=START, where="own.toml")
    assert "own.toml, members, đoạn 2, câu 4, dòng " in str(caught.value)
    assert "Không có chỉ tiêu «members.dead»" in str(caught.value)
    assert "members.died" in str(caught.value)
    assert not ReportDefinition.objects.exists()


def test_an_own_definition_is_used_from_its_day_on(world: World) -> None:
    unit = world.units["DUK"]
    before = ReportOrder("quarter", unit, QUARTER, date(2023, 4, 5))
    assert "Tình hình thực hiện" not in to_markdown(report_document(before))
    set_report_definition(act=world.act("clerk"), unit=unit, text=OWN, start=date(2023, 4, 10))
    assert "Tình hình thực hiện" not in to_markdown(report_document(before))
    after = to_markdown(report_document(replace(before, dated=date(2023, 4, 10))))
    assert "Tình hình thực hiện nhiệm vụ quý I/2023" in after
    assert "Xây dựng đội ngũ đảng viên" in after
    assert "kết nạp 02 đảng viên" in after, "what it does not change stays"
    row = AuditRow.objects.get(action="reporting.definition_set")
    assert (row.actor, row.unit_code, row.detail["name"]) == (world.users["clerk"], "DUK", "quarter")


def test_the_nearest_owner_wins(world: World) -> None:
    act = world.act("clerk")
    set_report_definition(act=act, unit=world.units["DUK"], text=OWN, start=START)
    held = definition_in_force(world.units["DUK.01"], "quarter", day=TODAY)
    assert held.own is not None
    assert held.own.owner == world.units["DUK"]
    lower = OWN.replace("Tình hình thực hiện nhiệm vụ", "Báo cáo của cơ sở")
    set_report_definition(act=act, unit=world.units["DUK.01"], text=lower, start=START)
    assert definition_in_force(world.units["DUK.01"], "quarter", day=TODAY).body == lower
    assert definition_in_force(world.units["DUK.02"], "quarter", day=TODAY).body == OWN
    assert definition_in_force(world.units["XA"], "quarter", day=TODAY).own is None


def test_a_new_text_ends_the_one_before_and_days_are_in_order(world: World) -> None:
    act, unit = world.act("clerk"), world.units["DUK"]
    first = set_report_definition(act=act, unit=unit, text=OWN, start=START)
    set_report_definition(act=act, unit=unit, text=OWN + "\n", start=date(2023, 1, 1))
    first.refresh_from_db()
    assert first.valid_to == date(2023, 1, 1)
    with pytest.raises(Conflict, match="dùng từ 01/01/2023"):
        set_report_definition(act=act, unit=unit, text=OWN, start=date(2022, 6, 1))


@pytest.mark.parametrize(("who", "refused"), [("inspector", NotAllowed), ("outsider", NotFound)])
def test_who_may_set_it(world: World, who: str, refused: type[Exception]) -> None:
    with pytest.raises(refused):
        set_report_definition(act=world.act(who), unit=world.units["DUK"], text=OWN, start=START)


def test_a_report_of_its_own_name(world: World) -> None:
    text = OWN.replace('name = "quarter"', 'name = "tom-tat"')
    set_report_definition(act=world.act("clerk"), unit=world.units["DUK"], text=text, start=START)
    assert definition_names(world.units["DUK.01"], day=TODAY)[-1] == "tom-tat"
    assert report_definition(world.units["DUK.01"], "tom-tat", day=TODAY).name == "tom-tat"
    with pytest.raises(NotFound, match="«tuan»"):
        report_definition(world.units["DUK.01"], "tuan", day=TODAY)


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('extends = "quarter"', 'extends = "weekly"', "Không có mẫu báo cáo «weekly»"),
        ('extends = "quarter"', "extends = 3", "Không có mẫu báo cáo «3» để mở rộng"),
        ('name = "quarter"', 'name = "Báo cáo quý"', "Tên mẫu báo cáo «Báo cáo quý»"),
        ('id = "members"', 'id = "memberz"', "Phần «memberz» là phần mới nhưng chưa nói đứng sau phần nào"),
        ('title = "Xây dựng đội ngũ đảng viên"', "remove = true\nid2 = 1", ""),
        ('title = "Xây dựng đội ngũ đảng viên"', 'titel = "x"', "Không có mục titel"),
        ('name = "quarter"', 'name = "quarter"\nperiods = ["week"]', "Không có loại kỳ «week»"),
        ('id = "members"', 'id = "tin/bai"\nafter = "members"\nlevel = 3', "Tên phần hoặc ô nội dung «tin/bai»"),
        ('id = "members"', 'id = "members"\nmore = [{slot = "' + "a" * 41 + '"}]', "không quá 40 chữ"),
    ],
)
def test_slips_are_named(before: str, after: str, message: str) -> None:
    if not message:
        assert "members" not in [one.id for one in check_definition(OWN.replace(before, after), where="x").sections]
        return
    with pytest.raises((InvalidInput, NotFound)) as caught:
        check_definition(OWN.replace(before, after), where="own.toml")
    assert message in str(caught.value)


def test_each_sector_of_the_office_has_its_slot(world: World) -> None:
    unit = world.units["DUK"]
    for code, name in (("so-nganh", "Khối sở, ngành"), ("khoi-dn", "Khối doanh nghiệp")):
        define_group(act=world.act("clerk"), owner=unit, kind=GroupKind.SECTOR, code=code, name=name)
    slots = report_definition(unit, "quarter", day=TODAY).slots()
    assert {"political_tasks", "political_tasks.so-nganh", "political_tasks.khoi-dn"} <= set(slots)
    words = {"political_tasks.khoi-dn": "Hoàn thành kế hoạch sản xuất, kinh doanh."}
    plain = to_markdown(report_document(ReportOrder("quarter", unit, QUARTER, TODAY, narratives=words)))
    assert "*Khối doanh nghiệp:*\n\nHoàn thành kế hoạch" in plain
    assert "Khối sở, ngành:" not in plain, "a sector without words is left out"


def test_a_report_for_another_kind_of_period_is_refused(world: World) -> None:
    with pytest.raises(InvalidInput, match=r"«quarter» không lập cho năm 2022; cần: quý \(2023-Q1\)"):
        report_document(ReportOrder("quarter", world.units["DUK"], Period.parse("2022"), TODAY))


def test_the_example_of_the_docs_is_a_definition() -> None:
    page = (Path(__file__).parents[3] / "docs" / "report-definitions.md").read_text(encoding="utf-8")
    example = page.partition("```toml\n")[2].partition("```")[0]
    read = check_definition(example, where="docs")
    titles = {section.id: section.title for section in read.sections}
    assert titles["members"] == "Công tác phát triển, quản lý đảng viên"
    assert list(titles)[list(titles).index("members") + 1] == "digital"
    assert "digital" in read.slots()


LISTS = OWN.replace('name = "quarter"', 'name = "quarter"\nfootnotes = ["organizations.grassroots"]')


def test_an_office_chooses_the_numbers_whose_units_are_listed(world: World) -> None:
    unit, dated = world.units["DUK"], date(2023, 4, 10)
    order = ReportOrder("quarter", unit, QUARTER, dated)
    before = to_markdown(report_document(order))
    assert "Gồm: " not in before
    set_report_definition(act=world.act("clerk"), unit=unit, text=LISTS, start=dated)
    after = to_markdown(report_document(order))
    assert "Gồm: (1) Đảng bộ cơ quan Sở Thử nghiệm; (2) Chi bộ Quỹ Thử nghiệm." in after
    assert report_definition(unit, "quarter", day=dated).footnotes == ("organizations.grassroots",)


def test_an_office_may_want_no_lists(world: World) -> None:
    none = check_definition(LISTS.replace('["organizations.grassroots"]', "[]"), where="own.toml")
    assert none.footnotes == ()
    assert check_definition(OWN, where="own.toml").footnotes is None


@pytest.mark.parametrize(
    ("key", "told", "expected"),
    [
        ("members.admitted", "Không liệt kê được đơn vị của chỉ tiêu «members.admitted»", "organizations.grassroots"),
        ("discipline.organizations", "Không liệt kê được", "committees.consolidated"),
        ("organizations.none", "Không có câu nào nói số", "một câu của mẫu"),
    ],
)
def test_what_cannot_be_listed_is_told_with_what_can(key: str, told: str, expected: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        check_definition(LISTS.replace("organizations.grassroots", key), where="own.toml")
    assert told in str(caught.value)
    assert expected in str(caught.value)
    assert "own.toml" in str(caught.value)


def test_only_units_may_be_listed() -> None:
    known = catalogue()
    chosen = {one.key for one in known if may_be_listed(known, one)}
    assert set(LISTED) < chosen
    assert not {"members.total", "discipline.members", "petitions.received", "inspection.planned"} & chosen
    assert {load(name).footnotes for name in shipped_names()} == {None}
