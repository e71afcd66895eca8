"""Rules over dates and periods on more forms than their explanations show."""

from __future__ import annotations

import pytest

from giaoban.checker import check_text, select

HEAD = (
    "ĐẢNG ỦY XÃ AN BÌNH                    ĐẢNG CỘNG SẢN VIỆT NAM\n*\n"
    "Số 66-{code}/ĐU                           An Bình, ngày 20 tháng 5 năm 2024\n\n"
)


@pytest.mark.parametrize(
    ("text", "codes", "reason"),
    [
        ("sáng thứ 3, ngày 15/3/2023", ["GB504"], "a figure for the weekday"),
        ("Chủ nhật, ngày 19/3/2023", [], "right"),
        ("Chủ Nhật ngày 20/3/2023", ["GB504"], "no comma"),
        ("từ 7h30 thứ Sáu, ngày 17/3/2023", [], "right, after a clock"),
        ("Kỳ họp thứ hai, ngày 15/3/2023; phiên thứ Tư ngày 16/3/2023", [], "ordinals"),
        ("Thứ hai, ngày 15/3/2023 Đảng ủy đã ban hành kế hoạch", [], "the second point"),
        ("Hội nghị lần thứ Ba, ngày 15/3/2023", [], "an ordinal with a capital"),
        ("Ban Chỉ đạo họp thứ Ba, ngày 15/3/2023", ["GB504"], "behind a verb"),
        ("Lễ hội khai mạc vào thứ Sáu ngày 15/3/2023", ["GB504"], "behind a verb and «vào»"),
        ("Phiên họp thứ Ba, ngày 15/3/2023", [], "a meeting is counted"),
        ("thứ Hai, ngày 14/3/2023 (tức ngày 23/2 âm lịch)", [], "the lunar calendar is near"),
        ("chiều thứ Tư, ngày 31/02/2023", [], "no day of the calendar: GB102 says so"),
        ("từ ngày 23/6/2021 đến hết ngày 21/6/2021", ["GB505"], "both years"),
        ("từ ngày 15/12/2023 đến 15/3/2023", ["GB505"], "the year of the beginning is one too high"),
        ("từ 23 - 21/6/2021", ["GB505"], "the month printed once"),
        ("từ ngày 26 đến ngày 25 hằng tháng; từ ngày 26/3 đến 25/3 hằng năm", [], "every month, every year"),
        ("từ tháng 9/2023 đến tháng 6/2023", ["GB505"], "months"),
        ("từ tháng 9 đến tháng 6; từ tháng 10/2022 đến tháng 3/2023", [], "over the turn of the year"),
        ("nhiệm kỳ 2020-2015", ["GB505"], "years"),
        ("giảm so với giai đoạn 2015 - 2020; 76 năm (2022 - 1946)", [], "periods that run forwards; an anniversary"),
        ("từ số 23/6 đến số 21/6", [], "no days"),
        ("tăng từ 23/6 đến 31/6 đơn vị", [], "fractions, and no day of the calendar"),
    ],
)
def test_codes_found(text: str, codes: list[str], reason: str) -> None:
    assert [finding.code for finding in check_text(text, rules=select(["GB5"]))] == codes, reason


@pytest.mark.parametrize(
    ("code", "body", "codes", "reason"),
    [
        ("CV", "Đề nghị các chi bộ gửi báo cáo trước ngày 15/5/2024.", ["GB502"], "past"),
        ("CV", "Đề nghị các chi bộ gửi báo cáo trước ngày 25/5/2024.", [], "to come"),
        ("TB", "Gửi báo cáo chậm nhất ngày 15 tháng 5 năm 2024.", ["GB502"], "in words"),
        (
            "TB",
            "Kiểm điểm theo Quy định số 69-QĐ/TW; gửi báo cáo chậm nhất ngày 15-5-2024.",
            ["GB502"],
            "the paper speaks for its own clause",
        ),
        ("TB", "Theo Kế hoạch số 5-KH/ĐU, các chi bộ họp; gửi báo cáo trước ngày 15/5/2024.", [], "another's deadline"),
        ("KL", "Giao Chủ tịch UBND xã báo cáo kết quả trước ngày 15/5/2024.", ["GB502"], "a conclusion's order"),
        ("KL", "Các chi bộ gửi báo cáo trước ngày 15/5/2024.", [], "a conclusion tells as well"),
        ("CV", "Các chi bộ đã gửi báo cáo trước ngày 15/5/2024.", [], "tells what was done"),
        ("CV", "Các chi bộ đăng ký chậm nhất ngày 15/5/2024 đã được tổng hợp.", [], "tells what came in"),
        ("BC", "Yêu cầu các chi bộ gửi báo cáo trước ngày 15/5/2024.", [], "a report tells of what was asked"),
        ("BC", "Thực hiện Kế hoạch số 30-KH/ĐU ngày 21/5/2024 của Đảng ủy.", ["GB501"], "a day later"),
        ("BC", "Thực hiện Kế hoạch số 30-KH/ĐU ngày 20/5/2024 của Đảng ủy.", [], "the same day"),
    ],
)
def test_dates_against_the_date_of_issue(code: str, body: str, codes: list[str], reason: str) -> None:
    text = HEAD.format(code=code) + body
    assert [finding.code for finding in check_text(text, rules=select(["GB5"]))] == codes, reason


