"""Facts put together in memory, for tests of many small books."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from core.analysis.facts import Facts
from core.period import EVERYTHING, Period
from core.store.frames import KINDS


@dataclass(frozen=True)
class Sale:
    """A document with one line."""

    day: date
    customer: int  # -1 none
    net: int
    kind: str = "invoice"
    item: int = -1
    discount: int = 0
    cost: int | None = None


def made_facts(
    sales: Sequence[Sale],
    *,
    as_of: date,
    customers: int,
    categories: Sequence[str] = (),
    period: Period = EVERYTHING,
    merge_same_day: bool = True,
) -> Facts:
    """Facts of these sales, with an item for each category."""
    rows = sorted((sale for sale in sales if sale.day <= as_of), key=lambda sale: sale.day)
    kinds = [kind.value for kind in KINDS]
    count = len(rows)
    documents = pd.DataFrame(
        {
            "document_id": np.arange(1, count + 1),
            "customer": np.array([sale.customer for sale in rows], dtype=np.int64),
            "day": np.array([sale.day for sale in rows], dtype="datetime64[s]"),
            "kind": pd.Categorical([sale.kind for sale in rows], categories=kinds),
            "number": pd.Series([""] * count, dtype=object),
            "import_id": np.ones(count, dtype=np.int64),
        }
    )
    lines = pd.DataFrame(
        {
            "document": np.arange(count),
            "item": np.array([sale.item for sale in rows], dtype=np.int64),
            "quantity_millionths": pd.array([pd.NA] * count, dtype="Int64"),
            "gross": np.array([sale.net + sale.discount for sale in rows], dtype=np.int64),
            "discount": np.array([sale.discount for sale in rows], dtype=np.int64),
            "net": np.array([sale.net for sale in rows], dtype=np.int64),
            "cost": np.array([sale.cost or 0 for sale in rows], dtype=np.int64),
            "cost_known": np.array([sale.cost is not None for sale in rows], dtype=np.bool_),
            "row": np.arange(count),
        }
    )
    names = [f"Customer {number:05d}" for number in range(customers)]
    items = [f"Item {number}" for number in range(len(categories))]
    return Facts(
        currency="USD",
        exponent=2,
        period=period,
        as_of=as_of,
        basis="accrual",
        customers=pd.DataFrame(
            {"customer_id": np.arange(1, customers + 1), "name": pd.Series(names, dtype=object)}
        ),
        attributes=pd.DataFrame(index=range(customers)),
        items=pd.DataFrame(
            {
                "item_id": np.arange(1, len(items) + 1),
                "code": pd.Series(items, dtype=object),
                "name": pd.Series(items, dtype=object),
                "category": pd.Series(list(categories), dtype=object),
            }
        ),
        documents=documents,
        lines=lines,
        accounts=_empty("account_id", "code", "name", "type", "pool"),
        postings=_empty("account", "customer", "day", "entry", "memo", "amount", "row", "import_id"),
        pools=_empty("pool_id", "name", "driver"),
        merge_same_day=merge_same_day,
    )


def _empty(*names: str) -> pd.DataFrame:
    frame = pd.DataFrame({name: np.zeros(0, dtype=np.int64) for name in names})
    return frame.astype({"day": "datetime64[s]"}) if "day" in names else frame


FIRST, LAST = date(2024, 1, 1), date(2026, 6, 30)
CUSTOMERS = 6
CATEGORIES = ("Coffee", "Tea", "", "Coffee")

a_sale = st.builds(
    Sale,
    day=st.dates(FIRST, LAST),
    customer=st.integers(-1, CUSTOMERS - 1),
    net=st.integers(1, 10_000),
    kind=st.sampled_from(["invoice", "invoice", "sales receipt"]),
    item=st.integers(-1, len(CATEGORIES) - 1),
    discount=st.integers(0, 50),
    cost=st.none() | st.integers(0, 5_000),
)
a_credit = st.builds(
    Sale,
    day=st.dates(FIRST, LAST),
    customer=st.integers(-1, CUSTOMERS - 1),
    net=st.integers(-10_000, -1),
    kind=st.sampled_from(["credit note", "refund"]),
    item=st.integers(-1, len(CATEGORIES) - 1),
    cost=st.none() | st.integers(-5_000, 0),
)
some_sales = st.lists(a_sale | a_credit, max_size=40)
ORDERS = ("invoice", "sales receipt")


def order_days(sales: Sequence[Sale], customer: int, as_of: date) -> list[date]:
    """The days on which a customer ordered, worked out the plain way."""
    found = {
        sale.day for sale in sales if sale.customer == customer and sale.kind in ORDERS and sale.day <= as_of
    }
    return sorted(found)
