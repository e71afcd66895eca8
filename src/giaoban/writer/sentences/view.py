"""What a sentence is given: the values of a figure, the lists behind it, and the period that they belong to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from giaoban.core.errors import Conflict, NotFound
from giaoban.core.text_vi import quoted
from giaoban.writer.blocks import Footnote, FootnoteRef, Quantity, Text


@dataclass(frozen=True, slots=True)
class FigureView:
    """The values of one measure for one unit and period; None is not known, 0 is none.

    ``previous`` is the same period of last year, ``cumulative`` since January, ``expected`` what a duty or a plan asks
    for, ``breakdown`` the parts by code. Percentages are as the figures give them, rounded half up to one decimal.
    ``breakdowns`` has the parts by dimension where more than the default one is wanted. Of a number whose parts are
    ``withheld`` the reader is told the whole alone: the parts are None, so sentences do not name them. ``mark`` is
    «ước», «trên», «gần» or «khoảng» and stays in print (decision D7).
    """

    value: Quantity | None
    previous: Quantity | None = None
    cumulative: Quantity | None = None
    target: Quantity | None = None
    percent_of_target: Quantity | None = None
    growth_percent: Quantity | None = None
    breakdown: Mapping[str, Quantity | None] = field(default_factory=dict)
    expected: Quantity | None = None
    mark: str = ""
    breakdowns: Mapping[str, Mapping[str, Quantity | None]] = field(default_factory=dict)
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class ListEntry:
    """One line of a list under a number: «Đảng ủy Sở A» and what happened there, «bổ sung Phó Bí thư»."""

    name: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """The figures of one report.

    ``period`` and ``previous_period`` are spelled as in the contracts («2023-Q1»); ``elapsed`` is the share of the year
    that has passed at the period's end, from which a plan's progress is judged; ``compared`` is what the text calls the
    period before, «cùng kỳ» or of a whole year «năm trước». ``lists`` is keyed by measure, or
    «measure:code» for one part of a breakdown.
    """

    figures: Mapping[str, FigureView]
    period: str = ""
    previous_period: str = ""
    elapsed: Decimal = Decimal(1)
    compared: str = "cùng kỳ"
    lists: Mapping[str, Sequence[ListEntry]] = field(default_factory=dict)

    @property
    def last_year(self) -> str:
        """The period before where it stands alone: «cùng kỳ năm trước»."""
        return "cùng kỳ năm trước" if self.compared == "cùng kỳ" else self.compared

    def figure(self, measure: str) -> FigureView:
        """Return the figure of a measure.

        Raises:
            NotFound: the caller did not hand it over.
        """
        try:
            return self.figures[measure]
        except KeyError:
            raise NotFound(
                f"Báo cáo cần chỉ tiêu {quoted(measure)} nhưng chưa có số liệu",
                expected="số liệu của mọi chỉ tiêu trong mẫu",
            ) from None

    def footnote(self, key: str, count: Quantity) -> tuple[FootnoteRef, ...]:
        """Return the footnote that lists what a number counts; empty where no list was handed over.

        Raises:
            Conflict: the list has more or fewer lines than the number says (law 1: a figure opens into its entries).
        """
        entries = self.lists.get(key, ())
        if not entries:
            return ()
        if len(entries) != count:
            raise Conflict(
                f"Danh sách kèm theo có {len(entries)} dòng nhưng số liệu là {count}",
                where=key,
                expected="danh sách và số liệu lấy từ cùng một lần chốt",
            )
        lines = [f"{entry.name} ({entry.detail})" if entry.detail else entry.name for entry in entries]
        if len(lines) == 1:
            listed = f"{lines[0]}."
        else:
            listed = "Gồm: " + "; ".join(f"({order}) {line}" for order, line in enumerate(lines, 1)) + "."
        return (FootnoteRef(Footnote((Text(listed),))),)
