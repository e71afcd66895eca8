"""Frozen view models: what a template is given instead of rows of the database."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from giaoban.core.numbers_vi import format_number, round_half_up

UNKNOWN = "…"


@dataclass(frozen=True, slots=True)
class Link:
    """An address with its name."""

    name: str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Sign:
    """A state in sign and word; ``tone`` is good, late, bad or off."""

    tone: str
    sign: str
    word: str


@dataclass(frozen=True, slots=True)
class Change:
    """How a figure stands against the same period of last year."""

    sign: str
    text: str
    words: str

    @property
    def equal(self) -> bool:
        """Whether nothing changed."""
        return self.sign == "="


@dataclass(frozen=True, slots=True)
class TargetBar:
    """How much of the year's target is reached; ``width`` is 0 to 100."""

    width: str
    text: str
    reached: bool


@dataclass(frozen=True, slots=True)
class FigureView:
    """A number as it is shown: with last year, the year so far, the target, and the address of its entries."""

    key: str
    name: str
    value: str
    unit: str = ""
    known: bool = True
    url: str = ""
    previous: str = ""
    change: Change | None = None
    cumulative: str = ""
    target: TargetBar | None = None
    note: str = ""
    place: str = "so"

    @property
    def anchor(self) -> str:
        """An id for the link, so that focus comes back to it; ``place`` tells two showings on one page apart."""
        return f"{self.place}-{self.key}".replace(".", "-").replace("_", "-")


@dataclass(frozen=True, slots=True)
class RecordPage:
    """A page with one form.

    ``points`` are what follows from recording it, each as one sentence; ``seen`` is what stood in the register when the
    form was opened, where the operation compares it.
    """

    title: str
    about: str
    button: str
    back_url: str
    note: str = ""
    warning: str = ""
    points: tuple[str, ...] = ()
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Pager:
    """One page of a longer list; ``region`` is the selector of what htmx replaces."""

    words: str
    previous_url: str = ""
    next_url: str = ""
    region: str = "#list"
    push: str = "true"


def change_of(
    value: Decimal | float | None, previous: Decimal | float | None, *, is_rate: bool = False
) -> Change | None:
    """Compare with last year: percent for counts, points for rates; None where one of the two is not known."""
    if value is None or previous is None:
        return None
    now, before = Decimal(str(value)), Decimal(str(previous))
    difference = now - before
    if not difference:
        return Change("=", "", "bằng cùng kỳ năm trước")
    sign, verb = ("▲", "tăng") if difference > 0 else ("▼", "giảm")
    amount = format_number(round_half_up(abs(difference), 1) if is_rate else abs(difference))
    if is_rate:
        return Change(sign, f"{amount} điểm", f"{verb} {amount} điểm phần trăm")
    if not before:
        return Change(sign, amount, f"{verb} {amount}, cùng kỳ năm trước không có")
    share = format_number(round_half_up(abs(difference) * 100 / before, 1))
    return Change(sign, f"{share} %", f"{verb} {amount}, tức {share} phần trăm")


def target_bar(percent: float | None, target: Decimal | float | None) -> TargetBar | None:
    """Draw the year's target; None where there is none."""
    if percent is None or target is None:
        return None
    width = format(max(0.0, min(100.0, percent)), ".1f")
    return TargetBar(width, f"{format_number(percent)} % của {format_number(target)}", percent >= 100)
