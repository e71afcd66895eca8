"""Offices in committees: who came to hold one, who ceased to, and the terms that follow from it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.members.models import OfficeEntry, OfficeEvent, OfficeTerm
from giaoban.apps.members.operations.drafts import OfficeDraft
from giaoban.apps.organizations.models import OPEN_END
from giaoban.apps.organizations.permissions import require
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import InvalidInput


@transaction.atomic
def record_office_events(*, act: Act, drafts: Sequence[OfficeDraft]) -> list[OfficeEntry]:
    """This function will record office events, all or none, and rebuild the terms of those concerned.

    Raises:
        InvalidInput: an office ends that the person does not hold, or begins twice.
        NotAllowed, NotFound: no right ``organizations_manage`` at a unit.
    """
    require(act, "organizations_manage", {draft.unit.pk: draft.unit for draft in drafts}.values())
    entries = OfficeEntry.objects.bulk_create(
        [
            OfficeEntry(
                member=draft.member,
                unit=draft.unit,
                office=draft.office,
                kind=draft.kind,
                effective_date=draft.day,
                recorded_at=act.now,
                actor=act.user,
                entered_for=act.entered_for,
                decision_number=draft.decision.number,
                decision_date=draft.decision.date,
                decision_issuer=draft.decision.issuer,
            )
            for draft in drafts
        ],
        batch_size=500,
    )
    _rebuild_terms({(draft.member.pk, draft.unit.pk) for draft in drafts})
    write_trail(
        act,
        [
            Happening(
                f"offices.{entry.kind}", "member", str(entry.member.uid), entry.unit.code, {"office": entry.office}
            )
            for entry in entries
        ],
    )
    return entries


def _rebuild_terms(pairs: set[tuple[int, int]]) -> None:
    members = {member for member, _ in pairs}
    entries = OfficeEntry.objects.live().filter(member_id__in=members).select_related("member", "unit").in_order()
    held: dict[tuple[int, int, str], date] = {}
    terms: list[OfficeTerm] = []
    for entry in entries:
        key = (entry.member_id, entry.unit_id, entry.office)
        where = f"{entry.member.full_name}, {entry.get_office_display()} {entry.unit.code}"
        if entry.kind == OfficeEvent.ENDED:
            start = held.pop(key, None)
            if start is None or start >= entry.effective_date:
                raise InvalidInput(f"Không giữ chức vụ này ngày {format_date(entry.effective_date)}", where=where)
            terms.append(_term(key, start, entry.effective_date))
        elif key in held:
            raise InvalidInput(f"Đang giữ chức vụ này từ {format_date(held[key])}", where=where)
        else:
            held[key] = entry.effective_date
    terms += [_term(key, start, OPEN_END) for key, start in held.items()]
    OfficeTerm.objects.filter(member_id__in=members).delete()
    OfficeTerm.objects.bulk_create(terms, batch_size=500)


def _term(key: tuple[int, int, str], start: date, end: date) -> OfficeTerm:
    member, unit, office = key
    return OfficeTerm(member_id=member, unit_id=unit, office=office, valid_from=start, valid_to=end)
