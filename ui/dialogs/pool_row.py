"""One cost pool in the dialog: name, accounts, driver, and where its money goes."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QWidgetAction,
)

from core.store.pools import CostPool
from ui.widgets.buttons import Button, IconButton
from ui.widgets.fields import combo
from ui.widgets.labels import TextLabel, hbox, vbox

if TYPE_CHECKING:
    from core.analysis.allocation import PoolResult
    from reports.numbers import Numbers

DRIVERS = (
    ("revenue", "by revenue"),
    ("orders", "by orders"),
    ("lines", "by order lines"),
    ("equal", "in equal shares"),
)


class PoolRow(QFrame):
    """Says what changed; `pool()` is what was entered."""

    changed = Signal()
    removed = Signal(object)

    def __init__(self, pool: CostPool, accounts: Mapping[str, tuple[str, int]], numbers: "Numbers") -> None:
        super().__init__()
        self.setObjectName("Card")
        self._numbers = numbers
        self.name = QLineEdit(pool.name)
        self.name.setPlaceholderText("Name, such as Delivery")
        self.name.setAccessibleName("Name of the pool")
        self.name.setMinimumWidth(190)
        self.driver = combo(DRIVERS, name="Driver", current=pool.driver)
        self.accounts = QListWidget()
        self.accounts.setAccessibleName("Accounts")
        self.accounts.setMinimumSize(360, 240)
        for code, (name, amount) in accounts.items():
            item = QListWidgetItem(f"{code}  {name}   {numbers.money(amount)}")
            item.setData(Qt.ItemDataRole.UserRole, code)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            chosen = code in pool.accounts
            item.setCheckState(Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked)
            self.accounts.addItem(item)
        self.accounts_button = Button("", scale="normal")
        self.accounts_button.set_menu(self._menu())
        self.accounts_button.setMinimumWidth(210)
        self.result = TextLabel("", "small", tone="muted")
        remove = IconButton("trash", "Remove this pool", clicked=lambda: self.removed.emit(self))
        top = hbox(self.name, self.accounts_button, self.driver, None, remove, gap=8)
        self.setLayout(vbox(top, self.result, gap=4, margins=(12, 8, 8, 8)))
        self.name.textChanged.connect(lambda _text: self.changed.emit())
        self.driver.currentIndexChanged.connect(lambda _place: self.changed.emit())
        self.accounts.itemChanged.connect(lambda _item: self._accounts_changed())
        self._show_accounts()

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        action = QWidgetAction(menu)
        action.setDefaultWidget(self.accounts)
        menu.addAction(action)
        menu.aboutToShow.connect(self.accounts.setFocus)
        return menu

    def codes(self) -> tuple[str, ...]:
        """The accounts that are chosen."""
        items = [self.accounts.item(row) for row in range(self.accounts.count())]
        chosen = [item for item in items if item.checkState() == Qt.CheckState.Checked]
        return tuple(str(item.data(Qt.ItemDataRole.UserRole)) for item in chosen)

    def choose(self, code: str, *, chosen: bool = True) -> None:
        """Put an account into the pool, or take it out."""
        for row in range(self.accounts.count()):
            item = self.accounts.item(row)
            if item.data(Qt.ItemDataRole.UserRole) == code:
                item.setCheckState(Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked)

    def pool(self) -> CostPool:
        """What was entered."""
        return CostPool(self.name.text().strip(), str(self.driver.currentData()), self.codes())

    def show_result(self, result: "PoolResult") -> None:
        """Say what the pool cost and where it went."""
        money = self._numbers.money
        text = f"{money(result.ledger_minor)} in the ledger, {money(result.given_minor)} given to customers"
        left = result.unassigned_minor
        self.result.setText(f"{text}, {money(left)} stays unassigned" if left else text)
        self.result.set_tone("warning" if left else "muted")

    def _accounts_changed(self) -> None:
        self._show_accounts()
        self.changed.emit()

    def _show_accounts(self) -> None:
        codes = self.codes()
        shown = ", ".join(codes[:3]) + (f" and {len(codes) - 3} more" if len(codes) > 3 else "")
        self.accounts_button.setText(f"Accounts {shown}" if codes else "Choose accounts")
