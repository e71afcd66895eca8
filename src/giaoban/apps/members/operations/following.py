"""What hangs on units in this register follows their acts: members, candidates, offices, who follows which unit."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from django.db.models import Exists, OuterRef, Q

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.members.models import (
    Candidate,
    CandidateState,
    MemberEntry,
    MemberEvent,
    MembershipSpell,
    OfficeEntry,
    OfficeEvent,
    OfficeTerm,
    VisitAssignment,
)
from giaoban.apps.members.operations._projection import rebuild_members
from giaoban.apps.members.operations.drafts import EntryDraft, OfficeDraft
from giaoban.apps.members.operations.entries import check_places, write_entries
from giaoban.apps.members.operations.offices import record_office_events, taken_back
from giaoban.apps.organizations.kinds import Office, kinds
from giaoban.apps.organizations.models import ActEffect, Ancestry, UnitEvent, UnitKindSpan, on_day
from giaoban.apps.organizations.operations.acts.depending import recorded_since
from giaoban.apps.organizations.operations.acts.draft import KEEP
from giaoban.apps.organizations.operations.acts.following import Doing, Hindrance, units_by_code
from giaoban.apps.organizations.operations.acts.places import touched_units
from giaoban.apps.organizations.operations.acts.recording import MARKS
from giaoban.apps.organizations.permissions import require
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import InvalidInput
from giaoban.core.text_vi import quoted


class OfficeFollower:
    """Offices in a unit that ends, end with it."""

    key = "offices"

    def __init__(self, doing: Doing) -> None:
        self._doing = doing

    def before(self) -> None:
        """End them while the unit stands."""
        doing = self._doing
        terms = OfficeTerm.objects.filter(unit__code__in=doing.ended, valid_to__gt=doing.day).select_related(
            "member", "unit"
        )
        drafts = []
        for term in terms.order_by("unit__code", "pk"):
            if term.valid_from >= doing.day:
                raise InvalidInput(
                    f"{term.member.full_name} giữ chức vụ tại {term.unit.code} từ ngày {format_date(term.valid_from)}",
                    where=term.unit.code,
                    expected=f"không có chức vụ nào bắt đầu từ ngày đơn vị kết thúc ({format_date(doing.day)})",
                    hint="Đính chính ngày nhận chức vụ, hoặc chọn ngày sau đó",
                )
            drafts.append(
                OfficeDraft(
                    term.member, term.unit, Office(term.office), OfficeEvent.ENDED, doing.day, doing.draft.decision
                )
            )
        for entry in record_office_events(act=doing.act, drafts=drafts) if drafts else ():
            doing.note(self.key, entry, f"{entry.unit.code} {entry.office} {entry.member.uid}")

    def after(self) -> None:
        """Nothing: the offices have ended."""

    @classmethod
    def undo(cls, act: Act, effects: Sequence[ActEffect]) -> None:
        """Let them hold their offices again."""
        refs = [one.ref for one in effects]
        entries = OfficeEntry.objects.live().filter(uid__in=refs).select_related("member", "unit")
        record_office_events(act=act, drafts=[taken_back(entry) for entry in entries])

    @classmethod
    def hindrances(cls, effects: Sequence[ActEffect]) -> Iterable[Hindrance]:
        """Nothing of their own: a unit that ended has no offices any more."""
        return ()


class MemberFollower:
    """Members of a cell that ends, or of which a part is split off, follow into another (``FOLLOWED``)."""

    key = "members"

    def __init__(self, doing: Doing) -> None:
        self._doing = doing
        self._spells: list[MembershipSpell] = []

    def before(self) -> None:
        """Find who is concerned; the right is asked where they stand."""
        doing = self._doing
        cells = {*self._left(), *doing.draft.members_to}
        spells = MembershipSpell.objects.filter(on_day(doing.day), unit__code__in=cells)
        named = MembershipSpell.objects.filter(on_day(doing.day), member__uid__in=doing.draft.members)
        found = {
            spell.pk: spell
            for rows in (spells, named)
            for spell in rows.select_related("member", "unit").order_by("unit__code", "member__sort_key", "pk")
        }
        self._spells = list(found.values())
        self._refuse_what_happened_later()
        require(doing.act, "organizations_manage", {spell.unit_id: spell.unit for spell in self._spells}.values())

    def _refuse_what_happened_later(self) -> None:
        """What was recorded of a cell after the day of the act would be recorded of a cell that is no more."""
        doing = self._doing
        about = Q(unit__code__in=self._left()) | Q(from_unit__code__in=self._left())
        later = MemberEntry.objects.live().filter(about, effective_date__gt=doing.day).select_related("member", "unit")
        for entry in later.in_order()[:1]:
            raise InvalidInput(
                f"Sau ngày {format_date(doing.day)} đã ghi việc của {entry.member.full_name} tại {entry.unit.code}: "
                f"{entry.get_kind_display().lower()} ngày {format_date(entry.effective_date)}",
                where=entry.unit.code,
                expected="ngày sau lần ghi cuối cùng của đơn vị kết thúc, hoặc đính chính lần ghi đó trước",
            )

    def _left(self) -> set[str]:
        """Return the cells in which nobody can stay: those that end or become a kind without members."""
        changed = {
            one.code
            for one in self._doing.events
            if one.kind == UnitEvent.KIND_CHANGED and not kinds()[one.unit_kind].members
        }
        return {*self._doing.emptied, *changed}

    def after(self) -> None:
        """Write where they stand from now on."""
        doing, goals = self._doing, self._goals()
        units = units_by_code(goals.values())
        drafts = []
        for spell in self._spells:
            goal = goals.get(spell.pk)
            if goal is None:
                continue
            if goal not in units:
                raise InvalidInput(
                    f"Không có đơn vị mang mã {quoted(goal)}",
                    where=spell.member.full_name,
                    expected="mã của một chi bộ",
                )
            drafts.append(
                EntryDraft(
                    spell.member,
                    MemberEvent.FOLLOWED,
                    doing.day,
                    units[goal],
                    from_unit=spell.unit,
                    to_unit=units[goal],
                    decision=doing.draft.decision,
                )
            )
        if not drafts:
            return
        require(doing.act, "organizations_manage", units.values())
        check_places(drafts)
        entries = write_entries(doing.act, drafts)
        rebuild_members(draft.member.pk for draft in drafts)
        for entry, draft in zip(entries, drafts, strict=True):
            assert draft.from_unit is not None
            doing.note(self.key, entry, f"{draft.member.uid} {draft.from_unit.code} {draft.unit.code}")

    def _goals(self) -> dict[int, str]:
        """Return for each spell the cell into which its member follows; nothing where they stay."""
        doing = self._doing
        heirs = {code: heir for code, heir in doing.heirs.items() if heir in self._cells(doing.heirs.values())}
        left = self._left()
        goals: dict[int, str] = {}
        lost: dict[str, int] = {}
        for spell in self._spells:
            code = spell.unit.code
            goal = doing.draft.members.get(spell.member.uid) or doing.draft.members_to.get(code) or heirs.get(code, "")
            if goal and goal not in (KEEP, code):
                goals[spell.pk] = goal
            elif code in left:
                lost[code] = lost.get(code, 0) + 1
        for code, number in lost.items():
            raise InvalidInput(
                f"Chưa định nơi sinh hoạt mới của {number} đảng viên ở {code}",
                where=code,
                expected="chi bộ mà đảng viên chuyển đến cùng việc này",
            )
        return goals

    def _cells(self, codes: Collection[str]) -> set[str]:
        holding = [kind.code for kind in kinds().values() if kind.members]
        spans = UnitKindSpan.objects.filter(on_day(self._doing.day), unit__code__in=set(codes), kind__in=holding)
        return set(spans.values_list("unit__code", flat=True))

    @classmethod
    def undo(cls, act: Act, effects: Sequence[ActEffect]) -> None:
        """Void the entries."""
        entries = MemberEntry.objects.live().filter(uid__in=[one.ref for one in effects])
        drafts = [
            EntryDraft(
                entry.member,
                MemberEvent(entry.kind),
                entry.effective_date,
                entry.unit,
                from_unit=entry.from_unit,
                to_unit=entry.to_unit,
                corrects=entry.uid,
                void=True,
            )
            for entry in entries.select_related("member", "unit", "from_unit", "to_unit")
        ]
        write_entries(act, drafts)
        rebuild_members(draft.member.pk for draft in drafts)

    @classmethod
    def hindrances(cls, effects: Sequence[ActEffect]) -> Iterable[Hindrance]:
        """Whatever was recorded since of those who followed."""
        refs = {one.ref for one in ActEffect.objects.filter(event=effects[0].event)}
        kept = ActEffect.objects.filter(event=effects[0].event, follower=MARKS).first()
        members = set(MemberEntry.objects.filter(uid__in=[one.ref for one in effects]).values_list("member", flat=True))
        return recorded_since("members.Member", members, kept.detail if kept is not None else {}, refs)


class CandidateFollower:
    """People whom a cell that ends considers for admission go on with most of its members."""

    key = "candidates"

    def __init__(self, doing: Doing) -> None:
        self._doing = doing

    def before(self) -> None:
        """Nothing: they go when it is known where."""

    def after(self) -> None:
        """Give them the cell that goes on, or that was named for the cell's members."""
        doing = self._doing
        rows = Candidate.objects.filter(unit__code__in=doing.emptied, state=CandidateState.PREPARING)
        waiting = list(rows.select_related("unit").order_by("unit__code", "pk"))
        units = units_by_code({*doing.draft.members_to.values(), *doing.heirs.values()})
        trail = []
        for one in waiting:
            code = one.unit.code
            goal = doing.draft.members_to.get(code) or doing.heirs.get(code, "")
            if goal not in units:
                raise InvalidInput(
                    f"{code} đang xem xét kết nạp {one.full_name}",
                    where=code,
                    expected="chi bộ tiếp tục xem xét: chọn nơi đến chung của đảng viên chi bộ này",
                )
            doing.note(self.key, one, f"{one.uid} {code} {goal}", unit=one.unit_id, goal=units[goal].pk)
            Candidate.objects.filter(pk=one.pk).update(unit=units[goal])
            trail.append(Happening("members.candidate_followed", "candidate", str(one.uid), goal, {"from": code}))
        write_trail(doing.act, trail)

    @classmethod
    def undo(cls, act: Act, effects: Sequence[ActEffect]) -> None:
        """Give them back to their cell."""
        for effect in effects:
            Candidate.objects.filter(uid=effect.ref).update(unit_id=effect.detail["unit"])
        write_trail(act, [Happening("members.candidate_returned", "candidate", one.ref) for one in effects])

    @classmethod
    def hindrances(cls, effects: Sequence[ActEffect]) -> Iterable[Hindrance]:
        """Steps that were recorded since."""
        kept = ActEffect.objects.filter(event=effects[0].event, follower=MARKS).first()
        people = set(Candidate.objects.filter(uid__in=[one.ref for one in effects]).values_list("pk", flat=True))
        return recorded_since("members.Candidate", people, kept.detail if kept is not None else {}, ())


