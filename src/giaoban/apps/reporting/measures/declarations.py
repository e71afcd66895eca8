"""What units and departments report themselves, by field of work. Free of the database: declarations only.

A measure that names a ``register`` is answered by it as soon as the program has one of that name; until then, and in
the days of a dated switch, the reported numbers answer.
"""

from __future__ import annotations

from dataclasses import dataclass

from giaoban.apps.organizations.measures.declarations import SECTOR
from giaoban.figures import Code, Dimension, Kind, Measure, Rate

DOCUMENT_TYPE = Dimension(
    "type",
    "loại văn bản",
    (
        Code("NQ", "nghị quyết"),
        Code("CT", "chỉ thị"),
        Code("KL", "kết luận"),
        Code("QC", "quy chế"),
        Code("QĐ", "quyết định, quy định"),
        Code("HD", "hướng dẫn"),
        Code("TB", "thông báo"),
        Code("BC", "báo cáo"),
        Code("KH", "kế hoạch"),
        Code("CTr", "chương trình"),
        Code("CV", "công văn"),
    ),
)
CLASS_KIND = Dimension(
    "class",
    "loại lớp",
    (
        Code("awareness", "nhận thức về Đảng"),
        Code("new_members", "đảng viên mới"),
        Code("committee", "cấp ủy viên cơ sở"),
        Code("thematic", "bồi dưỡng chuyên đề"),
    ),
)
PROGRAMME_LEVEL = Dimension(
    "level",
    "trình độ",
    (
        Code("advanced", "cao cấp lý luận chính trị"),
        Code("intermediate", "trung cấp lý luận chính trị"),
        Code("professional", "chuyên môn, nghiệp vụ"),
        Code("update", "cập nhật kiến thức"),
    ),
)
INSPECTION_FORM = Dimension("form", "hình thức", (Code("inspection", "kiểm tra"), Code("supervision", "giám sát")))
INSPECTION_BY = Dimension(
    "by",
    "bên thực hiện",
    (
        Code("committee", "cấp ủy"),
        Code("standing", "ban thường vụ"),
        Code("commission", "ủy ban kiểm tra"),
        Code("cell", "chi bộ"),
    ),
)
INSPECTION_CAUSE = Dimension(
    "cause",
    "loại",
    (Code("regular", "thường xuyên"), Code("signs", "khi có dấu hiệu vi phạm"), Code("thematic", "chuyên đề")),
)
DISCIPLINE_FORM = Dimension(
    "form",
    "hình thức kỷ luật",
    (Code("reprimand", "khiển trách"), Code("warning", "cảnh cáo"), Code("dissolution", "giải tán")),
)
PETITION_KIND = Dimension(
    "kind",
    "loại đơn",
    (Code("denunciation", "tố cáo"), Code("complaint", "khiếu nại"), Code("proposal", "kiến nghị, phản ánh")),
)
PETITION_HOW = Dimension(
    "how",
    "cách xử lý",
    (
        Code("settled", "giải quyết"),
        Code("forwarded", "chuyển"),
        Code("returned", "trả"),
        Code("filed", "lưu"),
        Code("withdrawn", "rút đơn"),
    ),
)
PRIZE_WINNER = Dimension("winner", "đối tượng", (Code("person", "cá nhân"), Code("group", "tập thể")))
PRIZE_RANK = Dimension(
    "rank",
    "giải",
    (
        Code("first", "giải nhất"),
        Code("second", "giải nhì"),
        Code("third", "giải ba"),
        Code("consolation", "giải khuyến khích"),
    ),
)
ASSOCIATION = Dimension(
    "association",
    "đoàn thể",
    (
        Code("youth", "đoàn thanh niên"),
        Code("trade_union", "công đoàn"),
        Code("veterans", "cựu chiến binh"),
        Code("women", "phụ nữ"),
        Code("farmers", "nông dân"),
    ),
)
WELFARE_PURPOSE = Dimension(
    "purpose",
    "mục đích",
    (
        Code("holiday", "lễ, Tết"),
        Code("merit", "người có công"),
        Code("poor", "hộ nghèo, khó khăn"),
        Code("disaster", "thiên tai, dịch bệnh"),
        Code("study", "khuyến học"),
    ),
)
ECONOMY_SECTOR = Dimension(
    "branch",
    "ngành",
    (
        Code("agriculture", "nông, lâm nghiệp, thủy sản"),
        Code("industry", "công nghiệp, xây dựng"),
        Code("services", "thương mại, dịch vụ"),
        Code("finance", "tài chính, ngân hàng"),
    ),
)
REVIEW_KIND = Dimension(
    "kind",
    "việc",
    (
        Code("year_end", "kiểm điểm cuối năm"),
        Code("essay", "bài thu hoạch"),
        Code("commitment", "bản cam kết"),
        Code("signs", "nhận diện biểu hiện"),
    ),
)
MODEL_KIND = Dimension("kind", "loại", (Code("model", "mô hình"), Code("example", "điển hình")))


