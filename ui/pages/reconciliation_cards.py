"""The cards at the right of Reconciliation: what explains a difference, the bridge, the sign-off."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from ui.figure_texts import money_style, numbers_of
from ui.loading import Loaded
from ui.models.column import Column
from ui.models.column_table import ColumnTableModel
from ui.pages.reconciliation_texts import amount_text, bridge, explanation
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.cards import Card, QuietBox
from ui.widgets.flow import FlowRow
from ui.widgets.labels import IconLabel, Rule, TextLabel, clear_layout, hbox, vbox
from ui.widgets.totals_table import TotalsTable

if TYPE_CHECKING:
    from core.analysis.tie_out_result import Check, ResidualItem

ROW_PX = 40
MOST_ROWS = 5


class ExplainerCard(Card):
    """What explains the difference of the check that is chosen, row by row."""

    accept_asked = Signal(object)
    withdraw_asked = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__("Choose a check", flush=True)
        self._session = session
        self._check: Check | None = None
        self.words = TextLabel("", "body", wrap=True)
        row = hbox(IconLabel("lightbulb", color_token="warning.text"), self.words, gap=9)
        row.setStretch(1, 1)
        self._box = QuietBox(row)
        holder = QWidget()
        holder.setLayout(hbox(self._box, margins=(13, 0, 13, 0)))
        self.add(holder)
        self.model = ColumnTableModel([], self)
        self.table = TotalsTable(
            self.model, name="Rows behind the difference", stretch="what", row_height=ROW_PX
        )
        self.table.table.open_asked.connect(self._open_customer)
        self.add(self.table)
        self.accept_button = Button("Accept with reason…", scale="small", clicked=self._accept)
        self.withdraw_button = Button("Withdraw acceptance", scale="small", clicked=self._withdraw)
        self.import_button = Button("Import ledger again", scale="small", clicked=self._import)
        buttons = QWidget()
        flow = FlowRow(self.import_button, self.accept_button, self.withdraw_button)
        buttons.setLayout(vbox(flow, margins=(13, 0, 13, 6)))
        self.add(buttons)

    def show_check(self, loaded: Loaded, check: "Check | None") -> None:
        """Explain a check."""
        self._check = check
        self._box.setVisible(check is not None)
        items = check.items if check is not None else ()
        self.table.setVisible(bool(items))
        if check is None:
            self.set_title("Choose a check", "")
            for button in (self.accept_button, self.withdraw_button, self.import_button):
                button.hide()
            return
        numbers = numbers_of(loaded.figures)
        difference = amount_text(numbers, check, check.difference_minor).strip()
        self.set_title(check.label, f"Difference {difference}" if difference else "")
        self.words.setText(explanation(loaded, check))
        self._show_items(loaded, check)
        self._show_buttons(check)

    def _show_items(self, loaded: Loaded, check: "Check") -> None:
        money = money_style(loaded.figures, cents=True)
        items = check.items
        columns = [
            Column("day", "Date", "date", width=104),
            Column(
                "what", "Customer, entry", "two_lines", width=130, tooltip=lambda row: _source(items[row])
            ),
            Column("amount", "Amount", "money", money=money, width=94),
        ]
        self.model.set_columns(
            columns,
            {
                "day": [item.day for item in items],
                "what": [_two_lines(item) for item in items],
                "amount": [item.amount_minor for item in items],
            },
        )
        self.table.set_totals(
            {
                "day": f"{len(items):,} {'row' if len(items) == 1 else 'rows'}",
                "amount": check.difference_minor or 0,
            }
        )
        height = 30 + ROW_PX * min(len(items), MOST_ROWS) + 34
        self.table.setFixedHeight(height)

    def _show_buttons(self, check: "Check") -> None:
        from core.analysis.tie_out_result import Result

        is_open = check.result is not Result.AGREES and bool(check.difference_minor or check.items)
        can_accept = is_open and check.unit.value == "money" and bool(check.difference_minor or check.items)
        accepted = any(item.reason for item in check.items)
        self.accept_button.setVisible(can_accept)
        self.withdraw_button.setVisible(accepted)
        self.import_button.setVisible(can_accept and self._session.actions.has("import"))
        for button in (self.accept_button, self.withdraw_button, self.import_button):
            button.setDisabled(self._session.is_read_only)
            button.setToolTip(self._session.read_only_reason)

    def focus_rows(self) -> None:
        """Go to the rows behind the difference, where there are some."""
        if self.model.total_count:
            self.table.setFocus()

    def _open_customer(self, row: int) -> None:
        """Show the customer of a row."""
        loaded = self._session.loaded
        if loaded is None or self._check is None:
            return
        name, customers = self._check.items[row].customer, loaded.figures.facts.customers
        ids = tuple(int(number) for number in customers.loc[customers["name"] == name, "customer_id"])
        if name and ids:
            self._session.open_page("customers", {"customer_ids": ids, "title": name})

    def _accept(self) -> None:
        self.accept_asked.emit(self._check)

    def _withdraw(self) -> None:
        self.withdraw_asked.emit(self._check)

    def _import(self) -> None:
        self._session.actions.action("import").trigger()


def _two_lines(item: "ResidualItem") -> tuple[str, str]:
    """Who, and below the entry with what it says; without a customer what the entry says comes first."""
    first = item.customer or item.memo or item.entry
    below = (item.entry, item.memo if item.customer else "no customer")
    return first, " · ".join(part for part in below if part)


def _source(item: object) -> str:
    from core.analysis.tie_out_result import ResidualItem

    assert isinstance(item, ResidualItem)
    where = f"{item.file}, row {item.row}" if item.row else item.file
    parts = [item.kind.value.capitalize(), item.entry, item.customer, item.memo, item.account, where]
    reason = f"Accepted: {item.reason}" if item.reason else ""
    return "\n".join(part for part in (*parts, reason) if part)


class BridgeCard(Card):
    """From income in the ledger to the revenue that is analysed by customer."""

    def __init__(self) -> None:
        super().__init__("From ledger to analysis")

    def show_figures(self, loaded: Loaded) -> None:
        """Show the lines of the bridge, and what nobody has explained."""
        clear_layout(self.body)
        numbers = numbers_of(loaded.figures)
        for line in bridge(loaded):
            text = numbers.money(line.amount_minor, cents=True)
            name = TextLabel(line.name, "body-strong" if line.is_total else "body", wrap=True)
            tone = "negative" if text.startswith("(") else "primary"
            amount = TextLabel(text, "body-bold" if line.is_total else "body", tone=tone)  # type: ignore[arg-type]
            row = hbox(name, amount)
            row.setStretch(0, 1)
            row.setAlignment(amount, Qt.AlignmentFlag.AlignTop)
            self.body.addLayout(row)
            self.body.addWidget(Rule())
        left = loaded.tie_out.difference_minor or 0
        tone = "positive" if left == 0 else "negative"
        last = hbox(
            TextLabel("Unexplained", "body-bold", tone=tone),  # type: ignore[arg-type]
            None,
            TextLabel(numbers.money(left, cents=True), "body-bold", tone=tone),  # type: ignore[arg-type]
        )
        self.body.addLayout(last)


class SignOffCard(Card):
    """Somebody says that the month has been reviewed; only while nothing is unexplained."""

    sign_asked = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__("Sign-off")
        self._session, self._can = session, False
        self.reviewed = QCheckBox()
        self.question = TextLabel("", "body", wrap=True)
        self.question.setBuddy(self.reviewed)
        self.name = QLineEdit()
        self.name.setAccessibleName("Your name")
        self.name.setPlaceholderText("Your name")
        self.button = Button("Sign off", clicked=lambda: self.sign_asked.emit(self.name.text().strip()))
        self.last = TextLabel("", "small", tone="muted", wrap=True)
        row = hbox(self.reviewed, self.question, gap=8)
        row.setAlignment(self.reviewed, Qt.AlignmentFlag.AlignTop)
        row.setStretch(1, 1)
        self.add(row)
        self.add(hbox(self.name, self.button))
        self.add(self.last)
        self.reviewed.toggled.connect(lambda _on: self._check())
        self.name.textChanged.connect(lambda _text: self._check())

    def show_figures(self, loaded: Loaded) -> None:
        """Show whether the month can be signed off, or has been."""
        month = f"{loaded.month.start:%B %Y}"
        signed = loaded.sign_off
        self._can = bool(loaded.tie_out.tied) and signed is None and not self._session.is_read_only
        words = f"I have reviewed the checks for {month} and every difference is explained."
        self.question.setText(words)
        self.reviewed.setAccessibleName(words)
        self.reviewed.setChecked(signed is not None)
        self.reviewed.setEnabled(self._can)
        self.button.setText(f"Sign off {loaded.month.start:%B}")
        if not self.name.text():
            self.name.setText(self._session.author)
        self.name.setEnabled(self._can)
        self.last.setText(_last_words(loaded))
        self._why = "" if loaded.tie_out.tied else "Explain or accept every difference first"
        self._check()

    def _check(self) -> None:
        ready = self._can and self.reviewed.isChecked() and bool(self.name.text().strip())
        self.button.setEnabled(ready)
        self.button.setToolTip("" if ready else getattr(self, "_why", ""))


def _last_words(loaded: Loaded) -> str:
    from datetime import date

    from core.period import day_label

    found = loaded.sign_off or (loaded.earlier_sign_offs[-1] if loaded.earlier_sign_offs else None)
    if found is None:
        return "Nothing has been signed off yet."
    day = day_label(date.fromisoformat(found.at[:10]))
    words = f"{found.month.label}, signed {day} by {found.author}, {found.agreed} of {found.checks} agreed"
    if loaded.sign_off is not None:
        return words
    newer = " A newer import cleared it." if found.month == loaded.month else ""
    return f"Last: {words}.{newer}"
