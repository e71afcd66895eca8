"""The sheet of offices in committees: what a row must keep to, and the draft that comes of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from giaoban.apps.audit.act import Act
from giaoban.apps.members.holdings import COMES, OfficeFact, replay_holdings
from giaoban.apps.members.models import (
    Member,
    OfficeEntry,
    OfficeEvent,
)
from giaoban.apps.members.operations import (
    OfficeDraft,
    record_office_events,
)
from giaoban.apps.members.queries.standing import NOWHERE, Stands
from giaoban.apps.members.sheets import life_columns as told
from giaoban.apps.members.sheets._life_kind import LifeKind, Planned, Recorded
from giaoban.apps.organizations.kinds import Office
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.queries.standing import KindSpans, kind_on, kind_spans
from giaoban.apps.sheets.importing import RowFault
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import InvalidInput


class OfficeKinds(LifeKind):
    """Offices in committees."""

    key, label = "offices", "Chức vụ trong cấp ủy"
    columns, guide = told.OFFICE_COLUMNS, told.OFFICE_GUIDE
    model = OfficeEntry
    own = ("office", "kind", "note")
    words = {"office": told.OFFICES, "kind": told.OFFICE_EVENTS}
    in_units = True

    def right(self, what: str) -> str:
        """Committees are the organisations' matter."""
        return "organizations_manage"

    def key_of(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        """Somebody may come to two offices of a committee on one decision."""
        return (*super().key_of(values), values["office"])

    def look_more(self, members: Sequence[int], units: Iterable[int]) -> KindSpans:
        """Return of which kind the units were when."""
        return dict(kind_spans(units))

    def judge(
        self, planned: Sequence[Planned], recorded: Sequence[Recorded], stands: Mapping[int, Stands], more: Any
    ) -> Iterator[RowFault]:
        """The kind of the unit knows the office, the person is a member then, and the journal can be."""
        wrong = set()
        for one in planned:
            for fault in _office_faults(one, more, stands):
                wrong.add(one.row)
                yield fault
        for office in {one.values["office"] for one in planned}:
            facts = [
                OfficeFact(one.pk, one.values["kind"], one.values["day"])
                for one in recorded
                if one.values["office"] == office
            ]
            for one in planned:
                if one.values["office"] != office or one.row in wrong:
                    continue
                fact = OfficeFact(2**40 + one.row, one.values["kind"], one.values["day"])
                try:
                    replay_holdings(one.name, [*facts, fact])
                except InvalidInput as error:
                    yield RowFault(one.row, "day", error.message, error.expected)
                else:
                    facts.append(fact)

    def draft(self, planned: Planned, member: Member | None, unit: Unit) -> OfficeDraft:
        """Return the draft."""
        assert member is not None
        values = planned.values
        return OfficeDraft(
            member,
            unit,
            Office(values["office"]),
            OfficeEvent(values["kind"]),
            values["day"],
            planned.decision,
            values["note"],
            values["ref"],
        )

    def record(self, act: Act, drafts: list[Any]) -> None:
        """This function will record drafts."""
        record_office_events(act=act, drafts=drafts)


def _office_faults(one: Planned, spans: KindSpans, stands: Mapping[int, Stands]) -> Iterator[RowFault]:
    values = one.values
    day, office = values["day"], values["office"]
    if values["kind"] == OfficeEvent.ENDED:
        return
    kind = kind_on(spans.get(one.unit, ()), day)
    if kind is None:
        yield RowFault(one.row, "unit", f"Đơn vị không hoạt động ngày {format_date(day)}", "ngày đơn vị hoạt động")
    elif office not in kind.offices:
        offered = ", ".join(kind.office_name(known) for known in kind.offices)
        yield RowFault(one.row, "office", f"{kind.label} không có chức vụ này", f"một trong: {offered}")
    if values["kind"] in COMES:
        stood = stands.get(one.member, NOWHERE).on(day)
        if stood is None:
            message = f"{one.name} không sinh hoạt ở chi bộ nào ngày {format_date(day)}"
            yield RowFault(one.row, "day", message, "ngày đang sinh hoạt")
        elif not stood.official and values["kind"] == OfficeEvent.ELECTED:
            message = f"{one.name} là đảng viên dự bị, chưa được bầu vào cấp ủy"
            yield RowFault(one.row, "kind", message, "một đảng viên chính thức")
