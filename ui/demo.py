"""The sample client: its exports imported as any others, tied out, segmented, closed and reported. No window."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from core.analysis.tie_out_result import TieOut
from core.errors import BookError
from core.period import month_of
from core.progress import SILENT, Progress
from core.segments.totals import SegmentTotal, segment_totals
from core.store.book import Book, open_book
from core.store.pools import CostPool
from core.usecases.books import change_settings, new_book
from core.usecases.close_month import close_month
from core.usecases.cost_pools import save_pools
from core.usecases.figures import Figures, load_figures, report_period
from core.usecases.import_files import ImportResult, commit_import, preview_import
from core.usecases.segments import find_scheme, membership_of, override_customer
from core.usecases.tie_out import tie_out_book
from resources import resource_path
from ui.intake import recognise_file, remember_mapping
from ui.pack import Pack, pack_name, write_pack

CLIENT = "Alder & Finch Coffee Roasters"
BOOK_NAME = "alder-finch.quintile"
LAST_MONTH = month_of(date(2026, 10, 1))
MAIN_SCHEME = "behaviour"
_FIRM = "Larkspur Bookkeeping"
_AUTHOR = "Dana Whitlock"
POOLS = (
    CostPool("Delivery and freight", "orders", ("6210",)),
    CostPool("Order desk", "lines", ("6220",)),
    CostPool("Support and visits", "equal", ("6230",)),
    CostPool("Returns and spoilage", "orders", ("6240",)),
    CostPool("Card fees and late pay", "revenue", ("6250",)),
)


@dataclass(frozen=True)
class DemoResult:
    """What the demo did."""

    book: Path
    imports: tuple[ImportResult, ...]
    figures: Figures
    segments: tuple[SegmentTotal, ...]
    tie_out: TieOut
    pack: Pack


def make_demo(folder: Path, progress: Progress = SILENT) -> DemoResult:
    """Make the sample book and its pack in a folder. A book that stands there is made anew."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / BOOK_NAME
    _clear(path)
    with new_book(path, client=CLIENT, currency="USD") as book:
        change_settings(book, {"firm_name": _FIRM, "author": _AUTHOR})
        imports = tuple(_import(book, file, progress) for file in sample_files())
        save_pools(book, POOLS)
        _close_two_months(book, progress)
        figures = load_figures(book, report_period(LAST_MONTH), LAST_MONTH.end, progress=progress)
        membership = membership_of(book, find_scheme(book, MAIN_SCHEME), figures)
        tied, _ = tie_out_book(book, figures.facts.period, progress=progress)
        stem = folder / pack_name("Alder-Finch", LAST_MONTH)
        pack = write_pack(
            book, LAST_MONTH, pdf=Path(f"{stem}.pdf"), xlsx=Path(f"{stem}.xlsx"), progress=progress
        )
    segments = tuple(segment_totals(membership, figures.metrics))
    return DemoResult(path, imports, figures, segments, tied, pack)


def sample_files() -> list[Path]:
    """Return the sample client's exports in the order in which a bookkeeper drops them."""
    files = resource_path("sample_client").glob("*.csv")
    order = ("Sales", "General_Ledger", "Items", "Customers")
    return sorted(
        files, key=lambda file: (next(i for i, part in enumerate(order) if part in file.name), file.name)
    )


def _clear(path: Path) -> None:
    if path.exists():
        with open_book(path) as book:
            if book.held_by:
                raise BookError(
                    f"{path} is open elsewhere: {book.held_by.sentence} Close it, then try again."
                )
        path.unlink()


def _import(book: Book, file: Path, progress: Progress) -> ImportResult:
    recognised = recognise_file(file, book, progress=progress)
    if recognised.importer is None or recognised.questions:
        raise BookError(f"{file.name} of the sample client was not recognised; the installation is damaged.")
    preview = preview_import(
        book, recognised.source, recognised.importer, mapping=recognised.mapping, progress=progress
    )
    result = commit_import(book, preview, progress=progress)
    remember_mapping(book, recognised)
    return result


def _close_two_months(book: Book, progress: Progress) -> None:
    for month in (LAST_MONTH.shift(-1), LAST_MONTH):
        figures = load_figures(book, report_period(month), month.end, progress=progress)
        if month == LAST_MONTH:
            _keep_juniper(book, figures)
        close_month(book, month, figures, author=_AUTHOR, progress=progress)


def _keep_juniper(book: Book, figures: Figures) -> None:
    """One manual override, as a bookkeeper makes it: the customer is closed for a refit."""
    customers = figures.facts.customers
    number = int(customers.loc[customers["name"] == "Juniper Bakery", "customer_id"].iloc[0])
    override_customer(
        book,
        MAIN_SCHEME,
        number,
        "Loyal core",
        reason="Closed for refit until 1 December, owner confirmed",
        author=_AUTHOR,
        expires=date(2026, 12, 1),
    )
