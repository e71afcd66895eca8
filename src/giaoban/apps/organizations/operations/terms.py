"""Terms of committees: congresses, provisional committees, terms made longer or shorter, ended."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import IntegrityError, transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.bulk import insert_objects
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.audit.queries import told_by
from giaoban.apps.organizations.models import TermEntry, TermEvent, Unit
from giaoban.apps.organizations.operations.tree import Decision
from giaoban.apps.organizations.permissions import require
from giaoban.apps.organizations.queries.standing import kind_on, kind_spans
from giaoban.apps.organizations.queries.terms import fact_of
from giaoban.apps.organizations.terms import BEGINS, Sizes, TermFact, replay_terms
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import Conflict, InvalidInput, blame
from giaoban.core.text_vi import tidy

# What was decided may begin later, but not in another life: most days after that are slips of the pen.
_AHEAD = timedelta(days=366)
CORRECTED_MEANWHILE = "Lần ghi này đã được người khác đính chính"


@dataclass(frozen=True, slots=True)
class TermDraft:
    """One event of a unit's terms; ``until`` is the last day meant, sizes as decided (None: not known or unchanged).

    ``corrects`` the uid of the entry that this one replaces, ``void`` removes that entry only.
    """

    unit: Unit
    kind: TermEvent
    day: date
    name: str = ""
    until: date | None = None
    sizes: Sizes = field(default_factory=Sizes)
    decision: Decision = field(default_factory=Decision)
    ref: str = ""
    corrects: uuid.UUID | None = None
    void: bool = False

    @property
    def where(self) -> str:
        """Return the place that an error names."""
        return f"{self.unit.code}, {self.kind.label.lower()} ngày {format_date(self.day)}"


def record_term_entry(*, act: Act, draft: TermDraft) -> TermEntry:
    """This function will record one event of a unit's terms; see ``record_term_entries``."""
    return record_term_entries(act=act, drafts=[draft])[0]


@transaction.atomic
def record_term_entries(*, act: Act, drafts: Sequence[TermDraft]) -> list[TermEntry]:
    """This function will record events of terms, all or none.

    Raises:
        InvalidInput: the unit does not stand on the day or is of a kind without terms, a day more than a year ahead, a
            field is missing, or the journal cannot be (see ``replay_terms``).
        Conflict: somebody else corrected the entry first, or has recorded the same of that unit and day.
        NotAllowed, NotFound: no right ``organizations_manage`` at a unit.
    """
    units = {draft.unit.pk: draft.unit for draft in drafts}
    require(act, "organizations_manage", units.values())
    lock_units(units)
    _refuse_twice(drafts)
    spans = kind_spans(units)
    for index, draft in enumerate(drafts):
        if not draft.void:
            with blame(index):
                kind = kind_on(spans[draft.unit.pk], draft.day)
                _check(act, draft, None if kind is None else kind.term)
    entries = _entries(act, drafts)
    try:
        with transaction.atomic():
            insert_objects(entries)
    except IntegrityError:
        raise Conflict(CORRECTED_MEANWHILE, hint="Mở lại trang để xem nội dung mới") from None
    _replay(units, drafts)
    write_trail(
        act,
        [
            Happening(
                f"terms.{entry.kind}",
                "term_entry",
                str(entry.uid),
                entry.unit.code,
                {"date": entry.effective_date.isoformat(), "void": entry.void},
            )
            for entry in entries
        ],
    )
    return entries


def void_term_entry(*, act: Act, entry: TermEntry) -> TermEntry:
    """This function will take an event of a term back by a correcting entry; the mistake stays readable.

    Raises:
        InvalidInput: without this entry the rest of the journal cannot be; Conflict: somebody else corrected it first.
    """
    draft = TermDraft(entry.unit, TermEvent(entry.kind), entry.effective_date, corrects=entry.uid, void=True)
    return record_term_entry(act=act, draft=draft)


def lock_units(units: dict[int, Unit]) -> None:
    """Let those who record about the same units wait for each other; SQLite's writers do so anyway (IMMEDIATE)."""
    list(Unit.objects.select_for_update().filter(pk__in=units).order_by("pk").values_list("pk"))


