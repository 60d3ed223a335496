"""For whom a text is translated: whose engines, terms and remembered translations count, and in which manner."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Scope:
    """A workspace and, as far as they are known, the brand, the market (ISO 3166-1) and the form of address.

    Without a workspace only what the installation has counts. `terms` stay untranslated; `names` are the people
    a text may name, whom the memory leaves out; `register` is a
    register of the phrasebook, empty for the polite default. `purpose` (message, reply, macro, article, try) and the
    conversation are for the log of what left the house.
    """

    workspace_id: int | None = None
    brand_id: int | None = None
    market: str = ""
    register: str = ""
    terms: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    purpose: str = "try"
    conversation_id: int | None = None


INSTALLATION = Scope()
