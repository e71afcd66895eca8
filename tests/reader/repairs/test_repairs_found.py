"""Words broken by scanning are found, and what is right is left alone."""

from __future__ import annotations

import gc
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from giaoban.reader import read_text
from giaoban.reader.flow import make_flow
from giaoban.reader.model import Repair
from giaoban.reader.repairs import find_repairs


def repairs_of(text: str) -> list[tuple[str, str]]:
    return [(repair.printed, repair.suggested) for repair in find_repairs(text, [make_flow(text)])]


BROKEN = [
    ("nâng cao chất lượng sirứi hoạt chi bộ", [("sirứi", "sinh")], "nh read as rứi"),
    ("đã hoàn thànli nhiều nhiệm vụ", [("thànli", "thành")], "nh read as nli"),
    ("được giữ vững, ừong đó có hai chi bộ", [("ừong", "trong")], "tr read as ừ"),
    ("Nghị quyết Trung ương 4 (khoá xm) về", [("xm", "XIII")], "the numeral of the Congress"),
    ("gắn vói tiếp tục đổi mới", [("vói", "với")], "a horn lost makes another syllable"),
    ("Đảng bộ tmh đã ban hành kế hoạch", [("tmh", "tỉnh")], "ỉn read as m"),
    ("dịch COVỈD-Ỉ9 được kiểm soát", [("COVỈD-Ỉ9", "COVID-19")], "the disease"),
    ("người dân, doanh nghiệỊ), cán bộ", [("nghiệỊ)", "nghiệp")], "p read as a bracket"),
    ("bám sát thực tiên địa phương", [("tiên", "tiễn")], "a tone lost makes a common syllable"),
    ("tiêp tục kiêm tra, giám sát", [("tiêp", "tiếp"), ("kiêm", "kiểm")], "tones lost"),
    ("phát tnên nguôn nhân lực", [("tnên", "triển"), ("nguôn", "nguồn")], "two words one after the other"),
    ("Ban Thưcmg vụ Tinh ủy", [("Thưcmg", "Thường"), ("Tinh", "Tỉnh")], "official terms keep their capitals"),
    ("III- TỎ CHỨC THựC HIỆN", [("TỎ", "TỔ"), ("THựC", "THỰC")], "capitals"),
    ("triển khai có hiệu quảNghị quyết số 10", [("quảNghị", "quả Nghị")], "a blank lost"),
    ("chính sirứi\nhoạt chuyên đề", [("sirứi", "sinh")], "company across a wrapped line"),
    ("thu hẹp diệri tích gieo trồng", [("diệri", "diện")], "n read as ri"),
    ("theo qiiy định hiện hành", [("qiiy", "quy")], "u read as ii"),
    ("đưa vào chương trình tiiảo luận", [("tiiảo", "thảo")], "h read as ii"),
    ("Có môt số nơi", [("môt", "một")], "of words that lie as near the usual one"),
    ("xây dựng nông thôn mói", [("mói", "mới")], "a known phrase"),
    ("hồ sơ gừi về Ban Tổ chức", [("gừi", "gửi")], "half of a word that official prose is full of"),
    ("phối họp với Đài Phát thanh", [("họp", "hợp")], "«họp với» is no word"),
    ("Hoạt động cúa Mặt trận Tổ quốc", [("cúa", "của")], "before a body, which is no name"),
    (
        "xây dựng Đáng, trao Huy hiệu Đàng cho đảng viên",
        [("Đáng", "Đảng"), ("Đàng", "Đảng")],
        "only «Đảng» stands there",
    ),
    ("Uỷ ban Kiểm tra Đảng uý xã", [("uý", "uỷ")], "the mark stays on the letter where the text has it"),
    ("chấn chỉnh nhũng hạn chế", [("nhũng", "những")], "half of «tham nhũng» stands beside none of its partners"),
    ("cấp uỷ đă tổ chức hội nghị", [("đă", "đã")], "a bow for a wave"),
    ("có biện pháp tuyên truyền, đôn độc cần thiết", [("độc", "đốc")], "the neighbour asks for the other half"),
    ("Tại Điêu 5 của quy chế", [("Điêu", "Điều")], "an article"),
    ("các tổ chức, cá nhârí có liên quan", [("nhârí", "nhân")], "n read as rí"),
    ("chạy quá tốc độ yà lấn tuyến", [("yà", "và")], "only a word that holds sentences together is near"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), BROKEN, ids=[row[2] for row in BROKEN])
