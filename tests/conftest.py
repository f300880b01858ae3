"""Every test runs without a screen, in an empty home, and independent of the machine's locale and time zone."""

import gc
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# Before anything imports Qt, which reads these once.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.update({"LC_ALL": "C.UTF-8", "LANG": "C.UTF-8", "LANGUAGE": "", "TZ": "UTC"})
os.environ.pop("QT_SCALE_FACTOR", None)
if hasattr(time, "tzset"):
    time.tzset()

# A busy machine is no defect; where a machine watches, the same examples run every time.
settings.register_profile("quintile", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("quintile")

HOME_OF = {
    "HOME": "",
    "USERPROFILE": "",
    "XDG_CONFIG_HOME": "config",
    "XDG_DATA_HOME": "data",
    "XDG_CACHE_HOME": "cache",
    "XDG_STATE_HOME": "state",
    "XDG_DOCUMENTS_DIR": "documents",
    "XDG_RUNTIME_DIR": "run",
    "APPDATA": "config",
    "LOCALAPPDATA": "data",
}


def move_into(home: Path, patch: pytest.MonkeyPatch) -> None:
    """Let every folder that platformdirs and Qt know lie in this home."""
    for name, folder in HOME_OF.items():
        place = home / folder
        place.mkdir(mode=0o700, exist_ok=True)
        patch.setenv(name, str(place))


@pytest.fixture(scope="session", autouse=True)
def home_of_the_session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where fixtures that live longer than a test find their home."""
    home = tmp_path_factory.mktemp("session_home")
    with pytest.MonkeyPatch.context() as patch:
        move_into(home, patch)
        yield home


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An own empty home for each test: settings, recent books and logs never meet those of another."""
    folder = tmp_path_factory.mktemp("home")
    move_into(folder, monkeypatch)
    return folder


@pytest.fixture(autouse=True)
def no_windows_left() -> Iterator[None]:
    """Windows of one test do not slow the next down: each stays in memory until Qt and Python let go of it."""
    yield
    widgets = sys.modules.get("PySide6.QtWidgets")
    app = widgets.QApplication.instance() if widgets else None
    if widgets is None or app is None or not widgets.QApplication.topLevelWidgets():
        return
    for window in widgets.QApplication.topLevelWidgets():
        window.close()
        window.deleteLater()
    app.sendPostedEvents(None, sys.modules["PySide6.QtCore"].QEvent.Type.DeferredDelete.value)
    gc.collect()
