"""Members who come or go because their unit changes its place: no entry of theirs says so, the tree does (decision D5).

On the day on which a unit's way up changes, it takes along the members of the day before; if it ceases to stand, those
who are left when the day's transfers are done; if it comes from outside, those whom it has and those whose opening
entry is of that day. A unit that was there when the register was opened brings nobody: its opening entries are the
opening balance (decision D6), the fact ``members_opened``.

Where a unit ends or is split its members follow into another by an entry of their own (``followed``): they go with
units too, but from one unit to another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db import connection

from giaoban.apps.members.models import MemberEntry, MemberEvent
from giaoban.apps.organizations.queries.tally import counted, ever_under, in_windows, line_note
from giaoban.core.period import Window
from giaoban.figures import FlowAsk, Line, Tally

MOVED = "members_moved"
OPENED = "members_opened"
_LABELS = {MOVED: "Đảng viên theo tổ chức", OPENED: "Có trong danh sách khi bắt đầu dùng sổ"}

# A unit stands on a day where its row of depth 0 covers it; on the eve where that row begins before and does not end
# before the day. Both engines take this text as it is.
_SQL = """
WITH below AS (
    SELECT DISTINCT a.descendant_id AS unit_id FROM organizations_ancestry a
    JOIN organizations_unit top ON top.id = a.ancestor_id WHERE top.code IN ({units})
), changed AS (
    SELECT a.descendant_id AS unit_id, a.valid_from AS day FROM organizations_ancestry a
    WHERE a.descendant_id IN (SELECT unit_id FROM below) AND ({starts})
    UNION
    SELECT a.descendant_id, a.valid_to FROM organizations_ancestry a
    WHERE a.descendant_id IN (SELECT unit_id FROM below) AND ({ends})
), placed AS (
    SELECT changed.unit_id, changed.day,
        EXISTS (SELECT 1 FROM organizations_ancestry a WHERE a.descendant_id = changed.unit_id AND a.depth = 0
            AND a.valid_from < changed.day AND a.valid_to >= changed.day) AS stood,
        EXISTS (SELECT 1 FROM organizations_ancestry a WHERE a.descendant_id = changed.unit_id AND a.depth = 0
            AND a.valid_from <= changed.day AND a.valid_to > changed.day) AS stands,
        EXISTS (SELECT 1 FROM organizations_unitentry e
            LEFT JOIN organizations_unitentry c ON c.corrects_id = e.id
            WHERE e.subject_id = changed.unit_id AND e.effective_date = changed.day AND e.kind = 'opening'
            AND c.id IS NULL AND NOT e.void) AS opened
    FROM changed
), openings AS (
    SELECT e.unit_id, e.effective_date AS day FROM members_memberentry e
    LEFT JOIN members_memberentry c ON c.corrects_id = e.id
    WHERE e.kind = 'opening' AND NOT e.void AND c.id IS NULL AND NOT EXISTS (SELECT 1 FROM members_memberalias j
        WHERE j.other_id = e.member_id AND j.undone_at IS NULL AND NOT j.takes_history)
        AND e.unit_id IN (SELECT unit_id FROM below) AND ({opened})
), found AS (
    SELECT 'members_moved' AS fact, placed.unit_id, placed.day FROM placed
    JOIN members_membershipspell s ON s.unit_id = placed.unit_id
    WHERE (placed.stands AND s.valid_from < placed.day AND s.valid_to >= placed.day)
        OR (NOT placed.stands AND s.valid_from <= placed.day AND s.valid_to > placed.day)
    UNION ALL
    SELECT CASE WHEN placed.unit_id IS NULL OR placed.stood OR placed.opened
        THEN 'members_opened' ELSE 'members_moved' END, openings.unit_id, openings.day
    FROM openings LEFT JOIN placed ON placed.unit_id = openings.unit_id AND placed.day = openings.day
)
SELECT found.fact, unit.code, found.day, {eve} AS eve, COUNT(*) FROM found {place}
GROUP BY found.fact, unit.code, found.day, eve ORDER BY found.day, unit.code
"""
_OWN_PLACE = "JOIN organizations_unit unit ON unit.id = found.unit_id"
# The anchor on the day, or, of a unit that ceased to stand that day, on the eve (`queries.tally.place_of`).
_ANCHOR = """
JOIN organizations_ancestry p ON p.descendant_id = found.unit_id
    AND ((p.valid_from <= found.day AND p.valid_to > found.day)
        OR (p.valid_from < found.day AND p.valid_to = found.day AND NOT EXISTS (SELECT 1 FROM organizations_ancestry o
            WHERE o.descendant_id = found.unit_id AND o.depth = 0
            AND o.valid_from <= found.day AND o.valid_to > found.day)))
