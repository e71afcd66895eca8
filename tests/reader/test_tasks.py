"""Tasks: who is to do what, by when, how often; reports of what was done stay silent."""

from __future__ import annotations

import pytest

from giaoban.reader import read_text
from giaoban.reader.deadlines import find_deadline, find_recurrence

Row = tuple[tuple[str, ...], str | None, str | None]


def tasks(text: str) -> list[Row]:
    document = read_text(text)
    assert all(text[item.start : item.end] == item.text for item in document.tasks)
    return [(item.assignees, item.deadline, item.recurrence) for item in document.tasks]


GIVEN: list[tuple[str, list[Row], str]] = [
    (
        "Ban Thường vụ yêu cầu:\n1- Các chi bộ quán triệt Chỉ thị.\n2- Đảng ủy Ủy ban nhân dân lãnh đạo:\n"
        "2.1- Sở Y tế báo cáo hằng tuần.\n3- Văn phòng Tỉnh ủy theo dõi, 15 ngày một lần báo cáo Thường trực.\n",
        [
            (("Các chi bộ",), None, None),
            (("Sở Y tế",), None, "hằng tuần"),
            (("Văn phòng Tỉnh ủy",), None, "15 ngày"),
        ],
        "behind a list inside it the first list goes on",
    ),
    (
        "I. Phân công\nA. Đoàn xã\n1. Lập trang tin, đăng bài hằng tuần.\nB. Hội Nông dân xã\n1. Góp quỹ.\n",
        [(("Đoàn xã",), None, "hằng tuần"), (("Hội Nông dân xã",), None, None)],
        "headings with a letter name who does the points below",
    ),
    (
        "III/- KIẾN NGHỊ\n1/- Chi bộ tổ chức kiểm điểm.\n2/- Kiến nghị Ban Thường vụ chỉ đạo Thanh tra tỉnh.\n"
        "3/. Giao đồng chí Phó Chủ tịch (đồng chí Tuyết) trực tiếp đôn đốc giải ngân.\n",
        [
            (("Chi bộ",), None, None),
            (("Ban Thường vụ",), None, None),
            (("đồng chí Phó Chủ tịch",), None, None),
        ],
        "numbers with a stroke, what is proposed, a name behind a post",
    ),
    (
        "NGHỊ QUYẾT\n1. Phát triển Đảng: Giới thiệu 01 quần chúng. (Đ/c Loan phụ trách, xong trước 20/9/2026)\n",
        [(("Đ/c Loan",), "2026-09-20", None)],
        "a person in brackets behind the work, which a topic leads",
    ),
    (
        "III. TỔ CHỨC THỰC HIỆN\n1. Đảng ủy Mặt trận Tổ quốc và các đoàn thể tỉnh vận động nhân dân.\n"
        "2. Mặt trận Tổ quốc và các đoàn thể giám sát.\n",
        [
            (("Đảng ủy Mặt trận Tổ quốc và các đoàn thể tỉnh",), None, None),
            (("Mặt trận Tổ quốc", "các đoàn thể"), None, None),
        ],
        "one committee of many bodies",
    ),
    (
        "Ban Thường vụ yêu cầu các cơ quan hoàn thành các nội dung sau trước ngày 15/6/2024:\n"
        "1. Ban Tổ chức báo cáo kết quả phát triển đảng viên.\n2. Văn phòng tổng hợp, báo cáo trước ngày 20/6/2024.",
        [(("Ban Tổ chức",), "2024-06-15", None), (("Văn phòng",), "2024-06-20", None)],
        "one date for all points, but for the one that has its own",
    ),
    (
        "KẾT LUẬN\nII. NHIỆM VỤ\n1. Hồ sơ khen thưởng do Văn phòng Đảng ủy thẩm định, trình trong tháng 4/2024.\n"
        "2. Trong quý II/2024, cần tổ chức 02 hội nghị; Ban Tuyên giáo chủ trì, Đoàn Khối phối hợp.",
        [(("Văn phòng Đảng ủy",), "2024-M04", None), (("Ban Tuyên giáo", "Đoàn Khối"), "2024-Q2", None)],
        "who acts stands behind «do», and in a clause of its own",
    ),
    (
        "III. TỔ CHỨC THỰC HIỆN\n4. Đề nghị Đoàn Thanh niên, Hội Liên hiệp Phụ nữ xã\n- Mở 03 lớp dạy bơi;\n",
        [(("Đoàn Thanh niên", "Hội Liên hiệp Phụ nữ xã"), None, None)],
        "whom a line asks that ends without a colon",
    ),
    (
        "III. TỔ CHỨC THỰC HIỆN\n1. Ủy ban nhân dân huyện xây dựng kế hoạch, hoàn thành trước ngày 20/12/2022.\n"
        "2. Ban Tổ chức Huyện ủy phối hợp với Văn phòng Huyện ủy theo dõi, định kỳ hằng quý báo cáo.",
        [
            (("Ủy ban nhân dân huyện",), "2022-12-20", None),
            (("Ban Tổ chức Huyện ủy", "Văn phòng Huyện ủy"), None, "hằng quý"),
        ],
        "sentences that begin with who acts",
    ),
    (
        "Thường trực yêu cầu: Giao Ủy ban Kiểm tra Đảng ủy kiểm tra việc thực hiện Nghị quyết số 01-NQ/ĐU, ngày "
        "10/3/2021, hoàn thành trong quý III/2023.",
        [(("Ủy ban Kiểm tra Đảng ủy",), "2023-Q3", None)],
        "«giao»; the date of a document is no deadline",
    ),
    (
        "II. NHIỆM VỤ\n1. Yêu cầu Văn phòng Huyện ủy:\na) Tổng hợp kết quả trước ngày 05/10/2023;\n"
        "b) Đôn đốc hằng tháng.",
        [(("Văn phòng Huyện ủy",), "2023-10-05", None), (("Văn phòng Huyện ủy",), None, "hằng tháng")],
        "points under one body",
    ),
    (
        "II- NHIỆM VỤ CỤ THỂ\n1. Xây dựng Đề án sắp xếp dân cư\n- Cơ quan chủ trì: Ủy ban nhân dân xã.\n"
        "- Thời gian hoàn thành: tháng 12/2025.",
        [(("Ủy ban nhân dân xã",), "2025-M12", None)],
        "a heading with who and when below it",
    ),
    (
        "III. PHÂN CÔNG\n1. Giao Ban Nội chính Tỉnh ủy, Ủy ban Kiểm tra Tỉnh ủy giám sát việc thực hiện.\n"
        "2. Các huyện ủy, thành ủy rà soát trước 30/9/2022.",
        [
            (("Ban Nội chính Tỉnh ủy", "Ủy ban Kiểm tra Tỉnh ủy"), None, None),
            (("Các huyện ủy, thành ủy",), "2022-09-30", None),
        ],
        "two bodies, and one group of bodies",
    ),
    (
        "BIÊN BẢN\nhọp chi bộ\n\n1. Đồng chí Bí thư trình bày báo cáo tháng 3.\nPhân công: đồng chí Mẫn phụ trách hội "
        "trường, xong trước 15/4/2023; đồng chí Hiền báo cáo kết quả tại kỳ họp sau.",
        [(("đồng chí Mẫn",), "2023-04-15", None), (("đồng chí Hiền",), None, None)],
        "persons in minutes, each with work of his own",
    ),
    (
        "BIÊN BẢN\nHội nghị\n\nI. Thành phần\nĐủ.\nII. Thảo luận:\n"
        "- Đồng chí Lý Văn Sáng: tập trung làm rõ 03 khoản trước ngày 15/4/2023.\n"
        "III. Kết luận\n1. Đồng chí Lý Văn Sáng phụ trách hậu cần; đồng chí Trần Thị Mơ phụ trách tuyên truyền.",
        [(("Đồng chí Lý Văn Sáng",), None, None), (("đồng chí Trần Thị Mơ",), None, None)],
        "what somebody says in the discussion is none, what the conclusion says is",
    ),
    (
        "II. PHÂN CÔNG\n- Đồng chí Vũ Thế Hào - Phó Bí thư Thường trực: phụ trách chung.\n"
        "- Đồng chí Đinh Kim Oanh (Chủ nhiệm UBKT): thẩm định hồ sơ, xong trước ngày 22/12/2025.\n"
        "- Đồng chí Cao Văn Tý, Chủ tịch Công đoàn, tổ chức thăm hỏi các gia đình.",
        [
            (("Đồng chí Vũ Thế Hào",), None, None),
            (("Đồng chí Đinh Kim Oanh",), "2025-12-22", None),
            (("Đồng chí Cao Văn Tý",), None, None),
        ],
        "a person's post is no other person",
    ),
    (
        "Căn cứ tình hình, Ủy ban nhân dân xã đề nghị các đơn vị:\n1. Đăng ký danh hiệu thi đua.\n"
        "2. Gửi bản đăng ký trước ngày 25/7/2025.",
        [(("các đơn vị",), None, None), (("các đơn vị",), "2025-07-25", None)],
        "numbered points under one body",
    ),
    (
        "IV. YÊU CẦU\n1. Thu hồi 318 triệu đồng nộp ngân sách, xong trước ngày 30/9/2023.\n"
        "2. Chủ tịch Ủy ban nhân dân tỉnh yêu cầu hoàn thành di dời trước 18h00 ngày 15/8/2025.",
        [((), "2023-09-30", None), ((), "2025-08-15", None)],
        "work with a day and without anybody named",
    ),
    (
        "III. CHẾ ĐỘ BÁO CÁO\n1. Hằng quý, các chi bộ gửi báo cáo.\n"
        "2. Trước ngày 10/12/2025, Văn phòng Đảng ủy tổng hợp.",
        [(("các chi bộ",), None, "hằng quý"), (("Văn phòng Đảng ủy",), "2025-12-10", None)],
        "when, and then who",
    ),
    (
        "II. PHÂN CÔNG NHIỆM VỤ\n\n| TT | Nội dung công việc | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian |\n"
        "|----|----|----|----|----|\n| 1 | Tổ chức quán triệt | Ban Tuyên giáo | Văn phòng | Trước 15/3/2026 |\n"
        "| 2 | Rà soát tổ chức | Ban Tổ chức | | Hằng quý |\n",
        [(("Ban Tuyên giáo", "Văn phòng"), "2026-03-15", None), (("Ban Tổ chức",), None, "hằng quý")],
        "rows of a table",
    ),
    (
        "Phụ lục\nSTT\tNhiệm vụ\tĐơn vị thực hiện\tThời hạn\n1\tSố hóa hồ sơ\tPhòng Nội vụ\tQuý III/2024\n",
        [(("Phòng Nội vụ",), "2024-Q3", None)],
        "rows with tabs, as Word's tables have them",
    ),
]


