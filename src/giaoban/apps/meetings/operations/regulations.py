"""Reviews of committees' working regulations: recorded for many at once, taken back one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.operations import Happening
from giaoban.apps.meetings.models import RegulationEntry, RegulationEvent
from giaoban.apps.meetings.operations._entries import allow, not_after_today, stamp, write_entries
from giaoban.apps.organizations.kinds import kinds
from giaoban.apps.organizations.models import Unit, UnitKindSpan, on_day
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import Conflict, InvalidInput, blame
from giaoban.core.text_vi import tidy

_MOST_LETTERS = 60


@dataclass(frozen=True, slots=True)
class RegulationDraft:
    """A review by the committee of ``unit``; ``number`` and ``dated`` are those of the decision on the new text."""

    unit: Unit
    kind: RegulationEvent
    day: date
    number: str = ""
    dated: date | None = None


def record_regulation_review(*, act: Act, draft: RegulationDraft) -> RegulationEntry:
    """This function will record one review; see ``record_regulation_reviews``."""
    return record_regulation_reviews(act=act, drafts=[draft])[0]


@transaction.atomic
def record_regulation_reviews(*, act: Act, drafts: Sequence[RegulationDraft]) -> list[RegulationEntry]:
    """This function will record that committees reviewed their working regulations, all or none.

    Raises:
        InvalidInput: a day to come, a unit that did not stand that day or has no committee, a number that is too long.
        Conflict: a review of that day is recorded already. NotAllowed, NotFound: no right ``meetings_record``.
    """
    units = [draft.unit for draft in drafts]
    allow(act, units)
    # Two people must not record one review at once.
    list(Unit.objects.select_for_update().filter(pk__in={unit.pk for unit in units}).order_by("pk"))
    days = {draft.day for draft in drafts}
    standing = {
        (unit, day): kind
        for day in days
        for unit, kind in UnitKindSpan.objects.filter(on_day(day), unit__in=units).values_list("unit_id", "kind")
    }
    kept = RegulationEntry.objects.live().filter(unit__in=units, effective_date__in=days)
    seen = set(kept.values_list("unit_id", "effective_date"))
    for index, draft in enumerate(drafts):
        with blame(index):
            _check(act, draft, standing.get((draft.unit.pk, draft.day)))
            if (draft.unit.pk, draft.day) in seen:
                raise Conflict(
                    f"{draft.unit.code}: lần rà soát ngày {format_date(draft.day)} đã ghi",
                    where="Đơn vị",
                    hint="Bỏ chọn đơn vị này, hoặc bỏ lần ghi trước nếu ghi nhầm",
                )
            seen.add((draft.unit.pk, draft.day))
    entries = [
        RegulationEntry(
            unit=draft.unit,
            kind=draft.kind,
            decision_number=tidy(draft.number),
            decision_date=draft.dated,
            **stamp(act, draft.day),
        )
        for draft in drafts
    ]
    write_entries(act, entries, [_told(entry) for entry in entries])
    return entries


def _check(act: Act, draft: RegulationDraft, kind: str | None) -> None:
    not_after_today(act, draft.day, "Ngày")
    known = kinds().get(kind or "")
    if known is None:
        raise InvalidInput(
            f"{draft.unit.code} không có trong sổ tổ chức ngày {format_date(draft.day)}",
            where="Đơn vị",
            expected="đơn vị đang hoạt động ngày đó",
        )
    if not known.offices:
        raise InvalidInput(f"{draft.unit.code} không có cấp ủy", where="Đơn vị", expected="tổ chức có cấp ủy")
    if len(tidy(draft.number)) > _MOST_LETTERS:
        raise InvalidInput(
            f"Số, ký hiệu dài {len(tidy(draft.number))} ký tự", where="Số", expected=f"không quá {_MOST_LETTERS} ký tự"
        )
    if draft.dated is not None and draft.dated > act.today:
        raise InvalidInput(
            f"Ngày văn bản {format_date(draft.dated)} chưa đến",
            where="Ngày văn bản",
            expected=f"ngày {format_date(act.today)} hoặc trước đó",
        )


@transaction.atomic
def take_regulation_review_back(*, act: Act, entry: RegulationEntry) -> RegulationEntry:
    """This function will take a review back that was recorded by mistake.

    Raises:
        Conflict: somebody took it back already. NotAllowed, NotFound: no right ``meetings_record`` at the unit.
    """
    allow(act, [entry.unit])
    void = RegulationEntry(
        unit=entry.unit, kind=entry.kind, **stamp(act, entry.effective_date, corrects=entry, void=True)
    )
    write_entries(act, [void], [_told(void)])
    return void


def _told(entry: RegulationEntry) -> Happening:
    detail = {"kind": entry.kind, "day": entry.effective_date.isoformat(), "void": entry.void}
    return Happening("meetings.regulation_reviewed", "unit", str(entry.unit.uid), entry.unit.code, detail)
