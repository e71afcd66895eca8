"""The trees of the sample: drafts of their events in order, and the groups that units belong to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import TypeVar

from giaoban.apps.organizations.models import UnitEvent
from giaoban.apps.organizations.operations import Decision, TreeDraft
from giaoban.apps.sample.facts import CellFact, Facts, TopFact
from giaoban.apps.sample.roll import OpenCell

K = TypeVar("K")


def opening_drafts(known: Facts) -> list[TreeDraft]:
    """Return the drafts that set up MAU as it stood when its books were opened."""
    table = known.table("MAU")
    start: date = table["start"]
    drafts = [
        TreeDraft(
            UnitEvent.OPENING,
            start,
            "MAU",
            name=table["name"],
            short_name=table["short_name"],
            unit_kind="upper",
        )
    ]
    drafts += [_opening(start, top.code, "MAU", top.kind, top.name) for top in known.tops]
    drafts += [
        _opening(start, row["code"], row["code"].rpartition(".")[0], "section", row["name"])
        for row in table["sections"]
    ]
    return drafts + [
        _opening(start, cell.code, cell.parent, cell.kind, cell.name)
        for top in known.tops
        for cell in top.cells
        if cell.code != top.code
    ]


def received_drafts(known: Facts) -> list[TreeDraft]:
    """Return the drafts of the day on which the enterprises' organisations came, each with its cells."""
    table = known.table("enterprises")
    day: date = table["day"]
    decision = Decision(table["decision"], table["decision_date"], "Tỉnh ủy")
    drafts = [
        TreeDraft(
            UnitEvent.RENAMED,
            day,
            "MAU",
            name=table["name"],
            short_name=known.table("MAU")["short_name"],
            decision=decision,
        )
    ]
    came = [(top.code, "MAU", top.kind, top.name) for top in known.enterprises]
    came += [
        (cell.code, cell.parent, cell.kind, cell.name)
        for top in known.enterprises
        for cell in top.cells
        if cell.code != top.code
    ]
    return drafts + [
        TreeDraft(
            UnitEvent.RECEIVED,
            day,
            code,
            parent=parent,
            name=name,
            short_name=_short(name),
            unit_kind=kind,
            outside=table["from"],
            decision=decision,
        )
        for code, parent, kind, name in came
    ]


def ward_drafts(known: Facts) -> list[TreeDraft]:
    """Return the drafts that set up the ward committee: established on its first day, with cells that were there."""
    table = known.table("PHUONG")
    decision = Decision(table["decision"], table["decision_date"], "Tỉnh ủy")
    start: date = table["start"]
    drafts = [
        TreeDraft(
            UnitEvent.ESTABLISHED,
            start,
            "PHUONG",
            name=table["name"],
            short_name=table["short_name"],
            unit_kind="upper",
            decision=decision,
        )
    ]
    return drafts + [_opening(start, top.code, "PHUONG", top.kind, top.name) for top in known.ward]


def story_drafts(known: Facts) -> dict[date, list[TreeDraft]]:
    """Return the later events of MAU's tree by day, in order; each has a decision of some days before."""
    drafts: dict[date, list[TreeDraft]] = {}
    issuer, symbol = known.table("MAU")["issuer"], known.table("MAU")["symbol"]
    sections = _sections(known)
    for number, row in enumerate(sorted(known.table("event"), key=lambda row: row["day"])):
        row = dict(row)
        codes = row.pop("codes", None) or [row.pop("code")]
        if row["kind"] == "handed_over":
            # What stands below goes along, and its own journal says so.
            codes = [*codes, *(cell for code in codes for cell in sections[code])]
        day: date = row.pop("day")
        decided = day - timedelta(days=6)
        decision = Decision(f"{200 + 17 * number}-QĐ/{symbol}", decided, issuer)
        kind = UnitEvent(row.pop("kind"))
        if "name" in row:
            row["short_name"] = _short(row["name"])
        drafts.setdefault(day, []).extend(TreeDraft(kind, day, code, decision=decision, **row) for code in codes)
    return drafts


def open_cells(known: Facts) -> Iterator[OpenCell]:
    """Walk through all cells of MAU with the days on which they stand and on which chance leaves them alone."""
    facts = {cell.code: cell for top in (*known.tops, *known.enterprises) for cell in top.cells}
    opens = {cell.code: known.table("enterprises")["day"] for top in known.enterprises for cell in top.cells}
    closes: dict[str, date] = {}
    sections = _sections(known)
    for row in known.table("event"):
        if row["kind"] in ("established", "split"):
            code, parent = row["code"], row["parent"]
            facts[code] = CellFact(code, parent, parent, "cell", row["name"])
            opens[code] = row["day"]
        if row["kind"] in ("dissolved", "merged"):
            closes[row["code"]] = row["day"]
        if row["kind"] == "handed_over":
            closes |= {cell: row["day"] for code in row["codes"] for cell in sections[code]}
    quiet = {code: row.get("from", date.min) for row in known.table("quiet") for code in row["cells"]}
    start: date = known.table("MAU")["start"]
    for code, fact in facts.items():
        yield OpenCell(fact, opens.get(code, start), closes.get(code, date.max), quiet.get(code, date.max))


def sector_codes(known: Facts) -> dict[str, list[str]]:
    """Return for each sector the codes of its units, enterprises among them."""
    return _grouped([*known.tops, *known.enterprises], lambda top: top.sector)


def cluster_codes(known: Facts) -> dict[int, list[str]]:
    """Return for each cluster the codes of its units, enterprises among them."""
    return _grouped([*known.tops, *known.enterprises], lambda top: top.cluster)


def _sections(known: Facts) -> dict[str, list[str]]:
    return {row["code"]: row["cells"] for row in known.table("MAU")["sections"]}


def _grouped(tops: Sequence[TopFact], key: Callable[[TopFact], K]) -> dict[K, list[str]]:
    groups: dict[K, list[str]] = {}
    for top in tops:
        groups.setdefault(key(top), []).append(top.code)
    return groups


def _opening(day: date, code: str, parent: str, kind: str, name: str) -> TreeDraft:
    return TreeDraft(UnitEvent.OPENING, day, code, parent=parent, name=name, short_name=_short(name), unit_kind=kind)


def _short(name: str) -> str:
    """Return what people call a unit: without «Đảng bộ», «Chi bộ», «cơ quan» in front; the rest as it is."""
    for prefix in ("Đảng bộ bộ phận ", "Đảng bộ ", "Chi bộ "):
        name = name.removeprefix(prefix)
    name = name.removeprefix("cơ quan ")
    return name if len(name) <= 120 else ""
