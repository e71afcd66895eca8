"""«612 tổ chức (tăng 9), trong đó 240 đảng bộ (tăng 7), 372 chi bộ (tăng 2)»: what the parts of a number have changed
by is what it has changed by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from giaoban.reader.claims.base.nouns import Kind, Noun, might_add_up
from giaoban.reader.claims.base.numbers import Number, Token, TokenKind
from giaoban.reader.claims.base.partition import leaves_out
from giaoban.reader.claims.base.passage import Passage
from giaoban.reader.model import Claim, ClaimKind

_STEP = re.compile(r" ?\((?P<way>tăng|giảm)(?: thêm| được| đi)? (?P<than>so với [^()\d]{0,24}(?:\d{4} )?)?")
_OWNER = re.compile(r"[^.;:,()\n\d%]{0,60}")
_BARE = re.compile(r" ?[^()\d]{0,24}\)")
_DIVIDES = re.compile(r"\b(?:trong đó|gồm)\b")
_REACH = 160
_FEWEST, _MOST = 3, 8


@dataclass(slots=True)
class _Stepped:
    """A number with what its bracket says that it has changed by; ``is_bare`` where it says no more."""

    owner: Token
    noun: Noun
    step: Token
    rises: bool
    is_bare: bool

    @property
    def moved(self) -> int:
        """The change with its sign."""
        return self.step.number.digits if self.rises else -self.step.number.digits


def find_steps_together(passage: Passage) -> Iterator[Claim]:
    """Yield such sums of one flow."""
    row: list[_Stepped] = []
    for place in sorted([*passage.places("(tăng "), *passage.places("(giảm ")]):
        found = _stepped(passage, place)
        if found is None:
            continue
        if row and not _goes_on(passage, row[-1], found):
            yield from _judge(passage, row)
            row = []
        row.append(found)
    yield from _judge(passage, row)


def _stepped(passage: Passage, place: int) -> _Stepped | None:
    index = passage.first_after(place)
    if not 0 < index < len(passage.tokens):
        return None
    owner, step = passage.tokens[index - 1], passage.tokens[index]
    told = _STEP.fullmatch(passage.text, passage.text.rfind(" ", 0, place + 1), step.start)
    if told is None or not _is_whole(owner) or not _is_whole(step):
        return None
    noun = passage.noun(owner)
    is_near = _OWNER.fullmatch(passage.text, owner.end, place) is not None
    if not is_near or noun.is_measure or noun.kind is Kind.SPAN or not might_add_up(noun, passage.noun(step)):
        return None
    is_bare = told["than"] is None and _BARE.match(passage.text, step.end) is not None
    return _Stepped(owner, noun, step, told["way"] == "tăng", is_bare)


def _is_whole(token: Token) -> bool:
    return token.kind is TokenKind.COUNT and token.is_exact and token.number.is_whole


def _goes_on(passage: Passage, before: _Stepped, found: _Stepped) -> bool:
    start, end = before.step.end, found.owner.start
    return 0 <= end - start <= _REACH and passage.sentence_end(start, end) == end


def _judge(passage: Passage, row: list[_Stepped]) -> Iterator[Claim]:
    """Compare the first of a row with the next ones, as far as these divide it."""
    for first, whole in enumerate(row[: 1 - _FEWEST] if len(row) >= _FEWEST else ()):
        together = 0
        for last in range(first + 1, min(len(row), first + _MOST)):
            together += row[last].owner.number.digits
            if together > whole.owner.number.digits or not might_add_up(whole.noun, row[last].noun):
                break
            if together == whole.owner.number.digits and last - first >= _FEWEST - 1:
                claim = _claim(passage, whole, row[first + 1 : last + 1])
                if claim is not None:
                    yield claim
                    return


def _claim(passage: Passage, whole: _Stepped, parts: list[_Stepped]) -> Claim | None:
    moved = sum(part.moved for part in parts)
    holds, text = moved == whole.moved, passage.text
    between = text[whole.step.end : parts[0].owner.start]
    # «(tăng 8 so với năm 2021)» may be compared with another time than its whole.
    is_sure = all(part.is_bare for part in parts) and _DIVIDES.search(between) and "so với" not in between
    if not holds and (not is_sure or leaves_out(text[whole.step.end : parts[-1].step.end])):
        return None
    signed = " ".join(f"{'+' if part.rises else '-'} {part.step.number.text}" for part in parts).removeprefix("+ ")
    said = f"{signed} = {abs(moved)}" if moved >= 0 else f"{signed} = -{abs(moved)}"
    way = "tăng" if whole.rises else "giảm"
    explain = f"{said}, {'đúng như ' if holds else ''}văn bản ghi {way} {whole.step.number.text}"
    numbers: list[Number] = [whole.step.number, *(part.step.number for part in parts)]
    return passage.claim(whole.step.start, parts[-1].step.end, ClaimKind.SUM, numbers, holds, explain)
