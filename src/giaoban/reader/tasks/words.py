"""The words of tasks: who may act, what is to be done, who gives work away, and what tells of something else."""

from __future__ import annotations

import re

from giaoban.reader.tasks.verbs import VERB, by_first_letter, either_mark

# Bodies and persons begin so.
_BODIES = (
    r"[Cc]ác(?! (?:nội dung|nhiệm vụ|vấn đề|công việc|ý kiến|kiến nghị|văn bản|chỉ tiêu"
    r"|mục tiêu|giải pháp))|[Mm]ỗi|"
    r"[Tt]ừng|Ban(?! hành)|Tiểu ban|Ủy ban|Uỷ ban|UBND|UBKT|UBMTTQ|HĐND|Văn phòng|Sở|Phòng|Đảng ủy|Đảng uỷ|"
    r"Đảng bộ|Đảng đoàn|Chi bộ|Chi ủy|Cấp ủy|Thường trực|Mặt trận|MTTQ|Đoàn(?! kết)|"
    r"Hội(?! (?:thi|nghị|thảo|diễn|chợ|trường|trại)(?!\w))|Công an|Quân sự|Liên đoàn|Trung tâm|"
    r"Trường|Đài|Công chức|Bệnh viện|Nhà trường|Khoa|Bộ|Cục|Chi cục|Huyện ủy|Tỉnh ủy|Thành ủy|Thị ủy|Quận ủy|"
    r"Huyện đoàn|Tỉnh đoàn|Thành đoàn|Thị đoàn|Quận đoàn|Xã đoàn|Hạt Kiểm lâm|Chính quyền|Doanh nghiệp|Hợp tác xã|"
    r"Công ty|Tổng công ty|Tập đoàn|Xí nghiệp|Nhà máy|Báo(?! cáo)|Chi hội|Chi đoàn|Hiệu trưởng|Trưởng|Tổ trưởng|"
    r"Bác sĩ(?= [A-ZĐÀ-Ỹ])|Chị(?= [A-ZĐÀ-Ỹ])|Anh(?= [A-ZĐÀ-Ỹ])|Ông(?= [A-ZĐÀ-Ỹ])|Bà(?= [A-ZĐÀ-Ỹ])|"
    r"Công đoàn|Trạm|Tòa án|Toà án|Viện|Thanh tra|Kho bạc|"
    r"Ngân hàng|Bảo hiểm|[Bb]í thư|Chánh|"
    r"Phó (?:Thủ tướng|Chủ tịch|Bí thư|Giám đốc|Trưởng|Chánh)|[Tt]hủ trưởng|[Nn]gười đứng đầu|Giám đốc|Chủ tịch|"
    r"Viễn thông|Điện lực|Bưu điện|Hải quan|Thuế(?! (?:suất|giá|thu))|Đồn Biên phòng|Đội(?! ngũ)|Thống kê|"
    r"Ngành|Lực lượng|Cơ quan|Đơn vị|Khu phố|Thôn|Kế toán|[Đđ]ại biểu (?:Hội đồng|Quốc hội|HĐND)|Thành viên|"
    r"Tiểu đoàn|Đại đội|[Cc]ấp (?:cơ sở|xã|huyện|tỉnh)(?= (?:hoàn thành|tổ chức|tiến hành|thực hiện|báo cáo))|"
    r"[Tt]ổ (?:văn phòng|chuyên môn|giúp việc|công tác)|Tổ(?! chức)|[Đđ]ồng chí|[Đđ]/c|[Đđ]ảng viên|[Cc]ấp ủy"
)
HEAD = rf"(?:(?:{by_first_letter(either_mark(_BODIES))})(?!\w))"
_GIVES = r"(?:[Gg]iao(?:\scho)?|[Yy]êu cầu|[Đđ]ề nghị|[Kk]iến nghị|[Pp]hân công|[Gg]iao nhiệm vụ cho)"
# What goes on naming a body, up to where something else may begin: nothing more is tried inside a word.
_NAME = r"[^.;:(%]{0,180}?(?=[\s,:])"
# A person's post may follow in brackets; numbers in brackets are results.
_POST = r"(?:\s\([^()0-9%;]{2,110}\))?"
# «Các cơ quan được giao chủ trì báo cáo …», «Chi bộ được kiểm tra chuẩn bị …»: which of them.
_CHOSEN = (
    r"(?:\sđược\s(?:giao(?:\s(?:chủ trì|nhiệm vụ))?|phân công(?:\sphụ trách)?|kiểm tra|giám sát|thanh tra|chọn"
    r"|chỉ định))"
)
GIVES_AT = re.compile(r"[GgYyĐđPpKk](?:iao|êu cầu|ề nghị|hân công|iến nghị)\s")
# Bodies without a capital, which only one who orders names so: «yêu cầu lãnh đạo các phòng rà soát».
_SMALL_NAMES = (
    r"chi bộ|chi ủy|đảng bộ|đảng ủy|toàn thể|tập thể|đội ngũ|lực lượng|cán bộ, đảng viên|chủ tịch"
    r"|lãnh đạo (?:các (?:phòng|ban|sở|cơ quan|đơn vị|địa phương)|cơ quan|đơn vị|địa phương|UBND|xã|phường)"
    r"|giám đốc|hiệu trưởng|trưởng (?:phòng|ban|thôn|các)|phòng|công an|chính quyền|mặt trận|đoàn thanh niên|trạm y tế"
    r"|(?:phường|xã|thị trấn|huyện|thị xã|quận|thành phố)(?= [A-ZĐÀ-Ỹ])"
    r"|ủy ban|ngành|thành viên|cơ quan|đơn vị|địa phương|tổ chức (?:đảng|cơ sở đảng)"
)
_GIVEN_WHO = rf"(?:{HEAD}|(?:{either_mark(_SMALL_NAMES)})(?!\w)){_NAME}{_POST}"
# «Yêu cầu các đơn vị phải …», «Các chi bộ cần …».
_MUST = r"(?:(?P<must>phải|cần|sẽ)\s(?:nỗ lực(?:,| để)?\s)?)?"
# «yêu cầu sau khi kết thúc đại hội các đơn vị hoàn chỉnh báo cáo».
_AFTER = r"(?:sau khi [^.;:,(%]{4,40}?,?\s(?=[cC]ác\s)|(?:trước mắt|đồng thời),?\s)?"
GIVEN = re.compile(rf"(?<!\w)(?P<how>{_GIVES})\s{_AFTER}(?P<who>{_GIVEN_WHO})(?:,?\s{_MUST}(?=(?P<verb>{VERB}))|:\s)")
BEGINS = re.compile(rf"(?P<who>{HEAD}{_NAME}{_CHOSEN}?{_POST})(?:(?P<colon>:)\s(?=\S)|,?\s{_MUST}(?={VERB}))")
# What somebody asks for without naming who is to do it: «Chủ tịch yêu cầu hoàn thành …».
ASKED = re.compile(rf"[^.;:(%]{{0,140}}?\b(?:yêu cầu|đề nghị)\s(?={VERB})")
# «Hồ sơ khen thưởng do Văn phòng thẩm định, trình Ban Thường vụ», «Việc rà soát giao cho Ban Tổ chức thực hiện».
DONE_BY = re.compile(rf"[A-ZĐÀ-Ỹ][^.;:()%]{{2,110}}?\sdo\s(?P<who>{HEAD}[^.;:(%,]{{0,90}}?)\s(?={VERB})")
SHARED_OUT = re.compile(
    rf";\s(?:do\s)?(?P<who>{HEAD}[^.;:(]{{0,90}}?)\schủ trì(?:,\s(?P<others>{HEAD}[^.;:(]{{0,90}}?)\sphối hợp)?\s*\Z"
)
# What follows a list of works in the same document: «Đồng chí Chánh Văn phòng chịu trách nhiệm về cơ sở vật chất».
DUTY = re.compile(rf"{HEAD}[^.;:(%]{{0,90}}? (?:chịu|có) trách nhiệm ")
CHAIRED = re.compile(
    r":\s(?:(?:trong\s|trước\s)?(?:tháng|quý|ngày)\s[^\s,;:]{1,12},\s)?"
    rf"(?P<who>{HEAD}[^.;:]{{2,90}}?)\s(?:chủ trì|thực hiện|phụ trách)(?!\w)"
)
# «các sở, ngành tỉnh liên quan, Chủ tịch UBND các huyện, thị xã».
_GOES_ON_NAMING = (
    r"(?:ban|ngành|phòng|đoàn thể|đơn vị|địa phương|thị xã|thành phố|xã|phường|thị trấn|huyện|cơ quan)(?!\w)"
)
WITH = re.compile(
    rf"(?:[Pp]hối hợp(?: (?:với|cùng))?(?: với)?|chủ trì,? cùng(?: với)?)\s"
    rf"(?P<who>{HEAD}[^.;:]{{2,120}}?)(?=\s{VERB}|[.;]\s|,\s(?!{HEAD}|{_GOES_ON_NAMING})|\Z)"
)
BODY = re.compile(HEAD)
# How sentences of work begin: with who is to act, with when, or with what must be sent.
_STARTS = (
    rf"(?:{HEAD}|[Đđ]ịnh kỳ|[Hh][ằà]ng\s|[Mm]ỗi\s|[Tt]rước\s|[Cc]hậm nhất|[Tt]ừ nay|Từ\s|[Tt]rong\s|[Đđ]ến\s"
    r"|Các\s|Đối với\s|Trường hợp\s|Gửi\s|Nộp\s|Tháng\s|Quý\s|Báo cáo\s|Đăng ký\s|Tổng hợp\s"
    r"|(?:[Mm]ột|[Hh]ai|[Bb]a) (?:tuần|tháng|quý|năm) một lần)"
)
START = re.compile(_STARTS)
# The same behind one of three signs. A pattern for each: the engine finds one sign eight times as fast as one of a set.
_LATER_STARTS = tuple(re.compile(rf"{sign}\s(?:[0-9]{{1,2}}/\s)?{_STARTS}") for sign in (r"\.", ";", ":"))
# Bodies that begin with a small letter behind «;»: «…; chi đoàn giới thiệu 02 đoàn viên».
SMALL_BODIES = (
    "chi đoàn ",
    "chi hội ",
    "chi bộ ",
    "chi ủy ",
    "chi uỷ ",
    "công đoàn ",
    "đoàn thanh niên ",
    "tổ đảng ",
    "bác sĩ ",
)
# Where somebody else begins to act in one sentence: «…; đồng chí Hòa báo cáo kết quả».
NEXT_BODY = re.compile(rf";\s(?:và\s|còn\s)?(?!mỗi\s|từng\s)(?=(?:{_GIVES}\s)?{HEAD}|{'|'.join(SMALL_BODIES)})")
# The same behind a time: «…; từ ngày 5 đến ngày 10 hằng tháng, Phòng Tổng hợp kiểm tra».
NEXT_TIME = re.compile(
    r";\s(?=(?:định kỳ|trước|chậm nhất|từ|đến|trong|hằng|hàng)\s"
    rf"(?:[^.;:,]{{1,50}},\s|ngày [0-9]{{1,2}} h[ằà]ng (?:tháng|quý),?\s){HEAD})"
)
# Whom a sentence is for: «Đối với các ban tham mưu của Tỉnh ủy, tập trung thẩm định hồ sơ».
MEANT_FOR = re.compile(
    rf"(?:[Rr]iêng )?[Đđ]ối với\s(?=[^Cc]|[Cc]hi (?:bộ|ủy)\s|[Cc]ông an\s|[Cc]ấp ủy\s"
    rf"|[Cc]ác (?:ban|sở|phòng|ngành|cấp|cơ quan|đơn vị|địa phương|xã|phường|"
    rf"huyện|chi|đảng|tổ chức|đoàn|hội|trường|thôn|đồng chí|thành viên|doanh nghiệp))(?P<who>{HEAD}[^.;:(%]{{0,120}}?)"
    rf"(?:,\s(?:(?:cần|phải|đề nghị|yêu cầu)\s)?(?={VERB})|\s(?:cần|phải)\s(?={VERB})|:\s(?=\w))"
)
# How those are urged to whom somebody has just turned.
URGES = re.compile(
    r"(?:khẩn trương|chủ động|tập trung|tiếp tục|tăng cường|thường xuyên|kịp thời|nghiêm túc|tích cực|đẩy mạnh|"
    r"nhanh chóng|sớm|quan tâm|có trách nhiệm|chịu trách nhiệm|chủ trì|rà soát|đôn đốc|gương mẫu|"
    r"chú trọng|kiên quyết|theo dõi)\b"
)
# Who carries out the paper itself, wherever that stands: «Văn phòng Tỉnh ủy đôn đốc việc thực hiện Chỉ thị này».
CARRIES_OUT = re.compile(
    r"\b(?:thực hiện|triển khai|quán triệt|đôn đốc|kiểm tra|giám sát|theo dõi|phổ biến|cụ thể hóa|tuyên truyền)\s"
    r"(?:nội dung\s|các nội dung\s)?(?:[Tt]hông báo|[Kk]ế hoạch|[Cc]hỉ thị|[Nn]ghị quyết|[Kk]ết luận|[Qq]uyết định|"
    r"[Hh]ướng dẫn|[Cc]hương trình|[Qq]uy định|[Qq]uy chế|[Đđ]ề án|[Cc]ông văn)(?: hành động)? này(?!\w)"
)
ACTION = re.compile(VERB)
# What must reach somebody by a day is a task wherever it stands.
SENT = re.compile(r"(?:Gửi|Nộp|Báo cáo|Đăng ký|Tổng hợp)\s")
# «Phát biểu kết luận hội nghị, đồng chí Bí thư yêu cầu: Ban Tuyên giáo …; Ban Tổ chức …».
ORDERED = re.compile(
    rf"(?:yêu cầu|đề nghị|chỉ đạo|giao nhiệm vụ)(?: các đơn vị| như sau| cụ thể| một số nội dung)?:\s(?={HEAD})"
)
LEAD = re.compile(
    r"(?:Phân công|Kết luận|Kiến nghị|Yêu cầu|Đề nghị|Giao nhiệm vụ|Tổ chức thực hiện|Nhiệm vụ)(?:\s[^:.;]{0,60})?:\s"
)
TOPIC = re.compile(rf"(?:Về|Đối với)\s[^:.;]{{2,100}}:\s(?={HEAD})")
# Words behind which somebody speaks, and those between a body and what it does that tell of something else than work.
SPEECH = re.compile(r"thảo luận|phát biểu|ý kiến(?! chỉ đạo| kết luận)|trao đổi|tham luận|chất vấn", re.IGNORECASE)
CONCLUSION = re.compile(r"kết luận|chỉ đạo|yêu cầu|đề nghị|quyết định|quyết nghị|giao", re.IGNORECASE)
# «Định kỳ hằng tháng, các chi bộ …», «Trước ngày 15/12, các đảng ủy …».
TIME_LEAD = re.compile(
    rf"(?:[Đđ]ịnh kỳ|[Hh][ằà]ng|[Mm]ỗi|[Tt]rước|[Cc]hậm nhất|[Tt]ừ (?:nay|tháng|ngày|quý|năm)|[Đđ]ến|[Tt]rong|Đối với"
    rf"|Trường hợp|Các)"
    rf"\s[^.;:]{{0,90}}?,\s(?={HEAD})"
    rf"|(?:Trong |Từ )?(?:[Tt]háng|[Qq]uý|[Nn]gày)\s[^.;:]{{1,40}}:\s(?={HEAD})"
    rf"|(?:[Mm]ột|[Hh]ai|[Bb]a|[0-9]{{1,2}}) (?:tuần|tháng|quý|năm) một lần,\s(?={HEAD})"
    rf"|[Tt]rước ngày [0-9]{{1,2}} h[ằà]ng (?:tháng|quý)\s(?={HEAD})"
)
# Times that a report may begin with as well.
AMBIGUOUS_TIMES = ("Trong", "trong", "Đến", "đến")
_SPEAKS = re.compile(
    r"\b(?:trình bày|phát biểu|thông qua|đề nghị|yêu cầu|nêu(?! tại| ở| trong| trên)|cho rằng|nhất trí|thống nhất"
    r"|khai mạc|bế mạc|dự họp|tham dự|đọc|tán thành|kết luận|đã|được|chỉ tiêu|phải)\b"
)
# Who is there to listen and to discuss: «đề nghị các đại biểu tập trung thảo luận».
_AUDIENCE = re.compile(r"(?:[Cc]ác )?(?:(?:quý )?(?:vị )?đại biểu|đồng chí (?:đại biểu|tham dự|dự họp|dự hội nghị))\b")
_IS_CHOSEN = re.compile(_CHOSEN)
_EACH_TIME = re.compile(r"[MmTt](?:ỗi|ừng)\s(?:quý|tháng|năm|tuần|ngày|kỳ)(?!\w)")
_DONE = re.compile(
    r"\b[Đđ]ã\b|cùng kỳ|tính đến nay|đều đạt [0-9]|"
    r"chưa (?:thực hiện|gửi|quan tâm|kịp thời|thật sự|thực sự|quyết liệt|sâu sát|nghiêm)"
)
# «… các giải pháp đã nêu trong Nghị quyết» says which ones.
_NAMED_BEFORE = re.compile(
    r"(?:giải pháp|nhiệm vụ|nội dung|chỉ tiêu|mục tiêu|kế hoạch|kết quả|phương án|lộ trình|vấn đề|hạn chế|đề án|"
    r"chương trình)(?:(?: [^\s,;.]+){0,8} đã(?= đề ra| nêu\b| xác định)| đã) "
    r"(?:nêu|đề ra|xác định|quy định|đạt được|đăng ký|cam kết|ký kết|thống nhất|chỉ ra|phê duyệt|"
    r"được \w+)"
)
_STATE_HEAD = re.compile(r"CỘNG H[ÒO]A XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT NAM")
_PERSON = re.compile(r"(?:[Cc]ác\s)?(?:[đĐ](?:ồng chí|/c)|Chị|Anh|Ông|Bà)\s")
_BY_FUNCTION = re.compile(r"\s(?:theo|căn cứ|trên cơ sở)\s(?:chức năng|nhiệm vụ|phạm vi).*\Z")
_AND_BODY = re.compile(rf",\s(?={HEAD}[\s,])|\svà\s(?={HEAD}(?:\s|\Z))")
_IN_BRACKETS = re.compile(r"\s\([^()]*\)")
# One committee of many bodies.
_FRONT_COMMITTEES = ("Đảng ủy Mặt trận Tổ quốc", "Đảng uỷ Mặt trận Tổ quốc", "Đảng bộ Mặt trận Tổ quốc")
_OFFICES_OF_TWO = frozenset({"Văn phòng HĐND", "Văn phòng Hội đồng nhân dân", "Văn phòng Đoàn ĐBQH"})
_POSTS = ("Bí thư", "Phó", "Chủ tịch", "Ủy viên", "Uỷ viên", "Trưởng", "Chánh", "Giám đốc", "Chủ nhiệm", "Hiệu trưởng")


