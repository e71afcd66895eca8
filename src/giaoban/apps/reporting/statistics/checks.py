"""What must agree within and between the sheets. Where something is not known nothing is claimed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from giaoban.apps.reporting.statistics.sheets import (
    GROWTH,
    INSPECTION,
    MEETINGS,
    OFFICIAL,
    ORGANIZATIONS,
    QUALITY,
    Sheet,
)
from giaoban.figures.invariants import ENTERING, LEAVING, TOTAL
from giaoban.figures.model import Number

# Sheet -> code of the unit -> numbers in the order of the columns.
Values = Mapping[str, Mapping[str, Sequence[Number | None]]]
_TRANSFERS = ("members.transferred_in", "members.transferred_out")


@dataclass(frozen=True, slots=True)
class Check:
    """One comparison: what it says, of which measure and unit, both sides; None where a side is not known.

    With ``at_most`` the right side may be less: what units did before they left is in the whole, not in their rows.
    """

    rule: str
    unit: str
    measure: str
    left: Number | None
    right: Number | None
    at_most: bool = False

    @property
    def holds(self) -> bool | None:
        """Whether both sides agree; None where one is not known."""
        if self.left is None or self.right is None:
            return None
        return self.right <= self.left if self.at_most else self.left == self.right


def checks_of(values: Values, top: str, below: Sequence[str]) -> list[Check]:
    """Return every check of the workbook of unit ``top`` with the units ``below`` it, in the order of the sheets."""
    units = (top, *below)
    found: list[Check] = []
    for unit in units:
        found.append(_balance(values, unit))
        found.append(
            Check(
                "Cuối kỳ ở sheet 1 = tổng số ở sheet 2",
                unit,
                TOTAL,
                _at(values, GROWTH, unit, TOTAL),
                _at(values, QUALITY, unit, TOTAL),
            )
        )
        found += _parts_of_wholes(values, unit)
        found.append(
            Check(
                "Sheet 4: lượt đảng viên dự không vượt lượt phải dự",
                unit,
                "meetings.present",
                _at(values, MEETINGS, unit, "meetings.called"),
                _at(values, MEETINGS, unit, "meetings.present"),
                at_most=True,
            )
        )
    if below:
        found += [_sum_of_units(values, one, top, below) for one in _SUMS]
    return found


def _at(
    values: Values, sheet: Sheet, unit: str, measure: str, code: str = "", *, opening: bool = False
) -> Number | None:
    return values[sheet.key][unit][sheet.column(measure, code, opening=opening)]


def _balance(values: Values, unit: str) -> Check:
    """Opening + in − out = closing (decision D5). A unit that did not stand on a day has nobody on that day."""
    flows = {
        key: _at(values, GROWTH, unit, key, OFFICIAL if key in _TRANSFERS else "") for key in (*ENTERING, *LEAVING)
    }
    opening, closing = _at(values, GROWTH, unit, TOTAL, opening=True), _at(values, GROWTH, unit, TOTAL)
    expected: Number | None = None
    if None not in flows.values() and opening is not None:
        entering = sum(flows[key] or 0 for key in ENTERING)
        expected = opening + entering - sum(flows[key] or 0 for key in LEAVING)
    return Check("Sheet 1: đầu kỳ + tăng − giảm = cuối kỳ", unit, TOTAL, expected, closing)


def _parts_of_wholes(values: Values, unit: str) -> Iterator[Check]:
    for sheet in (QUALITY, ORGANIZATIONS, MEETINGS, INSPECTION):
        dimensions = dict.fromkeys((cell.measure, cell.dimension) for cell in sheet.columns if cell.dimension)
        for measure, dimension in dimensions:
            places = [
                place
                for place, cell in enumerate(sheet.columns)
                if (cell.measure, cell.dimension) == (measure, dimension)
            ]
            parts = [values[sheet.key][unit][place] for place in places]
            total = None if None in parts else sum(part or 0 for part in parts)
            whole = sheet.columns[sheet.column(measure)].title
            yield Check(
                f"Sheet {sheet.title[0]}: {whole.lower()} = tổng theo {_LABELS[dimension]}",
                unit,
                measure,
                _at(values, sheet, unit, measure),
                total,
            )


_LABELS = {
    "status": "tư cách",
    "sex": "giới tính",
    "age_group": "nhóm tuổi",
    "education": "trình độ chuyên môn",
    "theory": "lý luận chính trị",
    "form": "hình thức",
    "kind": "loại",
    "grade": "xếp loại",
}


# Sheet, measure, what is said, and whether the rows may come to less than the whole.
_SUMS = (
    (QUALITY, TOTAL, "Sheet 2: toàn đảng bộ = tổng các đơn vị", False),
    # A grassroots committee is itself one of the organisations.
    (ORGANIZATIONS, "organizations.grassroots", "Sheet 3: các đơn vị cộng lại không vượt toàn đảng bộ", True),
    (MEETINGS, "meetings.held", "Sheet 4: các đơn vị cộng lại không vượt toàn đảng bộ", True),
    (INSPECTION, "discipline.members", "Sheet 5: các đơn vị cộng lại không vượt toàn đảng bộ", True),
)


def _sum_of_units(values: Values, one: tuple[Sheet, str, str, bool], top: str, below: Sequence[str]) -> Check:
    sheet, measure, rule, at_most = one
    parts = [_at(values, sheet, unit, measure) for unit in below]
    added = None if None in parts else sum(part or 0 for part in parts)
    return Check(rule, top, measure, _at(values, sheet, top, measure), added, at_most)
