"""Requests, sign-ins and worklists to be looked at in the small world: made where they are not there yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.world import NOW

from giaoban.apps.accounts.models import User
from giaoban.apps.audit.act import Act
from giaoban.apps.members.models import CorrectionRequest
from giaoban.apps.members.operations import ask_correction, open_account
from giaoban.apps.members.queries.self_service import account_of

if TYPE_CHECKING:
    from tests.world import World


def own_user(world: World, member: str = "em") -> User:
    """Return the sign-in of a member that holds no grant."""
    found = account_of(world.members[member])
    if found is not None:
        return found.user
    act = world.act("clerk", at_console=True)
    return open_account(act=act, member=world.members[member], username=f"{member}.tran").user


def example_request(world: World) -> CorrectionRequest:
    """Return an open request of em, of DUK.01.01."""
    found = CorrectionRequest.objects.first()
    return found or ask_correction(act=Act(own_user(world), NOW), about="phone", wish="Số máy đã đổi")


def self_args(name: str, world: World) -> list[object] | None:
    """Return the arguments of an address about a worklist, a sign-in or a request of DUK.01.01."""
    match name:
        case "members:worklist" | "members:take_worklist":
            return ["du-bi"]
        case "members:answer":
            return [example_request(world).uid]
    return None


def self_pages(world: World) -> dict[str, tuple[str, list[object]]]:
    """Return name -> address and arguments of the pages that a clerk of DUK can open."""
    lists = ("du-bi", "chuyen", "huy-hieu", "mien", "di-xa", "khuyet")
    example_request(world)
    return {
        "worklists": ("members:worklists", []),
        **{f"worklist {key}": ("members:worklist", [key]) for key in lists},
        "requests": ("members:requests", []),
        "sign-in of a member": ("members:account", [world.members["an"].uid]),
        "sign-in that is linked": ("members:account", [world.members["em"].uid]),
    }
