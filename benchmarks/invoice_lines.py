"""Makes a CSV of invoice lines of any size, the same bytes each time, for the benchmarks."""

import argparse
import random
from pathlib import Path

LINES, DOCUMENTS, CUSTOMERS, ITEMS = 1_000_000, 213_000, 20_000, 500
HEADER = "invoice_no,date,customer,item,category,quantity,unit_price,net_amount,tax,cost\n"


def write_invoice_lines(
    path: Path,
    *,
    lines: int = LINES,
    documents: int = DOCUMENTS,
    customers: int = CUSTOMERS,
    items: int = ITEMS,
) -> Path:
    """Write so many lines over 36 months; a tenth of the customers place most of the orders."""
    chance = random.Random(20261031)
    prices = [chance.randrange(450, 9_000) for _ in range(items)]
    days = [
        f"{2023 + month // 12}-{month % 12 + 1:02d}-{day:02d}" for month in range(36) for day in range(1, 29)
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(HEADER)
        left = lines
        for number in range(documents):
            others = documents - number - 1  # each needs a line at least; the last takes what is left
            count = (
                min(left - others, max(1, round(chance.expovariate(documents / lines)))) if others else left
            )
            left -= count
            heavy = chance.random() < 0.7
            customer = chance.randrange(customers // 10 if heavy else customers)
            file.writelines(
                _lines(chance, number, days[number * len(days) // documents], customer, count, prices)
            )
    return path


def _lines(
    chance: random.Random, number: int, day: str, customer: int, count: int, prices: list[int]
) -> list[str]:
    written = []
    for _ in range(count):
        item = chance.randrange(len(prices))
        quantity = chance.randrange(1, 13)
        net = quantity * prices[item]
        written.append(
            f"INV-{number:06d},{day},Customer {customer:05d},SKU-{item:03d},Category {item % 12},{quantity},"
            f"{_money(prices[item])},{_money(net)},{_money(net * 8 // 100)},{_money(net * 6 // 10)}\n"
        )
    return written


def _money(minor: int) -> str:
    return f"{minor // 100}.{minor % 100:02d}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--lines", type=int, default=LINES)
    arguments = parser.parse_args()
    share = arguments.lines / LINES
    write_invoice_lines(
        arguments.path,
        lines=arguments.lines,
        documents=max(1, round(DOCUMENTS * share)),
        customers=max(20, round(CUSTOMERS * share)),
    )
