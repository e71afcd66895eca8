"""The sample's candidates: somebody in every step, threads that hold, and no number of the story changed by them."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from giaoban.apps.accounts.models import User
from giaoban.apps.members.models import Candidate, CandidateEvent, CandidateState, MemberEntry, VettingEntry
from giaoban.apps.members.queries.candidacies import CANDIDATE_REF
from giaoban.apps.members.queries.candidate_threads import threads_of
from giaoban.apps.obligations.queries.duties import duties, is_late
from giaoban.apps.organizations.models import Unit

pytestmark = [pytest.mark.xdist_group("sample"), pytest.mark.usefixtures("sample_db")]


def test_somebody_stands_in_every_step() -> None:
    people = list(Candidate.objects.select_related("unit"))
    mau = [one for one in people if one.unit.code.startswith("MAU")]
    assert len(mau) >= 36
    threads = threads_of(mau)
    reached = Counter(thread.last.kind for thread in threads.values() if thread.last)
    assert set(reached) == set(CandidateEvent)
    assert not [thread.warnings for thread in threads.values() if thread.warnings]
    assert Counter(one.state for one in mau)[CandidateState.ADMITTED] == 12


def test_those_with_a_decision_are_the_members_of_the_story() -> None:
    admitted = Candidate.objects.filter(state=CandidateState.ADMITTED).select_related("member")
    assert all(one.member is not None and one.member.admitted_on for one in admitted)
    marked = MemberEntry.objects.filter(ref__startswith=CANDIDATE_REF)
    assert set(marked.values_list("kind", flat=True)) == {"ceremony"}, "no admission but those of the story"
    assert not VettingEntry.objects.filter(candidate__isnull=False).exists()


def test_clocks_run_on_the_last_day_of_the_story() -> None:
    clerk, mau = User.objects.get(username="lan"), Unit.objects.get(code="MAU")
    found = duties(clerk, mau, today=date(2024, 1, 2))
    counts = Counter(duty.rule.code for duty in found)
    assert (counts["admission-decision"], counts["admission-ceremony"]) == (10, 4)
    assert not [duty for duty in found if is_late(duty) and duty.rule.code.startswith("admission")]
