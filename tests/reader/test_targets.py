"""Targets: goals with operator, value, unit and deadline; results stay silent."""

from __future__ import annotations

from decimal import Decimal

import pytest

from giaoban.reader import read_text
from giaoban.reader.model import Target


def targets(text: str) -> tuple[Target, ...]:
    document = read_text(text)
    assert all(text[item.start : item.end] == item.text for item in document.targets)
    return document.targets


GOALS = "I. MỤC TIÊU\n1. Các chỉ tiêu chủ yếu\n- {}.\n"

OPERATORS = [
    ("Tỷ lệ đô thị hóa đạt 69%", "=", Decimal(69), "%", "a plain value"),
    ("Tốc độ tăng trưởng đạt trên 10%", ">", Decimal(10), "%", "above"),
    ("Thu ngân sách đạt từ 850 tỷ đồng trở lên", ">=", Decimal(850), "tỷ đồng", "«from … upwards»"),
    ("Phát triển mới ít nhất 2.000 doanh nghiệp", ">=", Decimal(2000), "doanh nghiệp", "at least, with thousands"),
    ("Thu nhập bình quân không dưới 65 triệu đồng/người/năm", ">=", Decimal(65), "triệu đồng/người/năm", "not below"),
    ("Kết nạp trên 40 đồng chí", ">", Decimal(40), "đồng chí", "persons, not money"),
    ("Trường học đạt chuẩn quốc gia: 11/14 trường", "=", Decimal(11), "trường", "so many of all"),
    ("Buồng từ 3 sao trở lên chiếm 35%", "=", Decimal(35), "%", "a value that says which ones"),
    ("Phấn đấu đón 10 triệu lượt khách", "=", Decimal(10), "triệu lượt", "a verb of work behind «phấn đấu»"),
    ("Tuổi thọ trung bình đạt 75,5 tuổi", "=", Decimal("75.5"), "tuổi", "a value of four signs is no year"),
    ("Số bác sĩ trên 1 vạn dân đạt 15 bác sĩ", "=", Decimal(15), "bác sĩ", "what it is measured by is no value"),
    ("Trên 95% dân số tham gia bảo hiểm y tế", ">", Decimal(95), "%", "a share of the people is one"),
    ("Số bác sĩ/10.000 dân: 12", "=", Decimal(12), None, "a bare number behind a colon"),
    ("Kết nạp bình quân mỗi năm 25 đảng viên", "=", Decimal(25), "đảng viên", "so many each year"),
    ("Vốn đầu tư toàn xã hội 5 năm khoảng 320 nghìn tỷ đồng", "=", Decimal(320), "nghìn tỷ đồng", "years before it"),
    ("Tỷ lệ hộ nghèo giảm từ 1,5 - 2 điểm phần trăm", "range", (Decimal("1.5"), Decimal(2)), "điểm phần trăm", "%"),
    ("Xây dựng 02 tuyến phố văn minh", "=", Decimal(2), None, "a verb of work, a rare noun"),
    ("Số giường bệnh/vạn dân: 32 giường", "=", Decimal(32), "giường", "behind a colon"),
    ("Tốc độ tăng trưởng bình quân 5 năm đạt 10% trở lên", ">=", Decimal(10), "%", "years that it is measured over"),
    ("Tỷ lệ hài lòng bằng hoặc cao hơn 96%", ">=", Decimal(96), "%", "equal or above"),
    ("Thu nhập trên một ha rừng gấp 1,5 lần so với năm 2020", "=", Decimal("1.5"), "lần", "times"),
    ("Tỷ suất sinh không quá 15‰", "<=", Decimal(15), "‰", "not above"),
    ("Tỷ lệ hộ nghèo giảm xuống dưới 0,5%", "<", Decimal("0.5"), "%", "below, with decimals"),
    ("Số đảng viên mới tăng từ 3 - 3,5%", "range", (Decimal(3), Decimal("3.5")), "%", "a range"),
    ("100% chi bộ tổ chức sinh hoạt chuyên đề", "=", Decimal(100), "%", "the value first"),
    ("Giữ vững tỷ lệ che phủ rừng đạt 55%", "keep", None, None, "what is to stay as it is"),
    ("Tỷ lệ lao động đã qua đào tạo đạt 87%", "=", Decimal(87), "%", "«đã qua đào tạo» tells no result"),
]


