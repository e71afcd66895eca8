"""Official codes of units: given from a day on; the one that held before ends that day (decision D2)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.bulk import insert_objects
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.organizations.models import OPEN_END, OfficialCode, Placement, Unit
from giaoban.apps.organizations.operations.terms import lock_units
from giaoban.apps.organizations.permissions import require
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import Conflict, InvalidInput, blame
from giaoban.core.text_vi import quoted

_FORM = re.compile(r"[0-9A-Za-z][0-9A-Za-z./-]{0,29}\Z")
CODE_FORM = "1 đến 30 chữ số, chữ không dấu, dấu chấm, ví dụ 38.168.053.000.001"


@dataclass(frozen=True, slots=True)
class CodeDraft:
    """A unit has this code in the official lists from ``start`` on."""

    unit: Unit
    code: str
    start: date


def is_official_code(text: str) -> bool:
    """Tell whether a text has the form of an official code."""
    return _FORM.match(text) is not None


def set_official_code(*, act: Act, unit: Unit, code: str, start: date) -> OfficialCode:
    """This function will give a unit its official code from a day on; see ``set_official_codes``."""
    return set_official_codes(act=act, drafts=[CodeDraft(unit, code, start)])[0]


@transaction.atomic
def set_official_codes(*, act: Act, drafts: Sequence[CodeDraft]) -> list[OfficialCode]:
    """This function will give units their official codes from a day on, all or none.

    Raises:
        InvalidInput: a code of another form, or the unit does not stand on that day.
        Conflict: another unit has the code on a day on which it would hold, or a code of the unit that begins on that
            day or later is set already.
        NotAllowed, NotFound: no right ``organizations_manage`` at a unit.
    """
    units = {draft.unit.pk: draft.unit for draft in drafts}
    require(act, "organizations_manage", units.values())
    lock_units(units)
    held: dict[int, list[OfficialCode]] = defaultdict(list)
    for row in OfficialCode.objects.filter(unit__in=units).order_by("valid_from"):
        held[row.unit_id].append(row)
    codes = {draft.code.strip() for draft in drafts}
    taken: dict[str, list[tuple[int, date]]] = defaultdict(list)
    for code, unit, end in OfficialCode.objects.filter(code__in=codes).values_list("code", "unit_id", "valid_to"):
        taken[code].append((unit, end))
    stands: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for unit, first, end in Placement.objects.filter(unit__in=units).values_list("unit_id", "valid_from", "valid_to"):
        stands[unit].append((first, end))
    rows: list[OfficialCode] = []
    for index, draft in enumerate(drafts):
        with blame(index):
            _check(draft, held[draft.unit.pk], taken[draft.code.strip()], stands[draft.unit.pk])
        row = OfficialCode(unit=draft.unit, code=draft.code.strip(), valid_from=draft.start, valid_to=OPEN_END)
        before = held[draft.unit.pk][-1:]
        if before and before[0].valid_to > draft.start:
            if any(before[0] is one for one in rows):
                before[0].valid_to = draft.start
            else:
                OfficialCode.objects.filter(pk=before[0].pk).update(valid_to=draft.start)
        held[draft.unit.pk].append(row)
        taken[row.code].append((draft.unit.pk, OPEN_END))
        rows.append(row)
    insert_objects(rows)
    write_trail(
        act,
        [
            Happening(
                "organizations.official_code_set",
                "unit",
                str(row.unit.uid),
                row.unit.code,
                {"code": row.code, "from": row.valid_from.isoformat()},
            )
            for row in rows
        ],
    )
    return rows


def _check(
    draft: CodeDraft,
    held: Sequence[OfficialCode],
    taken: Sequence[tuple[int, date]],
    stands: Sequence[tuple[date, date]],
) -> None:
    code, day = draft.code.strip(), format_date(draft.start)
    if not is_official_code(code):
        raise InvalidInput(f"Mã {quoted(draft.code)} không hợp lệ", where="Mã chính thức", expected=CODE_FORM)
    if not any(first <= draft.start < end for first, end in stands):
        raise InvalidInput(
            f"Đơn vị {draft.unit.code} không hoạt động ngày {day}", where="Từ ngày", expected="ngày đơn vị hoạt động"
        )
    later = next((row for row in held if row.valid_from >= draft.start), None)
    if later is not None:
        raise Conflict(
            f"{draft.unit.code} đã có mã {later.code} từ ngày {format_date(later.valid_from)}",
            where="Từ ngày",
            hint="Chọn một ngày sau đó",
        )
    if any(unit != draft.unit.pk and end > draft.start for unit, end in taken):
        raise Conflict(
            f"Mã {code} đang là mã của đơn vị khác",
            where="Mã chính thức",
            hint="Kiểm tra lại, hoặc đổi mã của đơn vị kia trước",
        )
