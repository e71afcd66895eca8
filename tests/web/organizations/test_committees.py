"""The committees of a subtree at once, clusters and sectors, who follows which unit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from tests.world import START

from giaoban.apps.members.models import OfficeEvent, VisitAssignment
from giaoban.apps.members.operations import OfficeDraft, record_office_events
from giaoban.apps.organizations.kinds import Office
from giaoban.apps.organizations.models import Group, GroupMembership, TermEvent, UnitEvent
from giaoban.apps.organizations.operations import TermDraft, TreeDraft, record_term_entry, record_tree_events

if TYPE_CHECKING:
    from tests.world import World

QUARTER = {"ky": "2023-Q1"}


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined,no-any-return]


@pytest.fixture
def busy(world: World) -> World:
    act = world.act("clerk", at_console=True)
    record_office_events(
        act=act,
        drafts=[
            OfficeDraft(world.members[name], world.units[unit], office, OfficeEvent.OPENING, START)
            for name, unit, office in (
                ("lam", "DUK.01", Office.COMMITTEE_MEMBER),
                ("dao", "DUK.01.01", Office.COMMITTEE_MEMBER),
                ("son", "DUK.02", Office.SECRETARY),
            )
        ],
    )
    for code, until in (("DUK.01", date(2023, 1, 31)), ("DUK.02", date(2023, 8, 31)), ("DUK.01.01", date(2024, 6, 30))):
        draft = TermDraft(world.units[code], TermEvent.OPENING, START, "2020 - 2023", until)
        record_term_entry(act=act, draft=draft)
    return world


class TestBoard:
    def show(self, client: Client, **query: str) -> str:
        return text(client.get("/to-chuc/cap-uy/", QUARTER | query))

    def test_what_is_wrong(self, busy: World, as_: Callable[[str], Client]) -> None:
        page = self.show(as_("deputy"))
        assert "Chưa đúng quy định (" in page
        assert "Có chi ủy khi chi bộ có 3 đảng viên chính thức, quy định từ 9" in page
        assert "Có 2 Bí thư: Ngô Thị Quý, Dương Hồng Sơn" in page
        assert "Nhiệm kỳ 2020 - 2023 đã hết ngày 31/01/2023" in page
        assert "Căn cứ: 29-QĐ/TW, mục 24 (mặc định)" in page
        assert "Chưa ghi nhiệm kỳ" not in page, "what is only not known has a list of its own"
        assert "Chưa ghi nhiệm kỳ" in self.show(as_("deputy"), xem="thieu")

    def test_the_other_lists(self, busy: World, as_: Callable[[str], Client]) -> None:
        client = as_("clerk")
        vacant = self.show(client, xem="khuyet")
        assert "Khuyết Bí thư: chưa ghi ai giữ kể từ ngày 01/01/2022" in vacant
        ends = self.show(client, xem="ket-thuc")
        assert "Đảng ủy viên Vũ Ngọc Lâm" in ends
        assert "Từ trần ngày 30/01/2023" in ends
        terms = self.show(client, xem="het-nhiem-ky")
        assert terms.index("đã hết ngày 31/01/2023") < terms.index("hết ngày 31/08/2023")
        assert "30/06/2024" not in terms
        assert "30/06/2024" in self.show(client, xem="het-nhiem-ky", thang="24")
        assert "Có 2 Bí thư" in self.show(client, xem="la"), "an unknown list is the first"

    def test_the_registers_can_be_taken_away(self, busy: World, as_: Callable[[str], Client]) -> None:
        client = as_("clerk")
        pages = (("/to-chuc/cap-uy/", "terms"), ("/to-chuc/cum-khoi/", "groups"), ("/to-chuc/theo-doi/", "visits"))
        for page, key in pages:
            url = f"{reverse('sheets:take', args=[key])}?don-vi=DUK&ky=2023-Q1"
            assert escape(url) in text(client.get(page, QUARTER)), page
            taken = client.post(url)
            assert (taken.status_code, taken.content[:2]) == (200, b"PK"), page
            assert reverse("sheets:take", args=[key]) not in text(as_("deputy").get(page, QUARTER))

    def test_levels_days_and_an_empty_list(self, busy: World, as_: Callable[[str], Client]) -> None:
        client = as_("clerk")
        assert "Chi bộ Văn phòng" not in self.show(client, cap="co-so")
        assert "Quỹ Thử nghiệm" not in self.show(client, cap="chi-bo")
        early = self.show(client, xem="ket-thuc", tai_ngay="29/01/2023")
        assert "Không có ai còn chức vụ mà đã từ trần" in early
        assert "ngày 29/01/2023" in early
        assert "Không có ngày" in self.show(client, tai_ngay="31/02/2023")

    def test_a_long_list_has_pages(
        self, busy: World, as_: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("giaoban.web.organizations.committees.PAGE", 2)
        client = as_("clerk")
        first = self.show(client)
        assert "Tổ chức thứ 1 đến 2 trong" in first
        assert "trang=2" in first
        assert "Bản in đầy đủ" in first
        last = self.show(client, trang="99")
        assert "Trang trước" in last
        assert "Trang sau" not in last
        assert "Trang sau" not in self.show(client, **{"in": "tat-ca"})


class TestGroups:
    def test_the_page_names_who_is_in_none(self, world: World, as_: Callable[[str], Client]) -> None:
        new = TreeDraft(
            UnitEvent.ESTABLISHED,
            date(2023, 2, 1),
            "DUK.03",
            parent="DUK",
            name="Chi bộ Mới",
            unit_kind="grassroots_cell",
        )
        record_tree_events(act=world.act("clerk"), drafts=[new])
        page = text(as_("deputy").get("/to-chuc/cum-khoi/", QUARTER))
        assert "Cụm số 1" in page
        assert "Chưa thuộc cụm nào (1)" in page
        assert "Chi bộ Mới" in page
        assert "Xếp tổ chức" not in page
        before = text(as_("clerk").get("/to-chuc/cum-khoi/", QUARTER | {"tai_ngay": "31/01/2023"}))
        assert "Chi bộ Mới" not in before
        assert "Xếp tổ chức" in before
        cell = text(as_("secretary").get("/to-chuc/cum-khoi/"))
        assert "không có tổ chức trực thuộc để chia" in cell

    def test_a_group_is_made_filled_and_renamed(self, world: World, as_: Callable[[str], Client]) -> None:
        client = as_("clerk")
        made = {"kind_of": "cluster", "code": "2", "name": "Cụm số 2", "position": "2"}
        assert "Đã lập cụm «Cụm số 2»." in text(client.post("/to-chuc/cum-khoi/them/", made, follow=True))
        again = client.post("/to-chuc/cum-khoi/them/", made)
        assert again.status_code == 422
        assert "đã có" in text(again)
        url = "/to-chuc/DUK/cum-khoi/cluster/2/"
        assert "Chi bộ Quỹ Thử nghiệm (Cụm số 1 từ 01/01/2022)" in text(client.get(url))
        placed = {"what": "in", "day": "01/03/2023", "units": ["DUK.01", "DUK.02"]}
        page = text(client.post(url, placed, follow=True))
        assert "Đã xếp 2 tổ chức vào «Cụm số 2» từ ngày 01/03/2023." in page
        out = {"what": "out", "day": "01/04/2023", "units": ["DUK.02"]}
        assert "Đã đưa 1 tổ chức ra khỏi" in text(client.post(url, out, follow=True))
        found = GroupMembership.objects.filter(unit__code="DUK.02", group__kind="cluster").order_by("valid_from")
        assert [(one.group.code, one.valid_to) for one in found] == [
            ("1", date(2023, 3, 1)),
            ("2", date(2023, 4, 1)),
        ]
        renamed = client.post(f"{url}ten/", {"name": "Cụm các quỹ", "position": ""}, follow=True)
        assert "Đã ghi tên «Cụm các quỹ»." in text(renamed)
        assert Group.objects.get(code="2").name == "Cụm các quỹ"

    @pytest.mark.parametrize(
        ("sent", "told"),
        [
            ({"units": []}, "Chưa chọn tổ chức nào."),
            ({"units": ["XA.01"]}, "Hãy chọn tổ chức trong danh sách."),
            ({"day": "01/01/2021"}, "không ở dưới DUK ngày 01/01/2021"),
            ({"what": "out", "day": "01/01/2021"}, "không thuộc Cụm số 1 ngày 01/01/2021"),
        ],
    )
    def test_refusals(self, as_: Callable[[str], Client], sent: dict[str, object], told: str) -> None:
        given = {"what": "in", "day": "01/03/2023", "units": ["DUK.02"]} | sent
        response = as_("clerk").post("/to-chuc/DUK/cum-khoi/cluster/1/", given)
        assert response.status_code == 422
        assert told in text(response)

    def test_what_is_not_there(self, as_: Callable[[str], Client]) -> None:
        assert as_("clerk").get("/to-chuc/DUK/cum-khoi/cluster/9/").status_code == 404
        assert as_("deputy").get("/to-chuc/DUK/cum-khoi/cluster/1/").status_code == 403
        assert as_("outsider").get("/to-chuc/DUK/cum-khoi/cluster/1/").status_code == 404


class TestVisits:
    def test_assigned_shown_and_ended(self, world: World, as_: Callable[[str], Client]) -> None:
        client = as_("clerk")
        page = text(client.get("/to-chuc/theo-doi/", QUARTER))
        assert "Chưa có ai theo dõi:" in page
        form = text(client.get("/to-chuc/theo-doi/phan-cong/"))
        assert "Chi bộ Quỹ Thử nghiệm (chưa có ai theo dõi)" in form
        sent = {"person": "Trần Thị Em", "day": "01/02/2023", "decision": "Thông báo 5-TB/DUK"}
        done = text(client.post("/to-chuc/theo-doi/phan-cong/", sent | {"units": ["DUK.01", "DUK.02"]}, follow=True))
        assert "Đã phân công Trần Thị Em theo dõi 2 tổ chức từ ngày 01/02/2023." in done
        page = text(client.get("/to-chuc/theo-doi/", QUARTER))
        assert "Theo người" in page
        assert "Thông báo 5-TB/DUK" in page
        assert "Chưa có ai theo dõi" not in page
        visit = VisitAssignment.objects.get(unit__code="DUK.02")
        assert str(visit.uid) in page
        assert str(visit.uid) not in text(as_("deputy").get("/to-chuc/theo-doi/", QUARTER))
        ended = client.post(f"/to-chuc/theo-doi/{visit.uid}/", {"last_day": "31/03/2023"}, follow=True)
        assert "Trần Thị Em theo dõi Chi bộ Quỹ Thử nghiệm đến hết ngày 31/03/2023." in text(ended)
        later = client.post(f"/to-chuc/theo-doi/{visit.uid}/", {"last_day": "05/04/2023"})
        assert later.status_code == 422
        assert "đã hết ngày 31/03/2023" in text(later)

    @pytest.mark.parametrize(
        ("sent", "told"),
        [
            ({"person": "Nguyễn Văn Không"}, "Không tìm thấy đảng viên «Nguyễn Văn Không»"),
            ({"units": []}, "Chưa chọn tổ chức nào."),
            ({"last_day": "01/01/2023"}, "trước ngày đầu"),
            ({"day": "01/01/2021"}, "không ở dưới DUK"),
        ],
    )
    def test_refusals(self, as_: Callable[[str], Client], sent: dict[str, object], told: str) -> None:
        given = {"person": "Trần Thị Em", "day": "01/02/2023", "units": ["DUK.01"]} | sent
        response = as_("clerk").post("/to-chuc/theo-doi/phan-cong/", given)
        assert response.status_code == 422
        assert told in text(response)
        assert not VisitAssignment.objects.exists()
