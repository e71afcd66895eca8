"""Whether a committee is as the dated rules of the day want it: warned of, never refused. Pure.

Each check ends in right, wrong, or unknown where the registers do not say enough: an office that has not recorded the
sizes of its committees is not told that they are wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from giaoban.apps.organizations.kinds import (
    COMMITTEE,
    INSPECTION,
    SINGLE,
    STANDING_COMMITTEE,
    Kind,
    Office,
    UnitKind,
)
from giaoban.apps.organizations.rules import RuleValue
from giaoban.apps.organizations.terms import Term
from giaoban.core.dates_vi import format_date
from giaoban.core.numbers_vi import format_number

RULES = (
    "cell_committee_official",
    "cell_committee_most",
    "standing_committee_from",
    "standing_share_percent",
    "inspection_commission_least",
    "inspection_commission_most",
    "grassroots_committee_most",
)


class Verdict(StrEnum):
    """How a check ends."""

    WRONG = "wrong"
    UNKNOWN = "unknown"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody (by key and name) holds an office; ``inside``: they are a member of the unit's own subtree that day."""

    member: int
    name: str
    office: str
    inside: bool = True


@dataclass(frozen=True, slots=True)
class CommitteeState:
    """What is known of a unit's committee on a day.

    ``kept`` says whether the register of committees was in use, ``official`` how many official members the cell had
    (None: not known), ``term`` the running one (None: none recorded).
    """

    kind: Kind
    day: date
    seats: tuple[Seat, ...]
    official: int | None = None
    term: Term | None = None
    kept: bool = True

    def holders(self, offices: Iterable[str]) -> dict[int, str]:
        """Return who holds one of the offices, each person once."""
        wanted = set(offices)
        return {seat.member: seat.name for seat in self.seats if seat.office in wanted}


@dataclass(frozen=True, slots=True)
class Finding:
    """One check with its numbers; ``rule`` is the dated rule that it was judged by, None where there is no number."""

    code: str
    verdict: Verdict
    message: str
    rule: RuleValue | None = None
    found: int | None = None
    limit: int | None = None


Rule = Callable[[str], RuleValue]


def judge_committee(state: CommitteeState, rule: Rule) -> tuple[Finding, ...]:
    """Return every check that concerns a unit of this kind, those that are right among them.

    Args:
        state: the committee on the day.
        rule: gives the dated rule of a key (one of ``RULES``) that holds for the unit on that day.
    """
    if not state.kept:
        return (Finding("register", Verdict.UNKNOWN, f"Chưa dùng sổ cấp ủy ngày {format_date(state.day)}"),)
    found = [*_secretary(state), *_single(state), *_term(state), *_sizes(state), *_people(state)]
    if state.kind.members:
        found += _cell_committee(state, rule)
    if Office.STANDING_MEMBER in state.kind.offices:
        found += _standing_committee(state, rule)
    if state.kind.code == UnitKind.GRASSROOTS_COMMITTEE:
        found += [*_grassroots(state, rule), *_inspection(state, rule)]
    return tuple(found)


def _verdict(wrong: bool) -> Verdict:
    return Verdict.WRONG if wrong else Verdict.RIGHT


def _secretary(state: CommitteeState) -> Iterator[Finding]:
    for office in (Office.SECRETARY, Office.GROUP_LEADER):
        if office in state.kind.required:
            none = not state.holders([office])
            yield Finding("no_secretary", _verdict(none), f"Không có {state.kind.office_name(office)}")


def _single(state: CommitteeState) -> Iterator[Finding]:
    """An office that one person holds at a time (two secretaries)."""
    for office in SINGLE:
        if office in state.kind.offices:
            people = state.holders([office])
            names = ", ".join(people.values())
            message = f"Có {len(people)} {state.kind.office_name(office)}: {names}"
            yield Finding(f"several_{office}", _verdict(len(people) > 1), message, found=len(people), limit=1)


def _term(state: CommitteeState) -> Iterator[Finding]:
    if not state.kind.term:
        return
    term = state.term
    if term is None:
        yield Finding("term_over", Verdict.UNKNOWN, "Chưa ghi nhiệm kỳ")
    elif term.until is None:
        yield Finding("term_over", Verdict.UNKNOWN, f"Nhiệm kỳ {term.name} chưa ghi ngày hết")
    else:
        message = f"Nhiệm kỳ {term.name} đã hết ngày {format_date(term.until)}"
        yield Finding("term_over", _verdict(term.is_over(state.day)), message)


def _sizes(state: CommitteeState) -> Iterator[Finding]:
    """More people than the seats decided for the term."""
    if state.term is None:
        return
    sizes = state.term.sizes
    for code, words, offices, size in (
        ("over_committee_size", "Cấp ủy", COMMITTEE, sizes.committee),
        ("over_standing_size", "Ban thường vụ", _standing_offices(state), sizes.standing),
        ("over_inspection_size", "Ủy ban kiểm tra", INSPECTION, sizes.inspection),
    ):
        people = len(state.holders(offices))
        if size is not None:
            message = f"{words} có {people} đồng chí, số lượng đã quyết định {size} (nhiệm kỳ {state.term.name})"
            yield Finding(code, _verdict(people > size), message, found=people, limit=size)
        elif code == "over_committee_size" and _has_committee(state):
            message = f"Nhiệm kỳ {state.term.name} chưa ghi số lượng cấp ủy viên đã quyết định"
            yield Finding(code, Verdict.UNKNOWN, message, found=people)


