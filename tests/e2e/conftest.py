"""The sample client's whole job, done once for all tests that look at it."""

from pathlib import Path

import pytest

from ui.demo import DemoResult, make_demo


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> DemoResult:
    return make_demo(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="session")
def pdf_file(demo: DemoResult) -> Path:
    return next(path for path in demo.pack.files if path.suffix == ".pdf")


@pytest.fixture(scope="session")
def workbook_file(demo: DemoResult) -> Path:
    return next(path for path in demo.pack.files if path.suffix == ".xlsx")
