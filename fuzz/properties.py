"""What must hold for every input: no exception but the project's own, true places, output that serialises, one answer.

Raised is ``Broken``, or whatever the code under test raises by itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from fuzz.samples import Sample, keep
from giaoban.checker import Finding, check_document, file_facts, rules
from giaoban.checker.fixing import apply_fixes, safe_fixes
from giaoban.checker.gb3_layout.facts import PageFacts
from giaoban.checker.output import as_json as findings_as_json
from giaoban.checker.output import as_sarif, as_text
from giaoban.core.errors import GiaobanError
from giaoban.reader import Document, read_file, read_text
from giaoban.reader.loaders.pdf import worker
from giaoban.reader.model import Citation, Claim, Target, Task
from giaoban.reader.output import as_json
from giaoban.reader.output import as_text as summary

_LINE_BREAK = re.compile(r"\r\n|\n|\r")


class Broken(AssertionError):
    """A property does not hold; the text says which."""


def examine_text(text: str, facts: PageFacts | None = None) -> Document:
    """Read and check a text, and see that all properties hold.

    Args:
        text: any text, lone surrogates and control characters included.
        facts: what the text's file says about its pages.

    Raises:
        Broken: a property does not hold.
    """
    document = read_text(text)
    findings = check_document(document, facts=facts)
    _places_are_true(document)
    _findings_are_true(text, findings)
    _is_printed(document, findings)
    _fixes_keep_the_words(text, findings)
    again = read_text(text)
    _demand(again == document, "reading twice gives the same document")
    _demand(check_document(again, facts=facts) == findings, "checking twice gives the same findings")
    return document


def examine_file(path: Path) -> Document | None:
    """Read and check a file; None where it is refused, which must be told in one line.

    Raises:
        Broken: a property does not hold.
    """
    try:
        document = read_file(path)
        facts = file_facts(path)
    except GiaobanError as error:
        _demand(bool(error.message) and "\n" not in str(error), f"a refusal is one line: {error}")
        return None
    _is_clean(document.text)
    for note in document.notes:
        _is_clean(note)
    return examine_text(document.text, facts)


def examine_pages(data: bytes) -> Document | None:
    """Read and check a PDF file in this process; None where it is refused.

    Raises:
        Broken: a property does not hold.
    """
    try:
        pages = worker.extract(data)
    except worker.Unreadable:
        return None
    return examine_text("\n\f".join(page["text"] for page in json.loads(json.dumps(pages))))


def examiner(folder: Path) -> Callable[[Sample], Document | None]:
    """Return what examines a sample of any kind; files are written into a folder."""

    def examine(sample: Sample) -> Document | None:
        if isinstance(sample, str):
            return examine_text(sample)
        if sample.in_process:
            return examine_pages(sample.data)
        return examine_file(keep(sample, folder / "sample"))

    return examine


def _is_clean(text: str) -> None:
    _demand("\0" not in text, "a file's text holds no NUL")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise Broken(f"a file's text can be written as UTF-8: {error}") from None


def _demand(holds: bool, what: str) -> None:
    if not holds:
        raise Broken(what)


def _places_are_true(document: Document) -> None:
    text = document.text
    found: list[Citation | Claim | Target | Task] = [*document.citations, *document.claims]
    for item in (*found, *document.targets, *document.tasks):
        _demand(0 <= item.start < item.end <= len(text), f"a place lies inside the text: {item}")
        _demand(text[item.start : item.end] == item.text, f"a place holds what is shown: {item}")
    for repair in document.repairs:
        _demand(text[repair.start : repair.end] == repair.printed, f"a repair shows what is printed: {repair}")
        _demand(repair.start < repair.end and 0 < repair.confidence <= 1, f"a repair is of something: {repair}")
    for section in document.sections:
        _demand(0 <= section.start < section.end <= len(text), f"a section lies inside the text: {section}")
        _demand(section.level > 0 and bool(section.number), f"a section has level and number: {section}")
    for index, citation in enumerate(document.citations):
        to = citation.refers_to
        _demand(to is None or (0 <= to < len(document.citations) and to != index), f"refers to another: {citation}")
        day = (citation.date_start, citation.date_end)
        _demand((day[0] is None) == (day[1] is None), f"a date begins and ends: {citation}")
        if day[0] is not None and day[1] is not None:
            _demand(0 <= day[0] < day[1] <= len(text), f"a date lies inside the text: {citation}")
    for items in (document.citations, document.sections, document.repairs):
        starts = [item.start for item in items]
        _demand(starts == sorted(starts), "what is found stands in reading order")


def _findings_are_true(text: str, findings: Sequence[Finding]) -> None:
    for finding in findings:
        _demand(0 <= finding.start <= finding.end <= len(text), f"a finding lies inside the text: {finding}")
        _demand(bool(finding.message) and "\n" not in finding.message, f"a message is one line: {finding}")
        if text[finding.start - 1 : finding.start + 1] != "\r\n":
            line = 1 + len(_LINE_BREAK.findall(text[: finding.start]))
            _demand(finding.line == line and finding.column > 0, f"line {line} holds the finding: {finding}")
        if finding.fix is not None:
            _demand(0 <= finding.fix.start <= finding.fix.end <= len(text), f"a fix lies inside the text: {finding}")


def _is_printed(document: Document, findings: tuple[Finding, ...]) -> None:
    """See that every form of output is made, and that JSON is strict JSON with all its numbers."""
    shown = json.dumps(as_json(document, with_text=True), allow_nan=False, ensure_ascii=False)
    _demand(json.loads(shown)["text"] == document.text, "JSON gives the text back")
    summary(document)
    json.loads(findings_as_json([("a.txt", findings)]))
    _demand(len(list(as_text("a.txt", findings))) == len(findings), "each finding is one line")
    if findings:
        codes = {finding.code for finding in findings}
        as_sarif([("a.txt", findings)], tuple(rule for rule in rules() if rule.code in codes), {"a.txt": document.text})


def _fixes_keep_the_words(text: str, findings: Sequence[Finding]) -> None:
    fixes = [fix for _, fix in safe_fixes(findings)]
    if fixes:
        fixed = apply_fixes(text, fixes)
        _demand(_words(fixed) == _words(text), f"safe fixes change no letter and no digit: {fixes}")
        read_text(fixed)


def _words(text: str) -> list[str]:
    return [sign for sign in text if sign.isalnum()]
