"""What was said between a customer and the house, as evidence in a dispute: their words and ours, never our notes."""

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _

from dragoman.core.accounts.queries import workspace_facts
from dragoman.core.commerce.models import Order
from dragoman.core.commerce.ports import Chapter
from dragoman.ground.design.functions import format_full
from dragoman.ground.design.paper import Paragraph

from .access import conversations_of
from .transcript import transcript_of

MOST: Final = 3
_MESSAGES: Final = 200


class SpokenWithCustomer:
    """The newest conversations that an order's customer had since they placed it."""

    def chapters(self, order: Order) -> Sequence[Chapter]:
        """Return one chapter a conversation, times in UTC."""
        if order.customer_id is None:
            return ()
        mine = conversations_of(order.workspace_id).filter(
            customer_id=order.customer_id, brand_id=order.brand_id
        )
        since = mine.filter(last_message_at__gte=order.placed_at).order_by("-last_message_at")
        reader = workspace_facts(order.workspace_id).language
        found = []
        for one in since[:MOST]:
            paragraphs: list[Paragraph] = []
            for said in transcript_of(one, reader=reader)[-_MESSAGES:]:
                paragraphs.append(Paragraph(f"{format_full(said.at, 'UTC')} · {said.author}", kind="small"))
                kind = "text" if said.who == "customer" else "ours"
                paragraphs += [Paragraph(text, language, kind) for language, text in said.texts]  # type: ignore[arg-type]
            if paragraphs:
                title = _("What was said: conversation %(number)s") % {"number": one.number}
                found.append(Chapter(title, paragraphs))
        return found
