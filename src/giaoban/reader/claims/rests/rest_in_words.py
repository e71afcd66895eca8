"""«560/562 thí sinh đỗ, hai em trượt», «9 thôn, đã có 7 thôn đạt chuẩn; hai thôn còn lại»: what is left, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from giaoban.reader.claims.base.nouns import Kind, noun_after
from giaoban.reader.claims.base.numbers import Number, TokenKind
from giaoban.reader.claims.base.partition import leaves_out
from giaoban.reader.claims.base.passage import Passage, show
from giaoban.reader.claims.sums.in_words import NUMBER_WORDS, value_of_words
from giaoban.reader.model import Claim, ClaimKind
from giaoban.reader.places import places_of_any

_REST = re.compile(
    rf"[,;.(] ?(?P<lead>(?:hiện |nay |vẫn )*(?:chỉ )?còn(?: lại)? |số còn lại là )?(?P<words>{NUMBER_WORDS}) "
    r"(?P<noun>[^\W\d_]+(?: [^\W\d_]+)?)(?P<behind>[^.;,()\n\d%]{0,40})",
    re.IGNORECASE,
)
_LEFT = re.compile(r" (?:còn lại|chưa|không|trượt|vắng|hỏng|trễ hạn|quá hạn|khuyết)\b")
_OTHER = re.compile(r"tăng|giảm|so với|trong đó|gồm|riêng|ngoài ra|nữ|\bcó\b.*\bcó\b", re.IGNORECASE)
_ANCHORS = ("còn ", " chưa ", " trượt", " vắng")
_NUMBERS = ("một ", "hai ", "ba ", "bốn ", "năm ", "sáu ", "bảy ", "tám ", "chín ", "mười ", "mươi ")
_BACK, _AHEAD, _REACH = 40, 30, 120
_LONGEST_ANCHOR = max(map(len, _ANCHORS))
_SMALLEST = 1


def find_rest_in_words(passage: Passage) -> Iterator[Claim]:
    """Yield what is left of a fraction, or of a number and a part of it, where it is told in words and is right."""
    text, done = passage.text, 0
    for index, place in _anchors(passage):
        if place < done:
            continue
        first = max(passage.tokens[index].end, place - _BACK)
        near = text[first : place + _AHEAD].lower()
        if not any(word in near for word in _NUMBERS):
            continue
        for found in _REST.finditer(text, first, min(len(text), place + _AHEAD)):
            if found["lead"] or _LEFT.search(f" {found['noun']}{found['behind']}"):
                claim = _judge(passage, index, found)
                if claim is not None:
                    yield claim
                    done = place + _AHEAD
                break


def _anchors(passage: Passage) -> Iterator[tuple[int, int]]:
    """Yield the indices of numbers with the places of such words behind them: there are fewer numbers than words."""
    text, starts = passage.text, passage.starts
    for index, token in enumerate(passage.tokens):
        last = token.end + _REACH
        if index + 1 < len(starts):
            last = min(last, starts[index + 1])
        # Words are found many times faster than their places.
        near = text[token.end : last + _LONGEST_ANCHOR]
        if "còn " in near or " chưa " in near or " trượt" in near or " vắng" in near:
            places = (token.end + place for place in places_of_any(near, _ANCHORS))
            yield from ((index, place) for place in places if place <= last)


def _judge(passage: Passage, index: int, found: re.Match[str]) -> Claim | None:
    tokens, text = passage.tokens, passage.text
    while index >= 0 and tokens[index].kind is TokenKind.PERCENT:
        index -= 1
    if index < 0 or found.start() - tokens[index].end > _REACH:
        return None
    left = value_of_words(found["words"])
    last = tokens[index]
    if last.kind is TokenKind.FRACTION and last.second is not None:
        whole, part, start = last.second, last.number, last.start
    elif index and tokens[index - 1].kind is TokenKind.COUNT and last.kind is TokenKind.COUNT:
        whole, part, start = tokens[index - 1].number, last.number, tokens[index - 1].start
        if passage.noun(tokens[index - 1]).head.partition(" ")[0] != passage.noun(last).head.partition(" ")[0]:
            return None
    else:
        return None
    noun = passage.noun(last)
    own = noun_after(text, found.start("noun") - 1)
    is_alike = noun.head.partition(" ")[0] == own.head.partition(" ")[0] or noun.kind is own.kind is Kind.PERSON
    between = text[last.end : found.start()]
    is_exact = last.is_exact and not whole.is_doubtful
    if not is_exact or not is_alike or left < _SMALLEST or _OTHER.search(between) or leaves_out(between):
        return None
    if passage.sentence_end(last.end, found.start()) < found.start() or whole.value - part.value != left:
        return None
    explain = f"{whole.text} - {part.text} = {show(left)}, đúng như văn bản ghi {found['words']}"
    numbers = (whole, part, Number(left, 1, found["words"]))
    return passage.claim(start, found.end("noun"), ClaimKind.SUM, numbers, True, explain)
