"""Which number a list of parts may divide: the nearest one before it, or one that counts the same thing."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from giaoban.reader.claims.intervals import Interval
from giaoban.reader.claims.nouns import Kind, Noun, noun_after
from giaoban.reader.claims.numbers import Token, TokenKind
from giaoban.reader.claims.parts import value_of
from giaoban.reader.claims.passage import Passage

_LONGEST_GAP = 260
_MOST = 3
_WORDS_IN_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
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
    first = max(0, place - _LONGEST_GAP)
    while index >= 0 and passage.tokens[index].start >= first and len(found) < _MOST:
        token = passage.tokens[index]
        gap = text[token.end : place]
        if "\n" in gap.rstrip("\n") or ";" in gap.rstrip(" ;") or _crosses_a_sentence(passage, token.end, place):
            break
        is_inside = gap.count(")") > gap.count("(")
        if token.kind is TokenKind.FRACTION or (token.kind is TokenKind.COUNT and not is_inside):
            noun = noun_after(text, token.end)
            if noun.kind is not Kind.SPAN:
                words = _WORDS_IN_BRACKETS.sub(" ", gap)
                phrase = f"{noun.phrase} {words.lower()}"
                found.append(Whole(token, replace(noun, phrase=phrase), words))
        index -= 1
    return found


def _crosses_a_sentence(passage: Passage, start: int, end: int) -> bool:
    """Tell whether a sentence ends in between; «. Trong đó,» goes on with the one before."""
    stop = passage.sentence_end(start, end)
    return stop < end - 2 and stop < start + len(passage.text[start:end].rstrip(" .\n"))
