"""Columns of the sheet of units."""

from __future__ import annotations

from giaoban.apps.organizations.kinds import UnitKind
from giaoban.apps.organizations.models import UnitEvent
from giaoban.apps.sheets.columns import YES_NO, choice_column, day_column, text_column

EVENTS = (
    UnitEvent.OPENING,
    UnitEvent.ESTABLISHED,
    UnitEvent.RECEIVED,
    UnitEvent.RENAMED,
    UnitEvent.MOVED,
    UnitEvent.KIND_CHANGED,
    UnitEvent.HANDED_OVER,
    UnitEvent.DISSOLVED,
)

_IN_THE_SYSTEM = "mã trong phần mềm"

COLUMNS = (
    text_column(
        "code",
        "Mã đơn vị",
        "Mã của đơn vị, đặt một lần và không dùng lại cho đơn vị khác.",
        "MAU.15.03",
        longest=40,
        required=True,
        form="chữ và số, không có khoảng trắng, nhiều nhất 40 ký tự",
    ),
    choice_column(
        "event",
        "Sự kiện",
        "Việc gì đã xảy ra. Để trống: đơn vị có từ trước khi dùng sổ.",
        "Thành lập",
        {event: str(event.label) for event in EVENTS},
    ),
    day_column("day", "Ngày", "Ngày sự kiện có hiệu lực.", "01/07/2021", required=True),
    text_column(
        "parent",
        "Cấp trên",
        "Mã của cấp trên trực tiếp mà đơn vị trực thuộc từ ngày này. Chỉ đơn vị đứng đầu cây mới để trống.",
        "MAU.15",
        longest=40,
        form=_IN_THE_SYSTEM,
    ),
    text_column(
        "name",
        "Tên",
        "Tên đầy đủ; phải điền khi đơn vị bắt đầu hoặc đổi tên.",
        "Chi bộ cơ quan Sở Nội vụ",
        longest=250,
    ),
    text_column("short_name", "Tên ngắn", "Tên gọi ngắn dùng trong bảng.", "CB Sở Nội vụ", longest=120),
    choice_column(
        "unit_kind",
        "Loại hình",
        "Loại hình tổ chức; phải điền khi đơn vị bắt đầu hoặc chuyển loại hình.",
        "Chi bộ cơ sở",
        {kind: str(kind.label) for kind in UnitKind},
    ),
    text_column("decision_number", "Số quyết định", "Số, ký hiệu của quyết định.", "125-QĐ/ĐUK", longest=60),
    day_column("decision_date", "Ngày quyết định", "Ngày ký quyết định.", "25/06/2021"),
    text_column("decision_issuer", "Cơ quan quyết định", "Cấp ủy ra quyết định.", "Đảng ủy Khối", longest=200),
    text_column(
        "outside",
        "Nơi đến hoặc đi",
        "Tổ chức ngoài hệ thống: nơi chuyển đến khi tiếp nhận, nơi nhận khi chuyển giao.",
        "Đảng bộ huyện Bình An",
        longest=200,
    ),
    text_column("cluster", "Cụm", "Tên hoặc mã cụm của cấp trên mà đơn vị thuộc về từ ngày này.", "Cụm 1", longest=120),
    text_column(
        "sector", "Khối", "Tên hoặc mã khối của cấp trên mà đơn vị thuộc về từ ngày này.", "Hành chính", longest=120
    ),
    text_column(
        "official_code",
        "Mã chính thức",
        "Mã của tổ chức trong danh mục chính thức, có hiệu lực từ ngày này; mã này đổi theo hệ thống tổ chức.",
        "38.168.053.000.001",
        longest=30,
    ),
    choice_column(
        "counts_as_established",
        "Tính là thành lập",
        "Chỉ khi chuyển loại hình: quyết định có ghi thành lập tổ chức không.",
        "Không",
        YES_NO,
    ),
    day_column(
        "in_use_from",
        "Dùng sổ từ ngày",
        "Từ ngày nào đơn vị và cấp dưới dùng các sổ của phần mềm; trước ngày đó số liệu để trống, không tính là 0. "
        "Thường chỉ ghi ở đơn vị đứng đầu.",
        "01/01/2021",
    ),
    text_column("note", "Ghi chú", "Ghi chú ngắn.", "Đổi tên theo cơ quan", longest=300),
    text_column("ref", "Mã dòng", "Mã riêng của dòng trong hồ sơ của văn phòng, nếu có.", "TC-2021-007", longest=60),
)

GUIDE = (
    "Mỗi dòng là một việc xảy ra với một đơn vị: đã có từ trước, thành lập, tiếp nhận, đổi tên, chuyển trực thuộc, "
    "chuyển loại hình, chuyển giao, giải thể.",
    "Danh sách đầu tiên: mỗi đơn vị một dòng, sự kiện «Có từ trước khi dùng sổ», cùng một ngày; thứ tự dòng tùy ý.",
    "Cụm, khối: nếu cấp trên chưa có cụm (khối) nào thì tệp này lập ra; nếu đã có thì phải ghi đúng tên hoặc mã.",
)
