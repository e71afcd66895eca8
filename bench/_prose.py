"""Invented Vietnamese official prose of any length, about as dense in citations and numbers as real reports.

A third of it are paragraphs of the corpus with other numbers, days and names; the rest are sentences filled with words
of the lexicon, so that the vocabulary is as wide as in an office's papers. Their numbers fit, or in one case of ten do
not. A few letters are damaged as scanning damages them. The same length and number give the same text.
"""

from __future__ import annotations

import random
import re
from functools import cache
from importlib import resources

from corpus.labels import documents

_SEED = 20230331
_FOLDERS = (
    "cells/", "decisions/", "letters/", "minutes/", "notices/", "plans/", "programmes/", "prose/", "reports/",
    "resolutions/", "state/", "submissions/",
)  # fmt: skip
_HEADING = r"\s*(?:[IVXLC]+|[0-9]{1,2}(?:\.[0-9]+)*|[a-zđA-Z])\s?[-.)/]"
# Headings begin a section of the report itself; heads, feet and tables stand in columns or in capitals.
_NO_PROSE = re.compile(rf"\A(?:{_HEADING})|   |\||Nơi nhận|Kính gửi|^[^a-zà-ỹ]+$", re.MULTILINE)
_SYMBOL_NUMBER = re.compile(r"\b[0-9]{1,3}(?=-[A-ZĐ][A-Za-zĐđ]{0,4}/)")
_DAY = re.compile(r"(?<=ngày )[0-9]{1,2}(?=/[0-9]{1,2}/20)")
_NAME = re.compile(r"((?:xã|phường|huyện|thị trấn|thôn|đồng chí|Chi bộ|Đảng bộ) )([A-ZĐ]\w+ [A-ZĐ]\w+)")
_FIRST = (
    "An",
    "Bình",
    "Cẩm",
    "Đông",
    "Hòa",
    "Khánh",
    "Lộc",
    "Minh",
    "Ngọc",
    "Phú",
    "Quang",
    "Sơn",
    "Tân",
    "Vĩnh",
    "Yên",
)
_SECOND = (
    "Châu",
    "Dương",
    "Giang",
    "Hải",
    "Khê",
    "Lạc",
    "Mỹ",
    "Ninh",
    "Phong",
    "Thạch",
    "Thủy",
    "Trung",
    "Vân",
    "Xuân",
)
_VERBS = (
    "triển khai",
    "quán triệt",
    "đẩy mạnh",
    "nâng cao",
    "tập trung",
    "kiểm tra",
    "rà soát",
    "hướng dẫn",
    "tăng cường",
)
_BODIES = (
    "Ban Thường vụ",
    "Đảng ủy",
    "Ủy ban Kiểm tra",
    "Ban Tổ chức",
    "các chi bộ trực thuộc",
    "Văn phòng",
    "cấp ủy cơ sở",
)
_PLAIN = (
    "{body} {verb} {x}, {y}; chú trọng {z} ở cơ sở, nhất là tại xã {name}.",
    "Việc {x} còn chậm; một số nơi chưa {verb} {y}, chưa gắn {z} với nhiệm vụ chính trị của đơn vị.",
    "Công tác {x} được quan tâm; {y}, {z} có nhiều đổi mới cả về nội dung và hình thức, sát với cơ sở.",
    "Tuy nhiên, {x} ở một số đơn vị còn lúng túng, nhất là {y}; việc {z} chưa thành nền nếp.",
    "Qua đó, nhận thức về {x} của cán bộ, đảng viên được nâng lên; {y} từng bước đi vào nền nếp, {z} có chuyển biến.",
    "Nguyên nhân của hạn chế là do {x} chưa sát với thực tế, sự phối hợp giữa {body} và chính quyền về {y} có lúc chưa"
    " chặt chẽ, {z} còn thiếu và chưa đồng bộ.",
    "Trên cơ sở đó, {body} xác định {x} là khâu đột phá, {y} là nhiệm vụ thường xuyên, gắn trách nhiệm người đứng đầu"
    " với {z} của từng tổ chức.",
    "Công tác {x} và {y} được {body} {verb} theo chương trình toàn khóa; nội dung trọng tâm là {z}, sát với tình hình.",
)
_CITING = (
    "Thực hiện Nghị quyết số {a}-NQ/TU ngày {d}/{m}/2022 của Tỉnh ủy {name} về {x}, {body} đã {verb} {y} và {z}.",
    "{body} ban hành Kế hoạch số {a}-KH/ĐUK ngày {d}/{m}/2023 và Hướng dẫn số {b}-HD/BTCTU về {x}.",
    "Căn cứ Nghị định số {a}/2017/NĐ-CP ngày {d}/{m}/2017 của Chính phủ, {body} {verb} {x} gắn với {y}.",
)
_COUNTING = (
    "Đã chuyển sinh hoạt đảng cho {sum} đảng viên, trong đó chuyển đi {p}, chuyển đến {q}, nội bộ {r} đảng viên.",
    "Có {part}/{whole} đảng viên dự hội nghị về {x}, đạt {percent}%.",
    "Kết nạp {p} đảng viên, đạt {q}% kế hoạch, tăng {r} đồng chí so với cùng kỳ; công tác {x} được {verb} tốt.",
    "Yêu cầu {body} {verb} {x} và {y}, báo cáo kết quả trước ngày {d}/{m}/2023.",
    "Phấn đấu năm 2024: {part}% chi bộ {verb} {x}; giảm {p} vụ việc về {y} so với năm trước.",
)
_DAMAGE = (("ữ", "ừ"), ("ấ", "ẩ"), ("nh", "iih"), ("th", "lh"), ("ố", "ổ"), ("h", "li"), ("đ", "d"), ("ệ", "ẹ"))
_DAMAGED_LINES = 0.38
_WRAPPED = re.compile(r"(.{70,95}) ")
_WRAPPED_LINES = 0.5
_SHARE_OF_CORPUS = 0.2


