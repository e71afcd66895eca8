"""A fuzzing run is cut into parts that together are the whole run, and their counts make one table."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from fuzz.parts import Part, parts_of, together
from fuzz.table import lines
from fuzz.watch import Counted

_ROOT = Path(__file__).parents[2]


def counted(inputs: int, median: float, worst: float, failures: list[str]) -> Counted:
    return {
        "name": "texts", "inputs": inputs, "characters": 10 * inputs, "seconds": 1.5, "median": median, "worst": worst,
        "failures": failures, "slow": [], "edges": 0,
    }  # fmt: skip


@pytest.mark.parametrize("inputs", [1, 7_999, 8_000, 8_001, 80_000])
def test_parts_hold_every_input_once(inputs: int) -> None:
    parts = parts_of("texts", inputs)
    assert sum(part.inputs for part in parts) == inputs
    # A round draws 2,000 inputs: no round of the seed is drawn by two parts.
    rounds = [
        number for part in parts for number in range(part.first_round, part.first_round + -(-part.inputs // 2_000))
    ]
    assert rounds == list(range(len(rounds)))


def test_guided_inputs_stay_in_one_process() -> None:
    assert parts_of("guided-texts", 50_000) == [Part("guided-texts", 50_000)]


def test_counts_of_parts_make_one_line() -> None:
    whole = together([counted(300, 2e-6, 3.0, []), counted(100, 6e-6, 9.0, ["1 x KeyError in flow.py:span"])])
    assert (whole["inputs"], whole["characters"], whole["seconds"], whole["worst"]) == (400, 4_000, 3.0, 9.0)
    assert whole["median"] == pytest.approx(3e-6)
    table = lines([whole])
    assert "400" in table[1]
    assert table[2].strip() == "1 x KeyError in flow.py:span"


def test_a_part_is_a_process_that_writes_its_counts(tmp_path: Path) -> None:
    result = tmp_path / "counted.json"
    options = ["--only", "texts", "--inputs", "3", "--seed", "5", "--folder", str(tmp_path / "kept")]
    command = [sys.executable, "-m", "fuzz", *options, "--first-round", "2", "--result", str(result)]
    subprocess.run(command, cwd=_ROOT, check=True, timeout=120)
    found = json.loads(result.read_text("utf-8"))
    assert (found["name"], found["inputs"], found["failures"]) == ("texts", 3, [])
