"""Do the parts make the whole? And the sentence that says so."""

from __future__ import annotations

import re
from fractions import Fraction

from giaoban.reader.claims.base.intervals import Rounding
from giaoban.reader.claims.base.nouns import Kind, Noun
from giaoban.reader.claims.base.numbers import Number, Token
from giaoban.reader.claims.base.partition import Intro, are_stages, goes_on, leaves_out, may_overlap, must_add_up
from giaoban.reader.claims.base.parts import (
    Part,
    PartList,
    bold_choices,
    choices,
    finest_of,
    make_up,
    total_of,
    value_of,
)
from giaoban.reader.claims.base.passage import Passage, show
from giaoban.reader.claims.sums.wholes import Whole
from giaoban.reader.model import Claim, ClaimKind

_NEARLY, _AS_GOOD_AS_ALL = 0.9, 1.0
_FEWEST_DIGITS = 3
_HUNDRED = 100
_FEWEST_PARTS = 2
_CHANGES = (" tăng", " giảm", " lên", " xuống")
_ONE_DIGIT = frozenset("123456789")
_REST = re.compile(r"[,;] (?:số )?còn lại[^\d.;()]*[.;]?\s*\Z")


def judge_parts(
    whole: Whole, found: PartList, intro: Intro, *, words: str
) -> tuple[tuple[Part, ...], bool | None] | None:
    """Say which numbers are the parts and whether they make the whole; None where the list is no division of it."""
    ways = choices(whole.noun, found)
    fitting = _fitting(ways, whole) or _fitting(bold_choices(whole.noun, found), whole)
    if fitting is not None:
        # «…, trung học phổ thông 48 đồng chí, còn lại trung học cơ sở»: what is named is not all.
        return None if _REST.search(words) else (fitting, True)
    exceeding = _one_exceeds(whole, found, intro)
    if exceeding is not None:
        return exceeding, False
    if not ways:
        bold = bold_choices(whole.noun, found) if intro is Intro.MADE_OF and found.is_regular else []
        return (bold[0], False) if bold and is_near_miss(whole, bold[0]) and not leaves_out(words) else None
    way = ways[0]
    is_sure = found.is_regular and len(way) == len(found.parts)
    is_same_head = len({part.noun.head for part in way}) == 1 and way[0].noun.head == whole.noun.head != ""
    if not is_sure and not (intro is Intro.MADE_OF and is_same_head and not found.is_nested):
        return None
    if any(part.lead.endswith(_CHANGES) for part in way):
        # «- Mầm non: giảm 03 trường, còn 35 trường»: values and their changes are no parts.
        return None
    if are_stages(way) or _counts_items(whole, found):
        return None
    begun = _beginning(whole, way)
    if begun is not None:
        # «54 đảng viên (gồm 22 người dân tộc thiểu số, 32 đoàn viên, 27 nữ)» picks out some, who may be the same.
        are_some = whole.noun.kind is Kind.PERSON and may_overlap(way)
        return None if are_some else (begun, True)
    if leaves_out(words) or _is_doubtful(whole, way):
        return (way, None) if intro is Intro.MADE_OF else None
    exceeds = total_of(way).exceeds(whole.value, by_bound=True) or _exceed_however_rounded(whole, way)
    if goes_on(words) and not exceeds:
        return None
    share = _share(whole, way)
    if intro is Intro.BARE and _differs_by_a_digit(whole, way):
        # Two parts of a tenth less than their whole leave something out, unless one digit is all that is missing.
        share = max(share, _AS_GOOD_AS_ALL) if share >= _NEARLY else share
    if intro is Intro.BARE and not exceeds and any(segment.is_aside for segment in found.segments):
        # «4.457 tấn (tôm sú 726 tấn, tăng 1,8%; tôm thẻ 3.699 tấn, bằng 97%)» tells of some how they went.
        return None
    if intro is Intro.BARE and any(value_of(part.token, part.noun).exceeds(whole.value) for part in way):
        # «giảm cả 3 tiêu chí: số vụ 14, số người chết 5»: the number counts what is named, not the numbers.
        return None
    if must_add_up(intro, way, whole.words, exceeds=exceeds, share=share):
        return way, False
    return None


def _beginning(whole: Whole, way: tuple[Part, ...]) -> tuple[Part, ...] | None:
    """Return the first parts of a list that make the whole: «sửa 703 căn nhà, trong đó xây mới 304 căn, sửa chữa 399
    căn và hỗ trợ 371 căn cho hộ nghèo» goes on with something else."""
    for count in range(_FEWEST_PARTS, len(way)):
        if whole.token.is_exact and make_up(way[:count], whole.token, whole.noun):
            return way[:count]
    return None


def _counts_items(whole: Whole, found: PartList) -> bool:
    """Tell whether a number says how many items a list has, and not what they count: «4 đảng bộ vượt chỉ tiêu, gồm:
    Đảng bộ Công an 21 đảng viên, …»."""
    items = [segment for segment in found.segments if segment.parts and not segment.is_aside]
    heads = {part.noun.head for segment in items for part in segment.parts}
    are_named = all(segment.parts[0].lead for segment in items)
    return (
        are_named
        and whole.noun.head not in heads
        and "" not in heads
        and (abs(whole.token.number.decimal - len(items)) <= 1)
    )


def _exceed_however_rounded(whole: Whole, parts: tuple[Part, ...]) -> bool:
    """Tell whether amounts of one unit are more than their whole in each way in which all may have been rounded."""
    if not whole.noun.is_measure:
        return False
    finest = finest_of([(whole.token, whole.noun), *((part.token, part.noun) for part in parts)])
    return all(
        total_of(parts, way, finest).exceeds(value_of(whole.token, whole.noun, way, finest), by_bound=True)
        for way in Rounding
    )


