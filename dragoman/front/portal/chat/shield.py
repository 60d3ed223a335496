"""What makes a first message doubtful: no puzzle, no hidden field, and nothing is ever refused for it.

The words go into the message's `meta.junk` for whoever sorts junk; each of them alone also happens to honest people.
"""

import hashlib
import re
import time
from datetime import datetime
from urllib.parse import urlsplit

from django.core.cache import cache

from dragoman.core.accounts.models import Brand
from dragoman.ground.channels.chat import Session

FAST_SECONDS = 2
MANY_LINKS = 3
COPY_CHARACTERS = 40
COPY_SECONDS = 3600
COPY_TIMES = 3
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"'）」。]+", re.IGNORECASE)


def doubts(session: Session, brand: Brand, text: str, *, page: str, sent_at: datetime | None) -> list[str]:
    """Return the words that make a thread's first message doubtful, none for a person the shop signed.

    `fast`: written sooner after the chat opened than a person can; `links`: three or more to elsewhere;
    `only_link`: nothing but a link; `copies`: the same long text came from several browsers within an hour.
    """
    if session.email or session.phone:
        return []
    found = []
    # what waited without a connection was written before the session it came with
    waited = sent_at is not None and sent_at.timestamp() < session.since
    if session.since and not waited and time.time() - session.since < FAST_SECONDS:
        found.append("fast")
    foreign = [link for link in _LINK.findall(text) if not _is_ours(link, brand, page)]
    if len(foreign) >= MANY_LINKS:
        found.append("links")
    if foreign and not any(letter.isalpha() for letter in _LINK.sub("", text)):
        found.append("only_link")
    if len(text) >= COPY_CHARACTERS and _copies(brand, session.handle, text) >= COPY_TIMES:
        found.append("copies")
    return found


def _is_ours(link: str, brand: Brand, page: str) -> bool:
    hosts = {urlsplit(str(one)).hostname for one in (*brand.allowed_origins, page)}
    try:
        return urlsplit(link if "://" in link else f"https://{link}").hostname in hosts
    except ValueError:
        return False


def _copies(brand: Brand, handle: str, text: str) -> int:
    """Count the browsers that sent this text to this brand lately."""
    digest = hashlib.sha256(" ".join(text.split()).casefold().encode()).hexdigest()[:32]
    key = f"chat:copies:{brand.pk}:{digest}"
    handles = {*cache.get(key, ()), handle}
    cache.set(key, tuple(handles)[:COPY_TIMES], COPY_SECONDS)
    return len(handles)
