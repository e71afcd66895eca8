"""Who is to act in a sentence of work, and where in it each task begins and ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from giaoban.reader.deadlines import find_deadline, find_recurrence
from giaoban.reader.tasks.words import (
    ACTION,
    AMBIGUOUS_TIMES,
    ASKED,
    BEGINS,
    BODY,
    CARRIES_OUT,
    CHAIRED,
    DONE_BY,
    GIVEN,
    GIVES_AT,
    LEAD,
    MEANT_FOR,
    NEXT_BODY,
    NEXT_TIME,
    ORDERED,
    SENT,
    SHARED_OUT,
    SMALL_BODIES,
    START,
    TIME_LEAD,
    TOPIC,
    URGES,
    WITH,
    bodies,
    is_audience,
    is_person,
    may_act,
)

_MEMBERS = re.compile(
    r"(?:[Mm]ỗi|[Tt]ừng|[Cc]ác)?\s?(?:đồng chí\s)?(?:(?:cấp )?(?:ủy|uỷ) viên|đảng viên|cán bộ|thành viên)"
)
_BEFORE_A_DAY = re.compile(r"rước (?:ngày|tháng [0-9]|quý [IV0-9]|[0-9])")
# A day of the document's own year: «tưới nước đợt 3 xong trước 25/3».
_SHORT_DAY = re.compile(r"(?:rước|hậm nhất)(?: vào)?(?: ngày)? [0-9]{1,2}/[0-9]{1,2}(?![/0-9])")
_DEFINES = re.compile(
    r"(?:[^.;:]{0,80}\s)?là (?:(?:các |những )?(?:cơ quan|đơn vị|tổ chức|người)|[UỦ][yỷ] viên|đồng chí)"
)
_TELLING = (" đạt", " gồm", " là", " có")
# «Ban Thường trực có thực hiện chuyên trang hằng tuần» tells what goes on.
_DESCRIBES = (" có", " đang", " vẫn", " luôn")
_SMALL = 12
_DAY = len("2023-03-31")
_MONTH = len("2023-M03")


@dataclass(slots=True)
class Work:
    """What is known around a sentence: whether headings or a line above give work, whether the paragraph holds a word
    that does, whether it stands in minutes, and who is to do the points of its list."""

    is_given: bool
    gives: bool
    is_minutes: bool
    owners: tuple[str, ...]


def in_sentence(sentence: str, work: Work) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield the tasks of a sentence: where they begin and end, and who is to act, nobody where it is not said.

    «…; đồng chí Hòa báo cáo kết quả» is a task of its own where the part before it is one.
    """
    lead = _lead(sentence, work)
    # «Về công tác tư tưởng: Ban Tuyên giáo …» names the matter first.
    topic = TOPIC.match(sentence) if lead is None and ": " in sentence else None
    at = lead.end() if lead else topic.end() if topic else 0
    is_given = work.is_given or lead is not None
    cuts = [(at, at)]
    chaired = SHARED_OUT.search(sentence, at) if is_given and "; " in sentence and "chủ trì" in sentence else None
    if chaired is not None:
        # «Trong quý II tổ chức 02 hội nghị; Ban Tuyên giáo chủ trì, Đoàn Khối phối hợp».
        yield at, len(sentence), bodies(chaired["who"]) + (bodies(chaired["others"]) if chaired["others"] else ())
        return
    for following in NEXT_BODY.finditer(sentence, at) if "; " in sentence else ():
        if sentence.startswith(SMALL_BODIES, following.end()):
            begins = BEGINS.match(_raised(sentence[following.end() :]))
        else:
            begins = BEGINS.match(sentence, following.end()) or GIVEN.match(sentence, following.end())
        if begins and may_act(begins["who"]):
            cuts.append(following.span())
    cuts = _with_times(sentence, at, cuts)
    ends = [start for start, _ in cuts[1:]]
    for (_, first), last in zip(cuts, [*ends, len(sentence)], strict=True):
        words = sentence[first:last]
        is_small = first > at and words.startswith(SMALL_BODIES)
        who = _who(_raised(words) if is_small else words, work, is_given=is_given)
        if who is not None:
            is_given = True
            names = (who[0][0][:1].lower() + who[0][0][1:], *who[0][1:]) if is_small and who[0] else who[0]
            yield first + who[1], last, names


