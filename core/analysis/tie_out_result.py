"""What a tie-out says: checks, months, and the rows behind each difference."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.period import Period
from core.unit import Unit


class ItemKind(StrEnum):
    """Why a row stands in the ledger or in the documents only, or with another amount or month."""

    LEDGER_ON_CUSTOMER = "in the ledger only, on a customer"
    LEDGER_ON_NOBODY = "in the ledger only, on no customer"
    CUT_OFF_OUT = "in the ledger in another month"
    CUT_OFF_IN = "document of another month"
    AMOUNT = "another amount in the ledger"
    DOCUMENTS_ONLY = "in the documents only"


# Sales that the ledger does not know, or knows otherwise, need a person's reason: a name proves nothing.
NEEDS_A_REASON = frozenset({ItemKind.AMOUNT, ItemKind.DOCUMENTS_ONLY})


class Result(StrEnum):
    """What a check found."""

    AGREES = "agrees"
    REVIEW = "review"  # every cent of the difference has a name; somebody should look at it
    NOT_TIED = "not tied"


@dataclass(frozen=True)
class ResidualItem:
    """One row behind a difference; `amount_minor` is ledger less documents."""

    kind: ItemKind
    day: date
    entry: str  # entry of the ledger, or document number
    customer: str  # name, "" for none
    memo: str
    amount_minor: int
    account: str  # code and name; "" where only the documents know it
    file: str
    row: int  # row of the file, 0 where the item stands for several
    reason: str = ""  # with which somebody accepted it

    @property
    def is_open(self) -> bool:
        """Whether it leaves the month untied until somebody accepts it."""
        return self.kind in NEEDS_A_REASON and not self.reason


@dataclass(frozen=True)
class Check:
    """One comparison of ledger and book. Amounts in minor units, or counts where `unit` says so."""

    key: str
    group: str
    label: str
    ledger_minor: int | None
    quintile_minor: int | None
    difference_minor: int | None  # ledger less Quintile
    result: Result
    note: str = ""
    items: tuple[ResidualItem, ...] = ()
    unit: Unit = Unit.MONEY


@dataclass(frozen=True)
class MonthTie:
    """Income of one month (or of the part of it that lies in the period).

    ledger = on_customers + on_no_customer + named_items, exactly.
    """

    month: Period
    ledger_minor: int
    on_customers_minor: int
    on_no_customer_minor: int
    ledger_only_on_customers_minor: int
    ledger_only_on_nobody_minor: int
    cut_off_minor: int
    other_amounts_minor: int
    documents_only_minor: int  # zero or against the documents' sign
    accepted_minor: int  # of the two before, what somebody accepted with a reason
    open_items: int  # items that need a reason and have none

    @property
    def named_items_minor(self) -> int:
        """Everything that stands between the sales documents and the ledger."""
        return (
            self.ledger_only_on_customers_minor
            + self.ledger_only_on_nobody_minor
            + self.cut_off_minor
            + self.other_amounts_minor
            + self.documents_only_minor
        )

    @property
    def difference_minor(self) -> int:
        """What nobody has explained."""
        return self.other_amounts_minor + self.documents_only_minor - self.accepted_minor

    @property
    def tied(self) -> bool:
        """Whether nothing is left to explain, not even items that cancel each other."""
        return self.difference_minor == 0 and self.open_items == 0


def account_label(code: str, name: str) -> str:
    """Code and name of an account, once where they are the same."""
    return code if code == name else f"{code} {name}"


@dataclass(frozen=True)
class TieOut:
    """The tie-out of a period."""

    period: Period
    tied: bool | None  # None: no ledger imported
    difference_minor: int | None  # what nobody has explained, over all months
    checks: tuple[Check, ...]
    months: tuple[MonthTie, ...]

    @property
    def sentence(self) -> str:
        """The state in words, as every page and report shows it."""
        if self.tied is None:
            return "Not tied: no ledger imported"
        review = sum(check.result is not Result.AGREES for check in self.checks)
        agree = f"{len(self.checks) - review} of {len(self.checks)} checks agree"
        state = "Tied to the ledger" if self.tied else "Not tied to the ledger"
        return f"{state}: {agree}" + (f", {review} to review" if review else "")


@dataclass(frozen=True)
class AcceptedDifference:
    """A difference of a check in a month that somebody accepted with a reason.

    It holds as long as the difference is the same: when an import changes it, it is open again.
    """

    check_key: str
    period: str  # a month such as 2026-10
    amount_minor: int  # the difference, or the part of it that needs a reason
    reason: str
    author: str
