"""Lifetime value: a formula on one line, two fitted models with their warnings, and who is drifting away."""

from typing import TYPE_CHECKING, Any

from core.analysis.patterns.churn import DEFINITION, ChurnRisk
from core.analysis.patterns.not_enough import NotEnough
from core.analysis.patterns.simple_value import FORMULA, SimpleValue
from ui.figure_texts import money_style, numbers_of
from ui.loading import Loaded
from ui.models.column import Column, MoneyStyle
from ui.pages.patterns_data import customer_ids
from ui.pages.patterns_parts import PartCard, Parts, PatternTab
from ui.pages.patterns_value_data import (
    CHURN,
    MODEL,
    SIMPLE,
    ModelValue,
    customer_rows,
    formula_line,
    formula_words,
    parameter_rows,
    risk_rows,
)
from ui.theme import current_theme
from ui.widgets.charts_bars import BarComparisonChart
from ui.widgets.labels import TextLabel, hbox, vbox
from ui.widgets.legend import ChartLegend
from ui.widgets.table import simple_table

if TYPE_CHECKING:
    from core.analysis.patterns.model_check import FrequencyCheck

ROW_PX = 26
COUNTS = MoneyStyle(symbol="", exponent=0)


class FormulaCard(PartCard):
    """The printed formula with its numbers."""

    part, missing_title = SIMPLE, "the simple formula"

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts, "Value of a customer, simply")
        self.line = TextLabel("", "section", wrap=True)
        self.words = TextLabel("", "small", tone="muted", wrap=True)
        self.content.addWidget(TextLabel(FORMULA, "small", tone="secondary", wrap=True))
        self.content.addWidget(self.line)
        self.content.addWidget(self.words)
        self.content.addStretch(1)
        self.setMinimumHeight(150)

    def fill(self, loaded: Loaded, found: SimpleValue) -> None:
        """Show the formula."""
        self.line.setText(formula_line(found, numbers_of(loaded.figures)))
        self.line.setToolTip(f"{FORMULA}\n{formula_words(found)}")
        self.words.setText(formula_words(found))


class RiskCard(PartCard):
    """How many are drifting away."""

    part, missing_title = CHURN, "churn risk"

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts, "Who is drifting away", "Judged by own cadence and by the model", flush=True)
        self.table = simple_table(
            RISK_COLUMNS, name="Who is drifting away", stretch="risk", row_height=ROW_PX
        )
        self.table.open_asked.connect(self._open)
        self.content.addWidget(self.table, 1)
        self.setMinimumHeight(38 + 32 + 4 * ROW_PX + 4)
        self._ids: list[list[int]] = []

    def fill(self, loaded: Loaded, found: tuple[ChurnRisk, Any]) -> None:
        """Show the classes."""
        rows = risk_rows(loaded, found[0])
        self._ids = rows.pop("ids")
        money = money_style(loaded.figures)
        columns = [*RISK_COLUMNS[:-1], Column("revenue", "Revenue", "money", money=money, width=116)]
        self.table.table_model.set_columns(columns, rows)

    def _open(self, row: int) -> None:
        if self._ids[row]:
            title = f"Churn risk {self.table.table_model.value(row, 'risk').split(':')[0].lower()}"
            self.open_customers((self._ids[row], title))


RISK_COLUMNS = [
    Column("risk", "Risk", width=150, header_tooltip=DEFINITION, tooltip=lambda _row: DEFINITION),
    Column("customers", "Customers", "integer", width=90),
    Column("revenue", "Revenue", "money", width=116),
]


class ModelCard(PartCard):
    """The parameters of both models, how sure they are, and words where the models are at their edge."""

    part, missing_title = MODEL, "a model of repeat orders"

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts, "Models", "BG/NBD for orders, Gamma-Gamma for spending", flush=True)
        self._means: list[str] = []
        columns = [
            Column("model", "Model", width=100),
            Column("name", "Parameter", width=80, tooltip=lambda row: self._means[row]),
            Column("value", "Value", align="right", width=140, tooltip=lambda row: self._means[row]),
            Column("error", "Standard error", align="right", width=110),
        ]
        self.table = simple_table(columns, name="Parameters", stretch="model", row_height=ROW_PX)
        self.table.setMinimumHeight(32 + 7 * ROW_PX)
        self.warnings = TextLabel("", "small", tone="warning", wrap=True)
        self.notes = TextLabel("", "small", tone="muted", wrap=True)
        for label in (self.warnings, self.notes):
            label.setContentsMargins(14, 2, 14, 6)
        self.content.addWidget(self.table, 1)
        self.content.addWidget(self.warnings)
        self.content.addWidget(self.notes)

    def fill(self, loaded: Loaded, found: ModelValue) -> None:
        """Show parameters and words."""
        rows = parameter_rows(found.value, loaded.figures.exponent)
        self._means = rows.pop("means")
        self.table.table_model.set_rows(rows)
        self.warnings.setText(" ".join(found.value.warnings))
        self.warnings.setVisible(bool(found.value.warnings))
        fit = found.value.orders
        likelihood = f"Log-likelihood {fit.log_likelihood:,.1f} over {fit.customers:,} customers."
        self.notes.setText(" ".join((likelihood, *found.value.notes)))


