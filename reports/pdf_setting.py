"""What every part of the page needs to know: the report, its look, its figures, its page numbers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from reports.content import Report
from reports.numbers import DASH, Numbers
from reports.pdf_flow import Piece
from reports.pdf_fonts import Typefaces
from reports.pdf_pen import Pen
from reports.pdf_words import Face, plain_text, shorten
from reports.style import Style, size

_PAGE = re.compile(r"\{page:([A-Za-z0-9_.-]+)\}")
PAPERS = {"A4": (595.276, 841.89), "Letter": (612.0, 792.0)}
MARGIN = 42.0
TOP = 56.25
BOTTOM = 53.0  # footer rule and the air above it
LEAD = 14.25


@dataclass(frozen=True)
class Setting:
    """One report on its way to paper."""

    report: Report
    style: Style
    numbers: Numbers
    faces: Typefaces
    pages: Mapping[str, int] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)  # sections whose page somebody refers to

    @property
    def paper(self) -> tuple[float, float]:
        return PAPERS[self.report.paper]

    @property
    def width(self) -> float:
        """Width between the margins."""
        return self.paper[0] - 2 * MARGIN

    @property
    def room(self) -> float:
        """Height between header and footer."""
        return self.paper[1] - TOP - BOTTOM

    def words(self, text: str) -> str:
        """Text with page references filled in: '{page:tie_out}' becomes the page of that section."""
        return _PAGE.sub(self._page, text)

    def body(self) -> Face:
        """Running text."""
        return Face(size("body"), self.style.secondary, strong_colour=self.style.text, leading=LEAD)

    def small(self) -> Face:
        """Text in tables, lists and cards."""
        return Face(size("table"), self.style.secondary, strong_colour=self.style.text, leading=12.0)

    def _page(self, match: re.Match[str]) -> str:
        self.asked.add(match[1])
        number = self.pages.get(match[1])
        return DASH if number is None else str(number)


def heading_piece(text: str, setting: Setting, width: float, *, aside: str = "") -> Piece:
    """A heading of the second level, with a quiet remark at its right where there is room for one."""
    style, faces = setting.style, setting.faces
    shown = shorten(plain_text(setting.words(text)), width, "semibold", size("h2"), faces)
    remark = plain_text(setting.words(aside))

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.text(x, y + 10, shown, size=size("h2"), colour=style.text, weight="semibold")
        if remark:
            pen.text(x + width, y + 10, remark, size=size("caption"), colour=style.muted, align="right")

    return Piece(14.0, draw, before=16.0, keep=True)


def aside_fits(title: str, aside: str, setting: Setting, width: float) -> bool:
    """Whether a remark finds room at the right of its heading."""
    used = setting.faces.width(setting.words(title), "semibold", size("h2")) + 20
    return used + setting.faces.width(plain_text(setting.words(aside)), "regular", size("caption")) <= width
