"""«23 văn bản trọng tâm¹», and the footnote: «01 Nghị quyết, 04 Chương trình, ...»; «12 tổ chức⁴», and «Gồm: (1) ...
(12) ...»."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from giaoban.reader.claims.base.nouns import NO_NOUN, Kind, noun_after
from giaoban.reader.claims.base.numbers import Number, TokenKind
from giaoban.reader.claims.base.partition import Intro
from giaoban.reader.claims.base.parts import Part, PartList, read_parts, total_of
from giaoban.reader.claims.base.passage import Passage
from giaoban.reader.claims.sums.verdict import explain_sum, judge_parts
from giaoban.reader.claims.sums.wholes import Whole
from giaoban.reader.footnotes import SUPERSCRIPTS, Footnote, Layout
from giaoban.reader.model import Claim, ClaimKind

_OPENING = re.compile(r"\s?(?P<made>(?:bao )?gồm(?: có)?|cụ thể(?: là)?)\s?[:,]?\s?", re.IGNORECASE)
_ITEM = re.compile(r"\((\d{1,3})\)")
_LEAD = re.compile(r"[^.:;]{0,90}:?\s?\Z")
_WORD_STARTS = re.compile(r"(?<!\w)\w")
_RAISED = re.compile(f"[{SUPERSCRIPTS}]")
# A plain mark goes on with no number, date or share.
_PLAIN = re.compile(r"[1-9](?<=[^\W\d_][0-9]|[)”\"][0-9])[0-9]{0,2}(?![\d/%]|[.,-]\d)")
_REACH = 200
_FEWEST = 2
_FEWEST_UNLIKE = 3


def find_note_claims(layout: Layout, body: Passage, notes: tuple[Passage, ...]) -> Iterator[Claim]:
    """Yield the sums and counts that stand half in the body and half in a footnote; the span is the one of the number
    in the body.

    ``notes`` are the passages of ``layout.footnotes`` in the same order.
    """
    if not notes:
        return
    kinds = {note.mark[0] in SUPERSCRIPTS for note in layout.footnotes}
    marks = {is_raised: _raised_marks(body.text) if is_raised else _plain_marks(body.text) for is_raised in kinds}
    after = 0
    for note, passage in zip(layout.footnotes, notes, strict=True):
        is_raised = note.mark[0] in SUPERSCRIPTS
        places = marks[is_raised].get(note.mark, [])
        place = _reference(body, note, places[bisect_left(places, after) :], is_raised=is_raised)
        if place is None:
            continue
        after = place
        for whole in _counts_before(body, place):
            claim = _enumeration(body, whole, place, passage) or _addition(body, whole, place, passage)
            if claim is not None:
                yield claim


def _raised_marks(text: str) -> dict[str, list[int]]:
    """Return where each raised mark stands: «tham gia¹⁰»."""
    places: dict[str, list[int]] = {}
    mark, start = "", 0
    for digit in _RAISED.finditer(text):
        place = digit.start()
        if place != start + len(mark):
            places.setdefault(mark, []).append(start)
            mark, start = "", place
        mark += digit[0]
    places.setdefault(mark, []).append(start)
    return places


def _plain_marks(text: str) -> dict[str, list[int]]:
    """Return where each plain mark stands: «cơ sở4;»."""
    places: dict[str, list[int]] = {}
    for mark in _PLAIN.finditer(text):
        places.setdefault(mark[0], []).append(mark.start())
    return places


def _reference(body: Passage, note: Footnote, places: list[int], *, is_raised: bool) -> int | None:
    """Choose the mark in the body: a plain one is the last before the note's own place, a raised one the next."""
    found: int | None = None
    for place in places:
        if body.flow.origin(place) > note.start:
            break
        found = place
        if is_raised:
            break
    return found


def _counts_before(body: Passage, place: int) -> list[Whole]:
    """Return the numbers before a mark in its sentence, nearest first."""
    found: list[Whole] = []
    index = body.first_after(place) - 1
    while index >= 0 and len(found) < 3:
        token = body.tokens[index]
        if (
            place - token.end > _REACH
            or body.sentence_end(token.end, place) < place
            or ";" in body.text[token.end : place]
        ):
            break
        if token.kind in (TokenKind.COUNT, TokenKind.FRACTION):
            noun = noun_after(body.text, token.end)
            if noun.kind is not Kind.SPAN:
                found.append(Whole(token, noun, body.text[token.end : place]))
        index -= 1
    return found


