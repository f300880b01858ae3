"""A book loaded once for one period and one as-of date: what every figure is worked out from."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from core.period import Period

NO_CUSTOMER = -1
NO_ITEM = -1


@dataclass(frozen=True)
class Facts:
    """Frames of whole minor units. Customers, items, accounts and documents are referred to by row position.

    Everything dated after `as_of` is left out of every frame. `documents` and `lines` hold all earlier history, in date
    order; `in_period(facts)` picks the period's part. Only documents that count are here: replaced versions and foreign
    documents without a rate are not (`unrated` counts the latter).
    """

    currency: str
    exponent: int
    period: Period
    as_of: date
    basis: str  # "accrual", "cash" or ""
    customers: pd.DataFrame  # customer_id, name, email, phone, city, region, postcode, country
    attributes: pd.DataFrame  # one row a customer (as in `customers`), one column an attribute, None where not known
    items: pd.DataFrame  # item_id, code, name, category
    documents: pd.DataFrame  # document_id, customer (-1 none), day (datetime64[s]), kind (category), number
    lines: pd.DataFrame  # document, item (-1 none), quantity_millionths, gross, discount, net, cost (int64), cost_known (bool), row
    accounts: pd.DataFrame  # account_id, code, name, type, pool (position in `pools`, -1 none)
    postings: pd.DataFrame  # account, customer (-1 none), day, entry, memo, amount (int64, debit positive), row, import_id
    pools: pd.DataFrame  # pool_id, name, driver
    unrated: int = 0
    merge_same_day: bool = True  # same-day documents of a customer are one order

    @property
    def has_ledger(self) -> bool:
        """Whether any posting was imported."""
        return len(self.postings) > 0
