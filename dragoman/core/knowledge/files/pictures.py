"""The pictures and documents that a text names: which of them came along, and which stand on hosts of others."""

import posixpath
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from urllib.parse import unquote

from .pieces import Picture

# where Markdown has an address (CommonMark 6.3, 4.7): after `](`, and in a line such as `[id]: address`
_TARGET = r"(?P<address><[^<>\n]+>|[^\s<>()]+(?:\([^\s()]*\)[^\s<>()]*)*)"
_INLINE = re.compile(rf"(?P<before>\]\(\s*){_TARGET}(?=[\s)])")
_NAMED = re.compile(rf"(?P<before>^ {{0,3}}\[[^\]\n]+\]:[ \t]*){_TARGET}", re.MULTILINE)
_SHOWN = re.compile(rf"!\[[^\]\n]*\]\(\s*{_TARGET}(?=[\s)])")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)


class Album:
    """What came along with the texts, found by how a text in a file names it."""

    def __init__(self, pictures: Iterable[Picture]) -> None:
        self._by_path: dict[str, Picture] = {}
        for one in pictures:
            path = _plain(one.name)
            self._by_path[path] = one
            # who wrote `Lamp.PNG` on a disk that takes it for `lamp.png` meant the same file
            self._by_path.setdefault(path.casefold(), one)

    def find(self, file: str, address: str) -> Picture | None:
        """Find what a text in `file` means by an address: relative to it, or from the top of all files."""
        bare = _bare(address)
        if not bare or _SCHEME.match(bare):
            return None
        path = bare.partition("?")[0].partition("#")[0]
        folder = "" if path.startswith("/") else posixpath.dirname(file.replace("\\", "/"))
        whole = _plain(posixpath.join(folder, unquote(path).lstrip("/")))
        return self._by_path.get(whole) or self._by_path.get(whole.casefold())


def _bare(address: str) -> str:
    return address.removeprefix("<").removesuffix(">").strip()


def _plain(path: str) -> str:
    # a zip made on a Mac writes é as two signs
    return unicodedata.normalize("NFC", posixpath.normpath(path.replace("\\", "/"))).lstrip("/")


def relinked(body: str, give: Callable[[str], str]) -> str:
    """Return a text in which each address is what `give` makes of it."""

    def put(found: re.Match[str]) -> str:
        return found["before"] + give(found["address"])

    return _NAMED.sub(put, _INLINE.sub(put, body))


def addresses_in(body: str) -> Sequence[str]:
    """Return all addresses that a text names, as they stand there."""
    found = (one["address"] for pattern in (_INLINE, _NAMED) for one in pattern.finditer(body))
    return list(dict.fromkeys(found))


def shown_in(body: str) -> Sequence[str]:
    """Return the addresses of the pictures that a text shows, each once."""
    return list(dict.fromkeys(_bare(one["address"]) for one in _SHOWN.finditer(body)))


def is_abroad(address: str) -> bool:
    """Say whether a picture is loaded from a host, not from among the files."""
    return address.lower().startswith(("http://", "https://", "//"))


def is_missing(address: str) -> bool:
    """Say whether a picture should have come along: an address below the text's own folder."""
    return bool(address) and not _SCHEME.match(address) and not address.startswith(("/", "#"))
