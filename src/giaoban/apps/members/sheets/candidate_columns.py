"""Columns of the sheet of candidates: one row for each step."""

from __future__ import annotations

from giaoban.apps.members.models import CandidateEvent
from giaoban.apps.members.trait_values import SEX
from giaoban.apps.sheets.cells import BadCell, Cell
from giaoban.apps.sheets.columns import (
    Column,
    choice_column,
    day_column,
    identity_column,
    number_column,
    partial_day_column,
    read_text,
    shown,
    text_column,
)

STEPS = {kind.value: str(kind.label) for kind in CandidateEvent}


def _count_reader(value: Cell) -> int:
    if type(value) is float and value.is_integer() and 0 <= value <= 5000:
        return int(value)
    text = read_text(value)
    if text.isascii() and text.isdigit() and int(text) <= 5000:
        return int(text)
    raise BadCell(f"{shown(value)} không phải là số phiếu", "số nguyên, ví dụ 12")


def _count_column(key: str, heading: str, what: str, example: str) -> Column:
    return Column(key, heading, what, "số nguyên", example, _count_reader, blank=None)


CANDIDATE_COLUMNS = (
    text_column("full_name", "Họ và tên", "Họ, chữ đệm và tên.", "Nguyễn Thị Hường", longest=120, required=True),
    partial_day_column("birth", "Ngày sinh", "Ngày sinh theo lý lịch.", "12/04/1998", required=True),
    choice_column("sex", "Giới tính", "Giới tính; cần khi người này chưa có trong sổ.", "Nữ", SEX),
    text_column(
        "unit",
        "Chi bộ",
        "Chi bộ xem xét kết nạp.",
        "MAU.15.03",
        longest=40,
        required=True,
        form="mã chi bộ trong phần mềm",
    ),
    choice_column(
        "kind",
        "Bước",
        "Bước đã xong. Để trống: chỉ ghi tên người vào danh sách xem xét.",
        "Nghị quyết của chi bộ",
        STEPS,
    ),
    day_column("day", "Ngày", "Ngày của bước: ngày họp, ngày quyết định, ngày lễ...", "15/11/2022"),
    text_column(
        "decision_number",
        "Số văn bản",
        "Số giấy chứng nhận, kết luận, nghị quyết, tờ trình, quyết định.",
        "07-NQ/CB",
        longest=60,
    ),
    text_column("decision_issuer", "Cơ quan ban hành", "Cấp ủy ra văn bản.", "Đảng ủy Khối", longest=200),
    number_column(
        "sponsor",
        "Số thẻ người giới thiệu",
        "Bước giới thiệu: số thẻ hoặc số lý lịch của đảng viên giới thiệu; mỗi người một dòng.",
        "01234567",
        longest=20,
    ),
    text_column(
        "sponsor_name",
        "Người giới thiệu",
        "Không bắt buộc; nếu ghi thì được so với sổ để tránh nhầm số.",
        "Đặng Thị Hường",
        longest=120,
    ),
    text_column(
        "sponsor_body",
        "Đoàn thể giới thiệu",
        "Bước giới thiệu: tên tổ chức đoàn thể thay cho một đảng viên.",
        "Đoàn thanh niên Sở Nội vụ",
        longest=120,
    ),
    _count_column("votes_for", "Số tán thành", "Bước nghị quyết: số phiếu tán thành.", "12"),
    _count_column("votes_of", "Tổng số triệu tập", "Bước nghị quyết: tổng số đảng viên chính thức triệu tập.", "15"),
    number_column(
        "file_number",
        "Số lý lịch",
        "Bước kết nạp: số lý lịch đảng viên, nếu đã có; người kết nạp lại: số cũ.",
        "004512 KCQ",
        longest=20,
    ),
    identity_column(
        "identity_number",
        "Số định danh",
        "Bước kết nạp: số định danh cá nhân (CCCD), nếu có; lưu dạng mã hóa.",
        "001098012345",
    ),
    text_column("ref", "Mã dòng", "Mã riêng của dòng trong hồ sơ của văn phòng, nếu có.", "KN-2023-014", longest=60),
)
CANDIDATE_GUIDE = (
    "Mỗi dòng là một bước của một người được xem xét kết nạp; người chưa có trong sổ được thêm vào.",
    "Người được nhận ra bằng chi bộ, họ tên và ngày sinh, vì người xin vào Đảng chưa có số nào trong sổ.",
    "Các bước theo thứ tự: giấy chứng nhận, đơn, giới thiệu (hai dòng), thẩm tra, nghị quyết chi bộ, nghị quyết "
    "đảng ủy cơ sở, tờ trình, quyết định, chi bộ nhận quyết định, lễ kết nạp.",
    "Dòng «Quyết định kết nạp» ghi luôn người đó vào sổ đảng viên, nên không nhập lại bằng mẫu «Đảng viên».",
)
