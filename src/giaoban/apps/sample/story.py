"""Tells the years of the two committees, chapter by chapter; nothing here touches the database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random

from giaoban.apps.organizations.kinds import Office
from giaoban.apps.sample.chance import Newcomers, Setting
from giaoban.apps.sample.facts import Facts
from giaoban.apps.sample.life import Quarter
from giaoban.apps.sample.names import Ages, People
from giaoban.apps.sample.opening import OpeningRoll, open_roll
from giaoban.apps.sample.roll import Chapter, OpenCell, Roll
from giaoban.apps.sample.tree import open_cells

_SEED = 1930
_OFFICE_AGES = Ages(25, 60, women=47)
_RESIDENT_AGES = Ages(58, 86, women=42)
_WARD_NUMBERS = 500_001  # file, card and identity numbers of the ward begin here


def tell_mau(known: Facts) -> Iterator[Chapter]:
    """Return the chapters of MAU: the opening roll, each quarter, and the roll that came with the enterprises."""
    roll = Roll(Random(_SEED))
    for cell in open_cells(known):
        roll.open_cell(cell)
    table, enterprises = known.table("MAU"), known.table("enterprises")
    newcomers = Newcomers(People(roll.rng), Setting(table["letters"], _OFFICE_AGES))
    start = OpeningRoll(
        table["start"],
        table["members"],
        table["probationary"],
        table["without_card"],
        {tuple(row["cells"]): row["members"] for row in table["sizes"]},
        known.people,
        "MAU",
        [Office(office) for office in table["officers"]],
    )
    yield open_roll(roll, newcomers, known.tops, start)
    came = OpeningRoll(
        enterprises["day"], enterprises["members"], enterprises["probationary"], enterprises["without_card"]
    )
    for fact in known.quarters["MAU"]:
        if fact.period.start == came.day:
            yield open_roll(roll, newcomers, known.enterprises, came)
        window = fact.period.window
        yield Quarter(roll, newcomers, table["outside"], fact).tell(
            [move for move in known.moves if move.day in window],
            [one for one in known.committees if one.office and one.day in window],
        )
        roll.drop_closed(fact.period.end)


def tell_ward(known: Facts) -> Iterator[Chapter]:
    """Return the chapters of the ward committee."""
    roll = Roll(Random(_SEED + 1))
    table = known.table("PHUONG")
    start: date = table["start"]
    for top in known.ward:
        roll.open_cell(OpenCell(top.cells[0], start))
    newcomers = Newcomers(People(roll.rng, _WARD_NUMBERS), Setting(table["letters"], _RESIDENT_AGES))
    yield open_roll(
        roll,
        newcomers,
        known.ward,
        OpeningRoll(
            start,
            table["members"],
            table["probationary"],
            table["without_card"],
            known=known.people,
            committee="PHUONG",
            officers=[Office(office) for office in table["officers"]],
        ),
    )
    for fact in known.quarters["PHUONG"]:
        yield Quarter(roll, newcomers, table["outside"], fact).tell([], [])
