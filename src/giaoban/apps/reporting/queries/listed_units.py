"""Which unit an office's list means: «CB khu phố 03», «Khu phố 3», «Chi bộ 2, Đảng bộ Sở Y tế».

Lists are written by hand: the kind of unit is abbreviated or left out, a number has a zero before it, what stands above
is added where several cells have one name. A name is taken for a unit only where one unit alone can be meant.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain

from giaoban.apps.organizations.queries.chosen import UnitCard
from giaoban.core.text_vi import fold

# How offices shorten the words at the head of a name; each in its folded form.
_SHORT = {
    "cb": "chi bo",
    "cbcs": "chi bo co so",
    "db": "dang bo",
    "dbcs": "dang bo co so",
    "dbbp": "dang bo bo phan",
    "du": "dang uy",
    "kp": "khu pho",
    "tdp": "to dan pho",
    "ubnd": "uy ban nhan dan",
    "hdnd": "hoi dong nhan dan",
}
_JOINED = re.compile(r"\b(cb|kp|tdp)(\d+)\b")  # «KP3», «CB02»
_KINDS = (
    "chi bo co quan",
    "dang bo co quan",
    "chi bo co so",
    "dang bo co so",
    "dang bo bo phan",
    "chi bo",
    "dang bo",
    "dang uy",
)
_NOT_WORDS = re.compile(r"[^0-9a-z&]+")
# What stands above comes after the cell's own name.
_ABOVE = re.compile(
    r"\s*(?:[,;/(]|\s[-\u2013]\s|\s(?:thuộc|trực thuộc)\s|\s(?=(?:Đảng bộ|Đảng ủy|ĐB|ĐU)\s))\s*", re.IGNORECASE
)


class ListedUnits:
    """The units that a list of an office may name."""

    def __init__(self, cards: Iterable[UnitCard]) -> None:
        self._whole: dict[str, set[int]] = defaultdict(set)
        self._bare: dict[str, set[int]] = defaultdict(set)  # without the kind of unit
        self._kindless: dict[str, set[int]] = defaultdict(set)  # who is called so in the register, without any kind
        for card in cards:
            for name in {card.name, card.short_name} - {""}:
                words = _plain(name)
                rest = _without_kind(words)
                self._whole[words].add(card.pk)
                self._bare[rest].add(card.pk)
                if rest == words:
                    self._kindless[words].add(card.pk)

    def meant(self, name: str) -> Collection[int]:
        """Return the units (by key) that a name can mean, of its best reading: as it stands, then without its kind.

        «Đảng bộ Sở Y tế» is never a «Chi bộ Sở Y tế»: the kind is left out on one side only.
        """
        words = _plain(name)
        rest = _without_kind(words)
        found = self._whole.get(words) or (self._bare if rest == words else self._kindless).get(rest)
        return found or ()

    def parted(self, name: str) -> Iterator[tuple[Collection[int], Collection[int]]]:
        """Give the units that a name with what stands above it can mean: the unit itself, what stands above."""
        for cut in _ABOVE.finditer(name):
            inner, outer = self.meant(name[: cut.start()]), self.meant(name[cut.end() :].rstrip(" )"))
            if inner and outer:
                yield inner, outer


def code_of(name: str, units: ListedUnits, codes: Mapping[int, str], above: Mapping[int, Collection[int]]) -> str:
    """Return the code of the one unit that a name can mean, «» where none or several can be meant.

    Args:
        above: the units above each unit that `ListedUnits.parted` gave.
    """
    found = set(units.meant(name)) or {
        pk for inner, outer in units.parted(name) for pk in inner if not set(outer).isdisjoint(above.get(pk, ()))
    }
    return codes[found.pop()] if len(found) == 1 else ""


def to_be_placed(names: Iterable[str], units: ListedUnits) -> set[int]:
    """Return the units of which `code_of` has to know what stands above them."""
    doubtful = (name for name in names if not units.meant(name))
    return set(chain.from_iterable(inner for name in doubtful for inner, _outer in units.parted(name)))


def _plain(name: str) -> str:
    """«CB Khu phố 03.» and «Chi bộ khu phố 3» are the same words."""
    words = _NOT_WORDS.sub(" ", _JOINED.sub(r"\1 \2", fold(name))).split()
    return " ".join(str(int(word)) if word.isdecimal() else _SHORT.get(word, word) for word in words)


def _without_kind(words: str) -> str:
    for kind in _KINDS:
        if words.startswith(kind + " "):
            return words[len(kind) + 1 :]
    return words
