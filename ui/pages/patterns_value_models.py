"""The parameters of the fitted models, how sure they are, and what was taken as what."""

from typing import Any

from core.analysis.patterns.lifetime_terms import LifetimeTerms
from core.analysis.patterns.not_enough import NotEnough
from ui.loading import Loaded
from ui.models.column import Column
from ui.pages.patterns_parts import PartCard, Parts
from ui.pages.patterns_value_data import Valued, value_part
from ui.pages.patterns_value_texts import MODEL_NAMES, model_words, parameter_rows
from ui.widgets.labels import TextLabel, hbox, vbox
from ui.widgets.table import simple_table

ROW_PX = 26
PARAMETERS = 7


class ModelCard(PartCard):
    """For who wants to check: each parameter with its standard error, beside the notes."""

    missing_title = "a model of repeat orders"

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts, "Models", flush=True)
        self.part = value_part(LifetimeTerms())
        self._means: list[str] = []
        columns = [
            Column("model", "Model", width=110),
            Column("name", "Parameter", width=84, tooltip=self._meaning),
            Column("value", "Value", align="right", width=104, tooltip=self._meaning),
            Column("error", "Standard error", align="right", width=112, tooltip=self._meaning),
        ]
        self.table = simple_table(columns, name="Parameters", stretch="model", row_height=ROW_PX)
        self.notes = TextLabel("", "small", tone="muted", wrap=True)
        beside = vbox(self.notes, None, margins=(14, 8, 14, 8))
        row = hbox(self.table, gap=0)
        row.addLayout(beside)
        row.setStretch(0, 1)
        row.setStretch(1, 1)
        self.content.addLayout(row, 1)
        self.setMinimumHeight(38 + 32 + PARAMETERS * ROW_PX + 4)

    def _meaning(self, row: int) -> str:
        return self._means[row]

    def set_terms(self, terms: LifetimeTerms) -> None:
        """Show the models of other terms once they are fitted."""
        self.show_part(value_part(terms), stays=True)

    def own(self, found: Any) -> Any:
        """The models, which may lack history where other figures do not."""
        return found.ahead.value if isinstance(found.ahead.value, NotEnough) else found

    def fill(self, loaded: Loaded, found: Valued) -> None:
        """Show parameters and words."""
        value, model = found.ahead.value, found.ahead.terms.model
        assert not isinstance(value, NotEnough)
        rows = parameter_rows(value, model, loaded.figures.exponent)
        self._means = rows.pop("means")
        self.table.table_model.set_rows(rows)
        spending = "" if isinstance(value.spend, NotEnough) else ", Gamma-Gamma for spending"
        self.set_title("Models", f"{MODEL_NAMES[model]} for orders{spending}")
        self.notes.setText(model_words(value))
