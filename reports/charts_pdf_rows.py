"""Charts with one row a name: horizontal bars, and the waterfall from sales to contribution."""

from core.unit import Unit
from reports.charts_pdf_bars import Box
from reports.content import Chart
from reports.numbers import DASH
from reports.pdf_pen import Pen
from reports.pdf_setting import Setting
from reports.pdf_words import shorten
from reports.style import PALETTE, mix

_SIZE = 8.6
_NARROW = 330.0
_ROW = 16.5
_BAR = 10.5
_STEP = 17.85
_MOST = 36  # rows of a chart: it stays on one page


def rows_height(chart: Chart) -> float:
    """Height of a chart of horizontal bars."""
    count = len(chart.categories)
    return 5 + _ROW * min(count, _MOST) + (13 if count > _MOST else 0)


def draw_rows(pen: Pen, chart: Chart, setting: Setting, box: Box) -> None:
    """One bar a name from a common zero, the figure beside it; in a narrow column on a track."""
    x, y, width, _ = box
    shown = min(len(chart.categories), _MOST)
    values = [*chart.series[0].values[:shown]]
    values += [None] * (shown - len(values))
    if width < _NARROW:
        _tracks(pen, chart, setting, box, values)
    else:
        _free_bars(pen, chart, setting, box, values)
    rest = len(chart.categories) - shown
    if rest:
        text = f"and {rest:,} more, see the workbook"
        pen.text(x, y + 5 + _ROW * shown + 10, text, size=8, colour=setting.style.muted)


def _colour(chart: Chart, setting: Setting, at: int) -> str:
    palette = chart.segments[at] if at < len(chart.segments) else chart.series[0].segment
    return setting.style.accent if palette is None else setting.style.segment(palette)


def _name(pen: Pen, chart: Chart, setting: Setting, at: int, *, place: tuple[float, float, float]) -> None:
    x, middle, room = place
    text = shorten(chart.categories[at], room, "regular", _SIZE, setting.faces)
    pen.text(x, middle + 3, text, size=_SIZE, colour=setting.style.text)


def _free_bars(pen: Pen, chart: Chart, setting: Setting, box: Box, values: list[float | int | None]) -> None:
    x, y, width, _ = box
    faces, style = setting.faces, setting.style
    labels = [setting.numbers.write(value, chart.unit) for value in values]
    room_for_label = max(faces.width(label, "semibold", _SIZE) for label in labels) + 8
    names = min(
        max(faces.width(n, "regular", _SIZE) for n in chart.categories[: len(values)]) + 14, width * 0.36
    )
    low = min(0.0, *(v or 0 for v in values))
    high = max(0.0, *(v or 0 for v in values))
    plot = width - names - room_for_label
    per_unit = plot / (high - low) if high > low else 0.0
    zero = x + names - low * per_unit
    for at, value in enumerate(values):
        middle = y + 5 + _ROW * (at + 0.5)
        _name(pen, chart, setting, at, place=(x, middle, names - 8))
        if value:
            left = zero if value > 0 else zero + value * per_unit
            pen.box(left, middle - _BAR / 2, abs(value) * per_unit, _BAR, fill=_colour(chart, setting, at))
        # A loss is labelled right of the zero line, where no name stands.
        at_x = zero + max(0.0, value or 0.0) * per_unit + 5
        colour = style.loss if (value or 0) < 0 else style.text
        pen.text(at_x, middle + 3, labels[at], size=_SIZE, colour=colour, weight="semibold")
    bottom = y + 5 + _ROW * len(values)
    pen.line((zero, y + 4), (zero, bottom), colour=style.axis, width=0.75)


def _tracks(pen: Pen, chart: Chart, setting: Setting, box: Box, values: list[float | int | None]) -> None:
    x, y, width, _ = box
    faces, style = setting.faces, setting.style
    labels = [setting.numbers.write(value, chart.unit, sign=width > 220) for value in values]
    label = max(faces.width(text, "regular", _SIZE) for text in labels) + 8
    names = min(
        max(faces.width(n, "regular", _SIZE) for n in chart.categories[: len(values)]) + 10, width * 0.42
    )
    track = width - names - label
    most = max([abs(value or 0) for value in values] or [0])
    for at, value in enumerate(values):
        middle = y + 5 + _ROW * (at + 0.5)
        _name(pen, chart, setting, at, place=(x, middle, names - 6))
        pen.box(x + names, middle - 3.4, track, 6.8, fill=mix(style.axis, 0.28), radius=1.5)
        if value and most:
            colour = style.loss if value < 0 else _colour(chart, setting, at)
            pen.box(x + names, middle - 3.4, track * abs(value) / most, 6.8, fill=colour)
        colour = style.loss if (value or 0) < 0 else style.text
        pen.text(x + width, middle + 3, labels[at], size=_SIZE, colour=colour, align="right")


