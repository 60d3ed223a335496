"""For whom a text is translated: whose engines, terms and remembered translations count, and in which manner."""

from dataclasses import dataclass
from typing import Final

# What a customer writes is heard as it was written; what a shop says is polite unless it chose otherwise.
_OUTGOING: Final = frozenset({"reply", "macro", "article"})


@dataclass(frozen=True)
class Scope:
    """A workspace and, as far as they are known, the brand, the market (ISO 3166-1) and the form of address.

    Without a workspace only what the installation has counts. `terms` stay untranslated; `names` are the people
    a text may name, whom the memory leaves out; `register` names registers of the phrasebook, best first, parted by
    blanks, empty for the polite default. `purpose` (message, reply, macro, article, answer, try) and the conversation
    are for the log of what left the house.
    """

    workspace_id: int | None = None
    brand_id: int | None = None
    market: str = ""
    register: str = ""
    terms: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    purpose: str = "try"
    conversation_id: int | None = None

    @property
    def is_outgoing(self) -> bool:
        """Say whether the text is the shop's own."""
        return self.purpose in _OUTGOING

    @property
    def form(self) -> str:
        """Return the form of address as engines know it: `casual`, `formal`, or "" for their usual one."""
        named = self.register.split()
        return "casual" if "casual" in named else "formal" if "honorific" in named else ""


INSTALLATION = Scope()
