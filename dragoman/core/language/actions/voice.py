"""Changing how a brand speaks."""

from collections.abc import Sequence

from django.db import transaction

from dragoman.core.accounts.models import Brand

from ..models import BrandVoice
from ..tone.check import HINTS
from ..tone.voices import voices


@transaction.atomic
def change_voice(brand: Brand, *, may_emoji: bool, longest: int, silenced: Sequence[str]) -> None:
    """Store how a brand speaks; what would offend is never silenced."""
    BrandVoice.objects.update_or_create(
        workspace_id=brand.workspace_id,
        brand=brand,
        defaults={"may_emoji": may_emoji, "longest": longest, "silenced": sorted(HINTS & set(silenced))},
    )
    transaction.on_commit(voices.forget)
