"""The invitations to a conference, sitting by sitting: the words to send, and who has still to be told (again)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from giaoban.apps.meetings.models import DelegationEntry, Meeting, MeetingEntry, MeetingEvent
from giaoban.apps.meetings.queries.conferences import ConferenceView, SittingView
from giaoban.apps.meetings.queries.drafting import clock_and_day
from giaoban.apps.organizations.queries.chosen import UnitCard


@dataclass(frozen=True, slots=True)
class SittingInvitation:
    """The invitation to one sitting.

    ``sent`` is the day on which it was last noted that invitations went out (None: never); ``moved`` says that the hour
    or the place changed after that; ``untold`` are the units that have to be told: all after a change, else those who
    were invited since.
    """

    sitting: SittingView
    text: str
    sent: date | None
    moved: bool
    untold: tuple[UnitCard, ...]


def invitations_of(view: ConferenceView) -> tuple[SittingInvitation, ...]:
    """Return the invitations of a conference; three queries."""
    events = MeetingEntry.objects.filter(meeting=view.meeting)
    sent = {one.sitting: one for one in events.live().filter(kind=MeetingEvent.INVITED)}
    plans: dict[int, list[MeetingEntry]] = defaultdict(list)
    for plan in events.filter(kind=MeetingEvent.PLANNED, void=False).order_by("pk"):
        plans[plan.sitting].append(plan)
    asked = DelegationEntry.objects.live().filter(meeting=view.meeting)
    since = {unit: at for unit, state, at in asked.values_list("unit_id", "state", "recorded_at") if not state}
    return tuple(
        _invitation(view.meeting, one, plans[one.number], sent.get(one.number), since) for one in view.sittings
    )


def _invitation(
    meeting: Meeting,
    sitting: SittingView,
    plans: Sequence[MeetingEntry],
    sent: MeetingEntry | None,
    since: dict[int, datetime],
) -> SittingInvitation:
    cards = [row.unit for row in sitting.rows]
    told = None if sent is None else next((one for one in reversed(plans) if one.pk < sent.pk), None)
    moved = told is not None and told.pk != plans[-1].pk
    if sent is None or moved:
        untold = cards
    else:
        untold = [card for card in cards if card.pk in since and since[card.pk] > sent.recorded_at]
    return SittingInvitation(
        sitting,
        _words(meeting, sitting, told if moved else None, cards),
        sent.effective_date if sent is not None else None,
        moved,
        tuple(untold),
    )


def _words(meeting: Meeting, sitting: SittingView, told: MeetingEntry | None, cards: Sequence[UnitCard]) -> str:
    form = meeting.get_form_display()
    lines = [
        f"Kính mời đại diện cấp ủy các đơn vị có tên dưới đây dự {meeting.title}"
        + (f" ({sitting.cluster})." if sitting.cluster else "."),
        f"- Thời gian: {clock_and_day(sitting.starts_at, sitting.ends_at)}.",
        f"- Địa điểm: {sitting.place or '……'}. Hình thức: {form[0].lower()}{form[1:]}.",
    ]
    if told is not None and told.starts_at is not None:
        place = f", {told.place}" if told.place and told.place != sitting.place else ""
        lines.append(f"Lịch này thay lịch đã báo trước ({clock_and_day(told.starts_at, told.ends_at)}{place}).")
    lines.append("- Đơn vị được mời:")
    lines += [f"{place}. {card.name}" + (";" if place < len(cards) else ".") for place, card in enumerate(cards, 1)]
    lines.append("Đề nghị cử đại biểu dự đúng giờ; đơn vị không cử được thì báo lý do trước ngày họp.")
    return "\n".join(lines)
