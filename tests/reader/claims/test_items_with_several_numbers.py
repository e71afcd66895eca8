"""Items that each tell two numbers, steps of the parts of a number, and what two numbers leave."""

from __future__ import annotations

import time

import pytest

from giaoban.reader.claims import find_claims
from giaoban.reader.claims.base.passage import make_passage
from giaoban.reader.claims.changes.years_apart import find_years_apart
from giaoban.reader.claims.rests.left_out import find_left_out
from giaoban.reader.claims.rests.parallel_rests import find_parallel_rests
from giaoban.reader.claims.shares.surplus import find_surplus
from giaoban.reader.claims.sums.steps_together import find_steps_together
from giaoban.reader.claims.sums.told_as import find_told_as
from giaoban.reader.claims.sums.two_nouns import find_two_nouns
from giaoban.reader.flow import make_flow

CHECKED = (
    "Đã kiểm tra 82 tổ chức đảng và {whole} đảng viên. Trong đó: cấp tỉnh kiểm tra 6 tổ chức đảng, 20 đảng viên; "
    "cấp huyện kiểm tra 30 tổ chức đảng, 45 đảng viên; cấp cơ sở kiểm tra 46 tổ chức đảng, 75 đảng viên{more}."
)
ROWS = [
    (CHECKED.format(whole=140, more=""), [True, True], "82 and 140"),
    (CHECKED.format(whole=145, more=""), [True, False], "the other column is right"),
    (CHECKED.format(whole=190, more=""), [True], "far from 140: another number"),
    (CHECKED.format(whole=145, more="; ngoài ra còn đảng viên diện khác"), [True], "the text leaves some out"),
    ("Có 310 hộ nghèo và 205 hộ cận nghèo. Riêng vùng thấp có 90 hộ nghèo, 80 hộ cận nghèo; vùng cao có 220 hộ nghèo, "
     "125 hộ cận nghèo.", [True, True], "two kinds of one noun"),
    ("Có 310 hộ nghèo và 205 hộ cận nghèo. Riêng vùng thấp có 90 hộ nghèo, 80 hộ cận nghèo; vùng cao có 120 hộ nghèo, "
     "60 hộ cận nghèo.", [], "some of them"),
    ("Có 96 tổ chức (tăng 7), trong đó 40 đảng bộ (tăng 5), 56 chi bộ (tăng 2).", [True, True], "5 + 2"),
    ("Có 96 tổ chức (tăng 7), trong đó 40 đảng bộ (tăng 9), 56 chi bộ (giảm 2).", [True, True], "9 - 2"),
    ("Có 96 tổ chức (tăng 9), trong đó 40 đảng bộ (tăng 5), 56 chi bộ (tăng 2).", [True, False], "7"),
    ("Có 96 tổ chức (tăng 9 so với năm 2021), trong đó 40 đảng bộ (tăng 5 so với năm 2022), 56 chi bộ (tăng 2).",
     [True], "other years"),
    ("Hội có 64 hộ nghèo và 48 hộ cận nghèo. Trong năm đã giúp 40 hộ nghèo và 30 hộ cận nghèo thoát nghèo, hiện còn "
     "24 hộ nghèo và 18 hộ cận nghèo.", [True, True], "24 and 18"),
    ("Hội có 64 hộ nghèo và 48 hộ cận nghèo. Trong năm đã giúp 40 hộ nghèo và 30 hộ cận nghèo thoát nghèo, hiện còn "
     "24 hộ nghèo và 8 hộ cận nghèo.", [True, False], "18"),
    ("Hội có 64 hộ nghèo và 48 hộ cận nghèo. Đã giúp 40 hộ nghèo và 30 hộ cận nghèo, phát sinh 5 hộ cận nghèo; "
     "hiện còn 24 hộ nghèo và 23 hộ cận nghèo.", [True], "others have come"),
    ("Hội có 64 hộ nghèo và 48 hộ cận nghèo. Trong năm đã giúp 40 hộ nghèo và 30 hộ cận nghèo vay vốn, hiện còn "
     "21 hộ nghèo và 8 hộ cận nghèo.", [], "other households"),
    ("Có 512/640 đảng viên được đánh giá. Có 96 đảng viên miễn đánh giá, 32 đảng viên chưa đánh giá.", [True], "640"),
    ("Có 512/640 đảng viên được đánh giá. Có 96 đảng viên miễn đánh giá.", [], "other reasons are not told"),
    ("9 người bị thương là 4 người ở xã Nậm Lúc, 3 người ở xã Tả Van và 2 người ở xã Bản Hồ.", [True], "9"),
    ("Nơi xa nhất là 3 thôn vùng cao, 2 thôn ven sông; 7 hộ phải di dời là 4 hộ nghèo.", [], "one of them"),
    ("Toàn huyện có 54 công trình thanh niên (CTTN). Cụ thể, cấp huyện thực hiện 6 CTTN với giá trị gần 2 tỷ đồng; "
     "cấp xã thực hiện 48 CTTN với giá trị gần 1 tỷ đồng.", [True], "what the text writes short"),
    ("Cây hằng năm 428,5 ha, trong đó: lúa 246,5 ha, rau 150 ha, cây công nghiệp ngắn ngày 22 ha, cây khác 10 ha.",
     [True], "no day of a month"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "reason"), ROWS)
