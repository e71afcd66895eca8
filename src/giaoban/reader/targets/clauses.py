"""The clauses that set goals: under headings of goals, behind words such as «phấn đấu», in lists below them.

Most paragraphs set no goals. Only those are read that stand under a heading of goals or of the work ahead, hold a word
that sets them, or are bullets below one that does.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from giaoban.reader.deadlines import find_deadline, find_term
from giaoban.reader.flow import Flow
from giaoban.reader.model import Section
from giaoban.reader.outline import Outline
from giaoban.reader.places import places_of, small_letters
from giaoban.reader.targets.announcing import (
    BULLET,
    KEEP,
    NAMES_SEVERAL,
    agrees_on_count,
    ends_goals,
    goal_word,
    goes_on,
    goes_on_besides,
    heads_goals,
    is_announced,
    is_listed_goal,
    opens_list,
    opens_more,
    sets_list,
    tells_goals,
    tells_of_goals,
)
from giaoban.reader.targets.cutting import begins_another, ends_of_clauses
from giaoban.reader.targets.values import COUNTED_TOO, find_values

_GOAL_TITLE = re.compile(r"chỉ tiêu|mục tiêu", re.IGNORECASE)
# A heading that reports, or sets no numbers («Mục tiêu tổng quát»); a paragraph that counts («14/15 chỉ tiêu»).
_RESULT_TITLE = re.compile(r"kết quả|tình hình|đánh giá|ưu điểm|hạn chế|kiểm điểm|tổng quát", re.IGNORECASE)
_COUNTED_TITLE = re.compile(r"%|[0-9]/[0-9]|\bđã\b|đạt và vượt", re.IGNORECASE)
_PLAN_TITLE = re.compile(
    r"phương hướng(?!.*giải pháp)|nhiệm vụ(?!.*giải pháp).*(?:năm|tháng|quý|thời gian tới)", re.IGNORECASE
)
_LONGEST_TITLE = 100
_HEAD = 40
_NO_GOALS_TITLE = re.compile(r"quan điểm|mục đích|nguyên tắc|phạm vi|đối tượng|thành phần", re.IGNORECASE)
# Words that each paragraph holds that sets goals by itself; they are found many times faster than the patterns.
_GOAL_ANCHORS = ("hấn đấu", "ục tiêu", "hỉ tiêu", "HẤN ĐẤU", "ỤC TIÊU", "HỈ TIÊU", ", đến năm 20",
                 ", đến hết năm 20", "ướng đến ", "ướng tới ", "rong nhiệm kỳ ")  # fmt: skip
_RESULT_LEAD = re.compile(
    r"[\s+•*–()0-9.-]{0,12}(?:kết quả|tình hình|đánh giá|thực hiện|ước thực hiện)\b[^.;]{0,60}?(?<!trong đó):"
)
_DETAILS = ("Cụ thể", "Trong đó", "Theo đó")
_PARTS_LIST = re.compile(r"(?:trong đó|cụ thể|bao gồm|gồm)\s?:\s*\Z")
_TELLS = re.compile(r"\bđã\b(?! qua)")
_YEAR = re.compile(r"năm\s(20[0-9]{2})(?!\s?[-–0-9])")
_PLANNED_FOR = re.compile(r"(?:đặt mục tiêu )?phấn đấu (?:trong |đến (?:hết |cuối )?)?năm (20[0-9]{2})(?!\s?[-–0-9:])")
# «Mục tiêu của Kế hoạch đến» — «năm 2030, tỷ lệ …; …» behind the words that set the goals.
_AIMED_AT = re.compile(r"(?<=\bđến)\s(?:hết |cuối )?năm (20[0-9]{2})(?!\s?[-–0-9])")
_REACHES = re.compile(r"\s(?:đạt|tăng|giảm|chiếm|còn|bình quân|trên|dưới|khoảng|từ|gấp)\s")
_MEASURE = re.compile(
    r"[\s+•*–-]*(?=(?:tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng|tốc độ|số |tổng |thu nhập|giá trị|sản lượng|doanh thu|diện tích|"
    r"năng suất|kim ngạch|thu ngân sách|grdp|gdp|chỉ số))"
)
_UNTIL = re.compile(r"[đĐ]ến (?:hết |cuối )?năm (?P<year>20[0-9]{2})\b")
_FIRST_TIME = re.compile(
    r"[\s+•*–()0-9.-]{0,12}(?:theo đó, )?(?:phấn đấu )?(?:(?:đến|hết|trong|vào|trước)\s|(?:nhiệm kỳ|giai đoạn)\s20"
    r"|(?:theo [^,]{3,30}, )?năm\s20[0-9]{2}(?:,| [^0-9,]{2,60}\Z))"
)
_BESIDE_KEPT = re.compile(
    r", (?:và |phấn đấu |đồng thời )?(?=(?:có thêm|tăng thêm|nâng|giảm|kết nạp|xây dựng)\s[^,;]*[0-9])"
)
_NUMBER = re.compile(r"[0-9][0-9.,]*")
_SHARES = (None, "%", "‰")
_LONGEST_COUNTED = 400
_DIGIT = re.compile(r"[0-9]")
# Among plans of work a value is a goal where it is compared, a range or a share: one of these stands there.
_PLANNED = ("%", "‰", "nhất ", "thiểu ", "trở ", "không ", "trên ", "dưới ", "hơn ", "vượt ", "tối đa ", "từ ", "đến ",
            "-", "–", "≥", "≤", ">", "<", "duy trì", "giữ ")  # fmt: skip


class Setting(IntEnum):
    """How much a heading says of the paragraphs below it: nothing, that the document plans work, that they do, that
    they set goals."""

    NOTHING = 0
    WHOLE = 1
    PLANS = 2
    GOALS = 3


@dataclass(slots=True)
class Clause:
    """A stretch of a flow that may set a goal.

    Args:
        start: where it begins in the flow.
        text: its words.
        setting: GOALS under headings and in lists of goals, PLANS where only a compared value is a goal, WHOLE where
            most of these are none either, NOTHING behind a word that sets goals.
        group: the place of the paragraph that it belongs to, for lists of parts the one above them.
        is_part: whether it divides the goal before it («trong đó …»).
        due: the deadline that stands before several goals.
    """

    start: int
    text: str
    setting: Setting
    group: int
    is_part: bool = False
    due: str | None = None


class Headings:
    """The sections of a document, and what they say of goals: their own heading, else the nearest one above, else the
    document's title, from ``begins`` on."""

    def __init__(self, sections: Sequence[Section], begins: int | None = None) -> None:
        self.sections = sections
        self.outline = Outline(sections)
        self.begins = begins
        self.settings: list[Setting] = []
        for index, section in enumerate(sections):
            parent = self.outline.parent(index)
            self.settings.append(
                _setting(section.title, self.settings[parent] if parent >= 0 else self._whole(section.start))
            )

    def setting_at(self, place: int) -> Setting:
        """Return what the headings above a place say."""
        index = self.outline.innermost(place)
        return self.settings[index] if index >= 0 else self._whole(place)

    def _whole(self, place: int) -> Setting:
        return Setting.WHOLE if self.begins is not None and place >= self.begins else Setting.NOTHING


