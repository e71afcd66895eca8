"""What a duty is and how it stands; pure. Nothing here is ticked by hand: what was done comes from the registers.

An app says what it makes units owe by a ``DutyProvider`` (registered in ``providers``): rules, and the cases that
opened under them. The engine adds the due day by the dated rules and the working days of the unit, extensions and
excuses.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from django.db.models import QuerySet


class DutyStatus(StrEnum):
    """How a duty stands on a day (contracts: ``giaoban board``), from the best to the worst."""

    ON_TIME = "on_time"
    EXCUSED = "excused"
    NOT_DUE = "not_due"
    LATE_WITH_LEAVE = "late_with_leave"
    LATE = "late"
    INSUFFICIENT = "insufficient"
    PARTIAL = "partial"
    MISSING = "missing"


STATUS_WORDS: dict[DutyStatus, str] = {
    DutyStatus.ON_TIME: "đúng hạn",
    DutyStatus.EXCUSED: "được miễn",
    DutyStatus.NOT_DUE: "chưa đến hạn",
    DutyStatus.LATE_WITH_LEAVE: "chậm (được gia hạn)",
    DutyStatus.LATE: "chậm",
    DutyStatus.INSUFFICIENT: "phải bổ sung",
    DutyStatus.PARTIAL: "mới làm một phần",
    DutyStatus.MISSING: "quá hạn, chưa làm",
}


class Progress(StrEnum):
    """How far a case has come; ``RETURNED`` was handed in and sent back to be completed (decision D26)."""

    NOTHING = "nothing"
    PARTIAL = "partial"
    RETURNED = "returned"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class DutyRule:
    """What is owed.

    Args:
        code: permanent name, as in ``giaoban board``.
        title: «Ra quyết định kết nạp».
        since: from what the days run: «nghị quyết của chi bộ».
        proof: what shows that it was done: «quyết định kết nạp trong sổ phát triển đảng viên».
        days: key of the dated rule that says in how many working days it is due.
        locks: key of the dated rule that says how many working days after the due day it is taken at all; empty: it is
            taken however late it comes.
        right: who may see the duties of this rule.
        owner: key of the committee that asks for it and gives leave of it; None: whoever manages duties of the unit.
    """

    code: str
    title: str
    since: str
    proof: str
    days: str
    locks: str = ""
    right: str = "members_view"
    owner: int | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One time that a rule applies.

    ``subject`` is a permanent key of what it is about, with its kind in front («candidate:…»), ``name`` its name;
    ``unit`` the key of the unit that owes it; ``opened`` the day from which the days run; ``done`` the day on which it
    was done, with what shows it in ``evidence``; ``ref`` the uid of what a screen opens to mend it.
    """

    rule: str
    subject: str
    name: str
    unit: int
    opened: date
    progress: Progress = Progress.NOTHING
    done: date | None = None
    evidence: str = ""
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Leave:
    """An extension (with its last day) or an excuse (``until`` None), given on ``day``."""

    uid: uuid.UUID
    day: date
    until: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class Duty:
    """A case with its days and how it stands.

    ``due`` is the last day in time; ``extended`` the last day of an extension; ``locks_on`` the last day on which it is
    taken at all; ``left`` the working days that are left to the day that counts (negative: that many too late).
    """

    rule: DutyRule
    case: Case
    due: date
    extended: date | None
    locks_on: date | None
    excused: bool
    status: DutyStatus
    left: int

    @property
    def open(self) -> bool:
        """Whether somebody still has to do it."""
        return self.case.done is None and not self.excused

    @property
    def last_day(self) -> date:
        """The day until which it is to be done: the extension's where there is one."""
        return self.extended or self.due


@dataclass(frozen=True, slots=True)
class DutyAsk:
    """What a provider is asked.

    ``units`` are the units (a query of keys) whose cases are wanted: what the person may see of the chosen subtree.
    Without ``since`` only cases that are open today are wanted, else also those that opened on that day or later.
    Cases that open after ``until`` are not wanted, nor those about another ``subject`` where one is named; ``rules``
    are the codes of the rules that are asked about.
    """

    units: QuerySet[Any, Any]
    today: date
    until: date
    rules: frozenset[str]
    since: date | None = None
    subject: str = ""


class DutyProvider(Protocol):
    """What an app above makes units owe; the number of its queries does not depend on the number of cases."""

    @property
    def rules(self) -> tuple[DutyRule, ...]: ...

    def cases(self, ask: DutyAsk) -> Iterable[Case]: ...


def status_of(
    case: Case, *, due: date, extended: date | None, locks_on: date | None, excused: bool, today: date
) -> DutyStatus:
    """Return how a case stands at the end of a day.

    What was done counts before what was excused. An extension that still runs after the due day, or within which it was
    done, is «late with leave»; what came after the lock was not taken.
    """
    return status_on(
        case.done,
        case.progress,
        due=due,
        extended=extended,
        locks_on=locks_on,
        excused=excused,
        today=today,
    )


def status_on(
    done: date | None,
    progress: Progress,
    *,
    due: date,
    extended: date | None,
    locks_on: date | None,
    excused: bool,
    today: date,
) -> DutyStatus:
    """Return how something stands at the end of a day that was done on a day, or has come so far; see `status_of`."""
    if done is not None:
        if done <= due:
            return DutyStatus.ON_TIME
        if extended is not None and done <= extended:
            return DutyStatus.LATE_WITH_LEAVE
        taken = locks_on is None or done <= locks_on
        return DutyStatus.LATE if taken else DutyStatus.MISSING
    if excused:
        return DutyStatus.EXCUSED
    if today <= due:
        return DutyStatus.NOT_DUE
    if extended is not None and today <= extended:
        return DutyStatus.LATE_WITH_LEAVE
    return _UNDONE[progress]


_UNDONE = {
    Progress.NOTHING: DutyStatus.MISSING,
    Progress.DONE: DutyStatus.MISSING,  # done on a day that nobody knows shows nothing
    Progress.PARTIAL: DutyStatus.PARTIAL,
    Progress.RETURNED: DutyStatus.INSUFFICIENT,
}


def leaves_by_case(cases: Iterable[Case], leaves: Mapping[tuple[str, str], Iterable[Leave]]) -> dict[int, list[Leave]]:
    """Return the leaves of each case, by its place in ``cases``, in their order.

    Leaves are kept by rule and subject. One subject may come under a rule again (a second resolution of the cell): a
    leave belongs to the last case that had opened when it was given.
    """
    by_subject: dict[tuple[str, str], list[tuple[date, int]]] = {}
    for place, case in enumerate(cases):
        by_subject.setdefault((case.rule, case.subject), []).append((case.opened, place))
    found: dict[int, list[Leave]] = {}
    for key, openings in by_subject.items():
        for leave in leaves.get(key, ()):
            before = [opening for opening in openings if opening[0] <= leave.day]
            if before:
                found.setdefault(max(before)[1], []).append(leave)
    return found


def count_by_status(duties: Iterable[Duty]) -> dict[str, Counter[DutyStatus]]:
    """Return how many duties of each rule (by code) stand how."""
    counts: dict[str, Counter[DutyStatus]] = {}
    for duty in duties:
        counts.setdefault(duty.rule.code, Counter())[duty.status] += 1
    return counts
