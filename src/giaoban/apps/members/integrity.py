"""Checks on the register of members: spells say what the journal says, and the roll adds up (decision D5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.conf import settings

from giaoban.apps.audit.integrity import IntegrityCheck
from giaoban.apps.members.integrity_candidates import CANDIDATE_CHECKS
from giaoban.apps.members.models import (
    AbsenceEntry,
    AbsenceSpan,
    CorrectionEntry,
    FilePart,
    Member,
    MemberEntry,
    MembershipSpell,
    MemberState,
    OfficeEntry,
    OfficeTerm,
    SpellOrigin,
    TraitEntry,
    TraitSpan,
)
from giaoban.apps.members.operations._badges import badges_noted_otherwise
from giaoban.apps.members.operations._cards import CARDS, card_numbers
from giaoban.apps.members.operations._followed import units_followed_otherwise
from giaoban.apps.members.operations._letters import letters_noted_otherwise
from giaoban.apps.members.operations._replay import MemberFact, Spell, replay_member
from giaoban.apps.members.operations._roll import units_counted_otherwise
from giaoban.apps.members.operations._traits import TraitRow, traits_told
from giaoban.apps.members.operations._whereabouts import whereabouts_noted_otherwise
from giaoban.apps.members.operations.absences import SpanRow, absences_told, odd_entries
from giaoban.apps.members.operations.offices import office_spans
from giaoban.apps.members.operations.unit_endings import spells_after_end
from giaoban.apps.members.queries.aliases import standing_aliases
from giaoban.apps.organizations.kinds import Office
from giaoban.apps.organizations.models import Unit
from giaoban.core.dates_vi import Precision, format_date
from giaoban.core.errors import InvalidInput
from giaoban.core.text_vi import quoted

_CHUNK = 5_000  # SQLite takes at most 32,766 values in one statement


def _spells_differ() -> Iterator[str]:
    facts: dict[int, list[MemberFact]] = {}
    aliases = standing_aliases()
    rows = MemberEntry.objects.counted().in_order()
    for pk, *values in rows.values_list(
        "member_id", "kind", "effective_date", "unit_id", "from_unit_id", "to_unit_id", "temporary", "official", "how"
    ):
        facts.setdefault(aliases.get(pk, pk), []).append(MemberFact(*values))
    kept: dict[int, list[Spell]] = {}
    for pk, *values in MembershipSpell.objects.order_by("valid_from").values_list(
        "member_id", "unit_id", "official", "origin", "valid_from", "valid_to"
    ):
        kept.setdefault(pk, []).append(Spell(*values))
    for member in Member.objects.order_by("pk").iterator():
        spells = kept.get(member.pk, [])
        if member.pk in aliases or member.state in (MemberState.VOIDED, MemberState.ALIAS):
            same = (
                not spells and member.pk not in facts and (member.pk in aliases) == (member.state == MemberState.ALIAS)
            )
        else:
            life = replay_member(member.full_name, member.birth_date, facts.get(member.pk, []))
            same = list(life.spells) == spells and (life.unit, life.state) == (member.unit_id, member.state)
        if not same:
            yield f"Hồ sơ {member.uid}: thời gian sinh hoạt khác với quá trình đã ghi"


def _roll_counts_differ() -> Iterator[str]:
    for code in Unit.objects.filter(pk__in=units_counted_otherwise()).order_by("code").values_list("code", flat=True):
        yield f"Đơn vị {code}: số đảng viên đếm sẵn khác với thời gian sinh hoạt"


def _letters_differ() -> Iterator[str]:
    wrong = MemberEntry.objects.filter(pk__in=letters_noted_otherwise()).order_by("pk")
    for uid in wrong.values_list("member__uid", flat=True):
        yield f"Hồ sơ {uid}: giấy giới thiệu đang chờ tiếp nhận khác với lần ghi"


def _badges_differ() -> Iterator[str]:
    for uid in Member.objects.filter(pk__in=badges_noted_otherwise()).order_by("pk").values_list("uid", flat=True):
        yield f"Hồ sơ {uid}: Huy hiệu Đảng cao nhất khác với lần tặng đã ghi"


def _followed_differ() -> Iterator[str]:
    for code in Unit.objects.filter(pk__in=units_followed_otherwise()).order_by("code").values_list("code", flat=True):
        yield f"Đơn vị {code}: số trường hợp cần theo dõi cộng sẵn khác với sổ đảng viên"


def _whereabouts_differ() -> Iterator[str]:
    wrong = Member.objects.filter(pk__in=whereabouts_noted_otherwise()).order_by("pk")
    for uid in wrong.values_list("uid", flat=True):
        yield f"Hồ sơ {uid}: nơi đang sinh hoạt ghi ở thời gian miễn, đi xa khác với hồ sơ"


def _absences_differ() -> Iterator[str]:
    aliases = standing_aliases()
    journal = AbsenceEntry.objects.values_list("member_id", flat=True)
    told: dict[int, list[SpanRow]] = {}
    odd = {one.entry for one in odd_entries(journal)}
    for pk, row in absences_told(sorted({*journal, *aliases.values(), *aliases}), aliases, odd):
        told.setdefault(pk, []).append(row)
    kept: dict[int, list[SpanRow]] = {}
    for span in AbsenceSpan.objects.order_by("valid_from", "kind"):
        kept.setdefault(span.member_id, []).append(SpanRow(*(getattr(span, name) for name in SpanRow._fields)))
    wrong = [pk for pk in told.keys() | kept.keys() if set(told.get(pk, ())) != set(kept.get(pk, ()))]
    for uid in Member.objects.filter(pk__in=wrong).order_by("pk").values_list("uid", flat=True):
        yield f"Hồ sơ {uid}: thời gian miễn, đi xa khác với quá trình đã ghi"


def _absences_odd() -> Iterator[str]:
    """What was taken over before a rule was checked, or came from another program."""
    found = odd_entries(AbsenceEntry.objects.values_list("member_id", flat=True))
    uids = dict(Member.objects.filter(pk__in={one.member for one in found}).values_list("pk", "uid"))
    for one in found:
        yield f"Hồ sơ {uids[one.member]}: {_without_name(one.error)}"


def _without_name(error: InvalidInput) -> str:
    """The entry and what is wrong with it; names stay out of what is printed and logged."""
    name, _, entry = (error.where or "").partition(", ")
    return f"{entry}: {error.message.removeprefix(name).strip()}"


def _cards_differ() -> Iterator[str]:
    entries = MemberEntry.objects.filter(kind__in=CARDS)
    members = Member.objects.filter(pk__in=entries.values("member")).in_bulk()
    numbers = card_numbers(members)
    for pk, member in sorted(members.items()):
        if numbers[pk] != member.card_number:
            yield f"Hồ sơ {member.uid}: số thẻ khác với lần phát, cấp lại thẻ đã ghi"


def _traits_differ() -> Iterator[str]:
    kept = Counter(TraitRow(*row) for row in TraitSpan.objects.values_list(*TraitRow._fields))
    members = sorted(set(TraitEntry.objects.values_list("member_id", flat=True)))
    told: Counter[TraitRow] = Counter()
    for start in range(0, len(members), _CHUNK):
        told.update(traits_told(members[start : start + _CHUNK]))
    wrong = {row.member_id for row in (kept - told) + (told - kept)}
    for uid in Member.objects.filter(pk__in=wrong).order_by("pk").values_list("uid", flat=True):
        yield f"Hồ sơ {uid}: giới tính, trình độ khác với quá trình đã ghi"


def _files_differ() -> Iterator[str]:
    """The last correction of a part is what stands in the file; of cards and traits other checks tell."""
    last: dict[tuple[int, str], str] = {}
    for member, part, after in CorrectionEntry.objects.order_by("pk").values_list("member_id", "part", "after"):
        last[member, part] = after
    members = Member.objects.in_bulk({member for member, _part in last})
    for (pk, part), after in sorted(last.items()):
        member = members[pk]
        stands = {
            FilePart.NAME: member.full_name,
            FilePart.BIRTH: format_date(member.birth_date, Precision(member.birth_precision)),
            FilePart.IDENTITY: f"…{member.identity_tail}" if member.identity_tail else "",
            FilePart.FILE_NUMBER: member.file_number,
            FilePart.PHONE: member.phone,
        }.get(FilePart(part), after)
        if stands != after:
            yield f"Hồ sơ {member.uid}: {FilePart(part).label.lower()} khác với lần sửa đã ghi"


def _left_in_ended_units() -> Iterator[str]:
    rows = MembershipSpell.objects.order_by("unit__code", "valid_from").values_list(
        "member__uid", "unit_id", "official", "origin", "valid_from", "valid_to"
    )
    spells = (
        (str(uid), Spell(unit, official, SpellOrigin(origin), start, end))
        for uid, unit, official, origin, start, end in rows
    )
    for uid, ending in spells_after_end(spells):
        yield f"Hồ sơ {uid}: còn ở {ending.code} sau ngày {ending.kind.label.lower()} {format_date(ending.day)}"


def _offices_differ() -> Iterator[str]:
    kept = Counter(OfficeTerm.objects.values_list("member_id", "unit_id", "office", "valid_from", "valid_to"))
    aliases = standing_aliases()
    members = sorted({aliases.get(pk, pk) for pk in OfficeEntry.objects.values_list("member_id", flat=True)})
    told = Counter(
        span for start in range(0, len(members), _CHUNK) for span in office_spans(members[start : start + _CHUNK], {})
    )
    for member, _unit, office, start, _end in sorted((kept - told) + (told - kept)):
        uid = Member.objects.values_list("uid", flat=True).get(pk=member)
        yield f"Hồ sơ {uid}: {Office(office).label} từ {format_date(start)} khác với sổ cấp ủy"


def missing_identity_keys() -> list[str]:
    """Return the ids of keys under which identity numbers are stored but which this office does not have (D12)."""
    have = {row["id"] for rows in settings.IDENTITY_KEYS_JSON.values() for row in rows}
    used: set[str] = set()
    for field in ("identity_cipher_key", "identity_index_key"):
        used |= set(Member.objects.exclude(**{field: ""}).values_list(field, flat=True).distinct())
    for field in ("before_cipher_key", "after_cipher_key"):
        used |= set(CorrectionEntry.objects.exclude(**{field: ""}).values_list(field, flat=True).distinct())
    return sorted(used - have)


def _keys_missing() -> Iterator[str]:
    for name in missing_identity_keys():
        yield f"thiếu khóa {quoted(name)}"


CHECKS = (
    IntegrityCheck(
        name="Thời gian sinh hoạt khớp sổ đảng viên",
        why="Tổng số đảng viên đếm theo thời gian sinh hoạt; lệch với lần ghi là số liệu sai",
        recommendation="Đính chính một lần ghi của đảng viên được nêu hoặc khôi phục từ bản sao lưu",
        rows=_spells_differ,
    ),
    IntegrityCheck(
        name="Số đảng viên đếm sẵn khớp thời gian sinh hoạt",
        why="Tổng số đảng viên của cấp trên cộng từ số đếm sẵn của từng chi bộ; lệch là số liệu sai",
        recommendation="Chạy giaoban rebuild để đếm lại từ thời gian sinh hoạt",
        rows=_roll_counts_differ,
    ),
    IntegrityCheck(
        name="Giấy giới thiệu đang chờ khớp sổ đảng viên",
        why="Danh sách đang chuyển sinh hoạt đọc từ bảng này; thiếu giấy là quên người đang trên đường",
        recommendation="Đính chính một lần ghi của đảng viên được nêu: bảng được viết lại",
        rows=_letters_differ,
    ),
    IntegrityCheck(
        name="Huy hiệu cao nhất khớp sổ khen thưởng",
        why="Ai còn thiếu Huy hiệu được tìm theo Huy hiệu cao nhất đã tặng; lệch là bỏ sót người",
        recommendation="Đính chính một lần ghi tặng Huy hiệu của đảng viên được nêu: số được viết lại",
        rows=_badges_differ,
    ),
    IntegrityCheck(
        name="Số trường hợp cần theo dõi cộng sẵn khớp sổ đảng viên",
        why="Danh sách theo dõi của tỉnh và cả nước đếm từ số cộng sẵn; lệch là bỏ sót người",
        recommendation="Chạy giaoban rebuild để cộng lại từ sổ đảng viên",
        rows=_followed_differ,
    ),
    IntegrityCheck(
        name="Không ai còn ở đơn vị đã kết thúc",
        why="Đảng viên ở một đơn vị đã giải thể, sáp nhập, hợp nhất, chia tách không được tính ở đâu cả",
        recommendation="Ghi nơi đảng viên được nêu sinh hoạt từ ngày đơn vị kết thúc",
        rows=_left_in_ended_units,
    ),
    IntegrityCheck(
        name="Chức vụ khớp sổ cấp ủy",
        why="Cấp ủy, chỗ khuyết và đối chiếu quy định đọc từ bảng chức vụ; lệch với lần ghi là sai người",
        recommendation="Đính chính một lần ghi chức vụ của người được nêu hoặc khôi phục từ bản sao lưu",
        rows=_offices_differ,
    ),
    IntegrityCheck(
        name="Thời gian miễn, đi xa khớp sổ",
        why="Số đảng viên được miễn, đi xa đếm theo thời gian này; lệch với lần ghi là số liệu sai",
        recommendation="Đính chính một lần ghi miễn, đi xa của đảng viên được nêu hoặc khôi phục từ bản sao lưu",
        rows=_absences_differ,
    ),
    IntegrityCheck(
        name="Nơi của đảng viên được miễn, đi xa khớp hồ sơ",
        why="Danh sách hết hạn miễn, quá hạn liên lạc được tìm theo nơi này; lệch là sót người, hoặc thừa người",
        recommendation="Đính chính một lần ghi miễn, đi xa của đảng viên được nêu: nơi được viết lại",
        rows=_whereabouts_differ,
    ),
    IntegrityCheck(
        name="Lần ghi miễn, đi xa nối nhau được",
        why="Lần ghi không thể có sau các lần trước (miễn khi đang được miễn) thì không được tính vào số liệu",
        recommendation="Mở hồ sơ được nêu, bấm «Đính chính» ở lần ghi đó rồi chọn bỏ lần ghi, hoặc sửa ngày",
        rows=_absences_odd,
    ),
    IntegrityCheck(
        name="Số thẻ khớp lần phát thẻ",
        why="Đảng viên được nhận ra theo số thẻ; số lệch thì tìm nhầm người",
        recommendation="Đính chính lần phát, cấp lại thẻ của đảng viên được nêu",
        rows=_cards_differ,
    ),
    IntegrityCheck(
        name="Dữ liệu riêng khớp lần sửa",
        why="Họ tên, ngày sinh, các số chỉ được sửa bằng một lần ghi; lệch là đã bị đổi ngoài sổ",
        recommendation="Sửa lại ở trang của đảng viên được nêu hoặc khôi phục từ bản sao lưu",
        rows=_files_differ,
    ),
    IntegrityCheck(
        name="Giới tính, trình độ khớp sổ",
        why="Cơ cấu đảng viên đếm theo bảng này; lệch với lần ghi là số liệu sai",
        recommendation="Sửa lại ở trang của đảng viên được nêu hoặc khôi phục từ bản sao lưu",
        rows=_traits_differ,
    ),
    *CANDIDATE_CHECKS,
    IntegrityCheck(
        name="Khóa của số định danh",
        why="Không có khóa thì không ai đọc lại được số định danh đã lưu",
        recommendation="Chép tệp identity_keys.json đã cất riêng vào thư mục dữ liệu",
        rows=_keys_missing,
    ),
)
