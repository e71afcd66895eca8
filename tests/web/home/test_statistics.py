"""The page of the statistics workbook: what agrees is told, the degree is asked, who took the file is recorded."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook
from tests.world import World

from giaoban.apps.audit.models import AuditRow

pytestmark = pytest.mark.django_db


def _address(period: str = "2023-Q1") -> str:
    return reverse("home:statistics") + f"?don-vi=DUK&ky={period}"


@pytest.fixture
def clerk(world: World, client: Client) -> Client:
    client.force_login(world.users["clerk"])
    return client


def test_it_tells_what_agrees(clerk: Client) -> None:
    page = clerk.get(_address()).content.decode()
    assert "1. Tăng, giảm đảng viên" in page
    assert "phép so khớp" in page
    assert "lệch" not in page
    assert "Sổ chưa được dùng trong kỳ này" in clerk.get(_address("2019-Q1")).content.decode()


@pytest.mark.parametrize(("degree", "words"), [("", "Chưa chọn độ mật"), ("secret", "mật trở lên không lập ở đây")])
def test_the_degree_is_asked_first(clerk: Client, degree: str, words: str) -> None:
    answer = clerk.post(_address(), {"do-mat": degree})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not AuditRow.objects.filter(action="figures.exported").exists()


def test_the_file_is_given_and_recorded(clerk: Client) -> None:
    answer = clerk.post(_address(), {"do-mat": "none"})
    assert answer.status_code == 200
    assert "bieu-thong-ke-DUK-2023-Q1.xlsx" in answer["Content-Disposition"]
    assert CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).sheet_names[-1] == "Kiểm tra chéo"
    assert AuditRow.objects.get(action="figures.exported").unit_code == "DUK"
