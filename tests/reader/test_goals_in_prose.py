"""Goals that newspapers and pages of offices set in running prose: terms ahead, lists by field, paragraphs that add."""

from __future__ import annotations

from decimal import Decimal

import pytest

from giaoban.reader import read_text
from giaoban.reader.model import Target


def targets(text: str) -> tuple[Target, ...]:
    document = read_text(text)
    assert all(text[item.start : item.end] == item.text for item in document.targets)
    return document.targets


def values(text: str) -> list[tuple[str, object]]:
    return [(item.op, item.value) for item in targets(text)]


ANNOUNCED = [
    ("Xã hướng đến 80% hộ có Internet; 95% nhà văn hóa có wifi.", [80, 95], "«hướng đến» before a share"),
    ("Với mục tiêu mỗi năm giảm 2% hộ nghèo, huyện ban hành kế hoạch.", [2], "«với mục tiêu»"),
    (
        "Trong nhiệm kỳ tới, Hội đổi mới. Hằng năm có 20% phụ nữ nghèo thoát nghèo. Mỗi năm thành lập 3 mô hình.",
        [20, 3],
        "a term ahead",
    ),
    ("Trong đó các mục tiêu, chỉ tiêu về môi trường là: tỷ lệ che phủ rừng giữ 42%.", [42], "«Trong đó các … là:»"),
    ("Những chỉ tiêu giao cho Sở Y tế gồm: tỷ lệ dân số có thẻ bảo hiểm đạt 95%.", [95], "«Những chỉ tiêu … gồm:»"),
    (
        "Đại hội thông qua 8 chỉ tiêu lớn, như: 700.000 chủ hộ được vay vốn; tạo việc làm cho 100.000 chị em.",
        [700000, 100000],
        "thousands first, and behind a verb of work",
    ),
    (
        "Phấn đấu tốc độ tăng doanh thu từ 7% trở lên. Cổ tức bình quân đạt 20% trở lên.",
        [7, 20],
        "a sentence that goes on with what is to be reached",
    ),
    ("Phấn đấu 95% CĐ cơ sở nhà nước, 60% CĐ cơ sở ngoài nhà nước đạt vững mạnh.", [95, 60], "nouns in capitals"),
    ("Phấn đấu trồng 690 triệu cây phân tán, 310 triệu cây tập trung.", [690, 310], "counts of one thing at a comma"),
    ("Phấn đấu hằng năm có 90% chi hội vững mạnh và đến cuối nhiệm kỳ có 60% xuất sắc.", [90, 60], "«và đến cuối …»"),
    (
        "– Phấn đấu 100% các tổ hoàn thành nhiệm vụ.\n\n– Trong nhiệm kỳ, giới thiệu ít nhất 05 đoàn viên ưu tú.\n",
        [100, 5],
        "points behind one that strives",
    ),
    ("Phấn đấu 100% tổ chức hội, 80% hội viên được học tập nghị quyết.", [100, 80], "shares of two nouns at a comma"),
]


@pytest.mark.parametrize(("text", "found", "reason"), ANNOUNCED)
def test_what_announces_goals(text: str, found: list[int], reason: str) -> None:
    assert [item.value for item in targets(text)] == [Decimal(value) for value in found], reason


SILENT = [
    ("Các chỉ tiêu đạt được: tỷ lệ hộ nghèo giảm 2%; thu ngân sách tăng 5%.", "a list of what was reached"),
    ("Những chỉ tiêu vượt kế hoạch: thu ngân sách tăng 5%.", "the same, «những»"),
    ("Trong nhiệm kỳ tới, huyện triển khai 3 khâu đột phá, 5 nhiệm vụ trọng tâm.", "counts of what is planned"),
    ("Phấn đấu giảm nghèo.\nBên cạnh đó, huyện đã hỗ trợ 45% hộ nghèo.", "a paragraph that adds what was done"),
    ("Huyện hướng tới năm 2030 với 12 xã nông thôn mới.", "«hướng tới» before a year"),
]


@pytest.mark.parametrize(("text", "reason"), SILENT)
def test_what_sets_none(text: str, reason: str) -> None:
    assert targets(text) == (), reason


def test_paragraphs_that_add_to_goals() -> None:
    text = (
        "Theo đó, phấn đấu 100% hồ sơ được xử lý trực tuyến.\n"
        "Bên cạnh đó, đảm bảo 90% văn bản được ký số.\n"
        "Thứ ba, hằng năm giúp 33.500 hộ thoát nghèo.\n"
        "Hội nghị đã bầu 15 đồng chí.\n"
    )
    assert values(text) == [("=", Decimal(100)), ("=", Decimal(90)), ("=", Decimal(33500))]


def test_fields_below_a_heading_of_goals() -> None:
    text = (
        "LĐ - Các chỉ tiêu chủ yếu\n\n"
        "Về kinh tế: Tổng sản phẩm tăng bình quân trên 9%/năm. Tỷ lệ đô thị hóa từ 60 - 65%.\n\n"
        "Về xây dựng Đảng: Bình quân hằng năm kết nạp trên 200 đảng viên.\n"
    )
    assert values(text) == [
        (">", Decimal(9)),
        ("range", (Decimal(60), Decimal(65))),
        (">", Decimal(200)),
    ]


