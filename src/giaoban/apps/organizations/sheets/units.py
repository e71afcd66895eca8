"""The kind of sheet «units»: looks up, judges, records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.organizations.models import Group, RegisterUse, Unit
from giaoban.apps.organizations.operations import (
    REGISTERS,
    CodeDraft,
    define_group,
    place_in_group,
    record_tree_events,
    set_official_codes,
    take_into_use,
)
from giaoban.apps.organizations.sheets import known
from giaoban.apps.organizations.sheets._grouping import GroupPlan
from giaoban.apps.organizations.sheets.columns import COLUMNS, GUIDE
from giaoban.apps.organizations.sheets.judging import UnitPlan, judge
from giaoban.apps.sheets.columns import Column
from giaoban.apps.sheets.importing import ImportNote, Judgement, refusing
from giaoban.apps.sheets.reading import Progress, SheetRow


class UnitSheet:
    """Rows are events of units; see ``SheetKind`` for the steps."""

    key = "units"
    label = "Tổ chức đảng"
    columns: tuple[Column, ...] = COLUMNS
    guide: tuple[str, ...] = GUIDE

    def look(self, act: Act, rows: Sequence[SheetRow]) -> known.UnitsKnown:
        """Return what the register knows of these units."""
        return known.look(act, rows)

    def judge(self, act: Act, rows: Sequence[SheetRow], state: known.UnitsKnown) -> Judgement[UnitPlan]:
        """Return what is new and every fault."""
        return judge(act, rows, state)

    def record(self, act: Act, plan: UnitPlan, note: ImportNote, progress: Progress | None) -> None:
        """This function will record events, groups and registers taken into use, and leave the import's audit row."""
        if progress is not None:
            progress("Ghi vào sổ", 0, len(plan.drafts))
        with refusing(plan.rows):
            record_tree_events(act=act, drafts=plan.drafts)
        _record_groups(act, plan.groups)
        _record_codes(act, plan.codes)
        units = Unit.objects.in_bulk([code for code, _day in plan.in_use], field_name="code")
        kept = set(RegisterUse.objects.filter(unit__in=units.values()).values_list("unit_id", "register"))
        for code, day in plan.in_use:
            for register in REGISTERS:
                if (units[code].pk, register) not in kept:
                    take_into_use(act=act, unit=units[code], register=register, start=day)
        write_trail(act, [import_trail(note)])
        if progress is not None:
            progress("Ghi vào sổ", len(plan.drafts), len(plan.drafts))


def import_trail(note: ImportNote) -> Happening:
    """Return the audit row of an import: which file, how many rows, and the hash that proves which file it was."""
    detail = {"file": note.file, "sha256": note.sha256, "new": note.new, "same": note.same}
    return Happening("sheets.imported", note.kind, detail=detail)


def _record_codes(act: Act, codes: Sequence[tuple[str, str, date]]) -> None:
    units = {unit.code: unit for unit in Unit.objects.filter(code__in={unit for unit, _code, _day in codes})}
    ordered = sorted(codes, key=lambda one: one[2])
    set_official_codes(act=act, drafts=[CodeDraft(units[unit], code, day) for unit, code, day in ordered])


def _record_groups(act: Act, plan: GroupPlan) -> None:
    codes = {owner for owner, *_ in plan.places} | {code for found in plan.places.values() for code in found}
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=codes)}
    for new in plan.groups:
        owner = units[new.owner]
        define_group(act=act, owner=owner, kind=new.kind, code=new.code, name=new.name, position=new.position)
    owners = {owner for owner, *_ in plan.places}
    groups = {
        (group.owner.code, group.kind, group.code): group
        for group in Group.objects.filter(owner__code__in=owners).select_related("owner")
    }
    for (owner_code, kind, code, day), members in sorted(plan.places.items(), key=lambda item: item[0][3]):
        group = groups[owner_code, kind.value, code]
        place_in_group(act=act, group=group, units=[units[member] for member in members], start=day)


UNITS = UnitSheet()
