"""A book with two kinds of customers that are clearly apart, written down and not worked out."""

from pathlib import Path

from core.store.settings import write_setting
from core.usecases.segments import ensure_ready_made
from tests.core.builders import BookBuilder

EACH = 10


def make_buying_book(path: Path, *, each: int = EACH) -> Path:
    """Write the book: `each` with twelve orders of about 50 in 2026, `each` with one of about 8,000 in February.

    One more ordered in 2025 only, one is on the customer list and never ordered.
    """
    builder = BookBuilder(path)
    write_setting(builder.book.connection, "client_name", "Two Kinds Ltd")
    for place in range(each):
        often, once = builder.customer(f"Often {place}"), builder.customer(f"Once {place}")
        for month in range(1, 13):
            builder.document(
                f"2026-{month:02d}-{10 + place}", often, (50_00 + (place if month == 1 else 0) * 12, None)
            )
        builder.document(f"2026-02-{10 + place}", once, (8_000_00 + place, None))
    builder.document("2025-05-05", builder.customer("Stopped"), (100_00, None))
    builder.customer("Listed only")
    ensure_ready_made(builder.book)
    builder.book.close()
    return path
