"""Where the work begins in papers that are all about the work of a time, and have no heading that says so.

«KẾ HOẠCH công tác quý I/2024» is work from its first word; a cell's «NGHỊ QUYẾT … tháng 9/2026» first tells who was
there and what was done, up to a line such as «Chi bộ quyết nghị:», «Nhiệm vụ tháng 9:».
"""

from __future__ import annotations

import re

from giaoban.reader.places import small_letters

_OF_A_TIME = re.compile(
    r"(?P<kind>nghị quyết|kế hoạch|chương trình)\b.*?(?:(?P<short>tháng\s[0-9]|quý\s[0-9iv])|năm\s20[0-9]{2})"
)
# Those of one event, and papers that tell what was done or what a plan is worth.
_OF_AN_EVENT = re.compile(
    r"kết quả|sơ kết|tổng kết|tình hình|đánh giá|kiểm tra|giám sát|khảo sát|tập huấn|diễn tập|kỷ niệm|đại hội|"
    r"hội (?:nghị|thi|thảo|thao|diễn)|lễ |giải |cuộc thi|tuyển |bầu cử|đầu tư công|dự toán|phân bổ"
)
_ANNOUNCED = re.compile(
    r"(?:quyết nghị|thống nhất|[Rr]a nghị quyết|[Nn]hiệm vụ|[Pp]hương hướng|QUYẾT NGHỊ)[^.:;\n]{0,90}:[ \t]*$",
    re.MULTILINE,
)


def work_begins(text: str, title: str, *, also_of_a_year: bool = False) -> int | None:
    """Return the offset from which on a text gives work and sets goals without a heading that says so; None where the
    title names no work of a time, or a resolution announces none.

    Args:
        text: the document.
        title: its title.
        also_of_a_year: whether the work of a whole year counts, which has parts that give none.
    """
    small = " ".join(small_letters(title).split())
    match = _OF_A_TIME.match(small)
    if match is None or not (match["short"] or also_of_a_year) or _OF_AN_EVENT.search(small):
        return None
    if match["kind"] != "nghị quyết":
        return 0
    said = _ANNOUNCED.search(text)
    return said.end() if said else None
