"""GB205: an anniversary whose number of years is not the difference of its dates."""

from __future__ import annotations

from giaoban.checker.base import Rule, Severity
from giaoban.checker.gb2_arithmetic.claims import false_claims
from giaoban.reader.model import Claim, ClaimKind


def _suggest(claim: Claim) -> str:
    years, first, last = (int(value) for value in claim.values)
    return f"Ghi {last - first} năm, hoặc sửa năm {last} thành {first + years}"


RULE = Rule("GB205", "anniversary-does-not-match", Severity.WARNING, false_claims(ClaimKind.ANNIVERSARY, _suggest))
