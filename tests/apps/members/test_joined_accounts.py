"""A sign-in linked to a second record leads to the kept one while the two are joined; nothing is repointed (D12)."""

from __future__ import annotations

from datetime import date

import pytest
from tests.web.members.self_examples import own_user
from tests.world import NOW, TODAY, World

from giaoban.apps.accounts.models import User
from giaoban.apps.audit.act import Act
from giaoban.apps.members.models import (
    ChangeCause,
    FilePart,
    Member,
    MemberAccount,
    MemberAlias,
    MemberEvent,
    RequestState,
)
from giaoban.apps.members.operations import (
    CorrectionDraft,
    FirstEntry,
    MemberDraft,
    ask_correction,
    correct_member,
    enrol_member,
    join_records,
    link_account,
    open_own_data,
    transfer_out,
    undo_join,
    unlink_account,
)
from giaoban.apps.members.queries.self_service import (
    account_of,
    open_requests,
    own_member,
    own_timeline,
    requests_of,
)
from giaoban.apps.organizations.operations import Decision
from giaoban.core.dates_vi import PartialDate, Precision
from giaoban.core.errors import Conflict

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(world: World) -> Member:
    """A second record of «giang»: her earlier life in another cell, before she left the committee."""
    day = date(2022, 3, 1)
    first = FirstEntry(MemberEvent.TRANSFERRED, day, world.units["DUK.01.01"], outside="Đảng bộ huyện Khe Mây")
    born = PartialDate(date(1987, 3, 3), Precision.DAY)
    console = world.act("clerk", at_console=True)
    member = enrol_member(act=console, draft=MemberDraft("Tạ Hương Giang", born, first, file_number="900002KMY"))
    transfer_out(act=console, member=member, day=date(2022, 9, 1), outside="Đảng bộ huyện Khe Mây", decision=Decision())
    member.refresh_from_db()
    world.members["other"] = member
    return member


def _join(world: World, other: Member, *, takes_history: bool = True) -> MemberAlias:
    act = world.act("clerk")
    return join_records(act=act, kept=world.members["giang"], other=other, takes_history=takes_history)


def test_the_sign_in_of_the_second_record_leads_to_the_kept_one_and_back(world: World, other: Member) -> None:
    user = own_user(world, "other")
    alias = _join(world, other)
    data = open_own_data(act=Act(user, NOW))
    assert (data.member.pk, data.file.file_number) == (world.members["giang"].pk, "900001KMY")
    assert MemberAccount.objects.get().member_id == other.pk, "nothing is repointed"
    found = account_of(world.members["giang"])
    assert found is not None
    assert found.user == user
    with pytest.raises(Conflict, match="đã có tài khoản"):
        link_account(act=world.act("organizer"), user=world.users["stranger"], member=world.members["giang"])
    undo_join(act=world.act("clerk"), alias=alias)
    own = own_member(User.objects.get(pk=user.pk))
    assert own is not None
    assert own.pk == other.pk
    assert account_of(world.members["giang"]) is None


def test_of_two_sign_ins_both_lead_to_the_kept_record(world: World, other: Member) -> None:
    users = [own_user(world, key) for key in ("other", "giang")]
    _join(world, other)
    assert {own.pk for user in users if (own := own_member(user))} == {world.members["giang"].pk}
    found = account_of(world.members["giang"])
    assert found is not None
    assert found.user == users[1], "the link of the record itself comes first"
    unlink_account(act=world.act("clerk"), account=found)
    left = account_of(world.members["giang"])
    assert left is not None
    assert left.user == users[0]


def test_what_the_second_record_asked_is_put_right_in_the_kept_one(world: World, other: Member) -> None:
    asked = ask_correction(act=Act(own_user(world, "other"), NOW), about="phone", wish="Số máy đã đổi")
    _join(world, other)
    giang = world.members["giang"]
    [line] = open_requests(world.users["clerk"], world.units["DUK"], today=TODAY)
    assert line.member_uid == giang.uid
    assert len(requests_of(giang, today=TODAY)) == 1
    draft = CorrectionDraft(giang, FilePart.PHONE, "0912000000", ChangeCause.MISTAKE, "Đề nghị", request=asked)
    correct_member(act=world.act("clerk"), draft=draft)
    asked.refresh_from_db()
    assert asked.state == RequestState.ACCEPTED
    assert world.refresh("giang").phone == "0912000000"


@pytest.mark.parametrize("takes_history", [True, False])
def test_the_life_shows_what_the_second_record_tells_of_it(takes_history: bool, world: World, other: Member) -> None:
    giang = world.members["giang"]
    before = len(own_timeline(giang, today=TODAY))
    _join(world, other, takes_history=takes_history)
    after = own_timeline(giang, today=TODAY)
    assert len(after) == before + (2 if takes_history else 0)
    told = next(line for line in after if line.register == "members")
    user = own_user(world, "giang")
    assert ask_correction(act=Act(user, NOW), about=f"members:{told.uid}", wish="Ngày chưa đúng")
    if takes_history:
        oldest = after[-1]
        assert oldest.day.day == date(2022, 3, 1)
        assert ask_correction(act=Act(user, NOW), about=f"members:{oldest.uid}", wish="Ngày chưa đúng")
