"""Clusters and sectors: a unit is in at most one of each kind on any day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from django.db import transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.audit.queries import last_told
from giaoban.apps.organizations.models import OPEN_END, Ancestry, Group, GroupKind, GroupMembership, Unit, on_day
from giaoban.apps.organizations.permissions import require
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import Conflict, InvalidInput, blame
from giaoban.core.text_vi import quoted, tidy

_CODE = re.compile(r"[0-9A-Za-z_-]{1,20}\Z")


@transaction.atomic
def define_group(*, act: Act, owner: Unit, kind: GroupKind, code: str, name: str, position: int = 0) -> Group:
    """This function will add a cluster or sector to a committee.

    Raises:
        InvalidInput: no name, or a code of other than 1 to 20 plain letters and digits.
        Conflict: the committee has one with this code already.
    """
    require(act, "organizations_manage", [owner])
    if not _CODE.match(code):
        raise InvalidInput(
            f"Mã {quoted(code)} không hợp lệ", where="Mã", expected="1 đến 20 chữ không dấu, số, ví dụ C1"
        )
    _check_name(name)
    if Group.objects.filter(owner=owner, kind=kind, code=code).exists():
        raise Conflict(f"{kind.label} mang mã {quoted(code)} đã có", where=owner.code, hint="Chọn mã khác")
    group = Group.objects.create(owner=owner, kind=kind, code=code, name=tidy(name), position=position)
    write_trail(act, [Happening("organizations.group_defined", "group", str(group.pk), owner.code, {"code": code})])
    return group


@transaction.atomic
def change_group(*, act: Act, group: Group, name: str, position: int, seen: tuple[str, int] | None = None) -> Group:
    """This function will give a cluster or sector another name or place in the order; its code stays.

    Args:
        seen: the name and place that stood there when the form was opened; None: whatever stands there is replaced.

    Raises:
        InvalidInput: no name. Conflict: somebody else has given it another name or place since ``seen``.
        NotAllowed, NotFound: no right ``organizations_manage`` at the committee.
    """
    require(act, "organizations_manage", [group.owner])
    _check_name(name)
    group = Group.objects.select_for_update(of=("self",)).select_related("owner").get(pk=group.pk)
    if seen is not None and seen != (group.name, group.position):
        who = last_told("group", str(group.pk), "organizations.group_changed")
        raise Conflict(
            f"{group.get_kind_display()} này đã đổi thành «{group.name}», thứ tự {group.position}{who}",
            hint="Xem lại tên đang dùng, rồi bấm Ghi nếu vẫn muốn đổi",
        )
    before = group.name
    group.name, group.position = tidy(name), position
    group.save(update_fields=["name", "position"])
    detail = {"code": group.code, "before": before, "after": group.name}
    write_trail(act, [Happening("organizations.group_changed", "group", str(group.pk), group.owner.code, detail)])
    return group


@transaction.atomic
def place_in_group(*, act: Act, group: Group, units: Sequence[Unit], start: date) -> list[Unit]:
    """This function will put units into a group from a day on; their place in another of the same kind ends that day.

    A unit that is in the group already stays as it is. Returned are those that were put there.

    Raises:
        InvalidInput: a unit does not stand below the committee that day, or has a place of this kind that begins on the
            day or later.
    """
    require(act, "organizations_manage", [group.owner, *units])
    same_kind = GroupMembership.objects.filter(
        unit__in=units, group__owner=group.owner, group__kind=group.kind, valid_to__gt=start
    ).select_for_update()
    here = {place.unit_id for place in same_kind if place.group_id == group.pk and place.valid_from <= start}
    later = {
        place.unit_id: place.valid_from
        for place in same_kind
        if place.valid_from >= start and (place.group_id, place.valid_from) != (group.pk, start)
    }
    below = set(
        Ancestry.objects.filter(on_day(start), ancestor=group.owner, descendant__in=units, depth__gt=0).values_list(
            "descendant_id", flat=True
        )
    )
    for index, unit in enumerate(units):
        with blame(index):
            if unit.pk not in below:
                raise InvalidInput(
                    f"{unit.code} không ở dưới {group.owner.code} ngày {format_date(start)}",
                    where=group.name,
                    expected=f"một tổ chức trực thuộc {group.owner.code}",
                )
            if unit.pk in later:
                raise InvalidInput(
                    f"Đơn vị {unit.code} đã có {group.get_kind_display().lower()} từ {format_date(later[unit.pk])}",
                    where=group.name,
                    expected="ngày sau đó",
                )
    fresh = [unit for unit in units if unit.pk not in here]
    same_kind.filter(unit__in=fresh).update(valid_to=start)
    GroupMembership.objects.bulk_create(
        [GroupMembership(group=group, unit=unit, valid_from=start, valid_to=OPEN_END) for unit in fresh],
        batch_size=500,
    )
    write_trail(act, [_placed("organizations.placed_in_group", group, unit, start) for unit in fresh])
    return fresh


@transaction.atomic
def take_out_of_group(*, act: Act, group: Group, units: Sequence[Unit], day: date) -> None:
    """This function will let units leave a group on a day.

    A place that began on that very day was a slip: it goes, and the place of that kind that ended for it goes on.

    Raises:
        InvalidInput: a unit is not in the group on that day, or leaves it later already.
        NotAllowed, NotFound: no right ``organizations_manage`` at the committee or a unit.
    """
    require(act, "organizations_manage", [group.owner, *units])
    held = {
        place.unit_id: place
        for place in GroupMembership.objects.filter(on_day(day), unit__in=units, group=group).select_for_update()
    }
    for index, unit in enumerate(units):
        with blame(index):
            if unit.pk not in held:
                raise InvalidInput(
                    f"{unit.code} không thuộc {group.name} ngày {format_date(day)}",
                    where=group.name,
                    expected="ngày đơn vị đang thuộc về nhóm này",
                )
    slips = {pk: place for pk, place in held.items() if place.valid_from == day}
    before = GroupMembership.objects.filter(
        unit__in=slips, group__owner=group.owner, group__kind=group.kind, valid_to=day
    )
    reopened = {place.unit_id: place for place in before}
    GroupMembership.objects.filter(pk__in=[place.pk for place in slips.values()]).delete()
    for pk, place in reopened.items():
        place.valid_to = slips[pk].valid_to
    GroupMembership.objects.bulk_update(reopened.values(), ["valid_to"], batch_size=500)
    ended = [place.pk for pk, place in held.items() if pk not in slips]
    GroupMembership.objects.filter(pk__in=ended).update(valid_to=day)
    write_trail(act, [_placed("organizations.left_group", group, unit, day) for unit in units])


def _check_name(name: str) -> None:
    if not tidy(name):
        raise InvalidInput("Chưa ghi tên", where="Tên", expected="tên cụm hoặc khối, ví dụ Cụm số 1")


def _placed(action: str, group: Group, unit: Unit, day: date) -> Happening:
    return Happening(action, "group", str(group.pk), unit.code, {"group": group.code, "from": day.isoformat()})
