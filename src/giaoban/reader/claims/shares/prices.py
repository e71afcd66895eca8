"""«84 hộ, mỗi hộ 500.000 đồng: 42 triệu đồng», «215 suất quà trị giá 107,5 triệu đồng (500.000 đồng/suất)», «18 tổ, 126
thành viên (mỗi tổ 7 người)»: how many, what falls to each, and what it comes to.

They are compared where the text joins the three and nothing else stands between; wrong ones only where «mỗi …» or the
price stands right behind the number that it is of and right before the amount.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from giaoban.reader.claims.base.intervals import is_share
from giaoban.reader.claims.base.nouns import Kind, may_add_up
from giaoban.reader.claims.base.numbers import Token, TokenKind
from giaoban.reader.claims.base.passage import Passage, show
from giaoban.reader.claims.base.subject import Amount, amount_of
from giaoban.reader.model import Claim, ClaimKind
from giaoban.reader.places import places_of

_EACH = re.compile(r"[mM]ỗi (?P<each>[^\W\d_]+)(?: [^\W\d_]+)?(?: (?:là|được|có|hỗ trợ|nhận|trị giá|tặng))? \Z")
_PER = re.compile(r" ?(?:tỷ |triệu |nghìn |ngàn )?đồng ?/ ?(?P<each>[^\W\d_]+)(?![^\W\d_]|/| ?/)")
_LONGEST_EACH = 34
_LEADS_TO = re.compile(
    r"[^.;,()\n\d%]{0,30}\)?(?::|, (?:tổng(?: cộng| số| trị giá| giá trị)?|hết|trị giá|thành tiền|tương đương|là)"
    r"[^.;,()\n\d%]{0,24}| (?:tổng trị giá|tổng số tiền|với tổng (?:số tiền|trị giá))[^.;,()\n\d%]{0,12}) ?\Z"
)
_BEHIND = re.compile(r"[^.;()\n\d%]{0,24}\(\Z|[^.;()\n\d%]{0,24}, \Z")
_TIMES = frozenset({"năm", "tháng", "quý", "tuần", "ngày", "kỳ", "vụ", "giờ"})
_REACH = 150
_MOST = 6
_FEW_OFF = 20


def find_prices(passage: Passage) -> Iterator[Claim]:
    """Yield such products of one flow that no other finder has told of."""
    text = passage.text
    done: set[int] = set()
    for place in places_of(text, "ỗi "):
        index = passage.first_after(place)
        token = passage.tokens[index] if index < len(passage.tokens) else None
        if token is None or token.start - place > _LONGEST_EACH:
            continue
        each = _EACH.search(text, max(0, place - 1), token.start)
        if each is not None and index not in done:
            done.add(index)
            yield from _judge(passage, index, each.start(), each["each"])
    for place in passage.places("đồng/"):
        index = passage.first_after(place) - 1
        token = passage.tokens[index] if index >= 0 else None
        per = _PER.match(text, token.end) if token is not None else None
        if per is not None and index not in done:
            done.add(index)
            assert token is not None
            yield from _judge(passage, index, token.start, per["each"])


def _judge(passage: Passage, index: int, start: int, each: str) -> Iterator[Claim]:
    price = amount_of(passage, passage.tokens[index])
    is_count = price.token.kind is TokenKind.COUNT and price.is_exact and price.token.start not in passage.told
    if not is_count or not price.noun.head or price.noun.kind is Kind.SPAN or each.lower() in _TIMES:
        return
    count = _count_before(passage, index, each.lower())
    if count is None:
        return
    for total, is_sure in _totals(passage, index, start, count, price):
        said = price.token.interval(is_count=False).scaled(100 * price.noun.scale)
        product = Fraction(count.token.number.value) * price.token.number.value * price.noun.scale
        off = abs(product / total.noun.scale - total.token.number.value)
        # «5 giải, mỗi giải 2 triệu đồng» are not «5 triệu đồng», however that was rounded.
        holds = is_share(total.value, count.value, said) and off * _FEW_OFF <= total.token.number.value
        if holds or is_sure:
            yield _claim(passage, count, price, total, holds=holds)
            return


def _count_before(passage: Passage, index: int, each: str) -> Amount | None:
    """Return the nearest number before a price that counts what it is for, in its sentence."""
    start = passage.tokens[index].start
    for at in range(index - 1, max(-1, index - _MOST), -1):
        token = passage.tokens[at]
        if start - token.end > _REACH or "\n" in passage.text[token.end : start]:
            return None
        amount = amount_of(passage, token)
        if token.kind is TokenKind.COUNT and amount.noun.head.partition(" ")[0] == each:
            is_near = passage.sentence_end(token.end, start) == start
            return amount if is_near and amount.is_exact and token.number.digits else None
    return None


def _totals(passage: Passage, index: int, start: int, count: Amount, price: Amount) -> Iterator[tuple[Amount, bool]]:
    """Yield the amounts that a price times a number may come to: behind it, or between the two."""
    text, tokens = passage.text, passage.tokens
    behind = tokens[index + 1] if index + 1 < len(tokens) else None
    if behind is not None and behind.start - price.token.end <= _REACH and _fits(passage, behind, price):
        # The price leads on to what it comes to.
        at = _PER.match(text, price.token.end)
        first = at.end() if at else price.token.end
        if _LEADS_TO.fullmatch(text, first, behind.start):
            is_beside = tokens[index - 1] is count.token and _BEHIND.fullmatch(text, count.token.end, start) is not None
            yield amount_of(passage, behind), is_beside
    for token in reversed(tokens[max(0, index - _MOST) : index]):
        is_near = start - token.end <= _REACH and passage.sentence_end(token.end, start) == start
        if is_near and token.start > count.token.start and _fits(passage, token, price):
            yield amount_of(passage, token), False


def _fits(passage: Passage, token: Token, price: Amount) -> bool:
    amount = amount_of(passage, token)
    if token.kind is not TokenKind.COUNT or not amount.is_exact or not token.number.digits:
        return False
    if amount.noun.is_measure or price.noun.is_measure:
        return amount.noun.head == price.noun.head and amount.noun.kind is price.noun.kind
    return bool(amount.noun.head) and may_add_up(amount.noun, price.noun)


def _claim(passage: Passage, count: Amount, price: Amount, total: Amount, *, holds: bool) -> Claim:
    product = Fraction(count.token.number.value) * price.token.number.value * price.noun.scale / total.noun.scale
    said = f"{count.token.number.text} x {price.token.number.text} = {show(product)}"
    unit = f" {total.noun.label}" if total.noun.label and total.noun.scale != price.noun.scale else ""
    explain = f"{said}{unit}, {'đúng như ' if holds else ''}văn bản ghi {total.token.number.text}"
    tokens = (count.token, price.token, total.token)
    start, end = min(token.start for token in tokens), max(token.end for token in tokens)
    numbers = (count.token.number, price.token.number, total.token.number)
    return passage.claim(start, end, ClaimKind.RATIO, numbers, holds, explain)
