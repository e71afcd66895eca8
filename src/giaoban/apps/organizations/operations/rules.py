"""A committee sets a rule for its subtree from a day on (decision D14)."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from giaoban.apps.audit.act import Act, day_of
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.organizations.models import OPEN_END, RuleSetting, Unit, on_day
from giaoban.apps.organizations.permissions import require
from giaoban.apps.organizations.rule_choices import with_choices
from giaoban.apps.organizations.rules import rule_kinds
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import Conflict, InvalidInput
from giaoban.core.text_vi import quoted


@transaction.atomic
def set_rule(*, act: Act, owner: Unit, key: str, value: str, start: date, source: str = "") -> RuleSetting:
    """This function will let a value hold in a unit's subtree from a day on; the value that held before ends that day.

    Whoever set a value may mend it on the day on which they set it, for the same first day; the audit keeps both.

    Raises:
        InvalidInput: no such rule, or a value that is not of its type.
        Conflict: a value that begins on that day or later is set already.
    """
    require(act, "organizations_manage", [owner])
    kind = rule_kinds().get(key)
    if kind is None:
        raise InvalidInput(f"Không có quy tắc {quoted(key)}", expected="một trong: " + ", ".join(rule_kinds()))
    stored = with_choices(kind, owner, day=start).check(value)
    later = RuleSetting.objects.filter(owner=owner, key=key, valid_from__gte=start).order_by("valid_from").first()
    if later is not None and not _slip(act, later, start):
        raise Conflict(
            f"«{kind.label}» đã được {later.set_by.full_name} đặt từ ngày {format_date(later.valid_from)}",
            where=owner.code,
            hint="Chọn một ngày sau đó; đặt nhầm thì chính người đặt ghi lại đúng ngày ấy trong ngày đã đặt",
        )
    detail = {"key": key, "value": stored, "from": start.isoformat()}
    if later is not None:
        detail["replaced"] = later.value
        setting = later
        setting.value, setting.source, setting.set_at = stored, source.strip(), act.now
        setting.save(update_fields=["value", "source", "set_at"])
    else:
        RuleSetting.objects.filter(on_day(start), owner=owner, key=key).update(valid_to=start)
        setting = RuleSetting.objects.create(
            owner=owner,
            key=key,
            value=stored,
            source=source.strip(),
            valid_from=start,
            valid_to=OPEN_END,
            set_by=act.user,
            set_at=act.now,
        )
    write_trail(act, [Happening("organizations.rule_set", "unit", str(owner.uid), owner.code, detail)])
    return setting


def _slip(act: Act, held: RuleSetting, start: date) -> bool:
    """Tell whether somebody mends what they themselves set today for the same first day."""
    return held.valid_from == start and held.set_by_id == act.user.pk and day_of(held.set_at) == act.today
