"""Whom a paper can be written for: one list for each kind of paper, each person with what is known and what is missing.

Each list is asked in a number of queries that does not grow with the people.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q

from giaoban.apps.accounts.models import User
from giaoban.apps.members.models import (
    Candidate,
    CandidateEntry,
    CandidateEvent,
    CandidateState,
    HonourEntry,
    HonourEvent,
    Member,
    MemberEntry,
    MemberEvent,
    MemberState,
    WaitingLetter,
)
from giaoban.apps.members.queries.clocks import probation_ends
from giaoban.apps.members.trait_values import SEX
from giaoban.apps.organizations.models import Ancestry, Unit, on_day
from giaoban.apps.organizations.queries.chosen import place_cards, unit_cards
from giaoban.apps.papers.compose import BLANK, Facts, Value
from giaoban.apps.papers.forms import FIELDS, About
from giaoban.apps.papers.queries.people import born, member_fields, shown, unit_fields
from giaoban.apps.papers.queries.roll import roll_facts
from giaoban.apps.reporting.queries.letterhead import committee_above
from giaoban.core.period import Period

# A letter is printed when it is written. Older ones: while nobody has answered them, and where their period is chosen.
_LETTER_DAYS = 92


@dataclass(frozen=True, slots=True)
class Subject:
    """One person (or, for the roll, one unit). ``missing`` names fields of the form that stay blank."""

    key: str
    name: str
    place: str
    note: str
    unit: int
    facts: Facts
    missing: tuple[str, ...] = ()
    person: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """Who asks for which unit and period; ``round`` names one round of badges («3/2/2023»), whenever proposed."""

    user: User
    unit: Unit
    today: date
    period: Period
    fields: frozenset[str] = field(default_factory=frozenset)
    round: str = ""

    @property
    def below(self) -> Any:
        """The units under the one that was asked about, today."""
        return Ancestry.objects.filter(on_day(self.today), ancestor=self.unit).values("descendant")


def subjects(about: About, ask: Ask) -> tuple[Subject, ...]:
    """Return everybody for whom a paper of this kind may be wanted, in the order of the office's own lists."""
    found = _LISTS[about](ask)
    labels = FIELDS[about]
    return tuple(
        Subject(
            one.key,
            one.name,
            one.place,
            one.note,
            one.unit,
            one.facts,
            tuple(labels[name] for name in labels if name in ask.fields - _OF_ALL and not one.facts.values.get(name)),
            one.person,
        )
        for one in found
    )


# Fields that the paper as a whole has, not the person; and one that is empty by nature.
_OF_ALL = frozenset({"co_quan", "dang_bo", "so_nguoi", "ky", "kinh_gui", "cap_tren", "truong_hop", "den_ngay"})


def _admissions(ask: Ask) -> list[Subject]:
    people = list(
        Candidate.objects.visible_to(ask.user, today=ask.today)
        .filter(unit__in=ask.below, state=CandidateState.PREPARING)
        .order_by("sort_key", "pk")
    )
    steps: dict[int, list[CandidateEntry]] = {}
    for entry in CandidateEntry.objects.live().filter(candidate__in=people).select_related("sponsor").in_order():
        steps.setdefault(entry.candidate_id, []).append(entry)
    places = unit_fields({one.unit_id for one in people}, day=ask.today)
    cards = place_cards({one.unit_id for one in people}, day=ask.today)
    found = []
    for one in people:
        thread = steps.get(one.pk, [])
        values: dict[str, Value] = {
            "ho_ten": one.full_name,
            "gioi_tinh": SEX.get(one.sex, ""),
            "ngay_sinh": born(one.birth_date, one.birth_precision),
            **places.get(one.unit_id, {}),
            **_steps(thread),
        }
        last = thread[-1] if thread else None
        note = f"{last.get_kind_display()}, {shown(last.effective_date)}" if last else "chưa ghi bước nào"
        found.append(Subject(str(one.uid), one.full_name, cards[one.unit_id].place, note, one.unit_id, Facts(values)))
    return found


def _paper(entry: CandidateEntry, word: str) -> str:
    number = f"{word} số {entry.decision_number}" if entry.decision_number else word
    return f"{number} ngày {shown(entry.decision_date or entry.effective_date)}"


