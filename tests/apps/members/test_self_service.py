"""A member's own access: linking, one's own data, requests and answers; who may not."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.world import IDENTITY, NOW, TODAY, World

from giaoban.apps.accounts.models import OneTimeCode
from giaoban.apps.accounts.operations import close_account
from giaoban.apps.audit.act import Act
from giaoban.apps.audit.models import AuditRow
from giaoban.apps.members.models import (
    HonourEvent,
    HonourForm,
    HonourLevel,
    MemberAccount,
    MemberEntry,
    MemberEvent,
    RequestState,
    VettingPurpose,
)
from giaoban.apps.members.operations import (
    HonourDraft,
    VettingDraft,
    answer_correction,
    ask_correction,
    link_account,
    open_account,
    open_own_data,
    print_member_code,
    record_honour,
    record_vetting,
    unlink_account,
    void_honour_entry,
)
from giaoban.apps.members.operations.self_service import MOST_OPEN
from giaoban.apps.members.queries.self_service import (
    account_of,
    find_request,
    find_user_to_link,
    open_requests,
    own_member,
    own_timeline,
    requests_of,
)
from giaoban.apps.organizations.operations import Decision
from giaoban.core.errors import Conflict, InvalidInput, NotAllowed, NotFound

pytestmark = pytest.mark.django_db


def _linked(world: World, member: str = "dao", who: str = "stranger") -> Act:
    """Link a sign-in that holds no grant; return its act."""
    link_account(act=world.act("clerk"), user=world.users[who], member=world.members[member])
    return world.act(who)


def test_a_member_opens_their_own_data_and_only_theirs(world: World) -> None:
    with pytest.raises(NotAllowed, match="chưa nối với hồ sơ"):
        open_own_data(act=world.act("stranger"))
    assert not AuditRow.objects.filter(action="members.own_data_read").exists()
    act = _linked(world)
    data = open_own_data(act=act)
    assert data.member == world.members["dao"]
    assert (data.file.identity_number, data.file.phone) == (IDENTITY, "0900000001")
    row = AuditRow.objects.get(action="members.own_data_read")
    assert (row.actor, row.object_uid) == (world.users["stranger"], str(world.members["dao"].uid))
    assert AuditRow.objects.get(action="members.account_linked").object_uid == str(world.members["dao"].uid)
    close_account(act=world.act("clerk", at_console=True), user=world.users["stranger"])
    world.users["stranger"].refresh_from_db()
    assert own_member(world.users["stranger"]) is None, "a closed account opens nothing"


def test_ones_own_timeline_leaves_out_conclusions_and_what_was_corrected(world: World) -> None:
    dao = world.members["dao"]
    before = own_timeline(dao, today=TODAY)
    assert {line.register for line in before} == {"members", "offices"}
    act = world.act("clerk")
    conclusion = VettingDraft(VettingPurpose.CADRE, TODAY, dao, decision=Decision("45-KL/BTC", TODAY))
    record_vetting(act=act, draft=conclusion)
    assert own_timeline(dao, today=TODAY) == before
    award = HonourDraft(
        HonourEvent.COMMENDED, TODAY, dao, level=HonourLevel.PROVINCIAL, form=HonourForm.LETTER, reason="yearly"
    )
    entry = record_honour(act=act, draft=award)
    assert len(own_timeline(dao, today=TODAY)) == len(before) + 1
    void_honour_entry(act=act, entry=entry)
    assert own_timeline(dao, today=TODAY) == before


def test_who_links(world: World) -> None:
    user, dao = world.users["stranger"], world.members["dao"]
    for who in ("inspector", "deputy"):
        with pytest.raises(NotAllowed):
            link_account(act=world.act(who), user=user, member=dao)
    with pytest.raises(NotFound):
        link_account(act=world.act("outsider"), user=user, member=dao)
    # The administrator manages people there, the secretary records members there: either may.
    link_account(act=world.act("administrator"), user=user, member=dao)
    link_account(act=world.act("secretary"), user=world.users["deputy"], member=world.members["em"])
    assert MemberAccount.objects.count() == 2


def test_what_cannot_be_linked(world: World) -> None:
    act, dao, em = world.act("clerk"), world.members["dao"], world.members["em"]
    with pytest.raises(InvalidInput, match="Không tự nối"):
        link_account(act=act, user=world.users["clerk"], member=dao)
    with pytest.raises(InvalidInput, match="từ trần"):
        link_account(act=act, user=world.users["stranger"], member=world.members["lam"])
    link_account(act=act, user=world.users["stranger"], member=dao)
    with pytest.raises(Conflict, match="đã có tài khoản"):
        link_account(act=act, user=world.users["deputy"], member=dao)
    with pytest.raises(Conflict, match="đã nối với một đảng viên"):
        link_account(act=act, user=world.users["stranger"], member=em)
    close_account(act=world.act("clerk", at_console=True), user=world.users["inspector"])
    world.users["inspector"].refresh_from_db()
    with pytest.raises(InvalidInput, match="đã đóng"):
        link_account(act=act, user=world.users["inspector"], member=em)
    with pytest.raises(NotFound):
        find_user_to_link("dung")
    assert find_user_to_link(" KHACH ") == world.users["stranger"]


def test_an_account_is_taken_away(world: World) -> None:
    own = _linked(world)
    account = account_of(world.members["dao"])
    assert account is not None
    with pytest.raises(NotFound):
        unlink_account(act=world.act("outsider"), account=account)
    unlink_account(act=world.act("secretary"), account=account)
    with pytest.raises(NotAllowed):
        open_own_data(act=own)
    again = MemberAccount(pk=10**6, user=world.users["stranger"], member=world.members["dao"])
    with pytest.raises(Conflict, match="đã được bỏ nối"):
        unlink_account(act=world.act("clerk"), account=again)
    assert AuditRow.objects.filter(action="members.account_unlinked").count() == 1


def test_a_new_account_with_its_code(world: World) -> None:
    dao = world.members["dao"]
    with pytest.raises(NotAllowed):
        open_account(act=world.act("secretary"), member=dao, username="dao.nguyen")
    made = open_account(act=world.act("clerk"), member=dao, username="dao.nguyen")
    assert (made.user.full_name, own_member(made.user)) == ("Nguyễn Đức Đạo", dao)
    account = account_of(dao)
    assert account is not None
    code = print_member_code(act=world.act("administrator"), account=account)
    assert code != made.code
    assert OneTimeCode.objects.filter(user=made.user, used_at=None).count() == 1, "the first one stops working"
    with pytest.raises(NotAllowed):
        print_member_code(act=world.act("secretary"), account=account)
    with pytest.raises(Conflict, match="đã có tài khoản"):
        open_account(act=world.act("clerk"), member=dao, username="dao.hai")


def test_no_code_this_way_for_somebody_who_holds_a_post(world: World) -> None:
    """A code lets its bearer in as that person: who may only link must not come to another's rights by it."""
    account = link_account(act=world.act("clerk"), user=world.users["outsider"], member=world.members["dao"])
    with pytest.raises(NotAllowed, match="còn giữ vai trò"):
        print_member_code(act=world.act("clerk"), account=account)


