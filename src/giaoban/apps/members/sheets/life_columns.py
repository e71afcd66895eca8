"""Columns of the sheets of absences, honours, grades, conclusions and offices, and the words for their codes."""

from __future__ import annotations

from giaoban.apps.members.models import (
    AbsenceEvent,
    Grade,
    HonourEvent,
    HonourForm,
    HonourLevel,
    HonourReason,
    OfficeEvent,
    VettingPurpose,
)
from giaoban.apps.members.sheets.columns import decision_columns, number_columns
from giaoban.apps.organizations.kinds import Office
from giaoban.apps.sheets.columns import YES_NO, Column, choice_column, day_column, text_column, whole_column

ABSENCES = {kind.value: str(kind.label) for kind in AbsenceEvent}
HONOURS = {kind.value: str(kind.label) for kind in HonourEvent}
LEVELS = {level.value: str(level.label) for level in HonourLevel}
FORMS = {form.value: str(form.label) for form in HonourForm}
REASONS = {reason.value: str(reason.label) for reason in HonourReason}
HOW = {"regular": "Đúng hạn", "early": "Sớm vì bệnh nặng", "posthumous": "Truy tặng"}
GRADES = {grade.value: str(grade.label) for grade in Grade}
PURPOSES = {purpose.value: str(purpose.label) for purpose in VettingPurpose}
OFFICES = {office.value: str(office.label) for office in Office}
OFFICE_EVENTS = {kind.value: str(kind.label) for kind in OfficeEvent}
_CODE = "mã trong phần mềm"


def _who(what: str) -> tuple[Column, ...]:
    return (
        *number_columns(what),
        text_column(
            "full_name",
            "Họ và tên",
            "Không bắt buộc; nếu ghi thì được so với sổ để tránh nhầm số.",
            "Đặng Thị Hường",
            longest=120,
        ),
    )


_SOMEBODY = "; cần ít nhất một trong ba số"
_OR_UNIT = "; để trống cả ba nếu ghi cho một tổ chức đảng"
_UNIT = text_column(
    "unit",
    "Đơn vị",
    "Mã tổ chức đảng, khi ghi cho tổ chức chứ không cho một đảng viên.",
    "MAU.15",
    longest=40,
    form=_CODE,
)
_GUIDE = (
    "Người được nhận ra bằng số lý lịch, số thẻ hoặc số định danh, không bằng họ tên.",
    "Việc của một đảng viên được ghi vào chi bộ mà người đó sinh hoạt ngày hôm ấy.",
)

ABSENCE_COLUMNS = (
    *_who(_SOMEBODY),
    choice_column("kind", "Việc", "Việc đã xảy ra.", "Miễn công tác và sinh hoạt", ABSENCES, required=True),
    day_column("day", "Ngày", "Từ ngày nào.", "01/02/2023", required=True),
    day_column("until", "Đến hết ngày", "Ngày cuối được miễn, hoặc dự kiến trở về, nếu có.", "31/12/2023"),
    text_column("place", "Nơi đến", "Tên địa phương khi đi xa; không ghi địa chỉ.", "Bình Dương", longest=120),
    choice_column("abroad", "Ngoài nước", "Đi ra nước ngoài hay không. Để trống: không.", "Không", YES_NO),
    *decision_columns(),
)
ABSENCE_GUIDE = (
    "Mỗi dòng là một việc: được miễn công tác và sinh hoạt, hết miễn, đi xa, đã liên lạc, trở về.",
    *_GUIDE,
)

HONOUR_COLUMNS = (
    *_who(_OR_UNIT),
    _UNIT,
    choice_column(
        "kind",
        "Việc",
        "Đề nghị hay đã có quyết định; «bốn tốt» của tổ chức.",
        "Khen thưởng",
        HONOURS,
        required=True,
    ),
    day_column("day", "Ngày", "Ngày quyết định hoặc ngày đề nghị.", "03/02/2023", required=True),
    choice_column("reason", "Thành tích", "Khen về việc gì; chỉ dùng cho khen thưởng.", REASONS["five_years"], REASONS),
    choice_column("level", "Cấp", "Cấp khen, cấp tặng.", "Cấp tỉnh", LEVELS),
    choice_column("form", "Hình thức", "Giấy khen, bằng khen...; chỉ dùng cho khen thưởng.", "Giấy khen", FORMS),
    whole_column("years", "Huy hiệu", "Số năm của Huy hiệu Đảng.", "30", low=1, high=200),
    text_column("round", "Đợt", "Đợt trao Huy hiệu, kèm năm.", "3/2/2023", longest=20),
    choice_column("how", "Cách tặng", "Đúng hạn (mặc định), sớm hay truy tặng.", "Đúng hạn", HOW),
    *decision_columns(),
)
HONOUR_GUIDE = (
    "Mỗi dòng là một lần khen thưởng hoặc một Huy hiệu Đảng, đề nghị hay đã có quyết định.",
    "Khen một tổ chức thì ghi mã đơn vị và để trống các số của đảng viên.",
    *_GUIDE,
)

RATING_COLUMNS = (
    *_who(_OR_UNIT),
    _UNIT,
    whole_column("year", "Năm", "Năm được xếp loại.", "2022", low=1945, high=2200, required=True),
    choice_column("grade", "Mức", "Mức xếp loại.", GRADES["good"], GRADES, required=True),
    day_column("day", "Ngày", "Ngày quyết định hoặc kỳ họp xếp loại.", "20/12/2022", required=True),
    *decision_columns(),
)
RATING_GUIDE = (
    "Mỗi dòng là mức xếp loại một năm của một đảng viên hoặc một tổ chức đảng; mỗi năm một mức.",
    "Xếp loại một tổ chức thì ghi mã đơn vị và để trống các số của đảng viên.",
    *_GUIDE,
)

VETTING_COLUMNS = (
    *_who(_SOMEBODY),
    choice_column("purpose", "Mục đích", "Kết luận để làm gì.", "Công tác cán bộ", PURPOSES, required=True),
    day_column("day", "Ngày", "Ngày kết luận.", "15/02/2023", required=True),
    *decision_columns(required=True),
)
VETTING_GUIDE = (
    "Mỗi dòng là một kết luận tiêu chuẩn chính trị: chỉ số và ngày. Nội dung ở trên giấy, không nhập vào phần mềm.",
    *_GUIDE,
)

OFFICE_COLUMNS = (
    *_who(_SOMEBODY),
    text_column("unit", "Đơn vị", "Tổ chức đảng có chức vụ.", "MAU.15", longest=40, required=True, form=_CODE),
    choice_column("office", "Chức vụ", "Chức vụ trong cấp ủy.", "Phó Bí thư", OFFICES, required=True),
    choice_column("kind", "Việc", "Giữ bằng cách nào, hoặc thôi giữ.", "Chỉ định", OFFICE_EVENTS, required=True),
    day_column("day", "Ngày", "Ngày có hiệu lực.", "01/03/2023", required=True),
    text_column("note", "Ghi chú", "Nhiệm kỳ được quy hoạch, dịp lấy phiếu.", "nhiệm kỳ 2025 - 2030", longest=120),
    *decision_columns(),
)
OFFICE_GUIDE = (
    "Mỗi dòng là một việc về chức vụ trong cấp ủy: bầu, chỉ định, chuẩn y, thôi giữ, quy hoạch, lấy phiếu.",
    "Người được nhận ra bằng số lý lịch, số thẻ hoặc số định danh, không bằng họ tên.",
)
