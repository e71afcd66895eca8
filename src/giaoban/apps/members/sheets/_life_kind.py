"""One register for its sheet: columns, keys, how a row and an entry compare; the rules come with each register."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from giaoban.apps.audit.act import Act
from giaoban.apps.members.models import (
    Member,
)
from giaoban.apps.members.queries.standing import Stands
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.operations import Decision
from giaoban.apps.sheets.columns import Column
from giaoban.apps.sheets.importing import RowFault
from giaoban.apps.sheets.reading import SheetRow
from giaoban.core.dates_vi import format_date

# («member», member, unit of an office or 0) or («unit», 0, unit).
Subject = tuple[str, int, int]
_CHUNK = 5_000
_ALWAYS = ("day", "decision_number", "decision_date", "decision_issuer", "ref")


@dataclass(frozen=True, slots=True)
class Recorded:
    """One entry of a register as a row would say it; ``values`` by the keys of the columns."""

    subject: Subject
    key: tuple[Any, ...]
    values: Mapping[str, Any]
    pk: int
    seq: int
    live: bool


@dataclass(frozen=True, slots=True)
class Planned:
    """One row that is to be recorded; ``unit`` is where it belongs, ``member`` 0 where the unit itself is meant."""

    row: int
    subject: Subject
    unit: int
    key: tuple[Any, ...]
    values: Mapping[str, Any]
    member: int
    name: str

    @property
    def decision(self) -> Decision:
        """The paper."""
        values = self.values
        return Decision(values["decision_number"], values["decision_date"], values["decision_issuer"])


class LifeKind:
    """One register. ``of_units``: a row may speak of an organisation; ``in_units``: of a member in an organisation."""

    key = ""
    label = ""
    columns: tuple[Column, ...] = ()
    guide: tuple[str, ...] = ()
    model: Any = None
    own: tuple[str, ...] = ()
    words: Mapping[str, Mapping[Any, str]] = {}
    of_units = False
    in_units = False

    def right(self, what: str) -> str:
        """Return the right that recording asks for."""
        return "members_record"

    def entry_values(self, entry: Any) -> dict[str, Any]:
        """Return an entry as a row would say it."""
        found = {key: getattr(entry, key) for key in self.own}
        return found | {
            "day": entry.effective_date,
            "decision_number": entry.decision_number,
            "decision_date": entry.decision_date,
            "decision_issuer": entry.decision_issuer,
            "ref": entry.ref,
        }

    def row_values(self, row: SheetRow) -> dict[str, Any]:
        """Return what a row says, in the form of ``entry_values``: a blank choice is «»."""
        return {key: "" if row[key] is None and key in self.words else row[key] for key in (*self.own, *_ALWAYS)}

    def key_of(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        """Return by what an entry of one subject is known again (decision D19)."""
        return values.get("kind"), values["day"], values["decision_number"], values["ref"]

    def recorded(self, members: Sequence[int], units: Sequence[int]) -> Iterator[Recorded]:
        """Give the entries about members and units (primary keys), corrected ones among them."""
        for part in parts_of(members):
            yield from self._rows(self.model.objects.filter(member__in=part))
        if self.of_units and units:
            yield from self._rows(self.model.objects.filter(member=None, unit__in=units))

    def _rows(self, rows: Any) -> Iterator[Recorded]:
        for entry in rows.select_related("corrected_by").order_by("effective_date", "seq", "pk"):
            values = self.entry_values(entry)
            subject: Subject = ("unit", 0, entry.unit_id)
            if entry.member_id is not None:
                subject = ("member", entry.member_id, entry.unit_id if self.in_units else 0)
            live = not entry.void and not hasattr(entry, "corrected_by")
            if not entry.void:
                yield Recorded(subject, self.key_of(values), values, entry.pk, entry.seq, live)

    def look_more(self, members: Sequence[int], units: Iterable[int]) -> Any:
        """Return what else the rules need to know."""
        return None

    def check(self, row: SheetRow) -> Iterator[RowFault]:
        """Give what is wrong with the row by itself."""
        return iter(())

    def place(self, values: Mapping[str, Any], stands: Stands) -> int | None:
        """Return the cell to which an entry about a member belongs; None where they stood nowhere."""
        found = stands.on_or_first(values["day"])
        return None if found is None else found.unit

    def judge(
        self, planned: Sequence[Planned], recorded: Sequence[Recorded], stands: Mapping[int, Stands], more: Any
    ) -> Iterator[RowFault]:
        """Give what speaks against the rows of one subject, seen together with what is recorded."""
        return iter(())

    def draft(self, planned: Planned, member: Member | None, unit: Unit) -> Any:
        """Return what the register's operation takes."""
        raise NotImplementedError

    def record(self, act: Act, drafts: list[Any]) -> None:
        """This function will record drafts."""
        raise NotImplementedError

    def differences(self, said: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, str]:
        """Return column -> recorded value, where a row says something else."""
        return {key: self.shown(key, value) for key, value in known.items() if said[key] != value}

    def shown(self, key: str, value: Any) -> str:
        """Return a value as the column shows it."""
        if value is None or value == "":
            return "để trống"
        if isinstance(value, date):
            return format_date(value)
        return str(self.words.get(key, {}).get(value, value))


def parts_of(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    return (keys[start : start + _CHUNK] for start in range(0, len(keys), _CHUNK))


def misused(row: SheetRow, keys: Iterable[str], label: str) -> Iterator[RowFault]:
    for key in keys:
        if row[key] not in ("", None):
            yield RowFault(row.number, key, f"Việc «{label}» không dùng cột này", "ô trống")