def _has_committee(state: CommitteeState) -> bool:
    """A small cell has a secretary and perhaps a deputy, but no committee whose size could be decided."""
    return not state.kind.members or bool(state.holders([Office.COMMITTEE_MEMBER]))


def _people(state: CommitteeState) -> Iterator[Finding]:
    strangers = [seat for seat in state.seats if seat.office not in state.kind.offices]
    named = ", ".join(f"{Office(seat.office).label} ({seat.name})" for seat in strangers)
    label = state.kind.label[0].lower() + state.kind.label[1:]
    yield Finding("office_not_of_kind", _verdict(bool(strangers)), f"Chức vụ không có ở {label}: {named}")
    outside = {seat.member: seat.name for seat in state.seats if not seat.inside}
    yield Finding(
        "outside_holder",
        _verdict(bool(outside)),
        f"Giữ chức vụ nhưng không sinh hoạt trong đơn vị: {', '.join(outside.values())}",
        found=len(outside),
        limit=0,
    )


def _cell_committee(state: CommitteeState, rule: Rule) -> Iterator[Finding]:
    """29-QĐ/TW, mục 24: a cell of nine official members elects a committee of at most seven; a smaller one none."""
    least, most = rule("cell_committee_official"), rule("cell_committee_most")
    has = bool(state.holders([Office.COMMITTEE_MEMBER]))
    people = len(state.holders(COMMITTEE))
    if state.official is None:
        if has:
            message = "Có chi ủy, chưa biết số đảng viên chính thức của chi bộ"
            yield Finding("cell_committee", Verdict.UNKNOWN, message, least)
    else:
        wrong = has and state.official < least.whole
        message = f"Có chi ủy khi chi bộ có {state.official} đảng viên chính thức, quy định từ {least.whole}"
        yield Finding("cell_committee", _verdict(wrong), message, least, state.official, least.whole)
        due = not has and state.official >= least.whole
        message = f"Chi bộ có {state.official} đảng viên chính thức mà chưa có chi ủy, quy định bầu từ {least.whole}"
        yield Finding("no_cell_committee", _verdict(due), message, least, state.official, least.whole)
    message = f"Chi ủy có {people} đồng chí, nhiều nhất {most.whole}"
    yield Finding("cell_committee_most", _verdict(has and people > most.whole), message, most, people, most.whole)


def _standing_offices(state: CommitteeState) -> tuple[str, ...]:
    """Secretary and deputies belong to a standing committee where there is one."""
    has = Office.STANDING_MEMBER in state.kind.offices and state.holders([Office.STANDING_MEMBER])
    return STANDING_COMMITTEE if has else ()


def _standing_committee(state: CommitteeState, rule: Rule) -> Iterator[Finding]:
    """Điều lệ Đảng, điều 22: from nine members on; at most a third of the committee. Measured by the decided size."""
    least, share = rule("standing_committee_from"), rule("standing_share_percent")
    standing = len(state.holders(_standing_offices(state)))
    if not standing:
        yield Finding("standing_committee", Verdict.RIGHT, "Không có ban thường vụ", least)
        return
    decided = state.term.sizes.committee if state.term is not None else None
    people = len(state.holders(COMMITTEE))
    if decided is None and not state.holders([Office.COMMITTEE_MEMBER]):
        message = f"Có ban thường vụ {standing} đồng chí, chưa ghi các cấp ủy viên khác và số lượng đã quyết định"
        yield Finding("standing_committee", Verdict.UNKNOWN, message, least)
        yield Finding("standing_share", Verdict.UNKNOWN, message, share)
        return
    whole = people if decided is None else decided
    message = f"Có ban thường vụ khi cấp ủy có {whole} đồng chí, quy định từ {least.whole}"
    yield Finding("standing_committee", _verdict(whole < least.whole), message, least, whole, least.whole)
    most = int(share.number * whole / 100)
    message = f"Ban thường vụ {standing}/{whole} cấp ủy viên, nhiều nhất {most} ({format_number(share.number)} %)"
    yield Finding("standing_share", _verdict(standing > most), message, share, standing, most)


def _grassroots(state: CommitteeState, rule: Rule) -> Iterator[Finding]:
    most, people = rule("grassroots_committee_most"), len(state.holders(COMMITTEE))
    message = f"Đảng ủy cơ sở có {people} đồng chí, nhiều nhất {most.whole}"
    yield Finding("grassroots_committee", _verdict(people > most.whole), message, most, people, most.whole)


def _inspection(state: CommitteeState, rule: Rule) -> Iterator[Finding]:
    """Only the size of one that is there; that there is none is a vacancy."""
    people = len(state.holders(INSPECTION))
    least, most = rule("inspection_commission_least"), rule("inspection_commission_most")
    few = people > 0 and people < least.whole
    bound = most if people > most.whole else least
    message = f"Ủy ban kiểm tra có {people} đồng chí, quy định {least.whole} đến {most.whole}"
    yield Finding("inspection_size", _verdict(few or people > most.whole), message, bound, people, bound.whole)
