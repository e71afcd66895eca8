"""Pieces of running text between blanks: what is known of each is found once, however often it is printed.

An office's vocabulary is small: a million characters hold two hundred thousand pieces and some eight thousand different
ones. So everything that a piece tells by itself is kept by piece, and reading a text is looking pieces up.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from giaoban.reader.repairs.company import NOBODY, NUMBER, company
from giaoban.reader.repairs.oddities import is_odd
from giaoban.reader.repairs.syllables import key

# Raised digits are marks of footnotes, no part of a word.
WORD = re.compile(r"[^\W_²³¹⁰⁴-⁹]+")
MARK_AT_END = re.compile(r"([^\W\d_]{2,})\d{1,2}\Z")
# What glued to a word makes it part of a symbol, an address, a name with a hyphen, a formula.
GLUE = frozenset("-–/'’`@_&+=\\#~^*<>{}$¬") | frozenset(map(chr, range(0x300, 0x370)))
# What may close a sentence or a clause behind its last word.
CLOSING_SIGNS = '.,;:!?)”"'
_MARKED_VOWELS = frozenset("àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ")
_LONGEST_TAIL = 4
_MOST_KEPT = 1 << 16
_LETTERLESS = re.compile(r"[0-9\W]+\Z")
_ANY_DIGIT = str.maketrans("123456789", "000000000")


class Spot(NamedTuple):
    """A word inside a piece: its place there, what is printed without the mark of a footnote, its key.

    ``is_glued`` tells that it is part of something that is no running text: a symbol, an address, a hyphened name.
    """

    start: int
    end: int
    printed: str
    key: str | None
    is_glued: bool = False


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


@dataclass(slots=True)
class Token:
    """A piece and its words.

    ``left`` and ``right`` are the keys that the neighbours across one blank see: None where a sign stands between, or
    where the word has no key; ``opens`` and ``closes`` tell whether a word stands at that end at all, ``followers``
    which keys go behind ``right``. ``alone`` is the word of a piece that holds one, which may be judged; ``is_crowded``
    marks a piece of several words that may. ``is_odd`` marks what scanning makes of shapes, ``is_tail`` what can be the
    end of a word that is cut in two, ``is_special`` these and all that is not just one possible syllable.
    """

    spots: tuple[Spot, ...]
    left: str | None
    right: str | None
    followers: Mapping[str, int]
    opens: bool
    closes: bool
    alone: str | None
    is_crowded: bool
    is_odd: bool
    is_special: bool
    # How many words have a key.
    known: int
    is_tail: bool = False
    # What must stand beside the word for it to be judged; found when it is first asked for.
    hint: Hint | None = None
    # What it may be as one half of a broken pair; found when it is first asked for.
    pair: PairHint | None = None


_WORDLESS = Token((), None, None, NOBODY, False, False, None, False, False, True, 0)


class Tokens(dict[str, Token]):
    """The pieces met so far; a new one is read when it is asked for."""

    def __missing__(self, piece: str) -> Token:
        if len(self) >= _MOST_KEPT:
            self.clear()
        # Of numbers, dates and signs it matters only where their digits stand.
        shape = piece.translate(_ANY_DIGIT) if not piece[:1].isalpha() and _LETTERLESS.match(piece) else piece
        self[piece] = found = self[shape] if shape != piece else _read(piece)
        return found


TOKENS = Tokens()


def _read(piece: str) -> Token:
    word = piece if piece.isalpha() else piece[:-1]
    if word.isalpha() and (word is piece or piece[-1] in CLOSING_SIGNS):
        return _one_word(piece, word)
    spots = tuple(_spot(piece, *match.span()) for match in WORD.finditer(piece))
    if not spots:
        return _WORDLESS
    first, last = spots[0], spots[-1]
    opens, closes = first.start == 0, last.end == len(piece)
    right = last.key if closes else None
    can_break = any(spot.key != NUMBER and not spot.is_glued for spot in spots)
    odd, tail = is_odd(piece), _is_tail(piece)
    return Token(
        spots,
        first.key if opens else None,
        right,
        company().followers.get(right, NOBODY) if right else NOBODY,
        opens,
        closes,
        first.printed if can_break and len(spots) == 1 else None,
        can_break and len(spots) > 1,
        odd,
        odd or tail or len(spots) > 1 or first.key is None,
        sum([spot.key is not None for spot in spots]),
        tail,
    )


def _one_word(piece: str, word: str) -> Token:
    """Read a word of letters alone, as nearly all are, with or without a closing sign."""
    found = key(word.lower())
    right = found if word is piece else None
    followers = company().followers.get(right, NOBODY) if right else NOBODY
    odd, tail = is_odd(piece), _is_tail(piece)
    is_special = odd or tail or found is None
    spots = (Spot(0, len(word), word, found),)
    return Token(
        spots, found, right, followers, True, word is piece, word, False, odd, is_special, int(found is not None), tail
    )


def _is_tail(piece: str) -> bool:
    """Tell whether a piece can be the end of a word and does not stand alone: «ện», «ờng»."""
    if piece[0] not in _MARKED_VOWELS:
        return False
    shown = piece.rstrip(CLOSING_SIGNS)
    return 1 < len(shown) <= _LONGEST_TAIL and shown.isalpha() and key(shown) not in company().single


def _spot(piece: str, start: int, end: int) -> Spot:
    printed = piece[start:end]
    is_glued = piece[start - 1 : start] in GLUE or piece[end : end + 1] in GLUE
    if printed.isdecimal():
        return Spot(start, end, printed, NUMBER, is_glued)
    marked = MARK_AT_END.match(printed)
    shown = marked[1] if marked else printed
    found = key(shown.lower())
    # «ngườ1»: what looks like a mark may as well be a letter.
    return Spot(start, end, shown, found, is_glued or (marked is not None and found is None))
