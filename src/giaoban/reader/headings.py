"""Lines that begin like a heading, and which of them are headings.

What wraps onto the start of a line («(2) …» in the middle of a list that runs on, «15. Đến nay» behind «Chỉ thị số») is
none; nor is a date, a decimal, a row of a table, or a bullet, which carries no number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from giaoban.reader.lines import Line, Lines, is_capitals

HEADING = re.compile(
    r"""(?x)
    (?P<word>Phần|PHẦN|Chương|CHƯƠNG|(?:Tiểu|TIỂU)\s(?i:mục)|Mục|MỤC|Điều|ĐIỀU)\s+(?:thứ\s+|THỨ\s+)?(?P<wnum>[IVXLivxl]{1,6}|[A-HĐ]|[0-9]{1,3}|\w{2,5})(?![\w])
    # «Điều 12 Quy định số 22-QĐ/TW» names a place in a paper.
    (?!,?\s(?:(?:Quy|QUY|Nghị|Hiến|Chỉ|Quyết|Thông)\s(?:định|quyết|pháp|chế|thị|tư)|(?:Bộ\s)?[Ll]uật|Điều\slệ|của|và)(?!\w))
    (?:\s?[.:]?[–-](?=\s)|[.:–-])?
  | (?P<rdec>[IVX]{1,5}(?:\.[0-9]{1,2}){1,3})(?:\s?[-–.):/]|(?=\s+[*_“"]*[A-ZĐÀ-Ỹ]))(?![0-9])
  | (?P<roman>[IVXl]{1,6})(?:\s?(?:[./]?[-–—]|[.:/)])(?![IVX]\b)|(?=\s[A-ZĐÀ-Ỹ]{2}[^0-9.;:]{3,}\Z))
  | (?P<upper>[A-HĐ])\s?[-–.)/](?=\s)
  | (?P<dec>[0-9]{1,2}(?:\.[0-9]{1,2}){1,4})(?:\s?(?:[./]?[-–]|[.):/])|(?=\s+[*_“"]*[A-ZĐÀ-Ỹ]))(?![0-9])
  | (?P<mixed>[0-9]{1,2}\.[a-zđ]|[a-zđ]\.?[0-9]{1,2})\s?[.):](?=\s)
  | (?P<num>[0-9]{1,2})\s?(?:[./]?[-–]|/\.|[.)/])(?![0-9]|[A-ZĐ][A-Za-zĐ]{1,5}[/-][A-ZĐ])
  | (?P<letter>[a-zđ])(?:\s?[)./]|[-–])(?=\s)
  | (?P<small>[ivx]{2,4})\s?\)(?=\s)
  | \((?P<pnum>[0-9]{1,2}(?:\.[0-9]{1,2})?|[a-zđ]|i[0-9]{1,2}|[ivx]{2,4})\)
    """
)
# What a heading may begin with where a small letter is next: «Phần», «Il.», «ii)»; nearly all lines begin otherwise.
_MAY_BEGIN = frozenset("PCMTĐIVXivxl(")
_ROMANS = (
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV",
    "XVI", "XVII", "XVIII", "XIX", "XX", "XXI", "XXII", "XXIII", "XXIV", "XXV",
)  # fmt: skip
_ROMAN_VALUES = {roman: value for value, roman in enumerate(_ROMANS, 1)}
_ORDINALS = {
    "nhất": 1,
    "hai": 2,
    "ba": 3,
    "tư": 4,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
}
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_UPPERS = "ABCDĐEGH"
# From the outermost to the innermost. «A.» stands above «I-», unless the text shows it below.
_RANKS = {
    "phần": 0, "chương": 10, "mục": 20, "tiểu mục": 25, "upper": 30, "roman": 40, "điều": 50, "num": 60,
    "letter": 120, "under": 122, "small": 125,
    "pnum": 130, "pdec": 135, "pletter": 140, "pi": 150, "psmall": 160,
}  # fmt: skip
_UPPER_BELOW_ROMAN = 45
# «Điều 1. Phê duyệt Chương trình với các nội dung sau:» may hold a whole programme: «I. QUAN ĐIỂM», «II. MỤC TIÊU».
_ROMAN_IN_ARTICLE = 55
_MOST_LINES = 3
_FARTHEST_JUMP = 3
_ROMAN_LETTERS = "IVXl"
_TABLE_ROW = re.compile(r"(?:(?<! ) {3,}|\t)\S+(?: {3,}|\t)\S+")
_TITLE_START = re.compile(r"[\s*_]*(?:[“\"'‘(\[][*_]*)?[A-ZĐÀ-ỸƠƯĂÂÊÔ0-9]")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its style, its number as printed and as a value, the index of its line, how deep its style stands."""

    style: str
    number: str
    value: int
    line: int
    start: int
    title_start: int
    rank: int

    @property
    def list_name(self) -> tuple[str, str]:
        """What headings of one list share: the style, and of a decimal number all parts but the last."""
        if self.style == "under":
            return self.style, self.number[0]
        return self.style, self.number.rpartition(".")[0] if self.style in ("dec", "rdec", "pdec", "lettered") else ""


