"""The kind of sheet «groups»: which unit is in which cluster or sector of a committee, from when to when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.operations import write_trail
from giaoban.apps.organizations.models import OPEN_END, Ancestry, Group, GroupKind, GroupMembership, Unit
from giaoban.apps.organizations.operations import define_group, place_in_group, take_out_of_group
from giaoban.apps.organizations.sheets._units_known import Codes, look_codes
from giaoban.apps.organizations.sheets.units import import_trail
from giaoban.apps.sheets.columns import Column, choice_column, day_column, text_column
from giaoban.apps.sheets.importing import ImportNote, Judgement, RowFault, refusing
from giaoban.apps.sheets.listing import Cell
from giaoban.apps.sheets.reading import Progress, SheetRow
from giaoban.core.dates_vi import format_date
from giaoban.core.text_vi import fold

KINDS = {kind.value: str(kind.label) for kind in GroupKind}
_CODE = "mã trong phần mềm"
_DAY = timedelta(days=1)

COLUMNS = (
    text_column("owner", "Cấp ủy chia cụm, khối", "Mã của cấp ủy.", "MAU", longest=40, required=True, form=_CODE),
    choice_column("kind", "Loại", "Cụm hay khối.", "Cụm", KINDS, required=True),
    text_column("group", "Tên cụm, khối", "Tên hoặc mã; chưa có thì được lập.", "Cụm số 1", longest=120, required=True),
    text_column("unit", "Đơn vị", "Mã của tổ chức thuộc về.", "MAU.15", longest=40, required=True, form=_CODE),
    day_column("day", "Từ ngày", "Ngày bắt đầu thuộc về.", "01/01/2021", required=True),
    day_column("last_day", "Đến hết ngày", "Ngày cuối; để trống khi còn thuộc về.", "31/12/2022"),
)
GUIDE = (
    "Mỗi dòng là một khoảng thời gian mà một tổ chức thuộc một cụm hoặc một khối của cấp ủy.",
    "Chuyển cụm thì thêm một dòng từ ngày chuyển; dòng cũ không phải sửa, tổ chức tự rời cụm cũ.",
)


@dataclass(frozen=True, slots=True)
class KnownGroup:
    """A cluster or sector."""

    pk: int
    owner: int
    kind: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class GroupsKnown:
    """Units, groups, and who was in them: (unit, group) -> stretches of days, half-open."""

    codes: Codes
    groups: tuple[KnownGroup, ...]
    places: dict[tuple[int, int], tuple[tuple[date, date], ...]]
    below: frozenset[tuple[int, int, date, date]]


@dataclass(frozen=True, slots=True)
class NewGroup:
    """A group to make; ``owner`` by code."""

    owner: str
    kind: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Groups to make, and rows with the code of their group."""

    groups: tuple[NewGroup, ...] = ()
    rows: tuple[tuple[SheetRow, str], ...] = field(default=())


