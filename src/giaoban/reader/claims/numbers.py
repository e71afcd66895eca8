"""The numbers of a flow as tokens: counts, percentages, fractions; dates, symbols and numerals that only name
something left out."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from giaoban.reader.claims.intervals import Interval, at_least, at_most, exactly, printed
from giaoban.reader.claims.nouns import is_counted, words_of


class TokenKind(StrEnum):
    """What a number is in the sentence."""

    COUNT = "count"
    PERCENT = "percent"
    FRACTION = "fraction"
    YEAR = "year"
    LABEL = "label"


class Mark(StrEnum):
    """The word before a number that keeps it from being meant exactly."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ABOUT = "about"


@dataclass(frozen=True, slots=True)
class Number:
    """One printed number: its value, the value of its last digit, and whether its form leaves the value open («5,531
    lượt»)."""

    value: Fraction
    unit: Fraction
    text: str
    is_doubtful: bool = False

    @property
    def decimal(self) -> Decimal:
        """The value as it is printed."""
        return Decimal(self.value.numerator) / Decimal(self.value.denominator)

    @property
    def is_whole(self) -> bool:
        """Whether no decimals are printed."""
        return self.unit == 1


@dataclass(frozen=True, slots=True)
class Token:
    """A number in its place in the flow; ``second`` is the denominator of a fraction."""

    kind: TokenKind
    start: int
    end: int
    number: Number
    second: Number | None = None
    mark: Mark | None = None

    def interval(self, *, is_count: bool) -> Interval:
        """Return what the number may stand for: a count of people or things is exact, a measure is rounded."""
        number = self.number
        match self.mark:
            case Mark.AT_LEAST:
                return at_least(number.value)
            case Mark.AT_MOST:
                return at_most(number.value)
            case Mark.ABOUT:
                return Interval(None, None)
        if is_count and number.is_whole:
            return exactly(number.value)
        return printed(number.value, number.unit)


NUMBER = r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?|[0-9]+[.,][0-9]+|[0-9]+"
_DIGITS = re.compile(r"[0-9]+")
_SCAN = re.compile(
    rf"""
    (?:
      (?P<label>
          \d{{1,2}}\s?[/.-]\s?\d{{1,3}}\s?[/.-]\s?\d{{4}}(?!\d)              # 28/11/2022, 10/001/2023
        | \d{{1,2}}\s?/\s?(?:19|20)\d{{2}}(?!\d)                             # 12/2023
        # 12-NQ/TU, 13/2023/NQ-HĐND
        | \d+\s?[-/]\s?(?:\d{{4}}\s?/\s?)?(?=[A-ZĐƯ])[A-ZĐƯa-zđi]*(?:\s?[-/&.]\s?[A-ZĐƯ][\wĐƯ]*)*
        | \d+/\d{{4}}/\w+
        | (?:1[89]|20)\d{{2}}\s?[-–—]\s?(?:(?:1[89]|20)\d{{2}}|\d{{2}})(?!\d) # 2020 - 2025
        | \d+(?:\.\d+){{1,4}}\.?(?=\s[A-ZĐ])(?<!\.\d{{3}})                    # 1.1. heading
        | \d{{1,2}}[h:]\d{{2}}(?!\d)                                          # 13h30
      )
    | (?P<upper>{NUMBER})\s?/\s?(?P<lower>{NUMBER})(?![\d/])(?!\s?-\s?[A-ZĐ])(?!\w)
    | (?P<percent>{NUMBER})\s?%
    | (?P<plain>{NUMBER})
    )
    """,
    re.VERBOSE,
)
# Words after which a number only names something: «số 04», «Điều 5», «khóa 13», «khu phố 5».
_NAMING = words_of(
    "số năm tháng ngày quý khóa khoá thứ điều khoản điểm mục chương đợt tổ phố thôn phường quận lộ lục trang tiết "
    "lần mồng mùng sđt thoại đt fax tel cmnd cccd stk zalo hotline top covid lúc dịp sáng chiều lễ"
)
# After these a number is a name unless what is counted follows: «Nghị quyết 35», «hạng 2», but «kế hoạch 450 đảng
# viên», «xếp loại 80 tổ chức».
_NAMING_OR_NOT = words_of(
    "quyết thị luận định dẫn tư văn hoạch trình án chế báo đạo ương hội phần luật thông "
    "khu cụm đường tuổi biểu mẫu bảng hình hạng loại phiên kỳ đoạn đội"
)
_NAMING_WITH_COLON = words_of("số sđt thoại đt fax tel cmnd cccd stk khoản hotline zalo")
_NEVER_NAMES = (["kỷ"], ["cùng"])
_MARKS = {
    **dict.fromkeys(("trên", "hơn", "ít nhất", "tối thiểu", "không dưới", "ít hơn"), Mark.AT_LEAST),
    **dict.fromkeys(("dưới", "không quá", "tối đa", "chưa đến", "chưa tới", "chưa đầy", "không đến"), Mark.AT_MOST),
    **dict.fromkeys(
        (
            "gần",
            "khoảng",
            "ước",
            "ước đạt",
            "ước tính",
            "ước khoảng",
            "thực hiện ước",
            "xấp xỉ",
            "chừng",
            "dự kiến",
            "bình quân",
            "trung bình",
            "~",
            "≈",
        ),
        Mark.ABOUT,
    ),
}
_OR_MORE = re.compile(r"[^.;,()\d]{0,30}\btrở (lên|xuống)")
_GROUPS = re.compile(r"\d{1,3}(?:\.\d{3})+\Z")
# «3 tỷ 500 triệu đồng» is one amount printed as two numbers; neither alone proves anything.
_SCALES = words_of("tỷ tỉ triệu nghìn ngàn")
_COMPOUND_AFTER = re.compile(r" (?:tỷ|tỉ|triệu|nghìn|ngàn) [0-9]")
_CONTEXT = 28
_LONGEST = 40
_NOTHING = Number(Fraction(0), Fraction(1), "")


