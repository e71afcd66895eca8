"""The JSON of the contracts."""

from __future__ import annotations

import json
from typing import Any

from giaoban.checker.base import Finding, Fix


def as_json(checked: list[tuple[str, tuple[Finding, ...]]]) -> str:
    """Return a list with one object for each file; letters are not escaped."""
    return json.dumps(
        [{"file": file, "findings": [_finding(finding) for finding in findings]} for file, findings in checked],
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
