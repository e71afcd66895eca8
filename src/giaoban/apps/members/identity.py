"""Identity numbers at rest: ciphertext under one key, a blind index under another, both with key ids (decision D12)."""

from __future__ import annotations

import hashlib
import hmac
import re
from base64 import urlsafe_b64decode
from dataclasses import dataclass
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from giaoban.core.errors import GiaobanError, InvalidInput
from giaoban.core.text_vi import quoted

_NUMBER = re.compile(r"\d{12}\Z|\d{9}\Z")
# Twelve digits, also typed in groups.
_WITHIN = re.compile(r"(?<!\d)\d(?:[ .]?\d){11}(?!\d)")


@dataclass(frozen=True, slots=True)
class SealedIdentity:
    """What is stored of an identity number; ``tail`` is all that screens, audit and logs may show."""

    cipher: str
    cipher_key: str
    index: str
    index_key: str
    tail: str


def seal_identity(number: str, *, where: str = "") -> SealedIdentity:
    """Encrypt one identity number; an empty one stays empty.

    Raises:
        InvalidInput: not 12 (or, on old papers, 9) digits. The message holds the last three digits at most.
    """
    number = re.sub(r"[\s.]", "", number)
    if not number:
        return SealedIdentity("", "", "", "", "")
    if not _NUMBER.match(number):
        raise InvalidInput(
            f"Số định danh …{number[-3:]} có {len(number)} ký tự", where=where, expected="12 chữ số (giấy tờ cũ: 9)"
        )
    keys = settings.IDENTITY_KEYS_JSON
    token = _cipher().encrypt(number.encode()).decode()
    return SealedIdentity(token, keys["encryption"][0]["id"], blind_index(number), keys["index"][0]["id"], number[-3:])


def holds_identity(text: str) -> bool:
    """Return whether free words hold an identity number, which is never kept in the open (decision D12)."""
    return _WITHIN.search(text) is not None


def open_identity(cipher: str, key_id: str) -> str:
    """Decrypt one identity number; the caller has checked the right and writes the audit row.

    Raises:
        GiaobanError: the key with this id is not there; the message names it.
    """
    try:
        return _cipher().decrypt(cipher.encode()).decode()
    except InvalidToken:
        raise GiaobanError(
            f"Không giải mã được số định danh: thiếu khóa {quoted(key_id)}",
            hint="Khôi phục tệp khóa identity_keys.json đã cất riêng",
        ) from None


def blind_index(number: str) -> str:
    """Return the value by which an identity number is found: exact match only."""
    key = urlsafe_b64decode(settings.IDENTITY_KEYS_JSON["index"][0]["key"])
    return hmac.new(key, re.sub(r"[\s.]", "", number).encode(), hashlib.sha256).hexdigest()


@cache
def _cipher() -> MultiFernet:
    return MultiFernet([Fernet(row["key"]) for row in settings.IDENTITY_KEYS_JSON["encryption"]])
