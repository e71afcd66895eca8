"""Who follows which unit: members of a committee are assigned to units below it, from a day to a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.bulk import insert_objects
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.audit.queries import last_told
from giaoban.apps.members.models import Member, MembershipSpell, VisitAssignment
from giaoban.apps.organizations.models import OPEN_END, Ancestry, Unit
from giaoban.apps.organizations.operations.terms import lock_units
from giaoban.apps.organizations.permissions import require
from giaoban.apps.organizations.queries.chosen import place_cards
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import Conflict, InvalidInput, NotFound, blame


@dataclass(frozen=True, slots=True)
class VisitDraft:
    """A member follows a unit below ``owner``, the committee that assigns; ``last_day`` belongs to it (None: open)."""

    owner: Unit
    unit: Unit
    member: Member
    start: date
    last_day: date | None = None
    decision: str = ""

    @property
    def end(self) -> date:
        """The first day on which it holds no more."""
        return OPEN_END if self.last_day is None else self.last_day + timedelta(days=1)

    @property
    def where(self) -> str:
        """Return the place that an error names."""
        return f"{self.member.full_name}, theo dõi {self.unit.code}"


@transaction.atomic
def assign_visits(*, act: Act, drafts: Sequence[VisitDraft]) -> list[VisitAssignment]:
    """This function will note who follows which units, all or none.

    Several people may follow one unit, and one person several.

    Raises:
        InvalidInput: days that run backwards, a unit that does not stand below the committee on the first day, a person
            who is a member nowhere on that day.
        Conflict: the person follows the unit already on one of the days.
        NotAllowed, NotFound: no right ``organizations_manage`` at the committee.
    """
    owners = {draft.owner.pk: draft.owner for draft in drafts}
    require(act, "organizations_manage", owners.values())
    lock_units(owners)
    units, members = {draft.unit.pk for draft in drafts}, {draft.member.pk for draft in drafts}
    below = set(
        Ancestry.objects.filter(ancestor__in=owners, descendant__in=units, depth__gt=0).values_list(
            "ancestor_id", "descendant_id", "valid_from", "valid_to"
        )
    )
    spells = set(MembershipSpell.objects.filter(member__in=members).values_list("member_id", "valid_from", "valid_to"))
    held = list(
        VisitAssignment.objects.filter(owner__in=owners, unit__in=units, member__in=members).values_list(
            "owner_id", "unit_id", "member_id", "valid_from", "valid_to"
        )
    )
    for index, draft in enumerate(drafts):
        with blame(index):
            _check(draft, below, spells)
            _refuse_overlap(draft, held)
        held.append((draft.owner.pk, draft.unit.pk, draft.member.pk, draft.start, draft.end))
    made = [
        VisitAssignment(
            owner=draft.owner,
            unit=draft.unit,
            member=draft.member,
            valid_from=draft.start,
            valid_to=draft.end,
            decision=draft.decision.strip(),
            assigned_by=act.user,
            assigned_at=act.now,
        )
        for draft in drafts
    ]
    insert_objects(made)
    write_trail(act, [_happening("visits.assigned", one, {"from": one.valid_from.isoformat()}) for one in made])
    return made


@transaction.atomic
def end_visit(*, act: Act, assignment: VisitAssignment, last_day: date, seen: date | None = None) -> None:
    """This function will end an assignment; one that would end before it began is taken out, as if never made.

    Args:
        seen: the first day without it that stood there when the form was opened; None: whatever stands is replaced.

    Raises:
        InvalidInput: it ended before that day already. NotFound: somebody has taken it out meanwhile.
        Conflict: somebody has given it another end since ``seen``.
        NotAllowed, NotFound: no right ``organizations_manage`` at the committee that assigned.
    """
    found = VisitAssignment.objects.select_for_update().filter(pk=assignment.pk).first()
    if found is None:
        raise NotFound("Phân công này đã được bỏ")
    require(act, "organizations_manage", [found.owner])
    end = last_day + timedelta(days=1)
    if seen is not None and seen != found.valid_to:
        who = last_told("visit", str(found.uid), "visits.ended")
        raise Conflict(
            f"Phân công này đã được ghi đến hết ngày {format_date(found.valid_to - timedelta(days=1))}{who}",
            where="Ngày cuối",
            hint="Xem lại ngày đó, rồi bấm Ghi nếu vẫn muốn đổi",
        )
    if found.valid_to != OPEN_END and end > found.valid_to:
        raise InvalidInput(
            f"Phân công này đã hết ngày {format_date(found.valid_to - timedelta(days=1))}",
            where="Ngày cuối",
            expected="ngày không sau đó",
        )
    write_trail(act, [_happening("visits.ended", found, {"last_day": last_day.isoformat()})])
    if end <= found.valid_from:
        found.delete()
    else:
        VisitAssignment.objects.filter(pk=found.pk).update(valid_to=end)


def _check(draft: VisitDraft, below: set[tuple[int, int, date, date]], spells: set[tuple[int, date, date]]) -> None:
    if draft.end <= draft.start:
        raise InvalidInput(
            f"Ngày cuối {format_date(draft.end - timedelta(days=1))} trước ngày đầu {format_date(draft.start)}",
            where="Đến hết ngày",
            expected="ngày không trước ngày đầu, hoặc để trống",
        )
    stands = any(
        (owner, unit) == (draft.owner.pk, draft.unit.pk) and start <= draft.start < end
        for owner, unit, start, end in below
    )
    if not stands:
        raise InvalidInput(
            f"{draft.unit.code} không ở dưới {draft.owner.code} ngày {format_date(draft.start)}",
            where=draft.where,
            expected=f"một tổ chức trực thuộc {draft.owner.code}",
        )
    if not any(member == draft.member.pk and start <= draft.start < end for member, start, end in spells):
        raise InvalidInput(
            f"{draft.member.full_name} không sinh hoạt ở chi bộ nào ngày {format_date(draft.start)}",
            where=draft.where,
            expected="một đảng viên đang sinh hoạt ngày đó",
        )


def _refuse_overlap(draft: VisitDraft, held: Sequence[tuple[int, int, int, date, date]]) -> None:
    for owner, unit, member, start, end in held:
        same = (owner, unit, member) == (draft.owner.pk, draft.unit.pk, draft.member.pk)
        if same and start < draft.end and draft.start < end:
            # It stood below the owner on that day, so who assigns knows it.
            unit_name = place_cards([unit], day=start)[unit].place
            raise Conflict(
                f"{draft.member.full_name} đã theo dõi {unit_name} từ ngày {format_date(start)}",
                where=draft.where,
                hint="Kết thúc phân công đó trước, hoặc chọn ngày sau khi nó hết",
            )


def _happening(action: str, one: VisitAssignment, detail: dict[str, str]) -> Happening:
    return Happening(action, "visit", str(one.uid), one.unit.code, {"member": str(one.member.uid), **detail})
