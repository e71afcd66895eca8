"""Numbers that a unit or a department reports itself: entered, corrected and withdrawn in one journal (decision D6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.permissions import require
from giaoban.apps.reporting.models import Submission, ValueEntry, ValuePart
from giaoban.apps.reporting.value_rules import RIGHT, Days, Key, Reporting, ValueDraft, key_of, same_number
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import Conflict, InvalidInput, blame
from giaoban.core.period import Window


@transaction.atomic
def report_values(*, act: Act, values: Sequence[ValueDraft], submission: Submission | None = None) -> list[ValueEntry]:
    """This function will enter numbers, all or none, and return the entries that it added.

    An earlier number of the same unit, measure, days, code and part is corrected where it differs; an equal one adds
    nothing. A unit gives for the same days either the whole or the parts of one dimension.

    Raises:
        InvalidInput: no such measure, code or mark; a number that the measure does not take; a register answers it; the
            days have not begun, or the unit did not stand in them; the same number twice in one list.
        Conflict: other days that overlap are reported already, of what adds up; or the whole and its parts both;
            somebody else corrected the entry first.
        NotAllowed, NotFound: no right ``reports_fill`` at a unit.
    """
    if not values:
        return []
    require(act, RIGHT, {one.unit.pk: one.unit for one in values}.values())
    # Whoever writes a unit's numbers waits for whoever does so already; in one order, so that none wait crosswise.
    list(Unit.objects.filter(pk__in={one.unit.pk for one in values}).order_by("pk").select_for_update(no_key=True))
    rules = Reporting.of(act, [(one.unit, one.measure, one.period_or_days) for one in values])
    wanted: dict[Key, tuple[int, ValueDraft]] = {}
    for index, one in enumerate(values):
        with blame(index):
            rules.check(one.unit, one.measure, one.period_or_days, one.number, one.dimension, one.code, one.mark)
            days = rules.days(one.unit, one.measure, one.period_or_days)
            key = Key(one.unit.pk, one.measure, days, one.dimension, one.code, ValuePart(one.part).value)
            if key in wanted:
                raise InvalidInput("Số này có hai lần trong danh sách", where=rules.label(one.unit, one.measure))
            wanted[key] = index, one
    live = _live(values, {key.days for key in wanted})
    known = {key_of(row): row for row in live}
    made = [
        _entry(act, key, draft, known.get(key), submission)
        for key, (_index, draft) in wanted.items()
        if not (key in known and same_number(known[key], draft.number, draft.mark))
        and not (key not in known and draft.number is None)
    ]
    _refuse_overlaps(rules, known.values(), made, wanted)
    return _write(act, made, submission)


@transaction.atomic
def void_values(*, act: Act, entries: Sequence[ValueEntry], reason: str) -> list[ValueEntry]:
    """This function will withdraw numbers, all or none; the entries stay in the journal with the reason.

    Raises:
        InvalidInput: no reason. Conflict: one of them was corrected or withdrawn before.
        NotAllowed, NotFound: no right ``reports_fill`` at a unit.
    """
    require(act, RIGHT, {one.unit.pk: one.unit for one in entries}.values())
    _need_reason(reason)
    made = [_replacing(act, one, one.number, one.mark, reason, void=True) for one in entries]
    return _write(act, made, None)


@transaction.atomic
def correct_value(*, act: Act, entry: ValueEntry, number: Decimal | int, mark: str = "", reason: str) -> ValueEntry:
    """This function will put another number in the place of one that was entered wrongly, with the reason.

    Raises:
        InvalidInput: no reason, a number that the measure does not take, or the same number.
        Conflict: the entry was corrected or withdrawn before.
        NotAllowed, NotFound: no right ``reports_fill`` at the unit.
    """
    require(act, RIGHT, [entry.unit])
    _need_reason(reason)
    rules = Reporting.of(act, [(entry.unit, entry.measure, entry_window(entry))])
    rules.check_number(entry.unit, entry.measure, number, mark)
    if same_number(entry, number, mark):
        raise InvalidInput("Số mới bằng số đã có", where=rules.label(entry.unit, entry.measure), expected="số khác")
    return _write(act, [_replacing(act, entry, number, mark, reason, void=False)], entry.submission)[0]


def entry_window(entry: ValueEntry) -> Window:
    """Return the days of an entry, half-open."""
    return Window(entry.first_day, date.fromordinal(entry.last_day.toordinal() + 1))


def _need_reason(reason: str) -> None:
    if not reason.strip():
        raise InvalidInput("Chưa nêu lý do", where="Lý do", expected="một câu, ví dụ «cộng thiếu một đơn vị»")


def _live(values: Sequence[ValueDraft], days: Iterable[Days]) -> list[ValueEntry]:
    """Return what is reported already for the same units and measures in these days; one query."""
    spans = list(days)
    rows = ValueEntry.objects.live().filter(
        unit__in={one.unit.pk for one in values},
        measure__in={one.measure for one in values},
        last_day__gte=min(first for first, _last in spans),
        first_day__lte=max(last for _first, last in spans),
    )
    return list(rows)


def _entry(
    act: Act, key: Key, draft: ValueDraft, earlier: ValueEntry | None, submission: Submission | None
) -> ValueEntry:
    if earlier is not None and draft.number is None:
        return _replacing(act, earlier, earlier.number, earlier.mark, draft.note, void=True)
    first, last = key.days
    return ValueEntry(
        unit=draft.unit,
        measure=draft.measure,
        first_day=first,
        last_day=last,
        dimension=draft.dimension,
        code=draft.code,
        part=key.part,
        number=Decimal(draft.number or 0),
        mark=draft.mark,
        note=draft.note,
        submission=draft.submission or submission,
        effective_date=last,
        recorded_at=act.now,
        actor=act.user,
        entered_for=act.entered_for,
        corrects=earlier,
    )


def _replacing(act: Act, entry: ValueEntry, number: Decimal | int, mark: str, reason: str, *, void: bool) -> ValueEntry:
    return ValueEntry(
        unit=entry.unit,
        measure=entry.measure,
        first_day=entry.first_day,
        last_day=entry.last_day,
        dimension=entry.dimension,
        code=entry.code,
        part=entry.part,
        number=Decimal(number),
        mark=mark,
        note=reason,
        submission=entry.submission,
        effective_date=entry.last_day,
        recorded_at=act.now,
        actor=act.user,
        entered_for=act.entered_for,
        corrects=entry,
        void=void,
    )


def _refuse_overlaps(
    rules: Reporting,
    live: Iterable[ValueEntry],
    made: Sequence[ValueEntry],
    wanted: dict[Key, tuple[int, ValueDraft]],
) -> None:
    """Refuse what would count a day twice: overlapping days of what adds up, or a whole beside its parts."""
    gone = {entry.corrects_id for entry in made}
    groups: dict[tuple[int, str, str], list[ValueEntry]] = defaultdict(list)
    for entry in (*(row for row in live if row.pk not in gone), *(entry for entry in made if not entry.void)):
        groups[entry.unit_id, entry.measure, entry.part].append(entry)
    for entry in made:
        if entry.void:
            continue
        with blame(wanted[key_of(entry)][0]):
            for other in groups[entry.unit_id, entry.measure, entry.part]:
                _refuse_pair(rules, entry, other)


def _refuse_pair(rules: Reporting, entry: ValueEntry, other: ValueEntry) -> None:
    where = rules.label(entry.unit, entry.measure)
    same_days = (entry.first_day, entry.last_day) == (other.first_day, other.last_day)
    if same_days and entry.dimension != other.dimension:
        raise Conflict(
            "Cùng một kỳ vừa có số chung vừa có số tách, hoặc tách theo hai cách",
            where=where,
            expected="hoặc một số chung, hoặc các số tách theo một cách",
            hint="Rút số đã nhập rồi nhập lại",
        )
    overlaps = entry.first_day <= other.last_day and other.first_day <= entry.last_day
    if overlaps and not same_days and rules.adds_days(entry.measure):
        days = f"{format_date(other.first_day)} - {format_date(other.last_day)}"
        raise Conflict(
            f"Đã có số của {days}, trùng một số ngày với kỳ này",
            where=where,
            expected="kỳ không trùng với kỳ đã báo cáo",
            hint="Đính chính hoặc rút số của kỳ kia trước",
        )


def _write(act: Act, made: Sequence[ValueEntry], submission: Submission | None) -> list[ValueEntry]:
    if not made:
        return []
    try:
        with transaction.atomic():
            entries = ValueEntry.objects.bulk_create(made, batch_size=500)
    except IntegrityError:
        raise Conflict("Số này đã được người khác sửa", hint="Mở lại trang để xem số mới") from None
    by_unit: dict[int, list[ValueEntry]] = defaultdict(list)
    for entry in entries:
        by_unit[entry.unit_id].append(entry)
    write_trail(
        act,
        [
            Happening(
                "reporting.values_reported",
                "unit",
                str(found[0].unit.uid),
                found[0].unit.code,
                {
                    "entries": [str(entry.uid) for entry in found],
                    "measures": sorted({entry.measure for entry in found}),
                    "withdrawn": sum(entry.void for entry in found),
                    "submission": _source(found[0], submission),
                },
            )
            for found in by_unit.values()
        ],
    )
    return entries


def _source(entry: ValueEntry, submission: Submission | None) -> str:
    found = submission or entry.submission
    return str(found.uid) if found is not None else ""
