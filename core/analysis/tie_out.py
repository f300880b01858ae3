"""The proof that documents and ledger agree, with every difference named.

For each month: income in the ledger = sales on customers + sales on no customer + named items, exactly.
Cost of sales and cost pools are compared for the period, and what is incomplete is counted.
"""

from collections.abc import Sequence

import pandas as pd

from core.analysis.allocation import allocate_pools
from core.analysis.facts import Facts, is_kind, span
from core.analysis.sums import Ints, sums
from core.analysis.tie_out_items import Comparison, by_month, compare, in_order, with_reasons
from core.analysis.tie_out_result import (
    NEEDS_A_REASON,
    AcceptedDifference,
    Check,
    ItemKind,
    MonthTie,
    ResidualItem,
    Result,
    TieOut,
    account_label,
)
from core.importing.records import WITH_A_CUSTOMER, AccountType
from core.store import frames
from core.store.book import Book
from core.unit import Unit

__all__ = [
    "AcceptedDifference",
    "Check",
    "ItemKind",
    "MonthTie",
    "ResidualItem",
    "Result",
    "TieOut",
    "accepted_differences",
    "tie_out",
]

INCOME, COST_OF_SALES = "income", "cost_of_sales"


def tie_out(facts: Facts, accepted: Sequence[AcceptedDifference] = ()) -> TieOut:
    """Tie the period's documents to the ledger, month by month."""
    if not facts.has_ledger:
        checks = (_without_ledger(facts), *_completeness(facts))
        return TieOut(facts.period, tied=None, difference_minor=None, checks=checks, months=())
    income = compare(facts, AccountType.INCOME, _document_sums(facts, "net"), sign=-1)
    income = with_reasons(income, INCOME, accepted)
    months = tuple(_months(income))
    return TieOut(
        facts.period,
        tied=all(month.tied for month in months),
        difference_minor=sum(month.difference_minor for month in months),
        checks=(
            *_income_checks(income),
            *_other_income(facts),
            _cost_check(facts, accepted),
            *_pool_checks(facts, accepted),
            *_completeness(facts, income),
        ),
        months=months,
    )


def accepted_differences(book: Book) -> tuple[AcceptedDifference, ...]:
    """Return what has been accepted in a book."""
    return tuple(AcceptedDifference(*row) for row in frames.accepted_differences(book.connection))


def _document_sums(facts: Facts, column: str) -> Ints:
    return sums(facts.lines[column].to_numpy(), facts.lines["document"].to_numpy(), len(facts.documents))


def _without_ledger(facts: Facts) -> Check:
    net = int(facts.lines["net"].iloc[span(facts, facts.period).lines].sum())
    return Check(INCOME, "Income", "Income", None, net, None, Result.NOT_TIED, "No ledger imported")


def _months(income: Comparison) -> list[MonthTie]:
    documents, items = income.documents, income.items
    on_customer = documents["customer"] >= 0
    of_kind = {kind: by_month(income, items[items["kind"] == kind]) for kind in ItemKind}
    reasoned = items[items["kind"].isin(NEEDS_A_REASON)]
    columns = zip(
        income.months,
        by_month(income, income.postings),
        by_month(income, documents[on_customer]),
        by_month(income, documents[~on_customer]),
        of_kind[ItemKind.LEDGER_ON_CUSTOMER],
        of_kind[ItemKind.LEDGER_ON_NOBODY],
        map(sum, zip(of_kind[ItemKind.CUT_OFF_OUT], of_kind[ItemKind.CUT_OFF_IN], strict=True)),
        of_kind[ItemKind.AMOUNT],
        of_kind[ItemKind.DOCUMENTS_ONLY],
        by_month(income, reasoned[reasoned["reason"] != ""]),
        by_month(income, reasoned[reasoned["reason"] == ""].assign(amount=1)),
        strict=True,
    )
    return [MonthTie(*column) for column in columns]


def _income_checks(income: Comparison) -> list[Check]:
    facts, items = income.facts, in_order(income.in_period(income.items))
    postings = income.in_period(income.postings)
    every = income.residual_items(items)
    of_account: dict[int, list[ResidualItem]] = {}
    for account, item in zip(items["account"].tolist(), every, strict=True):
        of_account.setdefault(account, []).append(item)
    checks = [_explained(INCOME, "Income", "All income", ledger=int(postings["amount"].sum()), items=every)]
    for account in sorted((set(postings["account"].tolist()) | set(of_account)) - {-1}):
        row = facts.accounts.iloc[account]
        ledger = int(postings.loc[postings["account"] == account, "amount"].sum())
        key, label = f"{INCOME}:{row['code']}", account_label(row["code"], row["name"])
        own = tuple(of_account.get(account, ()))
        checks.append(_explained(key, "Income", label, ledger=ledger, items=own))
    if -1 in of_account:
        label, only = "Documents that the ledger does not have", tuple(of_account[-1])
        checks.append(_explained(f"{INCOME}:documents", "Income", label, ledger=0, items=only))
    return checks


def _other_income(facts: Facts) -> list[Check]:
    """Income that is no sale: shown, and no part of the tie-out."""
    other = compare(facts, AccountType.OTHER_INCOME, _document_sums(facts, "net") * 0, sign=-1)
    postings = other.in_period(other.postings)
    if not len(postings):
        return []
    ledger = int(postings["amount"].sum())
    note = "No sales: not part of the analysis"
    return [Check("other_income", "Income", "Other income", ledger, None, None, Result.AGREES, note)]


