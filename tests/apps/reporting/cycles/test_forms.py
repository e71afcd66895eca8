"""Forms as data: the shipped ones, an office's own with their dates, and what is said of a body that is not right."""

from __future__ import annotations

import copy
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from tests.apps.reporting.cycles.office import BODY
from tests.world import START

from giaoban.apps.reporting.forms import FieldKind, read_body
from giaoban.apps.reporting.forms.shipped import shipped_forms
from giaoban.apps.reporting.models import ReportForm
from giaoban.apps.reporting.operations.cycles import FormDraft, copy_shipped_form, open_cycle, set_form
from giaoban.apps.reporting.queries.figures import shipped_catalogue
from giaoban.core.errors import Conflict, InvalidInput, NotAllowed
from giaoban.core.period import Period

if TYPE_CHECKING:
    from tests.world import World

MEASURES = shipped_catalogue().keys


@pytest.mark.parametrize("code", shipped_forms())
def test_shipped_forms_are_right(code: str) -> None:
    body = read_body(shipped_forms()[code].body, measures=MEASURES)
    assert body.questions < len(body.fields), "a register knows part of it"
    for one in body.fields:
        measure = shipped_catalogue()[one.measure] if one.measure else None
        if one.dimension:
            assert measure is not None
            dimension = measure.dimension(one.dimension)
            assert dimension is not None, one.key
            assert one.code in [known.key for known in dimension.codes], one.key


def test_a_cell_is_asked_at_most_five_things_a_month() -> None:
    assert read_body(shipped_forms()["month-cell"].body, measures=MEASURES).questions <= 5


def test_a_shipped_form_is_copied_and_opened(world: World) -> None:
    form = copy_shipped_form(act=world.act("clerk"), owner=world.units["DUK"], code="month-cell", start=START)
    assert (form.code, form.rhythm, form.kinds) == ("month-cell", "month", ["cell", "grassroots_cell"])
    cycle = open_cycle(act=world.act("clerk"), form=form, period=Period.parse("2023-M03"))
    assert cycle.submissions.count() == 3
    with pytest.raises(InvalidInput, match="Không có mẫu sẵn"):
        copy_shipped_form(act=world.act("clerk"), owner=world.units["DUK"], code="khac", start=START)


def _draft(**changes: Any) -> FormDraft:
    return FormDraft(
        **({"code": "own", "title": "Mẫu", "rhythm": "quarter", "kinds": ["cell"], "body": BODY} | changes)
    )


def test_a_change_ends_the_form_before(world: World) -> None:
    clerk, office = world.act("clerk"), world.units["DUK"]
    set_form(act=clerk, owner=office, draft=_draft(), start=START)
    set_form(act=clerk, owner=office, draft=_draft(title="Mẫu mới"), start=date(2023, 4, 1))
    rows = ReportForm.objects.filter(code="own").order_by("valid_from").values_list("title", "valid_to")
    assert list(rows) == [("Mẫu", date(2023, 4, 1)), ("Mẫu mới", date(9999, 12, 31))]
    with pytest.raises(Conflict, match="01/04/2023"):
        set_form(act=clerk, owner=office, draft=_draft(), start=date(2023, 2, 1))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"code": "Mẫu 1"}, "Mã mẫu"),
        ({"title": " "}, "chưa có tên"),
        ({"rhythm": "weekly"}, "Không có nhịp"),
        ({"kinds": []}, "Chưa chọn loại hình"),
        ({"kinds": ["chi_bo"]}, "Không có loại hình chi_bo"),
        ({"open_days": 5, "due_days": -6}, "Hạn gửi trước ngày mở"),
        ({"due_days": 400}, "hạn sau 400 ngày"),
    ],
)
def test_a_draft_that_is_not_right(world: World, changes: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        set_form(act=world.act("clerk"), owner=world.units["DUK"], draft=_draft(**changes), start=START)


def test_who_may_not_manage_forms_sets_none(world: World) -> None:
    with pytest.raises(NotAllowed):
        set_form(act=world.act("deputy"), owner=world.units["DUK"], draft=_draft(), start=START)


def _set(body: dict[str, Any], path: str, value: Any) -> None:
    place: Any = body
    *way, last = path.split(".")
    for step in way:
        place = place[int(step) if step.isdigit() else step]
    place[int(last) if last.isdigit() else last] = value


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("sections", [], "Mẫu chưa có trường nào"),
        ("sections", "x", "không phải danh sách"),
        ("section", [], "Không có khóa section"),
        ("sections.0.title", "", r"Mục 1: Chưa có title"),
        ("sections.0.key", "Mục", "Mã «Mục» không dùng được"),
        ("sections.1.key", "members", "Mã mục dùng hai lần: members"),
        ("sections.1.fields.0.key", "total", "Mã trường dùng hai lần: total"),
        ("sections.1.fields.0.kind", "number", r"Mục 2, trường 1 \(gifts\): Không có kiểu trường «number»"),
        ("sections.1.fields.0.measure", "welfare.gift", r"Mục 2, trường 1 \(gifts\): Không có chỉ tiêu số liệu"),
        ("sections.1.fields.0.dimension", "purpose", "phải đi cùng nhau"),
        ("sections.1.fields.0.decimals", 7, "số nguyên từ 0 đến 4"),
        ("sections.1.fields.0.required", "yes", "true hoặc false"),
        ("sections.0.fields.0.required", True, "Trường lấy từ sổ"),
        ("sections.0.fields.0.of_total", True, "Chỉ trường số"),
        ("sections.2.fields.0.measure", "members.total", "không mang chỉ tiêu"),
        ("sections.2.fields.0.kind", "choice", "ít nhất hai phương án"),
        ("rules.0.check", "gifts", "hai vế và một dấu so sánh"),
        ("rules.0.check", "gifts + <= people", "Không đọc được vế"),
        ("rules.0.check", "gift <= people", "Không có trường hay chỉ tiêu «gift»"),
        ("rules.0.importance", "fatal", "Không có mức «fatal»"),
        ("rules.0.instruction", "", r"Quy tắc 1 \(congresses-total\): Chưa có instruction"),
        ("rules.1.key", "congresses-total", "Mã quy tắc dùng hai lần"),
    ],
)
def test_what_is_said_of_a_body_that_is_not_right(path: str, value: Any, words: str) -> None:
    body = copy.deepcopy(BODY)
    _set(body, path, value)
    with pytest.raises(InvalidInput, match=words):
        read_body(body, measures=MEASURES)


def test_a_body_tells_what_is_asked_and_what_is_known() -> None:
    body = read_body(BODY, measures=MEASURES)
    assert [one.key for one in body.fields if not one.asks] == ["total", "admitted"]
    assert body.questions == 5
    assert body.by_input["congresses/total"].kind is FieldKind.VALUE
    assert body.measures == (
        "members.total",
        "members.admitted",
        "welfare.gifts",
        "associations.congresses",
        "welfare.people",
    )
