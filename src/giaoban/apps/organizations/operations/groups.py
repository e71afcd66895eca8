"""Clusters and sectors: a unit is in at most one of each kind on any day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Q

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.organizations.models import OPEN_END, Group, GroupKind, GroupMembership, Unit
from giaoban.apps.organizations.permissions import require
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import Conflict, InvalidInput


@transaction.atomic
def define_group(*, act: Act, owner: Unit, kind: GroupKind, code: str, name: str, position: int = 0) -> Group:
    """This function will add a cluster or sector to a committee.

    Raises:
        Conflict: the committee has one with this code already.
    """
    require(act, "organizations_manage", [owner])
    if Group.objects.filter(owner=owner, kind=kind, code=code).exists():
        raise Conflict(f"{kind.label} mang mã {code!r} đã có", where=owner.code, hint="Chọn mã khác")
    group = Group.objects.create(owner=owner, kind=kind, code=code, name=name, position=position)
    write_trail(act, [Happening("organizations.group_defined", "group", str(group.pk), owner.code, {"code": code})])
    return group


@transaction.atomic
def place_in_group(*, act: Act, group: Group, units: Sequence[Unit], start: date) -> None:
    """This function will put units into a group from a day on; their place in another of the same kind ends that day.

    Raises:
        InvalidInput: a unit already has a place of this kind that begins on the day or later.
    """
    require(act, "organizations_manage", [group.owner, *units])
    same_kind = GroupMembership.objects.filter(
        unit__in=units, group__owner=group.owner, group__kind=group.kind, valid_to__gt=start
    )
    later = same_kind.filter(valid_from__gte=start).select_related("unit").first()
    if later is not None:
        raise InvalidInput(
            f"Đơn vị {later.unit.code} đã có {group.get_kind_display().lower()} từ {format_date(later.valid_from)}",
            where=group.name,
            expected="ngày sau đó",
        )
    same_kind.filter(Q(valid_from__lt=start)).update(valid_to=start)
    GroupMembership.objects.bulk_create(
        [GroupMembership(group=group, unit=unit, valid_from=start, valid_to=OPEN_END) for unit in units],
        batch_size=500,
    )
    write_trail(
        act,
        [
            Happening("organizations.placed_in_group", "group", str(group.pk), unit.code, {"from": start.isoformat()})
            for unit in units
        ],
    )
