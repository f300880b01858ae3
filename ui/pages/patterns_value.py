"""Lifetime value: the formula, the fitted models with their test, the value of customers, who is drifting away."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtGui import QResizeEvent

from core.analysis.patterns.churn import DEFINITION
from core.analysis.patterns.lifetime_terms import LifetimeTerms, kept_terms
from core.analysis.patterns.not_enough import NotEnough
from core.analysis.patterns.simple_value import FORMULA, SimpleValue
from core.errors import UsageError
from ui.figure_texts import money_style, numbers_of
from ui.loading import Loaded
from ui.models.column import Column
from ui.pages.patterns_data import customer_ids
from ui.pages.patterns_parts import PartCard, Parts, PatternTab
from ui.pages.patterns_value_check import CheckCard
from ui.pages.patterns_value_data import (
    SIMPLE,
    Valued,
    formula_line,
    formula_words,
    money_words,
    value_part,
    value_working,
)
from ui.pages.patterns_value_models import ModelCard
from ui.pages.patterns_value_terms import TermsCard
from ui.pages.patterns_value_texts import BASIS_WORDS, MODEL_NAMES, horizon_words
from ui.theme import current_theme
from ui.widgets.labels import TextLabel, hbox, vbox
from ui.widgets.table import simple_table

ROW_PX = 26
HEAD_PX, EDGES_PX = 78, 30  # title and formula above its words; margins beside them
FORMULA_PX, STATE_PX = 154, 208  # the words take three lines where the window is narrow
OWN_TERMS = "No choice changes it."
RISK_COLUMNS = [
    Column("risk", "Risk", width=150, header_tooltip=DEFINITION, tooltip=lambda _row: DEFINITION),
    Column("customers", "Customers", "integer", width=90),
    Column("revenue", "Revenue", "money", width=116),
]


BY_MODEL = {"p_alive", "expected", "order_value", "value"}


class FormulaCard(PartCard):
    """The printed formula with its numbers."""

    part, missing_title = SIMPLE, "the simple formula"

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts, "Value of a customer, simply")
        self.line = TextLabel("", "section", wrap=True)
        self.words = TextLabel("", "small", tone="muted", wrap=True)
        self.warning = TextLabel("", "small", tone="warning", wrap=True)
        self.content.setSpacing(4)
        self.content.addWidget(TextLabel(FORMULA, "small", tone="secondary", wrap=True))
        self.content.addWidget(self.line)
        self.content.addWidget(self.words)
        self.content.addWidget(self.warning)
        self.content.addStretch(1)
        self._shown = True
        self.has_content(shown=True)

    def has_content(self, *, shown: bool) -> None:
        """A sentence in its place needs more room."""
        self._shown = shown
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words take more lines in a narrow window."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        width = max(200, self.width() - EDGES_PX)
        lines = sum(
            label.heightForWidth(width) + 4
            for label in (self.line, self.words, self.warning)
            if not label.isHidden()
        )
        self.setFixedHeight(max(FORMULA_PX, HEAD_PX + lines) if self._shown else STATE_PX)

    def fill(self, loaded: Loaded, found: SimpleValue) -> None:
        """Show the formula, on which money it is, and where it rests on a guess."""
        self.set_title("Value of a customer, simply", f"On {money_words(found)}. {OWN_TERMS}")
        self.line.setText(formula_line(found, numbers_of(loaded.figures)))
        self.line.setToolTip(f"{FORMULA}\n{formula_words(found)}")
        self.words.setText(formula_words(found))
        self.warning.setText(found.lifespan.warning)
        self.warning.setVisible(bool(found.lifespan.warning))
        self._make_room()


class RiskCard(PartCard):
    """How many are drifting away."""

    missing_title = "churn risk"

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts, "Who is drifting away", "Judged by own cadence and by the model", flush=True)
        self.part = value_part(LifetimeTerms())
        self.table = simple_table(
            RISK_COLUMNS, name="Who is drifting away", stretch="risk", row_height=ROW_PX
        )
        self.table.open_asked.connect(self._open)
        self.content.addWidget(self.table, 1)
        self.has_content(shown=True)
        self._ids: list[list[int]] = []

    def has_content(self, *, shown: bool) -> None:
        """A sentence in its place needs more room than four rows."""
        self.setFixedHeight(38 + 30 + 4 * ROW_PX + 4 if shown else STATE_PX)

    def set_terms(self, terms: LifetimeTerms) -> None:
        """Judge by the model of other terms once it is fitted."""
        self.show_part(value_part(terms), stays=True)

    def fill(self, loaded: Loaded, found: Valued) -> None:
        """Show the classes."""
        by_model = "" if isinstance(found.ahead.value, NotEnough) else " and by the model"
        self.set_title("Who is drifting away", f"Judged by own cadence{by_model}")
        self._ids = found.classes["ids"]
        money, label = money_style(loaded.figures), loaded.figures.facts.period.label
        revenue = Column(
            "revenue", "Revenue", "money", money=money, width=116, header_tooltip=f"Net revenue of {label}"
        )
        self.table.table_model.set_columns([*RISK_COLUMNS[:-1], revenue], without(found.classes, "ids"))

    def _open(self, row: int) -> None:
        if self._ids[row]:
            title = f"Churn risk {self.table.table_model.value(row, 'risk').split(':')[0].lower()}"
            self.open_customers((self._ids[row], title))


class CustomersValueCard(PartCard):
    """Every customer: what it brought so far, whether it still buys, the orders expected and what they are worth."""

    missing_title = "the value of customers"

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts, "Customers", flush=True)
        self.part = value_part(LifetimeTerms())
        self.table = simple_table(
            [Column("customer", "Customer")], name="Value of customers", stretch="customer", multi=True
        )
        self.table.open_asked.connect(self._open)
        self.content.addWidget(self.table, 1)
        self.setMinimumHeight(330)
        self._rows: list[int] = []
        self._loaded: Loaded | None = None

    def set_terms(self, terms: LifetimeTerms) -> None:
        """Value customers on other terms once the models are fitted."""
        self.show_part(value_part(terms), stays=True)

    def fill(self, loaded: Loaded, found: Valued) -> None:
        """Show all who ever ordered, the most valuable first, or as they were sorted before."""
        model, sorts = self.table.table_model, []
        if self._loaded is not None:
            sorts = model.sorts
        self._loaded = loaded
        rows = found.customers
        self._rows = rows["row"]
        self.set_title("Customers", subtitle(found))
        fitted = not isinstance(found.ahead.value, NotEnough)
        columns = [
            column for column in self._columns(loaded, found, rows) if fitted or column.key not in BY_MODEL
        ]
        model.set_columns(columns, without(rows, "row"))
        model.sort_by(sorts or [("value" if fitted else "orders", True)])

    def _columns(self, loaded: Loaded, found: Valued, rows: dict[str, list[Any]]) -> list[Column]:
        money, numbers, terms = money_style(loaded.figures), numbers_of(loaded.figures), found.ahead.terms
        own = self._rows

        def evidence(row: int) -> str:
            said = found.risk.evidence(own[row])
            return said.text if isinstance(said, NotEnough) else said

        def working(row: int) -> str:
            return value_working(rows, row, terms, numbers)

        months = terms.horizon.months
        alive = f"Probability that the customer still buys ({MODEL_NAMES[terms.model]})"
        basis = BASIS_WORDS[terms.basis]
        so_far = f"{basis.capitalize()} of all history up to the last day of the period"
        ahead = f"Repeat orders expected in the next {'month' if months == 1 else f'{months} months'}"
        worth = f"{basis.capitalize()} of an order, between the customer's own average and that of all"
        value = "Orders expected × what each is worth, each month's discounted to today"
        return [
            Column("customer", "Customer", width=160),
            Column("so_far", "So far", "money", money=money, width=96, header_tooltip=so_far),
            Column("orders", "Order days", "integer", width=104, header_tooltip="Days with an order, ever"),
            Column("p_alive", "Still buying", "percent", width=94, header_tooltip=alive, tooltip=evidence),
            Column("expected", "Orders expected", "number", width=118, header_tooltip=ahead, tooltip=working),
            Column(
                "order_value", "Order worth", "money", money=money, width=98, header_tooltip=worth, tooltip=working
            ),
            Column(
                "value", "Value", "money", money=money, width=96, strong=True, header_tooltip=value, tooltip=working
            ),
            Column("risk", "Churn risk", width=92, header_tooltip=DEFINITION, tooltip=evidence),
        ]  # fmt: skip

    def _open(self, row: int) -> None:
        if self._loaded is not None:
            ids = customer_ids(self._loaded.figures.facts, [self._rows[row]])
            self.open_customers((ids, self.table.table_model.value(row, "customer")))


def without(rows: dict[str, list[Any]], key: str) -> dict[str, list[Any]]:
    """Return the rows for a table, which does not show what lies behind them."""
    return {name: values for name, values in rows.items() if name != key}


def subtitle(found: Valued) -> str:
    """What the value is one of, or why there is none."""
    value = found.ahead.value
    if isinstance(value, NotEnough):
        return "Too little history for the models: cadence alone"
    words = horizon_words(found.ahead.terms)
    return words + (f". {value.spend.text}" if isinstance(value.spend, NotEnough) else "")


class ValueTab(PatternTab):
    """Choices above, formula, churn and the test of the model, then customers and the models' parameters."""

    def __init__(self, parts: Parts) -> None:
        self.parts, self.session = parts, parts.session
        self.choices = TermsCard()
        self.formula, self.risk, self.check = FormulaCard(parts), RiskCard(parts), CheckCard(parts)
        self.customers, self.models = CustomersValueCard(parts), ModelCard(parts)
        self._kept: tuple[object, ...] = ()
        self._unreadable = ""  # what is wrong with the terms that the book keeps
        gutter = current_theme().size("gutter")
        left = vbox(self.formula, self.risk, gap=gutter)
        left.setStretch(0, 1)
        row = hbox(gap=gutter)
        row.addLayout(left, 1)
        row.addWidget(self.check, 1)
        body = vbox(self.choices, gap=gutter)
        body.addLayout(row)
        body.addWidget(self.customers, 1)
        body.addWidget(self.models)
        super().__init__([self.formula, self.risk, self.check, self.customers, self.models], body)
        self.choices.chosen.connect(self._choose)
        parts.changed.connect(lambda _key: self._say())

    @property
    def terms(self) -> LifetimeTerms:
        """On which terms the tab works out lifetime value."""
        return self.choices.terms

    def ask(self) -> None:
        """Show all cards on the terms that the book keeps."""
        settings = self.session.settings
        kept = (self.session.book_path, *(settings.get(name) for name in LifetimeTerms().as_settings()))
        if kept != self._kept:  # another book, or its settings were changed elsewhere
            self._kept = kept
            terms, self._unreadable = terms_or_usual(settings)
            self.choices.set_terms(terms)
            self._set_terms()
        if self.parts.loaded is not None:
            self.choices.offer(self.parts.loaded, kept=not self.session.is_read_only)
        super().ask()
        self._say()

    def _set_terms(self) -> None:
        for card in (self.risk, self.check, self.customers, self.models):
            card.set_terms(self.terms)

    def _choose(self, _terms: LifetimeTerms) -> None:
        old = {card.part.key for card in self.cards}
        self._unreadable = ""
        if not self.session.is_read_only:
            self._keep()
        self._set_terms()
        for key in old - {card.part.key for card in self.cards}:
            self.parts.forget(key)
        self._say()

    def _keep(self) -> None:
        from core.usecases.books import change_settings

        changes = self.terms.as_settings()

        def kept(_nothing: None) -> None:
            self.session.settings = {**self.session.settings, **changes}
            self._kept = (self.session.book_path, *changes.values())

        self.session.run(
            lambda book, _progress: change_settings(book, changes),
            kept,
            title="Keeping the choice",
            cancellable=False,
        )

    def _say(self) -> None:
        """Warn where the models are at their edge, and say what is under way."""
        key = value_part(self.terms).key
        found = self.parts.found(key)
        self.choices.set_working(under_way=self.parts.is_under_way(key))
        if isinstance(found, Valued):
            value = found.ahead.value
            fitted = not isinstance(value, NotEnough)
            # Without a model there is nothing to choose, but a choice to put right.
            self.choices.setVisible(fitted or bool(self._unreadable))
            self.models.setVisible(fitted)
            edges = () if isinstance(value, NotEnough) else value.warnings
            self.choices.set_warnings((self._unreadable, *edges) if self._unreadable else edges)


def terms_or_usual(settings: Mapping[str, str]) -> tuple[LifetimeTerms, str]:
    """The terms that a book keeps; where it keeps what cannot be, the usual ones and how to put that right."""
    try:
        return kept_terms({**LifetimeTerms().as_settings(), **settings}), ""
    except UsageError as error:
        return LifetimeTerms(), f"{error}; or choose here."


def value_tab(parts: Parts) -> PatternTab:
    """The tab: its choices hold for the book."""
    return ValueTab(parts)
