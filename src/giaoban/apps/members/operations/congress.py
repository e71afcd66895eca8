"""A whole committee at once: elected by a congress, or appointed until there is one; one decision, one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.members.models import Member, OfficeEntry, OfficeEvent, OfficeTerm
from giaoban.apps.members.operations.drafts import OfficeDraft
from giaoban.apps.members.operations.offices import record_office_events
from giaoban.apps.organizations.kinds import COMMITTEE, INSPECTION, Office
from giaoban.apps.organizations.models import TermEntry, TermEvent, Unit, on_day
from giaoban.apps.organizations.operations import Decision, TermDraft, record_term_entry
from giaoban.apps.organizations.terms import Sizes
from giaoban.core.errors import InvalidInput

_HOW = {TermEvent.CONGRESS: OfficeEvent.ELECTED, TermEvent.APPOINTED: OfficeEvent.APPOINTED}


@dataclass(frozen=True, slots=True)
class CongressDraft:
    """A new committee; ``kind`` is CONGRESS or APPOINTED, ``seats`` say who holds which office from ``day`` on."""

    unit: Unit
    kind: TermEvent
    day: date
    name: str
    seats: tuple[tuple[Member, Office], ...]
    until: date | None = None
    sizes: Sizes = field(default_factory=Sizes)
    decision: Decision = field(default_factory=Decision)


@transaction.atomic
def record_congress(*, act: Act, draft: CongressDraft) -> tuple[TermEntry, list[OfficeEntry]]:
    """This function will begin a term and put a whole committee into its offices.

    Those of the committee before who are not in it again leave their offices on the same day. The inspection commission
    before stays until a new one is named: where ``seats`` name one, it leaves too.

    Raises:
        InvalidInput: nobody is named, somebody twice for one office, or what ``record_term_entries`` and
            ``record_office_events`` refuse.
        NotAllowed, NotFound: no right ``organizations_manage`` at the unit.
    """
    if not draft.seats:
        raise InvalidInput("Chưa ghi ai trong cấp ủy mới", where=draft.unit.code, expected="ít nhất một đồng chí")
    seen: set[tuple[int, Office]] = set()
    for member, office in draft.seats:
        if (member.pk, office) in seen:
            raise InvalidInput(f"{member.full_name} được ghi hai lần với chức vụ {office.label}", where=draft.unit.code)
        seen.add((member.pk, office))
    term = record_term_entry(
        act=act,
        draft=TermDraft(
            draft.unit, draft.kind, draft.day, draft.name, draft.until, draft.sizes, decision=draft.decision
        ),
    )
    how = _HOW[draft.kind]
    changes = [_seat(draft, member, office, OfficeEvent.ENDED) for member, office in _leaving(draft, seen)]
    changes += [_seat(draft, member, office, how) for member, office in draft.seats]
    return term, record_office_events(act=act, drafts=changes)


def _leaving(draft: CongressDraft, seats: set[tuple[int, Office]]) -> Iterable[tuple[Member, Office]]:
    """An election renews the office of somebody who holds it; an appointment needs the old one to end."""
    named = {office for _member, office in seats}
    offices = [office for group in (COMMITTEE, INSPECTION) if named & set(group) for office in group]
    held = OfficeTerm.objects.filter(on_day(draft.day), unit=draft.unit, office__in=offices, valid_from__lt=draft.day)
    for term in held.select_related("member").order_by("pk"):
        office = Office(term.office)
        if draft.kind == TermEvent.APPOINTED or (term.member_id, office) not in seats:
            yield term.member, office


def _seat(draft: CongressDraft, member: Member, office: Office, kind: OfficeEvent) -> OfficeDraft:
    return OfficeDraft(member, draft.unit, office, kind, draft.day, draft.decision)