@pytest.mark.parametrize(("text", "expected", "reason"), GIVEN)
def test_tasks(text: str, expected: list[Row], reason: str) -> None:
    assert tasks(text) == expected, reason


REPORTED = [
    ("I. KẾT QUẢ\n1. Ban Thường vụ chỉ đạo các chi bộ tổ chức sinh hoạt hằng tháng.", "a section of results"),
    ("Ban Thường vụ Đảng ủy đã giao Văn phòng tổng hợp báo cáo.", "what was done"),
    ("Các chi bộ chưa gửi báo cáo trước ngày 15/3/2023.", "what was not done"),
    ("Nơi nhận:\n- Các chi bộ,\n- Lưu Văn phòng.", "recipients"),
    ("BIÊN BẢN\nHội nghị\n\n1. Đồng chí Chánh Văn phòng trình bày dự thảo báo cáo.", "what somebody read in a meeting"),
    ("BIÊN BẢN\nHội nghị\n\nÝ kiến: đồng chí Mẫn đề nghị Văn phòng gửi tài liệu trước ngày 15/4/2023.", "an opinion"),
    ("Các cấp ủy quán triệt Quyết định số 12-QĐ/TU ngày 10 tháng 6 năm 2023 của Tỉnh ủy.", "a document's date"),
    ("Cuộc thi: mỗi quý mở 01 lớp; mỗi tháng tổ chức 02 buổi.", "a rhythm is nobody"),
    (
        "II. NHIỆM VỤ\nCấp ủy viên các cấp và cán bộ lãnh đạo phải gương mẫu.",
        "«cán bộ lãnh đạo» are people, and what they must be is no work",
    ),
    ("STT\tNội dung\tSố lượng\tTỷ lệ\n1\tKết nạp đảng viên\t12\t100\n", "a table of numbers"),
]


