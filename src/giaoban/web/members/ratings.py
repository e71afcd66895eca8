"""The yearly rating on screen: one sheet for a cell, one for the organisations under a committee.

One choice a line, by keyboard, without JavaScript. Each line carries the grade that the person saw: if somebody else
recorded another one meanwhile, that line alone is refused and says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict

from giaoban.apps.members.models import AbsenceKind, Grade
from giaoban.apps.members.operations import RatingDraft, record_ratings
from giaoban.apps.members.queries.absences import AbsenceState
from giaoban.apps.members.queries.ratings import (
    Cap,
    Rated,
    RatingRow,
    UnitRatingRow,
    excellent_cap,
    rated_by_default,
    rating_day,
    rating_rows,
    unit_rating_rows,
)
from giaoban.apps.organizations.permissions import require
from giaoban.apps.organizations.queries.outline import way_up
from giaoban.apps.reporting.queries.figures import compute_figures
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import Conflict, GiaobanError, NotFound
from giaoban.core.numbers_vi import format_number
from giaoban.core.period import Period
from giaoban.core.text_vi import quoted
from giaoban.figures import FigureRequest, Parts
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import Link
from giaoban.web.forms import attempt, sentence
from giaoban.web.members.life_forms import RatingForm
from giaoban.web.members.record_page import BOTH

_FIRST_YEAR = 2000
_SHORT = {
    Grade.EXCELLENT: "Xuất sắc",
    Grade.GOOD: "Tốt",
    Grade.FAIR: "Hoàn thành",
    Grade.POOR: "Không hoàn thành",
    Grade.NOT_RATED: "Không xếp loại",
}
_PARTS = Parts(breakdown=True, children=True)
_TAKEN = "Vừa được {by} xếp loại «{grade}»; xem lại rồi chọn nếu cần đổi."


@dataclass(frozen=True, slots=True)
class Choice:
    """One radio button of a line."""

    value: str
    label: str
    checked: bool


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One line: who, what is to be known, the choices, what was refused; ``seen`` is the entry that was shown."""

    key: str
    name: str
    url: str
    note: str
    seen: str
    choices: tuple[Choice, ...]
    by: str
    fault: str


@dataclass(frozen=True, slots=True)
class CapLine:
    """How many excellent grades a unit has and may have, in one sentence."""

    unit: str
    words: str
    over: bool


@dataclass(frozen=True, slots=True)
class SheetPage:
    """The sheet of a year."""

    title: str
    year: int
    years: tuple[Link, ...]
    rows: tuple[SheetRow, ...]
    caps: tuple[CapLine, ...]
    heads: tuple[str, ...]
    subject: str
    nothing: str
    below: tuple[tuple[Link, str], ...]
    actions: tuple[Link, ...]
    may_record: bool


@dataclass(frozen=True, slots=True)
class _Line:
    """A line before it is drawn: what can be rated, and what is recorded of it."""

    key: str
    name: str
    url: str
    note: str
    rated: Rated | None
    draft: RatingDraft


def _year(desk: Desk) -> int:
    text = desk.request.GET.get("nam") or ""
    if not text:
        return rated_by_default(desk.act.today)
    if not (text.isascii() and text.isdecimal() and _FIRST_YEAR <= int(text) <= desk.act.today.year):
        raise NotFound(f"Không có năm {quoted(text)}")
    return int(text)


@screen("members", right="members_view", methods=BOTH)
def cell_sheet(desk: Desk) -> HttpResponse:
    """Rate the members of the chosen cell; of a committee, show how far its cells have come."""
    year = _year(desk)
    rows = rating_rows(desk.unit, year, today=desk.act.today)
    lines = [_member_line(desk, row, year) for row in rows]
    return _sheet(desk, year, lines, subject="Đảng viên", right="members_record", name="members:ratings")


@screen("members", right="members_view", methods=BOTH)
def unit_sheet(desk: Desk) -> HttpResponse:
    """Rate the organisations directly under the chosen one."""
    year = _year(desk)
    rows = unit_rating_rows(desk.unit, year, today=desk.act.today)
    lines = [_unit_line(desk, row, year) for row in rows]
    return _sheet(desk, year, lines, subject="Tổ chức đảng", right="organizations_manage", name="members:unit_ratings")


