"""The whale curve: profit added up over customers from the most to the least profitable."""

from dataclasses import dataclass
from math import ceil

from reports.axis import thinned
from reports.charts_pdf_bars import AXIS_SIZE, Box, draw_grid, scale_values
from reports.content import Annotation, Chart
from reports.narrative.words import count
from reports.numbers import percent
from reports.pdf_pen import Pen, Point
from reports.pdf_setting import Setting
from reports.pdf_words import shorten
from reports.style import mix

_ABOVE = 26.0  # room for the label of the peak
_BELOW = 27.0  # customers along the axis
_LABEL = 8.25
_LINE = 11.25


def whale_height(width: float) -> float:
    """Height of curve, labels and axis."""
    return _ABOVE + _BELOW + (158.0 if width >= 350 else 110.0)


@dataclass(frozen=True)
class _Curve:
    """Cumulative values from nobody to everybody, and where they stand on the page."""

    values: list[float]  # values[n]: of the first n customers
    left: float
    right: float
    zero: float
    per_unit: float

    def point(self, rank: int) -> Point:
        last = len(self.values) - 1
        return (
            self.left + (self.right - self.left) * rank / max(1, last),
            self.zero - self.values[rank] * self.per_unit,
        )

    @property
    def last(self) -> int:
        return len(self.values) - 1

    @property
    def top_fifth(self) -> int:
        return ceil(self.last * 0.2)

    @property
    def falls_from(self) -> int:
        """The last rank at which the curve stands at its peak."""
        peak = max(self.values)
        return max(rank for rank, value in enumerate(self.values) if value == peak)

    @property
    def peak(self) -> int:
        """The first rank at which the curve reaches its peak."""
        return self.values.index(max(self.values))


def draw_whale(pen: Pen, chart: Chart, setting: Setting, box: Box) -> None:
    """Three zones below the curve, the total dashed, labels at top 20 %, peak and end."""
    x, y, width, height = box
    values = [0.0]
    for value in chart.series[0].values:
        values.append(values[-1] if value is None else float(value))
    marks = scale_values(values, setting.numbers, chart.unit)
    plot = (x, y + _ABOVE, width, height - _ABOVE - _BELOW)
    left, per_unit = draw_grid(pen, setting, plot, marks, chart.unit)
    curve = _Curve(values, left, x + width - 8, plot[1] + marks[-1] * per_unit, per_unit)
    _zones(pen, curve, setting)
    _lines(pen, curve, setting)
    _ranks(pen, curve, setting, plot[1] + plot[3], ranked=_ranked_by(chart))
    _labels(pen, curve, setting, chart, (left, y, x + width - left, height - _BELOW))


def _zones(pen: Pen, curve: _Curve, setting: Setting) -> None:
    turn = max(curve.falls_from, curve.top_fifth)
    accent, loss = setting.style.accent, setting.style.loss
    for first, last, colour in (
        (0, curve.top_fifth, mix(accent, 0.25)),
        (curve.top_fifth, turn, mix(accent, 0.11)),
        (turn, curve.last, mix(loss, 0.19)),
    ):
        if last > first:
            part = [curve.point(rank) for rank in _ranks_between(curve, first, last)]
            pen.path([(part[0][0], curve.zero), *part, (part[-1][0], curve.zero)], fill=colour, closed=True)
    pen.line((curve.left, curve.zero), (curve.right, curve.zero), colour=setting.style.axis, width=0.75)


def _lines(pen: Pen, curve: _Curve, setting: Setting) -> None:
    style = setting.style
    total = curve.point(curve.last)
    pen.line((curve.left, total[1]), total, colour=style.muted, width=0.75, dash=(2.2, 1.8))
    fifth = curve.point(curve.top_fifth)
    if curve.top_fifth < curve.last:
        pen.line((fifth[0], curve.zero), fifth, colour=style.muted, width=0.75, dash=(2.2, 1.8))
    turn = curve.falls_from
    pen.path([curve.point(rank) for rank in _ranks_between(curve, 0, turn)], stroke=style.accent, width=1.7)
    pen.path(
        [curve.point(rank) for rank in _ranks_between(curve, turn, curve.last)], stroke=style.loss, width=1.7
    )
    pen.dot(*total, 2.6, fill=style.loss if turn < curve.last else style.accent)


def _ranks_between(curve: _Curve, first: int, last: int) -> list[int]:
    part = curve.values[first : last + 1]
    return [first + at for at in thinned(part)]


