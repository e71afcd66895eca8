"""Who may do what where: one set-based question, whatever the number of units."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from giaoban.apps.accounts.models import User
from giaoban.apps.accounts.permissions import rights_table
from giaoban.apps.audit.act import Act
from giaoban.apps.organizations.models import Unit, granted_ancestry
from giaoban.core.errors import NotAllowed, NotFound


def units_allowed(user: User, right: str, unit_ids: Iterable[int], *, today: date) -> set[int]:
    """Return those of the units on which the person holds a right.

    A unit counts where it stands today or will stand later: a cell that is established next month can be prepared.
    """
    below = granted_ancestry(user, today=today, right=right).filter(valid_to__gt=today, descendant_id__in=set(unit_ids))
    return set(below.values_list("descendant_id", flat=True))


def may(user: User, right: str, unit: Unit, *, today: date) -> bool:
    """Tell whether a person holds a right on one unit."""
    return bool(units_allowed(user, right, [unit.pk], today=today))


def require(act: Act, right: str, units: Iterable[Unit]) -> None:
    """This function will return quietly if the person holds the right on every unit.

    Raises:
        NotFound: a unit is outside everything that the person may see.
        NotAllowed: they see the unit but lack the right there.
    """
    if act.at_console:
        return
    wanted = {unit.pk: unit for unit in units}
    missing = wanted.keys() - units_allowed(act.user, right, wanted, today=act.today)
    if not missing:
        return
    seen = set(Unit.objects.filter(pk__in=missing).visible_to(act.user, today=act.today).values_list("pk", flat=True))
    for pk in missing:
        if pk not in seen:
            raise NotFound("Không tìm thấy đơn vị này trong phạm vi của đồng chí")
    codes = ", ".join(sorted(wanted[pk].code for pk in missing))
    raise NotAllowed(
        f"Đồng chí chưa được giao quyền «{rights_table().rights[right]}» tại đơn vị {codes}",
        hint="Đề nghị văn phòng cấp ủy cấp trên phân quyền",
    )
