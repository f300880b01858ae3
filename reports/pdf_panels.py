"""Quiet panels and lists: definitions, facts, and cards of what to do next."""

from dataclasses import replace
from itertools import zip_longest

from reports.content import Callout, Callouts, Definition, Definitions, Facts
from reports.pdf_flow import Piece
from reports.pdf_pen import Pen
from reports.pdf_setting import Setting, heading_piece
from reports.pdf_words import Face, Line, lines_of, plain_text, shorten, width_of, write_lines

_RADIUS = 4.5
_GAP = 7.5
_PADDING = 12.0
_NARROW = 330.0
_SMALL = 8.25
_SHORT_LIST = 190.0
_MOST = 40  # lines of one entry: it is never taller than a page


def definition_pieces(block: Definitions, setting: Setting, width: float) -> list[Piece]:
    """Two columns of term and text, or run-in paragraphs where there is one."""
    pieces = _title(block.title, setting, width)
    if block.columns == 1 or width < _NARROW:
        return pieces + _together([_run_in(entry, setting, width) for entry in block.entries])
    wide = (width - 20) / 2
    term = min(
        max((setting.faces.width(e.term, "medium", 8.6) for e in block.entries), default=0) + 10, wide * 0.42
    )
    halves = zip_longest(block.entries[::2], block.entries[1::2])
    return pieces + _together([_pair(pair, setting, wide, term) for pair in halves])


def _together(pieces: list[Piece]) -> list[Piece]:
    """A short list stays on one page; of a long one no line stands alone."""
    short = sum(piece.height for piece in pieces) <= _SHORT_LIST
    last = len(pieces) - 1
    return [
        replace(piece, keep=at < last and (short or at in {0, last - 1})) for at, piece in enumerate(pieces)
    ]


def _run_in(entry: Definition, setting: Setting, width: float) -> Piece:
    face = setting.small()
    ending = "" if entry.term.endswith((".", ":", "?")) else "."
    text = f"**{plain_text(entry.term)}{ending}** {setting.words(entry.text)}"
    lines = lines_of(text, width, face, setting.faces, most=_MOST)
    return Piece(
        12.0 * len(lines) + 4.5, lambda pen, x, y: write_lines(pen, x, y + 11, lines, face), before=0.0
    )


def _pair(
    pair: tuple[Definition | None, Definition | None], setting: Setting, wide: float, term: float
) -> Piece:
    style, face = setting.style, setting.small()
    name_face = Face(8.6, style.text, "medium", strong_colour=style.text, leading=12.0)
    laid = [
        (
            lines_of(entry.term, term - 8, name_face, setting.faces, most=3),
            lines_of(setting.words(entry.text), wide - term, face, setting.faces, most=_MOST),
        )
        for entry in pair
        if entry is not None
    ]
    height = max(12.0 * max(len(names), len(texts)) for names, texts in laid) + 4.5

    def draw(pen: Pen, x: float, y: float) -> None:
        for number, (names, texts) in enumerate(laid):
            left = x + number * (wide + 20)
            write_lines(pen, left, y + 12, names, name_face)
            write_lines(pen, left + term, y + 12, texts, face)

    return Piece(height, draw)


def fact_pieces(block: Facts, setting: Setting, width: float) -> list[Piece]:
    """A panel with up to four facts beside each other; in a narrow column a list with rules."""
    pieces = _title(block.title, setting, width)
    if width < _NARROW:
        return pieces + [_fact_row(label, text, setting, width) for label, text in block.pairs]
    across = min(4, max(1, len(block.pairs)))
    rows = [block.pairs[at : at + across] for at in range(0, len(block.pairs), across)]
    return pieces + [
        _fact_panel(row, setting, width, across, before=4.0 if at or block.title else 16.0)
        for at, row in enumerate(rows)
    ]


