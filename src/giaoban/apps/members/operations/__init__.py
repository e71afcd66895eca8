"""Everything that changes the register of members; each is one function and one transaction (design.md, law 6)."""

from giaoban.apps.members.operations._candidate_membership import Numbers
from giaoban.apps.members.operations.absences import (
    AbsenceDraft,
    contact_member,
    end_exemption,
    exempt_member,
    member_goes_away,
    member_returns,
    record_absence_entries,
    redate_absence_entry,
    void_absence_entry,
)
from giaoban.apps.members.operations.candidates import (
    CandidateDraft,
    CandidateEntryDraft,
    add_candidate,
    add_candidates,
    record_candidate_entries,
    record_candidate_step,
    redate_candidate_entry,
    void_candidate_entry,
)
from giaoban.apps.members.operations.cards import (
    issue_card,
    reissue_card,
)
from giaoban.apps.members.operations.congress import CongressDraft, record_congress
from giaoban.apps.members.operations.consolidation import (
    ConsolidationDraft,
    record_consolidation,
    void_consolidation,
)
from giaoban.apps.members.operations.corrections import CorrectionDraft, correct_member, correct_members
from giaoban.apps.members.operations.dossiers import DossierDraft, record_dossier_entries, tick_dossier
from giaoban.apps.members.operations.drafts import EntryDraft, FirstEntry, MemberDraft, OfficeDraft
from giaoban.apps.members.operations.enrolment import enrol_member, enrol_members
from giaoban.apps.members.operations.entries import (
    recognise_member,
    record_member_entries,
    redate_entry,
    void_entry,
)
from giaoban.apps.members.operations.honours import (
    HonourDraft,
    record_honour,
    record_honour_entries,
    redate_honour_entry,
    void_honour_entry,
)
from giaoban.apps.members.operations.joining import join_records, undo_join
from giaoban.apps.members.operations.leaving import (
    record_death,
    resign_member,
    restore_member,
    strike_off_member,
)
from giaoban.apps.members.operations.offices import (
    record_office_events,
    redate_office_entry,
    void_office_entry,
)
from giaoban.apps.members.operations.probation import recognise_after_probation, review_probation
from giaoban.apps.members.operations.ratings import (
    RatingDraft,
    record_ratings,
    redate_rating,
    void_rating,
)
from giaoban.apps.members.operations.reading import PersonalFile, open_personal_file
from giaoban.apps.members.operations.self_service import (
    OwnData,
    answer_correction,
    ask_correction,
    link_account,
    open_account,
    open_own_data,
    print_member_code,
    unlink_account,
)
from giaoban.apps.members.operations.transfers import (
    end_temporary_stay,
    letter_handed_in_outside,
    receive_member,
    send_member,
    transfer_out,
    withdraw_letter,
)
from giaoban.apps.members.operations.vetting import (
    VettingDraft,
    record_status_opinion,
    record_vetting,
    record_vetting_entries,
    redate_vetting_entry,
    void_vetting_entry,
)
from giaoban.apps.members.operations.visits import VisitDraft, assign_visits, end_visit

__all__ = [
    "AbsenceDraft",
    "CandidateDraft",
    "CandidateEntryDraft",
    "CongressDraft",
    "ConsolidationDraft",
    "CorrectionDraft",
    "DossierDraft",
    "EntryDraft",
    "FirstEntry",
    "HonourDraft",
    "MemberDraft",
    "Numbers",
    "OfficeDraft",
    "OwnData",
    "PersonalFile",
    "RatingDraft",
    "VettingDraft",
    "VisitDraft",
    "add_candidate",
    "add_candidates",
    "answer_correction",
    "ask_correction",
    "assign_visits",
    "contact_member",
    "correct_member",
    "correct_members",
    "end_exemption",
    "end_temporary_stay",
    "end_visit",
    "enrol_member",
    "enrol_members",
    "exempt_member",
    "issue_card",
    "join_records",
    "letter_handed_in_outside",
    "link_account",
    "member_goes_away",
    "member_returns",
    "open_account",
    "open_own_data",
    "open_personal_file",
    "print_member_code",
    "receive_member",
    "recognise_after_probation",
    "recognise_member",
    "record_absence_entries",
    "record_candidate_entries",
    "record_candidate_step",
    "record_congress",
    "record_consolidation",
    "record_death",
    "record_dossier_entries",
    "record_honour",
    "record_honour_entries",
    "record_member_entries",
    "record_office_events",
    "record_ratings",
    "record_status_opinion",
    "record_vetting",
    "record_vetting_entries",
    "redate_absence_entry",
    "redate_candidate_entry",
    "redate_entry",
    "redate_honour_entry",
    "redate_office_entry",
    "redate_rating",
    "redate_vetting_entry",
    "reissue_card",
    "resign_member",
    "restore_member",
    "review_probation",
    "send_member",
    "strike_off_member",
    "tick_dossier",
    "transfer_out",
    "undo_join",
    "unlink_account",
    "void_absence_entry",
    "void_candidate_entry",
    "void_consolidation",
    "void_entry",
    "void_honour_entry",
    "void_office_entry",
    "void_rating",
    "void_vetting_entry",
    "withdraw_letter",
]
