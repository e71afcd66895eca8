"""What is counted of candidates: declarations only."""

from __future__ import annotations

from giaoban.apps.members.measures.declarations import SEX
from giaoban.apps.organizations.measures.declarations import SECTOR
from giaoban.figures import Kind, Measure

CANDIDATES = "candidates"

MEASURES = (
    Measure(
        key="members.candidates",
        label="Quần chúng đang được xem xét kết nạp",
        unit="người",
        kind=Kind.STOCK,
        register=CANDIDATES,
        fact="candidacy",
        dimensions=(SEX, SECTOR),
    ),
)
