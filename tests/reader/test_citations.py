"""Documents that a text names: each row has a text, what is found in it, and why the row exists."""

from __future__ import annotations

import time
from datetime import date

import pytest

from giaoban.reader import ReadContext, read_text
from giaoban.reader.citations.find import find_citations
from giaoban.reader.footnotes import take_apart
from giaoban.reader.header import read_header
from giaoban.reader.lines import Lines
from giaoban.reader.sections import find_sections

# (symbol, or the printed words where there is no symbol; kind; date of issue; index that it refers to)
Row = tuple[str, str, str | None, int | None]


def found(text: str) -> list[Row]:
    document = read_text(text)
    assert all(text[item.start : item.end] == item.text for item in document.citations)
    return [
        (
            item.symbol or " ".join(item.text.split()),
            item.kind.value,
            item.date.isoformat() if item.date else None,
            item.refers_to,
        )
        for item in document.citations
    ]


def check(text: str, expected: list[Row], reason: str) -> None:
    assert found(text) == expected, reason


KINDS: list[tuple[str, list[Row], str]] = [
    (
        "Thực hiện Nghị quyết số 12-NQ/TU ngày 28/11/2022 của Ban Chấp hành Đảng bộ tỉnh",
        [("12-NQ/TU", "party", "2022-11-28", None)],
        "the usual form of the Party",
    ),
    (
        "Kết luận thanh tra số 37/KL-TTr ngày 31/10/2022 của Thanh tra tỉnh, Quyết định 1719/QĐ-TTg",
        [("37/KL-TTr", "state", "2022-10-31", None), ("1719/QĐ-TTg", "state", None, None)],
        "the usual form of the State, with and without «số»",
    ),
    (
        "Nghị định số 140/2017/NĐ-CP ngày 05/12/2017, Nghị quyết số 13/2023/NQ-HĐND, Thông tư 15/2020/TT-BGD&ĐT",
        [
            ("140/2017/NĐ-CP", "state", "2017-12-05", None),
            ("13/2023/NQ-HĐND", "state", None, None),
            ("15/2020/TT-BGD&ĐT", "state", None, None),
        ],
        "legal documents carry the year",
    ),
    (
        "Luật số 45/2019/QH14, số 46/2019/QH14 và Pháp lệnh số 02/2020/UBTVQH14 ngày 09/12/2020",
        [
            ("45/2019/QH14", "state", None, None),
            ("46/2019/QH14", "state", None, None),
            ("02/2020/UBTVQH14", "state", "2020-12-09", None),
        ],
        "the National Assembly's number has no code",
    ),
    (
        "Công văn số 1234/UBND-KT ngày 5/6/2024; Công văn 4567/BNV-TCCB; Văn bản số 235/SNV-CCVC ngày 12.3.2024",
        [
            ("1234/UBND-KT", "state", "2024-06-05", None),
            ("4567/BNV-TCCB", "state", None, None),
            ("235/SNV-CCVC", "state", "2024-03-12", None),
        ],
        "State letters name issuer and department",
    ),
    (
        "Nghị định 24-CP ngày 18/3/1993, Quyết định 132/HĐBT, Chỉ thị 406-TTg ngày 08/8/1994, Sắc lệnh số 97/SL",
        [
            ("24-CP", "state", "1993-03-18", None),
            ("132/HĐBT", "state", None, None),
            ("406-TTg", "state", "1994-08-08", None),
            ("97/SL", "state", None, None),
        ],
        "older documents name only the issuer",
    ),
    (
        "Thông tư liên tịch số 01/2012/TTLT-BTC-BNV; Lệnh số 03/2019/L-CTN; Nghị quyết số 1160/NQ-UBTVQH14",
        [
            ("01/2012/TTLT-BTC-BNV", "state", None, None),
            ("03/2019/L-CTN", "state", None, None),
            ("1160/NQ-UBTVQH14", "state", None, None),
        ],
        "several issuers, a code of one letter, an issuer with the term",
    ),
    (
        "TCVN 6909:2001, QCVN 01-1:2018/BYT; TCVN ISO 9001:2015, ISO/IEC 17025:2017 và QCVN-02:2009/BYT",
        [
            ("TCVN6909:2001", "standard", None, None),
            ("QCVN01-1:2018/BYT", "standard", None, None),
            ("TCVNISO9001:2015", "standard", None, None),
            ("ISO/IEC17025:2017", "standard", None, None),
            ("QCVN02:2009/BYT", "standard", None, None),
        ],
        "standards and technical regulations",
    ),
    (
        "Nghị quyết Trung ương 4 (khóa XII); Nghị quyết TW 8 khóa XIII; nghị quyết Hội nghị Trung ương 5, khóa IX",
        [
            ("Nghị quyết Trung ương 4 (khóa XII)", "unnumbered", None, None),
            ("Nghị quyết TW 8 khóa XIII", "unnumbered", None, None),
            ("nghị quyết Hội nghị Trung ương 5, khóa IX", "unnumbered", None, None),
        ],
        "documents known by the plenum",
    ),
    (
        "Nghị quyết, Kết luận Hội nghị Trung ương 4 (khóa XI, XII) và Nghị quyết TW4 (khóa XI, khóa XII)",
        [
            ("Nghị quyết, Kết luận Hội nghị Trung ương 4 (khóa XI, XII)", "unnumbered", None, None),
            ("Nghị quyết TW4 (khóa XI, khóa XII)", "unnumbered", None, 0),
        ],
        "several terms in one name; the spelling of the list does not matter",
    ),
    (
        "Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng; Nghị quyết Đại hội XIII; Nghị quyết Đại hội Đảng "
        "bộ xã Bình An lần thứ XXV",
        [
            ("Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng", "unnumbered", None, None),
            ("Nghị quyết Đại hội XIII", "unnumbered", None, 0),
            ("Nghị quyết Đại hội Đảng bộ xã Bình An lần thứ XXV", "unnumbered", None, None),
        ],
        "resolutions of a congress whose number is printed",
    ),
    (
        "Kế hoạch số 35/KH-LĐLĐ ngày 2/3/2023, số 12-KH/ĐTN, Quyết định số 04-QĐ/BCĐ35",
        [
            ("35/KH-LĐLĐ", "state", "2023-03-02", None),
            ("12-KH/ĐTN", "party", None, None),
            ("04-QĐ/BCĐ35", "party", None, None),
        ],
        "unions and steering committees follow either form",
    ),
]