def goes_on(sentence: str, *, in_list: bool) -> bool:
    """Tell whether a sentence goes on with what somebody has just asked of others.

    Args:
        sentence: the words behind a sentence of work.
        in_list: whether a colon led in who is to do what («yêu cầu: Ban Tuyên giáo …»), so that any verb counts;
            else only what urges («khẩn trương», «cần») does.
    """
    begins = BEGINS.match(sentence)
    if begins is None or begins["colon"]:
        return _meant_for(sentence) is not None
    return in_list or begins["must"] is not None or URGES.match(sentence, begins.end()) is not None


def carries_out(sentence: str) -> bool:
    """Tell whether a sentence says who carries out the paper itself: «Văn phòng đôn đốc thực hiện Chỉ thị này»."""
    return " này" in sentence and CARRIES_OUT.search(sentence) is not None and BEGINS.match(sentence) is not None


def is_order_by_a_day(words: str) -> bool:
    """Tell whether words order something by a day: «Yêu cầu chi bộ kiểm điểm, báo cáo trước ngày 15/6/2025»."""
    return GIVES_AT.match(words) is not None and has_due_word(words) and GIVEN.match(words) is not None


def orders_several(words: str) -> bool:
    """Tell whether a colon behind a word that orders leads in who is to do what."""
    return ": " in words and ORDERED.search(words) is not None


def _lead(sentence: str, work: Work) -> re.Match[str] | None:
    """Return the words with a colon that say that work follows: «Kết luận: …», «… đồng chí Bí thư yêu cầu: …»."""
    if ": " not in sentence or GIVEN.match(sentence):
        return None
    if lead := LEAD.match(sentence):
        return lead
    return ORDERED.search(sentence) if work.gives and not work.is_minutes else None


