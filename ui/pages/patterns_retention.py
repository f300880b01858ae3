"""Retention: who came back, by the quarter or month of the first order."""

from typing import Any

from core.analysis.patterns.cohorts import Cohorts, Step, cohort_label
from core.analysis.patterns.share import Share
from reports.numbers import Numbers
from ui.figure_texts import numbers_of
from ui.loading import Loaded
from ui.pages.patterns_cadence import NextOrdersCard, RhythmCard
from ui.pages.patterns_data import RETENTION, Retention, all_dates, cohort_customers, customer_ids
from ui.pages.patterns_heat import HeatCell, HeatShape, HeatTable
from ui.pages.patterns_parts import PartCard, Parts, PatternTab
from ui.pages.patterns_retention_flow import FlowCard
from ui.pages.patterns_retention_orders import OrdersCard
from ui.pages.patterns_scores_cells import short_money
from ui.theme import current_theme
from ui.widgets.buttons import Button
from ui.widgets.cards import QuietBox
from ui.widgets.labels import ElidedLabel, TextLabel, hbox, vbox
from ui.widgets.segmented import SegmentedButtons

CLASSIC = (
    "Classic: customers of the cohort with an order in just that period, by all customers of the cohort."
)
UNBOUNDED = (
    "Unbounded: customers with an order in that period or any later one, by all customers of the cohort."
)
MOST_COHORTS_IN_SUMMARY = 11
LEAST_PX = 390


def triangle(
    loaded: Loaded, found: Cohorts, *, show: str = "customers", later: bool = False, last: int | None = None
) -> tuple[list[str], list[list[HeatCell]]]:
    """Titles and cells; `show` is customers (percent), counts or revenue; `last` keeps the newest cohorts only."""
    count = len(found.periods)
    first = 0 if last is None else max(0, count - last)
    numbers = numbers_of(loaded.figures)
    most = int(found.net_revenue.max(initial=0))
    titles = [found.step.value.capitalize(), "Customers", *(str(since) for since in range(count - first))]
    rows = []
    for cohort in range(first, count):
        if not found.size[cohort]:
            continue
        label = cohort_label(found.periods[cohort], found.step)
        size = int(found.size[cohort])
        began = f"{_customers(size)} ordered first in {label}."
        row = [HeatCell(label, "name", began), HeatCell(f"{size:,}", "name", began)]
        row += [
            _cell(loaded, found, (cohort, since), show=show, later=later, most=most, numbers=numbers)
            if found.reached(cohort, since)
            else HeatCell("")
            for since in range(count - first)
        ]
        rows.append(row)
    rows.append(_last_row(found, count - first, show=show, later=later, numbers=numbers))
    return titles, rows


def _cell(
    loaded: Loaded,
    found: Cohorts,
    at: tuple[int, int],
    *,
    show: str,
    later: bool,
    most: int,
    numbers: Numbers,
) -> HeatCell:
    cohort, since = at
    share = (found.unbounded_retention if later else found.classic_retention)(cohort, since)
    money = found.revenue(cohort, since) or 0
    label = cohort_label(found.periods[cohort], found.step)
    when = cohort_label(found.periods[cohort + since], found.step)
    value = share.value if share is not None and share.value is not None else 0.0
    done = "ordered then or later" if later else f"ordered in {when}"
    numerator, denominator = (share.numerator, share.denominator) if share is not None else (0, 0)
    words = (
        f"{label}, {found.step.value} {since} ({when}): {numerator:,} of {denominator:,} customers {done}, "
    )
    words += f"{value:.1%}. Net revenue {numbers.money(money)}."
    if found.last_is_partial and cohort + since == len(found.periods) - 1:
        words += f" {when} is not over yet."
    text = {"revenue": short_money(numbers, money), "counts": f"{numerator:,}"}.get(
        show, f"{100 * value:.0f}"
    )
    heat = (max(0, money) / most if most > 0 else 0.0) ** 0.5 if show == "revenue" else value
    title = f"First order {label}, {'from ' if later else ''}{when}"

    def behind() -> tuple[list[int], str]:
        facts = loaded.figures.facts
        return customer_ids(facts, cohort_customers(facts, found, cohort, since=since, later=later)), title

    payload = behind if numerator else None
    return HeatCell(text, "", words, payload=payload, heat=heat)


