"""What the window remembers on this computer: appearance, sizes, recent books."""

from PySide6.QtCore import QSettings


def _settings() -> QSettings:
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "Quintile", "Quintile")


def remembered(key: str, otherwise: str = "") -> str:
    """A remembered text."""
    return str(_settings().value(key, otherwise))


def remember(key: str, value: str) -> None:
    """Remember a text."""
    _settings().setValue(key, value)


def remembered_list(key: str) -> list[str]:
    """A remembered list of texts."""
    return [line for line in remembered(key).split("\n") if line]


def remember_list(key: str, values: list[str]) -> None:
    """Remember a list of texts, such as the recent books."""
    remember(key, "\n".join(values))