@pytest.mark.parametrize(("text", "expected", "reason"), KINDS)
def test_kinds(text: str, expected: list[Row], reason: str) -> None:
    check(text, expected, reason)


BROKEN: list[tuple[str, list[Row], str]] = [
    (
        "theo Kế hoạch số 64/KH-\nUBND ngày 06/3/2023, Chỉ thị 05-\n\nCT/TW và số 16- CT/TU ngày\n\n15/9/2021",
        [
            ("64/KH-UBND", "state", "2023-03-06", None),
            ("05-CT/TW", "party", None, None),
            ("16-CT/TU", "party", "2021-09-15", None),
        ],
        "lines and blanks inside symbols and before dates",
    ),
    (
        "Quy định số ll-QĐi/TW ngày 18/02/2019; số O5-NQ/TU; Nghị quyêt số 13-N0/TU; Quyết định 311/QD-UBND",
        [
            ("11-QĐi/TW", "party", "2019-02-18", None),
            ("05-NQ/TU", "party", None, None),
            ("13-NQ/TU", "party", None, None),
            ("311/QĐ-UBND", "state", None, None),
        ],
        "what scanning makes of digits and of Đ is repaired where only one reading is possible",
    ),
    (
        "Nghị quyết số 12 NQ/TU, Kế hoạch số 15KH/ĐUK, Kế hoạch số 16-KH ĐUK, Kế hoạch số 17 - KH / ĐUK",
        [
            ("12-NQ/TU", "party", None, None),
            ("15-KH/ĐUK", "party", None, None),
            ("16-KH/ĐUK", "party", None, None),
            ("17-KH/ĐUK", "party", None, None),
        ],
        "lost dashes and stray blanks",
    ),
    (
        "hiệu quảNghị quyết số10-NQ/TU ngày26/9/2022",
        [("10-NQ/TU", "party", "2022-09-26", None)],
        "lost blanks between words",
    ),
    (
        "thực hiện Nghi\u0323 quyê\u0301t sô\u0301 12-NQ/\u00d0UK nga\u0300y 28/11/2022",
        [("12-NQ/ĐUK", "party", "2022-11-28", None)],
        "decomposed letters and the Icelandic Ð that old converters leave",
    ),
    (
        "Nghị quyết Trung ương 6 (khóa xm) và Nghị quyết Trung ương 6 (khóa XIII)",
        [
            ("Nghị quyết Trung ương 6 (khóa xm)", "unnumbered", None, None),
            ("Nghị quyết Trung ương 6 (khóa XIII)", "unnumbered", None, 0),
        ],
        "XIII scanned as xm is the same term",
    ),
]


