"""Generates the country and measures pages, a tree event and one quarter for every unit; prints one table."""

from __future__ import annotations

import argparse
import importlib
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bench.__main__ import print_table
from bench.country.generate import Size, fill
from bench.rows import Row, best_seconds

if TYPE_CHECKING:
    from django.test import Client

PAGE_LIMIT = 150.0  # ms, median
EVENT_LIMIT = 2_000.0  # ms
ROLL_UP_LIMIT = 1.5  # times the best statement written by hand
_TOO_LONG = 5_000.0  # ms
_SERVER = {"shared_buffers": "4GB", "work_mem": "64MB", "jit": "off", "autovacuum": "on"}
_PASSWORD = "nha-may-gach-2022"


def main(arguments: Sequence[str]) -> int:
    """Run everything in a cluster of its own; status 1 where a limit is not kept."""
    parser = argparse.ArgumentParser(prog="python -m bench.country", description=__doc__)
    parser.add_argument("--small", action="store_true", help="a hundredth of the country, to try the module itself")
    parser.add_argument("--tenth", action="store_true", help="a tenth of the country: two minutes and 2 GB")
    parser.add_argument("--kept", type=Path, help="a folder for the cluster: generated once, measured again and again")
    parser.add_argument("--url", help="a migrated or empty database that is kept, with what is in it")
    parser.add_argument("--pages", action="store_true", help="only the pages")
    parser.add_argument("--fill", action="store_true", help="generate, and measure nothing")
    wanted = parser.parse_args(arguments)
    size = Size.small() if wanted.small else Size.tenth() if wanted.tenth else Size()
    if wanted.url:
        rows = _measure(wanted.url, size, wanted)
    else:
        sys.path.insert(0, "scripts")
        cluster = importlib.import_module("private_postgres").private_postgres
        with cluster(_SERVER, wanted.kept) as url:
            _create_database(url)
            rows = _measure(url, size, wanted)
    print_table(rows)
    return 0 if all(row.holds for row in rows) else 1


def _create_database(url: str) -> None:
    import psycopg

    with psycopg.connect(url.rsplit("/", 1)[0] + "/postgres", autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = 'giaoban'").fetchone() is None:
            connection.execute("CREATE DATABASE giaoban")


def _measure(url: str, size: Size, wanted: argparse.Namespace) -> list[Row]:
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
    if wanted.fill:
        return rows
    rows += _pages(size)
    if wanted.pages:
        return rows
    return [*rows, *_event(size), *_everywhere()]


def _people(size: Size) -> None:
    """A clerk of the whole country and one of the largest province, a secretary of a cell."""
    from django.contrib.auth.hashers import make_password

    from giaoban.apps.accounts.models import User
    from giaoban.apps.organizations.models import Grant, RegisterUse

    for register in ("organizations", "committees", "members", "discipline", "honours", "absences"):
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
    """Return the median; of what takes longer than some seconds the first time alone."""
    taken: list[float] = []
    for number in range(times + 1):
        if taken and taken[-1] > _TOO_LONG:
            return taken[-1]
        begun = time.perf_counter()
        work(number)
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken[1:])  # the first warms up


def addresses(size: Size) -> list[tuple[str, str, Callable[[int], str]]]:
    """Pages as their people open them, each with who opens it; another unit or name for each number."""
    from django.urls import reverse

    from giaoban.web.members.worklist_rows import WORKLISTS

    kinds = ("upper", "grassroots_committee", "cell")
    upper, committee, cell = (_below_the_first_province(kind) for kind in kinds)
    names = ("lan", "Nguyễn Thị Hoa", "tran van", "phong", "Đỗ Kim", "le duc an", "yến", "quan")
    short = ("an", "Đỗ Hà", "vy", "ly an", "lê", "ho mai", "ha", "y")
    unit, members, way = "organizations:unit", reverse("members:list"), reverse("members:on_the_way")
    follow = reverse("members:worklists")
    return [
        # What signing in, rights and the frame of a page cost on this machine: the others are read beside it.
        ("page that asks no register", "province", lambda n: f"{reverse('checking:check')}?x={n}"),
        ("page of the country", "country", lambda n: reverse(unit, args=["U1"])),
        ("page of a province", "country", lambda n: reverse(unit, args=[f"U{3 + n % (size.provinces - 1)}"])),
        ("page of the largest province", "province", lambda n: reverse(unit, args=["U2"])),
        ("page of a committee above the grassroots", "province", lambda n: reverse(unit, args=[upper[n]])),
        ("page of a grassroots unit", "province", lambda n: reverse(unit, args=[committee[n]])),
        ("page of a cell", "province", lambda n: reverse(unit, args=[cell[n]])),
        ("list of a grassroots unit's members", "grassroots", lambda n: f"{members}?trang=1&x={n}"),
        ("list of a province's members", "province", lambda n: f"{members}?trang={n + 1}"),
        ("search among a grassroots unit's members", "grassroots", lambda n: f"{members}?tim={names[n]}"),
        ("search among a province's members", "province", lambda n: f"{members}?tim={names[n]}"),
        ("short names among a province's members", "province", lambda n: f"{members}?tim={short[n]}"),
        ("search among the country's members", "country", lambda n: f"{members}?tim={names[n]}"),
        ("search for a card in the country", "country", lambda n: f"{members}?tim=C{1 + n * 997}"),
        ("letters on the way of a province", "province", lambda n: f"{way}?x={n}"),
        ("worklists of a cell", "province", lambda n: f"{follow}?don-vi={cell[n]}"),
        ("worklists of a grassroots unit", "grassroots", lambda n: f"{follow}?x={n}"),
        ("worklists of a committee above the grassroots", "province", lambda n: f"{follow}?don-vi={upper[n]}"),
        ("worklists of a province", "country", lambda n: f"{follow}?don-vi=U{3 + n % (size.provinces - 1)}"),
        ("worklists of the largest province", "province", lambda n: f"{follow}?x={n}"),
        ("worklists of the country", "country", lambda n: f"{follow}?x={n}"),
        *(
            (
                f"worklist «{one.title}» of a committee above the grassroots",
                "province",
                partial(_of_a_unit, reverse("members:worklist", args=[one.key]), upper),
            )
            for one in WORKLISTS.values()
        ),
        # Of wide units the page of all lists counts none: the browser asks for each of them.
        *(
            (f"worklist «{one.title}» of {words}", who, partial(_of_a_unit, address, codes))
            for words, who, codes in (
                ("a province", "country", [f"U{3 + n % (size.provinces - 1)}" for n in range(8)]),
                ("the largest province", "province", ["U2"] * 8),
                ("the country", "country", ["U1"] * 8),
            )
            for one in WORKLISTS.values()
            for address in [reverse("members:worklist", args=[one.key])]
        ),
    ]


