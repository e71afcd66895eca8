"""What was found of all that were looked at, gifts and those who get them, units of two levels, and look-alikes."""

from __future__ import annotations

import time

import pytest

from giaoban.reader.claims import find_claims
from giaoban.reader.claims.base.passage import make_passage
from giaoban.reader.claims.sums.concluded import find_concluded
from giaoban.reader.flow import make_flow

LOOKED = (
    "Ủy ban giám sát 9 tổ chức đảng và 14 đảng viên. Qua giám sát kết luận {0} tổ chức đảng và 11 đảng viên thực hiện "
    "tốt, {1} tổ chức đảng và {2} đảng viên còn khuyết điểm."
)
ROWS = [
    (LOOKED.format(6, 3, 3), [True, True], "9 and 14"),
    (LOOKED.format(6, 4, 3), [False, True], "10, where the persons are all told of"),
    (LOOKED.format(4, 2, 1), [], "some are not done with"),
    ("Kiểm tra 12 tổ chức đảng. Qua kiểm tra, kết luận 2 chi ủy và 6 chi bộ thực hiện tốt, 4 chi bộ còn hạn chế.",
     [True], "bodies of several names"),
    ("Kiểm tra 12 tổ chức đảng. Qua kiểm tra, kết luận 4 chi bộ còn hạn chế, 3 chi bộ phải kiểm điểm.", [], "no «tốt»"),
    ("Kỷ luật 8 đảng viên, với hình thức kỷ luật là khiển trách: 5, cảnh cáo: 3.", [True], "two forms of discipline"),
    ("Tặng 480 suất quà cho 310 hộ nghèo, 170 hộ cận nghèo.", [True], "one gift for each"),
    ("Tặng 480 suất quà cho 310 hộ nghèo, 150 hộ cận nghèo.", [], "others may have got some"),
    ("Tỉnh có 341 đơn vị cấp xã gồm: 27 phường, 298 xã, 16 thị trấn và 3.120 đơn vị dưới cấp xã gồm: 2.604 thôn, 516 "
     "tổ dân phố.", [True, True], "the last item is divided itself"),
    ("Xã có 24 đơn vị trực thuộc, gồm 3 trạm, 17 thôn và các phòng, ban.", [], "some are told without a number"),
    ("Tỉnh có 24 đơn vị cấp huyện gồm có: 3 thị xã, 2 thành phố, 17 huyện.", [False], "22"),
    ("Điện đạt 48,6 tỷ kWh, tăng 9,4% so với cùng kỳ (trong đó thủy điện chiếm 35,1%, nhiệt điện chiếm 63,6% và nguồn "
     "khác chiếm 1,3%).", [True], "shares in a bracket"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "reason"), ROWS)
def test_sums_of_what_was_found(text: str, expected: list[bool], reason: str) -> None:
    assert [claim.holds for claim in find_claims(text) if str(claim.kind) == "sum"] == expected, reason


SHARES = [
    ("Diện tích lúa 41,2 nghìn ha (lúa lai 22,5 nghìn ha, đạt 100% kế hoạch).", [], "an area is no plan"),
    ("Dự toán 41,2 tỷ đồng, đã thu 22,5 tỷ đồng, đạt 60%.", [False], "a plan is one"),
    ("Chỉ giảm 6/480 đơn vị (tỷ lệ giảm là 1,25%).", [True], "the rate of a change"),
    ("Chỉ giảm 6/480 đơn vị (tỷ lệ giảm là 2,25%).", [], "it may be of another number"),
    ("Xuất khẩu đạt 62,48 tỷ USD, trong đó khối FDI khoảng 34,05 tỷ USD, tăng 20,6%, chiếm 54,5%.", [True], "meant so"),
    ("Tăng trên 68% so với cùng kỳ; khu vực FDI chiếm 97,9%, tăng 0,3%.", [], "a bound agrees with everything"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "reason"), SHARES)
def test_shares_and_plans_beside_them(text: str, expected: list[bool], reason: str) -> None:
    assert [claim.holds for claim in find_claims(text) if str(claim.kind) != "sum"] == expected, reason


@pytest.mark.parametrize(
    "unit", ["Kiểm tra 9 chi bộ. Qua kiểm tra kết luận 6 chi bộ tốt, 3 chi bộ hạn chế. ", "kết luận "]
)
def test_its_time_grows_with_the_text(unit: str) -> None:
    passage = make_passage(text := unit * (60_000 // len(unit)), make_flow(text))
    begun = time.process_time()
    for _ in find_concluded(passage):
        pass
    assert time.process_time() - begun < 3.0
