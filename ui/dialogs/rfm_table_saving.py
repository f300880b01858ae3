"""Opens the dialog of scores and names, keeps what was chosen, and takes it back."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui.dialogs.rfm_table_draft import Draft, Scorings, customers, scorings_of
from ui.session import Session
from ui.widgets.messages import InlineMessage

if TYPE_CHECKING:
    from core.analysis.facts import Facts

CLOSED = "The RFM scheme follows; closed months keep theirs."


def open_rfm_table(session: Session, facts: "Facts", parent: QWidget) -> None:
    """Score the customers in every way, then ask."""
    from ui.dialogs.rfm_table import RfmTableDialog

    def show(scorings: Scorings) -> None:
        dialog = RfmTableDialog(scorings, parent)
        dialog.accepted.connect(lambda: save_scores(session, dialog.draft))
        dialog.open()

    session.run(
        lambda _book, progress: scorings_of(facts, progress), show, title="Scoring customers in every way"
    )


def save_scores(session: Session, draft: Draft) -> None:
    """Keep bins, rule and names; every figure by score follows."""
    from core.analysis.patterns.rfm_choice import rule_key
    from core.usecases.patterns import choose_rfm

    bins, rule, table, moved = draft.bins, rule_key(draft.rule), draft.changed, draft.moved()

    def done(before: dict[str, str]) -> None:
        words = "No customer is in another segment."
        if moved:
            words = f"{customers(moved)} {'is' if moved == 1 else 'are'} in another segment by score."
        session.post_message(
            InlineMessage(
                "success",
                "Scores and names saved.",
                f"{words} {CLOSED}",
                action="Undo",
                on_action=lambda: restore_scores(session, before),
            )
        )

    session.run(
        lambda book, _progress: choose_rfm(book, bins=bins, rule=rule, table=table),
        done,
        title="Saving scores and names",
        changes_book=True,
        cancellable=False,
    )


def restore_scores(session: Session, before: dict[str, str]) -> None:
    """Score the customers as before the last change."""
    from core.usecases.patterns import restore_rfm

    def done(_nothing: object) -> None:
        session.post_message(InlineMessage("success", "Scores and names are as they were before."))

    session.run(
        lambda book, _progress: restore_rfm(book, before),
        done,
        title="Putting scores and names back",
        changes_book=True,
        cancellable=False,
    )


def score_as_usual(session: Session) -> None:
    """Forget bins, rule and names that cannot be read, and work the figures out again."""
    from core.usecases.patterns import choose_rfm

    def done(_before: object) -> None:
        session.post_message(InlineMessage("success", "This book scores its customers as usual again."))

    session.run(
        lambda book, _progress: choose_rfm(book, bins=5, rule="ties", table={}),
        done,
        title="Scoring as usual",
        changes_book=True,
        cancellable=False,
    )
