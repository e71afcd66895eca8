"""Official documents in: text, header, sections, citations and claims. Pure: no Django, no clock, no network."""

from giaoban.reader.model import Document
from giaoban.reader.read import ReadContext, read_file, read_text
from giaoban.reader.source import SourceText

__all__ = ["Document", "ReadContext", "SourceText", "read_file", "read_text"]
