"""The README is true: its targets are there, its people are those of the sample. (Its commands: `test_examples`.)"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHELL = re.findall(r"```sh\n(.*?)```", README, flags=re.S)


def test_the_other_block_names_targets_of_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (block,) = (block for block in SHELL if "make demo" in block)
    for target in re.findall(r"^make (\w+)", block, flags=re.M):
        assert f"\n{target}:" in makefile


def test_the_sign_ins_are_those_of_the_sample() -> None:
    with (ROOT / "src" / "giaoban" / "apps" / "sample" / "facts" / "people.toml").open("rb") as file:
        sample = tomllib.load(file)
    listed = re.findall(r"^\| `(\w+)` \| ", README, flags=re.M)
    assert listed == [person["username"] for person in sample["person"]]
    assert f"password `{sample['password']}`" in README