def _last_row(found: Cohorts, width: int, *, show: str, later: bool, numbers: Numbers) -> list[HeatCell]:
    cells = []
    for since in range(width):
        if show == "revenue":
            lived = len(found.periods) - since
            total = int(found.net_revenue[:lived, since].sum())
            words = f"All cohorts in {found.step.value} {since}: {numbers.money(total)}"
            cells.append(HeatCell(short_money(numbers, total), "total", words))
            continue
        share = (found.average_unbounded if later else found.average_classic)(since)
        cells.append(_average(found, share, since, show=show))
    name = {"revenue": "All cohorts", "counts": "All cohorts"}.get(show, "Weighted average")
    return [
        HeatCell(name, "total"),
        HeatCell(f"{int(found.size.sum()):,}", "total", "Customers with an order"),
        *cells,
    ]


def _average(found: Cohorts, share: Share | None, since: int, *, show: str) -> HeatCell:
    if share is None or share.value is None:
        return HeatCell("", "total")
    words = (
        f"{found.step.value.capitalize()} {since}: {share.numerator:,} of {share.denominator:,} customers of all "
        f"cohorts that have lived so long, {share.value:.1%}."
    )
    text = f"{share.numerator:,}" if show == "counts" else f"{100 * share.value:.0f}"
    return HeatCell(text, "total", words)


class RetentionCard(PartCard):
    """The triangle with its switches; what is chosen is told below."""

    part, missing_title = RETENTION, "retention"

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts, "Retention by first order")
        self.step = SegmentedButtons(
            [("quarter", "Quarters"), ("month", "Months")], name="Length of a period"
        )
        shows = [("customers", "Percent"), ("counts", "Customers"), ("revenue", "Revenue")]
        self.shows = SegmentedButtons(shows, name="What cells show")
        self.kind = SegmentedButtons([("classic", "Classic"), ("unbounded", "Unbounded")], name="Retention")
        self.kind.button("classic").setToolTip(CLASSIC)
        self.kind.button("unbounded").setToolTip(UNBOUNDED)
        for switch in (self.step, self.shows, self.kind):
            self.add_action(switch)
            switch.chosen.connect(lambda _key: self._fill_again())
        shape = HeatShape(name=118, second=76, least_width=46, most_width=104, least_row=21, most_row=44)
        self.grid = HeatTable("Retention", shape)
        self.words, self.name = ElidedLabel("", "body"), TextLabel("", "body-bold")
        self.show_button = Button(
            "Show customers", "link", clicked=lambda: self.open_customers(self._payload)
        )
        row = hbox(self.words, self.show_button, gap=5)
        row.setStretch(0, 1)
        box = QuietBox(row)
        box.layout().setContentsMargins(10, 3, 10, 3)  # type: ignore[union-attr]
        self.note = TextLabel("", "small", tone="muted", wrap=True)
        self.content.addWidget(self.grid, 1)
        self.content.addWidget(box)
        self.content.addWidget(self.note)
        self._payload: Any = None
        self.grid.chosen.connect(self._chosen)
        self.grid.opened.connect(self.open_customers)

    def has_content(self, *, shown: bool) -> None:
        """The switches belong to the grid."""
        for switch in (self.step, self.shows, self.kind):
            switch.setVisible(shown)
        self.setMinimumHeight(LEAST_PX if shown else 0)

    def fill(self, loaded: Loaded, found: Retention) -> None:
        """Show the triangle as the switches say."""
        self._offer_steps(found)
        cohorts = found.by_step[Step(self.step.current)]
        later = self.kind.current == "unbounded" and self.shows.current != "revenue"
        self.kind.setEnabled(self.shows.current != "revenue")
        self.grid.set_cells(*triangle(loaded, cohorts, show=self.shows.current, later=later))
        self.set_title(f"Retention by first-order {cohorts.step.value}")
        words = [all_dates(loaded), UNBOUNDED if later else CLASSIC, *cohort_notes(cohorts)]
        self.note.setText(" ".join(words))
        row = next(
            (at for at, line in enumerate(self.grid.matrix.cells) if len(line) > 3 and line[3].payload), 0
        )
        self.grid.choose(row, min(3, len(self.grid.matrix.titles) - 1))

    def _offer_steps(self, found: Retention) -> None:
        """Months alone where the history is short, with the reason."""
        missing = found.quarters_missing
        quarters = self.step.button(Step.QUARTER)
        quarters.setEnabled(missing is None)
        quarters.setToolTip("" if missing is None else missing.text)
        if Step(self.step.current) not in found.by_step:
            self.step.set_current(found.longest.step)

    def _fill_again(self) -> None:
        found = self.parts.found(self.part.key)
        if self.parts.loaded is not None and isinstance(found, Retention):
            self.fill(self.parts.loaded, found)

    def _chosen(self, cell: HeatCell) -> None:
        self._payload = cell.payload
        self.words.setText(cell.tooltip)
        self.show_button.setVisible(cell.payload is not None)