_STEP_WORDS = {
    CandidateEvent.CLASS_PASSED: ("giay_chung_nhan", "giấy chứng nhận"),
    CandidateEvent.VETTED: ("tham_tra", "kết luận"),
    CandidateEvent.CELL_RESOLVED: ("nghi_quyet_chi_bo", "Nghị quyết"),
    CandidateEvent.BASE_RESOLVED: ("nghi_quyet_co_so", "Nghị quyết"),
    CandidateEvent.PROPOSED: ("to_trinh", "Tờ trình"),
}


def _steps(thread: Sequence[CandidateEntry]) -> dict[str, str]:
    found: dict[str, str] = {}
    sponsors = []
    for entry in thread:
        kind = CandidateEvent(entry.kind)
        if kind in _STEP_WORDS:
            name, word = _STEP_WORDS[kind]
            found[name] = _paper(entry, word)
        if kind == CandidateEvent.CELL_RESOLVED and entry.votes_of:
            found["phieu_chi_bo"] = f"{entry.votes_for or 0}/{entry.votes_of}"
        if kind == CandidateEvent.APPLIED:
            found["ngay_don"] = shown(entry.effective_date)
        if kind == CandidateEvent.SPONSORED:
            sponsors.append(entry.sponsor.full_name if entry.sponsor else entry.sponsor_body)
    if sponsors:
        found["nguoi_gioi_thieu"] = ", ".join(one for one in sponsors if one)
    return found


def _recognitions(ask: Ask) -> list[Subject]:
    people = list(
        Member.objects.visible_to(ask.user, today=ask.today)
        .filter(unit__in=ask.below, state=MemberState.PROBATIONARY)
        .order_by("admitted_on", "sort_key", "pk")
    )
    ends = probation_ends(people)
    people.sort(key=lambda one: ends.get(one.pk, date.max))
    kinds = (MemberEvent.COURSE_PASSED, MemberEvent.PROBATION_REVIEWED)
    steps: dict[tuple[int, str], MemberEntry] = {
        (entry.member_id, entry.kind): entry
        for entry in MemberEntry.objects.live().filter(member__in=people, kind__in=kinds).in_order()
    }
    extra: dict[int, dict[str, str]] = {}
    for one in people:
        course = steps.get((one.pk, MemberEvent.COURSE_PASSED))
        reviewed = steps.get((one.pk, MemberEvent.PROBATION_REVIEWED))
        extra[one.pk] = {
            "ngay_le": shown(one.ceremony_on),
            "het_du_bi": shown(ends.get(one.pk)),
            "lop_dang_vien_moi": (course.decision_number or shown(course.effective_date)) if course else "",
            "ngay_xet": shown(reviewed.effective_date) if reviewed else "",
        }
    return _members(ask, people, extra, lambda one: f"hết dự bị {extra[one.pk]['het_du_bi'] or 'chưa rõ'}")


def _transfers(ask: Ask) -> list[Subject]:
    """Letters of the chosen period and of late, and all that nobody has answered yet, however old they are."""
    window, since = ask.period.window, ask.today - timedelta(days=_LETTER_DAYS)
    waiting = WaitingLetter.objects.filter(from_unit__in=ask.below).values("entry")
    wanted = Q(effective_date__gte=since) | Q(effective_date__gte=window.start, effective_date__lt=window.end)
    letters = list(
        MemberEntry.objects.visible_to(ask.user, today=ask.today)
        .live()
        .filter(from_unit__in=ask.below, kind__in=(MemberEvent.TRANSFER_SENT, MemberEvent.TRANSFERRED))
        .filter(wanted | Q(pk__in=waiting), sent__isnull=True)
        .annotate(answered=Exists(MemberEntry.objects.live().filter(sent=OuterRef("pk"))))
        .select_related("member")
        .in_order()
    )
    cards = place_cards({pk for one in letters for pk in (one.from_unit_id, one.to_unit_id) if pk}, day=ask.today)
    fields = member_fields([one.member for one in letters], day=ask.today)
    found = []
    for one in letters:
        origin = cards[one.from_unit_id]
        goal = cards[one.to_unit_id].place if one.to_unit_id else one.outside
        values: dict[str, Value] = {
            **fields[one.member_id],
            "noi_di": origin.place,
            "noi_den": goal,
            "noi_den_thoi_han": f"{goal}, thời hạn đến ngày {shown(one.until) or BLANK}" if one.temporary else goal,
            "hinh_thuc": "tạm thời" if one.temporary else "chính thức",
            "den_ngay": shown(one.until),
            "ngay_giay": shown(one.effective_date),
        }
        note = f"đến {goal}, ngày {shown(one.effective_date)}" + (", đã tiếp nhận" if one.answered else "")
        found.append(
            Subject(
                str(one.uid),
                one.member.full_name,
                origin.place,
                note,
                one.from_unit_id,
                Facts(values),
                person=str(one.member.uid),
            )
        )
    return found