def _of_a_unit(way: str, codes: Sequence[str], number: int) -> str:
    return f"{way}?don-vi={codes[number]}"


def _pages(size: Size) -> list[Row]:
    rows = []
    for name, who, address in addresses(size):
        rows.append(Row(name, _median_ms(_asking(_client(who), address)), "ms", limit=PAGE_LIMIT))
        print(f"{name}: {rows[-1].value:,.0f} ms", file=sys.stderr, flush=True)
    return rows


def _below_the_first_province(kind: str) -> list[str]:
    """Codes of some units of a kind, far from each other."""
    from giaoban.apps.organizations.models import Ancestry, UnitKindSpan

    below = Ancestry.objects.filter(ancestor__code="U2").values("descendant")
    codes = list(UnitKindSpan.objects.filter(unit__in=below, kind=kind).order_by("unit").values_list("unit__code")[:80])
    return [codes[number * len(codes) // 8][0] for number in range(8)]


def _asking(client: Client, address: Callable[[int], str]) -> Callable[[int], None]:
    def ask(number: int) -> None:
        response = client.get(address(number))
        if response.status_code != 200:
            raise RuntimeError(f"{address(number)}: status {response.status_code}")

    return ask


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


# The best that was found by hand: the same dates, the same rule for corrections, plain sums from level to level.
_BY_HAND = """
WITH level0 AS (SELECT e.unit_id, e.kind, COUNT(*) AS n FROM members_memberentry e
        LEFT JOIN members_memberentry c ON c.corrects_id = e.id
        WHERE e.effective_date >= %s AND e.effective_date < %s AND NOT e.void AND c.id IS NULL
        GROUP BY e.unit_id, e.kind),
    standing AS (SELECT unit_id, parent_id FROM organizations_placement
        WHERE valid_from <= %s AND valid_to > %s AND parent_id IS NOT NULL),
    level1 AS (SELECT s.parent_id AS unit_id, l.kind, SUM(l.n) AS n FROM level0 l JOIN standing s USING (unit_id)
        GROUP BY 1, 2),
    level2 AS (SELECT s.parent_id AS unit_id, l.kind, SUM(l.n) AS n FROM level1 l JOIN standing s USING (unit_id)
        GROUP BY 1, 2),
    level3 AS (SELECT s.parent_id AS unit_id, l.kind, SUM(l.n) AS n FROM level2 l JOIN standing s USING (unit_id)
        GROUP BY 1, 2),
    level4 AS (SELECT s.parent_id AS unit_id, l.kind, SUM(l.n) AS n FROM level3 l JOIN standing s USING (unit_id)
        GROUP BY 1, 2)
SELECT unit_id, kind, SUM(n) FROM (SELECT * FROM level0 UNION ALL SELECT * FROM level1 UNION ALL SELECT * FROM level2
    UNION ALL SELECT * FROM level3 UNION ALL SELECT * FROM level4) AS every GROUP BY unit_id, kind
"""


def _everywhere() -> list[Row]:
    """One quarter of entries by kind for every unit, beside the statement written by hand; both give the same sums."""
    from django.db import connection

    from giaoban.apps.members.models import MemberEntry
    from giaoban.apps.organizations.queries.everywhere import counts_everywhere
    from giaoban.core.period import Period

    window = Period.parse("2024-Q3").window
    sums: dict[str, list[tuple[int, int]]] = {"ours": [], "by hand": []}

    def ours() -> None:
        rows = [one.number for one in counts_everywhere(MemberEntry.objects.live(), window)]
        sums["ours"].append((len(rows), sum(rows)))

    def by_hand() -> None:
        with connection.cursor() as cursor:
            cursor.execute(_BY_HAND, [window.start, window.end, window.start, window.start])
            rows = cursor.fetchall()
        sums["by hand"].append((len(rows), sum(row[2] for row in rows)))

    theirs, own = best_seconds(by_hand), best_seconds(ours)
    if len({pair for pairs in sums.values() for pair in pairs}) != 1:
        raise RuntimeError(f"not the same sums: {sums}")
    name = f"a quarter by kind for every unit ({sums['ours'][0][0]:,} rows); by hand"
    return [Row(name, own * 1000, "ms", theirs * 1000, own / theirs, limit=ROLL_UP_LIMIT)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
