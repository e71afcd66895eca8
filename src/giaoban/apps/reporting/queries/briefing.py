"""The notice of a briefing conference: what its standing committee said, with the lists of the board (decision D25)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from giaoban.apps.audit.act import day_of
from giaoban.apps.meetings.models import Meeting, MeetingKind, MeetingState
from giaoban.apps.meetings.queries.conferences import ConferenceView, conference_view
from giaoban.apps.obligations.queries.board import board
from giaoban.apps.organizations.models import Unit
from giaoban.apps.reporting.queries.figures import compute_figures, sources
from giaoban.apps.reporting.queries.letterhead import office_facts
from giaoban.apps.reporting.queries.notice_lists import NoticeList, notice_lists
from giaoban.apps.reporting.queries.notice_texts import issued_notice, kept_texts
from giaoban.apps.reporting.queries.notice_words import (
    FIGURES,
    NoticeFacts,
    appendix,
    assessment,
    opening,
    shortcomings,
    tasks,
)
from giaoban.core.errors import InvalidInput
from giaoban.core.period import Period, Window
from giaoban.figures import FigureRequest, Parts
from giaoban.writer.blocks import Block, OfficialDocument, Paragraph, Signature, Text
from giaoban.writer.definitions import PeriodFacts
from giaoban.writer.sentences import Context, FigureView

_PARTS = Parts(previous=True, cumulative=True, targets=True, breakdown=True)
# A briefing on a period may be held some days after it has ended.
_AFTER = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class BriefingOrder:
    """Which notice is wanted: of which committee and period, ``dated`` the day of issue; ``number`` None for a draft.

    ``today`` is the last day of which anything is known.
    """

    unit: Unit
    period: Period
    dated: date
    today: date
    number: int | None = None


def usual_day(period: Period, today: date) -> date:
    """Return the day of issue that screen and command begin with: the period's last, or today while it runs."""
    return min(today, period.window.last_day)


def briefing_conference(unit: Unit, period: Period) -> Meeting:
    """Return the last briefing conference of a committee on a period.

    Raises:
        InvalidInput: there was none.
    """
    window = period.window
    held = Meeting.objects.filter(
        unit=unit, kind=MeetingKind.BRIEFING, day__gte=window.start, day__lt=window.end + _AFTER
    ).exclude(state=MeetingState.CANCELLED)
    # One within the period is meant before one of the weeks after it, which may be on the next period.
    inside = held.filter(day__lt=window.end).order_by("-day").first()
    found = inside or held.order_by("day").first()
    if found is None:
        raise InvalidInput(
            f"{unit.code} chưa có hội nghị giao ban trong {period.name()}",
            where="Hội nghị",
            expected="một hội nghị giao ban trong kỳ",
            hint="Ghi hội nghị ở phần Hội nghị rồi lập thông báo",
        )
    return found


def lists_now(order: BriefingOrder) -> tuple[NoticeList, ...]:
    """Return the lists of what was due by the day of issue, at most the period's last day, as it stands then."""
    last = min(order.dated, _bounds(order).last_day, order.today)
    return notice_lists(board(None, order.unit, order.period, today=order.today, as_of=last, due_only=True))


def briefing_document(order: BriefingOrder) -> OfficialDocument:
    """Return the notice; every number in it is a figure or a count of the board and carries its key.

    A notice that was given its number prints the lists that were kept then; a draft those of today.

    Raises:
        InvalidInput: no briefing conference was held, or the notice was given another number.
    """
    conference = conference_view(briefing_conference(order.unit, order.period))
    issued = issued_notice(order.unit, order.period)
    if issued is not None and order.number not in (None, issued.number):
        raise InvalidInput(
            f"Thông báo của {order.period.name()} đã lấy số {issued.number}, không phải {order.number}",
            where="Số",
            expected=f"số {issued.number}",
        )
    facts = _facts(order, conference, issued.lists if issued is not None else lists_now(order))
    office = facts.office
    closing = (
        f"Thừa lệnh {office.standing}, Văn phòng {office.committee} thông báo ý kiến chỉ đạo của Thường trực "
        f"{office.committee} để các ban xây dựng Đảng và các chi, đảng bộ cơ sở biết, tổ chức thực hiện."
    )
    body: list[Block] = [*opening(facts), *assessment(facts), *shortcomings(facts), *tasks(facts)]
    body.append(Paragraph((Text(closing),)))
    return OfficialDocument(
        superior=office.superior,
        issuer=office.issuer,
        type_code="TB",
        issuer_code=office.issuer_code,
        place=office.place,
        dated=order.dated,
        type_name="Thông báo",
        title=(
            f"Ý kiến chỉ đạo của Thường trực {office.committee}",
            f"tại {conference.meeting.title}",
        ),
        body=tuple(body),
        recipients=office.recipients,
        signatures=(Signature(("T/L BAN THƯỜNG VỤ",), "CHÁNH VĂN PHÒNG"),),
        number=order.number,
        appendices=appendix(facts),
    )


def _facts(order: BriefingOrder, conference: ConferenceView, lists: tuple[NoticeList, ...]) -> NoticeFacts:
    code = order.unit.code
    asked = [FigureRequest(key, code, order.period) for key in FIGURES]
    views = {
        figure.request.measure: FigureView(
            value=figure.value,
            previous=figure.previous,
            cumulative=figure.cumulative,
            target=figure.target,
            percent_of_target=figure.percent_of_target,
            growth_percent=figure.growth_percent,
            breakdown=dict(figure.breakdown),
        )
        for figure in compute_figures(asked, parts=_PARTS, today=order.today)
    }
    period = PeriodFacts(order.period, _bounds(order))
    days = sorted({day_of(one.starts_at) for one in conference.sittings}) or [conference.first_day]
    return NoticeFacts(
        office=office_facts(order.unit, day=order.dated),
        period=period,
        context=Context(
            figures=views,
            period=str(order.period),
            previous_period=str(order.period.previous_year()),
            elapsed=period.elapsed,
        ),
        title=conference.meeting.title,
        first_day=days[0],
        last_day=days[-1],
        by_clusters=any(one.cluster for one in conference.sittings),
        conclusions=tuple((one.text, one.owner_words, one.due) for one in conference.conclusions),
        lists=lists,
        texts={slot: kept.text for slot, kept in kept_texts(order.unit, order.period).items()},
    )


def _bounds(order: BriefingOrder) -> Window:
    asked = (order.unit.code, order.period)
    return sources().calendar.bounds([asked])[asked].window
