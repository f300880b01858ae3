"""Drawing on a page with y measured from its top, as the design is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from reports.pdf_fonts import Typefaces
from reports.style import rgb, symbol_of

Point = tuple[float, float]


@dataclass
class Pen:
    """A canvas, its page height and the faces to write with. All measures are points."""

    canvas: Any
    page_height: float
    faces: Typefaces
    _state: dict[str, object] = field(default_factory=dict)

    def new_page(self) -> None:
        """End the page; colours and widths start afresh on the next."""
        self.canvas.showPage()
        self._state.clear()

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float,
        colour: str,
        weight: str = "regular",
        align: str = "left",
        spacing: float = 0.0,
    ) -> float:
        """Write one line on its baseline; return its width. `align` says what x is: left, right or centre."""
        width = self.faces.width(text, weight, size) + spacing * len(text)
        x -= width if align == "right" else width / 2 if align == "centre" else 0
        self._fill(colour)
        line = self.canvas.beginText(x, self.page_height - y)
        if spacing:
            line.setCharSpace(spacing)
        for font, part in self.faces.runs(text, weight):
            line.setFont(font, size)
            line.textOut(part)
        if spacing:
            line.setCharSpace(0)
        self.canvas.drawText(line)
        return width

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str = "",
        stroke: str = "",
        radius: float = 0.0,
        line_width: float = 0.5,
    ) -> None:
        """A rectangle whose upper left corner is (x, y)."""
        self._fill(fill)
        self._stroke(stroke, line_width)
        low = self.page_height - y - height
        if radius:
            self.canvas.roundRect(x, low, width, height, radius, stroke=bool(stroke), fill=bool(fill))
        else:
            self.canvas.rect(x, low, width, height, stroke=bool(stroke), fill=bool(fill))

    def line(
        self,
        start: Point,
        end: Point,
        *,
        colour: str,
        width: float = 0.5,
        dash: tuple[float, ...] = (),
    ) -> None:
        """A straight line."""
        self._stroke(colour, width, dash)
        self.canvas.line(start[0], self.page_height - start[1], end[0], self.page_height - end[1])

    def path(
        self,
        points: Sequence[Point],
        *,
        fill: str = "",
        stroke: str = "",
        width: float = 1.0,
        dash: tuple[float, ...] = (),
        closed: bool = False,
    ) -> None:
        """A line through points, or the area they enclose."""
        if len(points) < 2:
            return
        self._fill(fill)
        self._stroke(stroke, width, dash)
        path = self.canvas.beginPath()
        path.moveTo(points[0][0], self.page_height - points[0][1])
        for x, y in points[1:]:
            path.lineTo(x, self.page_height - y)
        if closed:
            path.close()
        self.canvas.drawPath(path, stroke=bool(stroke), fill=bool(fill))

    def dot(
        self, x: float, y: float, radius: float, *, fill: str = "", stroke: str = "", width: float = 1
    ) -> None:
        """A circle round a point."""
        self._fill(fill)
        self._stroke(stroke, width)
        self.canvas.circle(x, self.page_height - y, radius, stroke=bool(stroke), fill=bool(fill))

    def symbol(self, x: float, y: float, palette: int, colour: str, *, size: float = 6.4) -> None:
        """A segment's symbol round its middle: it tells segments apart where colour does not."""
        name, hollow = symbol_of(palette)
        half = size / 2
        if name in {"circle", "ring"}:
            ring = hollow or name == "ring"
            width = 1.6 if name == "ring" and not hollow else 0.9
            self.dot(
                x, y, half - width / 2 * ring, fill="" if ring else colour, stroke=colour * ring, width=width
            )
            return
        outline = [(x + dx * half, y + dy * half) for dx, dy in _OUTLINES[name]]
        self.path(outline, fill="" if hollow else colour, stroke=colour * hollow, width=0.9, closed=True)

    def picture(self, image: object, x: float, y: float, width: float, height: float) -> None:
        """A bitmap in a box, upper left corner at (x, y), its sides kept in proportion."""
        self.canvas.drawImage(
            image,
            x,
            self.page_height - y - height,
            width,
            height,
            mask="auto",
            preserveAspectRatio=True,
            anchor="nw",
        )

    def _fill(self, colour: str) -> None:
        if colour and self._state.get("fill") != colour:
            self.canvas.setFillColorRGB(*rgb(colour))
            self._state["fill"] = colour

    def _stroke(self, colour: str, width: float, dash: tuple[float, ...] = ()) -> None:
        if not colour:
            return
        if self._state.get("stroke") != colour:
            self.canvas.setStrokeColorRGB(*rgb(colour))
        if self._state.get("width") != width:
            self.canvas.setLineWidth(width)
        if self._state.get("dash", ()) != dash:
            self.canvas.setDash(list(dash))
        self._state.update(stroke=colour, width=width, dash=dash)


def _turned(outline: Sequence[Point]) -> list[Point]:
    # An upright plus turned by 45 degrees is the bold x.
    return [((x - y) * 0.707, (x + y) * 0.707) for x, y in outline]


def _plus(arm: float) -> list[Point]:
    return [
        (-arm, -1), (arm, -1), (arm, -arm), (1, -arm), (1, arm), (arm, arm),
        (arm, 1), (-arm, 1), (-arm, arm), (-1, arm), (-1, -arm), (-arm, -arm),
    ]  # fmt: skip


_OUTLINES: dict[str, list[Point]] = {
    "square": [(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)],
    "up": [(0, -0.95), (1, 0.85), (-1, 0.85)],
    "down": [(0, 0.95), (1, -0.85), (-1, -0.85)],
    "diamond": [(0, -1.1), (1.1, 0), (0, 1.1), (-1.1, 0)],
    "plus": _plus(0.36),
    "cross": [(x * 1.2, y * 1.2) for x, y in _turned(_plus(0.24))],
}
