"""GB204: a change and its percentage, or a change and its two values, contradict each other."""

from __future__ import annotations

from giaoban.checker.base import Rule, Severity
from giaoban.checker.gb2_arithmetic.claims import false_claims
from giaoban.reader.model import Claim, ClaimKind


def _suggest(claim: Claim) -> str:
    return "Đối chiếu lại số kỳ này, số kỳ trước, số tăng giảm và tỷ lệ"


RULE = Rule("GB204", "growth-does-not-match", Severity.WARNING, false_claims(ClaimKind.GROWTH, _suggest))
