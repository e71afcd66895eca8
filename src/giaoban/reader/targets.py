"""Targets: goals with a number, in sections that set goals and in sentences that say «phấn đấu».

«Tỷ lệ hộ nghèo giảm xuống dưới 2%» under «Các chỉ tiêu chủ yếu» is a target; «tỷ lệ dự sinh hoạt đạt trên 95%» among
results is none. One clause gives one target: a list is cut at «;», at its numbers, and at «trong đó».
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from giaoban.core.numbers_vi import parse_number
from giaoban.reader.deadlines import find_deadline
from giaoban.reader.flow import Flow
from giaoban.reader.model import Section, Target
from giaoban.reader.outline import Outline

_GOAL_TITLE = re.compile(r"chỉ tiêu|mục tiêu", re.IGNORECASE)
# A heading that reports, or sets no numbers («Mục tiêu tổng quát»); a paragraph that counts («14/15 chỉ tiêu»).
_RESULT_TITLE = re.compile(r"kết quả|tình hình|đánh giá|ưu điểm|hạn chế|kiểm điểm|tổng quát", re.IGNORECASE)
_COUNTED_TITLE = re.compile(r"%|[0-9]/[0-9]|\bđã\b|đạt và vượt", re.IGNORECASE)
_LONGEST_GOAL_TITLE = 100
_GOAL_WORD = re.compile(r"phấn đấu|đặt mục tiêu|mục tiêu (?:là|đến|tăng)", re.IGNORECASE)
_GOAL_LIST = re.compile(
    r"(?:\A|(?<=[.;)]\s))(?:các\s|một số\s)?(?:chỉ tiêu|mục tiêu|phấn đấu)(?:[^:;.%0-9]|năm\s20[0-9]{2}){0,60}:",
    re.IGNORECASE,
)
_RESULT_WORD = re.compile(r"cùng kỳ|\bước (?:đạt|thực hiện)\b|l[uũ][yỹ] kế|kế hoạch (?:năm|giao)\)", re.IGNORECASE)
_DONE_WORD = re.compile(r"\bđã\b(?! qua)|đạt [0-9.,]+% (?:chỉ tiêu|kế hoạch|nghị quyết|dự toán)", re.IGNORECASE)
_BULLET = re.compile(r"\s*(?:[-+•*]|\([0-9]{1,2}\)|[a-zđ]\)|[0-9]{1,2}[.)])\s")
_SENTENCE_END = re.compile(r"\.\s|\.\Z")
_CLAUSE_END = re.compile(
    r"[;\n]|\.(?=\s|\Z)|,?\s\(?(?:trong đó|trọng tâm là|trọng điểm là)[,:]?\s|(?<=\s)\((?:[0-9]{1,2}|[a-z])\)\s"
    r"|:\s(?![0-9])|\svà\s(?=(?:ít nhất|tối thiểu|trên|dưới|không dưới|không quá)\s[0-9])"
)
_LEAD = re.compile(r"[\s,:+•–-]*(?:[0-9]{1,2}(?:\.[0-9]{1,2})*[.)-]\s+|[a-zđ]\)\s+|\([0-9]{1,2}\)\s+|(?:và|Về)\s)*")
_NUMBER = r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?|[0-9]+(?:,[0-9]+)?"
_BELOW_OR_ABOVE = {
    "ít nhất": ">=", "tối thiểu": ">=", "không dưới": ">=", "không thấp hơn": ">=", "không ít hơn": ">=", "≥": ">=",
    "trên": ">", "hơn": ">", "vượt": ">", "lớn hơn": ">", "cao hơn": ">", ">": ">",
    "không quá": "<=", "không vượt quá": "<=", "tối đa": "<=", "không cao hơn": "<=", "không hơn": "<=", "≤": "<=",
    "dưới": "<", "thấp hơn": "<", "nhỏ hơn": "<", "<": "<",
}  # fmt: skip
_COMPARATORS = "|".join(sorted(_BELOW_OR_ABOVE, key=len, reverse=True))
_UNIT = (
    r"%|‰|(?:nghìn\s|triệu\s|tỷ\s|tỉ\s)+(?:đồng|USD|lượt|tấn)(?:/[^\s,;.]{1,14}){0,2}|USD|đồng(?:/[^\s,;.]{1,14}){0,2}"
    r"|(?:đảng\sviên|tổ\schức(?:\scơ\ssở)?\sđảng|chi\sbộ|đảng\sbộ|doanh\snghiệp|việc\slàm|lao\sđộng|giường\sbệnh|bác\ss[ỹĩ]|"
    r"dược\ss[ỹĩ]|điều\sdưỡng|đồng\schí|học\sviên|mô\shình|hợp\stác\sxã|sản\sphẩm|"
    r"tiêu\schí|xã|hộ|ha|km|lớp|cuộc|lượt|người|tấn|"
    r"lần|điểm|bậc|trường|máy|căn|triệu|tỷ)(?:\s?/[^\s,;.]{1,10}(?:\svạn\sdân)?)?(?!\w)"
)
_VALUE = re.compile(
    rf"(?P<from>\btừ\s)?(?:(?P<sign>{_COMPARATORS})\s?(?:đạt\s)?)?(?:khoảng\s|từ\s)?(?<![0-9/.,-])(?P<low>{_NUMBER})"
    rf"(?:\s?%?\s?(?:-|–|đến)\s?(?P<high>{_NUMBER}))?(?![0-9/]|-[0-9])\s?(?P<unit>{_UNIT})?(?:/[^\s,;.]{{1,8}})?"
    rf"(?P<back>\s(?:[^\s,;.]{{1,12}}\s){{0,3}}?trở\s(?:lên|xuống))?",
    re.IGNORECASE,
)
_NOT_A_VALUE = re.compile(
    r"(?:năm|ngày|tháng|quý|số|khóa|khoá|thứ|điều|khoản|cụm|tổ|mức độ|giai đoạn|nhiệm kỳ|so với|tuổi|đợt|loại|cấp|hạng"
    r"|kỳ)\s\Z",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"(?:\s?(?:phấn đấu|bình quân|đạt|tăng|giảm|xuống|lên|còn|có|chiếm|là|ở mức|phải|được|"
    r"mức|vào|khoảng|đến|hằng năm|tới|thêm))+\s*\Z",
    re.IGNORECASE,
)
_KEEP = re.compile(r"(?:Tiếp tục\s)?(?:giữ vững|duy trì|giữ ổn định)\s", re.IGNORECASE)
_WHEN = re.compile(
    r"\A\s*(?:Đến|Trong|Hết|Vào)\s(?:hết\s|cuối\s)?(?:năm|quý|tháng)\s[^\s,:]+[,:]?\s*|phấn đấu\s*", re.IGNORECASE
)
# The words right before a value, «nhiệm kỳ», «phấn đấu», are shorter.
_WORD_REACH = 40
_LONGEST_CLAUSE = 420
_SHORTEST_CLAUSE = 6
_YEAR_DIGITS = 4
_SHORT_NAME = 3
# Units of measure; any other unit is the thing counted, and belongs to the name («Kết nạp … đảng viên»).
_MEASURED = re.compile(r"[%‰]|đồng(?! chí)|USD|\Aha\Z|\Akm\Z")


@dataclass(frozen=True, slots=True)
class _Clause:
    """A stretch of a flow that sets a goal, where it begins there, whether a heading sets it."""

    start: int
    text: str
    is_set: bool


def find_targets(
    text: str, flow: Flow, sections: Sequence[Section], cited: Collection[tuple[int, int]]
) -> tuple[Target, ...]:
    """Return the targets of the running text, in reading order.

    Args:
        text: the text that the results point into.
        flow: its running text.
        sections: its headings; they say where goals are set and by when.
        cited: spans of citations: their numbers are no values.
    """
    outline = Outline(sections)
    taken = sorted(cited)
    found = []
    for clause in _clauses(flow, outline):
        target = _read(text, flow, clause, outline, taken)
        if target is not None:
            found.append(target)
    return tuple(found)


def _clauses(flow: Flow, outline: Outline) -> Iterator[_Clause]:
    at = 0
    listed = False
    for paragraph in flow.text.split("\n"):
        # «Phấn đấu năm 2024:» sets the goals of the bullets below it.
        listed = listed and _BULLET.match(paragraph) is not None
        if any(char.isdigit() for char in paragraph) or _KEEP.search(paragraph):
            yield from _paragraph_clauses(flow, at, paragraph, outline, listed)
        listed = listed or (
            paragraph.rstrip().endswith(":") and _GOAL_LIST.match(_without_bullet(paragraph)) is not None
        )
        at += len(paragraph) + 1


def _without_bullet(paragraph: str) -> str:
    bullet = _BULLET.match(paragraph)
    return paragraph[bullet.end() :] if bullet else paragraph


def _paragraph_clauses(flow: Flow, at: int, paragraph: str, outline: Outline, listed: bool) -> Iterator[_Clause]:
    above = outline.above(flow.origin(min(at + 2, at + len(paragraph) - 1)))
    in_goals = listed or _sets_goals(above)
    if not in_goals and _GOAL_WORD.search(paragraph) is None and _GOAL_LIST.search(paragraph) is None:
        return
    begin = 0
    is_goal = in_goals
    breaks = [match.span() for match in _CLAUSE_END.finditer(paragraph)]
    for end, following in [*breaks, (len(paragraph), len(paragraph))]:
        piece = paragraph[begin:end]
        # A goal word counts to the end of its sentence; what stands before it in its clause does not belong to it.
        if not is_goal and (word := _GOAL_WORD.search(piece)):
            begin, is_goal = begin + word.start(), True
        elif not is_goal and _GOAL_LIST.search(paragraph[begin:following]):
            is_goal = True
        elif is_goal:
            yield from _split(at + begin, piece, in_goals)
            begin = following
            is_goal = in_goals or not _SENTENCE_END.match(paragraph, end)
            continue
        if is_goal:
            yield from _split(at + begin, paragraph[begin:end], in_goals)
        is_goal = in_goals or (is_goal and not _SENTENCE_END.match(paragraph, end))
        begin = following


def _sets_goals(above: Sequence[Section]) -> bool:
    """Tell whether a heading above sets goals, and none between it and the place takes that back."""
    for section in above:
        if len(section.title) > _LONGEST_GOAL_TITLE:
            continue
        if _RESULT_TITLE.search(section.title):
            return False
        if _GOAL_TITLE.search(section.title) and not _COUNTED_TITLE.search(section.title):
            return True
    return False


def _split(at: int, clause: str, is_set: bool) -> Iterator[_Clause]:
    """Cut a clause at each comma behind which another value with a verb or a comparison follows."""
    begin = 0
    values = [match for match in _VALUE.finditer(clause) if _is_value(clause, match)]
    for value, following in pairwise(values):
        comma = clause.find(", ", value.end(), following.start())
        if comma >= 0 and clause[comma + 2 : following.start()].strip():
            yield _Clause(at + begin, clause[begin:comma], is_set)
            begin = comma + 2
    yield _Clause(at + begin, clause[begin:], is_set)


def _is_value(text: str, match: re.Match[str]) -> bool:
    """Tell a value from years, dates, counts of something else: it has a comparison, a verb or a unit of its own."""
    if any(_NOT_A_VALUE.search(text, max(0, at - _WORD_REACH), at) for at in (match.start(), match.start("low"))):
        return False
    if match["sign"] or match["back"]:
        return True
    has_verb = _VERB.search(text, max(0, match.start() - _WORD_REACH), match.start()) is not None
    if match["unit"] is None:
        return has_verb and len(match["low"]) != _YEAR_DIGITS and not match["low"].startswith("0")
    return has_verb or match.start() == 0 or bool(match["high"]) or match["unit"] in ("%", "‰")


def _read(text: str, flow: Flow, clause: _Clause, outline: Outline, cited: Sequence[tuple[int, int]]) -> Target | None:
    is_result = _RESULT_WORD.search(clause.text) or (not clause.is_set and _DONE_WORD.search(clause.text))
    if is_result or len(clause.text) > _LONGEST_CLAUSE:
        return None
    lead = _LEAD.match(clause.text)
    begin = lead.end() if lead else 0
    body = clause.text[begin:].rstrip(" .,;:")
    if len(body) < _SHORTEST_CLAUSE:
        return None
    start, end = flow.span(clause.start + begin, clause.start + begin + len(body))
    above = outline.above(start)
    deadline = find_deadline(body) or next(filter(None, (find_deadline(section.title) for section in above)), None)
    path = above[0].path if above else None
    match = _first_value(flow, clause.start + begin, body, cited)
    if _KEEP.match(body) and not (match and match["sign"]):
        return Target(start, end, text[start:end], _KEEP.sub("", body, count=1), "keep", None, None, deadline, path)
    op, value = _compare(match) if match else ("=", None)
    if match is None or value is None:
        return None
    unit = " ".join(match["unit"].split()) if match["unit"] else None
    return Target(start, end, text[start:end], _name(body, match), op, value, unit, deadline, path)


def _first_value(flow: Flow, at: int, body: str, cited: Sequence[tuple[int, int]]) -> re.Match[str] | None:
    for match in _VALUE.finditer(body):
        place = flow.origin(at + match.start("low"))
        index = bisect_right(cited, place, key=lambda span: span[0]) - 1
        is_cited = index >= 0 and place < cited[index][1]
        if _is_value(body, match) and not is_cited:
            return match
    return None


def _compare(match: re.Match[str]) -> tuple[str, Decimal | tuple[Decimal, Decimal] | None]:
    low, high = parse_number(match["low"]), parse_number(match["high"]) if match["high"] else None
    if low is not None and high is not None and match["high"]:
        return "range", (low, high)
    if match["back"]:
        return ("<=" if match["back"].endswith("xuống") else ">="), low
    if match["sign"]:
        return _BELOW_OR_ABOVE[" ".join(match["sign"].lower().split())], low
    return (">=" if match["from"] else "="), low


def _name(body: str, match: re.Match[str]) -> str:
    """Return what is measured: the words before the value, or those behind it where it comes first."""
    before = _WHEN.sub("", _VERB.sub("", body[: match.start()])).strip(" ,:")
    is_counted = match["unit"] is not None and _MEASURED.search(match["unit"]) is None
    after = body[match.start("unit") if is_counted else match.end() :].strip(" ,")
    if not before:
        return after
    return f"{before} {after}".strip() if is_counted and len(before.split()) <= _SHORT_NAME else before
