"""Checks on the tree: its projections say what the journal says (decision D2)."""

from __future__ import annotations

from collections.abc import Iterator

from giaoban.apps.audit.integrity import IntegrityCheck
from giaoban.apps.organizations.models import Ancestry, GroupMembership, Placement, Unit, UnitEntry
from giaoban.apps.organizations.operations._replay import Kinship, Span, TreeFact, ancestry_of, replay_unit
from giaoban.apps.organizations.operations._sums import units_summed_otherwise
from giaoban.core.dates_vi import format_date


def _codes() -> dict[int, str]:
    return dict(Unit.objects.values_list("pk", "code"))


def _from_journal() -> dict[int, list[Span[int | None]]]:
    facts: dict[int, list[TreeFact]] = {}
    for entry in UnitEntry.objects.live().in_order():
        facts.setdefault(entry.subject_id, []).append(
            TreeFact(
                entry.kind, entry.effective_date, entry.to_parent_id, entry.name, entry.short_name, entry.unit_kind
            )
        )
    codes = _codes()
    return {pk: list(replay_unit(codes[pk], rows).placements) for pk, rows in facts.items()}


def _placements_differ() -> Iterator[str]:
    codes = _codes()
    kept: dict[int, list[Span[int | None]]] = {}
    for pk, parent, start, end in Placement.objects.order_by("valid_from").values_list(
        "unit_id", "parent_id", "valid_from", "valid_to"
    ):
        kept.setdefault(pk, []).append(Span(parent, start, end))
    told = _from_journal()
    for pk in sorted(kept.keys() | told.keys(), key=lambda one: codes[one]):
        if kept.get(pk, []) != told.get(pk, []):
            yield f"{codes[pk]}: vị trí trong cây khác với sổ tổ chức"


def _ancestry_differs() -> Iterator[str]:
    codes = _codes()
    placements = _from_journal()
    told = {row for pk in placements for row in ancestry_of(pk, placements)}
    kept = {
        Kinship(*row)
        for row in Ancestry.objects.values_list("ancestor_id", "descendant_id", "depth", "valid_from", "valid_to")
    }
    for row in sorted(told ^ kept, key=lambda one: (codes[one.descendant], one.depth, one.start)):
        yield f"{codes[row.descendant]} dưới {codes[row.ancestor]} từ {format_date(row.start)}"


def _groups_overlap() -> Iterator[str]:
    before: tuple[int, int, str] | None = None
    until = None
    rows = GroupMembership.objects.select_related("unit", "group").order_by(
        "unit", "group__owner", "group__kind", "valid_from"
    )
    for row in rows:
        key = (row.unit_id, row.group.owner_id, row.group.kind)
        if key == before and until is not None and row.valid_from < until:
            yield f"{row.unit.code}: hai {row.group.get_kind_display().lower()} ngày {format_date(row.valid_from)}"
        before, until = key, row.valid_to


def _sums_differ() -> Iterator[str]:
    for code in Unit.objects.filter(pk__in=units_summed_otherwise()).order_by("code").values_list("code", flat=True):
        yield f"{code}: số cộng sẵn khác với các sổ"


CHECKS = (
    IntegrityCheck(
        name="Cây tổ chức khớp sổ tổ chức",
        why="Vị trí trong cây được dựng từ các lần ghi; lệch nhau là số liệu sai",
        recommendation="Ghi lại một sự kiện của đơn vị được nêu hoặc khôi phục từ bản sao lưu",
        rows=_placements_differ,
    ),
    IntegrityCheck(
        name="Quan hệ cấp trên - cấp dưới khớp cây",
        why="Phạm vi xem và mọi phép cộng đều dựa vào bảng này",
        recommendation="Ghi lại một sự kiện của đơn vị được nêu hoặc khôi phục từ bản sao lưu",
        rows=_ancestry_differs,
    ),
    IntegrityCheck(
        name="Mỗi đơn vị ở một cụm, một khối",
        why="Cộng theo cụm, theo khối phải bằng tổng",
        recommendation="Kết thúc một trong hai vị trí được nêu",
        rows=_groups_overlap,
    ),
    IntegrityCheck(
        name="Số cộng sẵn của cấp trên khớp các sổ",
        why="Trang của tỉnh và của cả nước đọc các số này thay vì cộng lại từng chi bộ",
        recommendation="Chạy giaoban rebuild để cộng lại từ các sổ",
        rows=_sums_differ,
    ),
)
