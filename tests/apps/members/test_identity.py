"""Identity numbers are stored as ciphertext and a blind index under different keys (decision D12)."""

from __future__ import annotations

from typing import Any

import pytest

from giaoban.apps.members import identity
from giaoban.apps.members.identity import blind_index, open_identity, seal_identity
from giaoban.core.errors import GiaobanError, InvalidInput
from giaoban.core.office_dir import new_identity_keys

NUMBER = "001080012345"


def test_sealed_opens_again_and_shows_three_digits() -> None:
    sealed = seal_identity("001 080 012 345")
    assert NUMBER not in sealed.cipher
    assert NUMBER not in sealed.index
    assert sealed.tail == "345"
    assert open_identity(sealed.cipher, sealed.cipher_key) == NUMBER


def test_two_ciphertexts_differ_but_the_index_finds_both() -> None:
    one, two = seal_identity(NUMBER), seal_identity(NUMBER)
    assert one.cipher != two.cipher
    assert one.index == two.index == blind_index("001.080.012.345")


def test_an_empty_number_stays_empty() -> None:
    assert seal_identity("").index == ""


@pytest.mark.parametrize("wrong", ["12345", "00108001234X", "0010800123456"])
def test_a_wrong_number_is_told_by_its_last_digits_only(wrong: str) -> None:
    with pytest.raises(InvalidInput) as error:
        seal_identity(wrong, where="B2")
    assert wrong not in str(error.value)
    assert "B2" in str(error.value)


def test_a_missing_key_is_named(settings: Any) -> None:
    sealed = seal_identity(NUMBER)
    key = settings.IDENTITY_KEYS_JSON["encryption"][0]["id"]
    settings.IDENTITY_KEYS_JSON = new_identity_keys()
    identity._cipher.cache_clear()
    try:
        with pytest.raises(GiaobanError, match=f"thiếu khóa «{key}»"):
            open_identity(sealed.cipher, sealed.cipher_key)
    finally:
        identity._cipher.cache_clear()


def test_an_older_key_still_opens_after_a_new_one_came(settings: Any) -> None:
    sealed = seal_identity(NUMBER)
    fresh = new_identity_keys()
    settings.IDENTITY_KEYS_JSON = {
        "encryption": [
            {"id": "e2", "key": fresh["encryption"][0]["key"]},
            *settings.IDENTITY_KEYS_JSON["encryption"],
        ],
        "index": settings.IDENTITY_KEYS_JSON["index"],
    }
    identity._cipher.cache_clear()
    try:
        assert open_identity(sealed.cipher, sealed.cipher_key) == NUMBER
        assert seal_identity(NUMBER).cipher_key == "e2"
    finally:
        identity._cipher.cache_clear()
