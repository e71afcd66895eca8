"""What is counted of inspection. Free of the database: declarations only."""

from __future__ import annotations

from giaoban.figures import Code, Dimension, Kind, Measure

DISCIPLINE = "discipline"

FORM = Dimension(
    "form",
    "hình thức kỷ luật",
    (
        Code("reprimand", "khiển trách"),
        Code("warning", "cảnh cáo"),
        Code("removal", "cách chức"),
        Code("expulsion", "khai trừ"),
    ),
)
LEVEL = Dimension(
    "level",
    "cấp quyết định",
    (
        Code("cell", "chi bộ"),
        Code("grassroots", "cấp ủy cơ sở"),
        Code("upper", "cấp trên trực tiếp cơ sở"),
        Code("provincial", "cấp tỉnh"),
    ),
)

MEASURES = (
    Measure(
        key="discipline.members",
        label="Thi hành kỷ luật đảng viên",
        unit="đảng viên",
        kind=Kind.FLOW,
        register=DISCIPLINE,
        fact="disciplined",
        dimensions=(FORM, LEVEL),
        sensitive=True,
    ),
)
