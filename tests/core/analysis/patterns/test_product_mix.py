import math
from datetime import date, timedelta

import numpy as np
import pandas as pd
from hypothesis import given, settings

from core.analysis.patterns.product_mix import (
    category_mix,
    category_shares,
    customer_mix,
    first_items,
    first_products,
    item_mix,
)
from core.analysis.patterns.share import Share
from tests.core.analysis.patterns.made_facts import (
    CATEGORIES,
    CUSTOMERS,
    LAST,
    Sale,
    made_facts,
    order_days,
    some_sales,
)

DAY = date(2026, 5, 4)
LATER = DAY + timedelta(days=7)
COFFEE, TEA, CUP = 0, 1, 2
# Ann: coffee and tea on one day, coffee a week later, part of it returned. Bob: a cup. Eve: only a credit.
SALES = [
    Sale(DAY, 0, 900, item=COFFEE, discount=100),
    Sale(DAY, 0, 300, item=TEA),
    Sale(LATER, 0, 600, item=COFFEE, discount=100),
    Sale(LATER, 0, -150, "credit note", item=COFFEE),
    Sale(DAY, 1, 400, item=CUP),
    Sale(DAY, 1, 100),
    Sale(DAY, 2, -50, "credit note", item=TEA),
    Sale(DAY, -1, 700, item=TEA),
]
FACTS = made_facts(SALES, as_of=LATER, customers=4, categories=["Drinks", "Drinks", "Ware"])


def test_value_and_mix_of_a_customer() -> None:
    ann = customer_mix(FACTS).iloc[0]
    assert ann["average_order_value"] == 825  # 1,650 in 2 orders
    assert ann["items_an_order"] == 1.5
    assert ann["discount_share"] == 200 / 2000
    assert ann["returns_rate"] == 150 / 1800
    assert (ann["main_category"], ann["main_category_share"]) == ("Drinks", 1.0)
    assert ann["first_item"] == COFFEE


def test_lines_without_an_item_belong_to_no_category_but_to_the_whole() -> None:
    shares = category_shares(FACTS)
    assert shares.categories == ("Drinks", "Ware")
    assert shares.share(1, "Ware") == Share(400, 500)
    assert customer_mix(FACTS)["main_category_share"][1] == 0.8


def test_a_customer_with_only_credits_has_no_mix() -> None:
    eve = customer_mix(FACTS).iloc[2]
    for name in (
        "average_order_value",
        "items_an_order",
        "main_category",
        "main_category_share",
        "first_item",
    ):
        assert pd.isna(eve[name]), name
    assert customer_mix(FACTS).iloc[3].isna().all()


def test_no_category_is_more_than_the_whole_where_another_was_credited() -> None:
    # 120.00 of drinks less 20.00 of ware: 120 % of the 100.00 that are left is no share of a wallet.
    sales = [Sale(DAY, 0, 12000, item=TEA), Sale(LATER, 0, -2000, "credit note", item=CUP)]
    sales.append(Sale(DAY, 1, 500, item=TEA))
    facts = made_facts(sales, as_of=LATER, customers=2, categories=["Drinks", "Drinks", "Ware"])
    mix = customer_mix(facts)
    assert mix["main_category"].tolist() == ["Drinks", "Drinks"]
    assert pd.isna(mix["main_category_share"][0])
    assert mix["main_category_share"][1] == 1.0


def test_no_discount_on_an_invoice_below_zero_is_plain_zero() -> None:
    mix = customer_mix(made_facts([Sale(DAY, 0, -500)], as_of=LATER, customers=1))
    assert math.copysign(1, mix["discount_share"][0]) == 1.0


def test_items_with_their_customers_orders_and_share() -> None:
    found = item_mix(FACTS)
    assert found["customers"].tolist() == [1, 1, 1]
    assert found["orders"].tolist() == [2, 1, 1]
    assert found["net_revenue"].tolist() == [1350, 250, 400]  # sales without a customer are in nobody's mix
    assert found["share"].tolist() == [0.675, 0.125, 0.2]


def test_the_mix_of_some_customers() -> None:
    members = np.array([False, True, False, False])
    assert item_mix(FACTS, members)["net_revenue"].tolist() == [0, 0, 400]
    found = category_mix(FACTS, members)
    assert found.index.tolist() == ["Drinks", "Ware"]
    assert found["share"].tolist() == [0.0, 1.0]


def test_first_products_say_who_came_again() -> None:
    found = first_products(FACTS)
    assert found["began"].tolist() == [1, 0, 1]
    assert found["came_again"].tolist() == [1, 0, 0]
    assert found["share"].isna().tolist() == [False, True, False]


def test_a_book_without_items_or_customers_has_empty_mixes() -> None:
    facts = made_facts([], as_of=LAST, customers=0)
    assert [len(made) for made in (customer_mix(facts), item_mix(facts), category_mix(facts))] == [0, 0, 0]
    nameless = made_facts([Sale(DAY, 0, 100)], as_of=LAST, customers=1)
    assert customer_mix(nameless)["main_category"].isna().all()
    assert first_items(nameless).tolist() == [-1]


@settings(max_examples=25)
@given(some_sales)
def test_mixes_are_what_counting_by_hand_gives(sales: list[Sale]) -> None:
    facts = made_facts(sales, as_of=LAST, customers=CUSTOMERS, categories=CATEGORIES)
    shares, found = category_shares(facts), customer_mix(facts)
    for who in range(CUSTOMERS):
        own = [sale for sale in sales if sale.customer == who]
        for name in set(CATEGORIES):
            net = sum(sale.net for sale in own if sale.item >= 0 and CATEGORIES[sale.item] == name)
            assert shares.share(who, name) == Share(net, sum(sale.net for sale in own))
        bought = {(sale.day, sale.item) for sale in own if sale.net > 0 and sale.item >= 0}
        days = {day for day, _ in bought}
        items = found["items_an_order"][who]
        assert pd.isna(items) if not days else items == len(bought) / len(days)
        began = {item for day, item in bought if day == min(order_days(sales, who, LAST), default=None)}
        first = found["first_item"][who]
        assert pd.isna(first) if not began else first in began
    pairs = {
        (sale.customer, sale.day, sale.item)
        for sale in sales
        if sale.net > 0 and min(sale.customer, sale.item) >= 0
    }
    mix = item_mix(facts)
    assert mix["orders"].tolist() == [
        sum(item == each for _, _, each in pairs) for item in range(len(CATEGORIES))
    ]
    assert int(category_mix(facts)["net_revenue"].sum()) == int(mix["net_revenue"].sum())
