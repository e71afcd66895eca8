"""Pictures of pages (.png, .jpg, .tif): read by optical character recognition, only where that is asked for."""

from __future__ import annotations

import io
import tempfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from giaoban.core.errors import InvalidInput
from giaoban.reader.loaders import ocr as recognition
from giaoban.reader.loaders.base import Loaded
from giaoban.reader.loaders.sniff import real_format

if TYPE_CHECKING:
    from PIL.Image import Image

_FORMATS = ("PNG", "JPEG", "TIFF")
_MOST_PAGES = 300
# An A4 page at 600 dots an inch has 35 million.
_MOST_DOTS = 60_000_000


def load(data: bytes, where: str, *, ocr: bool = False) -> Loaded:
    """Return the text that Tesseract reads in a picture; pages of a TIFF are apart by form feeds.

    Raises:
        InvalidInput: no picture, damaged or too large; ``ocr`` is off or not installed.
    """
    name = real_format(data)[0]
    if not name.startswith("ảnh"):
        said = f" mà là {name}" if name else ""
        raise InvalidInput(
            f"Nội dung không phải ảnh PNG, JPEG hay TIFF{said}", where=where, expected="ảnh còn nguyên vẹn"
        )
    if not ocr:
        raise InvalidInput("Tệp là ảnh, không có lớp chữ", where=where, hint=recognition.HINT)
    tesseract = recognition.find(where)
    texts = []
    with tempfile.TemporaryDirectory(prefix="giaoban-ocr-") as folder:
        picture = Path(folder) / "page.png"
        for number in range(_MOST_PAGES):
            if not _write_page(data, number, picture, where):
                break
            texts.append(tesseract.read(picture, where))
    note = "Nội dung được nhận dạng từ ảnh (OCR), cần soát lại với bản gốc"
    return Loaded("\n\f".join(text for text in texts if text), (note,))


def _write_page(data: bytes, number: int, picture: Path, where: str) -> bool:
    """Write a page upright and grey; False behind the last page."""
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            # Pillow warns of damaged tags and of large sizes; both are judged here.
            warnings.simplefilter("ignore")
            if number >= getattr(image, "n_frames", 1):
                return False
            image.seek(number)
            if image.width * image.height > _MOST_DOTS:
                raise InvalidInput(
                    f"Ảnh {image.width} x {image.height} điểm quá lớn",
                    where=where,
                    expected="ảnh quét A4 không quá 600 dpi",
                )
            upright = ImageOps.exif_transpose(image)
            _grey(upright).save(picture)
    except InvalidInput:
        raise
    except Exception:  # Pillow's decoders raise nearly anything on damaged files.
        raise InvalidInput(
            "Ảnh bị hỏng hoặc bị cắt cụt", where=where, expected="ảnh còn nguyên vẹn", hint="Hãy quét lại"
        ) from None
    return True


def _grey(image: Image) -> Image:
    """Return a grey picture; what is transparent becomes paper."""
    from PIL import Image as pictures

    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        paper = pictures.new("RGBA", image.size, "white")
        paper.alpha_composite(image.convert("RGBA"))
        return paper.convert("L")
    return image.convert("L")
