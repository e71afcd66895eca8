"""A cycle at a glance: every unit's state, by cluster; seven queries whatever the number of units."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from giaoban.apps.accounts.models import User
from giaoban.apps.audit.act import day_of
from giaoban.apps.organizations.models import Ancestry, GroupKind, GroupMembership, Unit, granted_ancestry, on_day
from giaoban.apps.organizations.queries.chosen import UnitCard, place_cards
from giaoban.apps.reporting.models import Cycle, StepKind, Submission, SubmissionState, SubmissionStep
from giaoban.apps.reporting.queries.cycles.timing import Timing, timing_of
from giaoban.core.errors import NotFound
from giaoban.core.period import Period


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """One unit's submission; ``remark`` is that of its last step, ``gap_by`` who accepted that it is lacking."""

    submission: Submission
    unit: UnitCard
    receiver: UnitCard
    state: str
    timing: Timing
    remark: str
    gap_by: str

    @property
    def state_label(self) -> str:
        """The state in words."""
        return str(SubmissionState(self.state).label)


@dataclass(frozen=True, slots=True)
class OverviewGroup:
    """Units of one cluster, or of none (``name`` empty)."""

    name: str
    rows: tuple[OverviewRow, ...]

    @property
    def counts(self) -> Mapping[str, int]:
        """How many stand in each state."""
        return Counter(row.state for row in self.rows)


@dataclass(frozen=True, slots=True)
class CycleOverview:
    """A cycle with all units that the person may see."""

    cycle: Cycle
    period_name: str
    groups: tuple[OverviewGroup, ...]

    @property
    def rows(self) -> tuple[OverviewRow, ...]:
        """All rows, cluster by cluster."""
        return tuple(row for group in self.groups for row in group.rows)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many stand in each state."""
        return Counter(row.state for row in self.rows)

    @property
    def timings(self) -> Mapping[str, int]:
        """How many came in time, late, or are missing."""
        return Counter(row.timing.value for row in self.rows)


def find_cycle(user: User, uid: str, *, now: datetime, right: str = "figures_view") -> Cycle:
    """Return a cycle in which a unit of the person's scope takes part, or that a unit of their scope opened.

    Raises:
        NotFound: there is none of that uid in their scope.
    """
    try:
        wanted = uuid.UUID(uid)
    except ValueError:
        raise NotFound("Không tìm thấy kỳ báo cáo này trong phạm vi của đồng chí") from None
    found = cycles_of(user, now=now, right=right).filter(uid=wanted).first()
    if found is None:
        raise NotFound("Không tìm thấy kỳ báo cáo này trong phạm vi của đồng chí")
    return found


def cycles_of(user: User, *, now: datetime, right: str = "figures_view") -> QuerySet[Cycle]:
    """Return the cycles that a person may see, the latest due first."""
    today = day_of(now)
    mine = granted_ancestry(user, today=today, right=right).values("descendant")
    taking_part = Submission.objects.visible_to(user, today=today, right=right).values("cycle")
    rows = Cycle.objects.filter(Q(owner__in=mine) | Q(pk__in=taking_part))
    return rows.select_related("form", "owner").order_by("-due_at", "form__code", "pk")


def cycle_overview(
    cycle: Cycle, *, now: datetime, user: User | None = None, under: Unit | None = None
) -> CycleOverview:
    """Return where every unit stands.

    Args:
        user: only units that this person may see; None: all.
        under: only units at or under this one on the period's last day, and those that send to it since they moved.
    """
    last = _last_day(cycle)
    rows = Submission.objects.filter(cycle=cycle).select_related("cycle", "unit", "receiver", "snapshot")
    rows = rows.defer("draft", "snapshot__figures", "snapshot__entries", "snapshot__tree", "snapshot__texts")
    if user is not None:
        rows = rows.visible_to(user, today=day_of(now))
    if under is not None:
        below = Ancestry.objects.filter(on_day(last), ancestor=under).values("descendant")
        rows = rows.filter(Q(unit__in=below) | Q(receiver=under))
    found = list(rows.order_by("unit__code"))
    made = overview_rows(found, last=last, now=now)
    clusters = _clusters(cycle, [row.unit_id for row in found], last)
    names = sorted(set(clusters.values()))
    groups = [OverviewGroup(name[1], tuple(row for row in made if clusters.get(row.unit.pk) == name)) for name in names]
    loose = tuple(row for row in made if row.unit.pk not in clusters)
    if loose:
        groups.append(OverviewGroup("", loose))
    period = cycle.title if cycle.form.rhythm == "once" else Period.parse(cycle.period).name()
    return CycleOverview(cycle, period, tuple(groups))


def overview_rows(found: Sequence[Submission], *, last: date, now: datetime) -> list[OverviewRow]:
    """Return the rows of submissions, in the same order; five queries."""
    cards = place_cards({pk for row in found for pk in (row.unit_id, row.receiver_id)}, day=last)
    remarks: dict[int, str] = {}
    gaps: dict[int, str] = {}
    steps = SubmissionStep.objects.filter(submission__in=[row.pk for row in found]).order_by("pk")
    for pk, kind, remark, name in steps.values_list("submission_id", "kind", "remark", "by__full_name"):
        remarks[pk] = remark
        if kind == StepKind.GAP_ACCEPTED:
            gaps[pk] = name
    return [
        OverviewRow(
            row,
            cards[row.unit_id],
            cards[row.receiver_id],
            row.state,
            timing_of(row, now),
            remarks.get(row.pk, ""),
            gaps.get(row.pk, ""),
        )
        for row in found
    ]


def _last_day(cycle: Cycle) -> date:
    return Period.parse(cycle.period).window.last_day


def _clusters(cycle: Cycle, units: Sequence[int], day: date) -> dict[int, tuple[int, str]]:
    """Return for units the position and name of the owner's cluster in which they, or what is above them, stand."""
    rows = GroupMembership.objects.filter(
        on_day(day), group__owner=cycle.owner_id, group__kind=GroupKind.CLUSTER
    ).values_list("unit_id", "group__position", "group__name")
    of_unit = {unit: (position, name) for unit, position, name in rows}
    if not of_unit:
        return {}
    above = Ancestry.objects.filter(on_day(day), descendant__in=units, ancestor__in=of_unit).order_by("-depth")
    return {unit: of_unit[top] for unit, top in above.values_list("descendant_id", "ancestor_id")}
