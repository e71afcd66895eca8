"""GB202: the parts do not make the whole."""

from __future__ import annotations

from giaoban.checker.base import Rule, Severity
from giaoban.checker.gb2_arithmetic.claims import false_claims
from giaoban.reader.model import Claim, ClaimKind


def _suggest(claim: Claim) -> str:
    if "tổng tính theo" in claim.explain:
        return "Đối chiếu lại tổng và từng phần; thống nhất một đơn vị tính cho tổng và các phần"
    return "Đối chiếu lại tổng và từng phần"


RULE = Rule("GB202", "sum-does-not-add-up", Severity.WARNING, false_claims(ClaimKind.SUM, _suggest))
