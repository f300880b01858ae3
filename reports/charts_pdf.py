"""Charts of the report as vector drawings: which chart is drawn by whom, its heading and its note."""

from reports.charts_pdf_bars import BARS_HEIGHT, draw_bars
from reports.charts_pdf_rows import draw_rows, draw_waterfall, rows_height, waterfall_height
from reports.charts_pdf_shares import draw_shares, shares_height
from reports.charts_pdf_whale import draw_whale, whale_height
from reports.content import Chart, ChartKind
from reports.pdf_flow import Piece
from reports.pdf_pen import Pen
from reports.pdf_setting import Setting, aside_fits, heading_piece
from reports.pdf_words import Face, lines_of, write_lines
from reports.style import size

_NARROW = 350.0
_NOTE_LEADING = 11.5


def chart_pieces(chart: Chart, setting: Setting, width: float) -> list[Piece]:
    """Heading, drawing and note; the note stands beside the heading where it fits."""
    pieces = []
    aside = bool(chart.note and chart.title) and aside_fits(chart.title, chart.note, setting, width)
    if chart.title:
        pieces.append(heading_piece(chart.title, setting, width, aside=chart.note if aside else ""))
    below = chart.note if chart.note and not aside else ""
    pieces.append(_drawing(chart, setting, width, note=below))
    return pieces


def _drawing(chart: Chart, setting: Setting, width: float, *, note: str) -> Piece:
    height = _height(chart, setting, width)
    face = Face(size("caption"), setting.style.muted, strong_colour=setting.style.text, leading=_NOTE_LEADING)
    lines = lines_of(setting.words(note), width, face, setting.faces, most=6) if note else []

    def draw(pen: Pen, x: float, y: float) -> None:
        if _is_empty(chart):
            pen.text(x, y + 12, "Nothing to show.", size=8.6, colour=setting.style.muted)
        else:
            _DRAWN_BY[chart.kind](pen, chart, setting, (x, y, width, height))
        write_lines(pen, x, y + height + 9, lines, face)

    total = height + (_NOTE_LEADING * len(lines) + 3 if lines else 0)
    return Piece(total, draw, before=0.0 if chart.title else 10.0)


def _is_empty(chart: Chart) -> bool:
    return not chart.categories or not any(
        value is not None for series in chart.series for value in series.values
    )


def _height(chart: Chart, setting: Setting, width: float) -> float:
    if _is_empty(chart):
        return 20.0
    match chart.kind:
        case ChartKind.BARS_COMPARED:
            return BARS_HEIGHT if width >= _NARROW else 95.0
        case ChartKind.WHALE_CURVE:
            return whale_height(width)
        case ChartKind.WATERFALL:
            return waterfall_height(chart)
        case ChartKind.SHARES:
            return shares_height(chart, setting, width)
        case ChartKind.HORIZONTAL_BARS:
            return rows_height(chart)


_DRAWN_BY = {
    ChartKind.BARS_COMPARED: draw_bars,
    ChartKind.WHALE_CURVE: draw_whale,
    ChartKind.WATERFALL: draw_waterfall,
    ChartKind.SHARES: draw_shares,
    ChartKind.HORIZONTAL_BARS: draw_rows,
}
