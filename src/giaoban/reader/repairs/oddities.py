"""What scanning makes of whole shapes: the Congress's numeral in letters, a bracket for a letter, one small letter.

These patterns look at signs, not at company. They run only over a text in which a piece may be one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from giaoban.reader.repairs.company import company
from giaoban.reader.repairs.digits import find_misread, may_be_misread
from giaoban.reader.repairs.syllables import key

# «khóa xm», «lần thứ xin»: the numeral of the Congress read as letters.
_PRINTED_NUMERALS = (
    "xm", "Xm", "XIH", "XHI", "xni", "xin", "XIn", "XUI", "xiii", "xill", "XIIl", "XlII", "XlIl", "xn", "XH", "xil",
    "XIl", "XlI",
)  # fmt: skip
_CONGRESS = re.compile(
    r"\b(?:[Kk]h(?:óa|oá)|KH(?:ÓA|OÁ)|thứ|THỨ|[ĐĐ]ại hội(?= (?:x[mn]|xin của)\b)) "
    rf"(?P<roman>{'|'.join(_PRINTED_NUMERALS)})(?![\w-])"
)
_NUMERALS = {"xm": "XIII", "xih": "XIII", "xhi": "XIII", "xni": "XIII", "xin": "XIII", "xui": "XIII", "xiii": "XIII",
             "xill": "XIII", "xiil": "XIII", "xlii": "XIII", "xlil": "XIII", "xn": "XII", "xh": "XII", "xil": "XII",
             "xli": "XII"}  # fmt: skip

# What may close a clause behind a word; a bracket may be a letter.
_ENDS = '.,;:!?”"'
_NUMERAL = re.compile(rf"(?:{'|'.join(_PRINTED_NUMERALS)})(?![\w-])")
# «COVỈD-Ỉ9», «COYID-19»; «nghiệỊ)» for «nghiệp».
_COVID = re.compile(r"\b(?!COVID-19)(?!Covid-19)C[O0o][VYvy][IÍỈỊỉíỊi1l][DĐdđp]-[1IlỈỊ]9\b")
_BRACKET = re.compile(r"(?<![^\W\d_])(?P<stem>[a-zà-ỹđ]{1,5}[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệơờớởỡợ])[ỊịJj]\)")
# «Nghị quyết sổ 26-NQ/TW»: no book has such a number.
_BOOK = ("sổ", "Sổ")
_OF_PAPER = re.compile(r"[sS]ổ(?= [0-9]{1,5}\s?(?:-\s?[A-ZĐ]{2}|/[A-ZĐ]{2}|/[0-9]{4}/))")
_WORD_BEFORE = re.compile(r"([^\W\d_]+) \Z")
_REACH = 40
_LONGEST_LEAD = 12
_MARKED = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
_CAPITALS = f"A-ZĐ{_MARKED.upper()}"
# «THựC», «LƯợNG», «CủA»: fonts without marked capitals; «Bộ» is a word with a capital.
_ONE_SMALL = re.compile(
    rf"\b[{_CAPITALS}]+[{_MARKED}][{_CAPITALS}][{_CAPITALS}{_MARKED}]*\b|\b[{_CAPITALS}]{{2,6}}[{_MARKED}]\b"
)


def is_odd(piece: str) -> bool:
    """Tell whether a piece between blanks may be, or hold, one of these."""
    if piece in _BOOK:
        return True
    if piece.islower() and ")" not in piece and "l" not in piece:
        return piece[0] == "x" and _NUMERAL.match(piece) is not None
    # Small letters behind the first one, and perhaps a sign at the end: only a numeral is written so.
    if piece[1:-1].islower() and piece[:-1].isalpha() and (piece[-1] in _ENDS or piece[-1:].islower()):
        return piece[0] in "xX" and _NUMERAL.match(piece) is not None
    if may_be_misread(piece):
        return True
    return any(
        pattern(piece) is not None for pattern in (_NUMERAL.match, _COVID.search, _ONE_SMALL.search, _BRACKET.search)
    )


def find_oddities(text: str, places: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, str, float]]:
    """Yield where they stand, what they were, and how sure that is.

    Args:
        text: the running text.
        places: the spans of the pieces that are odd, in their order.
    """
    for start, end in places:
        for match in _CONGRESS.finditer(text, max(0, start - _LONGEST_LEAD), end + _LONGEST_LEAD):
            if match.start("roman") == start:
                yield (*match.span("roman"), _NUMERALS[match["roman"].lower()], 0.9)
        for match in _COVID.finditer(text, start, end):
            yield (*match.span(), "COVID-19", 0.9)
        for match in _ONE_SMALL.finditer(text, start, end):
            if key(match[0].lower()) and match[0][0].isupper():
                yield (*match.span(), match[0].upper(), 0.8)
        if sign := _OF_PAPER.match(text, start):
            yield start, sign.end(), sign[0][0] + "ố", 0.8
        yield from find_misread(text, start, end)
    yield from _closed_by_bracket(text, places)


def _closed_by_bracket(text: str, places: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, str, float]]:
    """Yield words whose last letter is read as a bracket that nothing opens."""
    line = depth = done = 0
    for match in (match for start, end in places for match in _BRACKET.finditer(text, start, end)):
        start = match.start()
        if (begun := text.rfind("\n", done, start) + 1) > line:
            line, depth, done = begun, 0, begun
        depth += text.count("(", done, start) - text.count(")", done, start)
        done = start
        word = match["stem"] + "p"
        before = _WORD_BEFORE.search(text, max(line, start - _REACH), start)
        if depth <= 0 and before and company().bond(key(before[1].lower()), key(word)):
            yield (*match.span(), word, 0.8)


def halves(printed: str) -> tuple[str, str] | None:
    """Return two words printed without the blank between them: «quảNghị»; names begin with a capital and stay whole."""
    inner = [place for place, letter in enumerate(printed) if letter.isupper()]
    if len(inner) != 1 or inner[0] < 2:
        return None
    first, second = printed[: inner[0]], printed[inner[0] :]
    return (first, second) if all(key(part.lower()) and not part.isascii() for part in (first, second)) else None
