"""`giaoban remind`: rehearsed, sent once, told."""

from __future__ import annotations

import pytest
from django.core import mail
from pytest_django import Settings
from tests.apps.obligations.test_reminders import contact, owing
from tests.cli.test_figures import run
from tests.world import World

pytestmark = pytest.mark.django_db


def test_rehearsed_then_sent_once(world: World, capsys: pytest.CaptureFixture[str], settings: Settings) -> None:
    owing(world)
    contact(world, "DUK.01.01")
    argv = ("remind", "--unit", "DUK", "--as", "lan")
    status, told, _ = run(capsys, *argv, "--dry-run")
    assert status == 0
    assert "Sẽ gửi: chi.bo@coquan.vn\tDUK.01.01" in told
    assert "Kính gửi" in told
    assert "Chưa có địa chỉ thư: DUK.01.02, DUK.02" in told
    status, _, refused = run(capsys, *argv)
    assert status == 2
    assert "Chưa cấu hình thư điện tử" in refused
    settings.REMIND_BY_MAIL = True
    settings.DEFAULT_FROM_EMAIL = "vanphong@coquan.vn"
    assert "Đã gửi: chi.bo@coquan.vn" in run(capsys, *argv)[1]
    assert "Hôm nay đã có thư: chi.bo@coquan.vn" in run(capsys, *argv)[1]
    assert len(mail.outbox) == 1
