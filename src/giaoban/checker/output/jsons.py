"""The JSON of the contracts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from giaoban.checker.base import Finding, Fix
from giaoban.checker.suppressions import Suppression

SuppressedByFile = Mapping[str, tuple[tuple[Finding, Suppression], ...]]


def as_json(checked: Sequence[tuple[str, tuple[Finding, ...]]], suppressed: SuppressedByFile | None = None) -> str:
    """Return a list with one object for each file; letters are not escaped.

    Args:
        checked: each file's name as given, with its findings.
        suppressed: by name, the findings that a person lets stand, with the reason.
    """
    aside = suppressed or {}
    return json.dumps(
        [
            {
                "file": file,
                "findings": [_finding(finding) for finding in findings],
                "suppressed": [_finding(finding) | {"reason": by.reason} for finding, by in aside.get(file, ())],
            }
            for file, findings in checked
        ],
        ensure_ascii=False,
        indent=2,
    )


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "start": finding.start,
        "end": finding.end,
        "line": finding.line,
        "column": finding.column,
        "message": finding.message,
        "suggestion": finding.suggestion,
        "fix": _fix(finding.fix),
    }


def _fix(fix: Fix | None) -> dict[str, Any] | None:
    if fix is None:
        return None
    return {
        "start": fix.start,
        "end": fix.end,
        "replacement": fix.replacement,
        "applicability": fix.applicability.value,
    }