class CheckCard(PartCard):
    """What the model expects beside what happened."""

    part, missing_title = MODEL, "expected against actual"

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts, "Expected against actual", "Customers by repeat orders")
        self.legend = ChartLegend()
        self.legend.set_names("Actual", "Expected")
        self.add_action(self.legend)
        self.chart: BarComparisonChart | None = None
        self.setMinimumHeight(250)

    def has_content(self, *, shown: bool) -> None:
        """The legend belongs to the chart."""
        self.legend.setVisible(shown)

    def fill(self, loaded: Loaded, found: ModelValue) -> None:
        """Show the customers with 0, 1, 2 ... repeat orders."""
        check = found.check
        actual, expected = check.actual.tolist(), expected_counts(check)
        if self.chart is None:
            self.chart = BarComparisonChart(
                check.labels,
                actual,
                name="Expected against actual customers by repeat orders",
                compare_minor=expected,
                value_name="Actual",
                compare_name="Expected",
                highlight=None,
                money=COUNTS,
            )
            self.chart.setToolTip(
                "Customers with so many repeat orders: bars are counted, the line is the model's"
            )
            self.content.addWidget(self.chart, 1)
        else:
            self.chart.set_values(check.labels, actual, compare_minor=expected)


def expected_counts(check: "FrequencyCheck") -> list[int]:
    """What the model expects, in whole customers."""
    return [round(float(count)) for count in check.expected]


class CustomersValueCard(PartCard):
    """Every customer with the chance to be still buying, the orders expected and what they are worth."""

    part, missing_title = CHURN, "the value of customers"

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts, "Customers", "The next 12 months, discounted at 10% a year", flush=True)
        self.table = simple_table(
            [Column("customer", "Customer")], name="Value of customers", stretch="customer", multi=True
        )
        self.table.open_asked.connect(self._open)
        self.content.addWidget(self.table, 1)
        self.setMinimumHeight(360)
        self._rows: list[int] = []
        self._loaded: Loaded | None = None

    def fill(self, loaded: Loaded, found: tuple[ChurnRisk, Any]) -> None:
        """Show all who ever ordered, the most valuable first."""
        risk, value = found
        self._loaded = loaded
        rows = customer_rows(loaded, risk, value)
        self._rows = rows.pop("row")
        self.set_title("Customers", self._subtitle(value))
        model = self.table.table_model
        model.set_columns(self._columns(loaded, risk), rows)
        model.sort_by([("value" if value is not None else "orders", True)])

    def _subtitle(self, value: Any) -> str:
        if value is None:
            return "Too little history for the models: cadence alone"
        horizon = value.horizon
        rate = f"{horizon.yearly_rate:.0%}"
        words = f"The next {horizon.months} months, discounted at {rate} a year, on net revenue"
        return words + (f"; {value.spend.text}" if isinstance(value.spend, NotEnough) else "")

    def _columns(self, loaded: Loaded, risk: ChurnRisk) -> list[Column]:
        money = money_style(loaded.figures)
        own = self._rows

        def evidence(row: int) -> str:
            said = risk.evidence(own[row])
            return said.text if isinstance(said, NotEnough) else said

        alive = "Probability that the customer still buys (BG/NBD)"
        return [
            Column("customer", "Customer", width=170),
            Column("orders", "Order days", "integer", width=88),
            Column("p_alive", "Still buying", "percent", width=94, header_tooltip=alive, tooltip=evidence),
            Column("expected", "Orders expected", "number", width=118, header_tooltip="In the next 12 months"),
            Column("order_value", "Order worth", "money", money=money, width=100),
            Column(
                "value", "Value", "money", money=money, width=100, strong=True,
                header_tooltip="Orders expected × what each is worth, each month's discounted to today",
            ),
            Column("risk", "Churn risk", width=92, header_tooltip=DEFINITION, tooltip=evidence),
        ]  # fmt: skip

    def _open(self, row: int) -> None:
        if self._loaded is not None:
            ids = customer_ids(self._loaded.figures.facts, [self._rows[row]])
            self.open_customers((ids, self.table.table_model.value(row, "customer")))


def value_tab(parts: Parts) -> PatternTab:
    """The tab: formula and churn, models and their check, then the customers."""
    formula, risk = FormulaCard(parts), RiskCard(parts)
    model, check, customers = ModelCard(parts), CheckCard(parts), CustomersValueCard(parts)
    gutter = current_theme().size("gutter")
    body = vbox(gap=gutter)
    for left, right in ((formula, risk), (model, check)):
        row = hbox(gap=gutter)
        row.addWidget(left, 1)
        row.addWidget(right, 1)
        body.addLayout(row)
    body.addWidget(customers, 1)
    return PatternTab([formula, risk, model, check, customers], body)