def is_near_miss(whole: Whole, way: tuple[Part, ...]) -> bool:
    """Tell whether parts come so near to a number, and so that one digit explains it, that they are meant to make
    it: 14.085 and 111 of 14.206."""
    value, together = Fraction(whole.token.number.value) * whole.noun.scale, Fraction(_together(way))
    is_unsure = _is_doubtful(whole, way) or whole.noun.is_measure or may_overlap(way)
    if is_unsure or not 0 < abs(together - value) * _HUNDRED <= value:
        return False
    return str(abs(together - value)).strip("0") in _ONE_DIGIT


def _differs_by_a_digit(whole: Whole, way: tuple[Part, ...]) -> bool:
    """Tell whether the parts of one unit come to a number that is printed as the whole but for one digit."""
    if {whole.noun.scale, *(part.noun.scale for part in way)} != {whole.noun.scale} or not whole.noun.head:
        return False
    if len({part.noun.head for part in way} | {whole.noun.head}) > 1:
        return False
    scale = whole.token.number.scale
    together = Fraction(_together(way), whole.noun.scale) * scale
    printed, said = str(whole.token.number.digits), str(int(together))
    is_whole = together.denominator == 1 and len(printed) == len(said) >= _FEWEST_DIGITS
    return is_whole and sum(one != other for one, other in zip(printed, said, strict=True)) == 1


def _fitting(ways: list[tuple[Part, ...]], whole: Whole) -> tuple[Part, ...] | None:
    """Return the first way in which the parts make the whole."""
    for way in ways:
        are_exact = all(part.token.mark is None for part in way)
        if make_up(way, whole.token, whole.noun) and (are_exact or _are_printed(way, whole)):
            return way
    return None


def _are_printed(way: tuple[Part, ...], whole: Whole) -> bool:
    """Tell whether parts make their whole as they are printed, though words such as «khoảng» leave them open:
    «khoảng 214.000 lượt, khoảng 128.000 lượt» of 342.000."""
    if whole.token.mark is not None or whole.token.number.is_doubtful or whole.token.number.digits < _HUNDRED:
        return False
    return Fraction(_together(way)) == Fraction(whole.token.number.value) * whole.noun.scale


def _share(whole: Whole, way: tuple[Part, ...]) -> float:
    value = whole.token.number.value * whole.noun.scale
    return float(Fraction(_together(way), value)) if value else 0.0


def _together(parts: tuple[Part, ...]) -> Fraction | int:
    together: Fraction | int = 0
    for part in parts:
        together += part.token.number.value * part.noun.scale
    return together


def _is_doubtful(whole: Whole, way: tuple[Part, ...]) -> bool:
    tokens = [whole.token, *(part.token for part in way)]
    return any(token.mark is not None or token.number.is_doubtful for token in tokens)


def _one_exceeds(whole: Whole, found: PartList, intro: Intro) -> tuple[Part, ...] | None:
    """Return the part that alone is more than its whole: wrong even where the list only picks out some."""
    if intro is Intro.BARE or not found.segments or found.is_nested or not whole.noun.head or not found.is_regular:
        return None
    part = found.firsts[0] if found.firsts else None
    if part is None or part.noun.head != whole.noun.head or _is_doubtful(whole, (part,)) or len(found.firsts) > 1:
        return None
    return (part,) if value_of(part.token, part.noun).exceeds(whole.value) else None


def make_sum(
    passage: Passage, start: int, end: int, whole: Whole, parts: tuple[Part, ...], holds: bool | None
) -> Claim:
    """Return the claim with its sentence: «33 + 59 + 22 = 114, văn bản ghi 108»."""
    passage.divided.add(whole.token.start)
    numbers: list[Number] = [whole.token.number, *(part.token.number for part in parts)]
    return passage.claim(start, end, ClaimKind.SUM, numbers, holds, explain_sum(whole, parts, holds))


def explain_sum(whole: Whole, parts: tuple[Part, ...], holds: bool | None) -> str:
    """Say the sum with its numbers and, where it is wrong, how the parts are counted."""
    is_mixed = len({whole.noun.scale, *(part.noun.scale for part in parts)}) > 1
    printed = " + ".join(_printed(part.token, part.noun, is_mixed=is_mixed) for part in parts)
    whole_text = _printed(whole.token, whole.noun, is_mixed=is_mixed)
    if len(parts) == 1:
        return f"Phần {parts[0].token.number.text} lớn hơn tổng {whole.token.number.text}"
    scale = whole.noun.scale
    together = Fraction(_together(parts), scale) if scale != 1 else _together(parts)
    said = f"{printed} = {show(together)}" + (f" {whole.noun.label}" if is_mixed else "")
    if holds:
        return f"{said}, đúng như văn bản ghi {whole_text}"
    if holds is None:
        return f"{said}, văn bản ghi {whole_text}; số không ghi chính xác nên không kết luận"
    return f"{said}, văn bản ghi {whole_text}{_change_of_noun(whole, parts)}"


def _printed(token: Token, noun: Noun, *, is_mixed: bool) -> str:
    return f"{token.number.text} {noun.label}" if is_mixed and noun.label else token.number.text


def _change_of_noun(whole: Whole, parts: tuple[Part, ...]) -> str:
    heads = {part.noun.head for part in parts}
    if len(heads) != 1 or not whole.noun.head:
        return ""
    head = heads.pop()
    if not head or head == whole.noun.head or parts[0].noun.kind is None or not all(part.is_first for part in parts):
        return ""
    return f"; tổng tính theo «{whole.noun.head}», các phần tính theo «{head}»"
