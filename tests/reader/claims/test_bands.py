"""Totals that stand sentences before their parts: ages, ballots, shares; and slips that one digit tells."""

from __future__ import annotations

import pytest

from giaoban.reader.claims import find_claims

AGES = "Có mặt {} đại biểu.\nDưới 35 tuổi 27 đại biểu, từ 35 đến 60 tuổi 68 đại biểu, trên 60 tuổi 22 đại biểu."
BALLOTS = "Số phiếu phát ra: 232 phiếu; thu về: {} phiếu.\nSố phiếu hợp lệ: 228; số phiếu không hợp lệ: 4."
SHARES = "Trường có {} học sinh.\n- Xếp loại: tốt 84 em (14,9%), khá 236 em (41,8%), đạt 225 em ({}%), chưa đạt 19 em."


def verdicts(text: str) -> list[tuple[str, bool | None]]:
    return [(str(claim.kind), claim.holds) for claim in find_claims(text)]


def test_ages_that_leave_none_out_make_their_total() -> None:
    assert verdicts(AGES.format(117)) == [("sum", True)]
    (claim,) = find_claims(AGES.format(119))
    assert (claim.holds, claim.explain) == (False, "27 + 68 + 22 = 117, văn bản ghi 119")


@pytest.mark.parametrize(
    "text",
    [
        AGES.format(236),
        AGES.format(119).replace("từ 35 đến", "từ 40 đến"),
        AGES.format(119).replace(", trên 60 tuổi 22 đại biểu", ""),
        "Có 119 đại biểu. Dưới 35 tuổi khoảng 27 đại biểu, từ 35 đến 60 tuổi 68 đại biểu, trên 60 tuổi 22 đại biểu.",
    ],
    ids=["no total of that size", "a gap of ages", "not all ages", "no exact number"],
)
def test_ages_that_may_leave_some_out_stay_silent(text: str) -> None:
    assert ("sum", False) not in verdicts(text)


def test_ballots_are_valid_or_not() -> None:
    assert verdicts(BALLOTS.format(232)) == [("sum", True)]
    assert verdicts(BALLOTS.format(231)) == [("sum", False)]
    assert ("sum", False) not in verdicts(BALLOTS.format(500))


def shares(text: str) -> list[bool | None]:
    return [holds for kind, holds in verdicts(text) if kind == "ratio"]


def test_shares_of_a_number_some_sentences_before() -> None:
    assert shares(SHARES.format(564, "39,9")) == [True, True, True]
    assert shares(SHARES.format(564, "37,9")) == [True, True, False]
    assert False not in shares(SHARES.format(712, "39,9"))


DIGITS = [
    ("Bầu 43 đồng chí (khuyết 1): dưới 35 tuổi 12, từ 35 đến 50 tuổi 24, trên 50 tuổi 6 đồng chí.", None),
    ("Đã chi 24 triệu đồng/kế hoạch 30 triệu đồng cả năm, đạt 40% số lượt thăm hỏi.", None),
    ("Doanh nghiệp nộp 12 tỷ đồng/tổng thu 40 tỷ đồng, đạt 96% dự toán.", None),
    ("Biểu quyết: đồng ý 45/46 đồng chí, không đồng ý 0, không có ý kiến 1 đồng chí.", None),
    ("Tổ chức 16 hội nghị, cụ thể: hội nghị báo cáo viên 4, hội nghị chuyên đề 6, các hội nghị khác.", None),
    ("Có 14 đoàn kiểm tra, gồm 8 đoàn của cấp ủy, 9 đoàn của UBKT (3 đoàn phối hợp).", None),
    ("Có 14 đoàn kiểm tra, gồm 8 đoàn của cấp ủy, 7 đoàn của UBKT.", False),
    ("Có 120 đại biểu, trong đó 30 đại biểu dưới 40 tuổi, 95 đại biểu là đảng viên.", None),
    ("Ban hành 24 văn bản, gồm 3 nghị quyết, 12 kế hoạch, còn lại là công văn, thông báo.", None),
    ("Ban hành 24 văn bản, gồm 3 nghị quyết, 12 kế hoạch và một số công văn.", None),
    ("Đạt 96% (48/52 chi bộ; 2 chi bộ mới thành lập chưa tính).", None),
    ("Nhận 46 đơn (kỳ trước chuyển sang 4 đơn), gồm khiếu nại 12, tố cáo 6, kiến nghị 24.", None),
    ("Nhận 46 đơn (kỳ trước chuyển sang 4 đơn), gồm khiếu nại 12, tố cáo 6, kiến nghị 26.", False),
    ("Thu 312 triệu đồng, trong đó tiền mặt 204 triệu đồng, chuyển khoản 118 triệu đồng.", False),
    ("Thu 312 triệu đồng, trong đó tiền mặt 204 triệu đồng, chuyển khoản 108 triệu đồng.", True),
    # One may be fined and closed too; the share is of more than the fraction counts.
    ("Có 12 cơ sở vi phạm, trong đó 9 cơ sở bị phạt tiền, 5 cơ sở bị đình chỉ.", None),
    ("Có 9/12 xã đạt chuẩn, bằng 69,2% số xã, thị trấn.", None),
    ("Giám sát 38 tổ chức (kế hoạch 36), đạt 105,6%.", True),
    ("Giám sát 38 tổ chức (kế hoạch 36), đạt 108,6%.", False),
    ("Đầu năm 1.260 triệu đồng; thu 340 triệu đồng; chi 980 triệu đồng; còn lại 620 triệu đồng.", True),
    ("Đầu năm 1.260 triệu đồng; thu 340 triệu đồng; chi 980 triệu đồng; còn lại 720 triệu đồng.", False),
    ("Trồng 186,4 ha rừng: rừng phòng hộ 74,2 ha; rừng sản xuất 102,2 ha.", False),
    ("Trồng 176,4 ha rừng: rừng phòng hộ 74,2 ha; rừng sản xuất 102,2 ha.", True),
    # Two parts may leave some out.
    ("Trồng 189,9 ha rừng: rừng phòng hộ 74,2 ha; rừng sản xuất 102,2 ha.", None),
    ("Doanh thu 184,5 tỷ đồng/kế hoạch 180 tỷ đồng, đạt 103,5%.", False),
    ("Doanh thu 184,5 tỷ đồng/kế hoạch 180 tỷ đồng, đạt 102,5%.", True),
    ("Giải ngân 812 tỷ đồng trên tổng vốn giao 1.246 tỷ đồng; còn lại 434 tỷ đồng.", True),
    ("Giải ngân 812 tỷ đồng trên tổng vốn giao 1.246 tỷ đồng; còn lại 444 tỷ đồng.", False),
    ("Nhận 34 tin báo; đã giải quyết 29 tin; đang giải quyết 6 tin.", False),
    ("Nhận 36 tin báo; đã giải quyết 29 tin; đang giải quyết 6 tin.", None),
    ("Xử phạt 146 trường hợp; so với quý I (118 trường hợp) tăng 28 trường hợp, bằng 21,7%.", False),
    ("Xử phạt 146 trường hợp; so với quý I (118 trường hợp) tăng 28 trường hợp, bằng 23,7%.", True),
]


@pytest.mark.parametrize(("text", "holds"), DIGITS)
def test_other_wordings(text: str, holds: bool | None) -> None:
    found = [claim.holds for claim in find_claims(text)]
    assert found == ([] if holds is None else [holds])
