"""Typeface and size of the letters in a .docx file: of the run, of the styles and what they are based on, of the
table, of the whole document, with the fonts of the theme."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from giaoban.reader.loaders.numbering import W
from giaoban.reader.loaders.package import Package

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_MOST_STYLES = 30
# A font that is named in a way that cannot be followed: what stands below it does not count either.
_UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Face:
    """What a style or a run says of its letters; None: nothing, so that what stands below it counts.

    Word takes the plain letters of Vietnamese from ``ascii`` and those with marks from ``other`` (w:hAnsi).
    """

    ascii: str | None = None
    other: str | None = None
    size: float | None = None

    def over(self, below: Face) -> Face:
        """Return this face, completed by what stands below it."""
        return Face(
            self.ascii if self.ascii is not None else below.ascii,
            self.other if self.other is not None else below.other,
            self.size if self.size is not None else below.size,
        )

    @property
    def font(self) -> str | None:
        """The typeface of all letters; None where plain and marked letters differ, or one of them is not known."""
        return self.ascii if self.ascii and self.ascii == self.other else None

    @property
    def points(self) -> float | None:
        """The size; None where it is not known."""
        return self.size or None


NO_FACE = Face()


class Faces:
    """Resolves the letters of a run: its own, its style's, its paragraph's style's, its table's, the document's."""

    def __init__(self, package: Package) -> None:
        self._theme = _theme_fonts(package.part("word/theme/theme1.xml"))
        styles = package.part("word/styles.xml")
        items = styles.findall(f"{W}style") if styles is not None else []
        self._styles = {item.get(f"{W}styleId", ""): item for item in items}
        self._default = next(
            (
                name
                for name, item in self._styles.items()
                if item.get(f"{W}type") == "paragraph" and item.get(f"{W}default") in ("1", "true")
            ),
            "",
        )
        defaults = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr") if styles is not None else None
        self._document = self._face(defaults)

    def of_table(self, table: Element) -> Face:
        """Return what the style of a table says."""
        return self._style(value_of(table.find(f"{W}tblPr/{W}tblStyle")))

    def of_paragraph(self, paragraph: Element, table: Face = NO_FACE) -> Face:
        """Return what holds for the letters of a paragraph, inside a table with this face."""
        face = self._style(value_of(paragraph.find(f"{W}pPr/{W}pStyle")) or self._default)
        if table.size is not None and face.size not in (None, table.size):
            # Which of the two wins depends on the version of Word for which the file was made.
            face = Face(face.ascii, face.other, 0)
        return face.over(table).over(self._document)

    def of_run(self, run: Element, below: Face) -> Face:
        """Return what holds for a run of a paragraph."""
        properties = run.find(f"{W}rPr")
        if properties is None:
            return below
        return self._face(properties).over(self._style(value_of(properties.find(f"{W}rStyle")))).over(below)

    def _style(self, name: str) -> Face:
        face = NO_FACE
        for _ in range(_MOST_STYLES):
            style = self._styles.get(name)
            if style is None:
                break
            face = face.over(self._face(style.find(f"{W}rPr")))
            name = value_of(style.find(f"{W}basedOn"))
        return face

    def _face(self, properties: Element | None) -> Face:
        if properties is None:
            return NO_FACE
        fonts, size = properties.find(f"{W}rFonts"), _number(value_of(properties.find(f"{W}sz")))
        plain, other = (self._font(fonts, side) if fonts is not None else None for side in ("ascii", "hAnsi"))
        return Face(plain, other, size / 2 if size else None)

    def _font(self, fonts: Element, side: str) -> str | None:
        """Return the font of one kind of letters; the theme wins over a name beside it."""
        if theme := fonts.get(f"{W}{side}Theme"):
            return self._theme.get(theme[:5], _UNKNOWN)
        return fonts.get(f"{W}{side}")


def _theme_fonts(theme: Element | None) -> dict[str, str]:
    found = {}
    for kind in ("major", "minor"):
        latin = theme.find(f".//{_A}{kind}Font/{_A}latin") if theme is not None else None
        if latin is not None and latin.get("typeface"):
            found[kind] = latin.get("typeface", "")
    return found


def value_of(item: Element | None) -> str:
    """Return ``w:val`` of an element; empty where there is none."""
    return item.get(f"{W}val", "") if item is not None else ""


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0
