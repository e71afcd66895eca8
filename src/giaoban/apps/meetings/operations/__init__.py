"""Everything that is recorded of meetings and conferences; each is one function and one transaction."""

from giaoban.apps.meetings.operations.attendance import Tap, record_attendance
from giaoban.apps.meetings.operations.conclusions import ConclusionDraft, record_conclusions, void_conclusion_entry
from giaoban.apps.meetings.operations.conferences import (
    SittingDraft,
    cancel_conference,
    hold_conference,
    invite_clusters,
    invite_units,
    plan_conference,
)
from giaoban.apps.meetings.operations.conferences_attendance import (
    MOST_DELEGATES,
    DelegationDraft,
    record_delegations,
)
from giaoban.apps.meetings.operations.conferences_changing import (
    InvitationDraft,
    MovedConference,
    change_invitations,
    move_conference,
    note_invitations_sent,
)
from giaoban.apps.meetings.operations.conferences_duty import (
    CalledConference,
    ask_for_delegates,
    call_conference,
    call_off_conference,
    renew_delegates_duty,
)
from giaoban.apps.meetings.operations.conferences_words import (
    ConferenceConclusionDraft,
    ProposalDraft,
    record_conference_conclusions,
    record_proposals,
)
from giaoban.apps.meetings.operations.dues import DuesTick, tick_dues
from giaoban.apps.meetings.operations.holding import HeldDraft, hold_meeting, hold_meetings, void_meeting_entry
from giaoban.apps.meetings.operations.papers import TakenPaper, take_meeting_paper
from giaoban.apps.meetings.operations.presence import look_at_code, say_present
from giaoban.apps.meetings.operations.regulations import (
    RegulationDraft,
    record_regulation_review,
    record_regulation_reviews,
    take_regulation_review_back,
)
from giaoban.apps.meetings.operations.repeating import repeat_last_month
from giaoban.apps.meetings.operations.rubrics import set_rubric
from giaoban.apps.meetings.operations.schedule import (
    MeetingDraft,
    Sitting,
    cancel_meetings,
    change_plan,
    invite_to_meetings,
    plan_meeting,
    plan_meetings,
)
from giaoban.apps.meetings.operations.scores import accept_proven_scores, review_meeting, score_meeting
from giaoban.apps.meetings.operations.texts import file_meeting_text, save_meeting_text
from giaoban.apps.meetings.operations.ticking import TickedMeeting, record_ticked_meeting
from giaoban.apps.meetings.operations.visits import record_visit

__all__ = [
    "MOST_DELEGATES",
    "CalledConference",
    "ConclusionDraft",
    "ConferenceConclusionDraft",
    "DelegationDraft",
    "DuesTick",
    "HeldDraft",
    "InvitationDraft",
    "MeetingDraft",
    "MovedConference",
    "ProposalDraft",
    "RegulationDraft",
    "Sitting",
    "SittingDraft",
    "TakenPaper",
    "Tap",
    "TickedMeeting",
    "accept_proven_scores",
    "ask_for_delegates",
    "call_conference",
    "call_off_conference",
    "cancel_conference",
    "cancel_meetings",
    "change_invitations",
    "change_plan",
    "file_meeting_text",
    "hold_conference",
    "hold_meeting",
    "hold_meetings",
    "invite_clusters",
    "invite_to_meetings",
    "invite_units",
    "look_at_code",
    "move_conference",
    "note_invitations_sent",
    "plan_conference",
    "plan_meeting",
    "plan_meetings",
    "record_attendance",
    "record_conclusions",
    "record_conference_conclusions",
    "record_delegations",
    "record_proposals",
    "record_regulation_review",
    "record_regulation_reviews",
    "record_ticked_meeting",
    "record_visit",
    "renew_delegates_duty",
    "repeat_last_month",
    "review_meeting",
    "save_meeting_text",
    "say_present",
    "score_meeting",
    "set_rubric",
    "take_meeting_paper",
    "take_regulation_review_back",
    "tick_dues",
    "void_conclusion_entry",
    "void_meeting_entry",
]
