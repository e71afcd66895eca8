"""Columns of the two sheets, and the words that stand for codes in them."""

from __future__ import annotations

from enum import StrEnum

from giaoban.apps.members.grounds import grounds
from giaoban.apps.members.models import CardReason, LeavingHow, MemberEvent
from giaoban.apps.members.trait_values import EDUCATION, SEX, THEORY
from giaoban.apps.sheets.columns import (
    YES_NO,
    Column,
    choice_column,
    day_column,
    identity_column,
    number_column,
    partial_day_column,
    text_column,
)

STATUS = {True: "Chính thức", False: "Dự bị"}
FIRST_KINDS = {
    MemberEvent.OPENING: "Có trong danh sách khi bắt đầu dùng sổ",
    MemberEvent.ADMITTED: "Kết nạp",
    MemberEvent.TRANSFERRED: "Chuyển đến từ ngoài",
}


class EntryKind(StrEnum):
    """What an entry row says; a transfer is told by its direction."""

    ADMITTED = "admitted"
    RECOGNISED = "recognised"
    CARD_ISSUED = "card_issued"
    IN = "transferred_in"
    OUT = "transferred_out"
    WITHIN = "transferred_within"
    LEFT = "left"
    DIED = "died"
    RESTORED = "restored"
    CARD_REISSUED = "card_reissued"
    STATUS_OPINION = "status_opinion"


ENTRY_KINDS = {
    EntryKind.RECOGNISED: "Công nhận chính thức",
    EntryKind.CARD_ISSUED: "Phát thẻ",
    EntryKind.IN: "Chuyển đến từ ngoài",
    EntryKind.OUT: "Chuyển đi ngoài",
    EntryKind.WITHIN: "Chuyển trong hệ thống",
    EntryKind.LEFT: "Ra khỏi Đảng",
    EntryKind.DIED: "Từ trần",
    EntryKind.ADMITTED: "Kết nạp lại",
    EntryKind.RESTORED: "Khôi phục đảng tịch",
    EntryKind.CARD_REISSUED: "Cấp lại, đổi thẻ",
    EntryKind.STATUS_OPINION: "Cho ý kiến về tư cách đảng viên",
}
TERM = {"official": "Chính thức", "temporary": "Tạm thời"}
CARD_REASONS = {reason.value: str(reason.label) for reason in CardReason}
HOW = {how.value: str(how.label) for how in LeavingHow} | TERM | CARD_REASONS
GROUNDS = {code: ground.label for code, ground in grounds().items()}

_CELL = "mã chi bộ trong phần mềm"


def decision_columns(*, required: bool = False) -> tuple[Column, ...]:
    """Return the columns of the paper on which something is recorded."""
    return (
        text_column(
            "decision_number",
            "Số quyết định",
            "Số, ký hiệu của quyết định.",
            "318-QĐ/ĐUK",
            longest=60,
            required=required,
        ),
        day_column("decision_date", "Ngày quyết định", "Ngày ký quyết định.", "20/12/2022"),
        text_column("decision_issuer", "Cơ quan quyết định", "Cấp ủy ra quyết định.", "Đảng ủy Khối", longest=200),
        text_column(
            "ref", "Mã dòng", "Mã riêng của dòng trong hồ sơ của văn phòng, nếu có.", "DV-2023-014", longest=60
        ),
    )


def number_columns(what: str) -> tuple[Column, ...]:
    """Return the columns of the three numbers by which a member is found; ``what`` ends their explanation."""
    return (
        number_column("file_number", "Số lý lịch", f"Số lý lịch đảng viên{what}.", "004512 KCQ", longest=20),
        number_column("card_number", "Số thẻ", f"Số thẻ đảng viên{what}.", "01234567", longest=20, fewest_digits=8),
        identity_column(
            "identity_number", "Số định danh", f"Số định danh cá nhân (CCCD){what}; lưu dạng mã hóa.", "001099012345"
        ),
    )


