"""The contract of an importer: recognise a source, then yield its records and issues."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from core.importing.issue import Issue, Question
from core.importing.records import Record
from core.importing.source import Source


@dataclass(frozen=True)
class Recognition:
    """How sure an importer is that a file is its own, and why."""

    confidence: float  # 0 no, 1 certain
    reasons: tuple[str, ...] = ()
    refusal: str = ""  # known, but not sales (a purchases export ...): the sentence for the user


@dataclass(frozen=True)
class ColumnMapping:
    """Which column holds what, and how the file writes dates and numbers."""

    columns: Mapping[str, str] = field(default_factory=dict)  # field -> column label
    options: Mapping[str, str] = field(
        default_factory=dict
    )  # "date_order": "dmy", "number_format": "1,234.5" ...


@dataclass(frozen=True)
class StatedTotal:
    """A total that the file itself states."""

    row: int
    label: str
    minor: int
    computed_minor: int


@dataclass
class Parsing:
    """One run of an importer over one source; filled while its batches are consumed."""

    source_system: str  # whose document numbers these are: "quickbooks_online", "xero", "invoice_lines" ...
    batches: Iterable[list[Record]] = ()  # consumed once; issues and totals are complete afterwards
    issues: list[Issue] = field(default_factory=list)
    stated_totals: list[StatedTotal] = field(default_factory=list)  # the file's grand total is the last
    left_out: dict[str, int] = field(default_factory=dict)  # "void": 3, "draft": 1, "group heading": 20 ...
    rejected_rows: list[tuple[int, list[str]]] = field(default_factory=list)  # as they stood in the file
    header: list[str] = field(default_factory=list)
    basis: str = ""  # "accrual", "cash" where the file says so


class Importer(Protocol):
    """One format on the shelf."""

    key: str  # "xero_invoices"
    label: str  # "Xero: sales invoices"
    yields: str  # "sales", "ledger", "items" or "customers"

    def recognise(self, source: Source) -> Recognition:
        """Say from content and columns, never from the file's name, whether this is mine."""

    def questions(self, source: Source, mapping: ColumnMapping) -> list[Question]:
        """Return what the file does not prove and the mapping does not answer."""

    def parse(self, source: Source, mapping: ColumnMapping, currency: str) -> Parsing:
        """Begin to read the records; amounts are minor units of each record's currency (default: the book's)."""
