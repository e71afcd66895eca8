"""Numbers right behind another one that make it up, and what is left of it.

«2.150 thẻ cho hộ nghèo (1.240 thẻ), cận nghèo (615 thẻ), người già (295 thẻ)»; «34 đồng chí thì 20 về huyện, còn lại
14»; «38/95 hộ đã di dời, vẫn còn 57 hộ».

Parts that no word announces only ever confirm: other numbers may follow a number too. What «còn lại» says is left must
be left.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from giaoban.reader.claims.base.nouns import Kind, might_add_up
from giaoban.reader.claims.base.numbers import Number, Token, TokenKind
from giaoban.reader.claims.base.partition import leaves_out, may_overlap
from giaoban.reader.claims.base.parts import Part, make_up
from giaoban.reader.claims.base.passage import Passage, show
from giaoban.reader.claims.sums.verdict import make_sum
from giaoban.reader.claims.sums.wholes import Whole
from giaoban.reader.model import Claim, ClaimKind

_STEP = re.compile(r"(?:tăng|giảm|vượt|hụt|hơn|thiếu|cùng kỳ|kế hoạch|chỉ tiêu|giao|so với)[^\d.;]{0,24}\Z")
_LONGEST_STEP = 40
_SIGN = re.compile(r"[.,;:()\n\d%]")
_LONGEST_WORDS = 60
_BETWEEN = re.compile(r"[,;:()]| và | thì | có ")
_LEFT = re.compile(r"(?:\bcòn lại|\bsố còn lại)(?: là| có)? \Z")
_STILL = re.compile(r"[,;.] (?:hiện |nay )?(?:vẫn )?còn(?: lại)?(?: là)? \Z")
# «…, trung học phổ thông 48 đồng chí, còn lại trung học cơ sở»: what is named is not all.
_REST_BEHIND = re.compile(r"[,;] (?:số )?còn lại[^\d.;]*\Z")
_DIVIDED = re.compile(r"\b(?:thì|có|gồm|trong đó)\b")
_LONGEST_LEFT = 24
_REACH = 320
_GAP = 130
_WITH = (" với ", " trị giá ", " số tiền ")
_MOST = 9
_FEWEST = 2
_AT_START = re.compile(r"(?:\.\s{1,4}|[tT]rong đó[,:]? )(?:[cC]ó )?\Z")
_LEAD = 16
_AMONG = re.compile(r"\.?\s{1,4}[tT]rong đó\b")
# A sum of numbers of four digits is none by chance.
_TELLING, _TELLING_OF_MANY = 1000, 100
# Two small numbers make a third by chance too often.
_SMALLEST = 20
_SMALLEST_OF_MANY = 10


def find_runs(passage: Passage) -> Iterator[Claim]:
    """Yield the sums of one flow that no other finder has told of."""
    for index, token in enumerate(passage.tokens):
        if token.mark is not None or token.number.is_doubtful:
            continue
        if token.kind is TokenKind.FRACTION:
            claim = _rest_of_fraction(passage, index)
        elif token.kind is TokenKind.COUNT and token.start not in passage.summed:
            claim = _rest(passage, index) or _run(passage, index)
        else:
            continue
        if claim is not None:
            yield claim


def _run(passage: Passage, index: int) -> Claim | None:
    token = passage.tokens[index]
    noun = passage.noun(token)
    if token.number.value < _SMALLEST_OF_MANY or noun.kind is Kind.SPAN or _is_step(passage, token):
        return None
    whole = Whole(token, noun, "")
    following = _in_its_sentence(passage, index)
    # Parts stand all in brackets or all outside them.
    for inside in (False, True) if len(following) >= _FEWEST else ():
        listed = list(_as_parts(passage, token, following, inside=inside))
        for count in range(_FEWEST, len(listed) + 1):
            parts, part = listed[:count], listed[count - 1]
            if inside and may_overlap(tuple(listed)) and _goes_on_alike(listed, count):
                # «(32 đảng viên người dân tộc, 35 đảng viên trong độ tuổi Đoàn, 33 đảng viên nữ)».
                continue
            if _makes(whole, tuple(parts)):
                behind = passage.text[part.token.end : passage.sentence_end(part.token.end, part.token.end + _GAP)]
                if leaves_out(passage.text[token.end : part.token.end]) or _REST_BEHIND.search(behind):
                    return None
                return make_sum(passage, token.start, part.token.end, whole, tuple(parts), holds=True)
    return _in_next_sentence(passage, index, whole) or _in_sentences(passage, index, whole)


def _goes_on_alike(listed: list[Part], count: int) -> bool:
    """Tell whether another number of the same things stands behind the first ones of a list."""
    return count < len(listed) and listed[count].noun.root == listed[0].noun.root != ""


def _in_next_sentence(passage: Passage, index: int, whole: Whole) -> Claim | None:
    """Read «128 mô hình. Trên lĩnh vực kinh tế có 41 mô hình, văn hóa 52 mô hình, …»: the numbers of a whole sentence
    that count the same."""
    text, token = passage.text, whole.token
    head, tokens = whole.noun.root, passage.tokens
    if not head or index + _FEWEST >= len(tokens):
        return None
    beside, noun = index + 1, passage.noun(tokens[index + 1])
    while noun.kind is Kind.SPAN and beside + _FEWEST < len(tokens):
        beside += 1
        noun = passage.noun(tokens[beside])
    # Most numbers have another neighbour.
    if noun.root != head:
        return None
    end = passage.sentence_end(token.end, min(len(text), token.end + _GAP))
    if end + 2 >= len(text):
        return None
    following = passage.between(end, passage.sentence_end(end + 2, min(len(text), end + 3 * _REACH)))
    # «2 đảng viên 65 năm tuổi Đảng (trong đó 01 đồng chí truy tặng)»: an age counts nothing, nor does one of them.
    following = [
        one for one in following if not _is_age(passage, one) and not text.endswith("(trong đó ", 0, one.start)
    ]
    is_last = tokens[beside].start > end
    if not is_last or not _FEWEST < len(following) <= _MOST or not whole.noun.root:
        return None
    parts = tuple([Part(one, passage.noun(one), "", is_first=False) for one in following])
    are_parts = all(
        part.token.kind is TokenKind.COUNT and part.token.mark is None and part.noun.root == whole.noun.root
        for part in parts
    )
    if not are_parts or not _makes(whole, parts):
        return None
    return make_sum(passage, token.start, following[-1].end, whole, parts, holds=True)


def _is_age(passage: Passage, token: Token) -> bool:
    return passage.noun(token).kind is Kind.SPAN


def _in_sentences(passage: Passage, index: int, whole: Whole) -> Claim | None:
    """Read «60.711 tấn, đạt 112% kế hoạch. Trong đó, khai thác 50.706 tấn, tăng 2%. Nuôi trồng đạt 10.005 tấn»."""
    text, token = passage.text, whole.token
    if token.number.digits < _SMALLEST_OF_MANY or not whole.noun.root:
        return None
    # Two numbers make a small one by chance.
    is_many = _TELLING_OF_MANY <= token.number.digits < _TELLING
    fewest = _FEWEST + is_many
    places = passage.places("rong đó")
    at = bisect_left(places, token.end)
    if at >= len(places) or places[at] - token.end > (_REACH if token.number.digits >= _TELLING_OF_MANY else _GAP):
        return None
    end = passage.sentence_end(token.end, min(len(text), token.end + _REACH))
    if not _AMONG.match(text, end):
        return None
    parts: list[Part] = []
    for part in passage.tokens[index + 1 : index + 2 * _MOST]:
        if part.start - end > 2 * _REACH or len(parts) > _FEWEST:
            break
        own = passage.noun(part)
        if part.start < end or part.kind is TokenKind.PERCENT or own.root != whole.noun.root or _is_step(passage, part):
            continue
        if part.kind is not TokenKind.COUNT or part.mark is not None or part.number.value >= token.number.value:
            return None
        if token.number.digits < _TELLING_OF_MANY and not _AT_START.search(
            text, max(0, part.start - _LEAD), part.start
        ):
            # «13 dự án. Trong đó, 8 dự án mới với 1,4 tỷ USD. 5 dự án tăng vốn»: small numbers begin their sentences.
            return None
        parts.append(Part(part, own, "", is_first=False))
        if len(parts) >= fewest and make_up(tuple(parts), token, whole.noun):
            return make_sum(passage, token.start, part.end, whole, tuple(parts), holds=True)
    return None


def _in_its_sentence(passage: Passage, index: int) -> list[Token]:
    """Return the numbers behind one in its sentence, as many as a list may have."""
    token = passage.tokens[index]
    following = passage.tokens[index + 1 : index + 2 * _MOST]
    limit = min(len(passage.text), token.end + _REACH)
    # Behind most numbers no other is near enough.
    if len(following) < _FEWEST or following[_FEWEST - 1].start >= limit:
        return []
    end = passage.sentence_end(token.end, limit)
    return [part for part in following if part.start < end]


def _as_parts(passage: Passage, token: Token, following: list[Token], *, inside: bool) -> Iterator[Part]:
    """Yield the counts behind a number, in brackets or outside them, as far as each may be a part."""
    text, noun = passage.text, passage.noun(token)
    depth, done, before = 0, token.end, token.end
    for part in following:
        depth += text.count("(", done, part.start) - text.count(")", done, part.start)
        done = part.start
        if part.kind is TokenKind.PERCENT or (depth > 0) is not inside:
            continue
        own = passage.noun(part)
        if own.kind is Kind.SPAN or (own.is_measure and not noun.is_measure and text.endswith(_WITH, 0, part.start)):
            # «8 đảng viên 55 năm tuổi Đảng», «phạt tiền 1.240 trường hợp với 2,35 tỷ đồng»
            continue
        is_odd = part.kind is not TokenKind.COUNT or part.mark is not None
        if (
            is_odd
            or part.start - before > _GAP
            or part.start in passage.summed
            or part.number.value > token.number.value
        ):
            return
        if not might_add_up(noun, own) or not _BETWEEN.search(text, before, part.start) or _is_step(passage, part):
            return
        lead = _SIGN.split(text[max(before, part.start - _LONGEST_WORDS) : part.start])[-1]
        yield Part(part, own, lead.strip().lower(), is_first=not lead.strip())
        before = part.end


def _makes(whole: Whole, parts: tuple[Part, ...]) -> bool:
    heads, head = {part.noun.root for part in parts}, whole.noun.root
    is_alike = len(heads) == 1
    if len(parts) == _FEWEST:
        if whole.token.number.value < _SMALLEST or not is_alike:
            return False
        if heads != {head} and heads != {""}:
            return False
    elif not is_alike and not heads <= {"", head}:
        return False
    return make_up(parts, whole.token, whole.noun)


def _is_step(passage: Passage, token: Token) -> bool:
    return _STEP.search(passage.text, max(0, token.start - _LONGEST_STEP), token.start) is not None


def _rest(passage: Passage, index: int) -> Claim | None:
    """Read «34 đồng chí được luân chuyển thì 20 đồng chí về huyện, còn lại 14 đồng chí»."""
    tokens, text = passage.tokens, passage.text
    if index + 2 >= len(tokens):
        return None
    whole, part, rest = tokens[index : index + 3]
    # Words are found many times faster than the pattern.
    if "còn lại" not in text[max(0, rest.start - _LONGEST_LEFT) : rest.start]:
        return None
    if any(one.kind is not TokenKind.COUNT or one.mark or one.number.is_doubtful for one in (part, rest)):
        return None
    if rest.start - whole.end > _REACH or not _LEFT.search(text, max(0, rest.start - _LONGEST_LEFT), rest.start):
        return None
    nouns = [passage.noun(one) for one in (whole, part, rest)]
    heads = {noun.head for noun in nouns if noun.head}
    between = text[whole.end : rest.start]
    if len(heads) != 1 or not nouns[0].head or nouns[0].kind is Kind.SPAN or leaves_out(between):
        return None
    if passage.sentence_end(whole.end, rest.start) < rest.start or _is_step(passage, part) or _is_step(passage, whole):
        return None
    parts = tuple(Part(one, nouns[0], "", is_first=True) for one in (part, rest))
    found = Whole(whole, nouns[0], between)
    holds = make_up(parts, whole, nouns[0])
    is_odd = ";" in between or part.number.value > whole.number.value or may_overlap(parts)
    if not holds and (is_odd or not _divides(text, whole, part) or _goes_on(passage, index + 3, rest)):
        return None
    return make_sum(passage, whole.start, rest.end + len(nouns[2].head) + 1, found, parts, holds)


def _divides(text: str, whole: Token, part: Token) -> bool:
    """Tell whether words say that a number is a part of the one before it: «34 đồng chí thì 20 đồng chí …»."""
    return _DIVIDED.search(text, whole.end, part.start) is not None


def _goes_on(passage: Passage, index: int, rest: Token) -> bool:
    """Tell whether another number follows what is left in its sentence: there may be a third part."""
    if index >= len(passage.tokens):
        return False
    following = passage.tokens[index].start
    return following - rest.end < _REACH and passage.sentence_end(rest.end, following) == following


def _rest_of_fraction(passage: Passage, index: int) -> Claim | None:
    """Read «38/95 hộ đã di dời, đạt 40%; vẫn còn 57 hộ chưa di dời»."""
    fraction, text = passage.tokens[index], passage.text
    assert fraction.second is not None
    noun = passage.noun(fraction)
    left = fraction.second.value - fraction.number.value
    if noun.kind in (None, Kind.SPAN) or noun.is_measure or left < 0 or fraction.second.is_doubtful:
        return None
    for rest in passage.tokens[index + 1 : index + 3]:
        if rest.kind is TokenKind.PERCENT:
            continue
        is_still = _STILL.search(text, max(fraction.end, rest.start - _LONGEST_LEFT), rest.start)
        if rest.kind is not TokenKind.COUNT or rest.mark or is_still is None or rest.start - fraction.end > _GAP:
            return None
        own = passage.noun(rest)
        if own.head.partition(" ")[0] != noun.head.partition(" ")[0] or leaves_out(text[fraction.end : rest.end]):
            return None
        # «còn 02 xã đặc biệt khó khăn» counts something else than those that are left.
        behind = own.phrase.removeprefix(own.head).strip()
        if behind and not behind.startswith(("chưa", "không", "đang", "vẫn", "tiếp tục")):
            return None
        if rest.number.value == left:
            # Nobody takes what is left for a statement of its own, unless it is wrong.
            return None
        explain = f"{fraction.second.text} - {fraction.number.text} = {show(left)}, văn bản ghi còn {rest.number.text}"
        numbers: tuple[Number, ...] = (fraction.second, fraction.number, rest.number)
        end = rest.end + len(noun.head) + 1
        return passage.claim(fraction.start, end, ClaimKind.SUM, numbers, False, explain)
    return None
