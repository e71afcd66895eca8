"""Reports from definitions: what is printed, what is left out, and which slips in a definition are named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.writer.sample import FIGURES, ISSUE, LISTS, NARRATIVES, OFFICE, PERIOD, report

from giaoban.core.errors import Conflict, InvalidInput, NotFound
from giaoban.core.period import Period, Window
from giaoban.writer.blocks import Heading, ListItem, Number, OfficialDocument, Paragraph, placed_numbers, plain_text
from giaoban.writer.definitions import PeriodFacts, build, load, parse_definition, shipped_names
from giaoban.writer.sentences import FigureView, ListEntry

KEYS = {
    *(f"organizations.{kind}" for kind in ("grassroots", "established", "dissolved", "merged", "split", "received")),
    *("organizations.handed_over", "organizations.members_handed_over", "organizations.members_received"),
    *("committees.consolidated", "offices.inspection_commissions_planned", "offices.inspection_commissions_approved"),
    *("offices.appointed", "members.total", "members.admitted", "members.recognised", "members.cards_issued"),
    *("members.cards_issued_organizations", "members.transferred", "members.left", "members.died"),
    *("members.admission_rate", "discipline.members"),
}


# What the sample's figures say by themselves of the quarter.
ASSESSED = ("3. Đánh giá chung", "3.1. Ưu điểm", "3.2. Hạn chế, khuyết điểm")


def headings(document: OfficialDocument) -> list[str]:
    return [f"{block.number} {block.title}" for block in document.body if isinstance(block, Heading)]


def text(document: OfficialDocument) -> str:
    return "\n".join(plain_text(block.inlines) for block in document.body if isinstance(block, Paragraph | ListItem))


def test_what_a_definition_needs() -> None:
    definition = load("quarter")
    assert set(definition.measures()) >= KEYS
    assert len(set(definition.measures())) == len(definition.measures())
    assert "leadership" in definition.slots()
    assert shipped_names() == ("half", "month", "nine_months", "quarter", "year")


def test_sentences_of_the_quarter() -> None:
    printed = text(report())
    for sentence in (
        "Đến 31/3/2023, Đảng bộ Khối có 82 tổ chức cơ sở đảng trực thuộc (đảng bộ cơ sở 55, chi bộ cơ sở 27).",
        "Trong quý I/2023, Ban Thường vụ Đảng ủy Khối đã quyết định: (1) thành lập 01 tổ chức đảng; "
        "(2) chuyển giao 03 tổ chức đảng với 210 đảng viên; (3) kiện toàn cấp ủy tại 04 tổ chức cơ sở đảng; "
        "(4) chỉ định, chuẩn y 09 đồng chí vào cấp ủy, ủy ban kiểm tra cơ sở.",
        "Đến 31/3/2023, Đảng bộ Khối có 6.120 đảng viên (chính thức 5.950, dự bị 170).",
        "Trong quý I/2023, toàn Đảng bộ Khối kết nạp 53 đảng viên, tăng 20 đồng chí (60,6%) so với cùng kỳ; "
        "đạt 44,2% chỉ tiêu năm, còn thiếu 67 đồng chí.",
        "Tỷ lệ kết nạp đảng viên so với đầu năm đạt 0,9% (chỉ tiêu năm 3%), tăng 0,3 điểm phần trăm so với cùng kỳ.",
        "Công nhận chính thức 116 đảng viên, giảm 08 đồng chí (6,5%) so với cùng kỳ.",
        "Phát thẻ cho 77 đảng viên của 29 chi, đảng bộ cơ sở, bằng cùng kỳ năm trước.",
        "Làm thủ tục chuyển sinh hoạt đảng cho 114 đảng viên, trong đó chuyển đến 33, chuyển đi 59, chuyển nội bộ 22.",
        "Có 03 đảng viên ra khỏi Đảng (xin ra 01, xóa tên 02), giảm 01 trường hợp so với cùng kỳ.",
        "Có 07 đảng viên từ trần.",
        "Trong quý, toàn Đảng bộ Khối thi hành kỷ luật 06 đảng viên (khiển trách 05, cảnh cáo 01), "
        "tăng 01 trường hợp so với cùng kỳ.",
    ):
        assert sentence in printed


def test_a_quarter_in_which_nothing_happened() -> None:
    nothing = dict.fromkeys(load("quarter").measures(), FigureView(0, previous=0, cumulative=0))
    printed = text(report(figures=nothing, lists={}, narratives={}))
    assert "Trong quý I/2023, không có thay đổi về tổ chức đảng và cấp ủy." in printed
    assert "Trong quý I/2023, toàn Đảng bộ Khối không kết nạp đảng viên nào." in printed
    assert "Không phát thẻ cho đảng viên nào." in printed
    assert "Không có đảng viên ra khỏi Đảng." in printed
    assert "Trong quý, không có đảng viên bị thi hành kỷ luật." in printed
    assert "từ trần" not in printed
    assert "ủy ban kiểm tra" not in printed


def test_nothing_is_said_of_what_is_not_known_and_empty_sections_vanish() -> None:
    document = report(figures=dict.fromkeys(KEYS, FigureView(None)), lists={}, narratives={})
    assert headings(document) == []
    assert text(document) == "Trên đây là báo cáo kết quả công tác quý I/2023 của Đảng ủy Khối."
    assert document.title == ("Kết quả công tác quý I/2023",)
    assert list(placed_numbers(document)) == []


def test_numbers_of_headings_run_over_what_is_left() -> None:
    assert headings(report(narratives={"education": "Một.", "political_tasks": "Hai."})) == [
        "I- KẾT QUẢ CÔNG TÁC QUÝ I/2023",
        "1. Công tác xây dựng Đảng",
        "1.1. Công tác giáo dục chính trị, tư tưởng",
        "1.2. Công tác tổ chức",
        "1.3. Công tác đảng viên",
        "1.4. Công tác kiểm tra, giám sát, thi hành kỷ luật",
        "2. Kết quả thực hiện nhiệm vụ chính trị",
        *ASSESSED,
    ]


def test_empty_slots_can_be_marked() -> None:
    document = report(narratives={}, mark_empty=True)
    assert "[Các nhiệm vụ trọng tâm của kỳ sau]" in text(document)
    assert "III- NHIỆM VỤ TRỌNG TÂM QUÝ II/2023" in headings(document)


def test_narrative_lines_become_paragraphs_and_items() -> None:
    leading = report().body[1:4]
    assert [type(block) for block in leading] == [Paragraph, ListItem, ListItem]


def test_office_may_order_its_sections() -> None:
    office = replace(OFFICE, outline=("political_tasks", "members"))
    document = report(office=office, narratives={"political_tasks": "Nội dung."})
    assert headings(document) == [
        "I- KẾT QUẢ CÔNG TÁC QUÝ I/2023",
        "1. Kết quả thực hiện nhiệm vụ chính trị",
        "2. Công tác xây dựng Đảng",
        "2.1. Công tác đảng viên",
        "2.2. Công tác tổ chức",
        "2.3. Công tác kiểm tra, giám sát, thi hành kỷ luật",
        *ASSESSED,
    ]


def test_cut_off_date_is_printed() -> None:
    bounds = Window(date(2022, 12, 16), date(2023, 3, 16))
    printed = text(report(period=PeriodFacts(Period.parse("2023-Q1"), bounds)))
    assert "Đến 15/3/2023, Đảng bộ Khối có 6.120 đảng viên" in printed


def test_late_quarter_is_judged_by_the_calendar() -> None:
    figures = FIGURES | {"members.admitted": FigureView(20, cumulative=73, target=120, percent_of_target=60.8)}
    printed = text(report(figures=figures, period=PeriodFacts(Period.parse("2023-Q3"))))
    assert (
        "kết nạp 20 đảng viên; lũy kế từ đầu năm kết nạp 73 đảng viên, mới đạt 60,8% chỉ tiêu năm, còn thiếu 47"
        in printed
    )


@pytest.mark.parametrize(
    ("period", "title"),
    [
        ("2023-Q4", ("Kết quả công tác quý IV/2023", "và nhiệm vụ trọng tâm quý I/2024")),
        ("2023-H1", ("Kết quả công tác 6 tháng đầu năm 2023", "và nhiệm vụ trọng tâm 6 tháng cuối năm 2023")),
        ("2023-9M", ("Kết quả công tác 9 tháng năm 2023", "và nhiệm vụ trọng tâm quý IV/2023")),
        ("2023", ("Kết quả công tác năm 2023", "và nhiệm vụ trọng tâm năm 2024")),
        ("2023-M03", ("Kết quả công tác tháng 3/2023", "và nhiệm vụ trọng tâm tháng 4/2023")),
    ],
)
def test_title_names_period_and_next(period: str, title: tuple[str, ...]) -> None:
    assert report(period=PeriodFacts(Period.parse(period))).title == title


def test_numbers_know_the_period() -> None:
    numbers = [placed.number for placed in placed_numbers(report())]
    assert {number.period for number in numbers if isinstance(number, Number)} == {"2023-Q1"}


def test_document_carries_the_office_and_the_issue() -> None:
    document = report(issue=replace(ISSUE, number=None, draft_mark="Dự thảo lần 1"))
    assert (document.number, document.draft_mark, document.symbol) == (None, "Dự thảo lần 1", "BC/ĐUK")
    assert document.recipients == OFFICE.recipients


def test_missing_figure_is_named() -> None:
    definition = parse_definition(SMALL, where="small.toml")
    figures = {key: FigureView(1) for key in definition.measures() if key != "a.b"}
    with pytest.raises(NotFound, match=r"«a\.b»"):
        build(definition, figures, office=OFFICE, period=PERIOD, issue=ISSUE)


def test_list_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(Conflict, match=r"committees\.consolidated: .*1 dòng nhưng số liệu là 4"):
        report(lists={"committees.consolidated": [ListEntry("Một")]})


def test_footnotes_count_what_their_number_counts() -> None:
    assert {key: len(entries) for key, entries in LISTS.items()} == {key: FIGURES[key].value for key in LISTS}


def test_unknown_slot_or_outline_is_named() -> None:
    with pytest.raises(InvalidInput, match=r"nội dung viết: .*không có tinh_hinh; cần: .*leadership"):
        report(narratives=NARRATIVES | {"tinh_hinh": "x"})
    with pytest.raises(InvalidInput, match=r"bố cục của cơ quan: .*không có xyz"):
        report(office=replace(OFFICE, outline=("xyz",)))


def test_unknown_report() -> None:
    with pytest.raises(NotFound, match=r"«week».*quarter"):
        load("week")


SMALL = """
name = "small"
type_code = "BC"
type_name = "Báo cáo"

