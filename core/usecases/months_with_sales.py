"""Which months of a book have sales documents: a report of others would be a page of zeros."""

from core.errors import NotFound
from core.period import Period, parse_period
from core.store.book import Book
from core.store.frames import document_months
from core.usecases.figures import report_period


def has_sales(book: Book, month: Period) -> bool:
    """Whether the book has a sales document in a month."""
    return any(month.start <= found.start and found.end <= month.end for found in _months(book))


def require_sales(book: Book, month: Period) -> None:
    """Make sure that a month's report has something to report on. Raises NotFound with the months there are."""
    months = _months(book)
    wanted = report_period(month)
    if any(found.end >= wanted.start and found.start <= wanted.end for found in months):
        return
    there = "It has no sales at all: import some first."
    if months:
        there = f"It has sales from {months[0].label} to {months[-1].label}: ask for one of these months."
    message = f"{book.path.name} has no sales from {wanted.label.replace(' – ', ' to ')}. {there}"
    raise NotFound(message)


def _months(book: Book) -> list[Period]:
    return [parse_period(key) for key in document_months(book.connection)]
