"""«Quy tắc»: what holds, since when, by whom, on which paper; and setting one from a day on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from giaoban.apps.organizations.models import RuleSetting
from giaoban.apps.organizations.operations import set_rule
from giaoban.apps.organizations.queries.rule_list import rule_lines

if TYPE_CHECKING:
    from tests.world import World

SETTING = {"value": "45", "start": "01/03/2023", "source": "Hướng dẫn số 5-HD/DUK"}


def test_defaults_tell_their_source_and_what_is_not_sure(as_: Callable[[str], Client]) -> None:
    page = as_("clerk").get("/to-chuc/quy-tac/").content.decode()
    assert "60 ngày làm việc" in page
    assert "232-QĐ/TW, mục 4.3.1" in page
    assert "mặc định của phần mềm" in page
    assert "cần kiểm tra lại" in page
    assert "Ngày quyết định" in page, "a choice is told in words"
    assert "Đặt lại" not in as_("secretary").get("/to-chuc/quy-tac/").content.decode()


def test_a_rule_is_set_from_a_day_for_the_subtree(world: World, as_: Callable[[str], Client]) -> None:
    url = "/to-chuc/quy-tac/admission_decision_days/"
    client = as_("clerk")
    page = client.post(url, SETTING, follow=True).content.decode()
    assert "Đã đặt «Ra quyết định kết nạp sau nghị quyết chi bộ»: 45 ngày làm việc từ 01/03/2023." in page
    assert "Hướng dẫn số 5-HD/DUK" in page
    below = as_("secretary").get("/to-chuc/quy-tac/").content.decode()
    assert "45 ngày làm việc" in below
    assert "Đảng bộ Khối các cơ quan tỉnh An Lạc" in below
    assert "45 ngày" not in as_("outsider").get("/to-chuc/quy-tac/").content.decode()
    shown = client.get(url).content.decode()
    assert "Nguyễn Thị Lan ghi ngày 05/04/2023" in shown
    assert "60 ngày làm việc (232-QĐ/TW, mục 4.3.1)" in shown


def test_what_comes_later_is_told(world: World, as_: Callable[[str], Client]) -> None:
    as_("clerk").post("/to-chuc/quy-tac/admission_dated_by/", {**SETTING, "value": "ceremony", "start": "01/07/2023"})
    page = as_("clerk").get("/to-chuc/quy-tac/").content.decode()
    assert "Ngày lễ kết nạp từ 01/07/2023" in page
    assert RuleSetting.objects.get().value == "ceremony"


@pytest.mark.parametrize(
    ("key", "change", "told"),
    [
        ("admission_decision_days", {"value": "nhiều"}, "không phải là số"),
        ("admission_decision_days", {"value": "4,5"}, "không hợp lệ"),
        ("admission_decision_days", {"start": "31/02/2023"}, "Không có ngày"),
        ("admission_decision_days", {"source": ""}, "Chưa có văn bản quy định"),
        ("admission_dated_by", {"value": "khac"}, "Hãy chọn giá trị mới trong danh sách"),
    ],
)
def test_what_was_typed_stays(key: str, change: dict[str, str], told: str, as_: Callable[[str], Client]) -> None:
    response = as_("clerk").post(f"/to-chuc/quy-tac/{key}/", SETTING | change)
    page = response.content.decode()
    assert response.status_code == 422
    assert told in page
    assert not RuleSetting.objects.exists()


def test_two_who_set_one_rule_are_told(as_: Callable[[str], Client]) -> None:
    url = "/to-chuc/quy-tac/admission_decision_days/"
    assert as_("clerk").post(url, SETTING).status_code == 302
    second = as_("organizer").post(url, SETTING | {"value": "50"})
    assert second.status_code == 422
    assert "đã được Nguyễn Thị Lan đặt từ ngày 01/03/2023" in second.content.decode()


def test_rights(as_: Callable[[str], Client]) -> None:
    assert as_("secretary").get("/to-chuc/quy-tac/admission_decision_days/").status_code == 403
    assert as_("clerk").get("/to-chuc/quy-tac/khong-co/").status_code == 404


def test_settings_cost_no_more_questions(world: World) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            rule_lines(world.units["DUK.01.01"], day=date(2023, 4, 5))
        return len(queries)

    act = world.act("clerk")
    set_rule(act=act, owner=world.units["DUK"], key="probation_months", value="11", start=date(2022, 1, 1))
    before = asked()
    for month, key in enumerate(("probation_months", "badge_years", "cell_term_months"), start=2):
        set_rule(act=act, owner=world.units["DUK.01"], key=key, value="12", start=date(2022, month, 1))
    assert asked() == before
