"""Forms as data: what a body holds, how it is read and checked, what its rules say of typed values. No Django here."""

from giaoban.apps.reporting.forms.checks import Broken, Importance, Operator, Rule, Term, broken_rules
from giaoban.apps.reporting.forms.model import Field, FieldKind, FormBody, Section
from giaoban.apps.reporting.forms.parser import read_body
from giaoban.apps.reporting.forms.unusual import Unusual, judge

__all__ = [
    "Broken",
    "Field",
    "FieldKind",
    "FormBody",
    "Importance",
    "Operator",
    "Rule",
    "Section",
    "Term",
    "Unusual",
    "broken_rules",
    "judge",
    "read_body",
]
