"""Whether the source changed since the last look: for `make dev`, where web and worker start again then."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent


class Changes:
    """The newest moment and the number of the Python files under a folder; templates reload by themselves."""

    def __init__(self, folder: Path = SOURCE) -> None:
        self.folder = folder
        self.seen = self._look()

    def is_any(self) -> bool:
        """Whether a file was saved, added or removed since the last question."""
        before, self.seen = self.seen, self._look()
        return self.seen != before

    def _look(self) -> tuple[int, int]:
        newest = count = 0
        for path in self.folder.rglob("*.py"):
            with suppress(FileNotFoundError):
                newest, count = max(newest, path.stat().st_mtime_ns), count + 1
        return newest, count
