"""What can be done about segments from every page."""

from ui.session import Session


def register(session: Session) -> None:
    """Close a month from every page."""
    session.actions.add(
        "segments.close",
        "Close month…",
        menu="Segments",
        triggered=lambda: session.open_page("segments", {"close": True}),
    )
    session.actions.action("segments.close").setEnabled(session.book_path is not None)
    session.book_changed.connect(
        lambda: session.actions.action("segments.close").setEnabled(
            session.book_path is not None and not session.is_read_only
        )
    )
