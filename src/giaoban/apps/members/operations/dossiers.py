"""Which papers of a dossier are there: a state is set, never toggled, so two people ticking at once lose nothing."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.operations import Happening
from giaoban.apps.members.dossier import paper_kinds
from giaoban.apps.members.models import Candidate, DossierEntry, DossierEvent, Member
from giaoban.apps.members.operations._journal import check_day, journal_fields, write_entries
from giaoban.apps.members.queries.dossiers import papers_of
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.operations import Decision
from giaoban.apps.organizations.permissions import require
from giaoban.core.errors import InvalidInput, blame
from giaoban.core.text_vi import quoted


@dataclass(frozen=True, slots=True)
class DossierDraft:
    """A paper of a candidate's or a member's dossier was filed, or is missing after all."""

    kind: DossierEvent
    code: str
    day: date
    candidate: Candidate | None = None
    member: Member | None = None
    decision: Decision = field(default_factory=Decision)
    ref: str = ""
    corrects: uuid.UUID | None = None
    void: bool = False

    @property
    def person(self) -> Candidate | Member:
        """Whose dossier it is.

        Raises:
            InvalidInput: nobody, or both.
        """
        if (self.candidate is None) == (self.member is None):
            raise InvalidInput("Chưa rõ hồ sơ của ai", expected="một người xin vào Đảng hoặc một đảng viên")
        found = self.candidate or self.member
        assert found is not None
        return found


@transaction.atomic
def record_dossier_entries(*, act: Act, drafts: Sequence[DossierDraft]) -> list[DossierEntry]:
    """This function will record which papers are there, all or none.

    Raises:
        InvalidInput: no such paper, a day after today.
        NotAllowed, NotFound: no right ``members_record`` at a unit.
    """
    units: dict[int, Unit] = {}
    for index, draft in enumerate(drafts):
        with blame(index):
            units[draft.person.unit_id] = draft.person.unit
            check_day(act, draft, draft.person.full_name)
            if draft.code not in paper_kinds():
                raise InvalidInput(f"Không có giấy tờ mang mã {quoted(draft.code)}", where=draft.person.full_name)
    require(act, "members_record", units.values())
    entries = [
        DossierEntry(
            candidate=draft.candidate,
            member=draft.member,
            unit_id=draft.person.unit_id,
            code=draft.code,
            kind=draft.kind,
            **journal_fields(act, draft, None),
        )
        for draft in drafts
    ]
    happenings = [
        Happening(
            "members.dossier",
            "candidate" if draft.candidate is not None else "member",
            str(draft.person.uid),
            units[draft.person.unit_id].code,
            {"code": draft.code, "kind": draft.kind.value},
        )
        for draft in drafts
    ]
    write_entries(act, entries, happenings)
    return entries


@transaction.atomic
def tick_dossier(
    *, act: Act, candidate: Candidate, shown: Collection[str], ticked: Collection[str]
) -> list[DossierEntry]:
    """This function will record what somebody changed on a checklist.

    Args:
        shown: codes that were ticked when the list was shown; what somebody else changed meanwhile stays as it is.
        ticked: codes that are ticked now.

    Raises:
        InvalidInput, NotAllowed, NotFound: as ``record_dossier_entries``.
    """
    now = {paper.kind.code: paper.filed for paper in papers_of(candidate, day=act.today)}
    changed = [(code, DossierEvent.FILED) for code in ticked if code not in shown and not now.get(code)]
    changed += [(code, DossierEvent.MISSING) for code in shown if code not in ticked and now.get(code)]
    drafts = [DossierDraft(kind, code, act.today, candidate=candidate) for code, kind in sorted(changed)]
    if not drafts:
        require(act, "members_record", [candidate.unit])
        return []
    return record_dossier_entries(act=act, drafts=drafts)
