"""Targets: goals with a number, in sections that set goals and in sentences that say «phấn đấu».

«Tỷ lệ hộ nghèo giảm xuống dưới 2%» under «Các chỉ tiêu chủ yếu» is a target; «tỷ lệ dự sinh hoạt đạt trên 95%» among
results is none. One clause gives one target: a list is cut at «;», at its numbers, and at «trong đó».

Most paragraphs set no goals. Only those are read that stand under a heading of goals, hold a word that sets them, or
are bullets below one that does.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from giaoban.reader.deadlines import find_deadline
from giaoban.reader.flow import Flow
from giaoban.reader.model import Section, Target
from giaoban.reader.outline import Outline
from giaoban.reader.places import places_of, small_letters
from giaoban.reader.target_values import Value, find_values, without_verbs

_GOAL_TITLE = re.compile(r"chỉ tiêu|mục tiêu", re.IGNORECASE)
# A heading that reports, or sets no numbers («Mục tiêu tổng quát»); a paragraph that counts («14/15 chỉ tiêu»).
_RESULT_TITLE = re.compile(r"kết quả|tình hình|đánh giá|ưu điểm|hạn chế|kiểm điểm|tổng quát", re.IGNORECASE)
_COUNTED_TITLE = re.compile(r"%|[0-9]/[0-9]|\bđã\b|đạt và vượt", re.IGNORECASE)
_LONGEST_GOAL_TITLE = 100
# Words that each paragraph holds that sets goals by itself; they are found many times faster than the patterns.
_GOAL_ANCHORS = ("hấn đấu", "ục tiêu", "hỉ tiêu", "HẤN ĐẤU", "ỤC TIÊU", "HỈ TIÊU")
# Of text in small letters.
_GOAL_WORD = re.compile(r"phấn đấu|đặt mục tiêu|mục tiêu (?:là|đến|tăng)")
_GOAL_LIST = re.compile(r"(?:chỉ tiêu|mục tiêu|phấn đấu)(?:[^:;.%0-9]|năm\s20[0-9]{2}){0,60}:")
_RESULT_WORD = re.compile(r"cùng kỳ|\bước (?:đạt|thực hiện)\b|l[uũ][yỹ] kế|kế hoạch (?:năm|giao)\)")
_DONE_WORD = re.compile(r"\bđã\b(?! qua)|đạt [0-9.,]+% (?:chỉ tiêu|kế hoạch|nghị quyết|dự toán)")
_BULLET = re.compile(r"\s*(?:[-+•*]|\([0-9]{1,2}\)|[a-zđ]\)|[0-9]{1,2}[.)])\s")
_SENTENCE_END = re.compile(r"\.\s|\.\Z")
# The first begins with one set of signs, which the engine looks for fast; few paragraphs need the other one.
_SIGN_END = re.compile(r"[;.:(](?:(?<=;)|(?<=\.)(?=\s|\Z)|(?<=\s\()(?:[0-9]{1,2}|[a-z])\)\s|(?<=:)\s(?![0-9]))")
_DIVIDES = r"\(?(?:trong đó|trọng tâm là|trọng điểm là)[,:]?\s"
_AND_MORE = r"và\s(?=(?:ít nhất|tối thiểu|trên|dưới|không dưới|không quá)\s[0-9])"
_WORD = re.compile(rf" (?:{_DIVIDES}|{_AND_MORE})")
_CLAUSE_END = re.compile(rf"{_SIGN_END.pattern}|,?\s{_DIVIDES}|\s{_AND_MORE}")
_LEAD = re.compile(r"[\s,:+•–-]*(?:[0-9]{1,2}(?:\.[0-9]{1,2})*[.)-]\s+|[a-zđ]\)\s+|\([0-9]{1,2}\)\s+|(?:và|Về)\s)*")
_KEEP = re.compile(r"(?:Tiếp tục\s)?(?:giữ vững|duy trì|giữ ổn định)\s", re.IGNORECASE)
_WHEN = re.compile(
    r"\A\s*(?:Đến|Trong|Hết|Vào)\s(?:hết\s|cuối\s)?(?:năm|quý|tháng)\s[^\s,:]+[,:]?\s*|phấn đấu\s*", re.IGNORECASE
)
_NUMBER = re.compile(r"[0-9][0-9.,]*")
_DIGIT = re.compile(r"[0-9]")
_LONGEST_CLAUSE = 420
_SHORTEST_CLAUSE = 6
_SHORT_NAME = 3
# Units of measure; any other unit is the thing counted, and belongs to the name («Kết nạp … đảng viên»).
_MEASURED = re.compile(r"[%‰]|đồng(?! chí)|USD|\Aha\Z|\Akm\Z")


@dataclass(slots=True)
class _Clause:
    """A stretch of a flow that sets a goal, where it begins there, whether a heading sets it."""

    start: int
    text: str
    is_set: bool


class _Headings:
    """The sections of a document, and which of them set goals: those whose heading does, or one above it, with none
    between that takes it back."""

    def __init__(self, sections: Sequence[Section]) -> None:
        self.sections = sections
        self.outline = Outline(sections)
        self.sets_goals: list[bool] = []
        for index, section in enumerate(sections):
            parent = self.outline.parent(index)
            self.sets_goals.append(_sets_goals(section.title, above=parent >= 0 and self.sets_goals[parent]))

    def are_goals_set_at(self, place: int) -> bool:
        index = self.outline.innermost(place)
        return index >= 0 and self.sets_goals[index]


def _sets_goals(title: str, *, above: bool) -> bool:
    if len(title) > _LONGEST_GOAL_TITLE or not (above or _GOAL_TITLE.search(title)):
        return above
    if _RESULT_TITLE.search(title):
        return False
    return above or _COUNTED_TITLE.search(title) is None


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
    headings = _Headings(sections)
    taken = sorted(cited)
    found = []
    for clause in _clauses(flow, headings):
        target = _read(text, flow, clause, headings.outline, taken)
        if target is not None:
            found.append(target)
    return tuple(found)


def _clauses(flow: Flow, headings: _Headings) -> Iterator[_Clause]:
    text = flow.text
    starts = [0, *(place + 1 for place in places_of(text, "\n")), len(text) + 1]
    done = -1
    for first in sorted(_with_goal_words(text, starts) | _under_goals(flow, starts, headings)):
        if first <= done:
            continue
        index, listed = first, False
        while True:
            paragraph = text[starts[index] : starts[index + 1] - 1]
            listed = listed and _BULLET.match(paragraph) is not None
            if index > first and not listed:
                break
            small = small_letters(paragraph)
            if _DIGIT.search(paragraph) or _keeps(small):
                yield from _paragraph_clauses(flow, starts[index], paragraph, small, headings, listed)
            done = index
            # «Phấn đấu năm 2024:» sets the goals of the bullets below it.
            listed = listed or _opens_list(small)
            index += 1
            if not listed or index + 1 >= len(starts):
                break


def _with_goal_words(text: str, starts: list[int]) -> set[int]:
    """Return the indices of the paragraphs that hold a word of goals."""
    return {bisect_right(starts, place) - 1 for words in _GOAL_ANCHORS for place in places_of(text, words)}


def _under_goals(flow: Flow, starts: list[int], headings: _Headings) -> set[int]:
    """Return the indices of the paragraphs under headings that set goals."""
    last = len(flow.text) - 1

    def origin(start: int) -> int:
        return flow.origin(min(start + 2, last))

    found: set[int] = set()
    for index, section in enumerate(headings.sections):
        if headings.sets_goals[index]:
            paragraph = bisect_left(starts, section.start, 0, len(starts) - 1, key=origin)
            following = headings.sections[index + 1].start if index + 1 < len(headings.sections) else None
            while paragraph < len(starts) - 1 and (following is None or origin(starts[paragraph]) < following):
                found.add(paragraph)
                paragraph += 1
    return found


def _keeps(small: str) -> bool:
    may_be = "giữ vững" in small or "duy trì" in small or "giữ ổn định" in small
    return may_be and _KEEP.search(small) is not None


def _opens_list(small: str) -> bool:
    if not small.rstrip().endswith(":"):
        return False
    bullet = _BULLET.match(small)
    begin = bullet.end() if bullet else 0
    words = _GOAL_LIST.search(small, begin)
    return words is not None and _begins(small, begin, words.start()) == begin


def _sets_list(small: str, begin: int, end: int) -> bool:
    """Tell whether a sentence of a stretch begins like «Các chỉ tiêu chủ yếu:»."""
    at = begin
    while words := _GOAL_LIST.search(small, at, end):
        if _begins(small, begin, words.start()) is not None:
            return True
        at = words.start() + 1
    return False


def _begins(small: str, begin: int, place: int) -> int | None:
    """Return where the sentence begins whose first words, «các» left out, stand at a place; None where others do."""
    start = next(
        (place - len(word) for word in ("các ", "một số ") if small.startswith(word, place - len(word))), place
    )
    if start == begin or (start - 2 >= begin and small[start - 2] in ".;)" and small[start - 1].isspace()):
        return start
    return None


def _paragraph_clauses(
    flow: Flow, at: int, paragraph: str, small: str, headings: _Headings, listed: bool
) -> Iterator[_Clause]:
    in_goals = listed or headings.are_goals_set_at(flow.origin(min(at + 2, at + len(paragraph) - 1)))
    if not in_goals and _GOAL_WORD.search(small) is None and not _sets_list(small, 0, len(small)):
        return
    begin = 0
    is_goal = in_goals
    ends = _CLAUSE_END if _WORD.search(paragraph) else _SIGN_END
    breaks = [match.span() for match in ends.finditer(paragraph)]
    for end, following in [*breaks, (len(paragraph), len(paragraph))]:
        # A goal word counts to the end of its sentence; what stands before it in its clause does not belong to it.
        if not is_goal and (word := _GOAL_WORD.search(small, begin, end)):
            begin, is_goal = word.start(), True
        elif not is_goal and _sets_list(small, begin, following):
            is_goal = True
        elif is_goal:
            yield from _split(at + begin, paragraph[begin:end], in_goals)
            begin = following
            is_goal = in_goals or not _SENTENCE_END.match(paragraph, end)
            continue
        if is_goal:
            yield from _split(at + begin, paragraph[begin:end], in_goals)
        is_goal = in_goals or (is_goal and not _SENTENCE_END.match(paragraph, end))
        begin = following


def _split(at: int, clause: str, is_set: bool) -> Iterator[_Clause]:
    """Cut a clause at each comma behind which another value with a verb or a comparison follows."""
    begin = 0
    for value, following in pairwise(find_values(clause)) if len(_NUMBER.findall(clause)) > 1 else ():
        comma = clause.find(", ", value.end, following.start)
        if comma >= 0 and clause[comma + 2 : following.start].strip():
            yield _Clause(at + begin, clause[begin:comma], is_set)
            begin = comma + 2
    yield _Clause(at + begin, clause[begin:], is_set)


def _read(text: str, flow: Flow, clause: _Clause, outline: Outline, cited: Sequence[tuple[int, int]]) -> Target | None:
    if len(clause.text) > _LONGEST_CLAUSE or _is_result(clause):
        return None
    lead = _LEAD.match(clause.text)
    begin = lead.end() if lead else 0
    body = clause.text[begin:].rstrip(" .,;:")
    if len(body) < _SHORTEST_CLAUSE:
        return None
    value = _first_value(flow, clause.start + begin, body, cited)
    is_kept = _KEEP.match(body) is not None and not (value and value.sign)
    op, amount = value.compared() if value else ("=", None)
    if not is_kept and amount is None:
        return None
    start, end = flow.span(clause.start + begin, clause.start + begin + len(body))
    above = outline.above(start)
    path = above[0].path if above else None
    deadline = find_deadline(body) or next((day for section in above if (day := _title_deadline(section.title))), None)
    if value is None or is_kept:
        return Target(start, end, text[start:end], _KEEP.sub("", body, count=1), "keep", None, None, deadline, path)
    unit = " ".join(value.unit.split()) if value.unit else None
    return Target(start, end, text[start:end], _name(body, value), op, amount, unit, deadline, path)


@lru_cache(maxsize=1024)
def _title_deadline(title: str) -> str | None:
    return find_deadline(title)


def _is_result(clause: _Clause) -> bool:
    """Tell whether a clause reports what was reached."""
    small = clause.text.lower()
    # Words are found many times faster than the patterns.
    may_be = "cùng kỳ" in small or "ước " in small or "y kế" in small or "ỹ kế" in small or "hoạch " in small
    if may_be and _RESULT_WORD.search(small):
        return True
    return not clause.is_set and ("đã" in small or "% " in small) and _DONE_WORD.search(small) is not None


def _first_value(flow: Flow, at: int, body: str, cited: Sequence[tuple[int, int]]) -> Value | None:
    for value in find_values(body):
        place = flow.origin(at + value.at)
        index = bisect_right(cited, place, key=lambda span: span[0]) - 1
        if index < 0 or place >= cited[index][1]:
            return value
    return None


def _name(body: str, value: Value) -> str:
    """Return what is measured: the words before the value, or those behind it where it comes first."""
    before = _WHEN.sub("", without_verbs(body[: value.start])).strip(" ,:")
    is_counted = value.unit is not None and _MEASURED.search(value.unit) is None
    after = body[value.unit_start if is_counted else value.end :].strip(" ,")
    if not before:
        return after
    return f"{before} {after}".strip() if is_counted and len(before.split()) <= _SHORT_NAME else before