def _setting(title: str, above: Setting) -> Setting:
    if len(title) > _LONGEST_TITLE:
        return above
    # Words are found many times faster than the patterns.
    small = small_letters(title)
    is_goal = ("tiêu" in small or "ı" in small) and _GOAL_TITLE.search(title.partition("(")[0]) is not None
    is_plan = ("hướng" in small or "vụ" in small) and _PLAN_TITLE.search(title) is not None
    if not (above or is_goal or is_plan):
        return above
    if _RESULT_TITLE.search(title) or (not is_goal and _NO_GOALS_TITLE.match(title)):
        return Setting.NOTHING
    if is_goal and _COUNTED_TITLE.search(title) is None:
        return Setting.GOALS
    return max(above, Setting.PLANS) if is_plan else above


def find_clauses(flow: Flow, headings: Headings) -> Iterator[Clause]:
    """Yield the clauses of the running text that may set a goal, in reading order."""
    text = flow.text
    starts = [0, *(place + 1 for place in places_of(text, "\n")), len(text) + 1]
    done = -1
    parts = _Parts()
    for first in sorted(_with_goal_words(text, starts) | _under_goals(flow, starts, headings)):
        if first <= done:
            continue
        index, is_listed, due = first, False, None
        is_told = has_details = is_besides = False
        while True:
            at, paragraph = starts[index], text[starts[index] : starts[index + 1] - 1]
            is_listed = is_listed and is_listed_goal(paragraph)
            # «Phấn đấu đến năm 2030: …» in one paragraph, «Mỗi năm có từ 90% chi bộ trở lên …» in the next.
            is_more = index > first and not is_listed and goes_on(paragraph, has_headings=bool(headings.sections))
            is_more = is_more or has_details or is_besides
            if index > first and not is_listed and not is_more:
                break
            small = small_letters(paragraph)
            group = parts.group_of(index, at, small)
            if _DIGIT.search(paragraph) or _keeps(small):
                above = headings.setting_at(flow.origin(min(at + 2, starts[index + 1] - 2)))
                setting = Setting.GOALS if is_listed or (is_more and is_told) else Setting.PLANS if is_more else above
                setting = Setting.NOTHING if is_besides and not is_told else setting
                if setting in (Setting.WHOLE, Setting.PLANS) and not any(word in small for word in _PLANNED):
                    setting = Setting.NOTHING
                yield from _Paragraph(at, paragraph, small, setting, due, group, group != at, is_besides).clauses()
            done = index
            # «Phấn đấu năm 2024:» sets the goals of the bullets below it.
            following = text[starts[index + 1] : starts[index + 2] - 1] if index + 2 < len(starts) else ""
            if not is_listed and opens_list(small, following):
                is_listed, due = True, _due(small)
            has_details = following.startswith(_DETAILS) and (
                tells_of_goals(small) or agrees_on_count(small, 0, len(small)) > 0
            )
            is_told = is_told or has_details or tells_goals(small)
            is_besides = not is_listed and goes_on_besides(following) and (is_besides or is_announced(small))
            index += 1
            is_open = is_listed or is_more or has_details or is_besides or opens_more(small, paragraph)
            if index + 1 >= len(starts) or not is_open:
                break


