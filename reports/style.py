"""Colours, symbols and sizes of the client's pack, from the design tokens."""

import json
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from reports.content import Chart
from resources import resource_path

# The order of the palette: a custom segment takes the next place, and a hollow symbol in the second round.
PALETTE = ("champions", "loyal", "rising", "new", "occasional", "costly", "at_risk", "dormant")
SYMBOLS = ("circle", "square", "up", "diamond", "ring", "plus", "down", "cross")
WHITE = "white"
READABLE = 4.5  # WCAG 2.2, text


@cache
def tokens() -> dict[str, Any]:
    """Everything in the token file."""
    found: dict[str, Any] = json.loads(resource_path("tokens.json").read_text(encoding="utf-8"))
    return found


@cache
def rgb(colour: str) -> tuple[float, float, float]:
    """Take '#RRGGBB' (or 'white') apart into parts from 0 to 1. Raises ValueError for anything else."""
    if colour == WHITE:
        return (1.0, 1.0, 1.0)
    if len(colour) != 7 or not colour.startswith("#"):
        message = f"'{colour}' is not a colour; write it as a # and six hexadecimal digits"
        raise ValueError(message)
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return (red, green, blue)


@cache
def mix(colour: str, share: float, ground: str = WHITE) -> str:
    """Lay so much of a colour (0 to 1) over a ground."""
    parts = [
        round(255 * (a * share + b * (1 - share))) for a, b in zip(rgb(colour), rgb(ground), strict=True)
    ]
    return "#{:02X}{:02X}{:02X}".format(*parts)


@cache
def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2.2."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio after WCAG 2.2, from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@dataclass(frozen=True)
class Style:
    """The report's look for one firm's accent colour."""

    accent: str

    @cached_property
    def text(self) -> str:
        return str(tokens()["report"]["text"]["primary"])

    @cached_property
    def secondary(self) -> str:
        return str(tokens()["report"]["text"]["secondary"])

    @cached_property
    def muted(self) -> str:
        return str(tokens()["report"]["text"]["muted"])

    @cached_property
    def grid(self) -> str:
        return str(tokens()["report"]["chart"]["grid"])

    @cached_property
    def axis(self) -> str:
        return str(tokens()["report"]["chart"]["axis"])

    @cached_property
    def compare(self) -> str:
        return str(tokens()["report"]["chart"]["compare"])

    @cached_property
    def loss(self) -> str:
        return str(tokens()["report"]["chart"]["loss"])

    @cached_property
    def good(self) -> str:
        return str(tokens()["light"]["positive"]["text"])

    @cached_property
    def warning(self) -> str:
        return str(tokens()["light"]["warning"]["text"])

    @cached_property
    def border(self) -> str:
        """Border of a tile."""
        return mix(self.axis, 0.65)

    @cached_property
    def panel(self) -> str:
        """Ground of a quiet panel or card."""
        return mix(self.accent, 0.065)

    @cached_property
    def heat(self) -> tuple[str, ...]:
        """Seven steps from pale to the accent itself."""
        report = tokens()["report"]
        if self.accent == report["accent_default"]:
            return tuple(report["sequential"])
        return tuple(mix(self.accent, share) for share in (0.07, 0.18, 0.35, 0.55, 0.75, 0.9, 1.0))

    def segment(self, palette: int) -> str:
        """Colour of a place in the palette; it starts again after the eighth."""
        return str(tokens()["light"]["segment"][PALETTE[palette % len(PALETTE)]])

    def on(self, ground: str) -> str:
        """White or the text colour, whichever is read better on this ground."""
        return WHITE if contrast(WHITE, ground) >= contrast(self.text, ground) else self.text


def style_of(accent: str) -> Style:
    """Return the style for a firm's accent; one that cannot be read on white gives way to the default."""
    default = str(tokens()["report"]["accent_default"])
    try:
        readable = contrast(accent, WHITE) >= READABLE
    except ValueError:
        readable = False
    return Style(accent.upper() if readable else default)


def symbol_of(palette: int) -> tuple[str, bool]:
    """Return the symbol's name and whether it is drawn hollow."""
    return SYMBOLS[palette % len(SYMBOLS)], palette >= len(SYMBOLS)


def size(name: str) -> float:
    """Type size in points, by its name in the tokens."""
    return float(tokens()["report"]["sizes_pt"][name])


def palette_of(chart: Chart, at: int) -> int:
    """Place in the palette of a series: its own, or its turn."""
    own = chart.series[at].segment
    return at if own is None else own
