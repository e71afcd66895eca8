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
_MISSING, _EXTRA = 1.0, 1.0
_WIDEST = 4  # letters of a printed group
_MOST_ADDED = 12
_TONES = "\u0300\u0309\u0303\u0301\u0323"
_END = ""

# Printed for intended: one letter of much the same outline.
_SHAPES = {
    "l": "tihk", "i": "tlr", "1": "il", "|": "il", "0": "o", "n": "u", "u": "no", "v": "y", "y": "v", "c": "eo",
    "e": "coư", "o": "eca", "h": "btkn", "b": "h", "a": "o", "q": "g", "g": "q", "f": "t", "t": "lf", "r": "tn",
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
    "lửi": ("nh", 0.3),
}  # fmt: skip
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


Node = dict[str, "Node | str"]


class Option(NamedTuple):
    """A known word that may stand behind a printed one, what that costs, and its key (None for a foreign word)."""

    word: str
    cost: float
    key: str | None


class Options(NamedTuple):
    """What may stand behind a printed word, the likeliest first; ``foreign`` are the words of other languages."""

    all: tuple[Option, ...]
    by_key: dict[str, Option]
    foreign: tuple[Option, ...]


def _options(found: Iterable[tuple[str, float]]) -> Options:
    shown = tuple(Option(word, cost, key(word)) for cost, word in sorted((cost, word) for word, cost in found))
    foreign = tuple(one for one in shown if one.word in company().foreign)
    return Options(shown, {one.key: one for one in shown if one.key}, foreign)


@cache
def _tree() -> Node:
    """Return the known syllables and foreign words as a tree of letters; the word stands at the key «»."""
    root: Node = {}
    known = company()
    for word in (*known.spelling.values(), *known.foreign):
        node = root
        for letter in word:
            step = node.setdefault(letter, {})
            assert isinstance(step, dict)
            node = step
        node[_END] = word
    return root


@lru_cache(maxsize=1 << 13)
def behind(printed: str, dearest: float = DEAREST) -> Options:
    """Return the known words that may have been printed so, the likeliest first.

    Args:
        printed: a word in small letters (NFC).
    """
    if len(printed) > _longest():
        return _options(())
    # At each place of the printed word the nodes of the tree that it may lead to, each with its least cost.
    layers: list[dict[int, tuple[float, Node]]] = [{} for _ in range(len(printed) + 1)]
    root = _tree()
    layers[0][id(root)] = (0.0, root)
    for at in range(len(printed)):
        if not layers[at]:
            continue
        if at:
            _add_missing(layers[at], dearest)
        _step(layers, printed, at, dearest)
    _add_missing(layers[-1], dearest)
    best: dict[str, float] = {}
    for cost, node in layers[-1].values():
        word = node.get(_END)
        if isinstance(word, str):
            best[word] = min(cost, best.get(word, cost))
    return _options(best.items())


@cache
def _longest() -> int:
    """Return how many letters a broken word may have: no confusion that is paid for prints more than this."""
    known = company()
    return max(map(len, (*known.spelling.values(), *known.foreign))) + _MOST_ADDED


def _step(layers: list[dict[int, tuple[float, Node]]], printed: str, at: int, dearest: float) -> None:
    """Go on from each node of a layer: by one letter, by several that are printed as one shape, or by none."""
    swaps = _swaps(printed[at])
    groups = [
        (layers[at + size], intended, price)
        for size in range(1, min(_WIDEST, len(printed) - at) + 1)
        for intended, price in _groups().get(printed[at : at + size], ())
    ]
    following = layers[at + 1]
    for cost, node in layers[at].values():
        for letter, price in swaps.items() if len(swaps) < len(node) else _shared(swaps, node):
            step = node.get(letter)
            if isinstance(step, dict) and letter and cost + price <= dearest:
                _reach(following, step, cost + price)
        for layer, intended, price in groups:
            if cost + price <= dearest and (target := _walk(node, intended)) is not None:
                _reach(layer, target, cost + price)
        if at and cost + _EXTRA <= dearest:
            _reach(following, node, cost + _EXTRA)


def _shared(swaps: dict[str, float], node: Node) -> list[tuple[str, float]]:
    return [(letter, swaps[letter]) for letter in node if letter in swaps]


def _add_missing(layer: dict[int, tuple[float, Node]], dearest: float) -> None:
    """Add to a layer the nodes one letter further on, which the print has lost; nobody can pay for two."""
    for cost, node in list(layer.values()):
        if cost + _MISSING <= dearest:
            for letter, step in node.items():
                if letter and isinstance(step, dict):
                    _reach(layer, step, cost + _MISSING)


def _reach(layer: dict[int, tuple[float, Node]], node: Node, cost: float) -> None:
    known = layer.get(id(node))
    if known is None or cost < known[0]:
        layer[id(node)] = (cost, node)


def _walk(node: Node, letters: str) -> Node | None:
    for letter in letters:
        step = node.get(letter)
        if not isinstance(step, dict):
            return None
        node = step
    return node


@lru_cache(maxsize=1 << 14)
def siblings(word: str) -> Options:
    """Return the known words that differ from a possible syllable by marks alone, the likeliest first."""
    return _options(
        (other, cost)
        for other in _by_skeleton().get(skeleton(word), ())
        if (cost := marks_apart(word, other)) <= CHEAP and cost
    )


def marks_apart(word: str, other: str) -> float:
    """Return the cost of the marks by which two words with the same letters differ."""
    tone, hats, strokes = set(), 0, 0
    for one, two in zip(word, other, strict=True):
        (base, hat, mark), (base2, hat2, mark2) = _parts(one), _parts(two)
        hats += hat != hat2
        strokes += base != base2
        tone |= {(0, mark), (1, mark2)} - {(0, ""), (1, "")}
    tones = dict(tone)
    is_other_tone = tones.get(0, "") != tones.get(1, "")
    return (
        (_TONE if is_other_tone else 0.0)
        + min(hats, 1) * (_BOTH - _TONE if is_other_tone else _HAT)
        + strokes * _STROKE
    )


@lru_cache(maxsize=1 << 14)
def skeleton(word: str) -> str:
    """Return the bare letters: «được» gives «duoc»."""
    return "".join(_parts(letter)[0] for letter in word).replace("đ", "d")


@cache
def _by_skeleton() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word in company().spelling.values():
        found.setdefault(skeleton(word), []).append(word)
    return found
