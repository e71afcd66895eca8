"""«187 đảng viên, trong đó nữ 92 đồng chí (49,2%), đoàn viên 121 đồng chí (64,7%)»: parts, each with its share.

One share alone may be of anything. Two and more that are of one number tell what the whole list is of: then one that
is of nothing else in the sentence is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from giaoban.reader.claims.base.nouns import Kind, may_add_up
from giaoban.reader.claims.base.numbers import Token, TokenKind
from giaoban.reader.claims.base.partition import leaves_out
from giaoban.reader.claims.base.passage import Passage, show
from giaoban.reader.claims.base.subject import Amount, amount_of, is_share_of
from giaoban.reader.claims.shares.shares_apart import is_of_another, part_over_bracket
from giaoban.reader.model import Claim, ClaimKind

_LEAD = re.compile(r"(?:\((?:chiếm |đạt |bằng )?|,? chiếm (?:đến |tới )?)(?:(?:tỷ|tỉ) lệ )?\Z")
_REACHED = re.compile(r"(?:đạt|bằng) (?:(?:tỷ|tỉ) lệ )?\Z")
_LONGEST_LEAD = 24
_WORDS = re.compile(r"[^.;:()\n\d%]{0,90}\Z")
_STEP = re.compile(r"(?:tăng|giảm|vượt|hụt|hơn|thiếu)(?: thêm| được| mới)? \Z")
_LONGEST_STEP = 12
_ENDS = re.compile(r"\s?(?:[.,;)\n]|và\b|\Z)|\s?(?:trên |trong |của )?(?:tổng )?số\b")
_OF_ALL = re.compile(r"\)?,? (?:trên |trong )?tổng (?:số )?\Z")
# «kết nạp 52 đảng viên. Trong đó, có 13 đảng viên nữ, …» goes on with the sentence before.
_AMONG_THEM = re.compile(r"\. Trong đó[,:]? ")
_LINE_ENDS = re.compile(r"\.\s*\n")
_LONGEST_GAP = 100
_REACH = 420
_FAR_REACH = 700
_MOST = 12
_FEWEST = 2
_ALL = 100


@dataclass(slots=True)
class _Item:
    """A part of a list with its share, and the index of the part among the numbers."""

    index: int
    part: Amount
    percent: Token

    @property
    def is_exact(self) -> bool:
        """Whether neither number is marked or doubtful."""
        return self.part.is_exact and self.percent.is_exact


def find_listed_shares(passage: Passage) -> Iterator[Claim]:
    """Yield the shares of lists that are of one number before them, as far as no other finder has told of them."""
    group: list[_Item] = []
    for index in passage.percents:
        if not index:
            continue
        item = _item(passage, index)
        if item is None:
            continue
        if group and _is_parted(passage, group[-1].percent.end, item.part.token.start):
            yield from _judge(passage, group)
            group = []
        group.append(item)
    yield from _judge(passage, group)


def _item(passage: Passage, index: int) -> _Item | None:
    percent, part, text = passage.tokens[index], passage.tokens[index - 1], passage.text
    lead = _LEAD.search(text, max(part.end, percent.start - _LONGEST_LEAD), percent.start)
    if lead is None or not _ENDS.match(text, percent.end):
        return None
    if not _WORDS.match(text, part.end, lead.start()):
        # «08 tổ chức (01 đảng bộ, 07 chi bộ), chiếm 15,7%»: what stands in brackets has no share.
        found = part_over_bracket(passage, lead.start())
        if found is None:
            return None
        part = found
    if part.kind is not TokenKind.COUNT or percent.start - part.end > _LONGEST_GAP:
        return None
    amount = amount_of(passage, part)
    is_step = _STEP.search(text, max(0, part.start - _LONGEST_STEP), part.start)
    place = passage.first_after(part.start)
    return None if is_step or amount.noun.kind is Kind.SPAN else _Item(place, amount, percent)


def _is_parted(passage: Passage, start: int, end: int) -> bool:
    is_far = end - start > _REACH or passage.sentence_end(start, end) < end
    # A line that ends with a full stop ends its list, a semicolon goes on with it.
    return is_far or _LINE_ENDS.search(passage.text, start, end) is not None


def _judge(passage: Passage, group: list[_Item]) -> Iterator[Claim]:
    if len(group) < _FEWEST:
        return
    before = _before(passage, group[0])
    like = [whole for whole in before if may_add_up(whole.noun, group[0].part.noun)]
    wholes = [*_whole_after(passage, group[-1]), *like]
    counted = [(sum(_agrees(item, whole) for item in group), whole) for whole in wholes]
    most, shared = max(counted, key=lambda pair: pair[0]) if counted else (0, None)
    if shared is None or not _is_told(group, most, shared):
        shared = _far_off(passage, group) if len(group) > _FEWEST or not before else None
        shared = shared or _divided(passage, group, like)
    own = [_own(item, before) for item in group]
    is_own = any(whole and _agrees(item, whole) for item, whole in zip(group, own, strict=True))
    for item, its in zip(group, own, strict=True):
        if item.percent.start in passage.told:
            continue
        # «96 cán bộ và 114 công chức; 84 cán bộ (87,5%), 109 công chức (95,6%)»: each is of its own noun.
        whole = its if its and (shared is None or not _agrees(item, shared)) and (is_own or shared) else shared
        if whole is None:
            continue
        if _agrees(item, whole):
            yield _claim(passage, item, whole, holds=True)
        elif (len(group) > 1 or shared) and _is_wrong(passage, item, group, whole, [*wholes, *before]):
            yield _claim(passage, item, whole, holds=False)


def _divided(passage: Passage, group: list[_Item], before: list[Amount]) -> Amount | None:
    """Return the number before a list that its parts make, and that a sum has said to be divided: their shares are of
    it, though none agrees."""
    together = sum((Fraction(_size(item.part)) for item in group), Fraction(0))
    # «49 (52,13%), 34 (36,17%), 6 (6,38%)» are of more than the 89 that are told of.
    said = sum((Fraction(item.percent.number.value) for item in group), Fraction(0))
    if abs(said - _ALL) >= 1:
        return None
    return next((one for one in before if one.token.start in passage.divided and _size(one) == together), None)


def _far_off(passage: Passage, group: list[_Item]) -> Amount | None:
    """Return the number that the shares of a list are of where it stands some sentences before: all parts make it, or
    all shares but one are of it; the shares have decimals, for whole ones fit by chance."""
    first = group[0].part
    start = first.token.start
    parts = sum((Fraction(_size(item.part)) for item in group), Fraction(0))
    begin = max(0, start - _FAR_REACH)
    for index in range(group[0].index - 1, -1, -1):
        token = passage.tokens[index]
        if token.start < begin:
            return None
        amount = amount_of(passage, token)
        is_count = token.kind is not TokenKind.PERCENT and amount.is_exact and amount.noun.kind is not Kind.SPAN
        if not is_count or not token.number.digits or amount.noun.scale != first.noun.scale:
            continue
        agree = [item for item in group if _agrees(item, amount)]
        telling = sum(not item.percent.number.is_whole for item in agree)
        is_all = Fraction(_size(amount)) == parts and len(agree) >= _FEWEST
        if is_all or (telling >= _FEWEST and len(agree) >= max(_FEWEST, len(group) - 1)):
            return amount
    return None


def _own(item: _Item, before: list[Amount]) -> Amount | None:
    """Return the nearest number before a list that counts just what a part of it counts, and is more."""
    noun = item.part.noun
    if noun.kind is None or noun.is_measure:
        return None
    return next((one for one in before if one.noun.head == noun.head and _size(one) > _size(item.part)), None)


def _before(passage: Passage, first: _Item) -> list[Amount]:
    """Return the exact counts before a list in its sentence, nearest first."""
    start = first.part.token.start
    begin = max(0, start - _REACH, passage.text.rfind("\n", 0, start) + 1)
    for stop in passage.stops(begin, start):
        if stop < start - 1 and not _AMONG_THEM.match(passage.text, stop):
            begin = stop + 1
    found: list[Amount] = []
    for index in range(first.index - 1, -1, -1):
        token = passage.tokens[index]
        if token.start < begin or len(found) == _MOST:
            break
        amount = amount_of(passage, token)
        # «38/38 tổ chức được xếp loại, trong đó …»: a fraction counts by its numerator.
        is_count = token.kind is not TokenKind.PERCENT and amount.is_exact and token.number.digits
        if is_count and amount.noun.kind is not Kind.SPAN:
            found.append(amount)
    return found


def _whole_after(passage: Passage, last: _Item) -> list[Amount]:
    """Return the count in «…, hoàn thành 08 đồng chí (2%) trên tổng số 405 đồng chí»."""
    index = passage.first_after(last.percent.end)
    token = passage.tokens[index] if index < len(passage.tokens) else None
    if token is None or token.kind is not TokenKind.COUNT or not token.number.digits:
        return []
    amount = amount_of(passage, token)
    is_whole = _OF_ALL.match(passage.text, last.percent.end, token.start) is not None
    return [amount] if is_whole and amount.is_exact and may_add_up(amount.noun, last.part.noun) else []


def _agrees(item: _Item, whole: Amount) -> bool:
    if not may_add_up(whole.noun, item.part.noun) or _size(item.part) > _size(whole):
        return False
    return item.is_exact and is_share_of(item.part, whole, item.percent.interval(is_count=False))


def _size(amount: Amount) -> Fraction | int:
    return amount.token.number.value * amount.noun.scale


def _is_told(group: list[_Item], most: int, whole: Amount) -> bool:
    """Tell whether a number is the whole of a list: two shares say so, or one of two that has decimals."""
    if most >= _FEWEST:
        return True
    return most == 1 and any(_agrees(item, whole) and not item.percent.number.is_whole for item in group)


def _is_wrong(passage: Passage, item: _Item, group: list[_Item], whole: Amount, wholes: list[Amount]) -> bool:
    """Tell whether a share that is not of the whole of its list is of nothing else either."""
    number = item.percent.number
    if _REACHED.search(passage.text, max(0, item.percent.start - _LONGEST_LEAD), item.percent.start):
        # «(đạt 80%)» may be of a plan.
        return False
    if not item.is_exact or number.value > _ALL or _size(item.part) > _size(whole):
        return False
    if not (item.part.noun.head or whole.noun.head) or leaves_out(passage.text[whole.token.end : item.percent.end]):
        return False
    if is_of_another(passage, item.part, whole, item.percent):
        return False
    others = [other.part for other in group if other is not item] + wholes
    said = item.percent.interval(is_count=False)
    return not any(is_share_of(item.part, other, said) for other in others if other.token.number.digits)


def _claim(passage: Passage, item: _Item, whole: Amount, *, holds: bool) -> Claim:
    part, percent = item.part.token, item.percent
    places = len(percent.number.text.partition(",")[2]) + 1
    share = show(Fraction(_size(item.part) * 100) / Fraction(_size(whole)), places)
    said = f"{part.number.text}/{whole.token.number.text} = {share}%, "
    explain = said + ("đúng như " if holds else "") + f"văn bản ghi {percent.number.text}%"
    numbers = (part.number, whole.token.number, percent.number)
    passage.told.add(percent.start)
    return passage.claim(part.start, percent.end, ClaimKind.RATIO, numbers, holds, explain)
