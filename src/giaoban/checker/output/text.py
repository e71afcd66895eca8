"""One line a finding, as linters print them."""

from __future__ import annotations

from collections.abc import Iterator

from giaoban.checker.base import Finding


def as_text(file: str, findings: tuple[Finding, ...]) -> Iterator[str]:
    """Yield ``file:line:column: GB201 message``."""
    for finding in findings:
        yield f"{file}:{finding.line}:{finding.column}: {finding.code} {finding.message}"
