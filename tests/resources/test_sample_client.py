"""The committed exports of the sample client, read here with nothing but the csv module and whole cents."""

import csv
import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import NamedTuple

import pytest

from resources import resource_path
from resources.sample_client.generate import main

FOLDER = resource_path("sample_client")
SALES = (
    "Alder_Finch_Sales_by_Customer_Detail_2024-11_2025-10.csv",
    "Alder_Finch_Sales_by_Customer_Detail_2025-11_2026-10.csv",
)
LEDGER = "Alder_Finch_General_Ledger_2024-11_2026-10.csv"
AS_OF = date(2026, 10, 31)


class Sale(NamedTuple):
    customer: str
    day: date
    kind: str
    number: str
    item: str
    text: str
    quantity: str
    price: str
    cents: int
    balance: int


def cents(text: str) -> int:
    """`$1,234.50` and `$-50.00` to whole cents."""
    plain = text.replace("$", "").replace(",", "")
    whole, _, rest = plain.lstrip("-").partition(".")
    assert len(rest) == 2, text
    return (-1 if plain.startswith("-") else 1) * (int(whole) * 100 + int(rest))


def rows_of(name: str) -> list[list[str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def sales_of(name: str) -> list[Sale]:
    found, customer = [], ""
    for row in rows_of(name)[5:]:
        if len(row) == 10 and row[0] and not row[8]:
            customer = row[0]
        if len(row) == 10 and not row[0] and row[1]:
            month, day_of_month, year = map(int, row[1].split("/"))
            day = date(year, month, day_of_month)
            kind, number, item, text, quantity, price = row[2:8]
            found.append(
                Sale(customer, day, kind, number, item, text, quantity, price, cents(row[8]), cents(row[9]))
            )
    return found


@pytest.fixture(scope="module")
def sales() -> list[Sale]:
    """Rows of both files, a document of the overlap once."""
    first, second = sales_of(SALES[0]), sales_of(SALES[1])
    known = {(row.kind, row.number) for row in first}
    return first + [row for row in second if (row.kind, row.number) not in known]


@pytest.fixture(scope="module")
def ledger() -> list[dict[str, str]]:
    header, *rows = rows_of(LEDGER)
    return [dict(zip(header, row, strict=True)) for row in rows]


@pytest.fixture(scope="module")
def differences() -> list[dict[str, str]]:
    text = (FOLDER / "differences.json").read_text(encoding="utf-8")
    found: list[dict[str, str]] = json.loads(text)["differences"]
    return found


def debit(row: dict[str, str]) -> int:
    return (cents(row["Debit"]) if row["Debit"] else 0) - (cents(row["Credit"]) if row["Credit"] else 0)


def by_month(pairs: Iterator[tuple[str, int]]) -> dict[str, int]:
    sums: dict[str, int] = defaultdict(int)
    for month, amount in pairs:
        sums[month] += amount
    return dict(sums)


def test_the_generator_writes_the_committed_files_byte_for_byte(tmp_path: Path) -> None:
    main([str(tmp_path)])
    written = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert len(written) == 6
    for name, content in written.items():
        assert content == (FOLDER / name).read_bytes(), name
    assert {path.name for path in FOLDER.glob("*.csv")} == {name for name in written if name.endswith(".csv")}


@pytest.mark.parametrize("name", SALES)
def test_every_total_row_foots(name: str) -> None:
    group, total, totals_seen, grand = 0, 0, 0, None
    for row in rows_of(name)[5:]:
        if len(row) != 10:
            continue
        if row[1]:
            group += cents(row[8])
            assert cents(row[9]) == group
        elif row[0].startswith("Total for "):
            assert cents(row[8]) == group, row[0]
            total, group, totals_seen = total + group, 0, totals_seen + 1
        elif row[0] == "TOTAL":
            grand = cents(row[8])
    assert totals_seen > 150
    assert grand == total


def test_the_two_files_have_the_two_layouts_of_the_report() -> None:
    classic, modern = rows_of(SALES[0]), rows_of(SALES[1])
    assert [row[0] for row in classic[:3]] == [
        "Sales by Customer Detail",
        "Alder & Finch Coffee Roasters",
        "November 1, 2024 - October 31, 2025",
    ]
    labels = ",Date,Transaction Type,Num,Product/Service,Memo/Description,Qty,Sales Price,Amount,Balance"
    assert ",".join(classic[4]) == labels
    assert [row[0] for row in modern[:2]] == ["Alder & Finch Coffee Roasters", "Sales by Customer Detail"]
    assert modern[4][1:5] == ["Transaction date", "Transaction type", "Num", "Product/Service full name"]
    assert classic[-1][0].endswith("- Accrual Basis")
    assert modern[-1][0].startswith("Accrual Basis ")


def test_quantity_times_price_is_the_amount_and_signs_follow_the_type(sales: list[Sale]) -> None:
    for row in sales:
        if row.item == "Discount":
            assert (row.quantity, row.price) == ("", "")
            assert row.cents < 0
        else:
            assert int(row.quantity) * cents(row.price) == row.cents
            assert (row.cents < 0) == (row.kind == "Credit Memo")
    assert {row.kind for row in sales} == {"Invoice", "Sales Receipt", "Credit Memo"}


def test_a_number_belongs_to_one_document_of_its_type(sales: list[Sale]) -> None:
    documents = defaultdict(set)
    for row in sales:
        documents[row.kind, row.number].add((row.customer, row.day))
    assert all(len(seen) == 1 for seen in documents.values())
    invoices = sorted(int(number) for kind, number in documents if kind == "Invoice")
    assert invoices == list(range(invoices[0], invoices[0] + len(invoices)))


def test_the_last_four_days_of_october_2025_stand_in_both_files() -> None:
    days = {date(2025, 10, day) for day in (28, 29, 30, 31)}
    first = [row[:9] for row in sales_of(SALES[0]) if row.day in days]
    second = [row[:9] for row in sales_of(SALES[1]) if row.day in days]
    assert len(first) > 50
    assert sorted(first) == sorted(second)
    assert min(row.day for row in sales_of(SALES[1])) == date(2025, 10, 28)
    assert max(row.day for row in sales_of(SALES[0])) == date(2025, 10, 31)


def test_every_ledger_entry_balances(ledger: list[dict[str, str]]) -> None:
    entries: dict[tuple[str, str], int] = defaultdict(int)
    for row in ledger:
        assert (row["Debit"] == "") != (row["Credit"] == "")
        entries[row["Entry"], row["Date"]] += debit(row)
    assert len(entries) > 10_000
    assert set(entries.values()) == {0}
    assert len({entry for entry, _ in entries}) == len(entries)


def test_ledger_income_is_the_sales_files_and_the_listed_differences_in_each_month(
    sales: list[Sale], ledger: list[dict[str, str]], differences: list[dict[str, str]]
) -> None:
    sold = by_month((f"{row.day:%Y-%m}", row.cents) for row in sales)
    income = by_month((row["Date"][:7], -debit(row)) for row in ledger if row["Account type"] == "Income")
    named = by_month(
        (row["month"], cents(row["amount"])) for row in differences if row["measure"] == "income"
    )
    assert len(sold) == 24
    assert {month: income[month] - sold[month] for month in sold if income[month] != sold[month]} == named


def test_ledger_cost_of_sales_is_the_item_costs_of_the_day_and_the_listed_differences(
    sales: list[Sale], ledger: list[dict[str, str]], differences: list[dict[str, str]]
) -> None:
    costs: dict[str, list[tuple[date, int]]] = defaultdict(list)
    for _, name, _, cost, valid_from in rows_of("Alder_Finch_Items.csv")[1:]:
        costs[name].append((date.fromisoformat(valid_from), cents(cost)))

    def cost_of(row: Sale) -> int:
        return int(row.quantity) * max(step for step in costs[row.item] if step[0] <= row.day)[1]

    goods = by_month((f"{row.day:%Y-%m}", cost_of(row)) for row in sales if row.item != "Discount")
    spent = by_month((row["Date"][:7], debit(row)) for row in ledger if row["Account"] == "5000")
    named = by_month(
        (row["month"], cents(row["amount"])) for row in differences if row["measure"] == "cost_of_sales"
    )
    assert {month: spent[month] - goods[month] for month in goods if spent[month] != goods[month]} == named
    assert sum(len(steps) == 2 for steps in costs.values()) >= 5


def test_each_difference_is_a_row_of_the_ledger_and_is_explained_in_the_notice(
    ledger: list[dict[str, str]], differences: list[dict[str, str]]
) -> None:
    notice = (FOLDER / "README.md").read_text(encoding="utf-8")
    for row in differences:
        shown = row["amount"].replace("-", "−")
        line = next(
            line
            for line in notice.splitlines()
            if row["entry"] in line and row["month"] in line and shown in line
        )
        assert row["memo"] in line
        if row["kind"] != "cut_off_out":
            posted = [
                one for one in ledger if one["Entry"] == row["entry"] and one["Account"] == row["account"]
            ]
            sign = 1 if row["measure"] == "cost_of_sales" else -1
            assert [one["Date"] for one in posted] == [row["date"]]
            assert sign * debit(posted[0]) == cents(row["amount"])
            assert posted[0]["Customer"] == row["customer"]


def test_the_customer_list_has_everybody_of_the_sales_files_once(sales: list[Sale]) -> None:
    header, *rows = rows_of("Alder_Finch_Customers.csv")
    names = [row[header.index("Name")] for row in rows]
    assert len(names) == len(set(names)) == 204
    assert set(names) == {row.customer for row in sales} - {"Not Specified"}
    emails = [row[header.index("E-mail")] for row in rows]
    assert emails.count("") == 13
    assert len({email for email in emails if email}) == 191
    assert {row[header.index("Consent")] for row in rows} == {"yes", "no", ""}
    assert {"Zoë's Larder", "Fern Café", "Oak & Rye Dining Room", "Juniper Bakery"} <= set(names)
    assert max(map(len, names)) > 70


def test_every_item_sold_is_in_the_item_list(sales: list[Sale]) -> None:
    listed = {row[1] for row in rows_of("Alder_Finch_Items.csv")[1:]}
    assert {row.item for row in sales} - {"Discount"} == listed


def test_the_business_has_the_size_and_the_season_that_the_notice_promises(sales: list[Sale]) -> None:
    year = [row for row in sales if row.day >= date(2025, 11, 1)]
    net = sum(row.cents for row in year if row.customer != "Not Specified")
    before = sum(row.cents for row in sales if row.customer != "Not Specified") - net
    counter = sum(row.cents for row in year if row.customer == "Not Specified")
    assert 125_000_000 < net < 132_000_000
    assert 107 < net * 100 // before < 115
    assert 1_800_000 < counter < 2_500_000
    assert 3400 < len({row.number for row in year if row.kind == "Invoice"}) < 3900
    months = by_month((f"{row.day:%m}", row.cents) for row in sales)
    assert max(months, key=lambda month: months[month]) == "12"
    assert min(months, key=lambda month: months[month]) == "02"


def test_most_revenue_comes_from_a_fifth_of_the_customers(sales: list[Sale]) -> None:
    revenue = by_month(
        (row.customer, row.cents)
        for row in sales
        if row.customer != "Not Specified" and row.day.year * 12 + row.day.month > 2025 * 12 + 10
    )
    ranked = sorted(revenue.values(), reverse=True)
    assert 65 <= sum(ranked[:41]) * 100 // sum(ranked) <= 75


def test_some_customers_are_new_some_at_risk_and_some_dormant(sales: list[Sale]) -> None:
    days: dict[str, set[date]] = defaultdict(set)
    for row in sales:
        if row.customer != "Not Specified" and row.kind != "Credit Memo":
            days[row.customer].add(row.day)
    states = {name: state_of(sorted(orders)) for name, orders in days.items()}
    counts = {state: list(states.values()).count(state) for state in ("new", "at risk", "dormant", "buying")}
    assert 8 <= counts["new"] <= 16
    assert 15 <= counts["at risk"] <= 20
    assert 45 <= counts["dormant"] <= 50
    assert (AS_OF - max(days["Juniper Bakery"])).days == 102
    assert (AS_OF - max(days["Tandem Espresso"])).days == 125


def state_of(orders: list[date]) -> str:
    silent = (AS_OF - orders[-1]).days
    if (AS_OF - orders[0]).days <= 90:
        return "new"
    if silent > 150:
        return "dormant"
    gaps = [(later - earlier).days for earlier, later in pairwise(orders)]
    return "at risk" if silent >= 30 and gaps and silent > 2 * median(gaps) else "buying"


def test_a_resource_path_is_absolute_and_inside_the_package() -> None:
    path = resource_path("sample_client", "README.md")
    assert path.is_absolute()
    assert path.is_file()
    assert path.parent.parent.name == "resources"