@pytest.mark.parametrize(("goal", "op", "value", "unit", "reason"), OPERATORS)
def test_operators(goal: str, op: str, value: object, unit: str | None, reason: str) -> None:
    (found,) = targets(GOALS.format(goal))
    assert (found.op, found.value, found.unit, found.section, found.text) == (op, value, unit, "I.1", goal), reason


def test_a_long_sentence_is_cut_into_its_goals() -> None:
    found = targets(
        "Phấn đấu tốc độ tăng trưởng đạt 10 - 11%; thu ngân sách không thấp hơn 54.800 tỷ đồng, trong đó thu nội địa "
        "đạt trên 40.000 tỷ đồng; tỷ lệ hộ nghèo giảm còn dưới 1%, tạo ra ít nhất 20.000 việc làm.\nNăm 2022 đạt 9%."
    )
    assert [(item.name, item.op, item.value) for item in found] == [
        ("tốc độ tăng trưởng", "range", (Decimal(10), Decimal(11))),
        ("thu ngân sách", ">=", Decimal(54800)),
        ("thu nội địa", ">", Decimal(40000)),
        ("tỷ lệ hộ nghèo", "<", Decimal(1)),
        ("tạo ra việc làm", ">=", Decimal(20000)),
    ]


def test_deadlines_come_from_the_clause_or_the_heading() -> None:
    found = targets(
        "I. CHỈ TIÊU\n1. Đến năm 2025\n- Có trên 60% doanh nghiệp có tổ chức đảng.\n"
        "- Đến năm 2030 đạt tối thiểu 80%.\n- Trước ngày 30/6/2024, hoàn thành 100% kế hoạch.\n"
    )
    assert [item.deadline for item in found] == ["2025", "2030", "2024-06-30"]


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("Phấn đấu năm 2026: GRDP tăng 10,5%; thu hút 5,5 triệu lượt khách.", ["2026", "2026"], "a year before a list"),
        ("II. CHỈ TIÊU NĂM 2026\n1. Kết nạp đạt 5%.\n", ["2026"], "a year in the heading"),
        ("I. MỤC TIÊU\n1. Đến năm 2025, đất trồng đạt 5%; rừng đạt 6%.\n", ["2025", "2025"], "«đến năm» of a sentence"),
        ("I. MỤC TIÊU\n1. Hết nhiệm kỳ (2025) đạt trên 80%.\n", ["2025"], "the end of a term"),
        ("NGHỊ QUYẾT\nvề phương hướng, nhiệm vụ năm 2026\n\n1. Chỉ tiêu\n- Rừng đạt 6%.\n", ["2026"], "the title"),
        ("NGHỊ QUYẾT\nĐại hội xã, nhiệm kỳ 2025 - 2030\n\n1. Chỉ tiêu\n- Rừng đạt 6%.\n", ["2030"], "a term's end"),
        (
            "BÁO CÁO\nkết quả năm 2024, nhiệm vụ năm 2025\n\n1. Chỉ tiêu\n- Rừng đạt 6%.\n",
            ["2025"],
            "a report's year ahead",
        ),
        (
            "BÁO CÁO\nkết quả thực hiện nhiệm vụ năm 2024\n\n1. Chỉ tiêu\n- Rừng đạt trên 6%.\n",
            [None],
            "a report of results sets no time",
        ),
        ("Năm 2025, tỉnh phấn đấu giảm tối thiểu 5% số vụ; 100% trường ký cam kết.", ["2025"] * 2, "a year before"),
        (
            "Đảng bộ đặt mục tiêu đến năm 2025 mở rộng lên 100 ha, thu nhập đạt trên 65 triệu đồng/người.",
            ["2025"] * 2,
            "«đến năm» of two goals",
        ),
        (
            "Kế hoạch đề ra một số chỉ tiêu như: Phấn đấu đến năm 2020, trên 45% lao động có bảo hiểm; 90% có nghề.",
            ["2020"] * 2,
            "«đến năm» behind the colon of a list",
        ),
        (
            "Phấn đấu đến cuối năm 2027 xây dựng 12 nhà văn hóa; trên 45% hộ có nước máy.",
            ["2027"] * 2,
            "«đến năm» of a sentence",
        ),
    ],
)
def test_deadlines_of_several_goals(text: str, expected: list[str | None], reason: str) -> None:
    assert [item.deadline for item in targets(text)] == expected, reason


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        (
            "Phấn đấu thu ngân sách đạt 820 tỷ đồng, trong đó thu nội địa đạt 610 tỷ đồng, thu khác 210 tỷ đồng; hộ "
            "nghèo dưới 2%.",
            [None, 0, 0, None],
            "«trong đó» up to the semicolon",
        ),
        (
            "I. MỤC TIÊU\n1. Thu ngân sách đạt 820 tỷ đồng, trong đó:\n- Thu nội địa đạt 610 tỷ đồng.\n"
            "- Thu khác đạt 210 tỷ đồng.\n2. Hộ nghèo dưới 2%.\n",
            [None, 0, 0, None],
            "points below «trong đó:»",
        ),
        ("I. MỤC TIÊU\n1. Hộ nghèo dưới 2%; riêng vùng cao dưới 5%.\n", [None, 0], "«riêng»"),
        (
            "I. MỤC TIÊU\n1. Trường chuẩn đạt 90% (trong đó mầm non đạt 95%), lớp kiên cố đạt 100%.\n",
            [None, 0, None],
            "a bracket closes the parts",
        ),
    ],
)
def test_parts_of_goals(text: str, expected: list[int | None], reason: str) -> None:
    assert [item.parent for item in targets(text)] == expected, reason


