"""Tables and charts of a made-up client, with names that have broken programs before."""

from dataclasses import replace
from datetime import date

from core.unit import Unit
from reports.content import (
    Chart,
    ChartKind,
    Column,
    Series,
    Table,
    TableRow,
)

MARKUP_NAME = "Smith & Sons <Holdings> Ltd"
FORMULA_NAME = "=1+1"
POLISH = "Zażółć Gęślą Jaźń Sp. z o.o."
GREEK = "Καφενείο Ωρίων ΑΕ"
CYRILLIC = "Кофейня Щука ООО"
HEBREW = "בית קפה שלום"
CJK = "東京珈琲株式会社"
ARABIC = "مقهى السلام"
LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamt"
ODD_NAMES = (MARKUP_NAME, FORMULA_NAME, POLISH, GREEK, CYRILLIC, HEBREW, CJK, ARABIC, LONG_WORD)

SEGMENTS = ("Champions", "Loyal core", "Rising", "New", "Occasional", "Costly to serve", "At risk", "Dormant")
# customers, net revenue, cost of sales, cost to serve, orders
FIGURES = (
    (36, 66_968_500, 38_440_000, 9_905_500, 1361),
    (34, 21_380_700, 12_379_400, 3_138_500, 692),
    (19, 3_267_100, 1_793_600, 921_700, 227),
    (16, 1_886_300, 1_145_000, 475_000, 60),
    (18, 1_095_000, 591_300, 321_400, 124),
    (13, 16_492_800, 11_264_300, 7_440_100, 575),
    (19, 12_108_300, 7_434_500, 3_570_100, 380),
    (49, 5_263_100, 3_068_400, 931_600, 173),
)
MONTHS = ("Nov", "Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct")
THIS_YEAR = (
    117_600,
    139_100,
    89_800,
    81_900,
    109_800,
    109_100,
    121_900,
    106_000,
    91_500,
    93_000,
    101_600,
    121_900,
)
LAST_YEAR = (
    119_600,
    124_900,
    86_400,
    73_100,
    94_000,
    87_700,
    96_200,
    86_700,
    87_500,
    86_000,
    105_600,
    109_300,
)


def contribution(figures: tuple[int, ...]) -> int:
    _, revenue, cost, serve, _ = figures
    return revenue - cost - serve


def segment_table() -> Table:
    rows = []
    total = tuple(sum(row[at] for row in FIGURES) for at in range(5))
    for at, (name, figures) in enumerate(zip(SEGMENTS, FIGURES, strict=True)):
        rows.append(TableRow((name, *_segment_cells(figures, total[1])), segment=at))
    return Table(
        columns=(
            Column("Segment", key="segment"),
            Column("Customers", Unit.COUNT, key="customers", sum_=True),
            Column("Revenue", Unit.MONEY, key="net_revenue", sum_=True),
            Column("Share", Unit.RATIO, key="share", sum_=True),
            Column("Avg order", Unit.MONEY, key="average_order", ratio_of=("net_revenue", "orders")),
            Column("Orders", Unit.COUNT, key="orders", sum_=True),
            Column("Cost to serve", Unit.MONEY, key="cost_to_serve", sum_=True),
            Column("Net contribution", Unit.MONEY, key="contribution", strong=True, sum_=True),
            Column("Net %", Unit.RATIO, key="net_share", ratio_of=("contribution", "net_revenue")),
        ),
        rows=tuple(rows),
        totals=("All customers", *_segment_cells(total, total[1])),
        key="segments",
    )


def _segment_cells(figures: tuple[int, ...], all_revenue: int) -> tuple[int | float, ...]:
    customers, revenue, _, serve, orders = figures
    left = contribution(figures)
    return (
        customers,
        revenue,
        revenue / all_revenue,
        (2 * revenue + orders) // (2 * orders),
        orders,
        serve,
        left,
        left / revenue,
    )


def customer_table(count: int = 300) -> Table:
    rows, gains, lefts = [], [], []
    for at in range(count):
        name = ODD_NAMES[at] if at < len(ODD_NAMES) else f"Customer {at:05d}"
        revenue = 4_000_000 - at * 9_973
        left = revenue // 5 - (150_000 if at % 11 == 0 else 0) - at * 700
        gains.append(revenue)
        lefts.append(left)
        gap = None if at % 7 == 0 else at % 40
        rows.append(
            TableRow(
                (name, SEGMENTS[at % 8], revenue, left, left / revenue, gap, date(2026, 10, 1 + at % 31))
            )
        )
    revenue = sum(gains)
    left = sum(lefts)
    return Table(
        columns=(
            Column("Customer", key="customer", width=2.0),
            Column("Segment", key="segment"),
            Column("Revenue", Unit.MONEY, key="net_revenue", sum_=True),
            Column("Net", Unit.MONEY, key="contribution", sum_=True, strong=True),
            Column("Net %", Unit.RATIO, key="net_share", ratio_of=("contribution", "net_revenue")),
            Column("Usual gap", Unit.DAYS, key="gap"),
            Column("Last order", Unit.DATE, key="last_order"),
        ),
        rows=tuple(rows),
        totals=("All customers", None, revenue, left, left / revenue if revenue else None, None, None),
        key="customers",
        title="All customers",
        note="Sorted by revenue.",
    )


def month_chart(**changes: object) -> Chart:
    chart = Chart(
        kind=ChartKind.BARS_COMPARED,
        title="Revenue by month",
        categories=MONTHS,
        series=(
            Series("This year", tuple(value * 100 for value in THIS_YEAR)),
            Series("Previous 12 months", tuple(value * 100 for value in LAST_YEAR)),
        ),
        note="Bars: this year. Dashed line: previous 12 months. October highlighted.",
        key="revenue_by_month",
    )
    return replace(chart, **changes)  # type: ignore[arg-type]


