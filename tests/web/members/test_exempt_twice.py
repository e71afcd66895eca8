"""An exemption within a running one is refused on the page, with the running one named and what was typed kept."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.test import Client
from django.urls import reverse

if TYPE_CHECKING:
    from tests.world import World


def test_a_second_exemption_is_refused_with_its_reason(world: World, as_: Callable[[str], Client]) -> None:
    client, url = as_("secretary"), reverse("members:exempt", args=[world.members["dao"].uid])
    assert client.post(url, {"day": "10/01/2023", "until": "30/06/2023"}).status_code == 302
    answer = client.post(url, {"what": "exempt", "day": "01/03/2023", "until": "31/05/2023"})
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "đang được miễn từ ngày 10/01/2023 đến hết ngày 30/06/2023" in page
    assert 'value="31/05/2023"' in page
