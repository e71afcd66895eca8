"""A small world for fast tests: two committees that do not see each other, five cells, 22 members, one person a role.

Built by the domain's own operations. Registers are kept from 01/01/2022; ``NOW`` is 05/04/2023 in Ha Noi.

    DUK         upper committee, top of its tree        XA          ward committee, top of another tree
      DUK.01      grassroots committee                    XA.01       grassroots cell
        DUK.01.01   cell                                  XA.02       grassroots cell
        DUK.01.02   cell
      DUK.02      grassroots cell

Under DUK in 2023-Q1: admitted 2 (an, binh), recognised 1 (chi), transferred in 1 (giang), out 1 (hung), within 1
(khoa), died 1 (lam), reprimanded 1 (minh); nga is on the way from DUK.01.02 to DUK.02. On 31/03/2023 DUK has 15
members, 2 of them probationary; XA has 5.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from django.contrib.auth.hashers import make_password

from giaoban.apps.accounts.models import User
from giaoban.apps.audit.act import HANOI, Act
from giaoban.apps.inspection.models import DecidingLevel, DisciplineForm
from giaoban.apps.inspection.operations import DisciplineDraft, record_discipline
from giaoban.apps.members.models import Member, MemberEvent, OfficeEvent, Trait
from giaoban.apps.members.operations import (
    EntryDraft,
    FirstEntry,
    MemberDraft,
    OfficeDraft,
    enrol_members,
    record_member_entries,
    record_office_events,
)
from giaoban.apps.organizations.kinds import Office
from giaoban.apps.organizations.models import GroupKind, Unit, UnitEvent
from giaoban.apps.organizations.operations import (
    REGISTERS,
    Decision,
    GrantTerms,
    TreeDraft,
    define_group,
    give_grant,
    place_in_group,
    record_tree_events,
    take_into_use,
)
from giaoban.core.dates_vi import PartialDate, Precision

NOW = datetime(2023, 4, 5, 8, 30, tzinfo=HANOI)
TODAY = NOW.date()
START = date(2022, 1, 1)
PASSWORD = "nha-may-gach-2022"
IDENTITY = "099090123456"

_UNITS = (
    ("DUK", "", "upper", "Đảng bộ Khối các cơ quan tỉnh An Lạc"),
    ("DUK.01", "DUK", "grassroots_committee", "Đảng bộ cơ quan Sở Thử nghiệm"),
    ("DUK.01.01", "DUK.01", "cell", "Chi bộ Văn phòng"),
    ("DUK.01.02", "DUK.01", "cell", "Chi bộ Thanh tra"),
    ("DUK.02", "DUK", "grassroots_cell", "Chi bộ Quỹ Thử nghiệm"),
    ("XA", "", "upper", "Đảng bộ phường Tân Khê"),
    ("XA.01", "XA", "grassroots_cell", "Chi bộ Khu phố 1"),
    ("XA.02", "XA", "grassroots_cell", "Chi bộ Khu phố 2"),
)

# key: (user name, full name, role, unit)
_PEOPLE = {
    "clerk": ("lan", "Nguyễn Thị Lan", "office_clerk", "DUK"),
    "organizer": ("binh", "Trần Văn Bình", "organization_department", "DUK"),
    "inspector": ("dung", "Lê Quang Dũng", "inspection_commission", "DUK"),
    "deputy": ("hai", "Phạm Thanh Hải", "standing_deputy", "DUK"),
    "secretary": ("tho", "Bùi Văn Thọ", "unit_secretary", "DUK.01.01"),
    "administrator": ("quantri", "Đỗ Quản Trị", "administrator", "DUK"),
    "outsider": ("mai", "Hoàng Thị Mai", "office_clerk", "XA"),
    "stranger": ("khach", "Vũ Không Quyền", "", ""),
}

# key: (full name, sex, born, first cell): those who come with the opening roll
_OLD_ROLL = {
    "chi": ("Đặng Thị Chi", "female", date(1995, 3, 8), "DUK.01.01"),
    "dao": ("Nguyễn Đức Đạo", "male", date(1970, 5, 19), "DUK.01.01"),
    "em": ("Trần Thị Em", "female", date(1980, 7, 27), "DUK.01.01"),
    "hung": ("Phạm Mạnh Hùng", "male", date(1985, 1, 2), "DUK.01.01"),
    "khoa": ("Lê Đăng Khoa", "male", date(1988, 11, 30), "DUK.01.01"),
    "lam": ("Vũ Ngọc Lâm", "male", date(1955, 1, 1), "DUK.01.02"),
    "minh": ("Hoàng Nhật Minh", "male", date(1979, 9, 9), "DUK.01.02"),
    "nga": ("Đỗ Thúy Nga", "female", date(1982, 2, 14), "DUK.01.02"),
    "oanh": ("Bùi Kim Oanh", "female", date(1990, 6, 1), "DUK.01.02"),
    "phong": ("Nông Văn Phong", "male", date(1975, 8, 15), "DUK.01.02"),
    "quy": ("Ngô Thị Quý", "female", date(1968, 10, 20), "DUK.02"),
    "son": ("Dương Hồng Sơn", "male", date(1972, 4, 30), "DUK.02"),
    "tam": ("Lý Minh Tâm", "female", date(1992, 12, 22), "DUK.02"),
    "uyen": ("Phan Tố Uyên", "female", date(1994, 3, 26), "DUK.02"),
    "viet": ("Hồ Quốc Việt", "male", date(1950, 9, 2), "XA.01"),
    "xuan": ("Trịnh Thị Xuân", "female", date(1953, 1, 1), "XA.01"),
    "yen": ("Mai Hải Yến", "female", date(1958, 5, 7), "XA.01"),
    "tuan": ("Cao Anh Tuấn", "male", date(1960, 8, 19), "XA.02"),
    "thao": ("Đinh Phương Thảo", "female", date(1962, 10, 10), "XA.02"),
}
_ONLY_YEAR = {"lam", "xuan"}


@dataclass(frozen=True, slots=True)
class World:
    """Everything by its key: units by code, people by the keys of ``_PEOPLE``, members by their given names."""

    units: dict[str, Unit]
    users: dict[str, User]
    members: dict[str, Member]

    def act(self, who: str, *, at_console: bool = False) -> Act:
        """Return the act of a person at ``NOW``."""
        return Act(self.users[who], NOW, at_console=at_console)

    def refresh(self, member: str) -> Member:
        """Return a member as the database has them now."""
        self.members[member].refresh_from_db()
        return self.members[member]


def build_world() -> World:
    """This function will build the small world in the current database."""
    users = {
        key: User(username=name, full_name=full_name, password=_password_hash(), created_at=NOW)
        for key, (name, full_name, _role, _unit) in _PEOPLE.items()
    }
    User.objects.bulk_create(users.values())
    act = Act(users["clerk"], NOW, at_console=True)
    units = _units(act)
    for key, (_name, _full_name, role, unit) in _PEOPLE.items():
        if role:
            give_grant(act=act, user=users[key], terms=GrantTerms(role, units[unit], START))
    members = _members(act, units)
    _lives(act, units, members)
    for member in members.values():
        member.refresh_from_db()
    return World(units, users, members)


@cache
def _password_hash() -> str:
    return make_password(PASSWORD)


def _units(act: Act) -> dict[str, Unit]:
    drafts = [
        TreeDraft(UnitEvent.OPENING, START, code, parent=parent, name=name, unit_kind=kind)
        for code, parent, kind, name in _UNITS
    ]
    record_tree_events(act=act, drafts=drafts)
    units = {unit.code: unit for unit in Unit.objects.all()}
    for top in ("DUK", "XA"):
        for register in REGISTERS:
            take_into_use(act=act, unit=units[top], register=register, start=START)
    sector = define_group(act=act, owner=units["DUK"], kind=GroupKind.SECTOR, code="state", name="Khối nhà nước")
    place_in_group(act=act, group=sector, units=[units["DUK.01"], units["DUK.02"]], start=START)
    cluster = define_group(act=act, owner=units["DUK"], kind=GroupKind.CLUSTER, code="1", name="Cụm số 1")
    place_in_group(act=act, group=cluster, units=[units["DUK.01"], units["DUK.02"]], start=START)
    return units


def _members(act: Act, units: dict[str, Unit]) -> dict[str, Member]:
    drafts = []
    for number, (key, (name, sex, born, cell)) in enumerate(_OLD_ROLL.items(), start=1):
        probationary = key == "chi"
        precision = Precision.YEAR if key in _ONLY_YEAR else Precision.DAY
        drafts.append(
            MemberDraft(
                name,
                PartialDate(born, precision),
                FirstEntry(MemberEvent.OPENING, START, units[cell], official=not probationary),
                file_number=f"{number:06}ALC",
                card_number="" if probationary else f"{70_000_000 + number}",
                identity_number=IDENTITY if key == "dao" else "",
                phone="0900000001" if key == "dao" else "",
                admitted_on=date(2021, 12, 20) if probationary else date(born.year + 26, 2, 3),
                recognised_on=None if probationary else date(born.year + 27, 2, 3),
                traits=((Trait.SEX, sex),),
            )
        )
    drafts.append(
        MemberDraft(
            "Tạ Hương Giang",
            PartialDate(date(1987, 3, 3), Precision.DAY),
            FirstEntry(MemberEvent.TRANSFERRED, date(2023, 2, 6), units["DUK.02"], outside="Đảng bộ huyện Khe Mây"),
            file_number="900001KMY",
            traits=((Trait.SEX, "female"),),
        )
    )
    for name, sex, cell, day in (
        ("Nguyễn Bình An", "male", "DUK.01.01", date(2023, 1, 10)),
        ("Lê Thanh Bình", "female", "DUK.01.02", date(2023, 3, 26)),
    ):
        birth = PartialDate(date(1999, 9, 2), Precision.DAY)
        first = FirstEntry(MemberEvent.ADMITTED, day, units[cell], decision=Decision(f"{day.month}-QĐ/DUK", day))
        drafts.append(MemberDraft(name, birth, first, traits=((Trait.SEX, sex),), admitted_on=day))
    made = enrol_members(act=act, drafts=drafts)
    return dict(zip([*_OLD_ROLL, "giang", "an", "binh"], made, strict=True))


def _lives(act: Act, units: dict[str, Unit], members: dict[str, Member]) -> None:
    cell, other, fund = units["DUK.01.01"], units["DUK.01.02"], units["DUK.02"]
    [letter] = record_member_entries(
        act=act,
        drafts=[
            EntryDraft(
                members["khoa"], MemberEvent.TRANSFER_SENT, date(2023, 2, 20), cell, from_unit=cell, to_unit=other
            )
        ],
    )
    record_member_entries(
        act=act,
        drafts=[
            EntryDraft(members["chi"], MemberEvent.RECOGNISED, date(2023, 1, 16), cell),
            EntryDraft(members["chi"], MemberEvent.CARD_ISSUED, date(2023, 2, 3), cell, round="3/2"),
            EntryDraft(
                members["khoa"],
                MemberEvent.TRANSFERRED,
                date(2023, 3, 6),
                other,
                from_unit=cell,
                to_unit=other,
                sent=letter,
            ),
            EntryDraft(
                members["hung"],
                MemberEvent.TRANSFERRED,
                date(2023, 3, 14),
                cell,
                from_unit=cell,
                outside="Đảng bộ thành phố Vân Sơn",
            ),
            EntryDraft(members["lam"], MemberEvent.DIED, date(2023, 1, 30), other),
            EntryDraft(
                members["nga"], MemberEvent.TRANSFER_SENT, date(2023, 3, 28), other, from_unit=other, to_unit=fund
            ),
        ],
    )
    record_discipline(
        act=act,
        drafts=[
            DisciplineDraft(members["minh"], DisciplineForm.REPRIMAND, DecidingLevel.GRASSROOTS, date(2023, 2, 27))
        ],
    )
    record_office_events(
        act=act,
        drafts=[
            OfficeDraft(members["dao"], units["DUK.01"], Office.SECRETARY, OfficeEvent.OPENING, START),
            OfficeDraft(members["em"], cell, Office.SECRETARY, OfficeEvent.OPENING, START),
            OfficeDraft(members["phong"], other, Office.SECRETARY, OfficeEvent.APPOINTED, date(2023, 2, 1)),
            OfficeDraft(members["quy"], fund, Office.SECRETARY, OfficeEvent.OPENING, START),
            OfficeDraft(members["viet"], units["XA.01"], Office.SECRETARY, OfficeEvent.OPENING, START),
        ],
    )
