"""What stood there before is still there when writing fails."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from core.errors import CannotWrite
from reports.export import write_file, write_files

FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from core.errors import CannotWrite
from reports.export import write_files
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
folder = Path(sys.argv[1])
try:
    write_files({folder / "a.pdf": b"small", folder / "b.xlsx": b"x" * 1_000_000})
except CannotWrite as error:
    print(error)
    sys.exit(3)
"""


def test_a_pack_is_written_whole(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"old")
    write_files({tmp_path / "a.pdf": b"new", tmp_path / "b.xlsx": b"also new"})
    assert (tmp_path / "a.pdf").read_bytes() == b"new"
    assert (tmp_path / "b.xlsx").read_bytes() == b"also new"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.pdf", "b.xlsx"]


def test_a_new_file_may_be_read_by_whom_the_umask_allows(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        write_file(tmp_path / "a.pdf", b"new")
    finally:
        os.umask(before)
    assert (tmp_path / "a.pdf").stat().st_mode & 0o777 == 0o644


def test_an_old_file_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"old")
    path.chmod(0o600)
    write_file(path, b"new")
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of a file")
def test_a_full_disk_leaves_the_old_pack_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"old pdf")
    (tmp_path / "b.xlsx").write_bytes(b"old workbook")
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).resolve().parents[2],
    )
    assert done.returncode == 3, done.stderr
    assert "b.xlsx could not be written" in done.stdout
    assert "Choose another folder" in done.stdout
    assert (tmp_path / "a.pdf").read_bytes() == b"old pdf"
    assert (tmp_path / "b.xlsx").read_bytes() == b"old workbook"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.pdf", "b.xlsx"]


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="for an administrator no folder is read-only"
)
def test_a_read_only_folder_leaves_the_old_file_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(b"old")
    folder.chmod(0o500)
    try:
        with pytest.raises(CannotWrite, match=r"a\.pdf could not be written: writing there is not allowed"):
            write_file(folder / "a.pdf", b"new")
        assert (folder / "a.pdf").read_bytes() == b"old"
    finally:
        folder.chmod(0o700)


def test_a_kernel_folder_that_nobody_can_write_to_is_named(tmp_path: Path) -> None:
    if not Path("/proc/self").exists():
        pytest.skip("needs /proc, which not even an administrator can write to")
    (tmp_path / "a.pdf").write_bytes(b"old")
    with pytest.raises(CannotWrite, match=r"/proc/self/b\.xlsx could not be written"):
        write_files({tmp_path / "a.pdf": b"new", Path("/proc/self/b.xlsx"): b"new"})
    assert (tmp_path / "a.pdf").read_bytes() == b"old"


def test_a_missing_folder_is_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match=r"the folder does not exist\. Create the folder"):
        write_file(tmp_path / "nowhere" / "a.pdf", b"new")


def test_a_folder_of_that_name_is_refused_before_anything_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"old")
    (tmp_path / "b.xlsx").mkdir()
    with pytest.raises(CannotWrite, match="there is a folder of that name"):
        write_files({tmp_path / "a.pdf": b"new", tmp_path / "b.xlsx": b"new"})
    assert (tmp_path / "a.pdf").read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.pdf", "b.xlsx"]