@pytest.mark.parametrize(("text", "reason"), REPORTED)
def test_reports_give_no_tasks(text: str, reason: str) -> None:
    assert tasks(text) == [], reason


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("trước ngày 15/10/2025", "2025-10-15"),
        ("trước 16h00 ngày 15/3/2024", "2024-03-15"),
        ("chậm nhất ngày 31 tháng 3 năm 2025", "2025-03-31"),
        ("trong tháng 6/2022", "2022-M06"),
        ("trong quý III/2025", "2025-Q3"),
        ("đến cuối năm 2027", "2027"),
        ("ngày 28/11/2022 của Tỉnh ủy", None),
        ("trước ngày 31/02/2023", None),
        ("ngày 10 tháng 6 năm 2023 của Tỉnh ủy", None),
        ("xong trong tuần 2 tháng 12/2023", "2023-M12"),
    ],
)
def test_deadlines(text: str, expected: str | None) -> None:
    assert find_deadline(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("báo cáo hằng quý", "hằng quý"),
        ("hàng tháng", "hằng tháng"),
        ("định kỳ 6 tháng", "6 tháng"),
        ("6 tháng một lần", "6 tháng"),
        ("ít nhất 02 lần/năm", "02 lần/năm"),
        ("hai năm một lần rà soát", "hai năm"),
        ("Báo cáo kết quả theo tháng", "theo tháng"),
        ("bằng nhiều hình thức, theo tình hình", None),
        ("năm 2023", None),
    ],
)
def test_recurrence(text: str, expected: str | None) -> None:
    assert find_recurrence(text) == expected