def _member_line(desk: Desk, row: RatingRow, year: int) -> _Line:
    notes = [] if row.official else ["dự bị"]
    notes += [_absence_words(one) for one in row.absences]
    draft = RatingDraft(year, Grade.NOT_RATED, desk.act.today, row.member)
    uid = row.member.uid
    return _Line(str(uid), row.member.full_name, desk.url("members:member", uid), ", ".join(notes), row.rated, draft)


def _absence_words(state: AbsenceState) -> str:
    return "miễn sinh hoạt" if state.kind == AbsenceKind.EXEMPT else "đi xa"


def _unit_line(desk: Desk, row: UnitRatingRow, year: int) -> _Line:
    draft = RatingDraft(year, Grade.NOT_RATED, desk.act.today, unit=row.unit)
    url = desk.url("organizations:unit", row.card.code)
    return _Line(row.card.code, row.card.name, url, row.card.kind_label.lower(), row.rated, draft)


def _sheet(desk: Desk, year: int, lines: Sequence[_Line], *, subject: str, right: str, name: str) -> HttpResponse:
    form = RatingForm(desk.posted, initial={"day": desk.act.today})
    faults: dict[str, str] = {}
    if desk.posted is not None:
        require(desk.act, right, [desk.unit])
        faults = _conflicts(lines, desk.posted)
        if form.is_valid() and not faults:
            number = _record(desk, form, lines, faults)
            if not faults and not form.errors:
                words = (
                    f"Đã ghi xếp loại năm {year}: {format_number(number)} lần ghi." if number else "Không có gì đổi."
                )
                messages.info(desk.request, words if number else "Không có gì đổi.")
                return HttpResponseRedirect(desk.url(name, query={"nam": str(year)}))
        if faults:
            form.add_error(None, f"Chưa ghi được: {len(faults)} dòng cần xem lại. Nội dung đã chọn vẫn còn nguyên.")
    page = SheetPage(
        title=f"Xếp loại {subject.lower()} năm {year}",
        year=year,
        years=tuple(
            Link(str(one), desk.url(name, query={"nam": str(one)}), one == year)
            for one in range(desk.act.today.year - 3, desk.act.today.year + 1)
        ),
        rows=tuple(_row(line, desk.posted, faults.get(line.key, "")) for line in lines),
        caps=_caps(desk, year, of_members=name == "members:ratings"),
        heads=tuple(_SHORT[grade] for grade in Grade),
        subject=subject,
        nothing=_nothing(desk, year, subject),
        below=_below(desk, year) if name == "members:ratings" and not lines else (),
        actions=_other(desk, year, name),
        may_record=desk.may(right) and bool(lines),
    )
    failed = bool(form.errors or faults)
    return desk.render("members/ratings.html", {"page": page, "form": form}, status=422 if failed else 200)


def _other(desk: Desk, year: int, name: str) -> tuple[Link, ...]:
    query = {"nam": str(year)}
    if name == "members:ratings":
        # Nothing stands under a cell.
        link = Link("Xếp loại tổ chức trực thuộc", desk.url("members:unit_ratings", query=query))
        return () if desk.card.holds_members else (link,)
    return (Link("Xếp loại đảng viên", desk.url("members:ratings", query=query)),)


def _nothing(desk: Desk, year: int, subject: str) -> str:
    day = format_date(rating_day(year, desk.act.today))
    if subject == "Đảng viên":
        return f"Không có đảng viên sinh hoạt trực tiếp tại {desk.card.name} ngày {day}. Chọn một chi bộ để xếp loại."
    return f"Không có tổ chức trực thuộc {desk.card.name} ngày {day}."


def _row(line: _Line, posted: QueryDict | None, fault: str) -> SheetRow:
    chosen = line.rated.grade.value if line.rated is not None else ""
    if posted is not None:
        chosen = posted.get(f"loai-{line.key}", chosen)
    by = f"{line.rated.by}, {format_date(line.rated.day)}" if line.rated is not None else ""
    return SheetRow(
        line.key,
        line.name,
        line.url,
        line.note,
        str(line.rated.entry) if line.rated is not None else "",
        tuple(Choice(grade.value, _SHORT[grade], grade.value == chosen) for grade in Grade),
        by,
        fault,
    )


