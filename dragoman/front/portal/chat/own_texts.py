"""What a brand says in its chat in its own words, for the shopper's language and market."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import translation

from dragoman.core.accounts.models import Brand
from dragoman.core.texts.chain import Ours
from dragoman.core.texts.localised import said_to
from dragoman.core.texts.slots import filled, without_sentences
from dragoman.front.portal.chat.texts import widget_texts
from dragoman.kit import tags

GREETING, AWAY, WIDGET = "greeting", "away", "widget"
CONSENT, INVITE = "consent", "invite"
SLOTS = ("brand.name", "back_at")
# which of the widget's texts stand where a brand wrote nothing
_OURS: dict[str, tuple[str, ...]] = {
    GREETING: ("welcome", "welcome_more"),
    AWAY: ("off_duty", "leave"),
    WIDGET: ("consent",),
}


@dataclass(frozen=True)
class Shopper:
    """Who reads: the language the page or browser asks for (BCP 47), and the market if anybody says it."""

    language: str
    market: str = ""


def shopper_of(request: HttpRequest) -> Shopper:
    """Return who reads; a market is what the page says, else the region of the language (`de-AT`)."""
    said = request.GET.get("locale") or request.headers.get("Accept-Language", "").partition(",")[0]
    wish = said.partition(";")[0].strip()
    regions = [part for part in wish.replace("_", "-").split("-")[1:] if len(part) == 2]
    market = (request.GET.get("market") or next(iter(regions), "")).strip().upper()
    return Shopper(tags.normalise(wish) or "en", market if tags.is_market(market) else "")


def own_words(
    brand: Brand, kind: str, key: str, shopper: Shopper, *, is_back: bool = False
) -> dict[str, str] | None:
    """Return the brand's own {text, language} for a shopper; None where our sentence serves.

    `{back_at}` stays in it for the widget, which knows the shopper's clock; where nobody is known to come back
    (`is_back` false), the sentence that would say it goes.
    """
    found = said_to(brand, kind, key, language=shopper.language, market=shopper.market)
    if found is None or not found.key:
        return None
    words = found.words if is_back else without_sentences(found.words, "back_at")
    slots = {"brand.name": brand.name, "back_at": "{back_at}" if is_back else ""}
    return {"text": filled(words, slots), "language": found.language} if words else None


def our_words(kind: str, key: str, language: str) -> Ours | None:
    """Return our sentence in a language, None where the widget does not speak it."""
    tag = tags.match(language, tags.LANGUAGES)
    if tag is None:
        return None
    with translation.override(tag):
        said = widget_texts()
        return Ours("\n".join(said[name] for name in _OURS[kind]), tag)
