"""The tree of headings: each row has a text, its outline (path and title), and why the row exists."""

from __future__ import annotations

import pytest

from giaoban.reader import read_text
from giaoban.reader.model import Section


def sections(text: str) -> tuple[Section, ...]:
    return read_text(text).sections


def outline(text: str) -> list[tuple[str, str]]:
    return [(section.path, section.title) for section in sections(text)]


LONG = "Cấp ủy các chi, đảng bộ cơ sở đã bám sát sự lãnh đạo, chỉ đạo của cấp trên để"

TREES = [
    (
        "1. Kiểm tra.\nMốc kiểm tra: từ tháng\n1. 2024 đến thời điểm kiểm tra.\n2. Giám sát.",
        [("1", "Kiểm tra"), ("2", "Giám sát")],
        "a month at the start of a line",
    ),
    (
        "Điều 1. Phê duyệt Chương trình với các nội dung sau:\nI. QUAN ĐIỂM\nII. MỤC TIÊU\n1. Đến năm 2027\na) Có;\n"
        "Điều 2. Hiệu lực thi hành.",
        [
            ("1", "Phê duyệt Chương trình với các nội dung sau"),
            ("1.I", "QUAN ĐIỂM"),
            ("1.II", "MỤC TIÊU"),
            ("1.II.1", "Đến năm 2027"),
            ("1.II.1.a", "Có"),
            ("2", "Hiệu lực thi hành"),
        ],
        "a programme inside an article",
    ),
    (
        "PHẦN A\nKIỂM ĐIỂM\nI. Đối tượng\nPHẦN B. XẾP LOẠI\nI. Khung",
        [("A", "KIỂM ĐIỂM"), ("A.I", "Đối tượng"), ("B", "XẾP LOẠI"), ("B.I", "Khung")],
        "parts with a letter",
    ),
    (
        "I/- ƯU ĐIỂM\n1/- Lãnh đạo\n1.1/- Chậm cụ thể hóa.\n1.2/- Buông lỏng.\n2/. Quản lý",
        [
            ("I", "ƯU ĐIỂM"),
            ("I.1", "Lãnh đạo"),
            ("I.1.1", "Chậm cụ thể hóa"),
            ("I.1.2", "Buông lỏng"),
            ("I.2", "Quản lý"),
        ],
        "a stroke and another sign behind the number",
    ),
    (
        "1. Cán bộ\n1.a) Quy hoạch\n1.b) Luân chuyển\na) Cấp tỉnh\na.1) Sở\na.2) Ban\n"
        "Chương 2\nHỌP\nMục 1\nKỲ HỌP\nTiểu mục 1. Thường kỳ\nĐiều 7 - Giờ họp",
        [
            ("1", "Cán bộ"),
            ("1.a", "Quy hoạch"),
            ("1.b", "Luân chuyển"),
            ("1.b.a", "Cấp tỉnh"),
            ("1.b.a.1", "Sở"),
            ("1.b.a.2", "Ban"),
            ("2", "HỌP"),
            ("2.1", "KỲ HỌP"),
            ("2.1.1", "Thường kỳ"),
            ("2.1.1.7", "Giờ họp"),
        ],
        "letters and numbers in one sign; a section inside a section, a dash behind an article's number",
    ),
    (
        "I- TÌNH HÌNH\n1. Thuận lợi\nCó thuận lợi.\n2. Khó khăn\nCó khó khăn.\nII- KẾT QUẢ\n1. Xây dựng Đảng\n"
        "1.1. Tư tưởng\nTốt.\n1.2- Tổ chức\na) Kết nạp: 12 đồng chí;\nb) Chuyển đi: 03 đồng chí.\n2. Kinh tế\nTốt.",
        [
            ("I", "TÌNH HÌNH"),
            ("I.1", "Thuận lợi"),
            ("I.2", "Khó khăn"),
            ("II", "KẾT QUẢ"),
            ("II.1", "Xây dựng Đảng"),
            ("II.1.1", "Tư tưởng"),
            ("II.1.2", "Tổ chức"),
            ("II.1.2.a", "Kết nạp"),
            ("II.1.2.b", "Chuyển đi"),
            ("II.2", "Kinh tế"),
        ],
        "the usual ways of numbering; «1.1» already holds the «1»",
    ),
    (
        "A- PHẦN CHUNG\nI. Mục tiêu\n1. Chung\nB- PHẦN RIÊNG\nI. Nội dung",
        [("A", "PHẦN CHUNG"), ("A.I", "Mục tiêu"), ("A.I.1", "Chung"), ("B", "PHẦN RIÊNG"), ("B.I", "Nội dung")],
        "letters above Roman numbers",
    ),
    (
        "I. KẾT QUẢ\nA. Công tác Đảng\n1. Kết nạp\nB. Kinh tế\nII. NHIỆM VỤ\nA. Công tác Đảng",
        [
            ("I", "KẾT QUẢ"),
            ("I.A", "Công tác Đảng"),
            ("I.A.1", "Kết nạp"),
            ("I.B", "Kinh tế"),
            ("II", "NHIỆM VỤ"),
            ("II.A", "Công tác Đảng"),
        ],
        "letters below Roman numbers where the text begins so",
    ),
    (
        "Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\n1. Áp dụng cho chi bộ.\n2. Không áp dụng cho tổ.\n"
        "Điều 2. Đối tượng\nChương II\nQUY ĐỊNH CỤ THỂ\nMục 1\nHỌP\nĐiều 3. Thời gian",
        [
            ("I", "QUY ĐỊNH CHUNG"),
            ("I.1", "Phạm vi"),
            ("I.1.1", "Áp dụng cho chi bộ"),
            ("I.1.2", "Không áp dụng cho tổ"),
            ("I.2", "Đối tượng"),
            ("II", "QUY ĐỊNH CỤ THỂ"),
            ("II.1", "HỌP"),
            ("II.1.3", "Thời gian"),
        ],
        "chapters, sections and articles, whose names may stand on the next line",
    ),
    (
        "**1. Đánh giá chung**\n\nTốt.\n\n## **2. Nhiệm vụ trọng tâm**\n\n2.1- Rà soát chương trình.\n\n"
        "2.2- Kiểm tra chi bộ.",
        [
            ("1", "Đánh giá chung"),
            ("2", "Nhiệm vụ trọng tâm"),
            ("2.1", "Rà soát chương trình"),
            ("2.2", "Kiểm tra chi bộ"),
        ],
        "Markdown's emphasis and heading marks",
    ),
    (
        f"1. Công tác tư tưởng: {LONG} triển khai.\n2. Công tác tổ chức: {LONG} củng cố.",
        [("1", "Công tác tư tưởng"), ("2", "Công tác tổ chức")],
        "a heading that runs into its paragraph ends at the colon",
    ),
    (
        f"1. Tổ chức tốt hội nghị. {LONG} làm.\n2. Rà soát quy chế. {LONG} sửa.",
        [("1", "Tổ chức tốt hội nghị"), ("2", "Rà soát quy chế")],
        "of a numbered paragraph the first sentence",
    ),
    (
        f"{LONG}:\n(1) Tham mưu cho Tỉnh ủy; {LONG} ban hành.\n(2) Chủ động phối hợp; {LONG} làm.\n{LONG} xong.",
        [("1", "Tham mưu cho Tỉnh ủy; " + LONG + " ban hành"), ("2", "Chủ động phối hợp; " + LONG + " làm")],
        "numbers in brackets that begin paragraphs",
    ),
    (
        "1. Xây dựng Đảng\n3. Kinh tế\n4. Xã hội",
        [("1", "Xây dựng Đảng"), ("3", "Kinh tế"), ("4", "Xã hội")],
        "a number that is missing does not hide what follows",
    ),
]