class VisitFollower:
    """Who follows a unit for a committee does so while it stands below that committee."""

    key = "visits"

    def __init__(self, doing: Doing) -> None:
        self._doing = doing

    def before(self) -> None:
        """Nothing: the assignment ends with the place."""

    def after(self) -> None:
        """End the assignments that hold no more."""
        day = self._doing.day
        above = Ancestry.objects.filter(on_day(day), descendant=OuterRef("unit"), ancestor=OuterRef("owner"))
        lost = VisitAssignment.objects.filter(
            ~Exists(above), unit__in=touched_units(self._doing), valid_from__lt=day, valid_to__gt=day
        )
        for row in lost.select_related("unit", "member").order_by("pk"):
            self._doing.note(self.key, row, f"{row.unit.code} {row.member.uid}", to=row.valid_to.isoformat())
            VisitAssignment.objects.filter(pk=row.pk).update(valid_to=day)
            write_trail(self._doing.act, [Happening("visits.ended", "visit", str(row.uid), row.unit.code)])

    @classmethod
    def undo(cls, act: Act, effects: Sequence[ActEffect]) -> None:
        """Let them hold again."""
        for effect in effects:
            end = date.fromisoformat(effect.detail["to"])
            VisitAssignment.objects.filter(uid=effect.ref).update(valid_to=end)
        write_trail(act, [Happening("visits.restored", "visit", one.ref) for one in effects])

    @classmethod
    def hindrances(cls, effects: Sequence[ActEffect]) -> Iterable[Hindrance]:
        """Nothing: an assignment that ended can be made anew, not changed."""
        return ()


FOLLOWERS = (OfficeFollower, MemberFollower, CandidateFollower, VisitFollower)
