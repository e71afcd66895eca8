"""What stands beside a word that is judged: capitals, syllables that miss somebody, halves that are broken too."""

from __future__ import annotations

from giaoban.reader.repairs.company import NOBODY, TIGHT, Company
from giaoban.reader.repairs.confusions import CHEAP, behind, siblings
from giaoban.reader.repairs.syllables import key
from giaoban.reader.repairs.words import Words

PARTY = key("đảng") or ""
# Surnames that are hardly anything else, and words behind which a place has its name.
_NAMED = frozenset(
    map(
        key,
        (
            *("nguyễn", "trần", "lê", "phạm", "huỳnh", "phan", "vũ", "võ", "đặng", "bùi", "ngô", "đinh", "trịnh", "lò"),
            *("tỉnh", "huyện", "quận", "xã", "phường", "trấn", "phố", "thôn", "bản", "ấp", "trường", "sông", "núi"),
        ),
    )
)
_NAME_REACH = 3
_BEFORE_PARTY = [(key(one), key(other)) for one, other in (("huy", "hiệu"), ("xây", "dựng"), ("điều", "lệ"))]


def is_orphan(words: Words, index: int, far_bond: int, known: Company) -> bool:
    """Tell whether a neighbour is a syllable that never stands alone and has nobody on its other side.

    Who stands there may be its own other half, broken too: «tinh hình thưc».
    """
    here = words.keys[index]
    has_other = 0 <= far_bond < len(words.bonds) and words.bonds[far_bond]
    if here is None or here in known.single or has_other:
        return False
    return not may_be_its_half(words, index, index + 1 if far_bond == index else index - 1, known)


def may_be_its_half(words: Words, index: int, far: int, known: Company) -> bool:
    """Tell whether a word's neighbour may be what it misses, but for a mark or a letter."""
    here = words.keys[index]
    if here is None or not 0 <= far < len(words) or not words.joined[min(index, far)]:
        return False
    small = words.printed(far).lower()
    near = (behind(small) if words.keys[far] is None else siblings(small)).by_key
    wanted = (known.leaders if far < index else known.followers).get(here, NOBODY)
    return any(near[other].cost <= CHEAP and wanted[other] == TIGHT for other in near.keys() & wanted.keys())


def is_capital(words: Words, index: int) -> bool:
    """Tell whether there is a word at an index that begins with a capital."""
    return 0 <= index < len(words) and words.printed(index)[0].isupper()


def is_upper(words: Words, index: int) -> bool:
    """Tell whether there is a word in capitals at an index; one letter must have a mark: «Ý KIẾN»."""
    if not 0 <= index < len(words):
        return False
    printed = words.printed(index)
    return printed.isupper() and (len(printed) > 1 or not printed.isascii())


def may_be_named(words: Words, index: int) -> bool:
    """Tell whether a word in capitals may be part of a name: a surname or a word for a place stands near before it,
    or no third word is in capitals."""
    if any(words.keys[place] in _NAMED for place in range(max(0, index - _NAME_REACH), index)):
        return True
    return sum(is_upper(words, place) for place in range(index - 2, index + 3)) <= 2


def names_near(words: Words, index: int, known: Company) -> bool:
    """Tell whether a word stands beside a capital, where names may be; «Mặt trận», «Bộ Chính trị» are none."""
    if is_capital(words, index - 1):
        return True
    return is_capital(words, index + 1) and not _opens_term(words, index + 1, known)


def is_party(words: Words, index: int) -> bool:
    """Tell whether a capital stands where only «Đảng» does: «Huy hiệu …», «xây dựng …», «Điều lệ …»."""
    if index < len(_BEFORE_PARTY[0]) or is_capital(words, index + 1):
        return False
    return words.printed(index - 1).islower() and (words.keys[index - 2], words.before(index)) in _BEFORE_PARTY


def _opens_term(words: Words, index: int, known: Company) -> bool:
    return (words.keys[index], words.after(index)) in known.official
