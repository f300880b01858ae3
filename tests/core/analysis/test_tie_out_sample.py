"""The sample client's ledger against its documents: exactly the differences that were put in are found."""

import csv
import json
from collections import Counter
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from core.analysis.facts import Facts
from core.analysis.profit_ladder import profit_ladder
from core.analysis.tie_out import ItemKind, Result, TieOut, tie_out
from resources.sample_client import generate
from resources.sample_client.customers import customers
from resources.sample_client.trading import trade
from tests.core.builders import BookBuilder

FOLDER = Path(generate.__file__).parent
KINDS = {"Invoice": "invoice", "Credit Memo": "credit note", "Sales Receipt": "sales receipt"}
TYPES = {"Income": "income", "Cost of sales": "cost of sales", "Expense": "expense"}
KIND_OF = {
    "no_customer": ItemKind.LEDGER_ON_NOBODY,
    "customer_without_document": ItemKind.LEDGER_ON_CUSTOMER,
    "ledger_only_document": ItemKind.LEDGER_ON_CUSTOMER,
    "cut_off_out": ItemKind.CUT_OFF_OUT,
    "cut_off_in": ItemKind.CUT_OFF_IN,
}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> BookBuilder:
    """Documents from the generator, the ledger from its file; costs are the lines' own."""
    builder = BookBuilder(tmp_path_factory.mktemp("sample") / "sample.quintile")
    builder.book.connection.execute("BEGIN")
    rng = Random(generate.SEED)
    people = customers(rng)
    ids = {who.name: builder.customer(who.name) for who in people}
    for one in trade(rng, people):
        customer = ids[one.customer.name] if one.customer else None
        lines = [
            (line.amount, line.item.cost_on(one.day) * line.quantity if line.item else 0)
            for line in one.lines
        ]
        builder.document(one.day.isoformat(), customer, *lines, kind=KINDS[one.kind], number=one.number)
    post_ledger(builder, ids)
    builder.book.connection.execute("COMMIT")
    return builder


def post_ledger(builder: BookBuilder, ids: dict[str, int]) -> None:
    builder.add_import("ledger.csv")
    accounts: dict[str, int] = {}
    with (FOLDER / generate.GENERAL_LEDGER).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            code = row["Account"]
            if code not in accounts:
                kind = TYPES.get(row["Account type"], "asset")
                accounts[code] = builder.account(code, kind, name=row["Account name"])
            amount = int((Decimal(row["Debit"] or 0) - Decimal(row["Credit"] or 0)) * 100)
            builder.posting(
                row["Date"],
                accounts[code],
                amount,
                entry=row["Entry"],
                customer=ids.get(row["Customer"]),
                memo=row["Memo"],
            )
    for name, driver, code in (
        ("Delivery", "orders", "6210"),
        ("Desk", "lines", "6220"),
        ("Support", "equal", "6230"),
    ):
        builder.pool(name, driver, accounts[code])


@pytest.fixture(scope="module")
def facts(sample: BookBuilder) -> Facts:
    return sample.facts("2024-11..2026-10")


@pytest.fixture(scope="module")
def result(facts: Facts) -> TieOut:
    return tie_out(facts)


def put_in(measure: str) -> Counter[tuple[str, str, str, int]]:
    found = json.loads((FOLDER / generate.DIFFERENCES).read_text(encoding="utf-8"))["differences"]
    return Counter(
        (KIND_OF[row["kind"]], row["date"], row["entry"], int(Decimal(row["amount"]) * 100))
        for row in found
        if row["measure"] == measure
    )


@pytest.mark.parametrize("measure", ["income", "cost_of_sales"])
def test_the_differences_that_were_put_in_are_found_and_no_other(result: TieOut, measure: str) -> None:
    check = next(check for check in result.checks if check.key == measure)
    found = Counter((i.kind, i.day.isoformat(), i.entry, i.amount_minor) for i in check.items)
    assert found == put_in(measure)
    assert check.result is Result.REVIEW


def test_customers_and_no_customer_and_named_items_are_the_ledgers_income_of_every_month(
    result: TieOut, facts: Facts
) -> None:
    income = facts.accounts["type"] == "income"
    postings = facts.postings[income[facts.postings["account"]].to_numpy()]
    ledger = -postings.groupby(postings["day"].dt.strftime("%Y-%m"))["amount"].sum()
    assert len(result.months) == 24
    for month in result.months:
        assert month.ledger_minor == ledger[month.month.key]
        sales = month.on_customers_minor + month.on_no_customer_minor
        assert sales + month.named_items_minor == month.ledger_minor
        assert month.tied
    assert (result.tied, result.difference_minor) == (True, 0)


def test_the_ladder_of_the_sample_adds_up(facts: Facts) -> None:
    ladder = profit_ladder(facts)
    assert ladder.customers.net_revenue + ladder.no_customer.net_revenue == ladder.total.net_revenue
    assert ladder.by_month["net_revenue"].sum() == ladder.total.net_revenue
    spent = facts.postings.loc[
        facts.accounts["pool"].to_numpy()[facts.postings["account"]] >= 0, "amount"
    ].sum()
    assert ladder.by_customer["cost_to_serve"].sum() == spent == ladder.total.cost_to_serve
