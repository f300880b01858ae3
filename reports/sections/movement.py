"""Movement: who changed segment since the last close."""

from collections.abc import Iterator

from core.period import day_label
from core.segments.movement import Movement
from core.unit import Unit
from reports.content import Block, Column, Heading, Paragraph, Table, TableRow, Value
from reports.narrative import moves
from reports.rounding import column_sum
from reports.section import Context, SectionSpec

_TITLE = "Movement"


def build(context: Context) -> Iterator[Block]:
    """A roll-forward of every segment in customers and money, and the matrix of moves."""
    movement = context.movement
    yield Heading(moves.headline(movement), kicker=_TITLE)
    yield Paragraph(moves.lead(movement, context.membership.scheme.name), lead=True)
    if movement is None:
        yield from opening_position(context)
        return
    if not movement.segments:
        return
    yield roll_forward(movement)
    yield matrix(movement)


def opening_position(context: Context) -> Iterator[Block]:
    """Before there are two closes: where everybody stands, which the next report compares with."""
    totals = [total for total in context.totals if total.customers]
    if not totals:
        return
    rows = [
        TableRow((total.segment.name, total.customers, total.net_revenue), segment=total.segment.palette)
        for total in totals
    ]
    yield Table(
        columns=(
            Column("Segment", key="segment", width=1.5),
            Column("Customers", Unit.COUNT, key="customers", sum_=True, strong=True),
            Column("Revenue", Unit.MONEY, key="revenue", sum_=True),
        ),
        rows=tuple(rows),
        totals=("All customers", column_sum(rows, 1), column_sum(rows, 2)),
        key="opening_position",
        title=f"Where customers stand on {day_label(context.facts.as_of)}",
        note="The next report compares with these figures, once this month is closed.",
    )


def roll_forward(movement: Movement) -> Table:
    """Opening, first orders, arrivals, departures, left, closing; and what the members buy."""
    rows = []
    for spec in movement.segments:
        name = spec.name
        cells: tuple[Value, ...] = (
            name,
            movement.opening(name),
            movement.customers("", name),
            moves.arrivals(movement, name),
            -moves.departures(movement, name),
            -movement.customers(name, ""),
            movement.closing(name),
            movement.opening_money(name),
            movement.closing_money(name),
        )
        rows.append(TableRow(cells, segment=spec.palette))
    then, now = day_label(movement.before), day_label(movement.after)
    return Table(
        columns=(
            Column("Segment", key="segment", width=1.5),
            Column(then, Unit.COUNT, key="opening", sum_=True),
            Column("First orders", Unit.COUNT, key="first_orders", sum_=True),
            Column("Moved in", Unit.COUNT, key="moved_in", sum_=True),
            Column("Moved out", Unit.COUNT, key="moved_out", sum_=True),
            Column("Left", Unit.COUNT, key="left", sum_=True),
            Column(now, Unit.COUNT, key="closing", sum_=True, strong=True),
            Column(f"Revenue, {then}", Unit.MONEY, key="revenue_before", sum_=True),
            Column(f"Revenue, {now}", Unit.MONEY, key="revenue_after", sum_=True),
        ),
        rows=tuple(rows),
        totals=("All customers", *(column_sum(rows, at) for at in range(1, 9))),
        key="movement",
        note="Who moved in or out changed segment; first orders and customers who left are apart. "
        "Revenue is that of the period that ends on each day, of those who are members on that day.",
    )


def matrix(movement: Movement) -> Table:
    """From rows to columns, in customers; those who stayed stand on the diagonal."""
    names = [spec.name for spec in movement.segments]
    rows = []
    for spec in movement.segments:
        cells = [movement.customers(spec.name, end) for end in names]
        rows.append(TableRow((spec.name, *cells, movement.opening(spec.name)), segment=spec.palette))
    if movement.joined:
        cells = [movement.customers("", end) for end in names]
        rows.append(TableRow(("First orders", *cells, movement.joined), kind="muted"))
    closing = [movement.closing(end) for end in names]
    return Table(
        columns=(
            Column("From", key="from", width=1.6),
            *(Column(name, Unit.COUNT, key=f"to_{at}", sum_=True) for at, name in enumerate(names)),
            Column("Total", Unit.COUNT, key="total", sum_=True, strong=True),
        ),
        rows=tuple(rows),
        totals=("To", *closing, sum(closing) + movement.left),
        key="movement_matrix",
        title="From where to where",
        note=_note(movement),
    )


def _note(movement: Movement) -> str:
    text = "Rows are the segment before, columns the segment now."
    return f"{text} {movement.left:,} left; they are in the total only." if movement.left else text


SECTION: SectionSpec = SectionSpec("movement", 50, lambda _: _TITLE, build)
