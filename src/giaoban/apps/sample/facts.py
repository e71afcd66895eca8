"""The facts of the sample as dataclasses, read from ``facts/*.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from giaoban.core.period import Period


@dataclass(frozen=True, slots=True)
class CellFact:
    """A unit in which members stand; ``top`` is the grassroots organisation at or above it."""

    code: str
    parent: str
    top: str
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class TopFact:
    """A grassroots organisation; without cells members stand in itself."""

    code: str
    kind: str
    name: str
    cluster: int
    sector: str
    cells: tuple[CellFact, ...]


@dataclass(frozen=True, slots=True)
class QuarterFact:
    """How much of everything happened in a quarter; the keys are explained in ``quarters.toml``."""

    period: Period
    numbers: Mapping[str, int]
    discipline: Mapping[str, int]

    def __getitem__(self, key: str) -> int:
        return self.numbers.get(key, 0)


@dataclass(frozen=True, slots=True)
class PersonFact:
    """A person who signs in, and (with a cell) the member they are."""

    key: str
    username: str
    name: str
    role: str
    unit: str
    sees: str
    also: str = ""
    cell: str = ""
    sex: str = ""
    born: int = 0
    office: str = ""


@dataclass(frozen=True, slots=True)
class MoveFact:
    """Members who changed cells because of an event of the tree; ``number`` 0: all."""

    day: date
    start: str
    goals: tuple[str, ...]
    number: int


@dataclass(frozen=True, slots=True)
class CommitteeFact:
    """A decision about a unit's committee; ``office``: to which somebody came by it, ``ends``: another one left it."""

    day: date
    unit: str
    kind: str
    note: str = ""
    office: str = ""
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything; ``tables`` holds the small tables as they stand in the files."""

    tops: tuple[TopFact, ...]
    enterprises: tuple[TopFact, ...]
    ward: tuple[TopFact, ...]
    quarters: Mapping[str, tuple[QuarterFact, ...]]
    people: tuple[PersonFact, ...]
    password: str
    moves: tuple[MoveFact, ...]
    committees: tuple[CommitteeFact, ...]
    tables: Mapping[str, Any]

    def table(self, name: str) -> Any:
        """Return a table of ``committees.toml``, ``story.toml`` or ``letterheads.toml`` by its name."""
        return self.tables[name]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("facts", f"{name}.toml").read_text(encoding="utf-8"))


@cache
def facts() -> Facts:
    """Return the facts of the sample."""
    pools, committees, story, people = _read("cells"), _read("committees"), _read("story"), _read("people")
    sections = {cell: row["code"] for row in committees["MAU"]["sections"] for cell in row["cells"]}
    ward = committees["PHUONG"]
    return Facts(
        tops=tuple(_top(row, pools, sections) for row in _read("units")["unit"]),
        enterprises=tuple(_top(row, pools, {}) for row in _read("enterprises")["unit"]),
        ward=tuple(_ward_cell(f"PHUONG.{n:02}", f"{ward['cell_name']} {n}") for n in range(1, ward["cells"] + 1)),
        quarters={
            code: tuple(_quarter(period, row) for period, row in rows.items())
            for code, rows in _read("quarters").items()
        },
        people=tuple(PersonFact(**row) for row in people["person"]),
        password=people["password"],
        moves=tuple(MoveFact(m["day"], m["from"], tuple(m["to"]), m.get("number", 0)) for m in story["move"]),
        committees=tuple(CommitteeFact(**row) for row in story["committee"]),
        tables={
            **committees,
            **_read("letterheads"),
            "life": _read("life"),
            "meetings": _read("meetings"),
            "values": _read("values"),
            "own_reports": _read("own_reports"),
            "cycles": _read("cycles"),
            **{key: story[key] for key in ("event", "quiet", "regroup", "target", "noted")},
        },
    )


def _top(row: Mapping[str, Any], pools: Mapping[str, list[str]], sections: Mapping[str, str]) -> TopFact:
    code, kind, number = row["code"], row["kind"], row.get("cells", 0)
    if not number:
        cells = [CellFact(code, "MAU", code, kind, row["name"])]
    else:
        names = pools[row["pool"]][:number]
        codes = [f"{code}.{n:02}" for n in range(1, number + 1)]
        cells = [
            CellFact(cell, sections.get(cell, code), code, "cell", f"Chi bộ {name}")
            for cell, name in zip(codes, names, strict=True)
        ]
    return TopFact(code, kind, row["name"], row["cluster"], row["sector"], tuple(cells))


def _ward_cell(code: str, name: str) -> TopFact:
    cell = CellFact(code, "PHUONG", code, "grassroots_cell", name)
    return TopFact(code, "grassroots_cell", name, 0, "", (cell,))


def _quarter(period: str, row: Mapping[str, Any]) -> QuarterFact:
    numbers = {key: value for key, value in row.items() if key != "discipline"}
    return QuarterFact(Period.parse(period), numbers, row["discipline"])
