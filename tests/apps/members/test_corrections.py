"""Correcting a member's file: the old value stays readable, what entries tell is not touched, two at once are told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.web.members.self_examples import own_user
from tests.world import IDENTITY, NOW, TODAY, World

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.models import AuditRow
from giaoban.apps.members.integrity import CHECKS
from giaoban.apps.members.models import (
    CardReason,
    ChangeCause,
    CorrectionEntry,
    FilePart,
    Member,
    MemberEvent,
    RequestState,
    Trait,
    TraitEntry,
    TraitSpan,
)
from giaoban.apps.members.operations import (
    CorrectionDraft,
    FirstEntry,
    MemberDraft,
    ask_correction,
    correct_member,
    correct_members,
    enrol_member,
    issue_card,
    join_records,
    open_personal_file,
    reissue_card,
    void_entry,
)
from giaoban.apps.members.queries.aliases import alike_members
from giaoban.apps.members.queries.corrections import correction_timeline, file_version, private_changes
from giaoban.apps.members.queries.lists import MemberFilter, list_members
from giaoban.apps.members.queries.self_service import own_timeline
from giaoban.core.dates_vi import PartialDate, Precision
from giaoban.core.errors import Conflict, InvalidInput, NotAllowed, NotFound

pytestmark = pytest.mark.django_db
OTHER_NUMBER = "001070000999"


def draft(world: World, member: str, part: FilePart, value: str, **more: object) -> CorrectionDraft:
    """A mistake that is put right by a birth certificate, unless something else is said."""
    plain = CorrectionDraft(world.members[member], part, value, ChangeCause.MISTAKE, "Theo giấy khai sinh")
    return replace(plain, **more)  # type: ignore[arg-type]


def correct(world: World, member: str, part: FilePart, value: str, **more: object) -> CorrectionEntry:
    return correct_member(act=world.act("organizer"), draft=draft(world, member, part, value, **more))


def unhurt(world: World) -> None:
    """Everything that verify asks of members holds."""
    assert [fault for check in CHECKS for fault in check.rows()] == []


def test_a_name_is_replaced_and_the_old_one_stays_readable(world: World) -> None:
    entry = correct(world, "dao", FilePart.NAME, "  Nguyễn  Đức Đạt ")
    dao = world.refresh("dao")
    assert (dao.full_name, dao.folded_name) == ("Nguyễn Đức Đạt", "nguyen duc dat")
    assert (entry.before, entry.after, entry.reason) == ("Nguyễn Đức Đạo", "Nguyễn Đức Đạt", "Theo giấy khai sinh")
    [line] = correction_timeline(dao, private=False)
    assert line.what == "Đính chính họ và tên: Nguyễn Đức Đạo → Nguyễn Đức Đạt"
    assert line.where == "Căn cứ: Theo giấy khai sinh"
    found = list_members(world.users["organizer"], world.units["DUK"], MemberFilter(text="duc dat"), today=TODAY)
    assert [one.full_name for one in found.lines] == ["Nguyễn Đức Đạt"]
    row = AuditRow.objects.get(action="members.file_corrected")
    assert (row.object_uid, row.unit_code) == (str(dao.uid), "DUK.01.01")
    unhurt(world)


def test_an_identity_number_is_never_kept_in_the_open(world: World) -> None:
    entry = correct(world, "dao", FilePart.IDENTITY, OTHER_NUMBER)
    assert (entry.before, entry.after) == ("…456", "…999")
    stored = CorrectionEntry.objects.values().get()
    audit = [str(row) for row in AuditRow.objects.values()]
    assert not [text for text in (*map(str, stored.values()), *audit) if IDENTITY in text or OTHER_NUMBER in text]
    assert stored["before_cipher"] != stored["after_cipher"]
    assert open_personal_file(act=world.act("organizer"), member=world.refresh("dao")).identity_number == OTHER_NUMBER
    with pytest.raises(Conflict, match="…999 đã có trong sổ"):
        correct(world, "em", FilePart.IDENTITY, OTHER_NUMBER)
    unhurt(world)


def test_private_values_open_with_the_file_only(world: World) -> None:
    correct(world, "dao", FilePart.PHONE, "0912000000", cause=ChangeCause.CHANGED, day=date(2023, 4, 1))
    correct(world, "dao", FilePart.BIRTH, "20/05/1970")
    dao = world.refresh("dao")
    assert {line.what for line in correction_timeline(dao, private=False)} == {
        "Đổi điện thoại",
        "Đính chính ngày sinh",
    }
    assert [(one.part, one.before, one.after) for one in private_changes(dao)] == [
        ("Ngày sinh", "19/05/1970", "20/05/1970"),
        ("Điện thoại", "0900000001", "0912000000"),
    ]
    assert "Đổi điện thoại: 0900000001 → 0912000000" in [line.what for line in own_timeline(dao, today=TODAY)]
    unhurt(world)


@pytest.mark.parametrize(
    ("part", "value", "told"),
    [
        (FilePart.NAME, "Đạo", "chưa đủ"),
        (FilePart.NAME, " ", "Chưa ghi họ và tên"),
        (FilePart.NAME, "Nguyễn Đức Đạo", "Sổ đã ghi họ và tên như vậy"),
        (FilePart.BIRTH, "31/02/1970", "Không có ngày"),
        (FilePart.BIRTH, "01/01/2030", "ở tương lai"),
        (FilePart.BIRTH, "01/01/1999", "sau ngày kết nạp"),
        (FilePart.SEX, "khác", "Không có mức «khác»"),
        (FilePart.FILE_NUMBER, "000001ALC", "đã có trong sổ đảng viên, của người khác"),
        (FilePart.FILE_NUMBER, "1" * 21, "dài 21 ký tự"),
        (FilePart.CARD_NUMBER, "", "Chưa ghi số thẻ"),
        (FilePart.IDENTITY, "12345", "có 5 ký tự"),
        (FilePart.ADMITTED, "01/01/1960", "trước ngày sinh"),
        (FilePart.RECOGNISED, "01/01/1990", "Ngày chính thức 01/01/1990 trước ngày kết nạp"),
        (FilePart.RECOGNISED, "02/01/2022", "Ngày vào sổ 01/01/2022 trước ngày chính thức"),
    ],
)
def test_what_cannot_be_is_refused(part: FilePart, value: str, told: str, world: World) -> None:
    with pytest.raises((InvalidInput, Conflict), match=told):
        correct(world, "dao", part, value)
    assert not CorrectionEntry.objects.exists()


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"reason": " "}, "Chưa có căn cứ"),
        ({"reason": f"Căn cước {IDENTITY}"}, "có số định danh cá nhân"),
        ({"reason": "x" * 201}, "dài 201 ký tự"),
        ({"cause": ChangeCause.CHANGED}, "Chưa có ngày thay đổi"),
        ({"cause": ChangeCause.CHANGED, "day": date(2023, 4, 6)}, "ở tương lai"),
        ({"cause": ChangeCause.CHANGED, "day": date(1960, 1, 1)}, "trước ngày sinh"),
    ],
)
def test_what_it_rests_on_is_asked(more: dict[str, object], told: str, world: World) -> None:
    with pytest.raises(InvalidInput, match=told):
        correct(world, "dao", FilePart.NAME, "Nguyễn Đức Đạt", **more)


def test_nobody_is_born_on_another_day_from_today_on(world: World) -> None:
    with pytest.raises(InvalidInput, match="không thay đổi theo thời gian"):
        correct(world, "dao", FilePart.BIRTH, "1970", cause=ChangeCause.CHANGED, day=date(2023, 4, 1))


def test_days_that_entries_tell_are_corrected_there(world: World) -> None:
    with pytest.raises(InvalidInput, match="theo lần ghi «Kết nạp» ngày 10/01/2023"):
        correct(world, "an", FilePart.ADMITTED, "11/01/2023")
    with pytest.raises(InvalidInput, match="theo lần ghi «Công nhận chính thức»"):
        correct(world, "chi", FilePart.RECOGNISED, "01/01/2023")
    correct(world, "dao", FilePart.ADMITTED, "03/02/1995")
    correct(world, "dao", FilePart.RECOGNISED, "03/02/1996")
    dao = world.refresh("dao")
    assert (dao.admitted_on, dao.recognised_on) == (date(1995, 2, 3), date(1996, 2, 3))
    unhurt(world)


def test_a_birth_under_which_an_admission_cannot_be_changes_nothing(world: World) -> None:
    with pytest.raises(InvalidInput, match="chưa đủ 18 tuổi"):
        correct(world, "an", FilePart.BIRTH, "02/09/2006")
    assert Member.objects.get(pk=world.members["an"].pk).birth_date == date(1999, 9, 2)


def test_the_number_on_a_card_that_was_issued_goes_with_its_entry(world: World) -> None:
    act, chi = world.act("organizer"), world.members["chi"]
    issued = issue_card(act=act, member=chi, day=date(2023, 2, 3), card_number="71000001", round_="3/2")
    correct(world, "chi", FilePart.CARD_NUMBER, "71000002")
    chi = world.refresh("chi")
    assert chi.card_number == "71000002"
    last = chi.entries.live().get(corrects=issued)
    assert (last.corrects_id, last.round, last.effective_date) == (issued.pk, "3/2", date(2023, 2, 3))
    unhurt(world)
    void_entry(act=act, entry=last)
    assert world.refresh("chi").card_number == ""
    unhurt(world)


def test_a_corrected_number_of_the_old_roll_comes_back_when_a_later_card_is_taken_back(world: World) -> None:
    act, dao = world.act("organizer"), world.members["dao"]
    first = reissue_card(act=act, member=dao, day=date(2023, 2, 1), reason=CardReason.LOST, card_number="71000001")
    void_entry(act=act, entry=first)
    correct(world, "dao", FilePart.CARD_NUMBER, "70000999")
    again = reissue_card(act=act, member=dao, day=date(2023, 3, 1), reason=CardReason.LOST, card_number="71000003")
    void_entry(act=act, entry=again)
    assert world.refresh("dao").card_number == "70000999"
    unhurt(world)


def test_a_mistake_in_a_trait_is_replaced_and_a_change_begins_on_its_day(world: World) -> None:
    correct(world, "dao", FilePart.SEX, "nữ")
    assert TraitSpan.objects.get(member=world.members["dao"], trait=Trait.SEX).value == "female"
    assert TraitEntry.objects.filter(member=world.members["dao"], trait=Trait.SEX).count() == 2
    since = {"cause": ChangeCause.CHANGED, "day": date(2022, 6, 1)}
    correct(world, "dao", FilePart.EDUCATION, "Đại học")
    correct(world, "dao", FilePart.EDUCATION, "Thạc sĩ", **since)
    spans = TraitSpan.objects.filter(member=world.members["dao"], trait=Trait.EDUCATION).order_by("valid_from")
    assert [(one.value, one.valid_from) for one in spans] == [
        ("university", date(1970, 5, 19)),
        ("master", date(2022, 6, 1)),
    ]
    with pytest.raises(InvalidInput, match="Sổ đã ghi trình độ chuyên môn từ ngày 01/06/2022"):
        correct(world, "dao", FilePart.EDUCATION, "Tiến sĩ", **since)
    correct(world, "dao", FilePart.EDUCATION, "")
    assert [one.value for one in spans.all()] == ["university"], "a change that was a mistake is taken back"
    unhurt(world)


def test_of_two_editors_the_second_is_told_who_was_first(world: World) -> None:
    seen = file_version(world.members["dao"])
    correct(world, "dao", FilePart.PHONE, "0912000000", seen=seen)
    with pytest.raises(Conflict, match=r"Trần Văn Bình sửa điện thoại lúc 08:30 ngày 05/04/2023") as told:
        correct_member(act=world.act("clerk"), draft=draft(world, "dao", FilePart.NAME, "Nguyễn Văn Đạo", seen=seen))
    assert "Mở lại trang" in told.value.hint
    assert world.refresh("dao").full_name == "Nguyễn Đức Đạo"


def test_several_are_corrected_all_or_none(world: World) -> None:
    good = draft(world, "em", FilePart.PHONE, "0912000001")
    with pytest.raises(InvalidInput) as told:
        correct_members(act=world.act("organizer"), drafts=[good, draft(world, "dao", FilePart.NAME, "Đạo")])
    assert told.value.index == 1
    assert world.refresh("em").phone == ""
    assert len(correct_members(act=world.act("organizer"), drafts=[good])) == 1


def test_a_request_is_answered_by_the_correction(world: World) -> None:
    own = Act(own_user(world, "dao"), NOW)
    asked = ask_correction(act=own, about="phone", wish="Số máy đã đổi")
    with pytest.raises(InvalidInput, match="của đảng viên khác"):
        correct(world, "em", FilePart.PHONE, "0912000000", request=asked)
    correct(world, "dao", FilePart.PHONE, "0912000000", request=asked)
    asked.refresh_from_db()
    assert (asked.state, asked.answer) == (RequestState.ACCEPTED, "Đã sửa điện thoại: Theo giấy khai sinh")
    with pytest.raises(Conflict, match="đã có người trả lời"):
        correct(world, "dao", FilePart.PHONE, "0912000001", request=asked)
    assert world.refresh("dao").phone == "0912000000", "with the answer the correction is refused too"


def test_rights_and_second_records(world: World) -> None:
    with pytest.raises(NotAllowed):
        correct_member(act=world.act("deputy"), draft=draft(world, "dao", FilePart.PHONE, "0912000000"))
    with pytest.raises(NotFound):
        correct_member(act=world.act("outsider"), draft=draft(world, "dao", FilePart.PHONE, "0912000000"))
    born = PartialDate(date(1970, 1, 1), Precision.YEAR)
    first = FirstEntry(MemberEvent.OPENING, date(2022, 1, 1), world.units["DUK.02"])
    console = world.act("clerk", at_console=True)
    other = enrol_member(act=console, draft=MemberDraft("Nguyễn Đức Đạo", born, first))
    assert [one.pk for one, _why in alike_members(world.users["clerk"], world.members["dao"], today=TODAY)] == [
        other.pk
    ]
    join_records(act=world.act("clerk"), kept=world.members["dao"], other=other, takes_history=False)
    world.members["other"] = Member.objects.get(pk=other.pk)
    with pytest.raises(InvalidInput, match="trùng hồ sơ"):
        correct(world, "other", FilePart.PHONE, "0912000000")


def test_a_changed_file_outside_the_register_is_found(world: World) -> None:
    correct(world, "dao", FilePart.NAME, "Nguyễn Đức Đạt")
    Member.objects.filter(pk=world.members["dao"].pk).update(full_name="Ai Đó Khác")
    TraitSpan.objects.filter(member=world.members["em"]).update(value="male")
    told = [fault for check in CHECKS for fault in check.rows()]
    assert [fault.split(": ")[1] for fault in told] == [
        "họ và tên khác với lần sửa đã ghi",
        "giới tính, trình độ khác với quá trình đã ghi",
    ]
