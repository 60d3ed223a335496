"""What the heart offers to lower floors: it takes away what it keeps about a customer, says what is told,
lets its answers be reviewed, and (above both rooms) hands macros to translators."""

from dragoman.core.customers.ports import erasers
from dragoman.core.language.ports import review_kinds, translatables
from dragoman.core.notifications.ports import matters

from .actions.erase import ConversationEraser
from .macros import MacroTexts
from .matters import ConversationMatters
from .reviewable import ReplyReviews

erasers.register("conversations")(ConversationEraser())
matters.register("conversation")(ConversationMatters())
review_kinds.register("reply")(ReplyReviews())
translatables.register("macro")(MacroTexts())