def _ranks(pen: Pen, curve: _Curve, setting: Setting, bottom: float, *, ranked: str) -> None:
    ranks = sorted({round(curve.last * step / 5) for step in range(6)})
    for rank in ranks:
        x = curve.point(rank)[0]
        pen.text(x, bottom + 12, f"{rank:,}", size=AXIS_SIZE, colour=setting.style.muted, align="centre")
    middle = (curve.left + curve.right) / 2
    pen.text(
        middle,
        bottom + 23.5,
        ranked,
        size=AXIS_SIZE,
        colour=setting.style.muted,
        align="centre",
    )


def _ranked_by(chart: Chart) -> str:
    """What stands below the axis; a curve of revenue says nothing about profit."""
    of_revenue = bool(chart.series) and "revenue" in chart.series[0].name.lower()
    return "Customers, largest first" if of_revenue else "Customers, most profitable first"


def _labels(pen: Pen, curve: _Curve, setting: Setting, chart: Chart, area: Box) -> None:
    """Write each label where it meets neither another nor the edge; one without a place stays out."""
    taken: list[Box] = []
    annotations = chart.annotations or _own_annotations(curve, setting, chart)
    for note in sorted(annotations, key=lambda note: -note.index):
        rank = min(max(note.index + 1, 0), curve.last)
        texts = [
            (shorten(setting.words(text), area[2] * 0.6, weight, _LABEL, setting.faces), weight)
            for text, weight in [
                (note.text, "semibold"),
                *((part, "regular") for part in note.detail.split("\n")),
            ]
            if text
        ]
        wide = max((setting.faces.width(text, weight, _LABEL) for text, weight in texts), default=0.0)
        size = (wide, _LINE * len(texts))
        place = next(
            (box for box in _places(curve, rank, size) if _inside(box, area) and not _meets(box, taken)), None
        )
        if rank < curve.last:
            pen.dot(*curve.point(rank), 2.6, fill="white", stroke=setting.style.accent, width=1.3)
        if place is not None:
            taken.append(place)
            _write(pen, setting, texts, place, right=rank == curve.last, lossy=curve.falls_from < curve.last)


def _places(curve: _Curve, rank: int, size: tuple[float, float]) -> list[Box]:
    x, y = curve.point(rank)
    wide, high = size
    total = curve.point(curve.last)[1]
    below = max(y, total) + 6
    if rank == curve.last:
        return [(x - wide - 5, y + at, wide, high) for at in (6, 18, 32, 48, -high - 8, -high - 20)]
    centred = [(x - wide / 2, y - high - 7 - at, wide, high) for at in (0, 12)]
    right = [(x + 7, below + at, wide, high) for at in (0, 14, 28, 44, 60)]
    left = [(x - wide - 7, y + at, wide, high) for at in (-high, 6, 20)]
    over_right = [(x + 7, y - high - at, wide, high) for at in (4, 16)]
    return (
        [*centred, *right, *left, *over_right]
        if rank == curve.peak
        else [*right, *over_right, *centred, *left]
    )


def _inside(box: Box, area: Box) -> bool:
    x, y, wide, high = box
    return x >= area[0] and y >= area[1] and x + wide <= area[0] + area[2] and y + high <= area[1] + area[3]


def _meets(box: Box, taken: list[Box]) -> bool:
    x, y, wide, high = box
    return any(
        x < a + c + 4 and a < x + wide + 4 and y < b + d + 1 and b < y + high + 1 for a, b, c, d in taken
    )


def _write(
    pen: Pen, setting: Setting, texts: list[tuple[str, str]], box: Box, *, right: bool, lossy: bool
) -> None:
    x, y, wide, _ = box
    for number, (text, weight) in enumerate(texts):
        colour = setting.style.text if weight == "semibold" else setting.style.secondary
        if right and lossy and number:
            colour = setting.style.loss
        pen.text(
            x + wide if right else x,
            y + _LINE * number + 8.5,
            text,
            size=_LABEL,
            colour=colour,
            weight=weight,
            align="right" if right else "left",
        )


def _own_annotations(curve: _Curve, setting: Setting, chart: Chart) -> tuple[Annotation, ...]:
    """Peak, top 20 % and end, where the report names none."""
    total, peak = curve.values[-1], curve.values[curve.peak]
    money = setting.numbers
    found = [Annotation(curve.last - 1, f"Total {money.write(round(total), chart.unit)}")]
    if total > 0 and curve.last >= 5:
        share = percent(curve.values[curve.top_fifth] / total)
        found.append(
            Annotation(
                curve.top_fifth - 1,
                f"Top 20% ({count(curve.top_fifth, 'customer')})",
                f"earn {share} of the total",
            )
        )
    if 0 < curve.peak < curve.last and total > 0:
        detail = f"{percent(peak / total)} of total, at customer {curve.peak:,}"
        found.append(Annotation(curve.peak - 1, f"Peak {money.write(round(peak), chart.unit)}", detail))
    return tuple(found)
