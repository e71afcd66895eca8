"""What stands behind many figures is asked for once: a register for all its measures, a value not a second time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tests.figures.small import entry, members, office

from giaoban.core.period import Period
from giaoban.figures import FigureRequest, Line, Sources, Tally, explain, explain_many
from giaoban.figures.memory import MemoryRegister
from giaoban.figures.registers import FlowAsk, StockAsk

_ENTRIES = (
    entry("admitted", "2023-01-10", "MAU.1.1"),
    entry("died", "2023-02-01", "MAU.1.2"),
    entry("admitted", "2023-03-02", "MAU.2"),
    entry("transferred", "2023-02-15", "MAU.2", "MAU.1.1"),
)
_MEASURES = ("members.admitted", "members.died", "members.total", "members.transferred_within")
_Q1 = Period.parse("2023-Q1")


class _Listening(MemoryRegister):
    """A register that notes what it is asked; in memory its tallies are made of its lines."""

    asked: list[str]

    def flow_lines(self, ask: FlowAsk) -> Iterator[tuple[Tally, Line]]:
        self.asked.append("flow lines")
        return super().flow_lines(ask)

    def stock_lines(self, ask: StockAsk) -> Iterator[tuple[Tally, Line]]:
        self.asked.append("stock lines")
        return super().stock_lines(ask)


def _listened() -> tuple[Sources, _Listening]:
    sources = office(entries=_ENTRIES, spells=members("MAU.1.1", 3))
    register = _Listening("members", _ENTRIES, members("MAU.1.1", 3))
    register.asked = []
    return replace(sources, registers={**sources.registers, "members": register}), register


def _requests() -> list[FigureRequest]:
    return [FigureRequest(measure, "MAU", _Q1) for measure in _MEASURES]


def test_a_register_tells_the_lines_of_all_its_measures_at_once() -> None:
    sources, register = _listened()
    proofs = explain_many(sources, _requests())
    assert proofs == [explain(sources, one) for one in _requests()]
    assert [len(proof.lines) for proof in proofs] == [2, 1, 3, 1]
    register.asked.clear()
    assert explain_many(sources, _requests(), values=[proof.value for proof in proofs]) == proofs
    assert register.asked == ["flow lines", "stock lines"], "nor are values that are known counted again"


def test_of_a_value_that_is_not_known_there_are_no_lines() -> None:
    sources, register = _listened()
    proofs = explain_many(sources, _requests(), values=[None, 1, None, None])
    assert [len(proof.lines) for proof in proofs] == [0, 1, 0, 0]
    assert register.asked == ["flow lines"]
