"""Fractions that divide a fraction, products added up, what came less what went, and lists whose whole stands apart."""

from __future__ import annotations

import time

import pytest

from giaoban.reader.claims import find_claims
from giaoban.reader.claims.base.passage import make_passage
from giaoban.reader.claims.sums.fractions import find_fractions
from giaoban.reader.flow import make_flow

CUT = (
    "Đã giảm 1.284/22.410 biên chế, trong đó khối đảng giảm {0}/1.020 biên chế; khối chính quyền giảm 1.163/{1} "
    "biên chế."
)
TWO = (
    "Toàn Đảng bộ kiểm tra 44 tổ chức đảng, 118 đảng viên, cụ thể: Ban Thường vụ kiểm tra 12 tổ chức đảng, 35 đảng "
    "viên; Ủy ban Kiểm tra kiểm tra 32 tổ chức đảng, {0} đảng viên."
)
ROWS = [
    (CUT.format("121", "21.390"), [True, True], "both numbers"),
    (CUT.format("121", "21.930"), [True, False], "22.950 below, and above it is right"),
    (CUT.format("21", "19.390"), [], "neither: some are left out"),
    ("Đã giảm 184/2.410 biên chế. Khối đảng giảm 21/20 biên chế; khối chính quyền giảm 163/139 biên chế.", [],
     "no list"),
    ("Hỗ trợ 14 hộ x 12,5 triệu đồng + 20 hộ x 2,4 triệu đồng = 223 triệu đồng.", [True], "175 + 48"),
    ("Chi 14 suất x 500.000 đồng + 20 suất x 200.000 đồng = 12.000.000 đồng.", [False], "11.000.000"),
    ("Hỗ trợ 14 hộ x 12,5 triệu đồng + 20 hộ x 2,4 triệu đồng = 323 triệu đồng.", [], "decimals may be rounded"),
    ("Trong năm phát triển mới 3.618 hội viên, đưa ra khỏi tổ chức 1.204 hội viên, thực tăng 2.414 hội viên.", [True],
     "what came less what went"),
    ("Trong năm phát triển mới 3.618 hội viên, đưa ra khỏi tổ chức 1.204 hội viên, thực tăng 2.441 hội viên.", [],
     "some may have gone otherwise"),
    ("Quý I kết nạp 19 đảng viên, quý II 31 đảng viên, quý III 27 đảng viên, quý IV 41 đảng viên; cả năm kết nạp 118 "
     "đảng viên.", [True], "quarters of a year"),
    (TWO.format("83"), [True, True], "two columns"),
    (TWO.format("89"), [True, False], "one column is right, the other one comes near"),
    ("Đoàn giành 77 huy chương. Các vận động viên mang về tổng cộng 21 HCV, 22 HCB và 34 HCĐ.", [True], "medals"),
    ("Công nhận 55 mô hình (31 tập thể, 24 cá nhân).", [True], "whose they are"),
    ("Có 96 thí sinh. Trong đó, đăng ký trực tuyến là 84, chiếm 88,5% tổng số thí sinh; trực tiếp là 12, chiếm 11,5%.",
     [True], "see their shares below"),
    ("Huyện xây dựng 336 mô hình.\nVề kinh tế, huyện có 82 mô hình.\nTrong đó, kinh tế 82 mô hình; văn hóa 164 mô "
     "hình; quốc phòng 38 mô hình; hệ thống chính trị 52 mô hình.", [True], "the one before the nearest"),
    ("Đảng bộ có 66 tổ chức cơ sở đảng, trong đó có 39 đảng bộ, 27 chi bộ cơ sở với 2 đảng bộ bộ phận và 289 chi bộ.",
     [True], "the first two"),
    ("Quý I cấp phép 23 dự án với 1,5 tỷ USD. Trong đó, 14 dự án cấp mới với 1,4 tỷ USD. 9 dự án tăng vốn, đạt 104 "
     "triệu USD.", [True], "each begins its sentence"),
    ("Đã khởi công 10.760/10.760 căn nhà cho 3 chương trình: A; B; C. Trong đó xây mới 7.475 căn, sửa chữa 3.285 căn.",
     [True], "over the names of programmes"),
    ("Giao quân 72/72 thanh niên. Trình độ đại học 5 người, cao đẳng 19 người, phổ thông 48 người, còn lại là sơ cấp.",
     [], "some are not told"),
    ("Ghi nhận 226 ca, gồm Hà Nội 179 ca, Long An 19 ca, Bến Tre và Vĩnh Long mỗi nơi 8 ca.", [], "«mỗi nơi»"),
    ("Hòa giải thành 920 vụ việc, đạt 73%. Cụ thể: năm 2025, thụ lý hòa giải 339 vụ việc, hòa giải thành 240 vụ "
     "việc.", [], "what was done with the same cases"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "reason"), ROWS)
def test_sums_in_other_forms(text: str, expected: list[bool], reason: str) -> None:
    found = [claim.holds for claim in find_claims(text) if str(claim.kind) == "sum"]
    assert sorted(map(bool, found)) == sorted(expected), reason


SHARES = [
    ("Cả nước có 1.071.393 thí sinh. Trong đó, đăng ký trực tuyến là 1.014.020, chiếm {0}% tổng số thí sinh; đăng ký "
     "trực tiếp là 57.373, chiếm {1}%.", ("94,64", "5,36"), [True, True]),
    ("Cả nước có 1.071.393 thí sinh. Trong đó, đăng ký trực tuyến là 1.014.020, chiếm {0}% tổng số thí sinh; đăng ký "
     "trực tiếp là 57.373, chiếm {1}%.", ("94,86", "5,14"), [False, False]),
    # 89 of 94 that are not printed.
    ("Có 89 ý kiến: đồng ý 49 ({0}%), không đồng ý 34 ({1}%), ý kiến khác 6 (6,38%).",
     ("52,13", "36,17"), []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "shares", "expected"), SHARES)
def test_shares_of_parts_are_of_what_they_make(text: str, shares: tuple[str, str], expected: list[bool]) -> None:
    found = find_claims(text.format(*shares))
    assert [claim.holds for claim in found if str(claim.kind) == "ratio"] == expected


@pytest.mark.parametrize("unit", ["gồm 12/20 xã, ", "12/20 xã, trong đó 5/9 xã; 7/11 xã. "])
def test_its_time_grows_with_the_text(unit: str) -> None:
    passage = make_passage(text := unit * (60_000 // len(unit)), make_flow(text))
    begun = time.process_time()
    for _ in find_fractions(passage):
        pass
    assert time.process_time() - begun < 3.0
