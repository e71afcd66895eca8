"""The committee of a unit on screen: what it shows, and every form from the typed name to the register."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from tests.world import START, TODAY

from giaoban.apps.members.models import OfficeEntry, OfficeEvent, OfficeTerm
from giaoban.apps.members.operations import OfficeDraft, record_office_events
from giaoban.apps.organizations.kinds import Office
from giaoban.apps.organizations.models import CommitteeEntry, TermEntry, on_day
from giaoban.apps.organizations.queries.terms import term_on
from giaoban.apps.organizations.terms import Sizes

if TYPE_CHECKING:
    from tests.world import World

PLACE = "/to-chuc/DUK.01/cap-uy/"
PAPER = {"decision_number": "12-QĐ/DUK", "decision_date": "05/01/2023", "decision_issuer": "Đảng ủy Khối"}


def hold(world: World, unit: str, office: Office, *names: str) -> None:
    drafts = [OfficeDraft(world.members[one], world.units[unit], office, OfficeEvent.OPENING, START) for one in names]
    record_office_events(act=world.act("clerk", at_console=True), drafts=drafts)


def holders(unit: str, day: date = TODAY) -> set[tuple[str, str]]:
    return set(OfficeTerm.objects.filter(on_day(day), unit__code=unit).values_list("member__full_name", "office"))


def rows(*seats: tuple[str, str]) -> dict[str, str]:
    sent = {"rows": str(len(seats) + 1), f"person_{len(seats)}": "", f"office_{len(seats)}": ""}
    for place, (person, office) in enumerate(seats):
        sent |= {f"person_{place}": person, f"office_{place}": office}
    return sent


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined,no-any-return]


def test_the_page(world: World, as_: Callable[[str], Client]) -> None:
    hold(world, "DUK.01", Office.COMMITTEE_MEMBER, "lam", "minh")
    page = text(as_("clerk").get(PLACE, {"ky": "2023-Q1"}))
    assert "Cấp ủy Đảng bộ cơ quan Sở Thử nghiệm" in page
    assert "</strong> của 1 đồng chí đã từ trần, ra khỏi Đảng hoặc chuyển đi" in page
    assert "Từ trần ngày 30/01/2023" in page
    assert "Khuyết Chủ nhiệm Ủy ban Kiểm tra: chưa ghi ai giữ kể từ ngày 01/01/2022" in page
    assert "Chưa ghi nhiệm kỳ" in page
    assert "Đang giữ khi bắt đầu dùng sổ ngày 01/01/2022" in page
    assert "Thay đổi, kiện toàn" in page
    assert "Đính chính" in page
    seen = text(as_("deputy").get(PLACE, {"ky": "2023-Q1"}))
    assert "Hoàng Nhật Minh" in seen
    assert "Thay đổi, kiện toàn" not in seen, "who may only look is offered nothing else"
    assert "Đính chính" not in seen


def test_a_finding_shows_the_rule_it_was_judged_by(world: World, as_: Callable[[str], Client]) -> None:
    hold(world, "DUK.01.01", Office.COMMITTEE_MEMBER, "dao")
    page = text(as_("clerk").get("/to-chuc/DUK.01.01/cap-uy/", {"ky": "2023-Q1"}))
    assert "Có chi ủy khi chi bộ có 3 đảng viên chính thức, quy định từ 9" in page
    assert "Căn cứ: 29-QĐ/TW, mục 24 (mặc định)" in page


def test_the_unit_page_leads_to_its_committee(as_: Callable[[str], Client]) -> None:
    as_("clerk").post(f"{PLACE}nhiem-ky/", {"kind_of": "opening", "day": "01/01/2022", "until": "31/01/2023"})
    page = text(as_("deputy").get("/to-chuc/DUK.01/", {"ky": "2023-Q1"}))
    assert "Nhiệm kỳ 2022 - 2026, đến hết ngày 31/01/2023" in page
    assert "1 điểm chưa đúng quy định" in page
    assert f"{PLACE}?don-vi=DUK&amp;ky=2023-Q1" in page


class TestCongress:
    def send(self, client: Client, *seats: tuple[str, str], **more: str) -> object:
        sent = {"kind_of": "congress", "day": "15/03/2023", "name": "", "until": "", "committee_size": "5"}
        sent |= {"standing_size": "", "inspection_size": "", **PAPER, **rows(*seats), **more}
        return client.post(f"{PLACE}dai-hoi/", sent, follow=True)

    def test_who_sits_now_stands_in_the_rows(self, as_: Callable[[str], Client]) -> None:
        page = text(as_("clerk").get(f"{PLACE}dai-hoi/"))
        assert 'value="Nguyễn Đức Đạo"' in page
        assert "60 tháng (Điều lệ Đảng)" in page
        assert '<option value="Nguyễn Đức Đạo, 1970, Chi bộ Văn phòng">' in page, "names to choose from"

    def test_one_form_makes_a_whole_committee(self, world: World, as_: Callable[[str], Client]) -> None:
        page = text(self.send(as_("clerk"), ("nguyễn đức đạo, 1970", "secretary"), ("70000003", "committee_member")))
        assert "Đã ghi cấp ủy mới 2 đồng chí từ ngày 15/03/2023: nhiệm kỳ 2023 - 2028, đến hết ngày 14/03/2028." in page
        assert holders("DUK.01") == {("Nguyễn Đức Đạo", "secretary"), ("Trần Thị Em", "committee_member")}
        term = term_on(world.units["DUK.01"], TODAY)
        assert term is not None
        assert (term.name, term.sizes) == ("2023 - 2028", Sizes(5))
        assert "Bầu ngày 15/03/2023" in page

    def test_what_the_clerk_writes_goes_before_the_rule(self, world: World, as_: Callable[[str], Client]) -> None:
        self.send(as_("clerk"), ("Nguyễn Đức Đạo", "secretary"), name="2022 - 2027", until="31/12/2027")
        term = term_on(world.units["DUK.01"], TODAY)
        assert term is not None
        assert (term.name, term.until) == ("2022 - 2027", date(2027, 12, 31))

    @pytest.mark.parametrize(
        ("seats", "more", "told"),
        [
            ([("Nguyễn Văn Không", "secretary")], {}, "Không tìm thấy đảng viên «Nguyễn Văn Không» ngày 15/03/2023"),
            ([("Nguyễn Đức Đạo", "")], {}, "Chưa chọn chức vụ của Nguyễn Đức Đạo."),
            ([("", "secretary")], {}, "Chưa ghi họ tên; dòng không dùng thì bỏ chức vụ."),
            ([], {}, "Chưa ghi ai trong cấp ủy mới"),
            ([("Nguyễn Bình An", "committee_member")], {}, "đảng viên dự bị, chưa được bầu"),
            ([("Nguyễn Đức Đạo", "secretary")], {"day": "31/02/2023"}, "Không có ngày"),
            ([("Nguyễn Đức Đạo", "secretary")], {"committee_size": "mười"}, "Hãy ghi một số, ví dụ 15."),
            ([("Nguyễn Đức Đạo", "secretary")], {"standing_size": "7"}, "đông hơn cấp ủy 5"),
        ],
    )
    def test_what_cannot_be_is_told_and_what_was_typed_stays(
        self, as_: Callable[[str], Client], seats: list[tuple[str, str]], more: dict[str, str], told: str
    ) -> None:
        response = self.send(as_("clerk"), *seats, **more)
        page = text(response)
        assert response.status_code == 422  # type: ignore[attr-defined]
        assert told in page
        assert 'value="12-QĐ/DUK"' in page
        assert not TermEntry.objects.exists()

    def test_more_rows_are_given_without_judging(self, as_: Callable[[str], Client]) -> None:
        response = self.send(as_("clerk"), ("Nguyễn Văn Không", "secretary"), more="1", day="")
        page = text(response)
        assert response.status_code == 200  # type: ignore[attr-defined]
        assert 'name="person_6"' in page
        assert 'value="Nguyễn Văn Không"' in page
        assert 'value="secretary" selected' in page
        assert "Chưa có ngày" not in page


class TestChange:
    def send(self, client: Client, *seats: tuple[str, str], **more: object) -> object:
        sent: dict[str, object] = {"day": "01/02/2023", "how": "appointed", "consolidates": "on", "note": ""}
        return client.post(f"{PLACE}thay-doi/", sent | PAPER | rows(*seats) | more, follow=True)

    def test_one_leaves_and_one_comes_by_a_consolidation(self, world: World, as_: Callable[[str], Client]) -> None:
        key = f"{world.members['dao'].uid}:secretary"
        page = text(self.send(as_("clerk"), ("Trần Thị Em", "secretary"), leaving=[key]))
        assert "Đã ghi kiện toàn cấp ủy ngày 01/02/2023: kiện toàn Bí thư." in page
        assert "Chỉ định: Trần Thị Em, Bí thư" in page, "the change stands under the decision"
        assert holders("DUK.01") == {("Trần Thị Em", "secretary")}
        assert CommitteeEntry.objects.get().decision_issuer == "Đảng ủy Khối"

    def test_an_approval_without_consolidation(self, world: World, as_: Callable[[str], Client]) -> None:
        self.send(as_("clerk"), ("Trần Thị Em", "committee_member"), how="approved", consolidates="")
        assert ("Trần Thị Em", "committee_member") in holders("DUK.01")
        assert not CommitteeEntry.objects.exists()
        assert OfficeEntry.objects.get(member=world.members["em"], unit__code="DUK.01").kind == OfficeEvent.APPROVED

    def test_those_who_were_elected_stand_in_the_rows_to_be_approved(
        self, world: World, as_: Callable[[str], Client]
    ) -> None:
        client = as_("clerk")
        self.send(client, ("Trần Thị Em", "committee_member"), how="elected", consolidates="")
        assert "Chuẩn y kết quả bầu cử" in text(client.get(PLACE))
        url = f"{PLACE}thay-doi/?chuan-y=1"
        page = text(client.get(url))
        assert 'name="person_0" value="Trần Thị Em"' in page
        assert 'value="approved" selected' in page
        assert "Nguyễn Đức Đạo" not in page.partition("Người và chức vụ")[2].partition("<datalist")[0]
        sent = {
            "day": "10/02/2023",
            "how": "approved",
            "note": "",
            **PAPER,
            **rows(("Trần Thị Em", "committee_member")),
        }
        page = text(client.post(url, sent, follow=True))
        assert "chuẩn y ngày 10/02/2023" in page
        assert not CommitteeEntry.objects.exists(), "an approval is no consolidation"
        assert "Mọi người đã bầu đều đã được chuẩn y." in text(client.get(url))

    def test_an_approval_is_called_so_where_a_consolidation_holds_it(
        self, world: World, as_: Callable[[str], Client]
    ) -> None:
        self.send(as_("clerk"), ("Trần Thị Em", "committee_member"), how="elected", consolidates="")
        self.send(as_("clerk"), ("Trần Thị Em", "committee_member"), how="approved", day="10/02/2023")
        assert CommitteeEntry.objects.get().note.startswith("chuẩn y ")

    def test_refusals_stand_beside_their_row(self, as_: Callable[[str], Client]) -> None:
        page = text(self.send(as_("clerk"), ("Trần Thị Em", "committee_member"), ("Nguyễn Đức Đạo", "secretary")))
        before, _, after = page.partition('id="id_person_1"')
        assert "Đang giữ chức vụ này từ 01/01/2022" in after
        assert "Đang giữ chức vụ này" not in before
        nothing = text(self.send(as_("clerk"), consolidates=""))
        assert "Chưa ghi thay đổi gì; cần người nhận hoặc người thôi chức vụ." in nothing

    def test_a_second_secretary_is_warned_of_not_refused(self, as_: Callable[[str], Client]) -> None:
        page = text(self.send(as_("clerk"), ("Trần Thị Em", "secretary")))
        assert "Có 2 Bí thư: Nguyễn Đức Đạo, Trần Thị Em" in page


def test_plans_and_votes_are_noted(world: World, as_: Callable[[str], Client]) -> None:
    sent = {"kind_of": "planned", "day": "01/03/2023", "note": "nhiệm kỳ 2025 - 2030"} | PAPER
    client = as_("clerk")
    seats = rows(("Trần Thị Em", "secretary"), ("Bùi Kim Oanh", "secretary"))
    page = text(client.post(f"{PLACE}quy-hoach/", sent | seats, follow=True))
    assert "Đã ghi rà soát, bổ sung quy hoạch: 2 lượt, ngày 01/03/2023." in page
    assert "Trần Thị Em, Bí thư (nhiệm kỳ 2025 - 2030)" in page
    assert holders("DUK.01") == {("Nguyễn Đức Đạo", "secretary")}, "nobody came to an office"
    vote = sent | rows(("Trần Thị Em", "secretary")) | {"kind_of": "confidence"}
    assert "không lấy phiếu tín nhiệm" in text(client.post(f"{PLACE}quy-hoach/", vote))
    assert "Chưa ghi ai" in text(client.post(f"{PLACE}quy-hoach/", sent | rows()))


class TestEnding:
    def test_who_died_is_ticked_with_the_day(self, world: World, as_: Callable[[str], Client]) -> None:
        hold(world, "DUK.01", Office.COMMITTEE_MEMBER, "lam", "minh")
        client, lam = as_("clerk"), f"{world.members['lam'].uid}:committee_member"
        page = text(client.get(f"{PLACE}thoi-giu/"))
        assert page.index("Vũ Ngọc Lâm: Từ trần ngày 30/01/2023") < page.index("Nguyễn Đức Đạo")
        assert 'value="30/01/2023"' in page
        done = text(client.post(f"{PLACE}thoi-giu/", {f"end_{lam}": "on", f"day_{lam}": "30/01/2023"}, follow=True))
        assert "Đã ghi thôi giữ chức vụ: 1 trường hợp." in done
        assert "Cần kết thúc chức vụ" not in done
        assert ("Vũ Ngọc Lâm", "committee_member") not in holders("DUK.01")

    def test_refusals(self, world: World, as_: Callable[[str], Client]) -> None:
        client, dao = as_("clerk"), f"{world.members['dao'].uid}:secretary"
        assert "Chưa chọn ai thôi giữ chức vụ" in text(client.post(f"{PLACE}thoi-giu/", {}))
        assert "Chưa có ngày thôi giữ" in text(client.post(f"{PLACE}thoi-giu/", {f"end_{dao}": "on"}))
        early = client.post(f"{PLACE}thoi-giu/", {f"end_{dao}": "on", f"day_{dao}": "01/01/2022"})
        assert "Không giữ chức vụ này ngày 01/01/2022" in text(early)
        assert early.status_code == 422


def test_terms_and_decisions(world: World, as_: Callable[[str], Client]) -> None:
    client = as_("clerk")
    opening = {"kind_of": "opening", "day": "01/01/2022", "name": "2020 - 2025", "until": "30/06/2025"}
    page = text(client.post(f"{PLACE}nhiem-ky/", opening | {"committee_size": "7"}, follow=True))
    assert "Đã ghi nhiệm kỳ đang có khi bắt đầu dùng sổ 2020 - 2025, ngày 01/01/2022." in page
    assert "Khuyết 6 cấp ủy viên" in page
    nothing = client.post(f"{PLACE}nhiem-ky/", {"kind_of": "extended", "day": "01/03/2023"})
    assert "Chưa ghi thay đổi gì" in text(nothing)
    planned = {"kind_of": "inspection_planned", "day": "02/03/2023", "note": "nhiệm kỳ 2025 - 2030"}
    page = text(client.post(f"{PLACE}quyet-dinh/", planned, follow=True))
    assert "Quy hoạch ủy ban kiểm tra: nhiệm kỳ 2025 - 2030" in page


class TestCorrections:
    def url(self, register: str, entry: OfficeEntry | TermEntry | CommitteeEntry) -> str:
        return f"{PLACE}{register}/{entry.uid}/"

    def test_an_office_entry(self, world: World, as_: Callable[[str], Client]) -> None:
        client, entry = as_("clerk"), OfficeEntry.objects.get(member=world.members["dao"])
        url = self.url("chuc-vu", entry)
        assert "Nguyễn Đức Đạo, Bí thư" in text(client.get(url))
        page = text(client.post(url, {"how": "replace", "day": "01/03/2022", **PAPER}, follow=True))
        assert "Đã đính chính lần ghi" in page
        assert holders("DUK.01", date(2022, 2, 28)) == set()
        again = client.post(url, {"how": "void"})
        assert again.status_code == 422
        assert "đã được người khác đính chính" in text(again)
        assert "Nguyễn Thị Lan đã đính chính lần ghi này ngày 05/04/2023" in text(again)

    def test_a_term_and_a_decision(self, world: World, as_: Callable[[str], Client]) -> None:
        client = as_("clerk")
        client.post(f"{PLACE}nhiem-ky/", {"kind_of": "opening", "day": "01/01/2022", "name": "2020 - 2025"})
        url = self.url("nhiem-ky", TermEntry.objects.get())
        changed = {"how": "replace", "day": "02/01/2022", "name": "2021 - 2026", "until": "31/12/2026"}
        assert "«2021 - 2026», đến hết ngày 31/12/2026" in text(client.post(url, changed, follow=True))
        term = term_on(world.units["DUK.01"], TODAY)
        assert term is not None
        assert (term.name, term.start) == ("2021 - 2026", date(2022, 1, 2))
        TestChange().send(client, ("Trần Thị Em", "deputy_secretary"))
        url = self.url("cap-uy", CommitteeEntry.objects.get())
        renamed = {"how": "replace", "day": "01/02/2023", "note": "bổ sung một Phó Bí thư"}
        page = text(client.post(url, renamed, follow=True))
        assert "bổ sung một Phó Bí thư" in page
        assert "Chỉ định: Trần Thị Em, Phó Bí thư" in page, "its changes stay under it"
        live = CommitteeEntry.objects.live().get()
        page = text(client.post(self.url("cap-uy", live), {"how": "void"}, follow=True))
        assert "Đã bỏ lần ghi «Kiện toàn cấp ủy»." in page
        assert holders("DUK.01") == {("Nguyễn Đức Đạo", "secretary")}, "and go with it"

    def test_what_is_not_there(self, world: World, as_: Callable[[str], Client]) -> None:
        entry = OfficeEntry.objects.get(member=world.members["dao"])
        client = as_("clerk")
        for url in (
            self.url("so-khac", entry),
            self.url("nhiem-ky", entry),
            f"/to-chuc/DUK.02/cap-uy/chuc-vu/{entry.uid}/",
        ):
            assert client.get(url).status_code == 404
        assert as_("deputy").get(self.url("chuc-vu", entry)).status_code == 403
