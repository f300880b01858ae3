"""Key figures as a grid of tiles."""

from reports.content import KeyFigure, KeyFigures
from reports.numbers import change_is_good, change_text
from reports.pdf_flow import Piece
from reports.pdf_pen import Pen
from reports.pdf_setting import Setting
from reports.pdf_words import Face, lines_of, plain_text, shorten
from reports.style import size

_GAP = 7.5
_PADDING = 11.25
_HEIGHT = 60.0
_NOTE = 8.25
_LINE = 11.0
_MOST_LINES = 2
_RADIUS = 4.5


def tile_pieces(block: KeyFigures, setting: Setting, width: float) -> list[Piece]:
    """One piece for each row of tiles."""
    count = max(1, min(block.columns, len(block.figures)))
    wide = (width - _GAP * (count - 1)) / count
    rows = [block.figures[at : at + count] for at in range(0, len(block.figures), count)]
    return [_row(row, setting, wide, before=_GAP if number else 11.75) for number, row in enumerate(rows)]


def _row(figures: tuple[KeyFigure, ...], setting: Setting, wide: float, *, before: float) -> Piece:
    lines = max(len(_under(figure, setting, wide - 2 * _PADDING)) for figure in figures)
    height = _HEIGHT + _LINE * max(0, lines - 1)

    def draw(pen: Pen, x: float, y: float) -> None:
        for number, figure in enumerate(figures):
            left = x + number * (wide + _GAP)
            pen.box(left, y, wide, height, stroke=setting.style.border, radius=_RADIUS)
            _tile(pen, figure, setting, left + _PADDING, y, wide - 2 * _PADDING)

    return Piece(height, draw, before=before)


def _under(figure: KeyFigure, setting: Setting, room: float) -> list[tuple[str, str]]:
    """What stands below the value, as lines of change and note: side by side where they fit, else below."""
    change, note = change_text(figure), plain_text(setting.words(figure.note))
    used = setting.faces.width(change, "bold", _NOTE) + 3 if change else 0.0
    if not note or used + setting.faces.width(note, "regular", _NOTE) <= room:
        return [(change, note)]
    face = Face(_NOTE, setting.style.muted)
    lines = lines_of(note, room, face, setting.faces, most=_MOST_LINES)
    notes = [("", "".join(text for text, _ in line)) for line in lines]
    return [(change, ""), *notes] if change else notes


def _tile(pen: Pen, figure: KeyFigure, setting: Setting, x: float, y: float, room: float) -> None:
    style, faces = setting.style, setting.faces
    name = shorten(figure.name, room, "regular", _NOTE, faces)
    pen.text(x, y + 17, name, size=_NOTE, colour=style.secondary)
    value = setting.numbers.tile(figure.value, figure.unit)
    large = size("kpi")
    while large > 8 and faces.width(value, "semibold", large) > room:
        large -= 0.5
    value = shorten(value, room, "semibold", large, faces)
    pen.text(x, y + 36.75, value, size=large, colour=style.text, weight="semibold", spacing=0)
    _change_and_note(pen, figure, setting, x, y + 49.5, room)


def _change_and_note(pen: Pen, figure: KeyFigure, setting: Setting, x: float, y: float, room: float) -> None:
    style = setting.style
    good = change_is_good(figure)
    colour = style.muted if good is None else style.good if good else style.loss
    for number, (change, note) in enumerate(_under(figure, setting, room)):
        at, base = x, y + _LINE * number
        if change:
            at += pen.text(at, base, change, size=_NOTE, colour=colour, weight="bold") + 3
        pen.text(at, base, note, size=_NOTE, colour=style.muted)
