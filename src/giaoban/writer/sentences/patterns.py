"""The sentences that reports use. Each pattern is data and writes itself from the figures; None where it has nothing
to say. Words are given as they stand in the middle of a sentence; ``finish`` sets the capital letter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from giaoban.core.errors import Conflict
from giaoban.core.numbers_vi import format_number, round_half_up
from giaoban.writer.blocks import Quantity, Role
from giaoban.writer.sentences.clauses import HUNDRED, cumulative_clause, progress
from giaoban.writer.sentences.count import Count
from giaoban.writer.sentences.line import Line, Printer, count_text, exact, finish, join, line, plain, words
from giaoban.writer.sentences.view import Context, FigureView


class Sentence(Protocol):
    """A sentence of a report."""

    def measures(self) -> tuple[str, ...]:
        """Return the measures whose figures it needs."""
        ...

    def write(self, context: Context) -> Line | None:
        """Return the whole sentence, or None where there is nothing to say."""
        ...


@dataclass(frozen=True, slots=True)
class Plan:
    """«Lũy kế 9 tháng kết nạp 126 đảng viên, đạt 105% chỉ tiêu năm, vượt 06 đồng chí.»"""

    measure: str
    verb: str
    noun: str
    counter: str = ""
    since: str = "lũy kế từ đầu năm"
    plan: str = "chỉ tiêu năm"

    def measures(self) -> tuple[str, ...]:
        """Return the measure."""
        return (self.measure,)

    def write(self, context: Context) -> Line | None:
        """Return the sentence."""
        figure = context.figure(self.measure)
        if figure.cumulative is None:
            return None
        printer = Printer(self.measure, context)
        reached = progress(printer, figure, self.counter or self.noun, self.plan)
        said = cumulative_clause(printer, figure, self.since, self.verb, self.noun)
        return finish(line(said, ", " if reached else "", reached))


@dataclass(frozen=True, slots=True)
class Rate:
    """«Tỷ lệ đảng viên dự sinh hoạt đạt 95,2%, tăng 1,3 điểm phần trăm so với cùng kỳ.»"""

    measure: str
    subject: str
    verb: str = "đạt"
    lead: str = ""
    compare: bool = True
    plan: str = ""

    def measures(self) -> tuple[str, ...]:
        """Return the measure."""
        return (self.measure,)

    def write(self, context: Context) -> Line | None:
        """Return the sentence."""
        figure = context.figure(self.measure)
        if figure.value is None:
            return None
        printer = Printer(self.measure, context)
        said = line(words(f"{self.lead}," if self.lead else "", self.subject, self.verb, figure.mark), " ")
        said = line(said, printer.percent(figure.value, Role.VALUE))
        if self.plan and figure.target is not None:
            said = line(said, f" ({self.plan} ", printer.percent(figure.target, Role.TARGET), ")")
        return finish(line(said, self._compared(printer, figure)))

    def _compared(self, printer: Printer, figure: FigureView) -> Line:
        if not self.compare or figure.value is None or figure.previous is None:
            return ()
        # The difference of what is printed: a reader who subtracts the two printed rates must find it.
        change = round_half_up(exact(figure.value)) - round_half_up(exact(figure.previous))
        if change == 0:
            return line(f", bằng {printer.context.last_year}")
        points = printer.count(plain(abs(change)), "điểm phần trăm", Role.CHANGE, text=format_number(abs(change)))
        turned = "tăng " if change > 0 else "giảm "
        return line(", ", turned, points, f" điểm phần trăm so với {printer.context.compared}")


@dataclass(frozen=True, slots=True)
class Duty:
    """«Có 78/82 đơn vị gửi báo cáo đúng hạn (95,1%); 03 đơn vị gửi chậm, 01 đơn vị chưa gửi.»

    The figure's ``expected`` is who owes it; its value, or the part ``on_time``, who did it in time. ``others`` names
    further parts of the breakdown; each may have a list under «measure:code».
    """

    measure: str
    noun: str
    done: str
    others: Mapping[str, str] = field(default_factory=dict)
    on_time: str = "on_time"

    def measures(self) -> tuple[str, ...]:
        """Return the measure."""
        return (self.measure,)

    def write(self, context: Context) -> Line | None:
        """Return the sentence.

        Raises:
            Conflict: the parts come to more than what was expected.
        """
        figure = context.figure(self.measure)
        done = figure.breakdown.get(self.on_time, figure.value)
        if done is None or not figure.expected:
            return None
        printer = Printer(self.measure, context)
        others = [(code, figure.breakdown.get(code) or 0) for code in self.others]
        if exact(done) + sum(exact(part) for _, part in others) > exact(figure.expected):
            raise Conflict(
                f"Số đã làm và chưa làm cộng lại lớn hơn số phải làm {count_text(figure.expected)}",
                where=self.measure,
                expected="mỗi đơn vị ở một trạng thái",
            )
        late = [
            line(
                printer.count(part, self.noun, Role.PART, part=code),
                f" {self.noun} {self.others[code]}",
                context.footnote(f"{self.measure}:{code}", part),
            )
            for code, part in others
            if part
        ]
        return finish(line(self._done(printer, done, figure), "; " if late else "", join(late, ", ")))

    def _done(self, printer: Printer, done: Quantity, figure: FigureView) -> Line:
        assert figure.expected is not None
        expected = printer.count(figure.expected, self.noun, Role.EXPECTED)
        if not done:
            none = printer.count(0, self.noun, text="không")
            return line(none, f" có {self.noun} nào trong số ", expected, f" {self.noun} {self.done}")
        said = line("có ", printer.count(done, self.noun), "/", expected, f" {self.noun} {self.done}")
        share = round_half_up(exact(done) * 100 / exact(figure.expected))
        # 1999 of 2000 would print as 100%, one of 5000 as 0%: the fraction alone says it better.
        if share == 0 or (share == HUNDRED and done != figure.expected):
            return said
        return line(said, " (", printer.percent(plain(share), Role.PERCENT_OF_EXPECTED), ")")


@dataclass(frozen=True, slots=True)
class Series:
    """Several counts under one subject: «Trong quý I, Ban Thường vụ đã quyết định: (1) thành lập 01 ...; (2) ...»

    Counts that have nothing to say are left out; one alone follows the subject without a number. ``zero`` is the whole
    sentence for the case that none is above 0 and all are known; without it the series is left out then.
    """

    items: tuple[Count, ...]
    subject: str
    lead: str = ""
    zero: str = ""

    def measures(self) -> tuple[str, ...]:
        """Return the measures of all counts."""
        return tuple(measure for item in self.items for measure in item.measures())

    def write(self, context: Context) -> Line | None:
        """Return the sentence."""
        said = [clause for item in self.items if (clause := item.clause(context)) is not None]
        start = words(f"{self.lead}," if self.lead else "", self.subject)
        if not said:
            known = all(context.figure(item.measure).value is not None for item in self.items)
            return finish(self._nothing(context)) if self.zero and known else None
        if len(said) == 1:
            return finish(line(f"{start} ", said[0]))
        numbered = [line(f"({order}) ", clause) for order, clause in enumerate(said, 1)]
        return finish(line(f"{start}: ", join(numbered, "; ")))

    def _nothing(self, context: Context) -> Line:
        first = self.items[0]
        none = Printer(first.measure, context).count(0, first.noun, text="không")
        return line(f"{self.lead}, " if self.lead else "", none, self.zero.removeprefix("không"))
