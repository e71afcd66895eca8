"""«Tổng dư nợ 1.846 tỷ đồng; …; nợ quá hạn 2,2 tỷ đồng, chiếm 0,12% tổng dư nợ»: a share of a total that is named
again.

The name leads back to its number, however much stands between. Where the number does not stand right behind the name,
where several do, or where it is called no total, such a share can only be confirmed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from giaoban.reader.claims.base.nouns import Kind, may_add_up
from giaoban.reader.claims.base.numbers import Token, TokenKind
from giaoban.reader.claims.base.partition import leaves_out
from giaoban.reader.claims.base.passage import Passage, show
from giaoban.reader.claims.base.subject import Amount, amount_of, is_share_of
from giaoban.reader.claims.changes.change import EARLIER, PLANNED
from giaoban.reader.model import Claim, ClaimKind

_TOTAL = re.compile(
    rf" ?(?:(?:trong|trên|so với|của) )?(?P<total>[tT]ổng )?(?:số )?(?!{EARLIER}|{PLANNED})"
    r"(?P<name>[^\W\d_]+(?: [^\W\d_]+){0,4}?)"
    r"(?= (?:toàn|của|trên địa bàn|trong|cả|hiện)\b|[.,;)\n]|\Z)"
)
_SHARE = re.compile(r"(?:,? ?\(?|,? )(?:chiếm|bằng)(?: (?:tỷ|tỉ) lệ)? ?\Z")
_WORDS = re.compile(r"[^.;()\n\d%]{0,90}\Z")
_SAID = r"(?: (?:ước|hiện|đến nay|toàn (?:tỉnh|huyện|xã|phường|ngành)|trên địa bàn|là|đạt|có|:)){0,4}:? \Z"
_LONGEST_LEAD = 80
_LONGEST_SHARE = 24
_LONGEST_GAP = 120
_REACH = 700


def find_named_totals(passage: Passage) -> Iterator[Claim]:
    """Yield the shares of totals named again that no other finder has told of."""
    text = passage.text
    for index in range(1, len(passage.tokens)):
        percent = passage.tokens[index]
        if percent.kind is not TokenKind.PERCENT or percent.start in passage.told:
            continue
        named = _TOTAL.match(text, percent.end)
        part = passage.tokens[index - 1]
        if named is None or part.kind is not TokenKind.COUNT or percent.start - part.end > _LONGEST_GAP:
            continue
        share = _SHARE.search(text, max(part.end, percent.start - _LONGEST_SHARE), percent.start)
        amount = amount_of(passage, part)
        if share is None or not amount.is_exact or not _WORDS.match(text, part.end, share.start()):
            continue
        if not named["total"] and " " not in named["name"]:
            continue
        claim = _of_total(passage, index, amount, named["name"].lower(), is_total=named["total"] is not None)
        if claim is not None:
            yield claim


def _of_total(passage: Passage, index: int, part: Amount, name: str, *, is_total: bool) -> Claim | None:
    percent = passage.tokens[index]
    if percent.mark is not None or percent.number.is_doubtful:
        return None
    said = percent.interval(is_count=False)
    wholes = list(_wholes(passage, index - 1, part, name))
    for whole, _ in wholes:
        if is_share_of(part, whole, said):
            return _claim(passage, part, whole, percent, holds=True)
    sure = [whole for whole, is_sure in wholes if is_sure]
    values = {_size(whole) for whole, _ in wholes}
    if not is_total or not sure or len(values) > 1 or leaves_out(passage.text[part.token.start : percent.end]):
        return None
    return _claim(passage, part, sure[0], percent, holds=False)


def _wholes(passage: Passage, index: int, part: Amount, name: str) -> Iterator[tuple[Amount, bool]]:
    """Yield the numbers before a part that a name is of, nearest first, and whether the name says that it is the
    total."""
    text = passage.text
    lead = re.compile(rf"(?<!\w)(?:tổng )?(?:số )?{re.escape(name)}{_SAID}", re.IGNORECASE)
    for at in range(index - 1, -1, -1):
        token = passage.tokens[at]
        if part.token.start - token.end > _REACH:
            return
        if token.kind is not TokenKind.COUNT:
            continue
        whole = amount_of(passage, token)
        is_more = whole.is_exact and token.number.digits and _size(whole) >= _size(part)
        if not is_more or whole.noun.kind is Kind.SPAN or not may_add_up(whole.noun, part.noun):
            continue
        if lead.search(text, max(0, token.start - _LONGEST_LEAD), token.start):
            yield whole, True
        elif whole.noun.phrase.startswith(name):
            # What a sum divides, and what it is divided into, are a whole and its part.
            yield whole, token.start in passage.divided and part.token.start in passage.summed


def _size(amount: Amount) -> Fraction | int:
    return amount.token.number.value * amount.noun.scale


def _claim(passage: Passage, part: Amount, whole: Amount, percent: Token, *, holds: bool) -> Claim:
    places = len(percent.number.text.partition(",")[2]) + 1
    value = Fraction(_size(part) * 100) / Fraction(_size(whole))
    said = f"{part.token.number.text}/{whole.token.number.text} = {show(value, places)}%, "
    explain = said + ("đúng như " if holds else "") + f"văn bản ghi {percent.number.text}%"
    numbers = (part.token.number, whole.token.number, percent.number)
    passage.told.add(percent.start)
    return passage.claim(part.token.start, percent.end, ClaimKind.RATIO, numbers, holds, explain)