def may_begin_work(words: str) -> bool:
    """Tell whether a sentence of some words, or a part of one, begins as sentences of work do."""
    return START.match(words) is not None or any(pattern.search(words) is not None for pattern in _LATER_STARTS)


def is_person(who: str) -> bool:
    """Tell whether «đồng chí» or «đ/c» names who acts."""
    return _PERSON.match(who) is not None


def is_audience(who: str) -> bool:
    """Tell whether «các đại biểu» are addressed, who are to speak at a conference."""
    return _AUDIENCE.match(who) is not None


def may_act(who: str) -> bool:
    """Tell whether the words up to what is done name somebody, and nothing that he says, has done or was told."""
    if is_audience(who):
        return False
    return _SPEAKS.search(_IS_CHOSEN.sub("", who)) is None and _EACH_TIME.match(who) is None


def tells_what_was_done(sentence: str) -> bool:
    """Tell whether a sentence reports."""
    # Words are found many times faster than the pattern.
    may_be = (
        "đã" in sentence or "Đã" in sentence or "cùng kỳ" in sentence or "chưa " in sentence or "đến nay" in sentence
    )
    if may_be and _DONE.search(_NAMED_BEFORE.sub("", sentence)):
        return True
    return "CỘNG" in sentence and _STATE_HEAD.search(sentence) is not None


def bodies(names: str) -> tuple[str, ...]:
    """Part a list of bodies where the next one begins with a body's own word.

    «Các huyện ủy, thành ủy» stays one, and so does a person with a post: «đồng chí Tám, Chủ tịch Công đoàn».
    """
    shown = _BY_FUNCTION.sub("", _IN_BRACKETS.sub("", " ".join(names.split())))
    found: list[str] = []
    for name in _AND_BODY.split(shown):
        kept = name.strip(" ,.:")
        is_front = found and found[-1].startswith(_FRONT_COMMITTEES) and kept.startswith("các đoàn thể")
        if is_front or (found and found[-1] in _OFFICES_OF_TWO):
            found[-1] = f"{found[-1]} và {kept}"
        elif kept and not (found and is_person(found[-1]) and kept.startswith(_POSTS)):
            found.append(kept.partition(" - ")[0] if is_person(kept) else kept)
    return tuple(found)