def cohort_notes(found: Cohorts) -> list[str]:
    """What to keep in mind about the first row and the last cells."""
    step = found.step.value
    notes = [f"Who ordered first in the book's first {step} may have been a customer before."]
    if found.last_is_partial:
        notes.append(f"The last cell of each row is a {step} that is not over yet.")
    return notes


def short_cohort_notes(found: Cohorts, *, last: int) -> str:
    """The same where there is one line for it; the first row may not show."""
    first = "" if len(found.periods) > last else "First row: may be older customers."
    ends = f"Last cells: a {found.step.value} not over yet." if found.last_is_partial else ""
    return f"{first} {ends}".strip()


class RetentionSummaryCard(PartCard):
    """The newest quarters of the triangle in percent, for the summary; months in a short history."""

    part, missing_title = RETENTION, "retention"

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts, "Retention by first-order quarter")
        shape = HeatShape(name=68, second=74, least_width=25, most_width=60, least_row=19, most_row=24)
        self.grid = HeatTable("Retention", shape)
        self.note = TextLabel("", "small", tone="muted", wrap=True)
        self.content.addWidget(self.grid, 1)
        self.content.addWidget(self.note)
        self.grid.opened.connect(self.open_customers)

    def fill(self, loaded: Loaded, found: Retention) -> None:
        """Show the newest cohorts."""
        cohorts = found.longest
        step = cohorts.step.value
        self.set_title(f"Retention by first-order {step}", f"% still ordering, by {step}s since first order")
        self.grid.set_cells(*triangle(loaded, cohorts, last=MOST_COHORTS_IN_SUMMARY))
        self.grid.clearSpans()
        self.grid.setSpan(len(self.grid.matrix.cells) - 1, 0, 1, 2)  # the words need both columns
        self.grid.setMinimumHeight(self.grid.wanted_height)
        notes = short_cohort_notes(cohorts, last=MOST_COHORTS_IN_SUMMARY)
        self.note.setText(f"{all_dates(loaded)} {notes}".strip())
        reason = found.quarters_missing
        self.note.setToolTip("\n".join([*cohort_notes(cohorts), *([reason.text] if reason else [])]))


def retention_tab(parts: Parts) -> PatternTab:
    """The tab: the triangle, the orders, rhythm beside new and returning customers, then the next orders."""
    triangle_card, orders = RetentionCard(parts), OrdersCard(parts)
    rhythm, flow, following = RhythmCard(parts), FlowCard(parts), NextOrdersCard(parts)
    gutter = current_theme().size("gutter")
    row = hbox(gap=gutter)
    row.addWidget(rhythm, 1)
    row.addWidget(flow, 1)
    body = vbox(gap=gutter)
    body.addWidget(triangle_card, 1)
    body.addWidget(orders)
    body.addLayout(row)
    body.addWidget(following)
    return PatternTab([triangle_card, orders, rhythm, flow, following], body)


def _customers(count: int) -> str:
    return "1 customer" if count == 1 else f"{count:,} customers"
