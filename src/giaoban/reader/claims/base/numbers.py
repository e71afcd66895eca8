"""The numbers of a flow as tokens: counts, percentages, fractions; dates, symbols and numerals that only name
something left out."""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache

from giaoban.reader.claims.base.nouns import Kind, is_counted, noun_after, words_of
from giaoban.reader.claims.base.tokens import Mark, Number, Token, TokenKind

__all__ = ["Mark", "Number", "Token", "TokenKind", "read_number", "scan"]


# «1.234», «1.234,5», «99,1», «12.5», «108».
_NUMBER = r"[0-9]{1,3}(?:\.[0-9]{3})+(?![0-9])(?:,[0-9]+)?|[0-9]+[.,][0-9]+|[0-9]+"
# The same behind its first digit.
_REST = r"[0-9]{0,2}(?:\.[0-9]{3})+(?![0-9])(?:,[0-9]+)?|[0-9]*[.,][0-9]+|[0-9]*"
# All numbers in one pass. It begins with a digit, which the engine looks for fast, and looks back only then: digits do
# not count that go on with what stands right before them («QTV1», «đơn vị6», a mark after a bracket).
_SCAN = re.compile(
    rf"""
    [0-9](?<![\w)”][0-9])(?<![\d⁰¹²³⁴-⁹][.,][0-9])
    (?:
      (?=\d*\s?[-/.h:–—])                                                     # all labels go on so
      (?:
          \d?\s?[/.-]\s?\d{{1,3}}\s?[/.-]\s?\d{{4}}(?!\d)                      # 28/11/2022, 10/001/2023
        | \d?\s?/\s?(?:19|20)\d{{2}}(?!\d)                                     # 12/2023
        # 12-NQ/TU, 13/2023/NQ-HĐND
        | \d*\s?[-/]\s?(?:\d{{4}}\s?/\s?)?(?=[A-ZĐƯ])[A-ZĐƯa-zđi]*(?:\s?[-/&.]\s?[A-ZĐƯ][\wĐƯ]*)*
        | \d*/\d{{4}}/\w+
        | (?:(?<=1)[89]|(?<=2)0)\d{{2}}\s?[-–—]\s?(?:(?:1[89]|20)\d{{2}}|\d{{2}})(?!\d) # 2020 - 2025
        | \d*(?:\.\d+){{1,4}}\.?(?=\s[A-ZĐ])(?<!\.\d{{3}})                      # 1.1. heading
        | \d?[h:]\d{{2}}(?!\d)                                                # 13h30
      )
    |
      (?:{_REST})
      (?:
          (?P<fraction>)\s?/\s?(?P<lower>{_NUMBER})(?![\d/])(?!\s?-\s?[A-ZĐ])(?:(?!\w)|(?=(?:ha|km|kg|tấn)\b)) # 73/70ha
        | \s?%(?P<percent>)
        | (?=:\s[0-9]|[/-](?!tổng\b)\w)                                        # a name after all
        # «3 tỷ 500 triệu đồng» is one amount printed as two numbers; neither alone proves anything.
        | (?=[ ](?:tỷ|tỉ|triệu|nghìn|ngàn)[ ][0-9])(?P<compound>)
        | (?=[ ]?[nN](?:ăm|ĂM)\b(?![ ]?\d))(?P<years>)
        | (?P<plain>)
      )
    )
    """,
    re.VERBOSE,
)
_SHAPES = _SCAN.groupindex
_FRACTION, _PERCENT, _COMPOUND, _YEARS = (_SHAPES[name] for name in ("lower", "percent", "compound", "years"))
# Words after which a number only names something: «số 04», «Điều 5», «khóa 13», «khu phố 5».
_NAMING = words_of(
    "số năm tháng ngày quý khóa khoá thứ điều khoản điểm mục chương đợt lục tiết "
    "lần mồng mùng sđt thoại đt fax tel cmnd cccd stk zalo hotline top covid lúc dịp sáng chiều lễ"
)
# After these a number is a name unless what is counted follows: «Nghị quyết 35», «hạng 2», but «kế hoạch 450 đảng
# viên», «xếp loại 80 tổ chức».
_NAMING_OR_NOT = words_of(
    "quyết thị luận định dẫn tư văn hoạch trình án chế báo đạo ương hội phần luật thông "
    "đường lộ tuổi biểu mẫu bảng hình hạng loại phiên kỳ đoạn tuần vòng"
)
# Places and groups carry small numbers: «khu phố 5», «phường 12»; «thanh niên nông thôn 122», «phường 48 đảng viên» and
# «lực lượng vũ trang 17 đảng viên» count. A meeting of the Central Committee has a still smaller one: «Trung ương 8»,
# but «Trung ương 37, tỉnh 161».
_PLACES = words_of("tổ phố thôn phường quận khu cụm đội trang")
_MOST_PLACES = 99
_MOST_MEETINGS = 20
# «tổng số 34 đồng chí», «dân tộc thiểu số 17 đồng chí», «quân số 62 đồng chí», «đảng số 31».
_COUNTING = ("tổng", "với", "trong", "thiểu", "dân", "quân", "sĩ", "đảng")
# «cây công nghiệp ngắn ngày 15 ha, dài ngày 40 ha»
_KINDS_OF_CROPS = (["ngắn", "ngày"], ["dài", "ngày"])
_NAMING_WITH_COLON = words_of("số sđt thoại đt fax tel cmnd cccd stk khoản hotline zalo")
# «điểm 3», «mục 2», but «kiểm điểm 9 cá nhân», «danh mục 24 dự án».
_POINTS = ("điểm ", "mục ")
_BEFORE_POINTS = words_of("kiểm thí trọng danh hạng")
# «kỷ luật 12 đồng chí», «giải quyết 68 đầu việc», «kiểm tra chi tiết 14/52 trường».
_NEVER_NAMES = tuple(
    [word]
    for word in (
        "kỷ",
        "cùng",
        "giải",
        "xã",
        "biểu",
        "xác",
        "thẩm",
        "thảo",
        "tranh",
        "chi",
        "phân",
        "liên",
        "biên",
        *_BEFORE_POINTS,
        "trẻ",
    )
)
_MARKS = {
    **dict.fromkeys(("trên", "hơn", "ít nhất", "tối thiểu", "không dưới", "không ít hơn"), Mark.AT_LEAST),
    **dict.fromkeys(("dưới", "không quá", "tối đa", "chưa đến", "chưa tới", "chưa đầy", "không đến"), Mark.AT_MOST),
    **dict.fromkeys(words_of("gần|khoảng|ước khoảng|xấp xỉ|chừng|dự kiến|bình quân|trung bình|~|≈"), Mark.ABOUT),
}
# «khá, giàu 702 hộ, trung bình 398 hộ»: one grade of several.
_GRADES = words_of("khá giỏi giàu tốt yếu kém")
# «cao hơn 1,1 điểm» and «nộp cấp trên 25 triệu đồng» say no bound.
_COMPARED = {"hơn": (["cao"], ["thấp"], ["nhiều"], ["lớn"], ["nhỏ"], ["ít"]), "trên": (["cấp"],)}
_OR_MORE = re.compile(r"[^.;,()\d]{0,30}\btrở (lên|xuống)")
_OR_MORE_WORD = "trở "
_OR_MORE_REACH = 31
_GROUPS = re.compile(r"\d{1,3}(?:\.\d{3})+")
_SCALES = words_of("tỷ tỉ triệu nghìn ngàn")
_BULLET = re.compile(r"[-+•*–—] ?\Z")
# What follows a number of a list of kinds: another kind with its own.
_HAS = (" có ", " với ", " có:")
_NEXT_KIND = re.compile(
    r"[,;] (?:và )?(?!(?:khu phố|thôn|tổ|phường|quận|khu|cụm|đội|xã|bản)\b)[a-zđà-ỹ]+(?: [a-zđà-ỹ]+){0,3}"
    r"(?:, [a-zđà-ỹ]+(?: [a-zđà-ỹ]+){0,3})? \d+(?:[,;.)\n]|\Z)"
)
_TIMES = words_of("năm tháng quý kỳ ngày tuần đợt")
_SPANS_OF_TIME = ("năm", "tháng")
_BADGE_YEARS = words_of("30 40 45 50 55 60 65 70 75 80 85 90")
# «Sư đoàn 968», «Tiểu đoàn 3»: no bodies are counted so.
_ARMY = tuple([word, "đoàn"] for word in ("trung", "sư", "lữ", "tiểu", "binh", "quân"))
_DASHES = ("-", "–")
_NAMED_UNITS = (["chi", "bộ"], ["chi", "hội"], ["chi", "đoàn"], ["tiểu", "khu"])
_AFTER_PLAN = (")", ", vượt", ", đạt", ", hụt", "; đạt", "; vượt")
_PLANS = ("(kế hoạch ", "(chỉ tiêu ", "(KH ")
# «so với chỉ tiêu (70)», «so với năm 2025 (89)».
_COMPARED_WITH = re.compile(r"so với [^.;,():\n]{3,48}\(\Z")
_COMPARED_REACH = 60
_SIGNS_OF_LIST = (",", ";", ")", ".")
_ITEM_ENDS = re.compile(r"[.)-]\s")
# How far the words around a number are read, and how long a number may be.
_CONTEXT = 28
_NOUN_CONTEXT = 16
_LONGEST = 40
_YEAR_DIGITS = 4
_CENTURIES = ("19", "20")
_TELLING = _NAMING_OR_NOT | _PLACES | _SCALES | {"tiết", "đoàn"} | {key.rpartition(" ")[2] for key in _MARKS}


