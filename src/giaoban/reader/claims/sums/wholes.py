"""Which number a list of parts may divide: the nearest one before it, or one that counts the same thing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from giaoban.reader.claims.base.intervals import Interval
from giaoban.reader.claims.base.nouns import Kind, Noun
from giaoban.reader.claims.base.numbers import Token, TokenKind
from giaoban.reader.claims.base.parts import value_of
from giaoban.reader.claims.base.passage import Passage

# How far before a list its whole may stand; a whole sentence is rarely longer.
LONGEST_GAP = 260
_MOST = 3
# «58,8 tạ/ha» is an average, and no parts make it.
_RATE = re.compile(r" ?[^\W\d_]+(?: [^\W\d_]+)?/[^\W\d_]{2}")
_LONGEST_UNIT = 24
_WORDS_IN_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(slots=True)
class Whole:
    """The number that is divided: its token (a fraction counts by its numerator), its noun, the words up to the
    list."""

    token: Token
    noun: Noun
    words: str

    @property
    def value(self) -> Interval:
        """What it may stand for."""
        return value_of(self.token, self.noun)


def find_wholes(passage: Passage, place: int) -> list[Whole]:
    """Return the numbers before a list in its sentence, nearest first; what stands in closed brackets is passed over,
    but for a fraction, which counts by its numerator."""
    text = passage.text
    found: list[Whole] = []
    index = passage.first_after(place) - 1
    first = max(0, place - LONGEST_GAP)
    nearest = _clause_start(passage, first, place)
    depth, done = 0, place
    while index >= 0 and len(found) < _MOST:
        token = passage.tokens[index]
        index -= 1
        if token.start < first or token.end < nearest:
            break
        depth += text.count(")", token.end, done) - text.count("(", token.end, done)
        done = token.end
        if token.kind is TokenKind.FRACTION or (token.kind is TokenKind.COUNT and depth <= 0):
            noun = passage.noun(token)
            has_slash = text.find("/", token.end, token.end + _LONGEST_UNIT) >= 0
            if noun.kind is not Kind.SPAN and not (has_slash and _RATE.match(text, token.end)):
                words = text[token.end : place]
                words = _WORDS_IN_BRACKETS.sub(" ", words) if "(" in words else words
                phrase = f"{noun.phrase} {words.lower()}"
                found.append(Whole(token, Noun(noun.head, noun.kind, noun.scale, phrase, noun.label), words))
    return found


def _clause_start(passage: Passage, first: int, place: int) -> int:
    """Return the first place from which nothing divides the text from the list: no new paragraph, no semicolon, no end
    of a sentence; those right before the list do not count, «. Trong đó,» goes on with the sentence before."""
    text = passage.text
    before = text[first:place]
    nearest = max(before.rstrip("\n").rfind("\n"), before.rstrip(" ;").rfind(";")) + 1 + first
    limit = min(place - 2, first + len(before.rstrip(" .\n")))
    for stop in passage.stops(nearest, place):
        if stop >= limit:
            break
        nearest = stop + 1
    return nearest
