"""Work that somebody orders in a speech, a letter or a last sentence, where no heading gives it."""

from __future__ import annotations

import pytest

from giaoban.reader import read_text

Row = tuple[tuple[str, ...], str | None, str | None]


def tasks(text: str) -> list[Row]:
    return [(item.assignees, item.deadline, item.recurrence) for item in read_text(text).tasks]


ORDERS: list[tuple[str, list[Row], str]] = [
    (
        "Phát biểu tại cuộc họp, đồng chí Phó Bí thư Thường trực, Chủ tịch Hội đồng nhân dân yêu cầu: "
        "Ban Tuyên giáo xây dựng kế hoạch tuyên truyền; Ban Tổ chức rà soát nhân sự.\n\n"
        "Văn phòng lập dự toán kinh phí. Đảng bộ thị trấn chỉnh trang các tuyến phố.\n",
        [
            (("Ban Tuyên giáo",), None, None),
            (("Ban Tổ chức",), None, None),
            (("Văn phòng",), None, None),
            (("Đảng bộ thị trấn",), None, None),
        ],
        "a list behind a colon goes on in the next paragraph",
    ),
    (
        "Bí thư Đảng ủy yêu cầu các chi bộ bám sát chương trình quý. Đối với các ban của Đảng ủy, tập trung thẩm định "
        "hồ sơ đại hội. Ủy ban nhân dân xã khẩn trương hoàn thành các nội dung trình Hội đồng nhân dân.\n",
        [(("các chi bộ",), None, None), (("các ban của Đảng ủy",), None, None), (("Ủy ban nhân dân xã",), None, None)],
        "sentences that urge others behind the first order",
    ),
    (
        "Đề nghị đội ngũ tuyên truyền viên cần chủ động nắm bắt tình hình.\n",
        [(("đội ngũ tuyên truyền viên",), None, None)],
        "who is named without a capital; «tuyên truyền viên» are persons",
    ),
    (
        "Yêu cầu trước mắt các cấp ủy, tổ chức Đảng phải kiểm tra xong trước ngày 15/3/2027.\n",
        [(("các cấp ủy, tổ chức Đảng",), "2027-03-15", None)],
        "«trước mắt» before who is to act, «phải» behind",
    ),
    (
        "Định kỳ từ ngày 1 đến ngày 3 hằng tháng, các đơn vị được phân công phải cập nhật số liệu; "
        "từ ngày 4 đến ngày 8 hằng tháng, Phòng Tổng hợp kiểm tra.\n",
        [(("các đơn vị được phân công",), None, "hằng tháng"), (("Phòng Tổng hợp",), None, "hằng tháng")],
        "two times in one sentence",
    ),
    (
        "Ban Thường vụ yêu cầu:\n- Đối với Chi bộ Quân sự: khẩn trương bổ sung hồ sơ, hoàn thành trong tháng 5/2026.\n",
        [(("Chi bộ Quân sự",), "2026-M05", None)],
        "a cell that a point is for",
    ),
    (
        "Về thời gian: Cấp xã hoàn thành trước ngày 10/6/2027; cấp huyện hoàn thành trước ngày 14/6/2027.\n",
        [(("Cấp xã",), "2027-06-10", None), (("cấp huyện",), "2027-06-14", None)],
        "levels act",
    ),
    (
        "Hội nghị biểu dương 6 đơn vị.\nBan Dân vận Huyện ủy đôn đốc việc thực hiện Thông báo này.\n",
        [(("Ban Dân vận Huyện ủy",), None, None)],
        "who carries out the paper itself",
    ),
    (
        "1. Kết quả kiểm tra: chi sai 20 triệu đồng.\nYêu cầu chi bộ kiểm điểm, báo cáo trước ngày 15/6/2027.\n",
        [(("chi bộ",), "2027-06-15", None)],
        "an order by a day behind results",
    ),
    (
        "Giao Giám đốc Sở Y tế chủ trì, phối hợp với Thủ trưởng các sở, ngành liên quan, Chủ tịch UBND các xã lập tổ.",
        [(("Giám đốc Sở Y tế", "Thủ trưởng các sở, ngành liên quan", "Chủ tịch UBND các xã"), None, None)],
        "partners whose list goes on behind a comma",
    ),
    (
        "Để phát huy những kết quả đã đạt được, Ban Thường vụ yêu cầu cấp uỷ các cấp quán triệt các giải pháp đã nêu "
        "trong Nghị quyết. Đồng chí Bí thư yêu cầu phường Hòa Sơn rà soát quy hoạch.\n",
        [(("cấp uỷ các cấp",), None, None), (("phường Hòa Sơn",), None, None)],
        "the mark of «uỷ» on either vowel; «đã nêu» says which ones; a ward by its name",
    ),
    (
        "Đề nghị Ủy ban bầu cử các xã gửi báo cáo trước ngày 8/6/2027.\n",
        [(("Ủy ban bầu cử các xã",), "2027-06-08", None)],
        "«bầu cử» holds no verb of work",
    ),
]
SILENT = [
    ("Ban Thường trực có thực hiện chuyên trang vào thứ ba hằng tuần.\n", "what goes on"),
    (
        "Các cơ quan đã triển khai nhiệm vụ được giao. Trong đó, Văn phòng phối hợp với các sở chuẩn bị cơ sở "
        "vật chất.\n\nBan Tuyên giáo triển khai công tác tuyên truyền. Sở Văn hóa xây dựng kế hoạch văn nghệ.\n",
        "what is being done",
    ),
    ("Đảng viên phải gương mẫu chấp hành kỷ luật.\n", "a rule of conduct without a day"),
    ("Chị Na được bầu cử làm tổ trưởng; hội viên tổ chức buổi giao lưu.\n", "a story"),
]


