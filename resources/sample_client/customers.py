"""The 204 invented customers of Alder & Finch: who they are and how they tend to buy."""

import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from resources.sample_client.names import HOME_NAMES, NAMED, PLACE_ENDINGS, PLACE_WORDS, SPECIAL_NAMES

FIRST_DAY = date(2024, 11, 1)
LAST_DAY = date(2026, 10, 31)
AREAS = ("Old Town", "Old Town", "Harbour", "Harbour", "North Valley", "Lakeside", "Lakeside", "Out of area")
INTERESTS = (
    "Single origin",
    "Decaf",
    "Cold brew",
    "Latte art",
    "Tea",
    "Training",
    "Sustainability",
    "Equipment",
)
HOME = "Home"
Places = Iterator[tuple[str, str]]
Homes = Iterator[str]


class Customer(NamedTuple):
    """One customer and its habits: yearly sales in cents, gap in tenths of a day, shares per mille."""

    key: str
    name: str
    kind: str
    area: str
    email: str
    phone: str
    consent: str
    interests: str
    since: date
    first: date
    last: date | None
    yearly: int
    gap: int
    discount: int
    credits: int
    growth: int
    small_lines: bool


class Habit(NamedTuple):
    """How one customer buys, before it has a number and an address."""

    name: str
    kind: str
    yearly: int
    orders: int
    discount: int
    credits: int
    first: date | None
    last: date | None


def customers(rng: Random) -> list[Customer]:
    """All customers in the order of their numbers."""
    habits = _named() + _generated(rng)
    dated = [(habit.first or FIRST_DAY - timedelta(days=rng.randrange(20, 2100)), habit) for habit in habits]
    dated.sort(key=lambda entry: (entry[0], entry[1].name))
    without_email = set(rng.sample(range(len(dated)), 13))
    return [
        _enrol(rng, habit, since, number=number, has_email=number not in without_email)
        for number, (since, habit) in enumerate(dated)
    ]


def _silent_since(days: int | None) -> date | None:
    return None if days is None else LAST_DAY - timedelta(days=days)


def _named() -> list[Habit]:
    return [
        Habit(name, kind, yearly * 100, orders, discount, credited, None, _silent_since(silent))
        for name, kind, yearly, orders, discount, credited, silent in NAMED
    ]


