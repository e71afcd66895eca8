"""Writes the conferences of MAU: sittings by clusters, who came and who did not, proposals and conclusions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from giaoban.apps.accounts.models import User
from giaoban.apps.audit.act import HANOI
from giaoban.apps.meetings.models import DelegationEntry, Meeting, MeetingKind, Presence
from giaoban.apps.meetings.operations import (
    ConferenceConclusionDraft,
    DelegationDraft,
    ProposalDraft,
    SittingDraft,
    hold_conference,
    invite_clusters,
    plan_conference,
    record_conference_conclusions,
    record_delegations,
    record_proposals,
)
from giaoban.apps.organizations.models import Group, GroupKind, Unit
from giaoban.apps.sample.facts import Facts
from giaoban.apps.sample.record import console

_SEED = 1960
_DAY = timedelta(days=1)


@dataclass(slots=True)
class ConferencesWriter:
    """Writes for MAU under the name of its clerk."""

    known: Facts
    units: Mapping[str, Unit]
    clerk: User
    rng: Random = field(default_factory=lambda: Random(_SEED))

    def write(self) -> dict[str, Meeting]:
        """This function will write the conferences one after another and return them by their titles."""
        return {row["title"]: self._conference(row) for row in self.known.table("meetings")["conference"]}

    def _conference(self, row: Mapping[str, Any]) -> Meeting:
        owner = self.units["MAU"]
        clusters = Group.objects.filter(owner=owner, kind=GroupKind.CLUSTER).order_by("position")
        moments: Sequence[datetime] = [one.replace(tzinfo=HANOI) for one in row["sittings"]]
        groups: list[Group | None] = list(clusters[: len(moments)]) if row["clusters"] else [None] * len(moments)
        sittings = [
            SittingDraft(begins, begins + timedelta(hours=3), group, row["place"])
            for begins, group in zip(moments, groups, strict=True)
        ]
        act = console(self.clerk, row["planned"])
        conference = plan_conference(
            act=act, owner=owner, kind=MeetingKind(row["kind"]), title=row["title"], sittings=sittings
        )
        invited = invite_clusters(act=act, conference=conference)
        self._come(conference, invited, row, moments[-1].date())
        return conference

    def _come(
        self, conference: Meeting, invited: Sequence[DelegationEntry], row: Mapping[str, Any], last: date
    ) -> None:
        states = dict.fromkeys(row["excused"], Presence.EXCUSED) | dict.fromkeys(row["absent"], Presence.ABSENT)
        coming = [entry.unit for entry in invited if entry.unit.code not in states]
        two = {unit.pk for unit in self.rng.sample(coming, row["seconds"])}
        drafts = [DelegationDraft(unit, Presence.PRESENT, 2 if unit.pk in two else 1) for unit in coming]
        drafts += [DelegationDraft(self.units[code], state) for code, state in states.items()]
        act = console(self.clerk, last + _DAY)
        record_delegations(act=act, conference=conference, drafts=drafts)
        record_proposals(
            act=act,
            conference=conference,
            drafts=[ProposalDraft(self.units[code], text, proposal=True) for code, text in row["proposals"]],
        )
        record_conference_conclusions(
            act=act,
            conference=conference,
            drafts=[ConferenceConclusionDraft(text, owner, due) for text, owner, due in row["conclusions"]],
        )
        hold_conference(act=act, conference=conference)
