"""The one place of this room that touches files: a file appears whole or not at all."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from crossread.errors import ExportError


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: temporary file beside it, fsync, rename, fsync of the folder.

    A file that is there keeps its mode; a new one gets what the user's umask allows.  A symbolic link is followed.

    Raises:
        ExportError: If it cannot be written; the message names the file and what to do, and an older file is left as it was.
    """
    handle = None
    try:
        target = path.resolve()
        if target.exists() and not target.is_file():  # /dev/null, a named pipe: nothing to swap in
            target.write_bytes(content)
            return
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
        with tempfile.NamedTemporaryFile("wb", dir=target.parent, prefix=f".{target.name[:100]}.", delete=False) as handle:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        os.chmod(handle.name, mode)
        os.replace(handle.name, target)
        _sync_folder(target.parent)
    except OSError as err:
        if handle is not None:
            Path(handle.name).unlink(missing_ok=True)
        raise ExportError(
            f"{path}: cannot be written ({err.strerror or err}); check the folder, its rights and the space left"
        ) from err


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a power cut, where the system can (Windows cannot open folders)."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
