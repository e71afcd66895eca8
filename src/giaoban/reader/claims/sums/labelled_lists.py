"""«Kỷ luật 09 đảng viên. … Nội dung vi phạm: chính sách dân số 04, quản lý đất đai 03, đạo đức 02»: a whole sentence of
named numbers behind a word that says by what they are told apart, of a number that stands before it.

What fits is told: such a list may leave some out, or be of a number that is not printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from giaoban.reader.claims.base.nouns import Kind
from giaoban.reader.claims.base.numbers import Token, TokenKind
from giaoban.reader.claims.base.partition import goes_on, leaves_out
from giaoban.reader.claims.base.parts import Part
from giaoban.reader.claims.base.passage import Passage
from giaoban.reader.claims.sums.verdict import make_sum
from giaoban.reader.claims.sums.wholes import Whole
from giaoban.reader.model import Claim

_LABEL = re.compile(
    r"(?:hình thức|nội dung|trình độ|độ tuổi|lý do|nguyên nhân|lĩnh vực|chuyên môn|thành phần|cơ cấu|theo loại|kết quả"
    r"|địa bàn|phân loại|phân theo|đối tượng)[^.;:()\n\d%]{0,50}\Z",
    re.IGNORECASE,
)
_NAMED_AS = re.compile(r"hình thức[^.;:()\n\d%]{0,40} là:? ")
# Two of these may be all there are.
_DISCIPLINE = re.compile(r"khiển trách|cảnh cáo|cách chức|khai trừ|giải tán", re.IGNORECASE)
_ITEM = re.compile(r"(?P<name>[^.;()\n%\d]{2,80}?):? \Z")
_BETWEEN = re.compile(r"(?: [^.;,()\n\d%]{1,24})?(?: ?\([^()\n]{1,40}\))?(?:[,;]| và) (?:và )?")
_ENDS = re.compile(r"(?: [^.;,()\n\d%]{1,24})?(?: ?\([^()\n]{1,40}\))?\s?(?:[.;]|\Z|\n)")
_FEWEST, _MOST, _REACH, _LONGEST = 3, 10, 480, 90
_SMALLEST, _MOST_BEFORE = 9, 14


def find_labelled_lists(passage: Passage) -> Iterator[Claim]:
    """Yield such sums of one flow that no other finder has told of."""
    done = 0
    for place, start in _labels(passage):
        if start < done:
            continue
        parts = _parts(passage, start)
        if len(parts) < _FEWEST and not _are_disciplines(passage.text, start, parts):
            continue
        done = parts[-1].end
        together = sum(part.number.value for part in parts)
        whole = _whole(passage, place, together)
        text = passage.text[place : parts[-1].end + _LONGEST]
        is_small = together < _SMALLEST and len(parts) >= _FEWEST
        if whole is None or is_small or leaves_out(text) or goes_on(text.partition("\n")[0]):
            continue
        noun = passage.noun(whole)
        items = tuple(Part(part, noun, "", is_first=False) for part in parts)
        number = whole.number if whole.number.value == together else whole.second or whole.number
        token = Token(TokenKind.COUNT, whole.start, whole.end, number)
        yield make_sum(passage, parts[0].start, parts[-1].end, Whole(token, noun, ""), items, True)


def _labels(passage: Passage) -> Iterator[tuple[int, int]]:
    """Yield where such words stand, and where the list behind them begins."""
    text, starts = passage.text, passage.starts
    for place in passage.places(": "):
        # Most colons have no number near them.
        index = passage.first_after(place)
        if index + 1 < len(starts) and starts[index + 1] - place <= 2 * _LONGEST:
            label = _LABEL.search(text, max(0, place - _LONGEST), place)
            if label is not None:
                yield label.start(), place + 2
    for place in passage.places("hình thức "):
        named = _NAMED_AS.match(text, place)
        if named is not None:
            yield place, named.end()


def _are_disciplines(text: str, start: int, parts: list[Token]) -> bool:
    if len(parts) < _FEWEST - 1:
        return False
    starts = [start, *(part.end for part in parts[:-1])]
    return all(_DISCIPLINE.search(text, at, part.start) for at, part in zip(starts, parts, strict=True))


def _parts(passage: Passage, start: int) -> list[Token]:
    """Return the numbers of a list that fills its sentence: each behind its name, each but for its share alone."""
    text, found, at = passage.text, list[Token](), start
    for index in range(passage.first_after(start), len(passage.tokens)):
        token = passage.tokens[index]
        if token.kind is TokenKind.PERCENT and text.rfind("(", at - _LONGEST, token.start) > at - 1:
            continue
        is_item = token.kind is TokenKind.COUNT and token.is_exact and token.number.is_whole
        if token.start - at > _LONGEST or not is_item or not _ITEM.match(text, at, token.start):
            return []
        if token.start in passage.summed or passage.noun(token).kind is Kind.SPAN or passage.noun(token).is_measure:
            return []
        found.append(token)
        if len(found) > _MOST:
            return []
        if _ENDS.match(text, token.end) and not _BETWEEN.match(text, token.end):
            return found
        between = _BETWEEN.match(text, token.end)
        if between is None:
            return []
        at = between.end()
    return []


def _whole(passage: Passage, place: int, together: int | object) -> Token | None:
    """Return the nearest number before a place that a list makes, whatever it counts."""
    last = passage.first_after(place) - 1
    for index in range(last, max(-1, last - _MOST_BEFORE), -1):
        token = passage.tokens[index]
        noun = passage.noun(token)
        if token.start < place - _REACH:
            return None
        if token.kind is TokenKind.PERCENT or not token.is_exact or noun.kind in (None, Kind.SPAN) or noun.is_measure:
            continue
        second = token.second.value if token.second is not None else None
        if together in (token.number.value, second):
            return token
    return None
