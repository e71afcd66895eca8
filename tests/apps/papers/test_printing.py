"""Writing papers: from the registers to files in the official layout; who took them is kept."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from tests.world import NOW, TODAY, World

from giaoban.apps.audit.models import AuditRow
from giaoban.apps.members.models import Candidate, CandidateEntry, CandidateEvent, HonourEvent, MemberEvent, Trait
from giaoban.apps.members.operations import (
    EntryDraft,
    FirstEntry,
    HonourDraft,
    MemberDraft,
    enrol_members,
    record_honour,
    record_member_entries,
)
from giaoban.apps.organizations.operations import Decision
from giaoban.apps.papers.forms import About
from giaoban.apps.papers.operations import PaperOrder, write_papers
from giaoban.apps.papers.queries.subjects import Ask, subjects
from giaoban.apps.reporting.models import Letterhead
from giaoban.apps.reporting.queries.letterhead import committee_above
from giaoban.checker.check import check_document, file_facts
from giaoban.core.dates_vi import PartialDate, Precision
from giaoban.core.errors import InvalidInput, NotAllowed, NotFound
from giaoban.core.period import Period
from giaoban.core.text_vi import fold, name_sort_key
from giaoban.reader import read_file
from giaoban.writer.blocks import Paragraph, placed_numbers, plain_text
from giaoban.writer.docx import to_docx

pytestmark = pytest.mark.django_db
QUARTER = Period.quarter(2023, 1)


def _ask(world: World, who: str = "clerk", unit: str = "DUK") -> Ask:
    return Ask(world.users[who], world.units[unit], TODAY, QUARTER)


def candidates(world: World, number: int) -> None:
    """People who ask to be admitted in one cell."""
    cell = world.units["DUK.01.01"]
    for index in range(number):
        name = f"Nguyễn Văn Ứng {index + 1}"
        person = Candidate.objects.create(
            full_name=name,
            folded_name=fold(name),
            sort_key=name_sort_key(name),
            birth_date=date(1998, 2, 1 + index),
            sex="male",
            unit=cell,
            created_at=NOW,
        )
        steps = [(CandidateEvent.CLASS_PASSED, date(2022, 6, 1)), (CandidateEvent.CELL_RESOLVED, date(2023, 3, 1))]
        for seq, (kind, day) in enumerate(steps):
            CandidateEntry.objects.create(
                candidate=person,
                kind=kind,
                unit=cell,
                effective_date=day,
                seq=seq,
                recorded_at=NOW,
                actor=world.users["clerk"],
                decision_number=f"{index + 1:02}-{'GCN' if kind == CandidateEvent.CLASS_PASSED else 'NQ/CB'}",
                votes_for=14 if kind == CandidateEvent.CELL_RESOLVED else None,
                votes_of=15 if kind == CandidateEvent.CELL_RESOLVED else None,
            )


def test_twenty_dossiers_give_proposal_list_and_decisions_in_one_go(world: World) -> None:
    candidates(world, 20)
    listed = subjects(About.ADMISSION, _ask(world))
    assert len(listed) == 20
    order = PaperOrder(
        world.units["DUK"],
        ("to-trinh-ket-nap", "danh-sach-ket-nap", "quyet-dinh-ket-nap"),
        tuple(one.key for one in listed),
        QUARTER,
        date(2023, 4, 5),
        first_number=31,
    )
    written = write_papers(act=world.act("clerk"), order=order)
    with zipfile.ZipFile(io.BytesIO(written.content)) as package:
        names = package.namelist()
        assert len(names) == 22
        assert names[2] == "03-quyet-dinh-ket-nap-01-nguyen-van-ung-1.docx"
        table = Document(io.BytesIO(package.read(names[0]))).tables
        words = "\n".join(p.text for p in Document(io.BytesIO(package.read(names[2]))).paragraphs)
    assert any("14/15" in cell.text for one in table for row in one.rows for cell in row.cells)
    assert "Kết nạp quần chúng Nguyễn Văn Ứng 1, sinh ngày 01/02/1998, vào Đảng" in words
    assert [one.number for one in written.documents[2:5]] == [31, 32, 33]
    assert written.documents[0].number is None, "what is written once gets its number by hand"
    assert write_papers(act=world.act("clerk"), order=order).content == written.content


def test_twenty_on_probation_give_proposal_list_and_decisions_in_one_go(world: World) -> None:
    cell = world.units["DUK.01.01"]
    drafts = [
        MemberDraft(
            f"Lý Văn Dự {number}",
            PartialDate(date(1999, 1, number), Precision.DAY),
            FirstEntry(MemberEvent.ADMITTED, date(2022, 3, 1), cell, Decision(f"{number}-QĐ/ĐUK", date(2022, 3, 1))),
            traits=((Trait.SEX, "female"),),
        )
        for number in range(1, 21)
    ]
    people = enrol_members(act=world.act("clerk"), drafts=drafts)
    order = PaperOrder(
        world.units["DUK"],
        ("to-trinh-cong-nhan", "danh-sach-cong-nhan", "quyet-dinh-cong-nhan"),
        tuple(str(one.uid) for one in people),
        QUARTER,
        date(2023, 4, 5),
        first_number=51,
    )
    written = write_papers(act=world.act("clerk"), order=order)
    with zipfile.ZipFile(io.BytesIO(written.content)) as package:
        names = package.namelist()
        assert (len(names), names[0], names[1]) == (
            22,
            "01-to-trinh-cong-nhan.docx",
            "02-danh-sach-cong-nhan.docx",
        )
        listed = [table for table in Document(io.BytesIO(package.read(names[1]))).tables if len(table.rows) == 21]
        words = "\n".join(p.text for p in Document(io.BytesIO(package.read(names[21]))).paragraphs)
    (table,) = listed
    assert [cell.text for cell in table.rows[20].cells][:4] == ["20", "Lý Văn Dự 20", "Nữ", "20/01/1999"]
    assert "Công nhận đảng viên dự bị Lý Văn Dự 20, sinh ngày 20/01/1999, vào Đảng ngày 01/03/2022" in words
    assert "là đảng viên chính thức kể từ ngày 01/03/2023" in words
    assert [one.number for one in written.documents[2:]] == list(range(51, 71))
    assert AuditRow.objects.filter(action="members.file_read", object_uid__in=order.chosen).count() == 20


def test_badges_are_proposed_for_the_round_that_was_chosen(world: World) -> None:
    quy = world.members["quy"]
    draft = HonourDraft(
        HonourEvent.BADGE_PROPOSED, date(2023, 4, 3), quy, level="provincial", years=30, round="3/2/2024"
    )
    record_honour(act=world.act("clerk"), draft=draft)
    ask = _ask(world)
    assert subjects(About.BADGE, ask) == (), "proposed after the quarter"
    (one,) = subjects(About.BADGE, replace(ask, round="3/2/2024"))
    assert (one.name, one.facts.values["huy_hieu"], one.facts.values["dot"]) == (quy.full_name, "30 năm", "3/2/2024")
    assert subjects(About.BADGE, replace(ask, round="19/5/2024")) == ()
    order = PaperOrder(world.units["DUK"], ("danh-sach-huy-hieu",), (one.key,), QUARTER, TODAY, round="3/2/2024")
    (document,) = write_papers(act=world.act("clerk"), order=order).documents
    assert quy.full_name in str(document.body)


def test_a_proposal_says_to_whom_it_goes_in_the_words_of_its_day(world: World) -> None:
    keys = tuple(one.key for one in subjects(About.RECOGNITION, _ask(world)))
    for unit, day, words in (
        ("DUK.01", date(2023, 4, 5), "Kính gửi: Đảng ủy Khối các cơ quan tỉnh An Lạc"),
        ("DUK.01", date(2026, 6, 1), "Kính trình: Đảng ủy Khối các cơ quan tỉnh An Lạc"),
        ("DUK", date(2023, 4, 5), "Kính gửi: ……"),
    ):
        order = PaperOrder(world.units[unit], ("to-trinh-cong-nhan",), keys, QUARTER, day)
        (document,) = write_papers(act=world.act("clerk"), order=order).documents
        first = document.body[0]
        assert isinstance(first, Paragraph)
        assert (plain_text(first.inlines), first.centered) == (words, True)
    letterhead = Letterhead(unit=world.units["DUK"], superior="TỈNH ỦY AN LẠC", valid_from=date(2020, 1, 1))
    letterhead.set_by, letterhead.set_at = world.users["clerk"], NOW
    letterhead.save()
    assert committee_above(world.units["DUK"], day=TODAY) == "Tỉnh ủy An Lạc"


def test_the_list_says_what_is_still_blank(world: World) -> None:
    candidates(world, 1)
    ask = replace(_ask(world), fields=frozenset({"ho_ten", "giay_chung_nhan", "nguoi_gioi_thieu", "so_nguoi"}))
    (one,) = subjects(About.ADMISSION, ask)
    assert one.missing == ("những người giới thiệu",)
    assert one.note == "Nghị quyết của chi bộ, 01/03/2023"


def test_the_roll_adds_up_and_every_number_is_a_figure(world: World) -> None:
    order = PaperOrder(world.units["DUK"], ("doi-chieu-dang-so",), ("DUK",), QUARTER, date(2023, 4, 5))
    (document,) = write_papers(act=world.act("clerk"), order=order).documents
    values = {
        (one.number.measure, one.number.part, one.number.period): int(one.number.value)
        for one in placed_numbers(document)
    }
    closing = values.pop(("members.total", "", "2023-Q1"))
    assert closing == 15
    statuses = [values.pop(("members.total", code, "2023-Q1")) for code in ("official", "probationary")]
    assert sum(statuses) == closing
    opening = values.pop(("members.total", "", "2022-Q4"))
    out = ("members.transferred_out", "members.left", "members.died", "organizations.members_handed_over")
    moved = sum(-value if measure in out else value for (measure, _part, _period), value in values.items())
    assert opening + moved == closing


def test_letters_recognitions_and_cards_come_from_the_register(world: World) -> None:
    letters = subjects(About.TRANSFER, _ask(world))
    assert {one.name for one in letters} >= {"Đỗ Thúy Nga"}
    assert all(one.facts.values["hinh_thuc"] in ("chính thức", "tạm thời") for one in letters)
    for one in letters:
        temporary = one.facts.values["hinh_thuc"] == "tạm thời"
        assert ("thời hạn" in str(one.facts.values["noi_den_thoi_han"])) == temporary
    waiting = subjects(About.RECOGNITION, _ask(world))
    assert {one.name for one in waiting} == {world.members["an"].full_name, world.members["binh"].full_name}
    assert all(one.facts.values["het_du_bi"] for one in waiting)
    assert subjects(About.BADGE, _ask(world)) == ()
    assert isinstance(subjects(About.CARD, _ask(world)), tuple)


def test_the_checker_finds_no_fault_in_what_was_written(world: World, tmp_path: Path) -> None:
    candidates(world, 2)
    for about, codes in (
        (About.ADMISSION, ("to-trinh-ket-nap", "danh-sach-ket-nap", "quyet-dinh-ket-nap", "nghi-quyet-ket-nap")),
        (About.RECOGNITION, ("to-trinh-cong-nhan", "danh-sach-cong-nhan", "quyet-dinh-cong-nhan")),
        (About.TRANSFER, ("gioi-thieu-sinh-hoat",)),
        (About.ROLL, ("doi-chieu-dang-so",)),
    ):
        keys = tuple(one.key for one in subjects(about, _ask(world)))
        order = PaperOrder(world.units["DUK"], codes, keys, QUARTER, date(2023, 4, 5), first_number=3)
        for document in write_papers(act=world.act("clerk"), order=order).documents:
            path = tmp_path / f"{document.type_code}.docx"
            path.write_bytes(to_docx(document))
            assert [str(one) for one in check_document(read_file(path), facts=file_facts(path))] == [], (
                document.type_name
            )


def test_only_a_temporary_transfer_has_a_term(world: World) -> None:
    cell, fund = world.units["DUK.01.01"], world.units["DUK.02"]
    drafts = [
        EntryDraft(
            world.members[name],
            MemberEvent.TRANSFER_SENT,
            TODAY,
            cell,
            from_unit=cell,
            to_unit=fund,
            temporary=True,
            until=until,
        )
        for name, until in (("dao", date(2023, 9, 30)), ("em", None))
    ]
    record_member_entries(act=world.act("clerk"), drafts=drafts)
    letters = {one.name: one for one in subjects(About.TRANSFER, _ask(world))}
    texts = {}
    for name, letter in letters.items():
        order = PaperOrder(world.units["DUK"], ("gioi-thieu-sinh-hoat",), (letter.key,), QUARTER, TODAY)
        (document,) = write_papers(act=world.act("clerk"), order=order).documents
        texts[name] = str(document.body)
    assert "thời hạn đến ngày 30/09/2023" in texts[world.members["dao"].full_name]
    assert "thời hạn đến ngày ……" in texts[world.members["em"].full_name]
    assert "hời hạn đến ngày" not in texts["Đỗ Thúy Nga"]


def test_a_letter_is_printed_while_it_waits_and_again_in_its_period(world: World) -> None:
    cell, fund, act = world.units["DUK.01.01"], world.units["DUK.02"], world.act("clerk")
    sent = EntryDraft(
        world.members["dao"], MemberEvent.TRANSFER_SENT, date(2022, 11, 1), cell, from_unit=cell, to_unit=fund
    )
    (letter,) = record_member_entries(act=act, drafts=[sent])
    before = Ask(world.users["clerk"], world.units["DUK"], TODAY, Period.quarter(2022, 4))

    def notes(ask: Ask) -> list[str]:
        return [one.note for one in subjects(About.TRANSFER, ask) if one.key == str(letter.uid)]

    assert notes(_ask(world)) == notes(before) == ["đến Chi bộ Quỹ Thử nghiệm, ngày 01/11/2022"]
    taken = EntryDraft(
        world.members["dao"],
        MemberEvent.TRANSFERRED,
        date(2022, 11, 20),
        fund,
        from_unit=cell,
        to_unit=fund,
        sent=letter,
    )
    record_member_entries(act=act, drafts=[taken])
    assert notes(_ask(world)) == []
    assert notes(before) == ["đến Chi bộ Quỹ Thử nghiệm, ngày 01/11/2022, đã tiếp nhận"]


def test_who_took_which_paper_is_kept(world: World) -> None:
    (first, *_rest) = subjects(About.RECOGNITION, _ask(world))
    order = PaperOrder(world.units["DUK"], ("quyet-dinh-cong-nhan",), (first.key,), QUARTER, TODAY)
    written = write_papers(act=world.act("clerk"), order=order)
    assert written.file_name == "01-quyet-dinh-cong-nhan.docx"
    rows = list(AuditRow.objects.order_by("pk").values_list("action", "object_uid"))[-2:]
    assert rows == [("papers.written", str(world.units["DUK"].uid)), ("members.file_read", first.key)]


def test_refusals(world: World) -> None:
    duk = world.units["DUK"]
    (first, *_rest) = subjects(About.RECOGNITION, _ask(world))
    good = PaperOrder(duk, ("quyet-dinh-cong-nhan",), (first.key,), QUARTER, TODAY)
    for wrong in (
        replace(good, forms=()),
        replace(good, chosen=()),
        replace(good, chosen=("not-there",)),
        replace(good, forms=("quyet-dinh-cong-nhan", "danh-sach-the")),
        replace(good, first_number=0),
        replace(good, file_format="exe"),
        replace(good, chosen=(first.key,) * 501),
    ):
        with pytest.raises(InvalidInput):
            write_papers(act=world.act("clerk"), order=wrong)
    with pytest.raises(NotFound):
        write_papers(act=world.act("clerk"), order=replace(good, forms=("thu-moi",)))
    with pytest.raises(NotAllowed):
        write_papers(act=world.act("deputy"), order=good)


def test_queries_do_not_grow_with_people(world: World, django_assert_max_num_queries: object) -> None:
    candidates(world, 1)
    for about in About:
        with django_assert_max_num_queries(30):  # type: ignore[operator]
            subjects(about, _ask(world))
    candidates(world, 15)
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        assert len(subjects(About.ADMISSION, _ask(world))) == 16