@pytest.mark.parametrize(("text", "expected", "reason"), TREES)
def test_trees(text: str, expected: list[tuple[str, str]], reason: str) -> None:
    assert outline(text) == expected, reason


FLAT = [
    (f"{LONG} (1) thu ngân sách;\n(2) chi ngân sách {LONG}\n(3) đầu tư {LONG}.", "an enumeration that runs on"),
    (f"{LONG} triển khai Chỉ thị số\n15. Đến nay, {LONG} hoàn thành\n{LONG} báo cáo.", "a number wrapped onto a line"),
    (f"{LONG} có\n1.306 TTHC và {LONG}\n2.9. {LONG}", "a number with its thousands, a date without a year"),
    ("- Các ban, đoàn thể,\n- Các chi bộ,\n+ Chi bộ 1\n* Chi bộ 2", "bullets carry no number"),
    ("1\tSở A\t12\t15\n2\tSở B\t13\t16", "rows of a table"),
    ("1.   Sở Nội vụ   12   15\n2.   Sở Y tế   13   16", "rows of a table with points"),
    ("V.I. Lênin và C. Mác\n28/11/2022\n5,5 tỷ đồng\n6 tháng đầu năm", "names, dates, quantities"),
    ("", "nothing"),
]


@pytest.mark.parametrize(("text", "reason"), FLAT)
def test_what_is_no_heading(text: str, reason: str) -> None:
    assert outline(text) == [], reason


