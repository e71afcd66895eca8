"""Which words are worth judging: what a neighbour must be for a word to be given up, by word and once for each.

Judging weighs every word that goes with neither neighbour, and nearly all of them are right. What a hint says is
needed, not enough: where it says no, judging would give nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from giaoban.reader.repairs.company import TIGHT, company
from giaoban.reader.repairs.confusions import CHEAP, behind, siblings
from giaoban.reader.repairs.judge import ALONE, FOREIGN_COST, OFTEN, is_judged, is_right_but_unknown
from giaoban.reader.repairs.oddities import halves
from giaoban.reader.repairs.syllables import key
from giaoban.reader.repairs.words import Shape, shape_of

_MOST_KEPT = 1 << 14
_NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Hint:
    """Keys of which one must stand ``before`` or ``after`` a word, unless it is judged ``always``.

    ``is_bound`` marks a syllable of compounds: beside an orphan the keys of ``beside_orphan`` count too.
    """

    always: bool
    before: frozenset[str]
    after: frozenset[str]
    is_bound: bool = False


@dataclass(frozen=True, slots=True)
class PairHint:
    """The keys that a word may turn out to have, and those that go tightly behind one of them."""

    keys: frozenset[str]
    followers: frozenset[str]


_ALWAYS = Hint(True, _NOBODY, _NOBODY)
_NEVER = Hint(False, _NOBODY, _NOBODY)
_NO_PAIR = PairHint(_NOBODY, _NOBODY)


@lru_cache(maxsize=_MOST_KEPT)
def hint_of(printed: str) -> Hint:
    """Return what must stand beside a free word that goes with neither neighbour."""
    known = company()
    shape, small = shape_of(printed), printed.lower()
    if halves(printed):
        return _ALWAYS
    if not is_judged(printed, shape):
        return _NEVER
    here = key(small)
    if here is None:
        if is_right_but_unknown(small, known):
            return _NEVER
        options = behind(small)
        always = any(
            (cost <= FOREIGN_COST and word in known.foreign)
            or (cost <= ALONE and known.partners.get(key(word) or "", 0) >= OFTEN)
            for word, cost in options
        )
        return _hint(options, always=always)
    near = siblings(small)
    if here in known.single:
        return _hint_for_single(near, shape)
    if here in known.spelling:
        return _hint(near, is_bound=shape is Shape.SMALL)
    always = shape is Shape.SMALL and any(cost <= ALONE and key(word) in known.function for word, cost in near)
    return _hint((*near, *behind(small)) if shape is Shape.SMALL else near, always=always)


@lru_cache(maxsize=_MOST_KEPT)
def hint_beside_orphan(printed: str) -> Hint:
    """Return what must stand beside a bound syllable of which a neighbour has nobody else."""
    return _hint(behind(printed.lower(), CHEAP), least=TIGHT)


@lru_cache(maxsize=_MOST_KEPT)
def pair_hint_of(printed: str) -> PairHint:
    """Return what a word may be as one half of a broken pair."""
    known = company()
    small = printed.lower()
    here = key(small)
    if here in known.single or shape_of(printed) not in (Shape.SMALL, Shape.CAPITAL):
        return _NO_PAIR
    near = behind(small) if here is None else siblings(small)
    keys = {found for word, cost in near if cost <= CHEAP and (found := key(word))}
    if here is not None:
        keys.add(here)
    followers = (follower for one in keys for follower, bond in known.followers.get(one, {}).items() if bond == TIGHT)
    return PairHint(frozenset(keys), frozenset(followers))


def _hint(
    options: Iterable[tuple[str, float]], *, always: bool = False, is_bound: bool = False, least: int = 1
) -> Hint:
    keys = {found for word, _ in options if (found := key(word))}
    before, after = _around(keys, least)
    return Hint(always, frozenset(before), frozenset(after), is_bound)


def _hint_for_single(near: tuple[tuple[str, float], ...], shape: Shape) -> Hint:
    """A word that may stand alone gives way to a tight neighbour's wish, in capitals to an official term's too."""
    before, after = _around({found for word, cost in near if cost <= ALONE and (found := key(word))}, TIGHT)
    if shape in (Shape.CAPITAL, Shape.UPPER):
        keys = {found for word, _ in near if (found := key(word))}
        before |= {first for first, second in company().official if second in keys}
        after |= {second for first, second in company().official if first in keys}
    return Hint(False, frozenset(before), frozenset(after))


def _around(keys: Collection[str], least: int) -> tuple[set[str], set[str]]:
    """Return the keys that go before and behind one of some keys."""
    known = company()
    before = {first for one in keys for first, bond in _leaders().get(one, {}).items() if bond >= least}
    after = {second for one in keys for second, bond in known.followers.get(one, {}).items() if bond >= least}
    return before, after


@cache
def _leaders() -> dict[str, dict[str, int]]:
    """Return for each key those that may stand before it, and how much that proves."""
    found: dict[str, dict[str, int]] = {}
    for first, followers in company().followers.items():
        for second, bond in followers.items():
            found.setdefault(second, {})[first] = bond
    return found
