"""Asking for macros: an agent has everybody's and their own."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Q, QuerySet, Value

from dragoman.core.accounts.models import Agent
from dragoman.kit.text import fold
from dragoman.kit.variants import EVERY, chosen, parted

from .errors import NoMacro
from .models import Macro

MOST_SEARCHED = 2000


@dataclass(frozen=True)
class Worded:
    """A macro's text for one reader: in which language it is; one for all others is in the reader's."""

    text: str
    language: str


def macros_of(agent: Agent) -> QuerySet[Macro]:
    """All macros an agent may use, the most used first."""
    return _mine(agent).prefetch_related("localised__variants")


def _mine(agent: Agent) -> QuerySet[Macro]:
    mine = Macro.objects.filter(Q(owner=None) | Q(owner_id=agent.pk), workspace_id=agent.workspace_id)
    return mine.order_by("-used", "name", "pk")


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
    wanted, shortcut = fold(words).split(), fold(words)
    if not wanted:
        return list(macros_of(agent)[:most])
    # one row a macro: its words are made objects only where it is found
    said = StringAgg("localised__variants__words", delimiter=" ", default=Value(""))
    rows = _mine(agent).annotate(said=said).values_list("pk", "name", "shortcut", "said")[:MOST_SEARCHED]
    found = [
        (fold(short) != shortcut, pk)
        for pk, name, short, texts in rows
        if all(word in there for there in [fold(f"{name} {short} {texts}")] for word in wanted)
    ]
    chosen_ids = [pk for _is_other, pk in sorted(found, key=lambda one: one[0])[:most]]
    macros = {macro.pk: macro for macro in macros_of(agent).filter(pk__in=chosen_ids)}
    return [macros[pk] for pk in chosen_ids if pk in macros]


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
