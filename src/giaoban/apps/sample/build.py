"""Builds the sample in the current database: trees, registers, people, years of entries, targets."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from giaoban.apps.audit.operations import seal
from giaoban.apps.sample.accounts import add_people, give_rights
from giaoban.apps.sample.asked import AskedWriter
from giaoban.apps.sample.candidates import CandidateWriter
from giaoban.apps.sample.committees import CommitteeWriter
from giaoban.apps.sample.conferences import ConferencesWriter
from giaoban.apps.sample.cycles import CyclesWriter, open_month_of_cells
from giaoban.apps.sample.facts import facts
from giaoban.apps.sample.frame import FrameWriter, Units
from giaoban.apps.sample.latest import LatestWriter
from giaoban.apps.sample.meetings import MeetingsWriter
from giaoban.apps.sample.month import MonthWriter
from giaoban.apps.sample.own_reports import OwnReportWriter
from giaoban.apps.sample.record import Recorder
from giaoban.apps.sample.registers import LifeWriter
from giaoban.apps.sample.roll import Chapter
from giaoban.apps.sample.story import tell_mau, tell_ward
from giaoban.apps.sample.values import ValuesWriter

Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Built:
    """What was built: members who were ever in the register, and entries about them."""

    members: int
    entries: int


def build_sample(now: datetime, progress: Progress | None = None) -> Built:
    """This function will build the whole sample in one transaction.

    The same facts give the same office each time, every entry with a moment of recording shortly after it happened;
    ``now`` dates accounts, grants and the few things that are going on these days.

    Args:
        progress: called with the share that is done, from 0 to 1.
    """
    # What is made lives until the end: looking for garbage among it would only cost time.
    looking = gc.isenabled()
    gc.disable()
    try:
        with transaction.atomic():
            return _build(now, progress)
    finally:
        if looking:
            gc.enable()


def _build(now: datetime, progress: Progress | None) -> Built:
    report = progress or (lambda _: None)
    known, units = facts(), Units()
    users = add_people(now)
    frame = FrameWriter(known, units, users["clerk"], users["outsider"])
    frame.write_mau()
    frame.write_ward()
    give_rights(users, units, now)
    report(0.08)
    told: list[tuple[Recorder, Chapter]] = []
    for code, clerk, tell in (("MAU", "clerk", tell_mau), ("PHUONG", "outsider", tell_ward)):
        table = known.table(code)
        recorder = Recorder(users[clerk], units, table["symbol"], table["issuer"])
        told += [(recorder, chapter) for chapter in tell(known)]
    report(0.12)
    total = sum(len(chapter) for _, chapter in told)
    done = 0
    for recorder, chapter in told:
        for number in recorder.record(chapter):
            done += number
            report(0.12 + 0.8 * done / total)
    frame.decide_on_committees()
    CommitteeWriter(known, units, users["clerk"], users["outsider"]).write()
    LifeWriter(known, units, "MAU", users["clerk"]).write()
    LifeWriter(known, units, "PHUONG", users["outsider"]).write()
    for code, clerk in (("MAU", "clerk"), ("PHUONG", "outsider")):
        CandidateWriter(known, units, code, users[clerk]).write()
    LatestWriter(known, units, users, now).write()
    MeetingsWriter(known, users["clerk"]).write()
    MonthWriter(known, units, users["outsider"], now).write()
    conferences = ConferencesWriter(known, units, users["clerk"]).write()
    AskedWriter(known, units, users["clerk"]).write(conferences)
    ValuesWriter(known, units["MAU"], users).write()
    frame.set_targets()
    frame.set_letterheads()
    CyclesWriter(known.table("cycles"), units["MAU"], users["clerk"]).write()
    open_month_of_cells(now, units["PHUONG"], users["outsider"])
    OwnReportWriter(known, units["MAU"], users, now).write()
    seal()
    report(1.0)
    return Built(sum(len(chapter.arrivals) for _, chapter in told), total)
