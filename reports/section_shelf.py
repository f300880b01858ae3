"""The sections on the shelf: one module each in reports/sections, found by looking there."""

import importlib
import pkgutil
from functools import cache

from reports import sections
from reports.section import SectionSpec


@cache
def all_sections() -> tuple[SectionSpec, ...]:
    """Return every section in the order of the pack."""
    names = [module.name for module in pkgutil.iter_modules(sections.__path__)]
    found = [importlib.import_module(f"{sections.__name__}.{name}").SECTION for name in names]
    return tuple(sorted(found, key=lambda section: (section.order, section.key)))
