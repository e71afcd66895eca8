"""Work whose doer stands behind it: «Xây dựng Đề án. Đơn vị chủ trì: Văn phòng. Thời gian hoàn thành: tháng 3/2025»,
«Lập quy hoạch chung (Ủy ban nhân dân xã thực hiện, xong trong quý II/2025)»."""

from __future__ import annotations

import re
from dataclasses import dataclass

from giaoban.reader.tasks.verbs import VERB
from giaoban.reader.tasks.words import BODY, HEAD, bodies, may_act

_LABEL = re.compile(
    r"(?:[.;] |\()(?:(?:[Cc]ơ quan|[Đđ]ơn vị|[Nn]gười|[Bb]ộ phận) )?"
    r"(?:[Cc]hủ trì|[Tt]hực hiện|[Pp]hụ trách|[Pp]hối hợp)(?: thực hiện| chính)?: (?P<who>[^.;:()]{2,120})"
)
_WHEN = re.compile(r"(?:[.;] |\()[Tt]hời (?:gian|hạn)(?: hoàn thành| thực hiện| xong)?: (?P<when>[^;()]{2,60})")
_IN_BRACKET = re.compile(
    rf"\((?P<who>{HEAD}[^.;:()]{{0,90}}?) (?:chủ trì|thực hiện|phụ trách)(?P<when>[,;] [^()]{{2,60}})?\)"
)
# «Chuyển chính thức cho 02 đảng viên dự bị (Đ/c Giáp - tháng 02/2024)», «Thu đảng phí. (Đ/c Hậu)».
_PERSON_AT_END = re.compile(
    r"\((?P<who>[Đđ](?:/c|ồng chí)\s[^.;:()0-9]{2,50}?)"
    r"(?P<when>\s?[-–,;]\s(?:tháng|quý|ngày|trước|xong|chậm nhất|hoàn thành)\s[^()]{1,40})?\)[.;]?\Z"
)
# «Tiếp tục vận động 03 hộ còn lại ký cam kết - đồng chí Y Blăm Niê.»
_PERSON_BEHIND_DASH = re.compile(
    r"\s[-–]\s(?P<who>[Đđ](?:/c|ồng chí)\s(?:[A-ZĐÀ-Ỹ][\w']*\s?){1,6})(?P<when>(?!))?[.;]?\Z"
)
_DOES = re.compile(VERB)
_TOPIC = re.compile(r"[A-ZĐÀ-Ỹ][^.;:()0-9]{2,50}: ")
_SMALL, _LONGEST_VERB, _LONGEST_PERSON = 12, 20, 60


@dataclass(frozen=True, slots=True)
class Labelled:
    """Who is to do a paragraph's work, and the words that say when, empty where none do."""

    who: tuple[str, ...]
    when: str


def labelled(words: str) -> Labelled | None:
    """Return what labels behind a paragraph's work say of it; None where there are none."""
    # Words are found many times faster than the pattern.
    if not (": " in words and ("hủ trì: " in words or "hực hiện: " in words or "hụ trách: " in words)):
        return None
    found = [label for label in _LABEL.finditer(words) if BODY.match(label["who"]) and may_act(label["who"])]
    if not found or not _is_work(words, found[0].start()):
        return None
    when = _WHEN.search(words)
    who = tuple(dict.fromkeys(name for label in found for name in bodies(label["who"])))
    return Labelled(who, when["when"] if when else "")


def done_by(words: str) -> Labelled | None:
    """Return what a bracket behind a paragraph's work says of it: who does it, and when."""
    said = " thực hiện" in words or " chủ trì" in words or " phụ trách" in words
    bracket = _IN_BRACKET.search(words) if said else None
    if bracket is None and words.endswith((")", ").", ");")):
        bracket = _PERSON_AT_END.search(words, words.rfind("("))
    if bracket is None and "đồng chí" in words[-_LONGEST_PERSON:]:
        bracket = _PERSON_BEHIND_DASH.search(words, max(0, len(words) - _LONGEST_PERSON))
    if bracket is None or not _is_work(words, bracket.start()) or not may_act(bracket["who"]):
        return None
    return Labelled(bodies(bracket["who"]), bracket["when"] or "")


def _is_work(words: str, end: int) -> bool:
    """Tell whether what stands before a label begins with what is to be done, its topic left out: «Đảng phí: thu»."""
    topic = _TOPIC.match(words, 0, end)
    words = words[topic.end() :] if topic else words
    return end > _SMALL and _DOES.match(words[:1].lower() + words[1:_LONGEST_VERB]) is not None
