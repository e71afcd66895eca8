"""The sentence about a number of people or cases: risen, fallen, equal, without a base, none; with parts and plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from giaoban.writer.sentences.clauses import comparison, cumulative_clause, parts, progress
from giaoban.writer.sentences.line import Line, Printer, finish, line, words
from giaoban.writer.sentences.view import Context, FigureView


class Show(StrEnum):
    """When a sentence appears: also for 0, or only for a number above 0. What is not known is never said."""

    ALWAYS = "always"
    POSITIVE = "positive"


@dataclass(frozen=True, slots=True)
class Attached:
    """A second number beside the first: «77 đảng viên *của 29 chi, đảng bộ cơ sở*».

    ``alone`` is the clause for the case that only the second is above 0; «{n}» stands for the number.
    """

    measure: str
    join: str
    noun: str
    alone: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """«Toàn Đảng bộ kết nạp 53 đảng viên, tăng 20 đồng chí (60,6%) so với cùng kỳ.»

    Args:
        measure, verb, noun: what is counted and what was done; a stock has the verb «có».
        subject, lead: who did it («toàn Đảng bộ»), and when («trong quý I»), set before the subject with a comma.
        counter: noun of the differences («đồng chí», «trường hợp»); default is ``noun``.
        parts, parts_clause, rest: names of the breakdown's parts, in brackets or after «trong đó», and the name of what
            no label covers; by: the dimension of the parts where it is not the default one.
        compare, percent: compare with last year, with the growth in percent.
        plan: add the annual plan («chỉ tiêu năm»); since: words before the sum since January.
        attached: a second number behind the first.
        zero: the whole clause for 0, beginning with «không»; default «không <verb> <noun> nào».
        show: whether 0 is said.
    """

    measure: str
    verb: str
    noun: str
    subject: str = ""
    lead: str = ""
    counter: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)
    by: str = ""
    parts_clause: bool = False
    rest: str = "khác"
    compare: bool = True
    percent: bool = True
    plan: str = ""
    since: str = "lũy kế từ đầu năm"
    attached: Attached | None = None
    zero: str = ""
    show: Show = Show.ALWAYS

    def measures(self) -> tuple[str, ...]:
        """Return the measures whose figures it needs."""
        return (self.measure, self.attached.measure) if self.attached else (self.measure,)

    def write(self, context: Context) -> Line | None:
        """Return the sentence."""
        clause = self.clause(context)
        if clause is None:
            return None
        return finish(line(f"{self.lead}, " if self.lead else "", clause))

    def clause(self, context: Context) -> Line | None:
        """Return the clause without lead, capital letter and full stop, as it stands in a series."""
        figure = context.figure(self.measure)
        printer = Printer(self.measure, context)
        if figure.value is not None and figure.value < 0 and self.show is Show.POSITIVE:
            # A loss is no profit: the words would say the opposite. Tables have the number.
            return None
        if not figure.value:
            alone = self._alone(context)
            if alone is not None:
                return alone
            if figure.value is None or self.show is Show.POSITIVE:
                return None
            return line(self._nothing(printer, figure), self._plan(printer, figure))
        number = printer.count(figure.value, self.noun)
        # The list stands at the number that it counts, before a second number.
        noted = context.footnote(self.measure, figure.value)
        start = words(self.subject, _marked(self.verb, figure.mark))
        said = line(f"{start} " if start else "", number, f" {self.noun}", noted, self._attached(context))
        return line(said, self._parts_and_comparison(printer, figure), self._plan(printer, figure))

    def _parts_and_comparison(self, printer: Printer, figure: FigureView) -> Line:
        named = parts(printer, figure, self.parts, self.noun, self.rest, by=self.by)
        compared = (
            comparison(printer, figure, self._counter, percent=self.percent, after_bracket=bool(named))
            if self.compare
            else ()
        )
        if not named:
            return compared
        if self.parts_clause and not compared:
            return line(", trong đó ", named)
        return line(" (", named, ")", compared)

    def _nothing(self, printer: Printer, figure: FigureView) -> Line:
        rest = self.zero.removeprefix("không") or f" {self.verb} {self.noun} nào"
        who = "" if self.zero else self.subject
        compared = comparison(printer, figure, self._counter, percent=False) if self.compare else ()
        return line(f"{who} " if who else "", printer.count(0, self.noun, text="không"), rest, compared)

    def _plan(self, printer: Printer, figure: FigureView) -> Line:
        if not self.plan or figure.cumulative is None or figure.cumulative < 0:
            return ()
        reached = progress(printer, figure, self._counter, self.plan)
        if figure.cumulative == figure.value:
            return line("; ", reached) if reached else ()
        total = cumulative_clause(printer, figure, self.since, _marked(self.verb, figure.mark), self.noun)
        return line("; ", total, ", " if reached else "", reached)

    def _attached(self, context: Context) -> Line:
        if self.attached is None:
            return ()
        second = context.figure(self.attached.measure)
        if not second.value:
            return ()
        number = Printer(self.attached.measure, context).count(second.value, self.attached.noun)
        noted = context.footnote(self.attached.measure, second.value)
        return line(f" {self.attached.join} ", number, f" {self.attached.noun}", noted)

    def _alone(self, context: Context) -> Line | None:
        if self.attached is None or not self.attached.alone:
            return None
        second = context.figure(self.attached.measure)
        if not second.value:
            return None
        before, _, after = self.attached.alone.partition("{n}")
        number = Printer(self.attached.measure, context).count(second.value, self.attached.noun)
        return line(f"{self.subject} " if self.subject else "", before, number, after)

    @property
    def _counter(self) -> str:
        return self.counter or self.noun


def _marked(verb: str, mark: str) -> str:
    """Put «ước», «trên», «gần» where they are said: «ước đạt», «đạt trên»."""
    return f"{verb.removesuffix('đạt')}ước đạt" if mark == "ước" and verb.endswith("đạt") else words(verb, mark)
