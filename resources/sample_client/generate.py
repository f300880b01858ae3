"""Write the sample client's exports, the same bytes on every machine.

Run: ``python -m resources.sample_client.generate``
"""

import csv
import io
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from random import Random

from resources.sample_client.catalogue import cost_rows
from resources.sample_client.customers import FIRST_DAY, LAST_DAY, Customer, customers
from resources.sample_client.differences import as_json, differences
from resources.sample_client.ledger_export import general_ledger
from resources.sample_client.sales_export import CLASSIC, MODERN, sales_by_customer_detail
from resources.sample_client.trading import trade

SEED = 20261103
FIRST_YEAR_END = date(2025, 10, 31)
OVERLAP_START = date(2025, 10, 28)
SALES_FIRST_YEAR = "Alder_Finch_Sales_by_Customer_Detail_2024-11_2025-10.csv"
SALES_SECOND_YEAR = "Alder_Finch_Sales_by_Customer_Detail_2025-11_2026-10.csv"
GENERAL_LEDGER = "Alder_Finch_General_Ledger_2024-11_2026-10.csv"
ITEMS = "Alder_Finch_Items.csv"
CUSTOMERS = "Alder_Finch_Customers.csv"
DIFFERENCES = "differences.json"


def exports() -> dict[str, bytes]:
    """Every generated file by its name."""
    rng = Random(SEED)
    people = customers(rng)
    documents = trade(rng, people)
    found = differences(documents)
    texts = {
        SALES_FIRST_YEAR: sales_by_customer_detail(documents, CLASSIC, FIRST_DAY, FIRST_YEAR_END),
        SALES_SECOND_YEAR: sales_by_customer_detail(documents, MODERN, OVERLAP_START, LAST_DAY),
        GENERAL_LEDGER: general_ledger(rng, documents, found),
        ITEMS: _items(),
        CUSTOMERS: _customers(people),
        DIFFERENCES: as_json(found),
    }
    return {name: text.encode("utf-8") for name, text in texts.items()}


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def _items() -> str:
    rows = [
        (item.code, item.name, item.category, f"{cost // 100}.{cost % 100:02d}", valid_from.isoformat())
        for item, cost, valid_from in cost_rows()
    ]
    return _table(("Code", "Name", "Category", "Unit cost", "Valid from"), rows)


def _customers(people: list[Customer]) -> str:
    about = ("Customer no.", "Name", "Type", "Area")
    header = (*about, "E-mail", "Phone", "Consent", "Interests", "Customer since")
    rows = []
    for who in people:
        contact = (who.email, who.phone, who.consent, who.interests)
        rows.append((who.key, who.name, who.kind, who.area, *contact, who.since.isoformat()))
    return _table(header, rows)


def main(arguments: Sequence[str]) -> None:
    """Write all files into the named folder, or beside this module."""
    folder = Path(arguments[0]) if arguments else Path(__file__).resolve().parent
    for name, content in exports().items():
        (folder / name).write_bytes(content)


if __name__ == "__main__":
    main(sys.argv[1:])
