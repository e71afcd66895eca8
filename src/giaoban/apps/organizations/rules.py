"""The rules that ship with the product: what each one is called, how its value is read, what holds by default."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources import files

from giaoban.core.errors import InvalidInput
from giaoban.core.text_vi import quoted

_NUMBERS = ("days", "months", "count", "percent")


@dataclass(frozen=True, slots=True)
class RuleValue:
    """A rule as it holds somewhere on a day. ``version`` goes with every result that was judged by it (D14).

    ``owner`` is the code of the committee that set it, empty for the shipped default.
    """

    key: str
    value: str
    source: str
    valid_from: date
    owner: str = ""
    confirmed: bool = True

    @property
    def number(self) -> Decimal:
        """The value as a number; raises ``decimal.InvalidOperation`` for a rule of words."""
        return Decimal(self.value)

    @property
    def whole(self) -> int:
        """The value as a whole number."""
        return int(self.number)

    @property
    def version(self) -> str:
        """Owner, key and day from which it holds: ``MAU:probation_months@2025-07-01``."""
        return f"{self.owner}:{self.key}@{self.valid_from.isoformat()}"


@dataclass(frozen=True, slots=True)
class RuleKind:
    """One rule: its label, how its value is read, and the shipped values from the oldest on."""

    key: str
    label: str
    type: str
    defaults: tuple[RuleValue, ...]
    choices: dict[str, str] = field(default_factory=dict)

    def on(self, day: date) -> RuleValue:
        """Return the shipped value of a day."""
        return next(value for value in reversed(self.defaults) if value.valid_from <= day)

    def check(self, value: str) -> str:
        """Return the value in its stored form.

        Raises:
            InvalidInput: not of this rule's type.
        """
        tidy = value.strip().replace(",", ".") if self.type in _NUMBERS else " ".join(value.split())
        if self.type == "choice" and tidy not in self.choices:
            raise InvalidInput(f"{quoted(tidy)} không có", where=self.label, expected=", ".join(self.choices.values()))
        if self.type in _NUMBERS:
            try:
                number = Decimal(tidy)
            except InvalidOperation:
                raise InvalidInput(
                    f"{quoted(value)} không phải là số", where=self.label, expected="một số, ví dụ 30"
                ) from None
            if not number.is_finite() or number < 0 or (self.type != "percent" and number != int(number)):
                raise InvalidInput(
                    f"{quoted(value)} không hợp lệ", where=self.label, expected="một số không âm, ví dụ 30"
                )
        if not tidy:
            raise InvalidInput("Chưa ghi giá trị", where=self.label, expected="một giá trị")
        return tidy


@cache
def rule_kinds() -> dict[str, RuleKind]:
    """Return all rules by key, in the order of ``rules.toml``."""
    data = tomllib.loads(files(__package__).joinpath("rules.toml").read_text(encoding="utf-8"))
    return {
        key: RuleKind(
            key,
            row["label"],
            row["type"],
            tuple(
                RuleValue(key, item["value"], item["source"], item["from"], "", row.get("confirmed", True))
                for item in sorted(row["values"], key=lambda item: item["from"])
            ),
            row.get("choices", {}),
        )
        for key, row in data.items()
    }
