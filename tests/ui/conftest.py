import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from ui.theme import apply_theme

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path) -> None:
    """What the window remembers stays in the test's own folder."""
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "settings"))


@pytest.fixture
def light(qapp: QApplication) -> Iterator[QApplication]:
    """The program in its light appearance."""
    apply_theme(qapp, "light")
    yield qapp
    apply_theme(qapp, "light")
