"""Which sheets the workbook has and which figure stands in which column. Free of the database."""

from __future__ import annotations

from dataclasses import dataclass

from giaoban.figures.invariants import ENTERING, LEAVING, TOTAL


@dataclass(frozen=True, slots=True)
class Cell:
    """One column: a measure, or one part of it by a dimension; ``opening``: read where the period begins."""

    title: str
    measure: str
    dimension: str = ""
    code: str = ""
    opening: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: a row for the committee and each unit under it, the columns in their order."""

    key: str
    title: str
    columns: tuple[Cell, ...]

    def column(self, measure: str, code: str = "", *, opening: bool = False) -> int:
        """Return the place of a column among the columns with figures.

        Raises:
            ValueError: there is none.
        """
        for place, cell in enumerate(self.columns):
            if (cell.measure, cell.code, cell.opening) == (measure, code, opening):
                return place
        raise ValueError(f"no column of {measure} {code} in {self.key}")


def _parts(measure: str, dimension: str, *codes: tuple[str, str]) -> tuple[Cell, ...]:
    return tuple(Cell(title, measure, dimension, code) for code, title in codes)


OFFICIAL = "official"
_TITLES = {
    "members.admitted": "Kết nạp",
    "members.restored": "Khôi phục đảng tịch",
    "members.transferred_in": "Chuyển đến (chính thức)",
    "members.opened": "Ghi khi bắt đầu dùng sổ",
    "organizations.members_received": "Đến cùng tổ chức",
    "members.transferred_out": "Chuyển đi (chính thức)",
    "members.left": "Ra khỏi Đảng",
    "members.died": "Từ trần",
    "organizations.members_handed_over": "Đi cùng tổ chức",
}


def _flow(measure: str) -> Cell:
    # Temporary transfers change no stock (decision D5).
    if measure in ("members.transferred_in", "members.transferred_out"):
        return Cell(_TITLES[measure], measure, "term", OFFICIAL)
    return Cell(_TITLES[measure], measure)


GROWTH = Sheet(
    "growth",
    "1. Tăng, giảm đảng viên",
    (
        Cell("Đầu kỳ", TOTAL, opening=True),
        *(_flow(measure) for measure in (*ENTERING, *LEAVING)),
        Cell("Cuối kỳ", TOTAL),
    ),
)
QUALITY = Sheet(
    "quality",
    "2. Chất lượng đảng viên",
    (
        Cell("Tổng số", TOTAL),
        *_parts(TOTAL, "status", ("official", "Chính thức"), ("probationary", "Dự bị")),
        *_parts(TOTAL, "sex", ("male", "Nam"), ("female", "Nữ"), ("unknown", "Chưa rõ giới tính")),
        *_parts(
            TOTAL,
            "age_group",
            ("under-31", "Đến 30 tuổi"),
            ("31-40", "31 - 40 tuổi"),
            ("41-50", "41 - 50 tuổi"),
            ("51-60", "51 - 60 tuổi"),
            ("over-60", "Trên 60 tuổi"),
        ),
        *_parts(
            TOTAL,
            "education",
            ("none", "Chưa qua đào tạo"),
            ("elementary", "Sơ cấp"),
            ("intermediate", "Trung cấp"),
            ("college", "Cao đẳng"),
            ("university", "Đại học"),
            ("master", "Thạc sĩ"),
            ("doctor", "Tiến sĩ"),
            ("unknown", "Chưa rõ trình độ"),
        ),
        *_parts(
            TOTAL,
            "theory",
            ("none", "LLCT: chưa qua đào tạo"),
            ("elementary", "LLCT: sơ cấp"),
            ("intermediate", "LLCT: trung cấp"),
            ("advanced", "LLCT: cao cấp"),
            ("bachelor", "LLCT: cử nhân"),
            ("unknown", "LLCT: chưa rõ"),
        ),
    ),
)
ORGANIZATIONS = Sheet(
    "organizations",
    "3. Tổ chức đảng",
    (
        Cell("Tổ chức cơ sở đảng", "organizations.grassroots"),
        *_parts(
            "organizations.grassroots",
            "form",
            ("grassroots_committee", "Đảng bộ cơ sở"),
            ("grassroots_cell", "Chi bộ cơ sở"),
        ),
        Cell("Chi bộ trực thuộc đảng ủy cơ sở", "organizations.cells"),
        Cell("Thành lập", "organizations.established"),
        Cell("Tiếp nhận", "organizations.received"),
        Cell("Chuyển giao", "organizations.handed_over"),
        Cell("Sáp nhập", "organizations.merged"),
        Cell("Hợp nhất", "organizations.consolidated"),
        Cell("Chia tách", "organizations.split"),
        Cell("Giải thể", "organizations.dissolved"),
        Cell("Kiện toàn cấp ủy", "committees.consolidated"),
    ),
)
MEETINGS = Sheet(
    "meetings",
    "4. Sinh hoạt",
    (
        Cell("Kỳ sinh hoạt, cuộc họp", "meetings.held"),
        *_parts(
            "meetings.held",
            "kind",
            ("regular", "Chi bộ thường kỳ"),
            ("thematic", "Chuyên đề"),
            ("committee", "Họp cấp ủy"),
            ("cell_committee", "Họp chi ủy"),
            ("all_members", "Toàn thể đảng viên"),
            ("extraordinary", "Bất thường"),
        ),
        Cell("Trực tuyến, theo tổ đảng", "meetings.online"),
        Cell("Lượt đảng viên phải dự", "meetings.called"),
        Cell("Lượt đảng viên dự", "meetings.present"),
        Cell("Tỷ lệ dự (%)", "meetings.attendance"),
        Cell("Được xếp loại", "meetings.graded"),
        *_parts(
            "meetings.graded",
            "grade",
            ("good", "Tốt"),
            ("fair", "Khá"),
            ("average", "Trung bình"),
            ("poor", "Kém"),
        ),
        Cell("Dự sinh hoạt cơ sở", "meetings.visits"),
    ),
)
INSPECTION = Sheet(
    "inspection",
    "5. Kiểm tra, kỷ luật",
    (
        Cell("Cuộc theo chương trình năm", "inspection.planned"),
        Cell("Cuộc đã hoàn thành", "inspection.completed"),
        Cell("Tổ chức được kiểm tra, giám sát", "inspection.organizations"),
        Cell("Đảng viên được kiểm tra, giám sát", "inspection.members"),
        Cell("Tổ chức bị kỷ luật", "discipline.organizations"),
        Cell("Đảng viên bị kỷ luật", "discipline.members"),
        *_parts(
            "discipline.members",
            "form",
            ("reprimand", "Khiển trách"),
            ("warning", "Cảnh cáo"),
            ("removal", "Cách chức"),
            ("expulsion", "Khai trừ"),
        ),
        Cell("Đơn thư tiếp nhận", "petitions.received"),
        Cell("Đơn thư đã xử lý", "petitions.settled"),
    ),
)
SHEETS = (GROWTH, QUALITY, ORGANIZATIONS, MEETINGS, INSPECTION)
