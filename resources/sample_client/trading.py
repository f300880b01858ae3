"""Two years of trade, one document after the other: what was ordered and returned. Cents throughout."""

from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from resources.sample_client.catalogue import (
    BY_CODE,
    DELIVERY,
    HOUSE_COFFEES,
    SIDE_ITEMS,
    SINGLE_ORIGINS,
    WORKSHOP_ITEMS,
    Item,
)
from resources.sample_client.customers import FIRST_DAY, HOME, LAST_DAY, Customer

# Share of an average month, January first.
SEASON = (890, 780, 1000, 960, 1060, 940, 880, 860, 1020, 1110, 1180, 1300)
INVOICE, RECEIPT, CREDIT = "Invoice", "Sales Receipt", "Credit Memo"
SECOND_YEAR = date(2025, 11, 1)
CREDIT_REASONS = ("Damaged in transit", "Wrong grind sent", "Short delivery", "Returned, past best-before")


class Line(NamedTuple):
    """One row of a document; a discount has neither item nor quantity."""

    item: Item | None
    quantity: int
    price: int
    amount: int
    text: str


class Document(NamedTuple):
    """One invoice, sales receipt or credit memo; `customer` is None at the counter."""

    kind: str
    number: str
    day: date
    customer: Customer | None
    lines: tuple[Line, ...]
    corrects: str

    @property
    def total(self) -> int:
        """Net amount in cents; negative for a credit memo."""
        return sum(line.amount for line in self.lines)

    @property
    def cost(self) -> int:
        """Cost of the goods in cents at the costs of the day; negative for a credit memo."""
        return sum(line.item.cost_on(self.day) * line.quantity for line in self.lines if line.item)


def trade(rng: Random, customers: list[Customer]) -> list[Document]:
    """Every document of the 24 months in order of date, numbered per type."""
    drafts: list[Document] = []
    for customer in customers:
        favourites = _favourites(rng, customer)
        for day in _order_days(rng, customer):
            drafts += _order(rng, customer, day, favourites)
    drafts += _counter_sales(rng)
    drafts.sort(key=lambda document: (document.day, document.kind == CREDIT))
    return _numbered(drafts)


def _numbered(drafts: list[Document]) -> list[Document]:
    """Give numbers in order of date; a credit memo names the number of what it corrects."""
    counters = {INVOICE: 34001, RECEIPT: 5001, CREDIT: 1001}
    prefixes = {INVOICE: "", RECEIPT: "SR-", CREDIT: "CM-"}
    numbers: dict[str, str] = {}
    documents = []
    for draft in drafts:
        number = f"{prefixes[draft.kind]}{counters[draft.kind]}"
        counters[draft.kind] += 1
        if draft.kind != CREDIT:
            numbers[draft.number] = number
        documents.append(draft._replace(number=number, corrects=numbers.get(draft.corrects, "")))
    return documents


