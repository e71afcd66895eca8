"""«kiểm tra 82 tổ chức đảng và 140 đảng viên. Trong đó: cấp tỉnh 6 tổ chức, 20 đảng viên; cấp huyện 30 tổ chức, 45 đảng
viên; cơ sở 46 tổ chức, 75 đảng viên»: items that each count two things, added up by what is counted.

Two columns that make their wholes are no chance, even where a list goes on. Where one column makes its whole, the other
one is meant to make its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from giaoban.reader.claims.base.nouns import Kind
from giaoban.reader.claims.base.numbers import Token, TokenKind
from giaoban.reader.claims.base.partition import leaves_out, may_overlap
from giaoban.reader.claims.base.parts import Part
from giaoban.reader.claims.base.passage import Passage
from giaoban.reader.claims.sums.verdict import make_sum
from giaoban.reader.claims.sums.wholes import Whole
from giaoban.reader.model import Claim

_INTROS = ("rong đó", "iêng ", "ụ thể")
_SIGN = re.compile(r"[.,;:()\n\d%]")
_STEP = re.compile(r"\b(?P<way>tăng|giảm)(?: thêm| được)? ?\Z")
_NO_PART = re.compile(r"\b(?:so với|cùng kỳ|kế hoạch|chỉ tiêu|bình quân|năm trước)\b")
_TAIL = re.compile(r" (?:và|thì|là|có|được|bị|theo|so|với|tại|ở)\b.*")
_LINES = re.compile(r"[^\n]{0,48}:[ ]?\n")
_REACH, _LONGEST = 900, 1100
_FEWEST, _FEWEST_ALONE, _MOST, _MOST_ROWS = 2, 3, 40, 12
_WORDS, _FAR, _FEW_OFF = 60, 320, 8
_TELLING = 10

_Key = Callable[[Part], str]
_Row = dict[str, Part]


class _Parts:
    """The numbers of a flow as parts; lists beside each other ask for the same ones."""

    def __init__(self, passage: Passage) -> None:
        self.passage = passage
        self._found: dict[int, Part | None] = {}

    def of(self, token: Token) -> Part | None:
        """Return a number as a part; None where it counts nothing that may be added up."""
        if token.start not in self._found:
            self._found[token.start] = self._read(token)
        return self._found[token.start]

    def _read(self, token: Token) -> Part | None:
        noun = self.passage.noun(token)
        is_count = token.kind is TokenKind.COUNT and token.is_exact and noun.kind not in (None, Kind.SPAN)
        if not is_count or noun.is_measure:
            return None
        words = self.passage.text[max(0, token.start - _WORDS) : token.start]
        lead = _SIGN.split(words)[-1].strip().lower()
        return None if _NO_PART.search(lead) else Part(token, noun, lead, is_first=False)


def find_two_nouns(passage: Passage) -> Iterator[Claim]:
    """Yield the sums of such lists of one flow that no other finder has told of."""
    text, done = passage.text, 0
    parts = _Parts(passage)
    places = sorted(place for words in _INTROS for place in passage.places(words))
    for place, following in pairwise([*places, len(text)]):
        if place < done:
            continue
        # What is divided further begins a list of its own.
        furthest = min(following, place + _LONGEST)
        line = text.find("\n", place, furthest)
        line = furthest if line < 0 else line
        is_headed = _LINES.match(text, place) is not None
        if is_headed:
            # «Trong đó:» and a line for each item.
            limit, sign = _end_of_lines(text, line), "\n"
        else:
            limit, sign = passage.sentence_end(place, line), ";"
        # Signs are found many times faster than columns.
        if text.count(sign, place, limit) < _FEWEST - 1:
            continue
        for key in (_by_root, _by_phrase, _by_lead):
            claims = list(_judge(parts, (place, limit), _rows(parts, place, limit, sign, key), key))
            yield from claims
            if claims:
                done = limit
                break


def _end_of_lines(text: str, line: int) -> int:
    """Return where the lines below a heading end that are as short as items are."""
    end = line
    for _ in range(_MOST_ROWS):
        following = text.find("\n", end + 1)
        following = len(text) if following < 0 else following
        if not 2 < following - end <= _FAR:
            break
        end = following
    return end


def _by_root(part: Part) -> str:
    return part.noun.root


def _by_phrase(part: Part) -> str:
    phrase = _TAIL.sub("", part.noun.phrase.strip())
    name = part.lead.removesuffix(" là")
    # «Hộ cận nghèo là 412 hộ»
    return name if phrase == part.noun.root and name.startswith(f"{phrase} ") else phrase


def _by_lead(part: Part) -> str:
    return f"{part.lead.rpartition(' ')[2]} {part.noun.root}"


def _key_of(part: Part, key: _Key) -> str:
    """Return the column of a number: what it counts, steps apart from values."""
    step = _STEP.search(part.lead)
    return f"{step['way']} " if step else key(part)


def _rows(every: _Parts, start: int, end: int, sign: str, key: _Key) -> list[_Row]:
    """Return the items of a list, each with its numbers by their columns; nothing where a column has two."""
    passage = every.passage
    text, rows, at = passage.text, list[_Row](), start
    while at < end and len(rows) < _MOST_ROWS:
        stop = text.find(sign, at + 1, end)
        stop = end if stop < 0 else stop
        row: _Row = {}
        for token in passage.between(at, stop):
            if text.count("(", at, token.start) > text.count(")", at, token.start):
                continue
            part = every.of(token)
            if part is None:
                continue
            column = _key_of(part, key)
            if not column.strip() or column in row:
                return []
            row[column] = part
        if row:
            rows.append(row)
        at = stop + 1
    return rows


def _judge(every: _Parts, listed: tuple[int, int], rows: list[_Row], key: _Key) -> Iterator[Claim]:
    passage, (place, end) = every.passage, listed
    columns = [column for column in (rows[0] if rows else ()) if sum(column in row for row in rows) >= _FEWEST]
    wholes: dict[str, Whole] = {}
    for column in columns if len(columns) >= _FEWEST else ():
        whole = _whole(every, place, column, [row[column] for row in rows[:_FEWEST] if column in row], key)
        if whole is not None:
            wholes[column] = whole
    if len(wholes) < _FEWEST:
        return
    for count in range(len(rows), _FEWEST - 1, -1):
        parts = {column: tuple(row[column] for row in rows[:count] if column in row) for column in wholes}
        right = {
            column
            for column, whole in wholes.items()
            # They are exact counts: nothing is rounded.
            if len(parts[column]) >= _FEWEST
            and sum(part.token.number.value for part in parts[column]) == whole.token.number.value
        }
        telling = sum(wholes[column].token.number.value >= _TELLING for column in right)
        large = sum(wholes[column].token.number.value >= 2 * _TELLING for column in right)
        is_all = count == len(rows) and (count >= _FEWEST_ALONE or large > 0)
        if not telling or (len(right) < _FEWEST and not is_all):
            continue
        for column, whole in wholes.items():
            is_told = whole.token.start in passage.divided or not parts[column]
            is_sure = is_all and len(parts[column]) == count
            if not is_told and (column in right or (is_sure and _is_wrong(passage, whole, parts[column], end))):
                last = parts[column][-1].token.end
                yield make_sum(passage, whole.token.start, last, whole, parts[column], column in right)
        return


def _whole(every: _Parts, place: int, column: str, parts: list[Part], key: _Key) -> Whole | None:
    """Return the nearest number before a list that stands in a column and is no less than its first items."""
    passage = every.passage
    text, most = passage.text, max(part.token.number.value for part in parts)
    last = passage.first_after(place) - 1
    for index in range(last, max(-1, last - _MOST), -1):
        token = passage.tokens[index]
        if token.start < place - _REACH:
            return None
        part = every.of(token)
        if part is None or token.number.value < most or _key_of(part, key) != column:
            continue
        # «1.947 đảng viên (có 638 đảng viên là cấp ủy viên)» is divided, what its bracket picks out is not.
        near = max(0, token.start - _FAR)
        line = max(near, text.rfind("\n", near, token.start) + 1)
        if text.count("(", line, token.start) <= text.count(")", line, token.start):
            return Whole(token, part.noun, "")
    return None


def _is_wrong(passage: Passage, whole: Whole, parts: tuple[Part, ...], end: int) -> bool:
    """Tell whether a column that does not make its whole must: it nearly does, and nothing is left out."""
    off = abs(sum(part.token.number.decimal for part in parts) - whole.token.number.decimal)
    between = passage.text[whole.token.end : end]
    is_step = any(_STEP.search(part.lead) for part in parts)
    is_near = off * _FEW_OFF <= whole.token.number.decimal
    return is_near and not is_step and not may_overlap(parts) and not leaves_out(between)
