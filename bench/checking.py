"""«Soát văn bản»: a paper of 60 KB goes in, the page with its findings comes out; each time another paper."""

from __future__ import annotations

import time

from bench._prose import invented_report
from bench.office import open_office
from bench.rows import Row

_BYTES = 60_000
_LIMIT = 1000  # ms
_RUNS = 5


def run() -> list[Row]:
    """Measure the shortest of some answers, in processor time of this process: SQLite works inside it."""
    open_office()
    from django.test import Client
    from django.urls import reverse

    from giaoban.apps.accounts.models import User

    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(User.objects.get(username="lan"), backend="django.contrib.auth.backends.ModelBackend")
    best, found = float("inf"), 0
    for number in range(_RUNS):
        text = invented_report(_BYTES, 40 + number).encode()[:_BYTES].decode(errors="ignore")
        begun = time.process_time()
        page = client.post(reverse("checking:check"), {"text": text})
        best = min(best, time.process_time() - begun)
        found = page.content.decode().count('id="cho-')
        assert page.status_code == 200
        assert found, "a paper without findings measures too little"
    return [Row(f"check on screen: 60 KB, about {found} findings", best * 1000, "ms", limit=_LIMIT)]
