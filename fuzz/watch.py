"""Runs inputs one after another and keeps count: what failed, what took too long, how long each character took.

Time is that of the processor, so that a busy machine makes nothing slow. An input is slow if a character of it takes
more than ``SLOW`` times the median of the inputs before it, in each of three runs.
"""

from __future__ import annotations

import signal
import statistics
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import FrameType
from typing import TypedDict

from fuzz.reduce import reduced
from fuzz.samples import Sample, keep, size
from giaoban.reader import Document

SLOW = 50
# What an empty input costs, in characters: small inputs would look slow without it.
_BASE = 200
# Seconds of the processor after which an input is given up.
_LIMIT = 60.0
_REMEMBERED = 2_001
_JUDGED_FROM = 200
_JUDGED_ANEW = 100
_KEPT_SLOW = 20
_KEPT_EACH = 3


class Counted(TypedDict):
    """A target's counts: inputs, characters (of files: bytes), seconds of the processor, seconds for each character
    (the middle of the last inputs), the worst input in medians, failures and slow inputs in words, edges that atheris
    saw (0 without it)."""

    name: str
    inputs: int
    characters: int
    seconds: float
    median: float
    worst: float
    failures: list[str]
    slow: list[str]
    edges: int


class TakesTooLong(BaseException):
    """The time for one input is up; no ``except Exception`` of the code under test may take it."""


@dataclass(slots=True)
class Failure:
    """One way to fail: how often, the smallest input that does, its last lines of traceback."""

    what: str
    times: int
    sample: Sample
    trace: str


@dataclass(slots=True)
class Slow:
    """An input that took too long, and how many times the median of its characters."""

    sample: Sample
    seconds: float
    times_median: float


@dataclass
class Watch:
    """Takes inputs for one target.

    Args:
        name: of the target, for the table.
        examine: what is done with an input: it gives what was read, None for what is refused, and raises where a
            property does not hold.
        folder: where inputs that fail or are slow are written.
    """

    name: str
    examine: Callable[[Sample], Document | None]
    folder: Path
    inputs: int = 0
    characters: int = 0
    seconds: float = 0.0
    worst: float = 0.0
    failures: dict[str, Failure] = field(default_factory=dict)
    slow: list[Slow] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._costs: deque[float] = deque(maxlen=_REMEMBERED)
        self._median = 0.0

    def take(self, sample: Sample) -> None:
        """Examine one input; nothing is raised."""
        self.inputs += 1
        self.characters += size(sample)
        seconds, characters = self._run(sample, note=True)
        self.seconds += seconds
        cost = seconds / (size(sample) + characters + _BASE)
        if self.inputs % _JUDGED_ANEW == 0 or not self._median:
            self._median = self.median
        if self.inputs > _JUDGED_FROM and self._median:
            times = cost / self._median
            if times > SLOW:
                seconds = min(seconds, *(self._run(sample, note=False)[0] for _ in range(2)))
                times = seconds / (size(sample) + characters + _BASE) / self._median
            if times > SLOW:
                self._keep_slow(Slow(sample, seconds, times))
            self.worst = max(self.worst, times)
        if characters:
            # What fails or is refused is quick; it says nothing about the others.
            self._costs.append(cost)

    def _keep_slow(self, slow: Slow) -> None:
        self.slow.append(slow)
        if len(self.slow) <= _KEPT_SLOW:
            keep(slow.sample, self.folder / f"{self.name}-slow-{len(self.slow)}")

    @property
    def median(self) -> float:
        """Seconds for each character, the middle one of the last inputs."""
        return statistics.median(self._costs) if self._costs else 0.0

    def reduced(self) -> Iterator[tuple[Failure, Sample]]:
        """Yield the failures, each with its input made as small as it can be."""
        for failure in self.failures.values():
            yield failure, reduced(failure.sample, partial(self._fails_so, failure.what))

    def _fails_so(self, what: str, sample: Sample) -> bool:
        return self._way(sample) == what

    def _way(self, sample: Sample) -> str:
        """Return how an input fails; nothing where it does not."""
        try:
            with limited(_LIMIT):
                self.examine(sample)
        except (Exception, TakesTooLong) as error:
            return key_of(error)
        return ""

    def counted(self) -> Counted:
        """Return the counts as plain data."""
        return {
            "name": self.name,
            "inputs": self.inputs,
            "characters": self.characters,
            "seconds": self.seconds,
            "median": self.median,
            "worst": self.worst,
            "failures": [f"{failure.times} x {failure.what}" for failure in self.failures.values()],
            "edges": 0,
            "slow": [
                f"{item.times_median:.0f} x the median, {item.seconds:.2f} s, {size(item.sample)} characters"
                for item in self.slow
            ],
        }

    def _run(self, sample: Sample, *, note: bool) -> tuple[float, int]:
        """Return the seconds that an input takes, and the characters that were read; none where it fails."""
        begun = time.process_time()
        characters = 0
        try:
            with limited(_LIMIT):
                read = self.examine(sample)
            characters = len(read.text) if read is not None else 0
        except (Exception, TakesTooLong) as error:  # whatever it is, it is what is looked for
            if note:
                self._fail(sample, error)
        return time.process_time() - begun, characters

    def _fail(self, sample: Sample, error: BaseException) -> None:
        what = key_of(error)
        known = self.failures.get(what)
        if known is None or size(sample) < size(known.sample):
            trace = "".join(traceback.format_exception(error)[-6:])
            self.failures[what] = Failure(what, known.times if known else 0, sample, trace)
            if known is None or self.failures[what].times < _KEPT_EACH:
                keep(sample, self.folder / f"{self.name}-failure-{sorted(self.failures).index(what) + 1}")
        self.failures[what].times += 1


def key_of(error: BaseException) -> str:
    """Return what tells one way to fail from another: the kind of error and the last line of ours that it came from."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "giaoban" in Path(frame.filename).parts]
    where = f"{Path(frames[-1].filename).name}:{frames[-1].name}" if frames else "the properties"
    text = str(error).partition(":")[0][:80] if not frames else ""
    return f"{type(error).__name__} in {where}{f': {text}' if text else ''}"


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Give up what runs inside after some seconds of the processor; the engine of ``re`` looks for signals too."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise TakesTooLong(f"more than {seconds:.0f} s")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
