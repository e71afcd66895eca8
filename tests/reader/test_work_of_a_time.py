"""Resolutions of cells and plans of a month without headings: what is work and a goal in them, and what is neither."""

from __future__ import annotations

import pytest

from giaoban.reader import read_text

RESOLUTION = """ĐẢNG BỘ XÃ HÒA AN
CHI BỘ THÔN 5
*
Số 11-NQ/CB
Hòa An, ngày 06 tháng 7 năm 2026

NGHỊ QUYẾT
sinh hoạt Chi bộ tháng 7/2026

Ngày 05/7/2026, Chi bộ Thôn 5 họp, đồng chí Lê Văn Tấn chủ trì, đồng chí Mai Thị Huệ ghi biên bản.
Đồng chí Bí thư báo cáo kết quả tháng 6. Các đảng viên tham gia thảo luận, có 5 ý kiến.
Các đoàn thể tổ chức 02 buổi lao động, trên 85% hộ tham gia.
Chi bộ thống nhất nhiệm vụ tháng 7 như sau:
{}

T/M CHI BỘ
BÍ THƯ
Lê Văn Tấn
"""
PLAN = "KẾ HOẠCH\n{}\n\n1. Nội dung: {}.\n"


@pytest.mark.parametrize(
    ("line", "expected", "reason"),
    [
        ("Chi đoàn ra quân dọn vệ sinh ngày 20/7/2026.", (("Chi đoàn",), None), "who acts comes first"),
        ("Thu đảng phí xong trước 15/7 (Đ/c Tấn).", (("Đ/c Tấn",), "2026-07-15"), "a person in brackets"),
        (
            "Chuyển đảng chính thức cho 02 đồng chí (Đ/c Tấn - tháng 8/2026).",
            (("Đ/c Tấn",), "2026-M08"),
            "a person and a month in brackets",
        ),
        ("Sửa chữa nhà văn hóa xong trước 25/7.", ((), "2026-07-25"), "a verb of work, a day without a year"),
        (
            "Tiếp tục vận động 03 hộ còn lại - đồng chí Y Blăm Niê.",
            (("đồng chí Y Blăm Niê",), None),
            "a person behind a dash",
        ),
    ],
)
def test_work_stands_behind_the_line_that_announces_it(
    line: str, expected: tuple[tuple[str, ...], str | None], reason: str
) -> None:
    found = [(task.assignees, task.deadline) for task in read_text(RESOLUTION.format(line)).tasks]
    assert found == [expected], reason


@pytest.mark.parametrize(
    "line",
    [
        "Đánh giá tháng 6: Chi bộ duy trì nền nếp sinh hoạt; đảng viên thực hiện tốt nhiệm vụ.",
        "Hạn chế: tổ vay vốn thu lãi còn chậm.",
        "Nghị quyết này được thông qua lúc 16 giờ cùng ngày.",
    ],
)
def test_what_was_done_is_no_work_of_the_month(line: str) -> None:
    document = read_text(RESOLUTION.format(line))
    assert document.tasks == ()
    assert document.targets == ()


@pytest.mark.parametrize(
    ("goal", "op", "value"),
    [
        ("100% hộ treo cờ Tổ quốc", "=", 100),
        ("giữ vững tỷ lệ học sinh khá, giỏi trên 65%", ">", 65),
        ("xây dựng ít nhất 15 mô hình", ">=", 15),
        ("giới thiệu ≥ 03 quần chúng", ">=", 3),
    ],
)
def test_goals_of_a_plan_without_a_heading_of_goals(goal: str, op: str, value: int) -> None:
    (target,) = read_text(PLAN.format("công tác quý I/2026", goal)).targets
    assert (target.op, target.value, target.deadline) == (op, value, "2026-Q1")


@pytest.mark.parametrize(
    "words",
    [
        "mỗi buổi không quá 90 phút, số người dự từ 80 đến 100 người",
        "thành phần dự trên 60 đồng chí",
        "mỗi chi bộ gửi ít nhất 05 bài dự thi",
        "hồ sơ gồm tối thiểu 03 ảnh, dung lượng dưới 5 MB",
        "kinh phí hỗ trợ không quá 2 triệu đồng/chi bộ",
        "đảng viên nghỉ trên 3 tháng phải báo cáo",
        "tỷ lệ dự họp tháng trước đạt trên 95%",
        "năm 2025 có trên 90% hộ đạt gia đình văn hóa",
        "Ban đã tham mưu 46 văn bản; 100% nhiệm vụ hoàn thành đúng hạn",
    ],
)
def test_what_papers_and_meetings_must_be_like_is_no_goal(words: str) -> None:
    assert read_text(PLAN.format("tuyên truyền quý I/2026", words)).targets == ()


def test_a_short_numbered_line_is_a_heading_where_paragraphs_are_not_wrapped() -> None:
    text = (
        "III- NHIỆM VỤ\n1- Tăng cường sự lãnh đạo của cấp ủy\nCác chi bộ đưa Nghị quyết vào sinh hoạt chuyên đề.\n"
        "2- Phát triển sản xuất\nỦy ban nhân dân xã xây dựng kế hoạch cụ thể hóa Chương trình hành động của Đảng ủy "
        "xã, bố trí kinh phí hằng năm và hoàn thành trong quý II/2023.\n"
    )
    assert [task.assignees for task in read_text(text).tasks] == [("Các chi bộ",), ("Ủy ban nhân dân xã",)]


def test_a_table_of_work_behind_the_signature_is_read() -> None:
    text = (
        "KẾ HOẠCH\nCải cách hành chính\n\nI. MỤC TIÊU\nNâng cao chất lượng phục vụ.\n\nNơi nhận:\n- Lưu: VT.\n"
        "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nĐinh Công Tráng\n\nPHỤ LỤC\n"
        "TT\tNhiệm vụ\tĐơn vị chủ trì\tThời hạn\n1\tRà soát văn bản\tPhòng Tư pháp\tTháng 11/2025\n"
    )
    (task,) = read_text(text).tasks
    assert (task.assignees, task.deadline) == (("Phòng Tư pháp",), "2025-M11")
