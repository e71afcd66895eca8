"""The sheet of grades: a cell at once, changes are corrections, two at one sheet are told, the cap is shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from giaoban.apps.members.models import Grade, RatingEntry
from giaoban.apps.members.operations import RatingDraft, record_ratings
from giaoban.apps.organizations.operations import set_rule

if TYPE_CHECKING:
    from tests.world import World

As = Callable[[str], Client]
CELL = "/dang-vien/xep-loai/?don-vi=DUK.01.01&nam=2022"
SHARED = {"day": "20/12/2022", "decision_number": "31-NQ/CB", "decision_date": ""}


def choices(world: World, **grades: str) -> dict[str, str]:
    return {f"loai-{world.members[who].uid}": grade for who, grade in grades.items()}


def live() -> dict[str, str]:
    rows = RatingEntry.objects.live().filter(member__isnull=False)
    return dict(rows.values_list("member__full_name", "grade"))


def test_a_whole_cell_at_once(world: World, as_: As) -> None:
    client = as_("secretary")
    form = SHARED | choices(world, dao="excellent", em="good", khoa="good", chi="not_rated")
    page = client.post(CELL, form, follow=True).content.decode()
    assert "Đã ghi xếp loại năm 2022: 4 lần ghi." in page
    assert live() == {
        "Nguyễn Đức Đạo": "excellent",
        "Trần Thị Em": "good",
        "Lê Đăng Khoa": "good",
        "Đặng Thị Chi": "not_rated",
    }
    assert "Bùi Văn Thọ, 20/12/2022" in page
    again = client.post(CELL, form | seen(page, world, "dao", "em", "khoa", "chi"), follow=True).content.decode()
    assert "Không có gì đổi." in again
    assert RatingEntry.objects.count() == 4


def seen(page: str, world: World, *who: str) -> dict[str, str]:
    """The hidden fields as a browser sends them back."""
    found = {}
    for one in who:
        key = f"thay-{world.members[one].uid}"
        found[key] = page.split(f'name="{key}" value="')[1].split('"')[0]
    return found


def test_a_change_is_a_correction(world: World, as_: As) -> None:
    client = as_("secretary")
    client.post(CELL, SHARED | choices(world, dao="excellent"))
    page = client.get(CELL).content.decode()
    client.post(CELL, SHARED | choices(world, dao="good") | seen(page, world, "dao"))
    assert live() == {"Nguyễn Đức Đạo": "good"}
    assert RatingEntry.objects.count() == 2
    assert RatingEntry.objects.get(grade="good").corrects is not None


def test_two_at_one_sheet_are_told(world: World, as_: As) -> None:
    first, second = as_("secretary"), as_("clerk")
    opened = second.get(CELL).content.decode()
    first.post(CELL, SHARED | choices(world, dao="good"))
    form = SHARED | choices(world, dao="excellent", em="fair") | seen(opened, world, "dao", "em")
    response = second.post(CELL, form)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Vừa được Bùi Văn Thọ xếp loại «Hoàn thành tốt nhiệm vụ»" in page
    assert "1 dòng cần xem lại" in page
    em = world.members["em"].uid
    assert f'name="loai-{em}" value="fair" checked' in page, "what was chosen stays"
    assert live() == {"Nguyễn Đức Đạo": "good"}
    second.post(CELL, form | seen(page, world, "dao", "em"))
    assert live() == {"Nguyễn Đức Đạo": "excellent", "Trần Thị Em": "fair"}


def test_the_same_choice_twice_is_no_quarrel(world: World, as_: As) -> None:
    second = as_("clerk")
    opened = second.get(CELL).content.decode()
    as_("secretary").post(CELL, SHARED | choices(world, dao="good"))
    page = second.post(CELL, SHARED | choices(world, dao="good") | seen(opened, world, "dao"), follow=True)
    assert "Không có gì đổi." in page.content.decode()


def test_what_is_refused_stands_beside_its_line(world: World, as_: As) -> None:
    form = SHARED | choices(world, dao="good", em="good") | {"day": "31/12/2021"}
    response = as_("secretary").post(CELL, form)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Ngày xếp loại trước năm 2022; cần ngày từ năm 2022." in page
    assert page.count(" checked") == 2
    assert live() == {}


def test_who_may_see_and_who_may_rate(world: World, as_: As) -> None:
    page = as_("inspector").get(CELL).content.decode()
    assert "disabled" in page
    assert "Ghi xếp loại" not in page
    assert as_("inspector").post(CELL, SHARED | choices(world, dao="good")).status_code == 403
    assert as_("outsider").get(CELL).status_code == 404


def test_the_cap_is_shown_where_it_holds(world: World, as_: As) -> None:
    set_rule(
        act=world.act("clerk"),
        owner=world.units["DUK"],
        key="excellent_cap_percent",
        value="50",
        start=date(2022, 1, 1),
    )
    client = as_("secretary")
    client.post(CELL, SHARED | choices(world, dao="excellent", em="good"))
    page = client.get(CELL).content.decode()
    assert "Chi bộ Văn phòng: đã xếp loại 2; xuất sắc 1, nhiều nhất 1 (50 % của 2, số hoàn thành tốt trở lên)." in page
    clerk = as_("clerk").get(CELL).content.decode()
    assert "Đảng bộ cơ quan Sở Thử nghiệm: đã xếp loại 2" in clerk
    assert "vượt" not in clerk
    as_("clerk").post(CELL, SHARED | choices(world, khoa="excellent"))
    assert "note warn" in as_("clerk").get(CELL).content.decode()
    assert "vượt 1" in as_("clerk").get(CELL).content.decode()


def test_a_committee_sees_how_far_its_cells_are(world: World, as_: As) -> None:
    as_("secretary").post(CELL, SHARED | choices(world, dao="excellent", em="good"))
    page = as_("clerk").get("/dang-vien/xep-loai/?don-vi=DUK.01&nam=2022").content.decode()
    assert "2 / 5" in page
    assert "0 / 5" in page


def test_organisations_on_one_sheet(world: World, as_: As) -> None:
    url = "/dang-vien/xep-loai-to-chuc/?don-vi=DUK&nam=2022"
    form = SHARED | {"loai-DUK.01": "good", "loai-DUK.02": "excellent"}
    page = as_("clerk").post(url, form, follow=True).content.decode()
    assert "Đã ghi xếp loại năm 2022: 2 lần ghi." in page
    units = RatingEntry.objects.filter(member=None).values_list("unit__code", "grade").order_by("unit__code")
    assert list(units) == [("DUK.01", "good"), ("DUK.02", "excellent")]
    below = "/dang-vien/xep-loai-to-chuc/?don-vi=DUK.01.01&nam=2022"
    assert as_("secretary").post(below, form).status_code == 403, "nobody rates their own cell"


def test_years_that_mean_nothing(as_: As) -> None:
    for year in ("2024", "1999", "nay", "-1"):
        assert as_("clerk").get(f"/dang-vien/xep-loai/?don-vi=DUK.01.01&nam={year}").status_code == 404


def test_more_members_are_no_more_questions(world: World, as_: As) -> None:
    client = as_("clerk")
    counts = []
    for unit in ("DUK.02", "DUK.01.01"):
        client.get(f"/dang-vien/xep-loai/?don-vi={unit}&nam=2022")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/dang-vien/xep-loai/?don-vi={unit}&nam=2022")
        counts.append(len(queries))
    drafts: list[Any] = [
        RatingDraft(2022, Grade.GOOD, date(2022, 12, 20), world.members[one]) for one in ("dao", "em", "khoa", "hung")
    ]
    record_ratings(act=world.act("clerk"), drafts=drafts)
    with CaptureQueriesContext(connection) as queries:
        client.get(CELL)
    assert len(queries) <= counts[1]
