"""«108 đảng viên (trong đó 33 hồ sơ chuyển đến, 59 hồ sơ chuyển đi, 22 hồ sơ chuyển nội bộ)»: a whole and its parts."""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from giaoban.reader.claims.intervals import Interval
from giaoban.reader.claims.nouns import Kind, Noun, might_add_up, noun_after
from giaoban.reader.claims.numbers import Number, Token, TokenKind
from giaoban.reader.claims.partition import Intro, leaves_out, must_add_up
from giaoban.reader.claims.parts import Part, PartList, Segment, bold_choices, choices, read_parts, total_of, value_of
from giaoban.reader.claims.passage import Passage, show
from giaoban.reader.model import Claim, ClaimKind

_MADE_OF = r"gồm có|bao gồm|gồm|cụ thể là|cụ thể|chia ra|trong đó gồm|được chia thành"
# Scans print «tiong đó», «ừong đó».
_AMONG = r"(?:tr|ti|t|ừ|ứ|ữ)ong đó(?: có)?"
_BRACKET = re.compile(rf"\((?:\s?(?:(?P<made>{_MADE_OF})|(?P<among>{_AMONG}))\b)?\s?[:,]?\s?", re.IGNORECASE)
_INLINE = re.compile(
    rf"(?<![(\w])(?:(?P<made>{_MADE_OF})|(?P<among>{_AMONG}))\b(?:\s(?:là|có))?\s?[:,]?\s?", re.IGNORECASE
)
_COLON = re.compile(r":\s")
_SOFT_END = re.compile(r"\n[-+•*–]\s?")
_ENUMERATED = re.compile(r"\(?[\da-z]{1,2}\)")
_LONGEST_LIST = 900
_LONGEST_GAP = 260
_MOST_NUMBERS = 40
_BRACKET_SIGN = re.compile(r"[()]")
_WORDS_IN_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Whole:
    """The number that is divided: its token (a fraction counts by its numerator), its noun, the words up to the
    list."""

    token: Token
    noun: Noun
    words: str

    @property
    def value(self) -> Interval:
        """What it may stand for."""
        return value_of(self.token, self.noun)


def find_sums(passage: Passage) -> Iterator[Claim]:
    """Yield the sums of one flow: lists in brackets, after «gồm» and «trong đó», after a colon."""
    taken: list[tuple[int, int]] = []
    closings = _closings(passage.text)
    for bracket in _BRACKET.finditer(passage.text):
        end = closings.get(bracket.start())
        if end is None or end - bracket.start() > _LONGEST_LIST:
            continue
        claim = _judge(passage, bracket.start(), bracket.end(), end, _intro(bracket, Intro.BARE), is_closed=True)
        if claim is not None:
            yield claim[0]
            taken.append(claim[1])
    done = 0
    for phrase in _INLINE.finditer(passage.text):
        if (
            phrase.start() < done
            or _is_taken(phrase.start(), taken)
            or not _has_numbers_around(passage, phrase.start())
        ):
            continue
        end = _list_end(passage, phrase.end())
        claim = _judge(passage, phrase.start(), phrase.end(), end, _intro(phrase, Intro.BARE), is_closed=False)
        if claim is not None:
            yield claim[0]
            insort(taken, claim[1])
            done = claim[1][1]
    yield from _after_colons(passage, taken)


def _after_colons(passage: Passage, taken: list[tuple[int, int]]) -> Iterator[Claim]:
    for colon in _COLON.finditer(passage.text):
        if (
            not _has_numbers_around(passage, colon.start())
            or _is_taken(colon.start(), taken)
            or _ENUMERATED.match(passage.text, colon.end())
        ):
            continue
        end = _list_end(passage, colon.end() - 1 if colon[0].endswith("\n") else colon.end())
        claim = _judge(passage, colon.start(), colon.end(), end, Intro.BARE, is_closed=False)
        if claim is not None:
            yield claim[0]


def _is_taken(place: int, taken: list[tuple[int, int]]) -> bool:
    """Tell whether a place lies in a list that has been read; only the last ones before it can hold it."""
    return any(first <= place < last for first, last in taken[max(0, bisect_right(taken, (place, place)) - 3) :][:4])


def _has_numbers_around(passage: Passage, place: int) -> bool:
    """Tell cheaply whether a list can begin here: a number before it and one in it."""
    index = passage.first_after(place)
    return (
        0 < index < len(passage.starts)
        and place - passage.starts[index - 1] <= _LONGEST_GAP
        and passage.starts[index] - place <= _LONGEST_GAP
    )


