"""How much one shopper may send: sizes, kinds of files, and how often."""

from contextlib import suppress
from dataclasses import dataclass

from django.core.cache import cache
from django.utils.translation import gettext as _

from dragoman.core.accounts.chat import ChatSettings
from dragoman.kit.errors import Refusal

TEXT_CHARACTERS = 8_000
JSON_BYTES = 128 * 1024
FILE_BYTES = 30 * 1024 * 1024
FILES_PER_MESSAGE = 10
# programs and scripts: nobody needs them in a shop's chat, and an agent might open one
REFUSED_KINDS = (
    ".apk", ".app", ".bat", ".cmd", ".com", ".cpl", ".dll", ".dmg", ".exe", ".hta", ".jar", ".js",
    ".jse", ".lnk", ".msi", ".pif", ".ps1", ".reg", ".scr", ".sh", ".vbe", ".vbs", ".wsf",
)  # fmt: skip


@dataclass(frozen=True)
class Pace:
    """At most `times` within `seconds`, counted per `word` and whoever is counted."""

    word: str
    times: int
    seconds: int = 60


SESSIONS_PER_ADDRESS = Pace("session", 60)
MESSAGES_PER_SESSION = Pace("message", 30)
MESSAGES_PER_ADDRESS = Pace("message-ip", 120)
FILES_PER_SESSION = Pace("file", 20)
READS_PER_SESSION = Pace("read", 240)
TYPING_PER_SESSION = Pace("typing", 40)
SEARCHES_PER_ADDRESS = Pace("search", 60)
SUGGESTIONS_PER_ADDRESS = Pace("suggest", 40)
# what is looked for; the rest of a long message says nothing new
ASKED_LONGEST = 400
THREADS_PER_ADDRESS = Pace("thread", 60, 3600)
RATINGS_PER_SESSION = Pace("rating", 20, 600)
COPIES_PER_SESSION = Pace("copy", 4, 3600)
COPIES_PER_ADDRESS = Pace("copy-ip", 20, 3600)
COPIES_PER_MAILBOX = Pace("copy-to", 6, 24 * 3600)
# whoever waits longer than this for nothing else may as well ask again
LONGEST_WAIT = 60


class TooLarge(Refusal):
    """More bytes than we take; `details.limit` is in bytes."""

    code = "too_large"
    status = 413


class TooFast(Refusal):
    """Too many requests; `details.retry_after` is in seconds."""

    code = "too_fast"
    status = 429


def count(*wanted: tuple[Pace, str]) -> None:
    """Count one more of each pace for whom it is counted; raises TooFast where one of them is used up.

    What is refused counts for none of them: two paces would else keep each other used up for as long as
    somebody tries again, and who tries again would never be let in.
    """
    counted: list[str] = []
    for pace, whom in wanted:
        key = f"chat:{pace.word}:{whom}"
        counted.append(key)
        # counted first and looked at then: two at once would both have found the last place free
        if _counted(key, pace) > pace.times:
            for one in counted:
                _take_back(one)
            text = _("That was a lot at once. Please wait a moment and try again.")
            raise TooFast(text, details={"retry_after": min(pace.seconds, LONGEST_WAIT)})


def _counted(key: str, pace: Pace) -> int:
    """Count one more and return how many they are; one of many at once is each number."""
    while True:
        cache.add(key, 0, pace.seconds)
        try:
            return cache.incr(key)
        except ValueError:
            # it ran out between the two calls
            continue


def _take_back(key: str) -> None:
    # what ran out meanwhile counts for nothing any more
    with suppress(ValueError):
        cache.decr(key)


def file_bytes(settings: ChatSettings) -> int:
    """Return how large one file may be in a brand's chat; 0 where files are not taken."""
    return min(max(settings.file_mb, 0) * 1024 * 1024, FILE_BYTES)


def file_too_large(name: str = "", *, limit: int = FILE_BYTES) -> TooLarge:
    """Return the refusal for a file above the limit, in the shopper's words."""
    text = _("Files may have at most {limit} MB.").format(limit=limit // (1024 * 1024))
    return TooLarge(f"{name}: {text}" if name else text, details={"limit": limit})
