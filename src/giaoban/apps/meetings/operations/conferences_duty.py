"""A conference makes the units that are invited owe a delegate: its standing duty (design.md, law 2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from giaoban.apps.audit.act import Act, day_of
from giaoban.apps.meetings.models import DelegationEntry, Meeting, MeetingForm, MeetingKind
from giaoban.apps.meetings.operations.conferences import (
    SittingDraft,
    cancel_conference,
    invite_clusters,
    plan_conference,
)
from giaoban.apps.meetings.operations.conferences_journal import planned_sittings, require_manager
from giaoban.apps.obligations.models import Rhythm, StandingDuty
from giaoban.apps.obligations.operations.standing import StandingDraft, add_standing_duty, withdraw_standing_duty
from giaoban.apps.obligations.shipped import shipped_duties
from giaoban.apps.organizations.models import Unit, UnitKindSpan, on_day
from giaoban.core.dates_vi import format_date

EVIDENCE = "conferences.delegates"


@dataclass(frozen=True, slots=True)
class CalledConference:
    """A conference that was planned, with those who were invited and what they owe (None: nobody was)."""

    conference: Meeting
    invited: tuple[DelegationEntry, ...]
    duty: StandingDuty | None


@transaction.atomic
def call_conference(
    *,
    act: Act,
    owner: Unit,
    kind: MeetingKind,
    title: str,
    sittings: Sequence[SittingDraft],
    form: MeetingForm = MeetingForm.IN_PERSON,
) -> CalledConference:
    """This function will plan a conference, invite the units of its sittings and let them owe a delegate.

    Raises:
        InvalidInput, Conflict, NotAllowed, NotFound: as ``plan_conference`` and ``invite_clusters``.
    """
    conference = plan_conference(act=act, owner=owner, kind=kind, title=title, sittings=sittings, form=form)
    invited = invite_clusters(act=act, conference=conference)
    return CalledConference(conference, tuple(invited), ask_for_delegates(act=act, conference=conference))


@transaction.atomic
def ask_for_delegates(*, act: Act, conference: Meeting) -> StandingDuty | None:
    """This function will let the invited units owe a delegate by the day of the last sitting; once for a conference.

    Returns:
        The duty, which may be there already; None where nobody is invited.

    Raises:
        NotAllowed, NotFound: no right ``conferences_manage`` at the committee.
    """
    require_manager(act, conference)
    known = _duties(conference).first()
    if known is not None:
        return known
    invited = [
        entry.unit
        for entry in DelegationEntry.objects.live().filter(meeting=conference).select_related("unit").order_by("pk")
    ]
    days = [day_of(one.starts_at) for one in planned_sittings(conference) if one.starts_at is not None]
    if not invited or not days:
        return None
    kinds = UnitKindSpan.objects.filter(on_day(min(days)), unit__in=invited).values_list("kind", flat=True)
    shipped = shipped_duties()["delegates"]
    draft = StandingDraft(
        owner=conference.unit,
        code=f"delegates:{str(conference.uid)[:8]}",
        title=f"Cử thành phần dự {conference.title}",
        short=f"Dự họp {format_date(max(days))}",
        evidence=EVIDENCE,
        subject=str(conference.uid),
        rhythm=Rhythm.ONCE,
        due_on=max(days),
        kinds=sorted(set(kinds)),
        # Of a meeting that is written down afterwards the units owed it on its first day.
        start=min(act.today, *days),
        listed=invited,
        position=list(shipped_duties()).index(shipped.key),
    )
    return add_standing_duty(act=act, draft=draft)


@transaction.atomic
def call_off_conference(*, act: Act, conference: Meeting, reason: str) -> Meeting:
    """This function will call a conference off; nobody owes a delegate any more.

    Raises:
        InvalidInput, Conflict, NotAllowed, NotFound: as ``cancel_conference``.
    """
    found = cancel_conference(act=act, conference=conference, reason=reason)
    for duty in _duties(conference):
        withdraw_standing_duty(act=act, duty=duty)
    return found


@transaction.atomic
def renew_delegates_duty(*, act: Act, conference: Meeting, anew: bool = False) -> StandingDuty | None:
    """This function will let what invited units owe follow a conference that was changed: its day, who is invited.

    Extensions and excuses stay: they are kept by the duty's code and the unit. Where nobody had to send a delegate
    nobody has to now, but with ``anew``.

    Returns:
        The duty; None where nobody is invited any more.

    Raises:
        NotAllowed, NotFound: no right ``conferences_manage`` at the committee.
    """
    require_manager(act, conference)
    known = list(_duties(conference))
    for duty in known:
        withdraw_standing_duty(act=act, duty=duty)
    return ask_for_delegates(act=act, conference=conference) if known or anew else None


def _duties(conference: Meeting) -> QuerySet[StandingDuty]:
    rows = StandingDuty.objects.filter(owner=conference.unit, evidence=EVIDENCE, subject=str(conference.uid))
    return rows.order_by("pk")
