"""An act on the tree before it is recorded: what people decide, in their own terms."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from types import MappingProxyType

from giaoban.apps.organizations.operations.tree import Decision

# What becomes of something that hung on a unit that ends; the code of a unit means «goes on there».
KEEP = "="
END = "-"
_NOTHING: Mapping[str, str] = MappingProxyType({})
_NOBODY: Mapping[uuid.UUID, str] = MappingProxyType({})


class ActKind(Enum):
    """What can be done to units; the value stands in addresses."""

    ESTABLISH = "thanh-lap"
    RENAME = "doi-ten"
    CHANGE_KIND = "chuyen-loai-hinh"
    MOVE = "chuyen-truc-thuoc"
    SPLIT = "chia-tach"
    MERGE = "sap-nhap"
    CONSOLIDATE = "hop-nhat"
    HAND_OVER = "chuyen-giao"
    RECEIVE = "tiep-nhan"
    DISSOLVE = "giai-the"

    @property
    def label(self) -> str:
        """The word that decisions use."""
        return _LABELS[self]


_LABELS = {
    ActKind.ESTABLISH: "Thành lập",
    ActKind.RENAME: "Đổi tên",
    ActKind.CHANGE_KIND: "Chuyển loại hình",
    ActKind.MOVE: "Chuyển trực thuộc",
    ActKind.SPLIT: "Chia tách",
    ActKind.MERGE: "Sáp nhập",
    ActKind.CONSOLIDATE: "Hợp nhất",
    ActKind.HAND_OVER: "Chuyển giao",
    ActKind.RECEIVE: "Tiếp nhận",
    ActKind.DISSOLVE: "Giải thể",
}


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit that the act begins; ``parent`` is the code of an older unit or of another new one."""

    code: str
    name: str
    unit_kind: str
    parent: str = ""
    short_name: str = ""


@dataclass(frozen=True, slots=True)
class ActDraft:
    """One act; only the fields that its kind needs are filled. Units are named by their codes.

    Args:
        units: what it happens to: those renamed, moved, split, merged, consolidated, handed over, dissolved.
        new: the units that begin. Of a consolidation the first stands for those consolidated.
        goal: the unit that goes on for those merged.
        parent: where the units come to stand (a move).
        name, short_name, unit_kind: the new name or kind.
        goes_on: whether the unit that is split goes on itself.
        counts_as_established: the decision says that an organisation is established (D3).
        children: unit -> the unit under which it comes to stand, or ``END`` where it is dissolved too.
        members_to: cell that ends or is split -> the cell into which its members follow, unless ``members`` names
            another; without an entry they stay, where the cell goes on.
        members: uid of a member -> the cell into which they follow; ``KEEP`` where they stay.
        groups: key of a place in a cluster or sector of a unit that ends -> ``END`` or the code of the unit that takes
            the place.
        grants: uid of a grant on a unit that ends -> ``KEEP``, ``END`` or the code of the unit on which the person gets
            the same role. What is not named here stays as it is.
    """

    kind: ActKind
    day: date
    units: tuple[str, ...] = ()
    new: tuple[NewUnit, ...] = ()
    goal: str = ""
    parent: str = ""
    name: str = ""
    short_name: str = ""
    unit_kind: str = ""
    outside: str = ""
    goes_on: bool = True
    counts_as_established: bool = False
    decision: Decision = field(default_factory=Decision)
    note: str = ""
    children: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    members_to: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    members: Mapping[uuid.UUID, str] = field(default_factory=lambda: _NOBODY)
    groups: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    grants: Mapping[uuid.UUID, str] = field(default_factory=lambda: _NOBODY)
