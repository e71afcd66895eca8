"""What is counted of absences, honours, ratings and conclusions on the political standard: declarations only."""

from __future__ import annotations

from datetime import date

from giaoban.apps.organizations.kinds import GRASSROOTS
from giaoban.apps.organizations.measures.declarations import FORM, SECTOR
from giaoban.apps.organizations.rules import rule_kinds
from giaoban.figures import Code, Dimension, Kind, Measure

ABSENCES = "absences"
HONOURS = "honours"
RATINGS = "ratings"
VETTING = "vetting"

EXEMPTION = Dimension(
    "exemption", "thời hạn miễn", (Code("lasting", "không thời hạn"), Code("temporary", "có thời hạn"))
)
WHERE = Dimension("where", "nơi đến", (Code("domestic", "trong nước"), Code("abroad", "ngoài nước")))
REASON = Dimension(
    "reason",
    "thành tích",
    (
        Code("five_years", "hoàn thành xuất sắc nhiệm vụ 5 năm liền"),
        Code("yearly", "thành tích trong năm"),
        Code("term", "thành tích trong nhiệm kỳ"),
        Code("thematic", "chuyên đề, phong trào"),
        Code("special", "thành tích đặc biệt xuất sắc"),
    ),
)
LEVEL = Dimension(
    "level",
    "cấp khen, tặng",
    (
        Code("grassroots", "cấp cơ sở"),
        Code("upper", "cấp trên trực tiếp cơ sở"),
        Code("provincial", "cấp tỉnh"),
        Code("central", "Trung ương"),
    ),
)
YEARS = Dimension(
    "years",
    "Huy hiệu",
    tuple(
        Code(years, f"{years} năm")
        for years in sorted({year for value in rule_kinds()["badge_years"].defaults for year in value.value.split()})
    ),
)
BADGE_ROUND = Dimension("round", "đợt trao Huy hiệu")
BADGE_HOW = Dimension(
    "how",
    "cách tặng",
    (Code("regular", "đúng hạn"), Code("early", "sớm vì bệnh nặng"), Code("posthumous", "truy tặng")),
)
GRADE = Dimension(
    "grade",
    "mức xếp loại",
    (
        Code("excellent", "hoàn thành xuất sắc nhiệm vụ"),
        Code("good", "hoàn thành tốt nhiệm vụ"),
        Code("fair", "hoàn thành nhiệm vụ"),
        Code("poor", "không hoàn thành nhiệm vụ"),
    ),
)
PURPOSE = Dimension("purpose", "mục đích", (Code("cadre", "công tác cán bộ"), Code("admission", "kết nạp đảng viên")))


def rated_year(day: date) -> int:
    """Return the year whose grade holds on a day: from 31 December of that year on, until the next.

    Grades of a year are decided in its last weeks or soon after it; a report of the year shows them, one of a quarter
    before shows those of the year before.
    """
    return day.year if (day.month, day.day) == (12, 31) else day.year - 1


def _honour(key: str, label: str, unit: str, fact: str, *dimensions: Dimension) -> Measure:
    return Measure(key=key, label=label, unit=unit, kind=Kind.FLOW, register=HONOURS, fact=fact, dimensions=dimensions)


MEASURES = (
    Measure(
        key="members.exempted",
        label="Đảng viên được miễn công tác và sinh hoạt",
        unit="đảng viên",
        kind=Kind.STOCK,
        register=ABSENCES,
        fact="exempt",
        dimensions=(EXEMPTION, SECTOR),
        sensitive=True,
    ),
    Measure(
        key="members.away",
        label="Đảng viên đi làm ăn xa, tạm vắng",
        unit="đảng viên",
        kind=Kind.STOCK,
        register=ABSENCES,
        fact="away",
        dimensions=(WHERE, SECTOR),
        sensitive=True,
    ),
    _honour(
        "members.badges_awarded",
        "Tặng Huy hiệu Đảng",
        "đồng chí",
        "badge_awarded",
        YEARS,
        LEVEL,
        BADGE_ROUND,
        BADGE_HOW,
    ),
    _honour("members.badges_proposed", "Đề nghị tặng Huy hiệu Đảng", "đồng chí", "badge_proposed", YEARS, BADGE_ROUND),
    _honour("members.commended", "Khen thưởng đảng viên", "đảng viên", "commended", REASON, LEVEL),
    _honour(
        "members.commendation_proposed",
        "Đề nghị khen thưởng đảng viên",
        "đảng viên",
        "commend_proposed",
        REASON,
        LEVEL,
    ),
    _honour("organizations.commended", "Khen thưởng tổ chức đảng", "tổ chức", "unit_commended", REASON, LEVEL),
    _honour(
        "organizations.commendation_proposed",
        "Đề nghị khen thưởng tổ chức đảng",
        "tổ chức",
        "unit_commend_proposed",
        REASON,
        LEVEL,
    ),
    _honour("organizations.four_goods", "Tổ chức đảng được công nhận «bốn tốt»", "tổ chức", "unit_four_goods", LEVEL),
    Measure(
        key="members.rated",
        label="Đảng viên được đánh giá, xếp loại",
        unit="đảng viên",
        kind=Kind.STOCK,
        register=RATINGS,
        fact="member_rated",
        dimensions=(GRADE, SECTOR),
    ),
    Measure(
        key="organizations.rated",
        label="Tổ chức đảng được đánh giá, xếp loại",
        unit="tổ chức",
        kind=Kind.STOCK,
        register=RATINGS,
        fact="unit_rated",
        dimensions=(GRADE, FORM),
    ),
    Measure(
        key="members.vetted",
        label="Kết luận tiêu chuẩn chính trị",
        unit="trường hợp",
        kind=Kind.FLOW,
        register=VETTING,
        fact="vetted",
        dimensions=(PURPOSE,),
        sensitive=True,
    ),
    Measure(
        key="members.vetted_organizations",
        label="Tổ chức cơ sở đảng có trường hợp kết luận tiêu chuẩn chính trị",
        unit="tổ chức",
        kind=Kind.FLOW,
        register=VETTING,
        fact="vetted",
        distinct_kinds=frozenset(GRASSROOTS),
    ),
)
