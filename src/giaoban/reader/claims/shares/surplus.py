"""«giới thiệu 18 đồng chí để bầu lấy 15 đồng chí, số dư 3 đồng chí (20%)»: by how many more stand for election than are
to be elected, of those to be elected."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from giaoban.reader.claims.base.intervals import is_share
from giaoban.reader.claims.base.nouns import Kind
from giaoban.reader.claims.base.numbers import Number, Token, TokenKind
from giaoban.reader.claims.base.passage import Passage, show
from giaoban.reader.claims.base.subject import Amount
from giaoban.reader.model import Claim, ClaimKind

_LINK = re.compile(r"(?: (?:là|đạt|bằng|chiếm))?(?: (?:tỷ|tỉ) lệ)?:? ?\(?")
_AND_SHARE = re.compile(r"[^.;,()\n\d%]{0,30}(?:,? \(?(?:(?:chiếm|đạt|bằng|tương ứng|tỷ lệ|tỉ lệ) ?){0,2})")
_ELECTS = re.compile(r"\bbầu\b")
_REACH, _GAP = 200, 90


def find_surplus(passage: Passage) -> Iterator[Claim]:
    """Yield such statements of one flow."""
    for place in passage.places("số dư "):
        index = passage.first_after(place)
        pair = _pair(passage, index, place)
        token = passage.tokens[index] if index < len(passage.tokens) else None
        if pair is None or token is None or not _LINK.fullmatch(passage.text, place + len("số dư"), token.start):
            continue
        stand, elected = pair
        more = stand.number.value - elected.number.value
        if token.kind is TokenKind.PERCENT:
            yield from _share(passage, stand, elected, token)
        elif token.kind is TokenKind.COUNT and token.is_exact:
            said = f"{stand.number.text} - {elected.number.text} = {show(more)}"
            holds = more == token.number.value
            explain = f"{said}, {'đúng như ' if holds else ''}văn bản ghi {token.number.text}"
            numbers = (stand.number, elected.number, token.number)
            end = token.end + passage.noun(token).width
            yield passage.claim(stand.start, end, ClaimKind.SUM, numbers, holds, explain)
            percent = passage.tokens[index + 1] if index + 1 < len(passage.tokens) else None
            is_beside = percent is not None and _AND_SHARE.fullmatch(passage.text, token.end, percent.start)
            if percent is not None and is_beside and percent.kind is TokenKind.PERCENT and holds:
                yield from _share(passage, stand, elected, percent)


def _pair(passage: Passage, index: int, place: int) -> tuple[Token, Token] | None:
    """Return how many stand for election and how many are to be elected: the two persons' counts before a place."""
    found: list[Token] = []
    for at in range(index - 1, max(-1, index - 5), -1):
        token = passage.tokens[at]
        noun = passage.noun(token)
        if place - token.end > _REACH or len(found) == 2:
            break
        if token.kind is TokenKind.COUNT and token.is_exact and noun.kind in (Kind.PERSON, None):
            found.append(token)
    if len(found) < 2 or passage.sentence_end(found[1].end, place) < place:
        return None
    elected, stand = found
    is_told = _ELECTS.search(passage.text, stand.end, elected.start) and place - elected.end <= _GAP
    nouns = {passage.noun(token).kind for token in found}
    return (stand, elected) if is_told and nouns == {Kind.PERSON} and _is_more(stand, elected) else None


def _is_more(stand: Token, elected: Token) -> bool:
    return 0 < elected.number.value <= stand.number.value <= 2 * elected.number.value


def _share(passage: Passage, stand: Token, elected: Token, percent: Token) -> Iterator[Claim]:
    noun = passage.noun(elected)
    more = stand.number.digits - elected.number.digits
    said, whole = percent.interval(is_count=False), Amount(elected, noun)
    over = Token(TokenKind.COUNT, stand.start, stand.end, Number(more, 1, str(more)))
    holds = is_share(Amount(over, noun).value, whole.value, said)
    # Some take it of those who stand.
    if percent.start in passage.told or not percent.is_exact:
        return
    if not holds and is_share(Amount(over, noun).value, Amount(stand, noun).value, said):
        return
    value = show(Fraction(more * 100, elected.number.digits), len(percent.number.text.partition(",")[2]) + 1)
    explain = (
        f"({stand.number.text} - {elected.number.text})/{elected.number.text} = {value}%, "
        f"{'đúng như ' if holds else ''}văn bản ghi {percent.number.text}%"
    )
    numbers = (stand.number, elected.number, percent.number)
    yield passage.claim(stand.start, percent.end, ClaimKind.RATIO, numbers, holds, explain)
