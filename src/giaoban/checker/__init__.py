"""Rules over a read document, like a linter's: ``check_document`` finds, ``explain`` tells why. Pure: no Django."""

from giaoban.checker.base import Finding, Rule, Severity
from giaoban.checker.check import check_document, check_text, file_facts
from giaoban.checker.explain import Explanation, explain
from giaoban.checker.registry import rule, rules, select

__all__ = [
    "Explanation",
    "Finding",
    "Rule",
    "Severity",
    "check_document",
    "check_text",
    "explain",
    "file_facts",
    "rule",
    "rules",
    "select",
]