class _Word(Enum):
    """What the word before a number makes of it: of most words nothing; some tell only with the words before them."""

    NOTHING = "nothing"
    NAMES = "names"
    PERHAPS = "perhaps"


_NOTHING, _NAMES, _PERHAPS = _Word


@lru_cache(maxsize=8192)
def read_number(text: str) -> Number:
    """Read a printed number: «.» between thousands, «,» before decimals; a lone «.» before one or two digits is a
    decimal too.

    «5,531» may be a decimal or a slip for 5.531: such a number is doubtful.
    """
    whole, comma, fraction = text.partition(",")
    if comma:
        is_doubtful = len(fraction) == 3 and "." not in whole and whole != "0"
        return _decimal(whole.replace(".", ""), fraction, text, is_doubtful=is_doubtful)
    if _GROUPS.fullmatch(text):
        return Number(int(text.replace(".", "")), 1, text)
    whole, point, fraction = text.partition(".")
    if point:
        return _decimal(whole, fraction, text, is_doubtful=len(fraction) > 2)
    return Number(int(text), 1, text)


def _decimal(whole: str, decimals: str, text: str, *, is_doubtful: bool) -> Number:
    return Number(int(whole + decimals), 10 ** len(decimals), text, is_doubtful)


@lru_cache(maxsize=1024)
def _doubtful(text: str) -> Number:
    number = read_number(text)
    return Number(number.digits, number.scale, text, is_doubtful=True)