class GroupSheet:
    """Rows are stretches of days in a group; see ``SheetKind`` for the steps."""

    key = "groups"
    label = "Cụm, khối"
    columns: tuple[Column, ...] = COLUMNS
    guide: tuple[str, ...] = GUIDE

    def look(self, act: Act, rows: Sequence[SheetRow]) -> GroupsKnown:
        """Return what is known of the units and groups that the rows name."""
        codes = look_codes(act, rows, "owner", "unit")
        owners = {codes.units[row["owner"]] for row in rows if row["owner"] in codes.units}
        units = {codes.units[row["unit"]] for row in rows if row["unit"] in codes.units}
        groups = Group.objects.filter(owner__in=owners).order_by("position", "pk")
        places: dict[tuple[int, int], list[tuple[date, date]]] = defaultdict(list)
        held = GroupMembership.objects.filter(unit__in=units, group__owner__in=owners).order_by("valid_from")
        for unit, group, start, end in held.values_list("unit_id", "group_id", "valid_from", "valid_to"):
            places[unit, group].append((start, end))
        below = Ancestry.objects.filter(ancestor__in=owners, descendant__in=units, depth__gt=0)
        return GroupsKnown(
            codes,
            tuple(KnownGroup(*row) for row in groups.values_list("pk", "owner_id", "kind", "code", "name")),
            {key: tuple(found) for key, found in places.items()},
            frozenset(below.values_list("ancestor_id", "descendant_id", "valid_from", "valid_to")),
        )

    def judge(self, act: Act, rows: Sequence[SheetRow], state: GroupsKnown) -> Judgement[Plan]:
        """Return what is new and every fault."""
        return _Judge(state).run(rows)

    def record(self, act: Act, plan: Plan, note: ImportNote, progress: Progress | None) -> None:
        """This function will make groups and put units into them day by day, and leave the import's audit row."""
        wanted = {row[key] for row, _code in plan.rows for key in ("owner", "unit")}
        units = {unit.code: unit for unit in Unit.objects.filter(code__in=wanted)}
        for new in plan.groups:
            kind = GroupKind(new.kind)
            define_group(act=act, owner=units[new.owner], kind=kind, code=new.code, name=new.name)
        owners = {row["owner"] for row, _code in plan.rows}
        found = Group.objects.filter(owner__code__in=owners).select_related("owner")
        groups = {(group.owner.code, group.kind, group.code): group for group in found}
        for day, comes, (owner, kind_code, code), together in _steps(plan):
            group = groups[owner, kind_code, code]
            members = [units[row["unit"]] for row in together]
            with refusing([row.number for row in together]):
                if comes:
                    place_in_group(act=act, group=group, units=members, start=day)
                else:
                    take_out_of_group(act=act, group=group, units=members, day=day)
        write_trail(act, [import_trail(note)])
        if progress is not None:
            progress("Ghi vào sổ", len(plan.rows), len(plan.rows))

    def rows(self, unit: Unit) -> Iterator[tuple[Cell, ...]]:
        """Give who was in the groups of committees that stood at or under a unit, as rows of this sheet."""
        owners = Ancestry.objects.filter(ancestor=unit).values("descendant")
        held = GroupMembership.objects.filter(group__owner__in=owners).select_related("group__owner", "unit")
        for one in held.order_by("group__owner__code", "group__kind", "group__position", "unit__code", "valid_from"):
            last = None if one.valid_to == OPEN_END else one.valid_to - _DAY
            group = one.group
            yield group.owner.code, KINDS[group.kind], group.name, one.unit.code, one.valid_from, last


Step = tuple[date, bool, tuple[str, str, str], list[SheetRow]]


def _steps(plan: Plan) -> list[Step]:
    """Return what is done day by day, leaving before coming; who leaves by coming elsewhere is not told to leave."""
    together: dict[tuple[date, bool, tuple[str, str, str]], list[SheetRow]] = defaultdict(list)
    comes = {(row["owner"], row["kind"], row["unit"], row["day"]) for row, _code in plan.rows}
    for row, code in plan.rows:
        key = (row["owner"], row["kind"], code)
        together[row["day"], True, key].append(row)
        if row["last_day"] is not None:
            end = row["last_day"] + _DAY
            if (row["owner"], row["kind"], row["unit"], end) not in comes:
                together[end, False, key].append(row)
    return [(*step, rows) for step, rows in sorted(together.items(), key=lambda item: item[0])]


