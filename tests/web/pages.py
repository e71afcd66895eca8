"""Every page that a clerk of DUK can open, with an example of its address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from giaoban.apps.members.models import MemberEntry, MemberEvent
from giaoban.apps.organizations.models import Grant

if TYPE_CHECKING:
    from tests.world import World

PLACE = "?don-vi=DUK&ky=2023-Q1"


def pages(world: World) -> dict[str, str]:
    """Return name -> address; together they show every template that has the frame."""
    an, nga = world.members["an"], world.members["nga"]
    admitted = MemberEntry.objects.get(member=an, kind=MemberEvent.ADMITTED)
    letter = MemberEntry.objects.get(member=nga, kind=MemberEvent.TRANSFER_SENT)
    grant = Grant.objects.get(user=world.users["secretary"])
    secretary = world.users["secretary"].uid
    named: dict[str, tuple[str, list[object]]] = {
        "period": ("home:period", []),
        "entries of a flow": ("home:entries", ["members.transferred"]),
        "entries of a stock": ("home:entries", ["members.total"]),
        "entries of a rate": ("home:entries", ["members.admission_rate"]),
        "entries of units": ("home:entries", ["organizations.grassroots"]),
        "entries of discipline": ("home:entries", ["discipline.members"]),
        "tree": ("organizations:tree", []),
        "unit": ("organizations:unit", ["DUK.01"]),
        "cell": ("organizations:unit", ["DUK.01.01"]),
        "members": ("members:list", []),
        "member": ("members:member", [an.uid]),
        "admit": ("members:admit", []),
        "arrive": ("members:arrive", []),
        "on the way": ("members:on_the_way", []),
        "accept": ("members:accept", [letter.uid]),
        "correct": ("members:correct", [admitted.uid]),
        "transfer": ("members:transfer", [an.uid]),
        "recognise": ("members:recognise", [an.uid]),
        "papers": ("papers:home", []),
        "papers of recognition": ("papers:write", ["recognition"]),
        "papers of the roll": ("papers:write", ["roll"]),
        "form of a paper": ("papers:form", ["quyet-dinh-ket-nap"]),
        "report": ("reporting:quarter", []),
        "people": ("accounts:people", []),
        "add a person": ("accounts:add", []),
        "person": ("accounts:person", [secretary]),
        "give": ("accounts:give", [secretary]),
        "end": ("accounts:end_grant", [grant.uid]),
        "hand over": ("accounts:hand_over", [grant.uid]),
        "targets": ("directives:targets", []),
        "set a target": ("directives:set_target", []),
        "check a document": ("checking:check", []),
        "search": ("search", []),
    }
    found = {key: reverse(name, args=args) + PLACE for key, (name, args) in named.items()}
    found["search"] += "&tim=nguyen"
    found["tree found"] = found["tree"] + "&tim=van+phong&so_voi=01/02/2022"
    found["members found"] = found["members"] + "&tim=thi&dien=official&gioi=female"
    return found
