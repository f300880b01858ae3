"""The formats on the shelf: one module each in importers/formats, found by looking there."""

import importlib
import pkgutil
from functools import cache

from core.errors import UnknownFormat
from core.importing.importer import Importer, Recognition
from core.importing.source import Source
from importers import formats

SURE = 0.8  # from here on a format is taken without asking, unless another is as sure
LIKELY = 0.45  # from here on a mapped table is taken without asking, if it leads
CLEAR_LEAD = 0.02  # by so much one mapped table must fit better than the next
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


def clear_answer(answers: list[tuple[Importer, Recognition]]) -> Importer | None:
    """Return the format that is clearly the likeliest; None where the user must choose (or map).

    Two formats of known programs that are both sure are never decided here.
    """
    accepted = [answer for answer in answers if not answer[1].refusal]
    sure = [candidate for candidate, recognition in accepted if recognition.confidence >= SURE]
    if sure:
        return sure[0] if len(sure) == 1 else None
    if not accepted or accepted[0][1].confidence < LIKELY:
        return None
    lead = accepted[0][1].confidence - (accepted[1][1].confidence if len(accepted) > 1 else 0.0)
    return accepted[0][0] if lead >= CLEAR_LEAD else None


def recognise(source: Source) -> list[tuple[Importer, Recognition]]:
    """Return the formats that may have written this file, the most likely first."""
    answers = [(candidate, candidate.recognise(source)) for candidate in importers()]
    thinkable = [answer for answer in answers if answer[1].confidence >= THINKABLE or answer[1].refusal]
    return sorted(thinkable, key=lambda answer: -answer[1].confidence)