def test_a_broken_word_is_repaired(text: str, expected: list[tuple[str, str]], reason: str) -> None:
    assert repairs_of(text) == expected, reason


RIGHT = [
    ("Đồng chí Đàng Năng Hòa, ông Tô Văn Cúa và bà Đinh Thị Chua dự họp với đoàn.", "persons"),
    ("Đồng chí Lò Văn Ừn, Bí thư Chi bộ bản Nà Ừ; bà Ksor H'Lim; ông Y Bliă Niê.", "names of the highlands"),
    ("Các huyện Krông Bông, A Lưới, Đắk Lắk, Ea H'Leo; đồng bào H'Mông, Hrê, Xơ Đăng.", "names of places and peoples"),
    ("Đoàn công tác thăm thị trấn Ka-pa-kơ-lơng và cây kơ nia đầu bản.", "a name with hyphens, a local word"),
    ("UBKT, HĐND, BTV, ĐUK và CBCCVC của tỉnh; LĐLĐ, CĐCS, TTHC, GRDP tăng 8,2%.", "abbreviations"),
    (
        "Tuyên truyền trên Facebook, Zalo, website; phát triển logistics; phòng, chống Covid-19 qua email.",
        "foreign words",
    ),
    ("Chỉ số PCI, PAR INDEX, SIPAS và PAPI; mẫu H2SO4, CO2, gạo ST25.", "indices and formulas"),
    ("Uỷ ban nhân dân, hoà bình, thuý, khoẻ mạnh, quí, kĩ thuật, lí luận, mĩ thuật.", "older spellings"),
    ("Ủy ban nhân dân, hòa bình, khỏe mạnh, quý, kỹ thuật, lý luận, mỹ thuật.", "newer spellings"),
    ("Ủy ban nhân dân tỉnh báo cáo Ban Thường vụ; đăng tin trên cổng thông tin.", "words that pair by chance"),
    ("Tình hình tư tưởng ổn định; đà tăng trưởng được giữ vững; đề ra tám chỉ tiêu.", "everyday words"),
    ("Số trang trong tài liệu được ghi ở cuối; giá trị tối đa của hiệu số chỉnh bình quân.", "words that join"),
    ("Đường bê tông, cổng chào, nồng độ cồn; ghi trong Địa chí; tiêm phòng bạch hầu, uốn ván.", "words of every day"),
    ("The committee of the province met on Monday and approved the plan for the year.", "another language"),
    ("Kinh gui cac dong chi, chung toi xin bao cao ket qua cong tac quy II.", "typed without marks: not scanned"),
    ("Số 12-NQ/TU ngày 28/11/2022; xem https://vi-du.vn/tmh; biển số 29A-123.45.", "symbols, addresses, plates"),
    ("", "nothing"),
]


@pytest.mark.parametrize(("text", "reason"), RIGHT, ids=[row[1] for row in RIGHT])
def test_what_is_right_is_left_alone(text: str, reason: str) -> None:
    assert repairs_of(text) == [], reason


CLEAN_PAGE = (
    "Những năm qua, chi bộ thôn đã lãnh đạo nhân dân hiến đất, góp công làm đường giao thông. Toàn tuyến đường dài bảy "
    "cây số nối thôn với trung tâm xã nay đã được đổ nhựa sạch đẹp. Bà con phấn khởi vì hàng hóa làm ra được tiêu thụ "
    "nhanh, giá bán cao hơn trước; nhiều hộ xây được nhà kiên cố, mua sắm phương tiện phục vụ sản xuất. "
)


