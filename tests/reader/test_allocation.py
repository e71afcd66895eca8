"""The collector of cycles rests while a text is read, and never longer."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from giaoban.reader import read as reading
from giaoban.reader import read_text
from giaoban.reader.allocation import without_collecting


@pytest.fixture(autouse=True)
def _working_collector() -> Iterator[None]:
    gc.enable()
    yield
    gc.enable()


def test_the_collector_rests_only_while_a_text_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []
    plain = reading.plain_letters
    monkeypatch.setattr(reading, "plain_letters", lambda text: seen.append(gc.isenabled()) or plain(text))
    read_text("Kết nạp 12 đảng viên.")
    assert (seen, gc.isenabled()) == ([False], True)


def test_it_works_again_behind_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(text: str) -> str:
        raise ValueError(text)

    monkeypatch.setattr(reading, "plain_letters", fail)
    with pytest.raises(ValueError, match="x"):
        read_text("x")
    assert gc.isenabled()


def test_a_caller_that_stopped_it_finds_it_stopped() -> None:
    gc.disable()
    read_text("Kết nạp 12 đảng viên.")
    assert not gc.isenabled()


def test_the_first_of_two_readers_lets_it_work_again() -> None:
    first_is_in, second_is_in, first_may_end = Event(), Event(), Event()

    def first() -> None:
        with without_collecting():
            first_is_in.set()
            assert second_is_in.wait(10)
        first_may_end.set()

    def second() -> bool:
        assert first_is_in.wait(10)
        with without_collecting():
            second_is_in.set()
            assert first_may_end.wait(10)
            return gc.isenabled()

    with ThreadPoolExecutor(2) as threads:
        running = threads.submit(first)
        assert threads.submit(second).result(10)
        running.result(10)
    assert gc.isenabled()
