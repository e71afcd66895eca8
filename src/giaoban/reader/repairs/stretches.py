"""Judging the words of a text where it may give something: short stretches around words that go with no neighbour."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from giaoban.reader.pieces import Pieces
from giaoban.reader.repairs.company import NOBODY, NUMBER, company
from giaoban.reader.repairs.hints import hint_beside_orphan, hint_of, pair_hint_of
from giaoban.reader.repairs.judge import Verdict, judge, judge_pair
from giaoban.reader.repairs.oddities import halves
from giaoban.reader.repairs.tokens import TOKENS, Hint, Token
from giaoban.reader.repairs.words import CAPITAL, OPENING, QUOTES, UPPER, Shape, Words

_PASSES = 4
# How far judging a word looks beyond it.
_SIGHT = 2
# How many words on either side of a suspect are judged with it; where one of them is repaired, so many more.
_REACH, _FURTHER = 1, 4
_NO_BOND_ON_EITHER_SIDE = re.compile(rb"\0(?=\0)")
_OLD_PLACE = re.compile(r"u[ýỳỷỹỵ]\Z", re.IGNORECASE)
_MARKED_U = re.compile(r"u([\u0300\u0301\u0303\u0309\u0323])(y)\Z")
_MOST_KEPT = 1 << 14
_APART = 0.8

# Where it stands, what it was, how sure that is.
Place = tuple[int, int, str, float]


class Judged(NamedTuple):
    """What was found in a stretch: places count from its beginning.

    ``apart`` are two words printed without the blank between them. The last two tell whether the first or the last of
    the words that were judged is repaired: that may let more be repaired beyond it.
    """

    repairs: tuple[Place, ...]
    apart: tuple[Place, ...]
    at_start: bool = False
    at_end: bool = False


_NOTHING = Judged((), ())


@dataclass(slots=True)
class Stretch:
    """Some neighbouring pieces of a text, from where they begin in the text with blanks, and what was found there."""

    begin: int
    found: Judged


# Phrases come again and again, in a text and from one to the next: what was found in a stretch is kept by its pieces.
_known: dict[tuple[object, ...], Judged] = {}


class _Row:
    """The pieces of a text in their order, with what is known of each, and the bonds between neighbours.

    ``bonds[i]`` tells whether piece ``i`` goes with the one before it; there is one more at the end. ``taken`` are the
    places where words begin that something else has repaired already.
    """

    def __init__(self, tokens: list[Token], taken: set[int]) -> None:
        self.tokens = tokens
        self.taken = taken
        self._taken_in_order = sorted(taken)
        # Here it matters only whether there is a bond.
        bonds = bytearray()
        followers: Mapping[str, int] = NOBODY
        for token in tokens:
            bonds.append(token.left in followers)
            followers = token.followers
        self.bonds = bytes(bonds) + b"\0"

    def is_free(self, begin: int, end: int) -> bool:
        """Tell whether nothing that is taken begins between two places."""
        return bisect_left(self._taken_in_order, begin) == bisect_left(self._taken_in_order, end)

    def back(self, index: int, words: int) -> int:
        """Return the index of the piece so many words before one (at the start if there are less)."""
        while index > 0 and words > 0:
            index -= 1
            words -= len(self.tokens[index].spots)
        return index

    def ahead(self, index: int, words: int) -> int:
        """Return the index of the piece so many words behind one (at the end if there are less)."""
        last = len(self.tokens) - 1
        while index < last and words > 0:
            index += 1
            words -= len(self.tokens[index].spots)
        return index


def judged(pieces: Pieces, tokens: list[Token], taken: set[int], crowded: Sequence[int]) -> list[Stretch]:
    """Return the stretches of a text in which words may be broken, judged.

    Args:
        pieces: the text cut at each blank.
        tokens: what is known of each piece.
        taken: where words begin that something else has repaired already.
        crowded: the indices of pieces that hold several words.
    """
    row = _Row(tokens, taken)
    suspects = _suspects(row, crowded)
    zones: list[tuple[int, int]] = []
    for index in sorted(suspects):
        _add(row, zones, (row.back(index, _REACH), row.ahead(index, _REACH)))
    done: list[tuple[int, int]] = []
    found: list[Stretch] = []
    zones.reverse()
    while zones:
        zone = zones.pop()
        stretch = _looked_up(pieces, row, zone, suspects)
        wider = _wider(row, zone, stretch.found)
        if wider == zone:
            done.append(zone)
            found.append(stretch)
            continue
        # What was repaired at the edge may let more be repaired beyond it.
        while done and row.back(wider[0], _SIGHT) <= done[-1][1]:
            wider = min(done.pop()[0], wider[0]), wider[1]
            found.pop()
        while zones and row.back(zones[-1][0], _SIGHT) <= wider[1]:
            wider = wider[0], max(wider[1], zones.pop()[1])
        zones.append(wider)
    return found


def _looked_up(pieces: Pieces, row: _Row, zone: tuple[int, int], suspects: set[int]) -> Stretch:
    """Return what is found in a zone; what the same pieces have given before where nothing else bears on them."""
    start = row.back(zone[0], _SIGHT)
    stop = row.ahead(zone[1], _SIGHT) + 1
    items = pieces.items[start:stop]
    begin = pieces.begin(start)
    end = begin + sum(map(len, items)) + len(items)
    doubted = tuple([index - start for index in range(zone[0], zone[1] + 1) if index in suspects])
    # The piece before tells whether the first word opens a sentence, unless it is nothing but quotes.
    before = pieces.items[start - 1] if start else ""
    judged = zone[0] - start, zone[1] - start
    name = (judged, doubted, before, *items)
    is_told = not start or (before != "" and before[-1] not in QUOTES)
    is_free = is_told and row.is_free(begin, end)
    found = _known.get(name) if is_free else None
    if found is None:
        begins = list(accumulate([len(item) + 1 for item in items[:-1]], initial=begin))
        words = Words(pieces.text, begins, row.tokens[start:stop], row.bonds[start:stop])
        found = _judge_stretch(words, begin, judged, set(doubted), row.taken)
        if is_free:
            if len(_known) >= _MOST_KEPT:
                _known.clear()
            _known[name] = found
    return Stretch(begin, found)


def _add(row: _Row, zones: list[tuple[int, int]], zone: tuple[int, int]) -> None:
    if zones and row.back(zone[0], _SIGHT) <= zones[-1][1]:
        zones[-1] = zones[-1][0], zone[1]
    else:
        zones.append(zone)


def _wider(row: _Row, zone: tuple[int, int], found: Judged) -> tuple[int, int]:
    """Return a zone of which no word is repaired near an edge that is not the text's."""
    first, last = zone
    if found.at_start:
        first = row.back(first, _FURTHER)
    if found.at_end:
        last = row.ahead(last, _FURTHER)
    return first, last


