"""Everything that changes the register of members; each is one function and one transaction (design.md, law 6)."""

from giaoban.apps.members.operations.drafts import EntryDraft, FirstEntry, MemberDraft, OfficeDraft
from giaoban.apps.members.operations.enrolment import enrol_member, enrol_members
from giaoban.apps.members.operations.entries import (
    receive_member,
    recognise_member,
    record_member_entries,
    redate_entry,
    send_member,
    transfer_out,
    void_entry,
)
from giaoban.apps.members.operations.offices import record_office_events
from giaoban.apps.members.operations.reading import PersonalFile, open_personal_file

__all__ = [
    "EntryDraft",
    "FirstEntry",
    "MemberDraft",
    "OfficeDraft",
    "PersonalFile",
    "enrol_member",
    "enrol_members",
    "open_personal_file",
    "receive_member",
    "recognise_member",
    "record_member_entries",
    "record_office_events",
    "redate_entry",
    "send_member",
    "transfer_out",
    "void_entry",
]