@dataclass(slots=True)
class _Parts:
    """A list of parts below a goal: «- Thu ngân sách 800 tỷ đồng, trong đó:», and lines that begin with «+»."""

    index: int = -2
    group: int = -1
    sign: str = ""

    def group_of(self, index: int, at: int, small: str) -> int:
        """Return the place of the paragraph that a paragraph belongs to: the one with the list, or itself."""
        first = small.lstrip()[:1]
        sign = "1" if first.isdigit() else "a" if first.isalpha() else first
        if index == self.index + 1 and sign != self.sign and BULLET.match(small):
            self.index = index
            return self.group
        if _PARTS_LIST.search(small):
            self.index, self.group, self.sign = index, at, sign
        return at


def _with_goal_words(text: str, starts: list[int]) -> set[int]:
    """Return the indices of the paragraphs that hold a word of goals."""
    return {bisect_right(starts, place) - 1 for words in _GOAL_ANCHORS for place in places_of(text, words)}


def _under_goals(flow: Flow, starts: list[int], headings: Headings) -> set[int]:
    """Return the indices of the paragraphs under headings that set goals or plan work."""
    last = len(flow.text) - 1

    def origin(start: int) -> int:
        return flow.origin(min(start + 2, last))

    found: set[int] = set()
    if headings.begins is not None:
        stop = headings.sections[0].start if headings.sections else last + 1
        first, end = (bisect_left(starts, at, 0, len(starts) - 1, key=origin) for at in (headings.begins, stop))
        found.update(range(first, end))
    for index, section in enumerate(headings.sections):
        if headings.settings[index]:
            paragraph = bisect_left(starts, section.start, 0, len(starts) - 1, key=origin)
            following = headings.sections[index + 1].start if index + 1 < len(headings.sections) else None
            while paragraph < len(starts) - 1 and (following is None or origin(starts[paragraph]) < following):
                found.add(paragraph)
                paragraph += 1
    return found


