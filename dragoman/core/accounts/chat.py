"""What a brand decided about its chat, kept in one column of the brand and read as facts."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from .invites import Invite, invites_kept
from .models import Brand

THEMES = ("auto", "light", "dark")
POSITIONS = ("end", "start")
ASKABLE = ("name", "email", "order")
# what a shopper can do by themselves before they write
TILES = ("search", "order", "return")
MOST_FILE_MB = 30


@dataclass(frozen=True)
class ChatSettings:
    """How a brand's chat looks, what it asks for before the first message, and what it takes.

    `ask` and `require` hold names of ASKABLE, `require` those that must be filled in; `file_kinds` are endings such as
    ".pdf", none of them meaning every kind that is not refused everywhere; `file_mb` is 0 where files are not taken.
    `tiles` are what stands in the chat's home; with none of them the chat opens at once. `suggest`: articles are
    offered while a message is typed; `csat`: a resolved conversation is asked about. The words that the shopper reads
    are localised texts (core/texts).
    """

    theme: str = "auto"
    position: str = "end"
    ask: tuple[str, ...] = ()
    require: tuple[str, ...] = ()
    consent: bool = False
    privacy_url: str = ""
    file_mb: int = MOST_FILE_MB
    file_kinds: tuple[str, ...] = ()
    sound: bool = True
    title_badge: bool = False
    transcript: bool = True
    typing: bool = True
    tiles: tuple[str, ...] = TILES
    suggest: bool = True
    csat: bool = True
    invites: tuple[Invite, ...] = ()


def chat_settings(brand: Brand) -> ChatSettings:
    """Return a brand's settings; what is missing or of the wrong kind is as it is by default."""
    kept: dict[str, Any] = brand.chat if isinstance(brand.chat, dict) else {}
    plain = ChatSettings()
    known: dict[str, Any] = {}
    for field in fields(ChatSettings):
        before, value = getattr(plain, field.name), kept.get(field.name)
        if field.name == "invites":
            known[field.name] = invites_kept(value)
        elif isinstance(before, tuple) and isinstance(value, list):
            known[field.name] = tuple(str(one) for one in value)
        elif type(value) is type(before):
            known[field.name] = value
    return ChatSettings(**known)


def as_kept(settings: ChatSettings, *, invites: Sequence[Invite] | None = None) -> dict[str, Any]:
    """Return what goes into the column: only what differs from the default, so that a better default reaches all.

    With `invites` these stand in place of those that the settings hold.
    """
    if invites is not None:
        settings = replace(settings, invites=tuple(invites))
    plain = asdict(ChatSettings())
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in asdict(settings).items()
        if value != plain[name]
    }
