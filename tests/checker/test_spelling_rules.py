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
    ("Ngay từ khi từ khi thành lập, chi bộ đã vững mạnh.", ["GB404"], "two words twice"),
    ("Các tổ chức tổ chức hội nghị, ngày ngày luyện tập, từ từ đi lên.", [], "twice and right"),
    ("Các chi bộ , tổ đảng (cơ sở) ; ban chi ủy.", ["GB405", "GB405"], "blanks before signs"),
    ("Họ tên . . . . Lưu Văn phòng ./. Tỷ số 2 : 1; lúc 7 : 30", [], "dots, the end of a paper, scores"),
    ("Đã nộp hồ sơ: không\nKhông nộp: có", [], "a new line of a list"),
    ("Đạt\nkhông\nkhông\ncó", [], "cells of a column"),
    ("Điều kiện: lt le eq ne ge gt; máy ngi lỗi.", [], "signs without marks"),
    ("Ông Nguyễn Văn Hòan, bà Nghành ở bản Ngề.", [], "names"),
    ("Đảng bộ hoà bình, quý trọng, kĩ càng.", [], "older spelling"),
]


@pytest.mark.parametrize(("text", "codes", "reason"), ROWS, ids=[row[2] for row in ROWS])
def test_spelling(text: str, codes: list[str], reason: str) -> None:
    assert [finding.code for finding in check_text(text, rules=select(["GB4"]))] == codes, reason


def test_a_slip_of_spelling_is_not_said_twice() -> None:
    found = check_text("Đội ngũ cán bộ luôn nổ lực.", rules=select(["GB4"]))
    assert [(finding.code, finding.suggestion) for finding in found] == [("GB403", "nỗ lực")]


SHARED = [
    "Khả năng xuất khẩu của xã còn hạn chế.",
    "Anh em cũng cố gắng hoàn thành.",
    "Việc phân chia sẽ do chi bộ quyết định; tiền chia sẽ được chuyển cho hộ dân.",
    "Học sinh có cảm xúc tích cực; tiếp xúc tích lũy kinh nghiệm.",
    "Viện kiểm sát nhập hồ sơ; cảnh sát nhập cuộc.",
    "Cán bộ đồn kết hợp với địa phương; đồn kết nghĩa với bản.",
    "Số vật liệu nổ lực lượng chức năng thu giữ là 5 kg.",
    "Thành công xuất sắc của đoàn; ký hiệu xuất từ tệp.",
    "Cần đọc kỹ luật trước khi làm; bà bảo lũ trẻ về nhà.",
    "Các khoản chi tiêu chủ yếu cho ăn uống.",
]


@pytest.mark.parametrize("text", SHARED)
def test_halves_of_two_right_words_are_no_misspelt_word(text: str) -> None:
    assert not check_text(text, rules=select(["GB403"]))


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Tăng năng xuất lao động.", "năng suất"),
        ("Tổ chức đoàn thăm quan, học tập.", "tham quan"),
        ("Kịp thời chia sẽ với nhân dân.", "chia sẻ"),
        ("Tiếp tục cũng cố tổ chức cơ sở đảng.", "củng cố"),
        ("Xã sau sát nhập có 12 thôn.", "sáp nhập"),
        ("Bài viết ngắn gọn, xúc tích.", "súc tích"),
        ("Báo cáo khảng định kết quả.", "khẳng định"),
        ("Các đơn vị tập chung vào nhiệm vụ trọng tâm.", "tập trung vào"),
        ("Quá trình thực nhiện nhiệm vụ.", "thực hiện"),
    ],
)
def test_the_same_words_by_themselves_are_misspelt(text: str, right: str) -> None:
    assert [finding.suggestion for finding in check_text(text, rules=select(["GB403"]))] == [right]


PAGE = "Chi bộ thôn họp hằng tháng, các đồng chí đều có mặt và thảo luận sôi nổi. " * 4


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Đã thực hiệng nhiệm vụ được giao.", "hiện"),
        ("Tiêu chuẫn đảng viên; tiêu chuẩn mới.", "chuẩn"),
        ("Chiển khai nhiệm vụ quý tới.", "Triển"),
        ("NHIỆM VỤ VÀ GIÃI PHÁP", "GIẢI"),
        ("Các đơn vị kỹ thuật nâng cấb đường liên thôn.", "cấp"),
        ("Nêu rõ nguyên nhâng, trách nhiện.", "nhân"),
    ],
)
def test_an_unknown_syllable_beside_half_of_a_usual_word_is_a_slip(text: str, right: str) -> None:
    found = check_text(PAGE + text, rules=select(["GB403"]))
    assert found[0].suggestion == right


@pytest.mark.parametrize(
    "text",
    [
        "Ông Sùng Seo Chiển và bà Lò Thị Dụt dự họp.",
        "Chợ Chứt họp ngày chủ nhật; bản Nhiện có 40 hộ.",
        "Chiển Văn Tá dự họp; đường bê tông, cây kơ nia, nhà gươl.",
        "Mở cửa sổ điều kiển của máy.",
    ],
)
def test_names_and_rare_words_are_no_slips(text: str) -> None:
    assert not check_text(PAGE + text, rules=select(["GB403"]))
