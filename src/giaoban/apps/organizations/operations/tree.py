"""Events of the tree: entries in the journal, written under one lock; the projections are rebuilt after them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Max

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.bulk import insert_objects
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.organizations.kinds import kinds
from giaoban.apps.organizations.models import Unit, UnitEntry, UnitEvent
from giaoban.apps.organizations.operations._places import places_before
from giaoban.apps.organizations.operations._projection import rebuild_units
from giaoban.apps.organizations.operations._replay import begins
from giaoban.apps.organizations.operations._tree_lock import lock_tree
from giaoban.apps.organizations.operations.endings import check_endings
from giaoban.apps.organizations.operations.watching import tell_watchers
from giaoban.apps.organizations.permissions import require
from giaoban.apps.organizations.unit_codes import CODE_EXPECTED, is_unit_code
from giaoban.core.errors import Conflict, InvalidInput, blame
from giaoban.core.numbers_vi import format_number
from giaoban.core.text_vi import quoted, shortened, tidy


@dataclass(frozen=True, slots=True)
class Decision:
    """The decision on which something is recorded; all parts may be empty for an old roll."""

    number: str = ""
    date: date | None = None
    issuer: str = ""


@dataclass(frozen=True, slots=True)
class TreeDraft:
    """One event to record. ``code`` names the unit; for a start of life it must be new (or have ended before).

    ``parent`` is the code of the unit it comes to stand under, «» for the top; ``outside`` the body it comes from or
    goes to; ``other`` the code of the unit that goes on for it, or for which it goes on (``UnitEntry.other``);
    ``corrects`` the uid of the entry that this one replaces, ``void`` removes that entry only. A split or consolidation
    begins a unit where ``unit_kind`` is given and ends one where it is not.
    """

    kind: UnitEvent
    day: date
    code: str
    parent: str = ""
    name: str = ""
    short_name: str = ""
    unit_kind: str = ""
    outside: str = ""
    other: str = ""
    note: str = ""
    ref: str = ""
    counts_as_established: bool = False
    decision: Decision = field(default_factory=Decision)
    corrects: uuid.UUID | None = None
    void: bool = False

    @property
    def is_correction(self) -> bool:
        """Tell whether it replaces or removes an entry."""
        return self.corrects is not None


def record_tree_event(*, act: Act, draft: TreeDraft) -> UnitEntry:
    """This function will record one event; see ``record_tree_events``."""
    return record_tree_events(act=act, drafts=[draft])[0]


@transaction.atomic
def record_tree_events(*, act: Act, drafts: Sequence[TreeDraft]) -> list[UnitEntry]:
    """This function will record events of the tree, all or none, and rebuild what follows from them.

    Raises:
        InvalidInput: an event that cannot be (unknown code, kind that may not stand there, a unit under itself, ...),
            or a unit that is dissolved or merged while units or members still stand in it.
        Conflict: a code is taken, or an entry was corrected by somebody else already.
        NotAllowed, NotFound: the person lacks the right at one of the units.
    """
    entries = write_tree_entries(act, drafts, uuid.uuid4())
    check_endings(entries)
    return entries


def write_tree_entries(
    act: Act, drafts: Sequence[TreeDraft], event: uuid.UUID, *, authorised: bool = False
) -> list[UnitEntry]:
    """This function will add events to the journal under one ``event``, with their audit rows, and rebuild the tree.

    The caller holds the transaction and calls ``check_endings`` when whatever stood in the units has gone elsewhere;
    with ``authorised`` it has also asked for the person's rights.

    Raises:
        InvalidInput, Conflict, NotAllowed, NotFound: as ``record_tree_events``.
    """
    lock_tree()
    units = _units(drafts)
    places = places_before(drafts, units)
    # What is recorded now comes after what was recorded of the same day before.
    told = UnitEntry.objects.filter(effective_date__in={draft.day for draft in drafts})
    first = 1 + (told.aggregate(last=Max("seq"))["last"] or 0)
    entries: list[UnitEntry] = []
    for index, draft in enumerate(drafts):
        with blame(index):
            _check_fields(draft)
            entries.append(_entry(act, draft, units, event, first + index, next(places)))
    if not authorised:
        _authorise(act, entries)
    try:
        with transaction.atomic():
            insert_objects(entries)
    except IntegrityError:
        raise Conflict(
            "Lần ghi này đã được người khác đính chính", hint="Mở lại trang để xem nội dung mới rồi đính chính tiếp"
        ) from None
    rebuild_units({entry.subject_id for entry in entries})
    write_trail(
        act,
        [
            Happening(
                f"organizations.{entry.kind}",
                "unit_entry",
                str(entry.uid),
                entry.subject.code,
                {"date": entry.effective_date.isoformat(), "void": entry.void},
            )
            for entry in entries
        ],
    )
    tell_watchers(act, entries)
    return entries


def _units(drafts: Sequence[TreeDraft]) -> dict[str, Unit]:
    """Load every unit that is named and make the new ones."""
    codes = {draft.code for draft in drafts}
    codes |= {code for draft in drafts for code in (draft.parent, draft.other) if code}
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=codes)}
    fresh = [
        draft.code
        for draft in drafts
        if begins(draft.kind, draft.unit_kind) and draft.code not in units and not draft.corrects
    ]
    for code in fresh:
        if not is_unit_code(code):
            raise InvalidInput(f"Mã đơn vị {quoted(code)} không dùng được", expected=CODE_EXPECTED)
    made = [Unit(code=code) for code in dict.fromkeys(fresh)]
    insert_objects(made)
    units |= {unit.code: unit for unit in made}
    for code in sorted(codes - units.keys()):
        raise InvalidInput(
            f"Không có đơn vị mang mã {quoted(code)}", expected="mã của một đơn vị đã ghi trong sổ tổ chức"
        )
    return units


def _entry(
    act: Act, draft: TreeDraft, units: dict[str, Unit], event: uuid.UUID, seq: int, place: Unit | None
) -> UnitEntry:
    unit = units[draft.code]
    corrected = None
    if draft.corrects is not None:
        corrected = UnitEntry.objects.filter(uid=draft.corrects, subject=unit).first()
        if corrected is None:
            raise InvalidInput("Không có lần ghi cần đính chính", where=draft.code)
    return UnitEntry(
        subject=unit,
        kind=draft.kind,
        # What corrects an entry belongs to the same act.
        event=event if corrected is None else corrected.event,
        effective_date=draft.day,
        seq=seq if corrected is None else corrected.seq,
        recorded_at=act.now,
        actor=act.user,
        entered_for=act.entered_for,
        decision_number=draft.decision.number,
        decision_date=draft.decision.date,
        decision_issuer=draft.decision.issuer,
        ref=draft.ref,
        corrects=corrected,
        void=draft.void,
        from_parent=corrected.from_parent if corrected is not None and draft.void else place,
        to_parent=units[draft.parent] if draft.parent else None,
        other=units[draft.other] if draft.other else None,
        outside=draft.outside,
        name=tidy(draft.name),
        short_name=tidy(draft.short_name),
        unit_kind=draft.unit_kind,
        counts_as_established=draft.counts_as_established,
        note=draft.note,
    )


def _check_fields(draft: TreeDraft) -> None:
    where = f"{draft.code}, {draft.kind.label.lower()}"
    beginning = begins(draft.kind, draft.unit_kind)
    needs_name = beginning or draft.kind == UnitEvent.RENAMED
    if needs_name and not draft.name.strip():
        raise InvalidInput("Thiếu tên đơn vị", where=where, expected="tên đầy đủ, ví dụ «Chi bộ cơ quan Sở Nội vụ»")
    needs_kind = beginning or draft.kind == UnitEvent.KIND_CHANGED
    if needs_kind and draft.unit_kind not in kinds():
        raise InvalidInput(
            f"Loại hình {quoted(draft.unit_kind)} không có", where=where, expected="một trong: " + ", ".join(kinds())
        )
    for label, text, most in (
        ("Tên", draft.name, 250),
        ("Tên ngắn", draft.short_name, 120),
        ("Tên nơi giao hoặc nhận", draft.outside, 200),
        ("Ghi chú", draft.note, 300),
    ):
        length = len(tidy(text))
        if length > most:
            words = f"{label} «{shortened(tidy(text))}» dài {format_number(length)} ký tự"
            raise InvalidInput(words, where=where, expected=f"không quá {most}")
    if draft.parent == draft.code:
        raise InvalidInput(f"Đơn vị {draft.code} không thể trực thuộc chính nó", where=where)
    if draft.kind == UnitEvent.MOVED and not draft.parent:
        raise InvalidInput("Thiếu cấp trên mới", where=where, expected="mã của đơn vị tiếp nhận")


def _authorise(act: Act, entries: Sequence[UnitEntry]) -> None:
    if act.at_console:
        return
    places = {
        place.pk: place
        for entry in entries
        for place in (entry.from_parent, entry.to_parent, None if _begins(entry) else entry.subject)
        if place is not None
    }
    born = {entry.subject_id for entry in entries if _begins(entry)}
    tops = [entry for entry in entries if _begins(entry) and entry.to_parent is None]
    if tops:
        raise InvalidInput(
            f"Đơn vị {tops[0].subject.code} không có cấp trên",
            expected="mã của cấp trên; đơn vị đứng đầu một cây chỉ được lập trên máy chủ dữ liệu",
        )
    require(act, "organizations_manage", [place for pk, place in places.items() if pk not in born])


def _begins(entry: UnitEntry) -> bool:
    return begins(entry.kind, entry.unit_kind)
