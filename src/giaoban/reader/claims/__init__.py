"""Statements whose numbers can be checked against each other: ratios, sums, growth, anniversaries."""

from __future__ import annotations

from giaoban.reader.claims.find import find_claims

__all__ = ["find_claims"]
