"""What a workspace says its own way: asked for by whoever renders, recognises or searches phrases."""

from collections.abc import Iterable

from django.db.models import QuerySet

from dragoman.core.language.models import OwnPhrase, PhraseWording
from dragoman.core.language.phrase_engine import PhrasebookEngine
from dragoman.core.language.phrasebook import NOTHING_OWN, Own, Said
from dragoman.core.language.scope import Scope
from dragoman.kit.memo import Memo

# (workspace, brand) to what counts there, at most this old
owned: Memo[tuple[int, int | None], Own] = Memo(seconds=5)


def own_of(workspace_id: int | None, brand_id: int | None = None) -> Own:
    """Return what a workspace says its own way for a brand; without a brand what it says for all. At most 5 s old."""
    if workspace_id is None:
        return NOTHING_OWN
    number = workspace_id
    return owned.get((number, brand_id), lambda: _loaded(number, brand_id)) or NOTHING_OWN


def _loaded(workspace_id: int, brand_id: int | None) -> Own:
    known = OwnPhrase.objects.filter(workspace_id=workspace_id).order_by("theme", "pk")
    wordings = [one for one in wordings_of(workspace_id) if one.brand_id in (None, brand_id)]
    phrases = dict(known.values_list("key", "theme"))
    return Own(says(wordings), phrases) if wordings or phrases else NOTHING_OWN


def says(wordings: Iterable[PhraseWording]) -> dict[str, dict[str, dict[str, Said]]]:
    """Return wordings by key, register and language; a brand's go before those for all."""
    found: dict[str, dict[str, dict[str, Said]]] = {}
    for one in sorted(wordings, key=lambda one: one.brand_id is not None):
        found.setdefault(one.key, {}).setdefault(one.register, {})[one.language] = one.said
    return found


def wordings_of(workspace_id: int) -> QuerySet[PhraseWording]:
    """All that a workspace says its own way."""
    found = PhraseWording.objects.filter(workspace_id=workspace_id)
    return found.order_by("key", "language", "register", "brand_id")


def own_phrases_of(workspace_id: int) -> QuerySet[OwnPhrase]:
    """All phrases that only this workspace has."""
    return OwnPhrase.objects.filter(workspace_id=workspace_id).order_by("pk")


def engine_for(scope: Scope) -> PhrasebookEngine:
    """Return the phrasebook as it speaks for a workspace's brand, in the scope's register."""
    return PhrasebookEngine(own=own_of(scope.workspace_id, scope.brand_id), register=scope.register)
