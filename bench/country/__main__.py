"""Generates the country and measures pages, a tree event and one quarter for every unit; prints one table."""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from bench.__main__ import print_table
from bench.country.generate import Size, fill
from bench.rows import Row

if TYPE_CHECKING:
    from django.test import Client

PAGE_LIMIT = 150.0  # ms, median
EVENT_LIMIT = 2_000.0  # ms
ROLL_UP_LIMIT = 1.5  # times the best statement written by hand
_PASSWORD = "nha-may-gach-2022"


def main(arguments: Sequence[str]) -> int:
    """Run everything in a cluster of its own; status 1 where a limit is not kept."""
    parser = argparse.ArgumentParser(prog="python -m bench.country", description=__doc__)
    parser.add_argument("--small", action="store_true", help="a hundredth of the country, to try the module itself")
    parser.add_argument("--url", help="a migrated or empty database that is kept, with what is in it")
    wanted = parser.parse_args(arguments)
    size = Size.small() if wanted.small else Size()
    if wanted.url:
        rows = _measure(wanted.url, size)
    else:
        sys.path.insert(0, "scripts")
        from private_postgres import private_postgres

        with private_postgres({"shared_buffers": "4GB", "work_mem": "64MB", "jit": "off"}) as url:
            _create_database(url)
            rows = _measure(url, size)
    print_table(rows)
    return 0 if all(row.holds for row in rows) else 1


def _create_database(url: str) -> None:
    import psycopg

    with psycopg.connect(url.rsplit("/", 1)[0] + "/postgres", autocommit=True) as connection:
        connection.execute("CREATE DATABASE giaoban")


def _measure(url: str, size: Size) -> list[Row]:
    folder = tempfile.mkdtemp(prefix="giaoban-country-")
    os.environ |= {"DATABASE_URL": url, "GIAOBAN_DIR": folder, "DJANGO_SETTINGS_MODULE": "giaoban.site.settings"}
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from giaoban.apps.organizations.models import Unit

    rows = []
    if not Unit.objects.exists():
        seconds = fill(size)
        rows = [Row(f"generated: {name}", value, "s") for name, value in seconds.items()]
        _people(size)
    return [*rows, *_pages(size), *_event(size), *_everywhere()]


def _people(size: Size) -> None:
    """A clerk of the whole country and one of the largest province, a secretary of a cell."""
    from django.contrib.auth.hashers import make_password

    from giaoban.apps.accounts.models import User
    from giaoban.apps.organizations.models import Grant, RegisterUse

    for register in ("organizations", "committees", "members", "discipline"):
        RegisterUse.objects.create(unit_id=1, register=register, in_use_from=date(2016, 1, 1))
    for name, unit in (("country", 1), ("province", 2), ("grassroots", 2 + size.provinces + size.uppers)):
        user = User.objects.create(username=name, full_name=name, password=make_password(_PASSWORD))
        Grant.objects.create(
            user=user,
            role="office_clerk",
            unit_id=unit,
            valid_from=date(2016, 1, 1),
            granted_by=user,
            granted_at=datetime(2016, 1, 1, tzinfo=UTC),
        )


def _client(name: str) -> Client:
    from django.test import Client

    from giaoban.apps.accounts.models import User

    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(User.objects.get(username=name))
    return client


def _median_ms(work: Callable[[int], object], times: int = 7) -> float:
    taken = []
    for number in range(times + 1):
        begun = time.perf_counter()
        work(number)
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken[1:])  # the first warms up


def _pages(size: Size) -> list[Row]:
    """Pages as their people open them; another unit or name each time, so that nothing is answered from a cache."""
    from django.urls import reverse

    base = 2 + size.provinces + size.uppers
    cell = base + size.committees + size.single_cells
    names = ("lan", "Nguyễn Thị Hoa", "tran van", "phong", "Đỗ Kim", "le duc an", "yến", "quan")
    unit, members, way = "organizations:unit", reverse("members:list"), reverse("members:on_the_way")
    wanted: list[tuple[str, str, Callable[[int], str]]] = [
        ("page of the country", "country", lambda n: reverse(unit, args=["U1"])),
        ("page of a province", "country", lambda n: reverse(unit, args=[f"U{2 + n % size.provinces}"])),
        ("page of a grassroots unit", "province", lambda n: reverse(unit, args=[f"U{base + n * 37}"])),
        ("page of a cell", "province", lambda n: reverse(unit, args=[f"U{cell + n * 37}"])),
        ("list of a grassroots unit's members", "grassroots", lambda n: f"{members}?trang=1&x={n}"),
        ("search among a grassroots unit's members", "grassroots", lambda n: f"{members}?tim={names[n]}"),
        ("search among a province's members", "province", lambda n: f"{members}?tim={names[n]}"),
        ("search among the country's members", "country", lambda n: f"{members}?tim={names[n]}"),
        ("worklist «on the way» of a province", "province", lambda n: f"{way}?x={n}"),
    ]
    rows = []
    for name, who, address in wanted:
        client = _client(who)
        codes: set[int] = set()

        def ask(number: int, client: Client = client, address: Callable[[int], str] = address) -> None:
            codes.add(client.get(address(number)).status_code)

        value = _median_ms(ask)
        if codes != {200}:
            raise RuntimeError(f"{name}: status {sorted(codes)}")
        rows.append(Row(name, value, "ms", limit=PAGE_LIMIT))
    return rows


def _event(size: Size) -> list[Row]:
    """A committee below a province moves to another province, with all that stands below it; then a rename."""
    from giaoban.apps.accounts.models import User
    from giaoban.apps.audit.act import Act
    from giaoban.apps.organizations.models import UnitEvent
    from giaoban.apps.organizations.operations import TreeDraft, record_tree_event

    act = Act(User.objects.get(username="country"), datetime.now(tz=UTC), at_console=True)
    today = act.today
    moved = f"U{2 + size.provinces}"
    rows = []
    for name, draft in (
        ("tree event: a province is renamed", TreeDraft(UnitEvent.RENAMED, today, "U2", name="Đảng bộ tỉnh An Lạc")),
        ("tree event: a district committee moves", TreeDraft(UnitEvent.MOVED, today, moved, parent="U3")),
    ):
        begun = time.perf_counter()
        record_tree_event(act=act, draft=draft)
        rows.append(Row(name, (time.perf_counter() - begun) * 1000, "ms", limit=EVENT_LIMIT))
    return rows


def _everywhere() -> list[Row]:
    return []


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
