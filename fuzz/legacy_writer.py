"""Vietnamese text in the encodings before Unicode, written by their tables the other way round than they are read."""

from __future__ import annotations

import unicodedata

REPORT = """Thực hiện Nghị quyết số 12-NQ/TU ngày 28/11/2022 của Ban Chấp hành Đảng bộ tỉnh, Đảng ủy đã lãnh đạo các chi
bộ học tập, quán triệt; kết nạp 53 đảng viên, tăng 20 đồng chí (60,6%) so với cùng kỳ. Những ý kiến góp ý được tiếp thu,
giải trình đầy đủ; việc kiểm tra, giám sát được thực hiện nghiêm túc, đúng quy trình, bảo đảm chặt chẽ.
"""
# The fonts .VnTime: one byte a letter. Printed here as their Windows-1252 signs beside the Vietnamese letters.
_TCVN3 = dict(
    zip(
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
        strict=True,
    )
)
_TONES = {"\u0300": "ø", "\u0301": "ù", "\u0309": "û", "\u0303": "õ", "\u0323": "ï", "": ""}
_ROOF = {"\u0300": "à", "\u0301": "á", "\u0309": "å", "\u0303": "ã", "\u0323": "ä", "": "â"}
_BREVE = {"\u0300": "è", "\u0301": "é", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë", "": "ê"}
_VNI_ALONE = {"ỉ": "æ", "ĩ": "ó", "ị": "ò", "ì": "ì", "í": "í", "đ": "ñ", "ỵ": "î"}


def _parts(letter: str) -> tuple[str, str]:
    """Return a letter without its tone, and the tone."""
    signs = unicodedata.normalize("NFD", letter)
    tone = next((sign for sign in signs if sign in _TONES), "")
    return unicodedata.normalize("NFC", signs.replace(tone, "") if tone else signs), tone


def to_tcvn3(text: str) -> bytes:
    """Capitals with tones become small letters, as they are in the files of the font .VnTimeH."""
    return "".join(_TCVN3.get(letter, _TCVN3.get(letter.lower(), letter)) for letter in text).encode("cp1252")


def _vni(letter: str) -> str:
    small = letter.lower()
    if small in _VNI_ALONE:
        written = _VNI_ALONE[small]
    else:
        plain, tone = _parts(small)
        if plain in ("â", "ê", "ô"):
            written = {"â": "a", "ê": "e", "ô": "o"}[plain] + _ROOF[tone]
        elif plain == "ă":
            written = "a" + _BREVE[tone]
        else:
            written = {"ơ": "ô", "ư": "ö"}.get(plain, plain) + _TONES[tone]
    return written.upper() if letter != small else written


def to_vni(text: str) -> bytes:
    return "".join(letter if letter.isascii() else _vni(letter) for letter in text).encode("cp1252")


def to_windows_1258(text: str) -> bytes:
    return "".join(letter if letter.isascii() else "".join(_parts(letter)) for letter in text).encode("cp1258")
