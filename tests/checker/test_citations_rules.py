"""Rules over citations on more forms than their explanations show."""

from __future__ import annotations

import pytest

from giaoban.checker import check_text


@pytest.mark.parametrize(
    ("text", "codes", "reason"),
    [
        ("Thực hiện Nghị quyết số 12-KL/TU ngày 28/11/2022.", ["GB101"], "word against code"),
        ("Thực hiện Chỉ thị\n\nsố 05-\n\nNQ/TW ngày 15/5/2016.", ["GB101"], "wrapped"),
        ("Quyết định số 498-QĐ/ĐUK; Quy định số 109-QĐ/TW; Quy định số 11-QĐi/TW.", [], "codes that two kinds share"),
        ("Thông báo kết luận số 238-TB/ĐUK ngày 27/02/2023.", [], "two words, the first one counts"),
        ("Kết luận thanh tra số 37/KL-TTr ngày 31/10/2022.", [], "a word of its own in between"),
        ("Báo cáo kết quả thực hiện Chỉ thị số 27-CT/TW, ngày 10/01/2019.", [], "the nearest word"),
        ("Kế hoạch thực hiện Chỉ thị số 21-CT/TW, ngày 04/5/2023.", [], "the nearest word"),
        ("Chương trình hành động số 122/CTr-UBND ngày 19/01/2023.", [], "State form"),
        ("Nghị định số 140/2017/NĐ-CP ngày 05/12/2017; Luật số 45/2019/QH14.", [], "years in symbols"),
        ("Kế hoạch số 107-\n\nKH/ĐUK ngày 10/001/2023.", ["GB102"], "a zero too many, wrapped"),
        ("từ ngày 15/12 - 17/12/2023; ngày 29/02/2024; 30/4; 02/9/2023", [], "all are days"),
        ("xong trước 31-9-1997; từ 01-6 đến 30-6-1997", ["GB102"], "hyphens behind a word of time"),
        ("tài khoản 31-9-1997; hồ sơ số 31-9-1997", [], "hyphens of a number"),
        (
            "Quy chế số 01-QC/ĐU, ngày 20-8-2010; trái Quy chế số 01-QC/ĐU, ngày 20-8-2011.",
            ["GB103"],
            "near a congress, but the same day and month",
        ),
        ("Quy chế số 01-QC/ĐU, ngày 20-8-2010; Quy chế số 01-QC/ĐU, ngày 12-9-2015.", [], "of two terms"),
        ("ngày 29/02/2023", ["GB102"], "no leap year"),
        ("ngày 32 tháng 5 năm 2023", ["GB102"], "in words"),
        ("ngày 19-13-2016", ["GB102"], "dashes after the word"),
        ("phiên bản 32.13.2023, mã 45-67-2023", [], "no dates"),
        ("Chỉ thị số 16/CT-TU ngày 15/9/2021", ["GB106"], "the State's signs"),
        ("Thông báo số 12-TB-VPTU", ["GB106"], "two dashes"),
        ("Nghị quyết số 5-NQ/TU", ["GB107"], "no zero"),
        ("số: 12-NQ/TU", ["GB105"], "a colon"),
        ("Số: 12/QĐ-UBND; Số: 05/BC-SNV", [], "State documents have the colon"),
        ("Công văn số -CV/ĐUK về việc họp", ["GB104"], "a blank left open"),
        ("Đại biểu số CT-XH và các đoàn thể", [], "no kind of document before it"),
        ("ngày 751-CV/ĐUK", ["GB104"], "a symbol where the date belongs"),
    ],
)
def test_codes_found(text: str, codes: list[str], reason: str) -> None:
    assert [finding.code for finding in check_text(text)] == codes, reason


@pytest.mark.parametrize(
    ("first", "second", "found", "reason"),
    [
        ("12-NQ/TU ngày 28/11/2022", "12-NQ/TU ngày 18/11/2022", True, "the same year"),
        ("12-NQ/TU ngày 28/11/2022", "12-NQ/TU ngày 28/11/2023", True, "inside one term"),
        ("18-NQ/TW ngày 25/10/2017", "18-NQ/TW ngày 16/6/2022", False, "two terms"),
        ("01-NQ/TU ngày 05/11/2020", "01-NQ/TU ngày 16/9/2020", True, "the same year, near a congress"),
        ("01/NQ-CP ngày 01/01/2021", "01/NQ-CP ngày 06/01/2023", False, "the State numbers each year"),
        ("01/NQ-CP ngày 01/01/2021", "01/NQ-CP ngày 11/01/2021", True, "one Government, one year"),
        ("12/QĐ-UBND ngày 01/02/2021", "12/QĐ-UBND ngày 11/02/2021", False, "which committee is not said"),
    ],
)
def test_two_dates_of_one_document(first: str, second: str, found: bool, reason: str) -> None:
    text = f"Thực hiện Nghị quyết số {first}.\nTiếp tục thực hiện Nghị quyết số {second}.\n"
    codes = [finding.code for finding in check_text(text) if finding.code == "GB103"]
    assert codes == (["GB103"] if found else []), reason


def test_the_finding_of_two_dates_names_the_other_line() -> None:
    text = "\n\nNghị quyết số 12-NQ/TU ngày 28/11/2022.\nNghị quyết số 12-NQ/TU ngày 18/11/2022.\n"
    (finding,) = check_text(text)
    assert "dòng 3" in finding.message
    assert finding.line == 4


def test_a_finding_knows_line_and_column_of_the_original() -> None:
    text = "Dòng một\n  Kế hoạch ngày 31/02/2023\n"
    (finding,) = check_text(text)
    assert (finding.line, finding.column) == (2, 17)
    assert text[finding.start : finding.end] == "31/02/2023"


def test_a_message_that_quotes_a_broken_line_is_one_line() -> None:
    (finding,) = check_text("Thực hiện Hướng dẫn số 7\n-HD/BTCTU của Ban Tổ chức")
    assert (finding.code, finding.message) == ("GB107", "«7 -HD/BTCTU»: số dưới 10 thêm số 0 ở trước")


def test_one_report_with_several_slips() -> None:
    text = (
        "II- KẾT QUẢ\n\n1.2. Công tác tổ chức\n\nLàm thủ tục tiếp nhận và \n\nchuyển sinh hoạt đảng cho 108 đảng viên "
        "(trong đó 33 hồ sơ chuyển đến, 59 hồ sơ \n\nchuyển đi, 22 hồ sơ chuyển nội bộ trong Đảng bộ).\n\n"
        "Kết nạp 446/450 đảng viên, đạt 99,1%; xây dựng 04 cuộc kiểm tra, giám sát \n\n(trong đó 01 cuộc kiểm tra, 03 "
        "cuộc giám sát)."
    )
    (finding,) = check_text(text)
    assert (finding.code, finding.line) == ("GB202", 7)
    assert finding.message.startswith("33 + 59 + 22 = 114, văn bản ghi 108")
    assert "«đảng viên»" in finding.message
    assert "«hồ sơ»" in finding.message
