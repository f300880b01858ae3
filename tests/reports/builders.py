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
)
from tests.reports.builder_blocks import (
    SEGMENTS,
    best_customers,
    check_table,
    customer_table,
    month_chart,
    monthly_table,
    segment_bars,
    segment_table,
    shares_chart,
    tie_out_table,
    waterfall_chart,
    whale_chart,
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
