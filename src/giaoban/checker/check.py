"""Runs rules over a read document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from giaoban.checker.base import Finding, Rule, Subject
from giaoban.checker.gb3_layout.facts import PageFacts
from giaoban.checker.registry import rules as all_rules
from giaoban.checker.suppressions import Suppression
from giaoban.reader.model import Document

_LAYOUT, _ABOUT_SUPPRESSIONS = "GB3", "GB0"


@dataclass(frozen=True, slots=True)
class Checked:
    """What rules found in a document, in reading order; ``suppressed`` is what a person lets stand, with the reason."""

    findings: tuple[Finding, ...]
    suppressed: tuple[tuple[Finding, Suppression], ...] = ()


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
    return check_with_suppressions(document, rules, (), facts=facts).findings


def check_with_suppressions(
    document: Document,
    rules: Sequence[Rule] | None,
    suppressions: Sequence[Suppression],
    *,
    facts: PageFacts | None = None,
) -> Checked:
    """Check a document as ``check_document`` does, and set aside what is suppressed.

    A suppression that met no finding is itself a finding (GB001), but only where its rule has run: rules that were not
    chosen, and rules over the layout of a text without pages, say nothing about it.
    """
    chosen = all_rules() if rules is None else tuple(rules)
    subject = Subject(document, facts)
    kept: list[Finding] = []
    suppressed: list[tuple[Finding, Suppression]] = []
    for finding in _run(chosen, subject):
        by = next((one for one in suppressions if _covers(one, finding, document.text)), None)
        if by is None:
            kept.append(finding)
        else:
            suppressed.append((finding, by))
    ran = {rule.code for rule in chosen if facts is not None or not rule.code.startswith(_LAYOUT)}
    used = {by for _, by in suppressed}
    unused = tuple(one for one in suppressions if one.code in ran and one not in used)
    if unused:
        left = Subject(document, facts, unused)
        kept += _run([rule for rule in chosen if rule.code.startswith(_ABOUT_SUPPRESSIONS)], left)
    return Checked(tuple(sorted(kept, key=_place)), tuple(suppressed))


def _run(rules: Iterable[Rule], subject: Subject) -> list[Finding]:
    found: list[Finding] = []
    for rule in rules:
        for draft in rule.find(subject):
            line, column = subject.source.position(draft.start)
            # What is quoted may be broken over two lines; a message is one.
            what = (draft.message.replace("\n", " "), draft.suggestion, draft.fix)
            found.append(Finding(rule.code, rule.severity, draft.start, draft.end, line, column, *what))
    return sorted(found, key=_place)


def _place(finding: Finding) -> tuple[int, int, str]:
    return finding.start, finding.end, finding.code


def _covers(suppression: Suppression, finding: Finding, text: str) -> bool:
    return suppression.covers(finding.code, finding.start, finding.end, text)


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
