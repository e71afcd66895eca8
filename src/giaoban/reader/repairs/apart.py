"""Words that scanning has cut in two («hi ện», «tăng cư ờng») or run together («thựchiện»)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from giaoban.reader.pieces import Pieces
from giaoban.reader.repairs.company import NOBODY, TIGHT, company
from giaoban.reader.repairs.syllables import key
from giaoban.reader.repairs.tokens import CLOSING_SIGNS, Token

_LONGEST_HEAD = 4
_SHORTEST_PART = 2


# Where it stands in the text as it was given, what it was, how sure; where its pieces begin in the text with blanks.
Found = tuple[tuple[int, int, str, float], tuple[int, ...]]


def find_cut(pieces: Pieces, tokens: Sequence[Token], special: Sequence[int]) -> Iterator[Found]:
    """Yield words that are cut in two, with their places in the text as it was given.

    The end of such a word is no word of its own, and both together make one that goes with its neighbours.

    Args:
        pieces: the text cut at blanks.
        tokens: what is known of each piece.
        special: the indices of the pieces that are not just one possible syllable, or are no word of the lexicon.
    """
    items = pieces.items
    for index in special:
        if not tokens[index].is_tail or not index:
            continue
        head, tail = items[index - 1], items[index].rstrip(CLOSING_SIGNS)
        if (
            not head.isalpha()
            or len(head) > _LONGEST_HEAD
            or not (head.islower() or head[1:].islower() or len(head) == 1)
        ):
            continue
        whole = key((head + tail).lower())
        if company().bond(key(head.lower()), key(tail)):
            # «ào ạt» is a word of two.
            continue
        if whole is None or whole not in company().spelling or not _goes_with(tokens, index, whole):
            continue
        start, _ = pieces.spans([index - 1])[0]
        begins = pieces.begin(index - 1), pieces.begin(index)
        yield (start, start + len(head) + 1 + len(tail), head + tail, 0.8), begins


def find_joined(pieces: Pieces, tokens: Sequence[Token], special: Sequence[int]) -> Iterator[Found]:
    """Yield two words of one compound that are printed without the blank between them; see ``find_cut``."""
    for index in special:
        token = tokens[index]
        if token.alone is None or token.spots[0].key is not None or token.spots[0].is_glued:
            continue
        if two := parts_of(token.alone) or _parts_among(tokens, index, token.alone):
            begin = pieces.begin(index) + token.spots[0].start
            start = pieces.original(begin)
            yield (start, start + len(token.alone), " ".join(two), 0.8), (begin,)


def _goes_with(tokens: Sequence[Token], index: int, whole: str) -> bool:
    """Tell whether a word made of two pieces goes with the one before or behind them."""
    before = tokens[index - 2].followers if index > 1 else NOBODY
    after = tokens[index + 1].left if index + 1 < len(tokens) and tokens[index].closes else None
    return before.get(whole, 0) == TIGHT or company().bond(whole, after) == TIGHT


def _parts_among(tokens: Sequence[Token], index: int, printed: str) -> tuple[str, str] | None:
    """Return two words printed without the blank between them that each go with a neighbour, or hold sentences
    together: «tổ chứccơ sở», «đốivới», «vàchất lượng»."""
    known = company()
    before = tokens[index - 1].followers if index else NOBODY
    after = tokens[index + 1].left if index + 1 < len(tokens) and tokens[index].closes else None
    found = [
        two
        for two, first, second in _splits(printed)
        if known.bond(first, second)
        or (
            (first in known.function or before.get(first, 0) == TIGHT)
            and (second in known.function or known.bond(second, after) == TIGHT)
        )
    ]
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=1 << 12)
def _splits(printed: str) -> tuple[tuple[tuple[str, str], str, str], ...]:
    """Return the ways to cut a word into two known ones, with their keys."""
    if not printed.islower() or not printed.isalpha() or printed.isascii():
        return ()
    known = company()
    return tuple(
        ((printed[:at], printed[at:]), first, second)
        for at in range(_SHORTEST_PART, len(printed) - _SHORTEST_PART + 1)
        if (first := key(printed[:at])) in known.spelling and (second := key(printed[at:])) in known.spelling
    )


@lru_cache(maxsize=1 << 12)
def parts_of(printed: str) -> tuple[str, str] | None:
    """Return two words of one compound printed without the blank between them: «thựchiện»."""
    if not printed.islower() or not printed.isalpha() or printed.isascii():
        return None
    known = company()
    found = [
        (printed[:at], printed[at:])
        for at in range(_SHORTEST_PART, len(printed) - _SHORTEST_PART + 1)
        if (first := key(printed[:at])) and (second := key(printed[at:])) and known.bond(first, second) == TIGHT
    ]
    return found[0] if len(found) == 1 else None
