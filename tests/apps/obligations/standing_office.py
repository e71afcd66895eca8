"""Standing duties of the small world for tests: a source that says what it was told, and a quick way to set a duty."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from giaoban.apps.obligations.duties import Progress
from giaoban.apps.obligations.evidence import Evidence, EvidenceAsk, Mark, marks_of
from giaoban.apps.obligations.models import Rhythm, StandingDuty

if TYPE_CHECKING:
    from tests.world import World


class FakeSource:
    """Says what it was told; ``asks`` keeps what it was asked."""

    key = "fake"
    title = "nguồn thử"

    def __init__(self) -> None:
        self.told: list[Evidence] = []
        self.asks: list[EvidenceAsk] = []

    def tell(self, unit: int, within: date, day: date, progress: Progress = Progress.DONE, **more: Any) -> None:
        """Let a unit have done something."""
        self.told.append(Evidence(unit, within, day, progress, **more))

    def found(self, ask: EvidenceAsk) -> Iterable[Evidence]:
        """Return what was told of the units and days that are asked about."""
        self.asks.append(ask)
        units = set(ask.units.values_list("descendant", flat=True))
        return [one for one in self.told if one.unit in units and ask.start <= one.within < ask.end]

    def marks(self, ask: EvidenceAsk) -> Iterable[tuple[Mark, list[int]]]:
        """Return the same gathered."""
        return marks_of(self.found(ask))


def make_duty(world: World, code: str = "schedule", *, owner: str = "DUK", **more: Any) -> StandingDuty:
    """Return a monthly duty of cells, due on the month's last day, from 2023 on; ``more`` says what is different."""
    groups, listed = more.pop("groups", ()), more.pop("listed", ())
    values: dict[str, Any] = {
        "title": "Đăng ký lịch sinh hoạt",
        "short": "Lịch",
        "evidence": "fake",
        "rhythm": Rhythm.MONTH,
        "kinds": ["cell", "grassroots_cell"],
        "valid_from": date(2023, 1, 1),
        **more,
    }
    act = world.act("clerk")
    duty = StandingDuty.objects.create(owner=world.units[owner], code=code, set_by=act.user, set_at=act.now, **values)
    duty.groups.set(groups)
    duty.listed.set(listed)
    return duty