def test_sums_of_items_with_several_numbers(text: str, expected: list[bool], reason: str) -> None:
    found = [claim.holds for claim in find_claims(text) if str(claim.kind) == "sum"]
    assert found == expected, reason


OTHERS = [
    ("Giới thiệu 18 đồng chí để bầu lấy 15 đồng chí (số dư 20%).", [True], "3 of 15"),
    ("Giới thiệu 18 đồng chí để bầu lấy 15 đồng chí (số dư 25%).", [False], "20%"),
    ("Giới thiệu 18 đồng chí để bầu lấy 15 đồng chí, số dư 3 đồng chí (20%).", [True, True], "in persons too"),
    ("Giới thiệu 18 đồng chí để bầu lấy 15 đồng chí (số dư 16,7%).", [], "3 of 18, as some reckon"),
    ("Giới thiệu 18 đồng chí để bầu lấy 15 đồng chí, số dư không quá 30%.", [], "a bound"),
    ("Năm 2023, xã đưa 26 thanh niên nhập ngũ. Năm 2024 xã giao đủ 31 thanh niên, tăng 5 thanh niên so với năm 2023.",
     [True], "31 - 26"),
    ("Năm 2023, xã đưa 26 thanh niên nhập ngũ. Năm 2024 có 31 thanh niên lập nghiệp, tăng 9 em so với năm 2023.",
     [], "others than those before"),
    ("Có 428 trong tổng số 440 tổ chức đảng được đánh giá.\n\nCó 391 tổ chức đảng xếp loại tốt, đạt 91,4%.",
     [True], "of the 428"),
    ("Kết nạp 1.846/1.500 hội viên, đạt 123,167%.", [False], "123,067: three decimals are no thousands"),
    ("Có 64/64 tổ chức được xếp loại: xuất sắc 12 tổ chức (05 đảng bộ, 07 chi bộ), chiếm 18,57%; tốt 45 tổ chức "
     "(14 đảng bộ, 31 chi bộ), chiếm 70,31%; đạt 07 tổ chức (03 đảng bộ, 04 chi bộ), chiếm 10,94%.",
     [False, True, True],
     "shares of what stands before a bracket"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "reason"), OTHERS)
def test_shares_and_changes_beside_them(text: str, expected: list[bool], reason: str) -> None:
    kinds = ("ratio", "growth", "percent_of") if "số dư 3" not in text else ("ratio", "sum")
    assert [claim.holds for claim in find_claims(text) if str(claim.kind) in kinds] == expected, reason


@pytest.mark.parametrize(
    "unit",
    [
        "Trong đó: 3 xã, 4 hộ; ",
        "7 hộ (tăng 2), ",
        "còn 3 hộ nghèo và 4 hộ cận nghèo, ",
        "3/4 hộ, miễn 1 hộ, ",
        "9 hộ là 3 hộ, ",
        "bầu 3 đồng chí, số dư 2 đồng chí, ",
        "năm 2020 tăng 3 hộ so với năm 2019, ",
        "(ABC) 3 ABC, ",
    ],
)
@pytest.mark.parametrize(
    "finder",
    [
        find_two_nouns,
        find_steps_together,
        find_parallel_rests,
        find_left_out,
        find_told_as,
        find_surplus,
        find_years_apart,
    ],
)
def test_their_time_grows_with_the_text(finder, unit: str) -> None:  # type: ignore[no-untyped-def]
    passage = make_passage(text := unit * (60_000 // len(unit)), make_flow(text))
    begun = time.process_time()
    for _ in finder(passage):
        pass
    assert time.process_time() - begun < 3.0
