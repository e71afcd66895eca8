"""A report: its numbers are the figures, its footnotes the entries, and the checker finds nothing wrong in it."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date

import docx
import pytest
from tests.world import START, TODAY, World

from giaoban.apps.audit.models import AuditRow
from giaoban.apps.organizations.models import CommitteeEvent
from giaoban.apps.organizations.operations import CommitteeDraft, record_committee_events
from giaoban.apps.reporting.models import Letterhead
from giaoban.apps.reporting.operations import LetterheadDraft, set_letterhead, write_report
from giaoban.apps.reporting.queries import report
from giaoban.apps.reporting.queries.figures import compute_figures, explain_figure
from giaoban.apps.reporting.queries.letterhead import committee_name, office_facts
from giaoban.apps.reporting.queries.report import ReportOrder, frozen_figures, report_document
from giaoban.core.errors import InvalidInput, NotAllowed, NotFound
from giaoban.core.period import Period
from giaoban.figures import ALL_PARTS, Coverage, Figure, FigureRequest, Parts
from giaoban.writer.markdown import to_markdown

QUARTER = Period.parse("2023-Q1")
HEAD = LetterheadDraft(
    superior="TỈNH ỦY AN LẠC",
    issuer="ĐẢNG ỦY KHỐI CÁC CƠ QUAN TỈNH",
    issuer_code="ĐUK",
    place="An Lạc",
    committee="Đảng ủy Khối",
    party_body="Đảng bộ Khối",
    standing="Ban Thường vụ Đảng ủy Khối",
    capacity="T/M BAN THƯỜNG VỤ",
    position="PHÓ BÍ THƯ THƯỜNG TRỰC",
    recipients="Tỉnh ủy (để b/c),\nLưu Văn phòng",
    signer="Phạm Thanh Hải",
)


@pytest.fixture
def order(world: World) -> ReportOrder:
    set_letterhead(act=world.act("clerk"), unit=world.units["DUK"], start=START, draft=HEAD)
    record_committee_events(
        act=world.act("clerk"),
        drafts=[
            CommitteeDraft(
                world.units["DUK.01"], CommitteeEvent.CONSOLIDATED, date(2023, 2, 14), note="bổ sung Phó Bí thư"
            )
        ],
    )
    return ReportOrder("quarter", world.units["DUK"], QUARTER, date(2023, 4, 5), number=7)


def test_every_number_in_it_is_a_figure(world: World, order: ReportOrder) -> None:
    told = json.loads(write_report(act=world.act("clerk"), order=order, file_format="json").content)
    values = [one for one in told["numbers"] if one["role"] == "value"]
    assert {"members.admitted", "members.total", "discipline.members"} <= {one["measure"] for one in values}
    asked = [FigureRequest(one["measure"], "DUK", QUARTER) for one in values]
    figures = compute_figures(asked, parts=Parts())
    assert [one["value"] for one in values] == [figure.value for figure in figures]


def test_the_document_has_head_foot_and_footnote(world: World, order: ReportOrder) -> None:
    written = write_report(act=world.act("clerk"), order=order, file_format="docx")
    assert written.file_name == "BC-DUK-2023-Q1.docx"
    kept = docx.Document(io.BytesIO(written.content)).core_properties
    assert (kept.last_modified_by, kept.comments) == ("Nguyễn Thị Lan", "DUK, quý I/2023"), (
        "who took it, and what (D16)"
    )
    text = "\n".join(
        paragraph.text
        for table in docx.Document(io.BytesIO(written.content)).tables
        for row in table.rows
        for cell in row.cells
        for paragraph in cell.paragraphs
    )
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in text
    assert "Số 07-BC/ĐUK" in text
    assert "Phạm Thanh Hải" in text
    plain = write_report(act=world.act("clerk"), order=order, file_format="md").content.decode()
    assert "Đảng ủy cơ quan Sở Thử nghiệm (bổ sung Phó Bí thư)" in plain
    assert "kết nạp 02 đảng viên" in plain


def test_a_very_long_list_is_left_to_the_screens(
    world: World, order: ReportOrder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "_MOST_LISTED", 0)
    plain = write_report(act=world.act("clerk"), order=order, file_format="md").content.decode()
    assert "kiện toàn cấp ủy tại 01 tổ chức" in plain
    assert "(bổ sung Phó Bí thư)" not in plain


def test_taking_a_report_out_is_recorded(world: World, order: ReportOrder) -> None:
    write_report(act=world.act("deputy"), order=order, file_format="md")
    row = AuditRow.objects.get(action="reporting.written")
    assert (row.actor, row.unit_code, row.detail["period"]) == (world.users["deputy"], "DUK", "2023-Q1")


@pytest.mark.parametrize(
    ("who", "refused"), [("inspector", NotAllowed), ("secretary", NotFound), ("outsider", NotFound)]
)
def test_only_those_with_the_right_write_reports(
    world: World, order: ReportOrder, who: str, refused: type[Exception]
) -> None:
    with pytest.raises(refused):
        write_report(act=world.act(who), order=order, file_format="md")


def test_what_cannot_be_written_is_told(world: World, order: ReportOrder) -> None:
    with pytest.raises(InvalidInput, match="«odt»"):
        write_report(act=world.act("clerk"), order=order, file_format="odt")
    with pytest.raises(NotFound, match="«weekly»"):
        write_report(
            act=world.act("clerk"),
            order=ReportOrder("weekly", order.unit, QUARTER, TODAY),
            file_format="md",
        )


def test_a_period_before_the_registers_has_no_report(world: World, order: ReportOrder) -> None:
    early = ReportOrder("quarter", order.unit, Period.parse("2020-Q1"), TODAY)
    with pytest.raises(InvalidInput, match="Sổ chưa được dùng trong kỳ này: quý I/2020"):
        write_report(act=world.act("clerk"), order=early, file_format="md")
    assert not AuditRow.objects.filter(action="reporting.written").exists()


def test_frozen_figures_say_what_was_known_then(world: World, order: ReportOrder) -> None:
    before = report_document(order)
    keys = ("members.admitted", "members.total", "committees.consolidated")
    found = compute_figures([FigureRequest(key, "DUK", QUARTER) for key in keys], parts=ALL_PARTS)
    kept = json.loads(json.dumps({one.request.measure: one.as_json() for one in found}))
    lines = explain_figure(FigureRequest("committees.consolidated", "DUK", QUARTER)).lines
    entries = {"committees.consolidated": [[line.ref, line.unit, line.number] for line in lines]}
    record_committee_events(
        act=world.act("clerk"),
        drafts=[CommitteeDraft(world.units["DUK.02"], CommitteeEvent.CONSOLIDATED, date(2023, 3, 1), note="sau chốt")],
    )
    frozen = frozen_figures("DUK", QUARTER, figures=kept, entries=entries)
    plain = to_markdown(report_document(replace(order, frozen=frozen)))
    assert "kiện toàn cấp ủy tại 01 tổ chức cơ sở đảng" in plain
    assert "(bổ sung Phó Bí thư)" in plain
    assert "sau chốt" not in plain
    assert "kết nạp 02 đảng viên" in plain
    assert "kỷ luật" not in plain, "what was not frozen is not said"
    assert "sau chốt" in to_markdown(report_document(order))
    same = frozen_figures("DUK", QUARTER, figures=kept, entries=entries).figures["members.admitted"]
    assert same == found[0]
    assert before.body


def test_a_letterhead_has_its_days(world: World, order: ReportOrder) -> None:
    set_letterhead(act=world.act("clerk"), unit=order.unit, start=TODAY, draft=HEAD)
    assert Letterhead.objects.filter(unit=order.unit).count() == 2
    with pytest.raises(InvalidInput):
        set_letterhead(act=world.act("clerk"), unit=order.unit, start=START, draft=HEAD)


def test_an_office_without_a_letterhead_still_writes_in_the_layout(world: World, order: ReportOrder) -> None:
    facts = office_facts(world.units["DUK.01"], day=TODAY)
    assert (facts.issuer, facts.issuer_code, facts.place) == ("ĐẢNG ỦY CƠ QUAN SỞ THỬ NGHIỆM", "ĐU", "An Lạc")
    cell = office_facts(world.units["DUK.02"], day=TODAY)
    assert (cell.issuer_code, cell.signatures[0].capacity) == ("CB", ("T/M CHI BỘ",))


@pytest.mark.parametrize(
    ("unit", "committee"),
    [("Đảng bộ Sở A", "Đảng ủy Sở A"), ("Chi bộ Sở B", "Chi ủy Sở B"), ("Tổ đảng số 1", "Tổ đảng số 1")],
)
def test_who_leads_a_unit(unit: str, committee: str) -> None:
    assert committee_name(unit) == committee


def test_a_part_so_small_that_it_names_a_person_is_told_to_whom_may_know(world: World, order: ReportOrder) -> None:
    """Decision D11 holds for the text, the tables and the JSON of a report taken from the registers."""

    def said(who: str, file_format: str, *, at_console: bool = False) -> str:
        act = world.act(who, at_console=at_console)
        return write_report(act=act, order=order, file_format=file_format).content.decode()

    whole, plain = said("deputy", "md"), said("clerk", "md")
    assert "thi hành kỷ luật 01 đảng viên (khiển trách 01)" in whole
    assert "thi hành kỷ luật 01 đảng viên, tăng 01 trường hợp" not in whole
    assert "thi hành kỷ luật 01 đảng viên" in plain, "the whole is always told"
    assert "khiển trách 01" not in plain
    assert [line for line in plain.splitlines() if "khiển trách" in line and "hạn chế" in line]
    assert "hạn chế" not in whole
    parts = [
        [one["measure"] for one in json.loads(said(who, "json"))["numbers"] if one["role"] == "part"]
        for who in ("deputy", "clerk")
    ]
    assert "discipline.members" in parts[0]
    assert "discipline.members" not in parts[1]
    assert "members.total" in parts[1], "what names nobody is told to all"
    assert said("clerk", "md", at_console=True).count("khiển trách 01") == whole.count("khiển trách 01")


def test_a_number_with_a_part_withheld_gives_none_of_its_parts_away() -> None:
    request = FigureRequest("discipline.members", "DUK", QUARTER)
    figure = Figure(request, 6, Coverage(1, 1), breakdown={"reprimand": 5, "warning": 1})
    for rights, parts in (
        (None, {"reprimand": 5, "warning": 1}),
        (frozenset({"inspection_view"}), {"reprimand": 5, "warning": 1}),
        (frozenset({"figures_view"}), {"reprimand": None, "warning": None}),
    ):
        view = report.figure_view(figure, rights)
        assert (view.value, view.breakdown, view.withheld) == (6, parts, rights == {"figures_view"})
