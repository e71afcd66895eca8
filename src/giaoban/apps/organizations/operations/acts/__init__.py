"""Acts on the tree: what a decision says about organisations, with everything that follows from it (law 4)."""

from giaoban.apps.organizations.operations.acts.draft import END, KEEP, ActDraft, ActKind, NewUnit
from giaoban.apps.organizations.operations.acts.following import follow_unit_acts
from giaoban.apps.organizations.operations.acts.places import CodeFollower, GrantFollower, GroupFollower
from giaoban.apps.organizations.operations.acts.recording import ActDone, record_unit_act
from giaoban.apps.organizations.operations.acts.taking_back import take_back

for follower in (GroupFollower, CodeFollower, GrantFollower):
    follow_unit_acts(follower)

__all__ = [
    "END",
    "KEEP",
    "ActDone",
    "ActDraft",
    "ActKind",
    "NewUnit",
    "follow_unit_acts",
    "record_unit_act",
    "take_back",
]
