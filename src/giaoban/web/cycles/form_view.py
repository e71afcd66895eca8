"""A unit's form as the template shows it: known numbers, places to type with what was told about each, files."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from giaoban.apps.reporting.forms import FieldKind, Importance
from giaoban.apps.reporting.models import FormRhythm, SubmissionState, ValueMark
from giaoban.apps.reporting.queries.cycles.bodies import body_of
from giaoban.apps.reporting.queries.cycles.checking import Finding
from giaoban.apps.reporting.queries.cycles.form_page import FieldView, FormPage, Input
from giaoban.apps.reporting.queries.figures import catalogue
from giaoban.core.numbers_vi import format_number
from giaoban.web.access import Desk
from giaoban.web.components.pieces import Link, Sign
from giaoban.web.cycles.place import helped_choices, moment_words, sign_of
from giaoban.web.members.forms import Choices
from giaoban.web.numbers import guarded

MARKS = (("", "đúng số"), *((one.value, str(one.label)) for one in ValueMark if one.value))


@dataclass(frozen=True, slots=True)
class Told:
    """What is said beside a place to type.

    ``theirs`` is what somebody else wrote there while the person was writing too; ``rivals`` are texts that are kept
    beside it, each with who and when; ``confirm`` asks whether an unusual number is right.
    """

    name: str
    wrong: tuple[str, ...] = ()
    warned: tuple[str, ...] = ()
    theirs: str = ""
    theirs_by: str = ""
    rivals: tuple[tuple[str, str], ...] = ()
    mine: bool = False
    confirm: str = ""
    confirmed: bool = False
    saved: str = ""


@dataclass(frozen=True, slots=True)
class InputView:
    """One place to type; ``origin`` is the mark of what the page came with, so that only what was changed is kept."""

    name: str
    anchor: str
    label: str
    kind: str
    value: str
    mark: str
    seen: int
    origin: str
    told: Told
    options: tuple[str, ...] = ()
    rows: int = 0
    most: int = 0


@dataclass(frozen=True, slots=True)
class FileView:
    """A file that goes with the report, who added it when, and under what it is taken out."""

    name: str
    added: str
    url: str
    key: str


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One line: a number that is known already, places to type, or files."""

    key: str
    label: str
    unit: str
    guidance: str
    required: bool
    known: str = ""
    url: str = ""
    inputs: tuple[InputView, ...] = ()
    is_file: bool = False
    files: tuple[FileView, ...] = ()
    file_wrong: str = ""

    @property
    def shown_only(self) -> bool:
        """Whether a register knows it."""
        return not self.inputs and not self.is_file