def _percentage(text: str) -> Number:
    """Read a percentage; «1.250%» may be a decimal, «117,125%» is one."""
    number = read_number(text)
    if number.is_doubtful and text.find(",") > 1:
        return Number(number.digits, number.scale, text)
    return _doubtful(text) if "." in text and number.is_whole else number


def scan(text: str, years: list[tuple[int, int]] | None = None) -> list[Token]:
    """Return the numbers of a flow's text that say how much, from left to right.

    Args:
        text: the running text.
        years: is filled with the places of all numbers of years («77 năm»), also of those that only name something.
    """
    found: list[Token] = []
    more = text.find(_OR_MORE_WORD)
    for match in _SCAN.finditer(text):
        shape = match.lastindex
        if shape is None:
            continue
        start, end = match.span()
        if end - start > _LONGEST:
            continue
        if shape == _YEARS and years is not None:
            years.append((start, end))
        # Most numbers stand behind one blank and a word that says nothing about them.
        gap = text.rfind(" ", max(0, start - _LONGEST), start - 1) if start and text[start - 1] == " " else -1
        word = _word(text[gap + 1 : start - 1]) if gap >= 0 else _PERHAPS
        if word is _NAMES and (
            (end - start < _YEAR_DIGITS and text.startswith(_SPANS_OF_TIME, gap + 1))
            or _is_amount_in_time(text, start, end)
            or text.startswith(("ngắn ngày", " dài ngày"), max(0, gap - 4))
            or (text.startswith(_POINTS, gap + 1) and _counts_behind_point(text, gap, end))
        ):
            word = _PERHAPS
        words = _words_before(text, start) if word is _PERHAPS else []
        if 0 <= more < end:
            more = text.find(_OR_MORE_WORD, end)
        mark = _mark(words) if words else None
        if 0 <= more <= end + _OR_MORE_REACH:
            mark = _or_more(text, end) or mark
        if shape == _PERCENT:
            found.append(Token(TokenKind.PERCENT, start, end, _percentage(text[start : end - 1].rstrip()), None, mark))
        elif word is _NAMES:
            continue
        elif shape == _FRACTION:
            # What stands before a bracket does not name the fraction in it: «18,4% kế hoạch năm (46/250)».
            if text[start - 1 : start] == "(" or not (_names(words) or (words and words[-1] in _PLACES)):
                upper = read_number(text[start : match.end("fraction")])
                found.append(Token(TokenKind.FRACTION, start, end, upper, read_number(match["lower"]), mark))
        elif word is _NOTHING or not _only_names(text, start, end, words):
            if end - start == _YEAR_DIGITS and _is_year(text, start, end):
                continue
            printed = text[start:end]
            is_part = shape == _COMPOUND or (len(words) > 1 and words[-1] in _SCALES and words[-2][-1:].isdigit())
            number = _doubtful(printed) if is_part else read_number(printed)
            found.append(Token(TokenKind.COUNT, start, end, number, None, mark))
    return found


