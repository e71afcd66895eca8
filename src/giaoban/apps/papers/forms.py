"""A form of a paper: words with fields in braces, a table for lists; pure, no database.

The body is text. A blank line ends a paragraph; «- » begins a list item, «^ » a centred line in bold
capitals, «= » one as it is; **bold** and
*italic* work inside a line; ``[bảng]`` stands where the table of people comes; ``{ho_ten}`` is a field.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from giaoban.core.errors import InvalidInput
from giaoban.core.text_vi import quoted

TABLE_MARK = "[bảng]"
_FIELD = re.compile(r"\{([^{}]*)\}")
_LINE = re.compile(r"at line (\d+)")


class About(StrEnum):
    """Whose paper it is: this decides which fields it may have and who is offered to choose from."""

    ADMISSION = "admission"
    RECOGNITION = "recognition"
    TRANSFER = "transfer"
    BADGE = "badge"
    CARD = "card"
    ROLL = "roll"


ABOUT_LABELS = {
    About.ADMISSION: "Kết nạp đảng viên",
    About.RECOGNITION: "Công nhận đảng viên chính thức",
    About.TRANSFER: "Chuyển sinh hoạt đảng",
    About.BADGE: "Huy hiệu Đảng",
    About.CARD: "Thẻ đảng viên",
    About.ROLL: "Đảng số",
}

_COMMON = {
    "co_quan": "tên cấp ủy lập văn bản",
    "dang_bo": "tên đảng bộ, chi bộ lập văn bản",
    "so_nguoi": "số người trong danh sách",
    "ky": "kỳ đang chọn",
    "kinh_gui": "«Kính gửi» hay «Kính trình», theo thể thức có hiệu lực ngày văn bản",
    "cap_tren": "cấp ủy cấp trên trực tiếp",
}
_PERSON = {
    "ho_ten": "họ và tên",
    "gioi_tinh": "giới tính",
    "ngay_sinh": "ngày sinh",
    "chi_bo": "chi bộ",
    "to_chuc_co_so": "tổ chức cơ sở đảng",
    "noi_sinh_hoat": "chi bộ và tổ chức cơ sở đảng của chi bộ; chi bộ cơ sở ghi một lần",
    "so_ly_lich": "số lý lịch",
    "so_the": "số thẻ",
    "trinh_do": "trình độ chuyên môn",
    "ly_luan": "trình độ lý luận chính trị",
    "nghe_nghiep": "nghề nghiệp",
    "ngay_vao_dang": "ngày vào Đảng",
    "ngay_chinh_thuc": "ngày chính thức",
}
FIELDS: dict[About, dict[str, str]] = {
    About.ADMISSION: _COMMON
    | {key: _PERSON[key] for key in ("ho_ten", "gioi_tinh", "ngay_sinh", "chi_bo", "to_chuc_co_so", "noi_sinh_hoat")}
    | {
        "giay_chung_nhan": "giấy chứng nhận lớp nhận thức về Đảng",
        "ngay_don": "ngày viết đơn",
        "nguoi_gioi_thieu": "những người giới thiệu",
        "tham_tra": "kết luận thẩm tra lý lịch",
        "nghi_quyet_chi_bo": "nghị quyết của chi bộ",
        "phieu_chi_bo": "số phiếu tán thành trên tổng số",
        "nghi_quyet_co_so": "nghị quyết của đảng ủy cơ sở",
        "to_trinh": "tờ trình đề nghị",
    },
    About.RECOGNITION: _COMMON
    | _PERSON
    | {
        "ngay_le": "ngày lễ kết nạp",
        "het_du_bi": "ngày hết thời hạn dự bị",
        "lop_dang_vien_moi": "chứng nhận lớp đảng viên mới",
        "ngay_xet": "ngày chi bộ xét công nhận",
    },
    About.TRANSFER: _COMMON
    | _PERSON
    | {
        "noi_di": "nơi chuyển đi",
        "noi_den": "nơi chuyển đến",
        "noi_den_thoi_han": "nơi chuyển đến; chuyển tạm thời thì kèm thời hạn",
        "hinh_thuc": "chính thức hay tạm thời",
        "den_ngay": "ngày hết thời hạn tạm thời",
        "ngay_giay": "ngày giới thiệu",
    },
    About.BADGE: _COMMON
    | _PERSON
    | {"huy_hieu": "loại Huy hiệu", "dot": "đợt trao", "truong_hop": "đủ năm, xét sớm hay truy tặng"},
    About.CARD: _COMMON | _PERSON | {"dot": "đợt phát thẻ", "ngay_phat": "ngày phát thẻ"},
    About.ROLL: _COMMON
    | {
        "ten_don_vi": "tên đơn vị",
        "tu_ngay": "ngày đầu kỳ",
        "den_ngay": "ngày cuối kỳ",
        "dau_ky": "đảng viên đầu kỳ",
        "ket_nap": "kết nạp",
        "khoi_phuc": "khôi phục đảng tịch",
        "mo_so": "có trong danh sách khi bắt đầu dùng sổ",
        "chuyen_den": "chuyển đến",
        "cung_to_chuc_den": "tiếp nhận cùng tổ chức",
        "chuyen_di": "chuyển đi",
        "cung_to_chuc_di": "chuyển giao cùng tổ chức",
        "ra_khoi": "ra khỏi Đảng",
        "tu_tran": "từ trần",
        "cuoi_ky": "đảng viên cuối kỳ",
        "chinh_thuc": "chính thức cuối kỳ",
        "du_bi": "dự bị cuối kỳ",
    },
}


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column: heading, its words with fields, share of the width; «{tt}» is the running number."""

    title: str
    text: str
    share: float


