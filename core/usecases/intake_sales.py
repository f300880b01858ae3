"""Documents of a file, compared with the book's and written to it."""

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from core.importing.columns import NONE, collection_paused
from core.importing.importer import Parsing
from core.importing.intake import STATUSES, PreviewRow, RowStatus
from core.importing.issue import Issue, Severity
from core.importing.matching import key_namespace
from core.importing.records import WITH_A_CUSTOMER, DocumentKind, SalesLine
from core.importing.repeats import repeat_issues
from core.importing.sales_stage import SalesStage, StagedSales
from core.importing.totals import ControlTotals, sales_totals
from core.money import exponent_of, grouped, plain
from core.progress import Progress
from core.store.connection import Connection
from core.store.customers import match_customers, write_customers
from core.store.documents import existing_digests, write_documents
from core.store.items import write_items

_LOWERING = frozenset({DocumentKind.CREDIT.value, DocumentKind.REFUND.value})
_NEW, _SAME, _CHANGED = range(len(STATUSES))


class SalesIntake:
    """The sales of one file. Documents are new, already there, or a new version of one that is there."""

    def __init__(self, connection: Connection, parsing: Parsing, currency: str, progress: Progress) -> None:
        """Read all lines and compare the documents with the book's."""
        stage = SalesStage(currency)
        with collection_paused():
            for batch in parsing.batches:
                stage.add([line for line in batch if isinstance(line, SalesLine)])
                progress.advance(stage.line_count)
            self._sales = stage.finish()
        self._system = parsing.source_system
        self._base = currency
        self.currency = _file_currency(self._sales, currency)
        self._status = _compare(self._sales, existing_digests(connection, self._system))
        self.issues = [*stage.issues, *self._rate_issues(), *self._sign_issues()]
        if self._is_mapped:
            self.issues += self._repeat_issues(stage.repeats)
        everything = np.arange(len(self._sales.documents))
        self.whole = sales_totals(self._sales, everything, self.currency)
        self.added = self._added()
        self.issues = [*self._nobody_issues(), *self.issues]

    def statuses(self) -> Counter[RowStatus]:
        """Count the documents by what happens to them."""
        counts = np.bincount(self._status, minlength=len(STATUSES)).tolist()
        return Counter(dict(zip(STATUSES, counts, strict=True)))

    def rows(self) -> Iterator[PreviewRow]:
        """Yield the lines in the order of the file."""
        sales, lines = self._sales, self._sales.lines
        for index in np.argsort(lines.row, kind="stable").tolist():
            number = int(lines.document[index])
            document, item = sales.documents[number], int(lines.item[index])
            customer = sales.customers[document.customer][1] if document.customer >= 0 else ""
            code, stated = sales.items[item][:2] if item >= 0 else ("", "")
            name = stated or lines.description[index] or code
            amount = plain(int(lines.net[index]), exponent_of(document.currency))
            status = STATUSES[self._status[number]]
            yield PreviewRow(
                int(lines.row[index]), document.date, document.number, customer, name, amount, status
            )

    def write(self, connection: Connection, import_id: int) -> None:
        """Write new and changed documents with their customers and items."""
        sales = self._sales
        chosen = np.flatnonzero(self._status != _SAME)
        wanted = np.zeros(len(sales.documents), bool)
        wanted[chosen] = True
        used_items = set(np.unique(sales.lines.item[wanted[sales.lines.document]]).tolist())
        used = {sales.documents[number].customer for number in chosen.tolist()}
        namespace = key_namespace(self._system)
        customers = [entry for number, entry in enumerate(sales.customers) if number in used]
        ids = write_customers(
            connection, namespace, match_customers(connection, namespace, customers), import_id
        )
        items = [entry for number, entry in enumerate(sales.items) if number in used_items]
        item_ids = write_items(connection, items, import_id)
        write_documents(
            connection,
            sales,
            chosen,
            source_system=self._system,
            import_id=import_id,
            customers={number: ids[key] for number, (key, _) in enumerate(sales.customers) if number in used},
            items={
                number: item_ids[entry[0]] for number, entry in enumerate(sales.items) if number in used_items
            },
            currency=self._base,
            exponents={
                code: exponent_of(code) for code in {self._base} | {d.currency for d in sales.documents}
            },
        )

    def _added(self) -> ControlTotals:
        chosen = np.flatnonzero(self._status != _SAME)
        added = sales_totals(self._sales, chosen, self.currency)
        changed = int((self._status == _CHANGED).sum())
        duplicates = self.whole.lines - added.lines
        return ControlTotals(**added.as_dict() | {"duplicates": duplicates, "changed": changed})  # type: ignore[arg-type]

    @property
    def _is_mapped(self) -> bool:
        # Reports of known programs list what the books hold; a table of one's own may have been pasted twice.
        return key_namespace(self._system) == "mapped"

    def _repeat_issues(self, repeats: Sequence[tuple[int, int]]) -> Iterator[Issue]:
        sales = self._sales
        sums: Counter[str] = Counter()
        for line, _ in repeats:
            code = sales.documents[int(sales.lines.document[line])].currency
            sums[code] += int(sales.lines.net[line])
        amount = " and ".join(f"{grouped(minor, exponent_of(code))} {code}" for code, minor in sums.items())
        numbered = any(sales.documents[int(sales.lines.document[line])].number for line, _ in repeats)
        return repeat_issues(sales.lines.row, repeats, amount, numbered=numbered)

    def _nobody_issues(self) -> Iterator[Issue]:
        """Say what is added without a customer: it is revenue, and in no figure by customer."""
        count = self.added.lines_without_customer
        if not count:
            return
        several = "+" in self.currency  # a sum over several currencies is no amount
        amount = grouped(self.added.net_without_customer, exponent_of(self.currency))
        for_ = "" if several else f" for {amount}"
        text = (
            f"1 row{for_} names no customer: it counts as a sale on no customer."
            if count == 1
            else f"{count:,} rows{for_} name no customer: they count as sales on no customer."
        )
        nobody = (document for document in self._sales.documents if document.customer == NONE)
        meant = any(document.kind in WITH_A_CUSTOMER for document in nobody)
        yield Issue(0, "customer", Severity.WARNING if meant else Severity.NOTE, text)

    def _rate_issues(self) -> Iterator[Issue]:
        without = [d for d in self._sales.documents if d.currency != self._base and not d.rate]
        if without:
            codes = ", ".join(sorted({document.currency for document in without}))
            yield Issue(
                without[0].row,
                "rate",
                Severity.WARNING,
                f"{len(without)} documents are in {codes}, the book is in {self._base}, without a rate. They "
                f"are kept but stand in no figure; import them with a rate column, or keep the book in {codes}.",
            )

    def _sign_issues(self) -> Iterator[Issue]:
        sums = np.zeros(len(self._sales.documents), np.int64)
        np.add.at(sums, self._sales.lines.document, self._sales.lines.net)
        odd = [
            document
            for document, net in zip(self._sales.documents, sums.tolist(), strict=True)
            if net > 0 and document.kind in _LOWERING
        ]
        if odd:
            first = odd[0].number or "one without a number"
            yield Issue(
                odd[0].row,
                "amount",
                Severity.WARNING,
                f"{len(odd)} credit notes or refunds (the first is {first}) have positive amounts: expected "
                "negative ones, for they lower the sales. They raise them as the file stands; correct their "
                "signs in the file, or look at them in the accounting program.",
            )


def _compare(sales: StagedSales, digests: dict[str, int]) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    if not digests:
        return np.zeros(len(sales.documents), np.int64)
    found = (digests.get(document.key) for document in sales.documents)
    return np.fromiter(
        (
            _NEW if digest is None else _SAME if digest == document.digest else _CHANGED
            for digest, document in zip(found, sales.documents, strict=True)
        ),
        np.int64,
        len(sales.documents),
    )


def _file_currency(sales: StagedSales, base: str) -> str:
    """Return the one currency of the file; several are named together and their sums belong to none."""
    return "+".join(sorted({document.currency for document in sales.documents})) or base
