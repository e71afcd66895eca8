"""What the register of members says when a unit is to be dissolved or merged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from giaoban.apps.members.models import MembershipSpell
from giaoban.apps.organizations.operations import Ending
from giaoban.core.errors import InvalidInput, blame


def refuse_units_with_members(endings: Sequence[Ending]) -> None:
    """Return quietly if nobody stands in the units on the day they end or later.

    Raises:
        InvalidInput: members still stand there; they would be counted nowhere.
    """
    spells: dict[int, list[tuple[int, date, date]]] = defaultdict(list)
    rows = MembershipSpell.objects.filter(
        unit_id__in={ending.unit for ending in endings}, valid_to__gt=min(ending.day for ending in endings)
    )
    for unit, member, start, end in rows.values_list("unit_id", "member_id", "valid_from", "valid_to"):
        spells[unit].append((member, start, end))
    for ending in endings:
        members = {member for member, start, end in spells[ending.unit] if ending.overlaps(start, end)}
        if members:
            with blame(ending.index):
                raise InvalidInput(
                    f"Còn {len(members)} đảng viên sinh hoạt tại {ending.code}",
                    where=ending.where,
                    expected="đơn vị không còn đảng viên sinh hoạt",
                    hint="Chuyển sinh hoạt các đảng viên trước",
                )
