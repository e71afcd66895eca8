"""The quarterly report on the screen and as a file."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from django.test import Client
from docx import Document

from giaoban.apps.audit.models import AuditRow

PLACE = {"don-vi": "DUK", "ky": "2023-Q1"}


def test_numbers_in_the_text_open_into_their_entries(as_: Callable[[str], Client]) -> None:
    page = as_("clerk").get("/bao-cao/xem/quarter/", PLACE).content.decode()
    assert "BÁO CÁO" in page
    assert 'href="/so-lieu/members.admitted/?don-vi=DUK&amp;ky=2023-Q1"' in page


def test_the_word_file_opens_and_its_taking_is_recorded(as_: Callable[[str], Client]) -> None:
    response = as_("deputy").post("/bao-cao/xem/quarter/tai/?don-vi=DUK&ky=2023-Q1", {"do-mat": "none"})
    assert response["Content-Type"].endswith("wordprocessingml.document")
    assert "attachment" in response["Content-Disposition"]
    assert "DUK-2023-Q1.docx" in response["Content-Disposition"]
    text = "\n".join(paragraph.text for paragraph in Document(BytesIO(response.content)).paragraphs)
    assert "kết nạp 02 đảng viên" in text
    assert AuditRow.objects.get(action="reporting.written").actor.username == "hai"


def test_a_period_before_the_registers_has_no_paper_but_a_sentence(as_: Callable[[str], Client]) -> None:
    early = PLACE | {"ky": "2020-Q1"}
    page = as_("clerk").get("/bao-cao/xem/quarter/", early).content.decode()
    assert "Sổ chưa được dùng trong kỳ này: quý I/2020" in page
    assert 'class="paper"' not in page
    response = as_("clerk").post("/bao-cao/xem/quarter/tai/?don-vi=DUK&ky=2020-Q1", {"do-mat": "none"})
    assert response.status_code == 422
    assert "Sổ chưa được dùng trong kỳ này" in response.content.decode()


def test_the_places_for_number_and_day_keep_their_blanks(as_: Callable[[str], Client]) -> None:
    page = as_("clerk").get("/bao-cao/xem/quarter/", PLACE).content.decode()
    assert page.count('<p class="blanks">') == 2
    assert "data-print hidden>" in page, "without scripts there is no button that does nothing"


def test_a_year_has_no_quarterly_report(as_: Callable[[str], Client]) -> None:
    assert (
        "không lập cho năm 2023" in as_("clerk").get("/bao-cao/xem/quarter/", PLACE | {"ky": "2023"}).content.decode()
    )
    assert as_("clerk").get("/bao-cao/xem/week/", PLACE).status_code == 404
    assert as_("clerk").post("/bao-cao/xem/quarter/tai/?don-vi=DUK&ky=2023").status_code == 404
    page = as_("clerk").get("/bao-cao/", PLACE | {"ky": "2023"}).content.decode()
    assert "Báo cáo quý IV/2023" not in page.split("Lập báo cáo")[0]
    assert "/bao-cao/xem/quarter/?don-vi=DUK&amp;ky=2023-Q1" in page
