"""A duty of DUK with something done and something not, and the pages of the board."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tests.apps.obligations.standing_office import make_duty

from giaoban.apps.obligations.models import StandingDuty
from giaoban.apps.obligations.operations import HandInDraft, record_hand_in

if TYPE_CHECKING:
    from tests.world import World

CELL = "&viec=report:I/2023&hang=DUK.01"


def example_duty(world: World) -> StandingDuty:
    """Return a duty of all cells, for which one paper came; the same one each time."""
    known = StandingDuty.objects.filter(code="report:I/2023").first()
    if known is not None:
        return known
    made = make_duty(world, "report:I/2023", title="Báo cáo tháng", short="Báo cáo", evidence="handed-in", due_days=-5)
    draft = HandInDraft(world.units["DUK.01.01"], date(2023, 3, 1), date(2023, 3, 25), "05-BC/CB")
    record_hand_in(act=world.act("clerk"), duty=made, draft=draft)
    return made


def board_pages(world: World) -> dict[str, tuple[str, list[object]]]:
    """Return the pages by a name, with the name and arguments of their address."""
    return {
        "board": ("board:page", []),
        "board cell": ("board:cell", []),
        "reminders": ("board:reminders", []),
        "contacts": ("board:contacts", []),
        "contact": ("board:contact", ["DUK.01.01"]),
        "standing duties": ("board:duties", []),
        "set a duty": ("board:set_duty", []),
        "regulations": ("board:regulations", []),
        "shipped duties": ("board:copy_duties", []),
        "papers handed in": ("board:hand_ins", [example_duty(world).uid]),
        "end a duty": ("board:end_duty", [example_duty(world).uid]),
    }
