"""Halves of usual words amid damage: a right word is no half where the other half goes with its next neighbour."""

from __future__ import annotations

import pytest

from giaoban.reader import read_text

DAMAGE = (
    "Đảng uý đã chi đạo triển khai thục hiện các nhiệm vụ; công tác tuyên truyên được bám sát, chất lương sinh hoạt "
    "được nâng lên, công tác kiêm tra được tăng cưòng. "
)


def repaired(words: str) -> list[tuple[str, str]]:
    """Return what is repaired in words that stand between damaged ones."""
    text = f"{DAMAGE}Báo cáo nêu rõ {words} theo quy định của cấp trên. {DAMAGE}"
    start = text.index(words)
    return [
        (repair.printed, repair.suggested)
        for repair in read_text(text).repairs
        if repair.start < start + len(words) and repair.end > start
    ]


@pytest.mark.parametrize(
    "words",
    [
        "chị em cũng cố gắng hơn",
        "anh em vẫn động viên nhau",
        "mọi người thì đua nhau làm",
        "chuyển sang kiến nghị xử lý",
        "vợ chồng tham gia lao động",
        "nhưng kết quả chưa cao",
        "nhưng khó khăn còn nhiều",
        "khoảng sản lượng lúa",
        "bộ trí tuệ",
        "mỗi trường một vẻ",
        "trong kỳ hợp đồng có hiệu lực",
        "thành lập đội mới ở thôn",
        "gộp ý kiến của các thôn",
        "giao thông từ 5 đến 10%",
        "các hộ vì phạm tội mà mất đất",
        "lễ hội đông vui",
        "phải đi đôi với kiểm tra",
        "chữ st, ch, vs là viết tắt",
        "để xuất hàng đúng hẹn",
    ],
)
def test_right_words_beside_half_of_a_usual_one_stay(words: str) -> None:
    assert repaired(words) == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("việc đối mới phương thức", ("đối", "đổi")),
        ("tùng bước được nâng lên", ("tùng", "từng")),
        ("tùng đồng chí", ("tùng", "từng")),
        ("nội dung phong phủ", ("phủ", "phú")),
        ("hộ gia đinh; thôn", ("đinh", "đình")),
        ("phòng, chổng thiên tai", ("chổng", "chống")),
        ("tạo điều kiên để", ("kiên", "kiện")),
        ("đôi với cán bộ", ("đôi", "đối")),
        ("thuộc phạm ví quản lý", ("ví", "vi")),
        ("có hiệu lục từ ngày ký", ("lục", "lực")),
        ("phân tích ý kiên phản ánh", ("kiên", "kiến")),
        ("kết cầu hạ tầng", ("cầu", "cấu")),
    ],
)
def test_damaged_halves_of_usual_words_are_repaired(words: str, expected: tuple[str, str]) -> None:
    assert repaired(words) == [expected]
