"""What the registers of members and candidates make cells and committees owe: clocks in working days (domain.md 2)."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from giaoban.apps.members.models import (
    CandidateEntry,
    CandidateEvent,
    CandidateState,
    Member,
    MemberEntry,
    MemberEvent,
    MemberState,
)
from giaoban.apps.members.queries.clocks import probations_over
from giaoban.apps.obligations.duties import Case, DutyAsk, DutyRule, Progress
from giaoban.core.dates_vi import format_date

DECISION = DutyRule(
    "admission-decision",
    "Ra quyết định kết nạp",
    "nghị quyết của chi bộ",
    "quyết định kết nạp trong sổ phát triển đảng viên",
    days="admission_decision_days",
)
CEREMONY = DutyRule(
    "admission-ceremony",
    "Tổ chức lễ kết nạp",
    "ngày chi bộ nhận quyết định",
    "lễ kết nạp trong sổ phát triển đảng viên",
    days="admission_ceremony_days",
)
REVIEW = DutyRule(
    "recognition-review",
    "Xét công nhận chính thức",
    "ngày hết thời gian dự bị",
    "lần chi bộ xét, hoặc công nhận chính thức trong sổ đảng viên",
    days="recognition_review_days",
)
HAND_IN = DutyRule(
    "transfer-hand-in",
    "Nộp giấy giới thiệu nơi đến",
    "ngày giới thiệu",
    "lần tiếp nhận trong sổ đảng viên",
    days="transfer_hand_in_days",
)
TRANSFER = DutyRule(
    "transfer-done",
    "Hoàn thành chuyển sinh hoạt",
    "ngày giới thiệu",
    "lần tiếp nhận trong sổ đảng viên",
    days="transfer_do_days",
)
CANDIDATE_RULES = (DECISION.code, CEREMONY.code)
_CLOCK_STEPS = (
    CandidateEvent.CELL_RESOLVED,
    CandidateEvent.DECIDED,
    CandidateEvent.DECISION_RECEIVED,
    CandidateEvent.CEREMONY,
    CandidateEvent.STOPPED,
)


def candidate_subject(uid: uuid.UUID) -> str:
    """Return under which key the duties about a candidate stand."""
    return f"candidate:{uid}"


def member_subject(uid: uuid.UUID) -> str:
    """Return under which key the duties about a member stand."""
    return f"member:{uid}"


class MembersDuties:
    """`obligations.DutyProvider` over the journals of members and candidates."""

    rules = (DECISION, CEREMONY, REVIEW, HAND_IN, TRANSFER)

    def cases(self, ask: DutyAsk) -> Iterator[Case]:
        """Return the cases; one query for candidates, three for probation, two for transfers."""
        kind, _, uid = ask.subject.partition(":")
        if ask.rules & {DECISION.code, CEREMONY.code} and kind in ("", "candidate"):
            yield from _admissions(ask, uid)
        if REVIEW.code in ask.rules and kind in ("", "member"):
            yield from _reviews(ask, uid)
        if ask.rules & {HAND_IN.code, TRANSFER.code} and kind in ("", "member"):
            yield from _transfers(ask, uid)


def _admissions(ask: DutyAsk, uid: str) -> Iterator[Case]:
    entries = CandidateEntry.objects.live()
    rows = entries.filter(kind__in=_CLOCK_STEPS, candidate__unit__in=ask.units)
    if uid:
        rows = rows.filter(candidate__uid=uid)
    own = entries.filter(candidate=OuterRef("candidate"))
    if ask.since is None:
        over = Exists(own.filter(kind__in=(CandidateEvent.CEREMONY, CandidateEvent.STOPPED)))
        rows = rows.filter(~over, ~Q(candidate__state=CandidateState.STOPPED))
    else:
        rows = rows.filter(Exists(own.filter(kind__in=_CLOCK_STEPS, effective_date__gte=ask.since)))
    steps: dict[tuple[Any, ...], dict[str, tuple[date, str]]] = defaultdict(dict)
    for *who, kind, day, number in rows.order_by("candidate__sort_key", "candidate").values_list(
        "candidate__uid", "candidate__full_name", "candidate__unit_id", "kind", "effective_date", "decision_number"
    ):
        steps[tuple(who)][kind] = day, number
    for (candidate, name, unit), done in steps.items():
        about = {"subject": candidate_subject(candidate), "name": name, "unit": unit, "ref": str(candidate)}
        resolved, decided = done.get(CandidateEvent.CELL_RESOLVED), done.get(CandidateEvent.DECIDED)
        stopped = CandidateEvent.STOPPED in done
        if resolved and (decided or not stopped):
            yield _case(DECISION, resolved[0], decided, "Quyết định", about)
        if decided and (CandidateEvent.CEREMONY in done or not stopped):
            # A receipt that nobody recorded must not stop the clock: without it the days run from the decision.
            received = done.get(CandidateEvent.DECISION_RECEIVED, decided)
            yield _case(CEREMONY, received[0], done.get(CandidateEvent.CEREMONY), "Lễ kết nạp", about)


def _case(rule: DutyRule, opened: date, done: tuple[date, str] | None, what: str, about: dict[str, Any]) -> Case:
    if done is None:
        return Case(rule.code, opened=opened, **about)
    day, number = done
    evidence = f"{what} {number} ngày {format_date(day)}" if number else f"{what} ngày {format_date(day)}"
    return Case(rule.code, opened=opened, progress=Progress.DONE, done=day, evidence=evidence, **about)


def _reviews(ask: DutyAsk, uid: str) -> Iterator[Case]:
    members: QuerySet[Member] = Member.objects.filter(unit__in=ask.units)
    if ask.since is None:
        members = members.filter(state=MemberState.PROBATIONARY)
    else:
        recent = MemberEntry.objects.live().filter(member=OuterRef("pk"), effective_date__gte=ask.since)
        ended = recent.filter(kind__in=(MemberEvent.RECOGNISED, MemberEvent.PROBATION_REVIEWED))
        members = members.filter(Q(state=MemberState.PROBATIONARY) | Q(Exists(ended), state=MemberState.OFFICIAL))
    if uid:
        members = members.filter(uid=uid)
    found = list(members.order_by("sort_key", "pk"))
    ends = probations_over(found)
    reviewed: dict[int, tuple[date, str]] = {}
    # Members of the ask as a query: thousands of keys would not fit into one statement.
    rows = MemberEntry.objects.live().filter(
        member__in=members.order_by().values("pk"), kind__in=(MemberEvent.RECOGNISED, MemberEvent.PROBATION_REVIEWED)
    )
    for pk, kind, day, decided, number in rows.in_order().values_list(
        "member_id", "kind", "effective_date", "decision_date", "decision_number"
    ):
        # Recognition holds from the end of the twelfth month however late it is decided: its paper tells when.
        seen = decided or day if kind == MemberEvent.RECOGNISED else day
        if pk in ends and seen >= ends[pk] and pk not in reviewed:
            reviewed[pk] = seen, number
    for one in found:
        if one.pk in ends:
            about = {
                "subject": member_subject(one.uid),
                "name": one.full_name,
                "unit": one.unit_id,
                "ref": str(one.uid),
            }
            yield _case(REVIEW, ends[one.pk], reviewed.get(one.pk), "Xét", about)


def _transfers(ask: DutyAsk, uid: str) -> Iterable[Case]:
    letters = MemberEntry.objects.live().filter(
        Q(to_unit__in=ask.units) | Q(from_unit__in=ask.units), kind=MemberEvent.TRANSFER_SENT, to_unit__isnull=False
    )
    if uid:
        letters = letters.filter(member__uid=uid)
    answers = MemberEntry.objects.live().filter(sent=OuterRef("pk"))
    letters = letters.filter(~Exists(answers)) if ask.since is None else letters.filter(effective_date__gte=ask.since)
    rows = list(
        letters.in_order().values_list("pk", "uid", "effective_date", "to_unit_id", "member__uid", "member__full_name")
    )
    answered: dict[int, tuple[str, date]] = {}
    if ask.since is not None:
        receipts = MemberEntry.objects.live().filter(sent__in=letters.order_by().values("pk"))
        answered = {sent: (kind, day) for sent, kind, day in receipts.values_list("sent_id", "kind", "effective_date")}
    for pk, letter, day, unit, member, name in rows:
        kind, done = answered.get(pk, ("", None))
        if kind == MemberEvent.LETTER_WITHDRAWN:
            continue
        about = {"subject": member_subject(member), "name": name, "unit": unit, "ref": str(letter)}
        for rule in (HAND_IN, TRANSFER):
            yield _case(rule, day, (done, "") if done is not None else None, "Tiếp nhận", about)


DUTIES = MembersDuties()
