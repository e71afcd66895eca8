"""Memory while a text is read."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock


class _Rest:
    """How many texts are being read now, and whether the collector worked before the first of them."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._readers = 0
        self._worked = False

    def begin(self) -> None:
        with self._lock:
            self._readers += 1
            self._worked = self._worked or gc.isenabled()
            gc.disable()

    def end(self) -> None:
        with self._lock:
            self._readers -= 1
            if self._worked:
                gc.enable()
            if not self._readers:
                self._worked = False


_REST = _Rest()


@contextmanager
def without_collecting() -> Iterator[None]:
    """Let the collector of cycles rest; it works again behind this, whatever happens, if it did before.

    Reading makes many small objects that all live until the document is done, and hardly a cycle: the collector, which
    looks at all of them again and again, finds nothing and takes a seventh of the time. It rests no longer than one
    text is read: where several threads read, the first that is done lets it work again.
    """
    _REST.begin()
    try:
        yield
    finally:
        _REST.end()
