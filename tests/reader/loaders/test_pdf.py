"""PDF files: reading order, what is left out, what is refused."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from fuzz.pdf_writer import PdfPage, pdf

from giaoban.core.errors import InvalidInput
from giaoban.reader import read_file
from giaoban.reader.loaders import Loaded, load_with_notes
from giaoban.reader.loaders.pdf import process, worker
from giaoban.reader.loaders.pdf.hyphens import join_broken

PROSE = ["Thực hiện Nghị quyết số 12-NQ/TU ngày 28/11/2022 của Ban Chấp hành Đảng", "bộ tỉnh, Đảng ủy đã lãnh đạo."]


def texts(*pages: PdfPage, size: tuple[int, int] = (595, 842)) -> list[str]:
    return [page["text"] for page in worker.extract(pdf(*pages, size=size))]


def loaded(tmp_path: Path, data: bytes, name: str = "a.pdf") -> Loaded:
    path = tmp_path / name
    path.write_bytes(data)
    return load_with_notes(path)


def test_a_file_becomes_one_text(tmp_path: Path) -> None:
    found = loaded(tmp_path, pdf(PdfPage().lines(72, 700, PROSE), PdfPage().text(72, 700, "Trang hai."), compress=True))
    assert found == Loaded("\n".join(PROSE) + "\n\fTrang hai.")
    assert [item.symbol for item in read_file(tmp_path / "a.pdf").citations] == ["12-NQ/TU"]


def test_a_sentence_goes_on_over_the_page(tmp_path: Path) -> None:
    pages = [
        PdfPage().text(72, 90, "theo Nghị quyết số 12-NQ/TU ngày"),
        PdfPage().text(72, 760, "28/11/2022 của Tỉnh ủy."),
    ]
    loaded(tmp_path, pdf(*pages))
    (citation,) = read_file(tmp_path / "a.pdf").citations
    assert str(citation.date) == "2022-11-28"


@pytest.mark.parametrize(
    ("first", "second", "expected", "reason"),
    [
        (
            "Nghị quyết số 12-",
            "NQ/TU ngày 28/11",
            ["Nghị quyết số 12-NQ/TU", "ngày 28/11"],
            "a symbol keeps its hyphen",
        ),
        ("số 128/NQ-", "HĐND tỉnh", ["số 128/NQ-HĐND", "tỉnh"], "a symbol of the State"),
        ("Nghị quyết 140/2017/NĐ-", "CP", ["Nghị quyết 140/2017/NĐ-CP"], "nothing is left of the second line"),
        ("nhiệm kỳ 2020-", "2025, Đảng bộ", ["nhiệm kỳ 2020-2025,", "Đảng bộ"], "a span of years"),
        ("làm việc ngh-", "iêm túc", ["làm việc nghiêm", "túc"], "a syllable that was broken"),
        ("một confer-", "ence lớn", ["một conference", "lớn"], "a foreign word"),
        ("chủ nghĩa Mác-", "Lênin là", ["chủ nghĩa Mác-", "Lênin là"], "a name with a hyphen"),
        ("kinh tế-", "xã hội", ["kinh tế-", "xã hội"], "two words"),
        ("số 12-", "a khác", ["số 12-", "a khác"], "a number and a letter"),
        ("kinh tế -", "xã hội", ["kinh tế -", "xã hội"], "a dash"),
        ("Đảng\u00ad", "ủy", ["Đảngủy"], "a soft hyphen is a break by itself"),
        ("-", "x", ["-", "x"], "a bullet alone"),
    ],
)
def test_words_broken_at_line_ends(first: str, second: str, expected: list[str], reason: str) -> None:
    assert join_broken([first, second]) == expected, reason


def test_a_symbol_survives_the_line_end(tmp_path: Path) -> None:
    loaded(
        tmp_path, pdf(PdfPage().lines(72, 700, ["Thực hiện Nghị quyết số 12-", "NQ/TU ngày 28/11/2022 của Tỉnh ủy."]))
    )
    (citation,) = read_file(tmp_path / "a.pdf").citations
    assert (citation.symbol, str(citation.date)) == ("12-NQ/TU", "2022-11-28")


def test_columns_of_prose_are_read_one_after_the_other() -> None:
    left = [f"Cột trái, dòng {number} của bài viết này" for number in range(8)]
    right = [f"Cột phải, dòng {number} của bài viết này" for number in range(8)]
    page = (
        PdfPage()
        .text(180, 760, "Đầu bài chạy suốt hai cột của trang")
        .lines(60, 720, left, 10)
        .lines(310, 717, right, 10)
    )
    (text,) = texts(page.text(60, 560, "Hết bài. " * 10))
    assert [line for line in text.split("\n") if line][1:-1] == left + right


def test_the_letterhead_is_read_column_by_column(tmp_path: Path) -> None:
    page = PdfPage().lines(72, 780, ["ĐẢNG BỘ TỈNH TÂN AN", "ĐẢNG ỦY XÃ HÒA BÌNH", "*", "Số 12-BC/ĐU"])
    page.lines(330, 780, ["ĐẢNG CỘNG SẢN VIỆT NAM"]).text(330, 732, "Hòa Bình, ngày 05 tháng 4 năm 2023")
    page.text(260, 690, "BÁO CÁO").text(200, 674, "Kết quả công tác quý I năm 2023").lines(72, 640, PROSE)
    page.text(72, 560, "Nơi nhận:").text(72, 544, "- Tỉnh ủy,").lines(380, 560, ["T/M ĐẢNG ỦY", "BÍ THƯ"])
    page.text(380, 490, "Nguyễn Văn Mẫu")
    loaded(tmp_path, pdf(page))
    header = read_file(tmp_path / "a.pdf").header
    assert (header.symbol, str(header.date), header.place, header.type) == ("12-BC/ĐU", "2023-04-05", "Hòa Bình", "BC")
    assert header.issuer is not None
    assert "ĐẢNG ỦY XÃ HÒA BÌNH" in header.issuer
    assert [signer.name for signer in header.signers] == ["Nguyễn Văn Mẫu"]


def test_tables_without_borders_are_read_row_by_row() -> None:
    page = PdfPage()
    for column, cells in (
        (60, ["Đơn vị", "Xã A", "Xã B"]),
        (240, ["Kết nạp", "12", "13"]),
        (400, ["Khai trừ", "0", "1"]),
    ):
        page.lines(column, 700, cells)
    assert texts(page) == ["Đơn vị\tKết nạp\tKhai trừ\nXã A\t12\t0\nXã B\t13\t1"]


def test_cells_with_borders_are_read_whole() -> None:
    page = PdfPage().text(60, 760, "Bảng số liệu kèm theo báo cáo này như sau")
    for y in (740, 700, 660):
        page.rule(60, y, 400, y)
    for x in (60, 100, 300, 400):
        page.rule(x, 660, x, 740)
    page.text(70, 722, "1").lines(105, 726, ["Tên việc dài nên xuống", "dòng trong ô"]).text(310, 722, "12")
    page.text(70, 682, "2").text(105, 682, "Việc hai").text(310, 682, "13").text(60, 620, "Sau bảng là chữ thường.")
    assert texts(page) == [
        "Bảng số liệu kèm theo báo cáo này như sau\n\n1\tTên việc dài nên xuống dòng trong ô\t12\n2\tViệc hai\t13\n\n"
        "Sau bảng là chữ thường."
    ]


@pytest.mark.parametrize("form", ["{}", "- {} -", "Trang {}/4"])
def test_page_numbers_and_repeated_lines_are_left_out(form: str) -> None:
    pages = [
        PdfPage().text(72, 810, "Báo cáo của Đảng ủy xã").text(280, 795, form.format(number))
        .lines(72, 700, [f"Nội dung trang {number} có số", "53", "đứng riêng"]).text(72, 40, f"Bản in lần {number}")
        for number in range(1, 5)
    ]  # fmt: skip
    assert texts(*pages) == [f"Nội dung trang {number} có số\n53\nđứng riêng" for number in range(1, 5)]


def test_footnotes_stay_at_the_foot_of_their_page(tmp_path: Path) -> None:
    first = PdfPage().text(72, 700, "Kiện toàn tổ chức").text(174, 705, "1", 7).text(182, 700, "và ban hành văn bản")
    first.text(72, 85, "1", 6).text(78, 80, "Quyết định số 04-QĐ/BCĐ ngày 28/12/2022.", 10)
    loaded(tmp_path, pdf(first, PdfPage().text(72, 760, "trọng tâm của năm.")))
    read = read_file(tmp_path / "a.pdf")
    assert "Kiện toàn tổ chức¹ và ban hành văn bản" in read.text
    assert "\n¹ Quyết định số 04-QĐ/BCĐ ngày 28/12/2022.\n\f" in read.text
    assert [item.symbol for item in read.citations] == ["04-QĐ/BCĐ"]


def test_the_plain_mark_of_a_note_is_raised_like_its_reference() -> None:
    page = PdfPage().text(72, 700, "Ban hành 31 văn bản").text(186, 705, "1", 7).text(190, 700, "; đôn đốc")
    page.lines(72, 680, PROSE).text(72, 80, "1 02 nghị quyết, 29 kế hoạch.", 9)
    (text,) = texts(page)
    assert "văn bản¹; đôn đốc" in text
    assert text.endswith("\n\n¹ 02 nghị quyết, 29 kế hoạch.")


def test_paragraphs_show_by_space_and_indent() -> None:
    page = PdfPage().lines(72, 700, [PROSE[0], "bộ tỉnh."]).lines(72, 650, [PROSE[0], "cuối."])
    page.text(100, 618, "Thụt đầu dòng là đoạn mới, viết kín đến cuối dòng").text(72, 602, "rồi tiếp.")
    assert texts(page)[0].split("\n\n") == [
        f"{PROSE[0]}\nbộ tỉnh.", f"{PROSE[0]}\ncuối.", "Thụt đầu dòng là đoạn mới, viết kín đến cuối dòng\nrồi tiếp."
    ]  # fmt: skip


@pytest.mark.parametrize("turn", ["0 1 -1 0", "0 -1 1 0", "-1 0 0 -1"])
def test_turned_pages_are_read_upright(turn: str) -> None:
    steps = {"0 1 -1 0": (14, 0), "0 -1 1 0": (-14, 0), "-1 0 0 -1": (0, 14)}[turn]
    page = PdfPage().text(300, 400, "Xin chào đồng chí", 12, turn)
    page.text(300 + steps[0], 400 + steps[1], "dòng thứ hai", 12, turn).text(20, 20, "dấu")
    assert texts(page) == ["Xin chào đồng chí\ndòng thứ hai"]


def test_scanned_pages_are_named(tmp_path: Path) -> None:
    scan = PdfPage().picture()
    with pytest.raises(InvalidInput, match=r"Trang 1, 2 là ảnh quét, không có lớp chữ.*giaoban\[ocr\]"):
        loaded(tmp_path, pdf(scan, scan))
    found = loaded(tmp_path, pdf(PdfPage().lines(72, 700, PROSE), scan))
    assert found.text == "\n".join(PROSE)
    assert found.notes[0].startswith("Trang 2 là ảnh quét, không đọc được chữ.")
    with pytest.raises(InvalidInput, match="không có chữ nào"):
        loaded(tmp_path, pdf(PdfPage()))


LOCK = (
    "/ID [<00112233445566778899AABBCCDDEEFF> <00112233445566778899AABBCCDDEEFF>] /Encrypt << /Filter /Standard /V 1 "
    f"/R 2 /O <{'11' * 32}> /U <{'22' * 32}> /P -4 >> "
)


@pytest.mark.parametrize(
    ("data", "message", "reason"),
    [
        (pdf(PdfPage().text(72, 700, "x"), more=LOCK), "Tệp được đặt mật khẩu", "a password"),
        (b"%PDF-1.7\n" + b"x" * 100, "bị hỏng hoặc bị cắt cụt", "no PDF behind its first line"),
        (b"PK\x03\x04", "Nội dung không phải tệp .pdf", "a zip"),
        (b"<html>", "mà là HTML", "a page"),
        (b"", "Nội dung không phải tệp .pdf", "nothing"),
    ],
)
def test_refusals(tmp_path: Path, data: bytes, message: str, reason: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        loaded(tmp_path, data)
    assert message in str(caught.value), reason
    assert "\n" not in str(caught.value)


def test_a_page_that_no_printer_prints_is_refused() -> None:
    with pytest.raises(worker.Unreadable, match="characters"):
        texts(PdfPage().lines(10, 800, ["chữ " * 50] * 800, 1, 1))


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "MOST_PAGES", 2)
    with pytest.raises(worker.Unreadable, match="pages"):
        texts(*[PdfPage().text(72, 700, "x")] * 3)


def test_reading_is_stopped_when_it_takes_too_long() -> None:
    with pytest.raises(InvalidInput, match="quá phức tạp"):
        process.read_pages(pdf(PdfPage().text(72, 700, "x")), "a.pdf", seconds=0.001)


def test_a_crash_of_the_reading_process_is_one_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    crash = tmp_path / "python"
    crash.write_text("#!/bin/sh\nkill -SEGV $$\n", encoding="utf-8")
    crash.chmod(0o755)
    monkeypatch.setattr(process.sys, "executable", str(crash))
    with pytest.raises(InvalidInput, match="bị hỏng"):
        process.read_pages(pdf(PdfPage().text(72, 700, "x")), "a.pdf")


def test_no_file_of_the_current_folder_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit(3)", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert loaded(tmp_path, pdf(PdfPage().text(72, 700, "Xin chào"))).text == "Xin chào"


def test_crowded_pages_take_linear_time() -> None:
    page = PdfPage()
    for row in range(400):
        page.text(20, 800 - 1.9 * row, "từ " * 30, 2).text(300, 800 - 1.9 * row, "chữ " * 30, 2)
    start = time.process_time()
    assert texts(page)[0].count("từ") == 400 * 30
    assert time.process_time() - start < 20
