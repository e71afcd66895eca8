"""Tells whether a regular expression can take exponential time, from its parsed form alone.

A pattern that is searched by trying and going back takes exponential time on some text only if a part of it can match
one stretch of text in more than one way *and* come back to where it was: «(a+)+», «(?:a|a)*», «(?:\\s*x?\\s*)*». Built
is the automaton of the places of a pattern (Glushkov), whose steps are counted by the ways in which they can be taken;
then pairs of places are followed that read the same text. A pair of two different places on a way from one place back
to itself is the proof. Lookarounds, anchors and atomic groups are left out, so a pattern may be called ambiguous though
an assertion keeps it from being so; never the other way round, but for what is said at ``_FEW``.
"""

from __future__ import annotations

import importlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

# The parser of ``re`` itself: what it reads is what is run.
codes: Any = importlib.import_module("re._constants")
parser: Any = importlib.import_module("re._parser")

# A part that is repeated up to so many times is written out: its ways are few. What is repeated more often counts as
# repeated without end.
_FEW = 4
# A part that is repeated so often may fill a text; what is bounded by less costs so much at most.
_ENDLESS = 1_000
_SAMPLES = 'aAzZđĐàÀỹỸ_019٣² \t\n\r\f\u00a0\u2028.,;:/-–()[]%*"“”…\0\u0301€'
_CATEGORIES: dict[Any, Callable[[str], bool]] = {
    codes.CATEGORY_DIGIT: str.isdecimal,
    codes.CATEGORY_SPACE: str.isspace,
    codes.CATEGORY_WORD: lambda sign: sign.isalnum() or sign == "_",
}
_NEGATED = {
    codes.CATEGORY_NOT_DIGIT: codes.CATEGORY_DIGIT,
    codes.CATEGORY_NOT_SPACE: codes.CATEGORY_SPACE,
    codes.CATEGORY_NOT_WORD: codes.CATEGORY_WORD,
}
_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)


@dataclass
class _Part:
    """A part of a pattern: whether it may match nothing, and the places at which it may begin and end, each with the
    number of ways."""

    is_nullable: bool = True
    first: Counter[int] = field(default_factory=Counter)
    last: Counter[int] = field(default_factory=Counter)


