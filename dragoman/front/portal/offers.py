"""The texts that shops write for their chat, and the till of the demo's shops."""

from collections.abc import Callable

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.invites import KEYS
from dragoman.core.accounts.models import Brand
from dragoman.core.texts.chain import Ours
from dragoman.core.texts.ports import Standing, TextKind, text_kinds
from dragoman.front.portal.community.reporting import RULES

from .chat.own_texts import AWAY, CONSENT, GREETING, INVITE, SLOTS, WIDGET, our_words
from .demo.till import KIND as _TILL  # noqa: F401  (registers itself)


def _ours(kind: str) -> Callable[[Brand, str, str, str], Ours | None]:
    return lambda _brand, key, language, _market: our_words(kind, key, language)


text_kinds.register(GREETING)(
    TextKind(
        label=_("Greeting"),
        slots=SLOTS,
        longest=500,
        standing=[
            Standing(
                GREETING, _("Greeting in the chat"), _("Stands in an empty chat while somebody is there.")
            )
        ],
        ours=_ours(GREETING),
        ours_first=True,
    )
)
text_kinds.register(AWAY)(
    TextKind(
        label=_("Away text"),
        slots=SLOTS,
        longest=500,
        standing=[
            Standing(AWAY, _("Away text in the chat"), _("Stands in an empty chat while nobody is there."))
        ],
        ours=_ours(AWAY),
        ours_first=True,
    )
)
text_kinds.register(WIDGET)(
    TextKind(
        label=_("Chat"),
        slots=SLOTS,
        longest=1000,
        standing=[
            Standing(CONSENT, _("Consent in the chat"), _("Stands beside the box that customers tick first."))
        ],
        ours=_ours(WIDGET),
    )
)
text_kinds.register(RULES)(
    TextKind(
        label=_("Community"),
        longest=10_000,
        standing=[
            Standing(
                RULES, _("Rules of the community"), _("Stands on its page of rules, as Markdown, above ours.")
            )
        ],
    )
)
text_kinds.register(INVITE)(
    TextKind(
        label=_("Greeting that comes by itself"),
        slots=("brand.name",),
        longest=200,
        standing=[
            Standing(
                key,
                format_lazy("{} {}", _("Greeting that comes by itself"), key),
                _("Stands beside the chat's button, by the rules of the brand's chat."),
            )
            for key in KEYS
        ],
    )
)
