"""GB404: a word or a verb of two syllables printed twice in a row: «của của», «thực hiện thực hiện»."""

from __future__ import annotations

import re
from collections.abc import Iterator

from giaoban.checker.base import Draft, Rule, Severity, Subject

# Words that never stand twice in a row; «ngày ngày», «từ từ», «là là» do.
_ONCE = (
    "của|và|các|những|được|với|cho|trong|tại|về|đã|đang|sẽ|do|thì|mà|để|theo|này|đến|trên|dưới|không|bị|vào|cũng|nhưng"
)
# Verbs only: «tổ chức tổ chức», «lãnh đạo lãnh đạo» may be a noun and its verb.
_VERBS = (
    "thực hiện|tiếp tục|triển khai|tham mưu|tăng cường|xây dựng|bảo đảm|đảm bảo|nâng cao|đẩy mạnh|phát huy|kịp thời"
    "|phối hợp|tập trung|quán triệt|ban hành|hoàn thành|khắc phục|duy trì|thường xuyên|chủ động|phấn đấu"
)
_TWICE = re.compile(rf"(?i)(?<![\w-])({_ONCE}|{_VERBS}) (\1)(?![\w-])")


def find(subject: Subject) -> Iterator[Draft]:
    """Look for the same word twice with one blank between."""
    for match in _TWICE.finditer(subject.flow.text):
        start, end = subject.flow.span(*match.span(2))
        yield Draft(start, end, f"Lặp chữ «{match[0]}»", match[1])


RULE = Rule("GB404", "word-doubled", Severity.WARNING, find)
