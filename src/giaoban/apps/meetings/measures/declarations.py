"""What is counted of meetings and conferences. Free of the database: declarations only."""

from __future__ import annotations

from giaoban.apps.obligations.measures.declarations import OBLIGATIONS
from giaoban.apps.organizations.kinds import GRASSROOTS
from giaoban.figures import Code, Dimension, Kind, Measure, Rate, RateBase

MEETINGS = "meetings"
ATTENDANCE = "attendance"
CONFERENCES = "conferences"

# Units whose meetings are registered: those in which members stand.
CELLS = frozenset({"cell", "grassroots_cell"})

KIND = Dimension(
    "kind",
    "loại",
    (
        Code("regular", "sinh hoạt chi bộ thường kỳ"),
        Code("thematic", "sinh hoạt chuyên đề"),
        Code("cell_committee", "họp chi ủy"),
        Code("committee", "họp cấp ủy"),
        Code("all_members", "hội nghị đảng viên"),
        Code("extraordinary", "họp bất thường"),
    ),
)
FORM = Dimension(
    "form",
    "hình thức",
    (
        Code("in_person", "trực tiếp"),
        Code("online", "trực tuyến"),
        Code("mixed", "trực tiếp kết hợp trực tuyến"),
        Code("by_groups", "theo tổ đảng"),
    ),
)
GRADE = Dimension(
    "grade",
    "xếp loại",
    (Code("good", "tốt"), Code("fair", "khá"), Code("average", "trung bình"), Code("poor", "kém")),
)
STAGE = Dimension("stage", "bên chấm", (Code("self", "chi bộ tự chấm"), Code("review", "cấp trên thẩm định")))
CONFERENCE = Dimension(
    "conference", "loại hội nghị", (Code("conference", "hội nghị"), Code("briefing", "hội nghị giao ban"))
)
REASON = Dimension("reason", "lý do", (Code("excused", "có lý do"), Code("absent", "không có lý do")))


def _flow(key: str, label: str, unit: str, register: str, fact: str, *dimensions: Dimension) -> Measure:
    return Measure(key=key, label=label, unit=unit, kind=Kind.FLOW, register=register, fact=fact, dimensions=dimensions)


MEASURES = (
    Measure(
        key="meetings.registered",
        label="Chi bộ đăng ký lịch sinh hoạt",
        unit="tổ chức",
        kind=Kind.FLOW,
        register=MEETINGS,
        fact="registered",
        distinct_kinds=CELLS,
        plan="meetings.registration_due",
    ),
    Measure(
        key="meetings.registration_due",
        label="Chi bộ phải đăng ký lịch sinh hoạt",
        unit="tổ chức",
        kind=Kind.FLOW,
        register=OBLIGATIONS,
        fact="expected:meetings.schedule",
        distinct_kinds=CELLS,
        as_it_stood=True,
    ),
    _flow("meetings.held", "Kỳ sinh hoạt, cuộc họp đã tổ chức", "kỳ", MEETINGS, "held", KIND, FORM),
    _flow("meetings.thematic", "Kỳ sinh hoạt chuyên đề", "kỳ", MEETINGS, "thematic", FORM),
    _flow("meetings.online", "Kỳ sinh hoạt trực tuyến, theo tổ đảng", "kỳ", MEETINGS, "online", FORM, KIND),
    _flow("meetings.graded", "Kỳ sinh hoạt được chấm điểm, xếp loại", "kỳ", MEETINGS, "graded", GRADE, STAGE),
    _flow("meetings.visits", "Lượt dự sinh hoạt cơ sở", "lượt", MEETINGS, "visited"),
    Measure(
        key="meetings.called",
        label="Lượt đảng viên phải dự sinh hoạt",
        unit="lượt",
        kind=Kind.FLOW,
        register=ATTENDANCE,
        fact="called",
        sensitive=True,
    ),
    Measure(
        key="meetings.present",
        label="Lượt đảng viên dự sinh hoạt",
        unit="lượt",
        kind=Kind.FLOW,
        register=ATTENDANCE,
        fact="present",
        sensitive=True,
    ),
    Measure(
        key="meetings.attendance",
        label="Tỷ lệ đảng viên dự sinh hoạt",
        unit="%",
        kind=Kind.RATE,
        rate=Rate("meetings.present", "meetings.called", "lượt dự", "lượt phải dự", RateBase.SAME_DAYS),
    ),
    Measure(
        key="committee.working_sessions",
        label="Làm việc với cấp ủy cơ sở",
        unit="cấp ủy",
        kind=Kind.FLOW,
        register=MEETINGS,
        fact="working",
        distinct_kinds=frozenset(GRASSROOTS),
    ),
    Measure(
        key="committee.regulations_reviewed",
        label="Rà soát quy chế làm việc của cấp ủy",
        unit="cấp ủy",
        kind=Kind.FLOW,
        register=MEETINGS,
        fact="regulations",
        distinct_kinds=frozenset(GRASSROOTS),
        plan="organizations.grassroots",
    ),
    _flow("conferences.held", "Hội nghị đã tổ chức", "cuộc", CONFERENCES, "held", CONFERENCE, FORM),
    _flow("conferences.attendance", "Đại biểu dự hội nghị", "lượt", CONFERENCES, "delegates", CONFERENCE),
    _flow("conferences.called", "Lượt đơn vị phải dự hội nghị", "đơn vị", CONFERENCES, "ticked"),
    Measure(
        key="conferences.absent",
        label="Đơn vị không cử thành phần dự hội nghị",
        unit="đơn vị",
        kind=Kind.FLOW,
        register=CONFERENCES,
        fact="stayed_away",
        dimensions=(REASON,),
        plan="conferences.called",
    ),
)
