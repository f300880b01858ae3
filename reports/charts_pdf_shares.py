"""Stacked bars of 100 %, with symbols that tell the segments apart without colour."""

from collections.abc import Iterator

from reports.charts_pdf_bars import Box
from reports.content import Chart
from reports.numbers import percent
from reports.pdf_pen import Pen
from reports.pdf_setting import Setting
from reports.pdf_words import shorten
from reports.style import palette_of

_SIZE = 8.25
_BAR = 15.0
_PITCH = 35.25
_LEGEND_LINE = 15.0
_LEGEND_GAP = 11.0
_MOST = 14


def shares_height(chart: Chart, setting: Setting, width: float) -> float:
    """Height of legend and bars."""
    legend = max((line for line, _, _ in _legend_places(chart, setting, width)), default=0) + 1
    return 4 + _LEGEND_LINE * legend + _PITCH * min(len(chart.categories), _MOST)


def draw_shares(pen: Pen, chart: Chart, setting: Setting, box: Box) -> None:
    """One bar a category, one part a series, largest parts labelled."""
    x, y, width, _ = box
    lines = 0
    for line, offset, at in _legend_places(chart, setting, width):
        _legend_entry(pen, chart, setting, at, x + offset, y + 4 + _LEGEND_LINE * line, width - offset)
        lines = max(lines, line + 1)
    top = y + 4 + _LEGEND_LINE * lines
    for number, name in enumerate(chart.categories[:_MOST]):
        at_y = top + _PITCH * number
        pen.text(
            x,
            at_y + 12,
            shorten(name, width, "regular", _SIZE, setting.faces),
            size=_SIZE,
            colour=setting.style.muted,
        )
        draw_share_bar(pen, chart, setting, number, (x, at_y + 16.5, width, _BAR), labels=True)


def shares_of(chart: Chart, category: int) -> list[float]:
    """Share of each series in a category; unknown and negative parts have none."""
    values = [
        max(0.0, float(series.values[category] or 0)) if category < len(series.values) else 0.0
        for series in chart.series
    ]
    total = sum(values)
    return [value / total if total else 0.0 for value in values]


def draw_share_bar(
    pen: Pen, chart: Chart, setting: Setting, category: int, box: Box, *, labels: bool
) -> list[tuple[float, float]]:
    """Draw one bar; return where each part starts and how wide it is."""
    x, y, width, height = box
    places = []
    at = x
    for number, share in enumerate(shares_of(chart, category)):
        wide = width * share
        places.append((at, wide))
        if wide > 0:
            colour = setting.style.segment(palette_of(chart, number))
            pen.box(at, y, max(wide - 1.0, min(wide, 0.6)), height, fill=colour)
            text = percent(share)
            if labels and setting.faces.width(text, "semibold", _SIZE) + 8 <= wide:
                pen.text(
                    at + wide / 2,
                    y + height / 2 + 3,
                    text,
                    size=_SIZE,
                    colour=setting.style.on(colour),
                    weight="semibold",
                    align="centre",
                )
        at += wide
    return places


def _legend_places(chart: Chart, setting: Setting, width: float) -> Iterator[tuple[int, float, int]]:
    line, at = 0, 0.0
    for number, series in enumerate(chart.series):
        wide = min(11.25 + setting.faces.width(series.name, "regular", _SIZE), width)
        if at and at + wide > width:
            line, at = line + 1, 0.0
        yield line, at, number
        at += wide + _LEGEND_GAP


def _legend_entry(pen: Pen, chart: Chart, setting: Setting, at: int, x: float, y: float, room: float) -> None:
    palette = palette_of(chart, at)
    pen.symbol(x + 3.4, y + 6.4, palette, setting.style.segment(palette))
    name = shorten(chart.series[at].name, room - 11.25, "regular", _SIZE, setting.faces)
    pen.text(x + 11.25, y + 9.5, name, size=_SIZE, colour=setting.style.secondary)
