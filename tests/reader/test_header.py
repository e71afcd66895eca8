"""Issuer, number, place and date, title, recipients, signers, in the layouts that offices use."""

from __future__ import annotations

from datetime import date

from giaoban.reader import read_text
from giaoban.reader.model import Header, Signer

PARTY = """TỈNH ỦY AN PHÚ                                ĐẢNG CỘNG SẢN VIỆT NAM
ĐẢNG ỦY KHỐI CÁC CƠ QUAN                      -----------------------
VÀ DOANH NGHIỆP TỈNH
          *                                   An Phú, ngày 05 tháng 4 năm 2023
   Số 125-BC/ĐUK

                         BÁO CÁO
            Kết quả công tác quý I năm 2023
       và nhiệm vụ trọng tâm quý II năm 2023
                        -----

      Thực hiện Nghị quyết số 12-NQ/TU ngày 28/11/2022 của Tỉnh ủy, Đảng ủy Khối báo cáo như sau:

Nơi nhận:                                      T/M BAN THƯỜNG VỤ
- Ban Thường vụ Tỉnh ủy (để b/c),                  PHÓ BÍ THƯ
- Đ/c Trần Văn A - Ủy viên Ban Thường vụ,
Chủ nhiệm Ủy ban Kiểm tra Tỉnh ủy (b/c),
- Lưu Văn phòng Đảng ủy./.

                                               Nguyễn Văn Mẫu
"""

STATE = """ỦY BAN NHÂN DÂN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
   TỈNH AN PHÚ               Độc lập - Tự do - Hạnh phúc

Số: 311/QĐ-UBND          An Phú, ngày 08 tháng 02 năm 2023

QUYẾT ĐỊNH
Về việc ban hành Bộ chỉ số chuyển đổi số

ỦY BAN NHÂN DÂN TỈNH AN PHÚ

Căn cứ Luật Tổ chức chính quyền địa phương số 77/2015/QH13 ngày 19/6/2015;

Điều 1. Ban hành Bộ chỉ số.

Nơi nhận:
- Như Điều 3;
- Lưu: VT, KSTT.
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Trần Thị Bình
"""

LETTER = """TỈNH ỦY AN PHÚ
BAN TỔ CHỨC
*
Số 698-CV/BTCTU
V/v báo cáo số liệu đảng viên

ĐẢNG CỘNG SẢN VIỆT NAM
An Phú, ngày     tháng 12 năm 2022

Kính gửi:
- Các huyện ủy, thành ủy,
- Các đảng ủy trực thuộc Tỉnh ủy.

Thực hiện Hướng dẫn số 12-HD/BTCTW, đề nghị các đồng chí báo cáo.

K/T TRƯỞNG BAN
PHÓ TRƯỞNG BAN
Lê Văn Cường
"""

NOTICE = """**THÔNG BÁO**
**Ý KIẾN CHỈ ĐẠO CỦA THƯỜNG TRỰC ĐẢNG ỦY**
**Tại Hội nghị giao ban 6 tháng đầu năm**

Từ ngày 21 đến ngày 23/6/2021, Ban Thường vụ đã tổ chức hội nghị.

Nơi nhận:

- Các chi bộ,
- Lưu VP./.

**T/L BAN THƯỜNG VỤ
CHÁNH VĂN PHÒNG**


**Phạm Thị Dung**


**PHỤ LỤC**
(Kèm theo Thông báo số 66-TB/ĐU ngày 24 tháng 6 năm 2021)
- Chi bộ 1,
"""

MINUTES = """ĐẢNG BỘ XÃ TÂN AN
CHI BỘ THÔN BA
*
BIÊN BẢN
Họp chi bộ tháng 3/2024
I. THÀNH PHẦN
Đủ.
THƯ KÝ
Nguyễn Thị E
CHỦ TRÌ
Lê Văn Hùng
"""


def header(text: str) -> Header:
    return read_text(text).header


