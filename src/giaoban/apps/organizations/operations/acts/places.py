"""Followers for clusters and sectors, official codes, and grants."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.organizations.models import (
    OPEN_END,
    ActEffect,
    Ancestry,
    Grant,
    Group,
    GroupMembership,
    OfficialCode,
    Unit,
    on_day,
)
from giaoban.apps.organizations.operations.acts.draft import END, KEEP
from giaoban.apps.organizations.operations.acts.following import Doing, Hindrance, key_of, units_by_code
from giaoban.apps.organizations.operations.grants import GrantTerms, end_grant, give_grant
from giaoban.apps.organizations.operations.groups import place_in_group
from giaoban.core.errors import InvalidInput
from giaoban.core.text_vi import quoted


def touched_units(doing: Doing) -> QuerySet[Unit]:
    """Return the units of an act and all that stood below them on the eve."""
    eve = doing.day - timedelta(days=1)
    subjects = [entry.subject_id for entry in doing.entries]
    below = Ancestry.objects.filter(on_day(eve), ancestor__in=subjects).values("descendant")
    return Unit.objects.filter(Q(pk__in=subjects) | Q(pk__in=below))


class GroupFollower:
    """A unit that leaves its committee, or ends, leaves its clusters and sectors; another may take its place there."""

    key = "groups"

    def __init__(self, doing: Doing) -> None:
        self._doing = doing

    def before(self) -> None:
        """Nothing: a place ends with the unit."""

    def after(self) -> None:
        """End the places that hold no more, and carry those over that are to be."""
        day = self._doing.day
        above = Ancestry.objects.filter(
            on_day(day), descendant=OuterRef("unit"), ancestor=OuterRef("group__owner"), depth__gt=0
        )
        lost = GroupMembership.objects.filter(~Exists(above), unit__in=touched_units(self._doing), valid_to__gt=day)
        for place in lost.select_related("unit", "group__owner").order_by("pk"):
            detail = {"from": place.valid_from.isoformat(), "to": place.valid_to.isoformat()}
            words = f"{place.group.owner.code} {place.group.kind} {place.group.code} {place.unit.code}"
            self._doing.note(
                self.key, place, f"ends {words}", **detail, unit=place.unit.code, group=place.group_id, ended=True
            )
            if place.valid_from < day:
                GroupMembership.objects.filter(pk=place.pk).update(valid_to=day)
            else:
                place.delete()
            goal = self._doing.draft.groups.get(str(place.pk), END)
            if goal != END:
                self._carry(place.group, goal)

    def _carry(self, group: Group, goal: str) -> None:
        day = self._doing.day
        heir = units_by_code([goal])[goal]
        held = (
            GroupMembership.objects.filter(on_day(day), unit=heir, group__owner=group.owner, group__kind=group.kind)
            .select_related("group")
            .first()
        )
        if held is not None and held.group_id == group.pk:
            return
        if held is not None:
            raise InvalidInput(
                f"{goal} đã thuộc {held.group.name}",
                where=group.name,
                expected="kết thúc vị trí của đơn vị cũ, vì mỗi đơn vị chỉ ở một cụm, một khối",
            )
        place_in_group(act=self._doing.act, group=group, units=[heir], start=day)
        new = GroupMembership.objects.get(unit=heir, group=group, valid_from=day)
        self._doing.note(
            self.key,
            new,
            f"begins {group.pk} {goal}",
            unit=goal,
            group=group.pk,
            ended=False,
            **{"from": day.isoformat()},
        )

    @classmethod
    def undo(cls, act: Act, effects: Sequence[ActEffect]) -> None:
        """Open the places again that ended, and take those away that began."""
        for effect in effects:
            detail = effect.detail
            if not detail["ended"]:
                GroupMembership.objects.filter(pk=key_of(effect.ref)).delete()
                continue
            end = date.fromisoformat(detail["to"])
            if not GroupMembership.objects.filter(pk=key_of(effect.ref)).update(valid_to=end):
                start = date.fromisoformat(detail["from"])
                unit = units_by_code([detail["unit"]])[detail["unit"]]
                GroupMembership.objects.create(group_id=detail["group"], unit=unit, valid_from=start, valid_to=end)
        write_trail(
            act,
            [
                Happening("organizations.group_restored", "group", str(one.detail["group"]), one.detail["unit"])
                for one in effects
            ],
        )

    @classmethod
    def hindrances(cls, effects: Sequence[ActEffect]) -> Iterable[Hindrance]:
        """A place that was carried over was changed since."""
        begun = {key_of(one.ref): one for one in effects if not one.detail["ended"]}
        now = {place.pk: place for place in GroupMembership.objects.filter(pk__in=begun)}
        for pk, effect in begun.items():
            place = now.get(pk)
            if place is None or place.valid_to != OPEN_END:
                since = date.fromisoformat(effect.detail["from"])
                yield Hindrance(since if place is None else place.valid_to, f"{effect.detail['unit']} đã đổi cụm, khối")


class CodeFollower:
    """The official code of a unit ends with the unit."""

    key = "codes"

    def __init__(self, doing: Doing) -> None:
        self._doing = doing

    def before(self) -> None:
        """Nothing: a code ends with the unit."""

    def after(self) -> None:
        """End the codes of units that ended."""
        day = self._doing.day
        held = OfficialCode.objects.filter(unit__code__in=self._doing.ended, valid_from__lt=day, valid_to__gt=day)
        for row in held.select_related("unit").order_by("pk"):
            self._doing.note(
                self.key, row, f"{row.unit.code} {row.code}", unit=row.unit.code, to=row.valid_to.isoformat()
            )
            OfficialCode.objects.filter(pk=row.pk).update(valid_to=day)

    @classmethod
    def undo(cls, act: Act, effects: Sequence[ActEffect]) -> None:
        """Let the codes hold again."""
        for effect in effects:
            end = date.fromisoformat(effect.detail["to"])
            OfficialCode.objects.filter(pk=key_of(effect.ref)).update(valid_to=end)

    @classmethod
    def hindrances(cls, effects: Sequence[ActEffect]) -> Iterable[Hindrance]:
        """Another unit has the code now."""
        for effect in effects:
            row = OfficialCode.objects.get(pk=key_of(effect.ref))
            others = OfficialCode.objects.filter(code=row.code, valid_to__gt=row.valid_to).exclude(unit=row.unit)
            for start in others.values_list("valid_from", flat=True):
                yield Hindrance(start, f"mã {row.code} cấp cho đơn vị khác")


class GrantFollower:
    """A grant on a unit that ends is kept, ended, or given anew on another unit: as was said of each, not silently."""

    key = "grants"

    def __init__(self, doing: Doing) -> None:
        self._doing = doing
        self._again: list[tuple[Grant, str, date]] = []

    def before(self) -> None:
        """End grants: who may do so is asked while the unit stands."""
        wanted = {uid: goal for uid, goal in self._doing.draft.grants.items() if goal != KEEP}
        grants = Grant.objects.filter(uid__in=wanted, unit__code__in=self._doing.ended).select_related("unit", "user")
        for grant in grants.order_by("pk"):
            until, goal = grant.valid_to, wanted[grant.uid]
            # Whoever held a right until today did hold it: nothing ends before today.
            end = max(self._doing.day, self._doing.act.today, grant.valid_from + timedelta(days=1))
            if end < until:
                end_grant(act=self._doing.act, grant=grant, end=end)
                mark = f"ends {grant.unit.code} {grant.user.username} {grant.role} {end}"
                self._doing.note(self.key, grant, mark, given=False, to=until.isoformat(), end=end.isoformat())
            if goal != END:
                self._again.append((grant, goal, until))

    def after(self) -> None:
        """Give the same roles on the units that were named."""
        units = units_by_code(goal for _grant, goal, _until in self._again)
        start = max(self._doing.day, self._doing.act.today)
        for grant, goal, until in self._again:
            held = Grant.objects.filter(user=grant.user, role=grant.role, unit__code=goal, valid_to__gt=start)
            if held.exists():
                continue
            if goal not in units:
                raise InvalidInput(
                    f"Không có đơn vị mang mã {quoted(goal)}", where="Phân quyền", expected="đơn vị kế thừa"
                )
            end = None if until == OPEN_END else until
            terms = GrantTerms(grant.role, units[goal], start, end, grant.decision)
            given = give_grant(act=self._doing.act, user=grant.user, terms=terms)
            mark = f"gives {goal} {grant.user.username} {grant.role} {start}"
            self._doing.note(self.key, given, mark, given=True, to=given.valid_to.isoformat())

    @classmethod
    def undo(cls, act: Act, effects: Sequence[ActEffect]) -> None:
        """Let the grants that ended hold again, and take those away that were given; what was held was held."""
        rows = {str(grant.uid): grant for grant in Grant.objects.filter(uid__in=[one.ref for one in effects])}
        done: list[Happening] = []
        for effect in effects:
            grant = rows.get(effect.ref)
            if grant is None:
                continue
            detail = {"user": grant.user.username, "role": grant.role}
            if not effect.detail["given"]:
                if grant.valid_to == date.fromisoformat(effect.detail["end"]):
                    grant.valid_to, grant.ended_by = date.fromisoformat(effect.detail["to"]), None
                    grant.save(update_fields=["valid_to", "ended_by"])
                    done.append(Happening("accounts.grant_restored", "grant", effect.ref, grant.unit.code, detail))
            elif grant.valid_from >= act.today:
                done.append(Happening("accounts.grant_removed", "grant", effect.ref, grant.unit.code, detail))
                grant.delete()
            elif grant.valid_to > act.today:
                grant.valid_to, grant.ended_by = act.today, act.user
                grant.save(update_fields=["valid_to", "ended_by"])
                done.append(Happening("accounts.grant_ended", "grant", effect.ref, grant.unit.code, detail))
        write_trail(act, done)

    @classmethod
    def hindrances(cls, effects: Sequence[ActEffect]) -> Iterable[Hindrance]:
        """Nothing: what was changed of a grant since stays as it was changed."""
        return ()
