"""The pure part of the register of candidates: the order and the rules of the steps to admission (domain.md 2.1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from giaoban.apps.members.models import CandidateEvent, CandidateState
from giaoban.apps.members.queries.clocks import months_after
from giaoban.apps.organizations.rules import RuleValue
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import Conflict, GiaobanError, InvalidInput
from giaoban.core.numbers_vi import format_number, round_half_up

# 294-QĐ/TW: 18 to 60 years, counted in months, when the cell meets; above that a higher body decides.
YOUNGEST, OLDEST = 18, 60
SPONSORS = 2
CLASS_MONTHS, VOTES, DATED_BY = "candidate_class_months", "admission_votes_percent", "admission_dated_by"
RULES = (CLASS_MONTHS, VOTES, DATED_BY)

# The order of things; steps of one rank come in any order.
RANK = {
    CandidateEvent.CLASS_PASSED: 0,
    CandidateEvent.APPLIED: 0,
    CandidateEvent.SPONSORED: 1,
    CandidateEvent.VETTED: 1,
    CandidateEvent.CELL_RESOLVED: 2,
    CandidateEvent.BASE_RESOLVED: 3,
    CandidateEvent.PROPOSED: 4,
    CandidateEvent.DECIDED: 5,
    CandidateEvent.DECISION_RECEIVED: 6,
    CandidateEvent.CEREMONY: 7,
    CandidateEvent.STOPPED: 8,
}
STEPS = tuple(kind for kind in RANK if kind != CandidateEvent.STOPPED)
_NEEDS: dict[CandidateEvent, tuple[CandidateEvent, ...]] = {
    # The application is written by hand before the personal record, and that is what is vetted (06-HD/TW).
    CandidateEvent.VETTED: (CandidateEvent.APPLIED,),
    CandidateEvent.CELL_RESOLVED: (CandidateEvent.CLASS_PASSED, CandidateEvent.APPLIED, CandidateEvent.VETTED),
    CandidateEvent.BASE_RESOLVED: (CandidateEvent.CELL_RESOLVED,),
    CandidateEvent.PROPOSED: (CandidateEvent.CELL_RESOLVED,),
    CandidateEvent.DECIDED: (CandidateEvent.CELL_RESOLVED,),
    CandidateEvent.DECISION_RECEIVED: (CandidateEvent.DECIDED,),
    CandidateEvent.CEREMONY: (CandidateEvent.DECIDED,),
}

Rules = Callable[[str, date], RuleValue]


@dataclass(frozen=True, slots=True)
class CandidateFact:
    """One live step. ``by`` says who recorded it and when, empty for one that is being recorded."""

    kind: CandidateEvent
    day: date
    number: str = ""
    decided: date | None = None
    issuer: str = ""
    sponsor: int | None = None
    sponsor_body: str = ""
    votes_for: int | None = None
    votes_of: int | None = None
    unit: int = 0
    by: str = ""

    @property
    def order(self) -> tuple[date, int]:
        """Where it belongs among the others: by day, on one day by the order of things."""
        return self.day, RANK[self.kind]


class Admission(NamedTuple):
    """The admission that a thread leads to: its day as the office dates it, and the decision's paper."""

    day: date
    number: str
    decided: date
    issuer: str


