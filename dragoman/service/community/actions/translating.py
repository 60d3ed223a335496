"""Saying a thread in its reader's language: on demand, by an engine that is configured, and kept."""

import hashlib
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dragoman.core.language.scope import Scope
from dragoman.core.language.translate import free_text_possible, translate_many
from dragoman.kit.errors import OutsideError, Refusal
from dragoman.kit.tags import same

from ..models import Post, Rendering, Thread
from .standing import index_thread


class NotTranslated(Refusal):
    """No engine could say it in that language now."""

    code = "not_translated"
    status = 503
    message = _("Nothing could translate this at the moment. The original stands here; try again later.")


def source_of(post: Post) -> str:
    """Return the digest of the words that a translation is made from."""
    title = post.thread.title if post.is_question else ""
    return hashlib.sha256(f"{post.language}\n{title}\n{post.body}".encode()).hexdigest()


def translatable(workspace_id: int, source: str, target: str) -> bool:
    """Say whether any text could be said in another language."""
    return not same(source, target) and free_text_possible(source, target, workspace_id=workspace_id)


def translate_thread(thread: Thread, posts: Sequence[Post], *, into: str) -> int:
    """Translate what of a thread is public and in another language; returns how many posts were.

    Raises NotTranslated where nothing was. What is asked of an engine, is asked outside of any transaction.
    """
    waiting = [
        one for one in posts if one.is_live and not same(one.language, into) and not _is_kept(one, into)
    ]
    made = [row for one in waiting if (row := _rendering(thread, one, into)) is not None]
    if waiting and not made:
        raise NotTranslated
    _keep(thread, made)
    return len(made)


def _is_kept(post: Post, into: str) -> bool:
    known = Rendering.objects.filter(workspace_id=post.workspace_id, post_id=post.pk, language=into)
    return known.filter(of=source_of(post)).exists()


def _rendering(thread: Thread, post: Post, into: str) -> Rendering | None:
    scope = Scope(workspace_id=post.workspace_id, brand_id=thread.brand_id, purpose="message")
    title = thread.title if post.is_question else ""
    said = [one for one in (title, post.body) if one]
    try:
        answers = translate_many(said, source=post.language, target=into, scope=scope)
    except OutsideError:
        return None
    known = [one for one in answers if one is not None]
    if len(known) < len(said):
        return None
    return Rendering(
        workspace_id=post.workspace_id,
        post=post,
        language=into,
        title=known[0].text[:400] if title else "",
        body=known[-1].text,
        engine=known[-1].engine[:40],
        is_machine=any(one.machine for one in known),
        confidence=min(one.confidence for one in known),
        of=source_of(post),
        made_at=timezone.now(),
    )


@transaction.atomic
def _keep(thread: Thread, rows: Sequence[Rendering]) -> None:
    if not rows:
        return
    Rendering.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["workspace", "post", "language"],
        update_fields=["title", "body", "engine", "is_machine", "confidence", "of", "made_at"],
    )
    index_thread(thread.workspace_id, thread.pk)
