"""Writing the pack beside the old one and putting it in place only when it is complete."""

import contextlib
import errno
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from core.errors import CannotWrite

_REASONS = {
    errno.ENOSPC: ("the disk is full", "Free some space or choose another folder."),
    errno.EDQUOT: ("the disk quota is used up", "Free some space or choose another folder."),
    errno.EFBIG: ("the file is larger than the disk allows", "Choose another folder."),
    errno.EROFS: ("the disk is read-only", "Choose another folder."),
    errno.EACCES: ("writing there is not allowed", "Close the file if it is open, or choose another folder."),
    errno.EPERM: ("writing there is not allowed", "Close the file if it is open, or choose another folder."),
    errno.ENOENT: ("the folder does not exist", "Create the folder or choose another one."),
    errno.ENOTDIR: ("its folder is a file", "Choose another folder."),
    errno.EISDIR: ("there is a folder of that name", "Choose another name."),
    errno.ENAMETOOLONG: ("the name is too long", "Choose a shorter name."),
}


def write_files(files: Mapping[Path, bytes]) -> None:
    """Write every file or leave all as they were: no old file is touched before all new ones are on disk.

    Raises CannotWrite with the path, the reason and what to do.
    """
    complete: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            complete[path] = _written_beside(path, data)
        _refuse_folders(files)
        _put_in_place(complete)
    finally:
        for temporary in complete.values():
            with contextlib.suppress(OSError):
                temporary.unlink()


def write_file(path: Path, data: bytes) -> None:
    """Write one file; a failure leaves what stood there as it was. Raises CannotWrite."""
    write_files({path: data})


def _written_beside(path: Path, data: bytes) -> Path:
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _take_over_mode(path, temporary)
    except OSError as error:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink()
        raise _cannot(path, error) from error
    return temporary


def _take_over_mode(path: Path, temporary: Path) -> None:
    # mkstemp makes files that only their owner may read; a report is an ordinary file.
    try:
        mode = path.stat().st_mode & 0o777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        mode = 0o666 & ~mask
    with contextlib.suppress(OSError):
        temporary.chmod(mode)


def _refuse_folders(files: Mapping[Path, bytes]) -> None:
    for path in files:
        if path.is_dir():
            raise _cannot(path, IsADirectoryError(errno.EISDIR, "is a folder"))


def _put_in_place(complete: Mapping[Path, Path]) -> None:
    for path, temporary in complete.items():
        try:
            temporary.replace(path)
        except OSError as error:
            raise _cannot(path, error) from error
    for folder in {path.parent for path in complete}:
        _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    # Makes the rename itself durable; Windows cannot open a folder and needs no such call.
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _cannot(path: Path, error: OSError) -> CannotWrite:
    reason, remedy = _REASONS.get(
        error.errno or 0, (error.strerror or str(error), "Choose another folder and try again.")
    )
    return CannotWrite(
        f"{path} could not be written: {reason}. {remedy} What stood there before is unchanged."
    )
