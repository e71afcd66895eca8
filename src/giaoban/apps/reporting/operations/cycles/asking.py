"""One or more questions to chosen units, answered by tonight: form, own measures and cycle in one go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from giaoban.apps.audit.act import HANOI, Act, day_of
from giaoban.apps.organizations.models import Ancestry, Unit, on_day
from giaoban.apps.organizations.permissions import require
from giaoban.apps.reporting.models import Cycle, FormRhythm, ReportForm
from giaoban.apps.reporting.operations.cycles._steps import MANAGE
from giaoban.apps.reporting.operations.cycles.forms import FormDraft, set_form
from giaoban.apps.reporting.operations.cycles.opening import create_cycle
from giaoban.apps.reporting.operations.own_measures import OwnMeasureDraft, set_own_measure
from giaoban.apps.reporting.queries.cycles.calendar import Moments
from giaoban.core.errors import InvalidInput, NotFound
from giaoban.core.period import Period, PeriodKind
from giaoban.core.text_vi import quoted, tidy

KINDS = {"number": "số", "text": "chữ", "choice": "chọn một"}
MOST_QUESTIONS = 10


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: ``kind`` one of ``KINDS``; ``noun`` follows a number («hộ»); ``options`` of a choice."""

    text: str
    kind: str = "number"
    noun: str = "đơn vị tính"
    options: tuple[str, ...] = ()
    required: bool = True


@transaction.atomic
def ask_once(
    *,
    act: Act,
    owner: Unit,
    units: Sequence[Unit],
    questions: Sequence[Question],
    due_at: datetime,
    title: str = "",
) -> Cycle:
    """This function will ask units something once. Answers count as soon as they are sent; numbers add themselves up.

    Args:
        units: anywhere below the owner; each answers to the owner directly.
        due_at: until when; the question is open from now on and never locks.
        title: what it is called on the desks; empty: the first question.

    Raises:
        InvalidInput: no unit or question, a question that is none, a due moment that has passed.
        NotFound: a unit does not stand below the owner. NotAllowed: no right ``forms_manage`` at the owner.
    """
    require(act, MANAGE, [owner])
    _check(act, owner, units, questions, due_at)
    stamp = _stamp(owner, act.now)
    month = Period(PeriodKind.MONTH, day_of(due_at).replace(day=1))
    fields = [_field(act, owner, one, number, stamp, month) for number, one in enumerate(questions, start=1)]
    name = tidy(title) or tidy(questions[0].text)
    body = {"sections": [{"key": "questions", "title": name[:200], "fields": fields}], "counts_on_sending": True}
    draft = FormDraft(f"ask-{stamp.replace('_', '-')}", name[:200], FormRhythm.ONCE, (), body)
    form = set_form(act=act, owner=owner, draft=draft, start=act.today)
    moments = Moments(act.now, due_at, None)
    return create_cycle(act, form, str(month), name, moments, {unit.pk: owner.pk for unit in units})


def _check(act: Act, owner: Unit, units: Sequence[Unit], questions: Sequence[Question], due_at: datetime) -> None:
    if not units:
        raise InvalidInput("Chưa chọn đơn vị nào", where="Đơn vị", expected="ít nhất một đơn vị")
    if not 1 <= len(questions) <= MOST_QUESTIONS:
        raise InvalidInput(
            f"Có {len(questions)} câu hỏi", where="Câu hỏi", expected=f"từ 1 đến {MOST_QUESTIONS} câu một lần"
        )
    if due_at <= act.now:
        raise InvalidInput(
            f"Hạn {due_at.astimezone(HANOI):%H:%M ngày %d/%m/%Y} đã qua",
            where="Hạn trả lời",
            expected="một giờ sau bây giờ",
        )
    below = set(
        Ancestry.objects.filter(
            on_day(act.today), ancestor=owner, depth__gt=0, descendant__in=[unit.pk for unit in units]
        ).values_list("descendant_id", flat=True)
    )
    outside = sorted(unit.code for unit in units if unit.pk not in below)
    if outside:
        raise NotFound(f"Không có đơn vị {', '.join(outside)} dưới {owner.code}", where="Đơn vị")


def _stamp(owner: Unit, now: datetime) -> str:
    """Return what names this asking: no two of one second, whoever asks, since keys of measures are the program's."""
    taken = set(ReportForm.objects.filter(code__startswith="ask-").values_list("code", flat=True))
    while True:
        stamp = f"{now.astimezone(HANOI):%Y%m%d_%H%M%S}"
        if f"ask-{stamp.replace('_', '-')}" not in taken:
            return stamp
        now += timedelta(seconds=1)


def _field(act: Act, owner: Unit, one: Question, number: int, stamp: str, month: Period) -> dict[str, Any]:
    text = tidy(one.text)
    if not text:
        raise InvalidInput("Câu hỏi còn trống", where=f"Câu {number}", expected="một câu ngắn")
    made: dict[str, Any] = {"key": f"q{number}", "label": text[:300], "required": one.required}
    if one.kind == "number":
        key = f"own.ask_{stamp}_{number}"
        draft = OwnMeasureDraft(text[:200], one.noun, month.start, key=key)
        set_own_measure(act=act, owner=owner, draft=draft)
        return made | {"kind": "value", "measure": key, "decimals": 4}
    if one.kind == "choice":
        return made | {"kind": "choice", "options": list(one.options)}
    if one.kind == "text":
        return made | {"kind": "text"}
    raise InvalidInput(
        f"Không có kiểu trả lời {quoted(one.kind)}", where=f"Câu {number}", expected="một trong: " + ", ".join(KINDS)
    )
