"""The six worklists as rows: four columns each, a state, and the link to what mends it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from giaoban.apps.members.queries.badge_claims import BadgeWhy
from giaoban.apps.members.queries.badge_rules import Round
from giaoban.apps.members.queries.transfers import OnTheWay
from giaoban.apps.members.queries.worklists import (
    AHEAD_DAYS,
    badges_to_come,
    empty_seats,
    exemptions_to_follow,
    letters_on_the_way,
    probation_to_end,
    without_contact,
)
from giaoban.core.dates_vi import format_date
from giaoban.core.numbers_vi import format_number
from giaoban.web.access import Desk
from giaoban.web.components.pieces import Link, Sign

# What is in each list; of badges the round says it.
ABOUT = {
    "du-bi": f"Hết mười hai tháng dự bị trong {AHEAD_DAYS} ngày tới, hoặc đã hết mà chưa có quyết định.",
    "chuyen": "Đã có giấy giới thiệu, nơi đến chưa ghi tiếp nhận; hạn nộp giấy tính theo ngày làm việc.",
    "mien": f"Hết hạn trong {AHEAD_DAYS} ngày tới hoặc đã hết chừng ấy ngày mà chưa ghi gia hạn, chưa ghi trở lại.",
    "di-xa": "Đi làm ăn xa, tạm vắng và quá thời hạn phải liên lạc của đơn vị.",
    "khuyet": "Chức vụ phải có, và số ủy viên đã định mà chưa đủ.",
}


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One row. ``place``, ``first`` and ``second`` stand under the list's headings; ``url`` may be empty: not seen."""

    name: str
    url: str
    place: str
    first: str | date
    second: str | date
    sign: Sign
    mend: Link | None = None

    @property
    def cells(self) -> tuple[str, str, str]:
        """The three columns after the name, as people write them."""
        first, second = (format_date(one) if isinstance(one, date) else one for one in (self.first, self.second))
        return self.place, first, second


@dataclass(frozen=True, slots=True)
class Found:
    """What a list found: the rows that were asked for, and how many it has; ``more`` is the register behind it."""

    rows: tuple[WorkRow, ...]
    total: int
    about: str
    more: Link


@dataclass(frozen=True, slots=True)
class Worklist:
    """One list: its words, who may see it, and how it is asked."""

    key: str
    title: str
    headings: tuple[str, str, str, str]
    nothing: str
    right: str
    find: Callable[[Desk, slice], Found]


def _left(days: int) -> Sign:
    """A day that is ahead or over: «còn 12 ngày», «quá 3 ngày»."""
    if days < 0:
        return Sign("bad", "✕", f"quá {format_number(-days)} ngày")
    return Sign("late", "◐", f"còn {format_number(days)} ngày" if days else "đến hạn hôm nay")


def _member(desk: Desk, uid: uuid.UUID) -> str:
    return desk.url("members:member", uid)


def _mend(desk: Desk, words: str, name: str, uid: uuid.UUID) -> Link | None:
    return Link(words, desk.url(f"members:{name}", uid)) if desk.may("members_record") else None


def _probation(desk: Desk, wanted: slice) -> Found:
    rows = []
    part = probation_to_end(desk.act.user, desk.unit, today=desk.act.today, rows=wanted)
    for line in part.rows:
        sign = Sign("late", "◐", f"còn {format_number(line.days)} ngày dự bị")
        if line.reviewed is not None:
            sign = Sign("late", "◐", f"chi bộ đã xét {format_date(line.reviewed)}, chờ quyết định")
        elif line.days <= 0:
            sign = Sign("bad", "✕", f"hết dự bị đã {format_number(-line.days)} ngày" if line.days else "hết dự bị")
        words = "Ghi quyết định" if line.reviewed is not None else "Ghi chi bộ xét"
        mend = _mend(desk, words, "review", line.uid) if line.days <= 0 else None
        rows.append(
            WorkRow(line.full_name, _member(desk, line.uid), line.unit.place, line.since, line.ends, sign, mend)
        )
    return Found(tuple(rows), part.total, ABOUT["du-bi"], Link("Đảng viên dự bị", desk.url("members:probation")))


def _transfers(desk: Desk, wanted: slice) -> Found:
    part = letters_on_the_way(desk.act.user, desk.unit, today=desk.act.today, rows=wanted)
    rows = tuple(
        WorkRow(
            letter.full_name,
            # Who only comes is not in the scope yet: their page opens once they were received.
            _member(desk, letter.member_uid) if letter.leaving else "",
            _ends(letter),
            letter.sent_on,
            letter.due,
            _left((letter.due - desk.act.today).days),
            _mend(desk, "Tiếp nhận", "accept", letter.uid)
            if letter.coming
            else _mend(desk, "Ghi nơi nộp", "hand_in", letter.uid),
        )
        for letter in part.rows
    )
    return Found(rows, part.total, ABOUT["chuyen"], Link("Đang chuyển", desk.url("members:on_the_way")))


def _ends(letter: OnTheWay) -> str:
    ends = (letter.origin.place if letter.origin else "", letter.goal.place if letter.goal else "")
    return " → ".join(end for end in ends if end)


_BADGE_SIGNS = {
    BadgeWhy.DUE: Sign("off", "○", "đủ năm trong đợt"),
    BadgeWhy.LATE: Sign("bad", "✕", "đủ năm từ đợt trước, chưa ghi tặng"),
    BadgeWhy.POSTHUMOUS: Sign("off", "○", "xét truy tặng"),
}