def test_a_clause_without_a_name_goes_on_with_the_goal_before_it() -> None:
    found = targets("I. MỤC TIÊU\n1. Hộ nghèo giảm 2%/năm; đến năm 2030 còn dưới 3%.\n")
    assert [item.name for item in found] == ["Hộ nghèo", "Hộ nghèo"]


def test_plans_of_work_set_goals_only_by_comparing() -> None:
    found = targets(
        "II. PHƯƠNG HƯỚNG NĂM 2027\n1. Kết nạp ít nhất 06 đảng viên; mở 04 lớp, kinh phí 120 triệu đồng; 100% chi bộ "
        "họp đúng kỳ.\nNghị quyết được 41/41 đồng chí biểu quyết tán thành (100%).\n"
    )
    assert [(item.op, item.value) for item in found] == [(">=", Decimal(6)), ("=", Decimal(100))]


def test_a_meeting_agrees_on_goals() -> None:
    found = targets(
        "Đại hội thống nhất các chỉ tiêu đến năm 2030:\n(1) Thu ngân sách tăng 12%/năm.\n"
        "(2) Đón 5,5 triệu lượt khách.\nKết quả các chỉ tiêu năm trước: tăng trưởng đạt 9%.\n"
    )
    assert [(item.value, item.deadline) for item in found] == [(Decimal(12), "2030"), (Decimal("5.5"), "2030")]


RESULTS = [
    ("I. KẾT QUẢ\n1. Tăng trưởng đạt 10,28%; thu ngân sách trên 55.000 tỷ đồng.", "a section of results"),
    ("Đã kết nạp 53 đảng viên, đạt 105% chỉ tiêu năm, tăng 20 đồng chí so với cùng kỳ.", "a share of the plan"),
    (
        "I. MỤC TIÊU\n1. Mục tiêu tổng quát\nThực hiện Nghị quyết số 12-NQ/TU, nhiệm kỳ 2020 - 2025.",
        "numbers of papers",
    ),
    (
        "I. MỤC TIÊU\n\nKết quả năm 2025: tăng trưởng đạt 9,8%, thu ngân sách đạt 21.340 tỷ đồng.",
        "results below a goal",
    ),
    ("Hoàn thành 14/15 chỉ tiêu kinh tế; có 12/12 chỉ tiêu đạt và vượt.", "a count of targets"),
]


@pytest.mark.parametrize(("text", "reason"), RESULTS)
def test_results_are_no_targets(text: str, reason: str) -> None:
    assert targets(text) == (), reason


