"""A bot's answer as the widget shows it: what it rests on, what may be tapped, an order as a card."""

from typing import Any, Final

from dragoman.core.accounts.models import Brand
from dragoman.core.commerce.numbers import search_key
from dragoman.core.commerce.queries import orders_of, with_parts
from dragoman.core.conversations.models import Message
from dragoman.front.portal.tracking.cards import order_card

_MOST: Final = 10


def told_by_bot(message: Message, brand: Brand) -> dict[str, Any]:
    """Return `{bot, sources, choices, card, state}` of `Message.extras`; what is not whole is left out.

    Paths lead into our own pages alone: whatever wrote the answer, it sends nobody elsewhere.
    """
    said = message.extras
    sources = [one for one in _rows(said.get("sources")) if one.get("title") and _is_ours(one.get("path"))]
    choices = [one for one in _rows(said.get("choices")) if one.get("label")]
    return {
        "bot": True,
        "sources": [
            {"title": str(one["title"]), "path": str(one["path"]), "quote": str(one.get("quote", ""))}
            for one in sources
        ],
        "choices": [
            {"value": str(one.get("value", "")), "label": str(one["label"]), "icon": str(one.get("icon", ""))}
            for one in choices
        ],
        "card": _card(said.get("card"), brand),
        "state": str(said.get("state") or ""),
    }


def _card(said: Any, brand: Brand) -> dict[str, Any] | None:
    """Draw the order that a card names, as it stands now; it was shown to whoever had proved that it is theirs.

    A number that two orders of a brand have says only what the bot told of it.
    """
    if not isinstance(said, dict) or said.get("kind") != "order" or not said.get("number"):
        return None
    mine = orders_of(brand.workspace_id).filter(
        brand_id=brand.pk, search_key=search_key(str(said["number"])), anonymised_at=None
    )
    found = list(with_parts(mine, brand.workspace_id)[:2])
    if len(found) == 1:
        return order_card(brand, found[0])
    facts = [one for one in _rows(said.get("facts")) if one.get("label") and one.get("text")]
    told = [{"label": str(one["label"]), "text": str(one["text"])} for one in facts]
    return {
        "kind": "order",
        "number": str(said["number"]),
        "parcels": [],
        "goods": [],
        "facts": told,
        "url": "",
    }


def _rows(said: Any) -> list[dict[str, Any]]:
    return [one for one in said if isinstance(one, dict)][:_MOST] if isinstance(said, list) else []


def _is_ours(path: Any) -> bool:
    return isinstance(path, str) and path.startswith("/") and not path.startswith(("//", "/\\"))
