"""The list of measures that a program knows: declared beside the registers, joined here, checked once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from giaoban.core.errors import InvalidInput
from giaoban.core.text_vi import quoted
from giaoban.figures.model import Kind, Measure, RateBase


class Catalogue:
    """All measures by key, in the order in which they were declared."""

    def __init__(self, measures: Iterable[Measure]) -> None:
        """Take the declarations.

        Raises:
            ValueError: two measures of one key, or a rate over measures that are not there (an error of the program).
        """
        self._measures: dict[str, Measure] = {}
        for measure in measures:
            if measure.key in self._measures:
                raise ValueError(f"measure {measure.key} is declared twice")
            self._measures[measure.key] = measure
        for measure in self:
            self._check(measure)

    def _check(self, measure: Measure) -> None:
        if (measure.kind is Kind.RATE) != (measure.rate is not None):
            raise ValueError(f"measure {measure.key}: a rate, and only a rate, names numerator and denominator")
        if measure.plan and (measure.plan not in self or self[measure.plan].kind is Kind.RATE):
            raise ValueError(f"measure {measure.key}: {measure.plan} is no number that this catalogue counts")
        if measure.rate is None:
            return
        for key in (measure.rate.numerator, measure.rate.denominator):
            part = self._measures.get(key)
            if part is None or part.kind is Kind.RATE:
                raise ValueError(f"rate {measure.key}: {key} is not a counted measure of this catalogue")
        wanted = Kind.FLOW if measure.rate.base is RateBase.SAME_DAYS else Kind.STOCK
        under = self._measures[measure.rate.denominator]
        if (under.time if under.kind is Kind.VALUE else under.kind) is not wanted:
            raise ValueError(f"rate {measure.key}: the denominator {measure.rate.denominator} is not a {wanted.value}")

    def __iter__(self) -> Iterator[Measure]:
        return iter(self._measures.values())

    def __len__(self) -> int:
        return len(self._measures)

    def __contains__(self, key: object) -> bool:
        return key in self._measures

    def __getitem__(self, key: str) -> Measure:
        """Return the measure.

        Raises:
            InvalidInput: no measure has that key.
        """
        try:
            return self._measures[key]
        except KeyError:
            raise InvalidInput(
                f"Không có chỉ tiêu số liệu {quoted(key)}",
                where="chỉ tiêu số liệu",
                expected="một khóa như members.admitted",
                hint="Lệnh giaoban measures liệt kê các khóa",
            ) from None

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the keys in the order of declaration."""
        return tuple(self._measures)
