"""Which words are worth judging: what a neighbour must be for a word to be given up, by word and once for each.

Judging weighs every word that goes with neither neighbour, and nearly all of them are right. What a hint says is
needed, not enough: where it says no, judging would give nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

from giaoban.reader.repairs.company import NOBODY, TIGHT, company
from giaoban.reader.repairs.confusions import CHEAP, Options, behind, siblings
from giaoban.reader.repairs.judge import ALONE, FOREIGN_COST, OFTEN, dearest_alone, is_judged, is_right_but_unknown
from giaoban.reader.repairs.oddities import halves
from giaoban.reader.repairs.syllables import key
from giaoban.reader.repairs.tokens import Hint, PairHint
from giaoban.reader.repairs.words import CAPITAL, SMALL, UPPER, Shape, shape_of

_MOST_KEPT = 1 << 14
_NONE: frozenset[str] = frozenset()
_ALWAYS = Hint(True, _NONE, _NONE)
_NEVER = Hint(False, _NONE, _NONE)
_NO_PAIR = PairHint(_NONE, _NONE)


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
        if is_right_but_unknown(small):
            return _NEVER
        options = behind(small)
        always = any(
            (one.cost <= FOREIGN_COST and one.word in known.foreign)
            or (one.cost <= dearest_alone(one.key, known) and known.partners.get(one.key or "", 0) >= OFTEN)
            for one in options.all
        )
        return _ALWAYS if always else _hint(options.by_key)
    near = siblings(small)
    if here in known.single:
        return _hint_for_single(near, shape)
    if here in known.spelling:
        return _hint(near.by_key, is_bound=shape is SMALL)
    if shape is not SMALL:
        return _hint(near.by_key)
    if any(one.cost <= ALONE and one.key in known.function for one in near.all):
        return _ALWAYS
    return _hint(near.by_key.keys() | behind(small).by_key.keys())


@lru_cache(maxsize=_MOST_KEPT)
def hint_beside_orphan(printed: str) -> Hint:
    """Return what must stand beside a bound syllable of which a neighbour has nobody else."""
    return _hint(behind(printed.lower(), CHEAP).by_key, least=TIGHT)


@lru_cache(maxsize=_MOST_KEPT)
def pair_hint_of(printed: str) -> PairHint:
    """Return what a word may be as one half of a broken pair."""
    known = company()
    small = printed.lower()
    here = key(small)
    if shape_of(printed) not in (SMALL, CAPITAL, UPPER):
        return _NO_PAIR
    if here in known.single:
        halves_of = {found for found, one in siblings(small).by_key.items() if one.cost <= CHEAP}
        return PairHint(frozenset(halves_of), frozenset(_beside(halves_of, known.strong)[1]))
    near = behind(small) if here is None else siblings(small)
    keys = {found for found, one in near.by_key.items() if one.cost <= CHEAP}
    if here is not None:
        keys.add(here)
    return PairHint(frozenset(keys), frozenset[str]().union(*[_tight(one)[1] for one in keys]))


def _hint(keys: Iterable[str], *, is_bound: bool = False, least: int = 1) -> Hint:
    before, after = _around(keys, least)
    return Hint(False, frozenset(before), frozenset(after), is_bound)


def _hint_for_single(near: Options, shape: Shape) -> Hint:
    """A word that may stand alone gives way to a tight neighbour's wish, in capitals to an official term's too."""
    cheap = [found for found, one in near.by_key.items() if one.cost <= ALONE]
    ways = [_around(cheap, TIGHT), _beside(cheap, company().strong)]
    if shape in (CAPITAL, UPPER):
        ways.append(_beside(near.by_key, company().official))
    before, after = zip(*ways, strict=True)
    return Hint(False, _NONE.union(*before), _NONE.union(*after))


def _beside(keys: Iterable[str], pairs: frozenset[tuple[str, str]]) -> tuple[set[str], set[str]]:
    """Return what stands before and behind one of some keys in pairs."""
    firsts, seconds = _sides(pairs)
    before, after = set[str](), set[str]()
    for one in keys:
        before.update(firsts.get(one, ()))
        after.update(seconds.get(one, ()))
    return before, after


@cache
def _sides(pairs: frozenset[tuple[str, str]]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return the firsts of some pairs by their seconds, and the seconds by their firsts."""
    firsts: dict[str, list[str]] = {}
    seconds: dict[str, list[str]] = {}
    for first, second in pairs:
        firsts.setdefault(second, []).append(first)
        seconds.setdefault(first, []).append(second)
    return firsts, seconds


def _around(keys: Iterable[str], least: int) -> tuple[set[str], set[str]]:
    """Return the keys that go before and behind one of some keys."""
    known = company()
    before, after = set[str](), set[str]()
    for one in keys:
        if least == TIGHT:
            tight_before, tight_after = _tight(one)
            before |= tight_before
            after |= tight_after
        else:
            before.update(known.leaders.get(one, NOBODY))
            after.update(known.followers.get(one, NOBODY))
    return before, after


@lru_cache(maxsize=_MOST_KEPT)
def _tight(one: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the keys that go tightly before and behind a key."""
    known = company()
    before = [first for first, bond in known.leaders.get(one, NOBODY).items() if bond == TIGHT]
    after = [second for second, bond in known.followers.get(one, NOBODY).items() if bond == TIGHT]
    return frozenset(before), frozenset(after)
