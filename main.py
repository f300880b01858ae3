"""Quintile: without arguments the window opens, otherwise this is the command line."""

import sys
from pathlib import Path

SUFFIX = ".quintile"


def main() -> int:
    """Start the window or run a command; returns the exit code."""
    if getattr(sys, "frozen", False):  # packed into one program, a child starts here too
        import multiprocessing

        multiprocessing.freeze_support()
    arguments = sys.argv[1:]
    if arguments[:1] == ["--reading-child"]:
        from importers.reading_child import main as read

        return read()
    if not arguments or (len(arguments) == 1 and Path(arguments[0]).suffix == SUFFIX):
        from ui.app import run_window

        return run_window(Path(arguments[0]) if arguments else None)
    from ui.cli import run

    return run(arguments)


if __name__ == "__main__":
    raise SystemExit(main())
