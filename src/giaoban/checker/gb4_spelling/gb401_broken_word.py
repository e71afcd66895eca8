"""GB401: a word that scanning has broken."""

from __future__ import annotations

from collections.abc import Iterator

from giaoban.checker.base import Draft, Rule, Severity, Subject
from giaoban.checker.gb4_spelling import gb402_tone_mark, gb403_misspelt


def find(subject: Subject) -> Iterator[Draft]:
    """Say what the reader would repair, but for what a rule of spelling says better."""
    repairs = subject.document.repairs
    if not repairs:
        return
    said = [(draft.start, draft.end) for rule in (gb402_tone_mark, gb403_misspelt) for draft in rule.find(subject)]
    for repair in repairs:
        if any(start < repair.end and repair.start < end for start, end in said):
            continue
        message = f"«{repair.printed}» có thể là chữ bị hỏng khi quét, đúng ra là «{repair.suggested}»"
        yield Draft(repair.start, repair.end, message, repair.suggested)


RULE = Rule("GB401", "broken-word", Severity.WARNING, find)
