"""«108 đảng viên (trong đó 33 hồ sơ chuyển đến, 59 hồ sơ chuyển đi, 22 hồ sơ chuyển nội bộ)»: a whole and its parts."""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from collections.abc import Iterator

from giaoban.reader.claims.nouns import Kind, Noun, might_add_up, noun_after
from giaoban.reader.claims.numbers import TokenKind
from giaoban.reader.claims.partition import Intro
from giaoban.reader.claims.parts import Part, PartList, Segment, read_parts, total_of
from giaoban.reader.claims.passage import Passage
from giaoban.reader.claims.verdict import judge_parts, make_sum
from giaoban.reader.claims.wholes import Whole, find_wholes
from giaoban.reader.model import Claim

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
            yield from claim[0]
            taken.append(claim[1])
    done = 0
    for phrase in _INLINE.finditer(passage.text):
        if (
            phrase.start() < done
            or _is_taken(phrase.start(), taken)
            or not _has_numbers_around(passage, phrase.start())
        ):
            continue
        claim = _judge_open(passage, phrase.start(), phrase.end(), phrase.end(), _intro(phrase, Intro.BARE))
        if claim is not None:
            yield from claim[0]
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
        begin = colon.end() - 1 if colon[0].endswith("\n") else colon.end()
        claim = _judge_open(passage, colon.start(), colon.end(), begin, Intro.BARE)
        if claim is not None:
            yield from claim[0]


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
        is_outside = before.count("(") == before.count(")")
        is_counted = noun_after(passage.text, token.end).kind is not Kind.SPAN
        count += token.kind is TokenKind.COUNT and is_outside and is_counted
    return count


def _judge(
    passage: Passage, place: int, start: int, end: int, intro: Intro, *, is_closed: bool
) -> tuple[list[Claim], tuple[int, int]] | None:
    """Make the claims of one list, if it is one; returned with the stretch that it takes."""
    if not 0 < passage.first_after(end) - passage.first_after(start) <= _MOST_NUMBERS:
        return None
    if not any(token.kind is TokenKind.COUNT for token in passage.between(start, end)):
        return None
    wholes = find_wholes(passage, place)
    if not wholes:
        return None
    every = read_parts(passage, start, end)
    claims: list[Claim] = []
    for whole in wholes:
        is_nearest = whole is wholes[0]
        if is_nearest or not claims:
            found = every if is_closed else _leading_run(every, whole.noun)
            verdict = judge_parts(whole, found, intro, words=passage.text[whole.token.end : end])
            if verdict is not None and not is_nearest and not _counts_the_same(whole, verdict[0]):
                verdict = None
        else:
            verdict = None
        verdict = verdict or _column(whole, every)
        if verdict is not None:
            parts, holds = verdict
            stop = end + 1 if is_closed else max(parts[-1].token.end, _phrase_end(every, parts[-1], end))
            claims.append(make_sum(passage, whole.token.start, stop, whole, parts, holds))
    return (claims, (place, end)) if claims else None


def _counts_the_same(whole: Whole, parts: tuple[Part, ...]) -> bool:
    return bool(whole.noun.head) and all(part.noun.head == whole.noun.head for part in parts)


def _column(whole: Whole, found: PartList) -> tuple[tuple[Part, ...], bool | None] | None:
    """Read «12 lớp cho 968 học viên, trong đó: 05 lớp với 412 học viên; 07 lớp với 556 học viên»: the parts of the
    whole's own noun, where they make it."""
    first = whole.noun.head.partition(" ")[0]
    parts = tuple(part for part in found.parts if first and part.noun.head.partition(" ")[0] == first)
    if len(parts) > 1 and total_of(parts).meets(whole.value) and all(part.token.mark is None for part in parts):
        return parts, True
    return None


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