def _with_times(sentence: str, at: int, cuts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Add the places where somebody acts behind a time: «…; trước ngày 25 hằng tháng các thôn gửi báo cáo»."""
    if "; " not in sentence:
        return cuts
    found = [place.span() for place in NEXT_TIME.finditer(sentence, at) if _begins_later(sentence, place.end())]
    return sorted({*cuts, *found}) if found else cuts


def _begins_later(sentence: str, place: int) -> re.Match[str] | None:
    lead = TIME_LEAD.match(sentence, place)
    begins = BEGINS.match(sentence, lead.end()) if lead else None
    return begins if begins and may_act(begins["who"]) else None


def _raised(words: str) -> str:
    return words[:1].upper() + words[1:]


def _who(words: str, work: Work, *, is_given: bool) -> tuple[tuple[str, ...], int] | None:
    """Return who is to act, and where in the words the task begins; None where they give no work."""
    gift = _gift(words) if work.gives else None
    if gift and ((is_given and _is_shared_out(words, gift)) or _asks_above(gift)):
        gift = None
    at = 0
    if gift and (is_given or not work.is_minutes or gift["how"][1:4] in ("iao", "hân")):
        who, at = bodies(gift["who"]), gift.start()
    elif is_given and (chaired := _chaired(words) or _by_whom(words)):
        who = chaired
    elif is_given or (not work.is_minutes and (START.match(words) or work.gives) and _is_due(words)):
        begins = _begins(words, is_given=is_given)
        if begins is None:
            return _nobody(words, work, is_given=is_given)
        who = begins
    elif work.owners:
        who = work.owners
    else:
        return None
    partners = WITH.search(words) if "hối hợp " in words or " cùng " in words else None
    return who + tuple(name for name in bodies(partners["who"]) if name not in who) if partners else who, at


def _nobody(words: str, work: Work, *, is_given: bool) -> tuple[tuple[str, ...], int] | None:
    """Return the owners of the list for words that do not begin with who is to act; nobody for what is due by a day."""
    if work.owners:
        # «Phấn đấu đến hết năm 2024, 100% khu dân cư có …» under what all are to do is a goal.
        return None if words.startswith("Phấn đấu ") and "%" in words else (work.owners, 0)
    due = len(find_deadline(words) or "") if has_due_word(words) else 0
    is_short = not due and is_given and _SHORT_DAY.search(words) is not None
    is_dated = is_short or due == _DAY or (due == _MONTH and is_given)
    if is_dated and (SENT.match(words) or (is_given and ACTION.match(_small(words))) or ASKED.match(words)):
        return (), 0
    return None


def _gift(words: str) -> re.Match[str] | None:
    for word in GIVES_AT.finditer(words):
        if gift := GIVEN.match(words, word.start()):
            return None if is_audience(gift["who"]) else gift
    return None


def _asks_above(gift: re.Match[str]) -> bool:
    """Tell whether «đề nghị Đảng ủy xem xét kết nạp …» asks those above, and gives no work."""
    return gift["how"].endswith(" nghị") and gift["verb"] == "xem xét"


def _is_shared_out(words: str, gift: re.Match[str]) -> bool:
    """Tell whether «các chi bộ phân công mỗi đảng viên giúp 02 hộ» gives work to the cells."""
    begins = BEGINS.match(words) if gift.start() else None
    return begins is not None and begins.end() <= gift.start() and _MEMBERS.match(gift["who"]) is not None


def _chaired(words: str) -> tuple[str, ...] | None:
    chaired = CHAIRED.search(words) if ": " in words else None
    if chaired is None or ((begins := BEGINS.match(words)) and begins.end() <= chaired.start()):
        return None
    return bodies(chaired["who"])


def _by_whom(words: str) -> tuple[str, ...] | None:
    """Return who is to act in «Hồ sơ khen thưởng do Văn phòng thẩm định, trình trong tháng 4/2024»."""
    if " do " not in words or not _is_due(words) or BEGINS.match(words):
        return None
    done_by = DONE_BY.match(words)
    return bodies(done_by["who"]) if done_by else None


def _begins(words: str, *, is_given: bool) -> tuple[str, ...] | None:
    begins = BEGINS.match(words)
    lead = TIME_LEAD.match(words) if begins is None else None
    # «Trong nhiệm kỳ, Ban Thường vụ ban hành 163 văn bản» may tell a result.
    if lead and (not words.startswith(AMBIGUOUS_TIMES) or (is_given and _is_due(words))):
        begins = BEGINS.match(words, lead.end())
    if begins is None and is_given and (meant := _meant_for(words)):
        return meant
    if begins is None or not may_act(begins["who"]) or _describes(begins["who"]):
        return None
    # Rules of conduct say «phải» too: what is due is work.
    if begins["must"] == "phải" and not _is_due(words):
        return None
    # «Đồng chí Tiên: nên giảm …» says what he thinks.
    if begins["colon"] and is_person(begins["who"]) and not ACTION.match(_small(words[begins.end() :])):
        return None
    if begins["colon"] and _tells_of(begins["who"], words[begins.end() :]):
        return None
    return bodies(begins["who"])


def _describes(who: str) -> bool:
    """Tell whether the words before a verb tell what goes on: «… có thực hiện»; «cho đến khi có» says until when."""
    return who.endswith(_DESCRIBES) and not who.endswith(" khi có")


def _meant_for(words: str) -> tuple[str, ...] | None:
    """Return whom «Đối với các ban của Tỉnh ủy, tập trung …» addresses; None where it is about something else."""
    meant = MEANT_FOR.match(words) if "ối với " in words else None
    if meant is None or not may_act(meant["who"]):
        return None
    return bodies(meant["who"]) if ACTION.match(_small(words[meant.end() :])) else None


def _tells_of(who: str, rest: str) -> bool:
    """Tell whether words before a colon tell of a body, and give it no work: «các ban cán sự đảng: Tòa án nhân dân tối
    cao, …» names some of them, «Đảng bộ xã hằng năm đạt: hoàn thành tốt nhiệm vụ» a goal, «Trưởng ban: là …» a post."""
    is_list = BODY.match(rest) is not None and BEGINS.match(rest) is None
    return is_list or who.endswith(_TELLING) or _DEFINES.match(rest) is not None


def _is_due(words: str) -> bool:
    return has_due_word(words) or find_deadline(words) is not None or find_recurrence(words) is not None


def has_due_word(words: str) -> bool:
    """Tell cheaply whether words hold one that leads to a deadline: «trước ngày …», «chậm nhất …»."""
    is_before = "rước " in words and _BEFORE_A_DAY.search(words) is not None
    return is_before or "hậm nhất" in words or "ong trước" in words or "oàn thành trong" in words


def _small(words: str) -> str:
    return words[:1].lower() + words[1:_SMALL]
