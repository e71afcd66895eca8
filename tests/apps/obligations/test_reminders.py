"""Contacts of units; reminders by e-mail: gathered, once a day, journalled, only where mail is configured."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from pytest_django import Settings
from tests.apps.obligations.standing_office import make_duty
from tests.world import NOW, TODAY, World

from giaoban.apps.obligations.models import ReminderEntry, UnitContact
from giaoban.apps.obligations.operations import ContactDraft, send_reminders, set_contact
from giaoban.apps.obligations.queries.reminders import contacts_of, mail_configured, sent_on
from giaoban.core.errors import Conflict, InvalidInput, NotAllowed, NotFound

CELL, OTHER, FUND = "DUK.01.01", "DUK.01.02", "DUK.02"
THO = ContactDraft("đ/c Thọ, bí thư", "0912 345 678", "Chi.Bo@coquan.vn ")


@pytest.fixture
def mailing(settings: Settings) -> None:
    settings.REMIND_BY_MAIL = True
    settings.DEFAULT_FROM_EMAIL = "vanphong@coquan.vn"


def contact(world: World, unit: str, draft: ContactDraft = THO, start: date = date(2023, 1, 1)) -> UnitContact:
    return set_contact(act=world.act("clerk"), unit=world.units[unit], draft=draft, start=start)


def owing(world: World) -> None:
    """Every cell owes a report of March (late) and of April (due on the 8th: near)."""
    make_duty(world, "report", title="Báo cáo tháng", short="Báo cáo", evidence="handed-in", due_days=-22)


def test_a_contact_has_days(world: World) -> None:
    first = contact(world, CELL)
    assert (first.name, first.phone, first.email) == ("đ/c Thọ, bí thư", "0912 345 678", "chi.bo@coquan.vn")
    contact(world, CELL, ContactDraft("đ/c Em", "0900000009"), date(2023, 3, 1))
    found = [contacts_of([world.units[CELL].pk], day) for day in (date(2023, 2, 28), date(2023, 3, 1))]
    assert [one[world.units[CELL].pk].name for one in found] == ["đ/c Thọ, bí thư", "đ/c Em"]
    contact(world, CELL, replace(THO, name="đ/c Em, phó bí thư"), date(2023, 3, 1))
    assert UnitContact.objects.count() == 2, "written again on the same day"
    with pytest.raises(Conflict, match="từ ngày 01/03/2023"):
        contact(world, CELL, THO, date(2023, 2, 1))
    contact(world, CELL, ContactDraft(), date(2023, 4, 1))
    assert contacts_of([world.units[CELL].pk], TODAY) == {}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"name": ""}, "Chưa có tên"),
        ({"phone": "", "email": ""}, "Chưa có cách liên hệ"),
        ({"phone": "gọi sau"}, "không phải số điện thoại"),
        ({"email": "a@b"}, "không phải địa chỉ thư"),
        ({"email": "a@b.vn\nBcc: c@d.vn"}, "không phải địa chỉ thư"),
    ],
)
def test_what_is_no_contact(world: World, change: dict[str, str], told: str) -> None:
    with pytest.raises(InvalidInput, match=told):
        contact(world, CELL, replace(THO, **change))


def test_who_may_set_a_contact(world: World) -> None:
    set_contact(act=world.act("secretary"), unit=world.units[CELL], draft=THO, start=TODAY)
    with pytest.raises(NotAllowed):
        set_contact(act=world.act("deputy"), unit=world.units[CELL], draft=THO, start=TODAY)
    with pytest.raises(NotFound):
        set_contact(act=world.act("outsider"), unit=world.units[CELL], draft=THO, start=TODAY)


def test_one_gathered_message_a_day_for_an_address(world: World, mailing: None) -> None:
    owing(world)
    contact(world, CELL)
    contact(world, OTHER)
    contact(world, FUND, ContactDraft("đ/c Quý", "0911111111"))
    act = world.act("clerk")
    done = send_reminders(act=act, unit=world.units["DUK"])
    assert [(one.address, one.units) for one in done.sent] == [("chi.bo@coquan.vn", (CELL, OTHER))]
    assert done.without == (FUND,)
    (message,) = mail.outbox
    assert message.to == ["chi.bo@coquan.vn"]
    assert message.from_email == "vanphong@coquan.vn"
    assert message.body.count("Kính gửi") == 2
    assert "- Báo cáo tháng, tháng 3/2023: hạn 09/03/2023" in message.body
    assert "- Báo cáo tháng, tháng 4/2023: hạn 08/04/2023" in message.body
    assert "tháng 5/2023" not in message.body, "not near yet"
    entry = ReminderEntry.objects.get()
    assert (entry.day, entry.address, entry.units, entry.duties) == (
        TODAY,
        "chi.bo@coquan.vn",
        [CELL, OTHER],
        done.sent[0].duties,
    )
    assert set(sent_on(world.units["DUK"], TODAY)) == {CELL, OTHER}

    again = send_reminders(act=act, unit=world.units["DUK.01"])
    assert (again.sent, again.had, len(mail.outbox)) == ((), ("chi.bo@coquan.vn",), 1)
    send_reminders(act=replace(act, now=NOW + timedelta(days=1)), unit=world.units["DUK"])
    assert len(mail.outbox) == 2


def test_nothing_is_sent_where_no_mail_is_configured(world: World) -> None:
    owing(world)
    contact(world, CELL)
    assert not mail_configured()
    with pytest.raises(InvalidInput, match="Chưa cấu hình thư điện tử"):
        send_reminders(act=world.act("clerk"), unit=world.units["DUK"])
    rehearsed = send_reminders(act=world.act("clerk"), unit=world.units["DUK"], rehearse=True)
    assert [one.address for one in rehearsed.sent] == ["chi.bo@coquan.vn"]
    assert (mail.outbox, ReminderEntry.objects.count()) == ([], 0)
    with pytest.raises(NotAllowed):
        send_reminders(act=world.act("secretary"), unit=world.units[CELL], rehearse=True)


def test_what_the_server_refuses_is_tried_again(world: World, mailing: None, monkeypatch: pytest.MonkeyPatch) -> None:
    owing(world)
    contact(world, CELL)

    def refuse(*_args: Any, **_more: Any) -> int:
        raise ConnectionRefusedError("không nối được")

    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMessage.send", refuse)
        done = send_reminders(act=world.act("clerk"), unit=world.units["DUK"])
    assert (done.sent, done.failed) == ((), {"chi.bo@coquan.vn": "không nối được"})
    assert not ReminderEntry.objects.exists()
    assert len(send_reminders(act=world.act("clerk"), unit=world.units["DUK"]).sent) == 1


def test_nothing_open_nothing_sent(world: World, mailing: None) -> None:
    contact(world, CELL)
    done = send_reminders(act=world.act("clerk"), unit=world.units["DUK"])
    assert (done.sent, done.had, done.without, mail.outbox) == ((), (), (), [])
