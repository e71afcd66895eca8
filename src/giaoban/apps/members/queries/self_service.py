"""What a member may read of themselves, and what members of a unit ask to have corrected."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from giaoban.apps.accounts.models import User
from giaoban.apps.audit.act import HANOI
from giaoban.apps.members.measures.life import VETTING
from giaoban.apps.members.models import (
    CorrectionRequest,
    FilePart,
    Member,
    MemberAccount,
    MemberEntry,
    OfficeEntry,
    RequestState,
)
from giaoban.apps.members.queries.aliases import kept_record, standing_aliases, with_aliases
from giaoban.apps.members.queries.corrections import correction_timeline
from giaoban.apps.members.queries.file import TimelineEntry, timeline
from giaoban.apps.members.queries.life_timeline import LIFE_REGISTERS, life_timeline
from giaoban.apps.members.queries.scope import members_under
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.queries.chosen import UnitCard, place_cards
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import Conflict, NotFound
from giaoban.core.text_vi import quoted

# What can be asked about besides one's own entries.
ABOUT = {str(part.value): str(part.label) for part in FilePart} | {"other": "Việc khác"}


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One request, with the record in which it is to be put right.

    ``about`` in words; ``part`` of the file, or ``register`` and ``entry``, that it is about.
    """

    uid: uuid.UUID
    member_uid: uuid.UUID
    full_name: str
    unit: UnitCard
    about: str
    part: str
    register: str
    entry: uuid.UUID | None
    wish: str
    asked_at: datetime
    asked_by: int
    state: RequestState
    answer: str
    answered_at: datetime | None
    answered_by: str


def own_registers() -> dict[str, type[Any]]:
    """Return the journals that a member reads of themselves; conclusions on the political standard are not (D13)."""
    life = {name: register.model for name, register in LIFE_REGISTERS.items() if name != VETTING}
    return {"members": MemberEntry, "offices": OfficeEntry} | life


def about_entry(about: str) -> tuple[str, uuid.UUID] | None:
    """Return the register and the entry that a request names as ``register:uid``; None where it names none."""
    register, colon, text = about.partition(":")
    try:
        return (register, uuid.UUID(text)) if colon else None
    except ValueError:
        return None


def own_member(user: User) -> Member | None:
    """Return the member whose sign-in this is; None where there is none, or the account is closed.

    A sign-in that was linked to a second record leads to the kept one as long as the two are joined; the link itself
    stays where it was, so that taking them apart gives everything back (decision D12).
    """
    if not user.is_active:
        return None
    found = Member.objects.filter(account__user=user).select_related("unit").first()
    return kept_record(found) if found is not None else None


def own_timeline(member: Member, *, today: date) -> tuple[TimelineEntry, ...]:
    """Return a member's own entries that stand, newest first, without those that were corrected."""
    entries = [*timeline(member, today=today), *life_timeline(member, today=today, conclusions=False)]
    entries += correction_timeline(member, private=True)
    standing = [entry for entry in entries if not entry.corrected]
    return tuple(sorted(standing, key=lambda entry: entry.order, reverse=True))


def account_of(member: Member) -> MemberAccount | None:
    """Return the account of a member with its person and who linked it; also one linked to another record of theirs.

    Of several the one linked to this record, then the oldest.
    """
    found = MemberAccount.objects.filter(member__in=with_aliases([member.pk]))
    accounts = found.select_related("user", "linked_by", "member__unit").order_by("pk")
    return min(accounts, key=lambda one: (one.member_id != member.pk, one.pk), default=None)


def find_user_to_link(username: str) -> User:
    """Return the open sign-in of a user name.

    Raises:
        NotFound: there is none.
    """
    found = User.objects.filter(username=username.strip().lower(), is_active=True).first()
    if found is None:
        raise NotFound(f"Không có tài khoản đang dùng với tên đăng nhập {quoted(username.strip())}")
    return found


