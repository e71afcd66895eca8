"""Rules over a read document, like a linter's: ``check_document`` finds, ``explain`` tells why. Pure: no Django."""

from giaoban.checker.base import Finding, Rule, Severity
from giaoban.checker.check import Checked, check_document, check_text, check_with_suppressions, file_facts
from giaoban.checker.explain import Explanation, explain
from giaoban.checker.registry import rule, rules, select
from giaoban.checker.suppressions import Suppression, load_suppressions

__all__ = [
    "Checked",
    "Explanation",
    "Finding",
    "Rule",
    "Severity",
    "Suppression",
    "check_document",
    "check_text",
    "check_with_suppressions",
    "explain",
    "file_facts",
    "load_suppressions",
    "rule",
    "rules",
    "select",
]
