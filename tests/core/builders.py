"""Small books for tests, filled by plain inserts: no importer, no guess."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from core.analysis.facts import Facts, load_facts
from core.period import Period, parse_period
from core.store.book import Book, create_book
from core.store.settings import write_setting

Line = tuple[int, int | None]  # net, cost


@dataclass
class BookBuilder:
    """Puts customers, documents, lines, postings, items and pools into a new book."""

    path: Path
    currency: str = "USD"
    book: Book = field(init=False)

    def __post_init__(self) -> None:
        self.book = create_book(self.path)
        # A test's book need not outlive a power cut, and thousands of commits would wait for the disk.
        self.book.connection.execute("PRAGMA synchronous = OFF")
        self.book.connection.execute("PRAGMA journal_mode = MEMORY")
        write_setting(self.book.connection, "currency", self.currency)
        self.add_import("sales.csv")

    def insert(self, table: str, **values: Any) -> int:
        names, marks = ", ".join(values), ", ".join("?" * len(values))
        query = f"INSERT INTO {table} ({names}) VALUES ({marks})"
        return self.book.connection.execute(query, tuple(values.values())).lastrowid or 0

    def add_import(self, file_name: str, *, basis: str = "accrual") -> int:
        self.current = self.insert(
            "imports",
            format="test",
            source_system="test",
            file_name=file_name,
            sha256="",
            size=0,
            imported_at="2026-11-03",
            basis=basis,
            mapping="{}",
            totals="{}",
            row_digest="",
        )
        return self.current

    def customer(self, name: str, **attributes: str) -> int:
        customer = self.insert("customers", name=name, import_id=self.current)
        for attribute, value in attributes.items():
            self.insert(
                "customer_attributes",
                customer_id=customer,
                name=attribute,
                value=value,
                source_system="test",
                as_of="2026-11-03",
                import_id=self.current,
            )
        return customer

    def item(self, code: str, *, category: str = "", costs: Sequence[tuple[str, int]] = ()) -> int:
        item = self.insert("items", code=code, name=code, category=category, import_id=self.current)
        for valid_from, unit_cost in costs:
            self.item_cost(item, valid_from, unit_cost)
        return item

    def item_cost(self, item: int, valid_from: str, unit_cost: int) -> None:
        self.insert(
            "item_costs",
            item_id=item,
            valid_from=valid_from,
            unit_cost_minor=unit_cost,
            import_id=self.current,
        )

    def document(
        self,
        day: str,
        customer: int | None,
        *lines: Line,
        kind: str = "invoice",
        number: str = "",
        rate: str = "",
    ) -> int:
        """A document with lines of (net, own cost); cost None is unknown."""
        count: int = self.book.connection.execute("SELECT count(*) FROM documents").fetchone()[0]
        document = self.insert(
            "documents",
            import_id=self.current,
            source_system="test",
            document_key=f"key {count}",
            kind=kind,
            number=number,
            date=day,
            customer_id=customer,
            currency=self.currency,
            rate=rate,
            channel="",
            digest=0,
        )
        for net, cost in lines:
            self.line(document, net=net, cost=cost)
        return document

    def line(
        self,
        document: int,
        *,
        net: int,
        discount: int = 0,
        cost: int | None = None,
        item: int | None = None,
        quantity: int | None = None,
    ) -> int:
        """A line; quantity in millionths."""
        return self.insert(
            "document_lines",
            document_id=document,
            row=7,
            item_id=item,
            description="",
            quantity_millionths=quantity,
            gross_minor=net + discount,
            discount_minor=discount,
            net_minor=net,
            tax_minor=0,
            cost_minor=cost,
            cost_basis="unknown" if cost is None else "line",
        )

    def account(self, code: str, kind: str, *, name: str = "") -> int:
        return self.insert("accounts", code=code, name=name or code, type=kind, import_id=self.current)

    def posting(
        self,
        day: str,
        account: int,
        amount: int,
        *,
        entry: str = "",
        customer: int | None = None,
        memo: str = "",
    ) -> int:
        """A posting, debit positive."""
        count: int = self.book.connection.execute("SELECT count(*) FROM postings").fetchone()[0]
        return self.insert(
            "postings",
            import_id=self.current,
            row=count + 2,
            date=day,
            account_id=account,
            entry=entry,
            customer_id=customer,
            memo=memo,
            amount_minor=amount,
            row_hash=count,
            occurrence=1,
        )

    def pool(self, name: str, driver: str, *accounts: int) -> int:
        pool = self.insert("cost_pools", name=name, driver=driver, position=0)
        for account in accounts:
            self.insert("cost_pool_accounts", account_id=account, pool_id=pool)
        return pool

    def facts(self, period: str = "2026-10", as_of: str = "") -> Facts:
        chosen: Period = parse_period(period)
        return load_facts(self.book, chosen, date.fromisoformat(as_of) if as_of else chosen.end)
