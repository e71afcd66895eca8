"""Lists of candidates, and one candidate's file: what was done, what comes next, what speaks against it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from giaoban.apps.accounts.models import User
from giaoban.apps.members.candidate_walk import CLASS_MONTHS, CandidateFact, CandidateThread
from giaoban.apps.members.models import (
    Candidate,
    CandidateEntry,
    CandidateEvent,
    CandidateState,
    Member,
    MemberEntry,
    MemberEvent,
    MembershipSpell,
    MemberState,
)
from giaoban.apps.members.obligations import CANDIDATE_RULES, candidate_subject
from giaoban.apps.members.queries.bases import since_in_base
from giaoban.apps.members.queries.candidate_threads import below_a_base, threads_of
from giaoban.apps.members.queries.clocks import months_after
from giaoban.apps.members.queries.file import TimelineEntry, timeline_entry
from giaoban.apps.obligations.duties import Duty
from giaoban.apps.obligations.queries.duties import duties
from giaoban.apps.organizations.models import Ancestry, Unit, on_day
from giaoban.apps.organizations.queries.chosen import UnitCard, place_cards, unit_cards
from giaoban.apps.organizations.queries.rules import rule_for
from giaoban.core.dates_vi import Precision, format_date
from giaoban.core.errors import NotFound
from giaoban.core.text_vi import fold, tidy

PAGE = 50
SPONSOR_MONTHS = 12  # 294-QĐ/TW, mục 3.2.1
STATES: dict[str, tuple[str, ...]] = {
    "": (CandidateState.PREPARING,),
    "admitted": (CandidateState.ADMITTED,),
    "stopped": (CandidateState.STOPPED,),
    "all": tuple(CandidateState),
}


@dataclass(frozen=True, slots=True)
class CandidateLine:
    """A candidate in a list: the step that was reached, the one that is next, the clock that runs."""

    uid: uuid.UUID
    full_name: str
    birth_year: int
    unit: UnitCard
    state: str
    reached: CandidateFact | None
    next: CandidateEvent | None
    duty: Duty | None


@dataclass(frozen=True, slots=True)
class CandidatePage:
    """One page of a list: ``first`` is the number of its first line, counted from 1; 0 in an empty list."""

    lines: tuple[CandidateLine, ...]
    total: int
    first: int
    page: int
    pages: int


def list_candidates(
    user: User, unit: Unit, *, today: date, text: str = "", state: str = "", page: int = 1, size: int = PAGE
) -> CandidatePage:
    """Return a page of the candidates of the cells at or under a unit today, in the order of Vietnamese names.

    Args:
        state: a key of ``STATES``; empty: those under consideration.
        page: one beyond the last gives the last.
    """
    below = Ancestry.objects.filter(on_day(today), ancestor=unit).values("descendant")
    found = Candidate.objects.visible_to(user, today=today).filter(
        unit__in=below, state__in=STATES.get(state, STATES[""])
    )
    for word in tidy(text).split(" "):
        found = found.filter(folded_name__contains=fold(word))
    total = found.count()
    pages = max(1, -(-total // size))
    page = min(max(1, page), pages)
    start = (page - 1) * size
    rows = list(found.order_by("sort_key", "pk")[start : start + size])
    threads, units = threads_of(rows), {row.unit_id for row in rows}
    based, cards = below_a_base(units, day=today), place_cards(units, day=today)
    clocks: dict[str, Duty] = {}
    for duty in duties(user, unit, today=today, only=CANDIDATE_RULES):
        clocks.setdefault(duty.case.subject, duty)
    return CandidatePage(
        tuple(
            CandidateLine(
                row.uid,
                row.full_name,
                row.birth_date.year,
                cards[row.unit_id],
                row.state,
                threads[row.pk].last,
                next(iter(threads[row.pk].next_steps(base_resolves=row.unit_id in based)), None),
                clocks.get(candidate_subject(row.uid)),
            )
            for row in rows
        ),
        total,
        start + 1 if rows else 0,
        page,
        pages,
    )


def find_candidate(user: User, uid: uuid.UUID, *, today: date) -> Candidate:
    """Return a candidate whose cell stands today in the person's scope.

    Raises:
        NotFound: there is none, or they are outside the scope (the two are not told apart).
    """
    found = Candidate.objects.visible_to(user, today=today).filter(uid=uid).select_related("unit", "member").first()
    if found is None:
        raise NotFound("Không tìm thấy người này trong phạm vi của đồng chí")
    return found


def find_candidate_entry(user: User, uid: uuid.UUID, *, today: date) -> CandidateEntry:
    """Return a step of a candidate in the person's scope; also one that was corrected.

    Raises:
        NotFound: there is none, or it lies outside the scope.
    """
    seen = Candidate.objects.visible_to(user, today=today)
    found: CandidateEntry | None = (
        CandidateEntry.objects.filter(uid=uid, void=False, candidate__in=seen)
        .select_related("candidate__unit", "unit", "sponsor", "actor", "corrected_by__actor")
        .first()
    )
    if found is None:
        raise NotFound("Không tìm thấy lần ghi này trong phạm vi của đồng chí")
    return found


def cell_officials(user: User, unit: Unit, *, today: date) -> list[Member]:
    """Return the official members of a cell today, in the order of their names: those who may sponsor and vote."""
    official = MembershipSpell.objects.filter(on_day(today), unit=unit, official=True)
    seen = Member.objects.visible_to(user, today=today).filter(pk__in=official.values("member"))
    return list(seen.order_by("sort_key", "pk"))


@dataclass(frozen=True, slots=True)
class CandidateFile:
    """One candidate: the thread with its warnings, what may be recorded now (the next step in front), the clocks."""

    thread: CandidateThread
    next_steps: tuple[CandidateEvent, ...]
    base_resolves: bool
    entries: tuple[TimelineEntry, ...]
    kinds: dict[uuid.UUID, CandidateEvent]
    duties: tuple[Duty, ...]


def candidate_file(user: User, candidate: Candidate, *, today: date) -> CandidateFile:
    """Return what is known of a candidate; a number of queries that does not depend on the steps."""
    thread = threads_of([candidate])[candidate.pk]
    base_resolves = candidate.unit_id in below_a_base([candidate.unit_id], day=today)
    rows = list(
        CandidateEntry.objects.filter(candidate=candidate, void=False).select_related(
            "actor", "entered_for", "corrected_by", "sponsor"
        )
    )
    cards = unit_cards({row.unit_id for row in rows}, day=today)
    live = [row for row in rows if not hasattr(row, "corrected_by")]
    for kind, warning in _warnings(user, candidate, thread, live, base_resolves, today):
        thread.warnings.setdefault(kind, []).append(warning)
    lines = [
        timeline_entry(
            row,
            register="candidates",
            what=_what(row),
            where=cards[row.unit_id].name,
            corrected=hasattr(row, "corrected_by"),
            replaces=row.corrects_id is not None,
        )
        for row in rows
    ]
    months = rule_for(CLASS_MONTHS, candidate.unit, today).whole
    ends = thread.class_ends(months) if thread.state == CandidateState.PREPARING else None
    expired = ends is not None and ends < today
    if ends is not None and expired:
        thread.warnings.setdefault(CandidateEvent.CLASS_PASSED, []).append(
            f"Giấy chứng nhận hết hạn từ ngày {format_date(ends)}: cần giấy mới trước khi chi bộ xét"
        )
    return CandidateFile(
        thread,
        thread.next_steps(base_resolves=base_resolves, class_expired=expired),
        base_resolves,
        tuple(sorted(lines, key=lambda line: line.order, reverse=True)),
        {row.uid: CandidateEvent(row.kind) for row in rows},
        duties(user, candidate.unit, today=today, subject=candidate_subject(candidate.uid), only=CANDIDATE_RULES),
    )


def _what(row: CandidateEntry) -> str:
    words = str(row.get_kind_display())
    if row.sponsor is not None:
        words += f": {row.sponsor.full_name}"
    elif row.sponsor_body:
        words += f": {row.sponsor_body}"
    if row.votes_of:
        words += f", {row.votes_for}/{row.votes_of} tán thành"
    return words


def _warnings(
    user: User,
    candidate: Candidate,
    thread: CandidateThread,
    entries: list[CandidateEntry],
    base_resolves: bool,
    today: date,
) -> Iterator[tuple[CandidateEvent, str]]:
    resolved = thread.steps.get(CandidateEvent.CELL_RESOLVED)
    if resolved:
        yield from _votes(candidate, resolved[0])
    day = resolved[0].day if resolved else today
    yield from _former(user, candidate, day, today)
    sponsored = [row for row in entries if row.sponsor is not None]
    if sponsored:
        yield from _sponsors(candidate, sponsored)
    if base_resolves and thread.has(CandidateEvent.DECIDED) and not thread.has(CandidateEvent.BASE_RESOLVED):
        yield CandidateEvent.DECIDED, "Chưa ghi nghị quyết của đảng ủy cơ sở"


def _votes(candidate: Candidate, resolved: CandidateFact) -> Iterator[tuple[CandidateEvent, str]]:
    official = MembershipSpell.objects.filter(on_day(resolved.day), unit=candidate.unit_id, official=True).count()
    if resolved.votes_of and resolved.votes_of > official:
        yield (
            CandidateEvent.CELL_RESOLVED,
            f"Ghi {resolved.votes_of} đảng viên chính thức được triệu tập, sổ đảng viên có {official} ngày đó",
        )


def _former(user: User, candidate: Candidate, day: date, today: date) -> Iterator[tuple[CandidateEvent, str]]:
    """Somebody of that name and birth left the Party: the same person may be admitted only after some years."""
    if candidate.birth_precision != Precision.DAY:
        return
    left = MemberEntry.objects.live().filter(
        kind=MemberEvent.LEFT,
        member__in=Member.objects.visible_to(user, today=today).filter(
            state=MemberState.LEFT, folded_name=candidate.folded_name, birth_date=candidate.birth_date
        ),
    )
    last = left.in_order().last()
    if last is None:
        return
    months = rule_for("readmission_months", candidate.unit, day).whole
    told = f"Người cùng họ tên, ngày sinh đã ra khỏi Đảng ngày {format_date(last.effective_date)}"
    free = months_after(last.effective_date, months)
    if day < free:
        told += f"; kết nạp lại sau {months} tháng, từ {format_date(free)}"
    yield CandidateEvent.APPLIED, f"{told}. Nếu là một người, khi ghi quyết định hãy ghi số lý lịch cũ"


def _sponsors(candidate: Candidate, rows: list[CandidateEntry]) -> Iterator[tuple[CandidateEvent, str]]:
    people = [(row.sponsor.pk, row.effective_date) for row in rows if row.sponsor is not None]
    since = since_in_base(people, unit=candidate.unit_id)
    for row, start in zip(rows, since, strict=True):
        assert row.sponsor is not None
        if start is None:
            told = "không cùng tổ chức cơ sở đảng"
        elif months_after(start, SPONSOR_MONTHS) > row.effective_date:
            told = f"cùng tổ chức cơ sở đảng từ {format_date(start)}, chưa đủ {SPONSOR_MONTHS} tháng"
        else:
            continue
        yield CandidateEvent.SPONSORED, f"{row.sponsor.full_name} {told} khi giới thiệu"
