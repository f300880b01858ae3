"""The foot of the import: what is promised, and the ways back and on."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame

from ui.widgets.buttons import Button
from ui.widgets.labels import ElidedLabel, hbox

CHOOSE, RECOGNISE, MAP, REVIEW, RESULT = range(5)
PROMISE = "Nothing is written until you press Import. You can undo an import from Data, Imports."
AFTER = "Your imports are listed on the page Imports."


class WizardFoot(QFrame):
    """Skip, change the mapping, back and on, as the step allows."""

    def __init__(
        self,
        *,
        on_skip: Callable[[], object],
        on_mapping: Callable[[], object],
        on_back: Callable[[], object],
        on_forward: Callable[[], object],
    ) -> None:
        super().__init__()
        self.setObjectName("PageFoot")
        self.words = ElidedLabel("", "body", tone="muted")
        self.skip = Button("Skip this file", "quiet", clicked=on_skip)
        self.mapping = Button("Change mapping…", clicked=on_mapping)
        self.back = Button("Back", clicked=on_back)
        self.forward = Button("Continue", "primary", clicked=on_forward)
        row = hbox(
            self.words, self.skip, self.mapping, self.back, self.forward, gap=12, margins=(24, 11, 24, 11)
        )
        row.setStretch(0, 1)
        self.setLayout(row)

    def show_step(self, step: int, *, waiting: int, mapped: bool) -> None:
        """Offer what the step allows; `waiting` files come after this one."""
        self.skip.setVisible(step in {RECOGNISE, MAP, REVIEW} and waiting > 0)
        self.back.setVisible(step in {RECOGNISE, MAP, REVIEW})
        self.mapping.setVisible(step == REVIEW and mapped)
        self.forward.setVisible(step in {MAP, REVIEW})
        self.forward.setText("Continue")
        self.forward.setEnabled(True)
        self.forward.setToolTip("")
        self.say_waiting(step, waiting)

    def say_waiting(self, step: int, waiting: int) -> None:
        """Say how many files come after this one."""
        more = f" {waiting} more file{'s' if waiting > 1 else ''} after this one." if waiting > 0 else ""
        self.words.setText((AFTER if step == RESULT else PROMISE) + more)

    def hide_buttons(self) -> None:
        """While something is worked out there is only Cancel."""
        for button in (self.skip, self.mapping, self.back, self.forward):
            button.hide()
