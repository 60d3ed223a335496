"""Asking for macros: an agent has everybody's and their own."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from dragoman.core.accounts.models import Agent
from dragoman.kit.text import fold
from dragoman.kit.variants import EVERY, chosen, parted

from .errors import NoMacro
from .models import Macro


@dataclass(frozen=True)
class Worded:
    """A macro's text for one reader: in which language it is; one for all others is in the reader's."""

    text: str
    language: str


def macros_of(agent: Agent) -> QuerySet[Macro]:
    """All macros an agent may use, the most used first."""
    mine = Macro.objects.filter(Q(owner=None) | Q(owner_id=agent.pk), workspace_id=agent.workspace_id)
    return mine.prefetch_related("localised__variants").order_by("-used", "name", "pk")


def shared_macros(workspace_id: int) -> QuerySet[Macro]:
    """All macros that everybody uses, by name."""
    found = Macro.objects.filter(workspace_id=workspace_id, owner=None)
    return found.prefetch_related("localised__variants").order_by("name", "pk")


def get_macro(agent: Agent, macro_id: int) -> Macro:
    """Return one of an agent's macros; raises NoMacro."""
    found = macros_of(agent).filter(pk=macro_id).first()
    if found is None:
        raise NoMacro
    return found


def matching(agent: Agent, words: str, *, most: int) -> list[Macro]:
    """Return macros with all these words in name, shortcut or text; one whose shortcut it is comes first."""
    words = words.strip().removeprefix("/")
    wanted = fold(words).split()
    found = []
    for macro in macros_of(agent)[:2000]:
        there = fold(" ".join([macro.name, macro.shortcut, *macro.texts.values()]))
        if all(word in there for word in wanted):
            found.append(macro)
    shortcut = fold(words)
    found.sort(key=lambda macro: fold(macro.shortcut) != shortcut or not shortcut)
    return found[:most]


def wording(macro: Macro, *, language: str, market: str = "", also: tuple[str, ...] = ()) -> Worded | None:
    """Return the text for a reader's language and market, else that for all other languages, else in one of `also`.

    None where there is none.
    """
    texts = macro.texts
    key = chosen(texts, language=language, market=market, also=(EVERY, *also))
    return _worded(texts, key, language) if key else None


def any_wording(macro: Macro, *, language: str, market: str = "", also: tuple[str, ...] = ()) -> Worded:
    """Return the text for a reader, in whatever language there is one at last."""
    return any_of(macro.texts, language=language, market=market, also=also)


def any_of(
    texts: Mapping[str, str], *, language: str, market: str = "", also: tuple[str, ...] = ()
) -> Worded:
    """Return one of these texts for a reader, in whatever language there is one at last."""
    key = chosen(texts, language=language, market=market, also=(EVERY, *also)) or next(iter(texts))
    return _worded(texts, key, language)


def _worded(texts: Mapping[str, str], key: str, language: str) -> Worded:
    written = parted(key)[0]
    return Worded(texts[key], language if written == EVERY else written)