@dataclass(frozen=True, slots=True)
class Form:
    """One form. ``each`` writes one paper for each person, otherwise one for all; ``number`` of the official set of
    forms («9-KNĐ»), ``version`` the guide it follows; ``starts`` the first day on which it is used; ``landscape`` is a
    wide list on pages turned by a quarter. ``of_cell`` is a paper that the person's own cell issues, whoever writes it;
    ``signers`` are the sides that sign together («ĐẠI DIỆN {ten_don_vi}»), in place of the office's own signature.
    """

    code: str
    title: str
    about: About
    each: bool
    number: str
    version: str
    starts: date
    type_name: str
    type_code: str
    heading: tuple[str, ...]
    body: str
    recipients: tuple[str, ...]
    columns: tuple[TableColumn, ...]
    capacity: tuple[str, ...]
    position: str
    landscape: bool = False
    of_cell: bool = False
    signers: tuple[str, ...] = ()

    @property
    def fields(self) -> frozenset[str]:
        """Every field that the form names, but the running number."""
        words = [self.body, *self.heading, *self.recipients, *self.signers, *(column.text for column in self.columns)]
        return frozenset(name for text in words for name in _FIELD.findall(text)) - {"tt"}


def fill(text: str, values: dict[str, str], *, blank: str = "……") -> str:
    """Put values into the fields of a text; what is not known is left to be filled in by hand."""
    return _FIELD.sub(lambda match: values.get(match[1]) or blank, text)


def parse_form(text: str, *, where: str = "mẫu") -> Form:
    """Read a form from TOML.

    Raises:
        InvalidInput: no TOML, a part is missing, or a field that papers of this kind do not have.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _unread(text, error, where) from None
    try:
        form = _form(data, where)
    except KeyError as error:
        raise InvalidInput(
            f"Mẫu thiếu mục {quoted(error.args[0])}", where=where, expected="đủ các mục như mẫu gốc"
        ) from None
    _check(form, where)
    return form


def _unread(text: str, error: tomllib.TOMLDecodeError, where: str) -> InvalidInput:
    """Say in which line reading stopped; the words of the library are English."""
    found = _LINE.search(str(error))
    lines = text.splitlines()
    number = min(int(found[1]), len(lines)) if found else len(lines)
    line = lines[number - 1].strip() if lines else ""
    return InvalidInput(
        f"Không đọc được mẫu ở dòng {number}: «{line}»" if line else "Không đọc được mẫu: hết chữ mà còn thiếu",
        where=where,
        expected='mỗi mục là tên = "nội dung" với đủ hai dấu nháy, đoạn dài nằm giữa hai lần """, cột nằm trong [ ]',
    )