def test_asked_and_answered(world: World) -> None:
    own, dao = _linked(world), world.members["dao"]
    asked = ask_correction(act=own, about="birth", wish="  Sinh ngày 19/05/1971,  theo giấy khai sinh ")
    assert asked.wish == "Sinh ngày 19/05/1971, theo giấy khai sinh"
    [line] = open_requests(world.users["secretary"], world.units["DUK.01.01"], today=TODAY)
    assert (line.about, line.full_name, line.state) == ("Ngày sinh", "Nguyễn Đức Đạo", RequestState.ASKED)
    answer_correction(act=world.act("secretary"), request=asked, accept=True, answer="Đã đối chiếu, sẽ đính chính")
    dao.refresh_from_db()
    assert dao.birth_date == date(1970, 5, 19), "an answer changes nothing by itself"
    assert open_requests(world.users["secretary"], world.units["DUK.01.01"], today=TODAY) == ()
    [told] = requests_of(dao, today=TODAY)
    assert (told.state, told.answer, told.answered_by) == (
        RequestState.ACCEPTED,
        "Đã đối chiếu, sẽ đính chính",
        "Bùi Văn Thọ",
    )
    with pytest.raises(Conflict, match="đã có người trả lời"):
        answer_correction(act=world.act("clerk"), request=asked, accept=False, answer="Không có giấy tờ")
    asked.refresh_from_db()
    assert asked.state == RequestState.ACCEPTED
    trail = AuditRow.objects.filter(action__startswith="members.correction_").order_by("pk")
    assert [row.action for row in trail] == ["members.correction_asked", "members.correction_answered"]
    assert all("1971" not in str(row.detail) for row in trail), "the wish stays in the request"