# «i)», «(i)» are letters of the alphabet, and Roman numbers where no «h)» stands before them.
_SMALL_ROMAN = {"letter": "small", "pletter": "psmall"}

# What a decimal number adds to the rank of a plain one for each point.
DECIMAL_STEP = 10
NUMBER_RANK = _RANKS["num"]
# Numbers that hold the one above them, and below which rank that one stands.
HOLDS_ABOVE = {
    "dec": NUMBER_RANK, "lettered": NUMBER_RANK, "rdec": _RANKS["roman"], "under": _RANKS["letter"],
    "pdec": _RANKS["pnum"],
}  # fmt: skip


def find_headings(lines: Lines, start: int, end: int) -> Iterator[Heading]:
    """Yield the headings of a range, judged by what stands before them and by the headings so far."""
    # The last heading of each list that still runs on, by rank: a heading ends the lists of all deeper ranks at once.
    opened: dict[int, dict[tuple[str, str], Heading]] = {}
    # Numbers in brackets may run on through the headings above them: (1) to (3) under 1., (4) to (6) under 2.
    running: Heading | None = None
    previous: Heading | None = None
    upper_rank, roman_rank = _RANKS["upper"], _RANKS["roman"]
    for index in range(lines.index_at(start), lines.index_at(end)):
        line = lines.items[index]
        if line.text[0] not in _MAY_BEGIN and line.text[1:2].islower():
            continue
        heading = _read(line, index, upper_rank)
        if heading is None:
            continue
        if heading.style == "roman":
            if heading.value == 1:
                roman_rank = _ROMAN_IN_ARTICLE if _opens_article(lines, index, previous) else _RANKS["roman"]
            heading = replace(heading, rank=roman_rank)
        before = running if heading.style == "pnum" else _last_of(opened, heading.list_name)
        if heading.number == "i" and before is None and heading.style in _SMALL_ROMAN:
            style = _SMALL_ROMAN[heading.style]
            heading = replace(heading, style=style, value=1, rank=_RANKS[style])
        if not _is_heading(lines, heading, before, previous):
            continue
        if heading.style == "pnum":
            running = heading
        if heading.rank <= _RANKS["chương"]:
            # Each part is numbered in its own way.
            upper_rank = _RANKS["upper"]
        if heading.style == "roman" and not any(style == "upper" for lists in opened.values() for style, _ in lists):
            upper_rank = _UPPER_BELOW_ROMAN
        _put(opened, heading)
        previous = heading
        yield heading


def _opens_article(lines: Lines, index: int, previous: Heading | None) -> bool:
    """Tell whether a line follows the words of an article that ends with a colon."""
    is_next = previous is not None and previous.style == "điều" and index > previous.line
    return is_next and lines.items[index - 1].text.endswith(":")


