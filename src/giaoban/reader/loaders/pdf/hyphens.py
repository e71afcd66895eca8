"""Words that a line's end has broken."""

from __future__ import annotations

import re

from giaoban.reader.loaders.syllables import is_syllable

_SOFT = "\u00ad"
_LAST = re.compile(r"(?<!\S)(\S+)[-\u00ad]$")
_FIRST = re.compile(r"\S+")
_LETTERS = re.compile(r"[^\W\d_]+")
# What may stand before and behind the hyphen of a number and symbol: «12-» «NQ/TU», «128/NQ-» «HĐND», «2020-» «2025».
_SYMBOL_HEAD = re.compile(r"(?:.*[^\w/])?\d+(?:/\d{4})?(?:/[A-ZĐ][A-Za-zĐ]{0,6})?")
_SYMBOL_TAIL = re.compile(r"[A-ZĐ][A-Za-zĐ]{0,6}(?:[/-][A-ZĐ](?:[\w.-]*\w)?)?[^\w\s]*|\d{4}\b.*")
_SHORTEST_FOREIGN = 3


def join_broken(lines: list[str]) -> list[str]:
    """Return lines in which a word or a symbol that was broken at the end of a line stands whole on the first line.

    A hyphen goes only where it is a break: where the two parts make one syllable or neither part is a Vietnamese one.
    The hyphen of a symbol or of a span of years stays.
    """
    found: list[str] = []
    for line in lines:
        if found and line and found[-1].endswith(("-", _SOFT)):
            found[-1], line = _join(found[-1], line)
            if not line:
                continue
        found.append(line)
    return found


def _join(before: str, after: str) -> tuple[str, str]:
    head, tail = _LAST.search(before), _FIRST.match(after)
    if head is None or tail is None:
        return before, after
    rest = after[tail.end() :].lstrip(" ")
    if before.endswith(_SOFT) or _is_break(head[1], tail[0]):
        return before[:-1] + tail[0], rest
    if _SYMBOL_HEAD.fullmatch(head[1]) and _SYMBOL_TAIL.fullmatch(tail[0]):
        return before + tail[0], rest
    return before, after


def _is_break(head: str, tail: str) -> bool:
    first, second = _LETTERS.search(head[::-1]), _LETTERS.match(tail)
    if first is None or second is None or first.start() or not second[0].islower():
        return False
    left, right = first[0][::-1], second[0]
    # What stands before the letters must be no part of the word: «12-a» is none.
    if len(left) < len(head) and (head[-len(left) - 1].isdigit() or head[-len(left) - 1] in "-/"):
        return False
    if is_syllable(left + right):
        return True
    is_foreign = min(len(left), len(right)) >= _SHORTEST_FOREIGN
    return is_foreign and not is_syllable(left) and not is_syllable(right)
