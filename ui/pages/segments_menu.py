"""What can be done about segments from every page."""

from ui.session import Session


def register(session: Session) -> None:
    """Propose groups, or close a month, from every page."""
    session.actions.add(
        "segments.propose",
        "Propose groups…",
        menu="Segments",
        triggered=lambda: session.open_page("segments", {"propose": True}),
    )
    session.actions.add(
        "segments.close",
        "Close month…",
        menu="Segments",
        triggered=lambda: session.open_page("segments", {"close": True}),
    )

    def enable() -> None:
        possible = session.book_path is not None and not session.is_read_only
        for key in ("segments.propose", "segments.close"):
            session.actions.action(key).setEnabled(possible)

    session.book_changed.connect(enable)
    enable()