@dataclass(slots=True)
class CandidateThread:
    """What the steps say: which were done, what speaks against them without making them impossible."""

    steps: dict[CandidateEvent, list[CandidateFact]] = field(default_factory=dict)
    warnings: dict[CandidateEvent, list[str]] = field(default_factory=dict)
    admission: Admission | None = None

    def has(self, kind: CandidateEvent) -> bool:
        """Tell whether a step was done; sponsors are complete with two members, or one and a body."""
        found = self.steps.get(kind, [])
        if kind != CandidateEvent.SPONSORED:
            return bool(found)
        members = sum(fact.sponsor is not None for fact in found)
        return members >= SPONSORS or (members == 1 and len(found) > members)

    def day(self, kind: CandidateEvent) -> date | None:
        """Return the day of a step, of certificates that of the last; None where it was not done."""
        found = self.steps.get(kind)
        if not found:
            return None
        return found[-1 if kind == CandidateEvent.CLASS_PASSED else 0].day

    def class_ends(self, months: int) -> date | None:
        """Return the last day on which the cell may resolve on the certificate; None where it is not needed."""
        passed = self.day(CandidateEvent.CLASS_PASSED)
        return None if passed is None or self.has(CandidateEvent.CELL_RESOLVED) else months_after(passed, months)

    @property
    def state(self) -> CandidateState:
        """Where the candidate stands."""
        if self.admission is not None:
            return CandidateState.ADMITTED
        return CandidateState.STOPPED if self.has(CandidateEvent.STOPPED) else CandidateState.PREPARING

    @property
    def last(self) -> CandidateFact | None:
        """The step that was reached."""
        facts = [fact for found in self.steps.values() for fact in found]
        return max(facts, key=lambda fact: (fact.order[1], fact.day)) if facts else None

    def next_steps(self, *, base_resolves: bool, class_expired: bool = False) -> tuple[CandidateEvent, ...]:
        """Return what may be recorded now, the step that is next in front; nothing after the last one.

        Args:
            base_resolves: the cell stands below a grassroots committee, whose resolution is a step of its own.
            class_expired: the certificate is too old: a new one comes first.
        """
        if self.has(CandidateEvent.STOPPED):
            return ()
        found: list[CandidateEvent] = [kind for kind in STEPS if not self.has(kind) and self._may_follow(kind)]
        if not base_resolves and CandidateEvent.BASE_RESOLVED in found:
            found.remove(CandidateEvent.BASE_RESOLVED)
        if class_expired:
            found.insert(0, CandidateEvent.CLASS_PASSED)
        if found and self.admission is None:
            found.append(CandidateEvent.STOPPED)
        return tuple(found)

    def _may_follow(self, kind: CandidateEvent) -> bool:
        needs = _NEEDS.get(kind, ())
        if kind == CandidateEvent.CELL_RESOLVED:
            needs = (*needs, CandidateEvent.SPONSORED)
        return all(self.has(need) for need in needs) and not any(_is_later(done, kind) for done in self.steps)


def _is_later(done: CandidateEvent, kind: CandidateEvent) -> bool:
    """What prepares the cell's meeting comes in any order."""
    return RANK[done] > max(RANK[kind], RANK[CandidateEvent.VETTED])