def _ladder(top: int, bottom: int, count: int) -> list[int]:
    """`count` yearly amounts in cents falling steeply from `top` to `bottom` dollars."""
    steps = count - 1
    return [(bottom + (top - bottom) * (steps - n) ** 2 // steps**2) * 100 for n in range(count)]


def _generated(rng: Random) -> list[Habit]:
    places = _place_names(rng)
    homes = iter(HOME_NAMES)
    habits = [_steady(rng, next(places), yearly, (28, 56)) for yearly in _ladder(26000, 9300, 18)]
    for number, yearly in enumerate(_ladder(8300, 2300, 52)):
        habit = _steady(rng, next(places), yearly, _orders_for(yearly))
        habits.append(_made_costly(rng, habit) if number % 7 == 3 else habit)
    habits += [_steady(rng, next(places), yearly, _orders_for(yearly)) for yearly in _ladder(2300, 1450, 17)]
    habits += [
        Habit(next(homes), HOME, yearly, rng.randrange(4, 8), 0, 5, _joined(rng, 40), None)
        for yearly in _ladder(2400, 1600, 16)
    ]
    habits += _at_risk(rng, places)
    habits += _dormant(rng, places, homes)
    habits += _new(rng, places, homes)
    return habits


def _orders_for(yearly: int) -> tuple[int, int]:
    """Range of orders a year at which one order comes to about 230 to 330 dollars."""
    return max(3, yearly // 33000), max(6, yearly // 23000)


def _made_costly(rng: Random, habit: Habit) -> Habit:
    """The same sales in many small orders, at a large discount and with frequent credit notes."""
    orders = min(60, habit.yearly // 10000)
    return habit._replace(orders=orders, discount=rng.randrange(200, 280, 10), credits=rng.randrange(60, 110))


def _joined(rng: Random, share: int, latest: int = 625) -> date | None:
    """First order from December 2024 to `latest` days on for `share` percent; None: one of before."""
    if rng.randrange(100) >= share:
        return None
    return FIRST_DAY + timedelta(days=rng.randrange(30, latest))


def _steady(rng: Random, place: tuple[str, str], yearly: int, orders: tuple[int, int]) -> Habit:
    discount = rng.choice((0, 0, 50, 80, 100, 120, 150))
    first = _joined(rng, 12 if yearly > 800000 else 34)
    return Habit(*place, yearly, rng.randrange(*orders), discount, rng.randrange(15, 45), first, None)


def _at_risk(rng: Random, places: Places) -> list[Habit]:
    silences = (33, 36, 41, 45, 52, 57, 63, 76, 92, 108, 121, 140)
    yearly = _ladder(17000, 2400, len(silences))
    return [
        Habit(
            *next(places),
            amount,
            max(min(amount // 26000, 44), 920 // silent + 2),
            rng.choice((50, 100, 180)),
            rng.randrange(10, 50),
            _joined(rng, 20, 400),
            _silent_since(silent),
        )
        for amount, silent in zip(yearly, silences, strict=True)
    ]


def _dormant(rng: Random, places: Places, homes: Homes) -> list[Habit]:
    """47 that stopped: five in May 2026, the others back to the first winter."""
    silences = [153, 158, 164, 171, 178] + [rng.randrange(190, 310) for _ in range(15)]
    silences += [rng.randrange(368, 700) for _ in range(27)]
    habits = []
    for number, silent in enumerate(silences):
        place = (next(homes), HOME) if number % 6 == 5 else next(places)
        span = (700, 1300) if place[1] == HOME else (3300, 8000) if number < 20 else (2200, 5200)
        yearly = rng.randrange(*span)
        orders = max(5, yearly * 100 // rng.randrange(20000, 34000))
        discount = rng.choice((0, 0, 80, 120))
        habits.append(Habit(*place, yearly * 100, orders, discount, 15, None, _silent_since(silent)))
    return habits


def _new(rng: Random, places: Places, homes: Homes) -> list[Habit]:
    """14 newcomers of the last 90 days, eight of them with a first order in October 2026."""
    firsts = [
        date(2026, 8, 4),
        date(2026, 8, 13),
        date(2026, 8, 25),
        date(2026, 9, 3),
        date(2026, 9, 14),
        date(2026, 9, 22),
    ] + [date(2026, 10, day) for day in (1, 5, 8, 12, 15, 20, 23, 27)]
    habits = []
    for number, first in enumerate(firsts):
        place = (next(homes), HOME) if number in (4, 10) else next(places)
        yearly = 900 if place[1] == HOME else rng.randrange(6500, 18000)
        orders, discount = rng.randrange(16, 34), rng.choice((0, 0, 50))
        habits.append(Habit(*place, yearly * 100, orders, discount, 10, first, None))
    return habits


def _place_names(rng: Random) -> Places:
    """Names of businesses without end: the special ones first, then a word and what the place is."""
    yield from SPECIAL_NAMES
    kinds = ("Café", "Café", "Café", "Restaurant", "Restaurant", "Hotel", "Grocer", "Office")
    words = list(PLACE_WORDS)
    taken: set[str] = set()
    while True:
        rng.shuffle(words)
        for word in words:
            kind = rng.choice(kinds)
            name = f"{word} {rng.choice(PLACE_ENDINGS[kind])}"
            if name not in taken:
                taken.add(name)
                yield name, kind


def _enrol(rng: Random, habit: Habit, since: date, *, number: int, has_email: bool) -> Customer:
    gap = 3650 // habit.orders
    first = habit.first or FIRST_DAY
    if habit.first is None and habit.last is None:
        first += timedelta(days=rng.randrange(1 + gap // 10))
    tiny = habit.credits >= 60
    return Customer(
        key=f"C{1001 + number}",
        name=habit.name,
        kind=habit.kind,
        area=rng.choice(AREAS),
        email=_email(habit) if has_email else "",
        phone=f"({(360, 564, 253)[number // 100]}) 555-01{number % 100:02d}",
        consent=rng.choice(("yes", "yes", "yes", "no", "")) if has_email else rng.choice(("no", "")),
        interests="; ".join(sorted(rng.sample(INTERESTS, rng.randrange(4)))),
        since=since,
        first=first,
        last=habit.last,
        yearly=habit.yearly * 983 // 1000,
        gap=gap,
        discount=habit.discount,
        credits=habit.credits,
        growth=rng.randrange(800, 970),
        small_lines=tiny,
    )


def _email(habit: Habit) -> str:
    plain = unicodedata.normalize("NFKD", habit.name).encode("ascii", "ignore").decode().lower()
    letters = "".join(sign if sign.isalnum() else " " for sign in plain).split()
    if habit.kind == HOME:
        return f"{'.'.join(letters)}@mail.example"
    return f"orders@{''.join(letters)[:28]}.example"
