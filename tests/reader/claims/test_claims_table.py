"""Claims in fragments of many styles: what is a claim, and whether it holds."""

from __future__ import annotations

import pytest

from giaoban.reader.claims import find_claims

# Each row: the fragment, the claims in it as «kind holds», why the row is here.
RATIOS = [
    ("Kết nạp 446/450 đảng viên, đạt 99,1%.", ["ratio True"], "comma and «đạt»"),
    ("Kết nạp 446/450 đảng viên, đạt 98,1%.", ["ratio False"], "no rounding gives 98,1"),
    ("Kết nạp 446/450 đảng viên (99,1%).", ["ratio True"], "bracket"),
    ("Kết nạp 446/450 đảng viên (đạt 89,1%).", ["ratio False"], "bracket with a verb"),
    ("Có 78/82 đơn vị gửi báo cáo đúng hạn (95,1%).", ["ratio True"], "a clause before the bracket"),
    ("Có 78/82 đơn vị gửi báo cáo đúng hạn, đầy đủ (91,5%).", ["ratio False"], "a comma inside the clause"),
    ("Có 78/82 đơn vị, chiếm tỷ lệ 95,12%.", ["ratio True"], "two decimals"),
    ("Có 78/82 đơn vị, chiếm 95%.", ["ratio True"], "no decimals"),
    ("Có 78/82 đơn vị, chiếm 96%.", ["ratio True"], "rounded up"),
    ("Có 78/82 đơn vị, chiếm 97%.", ["ratio False"], "beyond rounding up"),
    ("Có 78/82 đơn vị, bằng 95,2%.", ["ratio True"], "rounded up at one decimal"),
    ("Có 78/82 đơn vị = 95,1%.", ["ratio True"], "equation"),
    ("Tỷ lệ 95,1% (78/82 đơn vị) gửi đúng hạn.", ["ratio True"], "percentage first"),
    ("Thi hành kỷ luật bằng 120% (06/05 đảng viên) so với cùng kỳ.", ["ratio True"], "above a hundred"),
    ("Thi hành kỷ luật bằng 140% (06/05 đảng viên) so với cùng kỳ.", ["ratio False"], "above a hundred, wrong"),
    ("100% cấp ủy cơ sở (82/82) đã xây dựng quy chế.", ["ratio True"], "noun between"),
    (
        "Hoàn thành 57/57 lớp (đạt 100% kế hoạch về số lớp, 122,5% kế hoạch về số học viên).",
        ["ratio True"],
        "two plans",
    ),
    (
        "Hoàn thành 57/60 lớp (đạt 100% kế hoạch về số lớp, 122,5% kế hoạch về số học viên).",
        ["ratio False"],
        "its noun",
    ),
    (
        "Việc làm cho 7.400/6.500 lao động, đạt 121,3% kế hoạch Tỉnh, đạt 113,8% kế hoạch Thành phố.",
        ["ratio True"],
        "2nd",
    ),
    (
        "Việc làm cho 7.400/6.500 lao động, đạt 121,3% kế hoạch Tỉnh, đạt 119,8% kế hoạch huyện.",
        ["ratio None"],
        "whose?",
    ),
    ("Có 13.782/14.454 thí sinh đỗ tốt nghiệp, đạt 95,35%.", ["ratio True"], "thousands"),
    ("Có 13.782 trong tổng số 14.454 thí sinh đỗ, đạt 95,35%.", ["ratio True"], "in words"),
    ("Có 446/tổng số 450 đồng chí dự họp, đạt 90,1%.", ["ratio False"], "half in words"),
    ("Diện tích trồng mới 217,33/250,5 ha, đạt 86,8%.", ["ratio True"], "measures are rounded themselves"),
    ("Trên 400/450 hộ tham gia, đạt trên 80%.", ["ratio True"], "bounds that agree"),
    ("Có 310/450 hộ tham gia, đạt trên 80%.", ["ratio False"], "a bound that does not"),
    ("Có 446/450\nđảng viên dự học\ntập, đạt\n99,1%.", ["ratio True"], "wrapped lines"),
    ("Hồ sơ giải quyết đúng hạn 1.250/1.300 hồ sơ đạt 96,2%.", ["ratio True"], "no comma"),
    ("Hồ sơ giải quyết đúng hạn 1.250/1.300 hồ sơ đạt 93,7%.", ["ratio False"], "no comma, ends the clause"),
    ("Có 82/82 (100%) tổ chức cơ sở đảng đã báo cáo.", ["ratio True"], "bracket at once"),
    ("Có 81/82 (100%) tổ chức cơ sở đảng đã báo cáo.", ["ratio False"], "not all of them"),
    ("Kết quả: 45/50 phiếu đồng ý, tỷ lệ 90%.", ["ratio True"], "votes"),
    ("Kết quả: 45/50 phiếu đồng ý, đạt tỷ lệ 95%.", ["ratio False"], "votes, wrong"),
    ("Kết nạp **446/450** đảng viên, đạt **99,1%**.", ["ratio True"], "emphasis marks"),
]
SUMS = [
    (
        "108 đảng viên (trong đó 33 hồ sơ chuyển đến, 59 hồ sơ chuyển đi, 22 hồ sơ chuyển nội bộ)",
        ["sum False"],
        "nouns",
    ),
    ("114 đảng viên (trong đó 33 hồ sơ chuyển đến, 59 hồ sơ chuyển đi, 22 hồ sơ chuyển nội bộ)", ["sum True"], "nouns"),
    ("Kỷ luật 67 trường hợp (khiển trách 46, cảnh cáo 05, cách chức 01, khai trừ 15).", ["sum True"], "number last"),
    ("Kỷ luật 67 trường hợp (khiển trách 46, cảnh cáo 06, cách chức 01, khai trừ 15).", ["sum False"], "too many"),
    (
        "Kỷ luật 67 trường hợp (khiển trách 46, cảnh cáo 04, cách chức 01, khai trừ 15).",
        ["sum False"],
        "all kinds named",
    ),
    ("Kỷ luật 67 đảng viên, trong đó cách chức 01, khai trừ 15.", [], "only the gravest are named"),
    ("04 cuộc kiểm tra, giám sát (trong đó 01 cuộc kiểm tra, 03 cuộc giám sát)", ["sum True"], "kinds in the whole"),
    ("04 cuộc kiểm tra, giám sát (trong đó 01 cuộc kiểm tra, 02 cuộc giám sát)", ["sum False"], "kinds in the whole"),
    (
        "05 cuộc kiểm tra (gồm: 02 cuộc kiểm tra việc chấp hành nghị quyết, chỉ thị tại 100% tổ chức đảng, trong đó"
        " trực tiếp 27 tổ chức đảng. 03 cuộc kiểm tra tại 03 chi bộ).",
        ["sum True"],
        "other numbers in between",
    ),
    ("05 giải gồm: 01 giải nhất, 01 giải nhì, 01 giải ba, 02 giải khuyến khích.", ["sum True"], "prizes"),
    ("05 giải gồm: 01 giải nhất, 01 giải nhì, 02 giải ba, 02 giải khuyến khích.", ["sum False"], "prizes"),
    ("Đảng bộ có 82 tổ chức cơ sở đảng, gồm 45 đảng bộ và 37 chi bộ.", ["sum True"], "«và»"),
    ("Đảng bộ có 82 tổ chức cơ sở đảng, gồm 45 đảng bộ và 38 chi bộ.", ["sum False"], "«và»"),
    ("Đảng bộ có 82 tổ chức cơ sở đảng (45 đảng bộ, 37 chi bộ).", ["sum True"], "bare bracket"),
    ("Đảng bộ có 82 tổ chức cơ sở đảng (45 đảng bộ, 35 chi bộ).", ["sum False"], "both kinds are named"),
    ("Có 6.120 đảng viên (chính thức 5.950, dự bị 170).", ["sum True"], "thousands"),
    ("Có 6.120 đảng viên (chính thức 5.850, dự bị 170).", ["sum False"], "thousands"),
    ("Có 6.120 đảng viên, trong đó 5.950 đảng viên chính thức, 170 đảng viên dự bị.", ["sum True"], "inline"),
    (
        "Có 6.120 đảng viên, trong đó 5.950 đảng viên chính thức, 160 đảng viên dự bị.",
        ["sum False"],
        "inline, complete",
    ),
    (
        "Ban hành 23 văn bản, gồm 01 nghị quyết, 04 chương trình, 18 kế hoạch để lãnh đạo, chỉ đạo.",
        ["sum True"],
        "tail",
    ),
    ("Tổng kinh phí 250 triệu đồng (ngân sách 150 triệu đồng, xã hội hóa 100 triệu đồng).", ["sum True"], "money"),
    ("Tổng kinh phí 1,2 tỷ đồng (ngân sách 800 triệu đồng, xã hội hóa 400 triệu đồng).", ["sum True"], "two units"),
    (
        "Tổng thu 100,5 tỷ đồng, gồm thu nội địa 60,3 tỷ đồng và thu xuất nhập khẩu 40,3 tỷ đồng.",
        ["sum True"],
        "rounded",
    ),
    (
        "Tổng thu 100,5 tỷ đồng, gồm thu nội địa 60,3 tỷ đồng và thu xuất nhập khẩu 45,3 tỷ đồng.",
        ["sum False"],
        "too far",
    ),
    ("Khen thưởng 15 tập thể, cá nhân (05 tập thể, 10 cá nhân).", ["sum True"], "two nouns in the whole"),
    ("Khen thưởng 15 tập thể, cá nhân (05 tập thể, 11 cá nhân).", ["sum False"], "two nouns in the whole"),
    ("Xếp loại 80 tổ chức: hoàn thành xuất sắc 16, hoàn thành tốt 60, không hoàn thành 04.", ["sum True"], "colon"),
    ("Xếp loại 80 tổ chức: hoàn thành xuất sắc 16, hoàn thành tốt 61, không hoàn thành 04.", ["sum False"], "colon"),
    (
        "Kỷ luật 67 trường hợp, trong đó:\n- Khiển trách: 46;\n- Cảnh cáo: 05;\n- Cách chức: 01;\n- Khai trừ: 15.",
        ["sum True"],
        "bulleted lines",
    ),
    (
        "Kỷ luật 67 trường hợp, trong đó:\n- Khiển trách: 46;\n- Cảnh cáo: 05;\n- Cách chức: 02;\n- Khai trừ: 15.",
        ["sum False"],
        "bulleted lines",
    ),
    ("Kết nạp 45 đảng viên, trong đó có 54 đảng viên nữ.", ["sum False"], "a part greater than the whole"),
    (
        "Có 13.782/14.454 thí sinh đỗ. Trong đó, có 12.459 thí sinh phổ thông và 1.323 thí sinh thường xuyên.",
        ["sum True"],
        "",
    ),
    ("Tiếp nhận 12 đơn (khiếu nại 05 đơn, tố cáo 04 đơn, kiến nghị 03 đơn).", ["sum True"], "number in the middle"),
    ("Tiếp nhận 12 đơn (khiếu nại 05 đơn, tố cáo 06 đơn, kiến nghị 03 đơn).", ["sum False"], "number in the middle"),
    ("Trên 300 suất quà, gồm 200 suất quà cho hộ nghèo và 150 suất quà cho học sinh.", ["sum True"], "a lower bound"),
    ("Khoảng 300 suất quà, gồm 200 suất quà cho hộ nghèo và 150 suất quà cho học sinh.", ["sum True"], "about"),
]
WHOLES = [
    ("Chuyển đi 24 đảng viên, chuyển đến 31 đảng viên, tổng cộng 55 đảng viên.", ["sum True"], "the whole comes last"),
    ("Có 27 đại biểu nữ và 41 đại biểu nam, tổng số 69 đại biểu.", ["sum False"], "both kinds, the whole last"),
    ("Kết nạp 05 đảng viên, chuyển đi 03 đảng viên, tổng số 120 đảng viên.", [], "a stock, no sum"),
    ("Mở 12 lớp cho 968 học viên, trong đó: 05 lớp với 412 học viên; 07 lớp với 556 học viên.", ["sum True"] * 2, "2"),
    ("Tặng 350 suất quà trị giá 175 triệu đồng, trong đó 200 suất của tỉnh, 150 suất của huyện.", ["sum True"], "noun"),
    (
        "Chi 1.536 triệu đồng, gồm: thường xuyên 1.020 triệu đồng (lương 840 triệu đồng, khác 180 triệu đồng); đầu tư"
        " 516 triệu đồng.",
        ["sum True", "sum True"],
        "a part divided further",
    ),
    ("Trao 43 Huy hiệu Đảng, gồm: 30 năm tuổi Đảng 20 đồng chí, 40 năm tuổi Đảng 23 đồng chí.", ["sum True"], "years"),
    ("Có 612 tổ chức cơ sở đảng, tiong đó 287 đảng bộ và 325 chi bộ.", ["sum True"], "scanned"),
    (
        "Có 30 tổ chức được kiểm tra, trong đó 22 tổ chức của cấp huyện, 9 tổ chức của cấp xã.",
        ["sum False"],
        "too many",
    ),
    ("Kết quả trong năm: 45 đồng chí, cụ thể:\n- Khối A: 12 đồng chí;\n- Khối B: 33 đồng chí.", ["sum True"], "colon"),
    ("Nữ 1.305 đồng chí, chiếm 38,2% trong tổng số 3.412 đảng viên.", ["ratio True"], "share, total after"),
    ("Trong tổng số 120 đảng viên có 30 đồng chí là nữ (chiếm 20%).", ["ratio False"], "share, total before"),
    ("Có 4.236 đoàn viên/4.310 lao động, đạt 98,3%.", ["ratio True"], "a noun on each side"),
    ("Có 17/18 chỉ tiêu đạt và vượt (94,4%).", ["ratio True"], "«vượt» without a number"),
]
CHANGES = [
    ("Tỷ lệ đạt 95,2%, tăng 1,3 điểm phần trăm so với cùng kỳ (93,9%).", ["growth True"], "points"),
    ("Tỷ lệ đạt 91,5%, tăng 2 điểm phần trăm so với cùng kỳ (90,5%).", ["growth False"], "points"),
    ("Nợ xấu giảm từ 5,2% xuống 3,9%, giảm 1,3%.", ["growth True"], "rates, difference"),
    ("Thu đạt 1.150 tỷ đồng, tăng 15% so với cùng kỳ (1.000 tỷ đồng).", ["growth True"], "base in brackets"),
    ("Thu đạt 1.020 tỷ đồng, vượt 2% dự toán tỉnh giao (1.000 tỷ đồng).", ["percent_of True"], "over the plan"),
    ("Thu từ 200 tỷ đồng năm 2020 lên 250 tỷ đồng năm 2021, tăng 25%.", ["growth True"], "from, to, then the change"),
    ("Mở 18 lớp, tăng 3 lớp so với cùng kỳ 2022 (15 lớp), tăng 25%.", ["growth False"], "both printed, one wrong"),
    ("Kết nạp 66 đảng viên (năm 2022: 60 đảng viên), tăng 10%.", ["growth True"], "a year names the base"),
    ("Kết nạp 53 đảng viên, tăng 20 đồng chí (60,6%) so với cùng kỳ.", ["growth True"], "wording of reports"),
    ("Kết nạp 53 đảng viên, tăng 20 đồng chí (37,7%) so với cùng kỳ.", ["growth False"], "share of the new value"),
    ("Công nhận chính thức 62 đảng viên, giảm 08 đồng chí (11,4%) so với cùng kỳ.", ["growth True"], "falling"),
    ("Công nhận chính thức 62 đảng viên, giảm 08 đồng chí (12,9%) so với cùng kỳ.", ["growth False"], "falling"),
    ("Kết nạp 53 đảng viên, tăng 60,6% so với cùng kỳ năm 2022 (33 đảng viên).", ["growth True"], "base printed"),
    ("Kết nạp 53 đảng viên, tăng 50,6% so với cùng kỳ năm 2022 (33 đảng viên).", ["growth False"], "base printed"),
    ("Kết nạp 53 đảng viên (cùng kỳ 33), tăng 60,6%.", ["growth True"], "base in the subject"),
    ("Số chi bộ tăng từ 33 lên 53 chi bộ (tăng 60,6%).", ["growth True"], "from, to"),
    ("Số chi bộ tăng từ 33 lên 53 chi bộ (tăng 16,6%).", ["growth False"], "from, to"),
    ("Số chi bộ giảm từ 53 xuống 33 chi bộ (giảm 20 chi bộ).", ["growth True"], "from, to, difference"),
    ("Số chi bộ giảm từ 53 xuống 33 chi bộ (giảm 30 chi bộ).", ["growth False"], "from, to, difference"),
    ("Tổ chức 12 lớp cho 536 học viên, tăng 3 lớp (33,3%).", ["growth True"], "the noun says which"),
    ("Thu ngân sách đạt 15.839,3 tỷ đồng, tăng 1.772,4 tỷ đồng (12,6%) so với cùng kỳ.", ["growth True"], "money"),
    (
        "Kỷ luật 06 đảng viên (khiển trách 05, cảnh cáo 01), tăng 01 trường hợp (20%).",
        ["growth True", "sum True"],
        "both",
    ),
    ("Kết nạp 126 đảng viên, đạt 105% chỉ tiêu năm, vượt 06 đồng chí.", ["percent_of True"], "distance to the plan"),
    ("Kết nạp 126 đảng viên, đạt 108% chỉ tiêu năm, vượt 06 đồng chí.", ["percent_of False"], "distance to the plan"),
    (
        "Kết nạp 84 đảng viên, mới đạt 70% chỉ tiêu năm, còn thiếu 36 đồng chí.",
        ["percent_of True"],
        "short of the plan",
    ),
    (
        "Kết nạp 84 đảng viên, mới đạt 75% chỉ tiêu năm, còn thiếu 36 đồng chí.",
        ["percent_of False"],
        "short of the plan",
    ),
    ("Kết nạp 446 đảng viên, đạt 99,1% kế hoạch (450 đảng viên).", ["percent_of True"], "plan in brackets"),
    ("Kết nạp 446 đảng viên, đạt 98,1% kế hoạch (450 đảng viên).", ["percent_of False"], "plan in brackets"),
    ("Chỉ tiêu giao 120 đảng viên, đã kết nạp 126 đồng chí, đạt 105%.", ["percent_of True"], "plan first"),
    ("Chỉ tiêu giao 120 đảng viên, đã kết nạp 126 đồng chí, đạt 110%.", ["percent_of False"], "plan first"),
]
ANNIVERSARIES = [
    ("77 năm Ngày Tổng tuyển cử đầu tiên 06/01 (1946 – 2023)", ["anniversary True"], "years"),
    ("78 năm Ngày Tổng tuyển cử đầu tiên 06/01 (1946 – 2022)", ["anniversary False"], "years"),
    ("60 năm Ngày thành lập tỉnh (30/10/1963-30/10/2023)", ["anniversary True"], "dates"),
    ("76 năm Ngày Thương binh - Liệt sĩ (27/7/1947-27/7/2022)", ["anniversary False"], "dates"),
    ("CHÀO MỪNG KỶ NIỆM 30 NĂM NGÀY THÀNH LẬP THÀNH PHỐ (27/12/1993-27/12/2023)", ["anniversary True"], "capitals"),
    ("51 năm Chiến thắng “Hà Nội - Điện Biên Phủ trên không” (12/1972 - 12/2023)", ["anniversary True"], "months"),
    ("kỷ niệm 30 năm Ngày thành lập thành phố 27/12/1993-27/12/2023", ["anniversary True"], "no brackets"),
    ("kỷ niệm lần thứ 133 Ngày sinh Chủ tịch Hồ Chí Minh (19/5/1890 - 19/5/2023)", ["anniversary True"], "«lần thứ»"),
    ("kỷ niệm 80 năm (từ 1943 đến 2023)", ["anniversary True"], "from, to"),
    ("kỷ niệm 81 năm (từ 1943 đến 2023)", ["anniversary False"], "from, to"),
    ("Tổng kết 10 năm thực hiện Nghị quyết số 29-NQ/TW (2013 - 2023)", ["anniversary True"], "a stretch that fits"),
    ("Tổng kết 10 năm thực hiện Nghị quyết số 29-NQ/TW (2014 - 2023)", [], "both years may be counted"),
]