def test_wrapped_headings_are_joined() -> None:
    text = (
        "I- MỘT SỐ KẾT QUẢ NỔI BẬT TRONG THỰC HIỆN NGHỊ QUYẾT CỦA TỈNH ỦY,\nNGÀY 14/12/2022 VỀ NHIỆM VỤ NĂM 2023\n"
        "1. Tập trung phòng, chống dịch bệnh, chăm lo bảo vệ và nâng cao sức\nkhỏe nhân dân\n"
        f"{LONG} hoàn thành nhiệm vụ.\n{LONG} hoàn thành.\n"
    )
    assert outline(text) == [
        (
            "I",
            "MỘT SỐ KẾT QUẢ NỔI BẬT TRONG THỰC HIỆN NGHỊ QUYẾT CỦA TỈNH ỦY, NGÀY 14/12/2022 VỀ NHIỆM VỤ NĂM 2023",
        ),
        ("I.1", "Tập trung phòng, chống dịch bệnh, chăm lo bảo vệ và nâng cao sức khỏe nhân dân"),
    ]


def test_a_blank_line_behind_every_line() -> None:
    body = [LONG, LONG, "hoàn thành."] * 3
    broken = ["1.4. Thực hiện Nghị quyết Trung ương 4 (khóa XII) và Chỉ thị 05-", "CT/TW"]
    lines = ["II- KẾT QUẢ", "1. Xây dựng Đảng", *body, *broken, *body, "2. Kinh tế", *body]
    assert outline("\n\n".join(lines)) == [
        ("II", "KẾT QUẢ"),
        ("II.1", "Xây dựng Đảng"),
        ("II.1.4", "Thực hiện Nghị quyết Trung ương 4 (khóa XII) và Chỉ thị 05- CT/TW"),
        ("II.2", "Kinh tế"),
    ]


def test_spans_end_before_the_next_heading_and_the_recipients() -> None:
    text = (
        "I- MỘT\n1. Hai\nNội dung hai.\nII- BA\nNội dung ba.\n\nNơi nhận:\n- Như trên,\n- Lưu Văn phòng.\n"
        "T/M ĐẢNG ỦY\nBÍ THƯ\nNguyễn Văn Mẫu\n\nPHỤ LỤC\n1. Danh sách\nChi bộ 1\n"
    )
    found = [(section.path, section.level, text[section.start : section.end]) for section in sections(text)]
    assert found == [
        ("I", 1, "I- MỘT\n1. Hai\nNội dung hai."),
        ("I.1", 2, "1. Hai\nNội dung hai."),
        ("II", 1, "II- BA\nNội dung ba."),
        ("1", 1, "1. Danh sách\nChi bộ 1"),
    ]


def test_footnotes_make_no_sections() -> None:
    text = (
        "I- KẾT QUẢ\n1. Xây dựng Đảng\nĐã ban hành 21 văn bản trọng tâm1 để chỉ đạo các chi bộ cơ sở\n \n"
        "1 01 Nghị quyết, 04 Chương trình.\n 2. Kinh tế\nTốt.\n"
    )
    assert [path for path, _ in outline(text)] == ["I", "I.1", "I.2"]


def test_roman_numbers_without_a_sign() -> None:
    text = "Liên đội ban hành kế hoạch như sau:\nI MỤC ĐÍCH, YÊU CẦU\n- Giáo dục đội viên.\nII NỘI DUNG\n- Trồng cây.\n"
    assert [item.path for item in read_text(text).sections] == ["I", "II"]
    assert read_text("ĐẠI HỘI ĐẢNG BỘ XÃ LẦN THỨ\nI NHIỆM KỲ MỚI\n\nĐại hội họp ngày 12/5/2025.\n").sections == ()


def test_headings_that_name_articles_broken_before_their_numbers() -> None:
    text = (
        "1- Điều 1 (Khoản\n2): Tuổi đời của người vào Đảng theo quy định mới\n1.1- Về tuổi đời\n"
        "Người vào Đảng phải đủ 18 tuổi.\n2. Điều\n3: Về quyền của đảng viên\n2.1- (Khoản 1): Quyền được thông tin\n"
    )
    assert [(section.path, section.title) for section in read_text(text).sections] == [
        ("1", "Điều 1 (Khoản 2): Tuổi đời của người vào Đảng theo quy định mới"),
        ("1.1", "Về tuổi đời"),
        ("2", "Điều 3: Về quyền của đảng viên"),
        ("2.1", "(Khoản 1)"),
    ]


def test_the_body_goes_on_behind_a_footnote() -> None:
    text = (
        "I- KẾT QUẢ\n\n1. Ban hành 31 văn bản1; kỷ luật 14 đảng viên2.\n\n"
        "1 02 nghị quyết, 29 kế hoạch.\n2 Khiển trách 09, cảnh cáo 05.\n\n"
        "2. Công tác dân vận\n\nII- NHIỆM VỤ\n\nHoàn thành kế hoạch.\n"
    )
    assert [path for path, _ in outline(text)] == ["I", "I.1", "I.2", "II"]