@pytest.mark.parametrize(("text", "expected", "reason"), BROKEN)
def test_broken_text(text: str, expected: list[Row], reason: str) -> None:
    check(text, expected, reason)


def test_footnote_between_symbol_and_date() -> None:
    text = (
        "Đảng ủy đã ban hành 5 văn bản trọng tâm1 để chỉ đạo, trong đó có Kế hoạch số 106-KH/ĐUK, ngày\n \n"
        "1 Gồm: Công văn số 20-CV/ĐUK ngày 03/02/2023.\n 10/01/2023 của Ban Thường vụ về kết nạp đảng viên.\n"
    )
    assert found(text) == [("106-KH/ĐUK", "party", "2023-01-10", None), ("20-CV/ĐUK", "party", "2023-02-03", None)]


LISTS: list[tuple[str, list[Row], str]] = [
    (
        "các Công văn số 698-CV/ĐUK ngày 19/12/2022; số 699-CV/ĐUK ngày 20/12/2022 và số 700-CV/ĐUK, ngày 21/12/2022",
        [
            ("698-CV/ĐUK", "party", "2022-12-19", None),
            ("699-CV/ĐUK", "party", "2022-12-20", None),
            ("700-CV/ĐUK", "party", "2022-12-21", None),
        ],
        "one word for a list",
    ),
    (
        "các Nghị quyết số 18, 19-NQ/TW ngày 25/10/2017",
        [("18-NQ/TW", "party", "2017-10-25", None), ("19-NQ/TW", "party", "2017-10-25", None)],
        "one symbol and one date for two numbers",
    ),
    (
        "Hướng dẫn số 61-HD/BTCTU, số 62-HD/BTCTU. Chấm điểm theo các Hướng dẫn 61, 62 của Ban Tổ chức",
        [
            ("61-HD/BTCTU", "party", None, None),
            ("62-HD/BTCTU", "party", None, None),
            ("Hướng dẫn 61", "short", None, 0),
            ("62", "short", None, 1),
        ],
        "a list of short forms",
    ),
    (
        "Kế hoạch số 64/KH-\n\n5\n\nUBND ngày 06/3/2023",
        [("64/KH-UBND", "state", "2023-03-06", None)],
        "the number of a page inside a symbol",
    ),
]


@pytest.mark.parametrize(("text", "expected", "reason"), LISTS)
def test_lists(text: str, expected: list[Row], reason: str) -> None:
    check(text, expected, reason)


def test_one_date_for_all_documents_of_a_list() -> None:
    text = (
        "Theo Công văn số 09-CV/VPTU, ngày 21/7/2025 của Văn phòng Tỉnh ủy, Đảng ủy xã đã ban hành Kế hoạch số "
        "31-KH/ĐU và Công văn số 88-CV/ĐU, đều ngày 28/7/2025."
    )
    days = [citation.date for citation in read_text(text).citations]
    assert days == [date(2025, 7, 21), date(2025, 7, 28), date(2025, 7, 28)]


def test_several_documents_of_one_kind_share_the_date_behind_the_last() -> None:
    text = (
        "Thực hiện các Nghị quyết số 18-NQ/TW, 19-NQ/TW ngày 25/10/2017; các Quyết định số 512, 513, 514-QĐ/HU ngày "
        "02/4/2024; Kết luận số 15-KL/ĐU và Kết luận số 40-KL/ĐU ngày 06/4/2023. Chương trình hành động 25-CTr/TU; nay "
        "thực hiện Chương trình hành động 25, huyện đã sơ kết."
    )
    found = read_text(text).citations
    assert [one.date.year if one.date else None for one in found] == [
        2017,
        2017,
        2024,
        2024,
        2024,
        None,
        2023,
        None,
        None,
    ]
    assert found[-1].refers_to == 7


