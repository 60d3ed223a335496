"""What stands in the chat before anybody writes: only what this brand can really do for a shopper now."""

from typing import Any

from django.urls import reverse
from django.utils import translation

from dragoman.core.accounts.chat import TILES, ChatSettings
from dragoman.core.accounts.models import Brand
from dragoman.core.commerce.queries import orders_of
from dragoman.kit.memo import Memo
from dragoman.service.returns.entry import portal_of

from .help import has_help

_ready: Memo[int, frozenset[str]] = Memo(seconds=15)


def home_of(brand: Brand, settings: ChatSettings) -> dict[str, Any] | None:
    """Return `{tiles, return, track}` with the paths they lead to; None where there is nothing but writing."""
    ready = _ready.get(brand.pk, lambda: _can(brand)) or frozenset()
    tiles = [one for one in TILES if one in settings.tiles and one in ready]
    if not tiles:
        return None
    locale = translation.get_language() or "en"
    return {
        "tiles": tiles,
        "return": f"{reverse('returns_start', args=[brand.slug])}?locale={locale}",
        "track": f"{reverse('track', args=[brand.slug])}?locale={locale}",
    }


def _can(brand: Brand) -> frozenset[str]:
    sells = orders_of(brand.workspace_id).filter(brand_id=brand.pk).exists()
    can = {
        "search": has_help(brand),
        "order": sells,
        "return": sells and portal_of(brand).is_open,
    }
    return frozenset(name for name, is_so in can.items() if is_so)


def forget_home() -> None:
    """Ask the database again."""
    _ready.forget()
