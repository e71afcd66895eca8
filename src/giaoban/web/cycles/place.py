"""What the screens of the reporting cycle share: opening a report, its state in sign and word, moments, numbers."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import datetime

from django.db.models import Q

from giaoban.apps.accounts.models import User
from giaoban.apps.accounts.permissions import rights_table
from giaoban.apps.audit.act import HANOI, Act
from giaoban.apps.organizations.models import Grant, Unit, on_day
from giaoban.apps.organizations.permissions import require
from giaoban.apps.reporting.models import Cycle, FormRhythm, Submission, SubmissionState
from giaoban.apps.reporting.operations.cycles import keep_in_step
from giaoban.apps.reporting.queries.cycles.form_page import find_submission
from giaoban.apps.reporting.queries.cycles.overview import find_cycle
from giaoban.apps.reporting.queries.cycles.timing import TIMING_WORDS, Timing
from giaoban.core.errors import InvalidInput
from giaoban.core.period import Period
from giaoban.web.access import Desk
from giaoban.web.components.pieces import Sign
from giaoban.web.members.forms import Choices

AREA = "cycles"
VIEW, FILL, ACCEPT, MANAGE = "figures_view", "reports_fill", "reports_accept", "forms_manage"
BOTH = ("GET", "POST")
HELPED = "giup"
OPEN = (SubmissionState.NEW, SubmissionState.DRAFT, SubmissionState.RETURNED)

_SIGNS: dict[str, Sign] = {
    SubmissionState.NEW: Sign("off", "○", "chưa nhập"),
    SubmissionState.DRAFT: Sign("off", "○", "đang nhập"),
    SubmissionState.SUBMITTED: Sign("late", "◐", "đã gửi, chờ tiếp nhận"),
    SubmissionState.RETURNED: Sign("bad", "✕", "trả lại để bổ sung"),
    SubmissionState.ACCEPTED: Sign("good", "●", "đã tiếp nhận"),
    SubmissionState.RELEASED: Sign("off", "○", "được miễn"),
}
# The order in which states are counted: what needs somebody first.
STATES = (
    SubmissionState.NEW,
    SubmissionState.DRAFT,
    SubmissionState.RETURNED,
    SubmissionState.SUBMITTED,
    SubmissionState.ACCEPTED,
    SubmissionState.RELEASED,
)


def open_report(desk: Desk, uid: uuid.UUID, *, right: str = "") -> Submission:
    """Return a unit's report; with a right that must be held: to fill at the unit, to accept at the receiver.

    Raises:
        NotFound: outside the scope; NotAllowed: the right is missing.
    """
    found = find_submission(desk.act.user, str(uid), now=desk.act.now)
    if keep_in_step(act=desk.act, where=Q(pk=found.pk)):
        found = find_submission(desk.act.user, str(uid), now=desk.act.now)
    if right:
        require(desk.act, right, [found.receiver if right == ACCEPT else found.unit])
    return found


def open_cycle_page(desk: Desk, uid: uuid.UUID) -> Cycle:
    """Return a cycle of the person's scope, in line with the tree of today.

    Raises:
        NotFound: there is none of that uid in their scope.
    """
    found = find_cycle(desk.act.user, str(uid), now=desk.act.now)
    keep_in_step(act=desk.act, where=Q(cycle=found))
    return found


def sign_of(state: str, timing: Timing, *, edition: int = 0) -> Sign:
    """Return where a report stands in sign and word; what is late says so."""
    plain = _SIGNS[state]
    if timing is Timing.MISSING and state in OPEN:
        word = "quá hạn, phải bổ sung" if state == SubmissionState.RETURNED else TIMING_WORDS[timing]
        return Sign("bad", "✕", word)
    if edition and state == SubmissionState.DRAFT:
        return Sign("late", "◐", f"đang lập bản {edition + 1}")
    if timing in (Timing.LATE, Timing.LATE_WITH_LEAVE):
        return Sign(plain.tone, plain.sign, f"{plain.word}, {TIMING_WORDS[timing]}")
    return plain


def state_sign(state: str) -> Sign:
    """Return a state alone, for counts."""
    return _SIGNS[state]


def moment_words(at: datetime | None) -> str:
    """Return «17:30 05/04/2023»; the last second of a day is «hết 05/04/2023»; empty for none."""
    if at is None:
        return ""
    local = at.astimezone(HANOI)
    if (local.hour, local.minute) == (23, 59):
        return f"hết {local:%d/%m/%Y}"
    return f"{local:%H:%M %d/%m/%Y}"


def period_of(submission: Submission) -> Period:
    """Return the period of a report; a question that is asked once stands in the month in which it is due."""
    return Period.parse(submission.cycle.period)


def is_question(submission: Submission) -> bool:
    """Tell whether it is the answer to a question asked once."""
    return submission.cycle.form.rhythm == FormRhythm.ONCE


def _fillers(unit: Unit, act: Act) -> tuple[User, ...]:
    """Return who fills for a unit because a grant names it, not a unit above."""
    roles = rights_table().roles_with(FILL)
    grants = Grant.objects.filter(on_day(act.today), unit=unit, role__in=roles, user__is_active=True)
    return tuple(dict.fromkeys(grant.user for grant in grants.select_related("user").order_by("valid_from")))


def helped_choices(desk: Desk, unit: Unit) -> Choices:
    """Return for whom the person may enter it: who fills for this very unit (decision D15); nobody for those."""
    people = _fillers(unit, desk.act)
    if not people or desk.act.user in people:
        return []
    return [("", "Không, tôi tự nhập"), *((str(user.uid), user.full_name) for user in people)]


def act_for(desk: Desk, unit: Unit, chosen: str) -> Act:
    """Return the act under the person's name, or for whom they enter it.

    Raises:
        InvalidInput: nobody of that kind.
    """
    if not chosen:
        return desk.act
    found = next((user for user in _fillers(unit, desk.act) if str(user.uid) == chosen), None)
    if found is None:
        raise InvalidInput("Không có người này", where="Nhập giúp", expected="người được giao gửi báo cáo của đơn vị")
    return replace(desk.act, entered_for=found)
