"""Declarations that cannot be are refused when the program starts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.figures.world import CATALOGUE

from giaoban.core.errors import InvalidInput
from giaoban.figures import Catalogue, Kind, Measure, Rate, RateBase

STOCK = Measure("a.stock", "Có", "người", Kind.STOCK, "r", "f")
FLOW = Measure("a.flow", "Phát sinh", "người", Kind.FLOW, "r", "f")
RATE = Measure("a.rate", "Tỷ lệ", "%", Kind.RATE, rate=Rate("a.flow", "a.stock", "tử", "mẫu"))


@pytest.mark.parametrize(
    ("measures", "message"),
    [
        ((FLOW, FLOW), "declared twice"),
        ((FLOW, RATE), "a.stock is not a counted measure"),
        ((FLOW, STOCK, replace(RATE, rate=None)), "names numerator and denominator"),
        (
            (FLOW, STOCK, RATE, replace(RATE, key="b", rate=Rate("a.rate", "a.stock", "", ""))),
            "a.rate is not a counted",
        ),
        ((FLOW, STOCK, replace(RATE, rate=Rate("a.stock", "a.flow", "", ""))), "denominator a.flow is not a stock"),
        (
            (FLOW, STOCK, replace(RATE, rate=Rate("a.flow", "a.stock", "", "", RateBase.SAME_DAYS))),
            "denominator a.stock is not a flow",
        ),
    ],
)
def test_refused(measures: tuple[Measure, ...], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Catalogue(measures)


def test_an_unknown_key_says_where_the_keys_are() -> None:
    with pytest.raises(InvalidInput, match="giaoban measures"):
        Catalogue((FLOW,))["b.flow"]


def test_what_adds_up_is_declared() -> None:
    adds_over_units = {measure.key for measure in CATALOGUE if measure.additive_units}
    adds_over_time = {measure.key for measure in CATALOGUE if measure.additive_time}
    for key in ("members.transferred_in", "members.cards_issued_organizations", "members.admission_rate"):
        assert key not in adds_over_units
    assert {"members.admitted", "members.total"} <= adds_over_units
    assert "members.transferred_in" in adds_over_time
    assert adds_over_time.isdisjoint({"members.total", "members.cards_issued_organizations"})
