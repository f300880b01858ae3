"""Postings of a file, compared with the book's and written to it."""

from collections import Counter
from collections.abc import Iterator

from core.importing.importer import Parsing
from core.importing.intake import PreviewRow, RowStatus
from core.importing.issue import Issue, Severity
from core.importing.ledger_stage import StagedPosting, staged_postings
from core.importing.matching import key_namespace
from core.importing.records import AccountType, Posting
from core.importing.totals import ControlTotals
from core.money import exponent_of, plain
from core.progress import Progress
from core.store.connection import Connection
from core.store.customers import match_customers, write_customers
from core.store.ledger import existing_rows, write_accounts, write_postings


class LedgerIntake:
    """The postings of one file; a row that is in the book already is passed over."""

    def __init__(self, connection: Connection, parsing: Parsing, currency: str, progress: Progress) -> None:
        """Read all postings and compare them with the book's."""
        postings: list[Posting] = []
        for batch in parsing.batches:
            postings += [record for record in batch if isinstance(record, Posting)]
            progress.advance(len(postings))
        self._namespace = key_namespace(parsing.source_system)
        self._currency = currency
        foreign = [one for one in postings if one.currency not in ("", currency)]
        staged = staged_postings(one for one in postings if one.currency in ("", currency))
        there = existing_rows(connection)
        self._there = [(one.row_hash, one.occurrence) in there for one in staged]
        self._staged = staged
        self._new = [one for one, known in zip(staged, self._there, strict=True) if not known]
        self.whole = _totals(staged, currency, rejected=len(foreign))
        duplicates = len(staged) - len(self._new)
        self.added = _totals(self._new, currency, duplicates=duplicates, rejected=len(foreign))
        self.issues = [
            *_foreign_issues(foreign, currency),
            *_balance_issues(staged, currency),
            *_type_issues(postings),
        ]

    def statuses(self) -> Counter[RowStatus]:
        """Count the postings by what happens to them."""
        return Counter(RowStatus.SAME if known else RowStatus.NEW for known in self._there)

    def rows(self) -> Iterator[PreviewRow]:
        """Yield the postings in the order of the file."""
        exponent = exponent_of(self._currency)
        for one, known in zip(self._staged, self._there, strict=True):
            line = one.posting
            status = RowStatus.SAME if known else RowStatus.NEW
            account = " ".join(dict.fromkeys((line.account, line.account_name)))
            amount = plain(line.amount_minor, exponent)
            yield PreviewRow(line.row, line.date, line.entry, line.customer, account, amount, status)

    def write(self, connection: Connection, import_id: int) -> None:
        """Write the new postings with their accounts and customers."""
        named = sorted({one.posting.customer for one in self._new} - {""})
        matches = match_customers(connection, self._namespace, [(name, name) for name in named])
        customers = write_customers(connection, self._namespace, matches, import_id)
        accounts = write_accounts(connection, [one.posting for one in self._new], import_id)
        write_postings(connection, self._new, accounts=accounts, customers=customers, import_id=import_id)


def _totals(
    staged: list[StagedPosting], currency: str, *, rejected: int, duplicates: int = 0
) -> ControlTotals:
    amounts = [one.posting.amount_minor for one in staged]
    days = [one.posting.date for one in staged]
    return ControlTotals(
        postings=len(staged),
        customers=len({one.posting.customer for one in staged} - {""}),
        duplicates=duplicates,
        rejected=rejected,
        debit_total=sum(amount for amount in amounts if amount > 0),
        credit_total=-sum(amount for amount in amounts if amount < 0),
        currency=currency,
        first_date=min(days, default=""),
        last_date=max(days, default=""),
    )


def _foreign_issues(foreign: list[Posting], currency: str) -> Iterator[Issue]:
    for one in foreign:
        text = (
            f"Row {one.row}: expected an amount in {currency}, the book's currency, found one in {one.currency}. "
            "It is not posted; export the ledger in the book's currency and import it again."
        )
        yield Issue(one.row, "currency", Severity.ERROR, text)


def _balance_issues(staged: list[StagedPosting], currency: str) -> Iterator[Issue]:
    difference = sum(one.posting.amount_minor for one in staged)
    if difference:
        amount = plain(difference, exponent_of(currency))
        text = (
            f"Debits and credits differ by {amount}. It may hold only some accounts; compare it with the P&L."
        )
        yield Issue(0, "file", Severity.WARNING, text)


def _type_issues(postings: list[Posting]) -> Iterator[Issue]:
    unknown = sorted({one.account for one in postings if one.account_type == AccountType.UNKNOWN})
    if unknown:
        names = ", ".join(unknown[:5]) + (" ..." if len(unknown) > 5 else "")
        text = (
            f"{len(unknown)} accounts have no type ({names}). Set them (Account types… in Reconciliation, or "
            "`quintile accounts`): income cannot be tied out before."
        )
        yield Issue(0, "account type", Severity.WARNING, text)
