"""App configuration."""

from __future__ import annotations

from django.apps import AppConfig


class MembersConfig(AppConfig):
    """Members."""

    name = "giaoban.apps.members"
    label = "members"

    def ready(self) -> None:
        """Let the tree ask this register before a unit ends, let what hangs on units follow their acts, let the
        obligations ask what it makes units owe, and sum it for wide units.
        """
        from giaoban.apps.members.obligations import DUTIES
        from giaoban.apps.members.operations._followed import FollowedFollower
        from giaoban.apps.members.operations._sums import MemberSums
        from giaoban.apps.members.operations.following import FOLLOWERS
        from giaoban.apps.members.operations.unit_endings import refuse_units_with_members
        from giaoban.apps.obligations.providers import register_duties
        from giaoban.apps.organizations.operations import before_unit_ends, follow_unit_acts
        from giaoban.apps.organizations.operations._sums import keep_sums
        from giaoban.apps.organizations.operations._tree_sums import follow_tree

        before_unit_ends(refuse_units_with_members)
        for follower in FOLLOWERS:
            follow_unit_acts(follower)
        register_duties(DUTIES)
        keep_sums(MemberSums())
        follow_tree(FollowedFollower())