@pytest.mark.parametrize(
    ("text", "expected", "reason"), RATIOS + SUMS + WHOLES + CHANGES + ANNIVERSARIES, ids=lambda value: str(value)[:50]
)
def test_claims_of_a_fragment(text: str, expected: list[str], reason: str) -> None:
    found = find_claims(text)
    assert sorted(f"{claim.kind} {claim.holds}" for claim in found) == expected, reason
    for claim in found:
        assert text[claim.start : claim.end] == claim.text


def test_the_sentence_names_the_numbers_and_the_change_of_noun() -> None:
    text = "108 đảng viên (trong đó 33 hồ sơ chuyển đến, 59 hồ sơ chuyển đi, 22 hồ sơ chuyển nội bộ)"
    (claim,) = find_claims(text)
    assert claim.explain.startswith("33 + 59 + 22 = 114, văn bản ghi 108")
    assert "đảng viên" in claim.explain
    assert "hồ sơ" in claim.explain
    assert [int(value) for value in claim.values] == [108, 33, 59, 22]


NOTES = [
    (
        "Kiện toàn 04 đơn vị¹.\n\n¹ UBKT các Đảng ủy: (1) Sở A, (2) Sở B, (3) Sở C.",
        ["sum False"],
        "the note names the units themselves",
    ),
    ("Cho ra 06 trường hợp¹.\n\n¹ 03 trường hợp xin ra; xóa tên 02 trường hợp.", ["sum False"], "the same noun"),
    ("Trao cho 25 đồng chí¹.\n\n¹ Tỉnh ủy trao là 09; Đảng ủy trao là 06; cơ sở trao là 09.", ["sum False"], "bare"),
    ("Ban hành 23 văn bản¹ để lãnh đạo.\n\n¹ 01 Nghị quyết, 04 Chương trình, 18 Kế hoạch.", ["sum True"], "papers"),
    ("Ban hành 23 văn bản¹ để lãnh đạo.\n\n¹ 01 Nghị quyết, 04 Chương trình, 17 Kế hoạch.", ["sum False"], "papers"),
    (
        "Chuyển sinh hoạt 134 lượt đảng viên¹.\n\n¹ Chuyển đi 96 đảng viên, chuyển đến 38 đảng viên.",
        ["sum True"],
        "same noun",
    ),
    ("Kiện toàn 3 cấp ủy¹.\n\n¹ Gồm: (1) Chi ủy A; (2) Chi ủy B; (3) Chi ủy C.", ["sum True"], "enumeration"),
    ("Kiện toàn 4 cấp ủy¹.\n\n¹ Gồm: (1) Chi ủy A; (2) Chi ủy B; (3) Chi ủy C.", ["sum False"], "enumeration"),
    (
        "Hướng dẫn 06 đơn vị¹ kiểm điểm.\n\n¹ Các văn bản của Ban Thường vụ: (1) Công văn A; (2) Công văn B.",
        [],
        "other things",
    ),
    ("Kiện toàn 4 cấp ủy¹.\n\n¹ Gồm: (1) Chi ủy A; (2) Chi ủy B; (4) Chi ủy C.", [], "a number is missing"),
    (
        "Ban hành 47 quyết định¹.\n\n¹ Điều động 19, bổ nhiệm 16, bổ nhiệm lại 12 trường hợp.",
        ["sum True"],
        "three kinds that make it",
    ),
    ("Ban hành 48 quyết định¹.\n\n¹ Điều động 19, bổ nhiệm 16, bổ nhiệm lại 12 trường hợp.", [], "other things"),
    (
        "Kết nạp 45 đảng viên5, phát 40 thẻ6.\n\n5 Nữ 20, nam 25 đồng chí.\n6 Đợt một: 15 thẻ; đợt hai: 25 thẻ.",
        ["sum True", "sum True"],
        "notes of a part of a document",
    ),
    ("Có 45 nữ.\n\n5 Nữ 20, nam 25 đồng chí.\n6 Đợt một: 15 thẻ; đợt hai: 25 thẻ.", [], "no notes"),
    (
        "Mở 03 lớp, có 282 học viên¹.\n\n¹ 02 lớp A, có 219 học viên và 01 lớp B, có 63 học viên.",
        ["sum True", "sum True"],
        "two",
    ),
]


@pytest.mark.parametrize(("text", "expected", "reason"), NOTES, ids=lambda value: str(value)[:40])
def test_a_number_and_its_footnote(text: str, expected: list[str], reason: str) -> None:
    assert sorted(f"{claim.kind} {claim.holds}" for claim in find_claims(text)) == expected, reason


def test_plain_footnotes_interrupt_a_page() -> None:
    text = (
        "Ban Thường vụ kiện toàn cấp ủy tại 3 tổ chức đảng cơ sở1; cho ý kiến về kế hoạch số 10-KH/ĐUK ngày \n\n \n"
        "1 Gồm: (1) Chi ủy A; (2) Chi ủy B; (3) Chi ủy C. \n 10/01/2023 và kết nạp 446/450 đảng viên, \n\nđạt 99,1%."
    )
    assert sorted(f"{claim.kind} {claim.holds}" for claim in find_claims(text)) == ["ratio True", "sum True"]