[[title]]
text = "Kết quả {period}"

[[sections]]
id = "one"
level = 1
title = "MỘT"

[[sections.paragraphs]]

[[sections.paragraphs.sentences]]
pattern = "words"
text = "Trong kỳ, {committee} làm việc với {standing}."

[[sections.paragraphs.sentences]]
measure = "members.admitted"
verb = "kết nạp"
noun = "đảng viên"
zero = "không có"
parts = { a = "nam" }
attached = { measure = "x.y", join = "của", noun = "chi bộ", alone = "{n} chi bộ" }
percent = false
show = "always"

[[sections.paragraphs.sentences]]
pattern = "series"
subject = "Đảng ủy"
items = [{ measure = "a.b", verb = "giao", noun = "việc" }]

[[sections.paragraphs.sentences]]
pattern = "plan"
measure = "members.admitted"
verb = "kết nạp"
noun = "đảng viên"

[[sections.paragraphs.sentences]]
pattern = "duty"
measure = "obligations.missing"
noun = "đơn vị"
done = "gửi báo cáo"
others = { late = "gửi chậm" }
"""


def test_own_definition_is_read() -> None:
    definition = parse_definition(SMALL, where="small.toml")
    assert definition.measures() == ("members.admitted", "x.y", "a.b", "obligations.missing")
    assert definition.closing == ""


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('name = "small"', "name = ", "small.toml, dòng 2, cột 8: Không đọc được mẫu báo cáo: sai cú pháp ở «name =»"),
        ('name = "small"', "", "Thiếu mục «name»"),
        ('name = "small"', "name = 3", "Mục «name» có giá trị «3»"),
        ('type_code = "BC"', 'type_code = "BC"\nkind = "x"', "Không có mục kind"),
        ("{period}", "{perod}", "title, dòng 7: Không có chỗ điền {perod}"),
        ("{period}", "{period", "Dấu ngoặc nhọn"),
        ('title = "MỘT"', 'title = "{X}"', "small.toml, one, dòng 12: Không có chỗ điền {X}"),
        ("level = 1", "level = 2", "cấp 2 sau một phần ở cấp 0"),
        ("level = 1", 'level = "1"', "level kiểu int"),
        (
            'pattern = "plan"',
            'pattern = "plann"',
            "câu 4, dòng 36: Không có mẫu câu «plann»; cần: một trong count, stock",
        ),
        ('noun = "việc"', 'nown = "việc"', "câu 3, items 1, dòng 33: Không có mục «nown»"),
        (', noun = "việc"', "", "Thiếu mục «noun»"),
        ("percent = false", 'percent = "no"', "câu 2, dòng 27: Mục «percent» có giá trị «no»; cần: true hoặc false"),
        ("percent = false", "percents = false", "dòng 27: Không có mục «percents»"),
        ("percent = false", "percents = false", "Có phải là «percent»?"),
        ("percent = false", 'levels = ["uper"]', "dòng 27: Mục «levels» có giá trị «['uper']»"),
        ('noun = "đảng viên"\nzero', 'note = """\nnoun = 3\n"""\nzero', "dòng 23: Không có mục «note»"),
        ('show = "always"', 'show = "sometimes"', "always hoặc positive"),
        ('parts = { a = "nam" }', "parts = { a = 1 }", "Mục «parts»"),
        ('zero = "không có"', 'zero = "chưa có"', "bắt đầu bằng chữ «không»"),
        ('alone = "{n} chi bộ"', 'alone = "chi bộ"', "có {n}"),
        ('items = [{ measure = "a.b", verb = "giao", noun = "việc" }]', "items = []", "ít nhất một mục"),
        (
            'pattern = "plan"\nmeasure = "members.admitted"',
            'pattern = "plan"\nmeasure = "discipline.members"',
            "«discipline.members» không so với kế hoạch",
        ),
        ("[[sections.paragraphs]]", '[[sections.paragraphs]]\nslot = "x"', "sentences, slot hoặc table"),
        (
            "[[sections]]",
            '[[sections]]\nid = "one"\nlevel = 1\ntitle = "KHÔNG"\n[[sections]]',
            "Trùng mã phần: one",
        ),
        ('text = "Kết quả {period}"', 'text = "Kết quả"\nsection = "two"', "Không có phần «two»"),
        ("[[title]]", "title = [1]\n[[titles]]", "Mục «title» không phải danh sách bảng"),
        ('pattern = "plan"', 'pattern = ["plan"]', "Mục «pattern» có giá trị «['plan']»"),
    ],
)
def test_slips_in_a_definition_are_named(before: str, after: str, message: str) -> None:
    assert before in SMALL
    with pytest.raises(InvalidInput) as caught:
        parse_definition(SMALL.replace(before, after, 1), where="small.toml")
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[sections]]\nid = "new"\nlevel = 3\ntitle = "Mới"', "own.toml, dòng 5: Phần «new» là phần mới"),
        ('[[sections]]\nid = "gone"\nremove = true', "own.toml, dòng 5: Mẫu gốc không có phần «gone»"),
        ('[[sections]]\nid = "members"\n\n[[sections.more]]\n\n[[sections.more.sentences]]\nverb = "có"', "dòng 10"),
        ('[[sections]]\nid = "members"\ntitle = "{Y}"', "own.toml, members, dòng 7: Không có chỗ điền {Y}"),
    ],
)
def test_slips_in_an_extension_name_the_line_of_its_own_file(text: str, message: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        parse_definition(f'extends = "quarter"\nname = "own"\nperiods = ["quarter"]\n\n{text}\n', where="own.toml")
    assert message in str(caught.value)


def test_an_extension_of_what_is_not_there() -> None:
    with pytest.raises(
        InvalidInput, match=r"own.toml, dòng 1: Không có mẫu báo cáo «quater» để mở rộng; cần: một trong half"
    ):
        parse_definition('extends = "quater"', where="own.toml")


def test_a_unit_says_what_its_level_can_say() -> None:
    """One definition: a committee names whom it leads, a cell says only what happened in it."""
    said = {
        level: text(report(office=replace(OFFICE, level=level), narratives={}))
        for level in ("upper", "grassroots", "cell")
    }
    assert "82 tổ chức cơ sở đảng trực thuộc" in said["upper"]
    assert "tại 04 tổ chức cơ sở đảng" in said["upper"]
    assert "tại 04 tổ chức đảng" in said["grassroots"]
    assert "của 29 chi, đảng bộ cơ sở" in said["upper"]
    for level in ("grassroots", "cell"):
        assert "tổ chức cơ sở đảng" not in said[level]
        assert "chi, đảng bộ cơ sở" not in said[level]
    assert "kiện toàn" not in said["cell"]
    nothing = FIGURES | {key: FigureView(0, previous=0) for key in ("members.admitted", "members.cards_issued")}
    silent = text(report(figures=nothing, office=replace(OFFICE, level="cell"), lists={}))
    assert "không kết nạp đảng viên nào" in silent
    assert "phát thẻ" not in silent.lower()
