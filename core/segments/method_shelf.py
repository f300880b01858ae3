"""Every segmentation method, found by scanning the folder of methods."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from core.segments import methods
from core.segments.method import Method, SchemeMistake


@cache
def all_methods() -> dict[str, Method]:
    """Return the methods by key."""
    names = (module.name for module in iter_modules(methods.__path__))
    found: list[Method] = [import_module(f"{methods.__name__}.{name}").METHOD for name in names]
    return {method.key: method for method in sorted(found, key=lambda method: method.key)}


def method_named(key: str) -> Method:
    """Return a method. Raises SchemeMistake."""
    if key not in all_methods():
        raise SchemeMistake(
            f"'{key}' is not a way to divide customers; choose one of {', '.join(all_methods())}."
        )
    return all_methods()[key]