MEMBER_COLUMNS = (
    text_column("full_name", "Họ và tên", "Họ, chữ đệm và tên.", "Đặng Thị Hường", longest=120, required=True),
    partial_day_column("birth", "Ngày sinh", "Ngày sinh theo hồ sơ.", "31/03/1957", required=True),
    choice_column("sex", "Giới tính", "Giới tính.", "Nữ", SEX, required=True),
    text_column(
        "unit", "Đơn vị", "Chi bộ mà đảng viên vào sinh hoạt.", "MAU.15.03", longest=40, required=True, form=_CELL
    ),
    *number_columns(""),
    number_column("phone", "Điện thoại", "Số điện thoại.", "0912345678", longest=20, fewest_digits=10),
    choice_column(
        "kind",
        "Vào sổ bằng",
        "Vì sao có tên trong sổ. Để trống: có trong danh sách khi bắt đầu dùng sổ.",
        "Kết nạp",
        FIRST_KINDS,
    ),
    day_column(
        "day", "Ngày vào sổ", "Ngày bắt đầu dùng sổ, ngày kết nạp hoặc ngày chuyển đến.", "01/01/2021", required=True
    ),
    choice_column(
        "status",
        "Tư cách",
        "Khi vào sổ là chính thức hay dự bị. Để trống: chính thức; kết nạp: dự bị.",
        "Chính thức",
        STATUS,
    ),
    text_column("outside", "Chuyển từ", "Tổ chức đảng nơi chuyển đến đây.", "Đảng bộ huyện Bình An", longest=200),
    day_column("admitted_on", "Ngày vào Đảng", "Ngày kết nạp của người đã là đảng viên.", "19/05/1985"),
    day_column("recognised_on", "Ngày chính thức", "Ngày được công nhận chính thức.", "19/05/1986"),
    choice_column("education", "Trình độ chuyên môn", "Trình độ cao nhất.", "Đại học", EDUCATION),
    choice_column("theory", "Lý luận chính trị", "Trình độ lý luận chính trị.", "Trung cấp", THEORY),
    text_column("occupation", "Nghề nghiệp", "Công việc hiện nay.", "Công chức", longest=40),
    *decision_columns(),
)
MEMBER_GUIDE = (
    "Mỗi dòng là một người vào sổ đảng viên, cùng lần ghi đầu tiên: có trong danh sách khi bắt đầu dùng sổ, kết nạp, "
    "hoặc chuyển đến từ ngoài.",
    "Nhận ra một người bằng số lý lịch, số thẻ hoặc số định danh, không bằng họ tên. Hai người cùng họ tên, cùng ngày "
    "sinh phải có số để phân biệt.",
    "Việc xảy ra về sau (công nhận, phát thẻ, chuyển đi...) ghi bằng mẫu «Việc về đảng viên».",
)

ENTRY_COLUMNS = (
    *number_columns("; cần ít nhất một trong ba số"),
    text_column(
        "full_name",
        "Họ và tên",
        "Không bắt buộc; nếu ghi thì được so với sổ để tránh nhầm số.",
        "Đặng Thị Hường",
        longest=120,
    ),
    choice_column("kind", "Việc", "Việc đã xảy ra.", "Phát thẻ", ENTRY_KINDS, required=True),
    day_column(
        "day",
        "Ngày",
        "Ngày có hiệu lực: ngày kết nạp, ngày tiếp nhận, ngày trên giấy giới thiệu...",
        "03/02/2023",
        required=True,
    ),
    text_column(
        "unit",
        "Đơn vị",
        "Chi bộ nơi có việc; chuyển đến thì là chi bộ tiếp nhận. Để trống: chi bộ đang sinh hoạt ngày đó.",
        "MAU.15.03",
        longest=40,
        form=_CELL,
    ),
    text_column(
        "from_place",
        "Nơi đi",
        "Chuyển trong hệ thống: mã chi bộ đang sinh hoạt (có thể để trống). Chuyển đến từ ngoài: tên tổ chức đảng "
        "nơi đi.",
        "Đảng bộ huyện Bình An",
        longest=200,
    ),
    text_column(
        "to_place",
        "Nơi đến",
        "Chuyển trong hệ thống: mã chi bộ tiếp nhận. Chuyển đi ngoài: tên tổ chức đảng nơi đến.",
        "MAU.20.01",
        longest=200,
    ),
    choice_column(
        "how",
        "Hình thức",
        "Ra khỏi Đảng: xin ra, xóa tên hay khai trừ. Chuyển sinh hoạt: chính thức (mặc định) hay tạm thời. "
        "Cấp lại thẻ: bị mất, bị hỏng hay đổi thẻ.",
        "Tạm thời",
        HOW,
    ),
    choice_column("status", "Tư cách", "Chuyển đến, khôi phục: chính thức (mặc định) hay dự bị.", "Chính thức", STATUS),
    text_column("round", "Đợt", "Đợt phát thẻ.", "3/2", longest=20),
    number_column("new_card", "Số thẻ mới", "Số trên thẻ được phát, cấp lại.", "71000123", longest=20, fewest_digits=8),
    choice_column("ground", "Căn cứ xóa tên", "Chỉ ghi khi xóa tên.", GROUNDS["no_activity"], GROUNDS),
    choice_column("abroad", "Ra nước ngoài", "Chuyển đi ngoài: ra nước ngoài hay không.", "Không", YES_NO),
    day_column("until", "Đến ngày", "Ngày cuối của lần chuyển tạm thời, nếu có.", "31/12/2023"),
    *decision_columns(),
)
ENTRY_GUIDE = (
    "Mỗi dòng là một việc xảy ra với một đảng viên đã có trong sổ. Người mới kết nạp lần đầu ghi bằng mẫu «Đảng viên».",
    "Người được nhận ra bằng số lý lịch, số thẻ hoặc số định danh, không bằng họ tên.",
    "Nhiều việc của một người trong cùng ngày được ghi theo thứ tự dòng.",
)