def test_type_and_issuer() -> None:
    document = read_text(
        "các Luật số 45/2019/QH14; số 46/2019/QH14. Thông báo số 66-BC/ĐUK. Thông báo kết luận số 238-TB/TU ngày "
        "27/02/2023 của Ban Thường vụ Tỉnh ủy về công tác. Quyết định số 9/QĐ-SNN của Sở Nông nghiệp và Phát triển "
        "nông thôn và Hướng dẫn số 3-HD/BTCTW"
    )
    assert [(item.type, item.word, item.issuer) for item in document.citations] == [
        ("Luật", "luật", None),
        ("Luật", "luật", None),
        ("BC", "thông báo", None),
        ("TB", "thông báo", "Ban Thường vụ Tỉnh ủy"),
        ("QĐ", "quyết định", "Sở Nông nghiệp và Phát triển nông thôn"),
        ("HD", "hướng dẫn", None),
    ]


DATES = [
    ("ngày 28/11/2022", date(2022, 11, 28), "slashes"),
    (", ngày 04/5/2023 của Ban Bí thư", date(2023, 5, 4), "the comma of the Party's style"),
    ("ngày 24 tháng 6 năm 2021", date(2021, 6, 24), "in words"),
    ("(ngày 12/7/2018)", date(2018, 7, 12), "in brackets"),
    ("ngày 19-12-2016", date(2016, 12, 19), "dashes"),
    ("ngày 28 – 11 – 2022", date(2022, 11, 28), "dashes with blanks"),
    ("ngày 05.01.2023", date(2023, 1, 5), "points"),
    ("của Bộ Chính trị khóa XII, ngày 22/10/2018", date(2018, 10, 22), "behind issuer and term"),
    ("của Bộ Chính trị ngày 15/6/2023", date(2023, 6, 15), "behind the issuer"),
    ("được ban hành ngày 15/6/2023", date(2023, 6, 15), "with the verb"),
    ("(28/11/2022)", date(2022, 11, 28), "without the word"),
    ("ngày 5/1/22", date(2022, 1, 5), "two digits for the year"),
    ("NGÀY 14/12/2022", date(2022, 12, 14), "in a heading"),
    ("ngàỵ 06/01/2022", date(2022, 1, 6), "a scanned word"),
    ("ngày l2/3/2O22", date(2022, 3, 12), "scanned digits"),
    ("ngày 10/001/2023", None, "a slip: no such month"),
    ("ngày 0/6/2013", None, "a slip: no such day"),
    ("ngày 31/02/2023", None, "not in the calendar"),
    ("ngày 28/12", None, "no year"),
    (", trước ngày 31/3/2023", None, "a deadline, not the date of issue"),
    ("từ ngày 15/3/2023 đến ngày 30/3/2023", None, "a period"),
    (". Ngày 15/4/2023 tổ chức hội nghị", None, "the next sentence"),
    ("; ngày 15/4/2023", None, "another part of the sentence"),
]


@pytest.mark.parametrize(("tail", "expected", "reason"), DATES)
def test_dates(tail: str, expected: date | None, reason: str) -> None:
    gap = "" if tail[0] in ",.;" else " "
    document = read_text(f"Thực hiện Kế hoạch số 12-KH/TU{gap}{tail} về việc này")
    assert [item.date for item in document.citations] == [expected], reason


def test_damaged_date_keeps_its_place() -> None:
    text = "Kế hoạch số 107-KH/ĐUK ngày 10/001/2023 của Đảng ủy"
    (item,) = read_text(text).citations
    assert item.date is None
    assert item.date_start is not None
    assert text[item.date_start : item.date_end] == "10/001/2023"


def test_date_before_the_document() -> None:
    issued = "Ngày 12/01/2023, Ban Thường vụ Huyện ủy ban hành Kế hoạch số 45-KH/HU về kiểm tra"
    other = "Ngày 12/01/2023, Huyện ủy tổ chức hội nghị triển khai Kế hoạch số 45-KH/HU về kiểm tra"
    assert found(issued) == [("45-KH/HU", "party", "2023-01-12", None)]
    assert found(other) == [("45-KH/HU", "party", None, None)]


def test_century_follows_the_reference_date() -> None:
    text = "Chỉ thị số 12-CT/TU ngày 5/1/98"
    (item,) = read_text(text, context=ReadContext(date(1999, 6, 1))).citations
    assert item.date == date(1998, 1, 5)