def _about(value: Any, where: str) -> About:
    try:
        return About(value)
    except ValueError:
        listed = ", ".join(f'"{one.value}" ({label})' for one, label in ABOUT_LABELS.items())
        raise InvalidInput(f"Không có loại giấy tờ about = {quoted(value)}", where=where, expected=listed) from None


def _day(value: Any, where: str) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        told = f"Mục from = {quoted(value)} không phải là ngày"
        raise InvalidInput(told, where=where, expected='năm-tháng-ngày, ví dụ "2018-01-01"') from None


def _columns(listed: Any, where: str) -> tuple[TableColumn, ...]:
    try:
        return tuple(TableColumn(str(title), str(words), float(share)) for title, words, share in listed)
    except (TypeError, ValueError):
        raise InvalidInput(
            "Mục columns có cột không đủ ba phần hoặc bề rộng không phải là số",
            where=where,
            expected='mỗi cột là ["Tiêu đề", "{trường}", bề rộng], ví dụ ["Họ và tên", "{ho_ten}", 2.5]',
        ) from None


def _form(data: dict[str, Any], where: str) -> Form:
    return Form(
        code=str(data["code"]),
        title=str(data["title"]),
        about=_about(data["about"], where),
        each=bool(data["each"]),
        number=str(data.get("number", "")),
        version=str(data.get("version", "")),
        starts=_day(data["from"], where),
        type_name=str(data["type_name"]),
        type_code=str(data["type_code"]),
        heading=tuple(str(data["heading"]).strip().splitlines()),
        body=str(data["body"]),
        recipients=tuple(str(data.get("recipients", "")).strip().splitlines()),
        columns=_columns(data.get("columns", []), where),
        capacity=tuple(str(data.get("capacity", "")).strip().splitlines()),
        position=str(data.get("position", "")),
        landscape=bool(data.get("landscape", False)),
        of_cell=bool(data.get("of_cell", False)),
        signers=tuple(str(data.get("signers", "")).strip().splitlines()),
    )


def _check(form: Form, where: str) -> None:
    known = FIELDS[form.about]
    unknown = sorted(form.fields - known.keys())
    if unknown:
        listed = ", ".join(f"{{{name}}} ({label})" for name, label in known.items())
        raise InvalidInput(
            f"Mẫu dùng trường không có: {', '.join(f'{{{name}}}' for name in unknown)}",
            where=where,
            expected=f"một trong: {listed}",
        )
    if form.columns and TABLE_MARK not in form.body:
        raise InvalidInput(f"Mẫu có cột nhưng thân mẫu không có chỗ {TABLE_MARK}", where=where, expected=TABLE_MARK)
    if form.of_cell and not form.each:
        raise InvalidInput("Mẫu của chi bộ (of_cell) phải lập riêng từng người", where=where, expected="each = true")
    if not form.body.strip() or not form.heading:
        raise InvalidInput("Mẫu thiếu trích yếu hoặc thân văn bản", where=where, expected="cả hai phần")


@cache
def shipped_forms() -> dict[str, tuple[Form, str]]:
    """Return the forms that come with the product by code, each with its text, in the order of their files."""
    found = {}
    for entry in sorted(files(__package__).joinpath("shipped").iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".toml"):
            text = entry.read_text(encoding="utf-8")
            form = parse_form(text, where=entry.name)
            found[form.code] = (form, text)
    return found