MORE_GOALS = [
    ("- Kết nạp 600 hội viên trở lên.", [(">=", 600)], "a noun that is no unit of measure"),
    ("- Triển khai mỗi năm từ 02 kỹ thuật mới trở lên.", [(">=", 2)], "words between the number and «trở lên»"),
    ("- Kết nạp 35 đảng viên, mỗi năm không ít hơn 07 đảng viên.", [("=", 35), (">=", 7)], "«năm» before a comparison"),
    ("- Giải quyết việc làm cho 3.500 lao động.", [("=", 3500)], "a verb of work"),
    ("- Kiểm tra 02 đảng viên, giám sát 01 đảng viên.", [("=", 2), ("=", 1)], "two verbs of work"),
    ("- Tỷ lệ cấp ủy viên dưới 40 tuổi đạt từ 15% trở lên.", [(">=", 15)], "who is meant"),
    ("- Hết năm 2025 có 50% trở lên số cán bộ có bằng.", [(">=", 50)], "the year is no value"),
    ("- Tiếp nhận hồ sơ vào ngày 03 hằng tháng.", [], "a day"),
]


@pytest.mark.parametrize(("goal", "expected", "reason"), MORE_GOALS)
def test_more_goals(goal: str, expected: list[tuple[str, int]], reason: str) -> None:
    found = [(item.op, item.value) for item in targets(f"I. MỤC TIÊU\n1. Các chỉ tiêu\n{goal}\n")]
    assert found == expected, reason


def test_paragraphs_after_one_of_goals_go_on_with_them() -> None:
    found = targets(
        "Phấn đấu đến năm 2030 thu nhập bình quân đạt 95 triệu đồng.\n"
        "Từ nay đến hết quý II/2026, hoàn thành 100% việc số hóa hồ sơ.\n"
        "Kéo giảm tai nạn giao thông từ 5 - 10%.\n"
        "Năm 2024, toàn huyện có trên 88% thôn có điểm văn hóa.\n"
        "Duy trì sinh hoạt, trên 95% đảng viên dự họp.\n"
    )
    assert [(item.value, item.deadline) for item in found] == [
        (Decimal(95), "2030"),
        (Decimal(100), "2026-Q2"),
        ((Decimal(5), Decimal(10)), None),
    ]


def test_plans_keep_rates() -> None:
    (found,) = targets("I. NHIỆM VỤ NĂM 2022\n- Giữ vững tỷ lệ cơ sở vững mạnh đạt 95%.\n- Duy trì giao ban tuần.\n")
    assert (found.op, found.deadline) == ("keep", "2022")


def test_a_plan_in_a_bracket_makes_no_heading_of_goals() -> None:
    text = "II. CÔNG TÁC XÂY DỰNG ĐẢNG\n1. Kết nạp 31 đảng viên (chỉ tiêu năm: 50), đạt 62%; sinh viên 24 đồng chí.\n"
    assert targets(text) == ()


def test_one_rate_by_two_years() -> None:
    found = targets(GOALS.format("Tỷ lệ hộ dùng nước sạch đạt 85% vào năm 2028 và đạt 95% vào năm 2030"))
    assert [(item.value, item.deadline) for item in found] == [(Decimal(85), "2028"), (Decimal(95), "2030")]


_TABLE = (
    "CÁC CHỈ TIÊU CHỦ YẾU\n\nTT\tChỉ tiêu\tĐơn vị tính\tNăm 2025\tMục tiêu 2030\n"
    "1\tTăng trưởng bình quân\t%/năm\t7,2\t≥ 9\n2\tTỷ lệ hộ nghèo\t%\t4,1\t≤ 1,5\n"
    "3\tSố giường bệnh\tgiường\t28\t30 - 34\n"
)


def test_goals_in_the_rows_of_a_table() -> None:
    found = [(item.name, item.op, item.value, item.unit, item.deadline) for item in targets(_TABLE)]
    assert found == [
        ("Tăng trưởng bình quân", ">=", Decimal(9), "%/năm", "2030"),
        ("Tỷ lệ hộ nghèo", "<=", Decimal("1.5"), "%", "2030"),
        ("Số giường bệnh", "range", (Decimal(30), Decimal(34)), "giường", "2030"),
    ]


def test_a_table_of_plan_and_result_sets_no_goals() -> None:
    text = "TT\tChỉ tiêu\tKế hoạch\tThực hiện\n1\tKết nạp đảng viên\t24\t13\n"
    assert targets(text) == ()
    (found,) = targets(text.replace("Kế hoạch", "Kế hoạch 2026").replace("Thực hiện", "Thực hiện 2025"))
    assert (found.value, found.deadline) == (Decimal(24), "2026")