REPEATS: list[tuple[str, list[Row], str]] = [
    (
        "Kết luận số 01-KL/TW ngày 18/5/2021. Kết luận 01-KL/TW. Kết luận 01 của Bộ Chính trị",
        [
            ("01-KL/TW", "party", "2021-05-18", None),
            ("01-KL/TW", "party", None, 0),
            ("Kết luận 01", "short", None, 0),
        ],
        "a repeat and a short form",
    ),
    (
        "gắn với Chỉ thị 05-CT/TW. Chỉ thị số 05-CT/TW ngày 15/5/2016 của Bộ Chính trị. Chỉ thị số 05-CT/TW",
        [("05-CT/TW", "party", None, 1), ("05-CT/TW", "party", "2016-05-15", None), ("05-CT/TW", "party", None, 1)],
        "the full citation is the one with the date",
    ),
    (
        "Chỉ thị số 05-CT/TW ngày 15/5/2016 và Chỉ thị số 05-CT/TU ngày 11/6/2022. Thực hiện Chỉ thị 05, các cấp ủy",
        [
            ("05-CT/TW", "party", "2016-05-15", None),
            ("05-CT/TU", "party", "2022-06-11", None),
            ("Chỉ thị 05", "short", None, None),
        ],
        "two candidates: none",
    ),
    (
        "Chỉ thị số 05-CT/TW ngày 15/5/2016 và Chỉ thị số 05-CT/TU ngày 11/6/2022. Thực hiện Chỉ thị 05 của Tỉnh ủy",
        [
            ("05-CT/TW", "party", "2016-05-15", None),
            ("05-CT/TU", "party", "2022-06-11", None),
            ("Chỉ thị 05", "short", None, 1),
        ],
        "the printed issuer decides",
    ),
    (
        "Kế hoạch số 64/KH-UBND ngày 06/3/2022, Kế hoạch số 64/KH-UBND ngày 09/3/2023, Kế hoạch số 64/KH-UBND",
        [
            ("64/KH-UBND", "state", "2022-03-06", None),
            ("64/KH-UBND", "state", "2023-03-09", None),
            ("64/KH-UBND", "state", None, None),
        ],
        "one symbol with two dates may be two documents",
    ),
    (
        "Nghị quyết 09 của Bộ Chính trị (khóa IX); (gọi tắt là Hướng dẫn 02)",
        [("Nghị quyết 09", "short", None, None), ("Hướng dẫn 02", "short", None, None)],
        "short forms whose full citation is not printed",
    ),
    (
        "Nghị quyết Đại hội XV của Đảng bộ tỉnh; Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XV; Nghị quyết Đại hội XVI "
        "của Đảng bộ tỉnh",
        [
            ("Nghị quyết Đại hội XV của Đảng bộ tỉnh", "unnumbered", None, None),
            ("Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XV", "unnumbered", None, 0),
            ("Nghị quyết Đại hội XVI của Đảng bộ tỉnh", "unnumbered", None, None),
        ],
        "two ways of naming one congress",
    ),
]


@pytest.mark.parametrize(("text", "expected", "reason"), REPEATS)
def test_repeats(text: str, expected: list[Row], reason: str) -> None:
    check(text, expected, reason)


SILENT = [
    ("Gọi số 0203.3835.678 hoặc 024/3845-6789, (024) 3845 6789", "telephone numbers"),
    ("xe 14A-123.45, 29C1-12345, 80A-NG-123, biển số 51F-678.90", "plates"),
    ("đội A thắng 2-1, hiệp 1: 1-0", "scores"),
    ("đạt 446/450 (99,1%), 02/8 đơn vị, bằng 120% (06/05 đảng viên)", "fractions"),
    ("ngày 28/11/2022, giai đoạn 2020-2025, quý I/2023, 30/4 - 01/5, nhiệm kỳ 2021 -2026", "dates and periods"),
    ("khoản 2 Điều 7 Luật Đất đai; Điều 5 Nghị quyết này; Luật Thực hiện dân chủ ở cơ sở", "articles and statutes"),
    ("Liên cơ quan số 4, số 4 phố Hàng Bài, Đề án 06, Ban Chỉ đạo 35", "numbers of places and bodies"),
    ("Hợp đồng số 15/2023/HĐ-XD và Hóa đơn số 0001234, mã số 31-TH/UBND", "papers that are no official documents"),
    ("lô 5-CT/A2, căn 12-B/C, thửa 5-CT, Km 12-TT/BC", "places"),
    ("Hướng dẫn 06 đơn vị kiểm điểm. Thông báo 12 trường hợp. Quyết định 03 nội dung.", "verbs"),
    ("Kế hoạch 5 năm 2021-2025, Kế hoạch 2023, Chương trình 135, Báo cáo 6 tháng đầu năm", "names of plans"),
    ("01 Nghị quyết, 04 Chương trình, 09 Kế hoạch, 02 Công văn, 05 Thông báo", "counts of documents"),
    ("tại Hội nghị Trung ương 8 khóa XIII và Đại hội XIII của Đảng", "meetings"),
    ("các nghị quyết đại hội đảng bộ các cấp, nhiệm kỳ 2020-2025", "documents of many"),
    ("1.306 TTHC; 5,531 lượt; 10.213 tỷ đồng; 15.000 tỷ đồng/năm; 55 giường bệnh/1 vạn dân", "quantities"),
    ("COVID-19, ISO, TCVN, QTV1, Quốc lộ 18, A4, 13h30, 20h00’", "names with digits"),
]


