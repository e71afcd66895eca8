"""GB4: spelling. The examples of the explanations are run elsewhere; here are the borders."""

from __future__ import annotations

import pytest

from giaoban.checker import check_text, select

ROWS = [
    ("Các đơn vị hòan thành việc đánh gía.", ["GB402", "GB402"], "two marks misplaced"),
    ("ĐÁNH GÍA KẾT QUẢ CÔNG TÁC", ["GB402"], "in capitals"),
    ("Các nghành giáo dục, y tế.", ["GB403"], "ngh before a"),
    ("Việc bổ xung và cập nhập hồ sơ.", ["GB403", "GB403"], "words often misspelt"),
    ("Nghị quyết của của Tỉnh ủy.", ["GB404"], "a word twice"),
    ("tiếp tục\ntiếp tục thực hiện nhiệm vụ", ["GB404"], "a verb twice, at the end of a line"),
    ("Các tổ chức tổ chức hội nghị, ngày ngày luyện tập, từ từ đi lên.", [], "twice and right"),
    ("Các chi bộ , tổ đảng (cơ sở) ; ban chi ủy.", ["GB405", "GB405"], "blanks before signs"),
    ("Họ tên . . . . Lưu Văn phòng ./. Tỷ số 2 : 1; lúc 7 : 30", [], "dots, the end of a paper, scores"),
    ("Ông Nguyễn Văn Hòan, bà Nghành ở bản Ngề.", [], "names"),
    ("Đảng bộ hoà bình, quý trọng, kĩ càng.", [], "older spelling"),
]


@pytest.mark.parametrize(("text", "codes", "reason"), ROWS, ids=[row[2] for row in ROWS])
def test_spelling(text: str, codes: list[str], reason: str) -> None:
    assert [finding.code for finding in check_text(text, rules=select(["GB4"]))] == codes, reason


def test_a_slip_of_spelling_is_not_said_twice() -> None:
    found = check_text("Đội ngũ cán bộ luôn nổ lực.", rules=select(["GB4"]))
    assert [(finding.code, finding.suggestion) for finding in found] == [("GB403", "nỗ lực")]
