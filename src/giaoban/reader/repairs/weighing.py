"""What may stand behind a printed word, weighed: its cost against the company it would keep."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from giaoban.reader.repairs.company import NOBODY, TIGHT, Company
from giaoban.reader.repairs.confusions import DEAREST, Option, Options
from giaoban.reader.repairs.neighbours import is_capital, is_orphan, is_upper, may_be_named
from giaoban.reader.repairs.words import CAPITAL, OPENING, UPPER, Shape, Words

_MARGIN = 0.35
_STRONG = 0.5
_COST_WEIGHT = 1.6
_MOST_LONELY = 2


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


def first_of(found: Sequence[Candidate]) -> Candidate | None:
    """Return the best of some candidates, the best first, if it is clearly better than the next."""
    if not found:
        return None
    first = found[0]
    if len(found) > 1 and first.score - found[1].score < _MARGIN:
        second = found[1]
        if not (first.proof == second.proof == 0 and first.cost <= second.cost):
            return None
    return first


def weigh(
    words: Words, index: int, options: Options, shape: Shape, known: Company, dearest: float = DEAREST
) -> list[Candidate]:
    """Weigh what may stand behind a word, the best first; a capital inside a sentence stands only in official terms.

    Of those that no neighbour speaks for there are the two cheapest, and none where the word is right by itself: such
    a word is given up only where a neighbour asks for another.
    """
    here, before, after = words.keys[index], words.before(index), words.after(index)
    lefts = known.followers.get(before, NOBODY) if before else NOBODY
    rights = known.leaders.get(after, NOBODY) if after else NOBODY
    found: list[Candidate] = []
    lonely = 0 if here in known.spelling else _MOST_LONELY
    has_company = bool(lefts or rights)
    for other, option in options.by_key.items():
        if not (lonely or has_company):
            break
        if other == here:
            continue
        left, right = lefts.get(other, 0), rights.get(other, 0)
        if left or right:
            if option.cost <= dearest:
                found.append(_candidate(words, index, option, left, right, shape, known))
        elif lonely:
            lonely -= 1
            score, weight = 0.0 - _COST_WEIGHT * option.cost, known.partners.get(other, 0)
            found.append(Candidate(option.word, other, option.cost, 0.0, score, False, False, False, weight))
    if len(found) > 1:
        found.sort(key=_rank)
    return found


def _candidate(
    words: Words, index: int, option: Option, left: int, right: int, shape: Shape, known: Company
) -> Candidate:
    """Weigh a word that goes with a neighbour."""
    word, cost, key = option
    other = key or ""
    here, before, after = words.keys[index], words.before(index), words.after(index)
    # «Bộ Tư pháp»: behind «Bộ» a term goes on.
    goes_on = before not in known.heads or after is None or known.bond(other, after) > 0
    behind_official = before is not None and goes_on and (before, other) in known.official
    before_official = after is not None and (other, after) in known.official
    behind_strong, before_strong = (before, other) in known.strong, (other, after) in known.strong
    if shape is CAPITAL or (shape is OPENING and is_capital(words, index + 1)):
        left, right = _in_term(words, index, other, left, right, known)
    if shape is not UPPER:
        left = 0 if left and is_upper(words, index - 1) else left
        right = 0 if right and is_upper(words, index + 1) else right
    else:
        is_free = here is None or not (behind_strong or before_strong) or not may_be_named(words, index)
        behind_known = behind_official or (behind_strong and is_free)
        before_known = before_official or (before_strong and is_free)
        left = left if is_upper(words, index - 1) and (here is None or behind_known) else 0
        right = right if is_upper(words, index + 1) and (here is None or before_known) else 0
    proof = float(left + right)
    if left == TIGHT and is_orphan(words, index - 1, index - 2, known):
        proof += 1.0
    if right == TIGHT and is_orphan(words, index + 1, index + 1, known):
        proof += 1.0
    # Of two words that neighbours ask for alike, half of one that official prose is full of: «đoàn thê vận động».
    is_strong = (
        (left > 0 and behind_strong)
        or (right > 0 and before_strong)
        or (before, other, after) in known.triples
        or (index > 1 and before is not None and (words.keys[index - 2], before, other) in known.triples)
    )
    score = proof - _COST_WEIGHT * cost + (_STRONG if is_strong else 0.0)
    is_official = behind_official or before_official
    weight = known.partners.get(other, 0)
    return Candidate(word, other, cost, proof, score, TIGHT in (left, right), is_official, is_strong, weight)


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
