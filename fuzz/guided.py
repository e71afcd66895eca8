"""Coverage-guided inputs: atheris mutates bytes and keeps what reaches code that nothing before it reached.

``python -m fuzz.guided texts --inputs 1000 --seed 1 --folder F --result R`` is a process of its own, since libFuzzer
ends the one it runs in. It writes what it counted as JSON to R; ``run_guided`` starts it and reads that. Needs the
extra ``fuzz``.
"""

from __future__ import annotations

import argparse
import importlib.util
import io
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # What is imported before atheris watches is not seen by it.
    from fuzz.watch import Counted

TARGETS = ("texts", "files")
_LONGEST = 1_000
_COVERAGE = re.compile(r"cov: (\d+) ")
_NOTED_EACH = 500
_SUFFIXES = (".txt", ".html", ".docx", ".docx")


def is_installed() -> bool:
    """Tell whether atheris is there."""
    return importlib.util.find_spec("atheris") is not None


def run_guided(target: str, inputs: int, seed: int, folder: Path) -> Counted:
    """Run a process of this module and return what it counted.

    Raises:
        RuntimeError: the process ended before its time; the message holds the end of what it printed.
    """
    with tempfile.TemporaryDirectory(prefix="giaoban-fuzz-") as name:
        result = Path(name) / "result.json"
        counts = ["--inputs", str(inputs), "--seed", str(seed)]
        places = ["--folder", str(folder), "--result", str(result), "--corpus", f"{name}/corpus"]
        done = subprocess.run(
            [sys.executable, "-m", "fuzz.guided", target, *counts, *places],
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
        if done.returncode or not result.exists():
            raise RuntimeError(f"fuzz.guided ended with {done.returncode}: {done.stderr[-2_000:]}")
        counted: Counted = json.loads(result.read_text("utf-8"))
    reached = _COVERAGE.findall(done.stderr)
    counted["edges"] = int(reached[-1]) if reached else 0
    return counted


def _file(data: bytes) -> tuple[str, bytes]:
    """Return suffix and bytes: the first byte chooses; of Word files the rest is the body or the numbering."""
    kind = data[0] % len(_SUFFIXES) if data else 0
    suffix, rest = _SUFFIXES[kind], data[1:]
    if suffix != ".docx":
        return suffix, rest
    space = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body, _, numbering = rest.partition(b"<!>")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        document = b"<w:document %b><w:body>%b</w:body></w:document>" % (space, body)
        archive.writestr("word/document.xml", document)
        if numbering:
            archive.writestr("word/numbering.xml", b"<w:numbering %b>%b</w:numbering>" % (space, numbering))
    return suffix, stream.getvalue()


def _words() -> list[bytes]:
    """Return what atheris puts in as a whole: the vocabulary of the generator."""
    from fuzz import pieces

    tables = (pieces.PIECES, pieces.REPEATED, pieces.ODD, pieces.SENTENCES, pieces.HEADINGS, pieces.FRAME)
    filled = {"{n}": "12", "{y}": "2023", "{p}": "95,5"}
    words = {re.sub(r"\{[nyp]\}", lambda hole: filled[hole[0]], piece) for table in tables for piece in table}
    return sorted(word.encode("utf-8", "surrogatepass") for word in words if "{" not in word)


def _quoted(word: bytes) -> str:
    return '"' + "".join(f"\\x{byte:02X}" for byte in word) + '"'


def _seeds(target: str, folder: Path) -> None:
    """Write what atheris begins with: the texts of the corpus, as they are or inside each kind of file."""
    from corpus.labels import documents

    folder.mkdir()
    for number, document in enumerate(documents()):
        data = document.text[: _LONGEST // 2].encode()
        if target == "files":
            kind = number % len(_SUFFIXES)
            around = (b"%b", b"<table><tr><td>%b</table>", b"<w:p><w:r><w:t>%b</w:t></w:r></w:p>", b"<w:p>%b</w:p>")[
                kind
            ]
            data = bytes([kind]) + around % data.replace(b"<", b"").replace(b"&", b"")
        (folder / str(number)).write_bytes(data)


def _fuzz(options: argparse.Namespace) -> None:
    """Examine inputs until their number is reached; libFuzzer then ends the process."""
    import atheris

    with atheris.instrument_imports(include=["giaoban.reader", "giaoban.checker"]):
        # Loaders are imported by name when a file comes, which would be too late.
        for name in ("txt", "html", "docx"):
            importlib.import_module(f"giaoban.reader.loaders.{name}")
        importlib.import_module("giaoban.checker.gb3_layout.word")
        from fuzz.properties import examiner
        from fuzz.samples import File
        from fuzz.watch import Watch

    folder: Path = options.folder
    watch = Watch(f"guided-{options.target}", examiner(Path(options.result).parent), folder)

    def take(data: bytes) -> None:
        is_text = options.target == "texts"
        watch.take(data.decode("utf-8", "surrogateescape") if is_text else File(*_file(data)))
        if watch.inputs % _NOTED_EACH == 0 or watch.inputs >= options.inputs:
            Path(options.result).write_text(json.dumps(watch.counted()), "utf-8")

    words = Path(options.result).with_name("words")
    words.write_text("\n".join(map(_quoted, _words())), "ascii")
    corpus = Path(options.corpus)
    _seeds(options.target, corpus)
    limits = [f"-max_len={_LONGEST}", "-timeout=600", "-rss_limit_mb=6000"]
    counts = [f"-runs={options.inputs}", f"-seed={options.seed}", f"-dict={words}"]
    atheris.Setup([sys.argv[0], *counts, *limits, str(corpus)], take)
    atheris.Fuzz()


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--inputs", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    for place in ("folder", "result", "corpus"):
        parser.add_argument(f"--{place}", type=Path, required=True)
    _fuzz(parser.parse_args())


if __name__ == "__main__":
    main()
