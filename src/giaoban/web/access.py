"""How a person comes to a screen: signed in, with a unit they may see, a period, and their rights there.

Outside the scope is 404, inside without the right 403 (design.md, law 7); nothing can be loaded without passing here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, wraps
from typing import Any, cast
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.shortcuts import render
from django.urls import get_script_prefix, reverse

from giaoban.apps.accounts.permissions import rights_table
from giaoban.apps.audit.act import HANOI, Act
from giaoban.apps.meetings.queries.recent import meets_within
from giaoban.apps.members.queries.last_day import last_recorded_quarter
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.queries.chosen import Scope, UnitCard, find_unit, rights_at, scopes_of, unit_cards
from giaoban.core.errors import GiaobanError, InvalidInput, NotAllowed, NotFound
from giaoban.core.period import Period
from giaoban.core.text_vi import quoted
from giaoban.web.components.pieces import Link
from giaoban.web.daily import begin_day
from giaoban.web.forms import sentence
from giaoban.web.frame import Frame, month_links, period_rows, unit_links
from giaoban.web.http import OfficeRequest, act_of, page_or_part, posted
from giaoban.web.resuming import to_door

# Area, its word in the rail, its first screen, the right without which it is not shown.
AREAS = (
    ("home", "Kỳ báo cáo", "home:period", "figures_view"),
    ("board", "Bảng giao ban", "board:page", "meetings_view"),
    ("obligations", "Đến hạn", "obligations:list", "members_view"),
    ("organizations", "Tổ chức", "organizations:tree", "organizations_view"),
    ("members", "Đảng viên", "members:list", "members_view"),
    ("meetings", "Sinh hoạt", "meetings:schedule", "meetings_view"),
    ("papers", "Giấy tờ", "papers:home", "members_record"),
    ("directives", "Chỉ tiêu", "directives:targets", "figures_view"),
    ("cycles", "Báo cáo đơn vị", "cycles:list", "figures_view"),
    ("reporting", "Báo cáo", "reporting:overview", "reports_write"),
    ("checking", "Soát văn bản", "checking:check", "organizations_view"),
    ("accounts", "Người dùng", "accounts:people", "accounts_manage"),
)


@lru_cache(maxsize=8192)
def _path(prefix: str, name: str, args: tuple[object, ...]) -> str:
    """Return the address of a screen; kept, for a page links to a hundred of them, and the next to the same."""
    return reverse(name, args=args)


@lru_cache(maxsize=8192)
def _place(code: str, period: Period) -> str:
    """Return the words of an address for a unit and a period; kept like the path."""
    return urlencode({"don-vi": code, "ky": str(period)})


@dataclass(frozen=True, slots=True)
class Desk:
    """One person at one screen: who acts, on which unit and period, with which rights there."""

    request: OfficeRequest
    act: Act
    area: str
    unit: Unit
    card: UnitCard
    period: Period
    scopes: tuple[Scope, ...]
    rights: frozenset[str]

    @property
    def posted(self) -> QueryDict | None:
        """What a form sent; None where no form was sent."""
        return posted(self.request)

    def may(self, right: str) -> bool:
        """Tell whether the person holds a right on the chosen unit; for showing or hiding, operations ask again."""
        return right in self.rights

    def require(self, right: str) -> None:
        """Go on only with a right on the chosen unit.

        Raises:
            NotAllowed: the person sees the unit but lacks the right there.
        """
        if right not in self.rights:
            raise NotAllowed(
                f"Đồng chí chưa được giao quyền «{rights_table().rights[right]}» tại {self.card.name}",
                hint="Đề nghị văn phòng cấp ủy cấp trên phân quyền",
            )

    def url(
        self,
        name: str,
        *args: Any,
        unit: str = "",
        period: Period | None = None,
        query: Mapping[str, str] | None = None,
    ) -> str:
        """Return an address that keeps the chosen unit and period."""
        place = _place(unit or self.card.code, period or self.period)
        more = urlencode({key: value for key, value in query.items() if value}) if query else ""
        return f"{_path(get_script_prefix(), name, args)}?{place}{'&' if more else ''}{more}"

    def here(self, *, unit: str = "", period: Period | None = None) -> str:
        """Return this screen's address for another unit or period; a page about one thing goes to its area."""
        match = self.request.resolver_match
        fixed = match is None or match.kwargs or match.args or self.request.method != "GET"
        home = next((first for area, _, first, _ in AREAS if area == self.area), "home:period")
        # Who reads figures along the tree of today goes on doing so in the next period and unit.
        kept = {"cay": self.request.GET.get("cay", "")} if self.area == "home" else None
        return self.url(home if fixed or match is None else match.view_name, unit=unit, period=period, query=kept)

    def frame(self) -> Frame:
        """Return what the base template shows."""
        return Frame(
            unit=self.card,
            period=self.period,
            units=unit_links(self.scopes, self.card, lambda code: self.here(unit=code)),
            all_units_url=self.url("organizations:tree", unit=self.scopes[0].unit.code),
            periods=period_rows(self.period, self.act.today, lambda period: self.here(period=period)),
            months=month_links(self.period, lambda period: self.here(period=period)),
            areas=tuple(
                Link(name, self.url(first), area == self.area) for area, name, first, right in AREAS if self.may(right)
            ),
            person_name=self.act.user.full_name,
            person_roles=tuple(f"{scope.role_label}, {scope.unit.name}" for scope in self.scopes),
            search_url=reverse("search"),
            searched=self.request.GET.get("tim", "") if self.area == "search" else "",
            printed_at=f"{self.act.now.astimezone(HANOI):%H:%M ngày %d/%m/%Y}",
        )

    def render(
        self, template: str, context: dict[str, Any] | None = None, *, part: str = "", status: int = 200
    ) -> HttpResponse:
        """Render a page in the frame, or the named partial where htmx asks for it."""
        return page_or_part(
            self.request, template, {"frame": self.frame(), **(context or {})}, part=part, status=status
        )