def _explained(key: str, group: str, label: str, *, ledger: int, items: tuple[ResidualItem, ...]) -> Check:
    """A check whose difference is the sum of its items."""
    difference = sum(item.amount_minor for item in items)
    pending = [item for item in items if not item.reason]
    if any(item.is_open for item in pending):
        result = Result.NOT_TIED if group == "Income" else Result.REVIEW
    else:
        result = Result.REVIEW if sum(item.amount_minor for item in pending) else Result.AGREES
    reasons = dict.fromkeys(item.reason for item in items if item.reason)
    note = "; ".join([*_note(pending), *reasons])
    return Check(key, group, label, ledger, ledger - difference, difference, result, note, items)


def _note(items: list[ResidualItem]) -> list[str]:
    """How many items of which kind, in the order of the kinds."""
    found = {kind: sum(item.kind is kind for item in items) for kind in ItemKind}
    return [f"{count} {kind.value}" for kind, count in found.items() if count]


def _in_period(accepted: AcceptedDifference, facts: Facts) -> bool:
    first, last = (day.isoformat()[:7] for day in (facts.period.start, facts.period.end))
    return first <= accepted.period <= last


def _cost_check(facts: Facts, accepted: Sequence[AcceptedDifference]) -> Check:
    costs = compare(facts, AccountType.COST_OF_SALES, _document_sums(facts, "cost"), sign=1)
    costs = with_reasons(costs, COST_OF_SALES, accepted)
    label = "Cost of sales"
    known = bool((facts.lines["cost_known"] & (facts.lines["gross"] != 0)).any())
    book = int(costs.in_period(costs.documents)["amount"].sum()) if known else None
    if not len(costs.postings):
        note = "The ledger has no cost of sales"
        result = Result.REVIEW if known else Result.AGREES
        return Check(COST_OF_SALES, "Costs", label, None, book, None, result, note)
    ledger = int(costs.in_period(costs.postings)["amount"].sum())
    if not known:
        note = "No cost of an item or a line is known"
        return Check(COST_OF_SALES, "Costs", label, ledger, None, None, Result.REVIEW, note)
    items = costs.residual_items(in_order(_gathered(costs.in_period(costs.items))))
    return _explained(COST_OF_SALES, "Costs", label, ledger=ledger, items=items)


def _gathered(items: pd.DataFrame) -> pd.DataFrame:
    """One row a month for costs that differ document by document: items are costed, ledgers are posted."""
    many = items["kind"].isin(NEEDS_A_REASON)
    groups = items[many].groupby(["bucket", "kind", "reason"], as_index=False, sort=True)
    memo = {
        ItemKind.AMOUNT: "documents with another cost in the ledger than from their lines",
        ItemKind.DOCUMENTS_ONLY: "documents whose cost the ledger does not post with them",
    }
    rows = groups.agg(day=("day", "max"), amount=("amount", "sum"), count=("day", "size"))
    gathered = rows.assign(
        memo=[f"{count} {memo[kind]}" for count, kind in zip(rows["count"], rows["kind"], strict=True)],
        number="",
        customer=-1,
        account=-1,
        import_id=0,
        row=0,
    )
    parts = [part for part in (items[~many], gathered[items.columns]) if len(part)]
    return pd.concat(parts, ignore_index=True) if parts else items


def _pool_checks(facts: Facts, accepted: Sequence[AcceptedDifference]) -> list[Check]:
    checks = []
    for pool in allocate_pools(facts).pools:
        left = pool.unassigned_minor
        key = f"pool:{pool.name}"
        taken = [one for one in accepted if one.check_key == key and _in_period(one, facts)]
        agrees = left == 0 or sum(one.amount_minor for one in taken) == left
        by = "equally" if pool.driver == "equal" else f"by {pool.driver}"
        note = f"Shared out {by}" if not left else "Stays unassigned: no customer has the driver"
        result = Result.AGREES if agrees else Result.REVIEW
        checks.append(Check(key, "Costs", pool.name, pool.ledger_minor, pool.given_minor, left, result, note))
    return checks


def _completeness(facts: Facts, income: Comparison | None = None) -> list[Check]:
    part = span(facts, facts.period).documents
    customer = facts.documents["customer"].to_numpy()[part]
    meant = is_kind(facts.documents, WITH_A_CUSTOMER)[part]
    without, others = int((meant & (customer < 0)).sum()), int((~meant & (customer < 0)).sum())
    note = f"{others} sales receipts and others on no customer" if others else ""
    label = "Every invoice and credit note has one customer"
    checks = [_counted("customers", label, int(meant.sum()), missing=without, note=note)]
    if facts.unrated:
        every = len(facts.documents) + facts.unrated
        note = "Foreign documents without a rate are in no figure"
        checks.append(
            _counted("rates", "Every foreign document has a rate", every, missing=facts.unrated, note=note)
        )
    untyped = facts.accounts["type"] == AccountType.UNKNOWN.value
    if facts.has_ledger:
        label = "Every account has a type"
        checks.append(_counted("accounts", label, len(untyped), missing=int(untyped.sum()), note=""))
    return [*checks, *_months_on_both_sides(income)] if income else checks


def _months_on_both_sides(income: Comparison) -> list[Check]:
    """Months that only the ledger or only the documents know: most likely an export is missing."""
    inside = set(income.buckets.tolist())
    earning = set(income.postings.loc[income.postings["amount"] != 0, "bucket"]) & inside
    selling = set(income.documents.loc[income.documents["amount"] != 0, "bucket"]) & inside
    lonely, unposted = len(earning - selling), len(selling - earning)
    return [
        _counted("months", "Every month with income has documents", len(earning), missing=lonely, note=""),
        _counted(
            "ledger_months", "Every month with documents has income", len(selling), missing=unposted, note=""
        ),
    ]


def _counted(key: str, label: str, expected: int, *, missing: int, note: str) -> Check:
    result = Result.REVIEW if missing else Result.AGREES
    found = expected - missing
    return Check(key, "Completeness", label, expected, found, missing, result, note, unit=Unit.COUNT)
