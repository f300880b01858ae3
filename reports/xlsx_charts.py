"""Native charts over a sheet that shows what each chart is made of."""

from dataclasses import dataclass
from typing import Any

from core.unit import Unit
from reports.content import Chart, ChartKind
from reports.style import mix, palette_of
from reports.xlsx_book import Book
from reports.xlsx_text import cell_text

SHEET = "Chart data"


@dataclass(frozen=True)
class ChartPlace:
    """Where the figures of a chart stand on the sheet of chart data."""

    chart: Chart
    sheet: str
    column: int

    @property
    def first(self) -> int:
        return 2

    @property
    def last(self) -> int:
        return 1 + len(self.chart.categories)

    def area(self, offset: int) -> list[object]:
        """Categories at offset 0, series after it."""
        return [self.sheet, self.first, self.column + offset, self.last, self.column + offset]

    def name(self, offset: int) -> list[object]:
        return [self.sheet, 1, self.column + offset]


def write_chart_data(book: Book, charts: list[Chart]) -> list[ChartPlace]:
    """One block of columns for each chart: title, series names, figures."""
    if not charts:
        return []
    sheet = book.add_sheet(SHEET)
    places = []
    column = 0
    bold = book.format(bold=True)
    for chart in charts:
        sheet.write_string(0, column, cell_text(chart.title or str(chart.kind).capitalize()), bold)
        sheet.write_string(1, column, "Name", book.header(figures=False))
        for row, name in enumerate(chart.categories, 2):
            sheet.write_string(row, column, cell_text(name))
        for offset, series in enumerate(chart.series, 1):
            sheet.write_string(1, column + offset, cell_text(series.name), book.header(figures=True))
            for at, value in enumerate(series.values[: len(chart.categories)]):
                unit = chart.unit_of(at)
                form = book.format(num_format=book.number_format(unit))
                book.write(sheet, at + 2, column + offset, value, unit, form)
        sheet.set_column(column, column, 24)
        sheet.set_column(column + 1, column + len(chart.series), 14)
        places.append(ChartPlace(chart, sheet.get_name(), column))
        column += len(chart.series) + 2
    sheet.freeze_panes(2, 0)
    return places


def native_chart(book: Book, place: ChartPlace) -> Any | None:
    """The chart for Excel to draw, or None for a kind that Excel has no chart for."""
    match place.chart.kind:
        case ChartKind.BARS_COMPARED:
            chart = _bars(book, place)
        case ChartKind.HORIZONTAL_BARS:
            chart = _rows(book, place)
        case ChartKind.WHALE_CURVE:
            chart = _whale(book, place)
        case ChartKind.SHARES:
            chart = _shares(book, place)
        case ChartKind.WATERFALL:
            return None
    chart.set_title(
        {"name": cell_text(place.chart.title or place.chart.series[0].name), "name_font": {"size": 11}}
    )
    chart.set_size({"width": 560, "height": 300})
    return chart


def _grid(book: Book) -> dict[str, object]:
    return {"visible": True, "line": {"width": 0.5, "color": book.style.grid}}


def _axis_format(book: Book, unit: Unit) -> str:
    return (
        "0%"
        if unit is Unit.RATIO
        else "#,##0;(#,##0)"
        if unit is not Unit.NUMBER
        else book.number_format(unit)
    )


def _bars(book: Book, place: ChartPlace) -> Any:
    style, last = book.style, len(place.chart.categories) - 1
    chart = book.workbook.add_chart({"type": "column"})
    quiet: list[object] = [{"fill": {"color": mix(style.accent, 0.55)}}] * last
    chart.add_series(
        {
            "name": place.name(1),
            "categories": place.area(0),
            "values": place.area(1),
            "fill": {"color": style.accent},
            "points": [*quiet, {"fill": {"color": style.accent}}],
            "gap": 60,
        }
    )
    if len(place.chart.series) > 1:
        line = book.workbook.add_chart({"type": "line"})
        line.add_series(
            {
                "name": place.name(2),
                "categories": place.area(0),
                "values": place.area(2),
                "line": {"color": style.secondary, "width": 1.75, "dash_type": "square_dot"},
            }
        )
        chart.combine(line)
    chart.set_y_axis(
        {
            "num_format": _axis_format(book, place.chart.unit),
            "major_gridlines": _grid(book),
            "line": {"none": True},
        }
    )
    chart.set_legend({"position": "bottom"})
    return chart


def _rows(book: Book, place: ChartPlace) -> Any:
    segments = place.chart.segments
    chart = book.workbook.add_chart({"type": "bar"})
    points: list[object] = [
        {"fill": {"color": book.style.accent if palette is None else book.style.segment(palette)}}
        for palette in segments
    ]
    series: dict[str, object] = {
        "name": place.name(1),
        "categories": place.area(0),
        "values": place.area(1),
        "fill": {"color": book.style.accent},
        "gap": 50,
        "data_labels": {"value": True, "num_format": _axis_format(book, place.chart.unit)},
    }
    if points:
        series["points"] = points
    chart.add_series(series)
    chart.set_y_axis({"reverse": True, "label_position": "low"})
    chart.set_x_axis(
        {
            "num_format": _axis_format(book, place.chart.unit),
            "major_gridlines": {"visible": False},
            "visible": False,
        }
    )
    chart.set_legend({"none": True})
    return chart


def _whale(book: Book, place: ChartPlace) -> Any:
    chart = book.workbook.add_chart({"type": "line"})
    chart.add_series(
        {
            "name": place.name(1),
            "categories": place.area(0),
            "values": place.area(1),
            "line": {"color": book.style.accent, "width": 2.0},
        }
    )
    count = len(place.chart.categories)
    chart.set_x_axis(
        {"interval_unit": max(1, count // 5), "interval_tick": max(1, count // 5), "label_position": "low"}
    )
    chart.set_y_axis(
        {
            "num_format": _axis_format(book, place.chart.unit),
            "major_gridlines": _grid(book),
            "line": {"none": True},
        }
    )
    chart.set_legend({"none": True})
    return chart


def _shares(book: Book, place: ChartPlace) -> Any:
    chart = book.workbook.add_chart({"type": "bar", "subtype": "percent_stacked"})
    for at in range(len(place.chart.series)):
        colour = book.style.segment(palette_of(place.chart, at))
        chart.add_series(
            {
                "name": place.name(at + 1),
                "categories": place.area(0),
                "values": place.area(at + 1),
                "fill": {"color": colour},
                "gap": 40,
            }
        )
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"num_format": "0%", "major_gridlines": {"visible": False}})
    chart.set_legend({"position": "bottom"})
    return chart
