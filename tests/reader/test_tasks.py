"""Tasks: who is to do what, by when, how often; reports of what was done stay silent."""

from __future__ import annotations

import pytest

from giaoban.reader import read_text
from giaoban.reader.deadlines import find_deadline, find_recurrence

Row = tuple[tuple[str, ...], str | None, str | None]


def tasks(text: str) -> list[Row]:
    document = read_text(text)
    assert all(text[item.start : item.end] == item.text for item in document.tasks)
    return [(item.assignees, item.deadline, item.recurrence) for item in document.tasks]


GIVEN: list[tuple[str, list[Row], str]] = [
    (
        "III. TỔ CHỨC THỰC HIỆN\n1. Ủy ban nhân dân huyện xây dựng kế hoạch, hoàn thành trước ngày 20/12/2022.\n"
        "2. Ban Tổ chức Huyện ủy phối hợp với Văn phòng Huyện ủy theo dõi, định kỳ hằng quý báo cáo.",
        [
            (("Ủy ban nhân dân huyện",), "2022-12-20", None),
            (("Ban Tổ chức Huyện ủy", "Văn phòng Huyện ủy"), None, "hằng quý"),
        ],
        "sentences that begin with who acts",
    ),
    (
        "Thường trực yêu cầu: Giao Ủy ban Kiểm tra Đảng ủy kiểm tra việc thực hiện Nghị quyết số 01-NQ/ĐU, ngày "
        "10/3/2021, hoàn thành trong quý III/2023.",
        [(("Ủy ban Kiểm tra Đảng ủy",), "2023-Q3", None)],
        "«giao»; the date of a document is no deadline",
    ),
    (
        "II. NHIỆM VỤ\n1. Yêu cầu Văn phòng Huyện ủy:\na) Tổng hợp kết quả trước ngày 05/10/2023;\n"
        "b) Đôn đốc hằng tháng.",
        [(("Văn phòng Huyện ủy",), "2023-10-05", None), (("Văn phòng Huyện ủy",), None, "hằng tháng")],
        "points under one body",
    ),
    (
        "II- NHIỆM VỤ CỤ THỂ\n1. Xây dựng Đề án sắp xếp dân cư\n- Cơ quan chủ trì: Ủy ban nhân dân xã.\n"
        "- Thời gian hoàn thành: tháng 12/2025.",
        [(("Ủy ban nhân dân xã",), "2025-M12", None)],
        "a heading with who and when below it",
    ),
    (
        "III. PHÂN CÔNG\n1. Giao Ban Nội chính Tỉnh ủy, Ủy ban Kiểm tra Tỉnh ủy giám sát việc thực hiện.\n"
        "2. Các huyện ủy, thành ủy rà soát trước 30/9/2022.",
        [
            (("Ban Nội chính Tỉnh ủy", "Ủy ban Kiểm tra Tỉnh ủy"), None, None),
            (("Các huyện ủy, thành ủy",), "2022-09-30", None),
        ],
        "two bodies, and one group of bodies",
    ),
]


@pytest.mark.parametrize(("text", "expected", "reason"), GIVEN)
def test_tasks(text: str, expected: list[Row], reason: str) -> None:
    assert tasks(text) == expected, reason


REPORTED = [
    ("I. KẾT QUẢ\n1. Ban Thường vụ chỉ đạo các chi bộ tổ chức sinh hoạt hằng tháng.", "a section of results"),
    ("Ban Thường vụ Đảng ủy đã giao Văn phòng tổng hợp báo cáo.", "what was done"),
    ("Các chi bộ chưa gửi báo cáo trước ngày 15/3/2023.", "what was not done"),
    ("Nơi nhận:\n- Các chi bộ,\n- Lưu Văn phòng.", "recipients"),
]


@pytest.mark.parametrize(("text", "reason"), REPORTED)
def test_reports_give_no_tasks(text: str, reason: str) -> None:
    assert tasks(text) == [], reason


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("trước ngày 15/10/2025", "2025-10-15"),
        ("trước 16h00 ngày 15/3/2024", "2024-03-15"),
        ("chậm nhất ngày 31 tháng 3 năm 2025", "2025-03-31"),
        ("trong tháng 6/2022", "2022-M06"),
        ("trong quý III/2025", "2025-Q3"),
        ("đến cuối năm 2027", "2027"),
        ("ngày 28/11/2022 của Tỉnh ủy", None),
        ("trước ngày 31/02/2023", None),
    ],
)
def test_deadlines(text: str, expected: str | None) -> None:
    assert find_deadline(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("báo cáo hằng quý", "hằng quý"),
        ("hàng tháng", "hằng tháng"),
        ("định kỳ 6 tháng", "6 tháng"),
        ("6 tháng một lần", "6 tháng"),
        ("ít nhất 02 lần/năm", "02 lần/năm"),
        ("năm 2023", None),
    ],
)
def test_recurrence(text: str, expected: str | None) -> None:
    assert find_recurrence(text) == expected