def waterfall_height(chart: Chart) -> float:
    """Height of a waterfall."""
    return 4 + _STEP * min(len(chart.categories), _MOST)


def draw_waterfall(pen: Pen, chart: Chart, setting: Setting, box: Box) -> None:
    """Steps from total to total; name at the left, amount and share at the right."""
    x, y, width, _ = box
    values = list(chart.series[0].values[:_MOST])
    spans = _spans(chart, values)
    share = _share_width(chart, setting)
    amounts = max(
        setting.faces.width(setting.numbers.write(value, chart.unit), "semibold", _SIZE) for value in values
    )
    names = min(
        max(setting.faces.width(n, "semibold", _SIZE) for n in chart.categories[: len(values)]) + 14,
        width * 0.34,
    )
    plot = width - names - amounts - share - 14
    low = min(0.0, *(min(span) for span in spans))
    high = max(0.0, *(max(span) for span in spans))
    per_unit = plot / (high - low) if high > low else 0.0
    zero = x + names - low * per_unit
    for at, value in enumerate(values):
        top = y + 4 + _STEP * at
        _step(pen, chart, setting, at, place=(x, top, names, x + width), share_width=share)
        start, end = sorted(spans[at])
        if end > start:
            bar = (zero + start * per_unit, (end - start) * per_unit)
            pen.box(bar[0], top + 3.7, max(bar[1], 0.4), _BAR, fill=_step_colour(chart, setting, at))
        if at + 1 < len(values) and value is not None:
            joint = zero + spans[at][1] * per_unit
            pen.line((joint, top + 3.7 + _BAR), (joint, top + _STEP + 3.7), colour=setting.style.axis)


def _share_width(chart: Chart, setting: Setting) -> float:
    """Width of the column of shares, none for a chart that is not about money."""
    if chart.unit is not Unit.MONEY:
        return 0.0
    texts = [_share_text(chart, setting, at) for at in range(min(len(chart.series[0].values), _MOST))]
    return max(44.0, max(setting.faces.width(text, "regular", _SIZE) for text in texts) + 10)


def _share_text(chart: Chart, setting: Setting, at: int) -> str:
    share = _share(chart, at)
    return DASH if share is None else setting.numbers.write(share, Unit.RATIO)


def _step(
    pen: Pen,
    chart: Chart,
    setting: Setting,
    at: int,
    *,
    place: tuple[float, float, float, float],
    share_width: float,
) -> None:
    x, top, names, right = place
    style, faces = setting.style, setting.faces
    total = at in chart.totals
    weight = "semibold" if total else "regular"
    value = chart.series[0].values[at]
    if total and at:
        pen.line((x, top), (right, top), colour=style.grid, width=0.75)
    name = shorten(chart.categories[at], names - 8, weight, _SIZE, faces)
    pen.text(x, top + 12, name, size=_SIZE, colour=style.text if total else style.secondary, weight=weight)
    amount = setting.numbers.write(value, chart.unit)
    closing = faces.width(")", weight, _SIZE)
    amount_right = right - share_width
    amount_right -= 0 if amount.endswith(")") else closing
    pen.text(amount_right, top + 12, amount, size=_SIZE, colour=style.text, weight=weight, align="right")
    if chart.unit is Unit.MONEY:
        text = _share_text(chart, setting, at)
        share_right = right - (0 if text.endswith(")") else closing)
        pen.text(share_right, top + 12, text, size=_SIZE, colour=style.muted, align="right")


def _share(chart: Chart, at: int) -> float | None:
    """Share of the first total (list price) above the total named revenue, and of that one from there on."""
    totals = [index for index in chart.totals if index < len(chart.categories)]
    named = [index for index in totals if "revenue" in chart.categories[index].lower() and index <= at]
    values = chart.series[0].values
    whole = values[(named or totals or [0])[0]]
    value = values[at]
    return None if not whole or value is None or whole < 0 else value / whole


def _spans(chart: Chart, values: list[float | int | None]) -> list[tuple[float, float]]:
    """Where each bar starts and ends: totals from zero, steps from where the one before ended."""
    spans: list[tuple[float, float]] = []
    running = 0.0
    for at, value in enumerate(values):
        start = 0.0 if at in chart.totals else running
        running = start + (value or 0) if not (at in chart.totals and value is None) else running
        spans.append((start, running))
    return spans


def _step_colour(chart: Chart, setting: Setting, at: int) -> str:
    totals = sorted(chart.totals)
    value = chart.series[0].values[at] or 0
    if at in totals:
        return setting.style.accent if at == totals[-1] else setting.style.compare
    if value > 0:
        return setting.style.good
    # Costs that lead to the last total are what serving costs; those before belong to the goods.
    before_last = totals[-2] if len(totals) > 1 else -1
    return setting.style.loss if at > before_last else setting.style.segment(PALETTE.index("new"))
