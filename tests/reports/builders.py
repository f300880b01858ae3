"""A made-up report with every kind of block and with names that have broken programs before."""

from dataclasses import replace
from datetime import date

from core.unit import Unit
from reports.content import (
    Annotation,
    Branding,
    Callout,
    Callouts,
    Chart,
    ChartKind,
    Column,
    Columns,
    Cover,
    Definition,
    Definitions,
    Facts,
    Heading,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Report,
    Section,
    SegmentStyle,
    Series,
    SideHeading,
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
THIS_YEAR = (117_600, 139_100, 89_800, 81_900, 109_800, 109_100, 121_900, 106_000, 91_500, 93_000, 101_600, 121_900)
LAST_YEAR = (119_600, 124_900, 86_400, 73_100, 94_000, 87_700, 96_200, 86_700, 87_500, 86_000, 105_600, 109_300)


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
    return (customers, revenue, revenue / all_revenue, (2 * revenue + orders) // (2 * orders), orders, serve, left, left / revenue)


def customer_table(count: int = 300) -> Table:
    rows = []
    for at in range(count):
        name = ODD_NAMES[at] if at < len(ODD_NAMES) else f"Customer {at:05d}"
        revenue = 4_000_000 - at * 9_973
        left = revenue // 5 - (150_000 if at % 11 == 0 else 0) - at * 700
        gap = None if at % 7 == 0 else at % 40
        rows.append(
            TableRow((name, SEGMENTS[at % 8], revenue, left, left / revenue, gap, date(2026, 10, 1 + at % 31)))
        )
    revenue = sum(int(row.cells[2] or 0) for row in rows)  # type: ignore[arg-type]
    left = sum(int(row.cells[3] or 0) for row in rows)  # type: ignore[arg-type]
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
            TableRow((name, 6_908_900 - at * 900_000, 498_900 - at * 20_000, sign * (396_100 - at * 40_000)), segment=at)
            for at, name in enumerate(names)
        ),
        title=title,
    )


def tie_out_table() -> Table:
    accounts = (
        ("4000", "Coffee sales", 104_920_280, 104_920_280, 0),
        ("4010", "Syrups and tea", 15_471_984, 15_471_984, 0),
        ("4050", "Counter sales, no customer recorded", 2_140_260, 0, 2_140_260),
        ("4090", "Trade receivables, open invoices", 11_840_632, 11_859_032, 0),
    )
    rows = [TableRow((code, name, a, b, c, a - b - c)) for code, name, a, b, c in accounts]
    totals = tuple(sum(row[at] for row in accounts) for at in (2, 3, 4))
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


KEY_FIGURES = KeyFigures(
    (
        KeyFigure("Revenue", 128_461_800, Unit.MONEY, key="net_revenue", change=0.111, note="from $1,156,744"),
        KeyFigure("Gross margin", 52_345_900, Unit.MONEY, key="gross_profit", change=-0.003, change_unit=Unit.POINTS, note="at 40.7%"),
        KeyFigure("Net contribution", 25_642_000, Unit.MONEY, key="contribution", change=0.132, note="at 20.0% of revenue"),
        KeyFigure("Cost to serve", 26_703_900, Unit.MONEY, key="cost_to_serve", change=-0.007, change_unit=Unit.POINTS, note="at 20.8%", good_when_up=False),
        KeyFigure("Active customers", 175, Unit.COUNT, key="active_customers", change=17, change_unit=Unit.COUNT, note="from 158"),
        KeyFigure("Bought again", 0.816, Unit.RATIO, key="bought_again", note="129 of last year’s 158 customers"),
    )
)  # fmt: skip


def executive_summary() -> Section:
    return Section(
        "summary",
        "Executive summary",
        (
            Heading("Sales grew 11.1% and net contribution 13.2%, but 34 customers cost more than they bring in", kicker="Executive summary"),
            Paragraph(
                "Over the 12 months to 31 October 2026 you sold $1,284,618 to 175 customers. After the cost of the goods "
                "and of serving each customer, $256,420 was left, 13.2% more than the year before.",
                lead=True,
            ),
            KEY_FIGURES,
            month_chart(),
            SideHeading("What is working", "**Champions**, 36 customers, bring in 52% of revenue and 73% of net contribution. Orders average $492 and they buy every 10 days."),
            SideHeading(
                "What needs care",
                "**Costly to serve**: 13 customers bought $164,928 and lost you $22,116, mostly through discounts, small "
                "far-away deliveries and support visits. **At risk**: 19 customers worth $121,083 a year have gone quiet, 7 of them this month.",
            ),
            Callouts(
                (
                    Callout("Call the six largest", "$88,467 of yearly revenue has gone silent. Offer free delivery on the next order.", "Ruth, by 20 November", 6),
                    Callout("Set a $250 minimum", "Move 13 customers to a fortnightly route and review discounts above 20%.", "Ruth and Dana, by 30 November", 5),
                    Callout("Offer first choice", "Give 36 Champions 48 hours early access to the winter single origins.", "Jo, by 18 November", 0),
                ),
                title="What to do next",
            ),
        ),
    )  # fmt: skip


def segments_section() -> Section:
    return Section(
        "segments",
        "Segments at a glance",
        (
            Heading("Two groups make the money, one gives some of it back", kicker="Segments at a glance"),
            Paragraph("Champions and Loyal core are a third of customers and 96% of net contribution. Costly to serve customers take 28% of all serving cost for 13% of revenue.", lead=True),
            segment_table(),
            shares_chart(),
            segment_bars(),
            Definitions(
                tuple(Definition(name, "Recent, frequent and high-value buyers.", at) for at, name in enumerate(SEGMENTS)),
                title="What the names mean",
            ),
        ),
    )  # fmt: skip


