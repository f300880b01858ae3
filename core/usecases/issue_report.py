"""Hand a report to the client: the book keeps its text, its data's digest, and the hashes of its files."""

from dataclasses import dataclass
from hashlib import sha256

from core.period import Period
from core.store import events
from core.store.book import Book
from core.store.digest import DATA_TABLES, business_digest
from core.store.issued_reports import IssuedRow, read_issued, write_issued


@dataclass(frozen=True)
class IssuedReport:
    """A report as it was issued; `data_digest` tells whether the data has changed since."""

    id: int
    month: str
    issued_at: str
    author: str
    content: str
    data_digest: str
    pdf_sha256: str  # "" where no PDF was written
    xlsx_sha256: str


def data_digest(book: Book) -> str:
    """Return the digest of everything that was imported."""
    return business_digest(book.connection, DATA_TABLES)


def fingerprint_of(digest: str) -> str:
    """Return the short form of a digest, as a report prints it: '7F3A-91C2-04BE'."""
    letters = digest[:12].upper()
    return "-".join(letters[at : at + 4] for at in range(0, 12, 4))


def record_issue(
    book: Book,
    month: Period,
    content: str,
    *,
    pdf: bytes = b"",
    xlsx: bytes = b"",
    author: str = "",
    at: str | None = None,
) -> IssuedReport:
    """Keep what was handed out. Files that were not written are left empty."""
    moment, who = at or events.now(), author or events.user_name()
    hashes = [sha256(data).hexdigest() if data else "" for data in (pdf, xlsx)]
    with book.transaction() as connection:
        digest = business_digest(connection, DATA_TABLES)
        row = IssuedRow(0, month.key, moment, who, content, digest, *hashes)
        number = write_issued(connection, row)
        detail = {
            "month": month.key,
            "report": number,
            "data_digest": digest,
            "pdf_sha256": hashes[0],
            "xlsx_sha256": hashes[1],
        }
        events.append(connection, "report issued", detail, actor=who, at=moment)
    return IssuedReport(*row._replace(id=number))


def list_issued(book: Book, month: Period | None = None) -> list[IssuedReport]:
    """Return the reports that were issued, the newest first."""
    return [IssuedReport(*row) for row in read_issued(book.connection, month.key if month else None)]


def is_current(book: Book, issued: IssuedReport) -> bool:
    """Whether the data is still what the report was made from."""
    return data_digest(book) == issued.data_digest
