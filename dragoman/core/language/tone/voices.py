"""A brand's own way of speaking, as its lead set it."""

from dragoman.core.language.models import BrandVoice
from dragoman.core.language.tone.check import HINTS, Voice
from dragoman.kit.memo import Memo

voices: Memo[tuple[int, int], BrandVoice] = Memo(seconds=5)


def find_voice(workspace_id: int, brand_id: int) -> BrandVoice:
    """Return what a brand set, not stored where it set nothing; at most 5 s old."""

    def load() -> BrandVoice:
        found = BrandVoice.objects.filter(workspace_id=workspace_id, brand_id=brand_id).first()
        return found or BrandVoice(workspace_id=workspace_id, brand_id=brand_id)

    return voices.get((workspace_id, brand_id), load) or load()


def voice_of(workspace_id: int, brand_id: int | None) -> Voice:
    """Return how a brand speaks; without a brand nothing is set."""
    if brand_id is None:
        return Voice()
    known = find_voice(workspace_id, brand_id)
    return Voice(
        may_emoji=known.may_emoji,
        longest=known.longest,
        silenced=frozenset(known.silenced) & HINTS,
    )
