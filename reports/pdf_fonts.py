"""Type on paper: Inter Tabular, and for letters that it lacks a font of this computer."""

import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from reports.pdf_bidi import in_reading_order
from resources import resource_path

WEIGHTS = {"regular": "Regular", "medium": "Medium", "semibold": "SemiBold", "bold": "Bold"}
REPLACEMENT = "?"
# In this order: the first that has the letter is taken, so a machine always gives the same pages.
_FALLBACKS = (
    "DejaVuSans.ttf",
    "segoeui.ttf",
    "Arial Unicode.ttf",
    "arial.ttf",
    "Arial.ttf",
    "NotoSans-Regular.ttf",
    "NotoSansHebrew-Regular.ttf",
    "NotoSansArabic-Regular.ttf",
    "NotoSansDevanagari-Regular.ttf",
    "NotoSansThai-Regular.ttf",
    "DroidSansFallbackFull.ttf",
    "DroidSansFallback.ttf",
    "wqy-zenhei.ttc",
    "wqy-microhei.ttc",
    "uming.ttc",
    "msyh.ttc",
    "msgothic.ttc",
    "malgun.ttf",
    "Nirmala.ttf",
    "leelawui.ttf",
    "seguisym.ttf",
    "AppleGothic.ttf",
    "Symbola.ttf",
)
_FOLDERS = {
    "win32": ("C:/Windows/Fonts",),
    "darwin": ("/System/Library/Fonts", "/System/Library/Fonts/Supplemental", "/Library/Fonts"),
}
_UNIX_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts")
_BOLD_OF = {
    "DejaVuSans.ttf": "DejaVuSans-Bold.ttf",
    "segoeui.ttf": "segoeuib.ttf",
    "arial.ttf": "arialbd.ttf",
}


class Face:
    """One registered font: which letters it has and how wide they are, in thousandths of the size."""

    def __init__(self, name: str, font: TTFont) -> None:
        self.name = name
        self._glyphs = font.face.charToGlyph
        self._width_of = _Widths(font)

    def has(self, letter: str) -> bool:
        return ord(letter) in self._glyphs

    def width(self, text: str) -> float:
        return sum(map(self._width_of.__getitem__, text))


class _Widths(dict[str, float]):
    """Width of each letter, looked up once: measuring is the most frequent work of a page."""

    def __init__(self, font: TTFont) -> None:
        super().__init__()
        self._font = font.face

    def __missing__(self, letter: str) -> float:
        width = self[letter] = float(self._font.charWidths.get(ord(letter), self._font.defaultWidth))
        return width


class Typefaces:
    """Measures and splits text for the page, and remembers letters that no font could print."""

    def __init__(self) -> None:
        self.missing: set[str] = set()
        self._inter = {weight: _inter(weight) for weight in WEIGHTS}
        self._widths: dict[tuple[str, str], float] = {}
        self._faces: dict[tuple[str, bool], Face | None] = {}

    def name(self, weight: str) -> str:
        """The registered name of a weight."""
        return self._inter[weight].name

    def width(self, text: str, weight: str, size: float) -> float:
        """How wide the text prints, in points."""
        key = (text, weight)
        known = self._widths.get(key)
        if known is None:
            if _is_plain(text):
                known = self._inter[weight].width(text)
            else:
                known = sum(face.width(part) for face, part in self._split(text, weight))
            self._widths[key] = known
        return known * size / 1000

    def runs(self, text: str, weight: str) -> list[tuple[str, str]]:
        """Text in the order it is printed, as (font name, letters)."""
        if _is_plain(text):
            return [(self._inter[weight].name, text)]
        return [(face.name, part) for face, part in self._split(in_reading_order(text), weight)]

    def warnings(self) -> tuple[str, ...]:
        """One sentence for each letter that was replaced."""
        return tuple(
            f"No font on this computer has the letter U+{ord(letter):04X}"
            f" ({unicodedata.name(letter, 'unnamed').lower()}); it prints as '{REPLACEMENT}'."
            for letter in sorted(self.missing)
        )

    def _split(self, text: str, weight: str) -> Iterator[tuple[Face, str]]:
        own = self._inter[weight]
        current, letters = own, ""
        for letter in text:
            face = own if own.has(letter) else self._other(letter, bold=weight in {"semibold", "bold"})
            shown = letter if face is not None else self._replace(letter)
            face = face or own
            if face is not current and letters:
                yield current, letters
                letters = ""
            current, letters = face, letters + shown
        if letters:
            yield current, letters

    def _replace(self, letter: str) -> str:
        if unicodedata.category(letter) in {"Cc", "Cf", "Mn", "Me"}:
            return ""
        self.missing.add(letter)
        return REPLACEMENT

    def _other(self, letter: str, *, bold: bool) -> Face | None:
        key = (letter, bold)
        if key not in self._faces:
            self._faces[key] = next((face for face in _fallback_faces(bold=bold) if face.has(letter)), None)
        return self._faces[key]


def _is_plain(text: str) -> bool:
    """Whether Inter has every letter for certain."""
    return text.isascii() and text.isprintable()


@cache
def _inter(weight: str) -> Face:
    path = resource_path("fonts", f"InterTabular-{WEIGHTS[weight]}.ttf")
    return _registered(f"InterTabular-{WEIGHTS[weight]}", str(path))


def _registered(name: str, path: str) -> Face:
    font = TTFont(name, path)
    pdfmetrics.registerFont(font)
    return Face(name, font)


def _fallback_faces(*, bold: bool) -> Iterator[Face]:
    for name in _FALLBACKS:
        face = _system_face(_BOLD_OF.get(name, name) if bold else name) or (
            _system_face(name) if bold else None
        )
        if face is not None:
            yield face


@cache
def _system_face(file_name: str) -> Face | None:
    path = _system_fonts().get(file_name)
    if path is None:
        return None
    try:
        return _registered(f"System-{path.stem.replace(' ', '')}", str(path))
    except (TTFError, OSError):  # CFF outlines and damaged files cannot be embedded
        return None


@cache
def _system_fonts() -> dict[str, Path]:
    wanted = {*_FALLBACKS, *_BOLD_OF.values()}
    folders = [Path(folder) for folder in _FOLDERS.get(sys.platform, _UNIX_FOLDERS)]
    found: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*.tt[fc]")):
            if path.name in wanted:
                found.setdefault(path.name, path)
    return found
