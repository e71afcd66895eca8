"""Kinds of units and offices as data: what may stand under what, and the names that people know."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from django.db import models


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of organisation; ``members`` says whether members stand in it, ``grassroots`` whether it is a TCCSĐ.

    ``offices`` are those that it may have, ``required`` those that must have a holder; ``term`` is the key of the dated
    rule that says how long a term lasts, empty where there are no terms; ``member`` what a member of the committee is
    called.
    """

    code: str
    label: str
    children: frozenset[str]
    members: bool
    grassroots: bool
    offices: tuple[str, ...]
    required: tuple[str, ...]
    term: str
    member: str

    def office_name(self, office: str) -> str:
        """Return what an office is called in a unit of this kind: «Chi ủy viên» in a cell."""
        return self.member if office == Office.COMMITTEE_MEMBER and self.member else str(Office(office).label)


@cache
def kinds() -> dict[str, Kind]:
    """Return all kinds by code, from the highest level down."""
    data = tomllib.loads(files(__package__).joinpath("kinds.toml").read_text(encoding="utf-8"))
    return {
        code: Kind(
            code,
            row["label"],
            frozenset(row["children"]),
            row["members"],
            row.get("grassroots", False),
            tuple(row["offices"]),
            tuple(row["required"]),
            row.get("term", ""),
            row.get("member", ""),
        )
        for code, row in data.items()
    }


GRASSROOTS = ("grassroots_committee", "grassroots_cell")
# Kinds under which thousands of units stand: for these sums are kept.
WIDE = ("central", "provincial")
# Kinds of which the page of a wide unit shows scores, each with its members: where there are wide units, sums are kept
# for these of what stands. What happens would be as many rows as there are entries, and few pages ask for it.
STOCKED = ("upper",)


class UnitKind(models.TextChoices):
    """The codes of ``kinds.toml`` for model fields."""

    CENTRAL = "central", "Đảng bộ trực thuộc Trung ương"
    PROVINCIAL = "provincial", "Đảng bộ tỉnh, thành phố"
    UPPER = "upper", "Đảng bộ cấp trên trực tiếp cơ sở"
    GRASSROOTS_COMMITTEE = "grassroots_committee", "Đảng bộ cơ sở"
    GRASSROOTS_CELL = "grassroots_cell", "Chi bộ cơ sở"
    SECTION = "section", "Đảng bộ bộ phận"
    CELL = "cell", "Chi bộ trực thuộc"
    GROUP = "group", "Tổ đảng"


class Office(models.TextChoices):
    """Offices in a committee (domain.md 1.3)."""

    SECRETARY = "secretary", "Bí thư"
    STANDING_DEPUTY = "standing_deputy", "Phó Bí thư Thường trực"
    DEPUTY_SECRETARY = "deputy_secretary", "Phó Bí thư"
    STANDING_MEMBER = "standing_member", "Ủy viên Ban Thường vụ"
    COMMITTEE_MEMBER = "committee_member", "Cấp ủy viên"
    INSPECTION_CHAIR = "inspection_chair", "Chủ nhiệm Ủy ban Kiểm tra"
    INSPECTION_DEPUTY = "inspection_deputy", "Phó Chủ nhiệm Ủy ban Kiểm tra"
    INSPECTION_MEMBER = "inspection_member", "Ủy viên Ủy ban Kiểm tra"
    GROUP_LEADER = "group_leader", "Tổ trưởng tổ đảng"
    GROUP_DEPUTY = "group_deputy", "Tổ phó tổ đảng"


# Offices whose holders are members of the committee, of its standing committee, of the inspection commission.
COMMITTEE = (
    Office.SECRETARY,
    Office.STANDING_DEPUTY,
    Office.DEPUTY_SECRETARY,
    Office.STANDING_MEMBER,
    Office.COMMITTEE_MEMBER,
)
STANDING_COMMITTEE = COMMITTEE[:4]
INSPECTION = (Office.INSPECTION_CHAIR, Office.INSPECTION_DEPUTY, Office.INSPECTION_MEMBER)
# Of these a unit has one holder at a time.
SINGLE = (Office.SECRETARY, Office.STANDING_DEPUTY, Office.INSPECTION_CHAIR, Office.GROUP_LEADER)
