"""One customer beside the page: segment and why, key figures, months, latest orders, notes."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from ui.loading import Loaded
from ui.pages.customer_facts import CustomerFacts, facts_line
from ui.pages.customer_parts import KeyFigures, LatestOrders, SegmentBox, TwoYears
from ui.session import Session
from ui.widgets.drawer import DrawerContent
from ui.widgets.labels import TextLabel, clear_layout, vbox
from ui.widgets.messages import InlineMessage

if TYPE_CHECKING:
    from core.usecases.customer_notes import Note
    from ui.pages.customer_products import CustomerProducts


class CustomerDrawer(DrawerContent):
    """Shows one customer of the loaded figures; notes and history come from the book when it is free."""

    def __init__(self, session: Session, loaded: Loaded, row: int) -> None:
        facts = CustomerFacts(loaded, row)
        super().__init__(facts.name, facts_line(facts), can_open=False)
        self.session, self.facts = session, facts
        self.customer_id = facts.customer_id
        self.segment_box: SegmentBox | None = None
        if loaded.membership is not None:
            self.segment_box = SegmentBox(session, facts)
            self.segment_box.move_asked.connect(self.ask_to_move)
            self.segment_box.return_asked.connect(self.return_to_rules)
            self.segment_box.note_asked.connect(self.ask_for_note)
            self.body.addWidget(self.segment_box)
        self.figures = KeyFigures(facts)
        self.body.addWidget(self.figures)
        self.body.addWidget(TwoYears(facts))
        self.orders = LatestOrders(facts)
        self.body.addWidget(self.orders)
        self.products = QVBoxLayout()
        self.products.setSpacing(self.body.spacing())
        self.body.addLayout(self.products)
        self.notes = QVBoxLayout()
        self.notes.setSpacing(6)
        self.body.addLayout(self.notes)
        self.body.addStretch(1)
        self._read_history()
        self._ask_products()

    # What the book knows ---------------------------------------------------------------------------

    def _read_history(self) -> None:
        from core.usecases.customer_notes import list_notes
        from ui.pages.customer_facts import outlook_of, since_of

        facts = self.facts
        self.session.run(
            lambda book, _progress: (
                list_notes(book, facts.customer_id),
                since_of(book, facts),
                outlook_of(book, facts),
            ),
            lambda found: self._show_history(*found),
            title=f"Reading about {facts.name}",
            latest_key="customer history",
        )

    def _show_history(self, notes: "list[Note]", since: str, outlook: str) -> None:
        from shiboken6 import isValid

        if not isValid(self):
            return  # the drawer went to another customer meanwhile
        if self.segment_box is not None:
            self.segment_box.set_since(since)
            self.segment_box.set_outlook(outlook)
        clear_layout(self.notes)
        if notes:
            self.notes.addWidget(TextLabel("Notes", "card-title"))
        for note in notes:
            who = TextLabel(f"{note.author}, {note.at[:10]}", "caption", tone="muted")
            self.notes.addLayout(vbox(TextLabel(note.text, "body", wrap=True), who, gap=1))

    def _ask_products(self) -> None:
        from ui.pages.customer_products import products_of

        facts = self.facts
        if not len(facts.loaded.figures.facts.items):
            return
        self.session.run(
            lambda _book, _progress: products_of(facts),
            self._show_products,
            title=f"Looking at what {facts.name} buys",
            latest_key="customer products",
        )

    def _show_products(self, found: "CustomerProducts") -> None:
        from shiboken6 import isValid

        from ui.pages.customer_products import CategoryMix, NextOffers, item_names

        if not isValid(self):
            return
        clear_layout(self.products)
        if found.parts:
            self.products.addWidget(CategoryMix(self.facts, found.parts))
        self.products.addWidget(NextOffers(found.offers, item_names(self.facts.loaded)))

    # Moving and notes ------------------------------------------------------------------------------

    def ask_to_move(self) -> None:
        """Ask where to and why, then move."""
        from ui.dialogs.move_customer import MoveCustomerDialog

        membership = self.facts.loaded.membership
        assert membership is not None
        dialog = MoveCustomerDialog(
            membership, self.facts.row, author=self.session.author, parent=self.window()
        )
        dialog.accepted.connect(lambda: self._move(dialog))
        dialog.open()

    def _move(self, dialog: object) -> None:
        from core.usecases.segments import override_customer
        from ui.dialogs.move_customer import MoveCustomerDialog

        assert isinstance(dialog, MoveCustomerDialog)
        wish, facts, session = dialog.wish(), self.facts, self.session
        scheme = facts.scheme_key

        def done(_override: object) -> None:
            session.post_message(
                InlineMessage(
                    "success",
                    f"{facts.name} moved to {wish.segment}.",
                    "The reason is kept with the move.",
                    action="Undo",
                    on_action=lambda: take_back(session, scheme, facts.customer_id, facts.name),
                )
            )

        session.run(
            lambda book, _progress: override_customer(
                book,
                scheme,
                facts.customer_id,
                wish.segment,
                reason=wish.reason,
                author=wish.author,
                expires=wish.expires,
            ),
            done,
            title=f"Moving {facts.name}",
            changes_book=True,
            cancellable=False,
        )

    def return_to_rules(self) -> None:
        """Let the rules decide again about this customer."""
        take_back(self.session, self.facts.scheme_key, self.facts.customer_id, self.facts.name)

    def ask_for_note(self) -> None:
        """Ask for a note and keep it."""
        from core.usecases.customer_notes import write_note
        from ui.dialogs.add_note import AddNoteDialog

        facts, session = self.facts, self.session
        dialog = AddNoteDialog(facts.name, parent=self.window())

        def keep() -> None:
            text = dialog.text.toPlainText()
            session.run(
                lambda book, _progress: write_note(book, facts.customer_id, text, author=session.author),
                lambda _note: self._read_history(),
                title=f"Keeping a note on {facts.name}",
                cancellable=False,
            )

        dialog.accepted.connect(keep)
        dialog.open()


def take_back(session: Session, scheme: str, customer_id: int, name: str) -> None:
    """Undo a move by hand."""
    from core.usecases.segments import remove_override

    def done(_nothing: object) -> None:
        session.post_message(InlineMessage("success", f"The rules decide about {name} again."))

    session.run(
        lambda book, _progress: remove_override(book, scheme, customer_id, author=session.author),
        done,
        title=f"Moving {name} back",
        changes_book=True,
        cancellable=False,
    )