@lru_cache(maxsize=8192)
def _word(shown: str) -> _Word:
    """Classify the one word before a number, as printed."""
    word = shown.lower()
    last = word.rstrip(":.-").lstrip('“"')
    if not last or "(" in word or "\n" in word or last in ("số", "khoản") or word in _TELLING:
        return _PERHAPS
    if word.endswith(":"):
        return _PERHAPS if last in _NAMING_WITH_COLON else _NOTHING
    return _NAMES if last in _NAMING or word == "/" or word.endswith("-") else _NOTHING


def _words_before(text: str, start: int) -> list[str]:
    """Return the words before a number, in lower case; the bullet of its line says nothing about it."""
    first = max(0, start - _CONTEXT)
    words = text[first:start]
    line = words.rfind("\n")
    if (line >= 0 or not first) and (bullet := _BULLET.match(words, line + 1)):
        words = words[bullet.end() :]
    return words.lower().replace("(", " ").split()


def _counts_behind_point(text: str, gap: int, end: int) -> bool:
    """Tell whether «kiểm điểm 9 cá nhân», «thí điểm 5 xã», «danh mục 24 dự án» count."""
    first = text.rfind(" ", max(0, gap - _LONGEST), gap) + 1
    return text[first:gap].lower() in _BEFORE_POINTS and is_counted(text[end : end + _NOUN_CONTEXT])


def _is_amount_in_time(text: str, start: int, end: int) -> bool:
    """Tell whether «cả năm 1.846 ha», «9 tháng 238.704 lượt», «đầu kỳ 12,5 tỷ đồng» print an amount: no year or month
    has groups or decimals."""
    shown = text[start:end]
    if "," not in shown and not _GROUPS.fullmatch(shown):
        return False
    return text[text.rfind(" ", 0, start - 1) + 1 : start - 1].lower() in _TIMES


def _is_year(text: str, start: int, end: int) -> bool:
    is_year = text.startswith(_CENTURIES, start) and text[start:end].isdigit()
    return is_year and not is_counted(text[end : end + _NOUN_CONTEXT])


def _or_more(text: str, end: int) -> Mark | None:
    more = _OR_MORE.match(text, end)
    return None if more is None else Mark.AT_LEAST if more[1] == "lên" else Mark.AT_MOST


