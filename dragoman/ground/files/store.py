"""Keeping and opening files; whatever table names the key is the caller's."""

import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, default_storage

from dragoman.kit.errors import Refusal

CHUNK = 256 * 1024


class TooLarge(Refusal):
    """The file is larger than the limit; `details.limit` is in bytes."""

    code = "too_large"
    status = 413


@dataclass(frozen=True)
class Kept:
    """A stored file: its key and size in bytes."""

    key: str
    size: int


class _Limited(File):  # type: ignore[type-arg]
    """A reader that refuses to go on past a limit, so that no size is believed, only counted."""

    def __init__(self, source: BinaryIO, limit: int) -> None:
        super().__init__(source, name="file")
        self.source, self.limit, self.counted = source, limit, 0

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """Yield what is left, counted."""
        while block := self.source.read(chunk_size or CHUNK):
            self.counted += len(block)
            if self.counted > self.limit:
                megabytes = self.limit // (1024 * 1024)
                raise TooLarge(
                    f"Files may have at most {megabytes} MB together.", details={"limit": self.limit}
                )
            yield block


def keep(workspace_id: int, source: BinaryIO, *, limit: int = 30 * 1024 * 1024) -> Kept:
    """Store what `source` still holds and sync it to disk; raises TooLarge or OSError, and then keeps nothing."""
    name = secrets.token_hex(16)
    wanted = f"{workspace_id}/{name[:2]}/{name}"
    limited = _Limited(source, limit)
    try:
        key = default_storage.save(wanted, limited)
        if isinstance(default_storage, FileSystemStorage) or hasattr(default_storage, "path"):
            _sync(default_storage.path(key))
    except (TooLarge, OSError):
        # a full disk leaves the first half of a file behind
        default_storage.delete(wanted)
        raise
    return Kept(str(key), limited.counted)


def _sync(path: str) -> None:
    for target in (path, os.path.dirname(path)):
        handle = os.open(target, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def open_file(key: str) -> BinaryIO:
    """Open a kept file for reading; raises FileNotFoundError."""
    return default_storage.open(key, "rb")  # type: ignore[return-value]


def forget(key: str) -> None:
    """Delete a kept file; one that is gone already is no error."""
    default_storage.delete(key)
