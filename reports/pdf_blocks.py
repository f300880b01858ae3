"""Headings and running text, and the door to every other kind of block."""

from collections.abc import Sequence
from dataclasses import replace

from reports.charts_pdf import chart_pieces
from reports.content import (
    Block,
    Callouts,
    Chart,
    Columns,
    Definitions,
    Facts,
    Heading,
    KeyFigures,
    Paragraph,
    SideHeading,
    Table,
)
from reports.pdf_flow import Draw, Piece, side_by_side
from reports.pdf_panels import callout_pieces, definition_pieces, fact_pieces
from reports.pdf_pen import Pen
from reports.pdf_setting import LEAD, Setting, heading_piece
from reports.pdf_table import table_pieces
from reports.pdf_tiles import tile_pieces
from reports.pdf_words import Face, Line, lines_of, plain_text, shorten, write_lines
from reports.style import size

_COLUMN_GAP = 20.0
_SIDE = 108.0
_TIGHT = -0.33  # large letters stand closer together
_NARROW = 330.0


def pieces_of(blocks: Sequence[Block], setting: Setting, width: float) -> list[Piece]:
    """Lay blocks out below one another in this width."""
    pieces: list[Piece] = []
    for at, block in enumerate(blocks):
        if isinstance(block, SideHeading):
            first = at == 0 or not isinstance(blocks[at - 1], SideHeading)
            last = at + 1 == len(blocks) or not isinstance(blocks[at + 1], SideHeading)
            pieces.append(_side_heading(block, setting, width, first=first, last=last))
        else:
            found = _pieces(block, setting, width)
            if isinstance(block, Columns) and at > 0 and isinstance(blocks[at - 1], Heading):
                # They belong to the heading, which keeps its own distance.
                found = [replace(piece, before=min(piece.before, 2.0)) for piece in found]
            pieces += found
    return pieces


def _pieces(block: Block, setting: Setting, width: float) -> list[Piece]:
    match block:
        case Heading():
            return [_heading(block, setting, width)]
        case Paragraph():
            return _paragraph(block, setting, width)
        case Columns():
            return _columns(block, setting, width)
        case SideHeading():
            return [_side_heading(block, setting, width, first=True, last=True)]
        case Definitions() | Facts() | Callouts():
            return _panel(block, setting, width)
        case _:
            return _figures(block, setting, width)


def _panel(block: Definitions | Facts | Callouts, setting: Setting, width: float) -> list[Piece]:
    match block:
        case Definitions():
            return definition_pieces(block, setting, width)
        case Facts():
            return fact_pieces(block, setting, width)
        case Callouts():
            return callout_pieces(block, setting, width)


def _figures(block: KeyFigures | Table | Chart, setting: Setting, width: float) -> list[Piece]:
    match block:
        case KeyFigures():
            return tile_pieces(block, setting, width)
        case Table():
            return table_pieces(block, setting, width)
        case Chart():
            return chart_pieces(block, setting, width)


def _heading(block: Heading, setting: Setting, width: float) -> Piece:
    if block.level > 1:
        return heading_piece(block.text, setting, width)
    style = setting.style
    face = Face(size("h1"), style.text, "semibold", strong_colour=style.text, leading=23.4)
    lines = lines_of(plain_text(setting.words(block.text)), width, face, setting.faces, most=4)
    first = 36.0 if block.kicker else 22.0
    colour = style.accent if block.kicker_segment is None else style.segment(block.kicker_segment)
    kicker = shorten(block.kicker, width, "semibold", 8.25, setting.faces)

    def draw(pen: Pen, x: float, y: float) -> None:
        if kicker:
            pen.text(x, y + 12, kicker, size=8.25, colour=colour, weight="semibold")
        for number, line in enumerate(lines):
            text = "".join(part for part, _ in line)
            at = y + first + face.leading * number
            pen.text(x, at, text, size=face.size, colour=face.colour, weight=face.weight, spacing=_TIGHT)

    return Piece(first + face.leading * (len(lines) - 1) + 5.6, draw, before=20.0, keep=True)


def _paragraph(block: Paragraph, setting: Setting, width: float) -> list[Piece]:
    """A line is a piece: a long comment goes on over the page, never with a single line left behind."""
    face = (
        setting.body() if block.lead or width >= _NARROW else replace(setting.body(), size=8.8, leading=13.0)
    )
    lines = lines_of(setting.words(block.text), width, face, setting.faces)
    top = 16.0 if block.lead else 12.5
    count = len(lines)
    pieces = []
    for number, line in enumerate(lines):
        first, last = number == 0, number == count - 1
        baseline = top if first else face.leading - 4
        keep = not last and (first or number == count - 2 or count <= 4)
        above = 4.0 if first and not block.lead else 0.0
        pieces.append(Piece(baseline + 4, _line_drawn(line, baseline, face), before=above, keep=keep))
    return pieces


def _line_drawn(line: Line, baseline: float, face: Face) -> Draw:
    return lambda pen, x, y: write_lines(pen, x, y + baseline, [line], face)


def _side_heading(block: SideHeading, setting: Setting, width: float, *, first: bool, last: bool) -> Piece:
    face, style = setting.body(), setting.style
    label_face = Face(9.0, style.text, "semibold", strong_colour=style.text, leading=LEAD)
    side = min(_SIDE, width * 0.3)
    label = lines_of(setting.words(block.label), side - 10, label_face, setting.faces, most=4)
    lines = lines_of(setting.words(block.text), width - side, face, setting.faces, most=30)
    height = 18.75 + LEAD * (max(len(lines), len(label)) - 1) + 11.25

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.line((x, y), (x + width, y), colour=style.border)
        write_lines(pen, x, y + 18.75, label, label_face)
        write_lines(pen, x + side, y + 18.75, lines, face)
        if last:
            pen.line((x, y + height), (x + width, y + height), colour=style.border)

    return Piece(height, draw, before=12.0 if first else 0.0)


def _columns(block: Columns, setting: Setting, width: float) -> list[Piece]:
    count = len(block.columns)
    total = sum(block.widths[:count]) or 1.0
    usable = width - _COLUMN_GAP * (count - 1)
    widths = [usable * share / total for share in block.widths[:count]]
    offsets = [sum(widths[:at]) + _COLUMN_GAP * at for at in range(count)]
    columns = [pieces_of(inner, setting, wide) for inner, wide in zip(block.columns, widths, strict=True)]
    return side_by_side(columns, offsets, setting.room)
