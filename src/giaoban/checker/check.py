"""Runs rules over a read document."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from giaoban.checker.base import Finding, Rule, Subject
from giaoban.checker.gb3_layout.facts import PageFacts
from giaoban.checker.registry import rules as all_rules
from giaoban.reader.model import Document


def check_document(
    document: Document, rules: Sequence[Rule] | None = None, *, facts: PageFacts | None = None
) -> tuple[Finding, ...]:
    """Return what rules find in a document, in reading order.

    Args:
        document: the document as read.
        rules: the rules to run; all by default.
        facts: what the document's file says about its pages (``file_facts``); without it the rules over the layout
            find nothing.
    """
    subject = Subject(document, facts)
    found: list[Finding] = []
    for rule in all_rules() if rules is None else rules:
        for draft in rule.find(subject):
            line, column = subject.source.position(draft.start)
            what = (draft.message, draft.suggestion, draft.fix)
            found.append(Finding(rule.code, rule.severity, draft.start, draft.end, line, column, *what))
    return tuple(sorted(found, key=lambda finding: (finding.start, finding.end, finding.code)))


def file_facts(path: str | Path) -> PageFacts | None:
    """Return what a file says about its pages; None for formats that say nothing of them.

    Raises:
        InvalidInput: a .docx file that is broken, protected or unsafe to unpack.
    """
    file = Path(path)
    if file.suffix.lower() != ".docx":
        return None
    from giaoban.checker.gb3_layout.word import page_facts

    return page_facts(file.read_bytes(), str(path))


def check_text(text: str, name: str = "", rules: Sequence[Rule] | None = None) -> tuple[Finding, ...]:
    """Read a text and check it."""
    from giaoban.reader import read_text

    return check_document(read_text(text, name=name), rules)