def _conflicts(lines: Sequence[_Line], posted: QueryDict) -> dict[str, str]:
    """Lines that somebody else rated, or rated anew, since the sheet was opened."""
    found = {}
    for line in lines:
        now = str(line.rated.entry) if line.rated is not None else ""
        chosen = posted.get(f"loai-{line.key}", "")
        if posted.get(f"thay-{line.key}", now) != now and line.rated is not None and chosen != line.rated.grade:
            found[line.key] = _TAKEN.format(by=line.rated.by, grade=line.rated.grade.label)
    return found


def _record(desk: Desk, form: RatingForm, lines: Sequence[_Line], faults: dict[str, str]) -> int:
    """Record the lines that changed; what is refused goes into the form, or beside its line."""
    drafts: list[RatingDraft] = []
    keys: list[str] = []
    for line in lines:
        chosen = form.data.get(f"loai-{line.key}", "")
        if chosen not in Grade.values or (line.rated is not None and line.rated.grade == chosen):
            continue
        keys.append(line.key)
        drafts.append(
            RatingDraft(
                line.draft.year,
                Grade(chosen),
                form.cleaned_data["day"],
                line.draft.member,
                line.draft.unit,
                form.decision(),
                corrects=line.rated.entry if line.rated is not None else None,
            )
        )

    def refuse(error: GiaobanError) -> None:
        if error.index is not None and not isinstance(error, Conflict):
            faults[keys[error.index]] = sentence(error)
        else:
            form.refuse(error)

    if not drafts:
        return 0
    return len(attempt(refuse, lambda: record_ratings(act=desk.act, drafts=drafts)) or ())


def _caps(desk: Desk, year: int, *, of_members: bool) -> tuple[CapLine, ...]:
    """The cap of the chosen unit and of the grassroots organisation above it, numbers from the figures."""
    measure = "members.rated" if of_members else "organizations.rated"
    period = Period.parse(str(year))
    above = way_up(desk.act.user, desk.unit, day=desk.act.today, today=desk.act.today)
    wanted = [card for card in above if card.code == desk.card.code or card.kind.startswith("grassroots")]
    figures = compute_figures([FigureRequest(measure, card.code, period) for card in wanted], parts=_PARTS)
    found = []
    for card, figure in zip(wanted, figures, strict=True):
        if figure.value is None:
            found.append(CapLine(card.name, "chưa dùng sổ đánh giá, xếp loại trong năm này", over=False))
            continue
        grades = {code: int(number) for code, number in figure.breakdown.items()}
        cap = excellent_cap(desk.unit, rating_day(year, desk.act.today), grades)
        # The cap holds within each grassroots organisation; of others the numbers are only told.
        warn = cap.over > 0 and card.kind.startswith("grassroots")
        found.append(CapLine(card.name, _cap_words(cap, grades), warn))
    return tuple(found)


def _cap_words(cap: Cap, grades: Mapping[str, int]) -> str:
    rated = sum(grades.values())
    words = (
        f"đã xếp loại {format_number(rated)}; xuất sắc {format_number(cap.excellent)}, "
        f"nhiều nhất {format_number(cap.most)} ({format_number(cap.percent)} % của {format_number(cap.base)}, "
        f"{cap.base_words.lower()})"
    )
    return f"{words}; vượt {format_number(cap.over)}" if cap.over else words


def _below(desk: Desk, year: int) -> tuple[tuple[Link, str], ...]:
    """Of a committee: how many members each organisation below it has rated."""
    period = Period.parse(str(year))
    asked = [FigureRequest(key, desk.card.code, period) for key in ("members.rated", "members.total")]
    rated, total = compute_figures(asked, parts=_PARTS)
    names = {row.card.code: row.card.name for row in unit_rating_rows(desk.unit, year, today=desk.act.today)}
    return tuple(
        (
            Link(name, desk.url("members:ratings", unit=code, query={"nam": str(year)})),
            f"{format_number(rated.children.get(code) or 0)} / {format_number(total.children.get(code) or 0)}",
        )
        for code, name in names.items()
    )
