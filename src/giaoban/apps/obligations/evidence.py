"""What shows that a standing duty was done: a query over a register, asked through a Protocol (design.md, law 2).

An app above registers its ``EvidenceSource`` (``register_evidence``); a ``StandingDuty`` names one by its key. Nothing
is ticked by hand: a source reads its register and says for which unit and period what was done on which day. It is
asked in two ways: a board needs only how many stand how, which the database gathers (``marks``); whoever opens a cell
reads what shows it, unit by unit (``found``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from giaoban.apps.obligations.duties import Progress

if TYPE_CHECKING:
    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class EvidenceAsk:
    """What a source is asked, once for all units and periods of a duty.

    ``units`` (a query of keys) are those that owe it; ``start`` and ``end`` (half-open) hold every period for which it
    is owed; ``subject`` is what the duty is about («01-NQ/MAU», the uid of a conference, a part of a plan), empty where
    the source needs none; ``owner`` (a key) and ``code`` name the standing duty; what was recorded as happening after
    ``as_of`` does not count. ``everybody`` says that all are asked about who owe it anywhere: a source whose rows bear
    the duty itself need not compare units.
    """

    units: QuerySet[Any, Any]
    start: date
    end: date
    subject: str
    owner: int
    code: str
    as_of: date
    everybody: bool = False


class Mark(NamedTuple):
    """What some units did for the period in which ``within`` lies: evidence without what differs from unit to unit.

    ``text`` is said only where it is ``excused`` or ``extended``: it is the reason.
    """

    within: date
    day: date
    progress: Progress = Progress.DONE
    excused: bool = False
    text: str = ""
    extended: date | None = None


class Evidence(NamedTuple):
    """What one unit did for the period in which ``within`` lies.

    ``day`` is the day on which it was done or begun; ``text`` says what shows it, for people; ``ref`` what a screen
    opens. Several for one unit and period: the best progress counts, of the same progress the earliest day.
    ``excused`` says that it need not be done («vắng có lý do»), ``extended`` until which day more time was given where
    that is recorded in the source's own register.
    """

    unit: int
    within: date
    day: date
    progress: Progress = Progress.DONE
    text: str = ""
    ref: str = ""
    excused: bool = False
    extended: date | None = None


class EvidenceSource(Protocol):
    """One kind of evidence. ``key`` is permanent, ``title`` for people («lịch sinh hoạt đã đăng ký»).

    ``marks`` says the same as ``found``, each mark with the keys of the units of which it holds.
    """

    @property
    def key(self) -> str: ...

    @property
    def title(self) -> str: ...

    def found(self, ask: EvidenceAsk) -> Iterable[Evidence]: ...

    def marks(self, ask: EvidenceAsk) -> Iterable[tuple[Mark, Collection[int]]]: ...


def marks_of(found: Iterable[Evidence]) -> list[tuple[Mark, list[int]]]:
    """Return evidence as marks: for sources of which there is never much."""
    gathered: dict[Mark, list[int]] = defaultdict(list)
    for one in found:
        reason = one.text if one.excused or one.extended else ""
        mark = Mark(one.within, one.day, one.progress, one.excused, reason, one.extended)
        gathered[mark].append(one.unit)
    return list(gathered.items())


_sources: dict[str, EvidenceSource] = {}


def register_evidence(source: EvidenceSource) -> None:
    """Register a source once; called from an app's ``ready``.

    Raises:
        ValueError: another source has the key already.
    """
    if _sources.setdefault(source.key, source) is not source:
        raise ValueError(f"evidence registered twice: {source.key}")


def evidence_sources() -> dict[str, EvidenceSource]:
    """Return all sources by key, in the order of their registration."""
    return dict(_sources)