def _enumeration(body: Passage, whole: Whole, place: int, note: Passage) -> Claim | None:
    """Compare «12 tổ chức⁴» with a note that numbers its items from (1) on."""
    items = list(_ITEM.finditer(note.text))
    numbers = [int(item[1]) for item in items]
    if len(items) < _FEWEST or numbers != list(range(1, len(items) + 1)):
        return None
    if ")" in body.text[whole.token.end : place] or any(
        t.kind is TokenKind.COUNT for t in body.between(whole.token.end, place)
    ):
        return None
    lead = note.text[: items[0].start()]
    is_made_of = not lead.strip() or bool(_OPENING.fullmatch(lead)) or _names_the_same(lead, whole)
    holds = whole.token.number.value == len(items)
    if not holds and (not is_made_of or whole.token.mark or whole.noun.is_measure):
        return None
    if not is_made_of and (
        not _LEAD.fullmatch(lead) or any(t.kind is TokenKind.COUNT for t in note.between(0, items[0].start()))
    ):
        return None
    said = f"chú thích liệt kê {len(items)} mục, văn bản ghi {whole.token.number.text}"
    values = (whole.token.number, _as_number(len(items)))
    return body.claim(whole.token.start, place, ClaimKind.SUM, values, holds, said)


def _names_the_same(lead: str, whole: Whole) -> bool:
    """Tell whether «UBKT các Đảng ủy cơ sở:» announces the units that were counted, and not papers about them."""
    if not lead.rstrip().endswith(":") or whole.noun.kind is None:
        return False
    kinds = [noun.kind for place in _WORD_STARTS.finditer(lead) if (noun := noun_after(lead, place.start())).kind]
    return bool(kinds) and kinds[0] is whole.noun.kind


def _as_number(value: int) -> Number:
    return Number(value, 1, str(value))


def _addition(body: Passage, whole: Whole, place: int, note: Passage) -> Claim | None:
    """Compare «134 lượt đảng viên¹⁵» with «Chuyển đi 96 đảng viên, chuyển đến 38 đảng viên»."""
    if _ITEM.search(note.text):
        return None
    opening = _OPENING.match(note.text)
    found = read_parts(note, opening.end() if opening else 0, len(note.text))
    if not found.parts:
        return None
    is_nearest = not any(token.kind is TokenKind.COUNT for token in body.between(whole.token.end, place))
    is_plain = opening is not None or _is_all_numbers(found.firsts, whole)
    verdict = judge_parts(whole, found, Intro.MADE_OF if is_plain else Intro.BARE, words=note.text)
    if verdict is None and is_nearest and _makes_up(found, whole):
        verdict = found.firsts, True
    if verdict is None:
        return None
    parts, holds = verdict
    if holds is not True and not (is_nearest and is_plain and found.is_regular):
        return None
    if len(parts) < _FEWEST or (whole.noun is NO_NOUN and holds is not True):
        return None
    values = (whole.token.number, *(part.token.number for part in parts))
    return body.claim(
        whole.token.start, place, ClaimKind.SUM, values, holds, explain_sum(whole, parts, holds) + " (chú thích)"
    )


def _makes_up(found: PartList, whole: Whole) -> bool:
    """Tell whether three parts and more make a number whatever they count: «47 quyết định», and «Điều động 19, bổ nhiệm
    16, bổ nhiệm lại 12 trường hợp»."""
    parts = found.firsts
    is_exact = whole.token.mark is None and all(part.token.mark is None for part in parts)
    return is_exact and len(parts) >= _FEWEST_UNLIKE and total_of(parts).meets(whole.value)


def _is_all_numbers(firsts: tuple[Part, ...], whole: Whole) -> bool:
    """Tell whether a note without «Gồm» is nothing but the parts: all of the whole's own noun, or papers of a number
    of papers."""
    same = all(part.noun.head in ("", whole.noun.head) for part in firsts)
    papers = whole.noun.kind is Kind.PAPER and all(part.noun.kind is Kind.PAPER for part in firsts)
    return len(firsts) > 1 and (same or papers)
