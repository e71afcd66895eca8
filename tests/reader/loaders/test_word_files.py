"""Word files: what is read, what is named in a note, what is refused."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from giaoban.core.errors import GiaobanError
from giaoban.reader import read_file
from giaoban.reader.loaders import Loaded, load_with_notes

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def word(body: str, parts: dict[str, str | bytes] | None = None) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {W} {R}><w:body>{body}</w:body></w:document>")
        for name, content in (parts or {}).items():
            archive.writestr(name, content)
    return stream.getvalue()


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def cell(*texts: str) -> str:
    return f"<w:tc>{''.join(paragraph(run(text)) for text in texts)}</w:tc>"


def field(code: str, shown: str) -> str:
    def sign(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    return sign("begin") + f"<w:r><w:instrText>{code}</w:instrText></w:r>" + sign("separate") + run(shown) + sign("end")


def loaded(tmp_path: Path, data: bytes, name: str = "a.docx") -> Loaded:
    path = tmp_path / name
    path.write_bytes(data)
    return load_with_notes(path)


@pytest.mark.parametrize(
    ("rows", "expected", "reason"),
    [
        ([cell("a") + cell("b") + cell("c")], ["a\tb\tc"], "a row is a line"),
        ([cell("a", "b") + cell("c", "d")], ["a", "b", "c", "d"], "the head of a document: one cell after the other"),
        ([cell("1") + cell("dòng một", "dòng hai") + cell("3")], ["1\tdòng một dòng hai\t3"], "a cell of a table"),
        ([f"<w:sdt><w:sdtContent>{cell('a')}</w:sdtContent></w:sdt>" + cell("b")], ["a\tb"], "a content control"),
        (["<w:trPr><w:del/></w:trPr>" + cell("bỏ"), cell("giữ")], ["giữ"], "a deleted row"),
    ],
)
def test_tables(tmp_path: Path, rows: list[str], expected: list[str], reason: str) -> None:
    table = "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"
    assert loaded(tmp_path, word(table)).text.splitlines() == expected, reason


def test_notes_of_both_kinds_and_text_boxes(tmp_path: Path) -> None:
    foot = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    end = '<w:r><w:endnoteReference w:id="2"/></w:r>'
    box = "<w:r><w:pict><w:txbxContent>" + paragraph(run("Khung chữ")) + "</w:txbxContent></w:pict></w:r>"
    parts: dict[str, str | bytes] = {
        f"word/{kind}s.xml": f'<w:{kind}s {W}><w:{kind} w:id="2">{paragraph(run(kind))}</w:{kind}></w:{kind}s>'
        for kind in ("footnote", "endnote")
    }
    text = loaded(tmp_path, word(paragraph(run("Một"), foot, run(", hai"), end, box), parts)).text
    assert text == "Một¹, hai²\nKhung chữ\n\n¹ footnote\n\n² endnote\n"


def test_tracked_changes_and_comments_are_named(tmp_path: Path) -> None:
    body = paragraph(
        run("Kết nạp "), f"<w:del>{run('52').replace('w:t', 'w:delText')}</w:del>", f"<w:ins>{run('53')}</w:ins>",
        run(" đảng viên"), '<w:r><w:commentReference w:id="0"/></w:r>',
    )  # fmt: skip
    comments = f'<w:comments {W}><w:comment w:id="0">{paragraph(run("Xem lại số này"))}</w:comment></w:comments>'
    found = loaded(tmp_path, word(body, {"word/comments.xml": comments}))
    assert found.text == "Kết nạp 53 đảng viên"
    assert found.notes == (
        "Còn sửa đổi được theo dõi chưa chấp nhận (1 chỗ thêm, 1 chỗ xóa): đọc phần thêm, bỏ phần xóa",
        "Có 1 nhận xét bên lề (comment), không tính vào nội dung",
    )


def test_a_deleted_paragraph_mark_joins_paragraphs(tmp_path: Path) -> None:
    first = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('Đảng ')}</w:p>"
    assert loaded(tmp_path, word(first + paragraph(run("ủy")))).text == "Đảng ủy"


def test_page_numbers_are_no_text(tmp_path: Path) -> None:
    simple = f'<w:fldSimple w:instr=" PAGE ">{run("7")}</w:fldSimple>'
    open_field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
    body = paragraph(run("Trang "), field("PAGE", "3"), run("/"), field(" NUMPAGES ", "9"), simple)
    body += paragraph(open_field, run("8")) + paragraph(run("Ngày "), field("DATE", "05/4/2023"))
    assert loaded(tmp_path, word(body)).text == "Trang /\n\nNgày 05/4/2023"


def headed(header: str, footer: str) -> bytes:
    section = '<w:sectPr><w:headerReference r:id="r1"/><w:footerReference r:id="r2"/></w:sectPr>'
    relations = "".join(
        f'<Relationship Id="r{number}" Target="{name}1.xml"/>' for number, name in ((1, "header"), (2, "footer"))
    )
    return word(
        paragraph(run("Nội dung")) + section,
        {
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELATIONS}">{relations}</Relationships>',
            "word/header1.xml": f"<w:hdr {W}>{header}</w:hdr>",
            "word/footer1.xml": f"<w:ftr {W}>{footer}</w:ftr>",
        },
    )


def test_a_letterhead_in_the_page_header_is_read(tmp_path: Path) -> None:
    letterhead = paragraph(run("ĐẢNG ỦY XÃ TÂN AN")) + paragraph(run("Số 12-BC/ĐU")) + paragraph(field("PAGE", "1"))
    found = loaded(tmp_path, headed(letterhead, paragraph(run("- 1 -"))))
    assert (found.text, found.notes) == ("ĐẢNG ỦY XÃ TÂN AN\nSố 12-BC/ĐU\nNội dung", ())
    assert read_file(tmp_path / "a.docx").header.symbol == "12-BC/ĐU"


def test_other_page_headers_are_named_only(tmp_path: Path) -> None:
    found = loaded(tmp_path, headed(paragraph(run("Báo cáo quý I")), paragraph(run("Trang 2/5"))))
    assert found.text == "Nội dung"
    assert found.notes == ("Đầu trang, chân trang không tính vào nội dung: «Báo cáo quý I»",)


DTD = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
OUTER = (
    f'<Relationships xmlns="{RELATIONS}">'
    '<Relationship Id="r1" TargetMode="External" Target="http://x/"/></Relationships>'
)


@pytest.mark.parametrize(
    ("name", "data", "message", "reason"),
    [
        ("a.docx", word(paragraph(run("x")), {"word/vbaProject.bin": b"x"}), "Tệp có macro", "macros inside"),
        ("a.docm", word(paragraph(run("x"))), "Tệp .docm là loại có macro", "a type that holds macros"),
        ("a.doc", b"x", "Word dạng cũ (.doc); cần: tệp .docx. Hãy mở bằng Word hoặc LibreOffice", "how to convert"),
        ("a.docx", b"<!DOCTYPE html><html></html>", "Hãy đổi đuôi tệp thành .html", "HTML named .docx"),
        ("a.docx", b"%PDF-1.7", "mà là PDF", "PDF named .docx"),
        ("a.docx", b"{\\rtf1", "mà là RTF", "RTF named .docx"),
        ("a.docx", word(paragraph(run("x")), {"word/footnotes.xml": DTD}), "thực thể XML", "an external entity"),
        ("a.docx", word("<w:tbl/>" * 300_000), "nén bất thường", "a bomb of elements"),
        ("a.docx", word("<w:tbl>" * 300 + "</w:tbl>" * 300), "", "tables without rows hold nothing"),
        ("a.docx", word("<w:ins>" * 300 + "</w:ins>" * 300), "lồng nhau quá sâu", "deeper than any document"),
        ("a.docx", word(paragraph("<w:a>" * 300 + "</w:a>" * 300)), "lồng nhau quá sâu", "inside a paragraph"),
    ],
)  # fmt: skip
def test_refusals(tmp_path: Path, name: str, data: bytes, message: str, reason: str) -> None:
    if not message:
        assert loaded(tmp_path, data, name).text == "", reason
        return
    with pytest.raises(GiaobanError) as caught:
        loaded(tmp_path, data, name)
    assert message in str(caught.value), reason
    assert "\n" not in str(caught.value)


def test_a_part_with_too_many_elements_is_refused(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {W}>" + "<w:p/>" * 3_100_000 + "</w:document>")
    with pytest.raises(GiaobanError, match="quá nhiều phần tử"):
        loaded(tmp_path, stream.getvalue())


def test_parts_outside_the_package_are_not_fetched(tmp_path: Path) -> None:
    section = '<w:sectPr><w:headerReference r:id="r1"/></w:sectPr>'
    data = word(paragraph(run("x")) + section, {"word/_rels/document.xml.rels": OUTER})
    assert loaded(tmp_path, data).text == "x"


def test_a_protected_zip_and_a_cut_one(tmp_path: Path) -> None:
    data = bytearray(word(paragraph(run("Nội dung " * 50))))
    locked = bytearray(data)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + place] |= 1
    with pytest.raises(GiaobanError, match="Tệp được đặt mật khẩu"):
        loaded(tmp_path, bytes(locked))
    for size in range(4, len(data), 7):
        with pytest.raises(GiaobanError, match="hỏng hoặc bị cắt cụt"):
            loaded(tmp_path, bytes(data[:size]))


def test_many_footnotes_in_linear_time(tmp_path: Path) -> None:
    count = 5_000
    body = "".join(paragraph(run("x"), f'<w:r><w:footnoteReference w:id="{n}"/></w:r>') for n in range(count))
    notes = "".join(f'<w:footnote w:id="{n}">{paragraph(run(str(n)))}</w:footnote>' for n in range(count))
    data = word(body, {"word/footnotes.xml": f"<w:footnotes {W}>{notes}</w:footnotes>"})
    start = time.process_time()
    assert loaded(tmp_path, data).text.count("\n") == 3 * count
    assert time.process_time() - start < 10
