"""Say what each account of the ledger holds: the tie-out and the cost pools depend on it."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QTableWidget, QTableWidgetItem, QWidget

from core.importing.records import AccountType
from ui.dialogs.plain_dialog import PlainDialog
from ui.session import Session
from ui.theme import current_theme
from ui.widgets.fields import combo
from ui.widgets.labels import TextLabel
from ui.widgets.messages import InlineMessage

if TYPE_CHECKING:
    from core.usecases.account_types import Account

CHOICES = [(kind.value, kind.value.capitalize()) for kind in AccountType]


class AccountTypesDialog(PlainDialog):
    """One row for each account; `changed_types` are those that were changed."""

    def __init__(self, accounts: "Sequence[Account]", parent: QWidget | None = None) -> None:
        super().__init__("Account types", "Save", parent, width=620)
        words = (
            "Income accounts are tied to the documents, cost of sales to their costs; expenses can be shared out "
            "to customers."
        )
        self.body.addWidget(TextLabel(words, "body", tone="secondary", wrap=True))
        self._accounts = list(accounts)
        self.table = QTableWidget(len(accounts), 3)
        self.table.setAccessibleName("Accounts")
        self.table.setHorizontalHeaderLabels(["Code", "Account", "Holds"])
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.verticalHeader().setDefaultSectionSize(current_theme().size("row_comfortable"))
        self.boxes: list[QComboBox] = []
        for row, account in enumerate(accounts):
            self.table.setItem(row, 0, QTableWidgetItem(account.code))
            self.table.setItem(row, 1, QTableWidgetItem(account.name))
            box = combo(CHOICES, name=f"Type of {account.code} {account.name}", current=account.type.value)
            self.boxes.append(box)
            self.table.setCellWidget(row, 2, box)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(1, header.ResizeMode.Stretch)
        header.resizeSection(2, 170)
        self.table.setMinimumHeight(380)
        self.body.addWidget(self.table, 1)

    def choose(self, code: str, kind: AccountType) -> None:
        """Choose the type of an account."""
        row = next(place for place, account in enumerate(self._accounts) if account.code == code)
        self.boxes[row].setCurrentIndex(self.boxes[row].findData(kind.value))

    def changed_types(self) -> Mapping[str, AccountType]:
        """What was changed, by code."""
        pairs = zip(self._accounts, self.boxes, strict=True)
        chosen = {account: AccountType(str(box.currentData())) for account, box in pairs}
        return {account.code: kind for account, kind in chosen.items() if kind is not account.type}


def open_account_types(session: Session, parent: QWidget) -> None:
    """Read the accounts, ask, and save."""
    from core.usecases.account_types import list_accounts

    def show(accounts: "list[Account]") -> None:
        dialog = AccountTypesDialog(accounts, parent)
        dialog.accept_button.setDisabled(session.is_read_only)
        dialog.accept_button.setToolTip(session.read_only_reason)
        dialog.accepted.connect(lambda: save_account_types(session, dialog.changed_types()))
        dialog.open()

    session.run(lambda book, _progress: list_accounts(book), show, title="Reading the accounts")


def save_account_types(session: Session, types: Mapping[str, AccountType]) -> None:
    """Keep what was changed."""
    from core.usecases.account_types import set_account_types

    def done(count: int) -> None:
        words = "1 account has" if count == 1 else f"{count} accounts have"
        session.post_message(InlineMessage("success", f"{words} another type.", "The checks run again."))

    if types:
        session.run(
            lambda book, _progress: set_account_types(book, types, author=session.author),
            done,
            title="Saving the account types",
            changes_book=True,
            cancellable=False,
        )
