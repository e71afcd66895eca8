"""Findings for people, programs and code hosts: text lines, the JSON of the contracts, SARIF 2.1.0."""

from giaoban.checker.output.jsons import as_json
from giaoban.checker.output.sarif import as_sarif
from giaoban.checker.output.text import as_text

__all__ = ["as_json", "as_sarif", "as_text"]