@pytest.mark.parametrize(("text", "expected", "why"), ORDERS, ids=[why for _, _, why in ORDERS])
def test_orders_without_a_heading(text: str, expected: list[Row], why: str) -> None:
    assert tasks(text) == expected


@pytest.mark.parametrize(("text", "why"), SILENT, ids=[why for _, why in SILENT])
def test_what_is_no_order(text: str, why: str) -> None:
    assert tasks(text) == []


def test_what_was_done_behind_an_order_is_none() -> None:
    text = "Bí thư Huyện ủy yêu cầu các xã rà soát hộ nghèo. Sở Y tế đã tăng cường kiểm tra các chợ.\n"
    assert tasks(text) == [(("các xã",), None, None)]


def test_an_order_behind_what_a_speaker_has_praised() -> None:
    text = (
        "Phát biểu tại đại hội, đồng chí Bí thư đã đánh giá cao báo cáo, đồng chí đề nghị Chi bộ cần tiếp tục làm tốt "
        "công tác giáo dục chính trị.\n"
    )
    (task,) = read_text(text).tasks
    assert task.assignees == ("Chi bộ",)


def test_what_holds_to_this_day_is_no_work() -> None:
    text = "Chi bộ nỗ lực thực hiện nhiệm vụ, hằng năm có trên 98% đảng viên học tập, tính đến nay đều đạt chuẩn.\n"
    assert read_text(text).tasks == ()


def test_a_body_with_a_full_stop_above_its_points() -> None:
    text = (
        "CHỈ THỊ\nVề phòng chống đuối nước\n\nThủ tướng Chính phủ chỉ thị:\n\n1. Bộ Công an.\n\n"
        "a) Phối hợp với Bộ Y tế tổ chức cấp cứu tại chỗ.\n\n2. Các cấp, các ngành cần nỗ lực rà soát nơi nguy hiểm.\n"
    )
    assert [item.assignees for item in read_text(text).tasks] == [("Bộ Công an", "Bộ Y tế"), ("Các cấp", "các ngành")]
