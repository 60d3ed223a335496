"""Who looks at a conversation and who types in it: known to each web process for seconds, never to a table.

A page beats every few seconds; its word travels as a whisper to the register of every process and to every page. What
is not heard again for EXPIRES seconds is forgotten.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from dragoman.ground.events.wake import whisper

from .models import Conversation, Direction, Message

PRESENCE = "presence"
# what a shopper's widget hears: {"doing": "typing" | "still"}
TYPING = "typing"
EXPIRES = 30.0  # seconds
# a page that says the same again sooner than this is not passed on
CALM = 2.0
DOINGS: Final = ("viewing", "reply", "note", "gone")
# a page's name, made in the browser; a shopper's is "shopper"
LONGEST_PAGE = 40
MOST_PAGES = 2000  # of one workspace


@dataclass(frozen=True)
class Here:
    """One page that has a conversation open; `agent_id` is 0 for the shopper, `at` is this process's clock."""

    conversation_id: int
    agent_id: int
    name: str
    doing: str
    at: float

    def facts(self, page: str) -> dict[str, Any]:
        """Return what a page may know of it."""
        return {
            "page": page,
            "conversation": self.conversation_id,
            "agent": self.agent_id,
            "name": self.name,
            "doing": self.doing,
        }


class Presence:
    """The register of one process, by workspace and page; safe to use from any thread."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._pages: dict[int, dict[str, Here]] = {}
        self._lock = threading.Lock()

    def hear(self, workspace_id: int, facts: dict[str, Any]) -> bool:
        """Take in what a page says; False where it is what is known already, said again within CALM seconds."""
        page, doing = str(facts.get("page", ""))[:LONGEST_PAGE], str(facts.get("doing", ""))
        here = Here(
            int(facts.get("conversation") or 0),
            int(facts.get("agent") or 0),
            str(facts.get("name", "")),
            doing,
            self._clock(),
        )
        with self._lock:
            pages = self._pages.setdefault(workspace_id, {})
            known = pages.get(page)
            if doing == "gone":
                return pages.pop(page, None) is not None
            if known is not None and known.facts(page) == here.facts(page) and here.at - known.at < CALM:
                return False
            # the last said stands last, so that the oldest goes where there are too many
            pages.pop(page, None)
            pages[page] = here
            if len(pages) > MOST_PAGES:
                del pages[next(iter(pages))]
            return True

    def in_workspace(self, workspace_id: int) -> list[tuple[str, Here]]:
        """Return (page, what it does) of everybody heard lately in one workspace."""
        now = self._clock()
        with self._lock:
            pages = self._pages.get(workspace_id, {})
            for page in [page for page, here in pages.items() if now - here.at > EXPIRES]:
                del pages[page]
            return list(pages.items())

    def forget(self) -> None:
        """Forget everybody."""
        with self._lock:
            self._pages.clear()


presence = Presence()


def tell_presence(workspace_id: int, facts: dict[str, Any]) -> None:
    """Note what a page does and let every other page of the workspace know; `facts` are those of `Here.facts`.

    For the shopper: `{"page": "shopper:<conversation>", "conversation": id, "agent": 0, "name": "", "doing": "reply"}`,
    and `"gone"` when they stop.
    """
    if presence.hear(workspace_id, facts):
        whisper(workspace_id, "inbox", PRESENCE, facts)


def tell_shopper_of_typing(conversation: Conversation, *, is_typing: bool) -> None:
    """Let the chat that this conversation runs over know that somebody writes, or stopped; never who."""
    if source := _chat_of(conversation):
        whisper(conversation.workspace_id, source, TYPING, {"doing": "typing" if is_typing else "still"})


def tell_shopper_of_reading(conversation: Conversation) -> None:
    """Let the chat that this conversation runs over ask anew how far it was read."""
    if source := _chat_of(conversation):
        whisper(conversation.workspace_id, source, "changed", {})


def _chat_of(conversation: Conversation) -> str | None:
    found = Message.objects.filter(
        workspace_id=conversation.workspace_id,
        conversation_id=conversation.pk,
        channel="chat",
        direction=Direction.IN,
    )
    return found.order_by("-pk").values_list("source", flat=True).first()