class Automaton:
    """The places of a pattern, the signs that each takes, and the steps between them with the number of ways."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        parsed = parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
        self._flags = parsed.state.flags | pattern.flags
        self._groups: dict[int, Any] = {}
        self._sets: dict[tuple[Any, str, int], int] = {}
        self._alphabet = sorted({*_SAMPLES, *literals(parsed.data)})
        self.signs: list[int] = []
        self.steps: list[Counter[int]] = []
        self.unbounded: set[int] = set()
        whole = self._sequence(parsed.data, self._flags)
        self.first, self.last = set(whole.first), set(whole.last)

    def sample(self, signs: int) -> str:
        """Return the signs of a set that are in the alphabet of samples."""
        return "".join(sign for number, sign in enumerate(self._alphabet) if signs >> number & 1)

    def _place(self, signs: int) -> _Part:
        self.signs.append(signs)
        self.steps.append(Counter())
        place = len(self.signs) - 1
        return _Part(False, Counter({place: 1}), Counter({place: 1}))

    def _sequence(self, items: Iterable[tuple[Any, Any]], flags: int) -> _Part:
        whole = _Part()
        for code, argument in items:
            part = self._item(code, argument, flags)
            if part is None:
                continue
            self._join(whole.last, part.first)
            if whole.is_nullable:
                whole.first += part.first
            whole.last = part.last + whole.last if part.is_nullable else part.last
            whole.is_nullable = whole.is_nullable and part.is_nullable
        return whole

    def _join(self, last: Counter[int], first: Counter[int]) -> None:
        for place, ways in last.items():
            for following, others in first.items():
                self.steps[place][following] += ways * others

    def _item(self, code: Any, argument: Any, flags: int) -> _Part | None:
        """Return the part of one item; None for what takes no text."""
        match code:
            case codes.LITERAL | codes.NOT_LITERAL | codes.IN | codes.ANY:
                return self._place(self._set(code, argument, flags))
            case codes.BRANCH:
                return self._either([self._sequence(branch, flags) for branch in argument[1]])
            case codes.SUBPATTERN:
                group, on, off, content = argument
                if group is not None:
                    self._groups[group] = content
                return self._sequence(content, (flags | on) & ~off)
            case codes.GROUPREF:
                return self._sequence(self._groups.get(argument, ()), flags)
            case codes.ATOMIC_GROUP:
                return self._sequence(argument, flags)
            case codes.GROUPREF_EXISTS:
                _, yes, no = argument
                return self._either([self._sequence(branch, flags) for branch in (yes, no or ())])
        if code in _REPEATS:
            least, most, content = argument
            return self._repeated(least, most, content, flags)
        return None

    def _either(self, branches: list[_Part]) -> _Part:
        whole = _Part(False)
        for part in branches:
            whole.first += part.first
            whole.last += part.last
            whole.is_nullable = whole.is_nullable or part.is_nullable
        return whole

    def _repeated(self, least: int, most: int, content: Any, flags: int) -> _Part:
        if most <= _FEW:
            # x{1,3} is x(?:x(?:x)?)?: written out from the inside, so that each number of times is one way.
            part = _Part()
            for left in range(most, 0, -1):
                item = self._sequence(content, flags)
                self._join(item.last, part.first)
                last = part.last + item.last if part.is_nullable else part.last
                is_nullable = (item.is_nullable and part.is_nullable) or left > least
                first = item.first + part.first if item.is_nullable else item.first
                part = _Part(is_nullable, first, last)
            return part
        before = len(self.signs)
        part = self._sequence(content, flags)
        self._join(part.last, part.first)
        if most >= _ENDLESS:
            self.unbounded.update(range(before, len(self.signs)))
        part.is_nullable = part.is_nullable or least == 0
        return part

    def _set(self, code: Any, argument: Any, flags: int) -> int:
        """Return the samples that a place takes, one bit for each."""
        key = (code, str(argument), flags)
        if key not in self._sets:
            self._sets[key] = self._made_set(code, argument, flags)
        return self._sets[key]

    def _made_set(self, code: Any, argument: Any, flags: int) -> int:
        ignores_case = bool(flags & re.IGNORECASE)
        signs = 0
        for number, sign in enumerate(self._alphabet):
            forms = {sign, sign.lower(), sign.upper()} if ignores_case else {sign}
            is_taken = any(len(form) == 1 and takes(code, argument, form, flags) for form in forms)
            signs |= is_taken << number
        return signs


def takes(code: Any, argument: Any, sign: str, flags: int) -> bool:
    match code:
        case codes.LITERAL:
            return bool(ord(sign) == argument)
        case codes.NOT_LITERAL:
            return bool(ord(sign) != argument)
        case codes.ANY:
            return sign != "\n" or bool(flags & re.DOTALL)
    is_negated = argument[0][0] is codes.NEGATE
    return any(_is_in(item, sign) for item in argument) != is_negated


def _is_in(item: tuple[Any, Any], sign: str) -> bool:
    code, argument = item
    match code:
        case codes.LITERAL:
            return bool(ord(sign) == argument)
        case codes.RANGE:
            return bool(argument[0] <= ord(sign) <= argument[1])
        case codes.CATEGORY:
            negated = _NEGATED.get(argument)
            return _CATEGORIES[negated or argument](sign) != bool(negated)
    return False


def literals(items: Any) -> Iterator[str]:
    """Yield the signs that a parsed pattern names, and those just inside and outside of its ranges."""
    for item in items:
        if isinstance(item, tuple) and len(item) == 2 and item[0] in (codes.LITERAL, codes.NOT_LITERAL):
            yield from {chr(item[1]), chr(item[1]).lower()[:1], chr(item[1]).upper()[:1]}
        elif isinstance(item, tuple) and len(item) == 2 and item[0] is codes.RANGE:
            yield from (chr(place) for place in (*item[1], item[1][0] - 1, item[1][1] + 1) if 0 <= place < 0x110000)
        elif isinstance(item, tuple | list | parser.SubPattern):
            yield from literals(item)


@cache
def _automaton(pattern: re.Pattern[str]) -> Automaton:
    return Automaton(pattern)


def ambiguous(pattern: re.Pattern[str]) -> str:
    """Return signs of a text on which a pattern can take exponential time; nothing where it cannot."""
    automaton = _automaton(pattern)
    for places in _loops(automaton.steps):
        inside = [{to: ways for to, ways in steps.items() if to in places} for steps in automaton.steps]
        for place in places:
            for following, ways in inside[place].items():
                if ways > 1:
                    return f"{automaton.sample(automaton.signs[following])[:8]!r} in {ways} ways"
        if pair := _parted_pair(automaton, places, inside):
            return f"{automaton.sample(automaton.signs[pair[0]] & automaton.signs[pair[1]])[:8]!r} at two places"
    return ""


def square(pattern: re.Pattern[str]) -> str:
    """Return signs of a text on which one attempt of a pattern can take the square of its length; nothing where it
    cannot.

    That is so where two parts that are repeated without end follow each other, both take the signs, and nothing that
    stands between them needs another one: «\\s*:?\\s*». Only parts of one place are looked at.
    """
    automaton = _automaton(pattern)
    signs, steps = automaton.signs, automaton.steps
    loops = [place for place in sorted(automaton.unbounded) if steps[place].get(place)]
    for first in loops:
        for last in loops:
            if first != last and _leads(signs, steps, first, last):
                return repr(automaton.sample(signs[first] & signs[last])[:8])
    return ""


def _leads(signs: list[int], steps: list[Counter[int]], first: int, last: int) -> bool:
    """Tell whether one place leads to another by places that take what both of them take."""
    both = signs[first] & signs[last]
    seen, todo = {first}, [first]
    while todo:
        for place in steps[todo.pop()]:
            if place not in seen and signs[place] & both:
                seen.add(place)
                todo.append(place)
    return last in seen


def _parted_pair(automaton: Automaton, places: set[int], steps: list[dict[int, int]]) -> tuple[int, int] | None:
    """Return two different places that can be reached from one place by the same text, and lead back to it by the same
    text."""
    graph: dict[tuple[int, int], list[tuple[int, int]]] = {}
    todo = [(place, place) for place in places]
    while todo:
        pair = todo.pop()
        if pair in graph:
            continue
        graph[pair] = [
            (left, right)
            for left in steps[pair[0]]
            for right in steps[pair[1]]
            if automaton.signs[left] & automaton.signs[right]
        ]
        todo += graph[pair]
    numbers = {pair: number for number, pair in enumerate(graph)}
    pairs = list(graph)
    successors = [Counter(numbers[to] for to in graph[pair]) for pair in pairs]
    for component in _loops(successors):
        inside = [pairs[number] for number in component]
        if any(left == right for left, right in inside):
            for pair in inside:
                if pair[0] != pair[1]:
                    return pair
    return None


def _loops(steps: list[Counter[int]]) -> list[set[int]]:
    """Return the sets of places that lead to each other (strongly connected), those of one place only with a step to
    itself."""
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    on_stack: set[int] = set()
    found: list[set[int]] = []
    for root in range(len(steps)):
        if root in index:
            continue
        work = [(root, iter(steps[root]))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            place, following = work[-1]
            for to in following:
                if to not in index:
                    index[to] = low[to] = len(index)
                    stack.append(to)
                    on_stack.add(to)
                    work.append((to, iter(steps[to])))
                    break
                if to in on_stack:
                    low[place] = min(low[place], index[to])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[place])
                if low[place] == index[place]:
                    component = set()
                    while True:
                        member = stack.pop()
                        on_stack.discard(member)
                        component.add(member)
                        if member == place:
                            break
                    if len(component) > 1 or place in steps[place]:
                        found.append(component)
    return found
