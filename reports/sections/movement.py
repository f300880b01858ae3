"""Movement: who changed segment since the last close."""

from collections.abc import Iterator

from core.period import day_label
from core.segments.movement import Movement
from core.unit import Unit
from reports.content import Block, Column, Heading, Paragraph, Table, TableRow, Value
from reports.narrative import moves
from reports.rounding import column_sum, rounded_to_whole, whole_unit
from reports.section import Context, SectionSpec

_TITLE = "Movement"


def build(context: Context) -> Iterator[Block]:
    """A roll-forward of every segment, the matrix of moves, and what it means in money."""
    movement = context.movement
    yield Heading(moves.headline(movement), kicker=_TITLE)
    yield Paragraph(moves.lead(movement, context.membership.scheme.name), lead=True)
    if movement is None or not movement.segments:
        return
    yield roll_forward(movement)
    yield matrix(movement)
    yield money(context, movement)


def roll_forward(movement: Movement) -> Table:
    """Opening, first orders, arrivals, departures, left, closing."""
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
            moves.arrivals_from(movement, name),
        )
        rows.append(TableRow(cells, segment=spec.palette))
    sums = tuple(column_sum(rows, at) for at in range(1, 7))
    return Table(
        columns=(
            Column("Segment", key="segment", width=1.5),
            Column(day_label(movement.before), Unit.COUNT, key="opening", sum_=True),
            Column("First orders", Unit.COUNT, key="first_orders", sum_=True),
            Column("Moved in", Unit.COUNT, key="moved_in", sum_=True),
            Column("Moved out", Unit.COUNT, key="moved_out", sum_=True),
            Column("Left", Unit.COUNT, key="left", sum_=True),
            Column(day_label(movement.after), Unit.COUNT, key="closing", sum_=True, strong=True),
            Column("Arrivals from", key="arrivals_from", width=2.2),
        ),
        rows=tuple(rows),
        totals=("All customers", *sums, ""),
        key="movement",
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


def money(context: Context, movement: Movement) -> Table:
    """Net revenue of each segment's members, as it stood before and stands now."""
    exponent = context.figures.exponent
    names = [spec.name for spec in movement.segments]
    sides = [[read(name) for name in names] for read in (movement.opening_money, movement.closing_money)]
    before, after = (rounded_to_whole(side, exponent) for side in sides)
    rows = [
        TableRow((spec.name, then, now, (now or 0) - (then or 0)), segment=spec.palette)
        for spec, then, now in zip(movement.segments, before, after, strict=True)
    ]
    first, last = (whole_unit(sum(side), exponent) for side in sides)
    return Table(
        columns=(
            Column("Segment", key="segment", width=1.5),
            Column(f"Revenue to {day_label(movement.before)}", Unit.MONEY, key="before", sum_=True),
            Column(f"Revenue to {day_label(movement.after)}", Unit.MONEY, key="after", sum_=True),
            Column("Change", Unit.MONEY, key="change", sum_=True, strong=True),
        ),
        rows=tuple(rows),
        totals=("All customers", first, last, last - first),
        title="What the members buy",
        note="Net revenue of the period that ends on each day, of the members of that day.",
    )


SECTION = SectionSpec("movement", 50, lambda _: _TITLE, build)
