"""The canonical import model: what every importer yields.

Records are named tuples: a million of them are made in one import. Signs are revenue-positive: a credit note's
lines are negative. Amounts are minor units of the record's currency; a posting is debit-positive.
"""

from enum import StrEnum
from typing import NamedTuple


class DocumentKind(StrEnum):
    """What a document is in the trade."""

    INVOICE = "invoice"
    RECEIPT = "sales receipt"
    CREDIT = "credit note"
    REFUND = "refund"
    JOURNAL = "journal"


WITH_A_CUSTOMER = (DocumentKind.INVOICE, DocumentKind.CREDIT)  # a till's receipts need none


class CostBasis(StrEnum):
    """Where a line's cost comes from."""

    LINE = "line"  # the export's own cost
    ITEM = "item"  # the item's cost on the day of sale
    UNKNOWN = "unknown"


class AccountType(StrEnum):
    """What an account of the ledger holds."""

    INCOME = "income"
    COST_OF_SALES = "cost of sales"
    EXPENSE = "expense"
    OTHER_INCOME = "other income"
    OTHER_EXPENSE = "other expense"
    ASSET = "asset"
    LIABILITY = "liability"
    EQUITY = "equity"
    UNKNOWN = "unknown"


class SalesLine(NamedTuple):
    """One line of a document; lines that share kind and number are one document."""

    row: int  # row of the file, from 1
    kind: str  # a DocumentKind
    number: str  # document number as written; "" where the export has none
    date: str  # ISO
    customer: str  # the key that the source knows the customer by; "" for none
    customer_name: str  # "" where the key is the name
    item: str  # item code, or name where there is no code; "" for none
    item_name: str  # "" where only a code is known: its lines' descriptions name it
    category: str
    description: str
    quantity: str  # plain decimal as written, "" unknown
    gross_minor: int  # before discount, without tax
    discount_minor: int  # positive lowers the sale
    net_minor: int  # gross - discount, without tax
    tax_minor: int
    cost_minor: int | None  # None: unknown
    currency: str  # "" = the book's
    rate: str  # base units for one unit of currency as plain decimal; "" = none
    channel: str
    residue: int  # what rounding changed, stored - written, in 1/10000 of a minor unit (0 where exact)


class Posting(NamedTuple):
    """One line of a journal entry."""

    row: int
    date: str
    account: str  # code, or name where there is none
    account_name: str
    account_type: str  # an AccountType
    entry: str
    customer: str
    memo: str
    amount_minor: int  # debit positive
    currency: str


class ItemCost(NamedTuple):
    """An item of the item list, with what it costs from a day on."""

    row: int
    code: str
    name: str
    category: str
    unit_cost_minor: int | None
    valid_from: str  # ISO, "" = always


class CustomerRecord(NamedTuple):
    """A customer of a customer list; attributes are (name, value) pairs."""

    row: int
    key: str
    name: str
    email: str
    phone: str
    city: str
    region: str
    postcode: str
    country: str
    attributes: tuple[tuple[str, str], ...]


Record = SalesLine | Posting | ItemCost | CustomerRecord
