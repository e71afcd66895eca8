"""Where an embedded office keeps its data: one folder with the database and, apart from it, the keys."""

from __future__ import annotations

import json
import os
import secrets
from base64 import urlsafe_b64encode
from pathlib import Path

DATABASE = "giaoban.sqlite3"
SECRET = "secret_key"
IDENTITY_KEYS = "identity_keys.json"


def default_dir() -> Path:
    """Return ``GIAOBAN_DIR`` or the user's own data folder."""
    given = os.environ.get("GIAOBAN_DIR")
    if given:
        return Path(given)
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "giaoban"


def new_identity_keys() -> dict[str, list[dict[str, str]]]:
    """Return fresh keys for identity numbers: one to encrypt, another for the blind index (decision D12).

    The first of each list is the one in use; older ones stay to be read. An id is never given twice, so that data say
    which key they need even after they came to another machine.
    """

    def key(kind: str) -> dict[str, str]:
        return {"id": f"{kind}{secrets.token_hex(4)}", "key": urlsafe_b64encode(secrets.token_bytes(32)).decode()}

    return {"encryption": [key("e")], "index": [key("i")]}


def ensure_office_dir(folder: Path) -> None:
    """Make the folder with its secret and keys where they are missing; only the owner may read them."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _write_once(folder / SECRET, secrets.token_urlsafe(48))
    _write_once(folder / IDENTITY_KEYS, json.dumps(new_identity_keys(), indent=1))


def _write_once(path: Path, text: str) -> None:
    if path.exists():
        return
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
