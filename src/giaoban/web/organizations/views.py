"""Screens of units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse

from giaoban.apps.audit.act import day_of
from giaoban.apps.meetings.queries.recent import last_meetings
from giaoban.apps.members.queries.office_holders import HeldOffice, offices_held
from giaoban.apps.members.queries.unit_people import officers
from giaoban.apps.organizations.kinds import Kind
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.queries.chosen import find_unit, last_day_below, rights_at, unit_cards
from giaoban.apps.organizations.queries.codes import code_history
from giaoban.apps.organizations.queries.history import unit_history
from giaoban.apps.organizations.queries.outline import outline, way_up
from giaoban.apps.organizations.queries.standing import kind_on, kind_spans
from giaoban.apps.organizations.queries.successions import Succession, successions
from giaoban.core.dates_vi import format_date
from giaoban.core.period import Period
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import FigureView, Link
from giaoban.web.numbers import members_by_unit, unit_figures
from giaoban.web.organizations.committee import CommitteeBrief, committee_brief


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One sentence of a unit's history."""

    day: str
    iso: str
    sentence: str
    decision: str
    who: str
    url: str


@dataclass(frozen=True, slots=True)
class KinLine:
    """A unit for which this one stands, or that stands for it."""

    link: Link
    words: str


@dataclass(frozen=True, slots=True)
class Holder:
    """A person in an office."""

    office: str
    name: str
    url: str
    since: str


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting of the unit."""

    link: Link
    state: str


@dataclass(frozen=True, slots=True)
class ChildLine:
    """A unit directly below."""

    name: str
    url: str
    kind: str
    members: str


@dataclass(frozen=True, slots=True)
class UnitPage:
    """The page of one unit."""

    name: str
    kind: str
    code: str
    day: str
    stands: bool
    way: tuple[Link, ...]
    figures: tuple[FigureView, ...]
    committee: CommitteeBrief
    officers: tuple[Holder, ...]
    meetings: tuple[MeetingLine, ...]
    meetings_url: str
    children: tuple[ChildLine, ...]
    history: tuple[StoryLine, ...]
    actions: tuple[Link, ...]
    counted: bool
    before: tuple[KinLine, ...]
    after: tuple[KinLine, ...]
    codes: tuple[str, ...]
    code_url: str


def _day(desk: Desk) -> date:
    return min(desk.period.window.last_day, desk.act.today)


def _unit_actions(desk: Desk, found: Unit, rights: frozenset[str]) -> tuple[Link, ...]:
    code, act = found.code, desk.act
    actions = [Link("Cấp ủy", desk.url("organizations:committee", code))]
    if "figures_view" in rights:
        actions.append(Link("Số liệu kỳ", desk.url("home:period", unit=code)))
    elif last := last_day_below(act.user, found, today=act.today, right="figures_view"):
        # A unit that left keeps the figures of its time here: lead to the last of them.
        period = Period.quarter_of(last)
        actions.append(Link(f"Số liệu kỳ cuối ({period.name()})", desk.url("home:period", unit=code, period=period)))
    if "members_view" in rights:
        actions.append(Link("Danh sách đảng viên", desk.url("members:list", unit=code)))
        actions.append(Link("Việc đến hạn", desk.url("obligations:list", unit=code)))
    if "members_record" in rights:
        actions.append(Link("Ghi kết nạp", desk.url("members:admit", unit=code)))
    if "organizations_manage" in rights:
        actions.append(Link("Ghi việc của tổ chức", desk.url("organizations:acts", code)))
    return tuple(actions)


def _kin(desk: Desk, chain: tuple[Succession, ...]) -> tuple[KinLine, ...]:
    """Each unit of a chain with what linked it to the next nearer one."""
    return tuple(
        KinLine(
            Link(one.unit.place, desk.url("organizations:unit", one.unit.code)),
            f"{one.kind_label} ngày {format_date(one.day)}" + (f", qua {one.nearer.place}" if one.steps > 1 else ""),
        )
        for one in chain
    )


def _officers(desk: Desk, held: Sequence[HeldOffice], kind: Kind | None, *, opens: bool) -> tuple[Holder, ...]:
    return tuple(
        Holder(
            one.office,
            one.full_name,
            desk.url("members:member", one.member_uid) if opens else "",
            format_date(one.since),
        )
        for one in officers(held, kind)
    )


def _meetings(desk: Desk, found: Unit, day: date) -> tuple[MeetingLine, ...]:
    return tuple(
        MeetingLine(
            Link(f"{one.get_kind_display()} {format_date(one.day)}", desk.url("meetings:meeting", one.uid)),
            one.get_state_display(),
        )
        for one in last_meetings(desk.act.user, found, until=day, today=desk.act.today)
    )


def _codes(found: Unit) -> tuple[str, ...]:
    return tuple(
        f"{one.code} từ {format_date(one.first_day)}" + (f" đến {format_date(one.last_day)}" if one.last_day else "")
        for one in code_history(found)
    )


@screen("organizations", right="organizations_view")
def unit(desk: Desk, code: str) -> HttpResponse:
    """Show one unit: who leads it, its figures, what stands below it, what happened to it."""
    act, day = desk.act, _day(desk)
    found = find_unit(act.user, code, today=act.today)
    rights = rights_at(act.user, found, today=act.today, window=desk.period.window)
    below = outline(found, day=day, levels=1)
    card = unit_cards([found.pk], day=day)[found.pk] if below is None else below.card
    spans = kind_spans([found.pk])
    held = offices_held([found.pk], day, spans=spans)
    counted = below is not None and "figures_view" in rights
    counts = members_by_unit([child.card.code for child in below.children], day) if below and counted else {}
    lineage = successions(found, day=act.today)
    page = UnitPage(
        name=card.name,
        kind=card.kind_label,
        code=code,
        day=format_date(day),
        stands=below is not None,
        way=tuple(
            Link(one.short_name or one.name, desk.url("organizations:unit", one.code), one.pk == found.pk)
            for one in way_up(act.user, found, day=day, today=act.today)
        ),
        figures=unit_figures(desk, code, cell=card.holds_members) if "figures_view" in rights else (),
        committee=committee_brief(desk, found, day, held=held, spans=spans),
        officers=_officers(desk, held, kind_on(spans[found.pk], day), opens="members_view" in rights),
        meetings=_meetings(desk, found, day) if "meetings_view" in rights else (),
        meetings_url=desk.url("meetings:schedule", unit=code) if "meetings_view" in rights else "",
        children=tuple(
            ChildLine(
                child.card.name,
                desk.url("organizations:unit", child.card.code),
                child.card.kind_label,
                counts.get(child.card.code, ""),
            )
            for child in (below.children if below else ())
        ),
        history=tuple(
            StoryLine(
                format_date(story.day),
                story.day.isoformat(),
                story.sentence,
                story.decision,
                f"{story.recorded_by} ghi ngày {day_of(story.recorded_at):%d/%m/%Y}",
                desk.url("organizations:act", story.event) if story.event else "",
            )
            for story in unit_history(found, today=act.today)
        ),
        actions=_unit_actions(desk, found, rights),
        counted=counted,
        before=_kin(desk, lineage.before),
        after=_kin(desk, lineage.after),
        codes=_codes(found),
        code_url=desk.url("organizations:official_code", code) if "organizations_manage" in rights else "",
    )
    return desk.render("organizations/unit.html", {"page": page})
