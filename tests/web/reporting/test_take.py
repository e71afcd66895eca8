"""Taking a report away: the degree of secrecy is asked first, and the taking is recorded."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from giaoban.apps.audit.models import AuditRow

TAKE = reverse("reporting:take", args=["quarter"]) + "?don-vi=DUK&ky=2023-Q1"


def test_an_open_paper_is_given_and_recorded(as_: Callable[[str], Client]) -> None:
    response = as_("deputy").post(TAKE, {"do-mat": "none"})
    assert response.status_code == 200
    assert response.content[:2] == b"PK"
    assert AuditRow.objects.get(action="reporting.written").unit_code == "DUK"


@pytest.mark.parametrize(("degree", "said"), [("", "Chưa chọn độ mật"), ("secret", "không lập ở đây")])
def test_a_secret_paper_stays_outside(as_: Callable[[str], Client], degree: str, said: str) -> None:
    response = as_("deputy").post(TAKE, {"do-mat": degree})
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not AuditRow.objects.filter(action="reporting.written").exists()
