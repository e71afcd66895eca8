"""What the numbers of a document are of, in words that may be compared: «kết nạp 96 đảng viên mới» and «Đảng viên mới
kết nạp: 96 đồng chí» are of one quantity, whatever the order of their words.

A number is left out where its clause speaks of a plan, an earlier time, a part, a step, or where its sentence names a
place: such words make another quantity of it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from giaoban.checker.base import Subject
from giaoban.reader.claims.base.intervals import Interval
from giaoban.reader.claims.base.nouns import Kind, Noun, noun_after, words_of
from giaoban.reader.claims.base.numbers import Token, TokenKind, scan
from giaoban.reader.claims.base.parts import value_of

# Words that name no quantity, whose absence changes nothing.
_EMPTY = words_of(
    "đạt có là được đã mới tổng số toàn đến nay hiện kết quả với của cho trong năm ước cả thì mà và các những lại còn"
    " chỉ do bị trao tại ở theo về này đó gồm cùng đồng chí người thêm tỷ tỉ lệ qua xuống lên giảm rất vẫn khá cao bằng"
    " gần đều"
)
_WHOLE = re.compile(
    r"\A\W*(?:trong (?:kỳ|năm|quý|tháng),? )?(?:toàn )?(?:đảng bộ|đảng ủy|đảng uỷ|huyện|tỉnh|xã|phường"
    r"|thị trấn|thành phố|trường)"
    r"(?: (?:khối|tỉnh|huyện|thành phố|thị xã|quận|xã|phường|trường|công ty))? (?=\w)"
)
_OPTIONAL = re.compile(r"nhà nước|trên địa bàn|toàn (?:đảng bộ|tỉnh|huyện|xã|phường|ngành|trường)|nổi bật|tiến hành")
_UNSAFE = re.compile(
    r"kế hoạch|chỉ tiêu|phấn đấu|mục tiêu|dự kiến|(?<!bàn )giao\b|\bsẽ\b|cùng kỳ"
    r"|(?:năm|kỳ|quý|tháng|khóa|nhiệm kỳ) trước"
    r"|năm ngoái|so với|bình quân|\bmỗi\b|\btừng\b|trong đó|\briêng\b|\bđầu\b|trước đây|đề nghị|chiếm|lũy kế|luỹ kế"
    r"|\bđợt\b"
    r"|\bkhác\b|tối thiểu|tối đa|ít nhất|phải|\bnữa\b|vượt|(?:tăng|giảm|thêm) \d|\btừ\b|bổ sung|\bquy định\b(?= \d)"
)
_PLANNED = re.compile(
    r"phấn đấu|mục tiêu|dự kiến|\bsẽ\b|cùng kỳ|\briêng\b|trong đó|chỉ tiêu giao|(?<=\W)tại \w|\bgồm\b"
)
_PERIOD = re.compile(
    r"(?<!\w)(?:năm (?:học )?(?:19|20)\d\d|quý [iv1-4]{1,3}|tháng \d{1,2}|\d tháng(?: đầu năm| cuối năm)?|tuần \d+"
    r"|nhiệm kỳ|giai đoạn|cuối (?:năm|kỳ)|ngày \d{1,2})"
)
# Names of offices and papers, which no place is named by.
_GENERAL = words_of(
    "đảng ủy uỷ ban bộ khối trung ương thường vụ chấp hành kiểm tra nghị quyết kết luận chỉ thị tỉnh huyện xã phường"
    " thành đoàn thanh niên mặt trận tổ quốc hội đồng nhân dân văn phòng tuyên giáo chức công an việt nam nhà nước hđnd"
    " ubnd mttq chương trình ocop thị trấn quận vận hướng dẫn quy định bí thư chủ tịch điều lệ tóm nổi nhìn đánh"
    " huy hiệu quỹ tết"
)
_CAPITALS = re.compile(r"(?<=[^.!?:;“\"(\n+*–-] )[A-ZĐÀ-Ỹ]\w*")
_SENTENCE = re.compile(r"[.!?…;](?=\s)|\n")
_CLAUSE = re.compile(r"[.;!?](?=\s|\Z)|[\n()]|,(?=\s)|: (?![\d(])")
_WORD = re.compile(r"[^\W\d_]+")
_REACH = 260
_LONGEST_TITLE = 90
_LONGEST = 140
_FEWEST_WORDS, _MOST_WORDS = 3, 16


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number: its place in the flow, what it is of (its words in no order, its unit), the periods of its sentence,
    the other numbers of its clause and how many of them come first, whether it stands where a document sums up."""

    token: Token
    noun: Noun
    words: frozenset[str]
    unit: str
    periods: frozenset[str]
    beside: tuple[str, ...]
    turn: int
    place: int
    sums_up: bool

    @property
    def value(self) -> Interval:
        """What it may stand for."""
        return value_of(self.token, self.noun)


def tokens_of(subject: Subject) -> list[Token]:
    """Return the numbers of the running text."""
    return scan(subject.flow.text)


_SUMS_UP = re.compile(
    r"đánh giá|ưu điểm|hạn chế|tồn tại|tóm tắt|kết luận|tổng hợp|phụ lục|số liệu|nổi bật|nhận xét|khái quát|\bbiểu\b",
    re.IGNORECASE,
)
_PLANS = re.compile(
    r"phương hướng|mục tiêu|chỉ tiêu|giải pháp|dự kiến|kiến nghị|đề xuất|tổ chức thực hiện"
    r"|nhiệm vụ (?:trọng tâm|chủ yếu|năm|quý|\d+ tháng|tháng|thời gian|cụ thể)",
    re.IGNORECASE,
)
_RESULTS = re.compile(r"kết quả|tình hình|đánh giá|tổng kết", re.IGNORECASE)
_SUMMING = re.compile(
    r"(?<!\w)(?:tóm tắt|tóm lại|kết luận|nhìn chung|đánh giá chung|nổi bật)(?:[:,]| là) (?:[^.\n]|\.(?! ))*\Z"
)