@pytest.mark.parametrize(
    ("title", "heading", "found", "reason"),
    [
        ("Kết quả công tác quý I năm 2023", "KẾT QUẢ CÔNG TÁC QUÝ I/2022", True, "the year before"),
        ("Kết quả công tác quý I năm 2023", "KẾT QUẢ CÔNG TÁC QUÝ 1/2023", False, "the quarter in figures"),
        ("Kết quả công tác quý IV/2022, nhiệm vụ quý I/2023", "KẾT QUẢ CÔNG TÁC QUÝ IV/2022", False, "over the year"),
        ("Kết quả công tác tháng 03 năm 2023", "KẾT QUẢ CÔNG TÁC THÁNG 3", False, "a zero more"),
        ("Kết quả công tác tháng 3 năm 2023", "KẾT QUẢ CÔNG TÁC THÁNG 2", True, "the month before"),
        ("Kết quả công tác quý I năm 2023", "TÌNH HÌNH THÁNG 3/2023", False, "a month inside the quarter"),
        ("Kết quả công tác quý I năm 2023", "KẾT QUẢ SO VỚI QUÝ I/2022", False, "a comparison"),
    ],
)
def test_period_of_a_heading(title: str, heading: str, found: bool, reason: str) -> None:
    text = f"BÁO CÁO\n{title}\n\nI. {heading}\n1. Đã kết nạp 12 đảng viên.\nII. NHIỆM VỤ\n"
    codes = [finding.code for finding in check_text(text, rules=select(["GB503"]))]
    assert codes == (["GB503"] if found else []), reason


@pytest.mark.parametrize(
    ("title", "heading", "found", "reason"),
    [
        (
            "Kết quả công tác 9 tháng; nhiệm vụ quý IV năm 2019",
            "NHIỆM VỤ TRỌNG TÂM QUÝ III NĂM 2019",
            True,
            "left over",
        ),
        ("Kết quả công tác quý I; nhiệm vụ quý II năm 2023", "NHIỆM VỤ QUÝ II/2022", True, "the year before"),
        ("Kết quả công tác quý I; nhiệm vụ quý II năm 2023", "NHIỆM VỤ QUÝ II/2023", False, "right"),
        ("Kết quả công tác quý I năm 2023", "NHIỆM VỤ QUÝ II NĂM 2023", False, "the title names none ahead"),
        ("Kết quả quý I; nhiệm vụ quý II, III và IV năm 2023", "NHIỆM VỤ QUÝ IV NĂM 2023", False, "several ahead"),
        ("Kết quả công tác quý IV/2022, nhiệm vụ quý I/2023", "NHIỆM VỤ QUÝ I NĂM 2023", False, "over the year"),
        ("Kết quả công tác tháng 3, phương hướng tháng 4/2023", "PHƯƠNG HƯỚNG THÁNG 5/2023", True, "a month"),
    ],
)
def test_period_of_a_heading_over_what_is_ahead(title: str, heading: str, found: bool, reason: str) -> None:
    text = f"BÁO CÁO\n{title}\n\nI. KẾT QUẢ\n1. Đã kết nạp 12 đảng viên.\nII. {heading}\n1. Kết nạp đảng viên.\n"
    codes = [finding.code for finding in check_text(text, rules=select(["GB503"]))]
    assert codes == (["GB503"] if found else []), reason
