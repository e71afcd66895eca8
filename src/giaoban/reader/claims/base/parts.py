"""Reads a list of parts («33 hồ sơ chuyển đến, 59 hồ sơ chuyển đi»; «khiển trách 46, cảnh cáo 05») out of a stretch
of a flow."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from giaoban.reader.claims.base.intervals import Interval, Rounding, exactly
from giaoban.reader.claims.base.nouns import Kind, Noun, may_add_up, might_add_up
from giaoban.reader.claims.base.numbers import Mark, Token, TokenKind
from giaoban.reader.claims.base.passage import Passage

# «, », «; », « và », «. », a new line with its bullet, a comma without its blank, the sign that ends it all.
# It begins with one set of signs, which the engine looks for fast.
_SEPARATOR = re.compile(r"[,;.\s](?:(?<=[,;.])(?:\s|\Z)|(?<=,)(?=\d)|(?<=\s)(?:và|cùng)\s|(?<=\n)[-+•*–]?\s?)")
_NESTED = re.compile(r"\b(?:trong đó|gồm)\b")
# A segment that opens so compares the whole with something else; it is no part.
_ASIDE = re.compile(
    r"\s?(?:tăng|giảm|vượt|hụt|bằng|đạt(?! [0-9.]+\Z)|so với|chiếm|cùng kỳ|năm trước|kế hoạch|chỉ tiêu|còn thiếu"
    r"|lũy kế|luỹ kế|tỷ lệ|tổng|(?:đưa|nâng)\b.{0,60} lên)\b",
    re.IGNORECASE,
)
_WITH = re.compile(r"\s?với [0-9]")
# How long the first half of a name such as «thuế, phí» is at most.
SHORT_NAME = 14
_FEWEST = 2
_FIRST = re.compile(r"\s?(?:(?:có|là|gồm|với|được|thì|cụ thể|trên|gần|khoảng|hơn)(?:\s?:\s?|\s{0,2}))*", re.IGNORECASE)


@dataclass(slots=True)
class Part:
    """One number of a list: what it counts, the words before it in its segment, and whether it leads the segment."""

    token: Token
    noun: Noun
    lead: str
    is_first: bool

    @property
    def words(self) -> str:
        """Everything the segment says about the number, in lower case."""
        return f"{self.lead} {self.noun.phrase}".strip()


@dataclass(slots=True)
class Segment:
    """A stretch between separators with the numbers in it."""

    start: int
    end: int
    parts: tuple[Part, ...]
    is_aside: bool


@dataclass(slots=True)
class PartList:
    """The segments of a list; ``is_nested`` where a part is itself divided further."""

    segments: tuple[Segment, ...]
    is_nested: bool

    @property
    def parts(self) -> tuple[Part, ...]:
        """All numbers, asides left out."""
        return tuple(part for segment in self.segments if not segment.is_aside for part in segment.parts)

    @property
    def firsts(self) -> tuple[Part, ...]:
        """The first number of each segment that has one."""
        return tuple(segment.parts[0] for segment in self.segments if segment.parts and not segment.is_aside)

    @property
    def is_regular(self) -> bool:
        """Whether every item is one number, all led by it, all ended by it or all of one noun, none divided further.

        A stretch without a number goes on with the item before it: «02 cuộc về nghị quyết, chỉ thị».
        """
        # «gồm thuế, phí 112,8 tỷ đồng; tiền sử dụng đất 61,2 tỷ đồng»: the first name may hold a comma.
        is_named = len(self.segments) > 1 and self.segments[0].end - self.segments[0].start <= SHORT_NAME
        counted = [
            item
            for i, item in enumerate(self.segments)
            if not item.is_aside and (item.parts or (not i and not is_named))
        ]
        if self.is_nested or any(len(segment.parts) != 1 for segment in counted):
            return False
        heads = {item.parts[0].noun.head for item in counted}
        return len({item.parts[0].is_first for item in counted}) == 1 or (len(heads) == 1 and "" not in heads)


def read_parts(passage: Passage, start: int, end: int) -> PartList:
    """Read the list between two places of a passage; percentages and what stands in brackets are left out."""
    text = passage.text
    shut = _brackets(text, start, end)
    tokens = [token for token in passage.between(start, end) if token.kind is TokenKind.COUNT]
    if shut:
        tokens = [token for token in tokens if not any(first < token.start < last for first, last in shut)]
    segments: list[Segment] = []
    at, is_nested, done = start, False, 0
    for stop, after in _separators(text, start, end, shut):
        if stop < at or (stop == at and at != end and done == len(tokens)):
            continue
        first = done
        while done < len(tokens) and tokens[done].start < stop:
            done += 1
        if first == done and not segments and text[stop : stop + 1] == " " and stop != end:
            # «đúng và trước hạn 635 hồ sơ» is one item.
            continue
        words = text[at:stop]
        is_nested = is_nested or (bool(segments or done > first) and _NESTED.search(words.lower()) is not None)
        if segments and words.startswith(("với ", " với ")) and _WITH.match(words):
            # «149 đảng bộ, với 1.251 chi bộ trực thuộc»: what goes with a part is no part.
            segments[-1].end = stop
        elif words.strip():
            every = [_part(passage, at, token) for token in tokens[first:done]]
            parts = tuple([part for part in every if part.noun.kind is not Kind.SPAN])
            segments.append(Segment(at, stop, parts, _ASIDE.match(words) is not None))
        at = after
    return PartList(tuple(segments), is_nested)


def _separators(text: str, start: int, end: int, shut: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield where the items of a list end and where the next ones begin, brackets passed over; at last, its end."""
    for separator in _SEPARATOR.finditer(text, start, end):
        span = separator.span()
        if not shut or not any(first < span[0] < last for first, last in shut):
            yield span
    yield end, end


