"""GB404: a word or a verb of two syllables printed twice in a row: «của của», «thực hiện thực hiện»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from giaoban.checker.base import Draft, Rule, Severity, Subject
from giaoban.reader.pieces import Pieces

# Words that never stand twice in a row; «ngày ngày», «từ từ», «là là» do.
_ONCE = (
    "của|và|các|những|được|với|cho|trong|tại|về|đã|đang|sẽ|do|thì|mà|để|theo|này|đến|trên|dưới|không|bị|vào|cũng|nhưng"
)
# Verbs only: «tổ chức tổ chức», «lãnh đạo lãnh đạo» may be a noun and its verb.
_VERBS = (
    "thực hiện|tiếp tục|triển khai|tham mưu|tăng cường|xây dựng|bảo đảm|đảm bảo|nâng cao|đẩy mạnh|phát huy|kịp thời"
    "|phối hợp|tập trung|quán triệt|ban hành|hoàn thành|khắc phục|duy trì|thường xuyên|chủ động|phấn đấu"
    "|đối với|từ khi|trong đó|trên địa bàn"
)
_SYLLABLES = frozenset(words.split()[0] for words in f"{_ONCE}|{_VERBS}".split("|"))
_HEAD = re.compile(r"\w+(?![\w-])")
_TAIL = re.compile(r"(?<![\w-])\w+\Z")
_REACH = 40
_SHORT_LINE = 12
_TWICE = re.compile(rf"(?i)(?<![\w-])({_ONCE}|{_VERBS}) (\1)(?![\w-])")


def find(subject: Subject) -> Iterator[Draft]:
    """Look for the same word twice with one blank between."""
    text, done = subject.flow.text, 0
    for start, end in _candidates(subject.pieces):
        match = _TWICE.search(text, max(done, start), end + _REACH)
        if match is not None:
            done = match.end()
            first, last = subject.flow.span(*match.span(2))
            if not _opens_line(subject.text, first, match[2]):
                yield Draft(first, last, f"Lặp chữ «{match[0]}»", match[1])


def _opens_line(text: str, at: int, word: str) -> bool:
    """Tell whether the second word begins something of its own: with a capital, or under a short line of a table."""
    if word[0].isupper() and not word.isupper():
        return True
    before = text[max(0, at - _REACH) : at].rstrip(" \t")
    if not before.endswith(("\n", "\r")):
        return False
    line = before.rstrip().rpartition("\n")[2]
    return len(line) < _SHORT_LINE and len(before.rstrip()) > len(line)


def _candidates(pieces: Pieces) -> list[tuple[int, int]]:
    """Return the pieces whose last word begins the next piece, or the one behind it, again."""
    edges = {piece: words for piece in pieces.counts if (words := _edges(piece))}
    items = [*pieces.items, "", ""]
    nothing = ("", "")
    found = [
        index
        for index in pieces.places(edges)
        if (tail := edges[items[index]][1])
        and (edges.get(items[index + 1], nothing)[0] == tail or edges.get(items[index + 2], nothing)[0] == tail)
    ]
    return pieces.spans(found)


@lru_cache(maxsize=1 << 15)
def _edges(piece: str) -> tuple[str, str] | None:
    """Return the words that a piece between blanks begins and ends with, in small letters, where they may not stand
    twice, else ""; None where neither does."""
    small = piece.lower()
    if piece.isalpha():
        return (small, small) if small in _SYLLABLES else None
    head, tail = (match[0] if match else "" for match in (_HEAD.match(small), _TAIL.search(small)))
    found = head if head in _SYLLABLES else "", tail if tail in _SYLLABLES else ""
    return found if any(found) else None


RULE = Rule("GB404", "word-doubled", Severity.WARNING, find)