def test_party_report_in_two_columns() -> None:
    assert header(PARTY) == Header(
        issuer="ĐẢNG ỦY KHỐI CÁC CƠ QUAN VÀ DOANH NGHIỆP TỈNH",
        symbol="125-BC/ĐUK",
        number="125",
        type="BC",
        place="An Phú",
        date=date(2023, 4, 5),
        title="BÁO CÁO Kết quả công tác quý I năm 2023 và nhiệm vụ trọng tâm quý II năm 2023",
        recipients=(
            "Ban Thường vụ Tỉnh ủy (để b/c)",
            "Đ/c Trần Văn A - Ủy viên Ban Thường vụ, Chủ nhiệm Ủy ban Kiểm tra Tỉnh ủy (b/c)",
            "Lưu Văn phòng Đảng ủy",
        ),
        signers=(Signer("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "Nguyễn Văn Mẫu"),),
    )


def test_state_decision() -> None:
    assert header(STATE) == Header(
        issuer="ỦY BAN NHÂN DÂN TỈNH AN PHÚ",
        symbol="311/QĐ-UBND",
        number="311",
        type="QĐ",
        place="An Phú",
        date=date(2023, 2, 8),
        title="QUYẾT ĐỊNH Về việc ban hành Bộ chỉ số chuyển đổi số",
        recipients=("Như Điều 3", "Lưu: VT, KSTT"),
        signers=(Signer("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH PHÓ CHỦ TỊCH", "Trần Thị Bình"),),
    )


def test_letter_with_addressees_and_a_day_left_open() -> None:
    found = header(LETTER)
    assert (found.issuer, found.symbol, found.type) == ("BAN TỔ CHỨC", "698-CV/BTCTU", "CV")
    assert (found.place, found.date) == ("An Phú", None)
    assert found.title == "V/v báo cáo số liệu đảng viên"
    assert found.recipients == ("Các huyện ủy, thành ủy", "Các đảng ủy trực thuộc Tỉnh ủy")
    assert found.signers == (Signer("K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", "Lê Văn Cường"),)


def test_notice_without_head_and_with_an_annex() -> None:
    found = header(NOTICE)
    assert found.title == "THÔNG BÁO Ý KIẾN CHỈ ĐẠO CỦA THƯỜNG TRỰC ĐẢNG ỦY Tại Hội nghị giao ban 6 tháng đầu năm"
    assert (found.type, found.symbol, found.issuer, found.date) == ("TB", None, None, None)
    assert found.recipients == ("Các chi bộ", "Lưu VP")
    assert found.signers == (Signer("T/L BAN THƯỜNG VỤ", "CHÁNH VĂN PHÒNG", "Phạm Thị Dung"),)


def test_two_signers_without_capacity() -> None:
    found = header(MINUTES)
    assert (found.issuer, found.type) == ("CHI BỘ THÔN BA", "BB")
    assert found.signers == (Signer(None, "THƯ KÝ", "Nguyễn Thị E"), Signer(None, "CHỦ TRÌ", "Lê Văn Hùng"))


def test_plain_prose_has_no_header() -> None:
    assert header("Sáng nay trời đẹp. Mọi người đi làm.") == Header()


def test_two_who_sign_side_by_side() -> None:
    found = header(
        "BIÊN BẢN\nHọp chi bộ tháng 5\n\nI. NỘI DUNG\n1. Thông tin thời sự.\n2. Biểu quyết.\n\n"
        "THƯ KÝ                                   CHỦ TRÌ\n\n\nBế Thị Lụa                           Mai Xuân Hợp\n"
    )
    assert found.signers == (Signer(None, "THƯ KÝ", "Bế Thị Lụa"), Signer(None, "CHỦ TRÌ", "Mai Xuân Hợp"))
    found = header(
        "KẾ HOẠCH LIÊN TỊCH\nphối hợp năm 2026\n\nI. Chỉ tiêu\n1. Trồng cây.\n\n"
        "TM. BAN THƯỜNG VỤ\tTM. BAN THƯỜNG VỤ\nBÍ THƯ\tCHỦ TỊCH\nLộc Thị Hiên\tĐặng Văn Khoát\n"
    )
    assert found.signers == (
        Signer("TM. BAN THƯỜNG VỤ", "BÍ THƯ", "Lộc Thị Hiên"),
        Signer("TM. BAN THƯỜNG VỤ", "CHỦ TỊCH", "Đặng Văn Khoát"),
    )


def test_a_subject_that_begins_like_a_text() -> None:
    title = "KẾ HOẠCH\nThực hiện nhiệm vụ năm học 2024 - 2025\n\nI. Nhiệm vụ\n1. Dạy học.\n"
    assert header(title).title == "KẾ HOẠCH Thực hiện nhiệm vụ năm học 2024 - 2025"
    text = "BÁO CÁO\nThực hiện Công văn số 12-CV/TU, ngày 12/3/2024 của Tỉnh ủy về việc\nrà soát, báo cáo như sau:\n"
    assert header(text).title == "BÁO CÁO"


def test_a_title_on_the_line_of_its_kind() -> None:
    header = read_text(
        "ĐỘI THIẾU NIÊN\nLIÊN ĐỘI LA MÂY\n***\nSố: / KH-LĐ\nMường Lay, ngày 01 tháng 12 năm 2026\n"
        "KẾ HOẠCH Phát động phong trào kế hoạch nhỏ\nNăm học: 2026 - 2027\n\nLiên đội phát động như sau:\n"
    ).header
    assert (header.type, header.issuer) == ("KH", "LIÊN ĐỘI LA MÂY")
    assert header.title is not None
    assert header.title.startswith("KẾ HOẠCH Phát động phong trào")


def test_two_recipients_that_a_copy_ran_together() -> None:
    text = (
        "THÔNG BÁO\nvề phân công trực\n\nVăn phòng phân công trực.\n\nNơi nhận:\n- Như trên;\n"
        "- Chủ tịch (để b/c);- CVP (để theo dõi);\n- Lưu: VT.\n\nCHÁNH VĂN PHÒNG\nTrần Quang Tuyến\n"
    )
    recipients = read_text(text).header.recipients
    assert recipients == ("Như trên", "Chủ tịch (để b/c)", "CVP (để theo dõi)", "Lưu: VT")


def test_symbols_that_name_a_body_alone_and_numbers_of_no_known_kind() -> None:
    old = header(
        "HỘI ĐỒNG BỘ TRƯỞNG\n\nSố: 146-HĐBT\n\nHà Nội, ngày 25 tháng 8 năm 1982\n\nQUYẾT ĐỊNH\n\nVề kế hoạch\n"
    )
    assert (old.symbol, old.number, old.type) == ("146-HĐBT", "146", "QĐ")
    letter = header(
        "HỘI TRUYỀN THỐNG\n\nSố: 63 /HTT\nV/v báo cáo công tác Hội\n\nAn Lạc, ngày 24 tháng 7 năm 2026\n\n"
        "Kính gửi: Các chi hội\n\nHội đề nghị các chi hội báo cáo.\n"
    )
    assert (letter.issuer, letter.symbol) == ("HỘI TRUYỀN THỐNG", None)


def test_a_signature_that_begins_above_the_recipients() -> None:
    found = header(
        "BÁO CÁO\nsáu tháng\n\nI- KẾT QUẢ\n\n1. Một.\n2. Hai.\n3. Ba.\n\n"
        "                                    T/M BAN THƯỜNG VỤ\n"
        "Nơi gửi:                                PHÓ BÍ THƯ\n- Tỉnh uỷ,\n- Lưu Văn phòng.\n"
        "                                        Bùi Khắc Toản\n"
    )
    assert found.signers == (Signer("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "Bùi Khắc Toản"),)
    assert found.recipients == ("Tỉnh uỷ", "Lưu Văn phòng")


def test_recipients_behind_the_hyphens_of_markdown() -> None:
    found = header("THÔNG BÁO\n\n1. Một.\n\n**Nơi nhận:**  \n\\- UBND huyện,  \n\\- Lưu VPHU.\n")
    assert found.recipients == ("UBND huyện", "Lưu VPHU")


def test_a_letterhead_that_a_narrow_column_broke() -> None:
    found = header(
        "TỈNH ỦY HƯNG SƠN\n\nĐẢNG CỘNG SẢN VIỆT NAM\n\nĐẢNG ỦY KHỐI DOANH NGHIỆP\n\nTỈNH\n*\nSố 214-BC/ĐUK\n\n"
        "Hưng Sơn, ngày 27 tháng 9 năm\n2019\n\nBÁO CÁO\n"
    )
    assert (found.issuer, found.place) == ("ĐẢNG ỦY KHỐI DOANH NGHIỆP TỈNH", "Hưng Sơn")
    assert found.date == date(2019, 9, 27)


def test_a_number_of_wrapped_prose_is_not_the_documents_own() -> None:
    text = "Chuyện làng\n\nTháng 5, Đảng ủy ra Nghị quyết\nsố 11-NQ/ĐU về “cán bộ ba cùng”.\n"
    assert header(text).symbol is None