@pytest.mark.parametrize(
    "sentence",
    [
        "Cán bộ thôn bám sát thực tiên địa phương.",
        "Sách chép trong cuốn Địa chí của huyện (tập 2).",
        "Chọn phương án a, b, c, d hoặc s cho từng hộ.",
    ],
)
def test_one_syllable_in_doubt_on_a_clean_page_is_a_word(sentence: str) -> None:
    assert repairs_of(CLEAN_PAGE + sentence) == []


def test_syllables_in_doubt_bear_each_other_out() -> None:
    found = repairs_of(CLEAN_PAGE + "Cán bộ thôn bám sát thực tiên địa phương, tăng cường kiêm tra, giám sát.")
    assert found == [("tiên", "tiễn"), ("kiêm", "kiểm")]


def test_what_no_syllable_is_written_like_needs_no_other_damage() -> None:
    assert repairs_of(CLEAN_PAGE + "Chất lượng sirứi hoạt được nâng lên.") == [("sirứi", "sinh")]


def test_spans_point_into_the_original() -> None:
    text = "Ket quả:\r\n  đã hoàn   thànli (ừong\tđó) nhiêm vụ hoàn thànli."
    document = read_text(text)
    assert document.repairs
    for repair in document.repairs:
        assert text[repair.start : repair.end] == repair.printed
        assert 0 < repair.confidence <= 1


