"""One search for people and units of the whole scope."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse

from giaoban.apps.members.queries.lists import MemberFilter, list_members
from giaoban.apps.organizations.queries.chosen import find_unit
from giaoban.apps.organizations.queries.outline import search_units
from giaoban.core.numbers_vi import format_number
from giaoban.web.access import Desk, screen

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found."""

    name: str
    url: str
    about: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What was found."""

    text: str
    units: tuple[Hit, ...]
    members: tuple[Hit, ...]
    members_words: str
    members_url: str


@screen("search")
def search(desk: Desk) -> HttpResponse:
    """Look for units and members in everything that the person may see, not only in the chosen unit."""
    text = desk.request.GET.get("tim", "").strip()[:100]
    act = desk.act
    units = search_units(act.user, text, day=act.today, today=act.today, limit=_SHOWN) if text else ()
    top = find_unit(act.user, desk.scopes[0].unit.code, today=act.today)
    found = list_members(act.user, top, MemberFilter(text), today=act.today, size=_SHOWN) if text else None
    lines = found.lines if found else ()
    total = found.total if found else 0
    page = SearchPage(
        text=text,
        units=tuple(Hit(one.name, desk.url("organizations:unit", one.code), one.kind_label) for one in units),
        members=tuple(
            Hit(line.full_name, desk.url("members:member", line.uid), f"sinh {line.birth_year}, {line.unit.place}")
            for line in lines
        ),
        members_words=f"{format_number(len(lines))} trong {format_number(total)}" if total > len(lines) else "",
        members_url=desk.url("members:list", unit=top.code, query={"tim": text}),
    )
    return desk.render("home/search.html", {"page": page})
