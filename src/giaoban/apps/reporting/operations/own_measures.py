"""Numbers that an office asks its units for and that the program does not know."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction
from django.db.models import Q

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.permissions import require
from giaoban.apps.reporting.models import OwnMeasure, ValueEntry, ValueTime
from giaoban.apps.reporting.queries.figures import catalogue
from giaoban.apps.reporting.queries.values import OWN, known_at, may_be_divided
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import Conflict, InvalidInput, NotFound
from giaoban.core.text_vi import fold, quoted, tidy

RIGHT = "forms_manage"
_MOST_TIMES = 10**9
_KEY = re.compile(r"own\.[a-z][a-z0-9_]{1,50}\Z")


@dataclass(frozen=True, slots=True)
class OwnMeasureDraft:
    """What an office asks for.

    ``key`` begins with «own.»; empty: made of the label. ``noun`` follows the number («hộ»). ``start`` is the first day
    for which it is asked. Of a rate ``numerator`` and ``denominator`` are measures that add up, and ``times`` is by how
    much their quotient is multiplied: 100 for percent, 1.000 for «tỷ đồng» over people in «triệu đồng/người».
    """

    label: str
    noun: str
    start: date
    time: str = ValueTime.FLOW
    key: str = ""
    numerator: str = ""
    denominator: str = ""
    times: int = 1


def key_for(label: str) -> str:
    """Return a key made of a label: «Hộ hiến đất» gives ``own.ho_hien_dat``."""
    words = re.sub(r"[^a-z0-9]+", "_", fold(label)).strip("_")
    return f"{OWN}{words[:50].strip('_')}"


@transaction.atomic
def set_own_measure(*, act: Act, owner: Unit, draft: OwnMeasureDraft) -> OwnMeasure:
    """This function will declare a number of an office, or give the one of the same key another label and noun.

    Raises:
        InvalidInput: no label or noun, a key that cannot be one, another relation to time than the numbers there have;
            a rate of what does not add up or is not known at the owner, or other parts than it had.
        Conflict: the key belongs to another office.
        NotAllowed, NotFound: no right ``forms_manage`` at the owner.
    """
    require(act, RIGHT, [owner])
    label, noun = tidy(draft.label), tidy(draft.noun)
    for value, where, example in ((label, "Tên số liệu", "Hộ hiến đất làm đường"), (noun, "Đơn vị tính", "hộ")):
        if not value:
            raise InvalidInput("Chưa điền", where=where, expected=f"chữ, ví dụ «{example}»")
    key = draft.key or key_for(label)
    if not _KEY.match(key):
        raise InvalidInput(
            f"Khóa {quoted(key)} không dùng được",
            where="Khóa",
            expected="own. và chữ thường, ví dụ own.ho_hien_dat",
        )
    if draft.time not in ValueTime.values:
        raise InvalidInput(f"Không có cách tính {quoted(draft.time)}", expected=", ".join(ValueTime.values))
    draft = _checked(owner, draft)
    found = OwnMeasure.objects.select_for_update().filter(key=key).first()
    if found is None:
        found = OwnMeasure.objects.create(
            owner=owner,
            key=key,
            label=label,
            noun=noun,
            time=draft.time,
            numerator=draft.numerator,
            denominator=draft.denominator,
            times=draft.times,
            valid_from=draft.start,
            set_by=act.user,
            set_at=act.now,
        )
    else:
        _change(act, found, owner, draft, label, noun)
    detail = {"key": key, "label": label, "noun": noun, "time": found.time, "from": found.valid_from.isoformat()}
    if found.time == ValueTime.RATE:
        detail |= {"numerator": found.numerator, "denominator": found.denominator, "times": str(found.times)}
    write_trail(act, [Happening("reporting.own_measure_set", "own_measure", key, owner.code, detail)])
    return found


def _checked(owner: Unit, draft: OwnMeasureDraft) -> OwnMeasureDraft:
    """Return the draft, without parts where it is no rate.

    Raises:
        InvalidInput: see `set_own_measure`.
    """
    if draft.time != ValueTime.RATE:
        return replace(draft, numerator="", denominator="", times=1)
    if not 1 <= draft.times <= _MOST_TIMES:
        raise InvalidInput(f"Nhân với {draft.times}", where="Nhân với", expected="số từ 1 đến 1.000.000.000")
    known = {one.key: one for one in known_at(catalogue(), owner.code)}
    for key, where in ((draft.numerator, "Tử số"), (draft.denominator, "Mẫu số")):
        if key not in known or not may_be_divided(known[key]):
            name = f"«{known[key].label}» không cộng được" if key in known else f"Không có chỉ tiêu {quoted(key)}"
            raise InvalidInput(
                name if key else "Chưa chọn",
                where=where,
                expected="một số mà các đơn vị cộng lại được, ví dụ Doanh thu",
            )
    if draft.numerator == draft.denominator:
        raise InvalidInput("Mẫu số là chính tử số", where="Mẫu số", expected="một số khác")
    return draft


def _change(act: Act, found: OwnMeasure, owner: Unit, draft: OwnMeasureDraft, label: str, noun: str) -> None:
    if found.owner_id != owner.pk:
        raise Conflict(f"Khóa {quoted(found.key)} đã được dùng", where="Khóa", hint="Đặt khóa hoặc tên khác")
    if found.time != draft.time and ValueEntry.objects.filter(measure=found.key).exists():
        raise InvalidInput(
            "Đã có số báo cáo, không đổi được giữa «phát sinh trong kỳ» và «có đến cuối kỳ»",
            where=found.label,
            hint="Kết thúc số liệu này và đặt một số liệu mới",
        )
    parts = found.numerator, found.denominator, found.times
    if ValueTime.RATE in (found.time, draft.time) and parts != (draft.numerator, draft.denominator, draft.times):
        raise InvalidInput(
            "Số đã có cách tính khác",
            where=found.label,
            expected="cách tính như cũ",
            hint="Kết thúc số liệu này và đặt một số liệu mới",
        )
    found.label, found.noun, found.time = label, noun, draft.time
    found.set_by, found.set_at = act.user, act.now
    found.save(update_fields=["label", "noun", "time", "set_by", "set_at"])


@transaction.atomic
def end_own_measure(*, act: Act, key: str, end: date) -> OwnMeasure:
    """This function will ask for a number of an office no more from a day on; what was reported stays.

    Raises:
        NotFound: there is no such number. InvalidInput: the day is not after its first one.
        Conflict: a rate is made of it that goes on. NotAllowed: no right ``forms_manage`` at its owner.
    """
    found = OwnMeasure.objects.select_for_update(of=("self",)).select_related("owner").filter(key=key).first()
    if found is None:
        raise NotFound(f"Không có số liệu riêng {quoted(key)}")
    require(act, RIGHT, [found.owner])
    used = OwnMeasure.objects.filter(Q(numerator=key) | Q(denominator=key), valid_to__gt=end).first()
    if used is not None:
        raise Conflict(
            f"Số này đang dùng để tính «{used.label}»", where=found.label, hint=f"Thôi thu «{used.label}» trước"
        )
    if end <= found.valid_from:
        raise InvalidInput(
            f"Ngày {format_date(end)} không sau ngày bắt đầu",
            where=found.label,
            expected=f"ngày sau {format_date(found.valid_from)}",
        )
    found.valid_to = end
    found.save(update_fields=["valid_to"])
    detail = {"key": key, "to": end.isoformat()}
    write_trail(act, [Happening("reporting.own_measure_ended", "own_measure", key, found.owner.code, detail)])
    return found
