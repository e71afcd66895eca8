"""Rights: who may do what in which subtree, from when to when. Every change needs ``accounts_manage`` there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from giaoban.apps.accounts.models import User
from giaoban.apps.accounts.operations import NewPerson, add_person, print_code
from giaoban.apps.accounts.permissions import rights_table
from giaoban.apps.audit.act import Act
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.organizations.models import OPEN_END, Grant, Unit
from giaoban.apps.organizations.permissions import require, units_allowed
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from giaoban.core.text_vi import quoted


@dataclass(frozen=True, slots=True)
class GrantTerms:
    """What is granted: a role on a unit, half-open in time; ``end`` None: until somebody ends it."""

    role: str
    unit: Unit
    start: date
    end: date | None = None
    decision: str = ""


@transaction.atomic
def add_person_to(*, act: Act, username: str, full_name: str, terms: GrantTerms) -> NewPerson:
    """This function will add a person with their first grant and return the one-time code to print.

    Raises:
        InvalidInput, Conflict: the name is not right or taken; NotAllowed, NotFound: no right at the unit.
    """
    require(act, "accounts_manage", [terms.unit])
    person = add_person(act=act, username=username, full_name=full_name)
    give_grant(act=act, user=person.user, terms=terms)
    return person


@transaction.atomic
def give_grant(*, act: Act, user: User, terms: GrantTerms) -> Grant:
    """This function will give a person a role on a unit and its subtree.

    Raises:
        InvalidInput: no such role, or the days run backwards.
        Conflict: the person holds the role there already in these days.
    """
    require(act, "accounts_manage", [terms.unit])
    role = rights_table().roles.get(terms.role)
    if role is None:
        raise InvalidInput(
            f"Không có vai trò {quoted(terms.role)}", expected="một trong: " + ", ".join(sorted(rights_table().roles))
        )
    end = terms.end or OPEN_END
    if end <= terms.start:
        raise InvalidInput(
            f"Ngày kết thúc {format_date(end)} không sau ngày bắt đầu {format_date(terms.start)}", where="Thời hạn"
        )
    overlap = Grant.objects.filter(
        user=user, role=terms.role, unit=terms.unit, valid_from__lt=end, valid_to__gt=terms.start
    ).first()
    if overlap is not None:
        raise Conflict(
            f"{user.full_name} đã có vai trò «{role.label}» tại {terms.unit.code} từ {format_date(overlap.valid_from)}",
            hint="Kết thúc phân quyền cũ trước, hoặc chọn ngày sau đó",
        )
    grant = Grant.objects.create(
        user=user,
        role=terms.role,
        unit=terms.unit,
        valid_from=terms.start,
        valid_to=end,
        decision=terms.decision,
        granted_by=act.user,
        granted_at=act.now,
    )
    _trail(act, "accounts.granted", grant)
    return grant


@transaction.atomic
def end_grant(*, act: Act, grant: Grant, end: date) -> None:
    """This function will end a grant on a day; on that day the right is gone.

    Raises:
        InvalidInput: the grant ends earlier already, or would end before it began.
    """
    require(act, "accounts_manage", [grant.unit])
    locked = Grant.objects.select_for_update().get(pk=grant.pk)
    if not locked.valid_from < end <= locked.valid_to:
        raise InvalidInput(
            f"Ngày kết thúc {format_date(end)} không nằm trong thời hạn phân quyền",
            expected=f"ngày sau {format_date(locked.valid_from)}",
        )
    locked.valid_to = end
    locked.ended_by = act.user
    locked.save(update_fields=["valid_to", "ended_by"])
    _trail(act, "accounts.grant_ended", locked)


@transaction.atomic
def hand_over_post(*, act: Act, grant: Grant, successor: User, day: date, decision: str = "") -> Grant:
    """This function will end a person's grant on a day and give the same one to the successor from that day on.

    Raises:
        InvalidInput: successor and predecessor are the same person, or the day is outside the grant.
    """
    if successor.pk == grant.user_id:
        raise InvalidInput(f"{successor.full_name} đang giữ vai trò này", where="Người nhận bàn giao")
    until = None if grant.valid_to == OPEN_END else grant.valid_to
    # Given before it is ended: whoever hands over their own post still has the right to do so.
    given = give_grant(act=act, user=successor, terms=GrantTerms(grant.role, grant.unit, day, until, decision))
    end_grant(act=act, grant=grant, end=day)
    return given


@transaction.atomic
def print_code_for(*, act: Act, user: User) -> str:
    """This function will make a new one-time code for a person who has a grant where ``act.user`` manages people.

    Every place where the person holds anything must be under the one who prints: a code lets its bearer in as them.

    Raises:
        NotFound: the person has no grant within the scope; NotAllowed: they also hold a post outside it.
    """
    if not act.at_console:
        places = set(Grant.objects.filter(user=user, valid_to__gt=act.today).values_list("unit_id", flat=True))
        managed = units_allowed(act.user, "accounts_manage", places, today=act.today)
        if not managed:
            raise NotFound("Không tìm thấy người dùng này trong phạm vi của đồng chí")
        if managed != places:
            raise NotAllowed(
                f"{user.full_name} còn giữ vai trò ngoài phạm vi của đồng chí",
                hint="Đề nghị văn phòng cấp trên in mã",
            )
    return print_code(act=act, user=user)


def _trail(act: Act, action: str, grant: Grant) -> None:
    write_trail(
        act,
        [
            Happening(
                action,
                "grant",
                str(grant.uid),
                grant.unit.code,
                {
                    "user": grant.user.username,
                    "role": grant.role,
                    "from": grant.valid_from.isoformat(),
                    "to": grant.valid_to.isoformat(),
                },
            )
        ],
    )
