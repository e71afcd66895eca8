"""What the register of members says of a unit that ends: nobody may be left in it, nobody may come to it later."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date

from giaoban.apps.members.models import MembershipSpell
from giaoban.apps.members.operations._replay import Spell
from giaoban.apps.organizations.operations import Ending
from giaoban.apps.organizations.operations.endings import recorded_endings
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import InvalidInput, blame

_in_parts = ContextVar("history_in_parts", default=False)


@contextmanager
def history_in_parts() -> Iterator[None]:
    """Let a history come in several calls or files, the roll first, what happened to its people later.

    Until the last part is there somebody may stand in a unit that ended; ``verify`` tells who was left so.
    """
    token = _in_parts.set(True)
    try:
        yield
    finally:
        _in_parts.reset(token)


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


def refuse_spells_after_end(spells: Iterable[tuple[str, Spell]]) -> None:
    """Return quietly if nobody stands in a unit that ended before; each spell comes with its member's name.

    Raises:
        InvalidInput: an entry recorded late puts somebody into a unit beyond its last day.
    """
    if _in_parts.get():
        return
    for name, ending in spells_after_end(spells):
        raise InvalidInput(
            f"Đơn vị {ending.code} đã {ending.kind.label.lower()} ngày {format_date(ending.day)}, "
            f"mà {name} còn sinh hoạt ở đó sau ngày này",
            where=name,
            expected=f"đơn vị còn hoạt động sau ngày {format_date(ending.day)}",
            hint="Ghi ở đơn vị kế thừa, hoặc rút việc đã kết thúc đơn vị này rồi ghi theo thứ tự",
        )


def spells_after_end(spells: Iterable[tuple[str, Spell]]) -> Iterator[tuple[str, Ending]]:
    """Give the name that came with each spell that lasts beyond the end of its unit, and that end."""
    endings = recorded_endings()
    for name, spell in spells if endings else ():
        for ending in endings.get(spell.unit, ()):
            if ending.overlaps(spell.start, spell.end):
                yield name, ending
