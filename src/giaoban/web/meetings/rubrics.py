"""The office's own rubrics on screen: which one holds, the shipped ones, every version, a sheet to read and print."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse

from giaoban.apps.meetings.models import OfficeRubric
from giaoban.apps.meetings.queries.rubric import RULE, find_rubric, own_rubrics, rubric_on
from giaoban.apps.meetings.rubrics import GRADES, Rubric, read_rubric, rubrics
from giaoban.apps.organizations.models import OPEN_END
from giaoban.apps.organizations.queries.rules import rule_for
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import NotFound
from giaoban.core.numbers_vi import format_number
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import Link

MANAGE = "organizations_manage"


@dataclass(frozen=True, slots=True)
class RubricRow:
    """A rubric, shipped or a version of an own one; ``edit_url`` is empty for whom may not set one here."""

    title: str
    code: str
    source: str
    owner: str
    days: str
    url: str
    edit_url: str
    edit_words: str


@dataclass(frozen=True, slots=True)
class RubricsPage:
    """The list."""

    holds: str
    holds_note: str
    own: tuple[RubricRow, ...]
    older: tuple[RubricRow, ...]
    shipped: tuple[RubricRow, ...]
    choose_url: str
    back_url: str


@dataclass(frozen=True, slots=True)
class BandLine:
    """One band of an item."""

    points: str
    words: str


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item of the sheet."""

    code: str
    title: str
    most: str
    note: str
    bands: tuple[BandLine, ...]


@dataclass(frozen=True, slots=True)
class RubricPage:
    """One rubric to read."""

    title: str
    about: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[tuple[str, tuple[ItemLine, ...]], ...]
    actions: tuple[Link, ...]
    back_url: str


@screen("meetings", right="meetings_view")
def rubric_list(desk: Desk) -> HttpResponse:
    """Show which rubric holds at the chosen unit, and those among which it can choose."""
    today, manages = desk.act.today, desk.may(MANAGE)
    holds, value = rubric_on(desk.unit, today), rule_for(RULE, desk.unit, today)
    rows = [(one.valid_to > today, _own(desk, one, manages)) for one in own_rubrics(desk.unit, day=today)]
    whose = f"do {value.owner} đặt từ {format_date(value.valid_from)}" if value.owner else "mặc định của phần mềm"
    page = RubricsPage(
        holds.title,
        f"{whose}; theo {holds.source}",
        tuple(row for current, row in rows if current),
        tuple(row for current, row in rows if not current),
        tuple(
            RubricRow(
                one.title,
                code,
                one.source,
                "",
                "",
                desk.url("meetings:rubric", query={"san": code}),
                desk.url("meetings:set_rubric", query={"san": code}) if manages else "",
                "Chép để sửa",
            )
            for code, one in rubrics().items()
        ),
        desk.url("organizations:rule", RULE) if manages else "",
        desk.url("meetings:schedule"),
    )
    return desk.render("meetings/rubrics.html", {"page": page})


def _own(desk: Desk, one: OfficeRubric, manages: bool) -> RubricRow:
    until = "" if one.valid_to == OPEN_END else f" đến trước {format_date(one.valid_to)}"
    uid = str(one.uid)
    mine = one.owner_id == desk.unit.pk
    return RubricRow(
        one.title,
        one.code,
        read_rubric(one.body).source,
        one.owner.code,
        f"từ {format_date(one.valid_from)}{until}",
        desk.url("meetings:rubric", query={"mau": uid}),
        desk.url("meetings:set_rubric", query={"mau": uid}) if manages else "",
        "Sửa thành bản mới" if mine else "Chép để sửa",
    )


@screen("meetings", right="meetings_view")
def rubric(desk: Desk) -> HttpResponse:
    """Show one rubric: what is scored, which bands, what the registers fill in."""
    asked = desk.request.GET
    about, edit = "Mẫu có sẵn", {"san": asked.get("san", "")}
    if asked.get("mau"):
        row = find_rubric(desk.unit, asked["mau"], day=desk.act.today)
        found, edit = read_rubric(row.body), {"mau": asked["mau"]}
        until = "" if row.valid_to == OPEN_END else f" đến trước {format_date(row.valid_to)}"
        about = f"Mẫu của {row.owner.code}, từ {format_date(row.valid_from)}{until}; {row.set_by.full_name} đặt"
    elif asked.get("san", "") in rubrics():
        found = rubrics()[asked["san"]]
    else:
        raise NotFound("Không có mẫu chấm điểm này")
    actions = (Link("Chép hoặc sửa", desk.url("meetings:set_rubric", query=edit)),) if desk.may(MANAGE) else ()
    page = RubricPage(
        found.title,
        about,
        _facts(found),
        tuple(
            (
                f"{section.code}. {section.title} ({format_number(section.most)} điểm)",
                tuple(
                    ItemLine(
                        item.code,
                        item.title,
                        format_number(item.most),
                        "; ".join(
                            words
                            for holds, words in (
                                (item.provable, "sổ tự điền khi đủ căn cứ"),
                                (item.thematic, "chỉ tháng có sinh hoạt chuyên đề"),
                            )
                            if holds
                        ),
                        tuple(BandLine(format_number(band.points), band.words) for band in item.bands),
                    )
                    for item in section.items
                ),
            )
            for section in found.sections
        ),
        actions,
        desk.url("meetings:rubrics"),
    )
    return desk.render("meetings/rubric.html", {"page": page})


def _facts(found: Rubric) -> tuple[tuple[str, str], ...]:
    time = f"ít nhất {found.minutes} phút"
    if found.minutes_large != found.minutes:
        time += f"; từ {format_number(found.large_from)} đảng viên ít nhất {found.minutes_large} phút"
    grades = [f"{GRADES[code]} từ {format_number(least)}" for code, least in found.limits[:-1]]
    told = [
        ("Theo", found.source),
        ("Thời gian họp", time),
        ("Xếp loại", ", ".join((*grades, f"còn lại {GRADES[found.limits[-1][0]]}"))),
    ]
    if any(item.thematic for item in found.items.values()):
        words = "cho đủ điểm" if found.without_thematic == "award" else "quy đổi các nội dung khác về 100"
        told.append(("Tháng không có chuyên đề", words))
    return tuple(told)