def _order_days(rng: Random, customer: Customer) -> list[date]:
    """Days on which a customer orders: on from the first, or back from the last where it has gone quiet."""
    backwards = customer.last is not None
    position = (customer.last or customer.first).toordinal() * 10
    days = set()
    while True:
        day = date.fromordinal(position // 10)
        if not customer.first <= day <= LAST_DAY:
            break
        if day.weekday() == 6 and day != customer.last:
            day += timedelta(days=-1 if backwards else 1)
        if FIRST_DAY <= day <= LAST_DAY:
            days.add(day)
        step = customer.gap * rng.randrange(70, 131) // 100
        position += -step if backwards else step
    return sorted(days)


def _favourites(rng: Random, customer: Customer) -> list[Item]:
    """What a customer usually buys; the earlier an item stands, the oftener it is ordered."""
    if customer.kind == HOME:
        box = "SUB-TWO" if customer.yearly > 180000 else "SUB-ONE"
        return [BY_CODE[box], BY_CODE[rng.choice(SINGLE_ORIGINS)]]
    codes = rng.sample(HOUSE_COFFEES, 2) + rng.sample(SINGLE_ORIGINS, 1)
    if customer.kind == "Office":
        codes = ["COF-POD", "COF-FB2", "TEA-BRK"]
    if customer.kind == "Grocer":
        codes += [*rng.sample(SINGLE_ORIGINS, 1), "COF-CBK"]
    codes += rng.sample(SIDE_ITEMS, 3)
    return [BY_CODE[code] for code in dict.fromkeys(codes)]


def _order(rng: Random, customer: Customer, day: date, favourites: list[Item]) -> list[Document]:
    """One order and, now and then, the credit memo that follows it."""
    lines = _goods(rng, customer, day, favourites)
    goods = sum(line.amount for line in lines)
    if customer.discount:
        cut = (goods * customer.discount + 500) // 1000
        lines.append(Line(None, 0, 0, -cut, f"Trade discount {customer.discount // 10}%"))
    if goods < 12000 and customer.discount < 200 and customer.kind != HOME:
        lines.append(Line(DELIVERY, 1, DELIVERY.price, DELIVERY.price, "Small order delivery"))
    kind = RECEIPT if customer.kind == HOME else INVOICE
    handle = f"{customer.key} {day}"
    documents = [Document(kind, handle, day, customer, tuple(lines), "")]
    if rng.randrange(1000) < customer.credits:
        documents += _credit(rng, documents[0])
    return documents


def _goods(rng: Random, customer: Customer, day: date, favourites: list[Item]) -> list[Line]:
    """Lines whose list prices come near what this customer spends on an order in this month."""
    target = customer.yearly * customer.gap // 3650 * SEASON[day.month - 1] // 1000
    target = target * 1000 // (1000 - customer.discount) * rng.randrange(72, 129) // 100
    if day < SECOND_YEAR:
        target = target * customer.growth // 1000
    lines = []
    items = _basket(rng, customer, favourites, target)
    for position, item in enumerate(items):
        share = target
        if position < len(items) - 1:
            share = target * rng.randrange(35, 90) // (100 * (len(items) - position))
        line = _line(item, day, max(1, (share + item.price // 2) // item.price))
        target -= line.amount
        lines.append(line)
        if target <= 0:
            break
    return lines


def _line(item: Item, day: date, quantity: int) -> Line:
    price = item.price_on(day)
    return Line(item, quantity, price, price * quantity, "")


def _basket(rng: Random, customer: Customer, favourites: list[Item], target: int) -> list[Item]:
    """Items of one order, cheap extras first so that the last and main coffee takes what is left."""
    if customer.kind == HOME:
        return favourites[:1] if rng.randrange(100) < 80 else [favourites[1], favourites[0]]
    main = favourites[0 if rng.randrange(100) < 55 else 1]
    others = [item for item in favourites if item != main]
    extras = [item for place, item in enumerate(others) if rng.randrange(100) < 32 - 4 * place]
    if customer.small_lines:
        extras = [*extras[:1], BY_CODE["BIS-OAT"]]
    if any(item.code == "SYR-VAN" for item in extras) and rng.randrange(100) < 28:
        extras.append(BY_CODE["SYR-CHA"])
    if target > 30000 and rng.randrange(100) < 19:
        extras.append(BY_CODE[rng.choice(WORKSHOP_ITEMS)])
    if target > 40000 and rng.randrange(100) < 5:
        extras.append(BY_CODE["TRA-BAR"])
    return [*dict.fromkeys(sorted(extras, key=lambda item: item.price)), main]


def _credit(rng: Random, order: Document) -> list[Document]:
    """A credit memo for part of one line, two to nine days after the order."""
    day = order.day + timedelta(days=rng.randrange(2, 10))
    line = rng.choice([line for line in order.lines if line.item and line.item != DELIVERY])
    if day > LAST_DAY or line.item is None:
        return []
    quantity = -max(1, line.quantity * rng.randrange(20, 60) // 100)
    if -quantity * line.price > order.total:
        return []
    back = Line(line.item, quantity, line.price, quantity * line.price, rng.choice(CREDIT_REASONS))
    return [Document(CREDIT, "", day, order.customer, (back,), order.number)]


def _counter_sales(rng: Random) -> list[Document]:
    """One till summary for each day but Sunday, without a customer."""
    codes = ("COF-HB1", "COF-ND1", "COF-SOE", "TEA-BRK", "TEA-MNT", "BIS-OAT", "SYR-VAN")
    documents = []
    for ordinal in range(FIRST_DAY.toordinal(), LAST_DAY.toordinal() + 1):
        day = date.fromordinal(ordinal)
        if day.weekday() == 6:
            continue
        most = 4 if day.month in (11, 12) else 3
        sold = rng.sample(codes, rng.randrange(2, 4))
        lines = [_line(BY_CODE[code], day, rng.randrange(1, most)) for code in sold]
        documents.append(Document(RECEIPT, f"till {day}", day, None, tuple(lines), ""))
    return documents
