"""«Kiểm tra 9 chi bộ và 14 đảng viên. Qua kiểm tra, kết luận 6 chi bộ và 11 đảng viên thực hiện tốt, 3 chi bộ và 3 đảng
viên còn khuyết điểm»: what was found of all that were looked at.

Bodies and persons are told apart. Where the one are all told of, so are the others; else some may not be done with yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from giaoban.reader.claims.base.nouns import Kind
from giaoban.reader.claims.base.numbers import Token, TokenKind
from giaoban.reader.claims.base.partition import leaves_out
from giaoban.reader.claims.base.parts import Part
from giaoban.reader.claims.base.passage import Passage
from giaoban.reader.claims.sums.verdict import make_sum
from giaoban.reader.claims.sums.wholes import Whole
from giaoban.reader.model import Claim

_LOOKED = re.compile(r"(?:kiểm tra|giám sát|thanh tra|rà soát)[^.;()\d%\n]{0,60}\Z", re.IGNORECASE)
_GOOD = re.compile(r"\b(?:tốt|chấp hành nghiêm|không (?:có )?(?:vi phạm|khuyết điểm))\b")
_BAD = re.compile(r"\b(?:khuyết điểm|hạn chế|vi phạm|thiếu sót|chưa tốt)\b")
_FIRST = re.compile(r"[Qq]ua [^.;()\d%\n]{2,60}\Z")
_LEAD, _REACH, _LONGEST = 90, 700, 420
_FEWEST, _MOST = 2, 8
_KINDS = (Kind.UNIT, Kind.PERSON)


def find_concluded(passage: Passage) -> Iterator[Claim]:
    """Yield such sums of one flow that no other finder has told of."""
    text = passage.text
    for place in passage.places("kết luận"):
        if not _FIRST.search(text, max(0, place - _LEAD), place):
            continue
        end = passage.sentence_end(place, min(len(text), place + _LONGEST))
        words = text[place:end]
        if not _GOOD.search(words) or not _BAD.search(words) or "trong đó" in words or leaves_out(words):
            continue
        yield from _judge(passage, place, end)


def _judge(passage: Passage, place: int, end: int) -> Iterator[Claim]:
    found = _kinds(passage, place, end)
    wholes = _looked_at(passage, place)
    told: list[tuple[Whole, tuple[Part, ...], bool]] = []
    for kind, listed in found.items():
        if kind in wholes and _FEWEST <= len(listed) <= _MOST:
            together = sum(part.token.number.value for part in listed)
            told.append((wholes[kind], tuple(listed), together == wholes[kind].token.number.value))
    if not any(holds for _, _, holds in told):
        return
    for whole, parts, holds in told:
        if parts[0].token.start not in passage.summed:
            yield make_sum(passage, whole.token.start, parts[-1].token.end, whole, parts, holds)


def _kinds(passage: Passage, place: int, end: int) -> dict[Kind, list[Part]]:
    """Return the numbers of a sentence by what they count; none where one of them counts anything else."""
    found: dict[Kind, list[Part]] = {}
    for token in passage.between(place, end):
        noun = passage.noun(token)
        if token.kind is not TokenKind.COUNT or not token.is_exact or noun.kind not in _KINDS:
            return {}
        found.setdefault(noun.kind, []).append(Part(token, noun, "", is_first=False))
    return found


def _looked_at(passage: Passage, place: int) -> dict[Kind, Whole]:
    """Return how many bodies and persons the sentence before tells to have been looked at: its first ones."""
    text = passage.text
    first = max(0, place - _REACH, text.rfind("\n", max(0, place - _REACH), place) + 1)
    stops = [stop for stop in passage.stops(first, place) if stop < place - 1]
    begin = stops[-2] + 1 if len(stops) > 1 else first
    found: dict[Kind, Whole] = {}
    before: Token | None = None
    for token in passage.between(begin, stops[-1] if stops else place):
        noun = passage.noun(token)
        is_count = token.kind is TokenKind.COUNT and token.is_exact and noun.kind in _KINDS
        is_inside = text.count("(", begin, token.start) > text.count(")", begin, token.start)
        if not is_count or is_inside or noun.kind in found or noun.kind is None:
            continue
        is_led = _LOOKED.search(text, max(begin, token.start - _LEAD), token.start) is not None
        is_beside = before is not None and text[before.end : token.start].count(" ") <= _MOST
        if is_led or is_beside:
            found[noun.kind] = Whole(token, noun, "")
            before = token
    return found
