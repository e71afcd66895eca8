"""HTML pages: what a reader of the page sees, in the page's order."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from fuzz.legacy_writer import REPORT, to_tcvn3, to_vni, to_windows_1258

from giaoban.core.errors import InvalidInput
from giaoban.reader import read_file
from giaoban.reader.loaders import Loaded, load_with_notes


def loaded(tmp_path: Path, data: str | bytes, name: str = "a.html") -> Loaded:
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return load_with_notes(path)


@pytest.mark.parametrize(
    ("page", "expected", "reason"),
    [
        ("<p>Đảng   ủy\n xã</p><p>Số&nbsp;12-BC/ĐU</p>", "Đảng ủy xã\nSố 12-BC/ĐU", "blocks are lines, blanks fold"),
        ("một<br>hai<br/>ba", "một\nhai\nba", "line breaks"),
        ("B&Aacute;O C&#193;O &#x1EA3; &amp; &lt;b&gt;", "BÁO CÁO ả & <b>", "entities"),
        ("<b>Đ</b>ảng <i>ủy</i>", "Đảng ủy", "letters set apart inside a word"),
        (
            "<script>a<b</script><style>p{}</style><nav>Trang chủ</nav><noscript>x</noscript>nội dung",
            "nội dung",
            "no text",
        ),
        ("<head><title>Tên</title></head><body>thân</body>", "thân", "the title of the window"),
        ("<!-- ẩn --><p hidden>ẩn</p><p style='display: none'>ẩn</p>hiện", "hiện", "what is not shown"),
        ("<table><tr><th>a<th>b<th>c<tr><td>1<td><td>3</table>", "a\tb\tc\n1\t\t3", "tables, end tags left out"),
        (
            "<table><tr><td><p>ĐẢNG ỦY</p><p>Số 1-BC/ĐU</p></td><td>ĐẢNG CỘNG SẢN<br>VIỆT NAM</td></tr></table>",
            "ĐẢNG ỦY\nSố 1-BC/ĐU\nĐẢNG CỘNG SẢN\nVIỆT NAM",
            "a letterhead: one cell after the other",
        ),
        (
            "<table><tr><td>đầu<table><tr><td>1<td>2<td>3</table>cuối</td></tr></table>sau",
            "đầu\n1\t2\t3\ncuối\nsau",
            "a table inside a table",
        ),
        ("<table><caption>Biểu 1</caption><tr><td>a</td></tr></table>", "Biểu 1\na", "the caption"),
        ("<ol><li>một<li>hai<ul><li>con</ul><li>ba</ol>", "1. một\n2. hai\n- con\n3. ba", "lists as they are shown"),
        ("<ol start=4><li>bốn</ol>", "4. bốn", "a list that goes on"),
        ("<pre>a  b\n  c</pre>", "a  b\n  c", "lines that were set by hand"),
        ("tổ chức<sup>1</sup> và m<sup>2</sup> ở <sup>th</sup>", "tổ chức¹ và m² ở th", "raised digits"),
        ("<p>chưa đóng <b>thẻ", "chưa đóng thẻ", "nothing is closed"),
        ("", "", "an empty page"),
        ("<b>" * 3000 + "sâu", "sâu", "deeper than any page"),
    ],
)
def test_pages(tmp_path: Path, page: str, expected: str, reason: str) -> None:
    assert loaded(tmp_path, page).text == expected, reason


def test_deleted_passages_are_named(tmp_path: Path) -> None:
    found = loaded(tmp_path, "<p>Giữ <del>bỏ</del><ins>thêm</ins></p>")
    assert found == Loaded("Giữ thêm", ("Có 1 chỗ gạch bỏ trong trang, không đọc vào nội dung",))


BODY = f"<p>{REPORT}</p>"
FLAT = " ".join(REPORT.split())


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (BODY.encode(), "UTF-8 without a word about it"),
        (BODY.encode("utf-8-sig"), "a byte order mark"),
        (("<meta charset=iso-8859-1>" + BODY).encode("utf-8-sig"), "the mark says more than the page"),
        (BODY.encode("utf-16"), "UTF-16"),
        (b'<meta charset="utf-8">' + BODY.encode(), "declared"),
        (b"<meta http-equiv=x content='text/html; charset=windows-1258'>" + to_windows_1258(BODY), "Windows-1258"),
        (b"<meta charset=iso-8859-1>" + to_vni(BODY), "VNI in a page that calls itself Western"),
        (b"<meta charset=x-user-defined>" + to_tcvn3(BODY), "TCVN3, as old pages name it"),
        (to_vni(BODY), "VNI without a word about it"),
        (b"<meta charset=iso-8859-1>" + BODY.encode("ascii", "xmlcharrefreplace"), "letters as numbers"),
        (b"<meta charset=iso-8859-1>" + BODY.encode(), "UTF-8 that calls itself Western"),
    ],
)
def test_encodings(tmp_path: Path, data: bytes, reason: str) -> None:
    assert loaded(tmp_path, data).text == FLAT, reason


def test_a_western_page(tmp_path: Path) -> None:
    assert loaded(tmp_path, "<meta charset=windows-1252><p>déjà “vu”</p>".encode("cp1252")).text == "déjà “vu”"


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.html", b"<meta charset=shift_jis><p>\x83\x41</p>", "bảng mã shift_jis"),
        ("a.html", b"<meta charset=idna><p>\xfd</p>", "bảng mã idna"),
        ("a.htm", b"<p>\xff\x81</p>", "không phải UTF-8"),
        ("a.htm", b"<p>a\0b</p>", "byte NUL"),
        ("a.html", b"%PDF-1.7", "mà là PDF"),
        ("a.html", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office dạng cũ"),
    ],
)
def test_refusals(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        loaded(tmp_path, data, name)


def test_a_page_is_read_like_a_document(tmp_path: Path) -> None:
    loaded(tmp_path, "<p>Thực hiện Nghị quyết số <b>12-NQ/TU</b><br>ngày 05/4/2021 của Tỉnh ủy.</p>")
    assert [(item.symbol, str(item.date)) for item in read_file(tmp_path / "a.html").citations] == [
        ("12-NQ/TU", "2021-04-05")
    ]


@pytest.mark.parametrize(
    "unit",
    ["<", "<!--", "<a ", "&", "&#1", "<![CDATA[", "<?", "</", "<a b='", "<script>", "<b>", "<table>", "<td><tr>",
     "<ul><li>", "<select>", "<p hidden>", "<table><tr><td>x"],
)  # fmt: skip
def test_hostile_pages_take_linear_time(tmp_path: Path, unit: str) -> None:
    start = time.process_time()
    loaded(tmp_path, unit * (400_000 // len(unit)))
    assert time.process_time() - start < 10


@pytest.mark.parametrize(
    ("reference", "note"),
    [
        ('<a href="#sdfootnote1sym"><sup>1</sup></a>', '<a href="#sdfootnote1anc">1</a>02 nghị quyết.'),
        ('<a href="#_ftn1"><sup>[1]</sup></a>', '<a href="#_ftnref1"><sup>[1]</sup></a>02 nghị quyết.'),
    ],
)
def test_footnotes_keep_their_marks(tmp_path: Path, reference: str, note: str) -> None:
    page = f'<div title="header"><p>0</p></div><p>Ban hành 31 văn bản{reference}; đôn đốc.</p><p>{note}</p>'
    assert loaded(tmp_path, page).text == "Ban hành 31 văn bản¹; đôn đốc.\n¹ 02 nghị quyết."
