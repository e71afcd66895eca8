"""What a reported number has to be, judged over a whole list with a number of questions that does not grow with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from giaoban.apps.audit.act import Act
from giaoban.apps.organizations.models import Ancestry, Unit
from giaoban.apps.organizations.queries.places import SqlCalendar
from giaoban.apps.reporting.models import OwnMeasure, Submission, ValueEntry, ValueFeed, ValuePart
from giaoban.apps.reporting.queries.figures import is_reported, sources
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import InvalidInput
from giaoban.core.numbers_vi import format_number
from giaoban.core.period import Period, Window
from giaoban.core.text_vi import quoted
from giaoban.figures import MARKS, Catalogue, DimensionSource, Kind, Measure

RIGHT = "reports_fill"


@dataclass(frozen=True, slots=True)
class ValueDraft:
    """One number as it is entered.

    Args:
        unit: who reports it; only what the units below do not report themselves.
        measure: key of a measure that is fed by reported numbers in these days.
        period_or_days: a period by the calendar of the unit's office, or the days themselves (half-open). A programme
            of a year holds to the end of that year: from 1 January, or from the first day where an edition is there.
        number: None withdraws what was said.
        dimension, code: a part by a code of one dimension; both empty for the whole.
        part: ``done``, or ``expected`` for of how much («25/55»: the 55).
        mark: a key of `figures.MARKS`.
        note: why, where an earlier number is corrected or withdrawn.
        submission: where it came from, where that differs from number to number.
    """

    unit: Unit
    measure: str
    period_or_days: Period | Window
    number: Decimal | int | None
    dimension: str = ""
    code: str = ""
    part: str = ValuePart.DONE
    mark: str = ""
    note: str = ""
    submission: Submission | None = None


Days = tuple[date, date]
_DAY = timedelta(days=1)
_MOST = Decimal(10) ** 18


class Key(NamedTuple):
    """What makes two numbers the same one; ``days`` are the first and the last day."""

    unit: int
    measure: str
    days: Days
    dimension: str
    code: str
    part: str


def key_of(entry: ValueEntry) -> Key:
    """Return the key of an entry."""
    days = entry.first_day, entry.last_day
    return Key(entry.unit_id, entry.measure, days, entry.dimension, entry.code, ValuePart(entry.part).value)


def same_number(entry: ValueEntry, number: Decimal | int | None, mark: str) -> bool:
    """Tell whether an entry says the same number with the same mark."""
    return number is not None and entry.number == number and entry.mark == mark


@dataclass(frozen=True, slots=True)
class Reporting:
    """What has to be known of the units, measures and days of one list; made by `of`."""

    act: Act
    catalogue: Catalogue
    windows: Mapping[tuple[str, Period], Window]
    ancestry: Sequence[tuple[int, str, date, date]]
    feeds: Sequence[ValueFeed]
    own: Mapping[str, OwnMeasure]
    editions: Mapping[tuple[int, str, int], Sequence[date]]

    @classmethod
    def of(cls, act: Act, asked: Sequence[tuple[Unit, str, Period | Window]]) -> Reporting:
        """Ask for everything at once.

        Raises:
            InvalidInput: there is no such measure.
        """
        office = sources()
        measures = {key: office.catalogue[key] for key in {measure for _unit, measure, _days in asked}}
        periods = {(unit.code, days) for unit, _measure, days in asked if isinstance(days, Period)}
        bounds = SqlCalendar().bounds(periods) if periods else {}
        units = {unit.pk for unit, _measure, _days in asked}
        ways = Ancestry.objects.filter(descendant__in=units)
        kept = [key for key, one in measures.items() if not is_reported(one)]
        plans = [key for key, one in measures.items() if one.kind is Kind.PLAN]
        editions: dict[tuple[int, str, int], list[date]] = {}
        if plans:
            rows = ValueEntry.objects.live().filter(unit__in=units, measure__in=plans).order_by("first_day")
            for unit, key, first in rows.values_list("unit_id", "measure", "first_day").distinct():
                editions.setdefault((unit, key, first.year), []).append(first)
        return cls(
            act,
            office.catalogue,
            {ask: found.window for ask, found in bounds.items()},
            list(ways.values_list("descendant_id", "ancestor__code", "valid_from", "valid_to")),
            list(ValueFeed.objects.filter(measure__in=kept).select_related("unit")) if kept else (),
            {own.key: own for own in OwnMeasure.objects.filter(key__in=measures)},
            editions,
        )

    def label(self, unit: Unit, measure: str) -> str:
        """Return how messages name a number."""
        return f"{self.catalogue[measure].label} ({unit.code})"

    def is_plan(self, measure: str) -> bool:
        """Tell whether the measure is the programme of a year, whose editions follow each other."""
        return self.catalogue[measure].kind is Kind.PLAN

    def adds_days(self, measure: str) -> bool:
        """Tell whether numbers of different days add up, so that no day may be told twice.

        The editions of a programme follow each other; a number of things counted once holds for just its days.
        """
        known = self.catalogue[measure]
        return not self.is_plan(measure) and (known.additive_units or known.additive_time)

    def window(self, unit: Unit, asked: Period | Window) -> Window:
        """Return the days of a period by the unit's calendar."""
        return self.windows[unit.code, asked] if isinstance(asked, Period) else asked

    def days(self, unit: Unit, measure: str, asked: Period | Window) -> Days:
        """Return the first and the last day that a number covers.

        A programme's first edition holds from 1 January, a later one from the first day of the period in which it was
        made, each to the end of the year; a number given for the period of an edition's first day is that edition.
        """
        window = self.window(unit, asked)
        if not self.is_plan(measure):
            return window.start, window.last_day
        year = window.last_day.year
        end = date(year, 12, 31)
        made = [day for day in self.editions.get((unit.pk, measure, year), ()) if day <= window.last_day]
        if isinstance(asked, Window):
            return asked.start, end
        if not made:
            return date(year, 1, 1), end
        return (made[-1] if made[-1] >= window.start else window.start), end

    def check(
        self,
        unit: Unit,
        measure: str,
        asked: Period | Window,
        number: Decimal | int | None,
        dimension: str,
        code: str,
        mark: str,
    ) -> None:
        """Refuse what cannot be a number of this unit, measure and time.

        Raises:
            InvalidInput: see `report_values`.
        """
        if number is not None:
            self.check_number(unit, measure, number, mark)
        self._check_code(unit, self.catalogue[measure], dimension, code)
        window = self.window(unit, asked)
        where = self.label(unit, measure)
        days = f"{format_date(window.start)} - {format_date(window.last_day)}"
        if window.start > self.act.today:
            raise InvalidInput(f"Kỳ {days} chưa bắt đầu", where=where, expected="kỳ đã bắt đầu")
        stood = [row for row in self.ancestry if row[0] == unit.pk and row[2] < window.end and window.start < row[3]]
        if not stood:
            raise InvalidInput(f"Đơn vị không có trong cây tổ chức vào {days}", where=where, expected="đơn vị đang có")
        self._check_source(unit, self.catalogue[measure], window, where)

    def check_number(self, unit: Unit, measure: str, number: Decimal | int, mark: str) -> None:
        """Refuse a number or a mark that the measure does not take.

        Raises:
            InvalidInput: it has too many decimals, is below zero or too large, or there is no such mark.
        """
        known, where = self.catalogue[measure], self.label(unit, measure)
        value = Decimal(number)
        if not value.is_finite() or abs(value) >= _MOST:
            raise InvalidInput(f"Số {number} quá lớn", where=where, expected="số có nhiều nhất 18 chữ số")
        if value < 0 and not known.signed:
            raise InvalidInput(f"Số {format_number(value)} nhỏ hơn 0", where=where, expected="số từ 0 trở lên")
        if value != round(value, known.decimals):
            allowed = f"số có nhiều nhất {known.decimals} chữ số lẻ" if known.decimals else f"số nguyên ({known.unit})"
            raise InvalidInput(f"Số {format_number(value)} có phần lẻ", where=where, expected=allowed)
        if mark and mark not in MARKS:
            raise InvalidInput(
                f"Không có dấu {quoted(mark)}", where=where, expected="một trong: " + ", ".join(MARKS.values())
            )

    def _check_code(self, unit: Unit, measure: Measure, dimension: str, code: str) -> None:
        if not dimension and not code:
            return
        known = measure.dimension(dimension)
        where = self.label(unit, measure.key)
        if known is None or known.source is not DimensionSource.ENTRY or not known.codes:
            offered = [one.key for one in measure.dimensions if one.source is DimensionSource.ENTRY and one.codes]
            raise InvalidInput(
                f"Số này không tách theo {quoted(dimension)}",
                where=where,
                expected=", ".join(offered) or "một số chung",
            )
        if all(one.key != code for one in known.codes):
            offered = [f"{one.key} ({one.label})" for one in known.codes]
            raise InvalidInput(f"Không có mã {quoted(code)}", where=where, expected="một trong: " + ", ".join(offered))

    def _check_source(self, unit: Unit, measure: Measure, window: Window, where: str) -> None:
        if measure.rate is not None:
            raise InvalidInput("Tỷ lệ được tính từ hai số khác", where=where, expected="tử số và mẫu số")
        ways = [row for row in self.ancestry if row[0] == unit.pk and row[2] < window.end and window.start < row[3]]
        above = {row[1] for row in ways}
        if measure.owner:
            own = self.own[measure.key]
            if measure.owner not in above:
                raise InvalidInput("Số liệu riêng của cơ quan khác", where=where, expected=f"đơn vị thuộc {own.owner}")
            if window.start >= own.valid_to or window.end <= own.valid_from:
                raise InvalidInput("Số liệu riêng này không thu trong kỳ", where=where, expected="kỳ còn hiệu lực")
        elif not is_reported(measure):
            covered = any(
                feed.measure == measure.key
                and feed.unit.code in above
                and feed.valid_from <= window.start
                and window.last_day < feed.valid_to
                for feed in self.feeds
            )
            if not covered:
                raise InvalidInput(
                    "Số này lấy từ sổ trong chương trình, không nhập tay",
                    where=where,
                    expected="kỳ nằm trọn trong những ngày nhập số báo cáo",
                    hint="Ghi việc vào sổ, hoặc đặt thời gian nhập số báo cáo cho chỉ tiêu này",
                )