def latest_period(unit: Unit, today: date) -> Period:
    """Return the quarter in which a unit is at work: this one if it meets in it, else the last in which something was
    recorded of its members (a small cell may go half a year without).
    """
    quarter = Period.quarter_of(today)
    if meets_within(unit, quarter.window):
        return quarter
    return last_recorded_quarter(unit, today=today) or quarter


def _chosen_period(request: HttpRequest, act: Act, unit: Unit) -> Period:
    text = request.GET.get("ky") or ""
    if text:
        try:
            return Period.parse(text)
        except InvalidInput:
            raise NotFound(f"Không có kỳ {quoted(text)}") from None
    return latest_period(unit, act.today)


def open_desk(request: OfficeRequest, area: str) -> Desk:
    """Put a signed-in person at a screen.

    Raises:
        NotAllowed: no grant holds today; NotFound: unit or period is not there, or outside the scope.
    """
    act = act_of(request)
    scopes = scopes_of(act.user, today=act.today)
    if not scopes:
        raise NotAllowed(
            "Đồng chí chưa được giao quyền ở đơn vị nào", hint="Đề nghị văn phòng cấp ủy phân quyền rồi đăng nhập lại"
        )
    unit = find_unit(act.user, request.GET.get("don-vi") or scopes[0].unit.code, today=act.today)
    period = _chosen_period(request, act, unit)
    card = unit_cards([unit.pk], day=min(period.window.last_day, act.today))[unit.pk]
    rights = rights_at(act.user, unit, today=act.today, window=period.window)
    return Desk(request, act, area, unit, card, period, scopes, rights)


View = Callable[..., HttpResponse]


def screen(area: str, *, right: str = "", methods: tuple[str, ...] = ("GET",)) -> Callable[[View], View]:
    """Make a view of a function that takes a ``Desk``; ``right`` must be held on the chosen unit."""

    def wrap(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in (*methods, "HEAD"):
                return HttpResponseNotAllowed(methods)
            if not request.user.is_authenticated:
                return to_door(request)
            try:
                desk = open_desk(cast("OfficeRequest", request), area)
                begin_day(desk.request, desk.act)
                if right:
                    desk.require(right)
                return view(desk, *args, **kwargs)
            except NotFound as error:
                raise Http404(error.message) from None
            except NotAllowed as error:
                return render(request, "403.html", {"reason": f"{error.message}. {error.hint}".strip()}, status=403)
            except GiaobanError as error:
                # Nothing that a form could mend: a key that is missing, a program that is not installed.
                return render(request, "trouble.html", {"reason": sentence(error)}, status=409)

        return inner

    return wrap