def _intro(match: re.Match[str], default: Intro) -> Intro:
    if match["made"]:
        return Intro.MADE_OF
    return Intro.AMONG_THEM if match["among"] else default


def _closings(text: str) -> dict[int, int]:
    """Return for each opening bracket where it closes."""
    found: dict[int, int] = {}
    open_ones: list[int] = []
    for sign in _BRACKET_SIGN.finditer(text):
        if sign[0] == "(":
            open_ones.append(sign.start())
        elif open_ones:
            found[open_ones.pop()] = sign.start()
    return found


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
            if following is None or following[0].strip() != bullet[0].strip():
                return line_end
            end = following.end()
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


def _counts_outside_brackets(passage: Passage, start: int, end: int) -> int:
    """Count the numbers of a stretch that stand in no bracket."""
    count = 0
    for token in passage.between(start, end):
        before = passage.text[start : token.start]
        count += token.kind is TokenKind.COUNT and before.count("(") == before.count(")")
    return count


def _find_whole(passage: Passage, place: int) -> Whole | None:
    """Return the nearest number before a list that it may divide; what stands in closed brackets is passed over."""
    text = passage.text
    index = passage.first_after(place) - 1
    first = max(0, place - _LONGEST_GAP)
    while index >= 0 and passage.tokens[index].start >= first:
        token = passage.tokens[index]
        gap = text[token.end : place]
        if "\n" in gap.rstrip("\n") or _crosses_a_sentence(passage, token.end, place):
            return None
        is_inside = gap.count(")") > gap.count("(")
        if token.kind is TokenKind.FRACTION or (token.kind is TokenKind.COUNT and not is_inside):
            noun = noun_after(text, token.end)
            if noun.kind is not Kind.SPAN:
                return Whole(token, noun, _WORDS_IN_BRACKETS.sub(" ", gap))
        index -= 1
    return None


def _crosses_a_sentence(passage: Passage, start: int, end: int) -> bool:
    """Tell whether a sentence ends in between; «. Trong đó,» goes on with the one before."""
    stop = passage.sentence_end(start, end)
    return stop < end - 2 and stop < len(passage.text[:end].rstrip(" .\n"))


def _judge(
    passage: Passage, place: int, start: int, end: int, intro: Intro, *, is_closed: bool
) -> tuple[Claim, tuple[int, int]] | None:
    """Make the claim of one list, if it is one; returned with the stretch that it takes."""
    if not 0 < passage.first_after(end) - passage.first_after(start) <= _MOST_NUMBERS:
        return None
    if not any(token.kind is TokenKind.COUNT for token in passage.between(start, end)):
        return None
    whole = _find_whole(passage, place)
    if whole is None:
        return None
    whole = replace(whole, noun=replace(whole.noun, phrase=f"{whole.noun.phrase} {whole.words.lower()}"))
    found = read_parts(passage, start, end)
    if not is_closed:
        found = _leading_run(found, whole.noun)
    verdict = judge_parts(whole, found, intro, words=passage.text[whole.token.end : end])
    if verdict is None:
        return None
    parts, holds = verdict
    stop = end + 1 if is_closed else max(parts[-1].token.end, _phrase_end(found, parts[-1], end))
    claim = make_sum(passage, whole.token.start, stop, whole, parts, holds)
    return claim, (place, end)


def _leading_run(found: PartList, whole: Noun) -> PartList:
    """Keep the segments from the first on that read like parts; an open list ends where the sentence goes on
    otherwise."""
    kept: list[Segment] = []
    is_first: bool | None = None
    for segment in found.segments:
        if kept and not segment.parts:
            kept.append(segment)
            continue
        if segment.is_aside or len(segment.parts) != 1 or not might_add_up(whole, segment.parts[0].noun):
            break
        if is_first is not None and segment.parts[0].is_first != is_first:
            break
        is_first = segment.parts[0].is_first
        kept.append(segment)
    rest = found.segments[len(kept) :]
    while kept and not kept[-1].parts:
        kept.pop()
    is_unsure = any(part for segment in rest for part in segment.parts)
    return PartList(tuple(kept), found.is_nested or is_unsure)


def _phrase_end(found: PartList, part: Part, end: int) -> int:
    return next((segment.end for segment in found.segments if part in segment.parts), end)


