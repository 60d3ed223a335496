"""What the heart offers to lower floors: it takes away what it keeps about a customer, says what is told,
lets its answers be reviewed, and (above both rooms) hands texts to translators."""

from django.utils.translation import gettext_lazy as _

from dragoman.core.commerce.ports import witnesses
from dragoman.core.customers.ports import erasers
from dragoman.core.language.ports import review_kinds, translatables
from dragoman.core.notifications.ports import matters
from dragoman.core.texts.ports import Standing, TextKind, text_kinds

from .actions import acknowledge
from .actions.erase import ConversationEraser
from .change_tools import change_tools
from .general_tools import general_tools
from .matters import ConversationMatters
from .order_tools import order_tools
from .ports import tools
from .reviewable import ReplyReviews
from .testimony import SpokenWithCustomer
from .translated_texts import MacroTexts, StandingTexts

erasers.register("conversations")(ConversationEraser())
witnesses.register("conversations")(SpokenWithCustomer())
matters.register("conversation")(ConversationMatters())
review_kinds.register("reply")(ReplyReviews())
translatables.register("macro")(MacroTexts())
translatables.register("text")(StandingTexts())
for name, tool in (*order_tools(), *change_tools(), *general_tools()):
    tools.register(name)(tool)
text_kinds.register(acknowledge.KIND)(
    TextKind(
        label=_("Automatic answer"),
        slots=acknowledge.SLOTS,
        standing=[
            Standing(
                acknowledge.KIND,
                _("Automatic answer"),
                _("Tells customers once that their message has arrived"),
            )
        ],
        ours=lambda brand, _key, language, market: acknowledge.our_words(brand, language, market),
        ours_first=True,
    )
)
