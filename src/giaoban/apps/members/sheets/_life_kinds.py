"""The sheets of absences, honours, grades and conclusions: what a row must keep to, and the drafts that come of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from giaoban.apps.audit.act import Act
from giaoban.apps.members.models import (
    AbsenceEntry,
    AbsenceEvent,
    Grade,
    HonourEntry,
    HonourEvent,
    Member,
    RatingEntry,
    VettingEntry,
    VettingPurpose,
)
from giaoban.apps.members.operations import (
    AbsenceDraft,
    HonourDraft,
    RatingDraft,
    VettingDraft,
    record_absence_entries,
    record_honour_entries,
    record_ratings,
    record_vetting_entries,
)
from giaoban.apps.members.operations._absence_replay import AbsenceFact, AbsenceWalk
from giaoban.apps.members.operations._badge_check import BadgeClaim, BadgeDesk, BadgesKnown, look_badges
from giaoban.apps.members.operations.honours import BADGES
from giaoban.apps.members.queries.standing import NOWHERE, Stands
from giaoban.apps.members.sheets import life_columns as told
from giaoban.apps.members.sheets._life_kind import LifeKind, Planned, Recorded, misused, parts_of
from giaoban.apps.organizations.models import Unit
from giaoban.apps.sheets.columns import YES_NO
from giaoban.apps.sheets.importing import RowFault
from giaoban.apps.sheets.reading import SheetRow
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import InvalidInput


class AbsenceKinds(LifeKind):
    """Exemptions and absences."""

    key, label = "absences", "Miễn sinh hoạt, đi xa"
    columns, guide = told.ABSENCE_COLUMNS, told.ABSENCE_GUIDE
    model = AbsenceEntry
    own = ("kind", "until", "place", "abroad")
    words = {"kind": told.ABSENCES, "abroad": YES_NO}

    def row_values(self, row: SheetRow) -> dict[str, Any]:
        """A blank «abroad» means at home."""
        return super().row_values(row) | {"abroad": bool(row["abroad"])}

    def check(self, row: SheetRow) -> Iterator[RowFault]:
        """A place belongs to going away, a last day to what has one."""
        kind = row["kind"]
        if kind is None:
            return
        label = told.ABSENCES[kind]
        if kind == AbsenceEvent.AWAY and not row["place"] and "place" not in row.broken:
            yield RowFault(row.number, "place", f"Chưa điền, việc «{label}» cần", "tên địa phương, ví dụ Bình Dương")
        if kind != AbsenceEvent.AWAY:
            yield from misused(row, ("place", "abroad") if row["abroad"] else ("place",), label)
        if kind not in (AbsenceEvent.AWAY, AbsenceEvent.EXEMPTED):
            yield from misused(row, ("until",), label)

    def judge(
        self, planned: Sequence[Planned], recorded: Sequence[Recorded], stands: Mapping[int, Stands], more: Any
    ) -> Iterator[RowFault]:
        """Walk through the journal as it would be."""
        walk = AbsenceWalk(planned[0].name)
        odd = _odd_already(recorded)
        steps: list[tuple[tuple[date, int, int], Planned | Recorded]] = [
            *(((one.values["day"], 0, one.pk), one) for one in recorded),
            *(((one.values["day"], 1, one.row), one) for one in planned),
        ]
        last = planned[0].row
        for _order, one in sorted(steps, key=lambda step: step[0]):
            last = one.row if isinstance(one, Planned) else last
            values = one.values
            try:
                walk.apply(_absence_fact(values))
            except InvalidInput as error:
                if isinstance(one, Recorded) and one.pk in odd:
                    continue
                message = error.message
                if isinstance(one, Recorded):
                    when = format_date(values["day"])
                    message = f"Cùng với dòng này, lần ghi đã có ngày {when} không còn đúng: {message}"
                yield RowFault(last, "day", message, error.expected)

    def draft(self, planned: Planned, member: Member | None, unit: Unit) -> AbsenceDraft:
        """Later entries of a day come after earlier ones, whatever is recorded."""
        assert member is not None
        values = planned.values
        return AbsenceDraft(
            member,
            AbsenceEvent(values["kind"]),
            values["day"],
            values["until"],
            values["place"],
            values["abroad"],
            planned.decision,
            values["ref"],
        )

    def record(self, act: Act, drafts: list[Any]) -> None:
        """This function will record drafts."""
        record_absence_entries(act=act, drafts=drafts)


def _absence_fact(values: Mapping[str, Any]) -> AbsenceFact:
    return AbsenceFact(values["kind"], values["day"], values["until"], values["place"], values["abroad"])


def _odd_already(recorded: Sequence[Recorded]) -> set[int]:
    """The keys of entries that could not be before any row came: no row is to blame for them."""
    walk, odd = AbsenceWalk(""), set()
    for one in sorted(recorded, key=lambda one: (one.values["day"], one.seq, one.pk)):
        try:
            walk.apply(_absence_fact(one.values))
        except InvalidInput:
            odd.add(one.pk)
    return odd


class HonourKinds(LifeKind):
    """Commendations and badges."""

    key, label = "honours", "Khen thưởng, Huy hiệu Đảng"
    columns, guide = told.HONOUR_COLUMNS, told.HONOUR_GUIDE
    model = HonourEntry
    own = ("kind", "reason", "level", "form", "years", "round", "how")
    words = {
        "kind": told.HONOURS,
        "reason": told.REASONS,
        "level": told.LEVELS,
        "form": told.FORMS,
        "how": told.HOW,
    }
    of_units = True

    def entry_values(self, entry: Any) -> dict[str, Any]:
        """How a badge was given is one word in a sheet."""
        entry.how = "posthumous" if entry.posthumous else "early" if entry.early else "regular"
        return super().entry_values(entry)

    def row_values(self, row: SheetRow) -> dict[str, Any]:
        """A blank way is the regular one."""
        return super().row_values(row) | {"how": row["how"] or "regular"}

    def key_of(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        """Two badges may come on one decision."""
        return (*super().key_of(values), values["years"], values["reason"])

    def check(self, row: SheetRow) -> Iterator[RowFault]:
        """A badge has years and a round, a commendation a reason, «bốn tốt» a unit."""
        kind = row["kind"]
        if kind is None:
            return
        label = told.HONOURS[kind]
        badge = kind in BADGES
        four_goods = kind == HonourEvent.FOUR_GOODS
        needed = {"reason": "một thành tích trong danh mục"}
        if badge:
            needed = {"years": "số năm, ví dụ 30", "round": "đợt kèm năm, ví dụ 3/2/2023"}
        elif four_goods:
            needed = {"unit": "mã chi bộ, đảng bộ cơ sở được công nhận"}
        for key, expected in needed.items():
            if row[key] in ("", None) and key not in row.broken:
                yield RowFault(row.number, key, f"Chưa điền, việc «{label}» cần", expected)
        how = () if row["how"] == "regular" else ("how",)
        yield from misused(row, ("reason", "form") if badge else ("years", "round", *how), label)
        if four_goods:
            yield from misused(row, ("reason", "form"), label)
        if badge and row["unit"]:
            yield RowFault(row.number, "unit", "Huy hiệu Đảng tặng cho đảng viên", "ô trống, và số của đảng viên")

    def place(self, values: Mapping[str, Any], stands: Stands) -> int | None:
        """Of somebody who died, where they stood last."""
        if values["how"] == "posthumous":
            found = stands.on_or_last(values["day"])
            return None if found is None else found.unit
        return super().place(values, stands)

    def look_more(self, members: Sequence[int], units: Iterable[int]) -> tuple[BadgesKnown, dict[int, Member]]:
        """Return the rules of badges, party ages, and the badges that are recorded."""
        people: dict[int, Member] = {}
        for part in parts_of(members):
            people |= Member.objects.in_bulk(part)
        return look_badges(list(people.values()), list(units)), people

    def judge(
        self, planned: Sequence[Planned], recorded: Sequence[Recorded], stands: Mapping[int, Stands], more: Any
    ) -> Iterator[RowFault]:
        """Ask the dated rules and the party age."""
        known, people = more
        desk = BadgeDesk(known)
        for one in planned:
            values = one.values
            if values["kind"] not in BADGES:
                continue
            how, event = values["how"], HonourEvent(values["kind"])
            claim = BadgeClaim(
                people[one.member],
                event,
                values["years"],
                values["round"],
                values["day"],
                how == "early",
                how == "posthumous",
            )
            rows = stands.get(one.member, NOWHERE).rows
            try:
                desk.check(claim, one.unit, rows[-1].end if rows else None)
            except InvalidInput as error:
                key = "round" if error.where == "Đợt" else "years"
                yield RowFault(one.row, key, error.message, error.expected)

    def draft(self, planned: Planned, member: Member | None, unit: Unit) -> HonourDraft:
        """Return the draft."""
        values = planned.values
        return HonourDraft(
            HonourEvent(values["kind"]),
            values["day"],
            member,
            None if member is not None else unit,
            values["level"],
            values["form"],
            values["reason"],
            values["years"],
            values["round"],
            values["how"] == "early",
            values["how"] == "posthumous",
            planned.decision,
            values["ref"],
        )

    def record(self, act: Act, drafts: list[Any]) -> None:
        """This function will record drafts."""
        record_honour_entries(act=act, drafts=drafts)


class RatingKinds(LifeKind):
    """Yearly grades."""

    key, label = "ratings", "Đánh giá, xếp loại"
    columns, guide = told.RATING_COLUMNS, told.RATING_GUIDE
    model = RatingEntry
    own = ("year", "grade")
    words = {"grade": told.GRADES}
    of_units = True

    def right(self, what: str) -> str:
        """The grade of an organisation is the level above's to decide."""
        return "organizations_manage" if what == "unit" else "members_record"

    def key_of(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        """One grade a year."""
        return (values["year"],)

    def check(self, row: SheetRow) -> Iterator[RowFault]:
        """A year is rated in it or after it."""
        if row["day"] and row["year"] and row["day"].year < row["year"]:
            message = f"Ngày xếp loại {format_date(row['day'])} trước năm {row['year']}"
            yield RowFault(row.number, "day", message, f"ngày từ năm {row['year']}")

    def place(self, values: Mapping[str, Any], stands: Stands) -> int | None:
        """Where they stood at the end of the year, or last in it."""
        asked = min(values["day"], date(values["year"], 12, 31))
        found = stands.on_or_first(asked) or stands.on_or_last(asked)
        return None if found is None or found.end <= date(values["year"], 1, 1) else found.unit

    def draft(self, planned: Planned, member: Member | None, unit: Unit) -> RatingDraft:
        """Return the draft."""
        values = planned.values
        return RatingDraft(
            values["year"],
            Grade(values["grade"]),
            values["day"],
            member,
            None if member is not None else unit,
            planned.decision,
            values["ref"],
        )

    def record(self, act: Act, drafts: list[Any]) -> None:
        """This function will record drafts."""
        record_ratings(act=act, drafts=drafts)


class VettingKinds(LifeKind):
    """Conclusions on the political standard, of members; those of candidates come with their steps."""

    key, label = "vetting", "Kết luận tiêu chuẩn chính trị"
    columns, guide = told.VETTING_COLUMNS, told.VETTING_GUIDE
    model = VettingEntry
    own = ("purpose",)
    words = {"purpose": told.PURPOSES}

    def draft(self, planned: Planned, member: Member | None, unit: Unit) -> VettingDraft:
        """Return the draft."""
        values = planned.values
        return VettingDraft(
            VettingPurpose(values["purpose"]), values["day"], member, None, planned.decision, values["ref"]
        )

    def record(self, act: Act, drafts: list[Any]) -> None:
        """This function will record drafts."""
        record_vetting_entries(act=act, drafts=drafts)
