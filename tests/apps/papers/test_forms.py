"""Forms of papers: the shipped ones fit, an office's own holds for its subtree from a day on, nonsense is refused."""

from __future__ import annotations

from datetime import date

import pytest
from tests.world import TODAY, World

from giaoban.apps.papers.compose import Facts, Sheet, compose, inlines
from giaoban.apps.papers.forms import FIELDS, About, parse_form, shipped_forms
from giaoban.apps.papers.operations import set_paper_form
from giaoban.apps.papers.queries.forms import form_for, forms_for
from giaoban.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from giaoban.writer.blocks import Number, Text, plain_text
from giaoban.writer.definitions import OfficeFacts

OFFICE = OfficeFacts("", "ĐẢNG ỦY KHỐI", "ĐUK", "An Lạc", "Đảng ủy Khối", "Đảng bộ Khối", "Ban Thường vụ")
CODE = "quyet-dinh-ket-nap"


def test_every_kind_of_paper_has_a_shipped_form() -> None:
    assert {form.about for form, _text in shipped_forms().values()} == set(About)
    for code, (form, text) in shipped_forms().items():
        assert parse_form(text).code == code
        assert form.fields <= FIELDS[form.about].keys()
        assert form.each or form.columns, "a paper for all lists them"


def test_one_paper_each_or_one_for_all_and_blanks_stay_blank() -> None:
    people = [Facts({"ho_ten": "Nguyễn Thị An", "chi_bo": "Chi bộ Văn phòng"}), Facts({"ho_ten": "Trần Văn Bình"})]
    common = Facts({"co_quan": "Đảng ủy Khối"})
    decisions = compose(shipped_forms()[CODE][0], people, common, Sheet(OFFICE, date(2023, 4, 5), 12))
    assert [one.number for one in decisions] == [12, 13]
    first = plain_text(decisions[0].body[4].inlines)  # type: ignore[union-attr]
    assert first.startswith("Điều 1. Kết nạp quần chúng Nguyễn Thị An, sinh ngày ……, vào Đảng")
    assert plain_text(decisions[0].body[3].inlines) == "ĐẢNG ỦY KHỐI QUYẾT ĐỊNH"  # type: ignore[union-attr]
    (listed,) = compose(shipped_forms()["danh-sach-ket-nap"][0], people, common, Sheet(OFFICE, date(2023, 4, 5), 12))
    assert listed.number == 12
    assert "Danh sách gồm 02 người." in plain_text(listed.body[0].inlines)  # type: ignore[union-attr]
    assert len(listed.body[1].rows) == 2  # type: ignore[union-attr]


def test_wide_lists_lie_on_their_side_and_letters_stand() -> None:
    wide = {code for code, (form, _text) in shipped_forms().items() if form.landscape}
    assert wide == {"danh-sach-ket-nap", "danh-sach-cong-nhan", "danh-sach-the"}
    people = [Facts({"ho_ten": "Nguyễn Thị An"})]
    for code in ("danh-sach-ket-nap", "to-trinh-ket-nap"):
        (paper,) = compose(shipped_forms()[code][0], people, Facts(), Sheet(OFFICE, date(2023, 4, 5)))
        assert paper.landscape == (code in wide)


def test_a_figure_stays_a_figure_in_the_text() -> None:
    number = Number("15", "members.total", 15, "đảng viên", "2023-Q1")
    runs = list(inlines("**Cuối kỳ**: {cuoi_ky} người", Facts({"cuoi_ky": number})))
    assert runs == [Text("Cuối kỳ", bold=True), Text(": "), number, Text(" người")]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("code = ", "code == "), "Không đọc được mẫu ở dòng 1: «code =="),
        (('body = """', 'body = "'), "Không đọc được mẫu ở dòng"),
        (('from = "2018-01-01"', 'from = "mai"'), "from = «mai» không phải là ngày"),
        (("each = true", 'each = true\ncolumns = [["TT", "{tt}"]]'), "không đủ ba phần"),
        (('type_code = "QĐ"', ""), "thiếu mục «type_code»"),
        (("{ho_ten}", "{luong}"), "{luong}"),
        (('about = "admission"', 'about = "money"'), "Không có loại giấy tờ about = «money»"),
        (("each = true", 'each = true\ncolumns = [["TT", "{tt}", 1]]'), "[bảng]"),
        (('heading = "kết nạp đảng viên"', 'heading = ""'), "thiếu trích yếu"),
    ],
)
def test_what_is_no_form_is_told(change: tuple[str, str], told: str) -> None:
    text = shipped_forms()[CODE][1]
    assert change[0] in text
    with pytest.raises(InvalidInput, match=told.replace("{", r"\{").replace("[", r"\[")):
        parse_form(text.replace(*change))


@pytest.mark.django_db
def test_an_offices_own_words_hold_below_it_from_a_day_on(world: World) -> None:
    duk, cell = world.units["DUK"], world.units["DUK.01.01"]
    text = shipped_forms()[CODE][1].replace("vào Đảng Cộng sản Việt Nam;", "vào Đảng;")
    set_paper_form(act=world.act("clerk"), owner=duk, code=CODE, text=text, start=date(2023, 4, 1))
    assert form_for(CODE, cell, day=date(2023, 3, 31)).owner == ""
    held = form_for(CODE, cell, day=date(2023, 4, 1))
    assert (held.owner, held.text) == ("DUK", text)
    assert form_for(CODE, world.units["XA.01"], day=TODAY).owner == ""
    near = text.replace("Điều 2.", "Điều hai.")
    set_paper_form(act=world.act("clerk"), owner=cell, code=CODE, text=near, start=date(2023, 4, 2))
    assert form_for(CODE, cell, day=TODAY).owner == "DUK.01.01", "the nearest one's"
    assert [one.form.code for one in forms_for(cell, day=TODAY)] == list(shipped_forms())


@pytest.mark.django_db
def test_refusals(world: World) -> None:
    duk, text = world.units["DUK"], shipped_forms()[CODE][1]
    start = date(2023, 4, 1)
    with pytest.raises(NotAllowed):
        set_paper_form(act=world.act("secretary"), owner=world.units["DUK.01.01"], code=CODE, text=text, start=start)
    with pytest.raises(InvalidInput):
        set_paper_form(act=world.act("clerk"), owner=duk, code="thu-moi", text=text, start=start)
    with pytest.raises(InvalidInput):
        set_paper_form(act=world.act("clerk"), owner=duk, code="danh-sach-the", text=text, start=start)
    with pytest.raises(InvalidInput):
        set_paper_form(act=world.act("clerk"), owner=duk, code=CODE, text=text + "#" * 20_000, start=start)
    with pytest.raises(NotFound):
        form_for("thu-moi", duk, day=TODAY)
    set_paper_form(act=world.act("clerk"), owner=duk, code=CODE, text=text, start=start)
    with pytest.raises(Conflict):
        set_paper_form(act=world.act("organizer"), owner=duk, code=CODE, text=text, start=start)
    with pytest.raises(Conflict, match="Nguyễn Thị Lan đã đổi mẫu này"):
        set_paper_form(act=world.act("organizer"), owner=duk, code=CODE, text=text, start=date(2023, 4, 3), seen="")
