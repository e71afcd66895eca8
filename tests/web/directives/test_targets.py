"""The year's targets: set on screen, shown beside what the registers say."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from giaoban.apps.directives.models import AnnualTarget

PLACE = "?don-vi=DUK&ky=2023-Q1"
TARGETS = reverse("directives:targets") + PLACE
SET = reverse("directives:set_target") + PLACE
GIVEN = {"measure": "members.admitted", "value": "8", "source": "Kế hoạch số 12-KH/DUK", "is_main": "on"}


def test_an_empty_year_says_what_would_be_here(as_: Callable[[str], Client]) -> None:
    assert "chưa ghi chỉ tiêu nào" in as_("deputy").get(TARGETS).content.decode()


def test_what_is_set_stands_beside_what_was_done(as_: Callable[[str], Client]) -> None:
    client = as_("clerk")
    assert client.post(SET, GIVEN).status_code == 302
    client.post(SET, GIVEN | {"value": "1.000", "source": "Nghị quyết", "is_main": ""})
    page = client.get(TARGETS).content.decode()
    assert "25 %" in page, "2 of 8"
    assert "0,2 %" in page, "2 of 1.000"
    assert AnnualTarget.objects.get(is_main=True).source == "Kế hoạch số 12-KH/DUK"
    assert "25 % của 8" in client.get(reverse("home:period") + PLACE).content.decode()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"value": "nhiều"}, "Không đọc được số"),
        ({"value": "0"}, "không hợp lệ"),
        ({"source": ""}, "Chưa có nguồn"),
        ({"measure": "members.total"}, "Hãy chọn"),
    ],
)
def test_a_slip_is_told_and_what_was_typed_stays(
    as_: Callable[[str], Client], changes: dict[str, str], said: str
) -> None:
    response = as_("clerk").post(SET, GIVEN | changes)
    page = response.content.decode()
    assert response.status_code == 422
    assert said in page
    assert f'value="{(GIVEN | changes)["value"]}"' in page
    assert not AnnualTarget.objects.exists()
