"""The formats on the shelf: one module each in importers/formats, found by looking there."""

import importlib
import pkgutil
from functools import cache

from core.errors import UnknownFormat
from core.importing.importer import Importer, Recognition
from core.importing.source import Source
from importers import formats

SURE = 0.8  # from here on a format is taken without asking, unless another is as sure
THINKABLE = 0.3  # below this a format is not offered


@cache
def importers() -> tuple[Importer, ...]:
    """Return every format, by key."""
    names = [module.name for module in pkgutil.iter_modules(formats.__path__)]
    found = [importlib.import_module(f"{formats.__name__}.{name}").IMPORTER for name in names]
    return tuple(sorted(found, key=lambda importer: importer.key))


def importer(key: str) -> Importer:
    """Return the format with this key. Raises UnknownFormat."""
    for candidate in importers():
        if candidate.key == key:
            return candidate
    known = ", ".join(candidate.key for candidate in importers())
    raise UnknownFormat(f"There is no format '{key}'. Known formats: {known}.")


def recognise(source: Source) -> list[tuple[Importer, Recognition]]:
    """Return the formats that may have written this file, the most likely first."""
    answers = [(candidate, candidate.recognise(source)) for candidate in importers()]
    thinkable = [answer for answer in answers if answer[1].confidence >= THINKABLE or answer[1].refusal]
    return sorted(thinkable, key=lambda answer: -answer[1].confidence)
