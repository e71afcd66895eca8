"""The roll as minutes print it: «Tổng số đảng viên: 27; có mặt: 25; vắng mặt: 02», «Đảng số: 31 (nữ 12; chính thức: 28,
dự bị: 03)».

Who is called is there or is not; a member is a full one or on probation (Điều lệ Đảng, điều 5): nothing else is left,
so that what does not add up is wrong, where the words show that nobody else is counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from giaoban.reader.claims.base.nouns import Kind
from giaoban.reader.claims.base.numbers import Token, TokenKind
from giaoban.reader.claims.base.parts import Part, make_up
from giaoban.reader.claims.base.passage import Passage
from giaoban.reader.claims.sums.verdict import make_sum
from giaoban.reader.claims.sums.wholes import Whole
from giaoban.reader.model import Claim

_COUNTED = r"(?: (?!có mặt|vắng|dự|tham dự|chính thức)[^\W\d][^.;:,()\n\d%]{0,39})?"  # what a number counts
_ASIDE = r"(?: ?\([^()\n]{1,80}\))?"
_NEXT = r"\s?[.;,:\n(]?\s*(?:[-+*\u2013] ?)?"
_CALLED = re.compile(
    r"(?:tổng số|triệu tập|đảng số|quân số|sĩ số|hiện có)(?: [^.;:,()\n\d%]{1,60})?:? \Z",
    re.IGNORECASE,
)
_PRESENT = re.compile(
    rf"{_COUNTED}{_ASIDE}{_NEXT}(?:trong đó:? )?(?:số |đã )?(?:[^.;:,()\n\d%]{{1,40}} )?"
    r"(?:có mặt|tham dự|dự)(?: [^.;:,()\n\d%]{1,30})?(?: là)?:? \Z",
    re.IGNORECASE,
)
_ABSENT = re.compile(
    rf"{_COUNTED}{_ASIDE}{_NEXT}(?:và )?(?:số )?(?:[^.;:,()\n\d%]{{1,40}} )?"
    r"vắng(?: mặt| họp)?(?: [^.;:,()\n\d%]{1,30})?(?: là)?:? \Z",
    re.IGNORECASE,
)
# «vắng có lý do 01, không lý do 01»: some of the absent come later.
_MORE_ABSENT = re.compile(
    r"[^.;:()\n\d%]{0,24}[,;] ?(?:vắng )?(?:không|có) (?:lý do|phép)|[^.;:()\n\d%]{0,24}[,;] ?vắng "
)
_ROLL = re.compile(
    r"(?:tổng số|đảng số|có)(?: [^.;:,()\n\d%]{1,60})?(?: là)?:? \Z|(?:tổng số|đảng số):? \Z", re.IGNORECASE
)
_FULL = re.compile(r"(?:[^.;:,()\n\d%]{0,40} )?chính thức(?: là)?:? \Z", re.IGNORECASE)
_PROBATION = re.compile(
    r"(?: [^.;:,()\n\d%]{1,20})?(?: ?\([^()\n]{1,30}\))?[,;] (?:và )?(?:[^.;:,()\n\d%]{1,30} )?dự bị(?: là)?:? \Z"
)
_OPENS = re.compile(r"(?: [^.;:,()\n\d%]{1,30})?[ ]?(?:\(|[,;:] (?:trong đó|gồm)?:? ?)")
_ALL_TOLD = re.compile(
    r"(?: [^.;:,()\n\d%]{1,20})?[;,.] (?:tổng số|tổng cộng|cộng)(?: [^.;:,()\n\d%]{1,30})?:? \Z", re.IGNORECASE
)
_LEAD, _REACH, _LEAST_NEAR = 90, 320, 8


def find_rolls(passage: Passage) -> Iterator[Claim]:
    """Yield such sums of one flow that no other finder has told of."""
    for word, read in (("ắng", _attendance), ("dự bị", _standing)):
        done = 0
        for place in passage.places(word):
            index = passage.first_after(place)
            if place < done or index >= len(passage.tokens):
                continue
            claim = read(passage, index)
            if claim is not None:
                done = passage.tokens[index].end
                yield claim


def _attendance(passage: Passage, index: int) -> Claim | None:
    """Read who was called, is there and is not; of the absent the number behind the word is all."""
    absent, text = passage.tokens[index], passage.text
    present = _before(passage, absent, _ABSENT)
    called = present and _before(passage, present, _PRESENT)
    if present is None or called is None or not _CALLED.search(text, max(0, called.start - _LEAD), called.start):
        return None
    if _MORE_ABSENT.match(text, absent.end):
        return None
    return _judged(passage, called, (present, absent), called.start, absent.end)


def _standing(passage: Passage, index: int) -> Claim | None:
    """Read full members and those on probation, behind their number or before it."""
    probation, text, tokens = passage.tokens[index], passage.text, passage.tokens
    full = _before(passage, probation, _PROBATION)
    if full is None or not _FULL.search(text, max(0, full.start - _LEAD), full.start):
        return None
    behind = tokens[index + 1] if index + 1 < len(tokens) else None
    if behind is not None and _ALL_TOLD.fullmatch(text, probation.end, behind.start):
        return _judged(passage, behind, (full, probation), full.start, behind.end)
    bracket = text.rfind("(", max(0, full.start - _REACH), full.start)
    is_inside = bracket >= 0 and ")" not in text[bracket : full.start]
    limit = bracket if is_inside else full.start
    at = passage.first_after(limit) - 1
    whole = tokens[at] if at >= 0 else None
    if whole is None or whole.kind is not TokenKind.COUNT or "\n" in text[whole.end : full.start]:
        return None
    opens = _OPENS.match(text, whole.end)
    is_next = (
        opens is not None
        and opens.end() <= full.start
        and (is_inside or _FULL.fullmatch(text, opens.end(), full.start))
    )
    if not is_next or not _ROLL.search(text, max(0, whole.start - _LEAD), whole.start):
        return None
    return _judged(passage, whole, (full, probation), whole.start, probation.end)


def _before(passage: Passage, token: Token, words: re.Pattern[str]) -> Token | None:
    """Return the count before a number that only some words part from it; what stands in brackets is passed over."""
    if token.kind is not TokenKind.COUNT or not token.is_exact:
        return None
    for at in range(passage.first_after(token.start) - 1, -1, -1):
        one = passage.tokens[at]
        if token.start - one.end > _LEAD * 2:
            return None
        if one.kind is TokenKind.COUNT and one.is_exact and words.fullmatch(passage.text, one.end, token.start):
            return one
    return None


def _judged(passage: Passage, whole: Token, parts: tuple[Token, Token], start: int, end: int) -> Claim | None:
    nouns = [passage.noun(token) for token in (whole, *parts)]
    is_told = any(token.start in passage.summed for token in parts) and whole.start in passage.summed
    if is_told or any(noun.is_measure or noun.kind is Kind.SPAN for noun in nouns) or not whole.number.is_whole:
        return None
    noun = nouns[0]
    made = tuple(Part(token, noun, "", is_first=True) for token in parts)
    holds = make_up(made, whole, noun)
    off = abs(sum(token.number.decimal for token in parts) - whole.number.decimal)
    if not holds and off * _LEAST_NEAR > whole.number.decimal:
        return None
    return make_sum(passage, start, end, Whole(whole, noun, ""), made, holds)