def _mark(words: list[str]) -> Mark | None:
    if words[-3:] == ["không", "ít", "hơn"]:
        return Mark.AT_LEAST
    is_grade = words[-1] == "bình" and words[-3:-2] and words[-3].endswith((",", ";"))
    is_grade = is_grade and (words[-3].endswith(("%),", "%,")) or not _GRADES.isdisjoint(words))
    if is_grade or words[-2:-1] in _COMPARED.get(words[-1], ()):
        # «khá 171 em (41,5%), trung bình 112 em».
        return None
    return _MARKS.get(words[-1]) or _MARKS.get(" ".join(words[-2:]))


def _names(words: list[str]) -> bool:
    """Tell whether the words before a number make it a name («số», «Điều»)."""
    if not words or words[-2:-1] in _NEVER_NAMES:
        return False
    last = words[-1].rstrip(":.-").lstrip('“"')
    if words[-2:] in _KINDS_OF_CROPS:
        return False
    if words[-1].endswith(":") and last not in _NAMING_WITH_COLON:
        return False
    if last == "số" and len(words) > 1 and words[-2].endswith(_COUNTING):
        return False
    if words[-2:] == ["chuyển", "khoản"]:
        return False
    return last in _NAMING or words[-3:] == ["ban", "chỉ", "đạo"] or words[-1] == "/" or words[-1].endswith("-")


def _only_names(text: str, start: int, end: int, words: list[str]) -> bool:
    """Tell whether a plain number is a name by what stands around it."""
    opening = text[start - 1] if start else "\n"
    if (
        words
        and words[-1] == "số"
        and _GROUPS.fullmatch(text[start:end])
        and is_counted(text[end : end + _NOUN_CONTEXT])
    ):
        # «cấp mã số 14.250 cơ sở»: the numbers of papers are not grouped.
        return False
    if words and words[-1] in _TIMES and _is_amount_in_time(text, start, end):
        return False
    if words and words[-1] in _SPANS_OF_TIME and end - start < _YEAR_DIGITS:
        is_span = words[-2:-1] and words[-2].isdigit()
        # «lũy kế 9 tháng 22 đảng viên»; «trong tháng 9 đảng viên» may be September.
        if words[-1] == "tháng" and not is_span:
            return True
        if is_span and words[-2] in _BADGE_YEARS and text[end : end + 1] in _SIGNS_OF_LIST:
            # «loại 70 năm 2, 60 năm 9».
            return False
        # «đầu năm 412 hộ», «60 năm 01 đồng chí»: too short for a year.
        return not is_counted(text[end : end + _NOUN_CONTEXT])
    if opening in "([":
        # What stands before a bracket does not name the number in it; «(2)» counts on, «so với chỉ tiêu (70)» tells.
        is_alone = text[end : end + 1] in (")", "]")
        return is_alone and not _COMPARED_WITH.search(text, max(0, start - _COMPARED_REACH), start)
    if words and words[-1] in _DASHES and is_counted(text[end : end + _NOUN_CONTEXT]):
        # «1.302 vụ - 2.286 bị cáo».
        return False
    if (
        _names(words)
        or opening == "’"
        or (opening == "\n" and _ITEM_ENDS.match(text, end))
        or (opening == "/" and not (text[start - 2 : start - 1].islower() or text.startswith("USD", start - 4)))
    ):
        return True
    if words[-2:] in _ARMY:
        return True
    if not words or words[-2:-1] in _NEVER_NAMES:
        return False
    after, value = text[end : end + _NOUN_CONTEXT], read_number(text[start:end]).value
    if words[-2:] in _NAMED_UNITS and text.startswith(_HAS, end):
        # «chi bộ 4 có 11 đảng viên».
        return True
    if words[-1] in _PLACES:
        if words[-2:-1] == ["toàn"] or _NEXT_KIND.match(text, end):
            # «toàn phường 42 ống»; «khu phố 34, cơ quan 7, trường học 9».
            return False
        return value <= _MOST_PLACES and noun_after(after, 0).kind in (None, Kind.SPAN, Kind.UNIT)
    if words[-1] not in _NAMING_OR_NOT or (words[-1] == "ương" and (value > _MOST_MEETINGS or text[start] == "0")):
        return False
    if text.startswith(_AFTER_PLAN, end) and text.endswith(_PLANS, 0, start):
        # «38 tổ chức (kế hoạch 36)».
        return False
    return not is_counted(after)
