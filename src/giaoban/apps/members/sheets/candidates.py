"""The kind of sheet «candidates»: people on the way to admission and their steps; in, and out again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from giaoban.apps.audit.act import HANOI, Act
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.members.models import Candidate, CandidateEntry, CandidateEvent, Member
from giaoban.apps.members.operations import (
    CandidateDraft,
    CandidateEntryDraft,
    Numbers,
    add_candidates,
    record_candidate_entries,
)
from giaoban.apps.members.sheets._candidate_judging import CandidatePlan, judge
from giaoban.apps.members.sheets._candidate_known import CandidatesKnown, look
from giaoban.apps.members.sheets.candidate_columns import CANDIDATE_COLUMNS, CANDIDATE_GUIDE, STEPS
from giaoban.apps.members.trait_values import SEX
from giaoban.apps.organizations.models import Ancestry, Unit, on_day
from giaoban.apps.organizations.operations import Decision
from giaoban.apps.organizations.permissions import may, require
from giaoban.apps.organizations.sheets.units import import_trail
from giaoban.apps.sheets.columns import Column
from giaoban.apps.sheets.filled import SheetFormat, write_sheet
from giaoban.apps.sheets.importing import ImportNote, Judgement, refusing
from giaoban.apps.sheets.listing import Cell
from giaoban.apps.sheets.reading import Progress, SheetRow
from giaoban.core.dates_vi import PartialDate, Precision, format_date

_CHUNK = 1_000


class CandidateSheet:
    """Rows are steps of candidates; see ``SheetKind`` for the parts of an import."""

    key = "candidates"
    label = "Phát triển đảng viên"
    columns: tuple[Column, ...] = CANDIDATE_COLUMNS
    guide: tuple[str, ...] = CANDIDATE_GUIDE

    def look(self, act: Act, rows: Sequence[SheetRow]) -> CandidatesKnown:
        """Return what the register knows of the people that the rows name."""
        return look(act, rows)

    def judge(self, act: Act, rows: Sequence[SheetRow], state: CandidatesKnown) -> Judgement[CandidatePlan]:
        """Return what is new and every fault."""
        return judge(act, rows, state)

    def record(self, act: Act, plan: CandidatePlan, note: ImportNote, progress: Progress | None) -> None:
        """This function will enter the people and their steps, and leave the import's audit row."""
        units = Unit.objects.in_bulk({one.unit for one in plan})
        done, total = 0, sum(len(one.steps) for one in plan)
        for start in range(0, len(plan), _CHUNK):
            if progress is not None:
                progress("Ghi vào sổ", done, total)
            part = plan[start : start + _CHUNK]
            fresh = [one for one in part if one.known is None]
            with refusing([one.first.number for one in fresh]):
                made = add_candidates(
                    act=act,
                    drafts=[
                        CandidateDraft(one.first["full_name"], one.first["birth"], units[one.unit], one.sex)
                        for one in fresh
                    ],
                )
            people: dict[int, Candidate] = dict(zip(map(id, fresh), made, strict=True))
            known = Candidate.objects.select_related("unit").in_bulk([one.known for one in part if one.known])
            people |= {id(one): known[one.known] for one in part if one.known is not None}
            steps = [(step, people[id(one)]) for one in part for step in one.steps]
            sponsors = Member.objects.in_bulk({step.fact.sponsor for step, _ in steps if step.fact.sponsor})
            drafts = [
                CandidateEntryDraft(
                    person,
                    step.fact.kind,
                    step.fact.day,
                    Decision(step.fact.number, step.fact.decided, step.fact.issuer),
                    sponsors[step.fact.sponsor] if step.fact.sponsor is not None else None,
                    step.fact.sponsor_body,
                    step.fact.votes_for,
                    step.fact.votes_of,
                    Numbers(step.row["file_number"], step.row["identity_number"]),
                    step.row["ref"],
                )
                for step, person in steps
            ]
            if drafts:
                with refusing([step.row.number for step, _ in steps]):
                    record_candidate_entries(act=act, drafts=drafts)
            done += len(drafts)
        write_trail(act, [import_trail(note)])
        if progress is not None:
            progress("Ghi vào sổ", total, total)


CANDIDATES = CandidateSheet()


@transaction.atomic
def export_candidates(*, act: Act, unit: Unit, file_format: SheetFormat = SheetFormat.XLSX) -> bytes:
    """Return the candidates of the cells at or under a unit today with their steps, as a filled template.

    Imported again it changes nothing. It says who took it, when and of which unit, and so does the audit (D16); numbers
    of sponsors stand in it only for who may open personal files.

    Raises:
        NotAllowed, NotFound: no right ``members_record`` at the unit.
    """
    require(act, "members_record", [unit])
    numbers = act.at_console or may(act.user, "members_file", unit, today=act.today)
    rows = list(_rows(act, unit, numbers=numbers))
    told = (
        f"{unit.code}: {len(rows)} dòng, {act.user.full_name} lấy lúc "
        f"{act.now.astimezone(HANOI):%H:%M} ngày {format_date(act.today)}.",
    )
    content = write_sheet(CANDIDATES, file_format, rows=rows, told=told)
    detail: dict[str, Any] = {"rows": len(rows), "numbers": numbers, "sha256": hashlib.sha256(content).hexdigest()}
    write_trail(act, [Happening("members.candidates_exported", "unit", str(unit.uid), unit.code, detail)])
    return content


def _rows(act: Act, unit: Unit, *, numbers: bool) -> Iterator[tuple[Cell, ...]]:
    below = Ancestry.objects.filter(on_day(act.today), ancestor=unit).values("descendant")
    people = Candidate.objects.filter(unit__in=below)
    if not act.at_console:
        people = people.visible_to(act.user, today=act.today)
    entries: dict[int, list[CandidateEntry]] = {}
    for entry in CandidateEntry.objects.live().filter(candidate__in=people.values("pk")).select_related("sponsor"):
        entries.setdefault(entry.candidate_id, []).append(entry)
    order = {kind: place for place, kind in enumerate(STEPS)}
    for one in people.select_related("unit").order_by("unit__code", "sort_key", "pk"):
        who = (
            one.full_name,
            str(PartialDate(one.birth_date, Precision(one.birth_precision))),
            SEX.get(one.sex, ""),
            one.unit.code,
        )
        steps = sorted(entries.get(one.pk, ()), key=lambda entry: (entry.effective_date, order[entry.kind], entry.pk))
        for entry in steps:
            yield (*who, *_cells(entry, numbers=numbers))
        if not steps:
            yield (*who, *[None] * (len(CANDIDATE_COLUMNS) - len(who)))


def _cells(entry: CandidateEntry, *, numbers: bool) -> tuple[Cell, ...]:
    day: date = entry.effective_date
    sponsor = entry.sponsor
    return (
        STEPS[CandidateEvent(entry.kind)],
        day,
        entry.decision_number,
        entry.decision_issuer,
        (sponsor.card_number or sponsor.file_number) if sponsor is not None and numbers else None,
        sponsor.full_name if sponsor is not None else None,
        entry.sponsor_body,
        entry.votes_for,
        entry.votes_of,
        None,
        None,
        entry.ref,
    )
