"""A book small enough to work every figure out by hand, with customers, documents, a ledger and one pool.

Nov 2025 – Oct 2026, in dollars:

            orders  revenue  cost  gross  delivery (24 by orders)  net
    Ann          2      150    60     90                       12   78
    Bob          1       20    15      5                        6   -1
    Cy           1       30    10     20                        6   14
    all          4      200    85    115                       24   91

The year before: Ann bought once, for 80. A counter sale of 7 is on no customer. The ledger has one entry of 5
more than the documents.
"""

from pathlib import Path

from core.store.settings import write_setting
from tests.core.builders import BookBuilder


def make_small_book(path: Path, *, ledger: bool = True, pool: bool = True) -> Path:
    """Write the book and let go of it."""
    builder = BookBuilder(path)
    write_setting(builder.book.connection, "client_name", "Corner & Sons")
    write_setting(builder.book.connection, "author", "Dana Whitlock")
    ann = builder.customer("Ann", email="ann@mail.example", region="North", Type="Café")
    bob = builder.customer("Bob", region="South", Type="Shop")
    cy = builder.customer("Cy", email="cy@mail.example", region="South", Type="Café")
    sales = (
        ("2024-11-03", ann, 8000, 3000, "I-1", "invoice"),
        ("2026-03-01", cy, 3000, 1000, "I-2", "invoice"),
        ("2026-09-10", ann, 5000, 2000, "I-3", "invoice"),
        ("2026-10-05", ann, 10000, 4000, "I-4", "invoice"),
        ("2026-10-12", bob, 2000, 1500, "I-5", "invoice"),
        ("2026-10-20", None, 700, 200, "R-1", "sales receipt"),
    )
    for day, customer, net, cost, number, kind in sales:
        builder.document(day, customer, (net, cost), number=number, kind=kind)
    if ledger:
        builder.add_import("ledger.csv")
        income = builder.account("4000", "income", name="Sales")
        delivery = builder.account("6210", "expense", name="Delivery vans")
        builder.account("6220", "unknown", name="Mystery")
        for day, customer, net, _cost, number, _kind in sales:
            builder.posting(day, income, -net, entry=number, customer=customer)
        builder.posting("2026-10-31", income, -500, entry="JE-1", memo="Refund of a deposit")
        builder.posting("2026-06-30", delivery, 2400, entry="JE-2")
        if pool:
            builder.pool("Delivery", "orders", delivery)
    builder.book.close()
    return path
