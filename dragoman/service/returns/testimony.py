"""What a customer was told of returns, as evidence in a dispute: the brand's rules for their country, and what held."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dragoman.core.commerce.models import Order
from dragoman.core.commerce.ports import Chapter
from dragoman.ground.design.paper import Paragraph

from .policy_models import ReturnPolicy
from .queries import policies_of, quote_for
from .words import REASONS


class PolicyShown:
    """The policy that held when an order was placed."""

    def chapters(self, order: Order) -> Sequence[Chapter]:
        """Return one chapter: each rule for the order's country, then what the law and they said of each line."""
        rules = policies_of(order.workspace_id, brand_id=order.brand_id).filter(
            country__in=["", order.country]
        )
        lines = [_rule(one) for one in rules.filter(segment=None)]
        told = quote_for(order, at=order.placed_at)
        lines += [f"{one.goods.title}: {REASONS.get(one.reason, one.reason)}" for one in told.answers]
        if not lines:
            return ()
        paragraphs = [Paragraph(one, "en") for one in lines]
        return [Chapter(_("What may be sent back"), paragraphs, is_policy=True)]


def _rule(rule: ReturnPolicy) -> str:
    days = ngettext("%(count)s day to send it back", "%(count)s days to send it back", rule.days)
    parts = [rule.name, days % {"count": rule.days}, rule.category, f"({rule.get_starts_display()})"]
    return " · ".join(part for part in parts if part)
