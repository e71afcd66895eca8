"""Letters that old fonts and .pdf files print for Vietnamese ones are told apart from names and signs."""

from __future__ import annotations

import pytest

from giaoban.reader import read_text


def repaired(text: str) -> list[tuple[str, str]]:
    return [(repair.printed, repair.suggested) for repair in read_text(text).repairs]


FOREIGN = [
    ("Đổi mới phƣơng thức, giáo dục tƣ tƣởng.", [("phƣơng", "phương"), ("tƣ", "tư"), ("tƣởng", "tưởng")]),
    ("NGƢỜI ĐỨNG ĐẦU CẤP ỦY", [("NGƢỜI", "NGƯỜI")]),
    ("Bí thƣ Chi bộ thực hiên tốt nhiệm vụ.", [("thƣ", "thư"), ("hiên", "hiện")]),
]


@pytest.mark.parametrize(("text", "expected"), FOREIGN, ids=[text[:20] for text, _ in FOREIGN])
def test_a_tatar_letter_is_read_as_vietnamese(text: str, expected: list[tuple[str, str]]) -> None:
    assert repaired(text) == expected


def test_what_is_written_with_it_is_read() -> None:
    document = read_text("Căn cứ Nghị quyết số 12-NQ/TƢ ngày 05/7/2023.\n\nI- TƢ TƢỞNG\nĐảng viên học tập.\n")
    assert [section.title for section in document.sections] == ["TƯ TƯỞNG"]


CAPITALS = [
    ("CHấT LƯợNG CÔNG TáC KIểM TRA CủA ĐảNG", ["CHẤT", "LƯỢNG", "TÁC", "KIỂM", "CỦA", "ĐẢNG"]),
    ("Bộ Chính trị; Tổ đảng số 3; UBNDTỉnh; TPHCM; ĐắkLắk", []),
]


@pytest.mark.parametrize(("text", "expected"), CAPITALS, ids=["heading", "names"])
def test_small_letters_with_marks_among_capitals_are_capitals(text: str, expected: list[str]) -> None:
    assert [suggested for _, suggested in repaired(text)] == expected


HEADINGS = [
    ("III- QUẢN LÝ TÀI CHÍNH, CẢI CÁCH HÀNH CHINH", [("CHINH", "CHÍNH")]),
    ("QUAN ĐIÊM, MỤC TIÊU VÀ NHIỆM VỤ", [("ĐIÊM", "ĐIỂM")]),
    ("II. KÉT QUÁ KHẢO SÁT", [("KÉT", "KẾT"), ("QUÁ", "QUẢ")]),
    ("PHIẾU LẤY Ý KIÊN PHẢN HỒI", [("KIÊN", "KIẾN")]),
    ("CHỦ TỊCH\nNGUYỄN QUAN ĐIÊM", []),
    ("HỘI ĐỒNG NHÂN DÂN HUYỆN KIM BÔI THƯỢNG", []),
    ("ỦY BAN NHÂN DÂN XÃ ĐÔNG CHÍ", []),
    ("QUAN ĐIÊM", []),
]


@pytest.mark.parametrize(("text", "expected"), HEADINGS, ids=[text[:20] for text, _ in HEADINGS])
def test_a_usual_word_in_capitals_is_mended_where_no_name_stands(text: str, expected: list[tuple[str, str]]) -> None:
    assert repaired(text) == expected


NUMBER_SIGNS = [
    ("thực hiện Nghị quyết sổ 26-NQ/TW của Hội nghị", [("sổ", "số")]),
    ("Quyết định sổ 2468/QĐ-UBND của tỉnh; Nghị định sổ 24/1999/NĐ-CP", [("sổ", "số"), ("sổ", "số")]),
    ("ghi vào sổ 26 lượt khách; cấp sổ đỏ cho 15 hộ gia đình", []),
]


@pytest.mark.parametrize(("text", "expected"), NUMBER_SIGNS, ids=["party", "state", "books"])
def test_a_book_with_the_number_of_a_paper_is_a_number(text: str, expected: list[tuple[str, str]]) -> None:
    assert repaired(text) == expected
