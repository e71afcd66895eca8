"""What the head and the right side of a member's page say, and what can be recorded about them now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from giaoban.apps.members.models import AbsenceKind, Member, MemberState
from giaoban.apps.members.queries.absences import AbsenceState, absences_of
from giaoban.apps.members.queries.badges import NextBadge, next_badge
from giaoban.apps.members.queries.clocks import party_times, probation_end
from giaoban.apps.members.queries.transfers import elsewhere_for_a_time
from giaoban.apps.members.queries.waiting import member_on_the_way
from giaoban.core.dates_vi import format_date
from giaoban.core.numbers_vi import format_number
from giaoban.web.access import Desk
from giaoban.web.components.pieces import Link

_STANDING = (MemberState.OFFICIAL, MemberState.PROBATIONARY)
# What can be recorded: its words and the name of its screen.
Action = tuple[str, str]
_AMEND: tuple[Action, ...] = (("Sửa dữ liệu", "amend"),)


@dataclass(frozen=True, slots=True)
class MemberNow:
    """Where a member stands today: party age in words, dates, and what comes next, each as one line."""

    age: str
    facts: tuple[tuple[str, str], ...]
    coming: tuple[str, ...]
    exempt: AbsenceState | None
    away: AbsenceState | None
    elsewhere: bool
    on_the_way: bool


def look_at(member: Member, *, today: date) -> MemberNow:
    """Return what is to be said of a member; a number of queries that does not depend on their entries."""
    standing = member.state in _STANDING
    states = absences_of([member.pk], day=today).get(member.pk, ()) if standing else ()
    exempt = next((one for one in states if one.kind == AbsenceKind.EXEMPT), None)
    away = next((one for one in states if one.kind == AbsenceKind.AWAY), None)
    letter = member_on_the_way(member) if standing else None
    elsewhere = (standing or member.state == MemberState.GUEST) and elsewhere_for_a_time(member)
    years = party_times([member])[member.pk].full_years(today) if standing else None
    badge = next_badge(member, today=today) if standing else None
    coming = [*_probation(member, today), *_badge(badge), *_absences(exempt, away, today)]
    if letter is not None:
        sent = format_date(letter.effective_date)
        coming.append(f"Đã giới thiệu chuyển sinh hoạt ngày {sent}, nơi đến chưa tiếp nhận")
    if elsewhere and member.state != MemberState.GUEST:
        coming.append("Đang sinh hoạt tạm thời nơi khác, chưa ghi trở về")
    if member.state == MemberState.OFFICIAL and not member.card_number:
        coming.append("Chưa ghi số thẻ đảng viên")
    facts = [
        ("Kết nạp", format_date(member.admitted_on) if member.admitted_on else "chưa ghi"),
        ("Chính thức", format_date(member.recognised_on) if member.recognised_on else ""),
        ("Miễn sinh hoạt", _exempt_words(exempt)),
        ("Đi xa", f"{away.where}, từ {format_date(away.since)}" if away else ""),
    ]
    age = f"{format_number(years)} năm tuổi Đảng" if years else ""
    return MemberNow(
        age,
        tuple((name, value) for name, value in facts if value),
        tuple(coming),
        exempt,
        away,
        elsewhere,
        letter is not None,
    )


def _exempt_words(exempt: AbsenceState | None) -> str:
    if exempt is None:
        return ""
    until = f" đến hết {format_date(exempt.until)}" if exempt.until else ", không thời hạn"
    return f"từ {format_date(exempt.since)}{until}"


def _probation(member: Member, today: date) -> Iterator[str]:
    ends = probation_end(member)
    if ends and ends <= today:
        yield f"Đã hết thời hạn dự bị ngày {format_date(ends)}, chưa ghi quyết định công nhận chính thức"
    elif ends:
        yield f"Hết thời hạn dự bị ngày {format_date(ends)}"


def _badge(badge: NextBadge | None) -> Iterator[str]:
    if badge is not None:
        yield f"Huy hiệu {badge.years} năm, đợt {badge.round.key} (đủ năm ngày {format_date(badge.reached)})"


def _absences(exempt: AbsenceState | None, away: AbsenceState | None, today: date) -> Iterator[str]:
    if exempt is not None and exempt.until is not None:
        yield f"Hết hạn miễn sinh hoạt ngày {format_date(exempt.until)}"
    if away is not None:
        if away.until is not None:
            yield f"Dự kiến đi xa đến ngày {format_date(away.until)}" + (", đã quá" if away.until < today else "")
        last = away.last_contact or away.since
        yield f"Liên lạc gần nhất khi đi xa: {format_date(last)} ({format_number((today - last).days)} ngày trước)"


def actions_of(
    desk: Desk, member: Member, now: MemberNow, rights: frozenset[str]
) -> tuple[tuple[Link, ...], tuple[Link, ...]]:
    """Return the few things that are done most, and the others for the menu."""
    first, more = _to_record(member, now) if "members_record" in rights else ((), ())
    if "inspection_record" in rights and member.state in _STANDING:
        more = (*more, ("Ghi kỷ luật", "discipline"))

    def links(named: tuple[Action, ...]) -> tuple[Link, ...]:
        return tuple(Link(words, desk.url(f"members:{name}", member.uid)) for words, name in named)

    return links(first), links(more)


def _to_record(member: Member, now: MemberNow) -> tuple[tuple[Action, ...], tuple[Action, ...]]:
    match member.state:
        case MemberState.GUEST:
            return (("Kết thúc sinh hoạt tạm thời", "end_stay"),), _AMEND
        case MemberState.LEFT:
            return (("Khôi phục đảng tịch", "restore"),), _AMEND
        case MemberState.DIED:
            return (("Truy tặng Huy hiệu Đảng", "badge"),), _AMEND
        case MemberState.OFFICIAL | MemberState.PROBATIONARY:
            return _of_standing(member, now)
    return (), ()


def _of_standing(member: Member, now: MemberNow) -> tuple[tuple[Action, ...], tuple[Action, ...]]:
    first: list[Action] = []
    more: list[Action] = []
    if member.state == MemberState.PROBATIONARY:
        first.append(("Công nhận chính thức", "recognise"))
    first.append(("Đi xa: liên lạc, trở về" if now.away else "Đi xa", "away"))
    if now.elsewhere:
        first.append(("Hết sinh hoạt tạm thời", "end_stay"))
    if not now.on_the_way:
        first.append(("Chuyển sinh hoạt", "transfer"))
    more.append(("Miễn sinh hoạt: gia hạn, kết thúc" if now.exempt else "Miễn công tác và sinh hoạt", "exempt"))
    if member.state == MemberState.OFFICIAL:
        more.append(
            ("Cấp lại, đổi thẻ", "reissue_card") if member.card_number else ("Phát thẻ đảng viên", "issue_card")
        )
        more.append(("Huy hiệu Đảng", "badge"))
    more += [
        ("Khen thưởng", "commend"),
        ("Kết luận tiêu chuẩn chính trị", "vet"),
        ("Cho ý kiến về tư cách", "opinion"),
        *_AMEND,
        ("Tài khoản của đảng viên", "account"),
        ("Ra khỏi Đảng", "leave"),
        ("Từ trần", "death"),
    ]
    return tuple(first), tuple(more)
