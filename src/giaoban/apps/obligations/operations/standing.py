"""What a committee asks of the units in its subtree, from a day to a day (decision D14)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.obligations.evidence import evidence_sources
from giaoban.apps.obligations.models import HandInEntry, Rhythm, StandingDuty
from giaoban.apps.obligations.providers import duty_rules
from giaoban.apps.obligations.shipped import shipped_duties
from giaoban.apps.organizations.kinds import kinds
from giaoban.apps.organizations.models import OPEN_END, Ancestry, Group, Unit, on_day
from giaoban.apps.organizations.permissions import require
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import Conflict, InvalidInput, blame
from giaoban.core.text_vi import quoted, shortened, tidy

RIGHT = "duties_manage"
# A leave keeps the code beside its subject; a code is written on boards and in notices too.
MOST_CODE = 40
_CODE = re.compile(r"[a-z][a-z0-9-]*(:[^\s:?#%@]+)?\Z")
_FEWEST_DAYS, _MOST_DAYS = -31, 92


@dataclass(frozen=True, slots=True)
class StandingDraft:
    """A duty to be set at ``owner`` from ``start`` on; the other fields as in ``StandingDuty``."""

    owner: Unit
    code: str
    title: str
    short: str
    evidence: str
    rhythm: Rhythm
    kinds: Sequence[str]
    start: date
    subject: str = ""
    due_on: date | None = None
    from_start: bool = False
    due_days: int = 0
    lock_days: int | None = None
    remind_days: int = 7
    groups: Sequence[Group] = field(default=())
    listed: Sequence[Unit] = field(default=())
    source: str = ""
    position: int = 0


def set_standing_duty(*, act: Act, draft: StandingDraft) -> StandingDuty:
    """This function will let a committee ask something of its units from a day on; see ``set_standing_duties``."""
    return set_standing_duties(act=act, drafts=[draft])[0]


@transaction.atomic
def set_standing_duties(*, act: Act, drafts: Sequence[StandingDraft]) -> list[StandingDuty]:
    """This function will set duties, all or none; of the same code the one in force ends on the day the new one begins.

    Raises:
        InvalidInput: a code, title, source, kind, due day, group or unit that cannot be used.
        Conflict: a duty of that code that begins on the day or later is set already.
        NotAllowed, NotFound: no right ``duties_manage`` at the committee.
    """
    require(act, RIGHT, [draft.owner for draft in drafts])
    # Two people must not set one duty at once.
    list(Unit.objects.select_for_update().filter(pk__in={draft.owner.pk for draft in drafts}))
    made = []
    for index, draft in enumerate(drafts):
        with blame(index):
            _check(draft)
            made.append(_set(act, draft))
    write_trail(act, [_happened("obligations.duty_set", duty) for duty in made])
    return made


@transaction.atomic
def add_standing_duty(*, act: Act, draft: StandingDraft) -> StandingDuty:
    """This function will set a duty for an operation of another area, which has authorised it: a conference's own.

    Raises:
        InvalidInput, Conflict: as ``set_standing_duties``.
    """
    _check(draft)
    duty = _set(act, draft)
    write_trail(act, [_happened("obligations.duty_set", duty)])
    return duty


@transaction.atomic
def withdraw_standing_duty(*, act: Act, duty: StandingDuty) -> None:
    """This function will take a duty away that is owed once, as if it had not been set; the caller has authorised."""
    write_trail(act, [_happened("obligations.duty_ended", duty, act.today)])
    duty.delete()


def _check(draft: StandingDraft) -> None:
    code = draft.code
    if len(code) > MOST_CODE or not _CODE.match(code) or code in duty_rules():
        raise InvalidInput(
            f"Mã việc {quoted(code)} không dùng được",
            where="Mã việc",
            expected=f"chữ thường không dấu, số, gạch nối, có thể thêm «:số ký hiệu», nhiều nhất {MOST_CODE} ký tự và "
            "không trùng việc có sẵn, ví dụ action-programme:01-NQ/MAU",
        )
    for words, place, most in ((draft.title, "Tên việc", 300), (draft.short, "Tên ngắn", 40)):
        if not tidy(words) or len(tidy(words)) > most:
            told = f"{place} dài {len(tidy(words))} ký tự" if tidy(words) else f"Chưa có {place.lower()}"
            raise InvalidInput(told, where=place, expected=f"từ 1 đến {most} ký tự")
    if draft.evidence not in evidence_sources():
        raise InvalidInput(
            f"Không có nguồn căn cứ {quoted(draft.evidence)}",
            where="Căn cứ",
            expected="một trong: " + ", ".join(evidence_sources()),
        )
    unknown = [kind for kind in draft.kinds if kind not in kinds()]
    if unknown or not draft.kinds:
        told = f"Không có loại hình {quoted(unknown[0])}" if unknown else "Chưa chọn loại hình đơn vị phải làm"
        raise InvalidInput(told, where="Loại hình", expected="một trong: " + ", ".join(kinds()))
    _check_days(draft)
    _check_units(draft)


def _check_days(draft: StandingDraft) -> None:
    if draft.rhythm == Rhythm.ONCE:
        if draft.due_on is None or draft.due_on < draft.start:
            told = (
                f"Hạn {format_date(draft.due_on)} trước ngày giao" if draft.due_on else "Chưa có hạn của việc một lần"
            )
            raise InvalidInput(told, where="Hạn", expected=f"ngày {format_date(draft.start)} hoặc sau đó")
    elif draft.due_on is not None:
        raise InvalidInput(
            f"Việc {draft.rhythm.label.lower()} không có một hạn {format_date(draft.due_on)}",
            where="Hạn",
            expected="số ngày tính từ đầu hoặc cuối kỳ",
        )
    if not _FEWEST_DAYS <= draft.due_days <= _MOST_DAYS:
        raise InvalidInput(
            f"Số ngày {draft.due_days} không dùng được",
            where="Số ngày",
            expected=f"từ {_FEWEST_DAYS} đến {_MOST_DAYS}",
        )


def _check_units(draft: StandingDraft) -> None:
    below = set(
        Ancestry.objects.filter(on_day(draft.start), ancestor=draft.owner, depth__gt=0).values_list(
            "descendant_id", flat=True
        )
    )
    for unit in draft.listed:
        if unit.pk not in below:
            raise InvalidInput(
                f"{unit.code} không ở dưới {draft.owner.code} ngày {format_date(draft.start)}",
                where="Đơn vị",
                expected=f"tổ chức trực thuộc {draft.owner.code}",
            )
    above = set(Ancestry.objects.filter(on_day(draft.start), descendant=draft.owner).values_list("ancestor", flat=True))
    for group in draft.groups:
        if group.owner_id not in above:
            raise InvalidInput(
                f"«{group.name}» không phải cụm, khối của {draft.owner.code}",
                where="Cụm, khối",
                expected=f"cụm, khối do {draft.owner.code} hoặc cấp trên lập",
            )


def _set(act: Act, draft: StandingDraft) -> StandingDuty:
    same = StandingDuty.objects.filter(owner=draft.owner, code=draft.code)
    later = same.filter(valid_from__gte=draft.start).order_by("valid_from").first()
    if later is not None:
        raise Conflict(
            f"Việc «{later.title}» ({draft.code}) đã được đặt từ ngày {format_date(later.valid_from)}",
            where="Từ ngày",
            hint="Chọn một ngày sau đó, hoặc bỏ việc đã đặt trước",
        )
    past = same.filter(rhythm=Rhythm.ONCE, due_on__lt=draft.start).first()
    if past is not None and past.due_on is not None:
        raise Conflict(
            f"Mã {draft.code} là của việc đã hết hạn ngày {format_date(past.due_on)}",
            where="Mã việc",
            hint="Dùng mã khác, ví dụ thêm «:2»",
        )
    same.filter(on_day(draft.start)).update(valid_to=draft.start)
    duty = StandingDuty.objects.create(
        owner=draft.owner,
        code=draft.code,
        title=tidy(draft.title),
        short=tidy(draft.short),
        evidence=draft.evidence,
        subject=draft.subject.strip(),
        rhythm=draft.rhythm,
        due_on=draft.due_on,
        from_start=draft.from_start,
        due_days=draft.due_days,
        lock_days=draft.lock_days,
        remind_days=draft.remind_days,
        kinds=sorted(set(draft.kinds)),
        source=tidy(draft.source),
        position=draft.position,
        valid_from=draft.start,
        valid_to=OPEN_END,
        set_by=act.user,
        set_at=act.now,
    )
    duty.groups.set(draft.groups)
    duty.listed.set(draft.listed)
    return duty


@transaction.atomic
def end_standing_duty(*, act: Act, duty: StandingDuty, end: date) -> None:
    """This function will let a duty hold no more from a day on; periods that began before it are still owed.

    What is owed once is withdrawn if the day is not after its due day. A duty that would end on its first day was a
    slip: it goes, unless a paper was handed in for it.

    Raises:
        InvalidInput: the day is before the duty's first one.
        Conflict: it ended already, or papers were handed in for it.
        NotAllowed, NotFound: no right ``duties_manage`` at its committee.
    """
    require(act, RIGHT, [duty.owner])
    kept = StandingDuty.objects.select_for_update().filter(pk=duty.pk).first()
    if kept is None or kept.valid_to <= end:
        until = f" từ ngày {format_date(kept.valid_to)}" if kept else ""
        raise Conflict(f"Việc «{duty.title}» đã thôi{until}", where="Từ ngày", hint="Mở lại trang")
    if end < kept.valid_from:
        raise InvalidInput(
            f"Ngày {format_date(end)} trước ngày bắt đầu",
            where="Từ ngày",
            expected=f"ngày {format_date(kept.valid_from)} hoặc sau đó",
        )
    happened = _happened("obligations.duty_ended", kept, end)
    if end > kept.valid_from:
        kept.valid_to = end
        kept.save(update_fields=["valid_to"])
    elif HandInEntry.objects.live().filter(owner=kept.owner, code=kept.code).exists():
        raise Conflict(
            f"Đã nhận văn bản cho việc «{kept.title}»", where="Từ ngày", hint="Cho thôi từ một ngày sau ngày bắt đầu"
        )
    else:
        kept.delete()
    write_trail(act, [happened])


@dataclass(frozen=True, slots=True)
class ShippedChoice:
    """One of ``shipped_duties`` to be taken over; ``subject`` and ``due_on`` where it needs them."""

    key: str
    subject: str = ""
    due_on: date | None = None


@transaction.atomic
def copy_shipped_duties(*, act: Act, owner: Unit, choices: Sequence[ShippedChoice], start: date) -> list[StandingDuty]:
    """This function will put shipped duties into a committee's own list, all or none; there it changes them.

    Raises:
        InvalidInput: no such duty, or one that needs a subject or a due day has none; further as
            ``set_standing_duties``.
    """
    drafts = []
    for index, choice in enumerate(choices):
        with blame(index):
            drafts.append(_copy(owner, choice, start))
    return set_standing_duties(act=act, drafts=drafts)


def _copy(owner: Unit, choice: ShippedChoice, start: date) -> StandingDraft:
    shipped = shipped_duties().get(choice.key)
    if shipped is None:
        raise InvalidInput(
            f"Không có việc mẫu {quoted(choice.key)}",
            where="Việc",
            expected="một trong: " + ", ".join(shipped_duties()),
        )
    subject = tidy(choice.subject)
    if shipped.needs_subject and not subject:
        raise InvalidInput(
            f"«{shipped.title}» chưa rõ về văn bản, cuộc nào", where="Về", expected=shipped.needs_subject
        )
    return StandingDraft(
        owner=owner,
        code=f"{shipped.key}:{subject.replace(' ', '')}"[:MOST_CODE] if shipped.needs_subject else shipped.key,
        title=shipped.title.replace("{subject}", subject),
        short=shortened(shipped.short.replace("{subject}", subject), 39),
        evidence=shipped.evidence,
        rhythm=Rhythm(shipped.rhythm),
        kinds=shipped.kinds,
        start=start,
        subject=subject,
        due_on=choice.due_on,
        from_start=shipped.from_start,
        due_days=shipped.due_days,
        source=shipped.note,
        position=list(shipped_duties()).index(shipped.key),
    )


def _happened(action: str, duty: StandingDuty, end: date | None = None) -> Happening:
    detail = {"code": duty.code, "from": duty.valid_from.isoformat(), "until": end.isoformat() if end else ""}
    return Happening(action, "unit", str(duty.owner.uid), duty.owner.code, detail)
