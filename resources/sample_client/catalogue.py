"""What Alder & Finch sells, for how much, and what it costs. All money in US cents."""

from datetime import date
from typing import NamedTuple

COST_RISE = date(2026, 1, 1)
FIRST_COSTS = date(2024, 1, 1)


class Item(NamedTuple):
    """One product or service; prices and costs in cents, `later_*` from 1 January 2026."""

    code: str
    name: str
    category: str
    account: str
    price: int
    cost: int
    later_price: int
    later_cost: int

    def price_on(self, day: date) -> int:
        """List price of one unit on a day."""
        return self.later_price if day >= COST_RISE else self.price

    def cost_on(self, day: date) -> int:
        """Cost of one unit on a day."""
        return self.later_cost if day >= COST_RISE else self.cost


def _item(
    code: str,
    name: str,
    category: str,
    account: str,
    price: int,
    cost: int,
    later: tuple[int, int] | None = None,
) -> Item:
    later_price, later_cost = later or (price, cost)
    return Item(code, name, category, account, price, cost, later_price, later_cost)


ITEMS = (
    _item("COF-HB1", "Harbour Blend 1 kg", "Coffee", "4000", 2650, 1385, (2730, 1445)),
    _item("COF-ND1", "Night Desk 1 kg", "Coffee", "4000", 2750, 1430, (2830, 1490)),
    _item("COF-DH1", "Decaf House 1 kg", "Coffee", "4000", 2900, 1560, (2990, 1625)),
    _item("COF-FB2", "Filter Breakfast 2 kg", "Coffee", "4000", 4800, 2540, (4950, 2650)),
    _item("COF-SOC", "Single origin, Colombia", "Coffee", "4000", 3300, 1790, (3400, 1880)),
    _item("COF-SOG", "Single origin, Guatemala", "Coffee", "4000", 3400, 1850, (3500, 1935)),
    _item("COF-SOE", "Single origin, Ethiopia", "Coffee", "4000", 3650, 2010, (3750, 2110)),
    _item("COF-POD", "Office Pods, box of 100", "Coffee", "4000", 3800, 2120),
    _item("COF-CBK", "Cold brew keg 5 l", "Coffee", "4000", 4200, 2080),
    _item("SYR-VAN", "Vanilla syrup", "Syrups & tea", "4010", 980, 490),
    _item("SYR-CAR", "Caramel syrup", "Syrups & tea", "4010", 980, 495),
    _item("SYR-CHA", "Chai concentrate", "Syrups & tea", "4010", 1450, 760, (1480, 795)),
    _item("TEA-BRK", "Breakfast tea, 100 bags", "Syrups & tea", "4010", 1200, 560),
    _item("TEA-MNT", "Mint tea, 50 bags", "Syrups & tea", "4010", 850, 410),
    _item("OAT-06", "Oat drink, case of 6", "Syrups & tea", "4010", 1620, 1090, (1650, 1130)),
    _item("BIS-OAT", "Oat biscuits, tin", "Syrups & tea", "4010", 450, 235),
    _item("EQU-GRP", "Grinder & parts", "Equipment", "4020", 7900, 5140),
    _item("EQU-SVC", "Machine servicing, hour", "Equipment", "4020", 6800, 3650),
    _item("EQU-DSC", "Descaler 1 l", "Equipment", "4020", 1150, 580),
    _item("EQU-FIL", "Paper filters, 1000", "Equipment", "4020", 2100, 1190),
    _item("TRA-BAR", "Barista training, place", "Training", "4030", 7500, 3300),
    _item("SUB-ONE", "Home subscription, box", "Subscriptions", "4040", 3900, 1980, (3900, 2050)),
    _item("SUB-TWO", "Home subscription, double box", "Subscriptions", "4040", 7200, 3720, (7200, 3850)),
    _item("DEL", "Delivery", "Delivery", "4000", 1250, 0),
)
BY_CODE = {item.code: item for item in ITEMS}
DELIVERY = BY_CODE["DEL"]
DISCOUNT = "Discount"

HOUSE_COFFEES = ("COF-HB1", "COF-ND1", "COF-DH1", "COF-FB2")
SINGLE_ORIGINS = ("COF-SOC", "COF-SOG", "COF-SOE")
SIDE_ITEMS = ("SYR-VAN", "SYR-CAR", "SYR-CHA", "TEA-BRK", "TEA-MNT", "OAT-06", "BIS-OAT")
WORKSHOP_ITEMS = ("EQU-GRP", "EQU-SVC", "EQU-DSC", "EQU-FIL")


def cost_rows() -> list[tuple[Item, int, date]]:
    """Each item with its unit cost and the day from which it holds; two rows where the cost rose."""
    rows = []
    for item in ITEMS:
        rows.append((item, item.cost, FIRST_COSTS))
        if item.later_cost != item.cost:
            rows.append((item, item.later_cost, COST_RISE))
    return rows
