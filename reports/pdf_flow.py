"""Pieces of a page, and how they fall onto pages: never cut, headings with what they head."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from reports.pdf_pen import Pen

Draw = Callable[[Pen, float, float], None]


@dataclass(frozen=True, eq=False)
class Piece:
    """Something of a known height that is drawn whole, with its upper left corner at (x, y)."""

    height: float
    draw: Draw
    before: float = 0.0  # space above, unless it stands at the top
    keep: bool = False  # stays on the page of the piece that follows
    head: "Piece | None" = None  # repeated above it where it begins a page


@dataclass(frozen=True, eq=False)
class Placed:
    """A piece and how far below the page's top it stands."""

    piece: Piece
    y: float


def paginate(pieces: Sequence[Piece], room: float) -> list[list[Placed]]:
    """Place pieces on as few pages as they need, each `room` points high."""
    pages: list[list[Placed]] = [[]]
    y = 0.0
    for at, piece in enumerate(pieces):
        needed = piece.before + piece.height
        if _starts_a_run(pieces, at):
            needed = max(needed, _run_height(pieces, at))
        if pages[-1] and y + needed > room:
            pages.append([])
        if not pages[-1]:
            y = 0.0
            if piece.head is not None:
                pages[-1].append(Placed(piece.head, y))
                y += piece.head.height
        else:
            y += piece.before
        pages[-1].append(Placed(piece, y))
        y += piece.height
    return pages


def stacked(pieces: Iterable[Placed]) -> Draw:
    """Draw placed pieces as one."""
    inside = tuple(pieces)

    def draw(pen: Pen, x: float, y: float) -> None:
        for placed in inside:
            placed.piece.draw(pen, x, y + placed.y)

    return draw


def depth(page: Sequence[Placed]) -> float:
    """How far down a page is filled."""
    return max((placed.y + placed.piece.height for placed in page), default=0.0)


def side_by_side(columns: Sequence[Sequence[Piece]], offsets: Sequence[float], room: float) -> list[Piece]:
    """Columns as one piece, or one for each page where they are too long for a single one."""
    flows = [paginate(pieces, room) for pieces in columns]
    result = []
    for number in range(max(map(len, flows), default=0)):
        parts = [
            (offset, flow[number]) for offset, flow in zip(offsets, flows, strict=True) if number < len(flow)
        ]
        result.append(
            Piece(max(depth(page) for _, page in parts), _columns_drawn(parts), before=0 if number else 16)
        )
    return result


def _columns_drawn(parts: Sequence[tuple[float, list[Placed]]]) -> Draw:
    drawn = [(offset, stacked(page)) for offset, page in parts]

    def draw(pen: Pen, x: float, y: float) -> None:
        for offset, column in drawn:
            column(pen, x + offset, y)

    return draw


def _starts_a_run(pieces: Sequence[Piece], at: int) -> bool:
    return at == 0 or not pieces[at - 1].keep


def _run_height(pieces: Sequence[Piece], at: int) -> float:
    """Height of a piece and of all that must stay with it."""
    total = 0.0
    for piece in pieces[at:]:
        total += piece.before + piece.height
        if not piece.keep:
            break
    return total
