"""Which team a conversation is for, before a person sees it: the rule that names most of its purpose and language."""

from dragoman.core.accounts.models import Team
from dragoman.core.conversations.models import Conversation
from dragoman.kit.tags import match

from .models import TeamRule


def team_for(conversation: Conversation) -> Team | None:
    """Return the team of the rule that fits and names most; of two the one that names the purpose."""
    rules = TeamRule.objects.filter(workspace_id=conversation.workspace_id).select_related("team")
    fitting = [one for one in rules if _fits(one, conversation)]
    best = max(
        fitting,
        key=lambda one: (
            bool(one.intent) + bool(one.language) + bool(one.brand_id),
            bool(one.intent),
            bool(one.language),
        ),
        default=None,
    )
    return best.team if best else None


def _fits(rule: TeamRule, conversation: Conversation) -> bool:
    spoken = not rule.language or match(conversation.language, [rule.language]) is not None
    about = not rule.intent or rule.intent == conversation.intent
    return spoken and about and rule.brand_id in {None, conversation.brand_id}