def judge_parts(
    whole: Whole, found: PartList, intro: Intro, *, words: str
) -> tuple[tuple[Part, ...], bool | None] | None:
    """Say which numbers are the parts and whether they make the whole; None where the list is no division of it."""
    ways = choices(whole.noun, found)
    for way in ways + bold_choices(whole.noun, found):
        if total_of(way).meets(whole.value) and all(part.token.mark is None for part in way):
            return way, True
    exceeding = _one_exceeds(whole, found, intro)
    if exceeding is not None:
        return exceeding, False
    if not ways:
        return None
    way = ways[0]
    is_sure = found.is_regular and len(way) == len(found.parts)
    is_same_head = len({part.noun.head for part in way}) == 1 and way[0].noun.head == whole.noun.head != ""
    if not is_sure and not (intro is Intro.MADE_OF and is_same_head and not found.is_nested):
        return None
    if leaves_out(words) or _is_doubtful(whole, way):
        return (way, None) if intro is Intro.MADE_OF else None
    together, value = total_of(way), whole.value
    exceeds = value.high is not None and together.low is not None and together.low >= value.high
    share = _share(whole, way)
    if must_add_up(intro, way, whole.words, exceeds=exceeds, share=share):
        return way, False
    return None


def _share(whole: Whole, way: tuple[Part, ...]) -> float:
    together = sum((part.token.number.value * part.noun.scale for part in way), Fraction(0))
    value = whole.token.number.value * whole.noun.scale
    return float(together / value) if value else 0.0


def _is_doubtful(whole: Whole, way: tuple[Part, ...]) -> bool:
    tokens = [whole.token, *(part.token for part in way)]
    return any(token.mark is not None or token.number.is_doubtful for token in tokens)


def _one_exceeds(whole: Whole, found: PartList, intro: Intro) -> tuple[Part, ...] | None:
    """Return the part that alone is more than its whole: wrong even where the list only picks out some."""
    if intro is Intro.BARE or not found.segments or found.is_nested or not whole.noun.head or not found.is_regular:
        return None
    part = found.firsts[0] if found.firsts else None
    if part is None or part.noun.head != whole.noun.head or _is_doubtful(whole, (part,)) or len(found.firsts) > 1:
        return None
    value, limit = value_of(part.token, part.noun), whole.value
    if limit.high is None or value.low is None or value.low <= limit.high:
        return None
    return (part,)


def make_sum(
    passage: Passage, start: int, end: int, whole: Whole, parts: tuple[Part, ...], holds: bool | None
) -> Claim:
    """Return the claim with its sentence: «33 + 59 + 22 = 114, văn bản ghi 108»."""
    numbers: list[Number] = [whole.token.number, *(part.token.number for part in parts)]
    return passage.claim(start, end, ClaimKind.SUM, numbers, holds, explain_sum(whole, parts, holds))


def explain_sum(whole: Whole, parts: tuple[Part, ...], holds: bool | None) -> str:
    """Say the sum with its numbers and, where it is wrong, how the parts are counted."""
    is_mixed = len({whole.noun.scale, *(part.noun.scale for part in parts)}) > 1
    printed = " + ".join(_printed(part.token, part.noun, is_mixed=is_mixed) for part in parts)
    whole_text = _printed(whole.token, whole.noun, is_mixed=is_mixed)
    if len(parts) == 1:
        return f"Phần {parts[0].token.number.text} lớn hơn tổng {whole.token.number.text}"
    scale = whole.noun.scale
    together = sum((part.token.number.value * part.noun.scale for part in parts), Fraction(0)) / scale
    said = f"{printed} = {show(together)}" + (f" {whole.noun.label}" if is_mixed else "")
    if holds:
        return f"{said}, đúng như văn bản ghi {whole_text}"
    if holds is None:
        return f"{said}, văn bản ghi {whole_text}; số không ghi chính xác nên không kết luận"
    return f"{said}, văn bản ghi {whole_text}{_change_of_noun(whole, parts)}"


def _printed(token: Token, noun: Noun, *, is_mixed: bool) -> str:
    return f"{token.number.text} {noun.label}" if is_mixed and noun.label else token.number.text


def _change_of_noun(whole: Whole, parts: tuple[Part, ...]) -> str:
    heads = {part.noun.head for part in parts}
    if len(heads) != 1 or not whole.noun.head:
        return ""
    head = heads.pop()
    if not head or head == whole.noun.head or parts[0].noun.kind is None or not all(part.is_first for part in parts):
        return ""
    return f"; tổng tính theo «{whole.noun.head}», các phần tính theo «{head}»"
