"""Runs rules over a read document."""

from __future__ import annotations

from collections.abc import Sequence

from giaoban.checker.base import Finding, Rule, Subject
from giaoban.checker.registry import rules as all_rules
from giaoban.reader.model import Document


def check_document(document: Document, rules: Sequence[Rule] | None = None) -> tuple[Finding, ...]:
    """Return what the rules (all of them by default) find in a document, in reading order."""
    subject = Subject(document)
    found: list[Finding] = []
    for rule in all_rules() if rules is None else rules:
        for draft in rule.find(subject):
            line, column = subject.source.position(draft.start)
            what = (draft.message, draft.suggestion, draft.fix)
            found.append(Finding(rule.code, rule.severity, draft.start, draft.end, line, column, *what))
    return tuple(sorted(found, key=lambda finding: (finding.start, finding.end, finding.code)))


def check_text(text: str, name: str = "", rules: Sequence[Rule] | None = None) -> tuple[Finding, ...]:
    """Read a text and check it."""
    from giaoban.reader import read_text

    return check_document(read_text(text, name=name), rules)