class _Judge:
    def __init__(self, known: GroupsKnown) -> None:
        self.known = known
        self.faults: list[RowFault] = []
        self.new: dict[tuple[str, str], dict[str, NewGroup]] = defaultdict(dict)
        self.fresh: list[tuple[SheetRow, str]] = []
        self.same = 0

    def run(self, rows: Sequence[SheetRow]) -> Judgement[Plan]:
        for row in rows:
            before = len(self.faults)
            if row["owner"]:
                self.faults += self.known.codes.faults(row, "owner", day=row["day"])
            if row["unit"]:
                self.faults += self.known.codes.faults(row, "unit", day=row["day"])
            if row.broken or len(self.faults) > before:
                continue
            self._days(row)
            if len(self.faults) == before:
                self._match(row)
        self._overlaps()
        groups = tuple(group for found in self.new.values() for group in found.values())
        return Judgement(Plan(groups, tuple(self.fresh)), len(self.fresh), self.same, self.faults)

    def _fault(self, row: SheetRow, key: str, message: str, expected: str) -> None:
        self.faults.append(RowFault(row.number, key, message, expected))

    def _days(self, row: SheetRow) -> None:
        if row["last_day"] is not None and row["last_day"] < row["day"]:
            self._fault(row, "last_day", f"Trước ngày bắt đầu {format_date(row['day'])}", "ngày sau đó, hoặc ô trống")
        owner, unit, day = self.known.codes.units[row["owner"]], self.known.codes.units[row["unit"]], row["day"]
        under = any((above, one) == (owner, unit) and start <= day < end for above, one, start, end in self.known.below)
        if not under:
            message = f"«{row['unit']}» không ở dưới «{row['owner']}» ngày {format_date(day)}"
            self._fault(row, "unit", message, f"một tổ chức trực thuộc {row['owner']}")

    def _match(self, row: SheetRow) -> None:
        owner, unit = self.known.codes.units[row["owner"]], self.known.codes.units[row["unit"]]
        group = self._group(owner, row["kind"], row["group"])
        if group is None:
            found = self.new[row["owner"], row["kind"]]
            number = sum(one.owner == owner and one.kind == row["kind"] for one in self.known.groups) + len(found) + 1
            made = NewGroup(row["owner"], row["kind"], self._free(owner, row["kind"], number), row["group"])
            self.fresh.append((row, found.setdefault(fold(row["group"]), made).code))
            return
        ends = dict(self.known.places.get((unit, group.pk), ()))
        if row["day"] not in ends:
            self.fresh.append((row, group.code))
            return
        last = None if ends[row["day"]] == OPEN_END else ends[row["day"]] - _DAY
        if row["last_day"] is not None and row["last_day"] != last:
            words = format_date(last) if last is not None else "để trống"
            self._fault(row, "last_day", f"Sổ đã ghi khoảng này với ngày cuối «{words}»", "đúng như đã ghi")
        else:
            self.same += 1

    def _free(self, owner: int, kind: str, number: int) -> str:
        taken = {one.code for one in self.known.groups if (one.owner, one.kind) == (owner, kind)}
        while str(number) in taken:
            number += 1
        return str(number)

    def _group(self, owner: int, kind: str, text: str) -> KnownGroup | None:
        own = [one for one in self.known.groups if (one.owner, one.kind) == (owner, kind)]
        exact = next((one for one in own if text in (one.name, one.code)), None)
        return exact or next((one for one in own if fold(text) in (fold(one.name), fold(one.code))), None)

    def _overlaps(self) -> None:
        """A unit is in one group of a kind at a time; a new place may end the running one, nothing that comes later."""
        kinds = {one.pk: (one.owner, one.kind) for one in self.known.groups}
        recorded: dict[tuple[int, int, str], list[tuple[date, date]]] = defaultdict(list)
        for (unit, group), stretches in self.known.places.items():
            recorded[(unit, *kinds[group])] += stretches
        fresh: dict[tuple[int, int, str], list[SheetRow]] = defaultdict(list)
        for row, _code in self.fresh:
            owner, unit = self.known.codes.units[row["owner"]], self.known.codes.units[row["unit"]]
            fresh[unit, owner, row["kind"]].append(row)
        for key, rows in fresh.items():
            word = KINDS[key[2]].lower()
            ordered = sorted(rows, key=lambda row: (row["day"], row.number))
            for row, after in zip(ordered, [*ordered[1:], None], strict=True):
                later = [start for start, _end in recorded[key] if start >= row["day"]]
                if later:
                    message = f"Đơn vị đã có {word} từ {format_date(min(later))}"
                    self._fault(row, "day", message, "ngày sau đó")
                elif after is not None and (
                    after["day"] == row["day"] or (row["last_day"] is not None and after["day"] <= row["last_day"])
                ):
                    message = f"Trùng với dòng {row.number}: một {word} một lúc"
                    self._fault(after, "day", message, "ngày sau khi rời cụm, khối trước")


GROUPS = GroupSheet()
