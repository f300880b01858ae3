"""Bars by month with last year as a dashed line."""

from collections.abc import Sequence

from core.unit import Unit
from reports.axis import ticks
from reports.content import Chart
from reports.numbers import Numbers
from reports.pdf_pen import Pen, Point
from reports.pdf_setting import Setting
from reports.style import mix

BARS_HEIGHT = 152.0
AXIS_SIZE = 8.25
_FILLED = 0.62  # of a bar's slot
_QUIET = 0.55

Box = tuple[float, float, float, float]  # x, y of the upper left corner, width, height


def scale_values(values: Sequence[float], numbers: Numbers, unit: Unit) -> list[float]:
    """Round grid values that enclose the values; money steps by whole currency units."""
    factor = 10**numbers.exponent if unit is Unit.MONEY else 1
    whole = unit in {Unit.MONEY, Unit.COUNT, Unit.DAYS, Unit.SCORE}
    found = ticks(min(values, default=0) / factor, max(values, default=0) / factor, whole=whole)
    return [value * factor for value in found]


def draw_grid(pen: Pen, setting: Setting, box: Box, marks: list[float], unit: Unit) -> tuple[float, float]:
    """Draw grid lines with their labels; return the left edge of the plot and points per unit."""
    x, y, width, height = box
    labels = [setting.numbers.short(mark, unit) for mark in marks]
    left = x + max(setting.faces.width(label, "regular", AXIS_SIZE) for label in labels) + 6
    per_unit = height / (marks[-1] - marks[0])
    for mark, label in zip(marks, labels, strict=True):
        at = y + (marks[-1] - mark) * per_unit
        colour = setting.style.axis if mark == 0 else setting.style.grid
        pen.line((left, at), (x + width, at), colour=colour, width=0.75)
        pen.text(left - 6, at + 3, label, size=AXIS_SIZE, colour=setting.style.muted, align="right")
    return left, per_unit


def draw_bars(pen: Pen, chart: Chart, setting: Setting, box: Box) -> None:
    """Bars of the first series, the last one at full strength; the second series dashed."""
    x, y, width, height = box
    values = [v for series in chart.series[:2] for v in series.values if v is not None]
    marks = scale_values(values, setting.numbers, chart.unit)
    plot = (x, y + 9, width, height - 9 - 14)
    left, per_unit = draw_grid(pen, setting, plot, marks, chart.unit)
    slot = (x + width - left) / len(chart.categories)
    zero = plot[1] + marks[-1] * per_unit
    _bars(pen, chart, setting, left, slot, zero, per_unit)
    _names(pen, chart, setting, left, slot, y + height - 3)
    if len(chart.series) > 1:
        _comparison(pen, chart, setting, left, slot, zero, per_unit)


def _bars(
    pen: Pen, chart: Chart, setting: Setting, left: float, slot: float, zero: float, per_unit: float
) -> None:
    last = len(chart.categories) - 1
    segment = chart.series[0].segment
    full = setting.style.accent if segment is None else setting.style.segment(segment)
    for at, value in enumerate(chart.series[0].values[: last + 1]):
        if not value:
            continue
        colour = full if at == last else mix(full, _QUIET)
        size = abs(value) * per_unit
        top = zero - size if value > 0 else zero
        pen.box(left + slot * (at + (1 - _FILLED) / 2), top, slot * _FILLED, size, fill=colour)


def _names(pen: Pen, chart: Chart, setting: Setting, left: float, slot: float, baseline: float) -> None:
    widest = max(setting.faces.width(name, "semibold", AXIS_SIZE) for name in chart.categories)
    every = max(1, int((widest + 4) // slot) + 1)
    last = len(chart.categories) - 1
    for at, name in enumerate(chart.categories):
        if (last - at) % every:
            continue
        pen.text(
            left + slot * (at + 0.5),
            baseline,
            name,
            size=AXIS_SIZE,
            colour=setting.style.text if at == last else setting.style.muted,
            weight="semibold" if at == last else "regular",
            align="centre",
        )


def _comparison(
    pen: Pen, chart: Chart, setting: Setting, left: float, slot: float, zero: float, per_unit: float
) -> None:
    parts: list[list[Point]] = [[]]
    for at, value in enumerate(chart.series[1].values[: len(chart.categories)]):
        if value is None:
            parts.append([])
        else:
            parts[-1].append((left + slot * (at + 0.5), zero - value * per_unit))
    for part in parts:
        pen.path(part, stroke=setting.style.secondary, width=1.5, dash=(3, 2.2))
    drawn = [part for part in parts if part]
    if drawn:
        end = drawn[-1][-1]
        pen.dot(*end, 2.8, fill=setting.style.secondary, stroke="white", width=1.2)
