"""Screens of units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.urls import reverse

from giaoban.apps.members.queries.unit_people import officers
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.queries.chosen import find_unit, last_day_below, rights_at, unit_cards
from giaoban.apps.organizations.queries.history import unit_history
from giaoban.apps.organizations.queries.outline import outline, way_up
from giaoban.core.dates_vi import format_date
from giaoban.core.numbers_vi import format_number
from giaoban.core.period import Period
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import FigureView, Link
from giaoban.web.numbers import members_by_unit, unit_figures
from giaoban.web.organizations.forms import TreeForm
from giaoban.web.organizations.tree import Gone, TreeNode, count_hits, gone, show_tree, signs, walk


@dataclass(frozen=True, slots=True)
class TreePage:
    """The page of the tree."""

    day: str
    compared: str
    root: TreeNode | None
    gone: tuple[Gone, ...]
    said: str
    base_url: str
    actions: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One sentence of a unit's history."""

    day: str
    iso: str
    sentence: str
    decision: str
    who: str


@dataclass(frozen=True, slots=True)
class Holder:
    """A person in an office."""

    office: str
    name: str
    url: str
    since: str


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
    officers: tuple[Holder, ...]
    children: tuple[ChildLine, ...]
    history: tuple[StoryLine, ...]
    actions: tuple[Link, ...]
    counted: bool


def _day(desk: Desk) -> date:
    return min(desk.period.window.last_day, desk.act.today)


@screen("organizations", right="organizations_view")
def tree(desk: Desk) -> HttpResponse:
    """Show the tree below the chosen unit on a day; search keeps the way to the root."""
    form = TreeForm(desk.request.GET)
    form.is_valid()
    data = form.cleaned_data
    day: date = data.get("tai_ngay") or _day(desk)
    other: date | None = data.get("so_voi")
    text = data.get("tim") or ""
    now = outline(desk.unit, day=day)
    before = outline(desk.unit, day=other) if other else None
    counts = members_by_unit([node.card.code for node, _ in walk(now)], day) if now and desk.may("figures_view") else {}

    def url(code: str) -> str:
        return desk.url("organizations:unit", code)

    root = None
    if now:
        root = show_tree(now, text=text, marked=signs(now, before), counts=counts, url=url)
    hits = count_hits(root)
    said = f"Cây tổ chức ngày {format_date(day)}"
    if text:
        said = f"Tìm thấy {format_number(hits)} tổ chức" if root else "Không tìm thấy tổ chức nào"
    page = TreePage(
        day=format_date(day),
        compared=format_date(other) if other else "",
        root=root,
        gone=gone(now, before, url),
        said=said,
        base_url=reverse("organizations:tree"),
        actions=tuple(
            Link(name, desk.url(f"organizations:{view}"))
            for name, view in (
                ("Rà soát cấp ủy", "committees"),
                ("Cụm, khối", "groups"),
                ("Theo dõi cơ sở", "visits"),
            )
        ),
    )
    shown = TreeForm(initial={"tim": text, "tai_ngay": day, "so_voi": other}) if form.is_valid() else form
    return desk.render("organizations/tree.html", {"page": page, "form": shown, "text": text}, part="tree")


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
    if "members_record" in rights:
        actions.append(Link("Ghi kết nạp", desk.url("members:admit", unit=code)))
    return tuple(actions)


@screen("organizations", right="organizations_view")
def unit(desk: Desk, code: str) -> HttpResponse:
    """Show one unit: who leads it, its figures, what stands below it, what happened to it."""
    act, day = desk.act, _day(desk)
    found = find_unit(act.user, code, today=act.today)
    card = unit_cards([found.pk], day=day)[found.pk]
    rights = rights_at(act.user, found, today=act.today, window=desk.period.window)
    below = outline(found, day=day, levels=1)
    counted = below is not None and "figures_view" in rights
    counts = members_by_unit([child.card.code for child in below.children], day) if below and counted else {}
    opens = "members_view" in rights
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
        officers=tuple(
            Holder(
                one.office,
                one.full_name,
                desk.url("members:member", one.member_uid) if opens else "",
                format_date(one.since),
            )
            for one in officers(found, day=day)
        ),
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
                f"{story.recorded_by} ghi ngày {story.recorded_at:%d/%m/%Y}",
            )
            for story in unit_history(found, today=act.today)
        ),
        actions=_unit_actions(desk, found, rights),
        counted=counted,
    )
    return desk.render("organizations/unit.html", {"page": page})
