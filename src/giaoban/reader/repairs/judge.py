"""Whether a printed word is broken, and what it was: its cost against the company it would keep."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from giaoban.reader.repairs.company import NOBODY, TIGHT, Company, company
from giaoban.reader.repairs.confusions import CHEAP, Options, behind, siblings
from giaoban.reader.repairs.neighbours import (
    PARTY,
    is_capital,
    is_orphan,
    is_party,
    may_be_its_half,
    may_be_named,
    names_near,
)
from giaoban.reader.repairs.syllables import key, with_mark_moved
from giaoban.reader.repairs.weighing import Candidate, first_of, weigh
from giaoban.reader.repairs.words import CAPITAL, OPENING, OTHER, SMALL, UPPER, Shape, Words

# «cMnh»: letters that run together look like a capital M.
_MISREAD_CAPITAL = re.compile(r"[a-zđ]{1,3}M[a-z]+\Z")
_MONEY = frozenset({key("đồng")})
_MEANT = frozenset(map(key, ("cũng", "vẫn", "thì", "nhưng", "bị", "vì", "như", "từ")))
ALONE = 0.5
FOREIGN_COST = 0.6
_PAIR_COST = 1.3
OFTEN = 12
_PRODUCTIVE = 6
_SELDOM = 3
_SHORT = 2
_LONG = 6
# How much dearer than another a word is where that counts.
_CLEARLY, _NEARLY = 0.4, 0.15
_SMALL_WORD = 0.65
_LONGEST_SIGN = 3  # of an abbreviation that looks like a word without marks


class Verdict(NamedTuple):
    """What a word probably was: in small letters, its key (None for a foreign word), how sure."""

    word: str
    key: str | None
    confidence: float


def judge(words: Words, index: int) -> Verdict | None:
    """Return what the word at a place was, None where it is right or nothing is sure."""
    here = words.keys[index]
    if here is not None and words.support(index):
        return None
    shape = words.shape(index)
    printed = words.printed(index)
    if not is_judged(printed, shape) or words.is_glued(index):
        return None
    small = printed.lower()
    known = company()
    if here is None:
        return _impossible(words, index, small, shape, known)
    if here in known.single:
        found = _possible(words, index, small, shape, known, least=3.0, dearest=0.5)
        if found is not None and _is_missed(words, index, found, known):
            return found
        return _strong(words, index, small, shape, known) or _official(words, index, small, shape, known)
    if here in known.spelling:
        found = _bound(words, index, small, shape, known) or _strong(words, index, small, shape, known)
        return found or _official(words, index, small, shape, known)
    if shape is CAPITAL and (party := _strong(words, index, small, shape, known)):
        return party
    return _unheard(words, index, small, shape, known)


def is_judged(printed: str, shape: Shape) -> bool:
    """Tell whether a word is written so that anything can be said of it; signs and initials are not."""
    if shape is OTHER:
        return _MISREAD_CAPITAL.match(printed) is not None and len(printed) >= _SHORT
    if shape is UPPER and len(printed) <= _LONGEST_SIGN and printed.isascii():
        return False
    return shape is SMALL or len(printed) >= _SHORT


def dearest_alone(key: str | None, known: Company) -> float:
    """Return what a word may cost for which no neighbour speaks; one that holds sentences together has none."""
    return _SMALL_WORD if key in known.function else ALONE


@lru_cache(maxsize=1 << 14)
def is_right_but_unknown(small: str) -> bool:
    """Tell whether a word that is no syllable is a foreign one, or a known one with its tone on another letter."""
    known = company()
    return small in known.foreign or key(with_mark_moved(small) or "") in known.spelling


def judge_pair(words: Words, index: int) -> tuple[Verdict, Verdict] | None:
    """Return what a word and the next were where both are broken and only together give a word of the lexicon."""
    known = company()
    second = index + 1
    if second >= len(words) or not words.joined[index] or words.support(index) or words.support(second):
        return None
    # A word that may stand alone is given up only for half of a word that official prose is full of, and only beside
    # one that no Vietnamese word is written like: «Kêt quà».
    is_free = words.keys[index] in known.single or words.keys[second] in known.single
    if is_free and words.keys[index] in known.spelling and words.keys[second] in known.spelling:
        return None
    for place in (index, second):
        if words.is_glued(place) or words.shape(place) not in (SMALL, OPENING, UPPER):
            return None
    if words.shape(index) is UPPER:
        # «KÉT QUÁ» in a heading.
        if words.shape(second) is not UPPER or may_be_named(words, index):
            return None
        is_free = True
    options = [_cheap(words.printed(place).lower(), words.keys[place]) for place in (index, second)]
    are_known = all(words.keys[place] in known.spelling for place in (index, second))
    found = sorted(
        (cost + options[1][other2][0], word, other, options[1][other2][1], other2)
        for other, (cost, word) in options[0].items()
        for other2 in options[1].keys() & known.followers.get(other, NOBODY).keys()
        if known.followers[other][other2] == TIGHT and (not is_free or (other, other2) in known.strong)
    )
    if not found or found[0][0] > (CHEAP if are_known else _PAIR_COST):
        return None
    if len(found) > 1 and found[1][0] - found[0][0] < 0.2:
        return None
    _, word, other, word2, other2 = found[0]
    # «đoàn thê vân động» is no «thế vận».
    if (other, other2) not in known.strong and any(
        (words.before(index), one) in known.strong for one in options[0] if one != words.keys[index]
    ):
        return None
    # «kiên quyêt đinh chỉ»: each half goes with the word on its other side.
    after = words.after(second)
    if known.bond(words.before(index), other) == TIGHT and any((one, after) in known.strong for one in options[1]):
        return None
    if other == words.keys[index] or other2 == words.keys[second]:
        return None
    # «bộ phậii văn phồng» is no «phân vân»: a word that is right goes with who is broken on its other side.
    for place, far in ((index, index - 1), (second, second + 1)):
        if words.keys[place] in known.spelling and may_be_its_half(words, place, far, known):
            return None
    return Verdict(word, other, 0.8), Verdict(word2, other2, 0.8)


@lru_cache(maxsize=1 << 12)
def _cheap(small: str, here: str | None) -> dict[str, tuple[float, str]]:
    """Return what a word with some key may have been at little cost, itself included: costs and words by their keys."""
    near = behind(small) if here is None else siblings(small)
    found = {one: (option.cost, option.word) for one, option in near.by_key.items() if option.cost <= CHEAP}
    if here:
        found.setdefault(here, (0.0, small))
    return found


def _impossible(words: Words, index: int, small: str, shape: Shape, known: Company) -> Verdict | None:
    """Judge a word that no Vietnamese syllable is written like."""
    if is_right_but_unknown(small):
        return None
    options = behind(small)
    if options.foreign and len(small) >= _LONG and shape is not UPPER:
        foreign = options.foreign[0]
        if foreign.cost <= FOREIGN_COST:
            return Verdict(foreign.word, None, 0.8)
    best = first_of(weigh(words, index, options, shape, known))
    if best is None or _is_dearer(words, index, best, options, known):
        return None
    is_plain = small.isascii()
    if is_plain and len(small) <= _SHORT and not best.strong:
        # «ch», «st»: signs, or what is left of words that lost their letters.
        return None
    is_common = best.key in known.leading and best.cost <= FOREIGN_COST
    if best.strong and best.cost <= CHEAP and shape is not CAPITAL:
        return _verdict(best)
    if (
        best.proof >= (TIGHT if is_plain and not is_common else 1)
        and best.score > -0.3
        and (best.tight or best.cost <= CHEAP)
    ):
        return _verdict(best)
    is_cheap = best.cost <= dearest_alone(best.key, known)
    is_free = shape is SMALL or (shape is OPENING and not is_capital(words, index + 1))
    is_sure = not is_plain and is_free and is_cheap and _stands_out(best, options, known)
    return Verdict(best.word, best.key, 0.75) if is_sure else None


def _unheard(words: Words, index: int, small: str, shape: Shape, known: Company) -> Verdict | None:
    """Judge a possible syllable that the lexicon does not know."""
    near = siblings(small)
    best = first_of(weigh(words, index, near, shape, known))
    if best is not None and _is_dearer(words, index, best, near, known):
        return None
    other = first_of(weigh(words, index, behind(small), shape, known)) if shape is SMALL else None
    # «tài sảu công» may be «tài sản» as well as «sau».
    is_small = best is not None and not best.proof and best.key in known.function
    if is_small and other is not None and other.tight:
        return None
    least = TIGHT + 1 if small.isascii() else 1
    is_usual = best is not None and (best.tight or (best.key in known.leading and not small.isascii()))
    if best is not None and is_usual and best.proof >= least:
        return _verdict(best)
    if best is not None and best.strong and best.cost <= ALONE and shape in (SMALL, OPENING):
        return _verdict(best)
    is_free = shape is SMALL or (shape is UPPER and not may_be_named(words, index))
    if best is not None and is_free and best.key in known.function and best.cost <= ALONE:
        is_only = all(other == best.key or other not in known.function for other in near.by_key)
        if is_only and not small.isascii() and not names_near(words, index, known):
            return Verdict(best.word, best.key, 0.7)
    return _verdict(other) if other is not None and other.proof >= TIGHT and other.score > 0.9 else None


def _bound(words: Words, index: int, small: str, shape: Shape, known: Company) -> Verdict | None:
    """Judge a syllable that stands in compounds only, beside none of its partners."""
    # A syllable of many compounds may well be in one that the lexicon lacks.
    here = words.keys[index] or ""
    least = 2.0 if known.partners[here] < _PRODUCTIVE else 3.0
    if _goes_with_broken(words, index, known):
        return None
    near = siblings(small)
    weighed = weigh(words, index, near, shape, known)
    best = first_of(weighed)
    if best is not None and _is_dearer(words, index, best, near, known):
        return None
    if best is not None and best.cost > ALONE and not best.official and known.partners[here] > _SELDOM:
        return None
    if best is not None and not best.strong and _misses_half(words, index, known):
        return None
    if best is not None and (best.official or known.partners[best.key] <= _PRODUCTIVE):
        least = float(TIGHT)
    if best is not None and best.tight and best.proof >= least:
        return _verdict(best)
    if best is not None and best.key in known.function and best.proof >= 1 and best.cost <= ALONE:
        return _verdict(best)
    if any(one.tight for one in weighed):
        return None
    has_orphan = is_orphan(words, index - 1, index - 2, known) if index else False
    if shape is SMALL and (has_orphan or (index + 1 < len(words) and is_orphan(words, index + 1, index + 1, known))):
        best = first_of(weigh(words, index, behind(small, CHEAP), shape, known))
        if best is not None and best.tight and best.proof >= TIGHT + 1:
            return _verdict(best)
    return None


def _goes_with_broken(words: Words, index: int, known: Company) -> bool:
    """Tell whether a syllable misses a neighbour that is broken itself: «tuyên» in «tuyên truyên»."""
    return any(
        0 <= place < len(words)
        and words.keys[place] not in known.spelling
        and may_be_its_half(words, index, place, known)
        for place in (index - 1, index + 1)
    )


def _misses_half(words: Words, index: int, known: Company) -> bool:
    """Tell whether a neighbour, but for a mark, is the other half of a usual word: «đôn độc» is «đôn đốc»."""
    here = words.keys[index]
    return any(
        0 <= place < len(words)
        and words.joined[min(place, index)]
        and any(
            ((one, here) if place < index else (here, one)) in known.strong
            for one, option in siblings(words.printed(place).lower()).by_key.items()
            if option.cost <= ALONE
        )
        for place in (index - 1, index + 1)
    )


def _possible(
    words: Words, index: int, small: str, shape: Shape, known: Company, *, least: float, dearest: float
) -> Verdict | None:
    """Judge a known syllable that stands in company it does not keep."""
    best = first_of(weigh(words, index, siblings(small), shape, known, dearest))
    return _verdict(best) if best is not None and best.tight and best.proof >= least else None


def _official(words: Words, index: int, small: str, shape: Shape, known: Company) -> Verdict | None:
    """Judge a word in capitals that stands in an official term but for a mark: «TỎ CHỨC», «Đàng bộ»; in a heading in
    a word that official prose is full of: «QUẦN LÝ»."""
    if shape not in (UPPER, CAPITAL):
        return None
    best = first_of(weigh(words, index, siblings(small), shape, known))
    if best is None or best.proof < TIGHT:
        return None
    is_meant = best.official or (shape is UPPER and best.strong)
    return _verdict(best) if is_meant else None


def _strong(words: Words, index: int, small: str, shape: Shape, known: Company) -> Verdict | None:
    """Judge half of a word that official prose is full of, whose other half stands beside it: «phối họp»."""
    if shape not in (SMALL, OPENING, CAPITAL):
        return None
    before, after = words.before(index), words.after(index)
    if before in _MONEY and after is not None and index > 1 and words.keys[index - 2] in known.spelling:
        # «5 triệu đồng chỉ trong một tháng».
        return None
    if shape is CAPITAL:
        party = siblings(small).by_key.get(PARTY)
        is_meant = party is not None and party.cost <= ALONE and is_party(words, index)
        return Verdict(party.word, party.key, 0.75) if is_meant and party is not None else None
    weighed = weigh(words, index, siblings(small), shape, known, ALONE)
    if index > 1 and words.bonds[index - 2]:
        # «Chi bộ phân đấu» is no «bộ phận»: the word before is half of another one.
        weighed = [one for one in weighed if (one.key, after) in known.strong] or weighed
    best = first_of(weighed)
    if best is None:
        return None
    is_left, is_right = (before, best.key) in known.strong, (best.key, after) in known.strong
    if not (is_left or is_right) or _is_taken(words, index, best.key, known, is_left=is_left, is_right=is_right):
        return None
    return Verdict(best.word, best.key, 0.75)


def _is_taken(words: Words, index: int, other: str, known: Company, *, is_left: bool, is_right: bool) -> bool:
    """Tell whether the other half goes with its next neighbour: «chuyển sang kiến nghị» is no «sáng kiến»; or whether
    a word that is nearly always meant stands here: «cũng cố gắng», «thì đua nhau»."""
    if is_left and is_right:
        return False
    if words.keys[index] in _MEANT:
        return True
    after, far = words.after(index), words.after(index + 1)
    if not is_right or other in known.function or (other, after, far) in known.triples:
        return False
    return (after, far) in known.strong


def _is_missed(words: Words, index: int, found: Verdict, known: Company) -> bool:
    """Tell whether a neighbour goes with nothing else: «dân tỉnh báo cáo» is no «tình báo»; or knows the phrase.

    Words that hold sentences together stand beside anything: «số trang trong tài liệu» is no «trang trọng».
    """
    before, after = words.before(index), words.after(index)
    if found.key is None or (before, found.key, after) in known.triples:
        return True
    if words.keys[index] in known.function:
        return False
    bonds = words.bonds
    left_free = known.bond(before, found.key) == TIGHT and not (index > 1 and bonds[index - 2])
    return left_free or (known.bond(found.key, after) == TIGHT and not any(bonds[index + 1 : index + 2]))


def _is_dearer(words: Words, index: int, best: Candidate, options: Options, known: Company) -> bool:
    """Tell whether a word that one neighbour asks for lies much farther than one that holds sentences together.

    «kịp thời cũa chính quyền» is no «cửa chính». Such a word need not even be nearer where the neighbour has somebody
    else: «vâ tư vấn» is no «vô tư».
    """
    if best.official or best.strong or best.proof > TIGHT or best.key in known.function:
        return False
    if best.cost - options.joining < -_NEARLY:
        return False
    bonds = words.bonds
    is_left = known.bond(words.before(index), best.key) > 0
    has_other = (index > 1 and bonds[index - 2]) if is_left else any(bonds[index + 1 : index + 2])
    least = -_NEARLY if has_other else _CLEARLY
    return best.cost - options.joining >= least


def _stands_out(best: Candidate, options: Options, known: Company) -> bool:
    """Tell whether a word that no neighbour speaks for is still the only one that is common enough."""
    if known.partners.get(best.key, 0) < OFTEN:
        return False
    weight = known.partners[best.key]
    return all(
        other == best.key or one.cost > best.cost + 0.3 or 4 * known.partners.get(other, 0) < weight
        for other, one in options.by_key.items()
    )


def _verdict(best: Candidate) -> Verdict:
    confidence = 0.7 + 0.07 * min(best.proof, 4.0) - 0.1 * max(0.0, best.cost - 0.4)
    return Verdict(best.word, best.key, round(min(confidence, 0.98), 2))