def _keeps(small: str) -> bool:
    may_be = "giữ vững" in small or "duy trì" in small or "giữ ổn định" in small
    return may_be and KEEP.search(small) is not None


def _due(lead: str) -> str | None:
    """Return the deadline that words in small letters set before several goals: «phấn đấu năm 2026:»."""
    year = _YEAR.search(lead)
    return find_deadline(lead) or (year[1] if year else find_term(lead))


@dataclass(slots=True)
class _Paragraph:
    """A paragraph that may set goals: its place in the flow, its words as printed and in small letters, what the
    headings say, a deadline that stands above it, the paragraph whose parts it lists, or itself, and whether it adds to
    the goals of the one before it."""

    at: int
    text: str
    small: str
    setting: Setting
    due: str | None
    group: int
    is_part: bool
    is_besides: bool

    def clauses(self) -> Iterator[Clause]:
        """Yield its clauses that may set a goal."""
        if "tiêu" in self.small[:_HEAD] and heads_goals(self.small, self.text):
            self.setting = Setting.GOALS
        small, is_set = self.small, self.setting is Setting.GOALS
        if self.setting is Setting.WHOLE and _TELLS.search(small):
            # «Năm 2025, Ban đã tham mưu 46 văn bản; 100% nhiệm vụ hoàn thành đúng hạn.»
            self.setting = Setting.NOTHING
        if self.setting and _RESULT_LEAD.match(small):
            return
        if not (self.setting or self.is_besides or is_announced(small)):
            return
        begin, is_goal, is_list = 0, is_set or self.is_besides, is_set
        for end, following in ends_of_clauses(self.text):
            word = None if is_goal else goal_word(small, begin, end)
            # A goal word counts to the end of its sentence; what stands before it in its clause does not belong to it.
            if word is not None:
                yield from self._planned(begin, word.start())
                first = self._measured(begin, word)
                # «Năm 2025, tỉnh phấn đấu …; …».
                lead = small[begin : word.start()]
                year = _PLANNED_FOR.match(small, word.start()) or _AIMED_AT.match(small, word.end())
                due = year[1] if year else _due(lead) if _FIRST_TIME.match(lead) else find_deadline(lead)
                self.due = due or self.due
                begin, is_goal = word.start(), True
                if "tiêu" in word[0] and sets_list(small, begin, min(end + 1, following)):
                    colon = small.find(":", begin, end)
                    self.due = _due(small[begin : max(begin, colon)]) or self.due
                    begin, is_list = max(begin, colon + 1), True
                else:
                    begin = first
                    is_list = NAMES_SEVERAL.search(small, begin, end) is not None
            elif not is_goal and sets_list(small, begin, min(end + 1, following)):
                # «Các chỉ tiêu chủ yếu: 100% chi bộ …».
                begin, is_goal, is_list = max(begin, small.find(":", begin, end) + 1), True, True
            elif not is_goal and (counted := agrees_on_count(small, begin, end)):
                # What counts the goals is none of them.
                begin, is_goal = counted, True
            if is_goal:
                yield from self._split(begin, end, Setting.GOALS if is_list else Setting.NOTHING)
            else:
                yield from self._planned(begin, end)
            self._go_on(begin, end, following)
            begin = following
            is_goal = is_set or (is_goal and not ends_goals(self.text, end))
            is_list = is_set or (is_list and is_goal)

    def _measured(self, begin: int, word: re.Match[str]) -> int:
        """Return where a goal begins whose measure stands before its word: «Tốc độ tăng trưởng phấn đấu đạt 3%/năm»."""
        if word[0] != "phấn đấu" or _REACHES.match(self.small, word.end()) is None:
            return word.start()
        measure = _MEASURE.match(self.small, begin, word.start())
        return measure.end() if measure else word.start()

    def _go_on(self, begin: int, end: int, following: int) -> None:
        """Take note of what a clause and the sign behind it say of the next ones."""
        sign = self.text[end:following]
        if "trong đó" in sign or "(riêng" in sign:
            self.is_part = True
        elif sign[:1] in (";", ".", ""):
            self.is_part = self.group != self.at
        # «Phấn đấu năm 2026: …», «Đến năm 2025, …; …», «…: Phấn đấu đến năm 2025, …; …» speak of what follows too.
        lead = self.small[begin:end]
        if sign[:1] == ":" or ((begin == 0 or sign[:1] == ";") and _FIRST_TIME.match(lead)):
            self.due = _due(lead) or self.due
        elif not self.setting and ends_goals(self.text, end):
            self.due = None

    def _planned(self, begin: int, end: int) -> Iterator[Clause]:
        if self.setting in (Setting.WHOLE, Setting.PLANS):
            yield from self._split(begin, end, self.setting)

    def _split(self, begin: int, end: int, setting: Setting) -> Iterator[Clause]:
        """Cut a clause at the bracket that closes its parts, and where it counts something else."""
        shut = self.text.find(")", begin, end) if self.is_part else -1
        if shut >= 0 and self.text.count("(", begin, shut) == 0:
            yield from self._split(begin, shut, setting)
            self.is_part = self.group != self.at
            begin = shut + 1
        among, is_set = setting is Setting.GOALS, setting is Setting.NOTHING
        for more in COUNTED_TOO.finditer(self.text, begin, end) if among or is_set else ():
            if more.start() - begin > _LONGEST_COUNTED:
                break
            words = self.text[begin : more.start()]
            told = [*find_values(words, of_parts=self.is_part, among_goals=among, is_set=is_set)]
            if told and told[-1].unit not in _SHARES and words.count("(") == words.count(")"):
                # «kiểm tra 04 tổ chức đảng, 15 đảng viên», «5 mô hình cấp xã và 02 mô hình cấp tỉnh».
                yield from self._cut(begin, more.start(), setting)
                begin = more.end()
        yield from self._cut(begin, end, setting)

    def _cut(self, begin: int, end: int, setting: Setting) -> Iterator[Clause]:
        """Cut a clause at each comma behind which another value with a verb or a comparison follows."""
        clause = self.text[begin:end]
        at = 0
        if "," in clause and _keeps(self.small[begin:end]) and (more := _BESIDE_KEPT.search(clause)):
            # «Giữ vững xã đạt chuẩn nông thôn mới, có thêm 02 bản …».
            yield self._clause(begin, clause[: more.start()], setting)
            begin, clause = begin + more.end(), clause[more.end() :]
        has_several = len(_NUMBER.findall(clause)) > 1
        among = setting is Setting.GOALS
        is_set = setting is Setting.NOTHING
        values = find_values(clause, of_parts=self.is_part, among_goals=among, is_set=is_set) if has_several else ()
        for value, following in pairwise(values):
            comma = clause.find(", ", value.end, following.start)
            if comma >= 0 and clause.count("(", 0, comma) > clause.count(")", 0, comma):
                # «58,9% (66/112 thôn, tăng thêm 20 thôn)».
                continue
            if comma >= 0 and begins_another(clause, comma, value, following):
                yield self._clause(begin + at, clause[at:comma], setting)
                # «đến năm 2025 mở rộng lên 100 ha, thu nhập đạt 65 triệu đồng» names the year of both.
                if until := _UNTIL.search(clause, at, comma):
                    self.due = until["year"]
                at = comma + 2
        if at:
            # What begins here may show a value that it did not show behind others: «…, giảm nghèo 08 hộ, góp quỹ …».
            yield from self._cut(begin + at, end, setting)
        else:
            yield self._clause(begin, clause, setting)

    def _clause(self, begin: int, words: str, setting: Setting) -> Clause:
        return Clause(self.at + begin, words, setting, self.group, self.is_part, self.due)