def test_the_same_of_others_behind_a_comma() -> None:
    found = targets(GOALS.format("Tỷ lệ thu gom rác đạt trên 95% ở đô thị, 85% ở nông thôn"))
    assert [item.value for item in found] == [Decimal(95), Decimal(85)]


def test_goals_of_tables_and_sentences_keep_their_parts() -> None:
    text = _TABLE + "\nI. CHỈ TIÊU\n- Thu ngân sách đạt 48 tỷ đồng, trong đó thuế tối thiểu 21 tỷ đồng.\n"
    found = targets(text)
    assert len(found) == 5
    assert found[4].parent == 3


def test_goals_without_a_verb() -> None:
    money = "a) Thu ngân sách trên địa bàn 430 tỷ đồng, phấn đấu vượt tối thiểu 5%.\n"
    text = f"I. CHỈ TIÊU\n{money}b) Sản lượng lương thực có hạt 41.500 tấn.\n"
    assert [item.value for item in targets(text)] == [Decimal(430), Decimal(5), Decimal(41500)]


def test_a_part_in_brackets_and_a_second_share_are_goals() -> None:
    text = GOALS.format("Hồ sơ trực tuyến đạt trên 65% (riêng hộ tịch đạt 90%)")
    assert [(item.value, item.parent) for item in targets(text)] == [(Decimal(65), None), (Decimal(90), 0)]
    text = GOALS.format("Đến năm 2030: 95% hộ đăng ký, trên 90% số hộ đăng ký thực hiện đúng cam kết")
    assert [(item.op, item.deadline) for item in targets(text)] == [("=", "2030"), (">", "2030")]


def test_by_when_stands_before_who_sets_himself_a_goal() -> None:
    (found,) = targets("Theo kế hoạch, đến cuối năm 2027 phường phấn đấu trồng thêm 3.000 cây xanh.")
    assert found.deadline == "2027"


ANNOUNCED = [
    (
        "Các chỉ tiêu kinh tế - xã hội năm 2027 1. Tăng trưởng từ 7,5% đến 8%; trong đó: nông nghiệp tăng từ 1,2% đến "
        "1,4%. 2. Thu nhập từ 80,5 triệu đồng đến 81 triệu đồng.\n",
        [(Decimal("7.5"), Decimal(8)), (Decimal("1.2"), Decimal("1.4")), (Decimal("80.5"), Decimal(81))],
    ),
    (
        "Về các chỉ tiêu chủ yếu, thu ngân sách tăng 8%; sản lượng đạt 4.100 tấn.\n\nTỷ lệ hộ nghèo giảm 2%.\n",
        [Decimal(8), Decimal(4100), Decimal(2)],
    ),
    (
        "Huyện đề ra một số chỉ tiêu cơ bản như tổng diện tích gieo trồng 21.000ha, sản lượng 16.650 tấn.\n",
        [Decimal(21000), Decimal(16650)],
    ),
    (
        "Mục tiêu của Kế hoạch đến năm 2030, bảo đảm nguồn cung. Duy trì tốc độ tăng đàn: trâu 0,5%, bò 2,3%/năm.\n",
        [Decimal("0.5"), Decimal("2.3")],
    ),
    (
        "Liên đoàn giao chỉ tiêu phấn đấu thành lập 30 công đoàn cơ sở và phát triển 2.135 đoàn viên.\n",
        [Decimal(30), Decimal(2135)],
    ),
    (
        "Phấn đấu 90% doanh nghiệp và 50% hợp tác xã đã đi vào hoạt động có tổ chức đoàn.\n",
        [Decimal(90), Decimal(50)],
    ),
    (
        "Nghị quyết xác định mục tiêu cụ thể về nông nghiệp đến năm 2030 như sau:\n\n- Tốc độ tăng trưởng phấn đấu đạt "
        "bình quân 3%/năm.\n\n- Số xã đạt chuẩn trên 90%; bình quân hằng năm đào tạo nghề cho khoảng 1.500 lao động.\n",
        [Decimal(3), Decimal(90), Decimal(1500)],
    ),
    (
        "Hội phấn đấu có hơn 90% hội viên đăng ký thi đua. Hằng năm, mỗi cơ sở xây dựng từ 1 đến 2 mô hình, tỷ lệ hộ "
        "nghèo giảm 3%/năm.\n",
        [Decimal(90), (Decimal(1), Decimal(2)), Decimal(3)],
    ),
    (
        "Hội phấn đấu 100% chi hội vững mạnh, 35% trở lên đạt xuất sắc; 98% hội viên gương mẫu, giảm nghèo 08 hộ, đóng "
        "góp quỹ từ 150 triệu đồng trở lên.\n",
        [Decimal(100), Decimal(35), Decimal(98), Decimal(8), Decimal(150)],
    ),
    (
        "Phường đặt mục tiêu tăng thu ngân sách bình quân 8-9% và tăng giá trị sản phẩm trên địa bàn tối thiểu 12%.\n",
        [(Decimal(8), Decimal(9)), Decimal(12)],
    ),
    (
        "Nghị quyết đặt ra 26 chỉ tiêu cụ thể trên các lĩnh vực: kinh tế, xã hội.\n\nTrong đó, tốc độ tăng trưởng đạt "
        "14 - 14,5%; giá trị gia tăng đạt 98 triệu đồng/người.\n",
        [(Decimal(14), Decimal("14.5")), Decimal(98)],
    ),
    (
        "Đó là một trong những chỉ tiêu quan trọng của Đoàn.\n\nCụ thể: Mỗi cơ sở có ít nhất 01 hoạt động; 100% cơ sở "
        "Đoàn tổ chức đối thoại.\n",
        [Decimal(1), Decimal(100)],
    ),
    (
        "Theo Nghị quyết số 12-NQ/HU của Huyện ủy, đến năm 2030 toàn huyện kết nạp từ 400 đảng viên trở lên.\n",
        [Decimal(400)],
    ),
]


