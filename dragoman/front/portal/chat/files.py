"""Files on their way into a message: kept at once, named by a signed token until the message comes."""

import mimetypes
from pathlib import PurePath
from typing import BinaryIO, cast

from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from dragoman.core.accounts.chat import ChatSettings
from dragoman.core.conversations.actions.receive import KeptFile
from dragoman.front.portal.chat.limits import REFUSED_KINDS, file_bytes, file_too_large
from dragoman.ground.channels.chat import Session
from dragoman.ground.files import store
from dragoman.kit.address import clean
from dragoman.kit.errors import Refusal

FILE_SALT = "dragoman.chat.file"
FILE_TOKEN_SECONDS = 7 * 24 * 3600


def keep_file(
    session: Session, upload: "UploadedFile[bytes]", *, settings: ChatSettings
) -> tuple[str, KeptFile]:
    """Store an upload and return the token that a message of the same thread names it by.

    Raises TooLarge above the brand's limit and Refusal 422 for a kind that is refused, or where files are.
    """
    name = safe_name(upload.name or "")
    limit = file_bytes(settings)
    if not limit:
        raise Refusal(_("Files cannot be sent in this chat."), code="no_files", status=422)
    kind = PurePath(name).suffix.lower()
    if kind in REFUSED_KINDS or (settings.file_kinds and kind not in settings.file_kinds):
        text = _("{name}: files of this kind cannot be sent.").format(name=name)
        raise Refusal(text, code="refused_kind", status=422)
    if (upload.size or 0) > limit or upload.file is None:
        raise file_too_large(name, limit=limit)
    try:
        kept = store.keep(session.workspace_id, cast(BinaryIO, upload.file), limit=limit)
    except store.TooLarge as larger:
        raise file_too_large(name, limit=limit) from larger
    file = KeptFile(kept.key, name, _kind_of(name, upload.content_type), kept.size)
    facts = [session.handle, file.key, file.name, file.content_type, file.size]
    return signing.dumps(facts, salt=FILE_SALT, compress=True), file


def open_file_token(session: Session, token: str) -> KeptFile:
    """Return the kept file that a token names; raises Refusal 422 when it is not this thread's or too old."""
    try:
        handle, key, name, kind, size = signing.loads(token, salt=FILE_SALT, max_age=FILE_TOKEN_SECONDS)
    except (signing.BadSignature, ValueError, TypeError) as broken:
        raise _lost() from broken
    if handle != session.handle:
        raise _lost()
    return KeptFile(key, name, kind, size)


def safe_name(name: str) -> str:
    """Return the last part of a file's name without control characters, at most 200 characters of it."""
    last = clean(name).replace("\\", "/").rpartition("/")[2]
    shown = "".join(letter for letter in last if letter.isprintable()).strip(". ")
    stem, suffix = PurePath(shown).stem, PurePath(shown).suffix[:20]
    return (stem[: 200 - len(suffix)] + suffix) or "file"


def _kind_of(name: str, said: str | None) -> str:
    if said and "/" in said and said.isascii() and len(said) <= 120:
        return said.lower()
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def _lost() -> Refusal:
    text = _("A file of this message is no longer here. Please attach it again.")
    return Refusal(text, code="unknown_file", status=422)
