"""Fills an empty, migrated PostgreSQL with a country: set-based, indexes built afterwards, nothing random but the seed.

The journals hold what the pages and figures read; they are not replayed here, the projections are written beside them.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.models import Model

_FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý")
_MIDDLES = ("Văn", "Thị", "Đức", "Thu", "Minh", "Ngọc", "Quang", "Thanh", "Hữu", "Kim", "Xuân", "Bảo", "Gia")
_GIVEN = (
    *("An", "Bình", "Chi", "Dũng", "Đạt", "Giang", "Hà", "Hải", "Hạnh", "Hiếu", "Hoa", "Hùng", "Hương", "Khoa", "Lan"),
    *(
        "Linh",
        "Long",
        "Mai",
        "Minh",
        "Nam",
        "Nga",
        "Ngân",
        "Phong",
        "Phúc",
        "Quân",
        "Sơn",
        "Tâm",
        "Thảo",
        "Tuấn",
        "Yến",
    ),
)
_FILLED = ("organizations", "members")


@dataclass(frozen=True, slots=True)
class Size:
    """How large the country is; the smaller one is for trying the module itself."""

    provinces: int = 34
    uppers: int = 700
    committees: int = 45_000
    single_cells: int = 7_000
    cells: int = 280_000
    members: int = 5_400_000
    entries: int = 12_000_000

    @classmethod
    def small(cls) -> Size:
        """A hundredth."""
        return cls(4, 20, 450, 70, 2_800, 54_000, 120_000)

    @classmethod
    def tenth(cls) -> Size:
        """A tenth: large enough to show what grows with the rows."""
        return cls(34, 200, 4_500, 700, 28_000, 540_000, 1_200_000)

    @property
    def letters(self) -> int:
        """Entries that are letters to another cell, or their answers."""
        return self.entries // 12

    @property
    def units(self) -> int:
        """All units."""
        return 1 + self.provinces + self.uppers + self.committees + self.single_cells + self.cells


def _default(field: object) -> str:
    from django.db import models

    if getattr(field, "null", False):
        return "NULL"
    if isinstance(field, models.UUIDField):
        return "gen_random_uuid()"
    if isinstance(field, models.BooleanField):
        return "true" if field.default is True else "false"
    if isinstance(field, models.DateTimeField):
        return "timestamptz '2016-01-01'"
    if isinstance(field, models.IntegerField):
        return "0"
    if isinstance(field, models.CharField):
        return "'day'" if field.name.endswith("precision") else "''"
    raise TypeError(f"no default for {field}")


def _insert(model: type[Model], values: Mapping[str, str], source: str) -> None:
    """Insert a row for each row of ``source``; what is not named gets its empty value."""
    from django.db import connection

    columns, expressions = [], []
    for field in model._meta.concrete_fields:
        if field.primary_key and str(field.column) not in values:
            continue
        columns.append(str(field.column))
        expressions.append(values.get(str(field.column)) or _default(field))
    with connection.cursor() as cursor:
        # Per cent signs of the statement are its own.
        cursor.execute(
            f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) SELECT {', '.join(expressions)} FROM {source}"
        )


@contextmanager
def _without_indexes(*models: type[Model]) -> Iterator[None]:
    """Drop the indexes that are no constraint, and build them again at the end."""
    from django.db import connection

    tables = [model._meta.db_table for model in models]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT i.indexname, i.indexdef FROM pg_indexes i WHERE i.tablename = ANY(%s) AND NOT EXISTS "
            "(SELECT 1 FROM pg_constraint c WHERE c.conname = i.indexname)",
            [tables],
        )
        found = cursor.fetchall()
        for name, _definition in found:
            cursor.execute(f'DROP INDEX "{name}"')
    yield
    with connection.cursor() as cursor:
        for _name, definition in found:
            cursor.execute(definition)


def fill(size: Size) -> dict[str, float]:
    """Write everything and return the seconds of each part."""
    from django.apps import apps
    from django.db import connection

    with connection.cursor() as cursor:
        # Foreign keys hold by construction; checking 30 million of them would be most of the time.
        cursor.execute(
            "SET session_replication_role = replica; SET work_mem = '256MB'; SET maintenance_work_mem = '1GB'"
        )
    seconds = {}
    parts = (("units", _units), ("members", _members), ("entries", _entries), ("what is followed up", follow_up))
    for name, part in parts:
        begun = time.perf_counter()
        part(size)
        seconds[name] = time.perf_counter() - begun
    begun = time.perf_counter()
    with connection.cursor() as cursor:
        for model in apps.get_models():
            table = model._meta.db_table
            if model._meta.app_label in _FILLED and model._meta.pk.get_internal_type() == "BigAutoField":
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), 1 + COALESCE(MAX(id), 0)) FROM {table}"
                )
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM ANALYZE")
    seconds["vacuum"] = time.perf_counter() - begun
    return seconds


def _units(size: Size) -> None:
    from django.db import connection

    from giaoban.apps.organizations.models import Ancestry, Placement, Unit, UnitEntry, UnitKindSpan, UnitName

    first = {
        "provincial": 2,
        "upper": 2 + size.provinces,
        "grassroots_committee": 2 + size.provinces + size.uppers,
    }
    first["grassroots_cell"] = first["grassroots_committee"] + size.committees
    first["cell"] = first["grassroots_cell"] + size.single_cells
    last = first["cell"] + size.cells - 1
    with connection.cursor() as cursor:
        # Parents are spread evenly, the first province is four times as large as the others.
        cursor.execute(
            f"""CREATE TEMP TABLE u AS SELECT n AS id,
            CASE WHEN n = 1 THEN NULL WHEN n < {first["upper"]} THEN 1
                WHEN n < {first["grassroots_committee"]} THEN
                    CASE WHEN n % 10 = 0 THEN 2 ELSE 2 + (n * 7919) % {size.provinces} END
                WHEN n < {first["cell"]} THEN {first["upper"]} + (n * 7919) % {size.uppers}
                ELSE {first["grassroots_committee"]} + (n * 7919) % {size.committees} END AS parent,
            CASE WHEN n = 1 THEN 'central' WHEN n < {first["upper"]} THEN 'provincial'
                WHEN n < {first["grassroots_committee"]} THEN 'upper'
                WHEN n < {first["grassroots_cell"]} THEN 'grassroots_committee'
                WHEN n < {first["cell"]} THEN 'grassroots_cell' ELSE 'cell' END AS kind
            FROM generate_series(1::bigint, {last}) n"""
        )
    with _without_indexes(Unit, UnitEntry, Placement, UnitName, UnitKindSpan, Ancestry):
        days = {"valid_from": "date '2016-01-01'", "valid_to": "date '9999-12-31'"}
        _insert(Unit, {"id": "id", "code": "'U' || id"}, "u")
        opening = {"effective_date": "date '2016-01-01'", "actor_id": "1", "kind": "'opening'", "subject_id": "id"}
        named = {"name": "'Tổ chức số ' || id", "unit_kind": "kind", "to_parent_id": "parent"}
        _insert(UnitEntry, {**opening, **named}, "u")
        _insert(Placement, {**days, "unit_id": "id", "parent_id": "parent"}, "u")
        _insert(UnitName, {**days, "unit_id": "id", "name": named["name"], "folded": "'to chuc so ' || id"}, "u")
        _insert(UnitKindSpan, {**days, "unit_id": "id", "kind": "kind"}, "u")
        ways = """(WITH RECURSIVE way AS (SELECT id AS low, id AS high, 0 AS depth FROM u
            UNION ALL SELECT way.low, u.parent, way.depth + 1 FROM way JOIN u ON u.id = way.high
            WHERE u.parent IS NOT NULL) SELECT * FROM way) way"""
        _insert(Ancestry, {**days, "ancestor_id": "high", "descendant_id": "low", "depth": "depth"}, ways)


def _members(size: Size) -> None:
    from django.db import connection

    from giaoban.apps.members.models import Member, MembershipSpell, TraitSpan
    from giaoban.apps.members.operations._roll import recount_everything
    from giaoban.core.text_vi import fold, name_sort_key

    rows = [
        (number, name, fold(name), name_sort_key(name))
        for number, name in enumerate(
            f"{family} {middle} {given}" for family in _FAMILIES for middle in _MIDDLES for given in _GIVEN
        )
    ]
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE names (number bigint PRIMARY KEY, name text, folded text, sort_key text)")
        cursor.executemany("INSERT INTO names VALUES (%s, %s, %s, %s)", rows)
        cursor.execute(
            f"""CREATE TEMP TABLE m AS SELECT n AS id, names.name, names.folded, names.sort_key,
            {size.units - size.cells - size.single_cells + 1} + (n * 104729) % {size.cells + size.single_cells} AS unit,
            date '1940-01-01' + ((n * 6151) % 22000)::int AS born,
            n % 33 <> 0 AS official,
            CASE WHEN n % 33 = 0 THEN date '2025-10-01' + (n % 400)::int
                ELSE date '2016-01-01' - (n % 9000)::int END AS joined,
            n % 3 = 0 AS woman
            FROM generate_series(1::bigint, {size.members}) n JOIN names ON number = (n * 7919) % {len(rows)}"""
        )
    with _without_indexes(Member, MembershipSpell, TraitSpan):
        _insert(
            Member,
            {
                "id": "id",
                "full_name": "name",
                "folded_name": "folded",
                "sort_key": "sort_key",
                "birth_date": "born",
                "file_number": "'F' || id",
                "card_number": "'C' || id",
                "unit_id": "unit",
                "state": "CASE WHEN official THEN 'official' ELSE 'probationary' END",
                "admitted_on": "joined",
                "recognised_on": "CASE WHEN official THEN joined + 366 END",
            },
            "m",
        )
        spell = {
            "valid_from": "GREATEST(joined, date '2016-01-01')",
            "valid_to": "date '9999-12-31'",
            "member_id": "id",
            "unit_id": "unit",
            "official": "official",
            "origin": "CASE WHEN official THEN 'opening' ELSE 'admitted' END",
        }
        _insert(MembershipSpell, spell, "m")
        sex = {"valid_from": "date '2016-01-01'", "valid_to": "date '9999-12-31'", "member_id": "id", "trait": "'sex'"}
        _insert(TraitSpan, {**sex, "value": "CASE WHEN woman THEN 'female' ELSE 'male' END"}, "m")
    recount_everything()


def _entries(size: Size) -> None:
    from giaoban.apps.members.models import MemberEntry

    kinds = ("recognised", "card_issued", "transferred", "left", "died", "admitted")
    with _without_indexes(MemberEntry):
        first = {"actor_id": "1", "member_id": "id", "unit_id": "unit", "official": "official"}
        begun = {
            "effective_date": "GREATEST(joined, date '2016-01-01')",
            "kind": "CASE WHEN official THEN 'opening' ELSE 'admitted' END",
        }
        _insert(MemberEntry, {**first, **begun}, "m")
        later = {
            "effective_date": "date '2016-11-01' + ((n * 6007) % 3650)::int",
            "kind": "(ARRAY[" + ", ".join(f"'{kind}'" for kind in kinds) + f"])[1 + (n * 31) % {len(kinds)}]",
            "decision_number": "'QĐ ' || n",
            "from_unit_id": f"CASE WHEN (n * 31) % {len(kinds)} = 2 THEN unit END",
        }
        more = size.entries - size.members - size.letters
        source = f"generate_series(1::bigint, {more}) n JOIN m ON m.id = 1 + (n * 15485863) % {size.members}"
        _insert(MemberEntry, {**first, **later}, source)


def follow_up(size: Size) -> None:
    """Write what worklists look for among much that is done: letters, absences, offices, badges, reviews; sums."""
    from django.db import connection, transaction

    from giaoban.apps.members.operations._badges import note_all_badges
    from giaoban.apps.members.operations._followed import tell_followed_anew
    from giaoban.apps.members.operations._letters import note_all_letters
    from giaoban.apps.members.operations._whereabouts import note_all_whereabouts
    from giaoban.apps.organizations.operations._sums import sum_everything_anew

    _letters(size)
    _absences()
    _offices(size)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # without it one of these statements looks at all badges for each member
    note_all_letters()
    note_all_badges()
    note_all_whereabouts()
    with transaction.atomic():
        sum_everything_anew()
        tell_followed_anew()


def _letters(size: Size) -> None:
    """Half of these entries are letters, and of them one in forty was not answered yet.

    What is chosen by a remainder of its key falls into the same few units, since these repeat: hashes spread it.
    """
    from django.db import connection

    from giaoban.apps.members.models import MemberEntry

    half = size.letters // 2
    with connection.cursor() as cursor:
        cursor.execute("SELECT MAX(id) FROM members_memberentry")
        (last,) = cursor.fetchone()
        cursor.execute(
            f"""CREATE TEMP TABLE letter AS SELECT n, {last} + n AS id, members_member.id AS member, unit_id AS unit,
            hashint8(n) % 40 = 0 AS open,
            CASE WHEN hashint8(n) % 40 = 0 THEN date '2026-11-23' - (n % 90)::int
                ELSE date '2016-11-01' + ((n * 6007) % 3580)::int END AS day
            FROM generate_series(1::bigint, {half}) n
            JOIN members_member ON members_member.id = 1 + (n * 32452843) % {size.members}"""
        )
    both = {"actor_id": "1", "member_id": "member", "from_unit_id": "unit", "official": "true"}
    # A neighbour in the numbering stands under another committee.
    goal = "CASE WHEN unit % 2 = 0 THEN unit - 1 ELSE unit END"
    with _without_indexes(MemberEntry):
        sent = {"id": "id", "kind": "'transfer_sent'", "unit_id": "unit", "to_unit_id": goal, "effective_date": "day"}
        _insert(MemberEntry, {**both, **sent}, "letter")
        answer = {"id": f"id + {half}", "kind": "'transferred'", "unit_id": goal, "to_unit_id": goal, "sent_id": "id"}
        _insert(MemberEntry, {**both, **answer, "effective_date": "day + 30"}, "letter WHERE NOT open")


def _absences() -> None:
    """One in thirty is exempt, half of them with an end; one in forty is away."""
    from giaoban.apps.members.models import AbsenceSpan

    with _without_indexes(AbsenceSpan):
        exempt = {
            "member_id": "id",
            "kind": "'exempt'",
            "valid_from": "date '2021-01-01' + (id % 1500)::int",
            "valid_to": "CASE WHEN id % 2 = 0 THEN date '2025-03-02' + (id % 1000)::int ELSE date '9999-12-31' END",
            "until": "CASE WHEN id % 2 = 0 THEN date '2025-03-01' + (id % 1000)::int END",
        }
        _insert(AbsenceSpan, exempt, "members_member WHERE hashint8(id) % 30 = 0 AND state = 'official'")
        away = {
            "member_id": "id",
            "kind": "'away'",
            "valid_from": "date '2023-01-01' + (id % 1000)::int",
            "valid_to": "CASE WHEN id % 3 = 0 THEN date '2025-12-01' ELSE date '9999-12-31' END",
            "place": "'Bình Dương'",
            "last_contact": "date '2026-07-01' + (id % 140)::int",
        }
        _insert(AbsenceSpan, away, "members_member WHERE hashint8(id + 1) % 40 = 0 AND state = 'official'")


def _offices(size: Size) -> None:
    """Each unit had a secretary in each of three terms, and one in fifty has none now; badges of the last ten years."""
    from giaoban.apps.members.models import HonourEntry, OfficeTerm
    from giaoban.apps.organizations.models import TermEntry

    first_cell = size.units - size.cells - size.single_cells
    terms = "(VALUES (0, date '2016-01-01', date '2020-06-01'), (1, date '2020-06-01', date '2025-06-01'), " + (
        "(2, date '2025-06-01', date '9999-12-31')) t (turn, begun, ended)"
    )
    offices = "(VALUES ('secretary', 0), ('deputy_secretary', 1), ('committee_member', 2)) o (office, place)"
    with _without_indexes(OfficeTerm, HonourEntry, TermEntry):
        held = {"valid_from": "begun", "valid_to": "ended", "office": "office", "unit_id": "u.id"}
        somebody = f"1 + (u.id * 17 + place + turn * 5) % {size.members}"
        source = f"organizations_unit u, {terms}, {offices} WHERE hashint8(u.id) % 50 <> 0 OR turn < 2 OR place > 0"
        _insert(OfficeTerm, {**held, "member_id": somebody}, source)
        term = {"actor_id": "1", "unit_id": "u.id", "kind": "'congress'", "effective_date": "begun"}
        sized = {"name": "'Nhiệm kỳ ' || turn", "committee_size": f"CASE WHEN u.id < {first_cell} THEN 3 END"}
        _insert(TermEntry, {**term, **sized}, f"organizations_unit u, {terms}")
        badge = {
            "actor_id": "1",
            "member_id": "id",
            "unit_id": "unit_id",
            "kind": "'badge_awarded'",
            "years": "years",
            "effective_date": "(admitted_on + years * interval '1 year')::date",
        }
        due = "(VALUES (30), (40), (45), (50), (55)) y (years)"
        since = "admitted_on + years * interval '1 year' BETWEEN '2016-01-01' AND '2026-09-01'"
        most = "state = 'official' AND hashint8(id + 2) % 200 <> 0"
        _insert(HonourEntry, badge, f"members_member, {due} WHERE {most} AND {since}")
