"""Opening whatever was given: Markdown, HTML, tables, the JSON of other desks, and zips that hold any of them."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from .gorgias import is_gorgias, read_gorgias, read_table_of
from .html import read_html
from .markdown import read_markdown
from .pieces import MOST_BYTES, MOST_PIECES, BadFile, Picture, Pile
from .shelves import SHELVES, read_shelves
from .zendesk import is_zendesk, parsed, read_zendesk

PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".pdf")
_READ = {
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".csv": read_table_of,
}


def read_files(files: Iterable[tuple[str, bytes]], *, language: str = "") -> Pile:
    """Return all that these files (path, content) hold; `language` is for those that name none.

    Raises BadFile for a zip that is none, is too large unpacked, or holds too many files.
    """
    pile, answers = Pile(), dict[str, Any]()
    for path, raw in _unpacked(files):
        ending = "." + path.rpartition(".")[2].lower()
        if path.rpartition("/")[2] == SHELVES:
            pile.add(read_shelves(path, raw))
        elif ending in _READ:
            pile.add(_READ[ending](path, raw, language=language))
        elif ending == ".json":
            _answer(path, raw, answers, pile)
        elif ending in PICTURES:
            pile.pictures.append(Picture(path, raw))
        else:
            pile.wrong(path, 0, _("No articles are read from such a file."))
    pile.add(read_zendesk({path: said for path, said in answers.items() if is_zendesk(said)}))
    pile.add(read_gorgias({path: said for path, said in answers.items() if not is_zendesk(said)}))
    if len(pile.pieces) > MOST_PIECES:
        raise BadFile(_("At most 5,000 texts are brought in at once."))
    return pile


def _answer(path: str, raw: bytes, answers: dict[str, Any], pile: Pile) -> None:
    try:
        said = parsed(raw)
    except UnicodeDecodeError:
        pile.wrong(path, 0, _("The file is not in UTF-8."))
        return
    except RecursionError:
        pile.wrong(path, 0, _("The file is no JSON."))
        return
    except ValueError as error:
        pile.wrong(path, int(getattr(error, "lineno", 0)), _("The file is no JSON."))
        return
    if is_zendesk(said) or is_gorgias(said):
        answers[path] = said
    else:
        pile.wrong(path, 0, _("This is neither Zendesk's nor Gorgias' help centre."))


def _unpacked(files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    for path, raw in files:
        if raw[:4] == b"PK\x03\x04" or path.lower().endswith(".zip"):
            yield from _zipped(path, raw)
        else:
            yield path, raw


def _zipped(path: str, raw: bytes) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            entries = [one for one in archive.infolist() if not one.is_dir() and not _is_litter(one.filename)]
            # what a zip says of its sizes is not believed alone: each is read up to what is left
            left = MOST_BYTES
            if len(entries) > MOST_PIECES or sum(one.file_size for one in entries) > left:
                raise BadFile(_("The zip holds more than 5,000 files or more than 30 MB."))
            for one in entries:
                with archive.open(one) as file:
                    content = file.read(left + 1)
                left -= len(content)
                if left < 0:
                    raise BadFile(_("The zip holds more than 5,000 files or more than 30 MB."))
                yield one.filename, content
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        raise BadFile(_("“%(name)s” is no zip that can be opened.") % {"name": path[:80]}) from None


def _is_litter(name: str) -> bool:
    return name.startswith("__MACOSX/") or name.rpartition("/")[2].startswith(".")
