"""What can be done about reports from every page: the menu, the palette, Ctrl Shift E."""

from collections.abc import Callable, Mapping
from typing import Any

from ui.session import Session

COMMANDS: tuple[tuple[str, str, Mapping[str, Any], str, int], ...] = (
    ("report.pdf", "Export PDF…", {"export": "pdf"}, "", 1),
    ("report.excel", "Export Excel…", {"export": "xlsx"}, "", 1),
    ("report.both", "Export PDF and Excel…", {"export": "both"}, "Ctrl+Shift+E", 1),
    ("report.past", "Past reports", {"past": True}, "", 2),
    ("report.branding", "Branding…", {"branding": True}, "", 2),
)


def register(session: Session) -> None:
    """Make exporting possible from every page: the menu, the palette, Ctrl Shift E."""

    def opener(context: Mapping[str, Any]) -> Callable[[], None]:
        return lambda: session.open_page("reports", context)

    def enable() -> None:
        for key, *_ in COMMANDS:
            read_only = key == "report.branding" and session.is_read_only
            session.actions.action(key).setEnabled(session.book_path is not None and not read_only)

    for key, text, context, shortcut, group in COMMANDS:
        session.actions.add(
            key, text, menu="Reports", triggered=opener(context), shortcut=shortcut, group=group
        )
    session.book_changed.connect(enable)
    enable()
