"""What scanning makes of letters, and which known words may stand behind a printed one.

Costs are on one scale: about 0.4 for a mark that was lost or changed, 0.7 for another letter of the same shape, 1 for a
letter more or less.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from giaoban.reader.repairs.company import company
from giaoban.reader.repairs.syllables import key

CHEAP = 0.85
DEAREST = 1.35
_TONE, _HAT, _BOTH, _STROKE = 0.42, 0.4, 0.75, 0.42
_SHAPE, _SHAPE_AND_MARK = 0.62, 0.85
# «đă» for «đã»: the bow of the letter and the wave of the tone look alike.
_BREVE, _TILDE, _WAVE = "\u0306", "\u0303", 0.3
_MISSING, _EXTRA = 1.0, 1.0
_WIDEST = 4  # letters of a printed group
_MOST_ADDED = 12
# No swap of a letter costs less.
_LEAST_SWAP = 0.39
_TONES = "\u0300\u0309\u0303\u0301\u0323"
_DEAR = 9.0
_LIKELIEST = 6

# Printed for intended: one letter of much the same outline.
_SHAPES = {
    "l": "tihk", "i": "tlr", "1": "il", "|": "il", "0": "o", "n": "u", "u": "no", "v": "y", "y": "v", "c": "eo",
    "e": "coư", "o": "ecag", "h": "btkn", "b": "hl", "a": "o", "q": "g", "g": "q", "f": "t", "t": "lf", "r": "tn",
    "j": "i", "m": "n", "k": "h", "d": "t", "x": "s", "s": "x", "ư": "e", "ê": "ô", "ô": "ê", "ơ": "a", "p": "b",
    "w": "v",
}  # fmt: skip
# Printed for intended: several letters at once.
_GROUPS = {
    "li": ("h", 0.3), "ii": ("n", 0.3), "rn": ("m", 0.4), "m": ("in", 0.55), "nm": ("run", 0.6), "mn": ("nin", 0.5),
    "iih": ("nh", 0.3), "ni": ("rư", 0.8), "tm": ("tru", 0.5), "cm": ("ơn", 0.5), "ir": ("ư", 0.4), "ìr": ("ừ", 0.3),
    "ír": ("ứ", 0.3), "vv": ("w", 0.3), "cl": ("d", 0.5), "ưo": ("ươ", 0.3), "uơ": ("ươ", 0.3), "uo": ("ươ", 0.6),
    "t": ("tr", 0.95), "h": ("tr", 0.75), "ti": ("tr", 0.5), "tt": ("tr", 0.6), "lh": ("th", 0.3), "ih": ("th", 0.4),
    "mi": ("khu", 1.0), "nil": ("nh", 0.4), "nlì": ("nh", 0.4), "tli": ("th", 0.3), "ứi": ("th", 0.45),
    "lử": ("nh", 0.3), "lứ": ("nh", 0.3), "rứi": ("nh", 0.3), "rửi": ("nh", 0.3), "rủi": ("nh", 0.3),
    "iửi": ("nh", 0.3), "iủi": ("nh", 0.3), "ui": ("nh", 0.9), "iứi": ("nh", 0.3), "ủi": ("nh", 0.5),
    "úi": ("nh", 0.5), "iii": ("nh", 0.5), "ũi": ("ĩn", 0.3), "ĩủi": ("nh", 0.3), "ứửi": ("inh", 0.3),
    "ứứi": ("inh", 0.3), "ửi": ("nh", 0.3), "miứi": ("minh", 0.3), "xửi": ("nh", 0.3), "he": ("tư", 0.8),
    "to": ("tr", 1.1), "tni": ("trư", 0.4), "tnr": ("trư", 0.4), "lir": ("hư", 0.4), "irc": ("ưc", 0.3),
    "ic": ("k", 0.7), "lc": ("k", 0.6), "ltli": ("kh", 0.6), "in": ("m", 0.5), "úệ": ("iệ", 0.3), "lứi": ("nh", 0.3),
    "lửi": ("nh", 0.3), "ri": ("n", 0.4), "rí": ("n", 0.45), "rì": ("n", 0.45), "dg": ("ng", 0.5),
    # What pages make of a legacy encoding: «phịng» for «phòng».
    "ị": ("ò", 0.45),
}  # fmt: skip
# What else the same print may stand for: «qiiy» for «quy», «tiiảo» for «thảo».
_MORE_GROUPS = (("ii", "u", 0.4), ("ii", "h", 0.45))
# The same where the mark of the tone goes with the letter: «tmh» for «tỉnh», «bmh» for «bình», «Thưcmg» for «Thường».
_TONELESS = (
    ("mh", "i", "nh", 0.45), ("cmg", "ơ", "ng", 0.45), ("nmg", "u", "ng", 0.9), ("tnê", "triê", "", 0.6),
    ("tnu", "trư", "", 0.6), ("tnư", "trươ", "", 0.6), ("m", "hi", "", 0.75), ("mn", "hi", "n", 0.7),
)  # fmt: skip
_CLUSTERS = {"ừ": 1, "ứ": 4, "ử": 2, "ữ": 3, "ự": 5, "ư": 0}


@cache
def _groups() -> dict[str, list[tuple[str, float]]]:
    found: dict[str, list[tuple[str, float]]] = {}
    for printed, (intended, cost) in _GROUPS.items():
        found.setdefault(printed, []).append((intended, cost))
    for printed, intended, cost in _MORE_GROUPS:
        found[printed].append((intended, cost))
    for printed, stem, tail, cost in _TONELESS:
        for mark in ("", *_TONES):
            found.setdefault(printed, []).append((unicodedata.normalize("NFC", stem + mark) + tail, cost))
    for first in _CLUSTERS:
        found.setdefault(first, []).append(("tr", 0.4))
    for tone in _CLUSTERS.values():
        # «ừửi» for «ình», «ùủi» for «ình», «ựửi» for «ịnh»: the first letter keeps the tone.
        mark = ("", *_TONES)[tone]
        for base in ("ư", "u"):
            letter = unicodedata.normalize("NFC", base + mark)
            intended = unicodedata.normalize("NFC", "i" + mark) + "nh"
            for tail in ("ửi", "ủi", "ứi", "úi", "xi"):
                found.setdefault(letter + tail, []).append((intended, 0.35))
                if tone:
                    found[letter + tail].append(("inh", 0.4))
    return found


@lru_cache(maxsize=1024)
def _parts(letter: str) -> tuple[str, str, str]:
    """Return base letter, hat or horn, tone."""
    base, hat, tone = "", "", ""
    for mark in unicodedata.normalize("NFD", letter):
        if mark in _TONES:
            tone = mark
        elif unicodedata.combining(mark):
            hat = mark
        else:
            base = mark
    return base, hat, tone


@cache
def _alphabet() -> tuple[str, ...]:
    return tuple({letter for word in company().spelling.values() for letter in word})


@lru_cache(maxsize=1024)
def _swaps(printed: str) -> dict[str, float]:
    """Return the letters that may stand behind a printed one, with their costs."""
    base, hat, tone = _parts(printed)
    found: dict[str, float] = {printed: 0.0}
    for letter in _alphabet():
        if letter == printed:
            continue
        other, other_hat, other_tone = _parts(letter)
        if {base, other} == {"d", "đ"}:
            found[letter] = _STROKE
        elif base == other:
            changed = (hat != other_hat, tone != other_tone)
            if (hat, tone, other_hat, other_tone) in ((_BREVE, "", "", _TILDE), ("", _TILDE, _BREVE, "")):
                found[letter] = _WAVE
                continue
            found[letter] = _BOTH if all(changed) else _HAT if changed[0] else _TONE
        elif other in _SHAPES.get(base, "") or letter in _SHAPES.get(printed, "") or _hatted(printed, letter):
            same = (hat, tone) == (other_hat, other_tone) or not (other_hat or other_tone)
            found[letter] = _SHAPE if same else _SHAPE_AND_MARK
    return found


def _hatted(printed: str, letter: str) -> bool:
    """Tell whether only the bowl differs: «ộ» for «ệ», «ò» for «ừ»."""
    (base, hat, tone), (other, other_hat, other_tone) = _parts(printed), _parts(letter)
    if tone != other_tone:
        return False
    return ({base, other} == {"o", "e"} and hat == other_hat) or ((base, other) == ("o", "u") and other_hat == "\u031b")


class Option(NamedTuple):
    """A known word that may stand behind a printed one, what that costs, and its key (None for a foreign word)."""

    word: str
    cost: float
    key: str | None


class Options(NamedTuple):
    """What may stand behind a printed word, the likeliest first.

    In ``by_key`` the usual ones come first of those that lie as near: «môt» is rather «một» than «mốt». ``foreign``
    are the words of other languages; ``joining`` is what the cheapest of the words costs that hold sentences together,
    if it is among the likeliest.
    """

    all: tuple[Option, ...]
    by_key: dict[str, Option]
    foreign: tuple[Option, ...]
    joining: float


def _options(found: Iterable[tuple[str, float]]) -> Options:
    known = company()
    partners, function = known.partners, known.function
    shown = tuple([Option(word, cost, key(word)) for cost, word in sorted([(cost, word) for word, cost in found])])
    foreign = tuple([one for one in shown if one.word in known.foreign])
    joining = next((one.cost for one in shown[:_LIKELIEST] if one.key in function), _DEAR)
    usual = sorted(shown, key=lambda one: (one.cost, -partners.get(one.key or "", 0)))
    return Options(shown, {one.key: one for one in usual if one.key}, foreign, joining)


class _Node:
    """A place in the tree of known words: what letters go on from it, and the word that ends there."""

    __slots__ = ("_steps", "children", "word")

    def __init__(self) -> None:
        self.children: dict[str, _Node] = {}
        self.word: str | None = None
        self._steps: dict[str, list[tuple[_Node, float]]] = {}

    def steps(self, printed: str) -> list[tuple[_Node, float]]:
        """Return the nodes one letter further on for a printed letter, with their costs; most words ask for few."""
        found = self._steps.get(printed)
        if found is None:
            swaps = _swaps(printed)
            found = [(self.children[letter], swaps[letter]) for letter in self.children.keys() & swaps.keys()]
            self._steps[printed] = found
        return found


_Layer = dict[_Node, float]


@cache
def _tree() -> _Node:
    """Return the known syllables and foreign words as a tree of letters."""
    root = _Node()
    known = company()
    for word in (*known.spelling.values(), *known.foreign):
        node = root
        for letter in word:
            node = node.children.setdefault(letter, _Node())
        node.word = word
    return root


@lru_cache(maxsize=1 << 13)
def behind(printed: str, dearest: float = DEAREST) -> Options:
    """Return the known words that may have been printed so, the likeliest first.

    Args:
        printed: a word in small letters (NFC).
    """
    if len(printed) > _longest():
        return _options(())
    return _options([(node.word, cost) for node, cost in _layer(printed, dearest).items() if node.word is not None])


@lru_cache(maxsize=1 << 12)
def _layer(printed: str, dearest: float) -> _Layer:
    """Return the nodes of the tree that the letters printed so far may lead to, each with its least cost.

    It is kept: words that begin alike have the same layers up to where they part.
    """
    if not printed:
        return {_tree(): 0.0}
    found: _Layer = {}
    before = _layer(printed[:-1], dearest)
    if before:
        _swap_one(before, found, printed[-1], dearest)
    for size in range(1, min(_WIDEST, len(printed)) + 1):
        if groups := _groups().get(printed[-size:]):
            _swap_groups(_layer(printed[:-size], dearest), found, groups, dearest)
    if len(printed) > 1:
        _leave_out(before, found, dearest)
    _add_missing(found, dearest)
    return found


@cache
def _longest() -> int:
    """Return how many letters a broken word may have: no confusion that is paid for prints more than this."""
    known = company()
    return max(map(len, (*known.spelling.values(), *known.foreign))) + _MOST_ADDED


def _swap_one(layer: _Layer, following: _Layer, printed: str, dearest: float) -> None:
    """Go on from each node by one letter for the printed one."""
    for node, cost in layer.items():
        if cost > dearest - _LEAST_SWAP:
            # Nothing but the printed letter can be paid for.
            same = node.children.get(printed)
            if same is not None and cost < following.get(same, _DEAR):
                following[same] = cost
            continue
        for step, price in node.steps(printed):
            total = cost + price
            if total <= dearest and total < following.get(step, _DEAR):
                following[step] = total


def _swap_groups(layer: _Layer, following: _Layer, groups: Iterable[tuple[str, float]], dearest: float) -> None:
    """Go on by several letters that are printed as one shape, or the other way round."""
    for intended, price in groups:
        for node, cost in _payable(layer, price, dearest):
            if (step := _walk(node, intended)) and cost < following.get(step, _DEAR):
                following[step] = cost


def _leave_out(layer: _Layer, following: _Layer, dearest: float) -> None:
    """Go on without the printed letter."""
    for node, cost in _payable(layer, _EXTRA, dearest):
        if cost < following.get(node, _DEAR):
            following[node] = cost


def _add_missing(layer: _Layer, dearest: float) -> None:
    """Add to a layer the nodes one letter further on, which the print has lost; nobody can pay for two."""
    for node, cost in _payable(layer, _MISSING, dearest):
        for step in node.children.values():
            if cost < layer.get(step, _DEAR):
                layer[step] = cost


def _payable(layer: _Layer, price: float, dearest: float) -> list[tuple[_Node, float]]:
    """Return the nodes from which something at a price can be paid for, with the cost of both: mostly few of many."""
    return [(node, total) for node, cost in layer.items() if (total := cost + price) <= dearest]


def _walk(node: _Node | None, letters: str) -> _Node | None:
    for letter in letters:
        if node is None:
            return None
        node = node.children.get(letter)
    return node


class _Marks(NamedTuple):
    """A word with its marks taken apart: tone, hats and bare letters."""

    word: str
    tone: str
    hats: tuple[str, ...]
    letters: tuple[str, ...]


def _marks(word: str) -> _Marks:
    letters, hats, tones = zip(*map(_parts, word), strict=True)
    return _Marks(word, "".join(tones), hats, letters)


@lru_cache(maxsize=1 << 14)
def siblings(word: str) -> Options:
    """Return the known words that differ from a possible syllable by marks alone, the likeliest first."""
    marks = _marks(word)
    near = _by_skeleton().get("".join(marks.letters).replace("đ", "d"), ())
    return _options([(other.word, cost) for other in near if 0 < (cost := _apart(marks, other)) <= CHEAP])


def _apart(one: _Marks, other: _Marks) -> float:
    """Return the cost of the marks by which two words with the same letters differ."""
    is_other_tone, has_other_hat = one.tone != other.tone, one.hats != other.hats
    if one.letters == other.letters and _is_wave(one, other):
        return _WAVE
    strokes = sum(map(str.__ne__, one.letters, other.letters)) if one.letters != other.letters else 0
    return (
        (_TONE if is_other_tone else 0.0)
        + has_other_hat * (_BOTH - _TONE if is_other_tone else _HAT)
        + strokes * _STROKE
    )


def _is_wave(one: _Marks, other: _Marks) -> bool:
    """Tell whether a bow over a letter and the wave of a tone are all that differs: «đă», «đã»."""
    if {one.tone, other.tone} != {"", _TILDE}:
        return False
    bowed, waved = (one, other) if not one.tone else (other, one)
    return _BREVE in bowed.hats and tuple("" if hat == _BREVE else hat for hat in bowed.hats) == waved.hats


@cache
def _by_skeleton() -> dict[str, list[_Marks]]:
    """Return the known words by their bare letters: «được» stands under «duoc»."""
    found: dict[str, list[_Marks]] = {}
    for word in company().spelling.values():
        marks = _marks(word)
        found.setdefault("".join(marks.letters).replace("đ", "d"), []).append(marks)
    return found
