"""The composer's state: what is written so far, for whom, and what stands in its way."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from dragoman.core.conversations.actions.reply import Preview
from dragoman.core.conversations.models import Conversation
from dragoman.core.conversations.recipients import MailPeople, mail_people
from dragoman.core.conversations.routes import Route
from dragoman.ground.design.functions import language_name

from ..conversations.reading import DOUBTFUL
from .recipients import People, people_of

NOTE = "note"


@dataclass(frozen=True)
class Composer:
    """What the composer shows. `routes` are the ways to the customer, `channel` the chosen one or "note"."""

    routes: Sequence[Route]
    channel: str
    text: str = ""
    problem: str = ""
    files: Sequence[Any] = field(default_factory=tuple)
    phrases_open: bool = False
    language: str = ""
    people: People = field(default_factory=People)

    @property
    def mode(self) -> str:
        """Return `note` or `reply`."""
        return NOTE if self.channel == NOTE else "reply"

    @property
    def channels(self) -> list[str]:
        """Return the names of the channels that lead to the customer, the last used first."""
        return [route.channel for route in self.routes]

    @property
    def says(self) -> str:
        """Say where the reply goes and in which language."""
        to = next((route.to for route in self.routes if route.channel == self.channel == "email"), "")
        if not self.language:
            return to
        words = {"language": language_name(self.language), "to": to}
        return _("To %(to)s, in %(language)s") % words if to else _("Replies in %(language)s") % words


def composer_of(
    conversation: Conversation,
    routes: Sequence[Route],
    form: QueryDict | None = None,
    *,
    mails: MailPeople | None = None,
) -> Composer:
    """Return the composer as a form sent it, or an empty one; `mails` saves asking for their people again."""
    first = routes[0].channel if routes else NOTE
    by_mail = any(route.channel == "email" for route in routes)
    people = people_of(mails or mail_people(conversation), form) if by_mail else People()
    if form is None:
        return Composer(routes, first, language=conversation.language, people=people)
    wanted = form.get("channel", "")
    known = wanted == NOTE or any(route.channel == wanted for route in routes)
    return Composer(
        routes,
        wanted if known else first,
        text=form.get("text", ""),
        language=conversation.language,
        people=people,
    )


def is_doubtful(preview: Preview | None) -> bool:
    """Say whether a machine made this and was unsure."""
    return bool(
        preview and preview.machine and preview.confidence is not None and preview.confidence < DOUBTFUL
    )