def read_number(text: str) -> Number:
    """Read a printed number: «.» between thousands, «,» before decimals; a lone «.» before one or two digits is a
    decimal too.

    «5,531» may be a decimal or a slip for 5.531, «1.250» before «%» likewise: such a number is doubtful.
    """
    whole, comma, fraction = text.partition(",")
    if comma:
        is_doubtful = len(fraction) == 3 and "." not in whole and whole != "0"
        return Number(_fraction(whole.replace(".", ""), fraction), Fraction(1, 10 ** len(fraction)), text, is_doubtful)
    if _GROUPS.match(text):
        return Number(Fraction(int(text.replace(".", ""))), Fraction(1), text)
    whole, point, fraction = text.partition(".")
    if point:
        return Number(_fraction(whole, fraction), Fraction(1, 10 ** len(fraction)), text, is_doubtful=len(fraction) > 2)
    return Number(Fraction(int(text)), Fraction(1), text)


def _fraction(whole: str, decimals: str) -> Fraction:
    return Fraction(int(whole + decimals), 10 ** len(decimals))


def scan(text: str) -> tuple[Token, ...]:
    """Return the numbers of a flow's text from left to right."""
    found: list[Token] = []
    done = 0
    # A pattern that begins with digits runs many times faster than one that looks behind itself first.
    for digits in _DIGITS.finditer(text):
        start = digits.start()
        if start < done or _is_inside_a_word(text, start):
            continue
        match = _SCAN.match(text, start)
        assert match is not None
        done = match.end()
        token = _token(text, match)
        if token is not None:
            found.append(token)
    return tuple(found)


def _is_inside_a_word(text: str, start: int) -> bool:
    """Tell whether digits go on with what stands right before them: «QTV1», «đơn vị6», a mark after a bracket."""
    if start == 0:
        return False
    before = text[start - 1]
    if before in ".,":
        return text[start - 2 : start - 1].isdigit()
    return before in ")”_" or before.isalnum()


def _token(text: str, match: re.Match[str]) -> Token | None:
    start, end = match.span()
    if match["label"]:
        return Token(TokenKind.LABEL, start, end, _NOTHING)
    if end - start > _LONGEST:
        return None
    before = text[max(0, start - _CONTEXT) : start]
    words = before.lower().replace("(", " ").split()
    mark = _mark(text, end, words)
    if printed_percent := match["percent"]:
        number = read_number(printed_percent)
        if number.is_whole and "." in printed_percent:
            number = replace(number, is_doubtful=True)
        return Token(TokenKind.PERCENT, start, end, number, mark=mark)
    if upper := match["upper"]:
        kind = TokenKind.LABEL if _names(words) else TokenKind.FRACTION
        return Token(kind, start, end, read_number(upper), read_number(match["lower"]), mark)
    number = read_number(match["plain"])
    if _COMPOUND_AFTER.match(text, end) or (len(words) > 1 and words[-1] in _SCALES and words[-2][-1:].isdigit()):
        number = replace(number, is_doubtful=True)
    return Token(_kind_of_plain(text, start, end, number, words), start, end, number, mark=mark)


def _mark(text: str, end: int, words: list[str]) -> Mark | None:
    if more := _OR_MORE.match(text, end):
        return Mark.AT_LEAST if more[1] == "lên" else Mark.AT_MOST
    if not words:
        return None
    return _MARKS.get(words[-1]) or _MARKS.get(" ".join(words[-2:]))


def _names(words: list[str]) -> bool:
    """Tell whether the words before a number make it a name («số», «Điều»)."""
    if not words:
        return False
    last = words[-1].rstrip(":.-").lstrip('“"')
    if words[-1].endswith(":") and last not in _NAMING_WITH_COLON:
        return False
    if last == "số" and len(words) > 1 and words[-2].endswith(("tổng", "với", "trong")):
        return False
    return last in _NAMING or words[-3:] == ["ban", "chỉ", "đạo"] or words[-1] == "/" or words[-1].endswith("-")


def _kind_of_plain(text: str, start: int, end: int, number: Number, words: list[str]) -> TokenKind:
    after = text[end : end + 16]
    opening = text[start - 1] if start else "\n"
    if opening in "([" and after[:1] in ")]":
        return TokenKind.LABEL
    if opening in ")”’" or (opening == "\n" and re.match(r"[.)-]\s", after)):
        return TokenKind.LABEL
    if opening == "/" and not text[start - 2 : start - 1].islower():
        return TokenKind.LABEL
    if re.match(r":\s[0-9]", after) or re.match(r"[/-](?!tổng\b)\w", after) or (_names(words) and opening not in "(["):
        return TokenKind.LABEL
    if words and words[-1] in _NAMING_OR_NOT and words[-2:-1] not in _NEVER_NAMES and not is_counted(after):
        return TokenKind.LABEL
    return _year_or_count(number, after)


def _year_or_count(number: Number, after: str) -> TokenKind:
    if re.fullmatch(r"(?:19|20)\d\d", number.text) and not is_counted(after):
        return TokenKind.YEAR
    return TokenKind.COUNT


def between(tokens: Sequence[Token], start: int, end: int) -> Sequence[Token]:
    """Return the tokens that lie wholly in a stretch of the flow."""
    first = bisect_left(tokens, start, key=lambda token: token.start)
    last = bisect_left(tokens, end, key=lambda token: token.start)
    return [token for token in tokens[first:last] if token.end <= end]
