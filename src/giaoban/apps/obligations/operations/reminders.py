"""Contacts of units, and reminders by e-mail: gathered, to one address at most one message a day (decision D29)."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from smtplib import SMTPException

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.obligations.models import ReminderEntry, UnitContact
from giaoban.apps.obligations.queries.board import board
from giaoban.apps.obligations.queries.reminders import (
    OpenTurn,
    by_unit,
    contacts_of,
    mail_configured,
    open_turns,
    reminder_text,
)
from giaoban.apps.organizations.models import OPEN_END, Unit
from giaoban.apps.organizations.permissions import require
from giaoban.apps.organizations.queries.chosen import place_cards
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import Conflict, InvalidInput
from giaoban.core.period import Period, PeriodKind
from giaoban.core.text_vi import quoted, tidy

RECORD, SEND = "meetings_record", "duties_manage"
_PHONE = re.compile(r"\+?[0-9][0-9 .-]{6,18}\Z")


@dataclass(frozen=True, slots=True)
class ContactDraft:
    """Whom to call about a unit, from a day on; all empty: nobody."""

    name: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One gathered message: to an address, about units, with so many duties."""

    address: str
    units: tuple[str, ...]
    duties: int
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Sent:
    """What a run did: messages that went out, addresses that had theirs today, those that failed (address: why), codes
    of units that owe something and have no address."""

    sent: tuple[Message, ...]
    had: tuple[str, ...]
    failed: dict[str, str]
    without: tuple[str, ...]


@transaction.atomic
def set_contact(*, act: Act, unit: Unit, draft: ContactDraft, start: date) -> UnitContact:
    """This function will set whom to call about a unit from a day on; who was named before ends that day.

    Raises:
        InvalidInput: no name, neither telephone nor e-mail, or one that is none.
        Conflict: set from a later day already.
        NotAllowed, NotFound: no right ``meetings_record`` at the unit.
    """
    require(act, RECORD, [unit])
    made = _checked(draft)
    list(Unit.objects.filter(pk=unit.pk).select_for_update())
    kept = UnitContact.objects.filter(unit=unit, valid_to__gt=start)
    later = kept.filter(valid_from__gt=start).first()
    if later is not None:
        raise Conflict(
            f"Đã ghi người liên hệ từ ngày {format_date(later.valid_from)}",
            where="Từ ngày",
            expected=f"ngày sau {format_date(later.valid_from)}",
        )
    # Written again on the same day: the row of this day is the one that was mistyped.
    kept.filter(valid_from=start).delete()
    kept.update(valid_to=start)
    contact = UnitContact.objects.create(
        unit=unit,
        name=made.name,
        phone=made.phone,
        email=made.email,
        valid_from=start,
        valid_to=OPEN_END,
        set_by=act.user,
        set_at=act.now,
    )
    detail = {"from": start.isoformat()}
    write_trail(act, [Happening("obligations.contact_set", "contact", str(contact.uid), unit.code, detail)])
    return contact


def _checked(draft: ContactDraft) -> ContactDraft:
    name, phone, email = tidy(draft.name), tidy(draft.phone), draft.email.strip()
    if not (name or phone or email):
        return ContactDraft()
    if not name:
        raise InvalidInput("Chưa có tên người liên hệ", where="Người liên hệ", expected="họ tên, chức vụ")
    if not (phone or email):
        raise InvalidInput("Chưa có cách liên hệ", where="Điện thoại", expected="số điện thoại hoặc thư điện tử")
    if phone and not _PHONE.match(phone):
        raise InvalidInput(
            f"{quoted(phone)} không phải số điện thoại", where="Điện thoại", expected="ví dụ 0912 345 678"
        )
    if email:
        try:
            validate_email(email)
        except ValidationError:
            raise InvalidInput(
                f"{quoted(email)} không phải địa chỉ thư", where="Thư điện tử", expected="ví dụ chibo@coquan.vn"
            ) from None
    return ContactDraft(name, phone, email.lower())


def send_reminders(*, act: Act, unit: Unit, rehearse: bool = False) -> Sent:
    """This function will send what is late or near at and under a unit: one message an address, once a day.

    Each message is journalled in the transaction in which it is handed over, so that a second run, or a second office
    that runs at once, sends nobody a second one; what the mail server refuses is not journalled and may be tried again.

    Args:
        rehearse: only say what would be sent.

    Raises:
        InvalidInput: no e-mail is configured.
        NotAllowed, NotFound: no right ``duties_manage`` at the unit.
    """
    require(act, SEND, [unit])
    if not rehearse and not mail_configured():
        raise InvalidInput(
            "Chưa cấu hình thư điện tử",
            where="Lời nhắc",
            expected="biến môi trường GIAOBAN_MAIL_HOST và GIAOBAN_MAIL_FROM",
            hint="Lời nhắc vẫn có ở bàn làm việc của đơn vị, để sao chép và để gọi điện",
        )
    messages, without = _messages(act, unit)
    known = set(
        ReminderEntry.objects.filter(day=act.today, address__in=[one.address for one in messages]).values_list(
            "address", flat=True
        )
    )
    waiting = [one for one in messages if one.address not in known]
    if rehearse:
        return Sent(tuple(waiting), tuple(sorted(known)), {}, without)
    sent, failed = [], {}
    with get_connection() as connection:
        for one in waiting:
            try:
                with transaction.atomic():
                    _journal(act, unit, one)
                    EmailMessage(one.subject, one.body, to=[one.address], connection=connection).send()
            except IntegrityError:
                known.add(one.address)
            except (SMTPException, OSError) as error:
                failed[one.address] = str(error) or type(error).__name__
            else:
                sent.append(one)
    return Sent(tuple(sent), tuple(sorted(known)), failed, without)


def _journal(act: Act, unit: Unit, one: Message) -> None:
    entry = ReminderEntry.objects.create(
        owner=unit,
        day=act.today,
        address=one.address,
        units=list(one.units),
        duties=one.duties,
        sent_by=act.user,
        sent_at=act.now,
    )
    detail = {"units": len(one.units), "duties": one.duties}
    write_trail(act, [Happening("obligations.reminded", "reminder", str(entry.uid), unit.code, detail)])


def _messages(act: Act, unit: Unit) -> tuple[list[Message], tuple[str, ...]]:
    month = Period(PeriodKind.MONTH, act.today.replace(day=1))
    owed = by_unit(open_turns(board(None, unit, month, today=act.today, as_of=act.today, open_too=True)))
    contacts = contacts_of(owed, act.today)
    cards = place_cards({unit.pk, *owed}, day=act.today)
    by_address: dict[str, list[int]] = defaultdict(list)
    without = []
    for pk in sorted(owed, key=lambda pk: cards[pk].code):
        contact = contacts.get(pk)
        if contact is not None and contact.email:
            by_address[contact.email].append(pk)
        else:
            without.append(cards[pk].code)
    office = cards[unit.pk].name
    found = []
    for address, units in by_address.items():
        turns: list[OpenTurn] = [turn for pk in units for turn in owed[pk]]
        parts = [reminder_text(cards[pk].place, owed[pk], act.today) for pk in units]
        foot = f"{office} gửi tự động, mỗi ngày nhiều nhất một thư. Việc đã làm thì ghi vào sổ, thư sau không nhắc nữa."
        subject = f"{office}: còn {len(turns)} việc, tính đến {format_date(act.today)}"
        codes = tuple(cards[pk].code for pk in units)
        found.append(Message(address, codes, len(turns), " ".join(subject.split()), "\n\n".join((*parts, foot))))
    return found, tuple(without)
