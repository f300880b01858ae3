"""What is printed adds up in whole units; what is held stays to the cent."""

from dataclasses import replace

from core.unit import Unit
from reports.content import Chart, ChartKind, Column, Columns, Paragraph, Series, Table, TableRow
from reports.printed import printed, printed_blocks
from tests.reports.builders import report

MONEY = Column("Revenue", Unit.MONEY, key="revenue", sum_=True)


def table(*amounts: int | None, column: Column = MONEY, kind: str = "row") -> Table:
    rows = tuple(TableRow(("a", amount, 0.5), kind=kind) for amount in amounts)
    total = sum(amount or 0 for amount in amounts)
    return Table((Column("Name"), column, Column("Share", Unit.RATIO, sum_=True)), rows, ("All", total, 1.0))


def amounts(block: object) -> list[object]:
    assert isinstance(block, Table)
    return [row.cells[1] for row in block.rows]


def test_a_column_of_amounts_gives_its_printed_total() -> None:
    # 1.50 + 1.50 + 1.49 = 4.49 is printed as 4: the first takes the missing unit.
    (shown,) = printed_blocks((table(150, 150, 149, None),), 2)
    assert amounts(shown) == [200, 100, 100, None]
    assert isinstance(shown, Table)
    assert [row.cells[2] for row in shown.rows] == [0.5] * 4  # a share is never made to add up


def test_what_has_decimals_no_sum_or_subtotals_is_left_alone() -> None:
    held = (
        table(150, 149, column=replace(MONEY, cents=True)),
        table(150, 149, column=replace(MONEY, sum_=False)),
        table(150, 149, kind="subtotal"),
        Paragraph("Words"),
    )
    assert printed_blocks(held, 2) == held


def test_blocks_side_by_side_are_printed_alike() -> None:
    (shown,) = printed_blocks((Columns(((table(150, 150),), (Paragraph("Words"),)), (1.0, 1.0)),), 2)
    assert isinstance(shown, Columns)
    assert amounts(shown.columns[0][0]) == [200, 100]


def chart(
    kind: ChartKind, *values: int | None, unit: Unit = Unit.MONEY, totals: tuple[int, ...] = ()
) -> Chart:
    names = tuple(str(at) for at in range(len(values)))
    return Chart(kind, "A chart", names, (Series("One", values),), unit=unit, totals=totals)


def shown(one: Chart) -> tuple[float | int | None, ...]:
    (found,) = printed_blocks((one,), 2)
    assert isinstance(found, Chart)
    return found.series[0].values


def test_bars_are_those_of_the_table_and_steps_lead_from_total_to_total() -> None:
    assert shown(chart(ChartKind.HORIZONTAL_BARS, 150, 150, 149)) == (200, 100, 100)
    # 10.40 - 0.30 - 0.30 = 9.80: printed 10 - 0 - 0 = 10.
    fall = chart(ChartKind.WATERFALL, 1_040, -30, -30, 980, totals=(0, 3))
    assert shown(fall) == (1_000, 0, 0, 1_000)
    # An unknown total leaves its steps rounded one by one.
    assert shown(chart(ChartKind.WATERFALL, 1_040, -60, None, totals=(0, 2))) == (1_000, -100, None)


def test_other_charts_are_left_alone() -> None:
    for one in (
        chart(ChartKind.WHALE_CURVE, 150, 149),
        chart(ChartKind.HORIZONTAL_BARS, 150, unit=Unit.COUNT),
    ):
        assert printed_blocks((one,), 2) == (one,)


def test_a_currency_without_decimals_is_printed_as_it_is() -> None:
    held = report()
    assert printed(replace(held, exponent=0)).sections == held.sections