def _flow(key: str, label: str, unit: str, *dimensions: Dimension, register: str, plan: str = "") -> Measure:
    """What will be counted from a register of its own."""
    fact = key.partition(".")[2]
    return Measure(key, label, unit, Kind.FLOW, register, fact, dimensions, plan=plan)


def _value(key: str, label: str, unit: str, *dimensions: Dimension, time: Kind = Kind.FLOW) -> Measure:
    """What only the unit knows; by sector of the office it is told from where the unit stands, nobody types that."""
    return Measure(key, label, unit, Kind.VALUE, dimensions=(*dimensions, SECTOR), time=time)


def _money(key: str, label: str, *, time: Kind = Kind.FLOW, signed: bool = False) -> Measure:
    return Measure(
        f"economy.{key}",
        label,
        "tỷ đồng",
        Kind.VALUE,
        dimensions=(ECONOMY_SECTOR, SECTOR),
        time=time,
        decimals=3,
        signed=signed,
    )


# Of units of which some told only one of the two it says nothing; a fund in thousands of millions, a mean in millions.
_MEAN_INCOME = Measure(
    "economy.mean_income",
    "Thu nhập bình quân của người lao động",
    "triệu đồng/người",
    Kind.RATE,
    rate=Rate("economy.wages", "economy.workers", "quỹ lương", "người lao động", times=1000, places=2),
    decimals=2,
)


@dataclass(frozen=True, slots=True)
class Field:
    """A field of work whose numbers one department knows."""

    key: str
    label: str
    measures: tuple[Measure, ...]


