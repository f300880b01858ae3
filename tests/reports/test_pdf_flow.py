from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from reports.pdf_flow import Piece, depth, paginate, side_by_side
from reports.pdf_pen import Pen

ROOM = 100.0


def nothing(_pen: Pen, _x: float, _y: float) -> None:
    return None


def piece(height: float, **more: object) -> Piece:
    return Piece(height, nothing, **more)  # type: ignore[arg-type]


pieces = st.lists(
    st.builds(piece, st.floats(1, 60), before=st.floats(0, 20), keep=st.booleans()), max_size=40
)


@given(pieces)
def test_every_piece_is_placed_once_in_order_and_inside_the_page(given_pieces: list[Piece]) -> None:
    pages = paginate(given_pieces, ROOM)
    assert [placed.piece for page in pages for placed in page] == given_pieces
    assert all(depth(page) <= ROOM for page in pages)
    for page in pages:
        for upper, lower in pairwise(page):
            assert lower.y >= upper.y + upper.piece.height


def test_a_heading_moves_on_with_what_it_heads() -> None:
    heading = piece(10, keep=True)
    pages = paginate([piece(75), heading, piece(20)], ROOM)
    assert [len(page) for page in pages] == [1, 2]
    assert pages[1][0].piece is heading


def test_a_head_is_repeated_above_the_row_that_begins_a_page() -> None:
    head = piece(10)
    rows = [piece(30, head=head) for _ in range(5)]
    pages = paginate([head, *rows], ROOM)
    assert [[placed.piece is head for placed in page] for page in pages] == [
        [True, False, False, False],
        [True, False, False],
    ]
    assert depth(pages[1]) == 70


def test_columns_longer_than_a_page_go_on_side_by_side() -> None:
    parts = side_by_side([[piece(60)] * 3, [piece(20)]], [0, 50], ROOM)
    assert [part.height for part in parts] == [60, 60, 60]
    assert side_by_side([], [], ROOM) == []
