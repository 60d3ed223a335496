"""What the widget must know before anybody wrote: words, languages, limits, the brand's choices, who is there."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import translation

from dragoman.core.accounts.chat import ASKABLE, ChatSettings, chat_settings
from dragoman.core.accounts.hours.queries import hours_for
from dragoman.core.accounts.models import Brand, Role
from dragoman.core.accounts.queries import agents_of
from dragoman.front.portal.chat import limits
from dragoman.front.portal.chat.home import home_of
from dragoman.front.portal.chat.invites import invites_for
from dragoman.front.portal.chat.own_texts import AWAY, CONSENT, GREETING, WIDGET, Shopper, own_words
from dragoman.front.portal.chat.post import can_mail
from dragoman.front.portal.chat.texts import self_service_texts, widget_texts
from dragoman.front.portal.languages import portal_language, portal_languages
from dragoman.kit.memo import Memo
from dragoman.service.bot.queries import disclosed

# An agent who touched the desk within this time counts as being there.
ON_DUTY = timedelta(minutes=10)
_duty: Memo[int, bool] = Memo(seconds=15)
_mails: Memo[int, bool] = Memo(seconds=15)


def config_of(brand: Brand, shopper: Shopper) -> dict[str, Any]:
    """Return the configuration of a brand's chat in the active language, with its own words for the shopper."""
    settings = chat_settings(brand)
    back_at = _back_at(brand, shopper)
    return {
        "brand": {"slug": brand.slug, "name": brand.name, "colour": brand.colour},
        "locale": portal_language(translation.get_language() or "en"),
        "languages": portal_languages(),
        "texts": {**widget_texts(), **self_service_texts()},
        "open": is_on_duty(brand.workspace_id),
        "back_at": back_at.isoformat() if back_at else None,
        "bot": _bot(brand),
        "chat": _choices(brand, settings, shopper, is_back=back_at is not None),
        "home": home_of(brand, settings),
        "invites": invites_for(brand, settings, shopper, is_open=is_on_duty(brand.workspace_id)),
        "limits": {
            "text": limits.TEXT_CHARACTERS,
            "file_bytes": limits.file_bytes(settings),
            "files": limits.FILES_PER_MESSAGE,
            "refused_kinds": list(limits.REFUSED_KINDS),
            "kinds": list(settings.file_kinds),
        },
    }


def _bot(brand: Brand) -> dict[str, str] | None:
    """Return what the chat's header says of the bot that answers; None where none does."""
    found = disclosed(brand, translation.get_language() or "en")
    return {"name": found.name, "disclosure": found.disclosure} if found else None


def _back_at(brand: Brand, shopper: Shopper) -> datetime | None:
    """Return when the chat is answered again by the hours that are set; None while it is, or where none are."""
    now = datetime.now(UTC)
    hours = hours_for(brand.workspace_id, brand_id=brand.pk, market=shopper.market, channel="chat")
    opens = hours.calendar.next_open(now) if hours else None
    return opens if opens and opens > now else None


def _choices(brand: Brand, settings: ChatSettings, shopper: Shopper, *, is_back: bool) -> dict[str, Any]:
    asked = [{"name": name, "required": name in settings.require} for name in ASKABLE if name in settings.ask]
    agreed = own_words(brand, WIDGET, CONSENT, shopper) or {"text": "", "language": ""}
    consent = {**agreed, "url": settings.privacy_url}
    return {
        "theme": settings.theme,
        "position": settings.position,
        "greeting": own_words(brand, GREETING, GREETING, shopper),
        "away": own_words(brand, AWAY, AWAY, shopper, is_back=is_back),
        "ask": asked,
        "consent": consent if settings.consent else None,
        "sound": settings.sound,
        "title_badge": settings.title_badge,
        "typing": settings.typing,
        "suggest": settings.suggest,
        "transcript": settings.transcript and _mails.get(brand.pk, lambda: can_mail(brand)),
    }


def is_on_duty(workspace_id: int) -> bool:
    """Tell whether somebody who may reply was at the desk in the last ten minutes; at most 15 s old."""

    def load() -> bool:
        there = agents_of(workspace_id).filter(is_active=True, seen_at__gte=datetime.now(UTC) - ON_DUTY)
        return there.exclude(role=Role.LIGHT).exists()

    return bool(_duty.get(workspace_id, load))