WORDINGS = [
    ("1. Tháng 11/2024: Hội đồng Thi đua họp xét.", [(("Hội đồng Thi đua",), "2024-M11")], "when stands first"),
    ("1. Đài Truyền thanh xã: mở chuyên mục riêng.", [(("Đài Truyền thanh xã",), None)], "a broadcaster"),
    ("1. Các chi bộ tạo nguồn 40 quần chúng ưu tú.", [(("Các chi bộ",), None)], "a further verb"),
    (
        "(1) Hội đồng thành viên chỉ đạo rà soát quy chế trước ngày 30/6/2024.\n(2) Ban Kiểm soát kiểm tra 05 đơn vị.",
        [(("Hội đồng thành viên",), "2024-06-30"), (("Ban Kiểm soát",), None)],
        "points in brackets",
    ),
    (
        "1. Ủy ban nhân dân xã\na) Xây dựng kế hoạch, ban hành trước ngày 10/10/2025.\nb) Bố trí kinh phí hằng năm.",
        [(("Ủy ban nhân dân xã",), "2025-10-10"), (("Ủy ban nhân dân xã",), None)],
        "a line that only names who is to act",
    ),
    (
        "1. Các cơ quan được giao chủ trì báo cáo tiến độ trước ngày 25/5/2025.",
        [(("Các cơ quan được giao chủ trì",), "2025-05-25")],
        "which of them",
    ),
    (
        "1. Giao Sở Tài chính chủ trì, cùng Kho bạc Nhà nước khu vực tháo gỡ vướng mắc.",
        [(("Sở Tài chính", "Kho bạc Nhà nước khu vực"), None)],
        "«cùng»",
    ),
    (
        "1. Văn phòng Đảng ủy chủ trì, phối hợp Ban Tổ chức Đảng ủy hoàn thiện quy chế.",
        [(("Văn phòng Đảng ủy", "Ban Tổ chức Đảng ủy"), None)],
        "«phối hợp» alone",
    ),
    (
        "1. Các chi bộ phân công mỗi đảng viên giúp 02 hộ, xong trước 31/12/2025.",
        [(("Các chi bộ",), "2025-12-31")],
        "who shares work out",
    ),
    (
        "1. Các nội dung phát sinh, Đảng ủy phường kịp thời xin ý kiến Thường trực Tỉnh ủy.",
        [(("Đảng ủy phường",), None)],
        "what it is about stands first",
    ),
    (
        "1. Giao Trung tâm Y tế quan trắc nguồn nước. Thời hạn: xong trong tháng 8/2024.",
        [(("Trung tâm Y tế",), "2024-M08")],
        "the time limit in a sentence of its own",
    ),
    ("1. Giao Huyện đoàn phát động tháng thanh niên.", [(("Huyện đoàn",), None)], "a union of one word"),
    (
        "1. Về công tác tư tưởng: Ban Tuyên giáo Tỉnh ủy tiếp tục theo dõi dư luận.",
        [(("Ban Tuyên giáo Tỉnh ủy",), None)],
        "the matter before who acts",
    ),
    ("1. Hội thi có 03 vòng: mỗi vòng 12 câu.", [], "a contest acts not"),
    ("1. Tiểu ban Nhân sự: báo cáo Ban Thường vụ ngày 28/01/2027.", [(("Tiểu ban Nhân sự",), "2027-01-28")], "told on"),
    ("1. Đề nghị Đảng ủy xem xét kết nạp quần chúng ưu tú.", [], "those above are asked"),
    (
        "1. Xây dựng Đề án sắp xếp thôn. Đơn vị chủ trì: Văn phòng Đảng ủy. Đơn vị phối hợp: Mặt trận Tổ quốc xã. "
        "Thời gian hoàn thành: tháng 3/2025.",
        [(("Văn phòng Đảng ủy", "Mặt trận Tổ quốc xã"), "2025-M03")],
        "labels behind the work",
    ),
    (
        "1. Lập quy hoạch chung xã (Ủy ban nhân dân xã thực hiện, xong trong quý II/2025).",
        [(("Ủy ban nhân dân xã",), "2025-Q2")],
        "who does it in a bracket",
    ),
    (
        "1. Hai tuần một lần, Trưởng các thôn họp với Ủy ban nhân dân xã.",
        [(("Trưởng các thôn",), None)],
        "every other week",
    ),
    ("1. Hoàn thiện quy hoạch tỉnh trước tháng 6/2022.", [((), "2022-M06")], "nobody named, a month"),
    ("1. Đã giao Ban Tổ chức tham mưu quy hoạch.\nBan Dân vận chủ trì 03 hội nghị.", [], "what was done"),
]


