"""Sales lines gathered into documents, column by column, before anything is written."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from zlib import crc32

import numpy as np

from core.importing.columns import (
    NONE,
    UNKNOWN,
    Integers,
    Memo,
    Numbered,
    integers,
    millionths,
    mixed,
    text_hash,
)
from core.importing.issue import Issue, Severity
from core.importing.records import DocumentKind, SalesLine
from core.importing.repeats import Header, repeated_lines

_REUSED_AFTER_DAYS = 180  # a number that comes back this much later is another document
_CREDIT, _INVOICE = DocumentKind.CREDIT.value, DocumentKind.INVOICE.value
_FIGURES = ("gross", "discount", "net", "tax", "cost")
_COLUMNS = ("document", "row", "item", "quantity", *_FIGURES, "residue", "hashed")


@dataclass(frozen=True, slots=True)
class StagedDocument:
    """A document as it will be written."""

    key: str
    kind: str
    number: str
    date: str
    customer: int  # number in StagedSales.customers, NONE without
    currency: str
    rate: str
    channel: str
    digest: int
    row: int  # where it begins in the file


@dataclass(frozen=True)
class StagedLines:
    """One entry a line: whole numbers, minor units as written, UNKNOWN where unknown."""

    document: Integers
    row: Integers
    item: Integers
    quantity: Integers
    gross: Integers
    discount: Integers
    net: Integers
    tax: Integers
    cost: Integers
    residue: Integers
    description: list[str]

    def __len__(self) -> int:
        """Return how many lines there are."""
        return len(self.row)


@dataclass(frozen=True)
class StagedSales:
    """All sales of one file."""

    documents: list[StagedDocument]
    lines: StagedLines
    customers: list[tuple[str, str]]  # key, name
    items: list[tuple[str, str, str]]  # key, name ("" where the file has none), category


class SalesStage:
    """Takes batches of sales lines and makes documents of them."""

    def __init__(self, base_currency: str) -> None:
        """Begin with nothing."""
        self.issues: list[Issue] = []
        self.repeats: list[tuple[int, int]] = []  # lines that say all that an earlier one says: line, earlier
        self._base = base_currency
        self._headers: Numbered[Header] = Numbered()
        self._first_rows: list[int] = []  # of each header, where it begins in the file
        self._customers: Numbered[str] = Numbered()
        self._customer_names: dict[str, str] = {}
        self._items: Numbered[str] = Numbered()
        self._item_texts: dict[str, tuple[str, str]] = {}
        self._item_hash = Memo(text_hash)
        self._quantity = Memo(millionths)
        self._parts: dict[str, list[Integers]] = {name: [] for name in _COLUMNS}
        self._descriptions: list[str] = []

    def add(self, batch: Sequence[SalesLine]) -> None:
        """Take some lines, in file order."""
        if not batch:
            return
        count = len(batch)
        column = dict(zip(SalesLine._fields, zip(*batch, strict=True), strict=True))
        own_rows = self._own_rows(column["number"], column["row"])
        currencies = (
            [text or self._base for text in column["currency"]]
            if any(column["currency"])
            else [self._base] * count
        )
        header = map(
            self._headers.__getitem__,
            zip(
                column["kind"], column["number"], column["date"], column["customer"], currencies, column["rate"],
                column["channel"], own_rows, strict=True,
            ),
        )  # fmt: skip
        known = len(self._first_rows)
        document = integers(header, count)
        rows = integers(column["row"], count)
        self._note_first_rows(document, rows, known)
        self._customer_names.update(zip(column["customer"], column["customer_name"], strict=True))
        item = self._number_items(column["item"], column["item_name"], column["category"], count)
        description = self._own_descriptions(column["description"], column["item_name"], column["item"])
        quantity = integers(map(self._quantity.__getitem__, column["quantity"]), count)
        figures = [self._figure(column[f"{name}_minor"], count) for name in _FIGURES]
        hashed = mixed(
            [
                integers(map(self._item_hash.__getitem__, column["item"]), count),
                integers((crc32(text.encode()) if text else 0 for text in description), count),
                quantity,
                *figures,
            ],
            count,
        )
        residue = integers(column["residue"], count)
        parts = (document, rows, item, quantity, *figures, residue, hashed)
        for name, part in zip(_COLUMNS, parts, strict=True):
            self._parts[name].append(part)
        self._descriptions.extend(description)

    @property
    def line_count(self) -> int:
        """How many lines were taken so far."""
        return len(self._descriptions)

    def finish(self) -> StagedSales:
        """Return the documents with their lines."""
        # Column by column, so that a million lines are never held twice.
        named = {name: _joined(self._parts.pop(name)) for name in _COLUMNS}
        header_of_line, hashed = named.pop("document"), named.pop("hashed")
        headers = list(self._headers)
        self._headers.clear()
        self.repeats = repeated_lines(headers, header_of_line, hashed)
        kinds = self._kinds(headers, header_of_line, named["net"])
        documents, document_of_header = self._documents(headers, kinds, header_of_line, hashed)
        lines = StagedLines(document_of_header[header_of_line], **named, description=self._descriptions)
        keys = sorted(self._customers, key=self._customers.__getitem__)
        items = sorted(self._items, key=self._items.__getitem__)
        return StagedSales(
            documents,
            lines,
            [(key, self._customer_names.get(key) or key) for key in keys],
            [(key, *self._item_texts[key]) for key in items],
        )

    @staticmethod
    def _own_rows(numbers: Sequence[str], rows: Sequence[int]) -> Sequence[int]:
        # Without a number every row is a document of its own.
        if all(numbers):
            return [0] * len(numbers)
        return [0 if number else row for number, row in zip(numbers, rows, strict=True)]

    def _note_first_rows(self, document: Integers, rows: Integers, known: int) -> None:
        if len(self._headers) > known:
            seen, position = np.unique(document, return_index=True)
            self._first_rows.extend(rows[position[seen >= known]].tolist())

    def _number_items(
        self, codes: Sequence[str], names: Sequence[str], categories: Sequence[str], count: int
    ) -> Integers:
        new = set(codes).difference(self._items, ("",))
        if new:
            for code, name, category in zip(codes, names, categories, strict=True):
                if code in new:
                    self._item_texts.setdefault(code, (name, category))
        numbers = self._items
        return integers((numbers[code] if code else NONE for code in codes), count)

    @staticmethod
    def _own_descriptions(texts: Sequence[str], names: Sequence[str], codes: Sequence[str]) -> list[str]:
        # The item's name need not be stored a million times.
        return [
            "" if text in (name, code) else text for text, name, code in zip(texts, names, codes, strict=True)
        ]

    @staticmethod
    def _figure(values: Sequence[int | None], count: int) -> Integers:
        if None in values:
            return integers((UNKNOWN if value is None else value for value in values), count)
        return integers(values, count)  # type: ignore[arg-type]  # no None is among them

    def _kinds(self, headers: list[Header], header_of_line: Integers, net: Integers) -> list[str]:
        """Return each header's kind; where the file does not say, the document's sum decides."""
        totals = np.zeros(len(headers), np.int64)
        np.add.at(totals, header_of_line, net)
        sums: dict[str, int] = {}
        for header, total in zip(headers, totals.tolist(), strict=True):
            if not header[0] and header[1]:
                sums[header[1]] = sums.get(header[1], 0) + total
        return [
            header[0] or (_CREDIT if sums.get(header[1], total) < 0 else _INVOICE)
            for header, total in zip(headers, totals.tolist(), strict=True)
        ]

    def _documents(
        self, headers: list[Header], kinds: list[str], header_of_line: Integers, hashed: Integers
    ) -> tuple[list[StagedDocument], Integers]:
        sums = np.zeros(len(kinds), np.int64)
        np.add.at(sums, header_of_line, hashed)
        digests: list[int] = sums.tolist()
        document_of_header = np.zeros(len(kinds), np.int64)
        occurrences: dict[str, int] = defaultdict(int)
        documents: list[StagedDocument] = []
        for key, members in _grouped(headers, kinds):
            first = members[0]
            digest = digests[first] if len(members) == 1 else sum(digests[number] for number in members)
            for number in members:
                document_of_header[number] = len(documents)
            if len(members) > 1:
                self._warn_of_dates([headers[number] for number in members], self._first_rows[first])
            documents.append(self._document(key, kinds[first], first, headers[first], digest, occurrences))
        return documents, document_of_header

    def _document(
        self, key: str, kind: str, first: int, header: Header, digest: int, occurrences: dict[str, int]
    ) -> StagedDocument:
        _, number, day, customer, currency, rate, channel, own_row = header
        if own_row:
            canonical = f"row:{text_hash(kind, day, customer, currency, str(digest)):016x}"
            occurrences[canonical] += 1
            key = f"{canonical}:{occurrences[canonical]}"
        customer_number = self._customers[customer] if customer else NONE
        digest += crc32("\x1f".join(header[2:7]).encode(), crc32(kind.encode()))
        row = self._first_rows[first]
        return StagedDocument(key, kind, number, day, customer_number, currency, rate, channel, digest, row)

    def _warn_of_dates(self, members: list[Header], row: int) -> None:
        days = sorted({header[2] for header in members})
        if len(days) > 1:
            text = f"Document {members[0][1]} has lines of several dates ({', '.join(days)}); {members[0][2]} is taken."
            self.issues.append(Issue(row, "date", Severity.WARNING, text))


def _joined(parts: list[Integers]) -> Integers:
    return np.concatenate(parts) if parts else np.zeros(0, np.int64)


def _grouped(headers: list[Header], kinds: list[str]) -> Iterator[tuple[str, Sequence[int]]]:
    """Put headers of one document together; a key says only as much as is needed to tell documents apart."""
    first: dict[str, int] = {}
    shared: dict[str, list[int]] = {}
    for index, (header, kind) in enumerate(zip(headers, kinds, strict=True)):
        key = f"row {header[7]}" if header[7] else f"{kind}:{header[1]}"
        earlier = first.setdefault(key, index)
        if earlier != index:
            shared.setdefault(key, [earlier]).append(index)
    for key, index in first.items():
        if key in shared:
            for suffix, part in _told_apart(headers, shared[key]):
                yield f"{key}{suffix}", part
        else:
            yield key, (index,)


def _told_apart(headers: list[Header], members: list[int]) -> Iterator[tuple[str, list[int]]]:
    """Split headers that share a number by customer and currency, then by year where it was used again."""
    customers = {headers[index][3] for index in members}
    currencies = {headers[index][4] for index in members}
    for customer, currency in sorted({headers[index][3:5] for index in members}):
        mine = [index for index in members if headers[index][3:5] == (customer, currency)]
        name = f":{customer}" if len(customers) > 1 else ""
        name += f":{currency}" if len(currencies) > 1 else ""
        days = sorted(date.fromisoformat(headers[index][2]) for index in mine)
        if (days[-1] - days[0]).days <= _REUSED_AFTER_DAYS:
            yield name, mine
            continue
        for year in sorted({headers[index][2][:4] for index in mine}):
            yield f"{name}:{year}", [index for index in mine if headers[index][2][:4] == year]
