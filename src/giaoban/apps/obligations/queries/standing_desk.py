"""Standing duties in the form of every other duty: on a unit's own desk, and one by one where leave is given."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import date, timedelta

from giaoban.apps.accounts.models import User
from giaoban.apps.obligations.duties import Case, Duty, DutyRule, Progress
from giaoban.apps.obligations.evidence import evidence_sources
from giaoban.apps.obligations.queries.board import RIGHT
from giaoban.apps.obligations.queries.calendars import calendar_of
from giaoban.apps.obligations.queries.standing import LOOK_BACK, Span, Standings, rules_above
from giaoban.apps.obligations.standing import StandingRule, instance_of, subject_of
from giaoban.apps.obligations.standing_states import Assessed
from giaoban.apps.obligations.working_days import WorkingCalendar
from giaoban.apps.organizations.models import Unit, granted_ancestry
from giaoban.core.errors import InvalidInput
from giaoban.core.period import Period


def standing_duties(
    user: User,
    unit: Unit,
    *,
    today: date,
    since: date | None = None,
    ahead: int = 30,
    subject: str = "",
    only: Collection[str] = (),
) -> list[Duty]:
    """Return the standing duties that a unit itself owes; the arguments are those of ``duties``.

    What is still to be done is shown from the day on which its period begins, or ``remind_days`` before the due day
    where that is earlier; at most ``ahead`` days before. With ``subject`` that of the unit which is named in it.
    """
    key, _, named = subject.partition("@")
    found = unit
    if subject:
        other = _named(unit, named, today)
        if other is None:
            return []
        found = other
    if not granted_ancestry(user, today=today, right=RIGHT).filter(descendant=found, valid_to__gt=today).exists():
        return []
    rules = [rule for rule in rules_above(found.pk) if not only or rule.code in only]
    if not rules:
        return []
    span = _span(rules, key, today, since, ahead)
    if span is None:
        return []
    calendar = calendar_of(found)
    assessed = Standings([found.pk], rules, [span], in_full=True).assessed(span, found.pk)
    made = [
        _duty(one, found, calendar, today)
        for listed in assessed.values()
        for one in listed
        if found.pk in one.rows.get(found.pk, ()) and (not key or one.instance.key == key)
    ]
    return [duty for duty in made if subject or _wanted(duty, today, since, ahead)]


def _named(unit: Unit, uid: str, today: date) -> Unit | None:
    try:
        wanted = uuid.UUID(uid)
    except ValueError:
        return None
    return Unit.objects.under(unit, today).filter(uid=wanted).first()


def _span(rules: Collection[StandingRule], key: str, today: date, since: date | None, ahead: int) -> Span | None:
    first, last = today - LOOK_BACK, today + timedelta(days=ahead)
    if key:
        try:
            within = None if key == "once" else Period.parse(key).start
        except InvalidInput:
            return None
        dues = [found.due for rule in rules if (found := instance_of(rule, within or rule.valid_from))]
        if not dues:
            return None
        first, last = min(dues), max(dues)
    elif since is not None:
        first = max(since, first)
    return Span(first, last, today, over=False)


def _wanted(duty: Duty, today: date, since: date | None, ahead: int) -> bool:
    if not duty.open:
        return since is not None and duty.case.opened >= since
    return duty.case.opened <= today


def _duty(made: Assessed, unit: Unit, calendar: WorkingCalendar, today: date) -> Duty:
    instance, state = made.instance, made.state(unit.pk)
    rule, found = instance.rule, made.evidence.get(unit.pk)
    source = evidence_sources().get(rule.evidence)
    shown = found.text if found is not None and found.text else ""
    reminds = instance.due - timedelta(days=rule.remind_days)
    since = "đầu kỳ" if rule.every else "ngày giao việc"
    case = Case(
        rule=rule.code,
        subject=subject_of(instance.key, unit.uid),
        name=instance.name,
        unit=unit.pk,
        opened=min(instance.start, reminds),
        progress=found.progress if found is not None else Progress.NOTHING,
        done=state.done,
        evidence=shown,
    )
    words = DutyRule(
        rule.code,
        rule.title,
        "ngày bắt đầu nhắc" if reminds < instance.start else since,
        source.title if source else rule.evidence,
        "",
        right=RIGHT,
        owner=rule.owner,
    )
    excused = made.state(unit.pk).settled and state.done is None
    left = calendar.between(state.done or today, state.extended or instance.due)
    return Duty(words, case, instance.due, state.extended, instance.locks_on, excused, state.status, left)
