"""What holds a post back until a person looks at it. A filter never decides: it holds, and says why."""

import hashlib
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.utils import timezone

from dragoman.core.conversations.junk_filter import THRESHOLD, Text, likeness_of
from dragoman.core.language.redact import masked, redacted
from dragoman.kit.text import fold

from .models import Community, Member, Post

# nobody needs these to answer a question, and nobody should keep them: they are masked before anything is stored
SECRET: Final = ("card", "iban", "national_id", "password", "token")
# these are somebody's own, and may be wanted elsewhere: the post waits, and its writer is told
PERSONAL: Final = (*SECRET, "email", "phone")
PERSONAL_MARK: Final = "personal:"
FIRST, LINKS, MANY_LINKS, SAME_TEXT, STOP_WORD, JUNK, REPORTED = (
    "first", "links", "many_links", "same_text", "stop_word", "junk", "reported",
)  # fmt: skip
MOST_LINKS: Final = 5
# a member is new until so many posts of theirs are public
KNOWN_AFTER: Final = 3
_SAME_FOR: Final = timedelta(days=30)
_FEWEST_LETTERS: Final = 20
_MASK = re.compile(r"\[(?:" + "|".join(SECRET) + r")\]")
_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>\"')\]]+|\b[\w-]+\.(?:com|net|org|info|shop|xyz|ru|cn|top|io|biz)\b", re.I
)


@dataclass(frozen=True)
class Found:
    """A text as it may be stored, and what holds it back (codes; none: everybody may read it)."""

    body: str
    why: Sequence[str]

    @property
    def personal(self) -> list[str]:
        """Return the kinds of personal data in it."""
        return personal_of(self.why)


def personal_of(why: Sequence[str]) -> list[str]:
    """Return the kinds of personal data among the codes of what holds a post back."""
    return [one.removeprefix(PERSONAL_MARK) for one in why if one.startswith(PERSONAL_MARK)]


def digest_of(text: str) -> str:
    """Return by what the same text is known again, however it is spaced and written; "" for a short one."""
    letters = "".join(one for one in fold(text) if one.isalnum())
    return hashlib.sha256(letters.encode()).hexdigest() if len(letters) >= _FEWEST_LETTERS else ""


def personal_data(text: str) -> tuple[str, list[str]]:
    """Return a text without its secrets, and the kinds of personal data that stood in it."""
    spans = redacted(text, PERSONAL)
    kinds = list(dict.fromkeys(one.type for one in spans))
    secrets = [one for one in spans if one.type in SECRET]
    return masked(text, secrets), kinds


def look_at(
    community: Community, member: Member, title: str, body: str, *, post: Post | None = None
) -> Found:
    """Say what a text by a member waits for; `post` is the one that is written anew."""
    kept, kinds = personal_data(body)
    in_title = [one.type for one in redacted(title, PERSONAL)]
    found = [PERSONAL_MARK + one for one in dict.fromkeys([*kinds, *in_title])]
    text = f"{title}\n{body}"
    mine = Post.objects.filter(workspace_id=member.workspace_id, member_id=member.pk, state=Post.State.LIVE)
    public = mine.exclude(pk=post.pk if post and post.pk else 0).count()
    if public < community.first_posts and not (post and post.live_at):
        found.append(FIRST)
    found += _links(text, is_new=public < KNOWN_AFTER)
    if _is_same(member, body, post):
        found.append(SAME_TEXT)
    if _has_stop_word(text, community.stop_words):
        found.append(STOP_WORD)
    likeness = likeness_of(member.workspace_id, Text(member.email, title, body))
    if likeness is not None and likeness.score >= THRESHOLD:
        found.append(JUNK)
    return Found(kept, found)


def _links(text: str, *, is_new: bool) -> list[str]:
    count = len(_LINK.findall(text))
    if count > MOST_LINKS:
        return [MANY_LINKS]
    return [LINKS] if count and is_new else []


def _is_same(member: Member, body: str, post: Post | None) -> bool:
    digest = digest_of(body)
    if not digest:
        return False
    since = timezone.now() - _SAME_FOR
    found = Post.objects.filter(workspace_id=member.workspace_id, words=digest, created_at__gt=since)
    return found.exclude(pk=post.pk if post and post.pk else 0).exists()


def _has_stop_word(text: str, words: Collection[str]) -> bool:
    plain = fold(text)
    return any(fold(word) in plain for word in words if word.strip())


def still_masked(text: str) -> bool:
    """Say whether a mask of ours stands where a secret was."""
    return bool(_MASK.search(text))
