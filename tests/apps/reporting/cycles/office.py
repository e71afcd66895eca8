"""A quarterly form in the small world: what an office of upper level asks, and short ways to walk through it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from tests.world import START

from giaoban.apps.audit.act import HANOI, Act
from giaoban.apps.organizations.operations import GrantTerms, give_grant
from giaoban.apps.reporting.models import Cycle, ReportForm, Submission
from giaoban.apps.reporting.operations.cycles import FormDraft, open_cycle, save_field, set_form, submit
from giaoban.core.period import Period

if TYPE_CHECKING:
    from tests.world import World

QUARTER = Period.parse("2023-Q1")
BODY: dict[str, Any] = {
    "sections": [
        {
            "key": "members",
            "title": "I. Đảng viên",
            "fields": [
                {"key": "total", "kind": "measure", "label": "Tổng số đảng viên", "measure": "members.total"},
                {"key": "admitted", "kind": "measure", "label": "Kết nạp", "measure": "members.admitted"},
            ],
        },
        {
            "key": "mass",
            "title": "II. Dân vận, đoàn thể",
            "fields": [
                {"key": "gifts", "kind": "value", "label": "Suất quà", "measure": "welfare.gifts"},
                {
                    "key": "congresses",
                    "kind": "value",
                    "label": "Đại hội đoàn thể",
                    "measure": "associations.congresses",
                    "of_total": True,
                },
                {
                    "key": "people",
                    "kind": "value",
                    "label": "Người được giúp",
                    "measure": "welfare.people",
                    "required": True,
                },
            ],
        },
        {
            "key": "words",
            "title": "III. Đánh giá",
            "fields": [
                {"key": "strengths", "kind": "text", "label": "Ưu điểm", "guidance": "Nêu việc làm được, có số liệu"},
                {"key": "plan", "kind": "file", "label": "Kế hoạch kỳ tới"},
            ],
        },
    ],
    "rules": [
        {
            "key": "congresses-total",
            "check": "congresses <= congresses/total",
            "instruction": "Xem lại số đại hội đã tổ chức và tổng số phải tổ chức",
        },
        {
            "key": "gifts-people",
            "check": "people >= gifts",
            "importance": "warning",
            "instruction": "Một người thường nhận không quá một suất",
        },
    ],
}


def at(text: str) -> datetime:
    """A moment in Ha Noi: «2023-04-10 17:00»."""
    return datetime.fromisoformat(text).replace(tzinfo=HANOI)


def act_of(world: World, who: str, moment: str = "2023-04-05 09:00") -> Act:
    """The act of a person at a moment."""
    return replace(world.act(who), now=at(moment))


def quarter_form(
    world: World, *, kinds: tuple[str, ...] = ("cell", "grassroots_committee", "grassroots_cell")
) -> ReportForm:
    """The form, due on 10/04, locked on 15/04."""
    draft = FormDraft("quarter", "Báo cáo quý", "quarter", kinds, BODY, open_days=20, due_days=10, lock_days=5)
    return set_form(act=world.act("clerk"), owner=world.units["DUK"], draft=draft, start=START)


def quarter_cycle(world: World, **wanted: Any) -> Cycle:
    """The cycle of the first quarter; DUK.01 gets a secretary of its own beside that of its cell."""
    unit = world.units["DUK.01"]
    terms = GrantTerms("unit_secretary", unit, START)
    give_grant(act=world.act("clerk"), user=world.users["stranger"], terms=terms)
    return open_cycle(act=world.act("clerk"), form=quarter_form(world, **wanted), period=QUARTER)


def of(cycle: Cycle, code: str) -> Submission:
    """A unit's submission as it stands now."""
    return Submission.objects.select_related("cycle__form", "cycle__owner", "unit", "receiver", "snapshot").get(
        cycle=cycle, unit__code=code
    )


def filled(world: World, cycle: Cycle, code: str, who: str = "clerk", **values: str) -> Submission:
    """A submission with some fields typed; ``people`` where nothing else is said."""
    row = of(cycle, code)
    for field, value in ({"people": "5"} | values).items():
        seen = row.draft.get(field, {}).get("version", 0)
        save_field(act=act_of(world, who), submission=row, field=field, value=value, seen=seen)
    return of(cycle, code)


def sent(
    world: World, cycle: Cycle, code: str, who: str = "clerk", moment: str = "2023-04-08 10:00", **values: str
) -> Submission:
    """A submission that is on its way."""
    row = filled(world, cycle, code, who, **values)
    submit(act=act_of(world, who, moment), submission=row)
    return of(cycle, code)


def day(text: str) -> date:
    """A day from ISO text."""
    return date.fromisoformat(text)