def _suspects(row: _Row, crowded: Sequence[int]) -> set[int]:
    """Return the pieces with a word that goes with neither neighbour and that judging might find broken."""
    found = set(crowded)
    tokens, bonds, last = row.tokens, row.bonds, len(row.tokens) - 1
    nobody = TOKENS[""]
    for match in _NO_BOND_ON_EITHER_SIDE.finditer(bonds):
        index = match.start()
        token = tokens[index]
        if token.alone is None:
            continue
        hint = token.hint
        if hint is None:
            hint = token.hint = _hint_of_piece(token, token.alone)
        if (
            hint.always
            or (tokens[index - 1] if index else nobody).right in hint.before
            or (tokens[index + 1] if index < last else nobody).left in hint.after
            or (hint.is_bound and _is_beside_orphan(row, index) and _asks_orphan(row, index))
            or (index < last and not bonds[index + 2] and token.closes and _may_be_pair(token, tokens[index + 1]))
        ):
            found.add(index)
    return found


def _hint_of_piece(token: Token, alone: str) -> Hint:
    """Return the hint of a piece's only word; where a sign stands beside it no neighbour speaks for it there."""
    hint = hint_of(alone)
    if token.opens and token.closes:
        return hint
    before = hint.before if token.opens else frozenset[str]()
    after = hint.after if token.closes else frozenset[str]()
    return Hint(hint.always, before, after, hint.is_bound)


def _asks_orphan(row: _Row, index: int) -> bool:
    token = row.tokens[index]
    hint = hint_beside_orphan(token.alone or "")
    is_last = index + 1 == len(row.tokens)
    before = row.tokens[index - 1].right if token.opens and index else None
    after = row.tokens[index + 1].left if token.closes and not is_last else None
    return before in hint.before or after in hint.after


def _may_be_pair(first: Token, second: Token) -> bool:
    """Tell whether a word and the next, which goes with nobody either, may be two broken halves."""
    if not second.opens or second.alone is None or first.alone is None:
        return False
    if first.pair is None:
        first.pair = pair_hint_of(first.alone)
    if not first.pair.followers:
        return False
    if second.pair is None:
        second.pair = pair_hint_of(second.alone)
    return not first.pair.followers.isdisjoint(second.pair.keys)


def _is_beside_orphan(row: _Row, index: int) -> bool:
    """Tell whether one of the nearest words needs company and has none on its other side."""
    single = company().single
    for near in (row.back(index, 1), row.ahead(index, 1)):
        token = row.tokens[near]
        if near == index or not token.spots:
            continue
        here = token.spots[-1 if near < index else 0].key
        far = row.bonds[near] if near < index else row.bonds[near + 1]
        if here is not None and here not in single and (len(token.spots) > 1 or not far):
            return True
    return False


