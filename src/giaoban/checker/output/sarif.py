"""SARIF 2.1.0, which code hosts and editors show beside the text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from giaoban import __version__
from giaoban.checker.base import Finding, Rule, Severity
from giaoban.checker.explain import explain, plain_text
from giaoban.checker.output.jsons import SuppressedByFile
from giaoban.reader.source import SourceText

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def as_sarif(
    checked: list[tuple[str, tuple[Finding, ...]]],
    rules: tuple[Rule, ...],
    texts: Mapping[str, str],
    suppressed: SuppressedByFile | None = None,
) -> str:
    """Return one run over all files.

    Args:
        checked: each file's name as given, with its findings.
        rules: the rules that ran.
        texts: the read text of each file, for the ends of regions.
        suppressed: by name, the findings that a person lets stand; SARIF shows them with the reason.
    """
    index = {rule.code: number for number, rule in enumerate(rules)}
    results = []
    for file, findings in checked:
        source = SourceText(texts[file], file)
        results += [_result(file, finding, index[finding.code], source) for finding in findings]
        for finding, by in (suppressed or {}).get(file, ()):
            result = _result(file, finding, index[finding.code], source)
            results.append(result | {"suppressions": [{"kind": "external", "justification": by.reason}]})
    run = {
        "tool": {"driver": {"name": "giaoban", "version": __version__, "rules": [_rule(rule) for rule in rules]}},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _rule(rule: Rule) -> dict[str, Any]:
    explanation = explain(rule.code)
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.slug.split("-")),
        "shortDescription": {"text": " ".join(explanation.sections["Kiểm tra gì"].split())},
        "fullDescription": {"text": plain_text(explanation)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(file: str, finding: Finding, index: int, source: SourceText) -> dict[str, Any]:
    end_line, end_column = source.position(finding.end)
    region = {
        "startLine": finding.line,
        "startColumn": finding.column,
        "endLine": end_line,
        "endColumn": end_column,
        "charOffset": finding.start,
        "charLength": finding.end - finding.start,
    }
    text = finding.message if finding.suggestion is None else f"{finding.message}. Gợi ý: {finding.suggestion}"
    return {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": text},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(file)}, "region": region}}],
    }


def _uri(file: str) -> str:
    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