class CandidateWalk:
    """Walks through one candidate's steps; every rule that a step can break is here, with its message."""

    def __init__(self, name: str, born: date, rules: Rules) -> None:
        self.name = name
        self.born = born
        self.rules = rules
        self.thread = CandidateThread()

    def refuse(self, fact: CandidateFact, message: str, expected: str) -> InvalidInput:
        """Return the error that names the person, the step and its day."""
        where = f"{self.name}, {fact.kind.label.lower()} ngày {format_date(fact.day)}"
        return InvalidInput(message, where=where, expected=expected)

    def warn(self, fact: CandidateFact, message: str) -> None:
        """Note what is unusual and still possible."""
        self.thread.warnings.setdefault(fact.kind, []).append(message)

    def apply(self, fact: CandidateFact) -> None:
        """Take in the next step.

        Raises:
            InvalidInput: it cannot be. Conflict: it was recorded already, by whom and when.
        """
        self._check_order(fact)
        match fact.kind:
            case CandidateEvent.SPONSORED:
                self._sponsor(fact)
            case CandidateEvent.CELL_RESOLVED:
                self._cell_resolves(fact)
            case CandidateEvent.BASE_RESOLVED:
                self._check_votes(fact, needed=False)
            case CandidateEvent.DECIDED if not fact.number.strip():
                raise self.refuse(fact, "Chưa ghi số quyết định", "số quyết định kết nạp, ví dụ 125-QĐ/ĐU")
            case _:
                pass
        self._add(fact)

    def take(self, fact: CandidateFact) -> None:
        """Take in a step that is in the register already: what cannot be by the rules of today is told beside it."""
        try:
            self.apply(fact)
        except GiaobanError as error:
            self.warn(fact, error.message)
            self._add(fact)

    def _add(self, fact: CandidateFact) -> None:
        self.thread.steps.setdefault(fact.kind, []).append(fact)
        if fact.kind in (CandidateEvent.DECIDED, CandidateEvent.CEREMONY) and self.thread.has(CandidateEvent.DECIDED):
            self._admit(fact)

    def _check_order(self, fact: CandidateFact) -> None:
        thread = self.thread
        if fact.day < self.born:
            raise self.refuse(fact, f"Ngày này trước ngày sinh {format_date(self.born)}", "ngày sau ngày sinh")
        renewed = self._renews(fact)
        if not renewed and fact.kind != CandidateEvent.SPONSORED and (known := thread.steps.get(fact.kind)):
            raise _twice(self.name, known[-1], fact)
        if stopped := thread.steps.get(CandidateEvent.STOPPED):
            raise self.refuse(
                fact,
                f"Đã thôi xem xét từ ngày {format_date(stopped[0].day)}",
                "ngày trước đó, hoặc bỏ bước thôi xem xét",
            )
        if fact.kind == CandidateEvent.STOPPED and thread.admission is not None:
            raise self.refuse(fact, "Đã kết nạp, không còn là người được xem xét", "bỏ bước quyết định kết nạp trước")
        later = [done for done in thread.steps if _is_later(done, fact.kind)]
        if later and not renewed:
            first = min((thread.steps[done][0] for done in later), key=lambda one: one.order)
            if fact.by and not first.by:
                # The one that is being recorded comes too early: the message is about it.
                raise self.refuse(
                    first,
                    f"Bước «{fact.kind.label}» đã ghi ngày {format_date(fact.day)}, sau ngày này",
                    f"ngày không trước {format_date(fact.day)}",
                )
            raise self.refuse(
                fact,
                f"Bước «{first.kind.label}» đã ghi ngày {format_date(first.day)}, trước bước này",
                f"ngày không sau {format_date(first.day)}",
            )
        for need in _NEEDS.get(fact.kind, ()):
            if not thread.has(need):
                raise self.refuse(
                    fact,
                    f"Chưa có bước «{need.label}» đến ngày này",
                    f"ghi bước «{need.label}» trước, hoặc ngày muộn hơn",
                )

    def _renews(self, fact: CandidateFact) -> bool:
        """Tell whether this is a new certificate after one that is too old, before the cell has resolved."""
        if fact.kind != CandidateEvent.CLASS_PASSED:
            return False
        ends = self.thread.class_ends(self.rules(CLASS_MONTHS, fact.day).whole)
        return ends is not None and fact.day > ends

    def _sponsor(self, fact: CandidateFact) -> None:
        known = self.thread.steps.get(CandidateEvent.SPONSORED, [])
        if (fact.sponsor is None) == (not fact.sponsor_body):
            raise self.refuse(fact, "Chưa rõ ai giới thiệu", "một đảng viên chính thức, hoặc tên tổ chức đoàn thể")
        for other in known:
            if (fact.sponsor, fact.sponsor_body) == (other.sponsor, other.sponsor_body):
                raise _twice(self.name, other, fact)
        if self.thread.has(CandidateEvent.SPONSORED):
            raise self.refuse(fact, "Đã đủ người giới thiệu", "hai đảng viên, hoặc một đảng viên và một đoàn thể")
        if fact.sponsor is None and any(other.sponsor is None for other in known):
            raise self.refuse(fact, "Đã có một đoàn thể giới thiệu", "một đảng viên chính thức")

    def _cell_resolves(self, fact: CandidateFact) -> None:
        if not self.thread.has(CandidateEvent.SPONSORED):
            members = sum(one.sponsor is not None for one in self.thread.steps.get(CandidateEvent.SPONSORED, []))
            raise self.refuse(
                fact,
                f"Mới có {members} đảng viên giới thiệu đến ngày này",
                "hai đảng viên chính thức, hoặc một đảng viên và đoàn thể (Điều lệ Đảng, điều 4)",
            )
        passed = self.thread.day(CandidateEvent.CLASS_PASSED)
        assert passed is not None
        months = self.rules(CLASS_MONTHS, fact.day).whole
        if fact.day > months_after(passed, months):
            raise self.refuse(
                fact,
                f"Giấy chứng nhận lớp nhận thức ngày {format_date(passed)} đã quá {months} tháng",
                f"giấy chứng nhận còn hạn, hoặc họp không sau {format_date(months_after(passed, months))}",
            )
        age = fact.day.year - self.born.year, fact.day.month - self.born.month
        if age < (YOUNGEST, 0):
            raise self.refuse(
                fact, f"Sinh {format_date(self.born)}, chưa đủ {YOUNGEST} tuổi", f"đủ {YOUNGEST} tuổi khi chi bộ xét"
            )
        if age > (OLDEST, 0):
            self.warn(fact, f"Trên {OLDEST} tuổi khi chi bộ xét: do cấp ủy trực thuộc Trung ương xem xét, quyết định")
        self._check_votes(fact, needed=True)

    def _check_votes(self, fact: CandidateFact, *, needed: bool) -> None:
        if fact.votes_for is None or not fact.votes_of:
            if needed or fact.votes_for is not None:
                raise self.refuse(
                    fact,
                    "Chưa đủ số phiếu",
                    "số tán thành trên tổng số đảng viên chính thức được triệu tập, ví dụ 12/15",
                )
            return
        if fact.votes_for > fact.votes_of:
            raise self.refuse(
                fact,
                f"Số tán thành {fact.votes_for} nhiều hơn tổng số {fact.votes_of}",
                "số tán thành không quá tổng số",
            )
        least = self.rules(VOTES, fact.day).number
        # Two thirds are kept as 66,67 %: a share is compared as it would be written.
        share = round_half_up(Decimal(100 * fact.votes_for) / fact.votes_of, 2)
        if share < least:
            raise self.refuse(
                fact,
                f"{fact.votes_for}/{fact.votes_of} tán thành là {format_number(share)} %",
                f"ít nhất {format_number(least)} % tổng số được triệu tập",
            )

    def _admit(self, fact: CandidateFact) -> None:
        decided = self.thread.steps[CandidateEvent.DECIDED][0]
        by_ceremony = self.rules(DATED_BY, decided.day).value == "ceremony"
        if by_ceremony == (fact.kind == CandidateEvent.CEREMONY):
            paper = decided.number.strip(), decided.decided or decided.day, decided.issuer
            self.thread.admission = Admission(fact.day, *paper)


