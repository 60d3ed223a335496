"""Keeping labels and photos of a return: counted, of a few kinds, photos without what cameras write into them."""

import io
from typing import BinaryIO, Final

from django.db import transaction
from PIL import Image, ImageOps, UnidentifiedImageError

from dragoman.ground.files import store
from dragoman.kit.address import clean

from ..errors import BadFile, HeicFile, TooManyFiles
from ..models import FileKind, ReturnFile
from .requests import By
from .steps import locked_return

LIMIT: Final = 10 * 1024 * 1024
MOST: Final = 20
LONGEST_SIDE: Final = 2400
_TYPES: Final = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
# phones put a second picture (depth, a brighter one) behind the first of a JPEG, which is all that is kept
_JPEGS: Final = "MPO"
_HEIC: Final = frozenset([b"ftypheic", b"ftypheix", b"ftyphevc", b"ftypheim", b"ftypmif1", b"ftypmsf1"])
# a picture of few bytes may be of many pixels: none that a phone takes is larger
_PIXELS: Final = 120_000_000


def add_file(
    workspace_id: int, return_id: int, *, by: By, kind: str, name: str, source: BinaryIO
) -> ReturnFile:
    """Keep a photo (drawn anew: no place, no camera) or a label as PDF or picture.

    Raises NoReturn, BadFile, TooManyFiles, TooLarge (10 MB).
    """
    raw = source.read(LIMIT + 1)
    if len(raw) > LIMIT:
        raise store.TooLarge(str(BadFile.message), details={"limit": LIMIT})
    if kind == FileKind.LABEL and raw.startswith(b"%PDF-"):
        media_type = "application/pdf"
    else:
        raw, media_type = _drawn_anew(raw)
    with transaction.atomic():
        made = locked_return(workspace_id, return_id)
        if made.files.count() >= MOST:
            raise TooManyFiles
        kept = store.keep(workspace_id, io.BytesIO(raw), limit=2 * LIMIT)
        return ReturnFile.objects.create(
            workspace_id=workspace_id,
            parent=made,
            kind=kind if kind in FileKind.values else FileKind.PHOTO,
            name=(clean(name).replace("/", "_").strip() or str(kind))[:120],
            media_type=media_type,
            size=kept.size,
            file_key=kept.key,
            actor=by.actor,
            agent=by.agent,
        )


def _drawn_anew(raw: bytes) -> tuple[bytes, str]:
    if raw[4:12] in _HEIC:
        raise HeicFile
    try:
        with Image.open(io.BytesIO(raw), formats=list(_TYPES)) as found:
            form = "JPEG" if found.format == _JPEGS else str(found.format)
            if found.width * found.height > _PIXELS:
                raise BadFile
            upright = ImageOps.exif_transpose(found) or found
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            bare = Image.new(upright.mode, upright.size)
            bare.paste(upright)
            if upright.mode == "P" and (palette := upright.getpalette()):
                bare.putpalette(palette)
            out = io.BytesIO()
            bare.save(out, form, **({} if form == "PNG" else {"quality": 86}))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise BadFile from None
    return out.getvalue(), _TYPES[form]