def test_about_an_entry_of_ones_own(world: World) -> None:
    own = _linked(world, "an")
    mine = MemberEntry.objects.get(member=world.members["an"], kind=MemberEvent.ADMITTED)
    others = MemberEntry.objects.get(member=world.members["binh"], kind=MemberEvent.ADMITTED)
    ask_correction(act=own, about=f"members:{mine.uid}", wish="Kết nạp ngày 11/01/2023")
    [line] = requests_of(world.members["an"], today=TODAY)
    assert (line.about, line.register, line.entry) == ("Kết nạp (10/01/2023)", "members", mine.uid)
    for about in (f"members:{others.uid}", f"vetting:{mine.uid}", f"members:{uuid.uuid4()}", "members:x", "", "salary"):
        with pytest.raises(InvalidInput, match="Không có mục này"):
            ask_correction(act=own, about=about, wish="Sai")


@pytest.mark.parametrize(
    ("wish", "message"),
    [
        ("   ", "Chưa có nội dung đề nghị"),
        ("x" * 501, "501 ký tự"),
        ("Số đúng là 099090123456", "số định danh"),
        ("Số đúng là 099 090 123 456", "số định danh"),
    ],
)
def test_wishes_that_are_refused(world: World, wish: str, message: str) -> None:
    own = _linked(world)
    with pytest.raises(InvalidInput, match=message):
        ask_correction(act=own, about="other", wish=wish)


def test_no_flood_of_requests(world: World) -> None:
    own = _linked(world)
    for number in range(MOST_OPEN):
        ask_correction(act=own, about="phone", wish=f"Số mới {number}")
    with pytest.raises(Conflict, match="đang chờ xem xét"):
        ask_correction(act=own, about="phone", wish="Số mới 0")
    with pytest.raises(Conflict, match=f"Đã có {MOST_OPEN} đề nghị"):
        ask_correction(act=own, about="phone", wish="Số khác")
    with pytest.raises(NotAllowed):
        ask_correction(act=world.act("deputy"), about="phone", wish="Số khác")


def test_who_answers(world: World) -> None:
    link_account(act=world.act("clerk"), user=world.users["secretary"], member=world.members["dao"])
    asked = ask_correction(act=world.act("secretary"), about="phone", wish="Số máy đã đổi")
    with pytest.raises(NotAllowed, match="Không tự trả lời"):
        answer_correction(act=world.act("secretary"), request=asked, accept=True, answer="Đồng ý")
    for who in ("inspector", "deputy"):
        with pytest.raises(NotAllowed):
            answer_correction(act=world.act(who), request=asked, accept=True, answer="Đồng ý")
    with pytest.raises(NotFound):
        answer_correction(act=world.act("outsider"), request=asked, accept=True, answer="Đồng ý")
    with pytest.raises(NotFound):
        find_request(world.users["outsider"], asked.uid, today=TODAY)
    with pytest.raises(InvalidInput, match="Chưa có trả lời"):
        answer_correction(act=world.act("clerk"), request=asked, accept=False, answer=" ")
    answer_correction(act=world.act("clerk"), request=asked, accept=False, answer="Chưa có giấy tờ")
    asked.refresh_from_db()
    assert (asked.state, asked.answered_at) == (RequestState.REFUSED, NOW)


def test_open_requests_of_a_unit_only_for_those_who_record_there(world: World) -> None:
    own = _linked(world)
    ask_correction(act=own, about="phone", wish="Số máy đã đổi")
    duk = world.units["DUK"]
    assert len(open_requests(world.users["clerk"], duk, today=TODAY)) == 1
    assert open_requests(world.users["clerk"], world.units["DUK.02"], today=TODAY) == ()
    assert open_requests(world.users["deputy"], duk, today=TODAY) == ()
    assert open_requests(world.users["outsider"], duk, today=TODAY) == ()
    with CaptureQueriesContext(connection) as few:
        open_requests(world.users["clerk"], duk, today=TODAY)
    for number in range(15):
        ask_correction(act=own, about="phone", wish=f"Số {number}")
    with CaptureQueriesContext(connection) as many:
        assert len(open_requests(world.users["clerk"], duk, today=TODAY)) == 16
    assert len(many) == len(few)
