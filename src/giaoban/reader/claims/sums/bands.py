"""«Dưới 35 tuổi 27 đại biểu, từ 35 đến 60 tuổi 68 đại biểu, trên 60 tuổi 22 đại biểu»: ages that leave none out, and
«số phiếu hợp lệ 228, số phiếu không hợp lệ 4» of the ballots that came back.

Their total stands sentences before them, so that it is looked for by its size and by its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from giaoban.reader.claims.base.nouns import Kind, Noun, may_add_up
from giaoban.reader.claims.base.numbers import Token, TokenKind
from giaoban.reader.claims.base.parts import Part
from giaoban.reader.claims.base.passage import Passage
from giaoban.reader.claims.sums.verdict import make_sum
from giaoban.reader.claims.sums.wholes import Whole
from giaoban.reader.model import Claim
from giaoban.reader.places import places_of

_UNDER = re.compile(
    r"(?:(?i:dưới|từ dưới) |(?:(?i:từ) (?:đủ )?)?18(?: tuổi)? ?(?:đến|[-–])(?: dưới)? )(?P<top>\d{2}) tuổi"
    r"(?: trở xuống)?[^.;,()\d%\n]{0,24}?"
)
_BAND = re.compile(
    r"[^.()\d%]{0,30}?(?:(?:(?i:từ) )?(?:đủ )?(?P<low>\d{2})(?: tuổi)? ?(?:đến|[-–])(?: dưới)? (?P<high>\d{2}) tuổi"
    r"|(?P<over>(?i:trên)) (?P<last>\d{2}) tuổi|(?i:từ) (?P<from>\d{2}) tuổi trở lên)[^.;,()\d%\n]{0,24}?"
)
_VALID = re.compile(r"(?<!không )hợp lệ(?: là)?:? \Z")
_NOT_VALID = re.compile(r"không hợp lệ(?: là)?:? \Z")
_CAME_BACK = re.compile(r"(?:thu về|thu vào|kiểm được)(?: là)?:? \Z")
_LONGEST_WORDS = 40
_REACH, _BALLOT_REACH = 900, 260
_FEWEST_BANDS, _MOST_BANDS = 3, 8
_FAR = Fraction(1, 25)
_FEW_OFF = 10


def find_bands(passage: Passage) -> Iterator[Claim]:
    """Yield such sums of one flow that no other finder has told of."""
    yield from _ages(passage)
    yield from _ballots(passage)


def _counts(token: Token | None) -> bool:
    return token is not None and token.kind is TokenKind.COUNT and token.is_exact


def _ages(passage: Passage) -> Iterator[Claim]:
    text, done = passage.text, 0
    places = [place - 1 for place in places_of(text, "ưới ")] + list(places_of(text, "18"))
    for place in sorted(places):
        if place < done or (first := _UNDER.match(text, place)) is None:
            continue
        counts = _row_of_ages(passage, first)
        if not _FEWEST_BANDS <= len(counts) <= _MOST_BANDS:
            continue
        done = counts[-1].end
        if counts[0].start in passage.summed:
            continue
        noun = next((noun for one in counts if (noun := passage.noun(one)).head), passage.noun(counts[0]))
        parts = tuple(Part(one, noun, "", is_first=True) for one in counts)
        claim = _of_total_before(passage, place, parts, noun)
        if claim is not None:
            yield claim


def _row_of_ages(passage: Passage, first: re.Match[str]) -> list[Token]:
    """Return the counts of ages that go on from each other to the last, «trên 60 tuổi»; none where they do not."""
    text, counts, top, at = passage.text, list[Token](), int(first["top"]), first.end()
    while len(counts) < _MOST_BANDS:
        token = _count_at(passage, at)
        if token is None:
            return []
        counts.append(token)
        band = _BAND.match(text, token.end)
        if band is None:
            return []
        begins = int(band["low"] or band["last"] or band["from"])
        if begins not in (top, top + 1):
            return []
        at = band.end()
        if band["high"]:
            top = int(band["high"])
            continue
        last = _count_at(passage, at)
        return [*counts, last] if last is not None else []
    return []


def _count_at(passage: Passage, place: int) -> Token | None:
    """Return the count that a few words of its age end with."""
    index = passage.first_after(place)
    token = passage.tokens[index] if index < len(passage.tokens) else None
    if token is None or not _counts(token) or token.start - place > _LONGEST_WORDS:
        return None
    lead = passage.text[place : token.start]
    return token if not re.search(r"[.;(%\n]", lead) and passage.noun(token).kind is not Kind.SPAN else None


def _of_total_before(passage: Passage, place: int, parts: tuple[Part, ...], noun: Noun) -> Claim | None:
    """Compare parts with the numbers before them: one of them is the total, or the nearest in size is meant to be."""
    together = sum((Fraction(part.token.number.value) for part in parts), Fraction(0))
    near: list[Whole] = []
    for index in range(passage.first_after(place) - 1, -1, -1):
        token = passage.tokens[index]
        if token.start < place - _REACH:
            break
        own = passage.noun(token)
        if token.kind is TokenKind.FRACTION and token.second is not None:
            token = Token(TokenKind.COUNT, token.start, token.end, token.number)
        if not _counts(token) or own.kind is Kind.SPAN or own.is_measure or not may_add_up(own, noun):
            continue
        if token.number.value == together:
            return make_sum(
                passage, parts[0].token.start, parts[-1].token.end, Whole(token, own, ""), parts, holds=True
            )
        if own.head and abs(token.number.value - together) <= _FAR * together:
            near.append(Whole(token, own, ""))
    if not near or any(_tells_of(passage, whole, together, parts[0].token.start) for whole in near):
        return None
    return make_sum(passage, parts[0].token.start, parts[-1].token.end, near[0], parts, holds=False)


def _tells_of(passage: Passage, whole: Whole, together: Fraction, place: int) -> bool:
    """Tell whether a number behind a total is what its parts lack: «43 đồng chí (khuyết 1)»."""
    off = abs(whole.token.number.value - together)
    return any(token.number.value == off for token in passage.between(whole.token.end, place))


def _ballots(passage: Passage) -> Iterator[Claim]:
    text = passage.text
    for place in places_of(text, "không hợp lệ"):
        index = passage.first_after(place)
        if index < 1 or index >= len(passage.tokens):
            continue
        at = index - 1
        while at > 0 and passage.tokens[at].kind is TokenKind.PERCENT:
            at -= 1
        valid, spoilt = passage.tokens[at], passage.tokens[index]
        if spoilt.start - valid.end > _LONGEST_WORDS + 24 or not (_counts(valid) and _counts(spoilt)):
            continue
        if not _leads(passage, spoilt, _NOT_VALID) or not _leads(passage, valid, _VALID):
            continue
        back = _came_back(passage, at)
        if back is None or back.start in passage.summed or valid.start in passage.summed:
            continue
        noun = Noun("phiếu", Kind.CASE, 1, "phiếu")
        parts = (Part(valid, noun, "", is_first=True), Part(spoilt, noun, "", is_first=True))
        together = Fraction(valid.number.value) + Fraction(spoilt.number.value)
        if abs(together - back.number.value) * _FEW_OFF > Fraction(back.number.value):
            continue
        holds = together == back.number.value
        yield make_sum(passage, valid.start, spoilt.end, Whole(back, noun, ""), parts, holds=holds)


def _leads(passage: Passage, token: Token, pattern: re.Pattern[str]) -> bool:
    return pattern.search(passage.text, max(0, token.start - _LONGEST_WORDS), token.start) is not None


def _came_back(passage: Passage, index: int) -> Token | None:
    """Return how many ballots came back, told before the valid ones."""
    valid = passage.tokens[index]
    for at in range(index - 1, max(-1, index - 5), -1):
        token = passage.tokens[at]
        if valid.start - token.end > _BALLOT_REACH:
            return None
        if _counts(token) and _leads(passage, token, _CAME_BACK):
            return token
    return None
