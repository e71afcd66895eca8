"""Counts anew, from the journals, all that is counted beforehand; for an office whose counts went wrong."""

from __future__ import annotations

from django.db import transaction

from giaoban.apps.members.operations._badges import note_all_badges
from giaoban.apps.members.operations._followed import tell_followed_anew
from giaoban.apps.members.operations._letters import note_all_letters
from giaoban.apps.members.operations._roll import recount_everything
from giaoban.apps.members.operations._whereabouts import note_all_whereabouts
from giaoban.apps.organizations.operations._sums import sum_everything_anew
from giaoban.apps.organizations.operations._tree_lock import lock_tree


@transaction.atomic
def count_everything_anew() -> None:
    """This function will write roll counts, waiting letters, highest badges, places and the sums of wide units anew:
    of the roll, and of what is followed up.

    Nobody changes the tree meanwhile; whoever records something waits.
    """
    lock_tree()
    recount_everything()
    note_all_letters()
    note_all_badges()
    note_all_whereabouts()
    sum_everything_anew()
    tell_followed_anew()
