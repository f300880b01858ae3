"""The set-up finds what is missing, and where it may not install says what to type."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "set_up.py"
only_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks for Debian's libraries")


@pytest.fixture(scope="module")
def set_up() -> ModuleType:
    spec = importlib.util.spec_from_file_location("set_up", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def copy_with_list(folder: Path, line: str) -> Path:
    """The real script beside a list of one package."""
    script = folder / "set_up.py"
    script.write_bytes(SCRIPT.read_bytes())
    (folder / "debian-packages.txt").write_text(line + "\n", encoding="utf-8")
    return script


def run_without_apt(script: Path, *purposes: str) -> subprocess.CompletedProcess[str]:
    """Run it on a machine whose path holds no program at all."""
    return subprocess.run(
        [sys.executable, str(script), *purposes],
        check=False,
        capture_output=True,
        text=True,
        env={"PATH": str(script.parent)},
    )


def test_each_listed_package_has_a_known_purpose_and_sign(set_up: ModuleType) -> None:
    listed = set_up.packages({"environment", "window", "screen", "tests"})
    lines = set_up.LIST.read_text(encoding="utf-8").splitlines()
    assert len(listed) == sum(1 for line in lines if line and not line.startswith("#"))
    assert {package.sign.partition(":")[0] for package in listed} == {"library", "program", "module"}


def test_signs_are_told_from_things_that_are_not_there(set_up: ModuleType) -> None:
    assert set_up.is_there("module:json")
    assert not set_up.is_there("module:no_such_module_of_python")
    assert not set_up.is_there("program:no-such-program-here")
    assert not set_up.is_there("library:libno_such_library.so.9")


@only_linux
def test_the_c_library_is_found(set_up: ModuleType) -> None:
    assert set_up.is_there("library:libc.so.6")


@only_linux
def test_a_missing_library_of_the_window_stops_the_set_up_with_its_name(tmp_path: Path) -> None:
    done = run_without_apt(copy_with_list(tmp_path, "libmoon9 window library:libmoon.so.9"), "window")
    assert done.returncode == 1
    assert done.stderr == "Please install what Debian calls: libmoon9\n"


@only_linux
def test_a_missing_program_that_only_tests_use_is_said_but_stops_nothing(tmp_path: Path) -> None:
    done = run_without_apt(copy_with_list(tmp_path, "moon-tools tests program:moon"), "tests")
    assert done.returncode == 0
    assert "moon-tools" in done.stderr


@only_linux
def test_nothing_is_said_when_everything_is_there(tmp_path: Path) -> None:
    done = run_without_apt(copy_with_list(tmp_path, "libc6 window library:libc.so.6"), "window")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
