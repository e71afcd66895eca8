"""GB201: a fraction and the percentage beside it are not the same."""

from __future__ import annotations

from giaoban.checker.base import Rule, Severity
from giaoban.checker.gb2_arithmetic.claims import false_claims
from giaoban.core.numbers_vi import format_number, round_half_up
from giaoban.reader.model import Claim, ClaimKind


def _suggest(claim: Claim) -> str:
    upper, lower, percent = claim.values
    exponent = percent.as_tuple().exponent
    places = max(-exponent, 1) if isinstance(exponent, int) else 1
    share = format_number(round_half_up(upper * 100 / lower, places))
    return f"Ghi {share}% nếu hai số {format_number(upper)} và {format_number(lower)} đúng"


RULE = Rule("GB201", "ratio-does-not-match", Severity.WARNING, false_claims(ClaimKind.RATIO, _suggest))
