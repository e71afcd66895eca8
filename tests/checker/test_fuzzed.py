"""A slice of ``make fuzz``, the same inputs each time: what must hold for every input holds for these."""

from __future__ import annotations

from pathlib import Path

import pytest
from fuzz.drive import TARGETS, drive
from fuzz.properties import Broken, examine_text, examiner
from fuzz.reduce import reduced
from fuzz.samples import Sample
from fuzz.watch import SLOW, Watch

from giaoban.reader import Document
from giaoban.reader.model import Header, Section


@pytest.mark.parametrize(
    ("target", "inputs"),
    [("texts", 140), ("mutations", 100), ("files", 60), ("broken-pdf", 3)],
    ids=lambda value: value,
)
def test_nothing_fails(target: str, inputs: int, tmp_path: Path) -> None:
    watch = Watch(target, examiner(tmp_path), tmp_path / "kept")
    drive(TARGETS[target], inputs, 5, watch.take)
    assert watch.inputs >= inputs
    assert not {name: failure.trace for name, failure in watch.failures.items()}


def test_a_broken_property_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    section = Section("1", "1", "A", 1, 0, 99)
    broken = Document("", "1. A", Header(), (section,), (), ())
    monkeypatch.setattr("fuzz.properties.read_text", lambda text: broken)
    with pytest.raises(Broken, match="a section lies inside the text"):
        examine_text("1. A")


def test_failures_are_told_apart_and_reduced(tmp_path: Path) -> None:
    def examine(sample: Sample) -> None:
        assert isinstance(sample, str)
        if "bad" in sample:
            raise ValueError("bad")
        if "worse" in sample:
            raise KeyError("worse")

    watch = Watch("texts", examine, tmp_path)
    for sample in ("good", "a bad one", "a worse one", "bad"):
        watch.take(sample)
    assert {failure.what.partition(" ")[0]: failure.times for failure in watch.failures.values()} == {
        "ValueError": 2,
        "KeyError": 1,
    }
    assert [sample for _, sample in watch.reduced()] == ["bad", "worse"]
    assert len(list(tmp_path.iterdir())) == 2


def test_a_slow_input_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr("fuzz.watch.time.process_time", lambda: clock[0])

    def examine(sample: Sample) -> Document:
        assert isinstance(sample, str)
        clock[0] += (len(sample) + 200) * (2 * SLOW if "slow" in sample else 1)
        return Document("", sample or " ", Header(), (), (), ())

    watch = Watch("texts", examine, tmp_path)
    for _ in range(300):
        watch.take("quick")
    watch.take("slow")
    assert [item.sample for item in watch.slow] == ["slow"]


def test_reducing_keeps_what_fails() -> None:
    assert reduced("x" * 200 + "ab" + "y" * 300, lambda sample: "ab" in str(sample)) == "ab"
