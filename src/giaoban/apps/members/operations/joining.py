"""Two records of one person: a person joins them as an alias, and may undo it; no row is repointed (decision D12)."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.members.models import Member, MemberAlias
from giaoban.apps.members.operations._journal import lock_members
from giaoban.apps.members.operations._projection import rebuild_members
from giaoban.apps.members.operations._sums import sum_record
from giaoban.apps.members.operations.absences import odd_entries, rebuild_absences
from giaoban.apps.members.operations.offices import rebuild_office_terms
from giaoban.apps.organizations.permissions import require
from giaoban.core.errors import Conflict, InvalidInput

ALREADY = "Hồ sơ này đã được nối với một hồ sơ khác"


@transaction.atomic
def join_records(*, act: Act, kept: Member, other: Member, takes_history: bool) -> MemberAlias:
    """This function will make ``other`` a second record of the person of ``kept``.

    With ``takes_history`` the entries of ``other`` count as a part of the one life; without it they only repeat what
    stands in ``kept`` and are not counted while the alias stands. All entries stay where they are.

    Raises:
        InvalidInput: one record, or two lives that cannot be one (both stand at once: then they do not add up).
        Conflict: one of them is joined already.
        NotAllowed, NotFound: no right ``members_record`` at both units.
    """
    require(act, "members_record", [kept.unit, other.unit])
    lock_members([kept.pk, other.pk])
    if kept.pk == other.pk:
        raise InvalidInput("Hai hồ sơ là một", where="Hồ sơ giữ lại", expected="hai hồ sơ khác nhau")
    standing = MemberAlias.objects.filter(undone_at__isnull=True)
    if standing.filter(other__in=(kept, other)).exists() or standing.filter(kept=other).exists():
        raise Conflict(ALREADY, hint="Bỏ nối trước, rồi nối lại")
    odd = {one.entry for one in odd_entries([kept.pk, other.pk])}
    try:
        with transaction.atomic():
            alias = MemberAlias.objects.create(
                kept=kept, other=other, takes_history=takes_history, joined_at=act.now, joined_by=act.user
            )
    except IntegrityError:
        raise Conflict(ALREADY, hint="Mở lại trang để xem ai đã nối") from None
    if not takes_history:
        sum_record(other.pk, -1)
    rebuild_members([kept.pk, other.pk])
    rebuild_absences([kept.pk, other.pk], known_odd=odd)
    rebuild_office_terms([kept.pk, other.pk])
    _note(act, alias, "members.joined")
    return alias


@transaction.atomic
def undo_join(*, act: Act, alias: MemberAlias) -> MemberAlias:
    """This function will take two records apart again; both are as they were before.

    Raises:
        Conflict: somebody did so already. NotAllowed, NotFound: no right ``members_record`` at both units.
    """
    require(act, "members_record", [alias.kept.unit, alias.other.unit])
    lock_members([alias.kept_id, alias.other_id])
    ended = MemberAlias.objects.filter(pk=alias.pk, undone_at__isnull=True).update(
        undone_at=act.now, undone_by=act.user
    )
    if not ended:
        raise Conflict("Hai hồ sơ này đã được bỏ nối")
    if not alias.takes_history:
        sum_record(alias.other_id, 1)
    rebuild_members([alias.kept_id, alias.other_id])
    # What either record held before it was joined cannot stand in the way of taking them apart.
    odd = {one.entry for one in odd_entries([alias.kept_id, alias.other_id])}
    rebuild_absences([alias.kept_id, alias.other_id], known_odd=odd)
    rebuild_office_terms([alias.kept_id, alias.other_id])
    alias.refresh_from_db()
    _note(act, alias, "members.join_undone")
    return alias


def _note(act: Act, alias: MemberAlias, action: str) -> None:
    detail = {"other": str(alias.other.uid), "takes_history": alias.takes_history}
    write_trail(act, [Happening(action, "member", str(alias.kept.uid), alias.kept.unit.code, detail)])
