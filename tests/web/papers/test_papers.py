"""Screens of papers: choose, take away; what was typed stays; secret papers are refused; forms can be changed."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from tests.apps.papers.test_printing import candidates
from tests.world import World

pytestmark = pytest.mark.django_db
PLACE = "?don-vi=DUK&ky=2023-Q1"


def _url(about: str = "recognition") -> str:
    return reverse("papers:write", args=[about]) + PLACE


def _sent(world: World, **changes: object) -> dict[str, object]:
    people = [str(world.members[key].uid) for key in ("an", "binh")]
    forms = ["to-trinh-cong-nhan", "quyet-dinh-cong-nhan"]
    return {"mau": forms, "ai": people, "dated": "05/04/2023", "file_format": "docx", "degree": "none", **changes}


def test_a_batch_is_taken_away(world: World, as_: Callable[[str], Client]) -> None:
    response = as_("clerk").post(_url(), _sent(world, number="7"))
    assert response.status_code == 200
    assert response["Content-Disposition"].endswith('.zip"')
    with zipfile.ZipFile(io.BytesIO(response.content)) as package:
        assert len(package.namelist()) == 3


def test_one_paper_is_a_word_file(world: World, as_: Callable[[str], Client]) -> None:
    sent = _sent(world, mau=["quyet-dinh-cong-nhan"], ai=[str(world.members["an"].uid)])
    response = as_("clerk").post(_url(), sent)
    assert response["Content-Type"].endswith("wordprocessingml.document")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"degree": ""}, "Chưa chọn độ mật"),
        ({"degree": "secret"}, "không lập ở đây"),
        ({"dated": "31/02/2023"}, "31/02/2023"),
        ({"number": "mười"}, "Cần một số"),
        ({"ai": []}, "Chưa chọn ai"),
        ({"mau": []}, "Chưa chọn mẫu"),
        ({"ai": ["khong-co"]}, "không còn trong danh sách"),
    ],
)
def test_what_was_typed_and_ticked_stays(
    world: World, as_: Callable[[str], Client], changes: dict[str, object], told: str
) -> None:
    response = as_("clerk").post(_url(), _sent(world, **changes))
    page = response.content.decode()
    assert response.status_code == 422
    assert told in page
    if "ai" not in changes:
        assert f'value="{world.members["an"].uid}" id="ai-1" checked' in page
    if "dated" not in changes:
        assert "05/04/2023" in page


def test_the_list_of_a_kind_shows_what_is_blank(as_: Callable[[str], Client]) -> None:
    page = as_("clerk").get(_url()).content.decode()
    assert "hết dự bị" in page
    assert "chứng nhận lớp đảng viên mới" in page
    assert as_("clerk").get(reverse("papers:write", args=["tien-luong"]) + PLACE).status_code == 404


@pytest.mark.parametrize(
    ("about", "told", "way"),
    [
        ("admission", "Chưa có quần chúng nào", "/dang-vien/phat-trien/"),
        ("transfer", "trong quý IV/2021 hay trong ba tháng qua", "/dang-vien/"),
        ("badge", "Trong quý IV/2021 chưa ghi đề nghị", "/dang-vien/huy-hieu/"),
        ("card", "Trong quý IV/2021 chưa ghi phát thẻ", "/dang-vien/"),
    ],
)
def test_an_empty_list_says_of_which_period_and_leads_to_where_it_is_filled(
    world: World, as_: Callable[[str], Client], about: str, told: str, way: str
) -> None:
    unit = "DUK.02" if about == "transfer" else "DUK"  # letters go out of the other cell
    url = reverse("papers:write", args=[about]) + f"?don-vi={unit}&ky=2021-Q4"
    page = as_("clerk").get(url).content.decode()
    assert told in page
    assert f'class="button" href="{way}?don-vi={unit}&amp;ky=2021-Q4">' in page


def test_the_rounds_of_the_chosen_period_are_offered(as_: Callable[[str], Client]) -> None:
    url = reverse("papers:write", args=["badge"])
    assert "Đợt 7/11/2021" in as_("clerk").get(f"{url}?don-vi=DUK&ky=2021-Q4").content.decode()
    assert "Đợt 7/11/2021" not in as_("clerk").get(f"{url}?don-vi=DUK&ky=2023-Q1").content.decode()


def test_badges_are_listed_by_the_round_in_the_address(world: World, as_: Callable[[str], Client]) -> None:
    client, quy = as_("clerk"), world.members["quy"]
    form = {"what": "badge_proposed", "level": "provincial", "day": "05/04/2023", "chon": [f"{quy.uid}:30"]}
    client.post("/dang-vien/huy-hieu/?dot=3/2/2024", form | {"decision_number": "", "decision_date": ""})
    url = _url("badge") + "&dot=3/2/2024"
    page = client.get(url).content.decode()
    assert "Huy hiệu Đảng, đợt 3/2/2024" in page
    assert quy.full_name in page
    assert "Chưa ghi đề nghị" in client.get(_url("badge") + "&dot=2/9/2023").content.decode()
    assert client.get(_url("badge") + "&dot=1/1/2024").status_code == 404
    sent = _sent(world, mau=["danh-sach-huy-hieu"], ai=[str(quy.uid)])
    assert client.post(url, sent)["Content-Type"].endswith("wordprocessingml.document")


def test_a_committee_begins_with_its_own_papers_and_a_cell_with_the_cells(
    world: World, as_: Callable[[str], Client]
) -> None:
    candidates(world, 1)

    def ticked(who: str, unit: str) -> list[str]:
        page = as_(who).get(reverse("papers:write", args=["admission"]) + f"?don-vi={unit}&ky=2023-Q1").content.decode()
        return re.findall(r'name="mau" value="([^"]+)" checked', page)

    assert ticked("clerk", "DUK") == ["to-trinh-ket-nap", "danh-sach-ket-nap", "quyet-dinh-ket-nap"]
    assert ticked("secretary", "DUK.01.01") == ["nghi-quyet-ket-nap"]