def _refuse_twice(drafts: Sequence[TermDraft]) -> None:
    """One event of a kind happens to a term on a day; the second of two who record it is told of the first."""
    fresh = [draft for draft in drafts if draft.corrects is None]
    days = {draft.day for draft in fresh}
    live = TermEntry.objects.live().filter(unit__in={draft.unit.pk for draft in fresh}, effective_date__in=days)
    held = {(one.unit_id, one.kind, one.effective_date): one for one in live.select_related("actor")}
    for index, draft in enumerate(drafts):
        found = held.get((draft.unit.pk, draft.kind, draft.day)) if draft.corrects is None else None
        if found is not None:
            with blame(index):
                raise Conflict(
                    f"Đã có «{draft.kind.label}» ngày {format_date(draft.day)} "
                    f"({told_by(found.actor.full_name, found.recorded_at)})",
                    where=draft.where,
                    hint="Ghi sai thì đính chính lần ghi đó",
                )


def _check(act: Act, draft: TermDraft, rule: str | None) -> None:
    if rule is None:
        raise InvalidInput(f"Đơn vị không hoạt động ngày {format_date(draft.day)}", where=draft.where)
    if not rule:
        raise InvalidInput("Loại hình tổ chức này không có nhiệm kỳ", where=draft.where)
    if draft.day > act.today + _AHEAD:
        raise InvalidInput(
            f"Ngày {format_date(draft.day)} còn quá xa",
            where=draft.where,
            expected="ngày không quá một năm sau hôm nay",
        )
    if draft.kind in BEGINS and not draft.name.strip():
        raise InvalidInput("Chưa ghi tên nhiệm kỳ", where="Nhiệm kỳ", expected="tên nhiệm kỳ, ví dụ 2025 - 2030")
    if draft.kind == TermEvent.EXTENDED and draft.until is None and not draft.sizes.known:
        raise InvalidInput(
            "Chưa ghi thay đổi gì", where=draft.where, expected="ngày hết nhiệm kỳ mới, hoặc số lượng mới"
        )
    sizes = draft.sizes
    if 0 in (sizes.committee, sizes.standing, sizes.inspection):
        raise InvalidInput("Số lượng 0", where=draft.where, expected="số từ 1, hoặc để trống khi chưa rõ")
    if sizes.standing is not None and sizes.committee is not None and sizes.standing > sizes.committee:
        raise InvalidInput(
            f"Ban thường vụ {sizes.standing} đông hơn cấp ủy {sizes.committee}",
            where=draft.where,
            expected="số ủy viên ban thường vụ không quá số cấp ủy viên",
        )


def _entries(act: Act, drafts: Sequence[TermDraft]) -> list[TermEntry]:
    wanted = {draft.corrects for draft in drafts if draft.corrects is not None}
    corrected = {entry.uid: entry for entry in TermEntry.objects.filter(uid__in=wanted)} if wanted else {}
    entries = []
    for index, draft in enumerate(drafts):
        target = corrected.get(draft.corrects) if draft.corrects is not None else None
        if draft.corrects is not None and (target is None or target.unit_id != draft.unit.pk):
            with blame(index):
                raise InvalidInput("Không có lần ghi cần đính chính", where=draft.where)
        entries.append(
            TermEntry(
                unit=draft.unit,
                kind=draft.kind,
                effective_date=draft.day,
                seq=target.seq if target is not None else 0,
                name=tidy(draft.name),
                until=draft.until,
                committee_size=draft.sizes.committee,
                standing_size=draft.sizes.standing,
                inspection_size=draft.sizes.inspection,
                recorded_at=act.now,
                actor=act.user,
                entered_for=act.entered_for,
                decision_number=draft.decision.number,
                decision_date=draft.decision.date,
                decision_issuer=draft.decision.issuer,
                ref=draft.ref,
                corrects=target,
                void=draft.void,
            )
        )
    return entries


def _replay(units: dict[int, Unit], drafts: Sequence[TermDraft]) -> None:
    facts: dict[int, list[TermFact]] = defaultdict(list)
    for entry in TermEntry.objects.live().filter(unit__in=units):
        facts[entry.unit_id].append(fact_of(entry))
    first = {draft.unit.pk: index for index, draft in reversed(list(enumerate(drafts)))}
    for pk, unit in units.items():
        with blame(first[pk]):
            replay_terms(unit.code, facts[pk])
