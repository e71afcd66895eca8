"""«108 đảng viên (trong đó 33 hồ sơ chuyển đến, 59 hồ sơ chuyển đi, 22 hồ sơ chuyển nội bộ)»: a whole and its parts."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator
from dataclasses import replace

from giaoban.reader.claims.base.nouns import Kind
from giaoban.reader.claims.base.numbers import Token, TokenKind
from giaoban.reader.claims.base.partition import Intro
from giaoban.reader.claims.base.parts import Part, PartList, make_up, read_parts, with_one_unit
from giaoban.reader.claims.base.passage import Passage
from giaoban.reader.claims.sums.columns_of import columns_of, first_ones
from giaoban.reader.claims.sums.leading_run import leading_run
from giaoban.reader.claims.sums.signed import find_signed
from giaoban.reader.claims.sums.verdict import is_near_miss, judge_parts, make_sum
from giaoban.reader.claims.sums.wholes import LONGEST_GAP, Whole, find_wholes
from giaoban.reader.model import Claim
from giaoban.reader.places import places_of

_MADE_OF = r"gồm có|bao gồm|gồm|cụ thể là|cụ thể|chia ra|trong đó gồm|được chia thành"
# Scans print «tiong đó», «ừong đó».
_AMONG = r"(?:tr|ti|t|ừ|ứ|ữ)ong đó(?: có)?"
_BRACKET = re.compile(rf"\((?:\s?(?:(?P<made>{_MADE_OF})|(?P<among>{_AMONG}))\b)?\s?[:,]?\s?", re.IGNORECASE)
_INLINE = re.compile(
    rf"(?<![(\w])(?:(?P<made>{_MADE_OF})|(?P<among>{_AMONG}))\b(?:\s(?:là|có))?\s?[:,]?\s?", re.IGNORECASE
)
# What those words are found by, many times faster than by the pattern, which is tried only from so far before.
_ANCHORS = ("ồm", "ụ thể", "hia ra", "hia thành", "ong đó")
_ANCHOR_REACH = 11
_LEAD = re.compile(
    r"[.;\n] ?(?P<words>(?:(?:[pP]hân|[cC]hia) (?:theo|ra|bổ)|[tT]heo|[cC]ụ thể|[bB]ao gồm|[gG]ồm|[cC]ơ cấu)"
    r"[^.;:()\d\n]{0,48})\Z"
)
_LONGEST_LEAD = 64
_OUT_OF = re.compile(r"rong (?:(?:tổng )?số )?(?=[0-9])")
_PHRASE_END = re.compile(r"[^.;:,()\d%\n]{1,60}(?:[,:] | có | thì )")
_NEARLY_ALL = 0.95
_NEGATED = re.compile(r"(?<!\w)(?:không|chưa)(?!\w)")
_SOFT_END = re.compile(r"\n(?:[-+•*–]\s?|[a-zđ]\)\s|\(?\d{1,2}[.)]\s)")
# «Trong đó:\nĐường bộ: xảy ra 95 vụ.\nĐường sắt: 02 vụ.»
_LABEL = re.compile(r"[^\W\d_][^.;:()\d\n]{1,40}: ?[^\n]")
_LONGEST_ITEM, _FAR_BEFORE = 120, 400
_ENUMERATED = re.compile(r"\(?[\da-z]{1,2}\)")
# Lists of official prose are shorter, and bounds keep the work for each place the same however long a sentence is.
_LONGEST_LIST = 900
_MOST_NUMBERS = 40
_FEWEST = 2
_DEEPEST = 4
_STEPS = ("tăng ", "giảm ", "tăng thêm ", "vượt ", "nhiều hơn ", " ít hơn ")
_LONGEST_STEP = 12
_BRACKET_SIGN = re.compile(r"[()]")


Taken = list[tuple[int, int]]


def find_sums(passage: Passage) -> Iterator[Claim]:
    """Yield the sums of one flow: lists in brackets, after «gồm» and «trong đó», after a colon."""
    taken: Taken = []
    yield from _in_brackets(passage, taken)
    yield from _after_words(passage, taken)
    yield from _after_colons(passage, taken)
    yield from _out_of(passage, taken)


def _in_brackets(passage: Passage, taken: Taken) -> Iterator[Claim]:
    text = passage.text
    for place in passage.places("("):
        first = _first_number(passage, place, _LONGEST_LIST)
        end = _closing(text, place) if first is not None else None
        if first is None or end is None or first >= end:
            continue
        bracket = _BRACKET.match(text, place)
        assert bracket is not None
        claim = _judge(passage, place, bracket.end(), end, _intro(bracket, Intro.BARE), is_closed=True)
        if claim is not None:
            yield from claim[0]
            taken.append(claim[1])


def _after_words(passage: Passage, taken: Taken) -> Iterator[Claim]:
    done = last = 0
    for place in sorted([place for words in _ANCHORS for place in passage.places(words)]):
        if place < last or _first_number(passage, place, LONGEST_GAP) is None:
            continue
        phrase = _INLINE.search(passage.text, max(last, place - _ANCHOR_REACH), place + _LONGEST_LIST)
        if phrase is None or phrase.start() > place:
            continue
        start, last = phrase.span()
        if start < done or _is_taken(start, taken):
            continue
        claim = _judge_open(passage, start, last, last, _intro(phrase, Intro.BARE))
        if claim is not None:
            yield from claim[0]
            insort(taken, claim[1])
            done = claim[1][1]


def _after_colons(passage: Passage, taken: Taken) -> Iterator[Claim]:
    text = passage.text
    for place in passage.places(":"):
        start = place + 2
        blank = text[place + 1 : start]
        if blank not in (" ", "\n") or _first_number(passage, place, LONGEST_GAP) is None:
            continue
        if _is_taken(place, taken) or _ENUMERATED.match(text, start):
            continue
        # «Tổng số học viên là 540 người. Phân theo đối tượng: …»: the whole stands before these words.
        lead = _LEAD.search(text, max(0, place - _LONGEST_LEAD), place)
        before = lead.start("words") if lead else place
        claim = _judge_open(passage, before, start, start - 1 if blank == "\n" else start, Intro.BARE)
        if claim is not None:
            yield from claim[0]


def _out_of(passage: Passage, taken: Taken) -> Iterator[Claim]:
    """Read «Trong số 212 vụ, đường bộ 203 vụ, đường sắt 5 vụ, đường thủy 3 vụ»: such a list may pick out a few, so that
    it is wrong only where it names nearly all, or more than all."""
    for place in places_of(passage.text, "rong "):
        words = _OUT_OF.match(passage.text, place)
        index = passage.first_after(words.end()) if words else len(passage.tokens)
        if words is None or index >= len(passage.tokens) or passage.starts[index] != words.end():
            continue
        token = passage.tokens[index]
        noun = passage.noun(token)
        start = _PHRASE_END.match(passage.text, token.end)
        is_whole = token.kind is TokenKind.COUNT and token.is_exact
        if not is_whole or start is None or noun.kind is Kind.SPAN or _is_taken(place, taken):
            continue
        end = _list_end(passage, start.end())
        found = leading_run(read_parts(passage, start.end(), end), noun)
        verdict = judge_parts(Whole(token, noun, ""), found, Intro.BARE, words=passage.text[token.end : end])
        if verdict is None or (not verdict[1] and not _names_nearly_all(token, verdict[0])):
            continue
        if not verdict[1] and words[0] == "rong " and not any(_NEGATED.search(part.words) for part in verdict[0]):
            # «Trong 20 hộ, 12 hộ trồng cam, 9 hộ trồng bưởi, 4 hộ nuôi ong»: one may do both.
            continue
        parts, holds = verdict
        yield make_sum(passage, token.start, _phrase_end(found, parts[-1], end), Whole(token, noun, ""), parts, holds)


def _names_nearly_all(whole: Token, parts: tuple[Part, ...]) -> bool:
    together = sum(part.token.number.value for part in parts)
    same = {part.noun.scale for part in parts} == {1}
    return same and len(parts) > _FEWEST and together >= _NEARLY_ALL * whole.number.value


def _first_number(passage: Passage, place: int, reach: int) -> int | None:
    """Return where the first number stands behind a place where a list may begin; None where none does within
    ``reach``, or none before it that could be the whole."""
    starts = passage.starts
    index = bisect_left(starts, place)
    if not 0 < index < len(starts) or starts[index] - place > reach or place - starts[index - 1] > LONGEST_GAP:
        return None
    return starts[index]


def _judge_open(
    passage: Passage, place: int, start: int, begin: int, intro: Intro
) -> tuple[list[Claim], tuple[int, int]] | None:
    """Make the claims of a list without brackets: up to its first semicolon, else to the end of its sentence."""
    end = _list_end(passage, begin)
    claims = _judge(passage, place, start, end, intro, is_closed=False)
    if claims is None and passage.text[end : end + 1] == ";":
        whole_end = passage.sentence_end(end, min(len(passage.text), start + _LONGEST_LIST))
        claims = _judge(passage, place, start, whole_end, intro, is_closed=False)
    return claims


def _is_taken(place: int, taken: list[tuple[int, int]]) -> bool:
    """Tell whether a place lies in a list that has been read; only the last ones before it can hold it."""
    return any(first <= place < last for first, last in taken[max(0, bisect_right(taken, (place, place)) - 3) :][:4])


def _intro(match: re.Match[str], default: Intro) -> Intro:
    if match["made"]:
        return Intro.MADE_OF
    return Intro.AMONG_THEM if match["among"] else default


def _closing(text: str, place: int) -> int | None:
    """Return where a bracket closes that opens at a place; None where it holds more than a list."""
    depth = 0
    for sign in _BRACKET_SIGN.finditer(text, place, place + _LONGEST_LIST + 1):
        depth += 1 if sign[0] == "(" else -1
        if not depth:
            return sign.start()
        if depth > _DEEPEST:
            break
    return None


def _list_end(passage: Passage, start: int) -> int:
    """Return where an open list ends: with its sentence, or with the last of its bulleted lines."""
    text = passage.text
    limit = min(len(text), start + _LONGEST_LIST)
    begin = start - 1 if text[start - 1 : start] == "\n" else start
    if bullet := _SOFT_END.match(text, begin):
        end = bullet.end()
        while True:
            line_end = text.find("\n", end, limit)
            if line_end < 0:
                return limit
            following = _SOFT_END.match(text, line_end)
            if following is None or _sign(following) != _sign(bullet):
                return line_end
            if len(_sign(bullet)) > 1 and line_end - end > _LONGEST_ITEM:
                # Points that tell something are no parts of a number.
                return line_end
            end = following.end()
    if _LABEL.match(text, start) and (end := _labelled_end(text, start, limit)):
        return end
    end = passage.sentence_end(start, limit)
    depth = 0
    for sign in _BRACKET_SIGN.finditer(text, start, end):
        depth += 1 if sign[0] == "(" else -1
        if depth < 0:
            return sign.start()
    first = text.find(";", start, end)
    if first > 0 and _counts_outside_brackets(passage, start, first) > 1:
        return first
    return end


def _labelled_end(text: str, start: int, limit: int) -> int:
    """Return where the lines end that all begin with a label and a colon; 0 where there are not two of them."""
    end, count = start, 0
    while end < limit and _LABEL.match(text, end + (count > 0)):
        line = text.find("\n", end + 1, limit)
        end = limit if line < 0 else line
        count += 1
    return end if count >= _FEWEST else 0


def _sign(bullet: re.Match[str]) -> str:
    """Return what the bullets of one list share: «-», «a)», «1.»."""
    shown = bullet[0].strip()
    if shown[-1] not in ").":
        return shown
    return ("1" if shown[-2].isdigit() else "a") + shown[-1]


def _counts_outside_brackets(passage: Passage, start: int, end: int) -> int:
    """Count the numbers of a stretch that stand in no bracket."""
    count = depth = 0
    done = start
    for token in passage.between(start, end):
        depth += passage.text.count("(", done, token.start) - passage.text.count(")", done, token.start)
        done = token.start
        count += token.kind is TokenKind.COUNT and not depth and passage.noun(token).kind is not Kind.SPAN
    return count


def _judge(
    passage: Passage, place: int, start: int, end: int, intro: Intro, *, is_closed: bool
) -> tuple[list[Claim], tuple[int, int]] | None:
    """Make the claims of one list, if it is one; returned with the stretch that it takes."""
    numbers = passage.between(start, end)
    if not 0 < len(numbers) <= _MOST_NUMBERS:
        return None
    # One number alone can only be more than its whole, and only where a word says that it is a part.
    counts = sum([token.kind is TokenKind.COUNT for token in numbers])
    if counts < (_FEWEST if intro is Intro.BARE else 1):
        return None
    wholes = find_wholes(passage, place)
    if not wholes:
        return None
    every = with_one_unit(read_parts(passage, start, end))
    # «gồm thuế, phí 112,8 tỷ đồng»: a name with a comma, no number of a point.
    is_named = passage.text[start : start + 1].islower()
    claims: list[Claim] = []
    begin = end
    # «87 đảng viên, giảm 14 trường hợp, bằng các hình thức: …»: a step is no whole unless its parts make it.
    # «318 công trình, trị giá 6,2 tỷ đồng, trong đó cấp tỉnh 2, …»: bare numbers are no amounts of money.
    are_bare = not any(part.noun.head for part in every.parts)
    first = next((w for w in wholes if not _is_step(passage, w) and not (are_bare and w.noun.is_measure)), wholes[0])
    for whole in wholes:
        is_nearest = whole is wholes[0] or whole is first
        if is_nearest or not claims:
            told = intro is not Intro.BARE
            found = every if is_closed else leading_run(every, whole.noun, may_be_named=is_named, is_told=told)
            verdict = judge_parts(whole, found, intro, words=passage.text[whole.token.end : end])
            if verdict is not None and not is_nearest and not _counts_the_same(whole, verdict[0]):
                verdict = None
            if verdict is not None and verdict[1] is False:
                is_other = (
                    _is_step(passage, whole)
                    or (_are_of_another(whole, wholes, verdict[0]) and not is_near_miss(whole, verdict[0]))
                    or _make_denominator(whole, verdict[0])
                    or _make_all_but(passage, whole, verdict[0], end)
                    or (are_bare and wholes[0].noun.is_measure)
                    or _make_another(passage, whole, verdict[0], end)
                )
                verdict = None if is_other else verdict
        else:
            verdict = None
        verdict = verdict or columns_of(passage, whole, every) or first_ones(whole, every, intro)
        signed = find_signed(passage, whole, every, end + is_closed) if verdict is None or not verdict[1] else None
        if signed is not None:
            claims.append(signed)
        elif verdict is not None:
            parts, holds = verdict
            stop = end + 1 if is_closed else max(parts[-1].token.end, _phrase_end(every, parts[-1], end))
            claims.append(make_sum(passage, whole.token.start, stop, whole, parts, holds))
            if every.is_nested and not found.is_nested:
                # What begins anew in it is a list of its own.
                begin = min(begin, parts[-1].token.end)
    return (claims, (place, begin)) if claims else None


def _is_step(passage: Passage, whole: Whole) -> bool:
    start = whole.token.start
    return passage.text.endswith(_STEPS, max(0, start - _LONGEST_STEP), start)


def _make_denominator(whole: Whole, parts: tuple[Part, ...]) -> bool:
    """Tell whether parts divide the lower number of a fraction: «làm rõ 41/46 vụ. Trong đó, trộm cắp 21 vụ, …»."""
    second = whole.token.second
    return second is not None and make_up(parts, replace(whole.token, number=second), whole.noun)


def _make_all_but(passage: Passage, whole: Whole, parts: tuple[Part, ...], end: int) -> bool:
    """Tell whether parts make a number but for what a bracket names: «46 đơn (kỳ trước chuyển sang 4 đơn), gồm …»,
    «14 đoàn, gồm 8 đoàn của cấp ủy, 9 đoàn của Ủy ban (3 đoàn phối hợp)»."""
    together = sum(part.token.number.decimal for part in parts)
    off = abs(whole.token.number.decimal - together)
    own = {part.token.start for part in parts}
    return any(
        token.number.decimal == off and "(" in passage.text[before : token.start].rpartition(")")[2]
        for token in passage.between(whole.token.end, end)
        if token.start not in own and (before := max(whole.token.end, token.start - _LONGEST_ITEM))
    )


def _make_another(passage: Passage, whole: Whole, parts: tuple[Part, ...], end: int) -> bool:
    """Tell whether parts make another number near them: «vượt mục tiêu là 35.000 ha; trong đó năm 2021 trồng …»."""
    together = sum(part.token.number.decimal for part in parts)
    own = {whole.token.start, *(part.token.start for part in parts)}
    near = passage.between(max(0, whole.token.start - _FAR_BEFORE), end + _LONGEST_ITEM)
    return any(
        token.kind is not TokenKind.PERCENT
        and token.number.decimal == together
        and token.start not in own
        and passage.noun(token).head == whole.noun.head
        for token in near
    )


def _counts_the_same(whole: Whole, parts: tuple[Part, ...]) -> bool:
    return bool(whole.noun.head) and all(part.noun.head == whole.noun.head for part in parts)


def _are_of_another(whole: Whole, wholes: list[Whole], parts: tuple[Part, ...]) -> bool:
    """Tell whether parts that do not make a number may be of another one before them that counts what they count:
    «27 thành viên ban đầu, nay 112 thành viên, trong đó 64 thành viên nữ», «9 huyện, 1 thành phố, trong đó 4 huyện
    miền núi», «12 đảng bộ với 927 tổ chức cơ sở, trong đó 58 đảng bộ xã»."""
    nearest = wholes[0]
    if whole is nearest:
        return not _counts_the_same(whole, parts) and any(_counts_the_same(other, parts) for other in wholes[1:])
    numbers = [part.token.number.decimal for part in parts]
    has_room = max(numbers) > whole.token.number.decimal and sum(numbers) <= nearest.token.number.decimal
    return has_room or _counts_the_same(nearest, parts)


def _phrase_end(found: PartList, part: Part, end: int) -> int:
    return next((segment.end for segment in found.segments if part in segment.parts), end)