@dataclass(frozen=True, slots=True)
class SectionRows:
    """A section; known numbers and places to type in the form's own order."""

    title: str
    guidance: str
    rows: tuple[FieldRow, ...]


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning to be confirmed before sending."""

    key: str
    words: str
    checked: bool


@dataclass(frozen=True, slots=True)
class FillPage:
    """The page."""

    title: str
    unit_name: str
    receiver: str
    sign: Sign
    due: str
    locks: str
    progress: str
    asked_back: str
    sections: tuple[SectionRows, ...]
    errors: tuple[Link, ...]
    closed: str
    warnings: tuple[Warned, ...]
    refused: tuple[str, ...]
    helped: Choices
    helped_chosen: str
    user: str
    uid: str
    field_url: str
    back_url: str
    report_url: str


@dataclass(frozen=True, slots=True)
class Typed:
    """What a refused form held, so that nothing is lost.

    ``values`` and ``marks`` by name; ``wrong`` what is the matter with each; ``theirs`` text and person of whoever was
    faster; ``files`` what was wrong with a file, by field; ``confirmed`` the warnings that were ticked.
    """

    values: dict[str, str] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)
    theirs: dict[str, tuple[str, str]] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    confirmed: frozenset[str] = frozenset()
    refused: tuple[str, ...] = ()
    helped: str = ""


NOTHING = Typed()


def origin_of(value: str, mark: str) -> str:
    """Return a short mark of what stands in a place, the same for all ways to write a line end."""
    plain = value.replace("\r\n", "\n").strip()
    return hashlib.sha256(f"{mark}\n{plain}".encode()).hexdigest()[:12]


def fill_page(desk: Desk, page: FormPage, typed: Typed = NOTHING) -> FillPage:
    """Put the page together."""
    submission = page.submission
    around = _around(page)
    sections = tuple(
        SectionRows(
            one.section.title,
            one.section.guidance,
            tuple(_row(desk, page, view, typed, around) for view in one.fields),
        )
        for one in page.sections
    )
    return FillPage(
        title=submission.cycle.title,
        unit_name=page.unit.place,
        receiver=page.receiver.name,
        sign=sign_of(submission.state, page.timing, edition=submission.edition),
        due=moment_words(submission.due_at),
        locks=moment_words(page.locks_at),
        progress=progress_words(page),
        asked_back=page.last_remark if submission.state == SubmissionState.RETURNED else "",
        sections=sections,
        errors=_errors(desk, page),
        closed=_closed(desk, page),
        warnings=tuple(
            Warned(one.key, one.words, one.key in typed.confirmed)
            for one in page.findings
            if one.importance is Importance.WARNING and not one.key.startswith("unusual:")
        ),
        refused=typed.refused,
        helped=helped_choices(desk, submission.unit),
        helped_chosen=typed.helped,
        user=str(desk.act.user.uid),
        uid=str(submission.uid),
        field_url=desk.url("cycles:field", submission.uid),
        back_url=desk.url("cycles:list"),
        report_url=desk.url("cycles:report", submission.uid),
    )


def progress_words(page: FormPage) -> str:
    """Say how much is filled: «Đã nhập 3/5 mục»."""
    if not page.asked:
        return "Mọi số liệu đã có trong sổ, không phải nhập gì."
    return f"Đã nhập {format_number(page.filled)}/{format_number(page.asked)} mục"


def anchor_of(name: str) -> str:
    """Return the id of a place to type."""
    return "o-" + name.replace("/", "--")


def told_of(page: FormPage, name: str, me: str) -> Told:
    """Return what is said beside one place after it was kept."""
    around = _around(page)
    for section in page.sections:
        for view in section.fields:
            for one in view.inputs:
                if one.name == name:
                    return _told(page, one, NOTHING, around, me)
    return Told(name)


def _around(page: FormPage) -> dict[str, list[Finding]]:
    """Return the findings of rules by the places that they speak of; their own finding names none."""
    body = body_of(page.submission.cycle.form)
    rules = {f"rule:{rule.key}": rule for rule in body.rules}
    found: dict[str, list[Finding]] = defaultdict(list)
    for one in page.findings:
        rule = rules.get(one.key)
        for term in (*rule.left, *rule.right) if rule is not None else ():
            if term.name in body.by_input:
                found[term.name].append(one)
    return found


def _row(desk: Desk, page: FormPage, view: FieldView, typed: Typed, around: Mapping[str, list[Finding]]) -> FieldRow:
    one = view.field
    if one.kind is FieldKind.MEASURE:
        return FieldRow(
            one.key,
            one.label,
            view.unit,
            one.guidance,
            required=False,
            known=known_words(desk, view),
            url=entries_url(desk, page, one.measure),
        )
    below = f"Các đơn vị bên dưới đã báo {view.known_words}; chỉ nhập thêm phần của đơn vị." if view.known else ""
    return FieldRow(
        one.key,
        one.label,
        view.unit,
        " ".join(part for part in (one.guidance, below) if part),
        one.required,
        inputs=tuple(_input(desk, page, view, each, typed, around) for each in view.inputs),
        is_file=one.kind is FieldKind.FILE,
        files=tuple(
            FileView(file.name, f"{file.by}, {moment_words(file.at)}", desk.url("cycles:file", file.uid), str(file.uid))
            for file in view.files
        ),
        file_wrong=typed.files.get(one.key, ""),
    )


def known_words(desk: Desk, view: FieldView) -> str:
    """Write a number that a register knows; one so small that it would name a person is for those who may see names."""
    if view.known is None:
        return view.known_words
    return guarded(catalogue()[view.field.measure], float(view.known), desk.rights)


def entries_url(desk: Desk, page: FormPage, measure: str) -> str:
    """Return where the entries behind a number of this unit and period are."""
    if page.submission.cycle.form.rhythm == FormRhythm.ONCE:
        return ""
    return desk.url("home:entries", measure, unit=page.unit.code, period=page.period)


def _input(
    desk: Desk, page: FormPage, view: FieldView, one: Input, typed: Typed, around: Mapping[str, list[Finding]]
) -> InputView:
    kind = view.field.kind
    value, mark = typed.values.get(one.name, one.value), typed.marks.get(one.name, one.mark)
    # What lost against somebody faster is kept beside it: it goes again only when it is changed or chosen.
    origin = origin_of(value, mark) if one.name in typed.theirs else origin_of(one.value, one.mark)
    label = "trên tổng số" if one.name != view.field.key else "Thực hiện" if view.field.of_total else view.field.label
    return InputView(
        name=one.name,
        anchor=anchor_of(one.name),
        label=label,
        kind=str(kind),
        value=value,
        mark=mark,
        seen=one.version,
        origin=origin,
        told=_told(page, one, typed, around, desk.act.user.full_name),
        options=view.field.options,
        rows=min(12, max(4, value.count("\n") + len(value) // 60 + 2)) if kind is FieldKind.TEXT else 0,
        most=view.field.most_letters,
    )


def _told(page: FormPage, one: Input, typed: Typed, around: Mapping[str, list[Finding]], me: str) -> Told:
    refused = typed.wrong.get(one.name, "")
    theirs, by = typed.theirs.get(one.name, ("", ""))
    rules = around.get(one.name, [])
    errors = tuple(found.words for found in rules if found.importance is Importance.ERROR)
    # That a number is unusual is asked below; that something is lacking is told when it is sent.
    return Told(
        name=one.name,
        wrong=((refused,) if refused else ()) + (errors if one.value else ()),
        warned=tuple(found.words for found in rules if found.importance is Importance.WARNING) if one.value else (),
        theirs=theirs,
        theirs_by=by,
        rivals=tuple((f"{rival.by}, {moment_words(rival.at)}", rival.value) for rival in one.rivals),
        mine=any(rival.by == me for rival in one.rivals),
        confirm=one.unusual if not one.confirmed else "",
        confirmed=one.confirmed and bool(one.unusual),
        saved=f"Đã lưu {moment_words(one.at)}, {one.by}" if one.at is not None else "",
    )


def _closed(desk: Desk, page: FormPage) -> str:
    """Say why nothing can be sent now, whatever is typed; empty where it can."""
    if desk.act.now < page.submission.cycle.opens_at:
        return f"Kỳ mở lúc {moment_words(page.submission.cycle.opens_at)}; nhập trước được, gửi từ giờ đó."
    if page.locks_at is not None and desk.act.now > page.locks_at:
        return (
            f"Kỳ đã khóa {moment_words(page.locks_at)}. Đề nghị {page.receiver.name} gia hạn; nội dung đã nhập vẫn còn."
        )
    return ""


def _errors(desk: Desk, page: FormPage) -> tuple[Link, ...]:
    """Return what stops the sending, each with the place where it is mended."""
    around = _around(page)
    places = {found.key: name for name, findings in around.items() for found in findings}
    found = []
    for one in page.findings:
        if one.importance is Importance.ERROR:
            name = one.field or places.get(one.key, "")
            url = f"#{anchor_of(name)}" if name else ""
            if one.key == "missing":
                url = desk.url("cycles:list", unit=page.unit.code)
            found.append(Link(one.words, url))
    return tuple(found)
