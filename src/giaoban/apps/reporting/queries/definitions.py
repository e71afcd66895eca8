"""Which definition a report follows: the nearest committee's own, or the one that comes with the program (D14)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from giaoban.apps.organizations.models import Ancestry, Group, GroupKind, Unit, on_day
from giaoban.apps.organizations.queries.chosen import group_names
from giaoban.apps.reporting.models import ReportDefinition
from giaoban.apps.reporting.queries.figures import catalogue
from giaoban.apps.reporting.queries.listed import check_listed
from giaoban.core.errors import InvalidInput, NotFound
from giaoban.core.text_vi import quoted
from giaoban.writer.definitions import (
    Definition,
    MeasureWords,
    load,
    parse_definition,
    shipped_names,
    shipped_text,
)

_NAME = re.compile(r"[a-z][a-z0-9_-]{1,19}\Z")
# Sections and slots stand in addresses and in the database; to one for each sector the sector's code is added.
_PART = re.compile(r"[a-z][a-z0-9_.-]*\Z")
_LONGEST_PART = 40
_LONGEST_EACH = 19


@dataclass(frozen=True, slots=True)
class DefinitionInForce:
    """A report definition on a day: its text, and whose it is; ``own`` is None for the program's."""

    name: str
    body: str
    own: ReportDefinition | None


def definition_in_force(unit: Unit, name: str, *, day: date) -> DefinitionInForce:
    """Return the definition that holds for a unit on a day.

    Raises:
        NotFound: there is none of that name, neither an office's own nor one that comes with the program.
    """
    own = _own(unit, day).get(name)
    if own is not None:
        return DefinitionInForce(name, own.body, own)
    if name not in shipped_names():
        known = ", ".join(definition_names(unit, day=day))
        raise NotFound(f"Không có mẫu báo cáo {quoted(name)}", where=unit.code, expected=f"một trong {known}")
    return DefinitionInForce(name, shipped_text(name), None)


def definition_names(unit: Unit, *, day: date) -> tuple[str, ...]:
    """Return the names of the reports that a unit can write on a day: those of the program, then the office's own."""
    shipped = shipped_names()
    return (*shipped, *sorted(_own(unit, day).keys() - set(shipped)))


def report_definition(unit: Unit, name: str, *, day: date) -> Definition:
    """Return the definition that holds for a unit on a day, read, with a slot for each of the office's sectors.

    Raises:
        NotFound: there is none of that name.
    """
    held = definition_in_force(unit, name, day=day)
    read = load(name) if held.own is None else _read(held.body, held.name)
    return read.for_sectors(sectors_of(unit))


def sectors_of(unit: Unit) -> tuple[tuple[str, str], ...]:
    """Return the sectors (code and name) into which a committee arranges its units, in its own order."""
    groups = Group.objects.filter(owner=unit, kind=GroupKind.SECTOR).order_by("position", "code")
    return tuple(groups.values_list("code", "name"))


def check_definition(text: str, *, where: str) -> Definition:
    """Read a definition and see that every measure in it is one of the catalogue.

    Raises:
        InvalidInput: what is wrong in it, where, and what would be right.
    """
    definition = parse_definition(text, where=where)
    if not _NAME.match(definition.name):
        raise InvalidInput(
            f"Tên mẫu báo cáo {quoted(definition.name)} không dùng được",
            where=where,
            expected="2 đến 20 chữ thường không dấu, số, dấu gạch, bắt đầu bằng chữ",
        )
    _check_parts(definition, where)
    known = catalogue()
    if unknown := [key for key in definition.measures() if key not in known]:
        family = unknown[0].partition(".")[0] + "."
        near = [key for key in known.keys if key.startswith(family)] or list(known.keys)
        raise InvalidInput(
            f"Không có chỉ tiêu {', '.join(map(quoted, unknown))}",
            where=definition.places.get(unknown[0], where),
            expected=f"một trong {', '.join(near)}",
            hint="Xem mọi chỉ tiêu bằng lệnh: giaoban measures",
        )
    check_listed(known, definition.footnotes or (), f"{where}, footnotes")
    return definition


def _check_parts(definition: Definition, where: str) -> None:
    parts = [(section.id, _LONGEST_PART) for section in definition.sections]
    parts += [
        (paragraph.slot, _LONGEST_EACH if paragraph.each else _LONGEST_PART)
        for section in definition.sections
        for paragraph in section.paragraphs
        if paragraph.slot
    ]
    for name, most in parts:
        if not _PART.match(name) or len(name) > most:
            raise InvalidInput(
                f"Tên phần hoặc ô nội dung {quoted(name)} không dùng được",
                where=where,
                expected=f"không quá {most} chữ thường không dấu, số, dấu chấm, dấu gạch, bắt đầu bằng chữ",
            )


def measure_words(unit: Unit, definition: Definition) -> Mapping[str, MeasureWords]:
    """Return how the tables of a report call its measures; codes of clusters and sectors are the office's."""
    groups = group_names(unit)
    own: dict[str, dict[str, str]] = {}
    for (kind, code), name in groups.items():
        own.setdefault(kind, {})[code] = name
    return {
        key: MeasureWords(
            measure.label,
            measure.unit,
            {
                dimension.key: {code.key: code.label for code in dimension.codes} or own.get(dimension.key, {})
                for dimension in measure.dimensions
            },
        )
        for key in definition.measures()
        for measure in [catalogue()[key]]
    }


def _own(unit: Unit, day: date) -> dict[str, ReportDefinition]:
    """Return the offices' own definitions that hold for a unit, by name; the nearest owner's wins."""
    depths = dict(Ancestry.objects.filter(on_day(day), descendant=unit).values_list("ancestor_id", "depth"))
    rows = ReportDefinition.objects.filter(on_day(day), owner__in=depths).select_related("owner")
    return {row.name: row for row in sorted(rows, key=lambda row: -depths[row.owner_id])}


@lru_cache(maxsize=32)
def _read(body: str, name: str) -> Definition:
    return parse_definition(body, where=name)
