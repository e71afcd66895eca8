"""How long it takes to build the sample committee: what the first `make demo` waits for."""

from __future__ import annotations

from bench.office import open_office
from bench.rows import Row


def run() -> list[Row]:
    """Build it and count what was built."""
    office = open_office()
    return [
        Row("sample committee built", office.seconds, "s"),
        Row("sample committee built, time of this process alone", office.work_seconds, "s", limit=20),
        Row(f"entries recorded through the operations ({office.members:,} people)", office.entries, "entries"),
        Row("entries a second of this process", office.entries / office.work_seconds, "entries/s"),
    ]
