"""Keeping pictures and documents of articles: of a few kinds, counted, without what cameras write into them."""

import hashlib
import io
from typing import BinaryIO, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from dragoman.core.accounts.models import Agent
from dragoman.ground.files import store
from dragoman.kit.address import clean
from dragoman.kit.errors import Refusal

from ..errors import NoArticle
from ..models import Article, ArticleFile
from .articles import check_may_draft

LIMIT: Final = 10 * 1024 * 1024
MOST: Final = 60
LONGEST_SIDE: Final = 2000
_TYPES: Final = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "MPO": "image/jpeg"}
# a picture of few bytes may be of many pixels
_PIXELS: Final = 120_000_000


class BadPicture(Refusal):
    """It is neither a picture nor a document that readers can open."""

    code = "bad_file"
    status = 422
    message = _("This is no picture (JPEG, PNG, WebP) and no PDF. Save it as one of them, at most 10 MB.")


class TooManyPictures(Refusal):
    """An article has a bounded number."""

    code = "too_many_files"
    status = 409
    message = _("An article has at most 60 files. Remove one first.")


def add_file(article: Article, *, agent: Agent | None, name: str, source: BinaryIO) -> ArticleFile:
    """Keep a picture (drawn anew: no place, no camera) or a PDF; raises MayNotWrite, BadPicture, TooManyPictures,
    TooLarge."""
    check_may_draft(agent)
    raw = source.read(LIMIT + 1)
    if len(raw) > LIMIT:
        raise store.TooLarge(str(BadPicture.message), details={"limit": LIMIT})
    size, digest = (0, 0), digest_of(raw)
    if raw.startswith(b"%PDF-"):
        media_type = "application/pdf"
    else:
        raw, media_type, size = _drawn_anew(raw)
    with transaction.atomic():
        Article.objects.select_for_update().filter(workspace_id=article.workspace_id, pk=article.pk).first()
        if article.files.count() >= MOST:
            raise TooManyPictures
        kept = store.keep(article.workspace_id, io.BytesIO(raw), limit=2 * LIMIT)
        return ArticleFile.objects.create(
            workspace_id=article.workspace_id,
            article=article,
            name=(clean(name).replace("/", "_").strip() or "file")[:120],
            media_type=media_type,
            size=kept.size,
            width=size[0],
            height=size[1],
            file_key=kept.key,
            digest=digest,
            agent=agent,
        )


def remove_file(article: Article, file_id: int, *, agent: Agent | None) -> None:
    """Forget a file; texts that name it show an empty place, which the editor's check says. Raises NoArticle."""
    check_may_draft(agent)
    row = ArticleFile.objects.filter(workspace_id=article.workspace_id, article=article, pk=file_id).first()
    if row is None:
        raise NoArticle
    row.delete()
    store.forget(row.file_key)


def _drawn_anew(raw: bytes) -> tuple[bytes, str, tuple[int, int]]:
    try:
        with Image.open(io.BytesIO(raw), formats=[one for one in _TYPES if one != "MPO"]) as found:
            form = "JPEG" if found.format == "MPO" else str(found.format)
            if found.width * found.height > _PIXELS:
                raise BadPicture
            upright = ImageOps.exif_transpose(found) or found
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            bare = upright.convert(
                "RGBA" if form != "JPEG" and "transparency" in upright.info else upright.mode
            )
            out = io.BytesIO()
            plain = Image.new(bare.mode, bare.size)
            plain.paste(bare)
            if bare.mode == "P" and (palette := bare.getpalette()):
                plain.putpalette(palette)
            plain.save(out, form, **({} if form == "PNG" else {"quality": 86}))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise BadPicture from None
    return out.getvalue(), _TYPES[form], plain.size


def digest_of(content: bytes) -> str:
    """Return what a file is known by, as it came."""
    return hashlib.sha256(content).hexdigest()
