"""The house rules that a machine can check: who imports whom, what a shelf holds, how long a file may be."""

import ast
import importlib
import pkgutil
import re
import sys
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

import grimp
import pytest
from importlinter.cli import lint_imports
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("core", "importers", "reports", "ui", "resources")
LONGEST_FILE = 400

# Which modules may import a library; a package stands for everything in it.
ALLOWED_IN = {
    "PySide6": ("ui.*",),
    "pyqtgraph": ("ui.*",),
    "sqlite3": ("core.store.*",),
    "sqlite_utils": ("core.store.*",),
    "openpyxl": ("importers.reading*",),
    "python_calamine": ("importers.reading*",),
    "reportlab": ("reports.pdf*", "reports.charts_pdf*"),
    "xlsxwriter": ("reports.xlsx*",),
}
# urllib.parse takes addresses apart and stays allowed, which is why import-linter cannot judge these.
NETWORK = ("urllib.request", "urllib.error", "http", "socket", "ssl", "requests", "PySide6.QtNetwork")
WITHOUT_A_SCREEN = ("ui.cli", "ui.cli_*", "ui.cli.*")
SHELVES = {
    "importers/formats": ("IMPORTER",),
    "core/analysis/metrics": ("METRICS", "METRIC"),
    "core/segments/methods": ("METHOD",),
    "reports/sections": ("SECTION",),
}
SAYS_NOTHING = {"utils", "util", "helpers", "helper", "common", "base", "manager", "misc"}
# Six or eight digits anywhere in a text; three only alone, for "#123" may be the number of an invoice.
HEX_COLOUR = re.compile(r"(?<![\w&])#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{8})(?!\w)|^#[0-9a-fA-F]{3}$")


def sources(*folders: str) -> list[Path]:
    """The Python files below these folders of the repository."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported_names(tree: ast.AST) -> Iterator[str]:
    """Absolute dotted names that a file imports, inside functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def is_in(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")


def may_import(module: str, places: tuple[str, ...]) -> bool:
    """Whether a module lies in one of these places; `ui.*` means ui itself too."""
    return any(fnmatchcase(module, place) or module == place.removesuffix(".*") for place in places)


def trespassers(library: str, places: tuple[str, ...]) -> list[str]:
    return [
        f"{module_name(path)} imports {library}"
        for path in sources(*PACKAGES)
        if not may_import(module_name(path), places)
        and any(is_in(name, library) for name in imported_names(parsed(path)))
    ]


def shelf_modules() -> list[tuple[Path, tuple[str, ...]]]:
    return [
        (path, constants)
        for folder, constants in SHELVES.items()
        for path in sorted((ROOT / folder).glob("*.py"))
        if path.name != "__init__.py"
    ]


def test_every_import_contract_of_pyproject_is_kept(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(sys, "path", [str(ROOT), *sys.path])
    status = lint_imports("pyproject.toml", no_cache=True, no_logo=True)
    assert status == 0, capsys.readouterr().out


@pytest.mark.parametrize(("library", "places"), ALLOWED_IN.items(), ids=list(ALLOWED_IN))
def test_a_library_is_imported_only_where_it_belongs(library: str, places: tuple[str, ...]) -> None:
    assert trespassers(library, places) == []


@pytest.mark.parametrize("library", NETWORK)
def test_no_module_can_reach_the_network(library: str) -> None:
    assert trespassers(library, ()) == []


def test_the_scan_sees_imports_inside_functions_and_of_submodules() -> None:
    tree = ast.parse("def f():\n    from urllib import request\n    import http.client as h\n")
    assert set(imported_names(tree)) == {"urllib", "urllib.request", "http.client"}
    assert may_import("ui", ("ui.*",))
    assert not may_import("uisome.page", ("ui.*",))


def test_the_command_line_never_loads_the_window() -> None:
    graph = grimp.build_graph(*PACKAGES, include_external_packages=True, cache_dir=None)
    lines = [m for m in graph.modules if any(fnmatchcase(m, place) for place in WITHOUT_A_SCREEN)]
    chains = [graph.find_shortest_chain(module, "PySide6") for module in lines if "PySide6" in graph.modules]
    assert [chain for chain in chains if chain] == []


@pytest.mark.parametrize(
    "path",
    sources(*PACKAGES, "tests", "benchmarks", "packaging"),
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_no_file_is_longer_than_a_reader_bears(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


def test_every_module_is_named_after_what_it_is_about() -> None:
    places = sources(*PACKAGES, "tests", "benchmarks", "packaging")
    assert [str(p) for p in places if SAYS_NOTHING & {*p.relative_to(ROOT).parts, p.stem}] == []


def test_colours_come_from_the_tokens() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {node.value}"
        for path in sources("ui", "reports")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and HEX_COLOUR.search(node.value)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("path", "constants"), shelf_modules(), ids=[str(path.relative_to(ROOT)) for path, _ in shelf_modules()]
)
def test_a_shelf_module_shows_one_typed_constant(path: Path, constants: tuple[str, ...]) -> None:
    shown = [
        node.target.id
        for node in parsed(path).body
        if isinstance(node, ast.AnnAssign)
        and isinstance(node.target, ast.Name)
        and node.target.id in constants
    ]
    assert len(shown) == 1, f"expected one of {constants} with its type, as NAME: Type = ..."


@pytest.mark.parametrize("package", PACKAGES)
def test_every_module_can_be_imported_without_a_warning(package: str) -> None:
    top = importlib.import_module(package)
    names = [module.name for module in pkgutil.walk_packages(top.__path__, package + ".")]
    for name in names:
        if not name.endswith("__main__"):
            importlib.import_module(name)


@pytest.mark.skipif(
    sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on: nothing to lose"
)
def test_qt_gives_back_every_none_that_it_borrows(qtbot: QtBot) -> None:
    # PySide6 6.12.0 lost one reference a call and aborted after about 7,000 of them.
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for number in range(500):
        label.setText(str(number))
    assert sys.getrefcount(None) > before - 250
