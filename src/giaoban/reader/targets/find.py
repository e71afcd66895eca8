"""Targets: goals with a number, in sections that set goals and in sentences that say «phấn đấu».

«Tỷ lệ hộ nghèo giảm xuống dưới 2%» under «Các chỉ tiêu chủ yếu» is a target; «tỷ lệ dự sinh hoạt đạt trên 95%» among
results is none. One clause gives one target: a list is cut at «;», at its numbers, and at «trong đó».
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from giaoban.reader.announced import work_begins
from giaoban.reader.deadlines import find_deadline, find_term
from giaoban.reader.flow import Flow
from giaoban.reader.model import Section, Target
from giaoban.reader.targets.announcing import KEEP
from giaoban.reader.targets.clauses import Clause, Headings, Setting, find_clauses
from giaoban.reader.targets.tables import find_table_targets
from giaoban.reader.targets.values import DOING, Value, find_values, rare_unit, without_verbs

_YEAR_OF_GOALS = re.compile(r"(?:chỉ tiêu|mục tiêu|phương hướng|nhiệm vụ)[^.]{0,60}?\bnăm\s(20[0-9]{2})(?!\s?[-–0-9])")
# Of a title in small letters.
_GOALS_OF_TITLE = re.compile(
    r"chỉ tiêu|mục tiêu|phương hướng|nhiệm vụ|kế hoạch|chương trình|đề án|nghị quyết|đại hội|thi đua"
)
_REPORT_TITLE = re.compile(r"kết quả|tình hình|sơ kết|tổng kết|đánh giá")
_GOALS_AHEAD = re.compile(r"(?:(?<=[,;]\s)|(?<=và\s))(?:phương hướng|nhiệm vụ|mục tiêu|chỉ tiêu|kế hoạch)")
_YEAR_OF_WORK = re.compile(r"(?<![0-9] )(?<!/t[uw] )\bnăm\s(20[0-9]{2})(?!\s?[-–0-9])")
# Of a clause in small letters.
_RESULT_WORD = re.compile(
    r"\((?:đạt|vượt)[^)%0-9]{0,20}chỉ tiêu|cùng kỳ|tán thành|\bước (?:đạt|thực hiện)\b|l[uũ][yỹ] kế"
    r"|kế hoạch (?:năm|giao)\)"
)
_DONE_WORD = re.compile(
    # «gọi công dân nhập ngũ hằng năm đạt 100% chỉ tiêu» is one for each year to come.
    r"\bđã\b(?! qua| đi vào)|(?:năm|kỳ|tháng|gian|vừa) qua\b|biểu quyết"
    r"|(?<!h[ằà]ng năm )(?<!mỗi năm )đạt [0-9.,]+% (?:chỉ tiêu|kế hoạch|nghị quyết|dự toán)"
)
# «53/94 xã (gồm các xã đã đạt chuẩn giai đoạn trước)», «duy trì các tiêu chí tại các xã đã đạt chuẩn».
_WHICH_ONES = re.compile(r"\([^()]*\)|\b(?:các|những) \w+(?:, \w+){0,3} đã (?:đạt|được)")
_LEAD = re.compile(
    r"[\s,:+•–-]*(?:[0-9]{1,2}(?:\.[0-9]{1,2})*[.)-]\s+|[a-zđ]\)\s+|\([0-9]{1,2}\)\s+|(?:và|Về)\s|Cụ thể[,:]?\s)*"
)
_CHANGE = re.compile(r"(?:Tăng|Nâng|(?:Kéo )?[Gg]iảm|Đưa (?:tỷ|tỉ) (?:lệ|trọng))\s(?!cường|cao)")
_APART = re.compile(r"[Rr]iêng\s")
# What only says that a goal is set: «đề ra chỉ tiêu …», «với một số mục tiêu chủ yếu …», «Mục tiêu đến năm 2030 có …».
_SETS = re.compile(
    r"\A(?:(?:(?:đề|đặt|đưa) ra|đặt|xác định|giao|điều chỉnh|nâng)\s(?:một số |các |những )?(?:chỉ|mục) tiêu"
    r"(?:(?: [^\s,;%0-9]+){0,4}(?= (?:như|gồm|là)\s))?"
    r"|(?:về )?(?:các|một số) (?:chỉ|mục) tiêu(?: [^\s,;%0-9]+){0,4},|trong đó[,:]?"
    r"|với mục tiêu|mục tiêu(?= (?:đến|là)\s)|mục tiêu [^,;]{3,60}?(?= là\s)"
    r"|(?:chỉ|mục) tiêu(?: (?:chủ yếu |năm 20[0-9]{2} )?về|(?= (?:tốc độ|tỷ lệ|tỉ lệ|tổng|số|thu|giá trị|sản lượng)\s))"
    r"|với\s(?:các|một số|những|[0-9]{1,2})\s(?:chỉ|mục) tiêu\s(?:chủ yếu|chính|cơ bản|quan trọng|cụ thể))"
    r"(?:\s(?:như|gồm|là))?\s",
    re.IGNORECASE,
)
_STRIVES = re.compile(r"\A\s*Phấn đấu\s|phấn đấu\s")
_WHEN = re.compile(
    r"\A\s*(?:(?:Hằng|Hàng|Mỗi)\s(?:năm|quý|tháng)(?=[,\s])"
    r"|(?:Đến|Trong|Hết|Vào|Cuối)\s(?:hết\s|cuối\s)?(?:năm|quý|tháng)\s[^\s,:]+"
    r"|năm\s20[0-9]{2}(?=\s[^\W\d_]|\s*\Z))[,:]?\s*|phấn đấu\s*",
    re.IGNORECASE,
)
_OF_BEFORE = re.compile(r"(?:tháng|quý|năm|kỳ) trước|vừa qua|dự họp|dự sinh hoạt|\A(?:năm|tháng|quý) \S+ (?:có|đạt)\b")
_WORKED_FOR = re.compile(
    r"(?:\A|[\s,])(?:kết nạp|giới thiệu|vận động|xây dựng|phát triển|trồng|giúp(?: đỡ)?|hỗ trợ|thu hút|giải quyết|tạo|"
    r"xóa|sửa chữa|thành lập|bồi dưỡng|đào tạo)\s(?:[^\s,;]+\s){0,5}\Z"
)
_DONE_BY = re.compile(r"\s*(?:hoàn thành|xong|thời (?:gian|hạn)(?: hoàn thành)?)\b", re.IGNORECASE)
_LONGEST_DEADLINE = 60
_LONGEST_CLAUSE = 420
_SHORTEST_CLAUSE = 6
_SHORT_NAME = 3
_JOINED = 4
_ALL = "100"
# «… từ 6,5-7% lên 7,5-8%», «… đến năm 2030 đạt»: where it comes from, and by when, is no part of what it is.
_CAME_FROM = re.compile(r"\s+từ\s[0-9][0-9.,–-]*\s?[%‰]?\s*\Z|,?\sđến (?:hết |cuối )?năm 20[0-9]{2}\s*\Z")
# «Tỷ lệ lao động qua đào tạo năm 2025: 65%»; «so với năm 2020 tăng 30%» compares.
_OF_YEAR = re.compile(r"(?<!với)(?<!sánh)(?<!hành)(?<!từ)(?<![-–])\s\(?(?:kế hoạch )?năm (?P<year>20[0-9]{2})\)?\s*\Z")
# Units of measure; any other unit is the thing counted, and belongs to the name («Kết nạp … đảng viên»).
_MEASURED = re.compile(r"[%‰]|đồng(?! chí)|USD|\Aha\Z|\Akm\Z")


@dataclass(slots=True)
class _Last:
    """The last goal that is no part of another one: its paragraph, its name, its index among the targets."""

    group: int
    name: str
    index: int
    section: str | None


def find_targets(
    text: str, flow: Flow, sections: Sequence[Section], cited: Collection[tuple[int, int]], title: str = ""
) -> tuple[Target, ...]:
    """Return the targets of the running text, in reading order.

    Args:
        text: the text that the results point into.
        flow: its running text.
        sections: its headings; they say where goals are set and by when.
        cited: spans of citations: their numbers are no values.
        title: the document's title; its year is that of goals that print none.
    """
    by_title = _document_deadline(title)
    headings = Headings(sections, work_begins(text, title, also_of_a_year=True))
    taken = sorted(cited)
    in_tables = find_table_targets(text, sections, by_title)
    rows = [target.start for target in in_tables]
    found: list[Target] = []
    last: _Last | None = None
    follows = False
    for clause in find_clauses(flow, headings):
        if rows and _is_in_row(text, rows, flow.origin(clause.start)):
            continue
        target = _read(text, flow, clause, headings, taken, last)
        if target is not None:
            if target.deadline is None and by_title is not None:
                target = replace(target, deadline=by_title)
            if target.parent is None:
                last = _Last(clause.group, target.name, len(found), target.section)
            found.append(target)
        elif follows and (day := _own_deadline(clause.text)) is not None:
            # «100% đảng viên ký cam kết; hoàn thành trước 31/01/2024».
            found[-1] = replace(found[-1], deadline=day)
        follows = target is not None
    return _together(found, in_tables)


def _is_in_row(text: str, rows: Sequence[int], place: int) -> bool:
    """Tell whether a place lies in the line of a table that has given a goal."""
    start = text.rfind("\n", 0, place) + 1
    end = text.find("\n", place)
    index = bisect_left(rows, start)
    return index < len(rows) and (end < 0 or rows[index] < end)


def _together(found: list[Target], in_tables: list[Target]) -> tuple[Target, ...]:
    """Join goals of sentences and of tables in reading order; a part goes on naming the goal that it divides."""
    if not in_tables:
        return tuple(found)
    every = sorted([*found, *in_tables], key=lambda target: (target.start, target.end))
    places = {id(target): index for index, target in enumerate(every)}
    return tuple(
        target if target.parent is None else replace(target, parent=places[id(found[target.parent])])
        for target in every
    )


def _read(
    text: str, flow: Flow, clause: Clause, headings: Headings, cited: Sequence[tuple[int, int]], last: _Last | None
) -> Target | None:
    if len(clause.text) > _LONGEST_CLAUSE or _is_result(clause):
        return None
    lead = _LEAD.match(clause.text)
    begin = lead.end() if lead else 0
    body = clause.text[begin:].rstrip(" .,;:(").removesuffix("trong đó").rstrip(" .,;:(")
    if len(body) < _SHORTEST_CLAUSE:
        return None
    value = _first_value(flow, clause, begin, body, cited)
    is_kept = KEEP.match(body) is not None and not (value and value.sign)
    op, amount = value.compared() if value else ("=", None)
    if amount is None and not (is_kept and not _leads_in(flow, clause)):
        return None
    if clause.setting is Setting.PLANS and not (value and (_is_planned(value) or is_kept or _is_change(body, value))):
        return None
    if clause.setting is Setting.WHOLE and not (value and _is_planned(value) and _is_meant(clause, body, value, last)):
        return None
    start, end = flow.span(clause.start + begin, clause.start + begin + len(body))
    above = headings.outline.above(start)
    path = above[0].path if above else None
    own = find_deadline(body) or (_named_year(body, value) if value else None)
    due = own or clause.due or next((day for s in above if (day := _title_deadline(s.title))), None)
    parent = _parent(clause, body, path, last)
    if value is None or is_kept:
        name = KEEP.sub("", body, count=1)
        return Target(start, end, text[start:end], name, "keep", None, None, due, path, parent)
    unit = " ".join(value.unit.split()) if value.unit else rare_unit(body, value)
    name = _name(body, value)
    if not name and last is not None and last.group == clause.group:
        # «…; đến năm 2030 còn dưới 3%» goes on with the goal before it.
        name = last.name
    elif value.start == 0 and unit not in (None, "%", "‰") and last is not None and last.group == clause.group:
        name = _with_its_verb(flow, clause, name, last)
    return Target(start, end, text[start:end], name, op, amount, unit, due, path, parent)


def _named_year(body: str, value: Value) -> str | None:
    """Return the year that stands last before a value: that of what is measured."""
    if " năm 20" not in body:
        return None
    year = _OF_YEAR.search(without_verbs(body[: value.start]).rstrip(" :,"))
    return year["year"] if year else None


def _leads_in(flow: Flow, clause: Clause) -> bool:
    """Tell whether a clause only leads in the goals behind its colon: «Duy trì tốc độ tăng đàn: trâu 0,5%, bò 2%»."""
    return flow.text.startswith(": ", clause.start + len(clause.text))


def _own_deadline(words: str) -> str | None:
    """Return the day or time in words that tell nothing but by when the goal before them is reached."""
    return find_deadline(words) if len(words) <= _LONGEST_DEADLINE and _DONE_BY.match(words) else None


def _parent(clause: Clause, body: str, path: str | None, last: _Last | None) -> int | None:
    """Return the index of the goal that a clause divides: «trong đó …» in one paragraph, «riêng …» in one section."""
    if last is None:
        return None
    is_part = clause.is_part and last.group == clause.group
    is_apart = _APART.match(body) is not None and last.section == path
    return last.index if is_part or is_apart else None


def _is_planned(value: Value) -> bool:
    """Tell whether a value among plans of work is a goal: it is compared, or all of something."""
    return bool(value.sign or value.back or value.high) or (value.unit == "%" and value.low == _ALL)


def _is_meant(clause: Clause, body: str, value: Value, last: _Last | None) -> bool:
    """Tell whether a compared value of a plan without a heading of goals is one: a share that is none of before, or so
    many of what is worked for; what papers and meetings must be like is compared too («không quá 90 phút»)."""
    small = body.lower()
    if _OF_BEFORE.search(small):
        return False
    if value.unit == "%":
        return True
    op, _ = value.compared()
    # «Xây dựng ít nhất 15 mô hình, mỗi xã tối thiểu 01 mô hình».
    goes_on = last is not None and last.group == clause.group and small.startswith("mỗi ")
    return op in (">=", ">") and (goes_on or _WORKED_FOR.search(small, 0, value.start) is not None)


def _is_change(body: str, value: Value) -> bool:
    """Tell whether a share among plans of work is one to get to: «Tăng năng suất lao động bình quân 7,5%/năm»."""
    return value.unit == "%" and _CHANGE.match(body) is not None


@lru_cache(maxsize=1024)
def _title_deadline(title: str) -> str | None:
    year = _YEAR_OF_GOALS.search(title.lower())
    return find_deadline(title) or (year[1] if year else None)


def _document_deadline(title: str) -> str | None:
    """Return by when a document sets its goals: «phương hướng, nhiệm vụ năm 2026», «nhiệm kỳ 2025 - 2030»."""
    small = " ".join(title.lower().split())
    is_report = _REPORT_TITLE.search(small) is not None
    goals = (_GOALS_AHEAD if is_report else _GOALS_OF_TITLE).search(small)
    if goals is None:
        return None
    ahead = title_part = small[goals.start() :]
    year = _YEAR_OF_GOALS.search(title_part) or _YEAR_OF_WORK.search(title_part)
    if (term := find_term(ahead)) is not None:
        return term
    return (find_deadline(title_part) or year[1]) if year else find_deadline(title_part)


def _is_result(clause: Clause) -> bool:
    """Tell whether a clause reports what was reached."""
    small = clause.text.lower()
    # Words are found many times faster than the patterns.
    may_be = (
        "cùng kỳ" in small
        or "(đạt" in small
        or "(vượt" in small
        or "tán thành" in small
        or "ước " in small
        or "y kế" in small
        or "ỹ kế" in small
        or "hoạch " in small
    )
    if may_be and _RESULT_WORD.search(small):
        return True
    if clause.setting is Setting.GOALS:
        return False
    if small.lstrip().startswith("vượt "):
        return True
    if not ("đã" in small or " qua" in small or "% " in small or "iểu quyết" in small):
        return False
    return _DONE_WORD.search(_WHICH_ONES.sub("", small) if "đã" in small else small) is not None


def _first_value(flow: Flow, clause: Clause, begin: int, body: str, cited: Sequence[tuple[int, int]]) -> Value | None:
    # «Giữ ổn định diện tích đất lúa 12.500 ha» needs no other verb.
    is_told = clause.is_part or KEEP.match(body) is not None
    for value in find_values(
        body, of_parts=is_told, among_goals=clause.setting is Setting.GOALS, is_set=clause.setting is Setting.NOTHING
    ):
        place = flow.origin(clause.start + begin + value.at)
        index = bisect_right(cited, place, key=lambda span: span[0]) - 1
        if index < 0 or place >= cited[index][1]:
            return value
    return None


def _with_its_verb(flow: Flow, clause: Clause, name: str, last: _Last) -> str:
    """Return the name of so many of something with the verb that stands before so many of something else: «kiểm tra 04
    tổ chức đảng, 15 đảng viên»."""
    if not flow.text[max(0, clause.start - _JOINED) : clause.start].endswith((", ", " và ")):
        return name
    small = last.name.lower()
    verb = next((verb for verb in DOING if small.startswith(f"{verb} ")), None)
    return f"{last.name[: len(verb)]} {name}" if verb and not name.lower().startswith(verb) else name


def _name(body: str, value: Value) -> str:
    """Return what is measured: the words before the value, or those behind it where it comes first."""
    words = without_verbs(body[: value.start])
    for aside in (_APART, _STRIVES, _SETS, _WHEN, _CAME_FROM):
        words = aside.sub("", words)
    before = _OF_YEAR.sub("", words.rstrip(" ,:")).strip(" ,:").removeprefix("sẽ ")
    is_counted = value.unit is not None and _MEASURED.search(value.unit) is None
    counted = f"{value.unit}{(value.back or '').partition(' trở ')[0]}" if is_counted else ""
    after = f"{counted}{body[value.end :]}".strip(" ,")
    if not before:
        return after
    # «Kết nạp 40 đảng viên», «Hoàn thành 100% việc số hóa hồ sơ».
    is_whole = is_counted or value.unit is None or (value.unit == "%" and value.sign is None)
    is_done = is_whole and len(before.split()) <= _SHORT_NAME and before.lower().startswith((*DOING, "hoàn thành"))
    return f"{before} {after}".strip() if is_done else before
