"""Strings that are pumped up: for each part of a pattern that repeats, what comes before it and then the part again and
again; and how the time of a pattern grows with them."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from fuzz.ambiguity import codes, literals, parser, takes
from fuzz.watch import TakesTooLong, limited

# A part that is repeated less often cannot be pumped.
_MANY = 8
SIZES = (1_000, 2_000, 4_000)
# What linear time gives for four times the text is 4; what lies above this is no accident of the clock.
STEEP = 8.0
# Seconds for the longest text below which nothing is judged, and after which a pattern is given up.
_TOO_SHORT, _LIMIT = 0.02, 5.0
# The clock of the processor may count in steps of some milliseconds.
_TICK = 0.002
_TRIED = " a1.A\n,-;(:/%xđ"
_ENDINGS = ("", "!", "\n", " x")


@dataclass(frozen=True, slots=True)
class Pump:
    """A string of any length: ``lead``, then ``unit`` again and again, then ``ending``."""

    lead: str
    unit: str
    ending: str = ""

    def of(self, size: int) -> str:
        """Return the string with about so many characters."""
        return self.lead + self.unit * max(size // len(self.unit), 1) + self.ending


@dataclass(frozen=True, slots=True)
class Growth:
    """How the time grew: seconds for each size, and the last over the first."""

    pump: Pump
    seconds: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """How many times longer the longest text took than the shortest."""
        return self.seconds[-1] / max(self.seconds[0], _TICK)

    @property
    def is_steep(self) -> bool:
        """Whether the time grew faster than the text, and is long enough to be sure."""
        return self.ratio > STEEP


def pumps(pattern: re.Pattern[str]) -> list[Pump]:
    """Return the pumps of a pattern, each once."""
    walk = _Walk(pattern)
    units = dict.fromkeys(walk.units)
    found = [Pump("", unit) for unit in dict.fromkeys([*_TRIED, *(unit for _, unit in units), walk.whole]) if unit]
    found += [Pump(lead, unit) for lead, unit in units if lead]
    # What begins a match again and again, each time without its end.
    found += [Pump("", lead) for lead, _ in units if lead]
    found += [Pump("", lead + unit * 3) for lead, unit in units if lead]
    return [Pump(one.lead, one.unit, ending) for one in dict.fromkeys(found) for ending in _ENDINGS]


def units(pattern: re.Pattern[str]) -> list[str]:
    """Return what can be repeated of a pattern: its parts, what leads to them with and without, and all of it."""
    walk = _Walk(pattern)
    found = [walk.whole]
    for lead, unit in walk.units:
        found += [unit, lead, lead + unit, f"{lead}{unit * 3} "]
    return [unit for unit in dict.fromkeys(found) if unit]


class _Walk:
    """Goes through a parsed pattern and makes, for each part that repeats, a text that leads to it and a text that it
    takes. Assertions are passed over."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self._flags = pattern.flags
        parsed = parser.parse(pattern.pattern, pattern.flags)
        self._signs = [*_TRIED, *sorted(set(literals(parsed.data)))]
        self._groups: dict[int, str] = {}
        self.units: list[tuple[str, str]] = []
        self.whole = self._text(parsed.data, "")

    def _text(self, items: Iterable[tuple[Any, Any]], lead: str) -> str:
        text = ""
        for code, argument in items:
            text += self._item(code, argument, lead + text)
        return text

    def _item(self, code: Any, argument: Any, lead: str) -> str:
        """Return a text that an item takes; note the pumps inside it."""
        text: str
        match code:
            case codes.LITERAL:
                return chr(argument)
            case codes.NOT_LITERAL | codes.IN | codes.ANY:
                return next(iter(self._choices(code, argument)), "")
            case codes.BRANCH:
                texts = [self._text(branch, lead) for branch in argument[1]]
                return texts[0]
            case codes.SUBPATTERN:
                text = self._text(argument[3], lead)
                self._groups[argument[0]] = text
                return text
            case codes.ATOMIC_GROUP:
                return self._text(argument, lead)
            case codes.GROUPREF:
                return self._groups.get(argument, "")
            case codes.MAX_REPEAT | codes.MIN_REPEAT | codes.POSSESSIVE_REPEAT:
                least, most, content = argument
                text = self._text(content, lead)
                if most >= _MANY:
                    self.units += [(lead, unit) for unit in self._units(content, text)]
                times: int = least if most >= _MANY else max(least, 1)
                return text * times
        return ""

    def _units(self, content: Any, text: str) -> Iterator[str]:
        """Yield what a part that repeats may take once: of a set of signs some different ones."""
        (code, argument), *more = content.data
        if not more and code in (codes.NOT_LITERAL, codes.IN, codes.ANY):
            yield from list(self._choices(code, argument))[:5]
        elif text:
            yield text
            for code, argument in content.data:
                if code is codes.SUBPATTERN and argument[3].data and argument[3].data[0][0] is codes.BRANCH:
                    for branch in argument[3].data[0][1][1][:6]:
                        yield self._text(branch, "") + " "

    def _choices(self, code: Any, argument: Any) -> Iterator[str]:
        return (sign for sign in dict.fromkeys(self._signs) if takes(code, argument, sign, self._flags))


def growth(
    work: Callable[[str], object], pump: Pump, sizes: tuple[int, ...] = SIZES, least: float = _TOO_SHORT
) -> Growth | None:
    """Time some work on a pump of growing size; None where the largest takes less than ``least`` seconds.

    What looks steep is timed twice; what is given up counts as its limit.
    """
    last = _seconds(work, pump.of(sizes[-1]))
    if last < least:
        return None
    first = Growth(pump, (*(_seconds(work, pump.of(size)) for size in sizes[:-1]), last))
    if not first.is_steep or last >= _LIMIT:
        return first
    again = (_seconds(work, pump.of(size)) for size in sizes)
    return Growth(pump, tuple(map(min, first.seconds, again)))


def _seconds(work: Callable[[str], object], text: str) -> float:
    begun = time.process_time()
    try:
        with limited(_LIMIT):
            work(text)
    except TakesTooLong:
        return _LIMIT
    return time.process_time() - begun


def attack(pattern: re.Pattern[str]) -> list[Growth]:
    """Search a pattern in its pumps; return those on which its time grows faster than the text, the worst first."""

    def work(text: str) -> None:
        for _ in pattern.finditer(text):
            pass

    found = (growth(work, pump) for pump in pumps(pattern))
    return sorted((one for one in found if one is not None and one.is_steep), key=lambda one: -one.seconds[-1])
