"""The committee's page for a period, put together from figures; a constant number of questions to them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from giaoban.apps.members.queries.transfers import count_on_the_way
from giaoban.apps.obligations.queries.duties import duties, is_late
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.operations import REGISTERS
from giaoban.apps.organizations.queries.chosen import cards_by_code
from giaoban.apps.reporting.queries.figures import is_reported, sources
from giaoban.apps.reporting.queries.values import known_at
from giaoban.core.dates_vi import format_date
from giaoban.core.numbers_vi import format_number
from giaoban.figures import Figure, FigureRequest, Kind, Measure, Parts, Sources, compute_many
from giaoban.figures.calendar import PlainCalendar
from giaoban.figures.invariants import ENTERING, LEAVING, TOTAL, balance_requests, members_balance
from giaoban.web.access import Desk
from giaoban.web.components.pieces import FigureView, Link
from giaoban.web.cycles.due import ReportsDue, reports_due
from giaoban.web.numbers import (
    CELL_HEADLINE,
    HEADLINE,
    by_key,
    guarded,
    number,
    parts_words,
    tree_on,
    tree_query,
    view_of,
)
from giaoban.web.obligations.lines import DutyLine, duty_lines, late_first
from giaoban.web.reporting.due import OwedRow, owed_sections

# The order of a quarterly report: organisations, committees, members, discipline.
_GROUPS = (
    ("Tổ chức đảng", ("organizations.",)),
    ("Cấp ủy, ủy ban kiểm tra", ("committees.", "offices.")),
    ("Đảng viên", ("members.",)),
    ("Kiểm tra, kỷ luật", ("discipline.", "inspection.", "petitions.")),
    ("Văn bản, đào tạo, bồi dưỡng", ("documents.", "reports.", "training.", "reviews.", "dues.")),
    ("Tuyên truyền, học tập", ("publications.", "online_study.", "contests.")),
    ("Dân vận, đoàn thể, an sinh xã hội", ("associations.", "movements.", "welfare.")),
    ("Kinh tế - xã hội", ("economy.",)),
    ("Số liệu riêng của cơ quan", ("own.",)),
)
_COLUMNS = (
    ("members.total", "Đảng viên"),
    ("members.admitted", "Kết nạp"),
    ("members.recognised", "Chính thức"),
    ("members.transferred_in", "Chuyển đến"),
    ("members.transferred_out", "Chuyển đi"),
    ("members.left", "Ra khỏi Đảng"),
    ("discipline.members", "Kỷ luật"),
)
_MOST_DUE = 5
_MAIN = Parts(previous=True, cumulative=True, targets=True, breakdown=True)


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure with its parts in words."""

    figure: FigureView
    parts: str


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """The figures of one part of the report; ``quiet`` are those in which nothing happened, this year or last."""

    name: str
    rows: tuple[FigureRow, ...]
    quiet: tuple[FigureView, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that does not add up or is missing."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A name with its number."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column that can be sorted."""

    name: str
    url: str
    sorted: str = ""


@dataclass(frozen=True, slots=True)
class ChildRow:
    """A unit directly below with its contributions."""

    name: str
    url: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChildTable:
    """All units that stood directly below in the period; the foot is the engine's own."""

    columns: tuple[Column, ...]
    rows: tuple[ChildRow, ...]
    foot_name: str
    foot: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class DueList:
    """The duties that press most, late first; ``said`` counts all of them."""

    lines: tuple[DutyLine, ...]
    said: str
    all_url: str


@dataclass(frozen=True, slots=True)
class PeriodPage:
    """The committee's page for a period."""

    bounds: str
    tree_link: Link
    due: DueList | None
    owed: tuple[OwedRow, ...]
    reports: ReportsDue
    actions: tuple[Link, ...]
    ended: str
    nothing: bool
    nothing_url: str
    headline: tuple[FigureView, ...]
    groups: tuple[FigureGroup, ...]
    gaps: tuple[Gap, ...]
    balance: tuple[Line, ...]
    balance_foot: Line | None
    children: ChildTable | None


def period_page(desk: Desk, *, sort: str) -> PeriodPage:
    """Ask for the figures of the chosen unit and period and lay them out in the order of the report."""
    office = sources(today=desk.act.today)
    code, period = desk.card.code, desk.period
    left_out = (*_BOOKS_ONLY, *(_UNITS_ONLY if desk.card.holds_members else ()))
    measures = [one for one in known_at(office.catalogue, code) if not one.key.startswith(left_out)]
    asked = [FigureRequest(one.key, code, period) for one in measures]
    today_tree = tree_on(desk)
    main = by_key(compute_many(office, asked, parts=_MAIN, tree_on=today_tree))
    # What units report themselves is shown where somebody did; whether they should is asked where they enter it.
    measures = [one for one in measures if not is_reported(one) or _is_told(main[one.key])]
    # The books of members close by the calendar; an office that closes its figures earlier reads other flows above.
    books = compute_many(sources(PlainCalendar()), balance_requests(code, period), parts=Parts(breakdown=True))
    views = {one.key: view_of(desk, one, main[one.key]) for one in measures}
    bounds = office.calendar.bounds([(code, period)])[code, period].window
    return PeriodPage(
        bounds=f"Số liệu từ {format_date(bounds.start)} đến {format_date(bounds.last_day)}"
        + (f", theo cây tổ chức ngày {format_date(today_tree)}" if today_tree else ""),
        tree_link=_tree_link(desk),
        due=_due(desk),
        owed=owed_sections(desk),
        reports=reports_due(desk),
        actions=_actions(desk),
        ended=_ended(desk) if today_tree else "",
        nothing=all(not main[one.key].value for one in measures),
        nothing_url=desk.url("home:latest"),
        headline=tuple(
            replace(views[key], place="dau") for key in (CELL_HEADLINE if desk.card.holds_members else HEADLINE)
        ),
        groups=_groups(desk, measures, main, views),
        gaps=_gaps(desk, measures, main, books),
        # The books are of the trees of their days: on another tree they would not be these figures.
        balance=() if today_tree else _balance_lines(office, books),
        balance_foot=Line("Cuối kỳ", number(books[1].value)),
        children=None if desk.card.holds_members else _children(desk, office, sort),
    )


# A cell has no organisations below it and no committees to decide about.
_UNITS_ONLY = ("organizations.", "committees.", "offices.inspection", "members.cards_issued_organizations")
# The roll with which a register begins is where its books start, nothing that happened in a period.
_BOOKS_ONLY = ("members.opened",)
_TWICE = (
    "Chuyển giữa các đơn vị trực thuộc được tính ở cả hai nơi; với cả đảng bộ đó là chuyển nội bộ, "
    "nên các dòng cộng lại lớn hơn tổng."
)


def _ended(desk: Desk) -> str:
    """Say why there is no number of a unit that does not stand today; empty where it stands."""
    today = desk.act.today
    if Unit.objects.standing(today).filter(pk=desk.unit.pk).exists():
        return ""
    return (
        f"{desk.card.name} không còn trong cây tổ chức ngày {format_date(today)}: theo cây này, việc đã ghi ở đây được "
        "tính cho tổ chức tiếp nối, nên ở đây không có con số nào."
    )


def _tree_link(desk: Desk) -> Link:
    """The way to the same figures along the other tree: that of today, or those of the days of what is counted."""
    if tree_on(desk) is not None:
        return Link("Theo cây tổ chức từng thời điểm", desk.url("home:period"))
    return Link("Theo cây tổ chức hiện nay", desk.url("home:period", query={"cay": "nay"}))


def _due(desk: Desk) -> DueList | None:
    """What falls due today or soon, whatever period is chosen; None where nothing does."""
    if not desk.may("members_view"):
        return None
    found = late_first(duties(desk.act.user, desk.unit, today=desk.act.today))
    if not found:
        return None
    late = sum(is_late(duty) for duty in found)
    said = f"{format_number(len(found))} việc, {format_number(late)} quá hạn"
    return DueList(duty_lines(desk, found[:_MOST_DUE]), said, desk.url("obligations:list"))


def _actions(desk: Desk) -> tuple[Link, ...]:
    actions = []
    if desk.may("reports_write"):
        actions.append(Link("Xem báo cáo", desk.url("reporting:overview")))
    if desk.may("reports_fill"):
        actions.append(Link("Nhập số liệu", desk.url("values:enter")))
    actions.append(Link("Biểu thống kê", desk.url("home:statistics")))
    if desk.may("members_record"):
        actions.append(Link("Ghi kết nạp", desk.url("members:admit")))
    if desk.may("members_view"):
        actions.append(Link("Việc cần theo dõi", desk.url("members:worklists")))
    return tuple(actions)


def _groups(
    desk: Desk, measures: list[Measure], main: dict[str, Figure], views: dict[str, FigureView]
) -> tuple[FigureGroup, ...]:
    groups = []
    for name, prefixes in _GROUPS:
        own = [one for one in measures if one.key.startswith(prefixes)]
        quiet = [one for one in own if _is_quiet(one, main[one.key])]
        rows = tuple(
            FigureRow(views[one.key], parts_words(one, one.default_dimension, main[one.key].breakdown, desk))
            for one in own
            if one not in quiet
        )
        if own:
            groups.append(FigureGroup(name, rows, tuple(views[one.key] for one in quiet)))
    return tuple(groups)


def _is_told(figure: Figure) -> bool:
    return any(one is not None for one in (figure.value, figure.previous, figure.cumulative))


def _is_quiet(measure: Measure, figure: Figure) -> bool:
    return (
        measure.kind is Kind.FLOW and figure.value == 0 and not (figure.previous or figure.cumulative or figure.target)
    )


def _gaps(desk: Desk, measures: list[Measure], main: dict[str, Figure], books: list[Figure]) -> tuple[Gap, ...]:
    gaps = [
        Gap(f"Số đảng viên không khớp: {breach.rule} là {number(breach.expected)}, cuối kỳ là {number(breach.found)}.")
        for breach in (members_balance(books) if all(one.value is not None for one in books) else ())
    ]
    told: set[str] = set()
    for one in measures:
        coverage = main[one.key].coverage
        # A share has no register of its own: those of its parts are told.
        if not one.register or is_reported(one) or one.register in told or coverage.reported >= coverage.expected:
            continue
        told.add(one.register)
        missing = coverage.expected - coverage.reported
        gaps.append(
            Gap(
                f"{format_number(missing)} trên {format_number(coverage.expected)} tổ chức chưa mở "
                f"{_register_words(one.register)} trong kỳ này; con số chưa gồm các tổ chức đó.",
                desk.url("values:sources"),
            )
        )
    if desk.may("members_view"):
        letters, oldest = count_on_the_way(desk.act.user, desk.unit, today=desk.act.today)
        if oldest is not None:
            gaps.append(
                Gap(
                    f"{format_number(letters)} đảng viên đã giới thiệu đi, nơi đến chưa tiếp nhận; "
                    f"lâu nhất {format_number((desk.act.today - oldest).days)} ngày.",
                    desk.url("members:on_the_way"),
                )
            )
    return tuple(gaps)


def _register_words(register: str) -> str:
    label = REGISTERS[register]
    return label[0].lower() + label[1:]


def _balance_lines(office: Sources, books: list[Figure]) -> tuple[Line, ...]:
    opening, _closing, *flows = books
    if opening.value is None:
        return ()
    lines = [Line("Đầu kỳ", number(opening.value))]
    for figure in flows:
        key = figure.request.measure
        value = figure.breakdowns["term"].get("official", 0) if "term" in figure.breakdowns else figure.value
        if value:
            sign = "+" if key in ENTERING else "−"
            assert key in ENTERING or key in LEAVING
            lines.append(Line(office.catalogue[key].label, f"{sign}{number(value)}"))
    return tuple(lines)


def _children(desk: Desk, office: Sources, sort: str) -> ChildTable | None:
    code = desk.card.code
    asked = [FigureRequest(key, code, desk.period) for key, _ in _COLUMNS]
    figures = by_key(compute_many(office, asked, parts=Parts(children=True), tree_on=tree_on(desk)))
    codes = list(figures[TOTAL].children)
    if not codes:
        return None
    cards = cards_by_code(codes, day=desk.period.window.last_day)
    keys = [key for key, _ in _COLUMNS]
    if sort in keys:
        codes.sort(key=lambda child: -(figures[sort].children.get(child) or 0))
    columns = [
        Column(
            "Đơn vị", desk.url("home:period", query=tree_query(desk)) + "#by-unit", "" if sort in keys else "ascending"
        )
    ]
    columns += [
        Column(
            name,
            desk.url("home:period", query={"xep": key} | tree_query(desk)) + "#by-unit",
            "descending" if sort == key else "",
        )
        for key, name in _COLUMNS
    ]
    rows = tuple(
        ChildRow(
            cards[child].name,
            desk.url("home:period", unit=child, query=tree_query(desk)),
            tuple(guarded(office.catalogue[key], figures[key].children.get(child), desk.rights) for key in keys),
        )
        for child in codes
    )
    # The foot is the figure of the unit itself. Transfers between its own units are «chuyển đi» of one and «chuyển
    # đến» of another but not of the whole: where that makes the rows more than the foot, the note says so.
    twice = any(
        sum(value or 0 for value in figures[key].children.values()) > (figures[key].value or 0)
        for key in keys
        if office.catalogue[key].directed is not None
    )
    return ChildTable(
        tuple(columns),
        rows,
        desk.card.short_name or "Toàn đơn vị",
        tuple(number(figures[key].value) for key in keys),
        _TWICE if twice else "",
    )
