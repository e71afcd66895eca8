"""Finds words broken by scanning in running text and says what they were, where that is sure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from giaoban.reader.flow import Flow
from giaoban.reader.model import Repair
from giaoban.reader.pieces import Pieces
from giaoban.reader.repairs.apart import find_cut, find_joined
from giaoban.reader.repairs.letters import find_foreign
from giaoban.reader.repairs.oddities import find_oddities
from giaoban.reader.repairs.stretches import Place, judged
from giaoban.reader.repairs.syllables import key
from giaoban.reader.repairs.tokens import TOKENS, Token

# Below this share of possible syllables a text is in another language, or too far gone to be sure of anything.
_LEAST_VIETNAMESE = 0.6
_LEAST_MARKED = 0.35
# How far the damage of one place speaks for that of another: half a page.
_DAMAGE_REACH = 1000
_SHORTEST_PAGE = 300
_PART = 1 << 14


def find_repairs(text: str, flows: Iterable[Flow]) -> tuple[Repair, ...]:
    """Return what is broken in a text, in reading order; nothing where it is right or nothing is sure.

    Args:
        text: the text that the flows lead back to.
        flows: its running text; each is read on its own.
    """
    found = [
        Repair(start, end, text[start:end], suggested, confidence)
        for flow in flows
        for begin, stop, suggested, confidence in _in_flow(flow.text)
        for start, end in [flow.span(begin, stop)]
        # A single letter without a mark is a sign: «điểm d», «%s».
        if end > start + 1 or not text[start].isascii()
    ]
    found.sort(key=lambda repair: repair.start)
    return _with_foreign(text, list(found if len(text) < _SHORTEST_PAGE else _borne_out(found)))


def _with_foreign(text: str, found: list[Repair]) -> tuple[Repair, ...]:
    """Add the words with letters of other alphabets that nothing else repairs."""
    foreign = list(find_foreign(text))
    if not foreign:
        return tuple(found)
    taken = {place for repair in found for place in range(repair.start, repair.end)}
    found += [
        Repair(start, end, text[start:end], shown, sure)
        for start, end, shown, sure in foreign
        if taken.isdisjoint(range(start, end))
    ]
    return tuple(sorted(found, key=lambda repair: repair.start))


def _borne_out(found: Sequence[Repair]) -> Iterator[Repair]:
    """Yield the repairs of what no syllable is written like, and those of syllables that have others near them.

    A possible syllable may always be a word that the lexicon lacks («bê tông»), and in a text that was typed it mostly
    is. Scanning hurts many words of a page, each in its own way: one syllable in doubt far from any other is a word.
    A sentence by itself tells nothing of the page that it comes from.
    """
    shapes = [(repair.printed.lower(), repair.suggested.lower()) for repair in found]
    first = last = 0
    for index, repair in enumerate(found):
        while found[first].start < repair.start - _DAMAGE_REACH:
            first += 1
        while last < len(found) and found[last].start <= repair.start + _DAMAGE_REACH:
            last += 1
        printed, suggested = shapes[index]
        is_sure = printed == suggested or key(printed) is None
        if is_sure or any(shapes[other] != shapes[index] for other in range(first, last)):
            yield repair


def _in_flow(text: str) -> Iterator[Place]:
    pieces = Pieces(text)
    tokens = list(map(TOKENS.__getitem__, pieces.items))
    special = [index for index, token in enumerate(tokens) if token.is_special]
    if not _is_vietnamese(text, tokens, special):
        return
    taken: set[int] = set()
    for oddity in find_oddities(text, pieces.spans([index for index in special if tokens[index].is_odd])):
        yield oddity
        taken.add(pieces.spaced(oddity[0]))
    for cut, places in (*find_cut(pieces, tokens, special), *find_joined(pieces, tokens, special)):
        yield cut
        taken.update(places)
    apart: list[Place] = []
    crowded = [index for index in special if tokens[index].is_crowded]
    for stretch in judged(pieces, tokens, taken, crowded):
        yield from _placed(pieces, stretch.begin, stretch.found.repairs)
        apart += _placed(pieces, stretch.begin, stretch.found.apart)
    yield from apart


def _placed(pieces: Pieces, begin: int, found: Iterable[Place]) -> Iterator[Place]:
    """Yield what was found in a stretch with its places in the text as it was given."""
    for start, end, shown, confidence in found:
        at = pieces.original(begin + start)
        yield at, at + end - start, shown, confidence


def _is_vietnamese(text: str, tokens: Sequence[Token], special: Sequence[int]) -> bool:
    usual = len(tokens) - len(special)
    words = usual + sum([len(tokens[index].spots) for index in special])
    possible = usual + sum([tokens[index].known for index in special])
    return possible >= _LEAST_VIETNAMESE * words and _has_marked(text, _LEAST_MARKED * words)


def _has_marked(text: str, least: float) -> bool:
    """Tell whether a text has so many letters with marks; a part of a Vietnamese one has."""
    marked = 0
    for start in range(0, len(text), _PART):
        part = text[start : start + _PART]
        marked += len(part) - len(part.encode("ascii", "ignore"))
        if marked >= least:
            return True
    return marked >= least
