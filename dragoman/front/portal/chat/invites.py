"""Which words of the brand's own a reader may be met with: by language, market and hours; the rest the page knows."""

from typing import Any

from dragoman.core.accounts.chat import ChatSettings
from dragoman.core.accounts.models import Brand
from dragoman.kit.tags import same

from .own_texts import INVITE, Shopper, own_words


def invites_for(
    brand: Brand, settings: ChatSettings, shopper: Shopper, *, is_open: bool
) -> list[dict[str, Any]]:
    """Return `[{key, text, language, pages, visitor, seconds}]`; a rule without words for this reader says nothing."""
    found = []
    for rule in settings.invites:
        if rule.when != "any" and (rule.when == "open") != is_open:
            continue
        if rule.markets and shopper.market not in rule.markets:
            continue
        if rule.languages and not any(same(one, shopper.language) for one in rule.languages):
            continue
        words = own_words(brand, INVITE, rule.key, shopper)
        if words:
            facts = {"key": rule.key, "pages": list(rule.pages), "visitor": rule.visitor}
            found.append({**facts, **words, "seconds": rule.seconds})
    return found
