"""What is counted of members and of the offices they hold. Free of the database: declarations only."""

from __future__ import annotations

from giaoban.apps.members import levels
from giaoban.apps.organizations.kinds import GRASSROOTS, Office
from giaoban.apps.organizations.measures.declarations import COMMITTEES, SECTOR
from giaoban.figures import (
    DIRECTION,
    Code,
    Dimension,
    Direction,
    Kind,
    Measure,
    Placing,
    Rate,
    RateBase,
)

MEMBERS = "members"

STATUS = Dimension("status", "tư cách", (Code("official", "chính thức"), Code("probationary", "dự bị")))
SEX = Dimension("sex", "giới tính", (Code("male", "nam"), Code("female", "nữ")))
TERM = Dimension("term", "thời hạn", (Code("official", "chính thức"), Code("temporary", "tạm thời")))
ROUND = Dimension("round", "đợt phát thẻ")
HOW = Dimension(
    "how",
    "hình thức",
    (Code("resigned", "xin ra khỏi Đảng"), Code("struck_off", "xóa tên"), Code("expelled", "khai trừ")),
)
CARD_REASON = Dimension(
    "reason",
    "lý do cấp lại",
    (Code("lost", "bị mất"), Code("damaged", "bị hỏng"), Code("exchanged", "đổi thẻ")),
)
ABROAD = Dimension("where", "nơi đến", (Code("domestic", "trong nước"), Code("abroad", "ngoài nước")))
OFFICE = Dimension("office", "chức vụ", tuple(Code(office.value, str(office.label)) for office in Office))

# Age in full years on the day of the reading: the youngest age, code, label. The groups are a convention of this
# program (the statistical forms differ between terms); the codes name their bounds.
AGE_GROUPS: tuple[tuple[int, str, str], ...] = (
    (0, "under-31", "đến 30 tuổi"),
    (31, "31-40", "31 - 40 tuổi"),
    (41, "41-50", "41 - 50 tuổi"),
    (51, "51-60", "51 - 60 tuổi"),
    (61, "over-60", "trên 60 tuổi"),
)
AGE_GROUP = Dimension("age_group", "nhóm tuổi", tuple(Code(code, label) for _age, code, label in AGE_GROUPS))
EDUCATION = Dimension("education", "trình độ chuyên môn", tuple(Code(*one) for one in levels.EDUCATION.items()))
THEORY = Dimension("theory", "trình độ lý luận chính trị", tuple(Code(*one) for one in levels.THEORY.items()))


def _flow(
    name: str,
    label: str,
    fact: str,
    *dimensions: Dimension,
    unit: str = "đảng viên",
    directed: frozenset[Direction] | None = None,
    sensitive: bool = False,
) -> Measure:
    return Measure(
        key=f"members.{name}",
        label=label,
        unit=unit,
        kind=Kind.FLOW,
        register=MEMBERS,
        fact=fact,
        dimensions=dimensions,
        directed=directed,
        sensitive=sensitive,
    )


def _offices(name: str, label: str, unit: str, fact: str) -> Measure:
    return Measure(
        key=f"offices.{name}",
        label=label,
        unit=unit,
        kind=Kind.FLOW,
        register=COMMITTEES,
        fact=fact,
        dimensions=(OFFICE,),
    )


def _with_units(name: str, label: str, direction: Direction) -> Measure:
    """Members who come or go because their unit does."""
    return Measure(
        key=f"organizations.{name}",
        label=label,
        unit="đảng viên",
        kind=Kind.FLOW,
        register=MEMBERS,
        fact="members_moved",
        directed=frozenset({direction}),
        placing=Placing.MOVE,
    )


MEASURES = (
    _with_units("members_received", "Đảng viên tiếp nhận cùng tổ chức", Direction.IN),
    _with_units("members_handed_over", "Đảng viên chuyển giao cùng tổ chức", Direction.OUT),
    _offices("appointed", "Chỉ định, chuẩn y chức vụ cấp ủy", "đồng chí", "appointed"),
    _offices("moved", "Điều động, bổ nhiệm", "đồng chí", "moved"),
    _offices("planned", "Rà soát, bổ sung quy hoạch", "lượt", "planned"),
    _offices("confidence_votes", "Chức danh được lấy phiếu tín nhiệm", "chức danh", "confidence"),
    Measure(
        key="members.total",
        label="Tổng số đảng viên",
        unit="đảng viên",
        kind=Kind.STOCK,
        register=MEMBERS,
        fact="membership",
        dimensions=(STATUS, SEX, AGE_GROUP, EDUCATION, THEORY, SECTOR),
    ),
    _flow("admitted", "Kết nạp đảng viên", "admitted", SECTOR, SEX),
    _flow("recognised", "Công nhận đảng viên chính thức", "recognised"),
    _flow("cards_issued", "Phát thẻ đảng viên", "card_issued", ROUND),
    Measure(
        key="members.cards_issued_organizations",
        label="Tổ chức cơ sở đảng có đảng viên được phát thẻ",
        unit="tổ chức",
        kind=Kind.FLOW,
        register=MEMBERS,
        fact="card_issued",
        distinct_kinds=frozenset(GRASSROOTS),
    ),
    _flow("transferred_in", "Chuyển sinh hoạt đảng đến", "transferred", TERM, directed=frozenset({Direction.IN})),
    _flow(
        "transferred_out",
        "Chuyển sinh hoạt đảng đi",
        "transferred",
        TERM,
        ABROAD,
        directed=frozenset({Direction.OUT}),
    ),
    _flow(
        "transferred_within",
        "Chuyển sinh hoạt đảng nội bộ",
        "transferred",
        TERM,
        directed=frozenset({Direction.WITHIN}),
    ),
    _flow("transferred", "Chuyển sinh hoạt đảng", "transferred", DIRECTION, TERM, unit="lượt", directed=frozenset()),
    _flow("cards_reissued", "Cấp lại, đổi thẻ đảng viên", "card_reissued", CARD_REASON),
    _flow("status_opinions", "Cho ý kiến về tư cách đảng viên", "status_opinion", unit="trường hợp", sensitive=True),
    _flow("left", "Ra khỏi Đảng", "left", HOW, unit="trường hợp", sensitive=True),
    _flow("died", "Từ trần", "died"),
    _flow("restored", "Khôi phục đảng tịch", "restored"),
    _flow("opened", "Có trong danh sách khi bắt đầu dùng sổ", "members_opened"),
    Measure(
        key="members.admission_rate",
        label="Tỷ lệ kết nạp so với tổng số đảng viên đầu năm",
        unit="%",
        kind=Kind.RATE,
        rate=Rate(
            "members.admitted",
            "members.total",
            "đảng viên kết nạp trong kỳ",
            "tổng số đảng viên ngày 31/12 năm trước",
            RateBase.YEAR_EVE,
        ),
    ),
)