JOIN organizations_unit unit ON unit.id = p.ancestor_id
    AND (unit.code IN ({whole}) OR (p.depth = 0 AND unit.code IN ({own})))
"""


def moved_tallies(ask: FlowAsk) -> Iterator[Tally]:
    """Return how many came or went with each unit on each day, and how many came by an opening balance."""
    for fact, unit, day, eve, number in _rows(ask):
        if fact in ask.facts:
            yield Tally(fact, day, unit, None, (), number, eve)
    if MOVED in ask.facts:
        for day, from_unit, unit, number in counted(
            _followed(ask), "effective_date", "from_unit__code", "to_unit__code"
        ):
            yield Tally(MOVED, day, unit, from_unit, (), number)


def moved_lines(ask: FlowAsk) -> Iterator[tuple[Tally, Line]]:
    """Return one line for each unit and day with the number of members, and one for each member who followed."""
    for fact, unit, day, _eve, number in _rows(ask):
        if fact in ask.facts:
            line = Line(f"{fact}:{unit}:{day}", day, _LABELS[fact], unit, "", number)
            yield Tally(fact, day, unit, None, (), number), line
    for entry in (
        _followed(ask).select_related("member", "from_unit", "to_unit").in_order() if MOVED in ask.facts else ()
    ):
        unit, from_unit = entry.to_unit.code, entry.from_unit.code
        line = Line(
            str(entry.uid),
            entry.effective_date,
            entry.get_kind_display(),
            unit,
            entry.member.full_name,
            from_unit=from_unit,
            note=line_note(entry),
            subject_ref=str(entry.member.uid),
        )
        yield Tally(MOVED, entry.effective_date, unit, from_unit, (), 1), line


def _followed(ask: FlowAsk) -> Any:
    under = ever_under(ask.under, "from_unit", "to_unit")
    return MemberEntry.objects.counted().filter(in_windows(ask.windows), under, kind=MemberEvent.FOLLOWED)


def _rows(ask: FlowAsk) -> Iterator[tuple[str, str, date, bool, int]]:
    bounds: list[Any] = [
        connection.ops.adapt_datefield_value(day) for window in ask.windows for day in (window.start, window.end)
    ]
    whole, own = (ask.anchors.whole, ask.anchors.own) if ask.anchors is not None else ((), ())
    named = _ANCHOR.format(whole=_several(whole), own=_several(own))
    text = _SQL.format(
        units=_several(ask.under),
        eve="CASE WHEN p.valid_to = found.day THEN 1 ELSE 0 END" if ask.anchors is not None else "0",
        place=named if ask.anchors is not None else _OWN_PLACE,
        starts=_within("a.valid_from", ask.windows),
        ends=_within("a.valid_to", ask.windows),
        opened=_within("e.effective_date", ask.windows),
    )
    with connection.cursor() as cursor:
        cursor.execute(text, [*ask.under, *bounds, *bounds, *bounds, *whole, *own])
        for fact, unit, day, eve, number in cursor.fetchall():
            # SQLite has no type for dates: what is computed comes back as the stored text.
            yield fact, unit, date.fromisoformat(day) if isinstance(day, str) else day, bool(eve), number


def _several(codes: Sequence[str]) -> str:
    # An empty list is no SQL; NULL is in none.
    return ", ".join(["%s"] * len(codes)) or "NULL"


def _within(column: str, windows: Sequence[Window]) -> str:
    return " OR ".join(f"({column} >= %s AND {column} < %s)" for _window in windows)
