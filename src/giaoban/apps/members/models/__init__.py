"""Members, the journals of their Party life, and the projections that stocks are read from."""

from __future__ import annotations

from giaoban.apps.members.models.absences import (
    AbsenceEntry,
    AbsenceEvent,
    AbsenceKind,
    AbsenceSpan,
)
from giaoban.apps.members.models.candidates import (
    Candidate,
    CandidateEntry,
    CandidateEvent,
    CandidateState,
    DossierEntry,
    DossierEvent,
)
from giaoban.apps.members.models.corrections import (
    PRIVATE_PARTS,
    ChangeCause,
    CorrectionEntry,
    FilePart,
)
from giaoban.apps.members.models.followed import Followed, FollowedSum
from giaoban.apps.members.models.honours import (
    Grade,
    HonourEntry,
    HonourEvent,
    HonourForm,
    HonourLevel,
    HonourReason,
    RatingEntry,
    VettingEntry,
    VettingPurpose,
)
from giaoban.apps.members.models.joining import (
    CorrectionRequest,
    MemberAccount,
    MemberAlias,
    RequestState,
)
from giaoban.apps.members.models.letters import WaitingLetter
from giaoban.apps.members.models.offices import (
    OfficeEntry,
    OfficeEvent,
    OfficeTerm,
    VisitAssignment,
)
from giaoban.apps.members.models.people import (
    STANDING,
    CardReason,
    LeavingHow,
    Member,
    MemberEntry,
    MemberEntryQuerySet,
    MemberEvent,
    MemberQuerySet,
    MembershipSpell,
    MemberState,
    RollCount,
    SpellOrigin,
)
from giaoban.apps.members.models.traits import (
    Trait,
    TraitEntry,
    TraitSpan,
)

__all__ = [
    "PRIVATE_PARTS",
    "STANDING",
    "AbsenceEntry",
    "AbsenceEvent",
    "AbsenceKind",
    "AbsenceSpan",
    "Candidate",
    "CandidateEntry",
    "CandidateEvent",
    "CandidateState",
    "CardReason",
    "ChangeCause",
    "CorrectionEntry",
    "CorrectionRequest",
    "DossierEntry",
    "DossierEvent",
    "FilePart",
    "Followed",
    "FollowedSum",
    "Grade",
    "HonourEntry",
    "HonourEvent",
    "HonourForm",
    "HonourLevel",
    "HonourReason",
    "LeavingHow",
    "Member",
    "MemberAccount",
    "MemberAlias",
    "MemberEntry",
    "MemberEntryQuerySet",
    "MemberEvent",
    "MemberQuerySet",
    "MemberState",
    "MembershipSpell",
    "OfficeEntry",
    "OfficeEvent",
    "OfficeTerm",
    "RatingEntry",
    "RequestState",
    "RollCount",
    "SpellOrigin",
    "Trait",
    "TraitEntry",
    "TraitSpan",
    "VettingEntry",
    "VettingPurpose",
    "VisitAssignment",
    "WaitingLetter",
]
