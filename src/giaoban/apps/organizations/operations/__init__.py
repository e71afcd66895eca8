"""Everything that changes organisations and rights; each is one function and one transaction (design.md, law 6)."""

from giaoban.apps.organizations.operations.acts import (
    ActDone,
    ActDraft,
    ActKind,
    NewUnit,
    follow_unit_acts,
    record_unit_act,
    take_back,
)
from giaoban.apps.organizations.operations.beginning import begin_office
from giaoban.apps.organizations.operations.codes import CodeDraft, set_official_code, set_official_codes
from giaoban.apps.organizations.operations.committee import (
    CommitteeDraft,
    record_committee_events,
    void_committee_entry,
)
from giaoban.apps.organizations.operations.endings import Ending, before_unit_ends
from giaoban.apps.organizations.operations.grants import (
    GrantTerms,
    add_person_to,
    end_grant,
    give_grant,
    hand_over_post,
    print_code_for,
)
from giaoban.apps.organizations.operations.groups import change_group, define_group, place_in_group, take_out_of_group
from giaoban.apps.organizations.operations.registers import (
    REGISTERS,
    correct_register_start,
    set_reporting_bounds,
    take_into_use,
)
from giaoban.apps.organizations.operations.rules import set_rule
from giaoban.apps.organizations.operations.terms import (
    TermDraft,
    record_term_entries,
    record_term_entry,
    void_term_entry,
)
from giaoban.apps.organizations.operations.tree import Decision, TreeDraft, record_tree_event, record_tree_events
from giaoban.apps.organizations.operations.watching import watch_tree

__all__ = [
    "REGISTERS",
    "ActDone",
    "ActDraft",
    "ActKind",
    "CodeDraft",
    "CommitteeDraft",
    "Decision",
    "Ending",
    "GrantTerms",
    "NewUnit",
    "TermDraft",
    "TreeDraft",
    "add_person_to",
    "before_unit_ends",
    "begin_office",
    "change_group",
    "correct_register_start",
    "define_group",
    "end_grant",
    "follow_unit_acts",
    "give_grant",
    "hand_over_post",
    "place_in_group",
    "print_code_for",
    "record_committee_events",
    "record_term_entries",
    "record_term_entry",
    "record_tree_event",
    "record_tree_events",
    "record_unit_act",
    "set_official_code",
    "set_official_codes",
    "set_reporting_bounds",
    "set_rule",
    "take_back",
    "take_into_use",
    "take_out_of_group",
    "void_committee_entry",
    "void_term_entry",
    "watch_tree",
]
