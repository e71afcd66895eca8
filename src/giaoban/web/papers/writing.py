"""Choose forms and people, take the papers away: a batch gives proposal, list and decisions in one go."""

from __future__ import annotations

from dataclasses import dataclass, field

from django import forms
from django.http import HttpResponse

from giaoban.apps.members.queries.badges import badge_rules
from giaoban.apps.papers.forms import ABOUT_LABELS, About, Form
from giaoban.apps.papers.operations import PaperOrder, write_papers
from giaoban.apps.papers.queries.forms import FormInForce, forms_for
from giaoban.apps.papers.queries.subjects import Ask, Subject, subjects
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import GiaobanError, InvalidInput, NotFound
from giaoban.core.text_vi import lower_first, quoted
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import Link
from giaoban.web.forms import DayField, OfficeForm, attempt
from giaoban.web.http import as_file

_SECRET = (
    "Văn bản mật trở lên không lập ở đây: hãy soạn trên giấy hoặc trên máy độc lập, ở đây chỉ ghi số, ngày và nơi giữ."
)


@dataclass(frozen=True, slots=True)
class FormLine:
    """One form in a list."""

    code: str
    title: str
    number: str
    version: str
    kind: str
    changed: str
    text_url: str
    checked: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """The forms about one thing."""

    title: str
    write_url: str
    forms: tuple[FormLine, ...]


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person (or unit) to choose; ``missing`` is what stays blank on the paper."""

    key: str
    name: str
    place: str
    note: str
    missing: str
    checked: bool


@dataclass(frozen=True, slots=True)
class WritingPage:
    """Everything that the page of one kind of papers shows."""

    title: str
    home_url: str
    whom: str
    forms: tuple[FormLine, ...]
    people: tuple[PersonLine, ...]
    nothing: str
    nothing_link: Link
    rounds: tuple[Link, ...]
    errors: tuple[str, ...] = field(default=())


# What is said where nobody can be chosen, and the page on which that is mended; «{period}» is the chosen one.
_NOTHING = {
    About.ADMISSION: (
        "Chưa có quần chúng nào đang xem xét kết nạp. Danh sách lấy từ sổ phát triển đảng viên.",
        ("Phát triển đảng viên", "members:candidates"),
    ),
    About.RECOGNITION: (
        "Không có đảng viên dự bị nào. Danh sách lấy từ sổ đảng viên.",
        ("Đảng viên", "members:list"),
    ),
    About.TRANSFER: (
        "Không có ai được giới thiệu chuyển đi trong {period} hay trong ba tháng qua, cũng không còn giấy giới thiệu "
        "nào chờ tiếp nhận. Giấy cũ hơn: chọn kỳ của giấy ở đầu trang. Giấy mới: ghi chuyển sinh hoạt ở trang của "
        "đảng viên.",
        ("Tìm đảng viên", "members:list"),
    ),
    About.BADGE: (
        "Trong {period} chưa ghi đề nghị tặng Huy hiệu Đảng nào. Đã ghi đề nghị cho một đợt thì chọn đợt ở trên; chưa "
        "thì ghi ở trang Huy hiệu Đảng.",
        ("Huy hiệu Đảng", "members:badges"),
    ),
    About.CARD: (
        "Trong {period} chưa ghi phát thẻ, cấp lại thẻ cho ai. Chọn kỳ khác ở đầu trang, hoặc ghi phát thẻ cho những "
        "người đã chọn trong danh sách đảng viên.",
        ("Đảng viên", "members:list"),
    ),
    About.ROLL: ("Không có đơn vị nào.", ("Tổ chức", "organizations:tree")),
}
_NO_PROPOSAL = "Chưa ghi đề nghị tặng Huy hiệu Đảng nào cho đợt {round}. Ghi ở trang Huy hiệu Đảng của đợt."


class WritingForm(OfficeForm):
    """Date, number, kind of file and degree of secrecy."""

    dated = DayField(label="Ngày văn bản")
    number = forms.IntegerField(
        label="Số bắt đầu",
        required=False,
        min_value=1,
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "numeric", "autocomplete": "off"}),
        help_text="Của văn bản lập riêng từng người, tăng dần; để trống thì ghi số bằng tay",
        error_messages={"invalid": "Cần một số, ví dụ 12.", "min_value": "Cần số từ 1 trở lên."},
    )
    file_format = forms.ChoiceField(label="Dạng tệp", choices=[("docx", "Word (docx)"), ("pdf", "PDF")], initial="docx")
    degree = forms.ChoiceField(
        label="Độ mật",
        choices=[("", "Hãy chọn"), ("none", "Không mật"), ("secret", "Mật trở lên")],
        help_text="Văn bản mật trở lên không lập trên phần mềm này",
    )

    def clean_degree(self) -> str:
        """Refuse what must not be written here (decision D16)."""
        degree: str = self.cleaned_data["degree"]
        if degree == "secret":
            raise forms.ValidationError(_SECRET)
        return degree


def _kind(form: Form) -> str:
    if not form.each:
        return "một bản chung"
    each = f"mỗi {'đơn vị' if form.about == About.ROLL else 'người'} một bản"
    return f"{each}, do chi bộ của người ấy ban hành; số ghi bằng tay" if form.of_cell else each


def _line(desk: Desk, held: FormInForce, *, checked: bool = False) -> FormLine:
    form = held.form
    return FormLine(
        code=form.code,
        title=form.title,
        number=form.number,
        version=form.version,
        kind=_kind(form),
        changed=f"{held.owner} sửa, dùng từ {format_date(held.since)}" if held.owner else "mẫu gốc",
        text_url=desk.url("papers:form", form.code),
        checked=checked,
    )


@screen("papers", right="members_record")
def home(desk: Desk) -> HttpResponse:
    """Show all kinds of papers with their forms."""
    held = forms_for(desk.unit, day=desk.act.today)
    groups = tuple(
        Group(
            ABOUT_LABELS[about],
            desk.url("papers:write", about.value),
            tuple(_line(desk, one) for one in held if one.form.about == about),
        )
        for about in About
    )
    return desk.render("papers/home.html", {"groups": groups})


@screen("papers", right="members_record", methods=("GET", "POST"))
def write(desk: Desk, about: str) -> HttpResponse:
    """Choose forms and people of one kind; a POST gives the file, or the page again with what is wrong."""
    if about not in About.__members__.values():
        raise NotFound(f"Không có loại giấy tờ {quoted(about)}")
    kind = About(about)
    round_ = _round(desk) if kind == About.BADGE else ""
    held = tuple(one for one in forms_for(desk.unit, day=desk.act.today) if one.form.about == kind)
    form = WritingForm(desk.posted, initial={"dated": desk.act.today, "file_format": "docx"})
    codes = {one.form.code for one in held}
    sent = desk.posted
    chosen_forms = tuple(code for code in sent.getlist("mau") if code in codes) if sent else _usual(desk, held)
    chosen = tuple(sent.getlist("ai")) if sent else ()
    errors: tuple[str, ...] = ()
    if sent is not None and form.is_valid():
        order = PaperOrder(
            desk.unit,
            tuple(one.form.code for one in held if one.form.code in chosen_forms),
            chosen,
            desk.period,
            form.cleaned_data["dated"],
            form.cleaned_data["number"],
            form.cleaned_data["file_format"],
            round_,
        )

        def refuse(error: GiaobanError) -> None:
            nonlocal errors
            if error.where in ("Mẫu", "Danh sách"):
                errors = (f"{error.message}; cần {error.expected}." if error.expected else f"{error.message}.",)
            else:
                form.refuse(error)

        written = attempt(refuse, lambda: _file(desk, order))
        if written is not None:
            return written
    fields = frozenset(name for one in held if one.form.code in chosen_forms for name in one.form.fields)
    listed = subjects(kind, Ask(desk.act.user, desk.unit, desk.act.today, desk.period, fields, round_))
    page = WritingPage(
        title=ABOUT_LABELS[kind] + (f", đợt {round_}" if round_ else ""),
        home_url=desk.url("papers:home"),
        whom="Đơn vị" if kind == About.ROLL else "Họ và tên",
        forms=tuple(_line(desk, one, checked=one.form.code in chosen_forms) for one in held),
        people=tuple(_person(one, chosen) for one in listed),
        nothing=(_NO_PROPOSAL if round_ else _NOTHING[kind][0]).format(
            period=lower_first(desk.period.name()), round=round_
        ),
        nothing_link=_mended(desk, kind, round_),
        rounds=_rounds(desk, round_) if kind == About.BADGE else (),
        errors=errors,
    )
    form.point_at_first_error()
    return desk.render("papers/write.html", {"page": page, "form": form}, status=422 if form.errors or errors else 200)


def _usual(desk: Desk, held: tuple[FormInForce, ...]) -> tuple[str, ...]:
    """What an office writes itself: a cell its own papers, a committee the others; all where that would be none."""
    own = tuple(one.form.code for one in held if one.form.of_cell == desk.card.holds_members)
    return own or tuple(one.form.code for one in held)


def _mended(desk: Desk, kind: About, round_: str) -> Link:
    """The page on which what is missing from an empty list is recorded."""
    name, page = _NOTHING[kind][1]
    return Link(name, desk.url(page, query={"dot": round_} if round_ else None))


def _round(desk: Desk) -> str:
    """The round in the address as the register spells it; «» where the period is asked."""
    asked = desk.request.GET.get("dot") or ""
    try:
        return badge_rules(desk.unit, desk.act.today).find_round(asked).key if asked else ""
    except InvalidInput as error:
        raise NotFound(error.message) from None


def _rounds(desk: Desk, chosen: str) -> tuple[Link, ...]:
    """Everything proposed in the period, or for one round: those near today and those of the chosen period."""
    rules = badge_rules(desk.unit, desk.act.today)
    near = rules.rounds_around(desk.act.today, before=2, after=4)
    of_period = (one for one in rules.rounds_of(desk.period.year) if one.day in desk.period.window)
    keys = [one.key for one in sorted({*near, *of_period})]
    return (
        Link(f"Đề nghị trong {lower_first(desk.period.name())}", desk.url("papers:write", About.BADGE), not chosen),
        *(
            Link(f"Đợt {key}", desk.url("papers:write", About.BADGE, query={"dot": key}), key == chosen)
            for key in (keys if not chosen or chosen in keys else [chosen, *keys])
        ),
    )


def _person(one: Subject, chosen: tuple[str, ...]) -> PersonLine:
    return PersonLine(one.key, one.name, one.place, one.note, ", ".join(one.missing), one.key in chosen)


def _file(desk: Desk, order: PaperOrder) -> HttpResponse:
    written = write_papers(act=desk.act, order=order)
    return as_file(written.content, written.file_name)
