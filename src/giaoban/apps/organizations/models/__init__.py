"""Units, their journal and the projections of the tree; committees; grants; the rules that hold where."""

from __future__ import annotations

from giaoban.apps.audit.journal import AppendOnly
from giaoban.apps.organizations.kinds import Office
from giaoban.apps.organizations.models.acts import ActEffect, OfficialCode
from giaoban.apps.organizations.models.committees import (
    CommitteeEntry,
    CommitteeEvent,
    TermEntry,
    TermEvent,
)
from giaoban.apps.organizations.models.registers import (
    RegisterUse,
    ReportingBounds,
    RuleSetting,
)
from giaoban.apps.organizations.models.sums import Grain, UnitSum
from giaoban.apps.organizations.models.tree import (
    OPEN_END,
    Ancestry,
    Dated,
    Grant,
    Group,
    GroupKind,
    GroupMembership,
    Placement,
    Unit,
    UnitEntry,
    UnitEvent,
    UnitKindSpan,
    UnitName,
    granted_ancestry,
    on_day,
)

__all__ = [
    "OPEN_END",
    "ActEffect",
    "Ancestry",
    "AppendOnly",
    "CommitteeEntry",
    "CommitteeEvent",
    "Dated",
    "Grain",
    "Grant",
    "Group",
    "GroupKind",
    "GroupMembership",
    "Office",
    "OfficialCode",
    "Placement",
    "RegisterUse",
    "ReportingBounds",
    "RuleSetting",
    "TermEntry",
    "TermEvent",
    "Unit",
    "UnitEntry",
    "UnitEvent",
    "UnitKindSpan",
    "UnitName",
    "UnitSum",
    "granted_ancestry",
    "on_day",
]
