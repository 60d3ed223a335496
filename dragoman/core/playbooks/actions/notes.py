"""What a team learnt about a market."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent
from dragoman.ground.events.actions import publish
from dragoman.ground.markets.errors import NoMarket
from dragoman.kit.address import clean
from dragoman.kit.errors import Refusal

from ..errors import NoNote
from ..events import MarketNoteChanged
from ..models import MarketNote
from ..queries import has_playbook
from .markets import check_may_lead, checked_link

LONGEST = 10_000


def write_note(
    workspace_id: int,
    *,
    agent: Agent | None,
    brand_id: int,
    country: str,
    text: str,
    source: str = "",
    url: str = "",
    kind: str = "",
) -> MarketNote:
    """Keep a note; raises NotYours, NoMarket, BadLink, Refusal `empty`."""
    check_may_lead(agent)
    if not has_playbook(country):
        raise NoMarket
    text = clean(text).strip()[:LONGEST]
    if not text:
        raise Refusal(_("Write what you learnt."), code="empty", status=422)
    link = checked_link(url)
    with transaction.atomic():
        note = MarketNote.objects.create(
            workspace_id=workspace_id,
            brand_id=brand_id,
            country=country,
            kind=kind,
            text=text,
            source=clean(source).strip()[:1000],
            url=link,
            agent=agent,
        )
        publish(MarketNoteChanged(brand_id=brand_id, note_id=note.pk))
    return note


def remove_note(workspace_id: int, *, agent: Agent | None, brand_id: int, note_id: int) -> None:
    """Remove a note; raises NotYours, NoNote."""
    check_may_lead(agent)
    with transaction.atomic():
        gone, _each = MarketNote.objects.filter(
            workspace_id=workspace_id, brand_id=brand_id, pk=note_id
        ).delete()
        if not gone:
            raise NoNote
        publish(MarketNoteChanged(brand_id=brand_id, note_id=note_id))
