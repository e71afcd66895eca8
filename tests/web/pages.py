"""Every page that a clerk of DUK can open, with an example of its address."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from tests.web.board.examples import CELL, board_pages
from tests.web.conferences.examples import conference_pages
from tests.web.cycles.examples import cycle_pages
from tests.web.meetings.examples import meeting_pages
from tests.web.members.candidate_examples import candidate_pages
from tests.web.members.self_examples import self_pages
from tests.web.organizations.act_examples import example_act
from tests.web.organizations.examples import visit_of
from tests.web.reporting.examples import report_pages
from tests.web.values.examples import value_pages

from giaoban.apps.members.models import AbsenceEntry, MemberEntry, MemberEvent, OfficeEntry
from giaoban.apps.members.operations import member_goes_away
from giaoban.apps.organizations.models import Grant
from giaoban.apps.organizations.operations import ActKind

if TYPE_CHECKING:
    from tests.world import World

PLACE = "?don-vi=DUK&ky=2023-Q1"


Named = dict[str, tuple[str, list[object]]]


def _organization_pages(world: World) -> Named:
    office = OfficeEntry.objects.get(member=world.members["em"], unit=world.units["DUK.01.01"])
    return {
        "tree": ("organizations:tree", []),
        "unit": ("organizations:unit", ["DUK.01"]),
        "cell": ("organizations:unit", ["DUK.01.01"]),
        "acts": ("organizations:acts", ["DUK.01"]),
        **{
            f"act {kind.value}": ("organizations:record_act", ["DUK.02", kind.value])
            for kind in ActKind
            if kind not in (ActKind.ESTABLISH, ActKind.RECEIVE)
        },
        "act thanh-lap": ("organizations:record_act", ["DUK.01", ActKind.ESTABLISH.value]),
        "act tiep-nhan": ("organizations:record_act", ["DUK", ActKind.RECEIVE.value]),
        "an act": ("organizations:act", [example_act(world)]),
        "take an act back": ("organizations:take_back", [example_act(world)]),
        "official code": ("organizations:official_code", ["DUK.01"]),
        "committees": ("organizations:committees", []),
        "committee": ("organizations:committee", ["DUK.01"]),
        "congress": ("organizations:committee_congress", ["DUK.01"]),
        "change of offices": ("organizations:committee_change", ["DUK.01"]),
        "plans and votes": ("organizations:committee_note", ["DUK.01"]),
        "end of offices": ("organizations:committee_end", ["DUK.01"]),
        "term": ("organizations:committee_term", ["DUK.01"]),
        "decision": ("organizations:committee_decision", ["DUK.01"]),
        "correct an office": ("organizations:committee_correct", ["DUK.01.01", "chuc-vu", office.uid]),
        "groups": ("organizations:groups", []),
        "new group": ("organizations:group_define", []),
        "fill a group": ("organizations:group_place", ["DUK", "cluster", "1"]),
        "rename a group": ("organizations:group_change", ["DUK", "cluster", "1"]),
        "visits": ("organizations:visits", []),
        "assign visits": ("organizations:visit_assign", []),
        "end a visit": ("organizations:visit_end", [visit_of(world).uid]),
    }


def _member_pages(world: World) -> Named:
    an, nga, dao = world.members["an"], world.members["nga"], world.members["dao"]
    gone = AbsenceEntry.objects.filter(member=dao).first() or member_goes_away(
        act=world.act("clerk"), member=dao, day=date(2023, 3, 1), place="Bình Dương"
    )
    admitted = MemberEntry.objects.get(member=an, kind=MemberEvent.ADMITTED)
    letter = MemberEntry.objects.get(member=nga, kind=MemberEvent.TRANSFER_SENT)
    return {
        "members": ("members:list", []),
        "duplicates": ("members:duplicates", []),
        "member": ("members:member", [an.uid]),
        "admit": ("members:admit", []),
        "arrive": ("members:arrive", []),
        "on the way": ("members:on_the_way", []),
        "accept": ("members:accept", [letter.uid]),
        "correct": ("members:correct", [admitted.uid]),
        "amend": ("members:amend", [an.uid]),
        "transfer": ("members:transfer", [an.uid]),
        "recognise": ("members:recognise", [an.uid]),
        "badges": ("members:badges", []),
        "commend a unit": ("members:commend_unit", []),
        "ratings of cells": ("members:ratings", []),
        "ratings of units": ("members:unit_ratings", []),
        "hand in elsewhere": ("members:hand_in", [letter.uid]),
        "withdraw": ("members:withdraw", [letter.uid]),
        "away": ("members:away", [an.uid]),
        "while away": ("members:away", [dao.uid]),
        "exempt": ("members:exempt", [an.uid]),
        "end a stay": ("members:end_stay", [an.uid]),
        "issue a card": ("members:issue_card", [an.uid]),
        "reissue a card": ("members:reissue_card", [dao.uid]),
        "commend": ("members:commend", [an.uid]),
        "badge": ("members:badge", [dao.uid]),
        "vet": ("members:vet", [an.uid]),
        "opinion": ("members:opinion", [an.uid]),
        "leave": ("members:leave", [dao.uid]),
        "death": ("members:death", [dao.uid]),
        "restore": ("members:restore", [an.uid]),
        "correct an absence": ("members:correct_in", ["absences", gone.uid]),
    }


def pages(world: World) -> dict[str, str]:
    """Return name -> address; together they show every template that has the frame."""
    grant = Grant.objects.get(user=world.users["secretary"])
    secretary = world.users["secretary"].uid
    named: Named = {
        "period": ("home:period", []),
        "statistics": ("home:statistics", []),
        "entries of a flow": ("home:entries", ["members.transferred"]),
        "entries of a stock": ("home:entries", ["members.total"]),
        "entries of a rate": ("home:entries", ["members.admission_rate"]),
        "entries of units": ("home:entries", ["organizations.grassroots"]),
        "entries of discipline": ("home:entries", ["discipline.members"]),
        **_organization_pages(world),
        **_member_pages(world),
        "bring in a file": ("sheets:home", []),
        **candidate_pages(world),
        **self_pages(world),
        **meeting_pages(world),
        **board_pages(world),
        **conference_pages(world),
        **cycle_pages(world),
        **report_pages(world),
        "papers": ("papers:home", []),
        "papers of recognition": ("papers:write", ["recognition"]),
        "papers of the roll": ("papers:write", ["roll"]),
        "form of a paper": ("papers:form", ["quyet-dinh-ket-nap"]),
        **value_pages(world),
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
    found["a rubric"] = reverse("meetings:rubric") + PLACE + "&san=b"
    found["board cell"] += CELL
    found["tree found"] = found["tree"] + "&tim=van+phong&so_voi=01/02/2022"
    found["members found"] = found["members"] + "&tim=thi&dien=official&gioi=female"
    return found
