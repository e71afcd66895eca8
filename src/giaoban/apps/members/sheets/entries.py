"""The kind of sheet «entries»: what happened to members who are in the register."""

from __future__ import annotations

from collections.abc import Sequence

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.operations import write_trail
from giaoban.apps.members.models import Member, MemberEntry
from giaoban.apps.members.operations import EntryDraft, record_member_entries
from giaoban.apps.members.operations.unit_endings import history_in_parts
from giaoban.apps.members.sheets._entry_judging import EntriesKnown, judge
from giaoban.apps.members.sheets._entry_replay import EntryPlan
from giaoban.apps.members.sheets.columns import ENTRY_COLUMNS, ENTRY_GUIDE
from giaoban.apps.members.sheets.people import card_owners, look_people
from giaoban.apps.members.sheets.places import look_places
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.sheets.units import import_trail
from giaoban.apps.sheets.columns import Column
from giaoban.apps.sheets.importing import ImportNote, Judgement, refusing
from giaoban.apps.sheets.reading import Progress, SheetRow

_CHUNK = 5_000


class EntrySheet:
    """Rows are entries of members' journals; see ``SheetKind`` for the steps."""

    key = "entries"
    label = "Việc về đảng viên"
    columns: tuple[Column, ...] = ENTRY_COLUMNS
    guide: tuple[str, ...] = ENTRY_GUIDE

    def look(self, act: Act, rows: Sequence[SheetRow]) -> EntriesKnown:
        """Return what the register knows of the members that the rows name."""
        return EntriesKnown(look_places(act), look_people(rows), card_owners(rows))

    def judge(self, act: Act, rows: Sequence[SheetRow], state: EntriesKnown) -> Judgement[EntryPlan]:
        """Return what is new and every fault."""
        return judge(act, rows, state)

    def record(self, act: Act, plan: EntryPlan, note: ImportNote, progress: Progress | None) -> None:
        """This function will record the entries, and leave the import's audit row.

        All entries of one member are recorded in one go: a journal is replayed as a whole.
        """
        wanted = {pk for entry in plan for pk in (entry.unit, entry.from_unit, entry.to_unit) if pk is not None}
        units = Unit.objects.in_bulk(wanted if len(wanted) < _CHUNK else None)
        done = 0
        for part in _by_member(plan):
            if progress is not None:
                progress("Ghi vào sổ", done, len(plan))
            members = Member.objects.select_related("unit").in_bulk({entry.member for entry in part})
            letters = MemberEntry.objects.in_bulk({entry.sent for entry in part if entry.sent is not None})
            drafts = [
                EntryDraft(
                    member=members[entry.member],
                    kind=entry.kind,
                    day=entry.day,
                    unit=units[entry.unit],
                    from_unit=units[entry.from_unit] if entry.from_unit is not None else None,
                    to_unit=units[entry.to_unit] if entry.to_unit is not None else None,
                    outside=entry.outside,
                    temporary=entry.temporary,
                    how=entry.how,
                    official=entry.official,
                    round=entry.round,
                    abroad=entry.abroad,
                    until=entry.until,
                    ground=entry.ground,
                    card_number=entry.card_number,
                    sent=letters[entry.sent] if entry.sent is not None else None,
                    decision=entry.decision,
                    ref=entry.ref,
                    seq=entry.seq,
                )
                for entry in part
            ]
            with refusing([entry.row for entry in part]), history_in_parts():
                record_member_entries(act=act, drafts=drafts)
            done += len(part)
        write_trail(act, [import_trail(note)])
        if progress is not None:
            progress("Ghi vào sổ", done, len(plan))


def _by_member(plan: EntryPlan) -> list[EntryPlan]:
    """Cut into parts of about ``_CHUNK`` entries, never between two entries of one member."""
    parts: list[EntryPlan] = []
    ordered = sorted(plan, key=lambda entry: (entry.member, entry.row))
    start = 0
    for index, entry in enumerate(ordered):
        if index - start >= _CHUNK and entry.member != ordered[index - 1].member:
            parts.append(tuple(ordered[start:index]))
            start = index
    return [*parts, tuple(ordered[start:])]


ENTRIES = EntrySheet()
