"""Which syllables stand beside each other in official prose: the lexicon's words and phrases, read once when needed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise

from giaoban.reader.lexicon.types import load
from giaoban.reader.repairs.syllables import key

NUMBER = "#"
TIGHT, LOOSE = 2, 1
NOBODY: dict[str, int] = {}
_PUNCTUATION = re.compile(r"[;\n]")


@dataclass(frozen=True, slots=True)
class Company:
    """What is known of syllables, by key.

    Args:
        followers: for each key those that may stand behind it, and how much that proves (TIGHT or LOOSE).
        leaders: the same the other way round, for each key those that may stand before it.
        spelling: each known key as it is usually written.
        partners: in how many pairs a key takes part.
        single: keys that stand alone; a neighbour unknown here makes them no less right.
        function: keys of the words that hold sentences together.
        leading: the function words and those that others follow without making one word.
        triples: three neighbours out of known phrases.
        official: pairs that are written with capitals inside a sentence.
        heads: keys of words such as «Ban», «Bộ», behind which a term goes on with a capital.
        foreign: words of other languages.
        strong: pairs so usual that one half proves the other where nothing else speaks for what is printed.
    """

    followers: dict[str, dict[str, int]]
    leaders: dict[str, dict[str, int]]
    spelling: dict[str, str]
    partners: dict[str, int]
    single: frozenset[str]
    function: frozenset[str]
    leading: frozenset[str]
    triples: frozenset[tuple[str, str, str]]
    official: frozenset[tuple[str, str]]
    heads: frozenset[str]
    foreign: frozenset[str]
    strong: frozenset[tuple[str, str]]

    def bond(self, first: str | None, second: str | None) -> int:
        """Return how well two neighbours go together: TIGHT, LOOSE or 0."""
        return self.followers.get(first, NOBODY).get(second, 0) if first and second else 0


@cache
def company() -> Company:
    """Return what the lexicon knows."""
    words = load("words.toml")
    function = _keys(words["function"])
    leading = function | _keys(words["loose"])
    spelling: dict[str, str] = {}
    pairs: dict[tuple[str, str], int] = {}
    for head, *behind in _compounds():
        first = _learn(head, spelling)
        for follower in behind:
            second = _learn(follower, spelling)
            pairs[first, second] = LOOSE if first in leading or second in function else TIGHT
    triples: set[tuple[str, str, str]] = set()
    for phrase in _phrases(words["phrases"], spelling):
        triples.update(zip(phrase, phrase[1:], phrase[2:], strict=False))
        for first, second in pairwise(phrase):
            pairs.setdefault((first, second), LOOSE)
    official = frozenset((phrase[0], phrase[1]) for phrase in _phrases(words["official"], spelling))
    strong = frozenset((phrase[0], phrase[1]) for phrase in _phrases(words["strong"], spelling))
    for pair in official:
        if NUMBER in pair:
            # «Điều 5»: nothing but a term stands so.
            pairs[pair] = TIGHT
        pairs.setdefault(pair, TIGHT)
    for pair in strong:
        pairs.setdefault(pair, LOOSE)
    for word in (words["single"] + words["function"] + words["loose"]).split():
        _learn(word, spelling)
    partners = dict.fromkeys(spelling, 0)
    followers: dict[str, dict[str, int]] = {}
    leaders: dict[str, dict[str, int]] = {}
    for (first, second), proof in pairs.items():
        followers.setdefault(first, {})[second] = proof
        leaders.setdefault(second, {})[first] = proof
        partners[first] = partners.get(first, 0) + 1
        partners[second] = partners.get(second, 0) + 1
    single = _keys(words["single"]) | leading
    foreign = frozenset(words["foreign"].split())
    return Company(
        followers,
        leaders,
        spelling,
        partners,
        single,
        function,
        leading,
        frozenset(triples),
        official,
        _keys(words["heads"]),
        foreign,
        strong,
    )


def _compounds() -> list[list[str]]:
    text = resources.files("giaoban.reader.lexicon").joinpath("compounds.txt").read_text(encoding="utf-8")
    return [line.split() for line in text.splitlines() if line and line[0] != "#"]


def _keys(text: str) -> frozenset[str]:
    return frozenset(found for word in text.split() if (found := key(word)))


def _learn(word: str, spelling: dict[str, str]) -> str:
    found = NUMBER if word == NUMBER else key(word)
    if found is None:
        raise ValueError(f"{word!r} in the lexicon is no syllable")
    if found != NUMBER:
        spelling.setdefault(found, word)
    return found


def _phrases(text: str, spelling: dict[str, str]) -> list[list[str]]:
    phrases = [[_learn(word, spelling) for word in phrase.split()] for phrase in _PUNCTUATION.split(text)]
    return [phrase for phrase in phrases if phrase]


def is_known_syllable(word: str) -> bool:
    """Tell whether a word in small letters is a syllable of the lexicon."""
    found = key(word)
    return found is not None and found in company().spelling