def _fact_panel(
    pairs: tuple[tuple[str, str], ...], setting: Setting, width: float, across: int, *, before: float
) -> Piece:
    style, faces = setting.style, setting.faces
    wide = (width - 2 * _PADDING) / across
    face = Face(9.0, style.text, strong_colour=style.text, leading=12.75)
    laid: list[tuple[str, list[Line]]] = [
        (
            shorten(label, wide - 10, "regular", _SMALL, faces),
            lines_of(setting.words(text), wide - 12, face, faces, most=8),
        )
        for label, text in pairs
    ]
    height = 30.75 + 12.75 * (max(len(lines) for _, lines in laid) - 1) + 12.75

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.box(x, y, width, height, fill=style.panel, radius=_RADIUS)
        for number, (label, lines) in enumerate(laid):
            left = x + _PADDING + number * wide
            pen.text(left, y + 18, label, size=_SMALL, colour=style.muted)
            write_lines(pen, left, y + 30.75, lines, face)

    return Piece(height, draw, before=before)


def _fact_row(label: str, text: str, setting: Setting, width: float) -> Piece:
    style, faces = setting.style, setting.faces
    face = Face(8.6, style.text, "semibold", strong_colour=style.text, leading=12.0)
    lines = lines_of(setting.words(text), width * 0.62, face, faces, most=4)
    shown = shorten(label, width * 0.38 - 8, "regular", 8.6, faces)
    height = 17.25 + 12.0 * (len(lines) - 1)

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.text(x, y + 12, shown, size=8.6, colour=style.secondary)
        for number, line in enumerate(lines):
            left = x + width - width_of(line, face, faces)
            write_lines(pen, left, y + 12 + 12 * number, [line], face)
        pen.line((x, y + height), (x + width, y + height), colour=style.grid)

    return Piece(height, draw)


def callout_pieces(block: Callouts, setting: Setting, width: float) -> list[Piece]:
    """Rows of up to three cards of equal height."""
    across = min(3, max(1, len(block.cards)))
    rows = [block.cards[at : at + across] for at in range(0, len(block.cards), across)]
    wide = (width - _GAP * (across - 1)) / across
    return _title(block.title, setting, width) + [_card_row(row, setting, wide) for row in rows]


def _card_row(cards: tuple[Callout, ...], setting: Setting, wide: float) -> Piece:
    room = wide - 2 * _PADDING
    face = Face(8.8, setting.style.secondary, strong_colour=setting.style.text, leading=12.75)
    texts = [lines_of(setting.words(card.text), room, face, setting.faces, most=9) for card in cards]
    footer = 17.25 if any(card.footer for card in cards) else 0.0
    height = 37.5 + 12.75 * (max(map(len, texts)) - 1) + footer + 12.75

    def draw(pen: Pen, x: float, y: float) -> None:
        for number, (card, lines) in enumerate(zip(cards, texts, strict=True)):
            left = x + number * (wide + _GAP)
            pen.box(left, y, wide, height, fill=setting.style.panel, radius=_RADIUS)
            _card(pen, card, setting, left + _PADDING, y, room)
            write_lines(pen, left + _PADDING, y + 37.5, lines, face)
            foot = shorten(setting.words(card.footer), room, "regular", _SMALL, setting.faces)
            pen.text(left + _PADDING, y + height - 12.75, foot, size=_SMALL, colour=setting.style.muted)

    return Piece(height, draw, before=3.0)


def _card(pen: Pen, card: Callout, setting: Setting, x: float, y: float, room: float) -> None:
    indent = 0.0
    if card.segment is not None:
        pen.symbol(x + 3.6, y + 17, card.segment, setting.style.segment(card.segment), size=7.2)
        indent = 12.75
    title = shorten(setting.words(card.title), room - indent, "semibold", 9.4, setting.faces)
    pen.text(x + indent, y + 20.25, title, size=9.4, colour=setting.style.text, weight="semibold")


def _title(title: str, setting: Setting, width: float) -> list[Piece]:
    if not title:
        return []
    heading = heading_piece(title, setting, width)
    return [replace(heading, height=heading.height + 3.0)]
