"""Addresses of the reporting cycle with examples: the quarter of DUK, in which something stands in every state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.apps.reporting.cycles.office import QUARTER, act_of, filled, of, quarter_form, sent

from giaoban.apps.organizations.models import Unit
from giaoban.apps.reporting.models import Cycle, FormRhythm, Submission, SubmissionState
from giaoban.apps.reporting.operations.cycles import (
    Question,
    accept,
    add_file,
    ask_once,
    open_cycle,
    reopen,
    save_field,
)

if TYPE_CHECKING:
    from tests.world import World

Named = dict[str, tuple[str, list[object]]]
PLACE = "?don-vi=DUK&ky=2023-Q1"


def example_cycle(world: World) -> Cycle:
    """Return the cycle; the same one each time. DUK.01.01 is being filled, DUK.01.02 accepted, DUK.02 on its way."""
    found = Cycle.objects.filter(owner=world.units["DUK"]).exclude(form__rhythm=FormRhythm.ONCE).first()
    if found is not None:
        return found
    cycle = open_cycle(act=world.act("clerk"), form=quarter_form(world), period=QUARTER)
    filled(world, cycle, "DUK.01.01", gifts="3")
    row = of(cycle, "DUK.01.01")
    words = "Chi bộ giữ nền nếp sinh hoạt."
    save_field(act=act_of(world, "clerk"), submission=row, field="strengths", value=words, seen=0)
    add_file(act=act_of(world, "clerk"), submission=row, field="plan", name="ke-hoach.docx", content=b"ke hoach")
    done = sent(world, cycle, "DUK.01.02", gifts="4", congresses="1", **{"congresses/total": "2"})
    accept(act=act_of(world, "clerk", "2023-04-08 11:00"), submissions=[done])
    sent(world, cycle, "DUK.02", gifts="2")
    return cycle


def example_question(world: World) -> Cycle:
    """Return a question of DUK to its cells, not answered yet."""
    found = Cycle.objects.filter(form__rhythm=FormRhythm.ONCE).first()
    if found is not None:
        return found
    units = list(Unit.objects.filter(code__in=["DUK.01.01", "DUK.01.02", "DUK.02"]))
    act = act_of(world, "clerk", "2023-04-05 08:00")
    due = act_of(world, "clerk", "2023-04-05 20:00").now
    return ask_once(
        act=act, owner=world.units["DUK"], units=units, questions=[Question("Số hộ bị ngập", noun="hộ")], due_at=due
    )


def cycle_args(name: str, world: World) -> list[object] | None:
    """Return the arguments of an address of this area, None of others. Reports are of DUK.01.01 unless one is needed
    that went further.
    """
    space, _, view = name.partition(":")
    if space != "cycles" or view in ("list", "open", "ask", "forms", "set_form"):
        return None
    cycle = example_cycle(world)
    row = of(cycle, "DUK.01.01")
    if view in ("cycle", "accept", "export", "reminders", "cancel", "consolidate", "texts"):
        return [cycle.uid]
    if view == "answers":
        return [example_question(world).uid]
    if view == "file":
        return [row.files.get().uid]
    if view == "edition":
        return [of(cycle, "DUK.01.02").uid, 1]
    if view == "judge_several":
        return [cycle.uid, "gia-han"]
    return [row.uid, "gia-han"] if view == "judge" else [row.uid]


def cycle_pages(world: World) -> Named:
    """Return the pages by name."""
    names = ("list", "open", "ask", "forms", "set_form", "cycle", "reminders", "cancel", "consolidate", "texts")
    pages: Named = {
        f"cycles {view}": (f"cycles:{view}", cycle_args(f"cycles:{view}", world) or [])
        for view in (*names, "answers", "report", "fill", "edition")
    }
    row = of(example_cycle(world), "DUK.01.01").uid
    for step in ("gia-han", "cho-mien", "chap-nhan-thieu"):
        pages[f"cycles {step}"] = ("cycles:judge", [row, step])
    pages["cycles tra-lai"] = ("cycles:judge", [of(example_cycle(world), "DUK.02").uid, "tra-lai"])
    pages["cycles accepted"] = ("cycles:report", [of(example_cycle(world), "DUK.01.02").uid])
    return pages


def accepted_again(world: World) -> Submission:
    """Return the accepted report of DUK.01.02, opened for a new edition."""
    row = of(example_cycle(world), "DUK.01.02")
    assert row.state == SubmissionState.ACCEPTED
    return reopen(act=act_of(world, "clerk", "2023-04-09 09:00"), submission=row, reason="Sửa số quà")