@pytest.mark.parametrize(("points", "expected", "reason"), WORDINGS)
def test_wordings_of_work(points: str, expected: list[tuple[tuple[str, ...], str | None]], reason: str) -> None:
    document = read_text(f"III. TỔ CHỨC THỰC HIỆN\n{points}\n")
    assert [(task.assignees, task.deadline) for task in document.tasks] == expected, reason


def test_a_directive_gives_work_also_behind_its_points() -> None:
    document = read_text(
        "CHỈ THỊ\nvề tổ chức Tết\n\nBan Thường vụ yêu cầu:\n1. Các quận ủy báo cáo trước ngày 14/02/2024.\n"
        "Văn phòng Thành ủy theo dõi, tổng hợp.\n"
    )
    assert [task.assignees for task in document.tasks] == [("Các quận ủy",), ("Văn phòng Thành ủy",)]


def test_conclusions_give_work_below_headings_that_name_the_matter() -> None:
    document = read_text(
        "THÔNG BÁO\nÝ kiến kết luận của Thường trực Huyện ủy\n\n1. Về giải phóng mặt bằng tuyến đường vành đai:\n"
        "- Mặt trận Tổ quốc huyện tăng cường vận động các hộ dân.\n2. Về hạn chế:\n"
        "- Cấp ủy các xã chưa thật sự quyết liệt, có nơi thực hiện chậm.\n"
    )
    assert [task.assignees for task in document.tasks] == [("Mặt trận Tổ quốc huyện",)]


def test_results_below_a_heading_in_capitals_are_no_work() -> None:
    document = read_text("KẾT LUẬN\nkiểm tra\n\nI. ƯU ĐIỂM\nBan Thường vụ ban hành 163 văn bản; tổ chức 41 kỳ họp.\n")
    assert document.tasks == ()


def test_rhythms_in_tables() -> None:
    (task,) = read_text("| Nhiệm vụ | Chủ trì | Thời hạn |\n| Đối thoại | Thường trực Đảng ủy | 6 tháng/lần |\n").tasks
    assert task.recurrence == "6 tháng"


def test_a_directive_orders_its_points() -> None:
    document = read_text(
        "CHỈ THỊ\nvề phòng, chống hạn hán\n\nĐể chủ động ứng phó, Ban Thường vụ Tỉnh ủy chỉ thị:\n"
        "1. Công ty Cấp nước vận hành 100% trạm bơm.\n2. Sở Nông nghiệp khuyến cáo nông dân chuyển đổi cây trồng.\n"
    )
    assert [task.assignees for task in document.tasks] == [("Công ty Cấp nước",), ("Sở Nông nghiệp",)]


def test_a_table_of_amounts_gives_no_work() -> None:
    assert tasks("Nội dung\tDự toán\tThực hiện\tSo sánh (%)\nThu cân đối\t1.250\t1.320\t105,6\n") == []


def test_posts_in_a_list_of_persons_are_no_work() -> None:
    text = "Điều 1. Ban Chỉ đạo gồm:\n1. Đồng chí Chủ tịch Ủy ban nhân dân huyện, Phó Trưởng ban Thường trực;\n"
    assert tasks(text) == []


def test_so_many_hours() -> None:
    assert find_recurrence("cập nhật bản tin 03 giờ một lần") == "03 giờ"
