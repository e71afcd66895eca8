"""What is to be recorded, before it is: the input of the plural operations."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date

from giaoban.apps.members.models import Member, MemberEntry, MemberEvent, OfficeEvent, Trait
from giaoban.apps.organizations.kinds import Office
from giaoban.apps.organizations.models import CommitteeEntry, Unit
from giaoban.apps.organizations.operations import Decision
from giaoban.core.dates_vi import PartialDate


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """One event in a member's life; only the fields that the kind needs are filled.

    ``from_unit``/``to_unit`` are the ends of a transfer (None: outside, named in ``outside``); ``official`` says with
    which status somebody comes from outside or from an old roll; ``sent`` is the letter that a receipt answers;
    ``abroad`` is a transfer out of the country, ``until`` the last day meant by a temporary one; ``ground`` the code of
    why somebody was struck off or a card issued once more, ``card_number`` the number on a card that was issued;
    ``corrects`` the uid of the entry that this one replaces, ``void`` removes that entry only. ``seq`` orders entries
    of one day.
    """

    member: Member
    kind: MemberEvent
    day: date
    unit: Unit
    from_unit: Unit | None = None
    to_unit: Unit | None = None
    outside: str = ""
    temporary: bool = False
    how: str = ""
    official: bool = True
    round: str = ""
    sent: MemberEntry | None = None
    abroad: bool = False
    until: date | None = None
    ground: str = ""
    card_number: str = ""
    decision: Decision = field(default_factory=Decision)
    ref: str = ""
    seq: int = 0
    corrects: uuid.UUID | None = None
    void: bool = False


@dataclass(frozen=True, slots=True)
class FirstEntry:
    """How a person comes into the register: by opening balance, admission or transfer from outside.

    A ``temporary`` transfer makes them a guest of the cell, meant ``until`` a day, whom no stock counts (D5).
    """

    kind: MemberEvent
    day: date
    unit: Unit
    official: bool = True
    outside: str = ""
    decision: Decision = field(default_factory=Decision)
    ref: str = ""
    temporary: bool = False
    until: date | None = None


@dataclass(frozen=True, slots=True)
class MemberDraft:
    """A person to enter into the register with the entry that makes them a member.

    ``admitted_on``/``recognised_on`` are the Party dates of somebody who comes with an old roll or from outside.
    """

    full_name: str
    birth: PartialDate
    first: FirstEntry
    file_number: str = ""
    card_number: str = ""
    identity_number: str = ""
    phone: str = ""
    admitted_on: date | None = None
    recognised_on: date | None = None
    traits: tuple[tuple[Trait, str], ...] = ()


@dataclass(frozen=True, slots=True)
class OfficeDraft:
    """A person comes to hold an office of a unit's committee, or ceases to; or something is noted of both.

    ``committee_entry`` is the decision on the committee that it is part of; ``note`` says for which term somebody is
    planned, on which occasion a vote was taken; ``corrects`` and ``void`` as in every journal.
    """

    member: Member
    unit: Unit
    office: Office
    kind: OfficeEvent
    day: date
    decision: Decision = field(default_factory=Decision)
    note: str = ""
    ref: str = ""
    committee_entry: CommitteeEntry | None = None
    corrects: uuid.UUID | None = None
    void: bool = False

    @property
    def where(self) -> str:
        """Return the place that an error names."""
        return f"{self.member.full_name}, {self.office.label} {self.unit.code}"
