from pathlib import Path

import pytest

from tests.core.builders import BookBuilder


@pytest.fixture
def builder(tmp_path: Path) -> BookBuilder:
    """A new book in US dollars."""
    return BookBuilder(tmp_path / "client.quintile")