def _last_of(opened: dict[int, dict[tuple[str, str], Heading]], name: tuple[str, str]) -> Heading | None:
    return next((lists[name] for lists in opened.values() if name in lists), None)


def _put(opened: dict[int, dict[tuple[str, str], Heading]], heading: Heading) -> None:
    """Make a heading the last of its list, and end the lists that stand below it."""
    for rank in [rank for rank in opened if rank > heading.rank]:
        del opened[rank]
    for lists in opened.values():
        lists.pop(heading.list_name, None)
    opened.setdefault(heading.rank, {})[heading.list_name] = heading


def _read(line: Line, index: int, upper_rank: int) -> Heading | None:
    match = HEADING.match(line.text)
    if match is None or (match.end() == len(line.text) and match["word"] is None):
        return None
    read = _READERS[match.lastgroup or ""](match)
    if read is None:
        return None
    style, number, value = read
    rank = upper_rank if style == "upper" else _RANKS.get(style, _decimal_rank(style, number))
    return Heading(style, number, value, index, line.start, line.start + match.end(), rank)


def _decimal_rank(style: str, number: str) -> int:
    """Return how deep «1.1» stands below «1.»; «V.1» stands where «1.» does under «V.»."""
    return NUMBER_RANK + DECIMAL_STEP * (number.count(".") - (style == "rdec"))


def _is_heading(lines: Lines, heading: Heading, last: Heading | None, previous: Heading | None) -> bool:
    line = lines.items[heading.line]
    title = lines.text[heading.title_start : line.end]
    if lines.has_columns and _TABLE_ROW.search(lines.text, line.start, line.end):
        return False
    follows = heading.value == 1 or (last is not None and heading.value == last.value + 1)
    begins = _begins(lines, heading.line, previous, follows) or _is_first_below(heading, previous)
    if heading.style in ("phần", "chương", "mục", "tiểu mục", "điều"):
        return begins and (not title.strip() or _TITLE_START.match(title) is not None)
    if not any(char.isalpha() for char in title) or (heading.style == "num" and lines.numbers_place(heading.line)):
        return False
    if heading.line and title.lstrip()[:1].isdigit() and lines.is_cut_before(heading.line):
        # «từ tháng / 1. 2024 đến nay».
        return False
    if heading.style == "letter" and last is not None and heading.value == last.value + 2:
        # Lists without «đ)», and those that left one out.
        return lines.begins_paragraph(heading.line) and _TITLE_START.match(title) is not None
    if heading.style in ("letter", "under", "lettered", "small", "pletter", "pnum", "pdec", "pi", "psmall"):
        return begins and follows
    if heading.value == 0 or not _TITLE_START.match(title):
        return False
    if heading.style == "roman" and lines.text[heading.title_start - 1] in _ROMAN_LETTERS:
        # «I MỤC ĐÍCH, YÊU CẦU» has no sign; «II NHIỆM KỲ …» may end a title in capitals: «… LẦN THỨ / II NHIỆM KỲ».
        is_wrapped = heading.line > 0 and is_capitals(lines.items[heading.line - 1].text)
        return is_capitals(title) and begins and follows and not is_wrapped
    if heading.style in ("roman", "upper"):
        return (is_capitals(title) and len(title.strip()) > 3) or (begins and follows)
    if last is None or heading.value == 1:
        return begins
    return begins and abs(heading.value - last.value) <= _FARTHEST_JUMP


def _is_first_below(heading: Heading, previous: Heading | None) -> bool:
    """Tell whether «1.1-» follows the heading «1-» that some lines hold, however full the last of them is."""
    is_near = previous is not None and heading.line - previous.line <= _MOST_LINES
    return is_near and previous is not None and heading.number == f"{previous.number}.1"


def _begins(lines: Lines, index: int, previous: Heading | None, follows: bool) -> bool:
    """Tell whether a line begins a paragraph; the next number of a list needs less proof than any other."""
    if lines.begins_paragraph(index):
        return True
    return not lines.is_full(index - 1) and (follows or (previous is not None and previous.line == index - 1))