def profitability_section() -> Section:
    return Section(
        "profitability",
        "Profitability",
        (
            Heading("41 customers earn 97% of your profit, the last 34 give back $32,554", kicker="Profitability"),
            Paragraph("Customers are ranked from most to least profitable and their net contribution is added up. The curve would end at $288,974 if nobody were served at a loss.", lead=True),
            whale_chart(annotations=(Annotation(40, "Top 20% (41 customers)", "earn 97% of the total"), Annotation(137, "Peak $288,974", "113% of total, at customer 138"), Annotation(203, "Total $256,420", "34 customers\nlose $32,554"))),
            waterfall_chart(),
            Columns(((best_customers("Most profitable"),), (best_customers("Least profitable", worst=True),)), (1, 1)),
        ),
    )  # fmt: skip


def profile_section() -> Section:
    types = ("Restaurant", "Home", "Café", "Office", "Grocer")
    return Section(
        "profile",
        "Segment profile: At risk",
        (
            Heading("19 regular customers have gone quiet, and 6 will turn Dormant by mid-December", kicker="Segment profile: At risk", kicker_segment=6),
            Paragraph("These customers have been silent for more than twice their own usual gap. Last year they bought $135,386; this year $121,083.", lead=True),
            KeyFigures(
                (
                    KeyFigure("Customers", 19, Unit.COUNT, note="9.3% of 204"),
                    KeyFigure("Revenue", 12_108_300, Unit.MONEY, note="9.4% of total"),
                    KeyFigure("Net contribution", 1_098_100, Unit.MONEY, note="9.1% of revenue"),
                    KeyFigure("Usual order gap", 18, Unit.DAYS, note="Median silence 91 days"),
                ),
                columns=4,
            ),
            Columns(
                (
                    (month_chart(note="Dashed line: previous 12 months"),),
                    (Chart(ChartKind.HORIZONTAL_BARS, "Who they are", types, (Series("Customers", (6, 5, 4, 3, 1), segment=6),), unit=Unit.COUNT),),
                ),
                (2, 1),
            ),
            Columns(
                (
                    (Facts((("Average order", "$319"), ("Orders per customer", "19.9"), ("Favourite product", "Harbour Blend 1 kg, 31%")), title="How they buy"),),
                    (Heading("Our comment", level=2), Paragraph("Sales to this group stopped in stages from July, not all at once, so no single cause is likely. Three of the seven largest are already unprofitable because of delivery and support.")),
                ),
                (1, 1),
            ),
            Facts((("Message", "We miss you: your usual order, ready to go"), ("Offer", "Free delivery on next order"), ("Channel", "Phone, then email"), ("Budget", "$650")), title="The plan"),
        ),
    )  # fmt: skip


def method_section() -> Section:
    return Section(
        "tie_out",
        "Method and reconciliation",
        (
            Heading("How the figures were made, and proof that they agree", kicker="Method, definitions and reconciliation"),
            tie_out_table(),
            Columns(
                (
                    (Definitions((Definition("Revenue", "Invoices less credit notes and discounts, before sales tax."), Definition("Gross margin", "Revenue less the cost of goods sold.")), title="Definitions", columns=1),),
                    (Heading("What to keep in mind", level=2), Paragraph("Whole dollars are rounded so that every column adds up.")),
                ),
                (1, 1),
            ),
            Facts((("Sources", "QuickBooks Online ledger and invoices, read 3 Nov 2026"), ("Tied out by", "Dana Whitlock, 12 Nov 2026, 11 of 12 checks agree"), ("Book fingerprint", "7F3A-91C2-04BE, report 2026-10 v1"))),
        ),
    )  # fmt: skip


def customers_section(count: int = 300) -> Section:
    return Section(
        "customer_list",
        "All customers",
        (Heading("Every customer by name", kicker="All customers"), customer_table(count)),
    )


def report(**changes: object) -> Report:
    """The whole made-up pack; name what shall be different."""
    shares = shares_chart()
    built = Report(
        cover=Cover(
            title="Customer segment report",
            period_label="October 2026",
            what_it_is="Who your customers are, what each group earns you after the cost of serving them, and what to do about it next month.",
            prepared_for="Ruth Alder, Owner\nAlder & Finch Coffee Roasters",
            prepared_by="Dana Whitlock\nLarkspur Bookkeeping",
            date_and_basis="12 November 2026\nAccrual basis, ledger closed 31 Oct",
            shares=replace(
                shares,
                title="Revenue by segment, 12 months to 31 October 2026",
                categories=("Revenue",),
                series=tuple(Series(s.name, (s.values[1],), s.segment) for s in sorted(shares.series, key=lambda s: -(s.values[1] or 0))),
            ),
        ),
        sections=(executive_summary(), segments_section(), profitability_section(), profile_section(), method_section(), customers_section()),
        branding=Branding("Larkspur Bookkeeping\nCertified bookkeepers, 14 Mill Row, Portbury", "Alder & Finch Coffee Roasters", "#23395B"),
        currency="USD",
        exponent=2,
        currency_name="US dollars",
        tie_out_line="Income and costs agree with the general ledger, see page {page:tie_out}.",
        period_key="2025-11..2026-10",
        created=date(2026, 11, 12),
        fingerprint="7F3A-91C2-04BE",
        segments=tuple(SegmentStyle(name, at) for at, name in enumerate(SEGMENTS)),
        data=(customer_table(), monthly_table()),
        checks=(check_table(),),
    )  # fmt: skip
    return replace(built, **changes)  # type: ignore[arg-type]
