"""The sample committee in a folder of its own, built once for a run of the benchmarks."""

from __future__ import annotations

import atexit
import os
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache


@dataclass(frozen=True, slots=True)
class Office:
    """What was built, and how long that took: seconds on the clock, and seconds of work when other programs run too."""

    members: int
    entries: int
    seconds: float
    work_seconds: float


@cache
def open_office() -> Office:
    """Start Django on a new SQLite office with the sample in it; later calls find it ready."""
    folder = tempfile.TemporaryDirectory(prefix="giaoban-bench-")
    atexit.register(folder.cleanup)
    os.environ.pop("DATABASE_URL", None)
    os.environ |= {"GIAOBAN_DIR": folder.name, "DJANGO_SETTINGS_MODULE": "giaoban.site.settings"}

    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from giaoban.apps.sample.build import build_sample

    begun, work_begun = time.perf_counter(), time.process_time()
    built = build_sample(datetime.now(tz=UTC))
    seconds, work_seconds = time.perf_counter() - begun, time.process_time() - work_begun
    return Office(built.members, built.entries, seconds, work_seconds)