def whale_chart(customers: int = 204, **changes: object) -> Chart:
    gains = [round(4_500_000 * 0.93**rank) + 9_000 - 130 * rank for rank in range(int(customers * 0.83))]
    gains += [-3_000 * step for step in range(customers - len(gains))]
    running, values = 0, []
    for gain in gains:
        running += gain
        values.append(running)
    chart = Chart(
        kind=ChartKind.WHALE_CURVE,
        title="",
        categories=tuple(f"Customer {rank}" for rank in range(customers)),
        series=(Series("Cumulative contribution", tuple(values)),),
        key="whale_curve",
    )
    return replace(chart, **changes)  # type: ignore[arg-type]


def waterfall_chart() -> Chart:
    return Chart(
        kind=ChartKind.WATERFALL,
        title="Where each dollar goes",
        categories=(
            "Sales at list price", "Discounts", "Revenue", "Cost of goods", "Gross margin", "Delivery and freight",
            "Order desk", "Support and visits", "Returns and spoilage", "Card fees and late pay", "Net contribution",
        ),
        series=(
            Series("Amount", (143_443_600, -14_981_800, 128_461_800, -76_115_900, 52_345_900, -11_648_500, -3_478_200,
                              -5_016_200, -3_974_000, -2_587_000, 25_642_000)),
        ),
        totals=(0, 2, 4, 10),
        key="waterfall",
    )  # fmt: skip


def shares_chart() -> Chart:
    return Chart(
        kind=ChartKind.SHARES,
        title="Share of customers, revenue and serving cost",
        categories=("Customers", "Revenue", "Cost to serve"),
        series=tuple(
            Series(name, (figures[0], figures[1], figures[3]), segment=at)
            for at, (name, figures) in enumerate(zip(SEGMENTS, FIGURES, strict=True))
        ),
        unit=Unit.NUMBER,
        key="shares",
    )


def segment_bars() -> Chart:
    return Chart(
        kind=ChartKind.HORIZONTAL_BARS,
        title="Net contribution by segment",
        categories=SEGMENTS,
        series=(Series("Net contribution", tuple(contribution(figures) for figures in FIGURES)),),
        segments=tuple(range(8)),
        key="contribution_by_segment",
    )


def best_customers(title: str, *, worst: bool = False) -> Table:
    names = ("Fieldstone Kitchen", "Old Mill Grocers", "Bramble Table", "Kiln Provisions", "Fern Café")
    sign = -1 if worst else 1
    return Table(
        columns=(
            Column("Customer"),
            Column("Revenue", Unit.MONEY),
            Column("Cost to serve", Unit.MONEY),
            Column("Net", Unit.MONEY, strong=True),
        ),
        rows=tuple(
            TableRow(
                (name, 6_908_900 - at * 900_000, 498_900 - at * 20_000, sign * (396_100 - at * 40_000)),
                segment=at,
            )
            for at, name in enumerate(names)
        ),
        title=title,
    )


def tie_out_table() -> Table:
    accounts: tuple[tuple[str, str, int, int, int], ...] = (
        ("4000", "Coffee sales", 104_920_280, 104_920_280, 0),
        ("4010", "Syrups and tea", 15_471_984, 15_471_984, 0),
        ("4050", "Counter sales, no customer recorded", 2_140_260, 0, 2_140_260),
        ("4090", "Trade receivables, open invoices", 11_840_632, 11_859_032, 0),
    )
    rows = [TableRow((code, name, a, b, c, a - b - c)) for code, name, a, b, c in accounts]
    totals = (
        sum(row[2] for row in accounts),
        sum(row[3] for row in accounts),
        sum(row[4] for row in accounts),
    )
    return Table(
        columns=(
            Column("Account"),
            Column(""),
            Column("Ledger", Unit.MONEY, key="ledger", cents=True, sum_=True),
            Column("This report", Unit.MONEY, key="quintile", cents=True, sum_=True),
            Column("Left out", Unit.MONEY, key="left_out", cents=True, sum_=True),
            Column("Difference", Unit.MONEY, key="difference", cents=True, sum_=True),
        ),
        rows=tuple(rows),
        totals=("", "Income", *totals, totals[0] - totals[1] - totals[2]),
        key="tie_out",
        title="Agreement with the general ledger, 1 Nov 2025 to 31 Oct 2026",
    )


def check_table() -> Table:
    whole = sum(figures[1] for figures in FIGURES)
    return Table(
        columns=(
            Column("Check"),
            Column("One side", Unit.MONEY, key="ledger", cents=True),
            Column("Other side", Unit.MONEY, key="quintile", cents=True),
            Column("Difference", Unit.MONEY, key="difference", cents=True),
        ),
        rows=(
            TableRow(("Segments add up to all customers", whole, whole, 0)),
            TableRow(("Receivables agree", 11_840_632, 11_859_032, -18_400)),
        ),
        key="sums",
        title="Sums",
    )


def monthly_table() -> Table:
    return Table(
        columns=(
            Column("Month"),
            Column("Net revenue", Unit.MONEY, key="net_revenue", sum_=True),
            Column("Previous 12 months", Unit.MONEY, key="before", sum_=True),
        ),
        rows=tuple(
            TableRow((month, now * 100, before * 100))
            for month, now, before in zip(MONTHS, THIS_YEAR, LAST_YEAR, strict=True)
        ),
        totals=("Total", sum(THIS_YEAR) * 100, sum(LAST_YEAR) * 100),
        key="monthly",
    )
