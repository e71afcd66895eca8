"""The gate for secrets: a mark on a line of its own is a mark, prose about secrets is not."""

from __future__ import annotations

import pytest

from giaoban.reader.secrecy import secrecy_mark


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("ĐẢNG BỘ TỈNH\nMẬT\nSố 01-BC/TU", "MẬT"),
        ("**TỐI MẬT**\nBÁO CÁO", "TỐI MẬT"),
        ("Số 02\n  TUYỆT   MẬT  \n", "TUYỆT MẬT"),
        ("ĐỘ MẬT: MẬT\nBÁO CÁO", "MẬT"),
        ("| MẬT |\nBÁO CÁO", "MẬT"),
        ("Công tác bảo vệ bí mật nhà nước được chú trọng.\nMật độ dân số cao.", None),
        ("KẾ HOẠCH BẢO VỆ BÍ MẬT NHÀ NƯỚC", None),
        ("Mật\nong rừng", None),
        ("", None),
        ("x\n" * 4000 + "MẬT\n", None),
    ],
)
def test_mark(text: str, mark: str | None) -> None:
    assert secrecy_mark(text) == mark