_SUMMING_WORDS = ("tóm tắt", "tóm lại", "kết luận", "nhìn chung", "đánh giá chung", "nổi bật")


class _Places:
    """Of which sort the section is that holds a place: one of plans, one that sums up."""

    def __init__(self, subject: Subject) -> None:
        self.starts: list[int] = []
        self.sorts: list[str] = []
        self.titles: list[str] = []
        above: dict[str, str] = {}
        for section in subject.document.sections:
            sort = _sort_of(section.title) or above.get(section.path.rpartition(".")[0], "")
            above[section.path] = sort
            self.starts.append(section.start)
            self.sorts.append(sort)
            self.titles.append(section.title.lower())

    def at(self, place: int) -> tuple[str, str]:
        """Return «plan», «sum», or nothing; and the title."""
        index = bisect_right(self.starts, place) - 1
        return (self.sorts[index], self.titles[index]) if index >= 0 else ("", "")


def _sort_of(title: str) -> str:
    if len(title) > _LONGEST_TITLE:
        # A paragraph that begins with its number.
        return ""
    if _PLANS.search(title) and not _RESULTS.search(title):
        return "plan"
    return "sum" if _SUMS_UP.search(title) else ""


def quantities(subject: Subject) -> list[Quantity]:
    """Return the quantities of a document that can be compared, in the order of the text; none where it sums up
    nowhere."""
    text, small = subject.flow.text, subject.small
    places = _Places(subject)
    if "sum" not in places.sorts and not any(word in small for word in _SUMMING_WORDS):
        return []
    tokens = subject.once(tokens_of)
    found: list[Quantity] = []
    for index, token in enumerate(tokens):
        if token.mark is not None or token.number.is_doubtful or not token.number.digits:
            continue
        place = subject.flow.origin(token.start)
        sort, title = places.at(place)
        if sort == "plan":
            continue
        start, end = _clause(text, token)
        # A heading without a sign at its end is no part of the sentence below it.
        if title and (above := small.find(title, max(0, start - _LONGEST), token.start)) >= 0:
            start = max(start, min(above + len(title), token.start))
        if end - start > _LONGEST or "|" in text[start:end] or "\t" in text[start:end]:
            continue
        clause = small[start:end]
        begin = max(_sentence_start(text, start), above + len(title) if title and above >= 0 else 0)
        if _UNSAFE.search(clause) or _PLANNED.search(small, begin, start) or _names_place(text, begin, end):
            continue
        noun = noun_after(text, token.end)
        if noun.kind is Kind.SPAN:
            continue
        inside = [other for other in tokens[max(0, index - 4) : index + 5] if start <= other.start < end]
        words = _words(clause, start, inside, noun)
        is_rate = token.kind is TokenKind.PERCENT and "tỷ lệ" in clause
        if not _FEWEST_WORDS - is_rate <= len(words) <= _MOST_WORDS:
            continue
        unit = "%" if token.kind is TokenKind.PERCENT else noun.head if noun.is_measure else ""
        periods = frozenset(_PERIOD.findall(small[begin:end]))
        beside = tuple(_plain(other) for other in inside if other is not token)
        sums_up = sort == "sum" or _SUMMING.search(small, max(0, start - _REACH), start + 1) is not None
        found.append(Quantity(token, noun, words, unit, periods, beside, inside.index(token), place, sums_up))
    return found


def _plain(token: Token) -> str:
    lower = f"/{token.second.decimal}" if token.second is not None else ""
    return f"{token.number.decimal}{lower}"


def _clause(text: str, token: Token) -> tuple[int, int]:
    first = max(0, token.start - _LONGEST)
    start = first
    for stop in _CLAUSE.finditer(text, first, token.start):
        # «Tổng số đảng viên: 5.612» is one clause.
        start = stop.end() if stop[0] != ": " or stop.end() < token.start else start
    # «Tỷ lệ tham gia học tập nghị quyết cao (đạt 98,7%)»: a bracket without words of its own tells of those before it.
    if text[start - 1 : start] == "(" and not set(_WORD.findall(text[start : token.start].lower())) - _EMPTY:
        before = [stop.end() for stop in _CLAUSE.finditer(text, first, start - 1)]
        start = before[-1] if before else first
    stop_after = _CLAUSE.search(text, token.end, token.end + _LONGEST)
    return start, stop_after.start() if stop_after else min(len(text), token.end + _LONGEST)


def _sentence_start(text: str, place: int) -> int:
    first = max(0, place - _REACH)
    begin = first
    for stop in _SENTENCE.finditer(text, first, place):
        begin = stop.end()
    return begin


def _names_place(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch holds a name: a capital inside a sentence that no office or paper is named by; whole words
    of capitals are of a heading."""
    return any(
        name[0][0].isupper() and name[0].lower() not in _GENERAL and not (len(name[0]) > 1 and name[0].isupper())
        for name in _CAPITALS.finditer(text, start, end)
        if name.start() > start + 1
    )


def _words(clause: str, start: int, inside: list[Token], noun: Noun) -> frozenset[str]:
    """Return the words of a clause that tell of what its number is; units of measure do not."""
    shown = list(clause)
    for token in inside:
        shown[token.start - start : token.end - start] = " " * (token.end - token.start)
    words = _OPTIONAL.sub(" ", _WHOLE.sub(" ", _PERIOD.sub(" ", "".join(shown))))
    if noun.is_measure:
        words = words.replace(noun.label, " ")
    return frozenset(_WORD.findall(words)) - _EMPTY
