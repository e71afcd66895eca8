"""«thành phố có 38 trường mầm non, … - Mầm non: giảm 03 trường, còn 35 trường»: a change and what it leads to, of a
number that stands before them.

Where the number is only looked for by its value, it confirms. Where the line is named like what a number counts, and
one number only, it must be that one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from giaoban.reader.claims.base.nouns import Kind
from giaoban.reader.claims.base.numbers import Token, TokenKind
from giaoban.reader.claims.base.passage import Passage, show
from giaoban.reader.claims.changes.change import EARLIER
from giaoban.reader.model import Claim, ClaimKind

_WAY = re.compile(r"(?:\A|[\s(,;:])(?P<way>[tT]ăng|[gG]iảm|[bB]ớt)(?: thêm| bớt| được| đi)? \Z")
_THEN = re.compile(r"[^.;,()\n\d%]{0,30}, (?:chỉ |nay |hiện |hiện nay )?(?:còn(?: lại)?|lên|nâng lên|thành) ")
_LABEL = re.compile(r"\n[-+•*–] ?(?P<label>[^\W\d_]+(?: [^\W\d_]+){0,4}): (?:tăng|giảm)[^\n:]{0,12}\Z")
_WAS = re.compile(rf"[^.;,()\n\d%]{{0,30}} ?\((?:{EARLIER}[^().;,\d%]{{0,16}})?(?:là |có )?")
_EARLIER = re.compile(EARLIER)
_CLOSES = re.compile(r"[^().;,\n\d%]{0,40}\)")
_BECOMES = re.compile(r"\b(?:hình thành|thành lập|thành|còn|xuống|lên)\b[^.;()\d%]{0,40}\Z")
_STEPS = (", tăng ", ", giảm ", ", bớt ", "; giảm ", "; tăng ")
_NEAREST, _FAR = 14, 320
_WORDS = ("ăng ", "iảm ", "ớt ")
_LONGEST_WAY, _LONGEST_LABEL = 18, 70
_REACH, _MOST = 1500, 60
_SMALLEST = 8


def find_left_after(passage: Passage) -> Iterator[Claim]:
    """Yield such changes of one flow that no other finder has told of."""
    text, tokens = passage.text, passage.tokens
    # Words are found many times faster than the patterns.
    for place in sorted(place for word in _WORDS for place in passage.places(word)):
        index = passage.first_after(place) + 1
        if not 1 < index <= len(tokens):
            continue
        step, left = tokens[index - 1], tokens[min(index, len(tokens) - 1)]
        if step.start - place > _LONGEST_WAY or not (_counts(step) and _counts(left)) or step.start in passage.told:
            continue
        way = _WAY.search(text, max(0, step.start - _LONGEST_WAY), step.start)
        if way is None:
            continue
        rises, claim = way["way"].lower() == "tăng", None
        if _THEN.fullmatch(text, step.end, left.start):
            claim = _judge(passage, index, rises=rises)
        elif (
            (claim := _between(passage, index - 1, rises=rises)) is None
            and _WAS.fullmatch(text, step.end, left.start)
            and _CLOSES.match(text, left.end)
        ):
            claim = _since(passage, index, rises=rises)
        if claim is not None:
            yield claim


def _counts(token: Token) -> bool:
    return token.kind is TokenKind.COUNT and token.is_exact


def _judge(passage: Passage, index: int, *, rises: bool) -> Claim | None:
    step, left = passage.tokens[index - 1], passage.tokens[index]
    noun, moved = passage.noun(left), passage.noun(step)
    head = _first(noun.head)
    if not head or noun.kind is Kind.SPAN or _first(moved.head) != head or noun.scale != moved.scale:
        return None
    value = left.number.value - step.number.value if rises else left.number.value + step.number.value
    label = _LABEL.search(passage.text, max(0, step.start - _LONGEST_LABEL), step.start)
    named: list[Token] = []
    for at in range(index - 2, max(-1, index - _MOST), -1):
        token = passage.tokens[at]
        if step.start - token.end > _REACH:
            break
        own = passage.noun(token)
        if not _counts(token) or _first(own.head) != head or own.scale != noun.scale:
            continue
        if token.number.value == value and value >= _SMALLEST:
            return _claim(passage, token, step, left, rises=rises, holds=True)
        if label is not None and own.phrase.strip().startswith(f"{head} {label['label'].lower()}"):
            named.append(token)
    if len(named) != 1 or named[0].number.value <= step.number.value:
        return None
    return _claim(passage, named[0], step, left, rises=rises, holds=False)


def _between(passage: Passage, index: int, *, rises: bool) -> Claim | None:
    """Read «sắp xếp 317 đơn vị (283 xã, 34 phường) để hình thành 111 đơn vị (104 xã, 7 phường), giảm 206 đơn vị»."""
    step, text = passage.tokens[index], passage.text
    noun = passage.noun(step)
    if not noun.root or noun.kind is Kind.SPAN or not text.endswith(_STEPS, 0, step.start):
        return None
    ends: list[Token] = []
    depth, done = 0, step.start
    for at in range(index - 1, max(-1, index - _NEAREST), -1):
        token = passage.tokens[at]
        depth += text.count(")", token.end, done) - text.count("(", token.end, done)
        done = token.end
        if depth > 0:
            continue
        own = passage.noun(token)
        if not _counts(token) or own.root != noun.root or own.scale != noun.scale or step.start - token.end > _FAR:
            break
        ends.append(token)
        if len(ends) > 1:
            break
    if len(ends) < 2 or passage.sentence_end(ends[1].end, step.start) < step.start:
        return None
    value, base = ends
    moved = value.number.value - base.number.value
    is_told = _BECOMES.search(text, base.end, value.start) is not None
    if not is_told or (moved if rises else -moved) != step.number.value:
        return None
    return _claim(passage, base, step, value, rises=rises, holds=True, start=base.start, end=step.end)


def _since(passage: Passage, index: int, *, rises: bool) -> Claim | None:
    """Read «có 412 hợp tác xã …; so với đầu năm tăng 19 hợp tác xã (đầu năm có 393 hợp tác xã)» where it is right."""
    step, base = passage.tokens[index - 1], passage.tokens[index]
    noun = passage.noun(base) if passage.noun(base).head else passage.noun(step)
    words = passage.text[max(0, step.start - _LONGEST_LABEL) : base.start]
    if not noun.head or noun.kind is Kind.SPAN or not _EARLIER.search(words):
        return None
    value = base.number.value + step.number.value if rises else base.number.value - step.number.value
    if value < _SMALLEST:
        return None
    for at in range(index - 2, max(-1, index - _MOST), -1):
        token = passage.tokens[at]
        if step.start - token.end > _REACH:
            return None
        own = passage.noun(token)
        is_like = _first(own.head) == _first(noun.head) and own.scale == noun.scale
        if is_like and token.number.value == value and _counts(token):
            return _claim(passage, base, step, token, rises=rises, holds=True, end=base.end)
    return None


def _first(head: str) -> str:
    return head.partition(" ")[0]


def _claim(
    passage: Passage, base: Token, step: Token, left: Token, *, rises: bool, holds: bool,
    start: int | None = None, end: int = 0,
) -> Claim:  # fmt: skip
    sign = "+" if rises else "-"
    together = base.number.value + (step.number.value if rises else -step.number.value)
    said = f"{base.number.text} {sign} {step.number.text} = {show(together)}"
    explain = f"{said}, {'đúng như ' if holds else ''}văn bản ghi {left.number.text}"
    numbers = (left.number, base.number, step.number)
    return passage.claim(
        step.start if start is None else start, end or left.end, ClaimKind.GROWTH, numbers, holds, explain
    )
