"""Acts on the tree: choosing one, and the three pages on which it is recorded: what, what follows, preview."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict

from giaoban.apps.members.queries.act_people import people_to_place
from giaoban.apps.organizations.kinds import kinds
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.operations import ActDraft, ActKind, record_unit_act
from giaoban.apps.organizations.permissions import require
from giaoban.apps.organizations.queries.act_choices import questions
from giaoban.apps.reporting.queries.act_preview import preview_act
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import Conflict, GiaobanError, NotFound
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import Link
from giaoban.web.forms import attempt, sentence
from giaoban.web.organizations.act_fields import ActForm, ActPlace
from giaoban.web.organizations.act_forms import FORMS
from giaoban.web.organizations.act_place import act_goals, act_place
from giaoban.web.organizations.act_questions import QuestionForm
from giaoban.web.organizations.act_views import PreviewView, preview_view

BOTH = ("GET", "POST")
_ANSWERS = ("all_", "child_", "cell_", "member_", "group_", "grant_", "by_list", "answered")
_CONTROLS = ("csrfmiddlewaretoken", "step", "seen")
# What each kind of act is for, in the words of decisions.
_ABOUT = {
    ActKind.ESTABLISH: "Lập một tổ chức mới trực thuộc đơn vị này",
    ActKind.RECEIVE: "Nhận tổ chức từ ngoài hệ thống về trực thuộc đơn vị này",
    ActKind.RENAME: "Đổi tên, giữ nguyên mọi thứ khác",
    ActKind.CHANGE_KIND: "Chi bộ thành đảng bộ, hoặc ngược lại",
    ActKind.MOVE: "Chuyển về cấp trên khác, cùng mọi tổ chức trực thuộc",
    ActKind.SPLIT: "Tách một phần ra, hoặc chia hết thành các đơn vị mới",
    ActKind.MERGE: "Đơn vị này kết thúc, một đơn vị khác tiếp tục",
    ActKind.CONSOLIDATE: "Nhiều đơn vị kết thúc, một đơn vị mới thành lập",
    ActKind.HAND_OVER: "Giao cho tổ chức đảng ngoài hệ thống, cùng đảng viên",
    ActKind.DISSOLVE: "Kết thúc, không có đơn vị kế thừa",
}


@dataclass(frozen=True, slots=True)
class ActChoice:
    """One kind of act with its address."""

    link: Link
    about: str


@dataclass(frozen=True, slots=True)
class StepPage:
    """One of the three pages of an act; ``hidden`` are the answers given on the other pages."""

    title: str
    about: str
    back_url: str
    hidden: tuple[tuple[str, str], ...]
    problem: str = ""
    note: str = ""


@screen("organizations", right="organizations_view")
def menu(desk: Desk, code: str) -> HttpResponse:
    """Offer what can be done to a unit as it is today."""
    place = act_place(desk, code)
    choices = tuple(
        ActChoice(Link(kind.label, desk.url("organizations:record_act", code, kind.value)), _ABOUT[kind])
        for kind in _possible(place)
    )
    page = {"title": place.name, "back_url": desk.url("organizations:unit", code), "choices": choices}
    return desk.render("organizations/act_menu.html", {"page": page})


def _possible(place: ActPlace) -> list[ActKind]:
    """Return the kinds of acts that make sense for a unit; the top of a tree is not moved, merged or ended."""
    found = [kind for kind in _ABOUT if place.instead or kind in (ActKind.ESTABLISH, ActKind.RECEIVE, ActKind.RENAME)]
    if not place.below:
        found = [kind for kind in found if kind not in (ActKind.ESTABLISH, ActKind.RECEIVE)]
    if len(place.instead) < 2:
        found = [kind for kind in found if kind is not ActKind.CHANGE_KIND]
    if not place.kind or kinds()[place.kind].code == "group":
        found = [kind for kind in found if kind not in (ActKind.SPLIT, ActKind.CONSOLIDATE)]
    return found


@screen("organizations", right="organizations_view", methods=BOTH)
def record(desk: Desk, code: str, kind: str) -> HttpResponse:
    """Record an act in three steps; nothing is kept between them but what the pages carry."""
    place = act_place(desk, code)
    wanted = next((one for one in _possible(place) if one.value == kind), None)
    if wanted is None:
        raise NotFound("Không có việc này với đơn vị này")
    return _Recording(desk, place, wanted).answer()


class _Recording:
    """One request on the way to an act."""

    def __init__(self, desk: Desk, place: ActPlace, kind: ActKind) -> None:
        self.desk = desk
        self.place = place
        self.kind = kind
        self.posted = desk.posted
        self.form: ActForm = FORMS[kind](desk.posted, place=place)
        self.answers: QuestionForm | None = None
        self.unasked = 0

    def answer(self) -> HttpResponse:
        """Show the page that is next, or record."""
        step = self.posted.get("step", "") if self.posted is not None else ""
        if not step or not self.form.is_valid() or step == "edit":
            return self._first()
        draft = self.form.draft()
        attempt(self.form, lambda: self._ask(draft))
        if self.form.errors:
            return self._first()
        if self.answers is not None:
            if not self.answers.is_bound or step == "ask" or not self.answers.is_valid():
                return self._second()
            draft = self.answers.answered(draft)
        return self._record(draft) if step == "record" else self._third(draft)

    def _ask(self, draft: ActDraft) -> None:
        """Find what the first page leaves open; no form where nothing is."""
        act = self.desk.act
        named = Unit.objects.filter(code__in={*draft.units, draft.goal, draft.parent} - {""})
        require(act, "organizations_manage", named)
        asked = questions(act, draft)
        self.unasked = asked.unasked_grants
        if not asked.any:
            return
        people = people_to_place(act.user, [one.unit.code for one in asked.cells], day=draft.day, today=act.today)
        bound = self.posted if self.posted is not None and "answered" in self.posted else None
        goals = act_goals(self.desk, draft, asked)
        form = QuestionForm(bound, questions=asked, people=people, goals=goals)
        if form.fields:
            self.answers = form

    def _first(self) -> HttpResponse:
        self.form.point_at_first_error()
        page = self._page(keep=_ANSWERS)
        context = {"page": page, "form": self.form}
        return self._render("organizations/act_form.html", context, refused=bool(self.form.errors))

    def _second(self) -> HttpResponse:
        assert self.answers is not None
        refused = self.answers.is_bound and bool(self.answers.errors)
        note = ""
        if self.unasked:
            note = (
                f"Có {self.unasked} phân quyền tại các đơn vị này mà đồng chí không được giao quản lý; các phân quyền "
                "đó giữ nguyên, người quản lý tài khoản quyết định sau."
            )
        page = replace(self._page(drop=_ANSWERS), note=note)
        return self._render("organizations/act_ask.html", {"page": page, "form": self.answers}, refused=refused)

    def _third(self, draft: ActDraft, problem: str = "") -> HttpResponse:
        shown = attempt(self.answers or self.form, lambda: preview_act(act=self.desk.act, draft=draft))
        if shown is None:
            return self._again()
        view: PreviewView = preview_view(self.desk, shown)
        page = replace(self._page(), problem=problem)
        context = {"page": page, "preview": view, "asked": self.answers is not None}
        return self._render("organizations/act_preview.html", context, refused=bool(problem))

    def _record(self, draft: ActDraft) -> HttpResponse:
        assert self.posted is not None
        seen = self.posted.get("seen", "") or "-"
        refused: list[GiaobanError] = []
        done = attempt(refused.append, lambda: record_unit_act(act=self.desk.act, draft=draft, seen=seen))
        if done is None:
            if isinstance(refused[0], Conflict):
                return self._third(draft, sentence(refused[0]))
            (self.answers or self.form).refuse(refused[0])
            return self._again()
        words = f"Đã ghi {self.kind.label.lower()} ngày {format_date(draft.day)}."
        messages.info(self.desk.request, words)
        return HttpResponseRedirect(self.desk.url("organizations:act", done.event))

    def _again(self) -> HttpResponse:
        return self._first() if self.answers is None else self._second()

    def _page(self, *, keep: tuple[str, ...] = (), drop: tuple[str, ...] = ()) -> StepPage:
        return StepPage(
            self.kind.label,
            self.place.name,
            self.desk.url("organizations:acts", self.place.code),
            tuple(_carried(self.posted, keep, drop)) if self.posted is not None else (),
        )

    def _render(self, template: str, context: dict[str, object], *, refused: bool) -> HttpResponse:
        return self.desk.render(template, context, status=422 if refused else 200)


def _carried(posted: QueryDict, keep: tuple[str, ...], drop: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return what was typed on other pages; with ``keep`` only fields that begin so, else all but those in ``drop``."""
    found = []
    for name in posted:
        if name in _CONTROLS or (keep and not name.startswith(keep)) or (drop and name.startswith(drop)):
            continue
        found += [(name, str(value)) for value in posted.getlist(name)]
    return found