def test_bullets_below_goals_agreed_on_with_a_vote() -> None:
    text = "Các đại biểu biểu quyết thống nhất với tỷ lệ 100% các chỉ tiêu:\n– 98% đảng viên hoàn thành tốt nhiệm vụ.\n"
    assert values(text) == [("=", Decimal(98))]


DUE = [
    ("Nhiệm kỳ 2025 - 2030, Đảng bộ phấn đấu tỷ lệ hộ nghèo còn dưới 2%.", "2030", "tỷ lệ hộ nghèo"),
    ("Phấn đấu tỷ lệ lao động qua đào tạo năm 2025: 65%.", "2025", "tỷ lệ lao động qua đào tạo"),
    ("Phấn đấu thu nhập so với năm 2020 tăng 30%.", None, "thu nhập so với năm 2020"),
]


@pytest.mark.parametrize(("text", "due", "name"), DUE)
def test_the_last_year_of_a_term_and_the_year_of_a_measure(text: str, due: str | None, name: str) -> None:
    (found,) = targets(text)
    assert (found.deadline, found.name) == (due, name)


UNDER_A_PLAN = "MỤC TIÊU, NHIỆM VỤ CHỦ YẾU NHIỆM KỲ 2025 - 2030:\n\n- {}.\n"

FORMS = [
    ("Thu ngân sách đạt 8tỷđ", [8], "money in short"),
    ("Thu nhập bình quân: 60trđ/người/năm, tăng 24trđ so với năm 2025", [60], "how it changes is no goal of its own"),
    ("Số doanh nghiệp: 10 doanh nghiệp, tăng 04 doanh nghiệp (0,7 lần) so với năm 2025", [10], "the same, in brackets"),
    ("Thực hiện diện tích cây ăn quả 96 ha, trong đó:", [96], "«Thực hiện» before a goal"),
    ("Tỷ lệ người tập thể thao so với dân số 42%", [42], "«số» before a share is no name"),
    ("Duy trì chất lượng tại các xã đã đạt chuẩn, đồng thời nâng tiêu chí bình quân trên 16 tiêu chí/xã", [None, 16],
     "«đã» that tells which ones"),
]  # fmt: skip


@pytest.mark.parametrize(("goal", "found", "reason"), FORMS)
def test_forms_below_a_heading_without_a_number(goal: str, found: list[int | None], reason: str) -> None:
    wanted = [None if value is None else Decimal(value) for value in found]
    assert [item.value for item in targets(UNDER_A_PLAN.format(goal))] == wanted, reason


def test_parts_of_goals_may_compare_and_results_stay_silent() -> None:
    text = (
        "Các chỉ tiêu chủ yếu năm 2027 là: tổng giá trị sản xuất đạt 4.210 tỷ đồng. Trong đó, dịch vụ 988 tỷ đồng, "
        "tăng 9,2% so với năm 2026.\n\nNăm 2026, giá trị sản xuất đạt 3.861 tỷ đồng. Trong đó, dịch vụ đạt 905 tỷ "
        "đồng, tăng 8% so với năm 2025.\n"
    )
    assert [item.value for item in targets(text)] == [Decimal(4210), Decimal(988)]


def test_a_share_among_plans_is_raised_to_its_goal_and_titles_are_no_numbers() -> None:
    text = (
        "II. PHƯƠNG HƯỚNG, NHIỆM VỤ QUÝ IV NĂM 2025\n- Đưa tỷ lệ hộ dùng nước sạch lên 98%.\n"
        "- Nâng tỷ lệ chi bộ đạt 4 tốt lên 85%.\n"
    )
    assert [item.value for item in read_text(text).targets] == [98, 85]


def test_what_is_counted_behind_another_count_has_its_verb() -> None:
    text = "II. CHỈ TIÊU\n- Kiểm tra 04 tổ chức đảng, 15 đảng viên; xây dựng 5 mô hình cấp xã và 02 mô hình cấp tỉnh.\n"
    assert [item.name for item in read_text(text).targets] == [
        "Kiểm tra tổ chức đảng",
        "Kiểm tra đảng viên",
        "xây dựng mô hình cấp xã",
        "xây dựng mô hình cấp tỉnh",
    ]


def test_the_year_that_an_aim_is_set_for_and_the_next_one() -> None:
    text = (
        "Mục tiêu của Kế hoạch đến năm 2027, tỷ trọng chăn nuôi đạt 33%; có 75% số xã đạt chuẩn.\n\n"
        "Đến năm 2030, tỷ trọng chăn nuôi đạt 38%; có 90% số xã đạt chuẩn.\n\n"
        "Theo đó, giai đoạn 2026 - 2030, toàn tỉnh phấn đấu giá trị sản xuất tăng 4%/năm.\n"
    )
    assert [(item.value, item.deadline) for item in targets(text)] == [
        (Decimal(33), "2027"),
        (Decimal(75), "2027"),
        (Decimal(38), "2030"),
        (Decimal(90), "2030"),
        (Decimal(4), "2030"),
    ]
