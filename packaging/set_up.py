"""Makes sure that the Debian packages are there that Quintile needs, or prints the line to type.

Runs before the virtual environment exists, so it uses the standard library alone.
    python3 packaging/set_up.py environment window tests
Exit 0: everything needed is there. Exit 1: something is missing without which nothing works.
"""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

LIST = Path(__file__).with_name("debian-packages.txt")
OLDEST_PYTHON = (3, 11)
# Without these a purpose fails; what only the tests read results with is skipped there with a reason.
REQUIRED = {"environment", "window"}


class Package(NamedTuple):
    name: str
    purpose: str
    sign: str


def packages(purposes: set[str]) -> list[Package]:
    """The listed packages for these purposes."""
    lines = (line.split("#")[0].split() for line in LIST.read_text(encoding="utf-8").splitlines())
    listed = [Package(*words) for words in lines if words]
    return [package for package in listed if package.purpose in purposes]


def is_there(sign: str) -> bool:
    """Whether a sign such as library:libGL.so.1, program:pdftotext or module:ensurepip is found."""
    kind, _, name = sign.partition(":")
    if kind == "module":
        return importlib.util.find_spec(name) is not None
    if kind == "program":
        return shutil.which(name) is not None
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def root_prefix() -> list[str] | None:
    """What to put before apt-get so that it may install: nothing, sudo, or None where neither works."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    allowed = subprocess.run(["sudo", "-n", "true"], check=False, capture_output=True).returncode == 0
    return ["sudo", "-n", "-E"] if allowed else None


def install(prefix: list[str], names: list[str]) -> None:
    """Fetch the package lists once, then install; a failure is seen by looking again."""
    print("Installing from Debian:", " ".join(names), flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    apt = [*prefix, "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120"]
    for command in (["update"], ["install", "--yes", "--no-install-recommends", *names]):
        subprocess.run(
            [*apt, *command],
            check=False,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )


def say_what_to_type(missing: list[Package]) -> None:
    names = " ".join(package.name for package in missing)
    if shutil.which("apt-get"):
        line = f"sudo apt-get install --no-install-recommends {names}"
        print(f"These Debian packages are missing. Please type:\n    {line}", file=sys.stderr)
    else:
        print(f"Please install what Debian calls: {names}", file=sys.stderr)


def main(purposes: set[str]) -> int:
    if sys.version_info < OLDEST_PYTHON:
        found = sys.version.split()[0]
        print(f"Quintile needs Python 3.11 or newer; {sys.executable} is {found}.", file=sys.stderr)
        return 1
    if not sys.platform.startswith("linux"):
        return 0
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        purposes = purposes | {"screen"}
    wanted = packages(purposes)
    missing = [package for package in wanted if not is_there(package.sign)]
    prefix = root_prefix() if missing else None
    if missing and prefix is not None:
        install(prefix, [package.name for package in missing])
        missing = [package for package in missing if not is_there(package.sign)]
    if missing:
        say_what_to_type(missing)
    return 1 if any(package.purpose in REQUIRED for package in missing) else 0


if __name__ == "__main__":
    sys.exit(main(set(sys.argv[1:]) or {"environment", "window"}))
