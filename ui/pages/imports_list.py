"""The imports of a book, the newest first, each with Undo."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from core.store.imports import StoredImport
from ui.models.column import Column, MoneyStyle
from ui.models.column_table import ColumnTableModel
from ui.pages.imports_texts import HOLDS, amount_of, cents_style, count_text, rows_of, size_text, span_text
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.fields import SearchField
from ui.widgets.page import Page
from ui.widgets.states import EmptyState, StateStack
from ui.widgets.table import DataTable

EMPTY = (
    "Quintile reads sales and invoices of QuickBooks Online, QuickBooks Desktop and Xero, and ledgers, "
    "items and customers as CSV and Excel of any program."
)
STATES = {False: ("good", "In the book"), True: ("waiting", "Taken back")}
_DAY = len("2026-10-31")


class ImportsList(Page):
    """What was imported when, from which file, and whether it still counts."""

    def __init__(
        self, session: Session, *, on_import: Callable[[], object], on_undo: Callable[[StoredImport], object]
    ) -> None:
        self.undo = Button("Undo import", icon_name="arrow-counter-clockwise", clicked=self._undo_selected)
        self.import_button = Button("Import…", "primary", icon_name="download-simple", clicked=on_import)
        super().__init__("Imports", actions=(self.undo, self.import_button))
        self.session, self._on_import, self._on_undo = session, on_import, on_undo
        self.imports: Sequence[StoredImport] = ()
        self.search = SearchField("Find an import")
        self.model = ColumnTableModel(_columns(MoneyStyle()))
        self.model.row_role = lambda row: "muted" if self.imports[row].undone_at else ""
        self.table = DataTable(self.model, name="Imports", stretch="file", multi=False)
        self.table.row_selected.connect(lambda _row: self._enable())
        self.table.context_actions = self._row_actions
        self.search.searched.connect(self.model.set_text_filter)
        card = Card(
            "Files",
            "Newest first. Undo takes a file out of the book as if it had never been imported.",
            actions=(self.search,),
            flush=True,
        )
        card.add(self.table, 1)
        self.states = StateStack(card)
        self.add(self.states, 1)

    def show_imports(self, imports: Sequence[StoredImport]) -> None:
        """Show the imports of a book."""
        self.imports = imports
        counted = [one for one in imports if one.undone_at is None]
        self.header.set_sentence(_sentence(imports, counted))
        if not imports:
            self._show_empty()
        else:
            self.states.show_content()
        currency = str(imports[0].totals.get("currency") or "USD") if imports else "USD"
        self.model.set_columns(_columns(cents_style(currency), currency), _rows(imports))
        self.table.fit_columns()
        if counted:
            self.table.select_source_row(imports.index(counted[0]))
        self._enable()

    def focus_filter(self) -> None:
        """Put the cursor into the search field."""
        self.search.setFocus()

    @property
    def selected(self) -> StoredImport | None:
        """The import that is chosen."""
        row = self.table.current_source_row
        return self.imports[row] if 0 <= row < len(self.imports) else None

    def _show_empty(self) -> None:
        button = Button("Import…", "primary", clicked=self._on_import)
        button.setDisabled(self.session.is_read_only)
        self.states.show_state(
            _in_card(
                EmptyState("Nothing imported yet", EMPTY, icon_name="download-simple", buttons=(button,))
            )
        )

    def _enable(self) -> None:
        chosen, reason = self.selected, self.session.read_only_reason
        self.undo.setVisible(bool(self.imports))
        self.undo.setEnabled(chosen is not None and chosen.undone_at is None and not reason)
        self.undo.setToolTip(reason or "Takes the chosen import out of the book (Ctrl Z)")
        self.import_button.setDisabled(bool(reason))
        self.import_button.setToolTip(reason)

    def _undo_selected(self) -> None:
        chosen = self.selected
        if chosen is not None and chosen.undone_at is None:
            self._on_undo(chosen)

    def _row_actions(self, row: int) -> list[QAction]:
        action = QAction("Undo this import", self)
        action.setEnabled(self.imports[row].undone_at is None and not self.session.is_read_only)
        action.triggered.connect(lambda: self._on_undo(self.imports[row]))
        return [action]


def _in_card(state: QWidget) -> Card:
    card = Card()
    card.add(state)
    return card


def _sentence(imports: Sequence[StoredImport], counted: Sequence[StoredImport]) -> str:
    if not imports:
        return ""
    rows = sum(rows_of(one.totals) for one in counted)
    return (
        f"{count_text(len(counted), 'files')} with {count_text(rows, 'rows')} are in this book."
        if counted
        else "Every import was taken back."
    )


def _columns(money: MoneyStyle, currency: str = "") -> list[Column]:
    return [
        Column("when", "Imported", "text", width=158),
        Column("file", "File", "text", width=220, strong=True),
        Column("kind", "Kind", "text", width=132),
        Column("format", "Format", "text", width=210, muted=True, hidden=True),
        Column("span", "Dates in the file", "text", width=190, muted=True),
        Column("documents", "Documents", "integer", width=96, hidden=True),
        Column("rows", "Rows", "integer", width=72),
        Column(
            "amount",
            f"Amount, {currency}" if currency else "Amount",
            "money",
            width=124,
            money=money,
            header_tooltip="Net sales of the file, or the ledger's debits.",
        ),
        Column("size", "Size", "text", width=80, hidden=True),
        Column("state", "State", "status", width=116),
    ]


def _rows(imports: Sequence[StoredImport]) -> dict[str, list[Any]]:
    from importers.shelf import importers

    known = {one.key: one for one in importers()}
    found: dict[str, list[Any]] = {column.key: [] for column in _columns(MoneyStyle())}
    for one in imports:
        importer = known.get(one.format)
        values = {
            "when": _moment(one.imported_at),
            "file": one.file_name,
            "kind": HOLDS.get(importer.yields, "") if importer else "",
            "format": importer.label if importer else one.format,
            "span": span_text(one.totals),
            "documents": one.totals.get("documents") or None,
            "rows": rows_of(one.totals),
            "amount": amount_of(one.totals),
            "size": size_text(one.size),
            "state": STATES[one.undone_at is not None],
        }
        for key, value in values.items():
            found[key].append(value)
    return found


def _moment(stored: str) -> str:
    """When it was imported, on this computer's clock: 3 Nov 2026, 09:52."""
    from core.period import day_label

    moment = datetime.fromisoformat(stored).astimezone()
    return f"{day_label(moment.date())}, {moment:%H:%M}"
