"""Rules over numbers of headings and lists on more forms than their explanations show."""

from __future__ import annotations

import pytest

from giaoban.checker import check_text, select


@pytest.mark.parametrize(
    ("text", "codes", "reason"),
    [
        ("I. KẾT QUẢ\n1. Một\nII. HẠN CHẾ\n2. Hai\n3. Ba\nIII. NHIỆM VỤ\n4. Bốn\n5. Năm", [], "numbers run on"),
        ("1. Một\n2. Hai\nPHỤ LỤC 1\n1. Danh sách\n2. Phân công", [], "an annex begins anew"),
        ("1. Một\n2, Hai\n3. Ba", [], "a comma that scanning made of a point"),
        ("1. Một\n2 Hai\n3. Ba", [], "a point that scanning lost"),
        ("1. Một\n2. Hai\n1. Một\n2. Hai\n3. Ba", [], "a page printed twice"),
        ("IV. TRÍCH NGHỊ QUYẾT\n1. Một\n4. Bốn", [], "an extract keeps the numbers of the whole"),
        ("I. KẾT QUẢ\n1. Một\n(...)\n4. Bốn", [], "left out on purpose"),
        ("1. Khoản 3 được bổ sung như sau:\n3. Một\n2. Khoản 6 được sửa đổi như sau:\n6. Hai", [], "amended articles"),
        ("2.1. Một\n2.2. Hai\n2.4. Bốn", ["GB601"], "two levels of numbers"),
        ("I/ KẾT QUẢ\nIII/ NHIỆM VỤ\n", ["GB601"], "strokes"),
        ("Trong đó:\na) Một;\nb) Hai;\nđ) Năm.", ["GB601"], "two letters left out"),
        ("Trong đó:\na) Một;\nb) Hai;\nc) Ba;\nd) Bốn;\nđ) Năm;\ne) Sáu;\ng) Bảy;\nh) Tám;\ni) Chín", [], "no f"),
        (
            "Trong đó:\na) Một;\nb) Hai;\nc) Ba;\nd) Bốn;\ne) Năm;\nf) Sáu;\ng) Bảy;\nh) Tám;\ni) Chín;\nj) Mười",
            [],
            "f, j",
        ),
        ("Theo quy định tại điểm a) khoản 1,\nc) khoản 2 Điều 5.", [], "articles of law at the start of a line"),
        ("Gồm: (1) Một; (2) Hai;\n(3) Ba;\n(4) Bốn.", [], "a list that began inside a line"),
        ("b) Hai;\nd) Bốn.", [], "the beginning of the list is not there"),
        ("a) Một;\nb) Hai.\n1. Về tổ chức\nd) Bốn.", [], "a heading in between"),
        ("Đã họp¹.\n\n¹ (1) Công văn.\n(3) Thông báo.", [], "inside a footnote"),
        ("1. Một\n1. Một nữa\n2. Hai", [], "a list of one item, then another list"),
        ("1. Một\n2. Hai\n2. Hai nữa\n", ["GB602"], "twice in one list"),
        ("1. Một\n1.1. A\n2. Hai\n1.1. A\n1.2. B\n2.1. C", [], "children of both numbers"),
        ("1. Một\n2. Hai\n3.1. A\n3.2. B", ["GB603"], "the next heading is not there"),
        ("3. Ba\n1.1. A\n1.2. B", [], "the parent itself is out of order"),
        ("1. Một\n2) Hai\n3. Ba", ["GB604"], "one bracket among points"),
        ("a) Một;\n\fb) Hai;\nd) Bốn;", ["GB601"], "over the end of a page"),
        ("I - MỘT\nII – HAI\nIII- BA", [], "dashes and blanks are alike"),
        ("a) Một;\nb. Hai;\nc) Ba", [], "signs of letters may mean a level"),
    ],
)
def test_codes_found(text: str, codes: list[str], reason: str) -> None:
    assert [finding.code for finding in check_text(text, rules=select(["GB6"]))] == codes, reason


def test_the_finding_stands_at_the_number() -> None:
    text = "II. KẾT QUẢ\n\n1. Một\n3. Ba\n"
    (finding,) = check_text(text, rules=select(["GB601"]))
    assert (text[finding.start : finding.end], finding.line, finding.column) == ("3", 4, 1)
