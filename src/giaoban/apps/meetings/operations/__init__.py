"""Planning, holding and recording meetings and conferences."""

from giaoban.apps.meetings.operations.conferences import (
    SittingDraft,
    cancel_conference,
    hold_conference,
    invite_clusters,
    invite_units,
    plan_conference,
)
from giaoban.apps.meetings.operations.conferences_attendance import (
    MOST_DELEGATES,
    DelegationDraft,
    record_delegations,
)
from giaoban.apps.meetings.operations.conferences_words import (
    ConferenceConclusionDraft,
    ProposalDraft,
    record_conference_conclusions,
    record_proposals,
)

__all__ = [
    "MOST_DELEGATES",
    "ConferenceConclusionDraft",
    "DelegationDraft",
    "ProposalDraft",
    "SittingDraft",
    "cancel_conference",
    "hold_conference",
    "invite_clusters",
    "invite_units",
    "plan_conference",
    "record_conference_conclusions",
    "record_delegations",
    "record_proposals",
]