def _twice(name: str, known: CandidateFact, fact: CandidateFact) -> Conflict:
    by = f" ({known.by})" if known.by else ""
    return Conflict(
        f"Bước «{known.kind.label}» đã ghi ngày {format_date(known.day)}{by}",
        where=f"{name}, {fact.kind.label.lower()} ngày {format_date(fact.day)}",
        hint="Nếu ngày, số đã ghi chưa đúng thì đính chính lần ghi đó",
    )


def walk_candidate(name: str, born: date, facts: Iterable[CandidateFact], rules: Rules) -> CandidateThread:
    """Return a candidate's thread; ``facts`` are the live steps in any order.

    Raises:
        InvalidInput, Conflict: a step that cannot be.
    """
    walk = CandidateWalk(name, born, rules)
    for fact in in_order(facts):
        walk.apply(fact)
    return walk.thread


def read_candidate(name: str, born: date, facts: Iterable[CandidateFact], rules: Rules) -> CandidateThread:
    """Return the thread of what is recorded already; rules that were set since only leave warnings."""
    walk = CandidateWalk(name, born, rules)
    for fact in in_order(facts):
        walk.take(fact)
    return walk.thread


def in_order(facts: Iterable[CandidateFact]) -> Sequence[CandidateFact]:
    """Return steps as they happened."""
    return sorted(facts, key=lambda fact: fact.order)
