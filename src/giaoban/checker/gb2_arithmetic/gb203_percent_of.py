"""GB203: the share of a plan does not fit the plan that is printed beside it."""

from __future__ import annotations

from giaoban.checker.base import Rule, Severity
from giaoban.checker.gb2_arithmetic.claims import false_claims
from giaoban.reader.model import Claim, ClaimKind


def _suggest(claim: Claim) -> str:
    return "Đối chiếu lại số thực hiện, số kế hoạch và tỷ lệ"


RULE = Rule("GB203", "share-of-plan-does-not-match", Severity.WARNING, false_claims(ClaimKind.PERCENT_OF, _suggest))
