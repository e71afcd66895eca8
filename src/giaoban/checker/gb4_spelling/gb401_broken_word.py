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
    # Repairs and what is said already stand apart from each other and in order, so each is met once.
    said = sorted(
        (draft.start, draft.end) for rule in (gb402_tone_mark, gb403_misspelt) for draft in rule.find(subject)
    )
    at = 0
    for repair in repairs:
        while at < len(said) and said[at][1] <= repair.start:
            at += 1
        if at < len(said) and said[at][0] < repair.end:
            continue
        message = f"«{repair.printed}» có thể là chữ bị hỏng khi quét, đúng ra là «{repair.suggested}»"
        yield Draft(repair.start, repair.end, message, repair.suggested)


RULE = Rule("GB401", "broken-word", Severity.WARNING, find)
