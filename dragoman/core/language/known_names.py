"""The names that a shop's customers write: what its glossary keeps as it is, products and brands."""

from dragoman.core.language.glossary_models import GlossaryEntry, GlossaryTerm
from dragoman.kit.memo import Memo

_MOST = 2_000
_names: Memo[int, tuple[str, ...]] = Memo(seconds=30)


def names_of(workspace_id: int) -> tuple[str, ...]:
    """Return the names that nobody translates, of all brands; at most 30 s old."""
    return _names.get(workspace_id, lambda: _load(workspace_id)) or ()


def _load(workspace_id: int) -> tuple[str, ...]:
    found = GlossaryTerm.objects.filter(
        workspace_id=workspace_id, entry__keep=True, entry__status=GlossaryEntry.Status.APPROVED
    ).exclude(text__endswith="*")
    return tuple(found.values_list("text", flat=True).distinct()[:_MOST])
