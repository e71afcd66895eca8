"""The parts around the body of an official document: issuer, number, place and date, title, recipients, signers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import chain

from giaoban.reader.citations.pieces import fold, folded_words
from giaoban.reader.citations.symbols import read_symbol, symbol_pattern
from giaoban.reader.letterhead import with_date_lines_joined, without_motto
from giaoban.reader.lexicon import by_word
from giaoban.reader.lines import Line, Lines, is_capitals
from giaoban.reader.model import Header, Signer
from giaoban.reader.signatures import CAPACITY, NAME, Signature, is_signature, signers

# Two parts of the page that stand side by side.
_COLUMNS = re.compile(r"\t+| {3,}|\s{0,9}\|\s*")
_HEAD_LINES = 40
# «số 11-NQ/ĐU về …» is prose.
_NUMBER_LINE = re.compile(r"\A[*\s]*(?:S[ốỐôổỗồÔỔỖỒ]|s[ỐÔỔỖỒ])\s*(?::\s*)?(?=[0-9.…_/ -])")
_NUMBER_WORD = re.compile(r"S[ốỐ]\s?:?\Z", re.IGNORECASE)
_PLACE_DATE = re.compile(
    # A place begins a line or a cell («An Lạc ngày ...»), or has its comma («Số 07-BC/ĐUK An Lạc, ngày ...»); the date
    # ends the line: «Chỉ thị số 12-CT/TW ngày 14 tháng 6 năm 2024 của ...» has neither.
    r"(?:(?:^|\t|  |\|)[\s*_]{0,20}|(?<=[\s*_])(?=[^,]{2,42},))"
    r"(?P<place>[A-ZĐÀ-Ỹ](?:[^,;:.0-9\s|/]|[ \u00a0](?!\s)){1,40}),?\s{0,20}"
    r"ngày\s{0,20}(?P<day>[0-9lO]{0,2})[ .…]{0,40}tháng\s{0,20}(?P<month>[0-9lO]{0,2})[ .…]{0,40}"
    r"năm\s{0,20}(?P<year>[0-9]{4})(?=[\s*_|.]*$)"
)
_PLACE_SHORT_DATE = re.compile(
    r"(?:^|\t|  |\|)[\s*_]{0,20}(?P<place>[A-ZĐÀ-Ỹ][^,;:.0-9\t|/]{1,40}),\s{0,20}ngày\s(?P<day>[0-9]{1,2})[/.-]"
    r"(?P<month>[0-9]{1,2})[/.-](?P<year>[0-9]{4})(?=[\s*_|.]*$)"
)
_MOTTO = re.compile(r"ĐẢNG CỘNG SẢN VIỆT NAM|CỘNG H\w{1,2} XÃ HỘI|Độc lập|ĐỘC LẬP|Hạnh phúc", re.IGNORECASE)
_ISSUER_HEAD = re.compile(
    r"(?:BAN|BỘ|SỞ|(?:TỈNH|THÀNH|HUYỆN|THỊ|QUẬN) (?:ỦY|UỶ|ĐOÀN)|ĐẢNG|CHI|CẤP|ỦY BAN|UỶ BAN|UBND|UBKT|HĐND|VĂN|HỘI|LIÊN|"
    r"ĐOÀN|MẶT|TRUNG TÂM|CHÍNH|THỦ|QUỐC|PHÒNG|CÔNG|TỔNG|CỤC|TRƯỜNG|VIỆN|NGÂN|KIỂM|TÒA|THANH|HỌC)\b"
)
_HALF_BODIES = ("THỦ TƯỚNG", "VĂN PHÒNG")
_RULE = re.compile(r"[\s\-–—_*=.•]{2,}")
_BODY_STARTS = re.compile(
    r"(?:[-–+]\s*)?(?:Căn cứ|Thực hiện|Kính gửi|Thi hành|Xét|[IVX]{1,4}\s?[-.–]\s|[0-9]{1,2}[.)]\s|A\s?[-.–]\s)"
    r"|(?:Chương|CHƯƠNG|Điều|ĐIỀU|Phần|PHẦN)\s+(?:[IVX1]|thứ)|Từ ngày|Trong "
)
# «- Chủ tịch (để b/c);- CVP (để theo dõi)».
_GLUED = re.compile(r";\s?(?=[-–]\s)")
_RECIPIENTS = re.compile(r"\A[*\s]*(?:N[ơo]i\s+(?:nh[ậâa]n|gửi)|NƠI (?:NHẬN|GỬI))\b\s*:?", re.IGNORECASE)
_ADDRESSEES = re.compile(r"\A[*\s]*Kính\s+(?:gửi|trình)\s*(?::\s*)?", re.IGNORECASE)
# What stands in place of the seal in a copy.
_SIGNED = re.compile(r"\A\(?\s*(?:đã ký|Đã ký|ĐÃ KÝ)\s*\)?\Z")
_DIGITS = str.maketrans("lO", "10")
_CAPITALS_BEFORE = re.compile(r"([A-ZĐÀ-Ỹ]{2,}(?: [A-ZĐÀ-Ỹ]{2,}){1,3}) (?=[A-ZĐÀ-Ỹ][a-zà-ỹđ])")
_TITLE_LINES = 8
# Minutes begin with when, where and who: «Thời gian: 14 giờ 00, ngày 05/9/2023», «Hôm nay, ngày …».
_FACT = re.compile(
    r"(?:[IVX]+[.\-/] ?|\d+[.)] ?)?(?:Hôm nay\b|Vào (?:hồi|lúc)\b|Lúc \d|(?:Thời gian|Địa điểm|Thành phần|Chủ trì"
    r"|Chủ tọa|Chủ toạ|Thư ký|Tổng số|Có mặt|Vắng)(?: [^:\d]{1,60})?:)"
)
# In small letters, in capitals.
_LONGEST_TITLE_LINE = (220, 400)
_LONGEST_SUBJECT = 150
_SIGNATURE_LINES = 14
# What begins farther right stands in the second of two columns.
_LEFT_HALF = 20


@dataclass(frozen=True, slots=True)
class HeaderReading:
    """The header, and where it stands.

    ``own_spans`` are the places where the document names itself, by number or title; ``body`` are the ranges that hold
    its text: up to the recipients and signatures, and again what follows them (annexes).
    """

    value: Header
    own_spans: tuple[tuple[int, int], ...]
    body: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Foot:
    """Recipients and signers, and the span of their block."""

    recipients: tuple[str, ...]
    signers: tuple[Signer, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Number:
    symbol: str
    number: str
    type: str | None
    line: int
    span: tuple[int, int]


def read_header(lines: Lines) -> HeaderReading:
    """Read what stands before and behind the body; a part that is not printed is None."""
    head = _head_end(lines)
    number = _own_number(lines, head)
    title, word, title_line = _title(lines, head)
    place, day = _place_and_date(lines, head)
    foot = _foot(lines)
    issuer_end = number.line if number else title_line if title_line is not None else _number_line(lines, head)
    issuer = _issuer(lines.items[:issuer_end]) or _issuer_at_end(lines)
    kind = by_word().get(word) if word else None
    recipients = foot.recipients if foot else ()
    value = Header(
        issuer,
        number.symbol if number else None,
        number.number if number else None,
        (number.type if number else None) or (kind.code if kind else None),
        place,
        day,
        title,
        recipients or _addressees(lines, head),
        foot.signers if foot else (),
    )
    size = len(lines.text)
    body = ((0, foot.start), (foot.end, size)) if foot else ((0, size),)
    own = [number.span] if number else []
    if title_line is not None:
        # «NGHỊ QUYẾT / ĐẠI HỘI ĐẢNG BỘ XÃ LẦN THỨ I» names itself; what the title names farther on is cited.
        own.append((lines.items[title_line].start, lines.items[title_line].start + 1))
    return HeaderReading(value, tuple(own), body)


def _head_end(lines: Lines) -> int:
    """Return the index of the first line that can no longer belong to the head."""
    for index, line in enumerate(lines.items[:_HEAD_LINES]):
        if _BODY_STARTS.match(line.text) and not _PLACE_DATE.search(line.text) and not _is_subject(lines, index):
            return index
    return min(len(lines.items), _HEAD_LINES)


def _is_subject(lines: Lines, index: int) -> bool:
    """Tell whether a line names what a document is about: «KẾ HOẠCH / Thực hiện nhiệm vụ năm học 2024 - 2025»."""
    line = lines.items[index]
    if not index or not line.text.startswith(("Thực hiện ", "Thi hành ")) or not line.text[-1].isalnum():
        return False
    is_apart = index + 1 < len(lines.items) and lines.items[index + 1].blanks > 0
    return is_apart and len(line.text) <= _LONGEST_SUBJECT and _type_word(lines.items[index - 1].text) is not None


def _cells(line: Line) -> list[str]:
    text = line.text
    # Nearly all lines have one column.
    parts = _COLUMNS.split(text) if _is_in_columns(text) else [text]
    return [shown for part in parts if (shown := part.strip(" *_"))]


def _is_in_columns(text: str) -> bool:
    return "\t" in text or "   " in text or "|" in text


def _own_number(lines: Lines, head: int) -> _Number | None:
    for index, line in enumerate(lines.items[:head]):
        if _NUMBER_WORD.match(line.text) and index + 1 < head:
            # A cell of a table gives its words line by line: «Số:», and the number below it.
            below = lines.items[index + 1]
            match = symbol_pattern().match(below.text)
            if match is not None and (symbol := read_symbol(match, None)) is not None:
                span = (line.start, below.start + match.end())
                return _Number(symbol.text, symbol.number, symbol.code, index, span)
        lead = _NUMBER_LINE.match(line.text)
        if lead is None:
            continue
        match = symbol_pattern().search(line.text, lead.end(), lead.end() + 40)
        # «Số: 146-HĐBT» names the body alone.
        symbol = (read_symbol(match, None) or read_symbol(match, "CV")) if match else None
        if symbol is not None and match is not None and match.start() == lead.end():
            return _Number(symbol.text, symbol.number, symbol.code, index, (line.start, line.start + match.end()))
    return None


def _number_line(lines: Lines, head: int) -> int:
    """Return the line of a number whose symbol names no known kind («Số: 63 /HTS»); 0 without one."""
    return next((index for index, line in enumerate(lines.items[:head]) if _NUMBER_LINE.match(line.text)), 0)


def _place_and_date(lines: Lines, head: int) -> tuple[str | None, date | None]:
    shown = [line.text for line in lines.items[: head + 1]]
    for text in with_date_lines_joined(shown):
        match = _PLACE_DATE.search(text) or (_PLACE_SHORT_DATE.search(text) if ", ngày" in text else None)
        if match is None:
            continue
        try:
            year, month, number = (int(match[name].translate(_DIGITS) or 0) for name in ("year", "month", "day"))
            day = date(year, month, number)
        except ValueError:
            return match["place"].strip(), None
        return match["place"].strip(), day
    return None, None


def _issuer(above: list[Line]) -> str | None:
    """Return the issuing body from the lines above the number; the first of two bodies is the superior one."""
    bodies: list[str] = []
    for cell in without_motto([cell for line in above for cell in _cells(line)[:1]]):
        if _MOTTO.search(cell) or cell.startswith("Số") or not is_capitals(cell) or _RULE.fullmatch(cell):
            continue
        if not bodies or (_ISSUER_HEAD.match(cell) and not _is_half(bodies[-1])):
            bodies.append(cell)
        else:
            bodies[-1] += f" {cell}"
    return bodies[-1] if bodies else None


def _is_half(body: str) -> bool:
    """Tell whether a narrow column broke a name: «THỦ TƯỚNG / CHÍNH PHỦ», «BỘ / CHÍNH TRỊ», «ỦY / BAN NHÂN DÂN»."""
    return " " not in body or body in _HALF_BODIES


def _issuer_at_end(lines: Lines) -> str | None:
    """Return the body that signs a bulletin in its last line, in capitals."""
    last = lines.items[-1] if lines.items else None
    if last and is_capitals(last.text) and _ISSUER_HEAD.match(last.text) and len(last.text.split()) > 2:
        return last.text
    return None


def _title(lines: Lines, head: int) -> tuple[str | None, str | None, int | None]:
    """Return title, the word for its kind, and the line where it begins: «BÁO CÁO» and what it is about."""
    kinds = ((index, _type_word(line.text)) for index, line in enumerate(lines.items[:head]))
    behind = ((index, _type_before_title(line.text)) for index, line in enumerate(lines.items[:head]))
    for index, word in chain(kinds, behind):
        if word is None:
            continue
        line = lines.items[index]
        parts = [line.text]
        for following in lines.items[index + 1 : min(head, index + _TITLE_LINES)]:
            if _RULE.fullmatch(following.text) or following.text[0] in "-–*" or _NUMBER_LINE.match(following.text):
                break
            is_apart = following.blanks > 0 and len(parts) > 1
            if following.text[-1] in ".;:" and (is_apart or len(following.text) > 1.2 * lines.width):
                break
            if (is_capitals(following.text) and not is_capitals(parts[-1])) or _FACT.match(following.text):
                break
            longest = _LONGEST_TITLE_LINE[is_capitals(following.text)]
            if len(following.text) > longest or _PLACE_DATE.search(following.text):
                break
            parts.append(following.text)
        return _joined(parts), word, index
    return _subject_alone(lines, head), None, None


def _subject_alone(lines: Lines, head: int) -> str | None:
    """Return the subject of a letter («V/v …»), or of a text whose kind was cut off («về phương hướng năm 2023»)."""
    for line in lines.items[:head]:
        for cell in _cells(line):
            if cell.startswith(("V/v ", "V/v: ", "V/V ", "Về việc ")):
                return cell
    first = lines.items[0] if lines.items else None
    if first and head and first.text.startswith(("về ", "Về ")) and lines.is_short(first):
        return first.text
    return None


def _type_word(text: str) -> str | None:
    """Return the kind of document that a line in capitals names: «BÁO CÁO», «THÔNG BÁO», «CHƯƠNG TRÌNH HÀNH ĐỘNG»."""
    if not is_capitals(text) or len(text) > 60:
        return None
    folded = " ".join(fold(text).split())
    for plain, word in sorted(folded_words().items(), key=lambda pair: -len(pair[0])):
        if folded.startswith(plain) and folded[len(plain) :][:1] in ("", " ", ":"):
            return word if word in by_word() else None
    return None


def _type_before_title(text: str) -> str | None:
    """Return the kind that stands before the title on one line: «KẾ HOẠCH Phát động phong trào đọc sách»."""
    lead = _CAPITALS_BEFORE.match(text)
    word = _type_word(lead[1]) if lead else None
    return word if lead and word and fold(word) == fold(lead[1]) else None


def _joined(parts: list[str]) -> str:
    title = " ".join(" ".join(parts).split()).replace("**", "")
    return re.sub(r"\s*[-–_]{3,}\s*\Z", "", title).strip(" *")


def _addressees(lines: Lines, head: int) -> tuple[str, ...]:
    for index, line in enumerate(lines.items[: head + 2]):
        lead = _ADDRESSEES.match(line.text)
        if lead is None:
            continue
        rest = line.text[lead.end() :].strip()
        if rest and rest[0] not in "-–":
            return tuple(filter(None, (_recipient(rest),)))
        found = [_recipient(rest)] if rest else []
        for following in lines.items[index + 1 : index + 20]:
            if following.text[0] not in "-–":
                break
            found.append(_recipient(following.text))
        return tuple(found)
    return ()


def _recipient(text: str) -> str:
    shown = text.strip().lstrip("\\-–•+ ").strip()
    return re.sub(r"(?<![,;.])(?:\./\.|[,;.])+\Z", "", shown).strip()


def _foot(lines: Lines) -> _Foot | None:
    start = _foot_start(lines)
    if start is None:
        return None
    recipients: list[str] = []
    signature = Signature()
    first = last = start
    for index in range(start, len(lines.items)):
        line = lines.items[index]
        if _starts_annex(line) or (signature.cells and index - first > _SIGNATURE_LINES):
            break
        cells = _cells(line)
        if sum(map(is_signature, cells)) > 1:
            signature.is_in_columns = True
        for position, cell in enumerate(cells):
            if _SIGNED.match(cell):
                continue
            if lead := _RECIPIENTS.match(cell):
                recipients.extend(filter(None, [cell[lead.end() :].strip()]))
            elif is_signature(cell) or (
                signature.cells and _is_in_signature(cell, signature.is_in_columns or position > 0 or len(cells) == 1)
            ):
                first = first if signature.cells else index
                signature.add(cell, position if len(cells) > 1 else line.indent // _LEFT_HALF)
            else:
                _add_recipient(recipients, cell)
        last = index
        if signature.cells and any(NAME.match(cell) for cell in cells) and not _more_to_come(lines, index):
            break
    names = tuple(name for name in map(_recipient, recipients) if name)
    return _Foot(names, signers(signature.in_order()), lines.items[start].start, lines.items[last].end)


def _is_in_signature(cell: str, is_apart: bool) -> bool:
    return is_apart and (is_capitals(cell) or NAME.match(cell) is not None)


def _more_to_come(lines: Lines, index: int) -> bool:
    """Tell whether recipients or another signature follow the name that was just read."""
    return any(
        _RECIPIENTS.match(line.text) or is_signature(line.text) for line in lines.items[index + 1 : index + 4]
    ) or (
        index + 1 < len(lines.items) and lines.items[index + 1].text.startswith(("-", "–")) and _in_list(lines, index)
    )


def _in_list(lines: Lines, index: int) -> bool:
    return any(line.text.startswith(("-", "–")) for line in lines.items[max(0, index - 4) : index])


def _foot_start(lines: Lines) -> int | None:
    """Return the line where recipients or, without them, the signature begin: the last such place."""
    found = None
    has_columns = lines.has_columns
    for index, line in enumerate(lines.items):
        text = line.text
        # Neither recipients nor what is written in capitals begins so; nearly all lines do.
        begins_otherwise = text[1:2].islower() and text[0] not in "Nn" and text[0].isalnum()
        if begins_otherwise and not (has_columns and _is_in_columns(text)):
            continue
        cells = _cells(line)
        # What begins with a letter or digit begins with this one.
        if any((cell[0] in "Nn" or not cell[0].isalnum()) and _RECIPIENTS.match(cell) for cell in cells):
            above = _cells(lines.items[index - 1])[:1] if index else []
            return index - 1 if above and CAPACITY.match(above[0]) and is_capitals(above[0]) else index
        if found is None and index > len(lines.items) // 3 and any(_signs(lines, index, cell) for cell in cells):
            found = index
    return found


def _signs(lines: Lines, index: int, cell: str) -> bool:
    """Tell whether a signature begins here: a capacity, or a post with a person's name below it."""
    if not is_signature(cell):
        return False
    return CAPACITY.match(cell) is not None or any(
        NAME.match(below) for line in lines.items[index + 1 : index + 8] for below in _cells(line)
    )


def _add_recipient(recipients: list[str], cell: str) -> None:
    """Add a line of the list, or several that a copy ran together; a line without a dash goes on with the one before,
    unless that one was the last."""
    if ";" in cell and (glued := _GLUED.search(cell)):
        _add_recipient(recipients, cell[: glued.start()])
        _add_recipient(recipients, cell[glued.end() :])
    elif cell[0] in "-–•+\\" or not recipients:
        recipients.append(cell)
    elif recipients[-1][-1] != ".":
        recipients[-1] += f" {cell}"


def _starts_annex(line: Line) -> bool:
    return is_capitals(line.text) and line.text.upper().startswith(("PHỤ LỤC", "PHỤ BIỂU", "BIỂU"))
