"""What may stand behind a printed word, weighed: its cost against the company it would keep."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from giaoban.reader.repairs.company import NOBODY, TIGHT, Company
from giaoban.reader.repairs.confusions import DEAREST, Option, Options
from giaoban.reader.repairs.neighbours import is_capital, is_orphan, is_upper
from giaoban.reader.repairs.words import Shape, Words

_MARGIN = 0.35
_STRONG = 0.5
_COST_WEIGHT = 1.6


class Candidate(NamedTuple):
    """A word with what it costs and what speaks for it."""

    word: str
    key: str
    cost: float
    proof: float  # what the neighbours say for it
    score: float
    tight: bool
    official: bool
    strong: bool  # half of a word that official prose is full of, or of a known phrase
    weight: int  # in how many pairs it takes part


class Weighed(NamedTuple):
    """Candidates, the best first, with the two cheapest of which nobody speaks; ``others`` are all those."""

    found: list[Candidate]
    others: list[Option]

    @property
    def first(self) -> Candidate | None:
        """The best candidate if it is clearly better than the next."""
        if not self.found:
            return None
        first = self.found[0]
        if len(self.found) > 1 and first.score - self.found[1].score < _MARGIN:
            second = self.found[1]
            if not (first.proof == second.proof == 0 and first.cost <= second.cost):
                return None
        return first

    def costs(self) -> Iterator[tuple[str | None, float]]:
        """Yield the keys of all of them with their costs."""
        yield from ((one.key, one.cost) for one in self.found)
        yield from ((one.key, one.cost) for one in self.others)


def weigh(
    words: Words, index: int, options: Options, shape: Shape, known: Company, dearest: float = DEAREST
) -> Weighed:
    """Weigh what may stand behind a word; a capital inside a sentence stands only in official terms."""
    here, before, after = words.keys[index], words.before(index), words.after(index)
    lefts = known.followers.get(before, NOBODY) if before else NOBODY
    rights = known.leaders.get(after, NOBODY) if after else NOBODY
    near = options.by_key.keys() & lefts.keys() | options.by_key.keys() & rights.keys()
    found = [
        _candidate(words, index, options.by_key[other], lefts.get(other, 0), rights.get(other, 0), shape, known)
        for other in near
        if other != here and options.by_key[other].cost <= dearest
    ]
    others: list[Option] = []
    # A syllable that is right by itself is given up only where a neighbour asks for another.
    if here not in known.spelling:
        others = [one for other, one in options.by_key.items() if other not in near and other != here]
        # Of words that lie as near, the usual ones first: «môt» is rather «một» than «mốt».
        others.sort(key=lambda one: (one.cost, -known.partners.get(one.key or "", 0)))
        found += [
            Candidate(
                word,
                other or "",
                cost,
                0.0,
                0.0 - _COST_WEIGHT * cost,
                False,
                False,
                False,
                known.partners.get(other or "", 0),
            )
            for word, cost, other in others[:2]
        ]
    return Weighed(sorted(found, key=_rank) if len(found) > 1 else found, others)


def _candidate(
    words: Words, index: int, option: Option, left: int, right: int, shape: Shape, known: Company
) -> Candidate:
    """Weigh a word that goes with a neighbour."""
    word, cost, other = option
    here, before, after = words.keys[index], words.before(index), words.after(index)
    official = (before, other) in known.official, (other, after) in known.official
    if shape is Shape.CAPITAL or (shape is Shape.OPENING and is_capital(words, index + 1)):
        left, right = _in_term(words, index, other or "", left, right, known)
    if shape is not Shape.UPPER:
        left = 0 if left and is_upper(words, index - 1) else left
        right = 0 if right and is_upper(words, index + 1) else right
    else:
        left = left if is_upper(words, index - 1) and (here is None or official[0]) else 0
        right = right if is_upper(words, index + 1) and (here is None or official[1]) else 0
    proof = float(left + right)
    if left == TIGHT and is_orphan(words, index - 1, index - 2, known):
        proof += 1.0
    if right == TIGHT and is_orphan(words, index + 1, index + 1, known):
        proof += 1.0
    # Of two words that neighbours ask for alike, half of one that official prose is full of: «đoàn thê vận động».
    is_strong = (
        (left > 0 and (before, other) in known.strong)
        or (right > 0 and (other, after) in known.strong)
        or (before, other, after) in known.triples
        or (index > 1 and before is not None and (words.keys[index - 2], before, other) in known.triples)
    )
    score = proof - _COST_WEIGHT * cost + (_STRONG if is_strong else 0.0)
    weight = known.partners.get(other or "", 0)
    return Candidate(word, other or "", cost, proof, score, TIGHT in (left, right), any(official), is_strong, weight)


def _rank(one: Candidate) -> tuple[float, float, int, str]:
    return -one.score, one.cost, -one.weight, one.word


def _in_term(words: Words, index: int, other: str, left: int, right: int, known: Company) -> tuple[int, int]:
    """Return the bonds that count for a capital inside a sentence: those of official terms, never of two names."""
    before, after = words.before(index), words.after(index)
    is_broken = words.keys[index] is None
    if (before, other) not in known.official or not (is_broken or before in known.heads):
        left = 0
    if (other, after) not in known.official or (
        is_capital(words, index + 1) and not (is_broken or other in known.heads)
    ):
        right = 0
    return left, right
