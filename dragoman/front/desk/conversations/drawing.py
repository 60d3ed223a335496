"""Messages drawn once: a thread is drawn anew at every change, and nearly all of its messages are as they were."""

from datetime import datetime
from typing import Any

from django.utils import translation
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from dragoman.core.conversations.models import Delivery
from dragoman.ground.design.functions import zone_of
from dragoman.kit.memo import Memo

_TEMPLATE = "desk/_message.html"
# what belongs to one session or one moment is never kept
_OF_A_SESSION = "csrfmiddlewaretoken"
_drawn: Memo[tuple[Any, ...], Markup] = Memo(seconds=3600, size=3000)


@pass_context
def drawn(context: Context, seen: Any) -> Markup:
    """Draw a message as its reader sees it.

    What is drawn depends on the message and on what the key has beside it: whoever lets the template use more of its
    context adds that here.
    """
    if seen.message.delivery == Delivery.SCHEDULED:
        # what waits depends on what came meanwhile, and on today at the customer's
        return _draw(context, seen)
    zone, clock = context["zone"], context["clock"]
    key = (
        translation.get_language(),
        context["conversation"].pk,
        context["may_reply"],
        context["request"].agent.can_lead,
        zone,
        clock and (clock.zone, clock.city),
        # today is written as an hour, yesterday as a weekday
        datetime.now(zone_of(zone)).date(),
        clock and datetime.now(zone_of(clock.zone)).date(),
        context["known_words"].stamp,
        repr(seen),
    )
    kept = _drawn.peek(key)
    if kept is not None:
        return kept
    made = _draw(context, seen)
    return made if _OF_A_SESSION in made else _drawn.get(key, lambda: made) or made


def _draw(context: Context, seen: Any) -> Markup:
    template = context.environment.get_template(_TEMPLATE)
    inner = template.new_context({**context.get_all(), "seen": seen, "message": seen.message}, shared=True)
    return Markup("".join(template.root_render_func(inner)))  # noqa: S704 (a template's own output)