def _judge_stretch(words: Words, begin: int, judged: tuple[int, int], suspects: set[int], taken: set[int]) -> Judged:
    """Judge some words of a stretch.

    Args:
        words: its words.
        begin: where it begins in the text.
        judged: the first and the last of its pieces whose words are judged; the others are there to be looked at.
        suspects: the pieces with a word that may be broken.
        taken: where words begin that something else has repaired already.
    """
    first, last = bisect_left(words.pieces, judged[0]), bisect_right(words.pieces, judged[1]) - 1
    zone = range(first, last + 1)
    keys, bonds = words.keys, words.bonds
    last_bond = len(bonds)
    doubted = [
        index
        for index in zone
        # It is a word that goes with neither neighbour.
        if keys[index] != NUMBER
        and not (index and bonds[index - 1])
        and not (index < last_bond and bonds[index])
        and words.starts[index] not in taken
    ]
    # Words of which hints say that they are right, until something near them changes.
    trusted = {index for index in doubted if words.pieces[index] not in suspects}
    verdicts = _pairs(words, doubted, trusted)
    _alone(words, zone, [index for index in doubted if index not in verdicts], trusted, taken, verdicts)
    apart = [
        (words.starts[index] - begin, " ".join(two))
        for index in zone
        if keys[index] is None and not words.is_glued(index) and (two := halves(words.printed(index)))
    ]
    if not verdicts and not apart:
        return _NOTHING
    repairs = tuple(_repair(words, index, begin, verdicts[index]) for index in sorted(verdicts))
    return Judged(
        repairs,
        tuple((start, start + len(shown) - 1, shown, _APART) for start, shown in apart),
        bool(verdicts) and min(verdicts) < first + _REACH,
        bool(verdicts) and max(verdicts) > last - _REACH,
    )


def _repair(words: Words, index: int, begin: int, verdict: Verdict) -> Place:
    """Return a repair with its place in a stretch."""
    printed = words.printed(index)
    start = words.starts[index] - begin
    shown = _as_written(verdict.word, words.shape(index), printed)
    return start, start + len(printed), shown, verdict.confidence


def _as_written(word: str, shape: Shape, printed: str) -> str:
    if _OLD_PLACE.search(printed) and word[-1] == "y":
        # «Đảng uý» is written «uỷ» where the text writes «uỷ».
        word = unicodedata.normalize("NFC", _MARKED_U.sub(r"u\2\1", unicodedata.normalize("NFD", word)))
    if printed[0] == "I" and word[0] == "l" and not printed.isupper():
        # Scanning makes «I» of a small «l» only: «Iập».
        return word
    if shape is UPPER:
        return word.upper()
    if shape in (OPENING, CAPITAL):
        return word[:1].upper() + word[1:]
    return word


def _pairs(words: Words, doubted: Sequence[int], trusted: set[int]) -> dict[int, Verdict]:
    """Judge broken words whose next word is broken too."""
    found: dict[int, Verdict] = {}
    for index in doubted:
        if index in trusted or index + 1 in found or index in found or (pair := judge_pair(words, index)) is None:
            continue
        for place, each in zip((index, index + 1), pair, strict=True):
            found[place] = each
            _replace(words, place, each.key or "", trusted)
    return found


def _alone(
    words: Words,
    zone: range,
    doubted: list[int],
    trusted: set[int],
    taken: set[int],
    found: dict[int, Verdict],
) -> None:
    """Judge words one by one; a repaired word may then speak for its neighbours, so they are asked again."""
    spelling = company().spelling
    # What is broken in itself first: its repair may be all that its neighbour misses.
    if len(doubted) > 1:
        doubted.sort(key=lambda index: words.keys[index] in spelling)
    for _ in range(_PASSES):
        again: list[int] = []
        for index in doubted:
            if index in trusted or not _may_be_broken(words, index) or (verdict := judge(words, index)) is None:
                continue
            found[index] = verdict
            if verdict.key is not None:
                _replace(words, index, verdict.key, trusted)
                again += [near for near in (index - 1, index + 1) if near in zone]
        doubted = [near for near in dict.fromkeys(again) if near not in found and words.starts[near] not in taken]
        if not doubted:
            break


def _may_be_broken(words: Words, index: int) -> bool:
    """Tell whether what stands beside a word now lets judging give something."""
    hint = TOKENS[words.printed(index)].hint
    # To find a hint takes longer than to judge once.
    if hint is None or hint.always:
        return True
    before, after = words.before(index), words.after(index)
    if before in hint.before or after in hint.after:
        return True
    if not hint.is_bound:
        return False
    beside = hint_beside_orphan(words.printed(index))
    return before in beside.before or after in beside.after


def _replace(words: Words, index: int, key: str, trusted: set[int]) -> None:
    words.replace(index, key)
    trusted.difference_update(range(index - _SIGHT, index + _SIGHT + 1))