def requests_of(member: Member, *, today: date) -> tuple[RequestLine, ...]:
    """Return what a member asked for, newest first."""
    rows = CorrectionRequest.objects.filter(member__in=with_aliases([member.pk])).order_by("-asked_at", "-pk")
    return _lines(rows.select_related("member", "answered_by"), today=today)


def open_requests(user: User, unit: Unit, *, today: date) -> tuple[RequestLine, ...]:
    """Return what members at or under a unit asked and nobody answered, the oldest first.

    Only of those about whom the person may record. A number of queries that does not depend on the requests.
    """
    members = members_under(user, unit, today=today, right="members_record")
    rows = CorrectionRequest.objects.filter(state=RequestState.ASKED, member__in=members).order_by("asked_at", "pk")
    return _lines(rows.select_related("member", "answered_by"), today=today)


def find_request(user: User, uid: uuid.UUID, *, today: date) -> CorrectionRequest:
    """Return a request of a member that the person may see.

    Raises:
        NotFound: there is none, or it lies outside the scope.
    """
    members = Member.objects.visible_to(user, today=today)
    found = CorrectionRequest.objects.filter(uid=uid, member__in=members).select_related("member__unit").first()
    if found is None:
        raise NotFound("Không tìm thấy đề nghị này trong phạm vi của đồng chí")
    return found


def require_unanswered(request: CorrectionRequest) -> None:
    """Let a request pass that nobody answered.

    Raises:
        Conflict: somebody did; who, when and in which words is told, for the list of open ones shows it no more.
    """
    if request.state == RequestState.ASKED:
        return
    who = request.answered_by.full_name if request.answered_by is not None else ""
    when = f"{request.answered_at.astimezone(HANOI):%H:%M ngày %d/%m/%Y}" if request.answered_at is not None else ""
    raise Conflict(
        f"Đề nghị này đã có người trả lời ({who}, {when}): {request.get_state_display().lower()}, «{request.answer}»",
        where="Trả lời",
        hint="Không cần trả lời nữa; nếu trả lời ấy sai thì đính chính ở trang của đảng viên",
    )


def _lines(requests: Iterable[CorrectionRequest], *, today: date) -> tuple[RequestLine, ...]:
    rows = list(requests)
    cards = place_cards({row.member.unit_id for row in rows}, day=today)
    entries = _entry_words(rows)
    kept = _kept_uids(rows)
    return tuple(
        RequestLine(
            row.uid,
            kept.get(row.member_id, row.member.uid),
            row.member.full_name,
            cards[row.member.unit_id],
            ABOUT.get(row.about) or entries.get(row.about, "Việc khác"),
            row.about if row.about in FilePart.values else "",
            named[0] if named else "",
            named[1] if named else None,
            row.wish,
            row.asked_at,
            row.asked_by_id,
            RequestState(row.state),
            row.answer,
            row.answered_at,
            row.answered_by.full_name if row.answered_by else "",
        )
        for row in rows
        for named in [about_entry(row.about)]
    )


def _kept_uids(rows: Sequence[CorrectionRequest]) -> dict[int, uuid.UUID]:
    """What was asked from a second record is put right in the kept one."""
    aliases = standing_aliases({row.member_id for row in rows})
    uids = dict(Member.objects.filter(pk__in=aliases.values()).values_list("pk", "uid"))
    return {other: uids[kept] for other, kept in aliases.items()}


def _entry_words(rows: Sequence[CorrectionRequest]) -> dict[str, str]:
    """Say which entry a request is about: «Kết nạp (10/01/2023)»; one query for each register."""
    wanted: dict[str, list[uuid.UUID]] = {}
    for row in rows:
        if (named := about_entry(row.about)) is not None:
            wanted.setdefault(named[0], []).append(named[1])
    found = {}
    for register, model in own_registers().items():
        if register in wanted:
            for entry in model.objects.filter(uid__in=wanted[register]):
                known = LIFE_REGISTERS.get(register)
                words = known.words(entry) if known else str(entry.get_kind_display())
                found[f"{register}:{entry.uid}"] = f"{words} ({format_date(entry.effective_date)})"
    return found