def _badges(desk: Desk, wanted: slice) -> Found:
    round_, part = badges_to_come(desk.act.user, desk.unit, today=desk.act.today, rows=wanted)
    rows = tuple(
        WorkRow(
            line.full_name,
            _member(desk, line.member_uid),
            line.unit.place,
            f"{line.years} năm",
            line.reached,
            Sign("late", "◐", "đã đề nghị") if line.proposed else _BADGE_SIGNS[line.why],
            _mend(desk, "Ghi Huy hiệu", "badge", line.member_uid),
        )
        for line in part.rows
    )
    more = Link(f"Danh sách đợt {round_.key}", desk.url("members:badges", query={"dot": round_.key}))
    return Found(rows, part.total, about_round(round_), more)


def about_round(round_: Round) -> str:
    """Return what is in the list of the badges of a round, in a sentence."""
    whom = "đủ năm trong đợt, và đủ năm từ các đợt trước mà sổ chưa ghi tặng"
    return f"Đợt {round_.key}, ngày {format_date(round_.day)}: {whom}."


def _exemptions(desk: Desk, wanted: slice) -> Found:
    part = exemptions_to_follow(desk.act.user, desk.unit, today=desk.act.today, rows=wanted)
    rows = tuple(
        WorkRow(
            line.full_name,
            _member(desk, line.member_uid),
            line.unit.place,
            line.since,
            line.until,
            _left(line.days),
            _mend(desk, "Gia hạn" if line.days >= 0 else "Ghi miễn tiếp", "exempt", line.member_uid),
        )
        for line in part.rows
    )
    return Found(
        rows, part.total, ABOUT["mien"], Link("Danh sách đảng viên", desk.url("members:list", query={"vang": "exempt"}))
    )


def _away(desk: Desk, wanted: slice) -> Found:
    part = without_contact(desk.act.user, desk.unit, today=desk.act.today, rows=wanted)
    rows = tuple(
        WorkRow(
            line.absent.full_name,
            _member(desk, line.absent.member_uid),
            line.absent.unit.place,
            line.absent.state.where,
            line.last,
            _left((line.due - desk.act.today).days),
            _mend(desk, "Ghi liên lạc", "away", line.absent.member_uid),
        )
        for line in part.rows
    )
    return Found(
        rows, part.total, ABOUT["di-xa"], Link("Danh sách đảng viên", desk.url("members:list", query={"vang": "away"}))
    )


def _seats(desk: Desk, wanted: slice) -> Found:
    rows = []
    change = "committee_change" if desk.may("organizations_manage") else "committee"
    words = "Ghi người giữ" if desk.may("organizations_manage") else "Xem cấp ủy"
    part = empty_seats(desk.unit, today=desk.act.today, rows=wanted)
    for seat in part.rows:
        one, code = seat.vacancy, seat.unit.code
        rows.append(
            WorkRow(
                one.name[:1].upper() + one.name[1:],
                desk.url("organizations:committee", code),
                seat.unit.place,
                one.since,
                format_number(one.missing),
                Sign("late", "◐", "khuyết" if one.held_before else "chưa ghi ai giữ"),
                Link(words, desk.url(f"organizations:{change}", code)),
            )
        )
    more = Link("Cấp ủy các đơn vị", desk.url("organizations:committees"))
    return Found(tuple(rows), part.total, ABOUT["khuyet"], more)


WORKLISTS = {
    one.key: one
    for one in (
        Worklist(
            "du-bi",
            "Sắp hết, quá hạn dự bị",
            ("Họ và tên", "Chi bộ", "Dự bị từ", "Hết dự bị"),
            "Không ai sắp hết thời gian dự bị.",
            "members_view",
            _probation,
        ),
        Worklist(
            "chuyen",
            "Đang chuyển sinh hoạt",
            ("Họ và tên", "Từ, đến", "Ngày giới thiệu", "Hạn nộp giấy"),
            "Không ai đang chuyển sinh hoạt.",
            "members_view",
            _transfers,
        ),
        Worklist(
            "huy-hieu",
            "Huy hiệu Đảng đợt tới",
            ("Họ và tên", "Tổ chức", "Huy hiệu", "Đủ năm ngày"),
            "Không ai đủ năm nhận Huy hiệu trong đợt tới.",
            "members_view",
            _badges,
        ),
        Worklist(
            "mien",
            "Hết hạn miễn sinh hoạt",
            ("Họ và tên", "Chi bộ", "Miễn từ", "Đến hết ngày"),
            "Không có trường hợp miễn sinh hoạt nào sắp hết hạn.",
            "members_view",
            _exemptions,
        ),
        Worklist(
            "di-xa",
            "Đi xa, quá hạn liên lạc",
            ("Họ và tên", "Chi bộ", "Nơi đến", "Liên lạc gần nhất"),
            "Không ai đi xa mà quá hạn liên lạc.",
            "members_view",
            _away,
        ),
        Worklist(
            "khuyet",
            "Khuyết chức vụ",
            ("Chức vụ", "Tổ chức", "Từ ngày", "Số khuyết"),
            "Không khuyết chức vụ nào đã ghi phải có.",
            "organizations_view",
            _seats,
        ),
    )
}