def _badges(ask: Ask) -> list[Subject]:
    window = ask.period.window
    asked = Q(effective_date__gte=window.start, effective_date__lt=window.end)
    proposed = list(
        HonourEntry.objects.visible_to(ask.user, today=ask.today)
        .live()
        .filter(unit__in=ask.below, kind=HonourEvent.BADGE_PROPOSED, member__isnull=False)
        .filter(Q(round=ask.round) if ask.round else asked)
        .select_related("member")
        .in_order()
    )
    by_member = {one.member_id: one for one in proposed}
    extra: dict[int, dict[str, str]] = {}
    for pk, one in by_member.items():
        case = "truy tặng" if one.posthumous else "xét sớm" if one.early else "đủ năm"
        extra[pk] = {"huy_hieu": f"{one.years} năm", "dot": one.round, "truong_hop": case}
    people = [one.member for one in by_member.values() if one.member is not None]
    return _members(ask, people, extra, lambda one: f"Huy hiệu {extra[one.pk]['huy_hieu']}")


def _cards(ask: Ask) -> list[Subject]:
    window = ask.period.window
    issued = list(
        MemberEntry.objects.visible_to(ask.user, today=ask.today)
        .live()
        .filter(unit__in=ask.below, kind__in=(MemberEvent.CARD_ISSUED, MemberEvent.CARD_REISSUED))
        .filter(effective_date__gte=window.start, effective_date__lt=window.end)
        .select_related("member")
        .in_order()
    )
    by_member = {one.member_id: one for one in issued}
    extra = {pk: {"dot": one.round, "ngay_phat": shown(one.effective_date)} for pk, one in by_member.items()}
    people = [one.member for one in by_member.values()]
    return _members(ask, people, extra, lambda one: f"phát thẻ {extra[one.pk]['ngay_phat']}")


def _members(
    ask: Ask, people: Sequence[Member], extra: dict[int, dict[str, str]], note: Callable[[Member], str]
) -> list[Subject]:
    fields = member_fields(people, day=ask.today)
    cards = place_cards({one.unit_id for one in people}, day=ask.today)
    return [
        Subject(
            str(one.uid),
            one.full_name,
            cards[one.unit_id].place,
            note(one),
            one.unit_id,
            Facts({**fields[one.pk], **extra.get(one.pk, {})}),
            person=str(one.uid),
        )
        for one in people
    ]


def _rolls(ask: Ask) -> list[Subject]:
    """The unit itself and each unit that stands directly below it on the last day of the period."""
    day = min(ask.period.window.last_day, ask.today)
    rows = Ancestry.objects.filter(on_day(day), ancestor=ask.unit, depth__lte=1).values_list("descendant_id", "depth")
    depths = dict(rows)
    cards = unit_cards(depths, day=day)
    facts = roll_facts([cards[pk] for pk in depths], ask.period)
    # The unit itself compares its roll with the committee above it.
    if ask.unit.pk in depths:
        own = cards[ask.unit.pk].code
        facts[own] = Facts({**facts[own].values, "co_quan": committee_above(ask.unit, day=day)})
    ordered = sorted(depths, key=lambda pk: (depths[pk], cards[pk].code))
    return [
        Subject(
            cards[pk].code,
            cards[pk].name,
            cards[pk].kind_label,
            "",
            pk,
            facts[cards[pk].code],
        )
        for pk in ordered
    ]


_LISTS: dict[About, Callable[[Ask], list[Subject]]] = {
    About.ADMISSION: _admissions,
    About.RECOGNITION: _recognitions,
    About.TRANSFER: _transfers,
    About.BADGE: _badges,
    About.CARD: _cards,
    About.ROLL: _rolls,
}