@pytest.mark.parametrize(("text", "values"), ANNOUNCED)
def test_goals_that_a_sentence_announces(text: str, values: list[object]) -> None:
    assert [item.value for item in targets(text)] == values


def test_what_compares_with_a_year_is_no_goal() -> None:
    assert targets("Mục tiêu tổng quát là: lạm phát thấp hơn, tăng trưởng cao hơn 2012.") == ()


def test_the_name_of_a_goal_leaves_out_what_announces_it() -> None:
    (found,) = targets("Về các chỉ tiêu chủ yếu, tỷ lệ tăng trưởng đạt 5,5%.")
    assert found.name == "tỷ lệ tăng trưởng"
    (found,) = targets("Phấn đấu kết nạp mới 35 đảng viên trở lên.")
    assert found.name == "kết nạp mới đảng viên"


NAMES = [
    ("Tốc độ tăng trưởng nông nghiệp phấn đấu đạt bình quân 3%/năm.", "Tốc độ tăng trưởng nông nghiệp"),
    ("Phấn đấu hằng năm, có ít nhất 90% chi bộ hoàn thành tốt nhiệm vụ.", "chi bộ hoàn thành tốt nhiệm vụ"),
    ("Phấn đấu hoàn thành 100% việc số hoá hồ sơ.", "hoàn thành việc số hoá hồ sơ"),
]


@pytest.mark.parametrize(("text", "name"), NAMES)
def test_names_say_what_is_measured(text: str, name: str) -> None:
    (found,) = targets(text)
    assert found.name == name


def test_a_list_of_what_was_reached_sets_no_goals() -> None:
    text = "Kết quả thực hiện các mục tiêu cụ thể năm 2025 như sau:\n- Số xã đạt chuẩn 90%.\n- Hộ nghèo giảm 3%.\n"
    assert targets(text) == ()


def test_counts_behind_each_other_are_goals_of_their_own() -> None:
    text = (
        "II. CHỈ TIÊU\n- Kiểm tra 04 tổ chức đảng, 15 đảng viên; xây dựng 5 mô hình cấp xã và 02 mô hình cấp tỉnh.\n"
        "- Trên 15% chi bộ hoàn thành xuất sắc nhưng không vượt quá 20%.\n- Không để quá 2% đảng viên vi phạm.\n"
    )
    assert [(item.op, item.value) for item in targets(text)] == [
        ("=", Decimal(4)),
        ("=", Decimal(15)),
        ("=", Decimal(5)),
        ("=", Decimal(2)),
        (">", Decimal(15)),
        ("<=", Decimal(20)),
        ("<=", Decimal(2)),
    ]
