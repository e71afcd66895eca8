"""What was done of what was to be done: «đã hoàn thành 05/07 cuộc kiểm tra, giám sát theo chương trình»."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from giaoban.core.numbers_vi import round_half_up
from giaoban.writer.blocks import Number, Quantity, Role
from giaoban.writer.sentences.clauses import HUNDRED, parts
from giaoban.writer.sentences.count import Show
from giaoban.writer.sentences.line import Line, Printer, exact, finish, line, plain, words
from giaoban.writer.sentences.view import Context, FigureView


@dataclass(frozen=True, slots=True)
class Fraction:
    """«Ủy ban Kiểm tra đã hoàn thành 05/07 cuộc kiểm tra, giám sát theo chương trình (kiểm tra 02, giám sát 03).»

    Args:
        measure, verb, noun: what was done; the whole is the figure's ``expected``, or the value of the measure ``of``.
        subject, lead, tail: who; when; words behind the noun («theo chương trình»).
        code: count only this part of the breakdown, of both measures.
        parts, rest: names of the parts of what was done, in brackets, and of what no label covers.
        share: add the percentage.
        show: whether 0 of the whole is said; without a known whole the number stands alone.
    """

    measure: str
    verb: str
    noun: str
    of: str = ""
    subject: str = ""
    lead: str = ""
    tail: str = ""
    code: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)
    rest: str = "khác"
    share: bool = True
    show: Show = Show.ALWAYS

    def measures(self) -> tuple[str, ...]:
        """Return the measure, and that of the whole where it is another one."""
        return (self.measure, self.of) if self.of else (self.measure,)

    def write(self, context: Context) -> Line | None:
        """Return the sentence; without the whole where that has become less than what was done."""
        figure = context.figure(self.measure)
        done = self._part(figure)
        if done is None:
            return None
        whole, expected = self._whole(context, figure)
        if expected is not None and exact(done) > exact(expected):
            # The whole is of one day: units that did their part may have left since. The number then stands alone.
            whole = expected = None
        if not expected and not done:
            return None
        if not done:
            return None if self.show is Show.POSITIVE else self._nothing(context, whole)
        return self._said(context, figure, done, whole)

    def _part(self, figure: FigureView) -> Quantity | None:
        if figure.value is None or not self.code:
            return figure.value
        return figure.breakdown.get(self.code, 0)

    def _whole(self, context: Context, figure: FigureView) -> tuple[Number | None, Quantity | None]:
        source, role = self.measure, Role.EXPECTED
        expected = figure.expected
        if self.of:
            source, role = self.of, Role.VALUE
            expected = self._part(context.figure(self.of))
        if not expected:
            return None, None
        part = self.code if self.of else ""
        role = Role.PART if part else role
        return Printer(source, context).count(expected, self.noun, role, part=part), expected

    def _nothing(self, context: Context, whole: Number | None) -> Line | None:
        if whole is None:
            return None
        none = Printer(self.measure, context).count(0, self.noun, text="chưa")
        said = line(words(f"{self.lead}," if self.lead else "", self.subject), " " if self.subject or self.lead else "")
        verb = self.verb.removeprefix("đã ")
        return finish(
            line(said, none, f" {verb} {self.noun} nào trong số ", whole, f" {self.noun} {self.tail}".rstrip())
        )

    def _said(self, context: Context, figure: FigureView, done: Quantity, whole: Number | None) -> Line:
        printer = Printer(self.measure, context)
        number = printer.count(done, self.noun, Role.PART if self.code else Role.VALUE, part=self.code)
        mark = f"{figure.mark} " if figure.mark else ""
        start = words(f"{self.lead}," if self.lead else "", self.subject, self.verb)
        said = line(f"{start} {mark}", number, *(("/", whole) if whole else ()), f" {words(self.noun, self.tail)}")
        said = line(said, context.footnote(self.measure, done))
        inside = parts(printer, figure, self.parts, self.noun, self.rest)
        percent = self._percent(printer, done, whole)
        if inside or percent:
            said = line(said, " (", percent, "; " if inside and percent else "", inside, ")")
        return finish(said)

    def _percent(self, printer: Printer, done: Quantity, whole: Number | None) -> Line:
        if not self.share or whole is None:
            return ()
        share = round_half_up(exact(done) * 100 / exact(whole.value))
        # 1999 of 2000 would print as 100%, one of 5000 as 0%: the fraction alone says it better.
        if share == Decimal(0) or (share == HUNDRED and exact(done) != exact(whole.value)):
            return ()
        return line(printer.percent(plain(share), Role.PERCENT_OF_EXPECTED))
