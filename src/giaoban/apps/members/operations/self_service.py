"""A member's own access: the account, the opening of one's own data, what one asks to have corrected.

Law 91/2025/QH15 (domain.md 12): a person may see what is held about them and ask to have it corrected.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from giaoban.apps.accounts.models import User
from giaoban.apps.accounts.operations import NewPerson, add_person, print_code
from giaoban.apps.audit.act import Act
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.members.identity import holds_identity, open_identity
from giaoban.apps.members.models import CorrectionRequest, Member, MemberAccount, MemberState, RequestState
from giaoban.apps.members.operations.reading import PersonalFile
from giaoban.apps.members.queries.aliases import records_of, with_aliases
from giaoban.apps.members.queries.self_service import ABOUT, about_entry, own_member, own_registers, require_unanswered
from giaoban.apps.organizations.models import Grant
from giaoban.apps.organizations.permissions import may, require
from giaoban.core.errors import Conflict, InvalidInput, NotAllowed
from giaoban.core.text_vi import tidy

MOST_OPEN = 20
LONGEST = 500
_NO_ACCOUNT = (MemberState.DIED, MemberState.VOIDED, MemberState.ALIAS)


@dataclass(frozen=True, slots=True)
class OwnData:
    """What a member sees of themselves."""

    member: Member
    file: PersonalFile


def _require_at(act: Act, member: Member) -> None:
    """Let those through who manage people, or record members, where the member stands."""
    if not act.at_console and not may(act.user, "accounts_manage", member.unit, today=act.today):
        require(act, "members_record", [member.unit])


@transaction.atomic
def link_account(*, act: Act, user: User, member: Member) -> MemberAccount:
    """This function will link a sign-in to a member, who from then on sees their own data with it.

    Raises:
        InvalidInput: one's own sign-in (somebody else must vouch for it), a closed one, a record without a person.
        Conflict: the sign-in or the member is linked already.
        NotAllowed, NotFound: neither ``accounts_manage`` nor ``members_record`` at the member's unit.
    """
    _require_at(act, member)
    if user.pk == act.user.pk and not act.at_console:
        raise InvalidInput(
            "Không tự nối tài khoản của mình", where="Tên đăng nhập", hint="Đề nghị một cán bộ khác của văn phòng nối"
        )
    if not user.is_active:
        raise InvalidInput(
            f"Tài khoản {user.username} đã đóng", where="Tên đăng nhập", expected="tài khoản đang dùng được"
        )
    if member.state in _NO_ACCOUNT:
        raise InvalidInput(
            f"{member.full_name}: {member.get_state_display().lower()}",
            where="Tên đăng nhập",
            expected="hồ sơ của người còn sống, không trùng với hồ sơ khác",
        )
    if MemberAccount.objects.filter(member__in=with_aliases([member.pk])).exists():
        raise Conflict(
            f"{member.full_name} đã có tài khoản", where="Tên đăng nhập", hint="Bỏ nối tài khoản cũ rồi nối lại"
        )
    try:
        with transaction.atomic():
            account = MemberAccount.objects.create(user=user, member=member, linked_at=act.now, linked_by=act.user)
    except IntegrityError:
        raise Conflict(
            f"Tài khoản {user.username} đã nối với một đảng viên",
            where="Tên đăng nhập",
            hint="Mỗi tài khoản chỉ của một người; xem lại tên đăng nhập",
        ) from None
    _note(act, "members.account_linked", member, {"user": str(user.uid)})
    return account


@transaction.atomic
def open_account(*, act: Act, member: Member, username: str) -> NewPerson:
    """This function will add a sign-in without any grant for a member, link it, and return its one-time code.

    Raises:
        InvalidInput, Conflict: the user name is not right or taken, the member has an account.
        NotAllowed, NotFound: no right ``accounts_manage`` at the member's unit.
    """
    require(act, "accounts_manage", [member.unit])
    person = add_person(act=act, username=username, full_name=member.full_name)
    link_account(act=act, user=person.user, member=member)
    return person


@transaction.atomic
def print_member_code(*, act: Act, account: MemberAccount) -> str:
    """This function will make a new one-time code for a member's sign-in that holds no grant.

    Raises:
        NotAllowed: the sign-in holds a grant as well (those who manage that person print the code), or no right
            ``accounts_manage`` at the member's unit; NotFound: the member is outside the scope.
    """
    require(act, "accounts_manage", [account.member.unit])
    if Grant.objects.filter(user=account.user, valid_to__gt=act.today).exists():
        raise NotAllowed(
            f"{account.user.full_name} còn giữ vai trò trong hệ thống", hint="In mã ở trang «Người dùng» của người ấy"
        )
    return print_code(act=act, user=account.user)


@transaction.atomic
def unlink_account(*, act: Act, account: MemberAccount) -> None:
    """This function will take a sign-in away from a member; what they asked for stays.

    Raises:
        Conflict: somebody did so already. NotAllowed, NotFound: as for linking.
    """
    _require_at(act, account.member)
    deleted, _ = MemberAccount.objects.filter(pk=account.pk).delete()
    if not deleted:
        raise Conflict("Tài khoản này đã được bỏ nối")
    _note(act, "members.account_unlinked", account.member, {"user": str(account.user.uid)})


@transaction.atomic
def open_own_data(*, act: Act) -> OwnData:
    """This function will return the data of the member whose sign-in acts, and record that they were opened.

    Raises:
        NotAllowed: the sign-in is linked to no member.
    """
    member = _own(act)
    number = open_identity(member.identity_cipher, member.identity_cipher_key) if member.identity_cipher else ""
    _note(act, "members.own_data_read", member, {})
    return OwnData(member, PersonalFile(number, member.phone, member.file_number, member.card_number))


@transaction.atomic
def ask_correction(*, act: Act, about: str, wish: str) -> CorrectionRequest:
    """This function will record what a member asks to have corrected about themselves.

    Args:
        act: of the member's own sign-in.
        about: a key of ``ABOUT``, or ``register:uid`` of one of one's own entries.
        wish: what would be right, in at most 500 characters, without an identity number.

    Raises:
        InvalidInput: no such thing, no words, too many of them, an identity number among them.
        Conflict: the same was asked and is not answered, or too much is.
        NotAllowed: the sign-in is linked to no member.
    """
    member = _own(act)
    if about not in ABOUT and not _own_entry(member, about):
        raise InvalidInput("Không có mục này", where="Về mục", expected="một mục trong danh sách")
    words = _words(wish, "Nội dung đề nghị", "ghi đúng là gì, theo giấy tờ nào")
    open_ = CorrectionRequest.objects.filter(member=member, state=RequestState.ASKED)
    if open_.filter(about=about, wish=words).exists():
        raise Conflict("Đề nghị này đã gửi và đang chờ xem xét", where="Nội dung đề nghị", hint="Chờ văn phòng trả lời")
    if open_.count() >= MOST_OPEN:
        raise Conflict(
            f"Đã có {MOST_OPEN} đề nghị chờ xem xét",
            where="Nội dung đề nghị",
            hint="Chờ văn phòng trả lời rồi gửi tiếp",
        )
    asked = CorrectionRequest.objects.create(
        member=member, about=about, wish=words, asked_at=act.now, asked_by=act.user
    )
    _note(act, "members.correction_asked", member, {"request": str(asked.uid), "about": about})
    return asked


@transaction.atomic
def answer_correction(*, act: Act, request: CorrectionRequest, accept: bool, answer: str) -> CorrectionRequest:
    """This function will answer a member's request; nothing else is changed by it.

    Raises:
        InvalidInput: no words, or an identity number among them.
        Conflict: somebody answered already.
        NotAllowed: one's own request, or no right ``members_record`` at the member's unit; NotFound: out of scope.
    """
    require(act, "members_record", [request.member.unit])
    if request.asked_by_id == act.user.pk:
        raise NotAllowed("Không tự trả lời đề nghị của mình", hint="Để một cán bộ khác trả lời")
    words = _words(answer, "Trả lời", "đã làm gì, hoặc vì sao không đính chính")
    state = RequestState.ACCEPTED if accept else RequestState.REFUSED
    answered = CorrectionRequest.objects.filter(pk=request.pk, state=RequestState.ASKED).update(
        state=state, answer=words, answered_at=act.now, answered_by=act.user
    )
    request.refresh_from_db()
    if not answered:
        require_unanswered(request)
    _note(act, "members.correction_answered", request.member, {"request": str(request.uid), "state": state.value})
    return request


def _own(act: Act) -> Member:
    member = own_member(act.user)
    if member is None:
        raise NotAllowed(
            "Tài khoản của đồng chí chưa nối với hồ sơ đảng viên",
            hint="Đề nghị chi bộ hoặc văn phòng cấp ủy nối ở trang của đảng viên",
        )
    return member


def _own_entry(member: Member, about: str) -> bool:
    named = about_entry(about)
    if named is None:
        return False
    register, uid = named
    model = own_registers().get(register)
    return model is not None and model.objects.filter(uid=uid, member__in=records_of(member), void=False).exists()


def _words(text: str, where: str, expected: str) -> str:
    words = tidy(text)
    if not words:
        raise InvalidInput(f"Chưa có {where.lower()}", where=where, expected=expected)
    if len(words) > LONGEST:
        raise InvalidInput(f"{where} dài {len(words)} ký tự", where=where, expected=f"không quá {LONGEST} ký tự")
    if holds_identity(words):
        raise InvalidInput(
            f"{where} có số định danh cá nhân",
            where=where,
            expected="chỉ ghi sai ở đâu",
            hint="Mang căn cước đến chi bộ để đối chiếu",
        )
    return words


def _note(act: Act, action: str, member: Member, detail: dict[str, str]) -> None:
    write_trail(act, [Happening(action, "member", str(member.uid), member.unit.code, detail)])