def invented_report(characters: int, number: int = 0) -> str:
    """Return a report of at least so many characters (at most a section more); each number gives another one."""
    chance = random.Random(_SEED + number)
    lines = ["ĐẢNG BỘ TỈNH SƠN KHÊ", "ĐẢNG ỦY KHỐI", "*", "Số 170-BC/ĐUK", "", "Sơn Khê, ngày 15 tháng 11 năm 2023", ""]
    lines += ["BÁO CÁO", "Kết quả công tác năm 2023", ""]
    length = sum(map(len, lines)) + len(lines)
    section = 0
    while length < characters:
        section += 1
        block = [f"{section}. Công tác {_words(chance)}", ""]
        for _ in range(chance.randint(2, 5)):
            block += [_paragraph(chance), ""]
        lines += block
        length += sum(map(len, block)) + len(block)
    lines += [
        "Nơi nhận:",
        "- Tỉnh ủy,",
        "- Các chi bộ,",
        "- Lưu Văn phòng.",
        "",
        "T/M ĐẢNG ỦY",
        "BÍ THƯ",
        "",
        "Lê Văn Sơn",
    ]
    return "\n".join(lines)


def _paragraph(chance: random.Random) -> str:
    if chance.random() < _SHARE_OF_CORPUS:
        shown = _changed(chance, chance.choice(_blocks()))
    else:
        shown = " ".join(_sentence(chance) for _ in range(chance.randint(1, 4)))
    shown = _damaged(chance, shown) if chance.random() < _DAMAGED_LINES else shown
    # Text out of PDF files is wrapped, out of Word files it is not.
    return _WRAPPED.sub("\\1\n", shown) if chance.random() < _WRAPPED_LINES else shown


@cache
def _blocks() -> tuple[str, ...]:
    """Return the paragraphs of the corpus that hold running text."""
    texts = [document.text for document in documents() if document.name.startswith(_FOLDERS)]
    blocks = [block.strip("\n") for text in texts for block in re.split(r"\n\s*\n", text)]
    return tuple(block for block in blocks if len(block) > 80 and not _NO_PROSE.search(block))


@cache
def _compounds() -> tuple[str, ...]:
    """Return words of two syllables out of the lexicon."""
    text = resources.files("giaoban.reader.lexicon").joinpath("compounds.txt").read_text(encoding="utf-8")
    lines = [line.split() for line in text.splitlines() if line and line[0] != "#"]
    return tuple(f"{first} {second}" for first, *behind in lines for second in behind if "#" not in (first, second))


def _words(chance: random.Random) -> str:
    return " ".join(chance.choices(_compounds(), k=chance.randint(1, 3)))


def _name(chance: random.Random) -> str:
    return f"{chance.choice(_FIRST)} {chance.choice(_SECOND)}"


def _changed(chance: random.Random, block: str) -> str:
    block = _SYMBOL_NUMBER.sub(lambda _: f"{chance.randint(10, 999)}", block)
    block = _DAY.sub(lambda _: f"{chance.randint(10, 28)}", block)
    return _NAME.sub(lambda match: match[1] + _name(chance), block)


def _sentence(chance: random.Random) -> str:
    p, q, r, whole = (chance.randint(10, 90) for _ in range(4))
    part = chance.randint(1, whole)
    slip = chance.random() < 0.1
    (forms,) = chance.choices((_PLAIN, _CITING, _COUNTING), weights=(14, 2, 1))
    shown = chance.choice(forms).format(
        a=chance.randint(10, 300), b=chance.randint(10, 99), d=chance.randint(10, 28), m=chance.randint(10, 12),
        p=p, q=q, r=r, sum=p + q + r + slip, part=part, whole=whole,
        percent=f"{100 * part / whole + 3 * slip:.1f}".replace(".", ","),
        x=_words(chance), y=_words(chance), z=_words(chance),
        verb=chance.choice(_VERBS), body=chance.choice(_BODIES), name=_name(chance),
    )  # fmt: skip
    return shown[0].upper() + shown[1:]


def _damaged(chance: random.Random, text: str) -> str:
    for printed, damaged in chance.choices(_DAMAGE, k=2):
        places = [match.start() for match in re.finditer(printed, text)]
        if places:
            at = chance.choice(places)
            text = text[:at] + damaged + text[at + len(printed) :]
    return text