def _part(passage: Passage, start: int, token: Token) -> Part:
    lead = passage.text[start : token.start]
    is_first = not lead or _FIRST.fullmatch(lead) is not None
    return Part(token, passage.noun(token), lead.strip(" :\n-+•").lower(), is_first)


def _brackets(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    place = text.find("(", start, end)
    while place >= 0:
        closing = text.find(")", place, end)
        if closing < 0:
            found.append((place, end))
            break
        found.append((place, closing))
        place = text.find("(", closing, end)
    return found


def with_one_unit(found: PartList) -> PartList:
    """Return a list whose last number alone prints the unit with that unit for all: «(năm 2024: 21,3; năm 2025: 23,2 tỷ
    đồng)»."""
    parts = found.parts
    if len(parts) < _FEWEST or not parts[-1].noun.is_measure or any(part.noun.head for part in parts[:-1]):
        return found
    noun = parts[-1].noun
    segments = tuple(
        replace(segment, parts=tuple(replace(part, noun=noun) for part in segment.parts)) for segment in found.segments
    )
    return PartList(segments, found.is_nested)


def total_of(parts: tuple[Part, ...], way: Rounding | None = None, finest: int = 1) -> Interval:
    """Return the values that the parts may have together, in the base unit of a measure."""
    result = exactly(0)
    for part in parts:
        result = result + value_of(part.token, part.noun, way, finest)
    return result


def make_up(parts: tuple[Part, ...], token: Token, noun: Noun) -> bool:
    """Tell whether parts make a whole if all are rounded in one way; «khoảng 500» may be a fifth more or less, «trên
    500» a fifth more."""
    if token.mark in (Mark.ABOUT, Mark.AT_LEAST):
        digits, scale = token.number.digits, token.number.scale
        least = 4 * digits if token.mark is Mark.ABOUT else 5 * digits
        return total_of(parts).meets(Interval(least, 6 * digits, 5 * scale, closed=True).scaled(noun.scale))
    if not total_of(parts).meets(value_of(token, noun)):
        return False
    if not noun.is_measure:
        return True
    finest = finest_of([(token, noun), *((part.token, part.noun) for part in parts)])
    return any(total_of(parts, way, finest).meets(value_of(token, noun, way, finest)) for way in Rounding)


def value_of(token: Token, noun: Noun, way: Rounding | None = None, finest: int = 1) -> Interval:
    """Return what one number may stand for, in the base unit of a measure; rounded in any way, or in one."""
    return token.interval(is_count=not noun.is_measure, way=way, finest=finest).scaled(noun.scale)


def finest_of(amounts: Iterable[tuple[Token, Noun]]) -> int:
    """Return the scale of the number with most decimals among those of one unit, 1 where units differ."""
    scales, units = set(), set()
    for token, noun in amounts:
        scales.add(token.number.scale)
        units.add(noun.scale)
    return max(scales) if len(units) == 1 else 1


def choices(whole: Noun, found: PartList) -> list[tuple[Part, ...]]:
    """Return the ways to take the parts from a list, the most natural first, none with fewer than two numbers."""
    fitting = tuple([part for part in found.parts if may_add_up(whole, part.noun)])
    same = tuple([part for part in fitting if part.noun.head == whole.head and whole.head])
    first = tuple([part for part in found.firsts if may_add_up(whole, part.noun)])
    return _distinct(same, first, fitting)


def bold_choices(whole: Noun, found: PartList) -> list[tuple[Part, ...]]:
    """Return further ways, good enough where the numbers fit and proving nothing where they do not."""
    first = tuple([part for part in found.firsts if might_add_up(whole, part.noun)])
    every = tuple([part for part in found.parts if might_add_up(whole, part.noun)])
    return _distinct(first, every)


def _distinct(*ways: tuple[Part, ...]) -> list[tuple[Part, ...]]:
    found: list[tuple[Part, ...]] = []
    for way in ways:
        if len(way) > 1 and way not in found:
            found.append(way)
    return found
