"""One way to a duty (design.md, law 2): what units owe, by when, how it stands; computed, never ticked."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from giaoban.apps.accounts.models import User
from giaoban.apps.obligations.duties import (
    Case,
    Duty,
    DutyAsk,
    DutyRule,
    DutyStatus,
    Leave,
    leaves_by_case,
    status_of,
)
from giaoban.apps.obligations.models import LeaveEntry, LeaveEvent
from giaoban.apps.obligations.providers import duty_rules, providers
from giaoban.apps.obligations.queries.board import RIGHT as STANDING_RIGHT
from giaoban.apps.obligations.queries.calendars import calendars_of
from giaoban.apps.obligations.queries.standing_desk import standing_duties
from giaoban.apps.obligations.working_days import WorkingCalendar
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.queries.rulebook import RuleBook, rule_book
from giaoban.apps.organizations.queries.scope import seen_below
from giaoban.core.errors import NotFound

AHEAD = 30


def duties(
    user: User,
    unit: Unit,
    *,
    today: date,
    since: date | None = None,
    ahead: int = AHEAD,
    subject: str = "",
    only: Collection[str] = (),
) -> tuple[Duty, ...]:
    """Return what a unit and those under it owe, as far as the person may see it, by the day that counts.

    Of standing duties only what the unit owes itself: for those of all units under it there is the board. The number of
    queries does not depend on the number of duties, but on that of the standing ones.

    Args:
        since: also what opened on that day or later and is done; without it only what is still to be done.
        ahead: also what opens within so many days after today.
        subject: only duties about this (``Case.subject``).
        only: only duties of the rules with these codes.
    """
    asked = _Asked(today, today + timedelta(days=ahead), since, subject, frozenset(only or duty_rules()))
    cases = _cases(user, unit, asked)
    units = {case.unit for case in cases}
    rules = duty_rules()
    keys = {key for case in cases for key in (rules[case.rule].days, rules[case.rule].locks) if key}
    book, calendars = rule_book(keys, units), calendars_of(units)
    leaves = leaves_by_case(cases, _leaves(cases))
    found = [
        _duty(rules[case.rule], case, leaves.get(place, []), book, calendars[case.unit], today)
        for place, case in enumerate(cases)
    ]
    wanted = [duty for duty in found if duty.open or (since is not None and duty.case.opened >= since)]
    if not only or not set(only) <= rules.keys():
        wanted += standing_duties(user, unit, today=today, since=since, ahead=ahead, subject=subject, only=only)
    return tuple(sorted(wanted, key=lambda duty: (duty.last_day, duty.case.name, duty.rule.code)))


class _Asked(NamedTuple):
    today: date
    until: date
    since: date | None
    subject: str
    rules: frozenset[str]


def _cases(user: User, unit: Unit, asked: _Asked) -> list[Case]:
    found: list[Case] = []
    for provider in providers():
        rules: dict[str, set[str]] = defaultdict(set)
        for rule in provider.rules:
            if rule.code in asked.rules:
                rules[rule.right].add(rule.code)
        for right, codes in rules.items():
            units = seen_below(user, unit, today=asked.today, right=right).values("descendant")
            ask = DutyAsk(units, asked.today, asked.until, frozenset(codes), asked.since, asked.subject)
            found += [case for case in provider.cases(ask) if case.rule in codes and case.opened <= asked.until]
    return [case for case in found if case.subject == asked.subject] if asked.subject else found


def _leaves(cases: list[Case]) -> dict[tuple[str, str], list[Leave]]:
    wanted = {(case.rule, case.subject) for case in cases}
    found: dict[tuple[str, str], list[Leave]] = defaultdict(list)
    # Leaves are few: all of a rule are read rather than thousands of subjects named in one statement.
    rows = LeaveEntry.objects.live().filter(rule__in={rule for rule, _ in wanted}).in_order()
    for rule, subject, uid, day, until, reason in rows.values_list(
        "rule", "subject", "uid", "effective_date", "until", "reason"
    ):
        if (rule, subject) in wanted:
            found[rule, subject].append(Leave(uid, day, until, reason))
    return found


def _duty(
    rule: DutyRule, case: Case, leaves: list[Leave], book: RuleBook, calendar: WorkingCalendar, today: date
) -> Duty:
    due = calendar.after(case.opened, book.value(rule.days, case.unit, case.opened).whole)
    locks_on = None
    if rule.locks:
        locks_on = calendar.after(due, book.value(rule.locks, case.unit, case.opened).whole)
    extended = next((leave.until for leave in reversed(leaves) if leave.until is not None), None)
    excused = any(leave.until is None for leave in leaves) and case.done is None
    status = status_of(case, due=due, extended=extended, locks_on=locks_on, excused=excused, today=today)
    left = calendar.between(case.done or today, extended or due)
    return Duty(rule, case, due, extended, locks_on, excused, status, left)


def find_duty(user: User, unit: Unit, rule: str, subject: str, *, today: date) -> Duty:
    """Return the last duty of a rule about a subject, also one that is done.

    Raises:
        NotFound: there is none, or it lies outside the scope.
    """
    found = duties(user, unit, today=today, since=date.min, subject=subject, only=[rule])
    if not found:
        raise NotFound("Không tìm thấy việc đến hạn này trong phạm vi của đồng chí")
    return max(found, key=lambda duty: duty.case.opened)


@dataclass(frozen=True, slots=True)
class LeaveLine:
    """A leave that stands, for people to read."""

    uid: uuid.UUID
    excuse: bool
    until: date | None
    reason: str
    by: str
    at: datetime


def leave_lines(user: User, duty: Duty, *, today: date) -> tuple[LeaveLine, ...]:
    """Return the leaves that were given of a duty and stand, in their order."""
    rows = (
        LeaveEntry.objects.live()
        .visible_to(user, today=today, right=duty.rule.right)
        .filter(rule=duty.rule.code, subject=duty.case.subject, effective_date__gte=duty.case.opened)
        .select_related("actor")
        .in_order()
    )
    return tuple(
        LeaveLine(row.uid, row.kind == LeaveEvent.EXCUSED, row.until, row.reason, row.actor.full_name, row.recorded_at)
        for row in rows
    )


def find_leave(user: User, uid: uuid.UUID, *, today: date) -> LeaveEntry:
    """Return a leave that the person may see, also one that was taken back.

    Raises:
        NotFound: there is none, or its unit stood outside the scope.
    """
    entry: LeaveEntry | None = LeaveEntry.objects.filter(uid=uid, void=False).select_related("unit").first()
    rule = duty_rules().get(entry.rule) if entry is not None else None
    right = rule.right if rule is not None else STANDING_RIGHT
    if entry is None or not LeaveEntry.objects.filter(uid=uid).visible_to(user, today=today, right=right).exists():
        raise NotFound("Không tìm thấy lần gia hạn, cho miễn này trong phạm vi của đồng chí")
    return entry


def is_late(duty: Duty) -> bool:
    """Tell whether a duty is still to be done and the day that counts is over."""
    return duty.open and duty.status not in (DutyStatus.NOT_DUE, DutyStatus.LATE_WITH_LEAVE)