FIELDS = (
    Field(
        "office",
        "Văn bản, báo cáo",
        (
            _flow("documents.issued", "Văn bản ban hành", "văn bản", DOCUMENT_TYPE, register="documents"),
            _flow("documents.issued_key", "Văn bản trọng tâm", "văn bản", DOCUMENT_TYPE, register="documents"),
            _flow("reports.topical", "Báo cáo sơ kết, tổng kết chuyên đề", "báo cáo", register="documents"),
        ),
    ),
    Field(
        "organization",
        "Tổ chức, đào tạo, bồi dưỡng",
        (
            _flow("training.classes", "Lớp bồi dưỡng đã mở", "lớp", CLASS_KIND, register="training"),
            _flow("training.learners", "Học viên các lớp bồi dưỡng", "học viên", CLASS_KIND, register="training"),
            _flow("training.sent", "Cán bộ được cử đi học", "lượt", PROGRAMME_LEVEL, register="training"),
            _flow("reviews.done", "Kiểm điểm, thu hoạch, cam kết đã làm", "bản", REVIEW_KIND, register="reviews"),
            _flow("dues.cells_complete", "Chi bộ thu đủ đảng phí", "chi bộ", register="dues"),
        ),
    ),
    Field(
        "propaganda",
        "Tuyên truyền, học tập",
        (
            _flow("publications.bulletins", "Thông tin sinh hoạt chi bộ", "số", register="publications"),
            _flow("publications.articles", "Tin, bài đăng tải", "tin, bài", register="publications"),
            _flow("publications.broadcasts", "Tin, phóng sự phát sóng", "tin", register="publications"),
            _flow("online_study.attendance", "Dự học tập, quán triệt trực tuyến", "lượt", register="online_study"),
            _flow("contests.units", "Đơn vị tham gia cuộc thi", "đơn vị", register="contests"),
            _flow("contests.entries", "Bài dự thi", "bài", register="contests"),
            _flow("contests.attempts", "Lượt thi", "lượt", register="contests"),
            _flow("contests.people", "Người dự thi", "người", register="contests"),
            _flow("contests.prizes", "Giải thưởng", "giải", PRIZE_WINNER, PRIZE_RANK, register="contests"),
        ),
    ),
    Field(
        "inspection",
        "Kiểm tra, giám sát, kỷ luật",
        (
            Measure(
                "inspection.planned",
                "Cuộc kiểm tra, giám sát theo chương trình năm",
                "cuộc",
                Kind.PLAN,
                "inspection",
                "planned",
                (INSPECTION_FORM, INSPECTION_BY),
            ),
            _flow(
                "inspection.completed",
                "Cuộc kiểm tra, giám sát đã hoàn thành",
                "cuộc",
                INSPECTION_FORM,
                INSPECTION_BY,
                register="inspection",
                plan="inspection.planned",
            ),
            _flow(
                "inspection.organizations",
                "Tổ chức đảng được kiểm tra, giám sát",
                "tổ chức",
                INSPECTION_FORM,
                INSPECTION_CAUSE,
                register="inspection",
            ),
            _flow(
                "inspection.members",
                "Đảng viên được kiểm tra, giám sát",
                "đảng viên",
                INSPECTION_FORM,
                INSPECTION_CAUSE,
                register="inspection",
            ),
            _flow(
                "inspection.reviews",
                "Đơn vị kiểm điểm trách nhiệm theo kết luận thanh tra",
                "đơn vị",
                register="inspection",
            ),
            _flow(
                "discipline.organizations",
                "Thi hành kỷ luật tổ chức đảng",
                "tổ chức",
                DISCIPLINE_FORM,
                register="discipline_organizations",
            ),
            _flow("petitions.received", "Đơn thư tiếp nhận", "đơn", PETITION_KIND, register="petitions"),
            _flow("petitions.settled", "Đơn thư đã xử lý", "đơn", PETITION_HOW, register="petitions"),
        ),
    ),
    Field(
        "mass",
        "Dân vận, đoàn thể, an sinh xã hội",
        (
            _value("associations.units", "Cơ sở đoàn thể", "cơ sở", ASSOCIATION, time=Kind.STOCK),
            _value("associations.members", "Đoàn viên, hội viên", "người", ASSOCIATION, time=Kind.STOCK),
            _value("associations.congresses", "Đại hội đoàn thể đã tổ chức", "đơn vị", ASSOCIATION),
            _flow("movements.models", "Mô hình, điển hình «Dân vận khéo»", "mô hình", MODEL_KIND, register="movements"),
            _value("welfare.gifts", "Suất quà an sinh xã hội", "suất", ASSOCIATION, WELFARE_PURPOSE),
            _value("welfare.amount", "Trị giá an sinh xã hội", "đồng", ASSOCIATION, WELFARE_PURPOSE),
            _value("welfare.people", "Người được giúp đỡ", "người", ASSOCIATION, WELFARE_PURPOSE),
        ),
    ),
    Field(
        "economy",
        "Kinh tế - xã hội",
        (
            _money("revenue", "Doanh thu"),
            _money("profit", "Lợi nhuận", signed=True),
            _money("budget_paid", "Nộp ngân sách nhà nước"),
            _money("deposits", "Nguồn vốn huy động", time=Kind.STOCK),
            _money("loans", "Dư nợ cho vay", time=Kind.STOCK),
            _money("investment", "Vốn đầu tư thực hiện"),
            _money("grdp", "Tổng sản phẩm trên địa bàn (GRDP)"),
            _money("budget_revenue", "Thu ngân sách trên địa bàn"),
            _value("economy.procedures", "Hồ sơ thủ tục hành chính đã giải quyết", "hồ sơ"),
            _value("economy.workers", "Người lao động", "người", ECONOMY_SECTOR, time=Kind.STOCK),
            _money("wages", "Quỹ lương của người lao động"),
        ),
    ),
)
MEASURES = (*(measure for field in FIELDS for measure in field.measures), _MEAN_INCOME)
