"""Files that travel with the program: icons, fonts, help and the sample client."""

from pathlib import Path


def resource_path(*parts: str) -> Path:
    """Absolute path of a packaged file or folder, for example ``resource_path("fonts")``."""
    return Path(__file__).resolve().parent.joinpath(*parts)
