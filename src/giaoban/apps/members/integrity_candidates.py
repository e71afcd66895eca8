"""A check on the register of candidates: whoever counts as admitted has a decision and stands in the roll by it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from uuid import UUID

from giaoban.apps.audit.integrity import IntegrityCheck
from giaoban.apps.members.models import (
    Candidate,
    CandidateEntry,
    CandidateEvent,
    CandidateState,
    MemberEntry,
    MemberEvent,
)


def _candidates_differ() -> Iterator[str]:
    steps: dict[int, dict[str, date]] = defaultdict(dict)
    for pk, kind, day in CandidateEntry.objects.live().values_list("candidate_id", "kind", "effective_date"):
        steps[pk][kind] = day
    admitted: dict[int, set[date]] = defaultdict(set)
    admissions = MemberEntry.objects.live().filter(
        kind=MemberEvent.ADMITTED, member__in=Candidate.objects.filter(member__isnull=False).values("member")
    )
    for member, day in admissions.values_list("member_id", "effective_date"):
        admitted[member].add(day)
    rows = Candidate.objects.order_by("pk").values_list("pk", "uid", "state", "member_id")
    threads: Iterator[tuple[int, UUID, str, int | None]] = rows.iterator()  # nobody stands behind most of them yet
    for pk, uid, state, person in threads:
        done = steps[pk]
        # By the decision or by the ceremony, as the office dates admissions.
        days = {done[kind] for kind in (CandidateEvent.DECIDED, CandidateEvent.CEREMONY) if kind in done}
        if state == CandidateState.ADMITTED:
            right = person is not None and CandidateEvent.DECIDED in done and bool(days & admitted[person])
        else:
            right = person is None and (state == CandidateState.STOPPED) == (CandidateEvent.STOPPED in done)
        if not right:
            yield f"Hồ sơ kết nạp {uid}: tình trạng «{CandidateState(state).label}» khác với các bước đã ghi"


CANDIDATE_CHECKS = (
    IntegrityCheck(
        name="Hồ sơ kết nạp khớp sổ đảng viên",
        why="Người có quyết định kết nạp phải có trong sổ đảng viên đúng ngày, người chưa có thì không",
        recommendation="Đính chính bước quyết định hoặc lễ kết nạp của hồ sơ được nêu",
        rows=_candidates_differ,
    ),
)
