"""The tree on any day, searched, and compared with another day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.urls import reverse

from giaoban.apps.organizations.queries.codes import units_coded
from giaoban.apps.organizations.queries.outline import outline, tree_begins
from giaoban.apps.organizations.queries.telling import acts_between
from giaoban.core.dates_vi import format_date
from giaoban.core.numbers_vi import format_number
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import Link
from giaoban.web.numbers import members_by_unit
from giaoban.web.organizations.forms import TreeForm
from giaoban.web.organizations.tree import TreeNode, count_hits, show_tree, walk
from giaoban.web.organizations.tree_compared import Compared, compare

_MOST_ACTS = 200


@dataclass(frozen=True, slots=True)
class ActLine:
    """What was done on a day."""

    day: str
    iso: str
    sentence: str
    url: str


@dataclass(frozen=True, slots=True)
class Slider:
    """The months through which the date can be pushed, as 2021-01; only for those with scripts."""

    first: str
    last: str


@dataclass(frozen=True, slots=True)
class TreePage:
    """The page of the tree."""

    day: str
    compared: str
    root: TreeNode | None
    changes: Compared | None
    no_other: str
    acts: tuple[ActLine, ...]
    acts_title: str
    said: str
    base_url: str
    whole_url: str
    slider: Slider
    actions: tuple[Link, ...]


@screen("organizations", right="organizations_view")
def tree(desk: Desk) -> HttpResponse:
    """Show the tree below the chosen unit on a day; search keeps the way to the root."""
    form = TreeForm(desk.request.GET)
    form.is_valid()
    data = form.cleaned_data
    today = desk.act.today
    day: date = data.get("tai_ngay") or min(desk.period.window.last_day, today)
    other: date | None = data.get("so_voi")
    text, whole = data.get("tim") or "", bool(data.get("mo"))
    now = outline(desk.unit, day=day)
    before = outline(desk.unit, day=other) if other else None
    counts = members_by_unit([node.card.code for node, _ in walk(now)], day) if now and desk.may("figures_view") else {}

    def url(code: str) -> str:
        return desk.url("organizations:unit", code)

    def act_url(event: object) -> str:
        return desk.url("organizations:act", event)

    changes = (
        compare(now, before, day=day, other=other, unit_url=url, act_url=act_url) if now and before and other else None
    )
    root = None
    if now:
        coded = units_coded(text) if text else frozenset()
        marked = changes.signs if changes else {}
        root = show_tree(now, text=text, marked=marked, counts=counts, url=url, coded=coded, whole=whole)
    begins = min(tree_begins(desk.unit) or day, day)
    query = {"tim": text, "tai_ngay": format_date(day), "so_voi": format_date(other) if other else "", "mo": "het"}
    page = TreePage(
        day=format_date(day),
        compared=format_date(other) if other else "",
        root=root,
        changes=changes,
        no_other=f"Ngày {format_date(other)} chưa có gì trong sổ để so." if other and not before else "",
        acts=_acts(desk, day, other),
        acts_title=_between(day, other),
        said=_said(root, text, day),
        base_url=reverse("organizations:tree"),
        whole_url="" if whole or text else desk.url("organizations:tree", query=query),
        slider=Slider(f"{begins:%Y-%m}", f"{max(today, day):%Y-%m}"),
        actions=_actions(desk),
    )
    shown = TreeForm(initial={"tim": text, "tai_ngay": day, "so_voi": other}) if form.is_valid() else form
    return desk.render("organizations/tree.html", {"page": page, "form": shown, "text": text}, part="tree")


def _actions(desk: Desk) -> tuple[Link, ...]:
    """What there is to do with the tree, and the registers beside it."""
    found = [
        Link("Rà soát cấp ủy", desk.url("organizations:committees")),
        Link("Cụm, khối", desk.url("organizations:groups")),
        Link("Theo dõi cơ sở", desk.url("organizations:visits")),
        Link("Quy tắc", desk.url("organizations:rules")),
    ]
    if desk.may("organizations_manage"):
        found.insert(0, Link("Ghi việc của tổ chức", desk.url("organizations:acts", desk.unit.code)))
    return tuple(found)


def _said(root: TreeNode | None, text: str, day: date) -> str:
    if not text:
        return f"Cây tổ chức ngày {format_date(day)}"
    return f"Tìm thấy {format_number(count_hits(root))} tổ chức" if root else "Không tìm thấy tổ chức nào"


def _between(day: date, other: date | None) -> str:
    if other is None:
        return ""
    first, last = sorted((day, other))
    return f"Sau ngày {format_date(first)} đến ngày {format_date(last)}"


def _acts(desk: Desk, day: date, other: date | None) -> tuple[ActLine, ...]:
    if other is None:
        return ()
    first, last = sorted((day, other))
    return tuple(
        ActLine(
            format_date(story.day), story.day.isoformat(), story.sentence, desk.url("organizations:act", story.event)
        )
        for story in acts_between(desk.unit, after=first, until=last)[:_MOST_ACTS]
    )
