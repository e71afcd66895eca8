"""The permission table: every address, every role, the expected status. An address without a row fails, so does a row
without an address.

200 and 302 mean let through (302: a refused form would be 422, a page that leads on is 302); 403 the place is seen but
the right is missing; 404 outside the scope; «door» means sent to sign in first.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse
from tests.web.board.examples import example_duty
from tests.web.conferences.examples import conference_args
from tests.web.cycles.examples import cycle_args
from tests.web.meetings.examples import meeting_args
from tests.web.members.candidate_examples import candidate_args
from tests.web.members.self_examples import self_args
from tests.web.organizations.act_examples import example_act
from tests.web.organizations.examples import committee_args
from tests.web.permissions.addresses import all_addresses, any_address
from tests.web.reporting.examples import report_args
from tests.web.values.examples import value_args

from giaoban.apps.members.models import MemberEntry, MemberEvent
from giaoban.apps.members.operations import exempt_member
from giaoban.apps.organizations.models import Grant

if TYPE_CHECKING:
    from tests.world import World

# Who may do what is decided from the same answers on every engine; each page is opened on each in ``test_rendering``.
pytestmark = pytest.mark.one_engine

ROLES = ("clerk", "organizer", "inspector", "deputy", "secretary", "administrator", "outsider", "stranger")
DOOR = "door"

# name: (method, status by role in the order of ROLES). All without a chosen unit: each at the unit of their own grant.
# fmt: off
OWN_PLACE: dict[str, tuple[str, tuple[int, ...]]] = {
    #                           clerk org  insp dep  sec  adm  out  stranger
    "home:period":       ("GET", (302, 302, 302, 302, 302, 302, 302, 403)),
    "home:latest":       ("GET", (302, 302, 302, 302, 302, 403, 302, 403)),
    "home:statistics":   ("GET", (200, 200, 200, 200, 200, 403, 200, 403)),
    "home:entries":      ("GET", (200, 200, 200, 200, 200, 403, 200, 403)),
    "search":            ("GET", (200, 200, 200, 200, 200, 200, 200, 403)),
    "organizations:tree": ("GET", (200, 200, 200, 200, 200, 200, 200, 403)),
    "organizations:committees": ("GET", (200, 200, 200, 200, 200, 200, 200, 403)),
    "organizations:groups": ("GET", (200, 200, 200, 200, 200, 200, 200, 403)),
    "organizations:group_define": ("GET", (200, 200, 403, 403, 403, 403, 200, 403)),
    "organizations:visits": ("GET", (200, 200, 200, 200, 200, 200, 200, 403)),
    "organizations:visit_assign": ("GET", (200, 200, 403, 403, 403, 403, 200, 403)),
    "members:list":      ("GET", (200, 200, 200, 200, 200, 403, 200, 403)),
    "members:export":    ("POST", (200, 200, 200, 200, 200, 403, 200, 403)),
    "members:save_view": ("POST", (302, 302, 302, 302, 302, 403, 302, 403)),
    # No work is named: 404 to those who may record, 403 to those who may not.
    "members:bulk":      ("POST", (404, 404, 403, 403, 404, 403, 404, 403)),
    "members:duplicates": ("GET", (200, 200, 403, 403, 200, 403, 200, 403)),
    # No records are named.
    "members:join":      ("POST", (404, 404, 403, 403, 404, 403, 404, 403)),
    "members:on_the_way": ("GET", (200, 200, 200, 200, 200, 403, 200, 403)),
    "members:worklists": ("GET", (200, 200, 200, 200, 200, 403, 200, 403)),
    "members:worklist":  ("GET", (200, 200, 200, 200, 200, 403, 200, 403)),
    "members:take_worklist": ("POST", (200, 200, 200, 200, 200, 403, 200, 403)),
    "members:requests":  ("GET", (200, 200, 403, 403, 200, 403, 200, 403)),
    "members:admit":     ("GET", (200, 200, 403, 403, 200, 403, 200, 403)),
    "members:arrive":    ("GET", (200, 200, 403, 403, 200, 403, 200, 403)),
    "members:badges":    ("GET", (200, 200, 200, 200, 200, 403, 200, 403)),
    "members:commend_unit": ("GET", (200, 200, 403, 403, 200, 403, 200, 403)),
    "members:ratings":   ("GET", (200, 200, 200, 200, 200, 403, 200, 403)),
    "members:unit_ratings": ("GET", (200, 200, 200, 200, 200, 403, 200, 403)),
    "reporting:overview": ("GET", (200, 200, 200, 200, 200, 403, 200, 403)),
    "reporting:live":    ("GET", (200, 200, 403, 200, 403, 403, 200, 403)),
    # No report is named: 422 to those who may begin one.
    "reporting:start":   ("POST", (422, 422, 403, 422, 403, 403, 422, 403)),
    "accounts:people":   ("GET", (200, 403, 403, 403, 403, 200, 200, 403)),
    "accounts:add":      ("GET", (200, 403, 403, 403, 403, 200, 200, 403)),
    "reporting:take":    ("POST", (422, 422, 403, 422, 403, 403, 422, 403)),
    "reporting:make":    ("POST", (302, 302, 403, 302, 403, 403, 302, 403)),
    "sheets:home":       ("GET", (200, 200, 403, 403, 200, 403, 200, 403)),
    "sheets:template":   ("GET", (200, 200, 403, 403, 200, 403, 200, 403)),
    "sheets:take":       ("POST", (200, 200, 403, 403, 200, 403, 200, 403)),
    "sheets:look":       ("POST", (422, 422, 403, 403, 422, 403, 422, 403)),
    "sheets:compare":    ("POST", (403, 422, 403, 403, 422, 403, 403, 403)),
    "sheets:bring":      ("POST", (422, 422, 403, 403, 422, 403, 422, 403)),
    "members:candidates": ("GET", (200, 200, 200, 200, 200, 403, 200, 403)),
    "members:new_candidate": ("GET", (200, 200, 403, 403, 200, 403, 200, 403)),
    "members:export_candidates": ("POST", (200, 200, 403, 403, 200, 403, 200, 403)),
    "members:probation": ("GET", (200, 200, 200, 200, 200, 403, 200, 403)),
    "obligations:list":  ("GET", (200, 200, 200, 200, 200, 403, 200, 403)),
    "obligations:export": ("POST", (200, 200, 200, 200, 200, 403, 200, 403)),
    "obligations:calendar": ("GET", (200, 200, 200, 200, 200, 200, 200, 403)),
    "board:page":        ("GET", (200, 200, 200, 200, 200, 403, 200, 403)),
    "board:export":      ("POST", (200, 200, 200, 200, 200, 403, 200, 403)),
    # No cell is named.
    "board:cell":        ("GET", (404, 404, 404, 404, 404, 403, 404, 403)),
    "board:reminders":   ("GET", (200, 200, 200, 200, 200, 403, 200, 403)),
    "board:contacts":    ("GET", (200, 200, 200, 200, 200, 403, 200, 403)),
    "board:contact":     ("GET", (200, 200, 403, 403, 200, 403, 404, 403)),
    "board:duties":      ("GET", (200, 200, 200, 200, 200, 403, 200, 403)),
    "board:set_duty":    ("GET", (200, 200, 403, 403, 403, 403, 200, 403)),
    "board:copy_duties": ("GET", (200, 200, 403, 403, 403, 403, 200, 403)),
    "board:end_duty":    ("GET", (200, 200, 403, 403, 403, 403, 404, 403)),
    "board:regulations": ("GET", (200, 200, 403, 403, 200, 403, 200, 403)),
    # There is no such review.
    "board:regulation_back": ("POST", (404, 404, 403, 403, 404, 403, 404, 403)),
    "board:hand_ins":    ("GET", (200, 200, 403, 403, 200, 403, 404, 403)),
    "cycles:list":       ("GET", (200, 200, 200, 200, 200, 403, 200, 403)),
    "cycles:open":       ("GET", (200, 403, 403, 403, 403, 403, 200, 403)),
    "cycles:ask":        ("GET", (200, 403, 403, 403, 403, 403, 200, 403)),
    "cycles:forms":      ("GET", (200, 403, 403, 403, 403, 403, 200, 403)),
    "cycles:set_form":   ("GET", (200, 403, 403, 403, 403, 403, 200, 403)),
    "conferences:list":  ("GET", (200, 200, 200, 200, 200, 403, 200, 403)),
    "conferences:plan":  ("GET", (200, 403, 403, 200, 403, 403, 200, 403)),
    "conferences:notice": ("GET", (200, 200, 403, 200, 403, 403, 200, 403)),
    # The degree of secrecy is missing.
    "conferences:take_notice": ("POST", (422, 422, 403, 422, 403, 403, 422, 403)),
    "meetings:schedule": ("GET", (200, 200, 200, 200, 200, 403, 200, 403)),
    "meetings:plan":     ("GET", (200, 200, 403, 403, 200, 403, 200, 403)),
    "meetings:repeat":   ("POST", (302, 302, 403, 403, 302, 403, 302, 403)),
    "meetings:reviews":  ("GET", (200, 200, 200, 200, 200, 403, 200, 403)),
    "meetings:year": ("GET", (200, 200, 200, 200, 200, 403, 200, 403)),
    "meetings:unvisited": ("GET", (200, 200, 200, 200, 200, 403, 200, 403)),
    "meetings:rubrics":  ("GET", (200, 200, 200, 200, 200, 403, 200, 403)),
    # No rubric is named.
    "meetings:rubric":   ("GET", (404, 404, 404, 404, 404, 403, 404, 403)),
    "meetings:set_rubric": ("GET", (200, 200, 403, 403, 403, 403, 200, 403)),
    "organizations:rules": ("GET", (200, 200, 200, 200, 200, 200, 200, 403)),
    "organizations:rule": ("GET", (200, 200, 403, 403, 403, 403, 200, 403)),
    "papers:home":       ("GET", (200, 200, 403, 403, 200, 403, 200, 403)),
    "papers:write":      ("GET", (200, 200, 403, 403, 200, 403, 200, 403)),
    "papers:form":       ("GET", (200, 200, 403, 403, 200, 403, 200, 403)),
    "directives:targets": ("GET", (200, 200, 200, 200, 200, 403, 200, 403)),
    "directives:set_target": ("GET", (200, 200, 403, 403, 403, 403, 200, 403)),
    "values:enter":      ("GET", (200, 200, 200, 200, 200, 403, 200, 403)),
    "values:sources":    ("GET", (200, 200, 200, 200, 200, 403, 200, 403)),
    "values:set_feed":   ("GET", (200, 403, 403, 403, 403, 403, 200, 403)),
    "values:set_own":    ("GET", (200, 403, 403, 403, 403, 403, 200, 403)),
    "checking:check":    ("GET", (200, 200, 200, 200, 200, 200, 200, 403)),
    "checking:findings": ("POST", (200, 200, 200, 200, 200, 200, 200, 403)),
}

# The same, about a thing of DUK.01.01 (the secretary's cell); the outsider must not learn that it is there.
OF_DUK: dict[str, tuple[str, tuple[int, ...]]] = {
    "organizations:unit": ("GET", (200, 200, 200, 200, 200, 200, 404, 403)),
    "organizations:acts": ("GET", (200, 200, 403, 403, 403, 403, 404, 403)),
    "organizations:record_act": ("GET", (200, 200, 403, 403, 403, 403, 404, 403)),
    "organizations:official_code": ("GET", (200, 200, 403, 403, 403, 403, 404, 403)),
    "organizations:act": ("GET", (200, 200, 200, 200, 200, 200, 404, 403)),
    "organizations:take_back": ("GET", (200, 200, 403, 403, 403, 403, 404, 403)),
    "organizations:committee": ("GET", (200, 200, 200, 200, 200, 200, 404, 403)),
    "organizations:committee_congress": ("GET", (200, 200, 403, 403, 403, 403, 404, 403)),
    "organizations:committee_change": ("GET", (200, 200, 403, 403, 403, 403, 404, 403)),
    "organizations:committee_note": ("GET", (200, 200, 403, 403, 403, 403, 404, 403)),
    "organizations:committee_end": ("GET", (200, 200, 403, 403, 403, 403, 404, 403)),
    "organizations:committee_term": ("GET", (200, 200, 403, 403, 403, 403, 404, 403)),
    "organizations:committee_decision": ("GET", (200, 200, 403, 403, 403, 403, 404, 403)),
    "organizations:committee_correct": ("GET", (200, 200, 403, 403, 403, 403, 404, 403)),
    # Groups and visits are of DUK: the secretary of a cell has none of their own and does not see those above.
    "organizations:group_place": ("GET", (200, 200, 403, 403, 404, 403, 404, 403)),
    "organizations:group_change": ("GET", (200, 200, 403, 403, 404, 403, 404, 403)),
    "organizations:visit_end": ("GET", (200, 200, 403, 403, 404, 403, 404, 403)),
    "members:member":    ("GET", (200, 200, 200, 200, 200, 403, 404, 403)),
    "members:personal":  ("POST", (403, 200, 403, 403, 200, 403, 404, 403)),
    "members:account":   ("GET", (200, 200, 403, 403, 200, 403, 404, 403)),
    # No answer was typed: 422 to those who may answer.
    "members:answer":    ("POST", (422, 422, 403, 403, 422, 403, 404, 403)),
    "members:amend":     ("GET", (200, 200, 403, 403, 200, 403, 404, 403)),
    "members:transfer":  ("GET", (200, 200, 403, 403, 200, 403, 404, 403)),
    "members:recognise": ("GET", (200, 200, 403, 403, 200, 403, 404, 403)),
    "members:discipline": ("GET", (403, 403, 200, 403, 403, 403, 404, 403)),
    "members:correct":   ("GET", (200, 200, 403, 403, 200, 403, 404, 403)),
    "members:correct_in": ("GET", (200, 200, 403, 403, 200, 403, 404, 403)),
    "members:away":      ("GET", (200, 200, 403, 403, 200, 403, 404, 403)),
    "members:exempt":    ("GET", (200, 200, 403, 403, 200, 403, 404, 403)),
    "members:end_stay":  ("GET", (200, 200, 403, 403, 200, 403, 404, 403)),
    "members:issue_card": ("GET", (200, 200, 403, 403, 200, 403, 404, 403)),
    "members:reissue_card": ("GET", (200, 200, 403, 403, 200, 403, 404, 403)),
    "members:commend":   ("GET", (200, 200, 403, 403, 200, 403, 404, 403)),
    "members:badge":     ("GET", (200, 200, 403, 403, 200, 403, 404, 403)),
    "members:vet":       ("GET", (200, 200, 403, 403, 200, 403, 404, 403)),
    "members:opinion":   ("GET", (200, 200, 403, 403, 200, 403, 404, 403)),
    "members:leave":     ("GET", (200, 200, 403, 403, 200, 403, 404, 403)),
    "members:death":     ("GET", (200, 200, 403, 403, 200, 403, 404, 403)),
    "members:restore":   ("GET", (200, 200, 403, 403, 200, 403, 404, 403)),
    "members:candidate": ("GET", (200, 200, 200, 200, 200, 403, 404, 403)),
    "members:dossier":   ("POST", (302, 302, 403, 403, 302, 403, 404, 403)),
    "members:correct_step": ("GET", (200, 200, 403, 403, 200, 403, 404, 403)),
    "members:review":    ("GET", (200, 200, 403, 403, 200, 403, 404, 403)),
    "obligations:duty":  ("GET", (200, 200, 200, 200, 200, 403, 404, 403)),
    "obligations:leave_back": ("POST", (302, 302, 403, 403, 403, 403, 404, 403)),
    # A day off of DUK: the secretary of a cell does not see those above.
    "obligations:calendar_back": ("POST", (302, 302, 403, 403, 404, 403, 404, 403)),
    # The letter is from DUK.01.02 to DUK.02: the secretary of DUK.01.01 sees neither end.
    "members:accept":    ("GET", (200, 200, 403, 403, 404, 403, 404, 403)),
    "members:hand_in":   ("GET", (200, 200, 403, 403, 404, 403, 404, 403)),
    "members:withdraw":  ("GET", (200, 200, 403, 403, 404, 403, 404, 403)),
    # A filter of somebody else is not there for anybody.
    # Nothing is joined under this uid.
    "members:undo_join": ("POST", (404, 404, 403, 403, 404, 403, 404, 403)),
    "members:drop_view": ("POST", (404, 404, 404, 404, 404, 403, 404, 403)),
    # The report of the secretary's cell, which is being filled: taking it back says that it was not sent.
    "cycles:report":     ("GET", (200, 200, 200, 200, 200, 403, 404, 403)),
    "cycles:fill":       ("GET", (200, 200, 200, 403, 200, 403, 404, 403)),
    "cycles:field":      ("GET", (200, 200, 200, 403, 200, 403, 404, 403)),
    "cycles:file":       ("GET", (200, 200, 200, 200, 200, 403, 404, 403)),
    "cycles:take_back":  ("POST", (302, 302, 302, 403, 302, 403, 404, 403)),
    # It goes to DUK.01, which the secretary of the cell does not see; it was not sent yet.
    "cycles:accept_one": ("POST", (422, 403, 403, 422, 404, 403, 404, 403)),
    "cycles:judge":      ("GET", (200, 403, 403, 200, 404, 403, 404, 403)),
    # The report of the other cell, accepted once.
    "cycles:edition":    ("GET", (200, 200, 200, 200, 404, 403, 404, 403)),
    "cycles:cycle":      ("GET", (200, 200, 200, 200, 200, 403, 404, 403)),
    # No report is ticked.
    "cycles:accept":     ("POST", (422, 422, 422, 422, 422, 403, 404, 403)),
    "cycles:judge_several": ("POST", (302, 302, 302, 302, 302, 403, 404, 403)),
    "cycles:export":     ("POST", (200, 200, 200, 200, 200, 403, 404, 403)),
    "cycles:reminders":  ("GET", (200, 200, 200, 200, 200, 403, 404, 403)),
    "cycles:consolidate": ("GET", (200, 200, 200, 200, 200, 403, 404, 403)),
    "cycles:texts":      ("GET", (200, 200, 200, 200, 200, 403, 404, 403)),
    # The cycle and the question are of DUK.
    "cycles:cancel":     ("GET", (200, 403, 403, 403, 404, 403, 404, 403)),
    "cycles:answers":    ("GET", (200, 200, 200, 200, 404, 403, 404, 403)),
    # A conference of DUK: the secretary of a cell does not see those above.
    "conferences:conference": ("GET", (200, 200, 200, 200, 404, 403, 404, 403)),
    "conferences:attendance": ("POST", (302, 403, 403, 302, 404, 403, 404, 403)),
    "conferences:report": ("GET", (200, 403, 403, 200, 404, 403, 404, 403)),
    "conferences:conclude": ("GET", (200, 403, 403, 200, 404, 403, 404, 403)),
    "conferences:hold":  ("POST", (302, 403, 403, 302, 404, 403, 404, 403)),
    "conferences:cancel": ("GET", (200, 403, 403, 200, 404, 403, 404, 403)),
    "conferences:move":  ("GET", (200, 403, 403, 200, 404, 403, 404, 403)),
    "conferences:invited": ("GET", (200, 403, 403, 200, 404, 403, 404, 403)),
    "conferences:invitation": ("GET", (200, 403, 403, 200, 404, 403, 404, 403)),
    "conferences:calendar": ("GET", (200, 200, 200, 200, 404, 403, 404, 403)),
    # A report of DUK in drafting: the secretary of a cell does not see those above. Nothing is sent: 422.
    "reporting:report":  ("GET", (200, 200, 200, 200, 404, 403, 404, 403)),
    "reporting:step":    ("POST", (422, 422, 403, 422, 404, 403, 404, 403)),
    "reporting:new_edition": ("POST", (422, 422, 403, 422, 404, 403, 404, 403)),
    "reporting:share":   ("GET", (200, 200, 403, 200, 404, 403, 404, 403)),
    "reporting:slot":    ("GET", (200, 200, 200, 200, 404, 403, 404, 403)),
    "reporting:take_in": ("POST", (422, 422, 422, 422, 404, 403, 404, 403)),
    "reporting:comment": ("POST", (422, 422, 422, 422, 404, 403, 404, 403)),
    "reporting:paper":   ("GET", (200, 200, 200, 200, 404, 403, 404, 403)),
    "reporting:take_own": ("POST", (422, 422, 403, 422, 404, 403, 404, 403)),
    "reporting:word":    ("GET", (200, 200, 403, 200, 404, 403, 404, 403)),
    "reporting:returned": ("GET", (200, 200, 403, 200, 404, 403, 404, 403)),
    "reporting:adjustments": ("GET", (200, 200, 200, 200, 404, 403, 404, 403)),
    "reporting:entries": ("GET", (200, 200, 200, 200, 404, 403, 404, 403)),
    "reporting:editions": ("GET", (200, 200, 200, 200, 404, 403, 404, 403)),
    "meetings:meeting":  ("GET", (200, 200, 200, 200, 200, 403, 404, 403)),
    # A meeting of another cell than the secretary's.
    "meetings:code":     ("GET", (200, 200, 403, 403, 404, 403, 404, 403)),
    "meetings:code_image": ("GET", (200, 200, 403, 403, 404, 403, 404, 403)),
    "meetings:tick":     ("GET", (200, 200, 403, 403, 200, 403, 404, 403)),
    "meetings:taps":     ("GET", (200, 200, 403, 403, 200, 403, 404, 403)),
    "meetings:change":   ("GET", (200, 200, 403, 403, 200, 403, 404, 403)),
    "meetings:sitting":   ("GET", (200, 200, 403, 403, 200, 403, 404, 403)),
    "meetings:cancel":   ("GET", (200, 200, 403, 403, 200, 403, 404, 403)),
    "meetings:invite":   ("GET", (200, 200, 403, 403, 200, 403, 404, 403)),
    "meetings:visit":    ("GET", (200, 200, 403, 403, 200, 403, 404, 403)),
    # No such entry is there.
    "meetings:take_back": ("POST", (404, 404, 403, 403, 404, 403, 404, 403)),
    "meetings:dues":     ("GET", (200, 200, 403, 403, 200, 403, 404, 403)),
    "meetings:text":     ("GET", (200, 200, 403, 403, 200, 403, 404, 403)),
    "meetings:paper":    ("POST", (200, 200, 200, 200, 200, 403, 404, 403)),
    "meetings:score":    ("GET", (200, 200, 403, 403, 200, 403, 404, 403)),
    # The cell of DUK.01 is reviewed by DUK.01, for which none of these people acts.
    "meetings:review":   ("GET", (403, 403, 403, 403, 403, 403, 404, 403)),
    "meetings:calendar": ("GET", (200, 200, 200, 200, 200, 403, 404, 403)),
    "values:entry":      ("GET", (200, 200, 200, 403, 200, 403, 404, 403)),
    "values:register":   ("GET", (200, 200, 403, 403, 403, 403, 200, 403)),
    # Set at DUK: the secretary of a cell has chosen another unit.
    "values:end_feed":   ("GET", (200, 403, 403, 403, 404, 403, 404, 403)),
    "values:end_own":    ("GET", (200, 403, 403, 403, 404, 403, 404, 403)),
    "accounts:person":   ("GET", (200, 403, 403, 403, 403, 200, 404, 403)),
    "accounts:give":     ("GET", (200, 403, 403, 403, 403, 200, 404, 403)),
    "accounts:end_grant": ("GET", (200, 403, 403, 403, 403, 200, 404, 403)),
    "accounts:hand_over": ("GET", (200, 403, 403, 403, 403, 200, 404, 403)),
    "accounts:code":     ("POST", (200, 403, 403, 403, 403, 200, 404, 403)),
}

# About the member of one's own sign-in, whom none of these people is; with one: tests/web/members/test_own_data.py.
OF_ONESELF: dict[str, tuple[str, tuple[int, ...]]] = {
    "members:own":       ("GET", (403, 403, 403, 403, 403, 403, 403, 403)),
    # No code of ours.
    "meetings:present":  ("GET", (422, 422, 422, 422, 422, 422, 422, 422)),
    "members:ask":       ("POST", (403, 403, 403, 403, 403, 403, 403, 403)),
}

# fmt: on
# Open to everybody; tested one by one in tests/web/accounts.
OPEN = {"accounts:sign_in", "accounts:sign_out", "accounts:first_password"}

TABLE = OWN_PLACE | OF_DUK | OF_ONESELF


def _args(name: str, world: World) -> list[object]:
    grant = Grant.objects.get(user=world.users["secretary"])
    found = meeting_args(name, world) or conference_args(name, world)
    found = found or value_args(name, world) or committee_args(name, world)
    found = found or candidate_args(name, world) or self_args(name, world)
    found = found or report_args(name, world)
    found = found or cycle_args(name, world)
    if found is not None:
        return found
    match name:
        case "board:regulation_back":
            return ["3b9c8c1e-5f0e-4b0a-9d55-0d5a3f1c2e77"]
        case "board:end_duty" | "board:hand_ins":
            return [example_duty(world).uid]
        case "board:contact" | "organizations:unit" | "organizations:acts" | "organizations:official_code":
            return ["DUK.01.01"]
        case "organizations:record_act":
            return ["DUK.01.01", "doi-ten"]
        case "organizations:act" | "organizations:take_back":
            return [example_act(world)]
        case "home:entries":
            return ["members.admitted"]
        case "sheets:take":
            return ["ratings"]
        case "sheets:template":
            return ["members"]
        case "papers:write":
            return ["recognition"]
        case "papers:form":
            return ["quyet-dinh-ket-nap"]
        case "members:correct_in":
            act = world.act("clerk")
            entry = exempt_member(act=act, member=world.members["an"], day=date(2023, 2, 1))
            return ["absences", entry.uid]
        case "members:accept" | "members:hand_in" | "members:withdraw":
            return [MemberEntry.objects.get(member=world.members["nga"], kind=MemberEvent.TRANSFER_SENT).uid]
        case "members:correct":
            return [MemberEntry.objects.get(member=world.members["an"], kind=MemberEvent.ADMITTED).uid]
        case "accounts:end_grant" | "accounts:hand_over":
            return [grant.uid]
        case "accounts:person" | "accounts:give" | "accounts:code":
            return [world.users["secretary"].uid]
        case _ if name in OF_DUK:
            return [world.members["an"].uid]
    return []


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert all_addresses().keys() == TABLE.keys() | OPEN


@pytest.mark.parametrize("name", sorted(TABLE))
def test_each_role_gets_what_the_table_says(name: str, world: World, as_: Callable[[str], Client]) -> None:
    method, expected = TABLE[name]
    url = reverse(name, args=_args(name, world))
    got = []
    for role in ROLES:
        client = as_(role)
        got.append((client.post if method == "POST" else client.get)(url).status_code)
    assert dict(zip(ROLES, got, strict=True)) == dict(zip(ROLES, expected, strict=True))


@pytest.mark.parametrize("name", sorted(TABLE))
@pytest.mark.usefixtures("world")
def test_nobody_gets_in_unsigned(name: str, client: Client) -> None:
    method, _ = TABLE[name]
    response = (client.post if method == "POST" else client.get)(any_address(name))
    if method == "POST" and response.status_code != 302:  # what was sent waits at the door
        assert response.status_code == 401
        assert "Đăng nhập" in response.content.decode()
        return
    assert response.status_code == 302
    assert response["Location"].startswith("/dang-nhap/")


@pytest.mark.parametrize(
    "name", sorted(name for name, (method, _) in OWN_PLACE.items() if method == "GET" and name != "search")
)
def test_another_committees_place_is_not_there(name: str, world: World, as_: Callable[[str], Client]) -> None:
    url = reverse(name, args=_args(name, world))
    assert as_("outsider").get(url, {"don-vi": "DUK"}).status_code == 404
    assert as_("clerk").get(url, {"don-vi": "XA.01"}).status_code == 404
    assert as_("secretary").get(url, {"don-vi": "DUK"}).status_code == 404, "nor the committee above one's own cell"


@pytest.mark.parametrize("name", sorted(name for name, (method, _) in TABLE.items() if method == "POST"))
def test_what_changes_or_is_noted_is_never_done_by_a_link(name: str, as_: Callable[[str], Client]) -> None:
    assert as_("clerk").get(any_address(name)).status_code == 405


def test_a_refusal_says_whom_to_ask(as_: Callable[[str], Client]) -> None:
    page = as_("deputy").get(reverse("members:admit")).content.decode()
    assert "Ghi việc về đảng viên" in page
    assert "Đề nghị văn phòng cấp ủy cấp trên phân quyền" in page
