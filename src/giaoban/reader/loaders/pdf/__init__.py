"""PDF files with a text layer, read by PDFium in a process of its own."""

from giaoban.reader.loaders.pdf.document import load

__all__ = ["load"]