def test_a_name_is_not_repaired_where_the_same_word_in_small_letters_is() -> None:
    assert repairs_of("đồng chí Tố phát biểu; các tố chức chính trị") == [("tố", "tổ")]


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyừứửiíìlI1)( .,-\nSÀẾĐ", max_size=80))
def test_any_text_is_read(text: str) -> None:
    found = find_repairs(text, [make_flow(text)])
    assert all(isinstance(one, Repair) and text[one.start : one.end] == one.printed for one in found)
    assert all(first.end <= second.start for first, second in pairwise(found))


def test_time_grows_with_the_text() -> None:
    text = "Các cấp ủy đã hoàn thànli nhiệm vụ, ừong đó có sirứi hoạt chi bộ; đồng chí Lò Văn Ừn dự họp.\n"
    repairs_of(text)

    def seconds(times: int) -> float:
        """The quickest of three, without what the collector does for the tests before."""
        taken = []
        gc.disable()
        try:
            for _ in range(3):
                start = time.process_time()
                repairs_of(text * times)
                taken.append(time.process_time() - start)
        finally:
            gc.enable()
        return min(taken)

    # Ten times the text; a pattern that tries every pair of places would take a hundred times.
    assert seconds(2000) < 40 * max(seconds(200), 0.01)


HALVES = [
    ("Trích nộp cấp trên 123,75 triệu đông, bằng 30%.", [("đông", "đồng")], "money"),
    ("Tập trung phối họp, chi đạo các đơn vị.", [("họp", "hợp"), ("chi", "chỉ")], "two words"),
    ("Ban Tuyên giáo hướng dân việc học tập.", [("dân", "dẫn")], "one mark"),
    ("Xây dụng nông thôn mới.", [("dụng", "dựng")], "a syllable of other compounds"),
    ("Báo cáo kết quà hằng quý.", [("quà", "quả")], "a word that stands alone elsewhere"),
    ("Có 21 đồng chí, trong đỏ 14 đồng chí là nữ.", [("đỏ", "đó")], "«trong đó»"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), HALVES)
def test_half_of_a_usual_word_proves_the_other(text: str, expected: list[tuple[str, str]], reason: str) -> None:
    assert repairs_of(text) == expected, reason


KEPT = [
    ("02 đội mới thành lập; cơ quan trong tỉnh làm nghiêm trong toàn Đảng bộ; các tổ chức đang họp.", "mới, trong"),
    ("Công trình xây dựng đang dở dang; mỗi trường học một vườn cây; người dần quen; vẫn đề nghị.", "đang, mỗi, vẫn"),
    ("Các hộ trợ cấp, tự đầu tư; cũng ngày này cử hướng dẫn viên; ở nông thôn mọi người vui.", "hộ, tự, cũng, cử, mọi"),
    ("Hỗ trợ 5 triệu đồng chỉ trong một tháng.", "«đồng» is money, «chỉ» a word"),
    ("Chi tiêu nội bộ đúng quy chế; mua quà tặng các cháu.", "«chi tiêu» is a word too"),
    ("Họ đi chợ Đông Ba, ghé phố Hàng Cân.", "names"),
    ("Mùa đông năm ấy nước lũ về sớm, cả làng chạy lụt.", "a season"),
    ("Lập một sổ theo dõi, hai sổ thu chi đảng phí của chi bộ.", "books"),
    ("Người dân ở vùng trũng giữ nghề truyền thống; tái sản xuất sau lũ.", "words that the lexicon once lacked"),
    ("Anh em vẫn động viên nhau; các hộ vì phạm tội mà mất đất thì đua nhau kêu.", "halves that stand alone"),
]


@pytest.mark.parametrize(("text", "reason"), KEPT)
def test_words_that_look_like_damage_are_kept_on_a_clean_page(text: str, reason: str) -> None:
    page = CLEAN_PAGE.format(text) if "{}" in CLEAN_PAGE else CLEAN_PAGE + text
    assert repairs_of(page) == [], reason


UNSURE = [
    ("Việc quản lý tài sảu công còn lỏng lẻo.", "tài sản or sau"),
    ("Khám cho trẻ em vâ tư vấn dinh dưỡng.", "và or vô tư"),
    ("Cán bộ hướng dẫn ngườ1 dân làm thủ tục.", "a digit that may be a mark or a letter"),
]


@pytest.mark.parametrize(("text", "reason"), UNSURE)
def test_of_two_words_alike_neither_is_suggested(text: str, reason: str) -> None:
    assert repairs_of(text) == [], reason


PAIRS = [
    ("Kêt quà: 14/14 chi bộ hoàn thành nhiệm vụ được giao.", [("Kêt", "Kết"), ("quà", "quả")]),
    ("Mặt trận và các đoàn thê vân động nhân dân hiến đất.", [("thê", "thể"), ("vân", "vận")]),
    ("Công tác tuyên truyền được đây mạnh với nhiều hình thúc.", [("đây", "đẩy"), ("thúc", "thức")]),
    ("Tiền gửi và quà của đồng bào ở đây mạnh hơn; mỗi trường, mỗi lớp đang ký cam kết.", []),
    ("Bị phạt vì phạm lỗi; người khác phục vụ khách; kỳ thi đưa ra đề mở.", []),
]


@pytest.mark.parametrize(("text", "expected"), PAIRS, ids=[text[:24] for text, _ in PAIRS])
def test_halves_of_words_that_official_prose_is_full_of(text: str, expected: list[tuple[str, str]]) -> None:
    assert repairs_of(text) == expected


APART = [
    ("Công tác tuyên truyền được đẩy m ạnh; sinh ho ạt đúng kỳ.", [("m ạnh", "mạnh"), ("ho ạt", "hoạt")]),
    ("Phát hi ện 02 vụ; kiểm tra được tăng cư ờng.", [("hi ện", "hiện"), ("cư ờng", "cường")]),
    ("Đảng bộ xã thựchiện tốt, giữ vững trậttự.", [("thựchiện", "thực hiện"), ("trậttự", "trật tự")]),
    ("Đồng bào ào ạt kéo về; ông Vi ạ, cô ấy và ông Páo đến chợ; khí cácbon.", []),
    ("Iập hồ sơ đề nghị tặng Huy hiệu Đảng.", [("Iập", "lập")]),
]


@pytest.mark.parametrize(("text", "expected"), APART, ids=[text[:24] for text, _ in APART])
def test_words_cut_in_two_or_run_together(text: str, expected: list[tuple[str, str]]) -> None:
    assert repairs_of(text) == expected


def test_a_phrase_met_before_is_repaired_alike_wherever_it_stands() -> None:
    phrase = "nâng cao chất lượng sirứi hoạt chi bộ"
    first = repairs_of(phrase)
    texts = [f"Các đơn vị {phrase} trong quý.", f"Tóm lại: “ {phrase}”.", f"{phrase}\n\n{phrase}"]
    assert [repairs_of(text) for text in texts] == [first, first, first * 2]
