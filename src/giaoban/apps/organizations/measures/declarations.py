"""What is counted of organisations and of their committees. Free of the database: declarations only."""

from __future__ import annotations

from giaoban.apps.organizations.kinds import kinds
from giaoban.figures import Code, Dimension, DimensionSource, Direction, Kind, Measure, Placing

ORGANIZATIONS = "organizations"
COMMITTEES = "committees"

FORM = Dimension(
    "form",
    "loại hình tổ chức",
    tuple(Code(kind.code, kind.label) for kind in kinds().values()),
    DimensionSource.PLACE,
)
SECTOR = Dimension("sector", "khối", source=DimensionSource.PLACE)
CLUSTER = Dimension("cluster", "cụm", source=DimensionSource.PLACE)


def _organizations(
    name: str, label: str, fact: str, *, directed: Direction | None = None, placing: Placing = Placing.DAY
) -> Measure:
    return Measure(
        key=f"organizations.{name}",
        label=label,
        unit="tổ chức",
        kind=Kind.FLOW,
        register=ORGANIZATIONS,
        fact=fact,
        dimensions=(FORM,),
        directed=None if directed is None else frozenset({directed}),
        placing=placing,
    )


def _committees(key: str, label: str, unit: str, fact: str) -> Measure:
    return Measure(key=key, label=label, unit=unit, kind=Kind.FLOW, register=COMMITTEES, fact=fact)


MEASURES = (
    Measure(
        key="organizations.grassroots",
        label="Tổ chức cơ sở đảng",
        unit="tổ chức",
        kind=Kind.STOCK,
        register=ORGANIZATIONS,
        fact="grassroots",
        dimensions=(FORM, SECTOR, CLUSTER),
    ),
    Measure(
        key="organizations.cells",
        label="Chi bộ trực thuộc đảng ủy cơ sở",
        unit="chi bộ",
        kind=Kind.STOCK,
        register=ORGANIZATIONS,
        fact="cells",
        dimensions=(SECTOR,),
    ),
    _organizations("established", "Thành lập tổ chức đảng", "established"),
    _organizations("dissolved", "Giải thể tổ chức đảng", "dissolved"),
    _organizations("merged", "Sáp nhập tổ chức đảng", "merged"),
    _organizations("consolidated", "Hợp nhất tổ chức đảng", "consolidated"),
    _organizations("split", "Chia tách tổ chức đảng", "split"),
    _organizations("received", "Tiếp nhận tổ chức đảng", "unit_moved", directed=Direction.IN, placing=Placing.MOVE),
    _organizations(
        "handed_over", "Chuyển giao tổ chức đảng", "unit_moved", directed=Direction.OUT, placing=Placing.MOVE
    ),
    _committees(
        "organizations.establishment_opinions",
        "Cho ý kiến về thành lập tổ chức đảng",
        "tổ chức",
        "establishment_opinion",
    ),
    _committees("committees.consolidated", "Kiện toàn, bổ sung cấp ủy", "tổ chức", "consolidated"),
    _committees(
        "offices.inspection_commissions_planned", "Ủy ban kiểm tra được quy hoạch", "UBKT", "inspection_planned"
    ),
    _committees(
        "offices.inspection_commissions_approved", "Ủy ban kiểm tra được chuẩn y", "UBKT", "inspection_approved"
    ),
)
