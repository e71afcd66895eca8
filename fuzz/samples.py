"""What is put in: a text, or the bytes of a file with its suffix; and how it is kept on disk."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class File:
    """Bytes under a suffix.

    ``in_process`` reads a PDF file without the process of its own that guards the program from PDFium: fast, for files
    whose structure is whole.
    """

    suffix: str
    data: bytes
    in_process: bool = False


Sample = str | File


def size(sample: Sample) -> int:
    """Return characters of a text, bytes of a file."""
    return len(sample) if isinstance(sample, str) else len(sample.data)


def keep(sample: Sample, stem: Path) -> Path:
    """Write a sample under a name without suffix and return where; a text may hold lone surrogates."""
    if isinstance(sample, str):
        path = stem.with_name(f"{stem.name}.txt")
        path.write_bytes(sample.encode("utf-8", "surrogatepass"))
    else:
        path = stem.with_name(stem.name + (sample.suffix or ".bin"))
        path.write_bytes(sample.data)
    return path
