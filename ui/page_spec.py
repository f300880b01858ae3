"""Pages are a shelf: each module of ui/pages exposes one `PAGE` and is found by scanning the folder."""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget

from ui.session import Session

Group = Literal["main", "data", "foot", "hidden"]


@dataclass(frozen=True)
class PageSpec:
    """A page of the rail; `factory` makes it at the first visit. Group `hidden` has no rail button."""

    key: str
    title: str
    icon: str
    group: Group
    shortcut: str
    factory: Callable[[Session], QWidget]
    order: int = 0
    needs_book: bool = True
    register: Callable[[Session], None] | None = (
        None  # adds what can be done from every page, before the first visit
    )
    help_topic: str = "getting-started"  # what F1 opens


@runtime_checkable
class OpensWith(Protocol):
    """A page that can be asked to show something, such as the customers of one segment."""

    def open_with(self, context: Any) -> None:
        """Show what the context names."""


@runtime_checkable
class HasHelp(Protocol):
    """A page whose parts have topics of their own in the help."""

    @property
    def help_topic(self) -> str:
        """The topic of the part that shows."""


@runtime_checkable
class HasFilter(Protocol):
    """A page with a filter field for Ctrl F."""

    def focus_filter(self) -> None:
        """Put the cursor into the filter field."""


def find_page(name: str) -> PageSpec:
    """The page of one module, without loading the others."""
    page = importlib.import_module(f"ui.pages.{name}").PAGE
    assert isinstance(page, PageSpec)
    return page


def find_pages() -> list[PageSpec]:
    """All pages of the folder in the order of the rail."""
    import pkgutil

    package = importlib.import_module("ui.pages")
    modules = (importlib.import_module(f"ui.pages.{m.name}") for m in pkgutil.iter_modules(package.__path__))
    found = [module.PAGE for module in modules if isinstance(getattr(module, "PAGE", None), PageSpec)]
    return sorted(found, key=lambda page: page.order)