@pytest.mark.parametrize(("text", "reason"), SILENT)
def test_look_alikes_stay_silent(text: str, reason: str) -> None:
    assert found(text) == [], reason


def test_own_number_is_no_citation() -> None:
    text = (
        "ĐẢNG ỦY XÃ TÂN AN\n*\nSố 45-BC/ĐU\nBÁO CÁO\nKết quả quý I\nThực hiện Nghị quyết số 02-NQ/ĐU, Đảng ủy báo cáo."
    )
    assert [row[0] for row in found(text)] == ["02-NQ/ĐU"]


@pytest.mark.parametrize(
    "piece",
    [
        "Nghị quyết số ", "12-", "12-NQ/", "số l", "1", " ", "ngày ", "của Ban ", "(khóa ", "X", "Trung ương 4, ", "/",
        "-", "Đại hội đại biểu ", "18, ", "QCVN ", "12/NQ-A-", "A.", "1.", "(1) ", "\n", "\n\n", "* ", "\n1\n\n",
        "a b\n",
    ],
)  # fmt: skip
def test_time_grows_with_the_text_and_not_faster(piece: str) -> None:
    text = piece * (30_000 // len(piece))
    started = time.process_time()
    layout = take_apart(text)
    find_citations(text, layout.flows())
    lines = Lines(text)
    find_sections(lines, read_header(lines).body)
    assert time.process_time() - started < 2, "a pattern backtracks"


NEAR_SYMBOLS = [
    (
        "Nghị quyết số 18-NQ/TW, ngày 25/10/2017; số 19-NQ/TW, cùng ngày; Chỉ thị số 5-CT/TW. "
        "Kết luận số 7-KL/TW cùng ngày.",
        [("18-NQ/TW", "2017-10-25"), ("19-NQ/TW", "2017-10-25"), ("5-CT/TW", None), ("7-KL/TW", None)],
        "the same day as the one before it in its sentence",
    ),
    (
        "Công điện số 152/CĐ-TTg hồi 17 giờ 30 phút ngày 10/9/2025; Công văn số 77/CV-UBND lúc 15h ngày 07/6/2023.",
        [("152/CĐ-TTg", "2025-09-10"), ("77/CV-UBND", "2023-06-07")],
        "an hour before the day",
    ),
    ("Kết luận số 15-KL/HU cùng ngày 03/8/2020.", [("15-KL/HU", "2020-08-03")], "the same day, printed"),
    ("Theo phụ lục số 02/PL. Đợt 1 phát 250 phiếu.", [], "a full stop is no separator"),
    ("Luật số 72/2020/QH14. Luật 72 được phổ biến.", [("72/2020/QH14", None), (None, None)], "a law by its number"),
    ("Pháp lệnh số 02/2020/UBTVQH14; Pháp lệnh 02.", [("02/2020/UBTVQH14", None), (None, None)], "an ordinance"),
    ("Luật 72 được phổ biến; ra pháp lệnh 5 lần.", [], "laws that are cited nowhere in full"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), NEAR_SYMBOLS)
def test_what_stands_near_symbols(text: str, expected: list[tuple[str | None, str | None]], reason: str) -> None:
    found = [(item.symbol, item.date.isoformat() if item.date else None) for item in read_text(text).citations]
    assert found == expected, reason
