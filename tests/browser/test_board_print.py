"""The board on paper: sixty units on one sheet of A3 or two of A4, with who printed it and when."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from tests.web.board.examples import example_duty

if TYPE_CHECKING:
    from tests.browser.conftest import Office
    from tests.world import World

pytestmark = pytest.mark.browser
# The small world has few units: a row is repeated to five clusters of twelve units and their sum.
_SIXTY = """() => {
    const body = document.querySelector('.table.board tbody');
    const [group, unit] = [body.querySelector('.group'), body.querySelector('tr:not(.group)')];
    body.replaceChildren();
    for (let cluster = 0; cluster < 5; cluster++) {
        body.append(group.cloneNode(true));
        for (let number = 0; number < 13; number++) body.append(unit.cloneNode(true));
    }
}"""


@pytest.mark.parametrize(("paper", "pages"), [("A3", 1), ("A4", 2)])
def test_sixty_units_on_paper(paper: str, pages: int, visit: Callable[..., Office], world: World) -> None:
    example_duty(world)
    office = visit()
    page = office.sign_in("lan")
    office.open("/bang-giao-ban/?don-vi=DUK&ky=2023-M03")
    page.evaluate(_SIXTY)
    document = pypdfium2.PdfDocument(page.pdf(format=paper, landscape=True))
    assert len(document) == pages
    text = "".join(document[0].get_textpage().get_text_range().split())
    for words in (
        "Người in: Nguyễn Thị Lan",
        "Bảng giao ban tháng 3/2023",
        "Cụm số 1",
        "Đảng bộ cơ quan Sở Thử nghiệm",
    ):
        assert words.replace(" ", "") in text
