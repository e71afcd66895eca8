"""What is left of a fraction, balances with brackets, opposites, what «trong N» divides, amounts above their whole."""

from __future__ import annotations

import pytest

from giaoban.reader.claims import find_claims

SUMS = [
    ("Hòa giải thành 31/35 vụ, còn 05 vụ chuyển Tòa án.", [False], "more is left than can be"),
    ("Hòa giải thành 31/35 vụ, còn 02 vụ kéo dài.", [], "two of those that are left"),
    ("Sơ tuyển 498/543 công dân; vắng 54 công dân.", [False], "all who are missing"),
    ("Sơ tuyển 498/543 công dân; vắng 45 công dân.", [], "what is left of a fraction is no statement of its own"),
    (
        "25/30 chi bộ và 12/15 đảng bộ đã báo cáo; còn 5 chi bộ, 4 đảng bộ chưa báo cáo.",
        [False],
        "each of its fraction",
    ),
    ("25/30 chi bộ và 12/15 đảng bộ đã báo cáo; còn 6 chi bộ, 3 đảng bộ chưa báo cáo.", [False], "the first of two"),
    ("25/30 chi bộ và 12/15 đảng bộ đã báo cáo; còn 5 chi bộ, 3 đảng bộ chưa báo cáo.", [], "both are right"),
    ("25/30 chi bộ và 12/15 đảng bộ đã báo cáo; còn 2 chi bộ thiếu biểu mẫu.", [], "some of those that are left"),
    ("Bầu 2.346 đại biểu/2.376 đại biểu, thiếu 20 đại biểu.", [False], "a noun behind each number"),
    ("Có 33 đồng chí, khuyết 02 đồng chí so với số lượng được chỉ định là 35.", [True], "than what was set"),
    ("Có 27 đồng chí, khuyết 03 đồng chí so với số lượng được chỉ định là 29.", [False], "the same, wrong"),
    ("Hiện có 58 biên chế, còn thiếu 6 biên chế so với số được giao 64.", [True], "a set number without a verb"),
    ("Có 33 đồng chí, khuyết 02 đồng chí so với đầu nhiệm kỳ 2020 - 2025.", [], "a time is no number that was set"),
    ("Có 19 ủy viên, hiện còn 17 ủy viên, khuyết 02.", [True], "who is lacking"),
    ("Trong 15 chỉ tiêu, có 9 chỉ tiêu vượt, 4 chỉ tiêu đạt, 2 chỉ tiêu không đạt.", [True], "«trong N»"),
    ("Trong 15 chỉ tiêu, có 9 chỉ tiêu vượt, 4 chỉ tiêu đạt, 3 chỉ tiêu không đạt.", [False], "the same, wrong"),
    ("Trong 20 hộ, có 12 hộ trồng cam, 9 hộ trồng bưởi, 4 hộ nuôi ong.", [], "one may do both"),
    ("Rà soát 214 thủ tục, trong đó cấp xã 189, liên thông 35.", [False], "«liên thông» names no number"),
    ("Huy động 4,2 tỷ đồng, trong đó dân góp 3,1 tỷ đồng, ngân sách 1,3 tỷ đồng.", [False], "however it is rounded"),
    ("Huy động 4,3 tỷ đồng, trong đó dân góp 3,1 tỷ đồng, ngân sách 1,3 tỷ đồng.", [True], "rounded up"),
    ("Nhận 2.018 đơn; đủ điều kiện 1.846 đơn (91,5%); không đủ điều kiện 172 đơn.", [True], "opposites"),
    ("Nhận 2.018 đơn, trong đó đủ điều kiện 1.846 đơn, không đủ điều kiện 182 đơn.", [False], "the same, wrong"),
    (
        "Đầu kỳ toàn Đảng bộ có 918 đảng viên; tăng 60 đảng viên (kết nạp 38, chuyển đến 22), giảm 41 đảng viên; "
        "cuối kỳ có 937 đảng viên.",
        [True, True],
        "a balance whose steps are divided in brackets",
    ),
    (
        "Đầu kỳ toàn Đảng bộ có 918 đảng viên; tăng 60 đảng viên (kết nạp 38, chuyển đến 22), giảm 41 đảng viên; "
        "cuối kỳ có 973 đảng viên.",
        [False, True],
        "the same, wrong",
    ),
    (
        "Đầu năm, xã có 86 hộ nghèo; giảm 31 hộ (thoát nghèo 29, chuyển đi 2), phát sinh 4 hộ; cuối năm còn 59 hộ.",
        [True, True],
        "of whom it is told",
    ),
    ("Có 218 sản phẩm (142 sản phẩm 3 sao, 71 sản phẩm 4 sao, 6 sản phẩm 5 sao).", [False], "stars are no parts"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), SUMS)
def test_parts_and_what_is_left_come_to_the_whole(text: str, expected: list[bool], reason: str) -> None:
    found = [claim for claim in find_claims(text) if claim.kind.value == "sum" and claim.holds is not None]
    assert [claim.holds for claim in found] == expected, reason