def _read_word(match: re.Match[str]) -> tuple[str, str, int] | None:
    printed = match["wnum"]
    if printed == "l":
        # Scanning shows «Điều 1.» as «Điều l.», «Chương I» as «Chương l».
        printed = "1" if match["word"].lower() == "điều" else "I"
    value = _ROMAN_VALUES.get(printed.upper()) or _ORDINALS.get(printed.lower())
    if value is None and printed in _UPPERS:
        # «PHẦN A».
        return " ".join(match["word"].lower().split()), printed, _UPPERS.index(printed) + 1
    # «²» is a digit that no number is made of.
    if printed.isdecimal():
        value = int(printed)
    if value is None:
        return None
    number = printed.upper() if printed.upper() in _ROMAN_VALUES else str(value)
    return " ".join(match["word"].lower().split()), number, value


def _read_roman(match: re.Match[str]) -> tuple[str, str, int] | None:
    printed = match["roman"]
    if printed == "l":
        # Scanning shows both «1.» and «I.» as «l.»; a Roman heading goes on in capitals.
        return ("roman", "I", 1) if is_capitals(match.string[match.end() :]) else ("num", "1", 1)
    number = printed.replace("l", "I")
    value = _ROMAN_VALUES.get(number)
    return ("roman", number, value) if value else None


def _read_upper(match: re.Match[str]) -> tuple[str, str, int] | None:
    return "upper", match["upper"], _UPPERS.index(match["upper"]) + 1


def _read_decimal(match: re.Match[str]) -> tuple[str, str, int] | None:
    return "dec", match["dec"], int(match["dec"].rpartition(".")[2])


def _read_roman_decimal(match: re.Match[str]) -> tuple[str, str, int] | None:
    head, _, last = match["rdec"].rpartition(".")
    return ("rdec", match["rdec"], int(last)) if head.partition(".")[0] in _ROMAN_VALUES else None


def _read_number(match: re.Match[str]) -> tuple[str, str, int] | None:
    return "num", match["num"], int(match["num"])


def _read_mixed(match: re.Match[str]) -> tuple[str, str, int] | None:
    """Read «1.a)», a letter below «1.», and «a.1)» or «a1)», a number below «a)»."""
    printed = match["mixed"]
    if printed[0].isdigit():
        return ("lettered", printed, _LETTERS.index(printed[-1]) + 1) if printed[-1] in _LETTERS else None
    return "under", printed, int(printed[1:].lstrip("."))


def _read_letter(match: re.Match[str]) -> tuple[str, str, int] | None:
    letter = match["letter"]
    return ("letter", letter, _LETTERS.index(letter) + 1) if letter in _LETTERS else None


def _read_small(match: re.Match[str]) -> tuple[str, str, int] | None:
    value = _ROMAN_VALUES.get(match["small"].upper())
    return ("small", match["small"], value) if value else None


def _read_parenthesis(match: re.Match[str]) -> tuple[str, str, int] | None:
    printed = match["pnum"]
    if printed.isdigit():
        return "pnum", printed, int(printed)
    if "." in printed:
        return "pdec", printed, int(printed.rpartition(".")[2])
    if value := _ROMAN_VALUES.get(printed.upper()) if len(printed) > 1 else None:
        return "psmall", printed, value
    if len(printed) > 1:
        return ("pi", printed, int(printed[1:])) if printed[1:].isdigit() else None
    return ("pletter", printed, _LETTERS.index(printed) + 1) if printed in _LETTERS else None


_READERS = {
    "wnum": _read_word,
    "roman": _read_roman,
    "upper": _read_upper,
    "dec": _read_decimal,
    "rdec": _read_roman_decimal,
    "mixed": _read_mixed,
    "num": _read_number,
    "letter": _read_letter,
    "small": _read_small,
    "pnum": _read_parenthesis,
}
