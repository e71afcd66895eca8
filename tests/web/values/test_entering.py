"""The departments' page: typed as people write, kept where something is wrong, two editors told."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from tests.apps.reporting.test_values import draft, figure, tell
from tests.web.values.examples import PERIOD, example_feed, example_own, example_value
from tests.world import World

from giaoban.apps.organizations.models import RegisterUse
from giaoban.apps.reporting.models import OwnMeasure, ValueEntry, ValueFeed
from giaoban.core.errors import InvalidInput
from giaoban.web.values.cells import TypedValue, read_cell

PLACE = "?don-vi=DUK&ky=2023-Q1"
PAGE = f"/so-lieu/{PLACE}"
SignIn = Callable[[str], Client]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", TypedValue()),
        ("1.250", TypedValue(Decimal(1250))),
        (" ước  3,5 ", TypedValue(Decimal("3.5"), None, "estimated")),
        ("khoang 12", TypedValue(Decimal(12), None, "about")),
        ("25/55", TypedValue(Decimal(25), Decimal(55))),
        ("-2", TypedValue(Decimal(-2))),
    ],
)
def test_a_cell_is_read_as_people_write(text: str, found: TypedValue) -> None:
    assert read_cell(text) == found


@pytest.mark.parametrize("text", ["nhiều", "ước", "1/2/3", "12 suất", "25/"])
def test_what_is_no_number_says_how_to_write_it(text: str) -> None:
    with pytest.raises(InvalidInput, match="ước"):
        read_cell(text)


def test_a_department_enters_a_period_and_sees_it_again(as_: SignIn, world: World) -> None:
    tell(world, draft(world, 9, measure="publications.articles", period=PERIOD.before()))
    page = as_("organizer").get(PAGE).content.decode()
    assert "kỳ này chưa nhập: Tin, bài đăng tải" in page
    sent = {
        "so:documents.issued:type:NQ": "2",
        "so:associations.congresses:association:trade_union": "ước 25/55",
        "so:publications.articles::": "14",
    }
    answer = as_("organizer").post(PAGE, sent, follow=True)
    assert "Đã ghi 4 số của quý I/2023." in answer.content.decode()
    congresses = figure("associations.congresses")
    assert (congresses.value, congresses.expected, congresses.mark) == (25, 55, "estimated")
    page = answer.content.decode()
    assert 'value="ước 25/55"' in page
    assert "kỳ này chưa nhập" not in page
    assert "Trần Văn Bình" in page, "who entered it"
    numbers = as_("clerk").get(f"/{PLACE}").content.decode()
    assert "ước 25/55" in numbers
    assert "/so-lieu/associations.congresses/" in numbers
    opened = as_("clerk").get(f"/so-lieu/associations.congresses/{PLACE}").content.decode()
    assert "01/01/2023 - 31/03/2023, công đoàn" in opened
    assert "đơn vị báo cáo 25" in opened


# What a quarter's report holds of things that have no register yet, as the departments type it.
_TYPED: dict[str, dict[str, str]] = {
    "clerk": {f"documents.issued_key:type:{kind}": number for kind, number in {
        "NQ": "1", "CTr": "4", "KH": "9", "CV": "2", "TB": "5", "HD": "2",
    }.items()},
    "organizer": {
        "training.classes::": "02",
        "training.learners:class:new_members": "67",
        "training.learners:class:awareness": "68",
        "publications.bulletins::": "3",
        "publications.articles::": "14",
        "publications.broadcasts::": "1",
        "associations.congresses:association:trade_union": "25/55",
    },
    "inspector": {
        "inspection.planned:form:inspection": "1",
        "inspection.planned:form:supervision": "3",
        "inspection.organizations:form:inspection": "27",
        "inspection.organizations:form:supervision": "3",
        "inspection.reviews::": "6",
    },
}  # fmt: skip
_COMES_OUT = {
    "documents.issued_key": (23, {"NQ": 1, "CTr": 4, "KH": 9, "CV": 2, "TB": 5, "HD": 2}),
    "training.classes": (2, {}),
    "training.learners": (135, {"new_members": 67, "awareness": 68}),
    "publications.bulletins": (3, {}),
    "publications.articles": (14, {}),
    "publications.broadcasts": (1, {}),
    "associations.congresses": (25, {"trade_union": 25}),
    "inspection.planned": (4, {"inspection": 1, "supervision": 3}),
    "inspection.organizations": (30, {"inspection": 27, "supervision": 3}),
    "inspection.reviews": (6, {}),
}


def test_departments_type_a_whole_quarter_each_its_own(as_: SignIn, world: World) -> None:
    for who, typed in _TYPED.items():
        client = as_(who)
        page = client.get(PAGE).content.decode()
        # Everything on the page is sent, as a browser does: what others typed stays as it is.
        sent = dict(re.findall(r'name="(so:[^"]+)"[^>]* value="([^"]*)"', page))
        sent |= dict(re.findall(r'name="(thay:[^"]+)"[^>]* value="([^"]*)"', page))
        answer = client.post(PAGE, sent | {f"so:{key}": text for key, text in typed.items()}, follow=True)
        assert answer.status_code == 200, who
        assert "Đã ghi" in answer.content.decode(), who
    for measure, (value, parts) in _COMES_OUT.items():
        found = figure(measure)
        assert found.value == value, measure
        if parts:
            by_entry = next(iter(parts))
            assert dict(next(one for one in found.breakdowns.values() if by_entry in one)) == parts, measure
    assert figure("associations.congresses").expected == 55


def test_what_is_wrong_stays_typed_and_nothing_is_recorded(as_: SignIn, world: World) -> None:
    answer = as_("clerk").post(PAGE, {"so:publications.articles::": "1,5", "so:publications.bulletins::": "ba"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Không đọc được «ba»" in page
    assert 'value="ba"' in page
    assert 'value="1,5"' in page
    answer = as_("clerk").post(PAGE, {"so:publications.articles::": "1,5", "so:publications.bulletins::": "3"})
    assert "phần lẻ" in answer.content.decode()
    assert 'value="3"' in answer.content.decode()
    assert not ValueEntry.objects.exists()


def test_correcting_asks_why(as_: SignIn, world: World) -> None:
    entry = example_value(world)
    typed = {"so:welfare.gifts::": "43", "thay:welfare.gifts::": str(entry.uid)}
    answer = as_("clerk").post(PAGE, typed)
    assert answer.status_code == 422
    assert "nêu lý do" in answer.content.decode()
    assert as_("clerk").post(PAGE, {**typed, "ly-do": "đếm lại"}).status_code == 302
    assert figure("welfare.gifts").value == 43
    now = ValueEntry.objects.live().get(measure="welfare.gifts")
    emptied = {"so:welfare.gifts::": "", "thay:welfare.gifts::": str(now.uid), "ly-do": "của đơn vị khác"}
    assert as_("clerk").post(PAGE, emptied).status_code == 302
    assert figure("welfare.gifts").value is None


def test_the_second_of_two_editors_is_told(as_: SignIn, world: World) -> None:
    entry = example_value(world)
    tell(world, draft(world, 50, note="đếm lại"), who="organizer")
    typed = {"so:welfare.gifts::": "45", "thay:welfare.gifts::": str(entry.uid), "ly-do": "khác"}
    answer = as_("clerk").post(PAGE, typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Trần Văn Bình, 08:30 ngày 05/04/2023 vừa ghi «50»" in page
    assert 'value="45"' in page
    assert figure("welfare.gifts").value == 50
    fresh = ValueEntry.objects.live().get(measure="welfare.gifts")
    assert as_("clerk").post(PAGE, {**typed, "thay:welfare.gifts::": str(fresh.uid)}).status_code == 302
    assert figure("welfare.gifts").value == 45


def test_who_may_only_look_gets_no_fields(as_: SignIn, world: World) -> None:
    example_value(world)
    page = as_("deputy").get(PAGE).content.decode()
    assert "42" in page
    assert 'name="so:' not in page
    assert as_("deputy").post(PAGE, {"so:welfare.gifts::": "1"}).status_code == 403


def test_one_entry_is_corrected_or_withdrawn_with_a_reason(as_: SignIn, world: World) -> None:
    entry = example_value(world)
    address = reverse("values:entry", args=[entry.uid]) + PLACE
    page = as_("clerk").get(address).content.decode()
    assert "42: Nguyễn Thị Lan ghi ngày 05/04/2023 (cộng thiếu hai suất); trước đó 40" in page
    assert as_("clerk").post(address, {"value": "44"}).status_code == 422, "no reason"
    assert as_("clerk").post(address, {"value": "44", "reason": "đếm lại"}).status_code == 302
    assert figure("welfare.gifts").value == 44
    answer = as_("clerk").post(address, {"value": "45", "reason": "đếm lại"})
    assert answer.status_code == 422
    assert "người khác sửa" in answer.content.decode()
    latest = ValueEntry.objects.live().get(measure="welfare.gifts")
    address = reverse("values:entry", args=[latest.uid]) + PLACE
    assert as_("clerk").post(address, {"value": "", "reason": "nhầm"}).status_code == 302
    assert figure("welfare.gifts").value is None


def test_the_clerk_switches_and_asks_for_numbers_of_their_own(as_: SignIn, world: World) -> None:
    client = as_("clerk")
    typed = {"measure": "members.admitted", "start": "01/01/2023", "end": ""}
    assert client.post(reverse("values:set_feed") + PLACE, typed).status_code == 302
    refused = client.post(reverse("values:set_feed") + PLACE, typed)
    assert refused.status_code == 422
    assert "Đã đặt nhập số báo cáo từ 01/01/2023" in refused.content.decode()
    assert "Nhập thay sổ" in client.get(PAGE).content.decode()
    feed = ValueFeed.objects.get()
    assert client.post(reverse("values:end_feed", args=[feed.uid]) + PLACE, {"end": "01/03/2023"}).status_code == 302
    own = {"label": "Hộ hiến đất", "noun": "hộ", "time": "flow", "start": "01/01/2023"}
    assert client.post(reverse("values:set_own") + PLACE, own).status_code == 302
    assert OwnMeasure.objects.get().key == "own.ho_hien_dat"
    page = client.get(reverse("values:sources") + PLACE).content.decode()
    assert "từ 01/01/2023 đến trước 01/03/2023" in page
    assert "Hộ hiến đất" in page
    client.post(PAGE, {"so:own.ho_hien_dat::": "3"})
    assert figure("own.ho_hien_dat").value == 3
    assert "Hộ hiến đất" in client.get(f"/{PLACE}").content.decode(), "among the figures of the period"
    done = client.post(reverse("values:end_own", args=["own.ho_hien_dat"]) + PLACE, {"end": "01/04/2023"})
    assert done.status_code == 302


def test_an_average_is_made_of_two_numbers(as_: SignIn, world: World) -> None:
    client, address = as_("clerk"), reverse("values:set_own") + PLACE
    typed = {"label": "Quà mỗi người", "noun": "suất", "time": "rate", "start": "01/01/2023"}
    refused = client.post(address, typed | {"denominator": "welfare.people"})
    assert refused.status_code == 422
    assert "Chưa chọn; cần một số mà các đơn vị cộng lại được" in refused.content.decode()
    parts = {"numerator": "welfare.gifts", "denominator": "welfare.people"}
    done = client.post(address, typed | parts, follow=True).content.decode()
    assert "suất, Suất quà an sinh xã hội chia cho Người được giúp đỡ" in done
    page = client.get(PAGE).content.decode()
    assert "Quà mỗi người" not in page, "nobody types it"
    client.post(PAGE, {"so:welfare.gifts::": "30", "so:welfare.people::": "20"})
    assert figure("own.qua_moi_nguoi").value == 1.5


def test_a_register_is_taken_into_use_and_its_day_corrected(as_: SignIn, world: World) -> None:
    RegisterUse.objects.filter(register="conferences").delete()
    client = as_("clerk")
    sources, address = (reverse("values:sources") + PLACE, reverse("values:register", args=["conferences"]) + PLACE)
    page = client.get(sources).content.decode()
    assert "Sổ hội nghị" in page
    assert "chưa dùng" in page
    assert "Lý do đổi ngày" not in client.get(address).content.decode(), "nothing to correct yet"
    done = client.post(address, {"start": "01/02/2023"}, follow=True).content.decode()
    assert "Sổ hội nghị: dùng từ 01/02/2023." in done
    assert "chưa dùng" not in done
    assert "Chưa có lý do" in client.post(address, {"start": "01/01/2023"}).content.decode()
    same = client.post(address, {"start": "01/02/2023", "reason": "nhập bù"})
    assert "ngày khác với ngày đang ghi" in same.content.decode()
    done = client.post(address, {"start": "01/01/2023", "reason": "nhập bù"}, follow=True).content.decode()
    assert "Sổ hội nghị: dùng từ 01/01/2023." in done
    assert figure("conferences.held").value == 0, "known from the first day on"
    below = client.get(reverse("values:sources") + "?don-vi=DUK.01&ky=2023-Q1").content.decode()
    assert "theo DUK" in below


def test_the_page_costs_the_same_however_much_is_reported(
    as_: SignIn, world: World, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    client = as_("clerk")
    client.get(PAGE)
    example_feed(world), example_own(world)
    tell(world, *(draft(world, 3, measure=key) for key in ("welfare.gifts", "welfare.people", "training.sent")))
    with django_assert_max_num_queries(20):  # type: ignore[attr-defined]
        client.get(PAGE)
