"""The README is true: its commands run as they stand there, its sign-ins let people in."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHELL = re.findall(r"```sh\n(.*?)```", README, flags=re.S)


def test_the_commands_run_as_they_stand(tmp_path: Path) -> None:
    (script,) = (block for block in SHELL if "giaoban demo" in block)
    env = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    env["PATH"] = f"{Path(sys.executable).parent}:{env['PATH']}"
    count = "giaoban figures --unit MAU --period 2023-Q1 --measure organizations.grassroots --format json > count.json"
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", f"{script}\n{count}"],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout[-1500:] + done.stderr[-1500:]
    for name in ("q1.docx", "q1.json", "dang-vien.xlsx", "van-phong/giaoban.sqlite3"):
        assert (tmp_path / name).stat().st_size > 0, name
    # The page says how large the sample is.
    counted = json.loads((tmp_path / "count.json").read_text(encoding="utf-8"))["figures"]["organizations.grassroots"]
    assert f"{counted['value']} grassroots organisations" in README


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
