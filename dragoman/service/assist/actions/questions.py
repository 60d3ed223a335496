"""The questions of articles, from answers: what a customer asked when an article was the answer; a person keeps it."""

from dragoman.core.conversations.models import Direction, Message
from dragoman.core.conversations.thread import thread_of
from dragoman.core.knowledge.actions.questions import suggest_question
from dragoman.core.knowledge.addresses import keys_in
from dragoman.core.knowledge.queries import articles_of
from dragoman.kit.text import shortened

from ..anonymous import without_people
from ..models import Suggestion

_LONGEST = 280  # characters of a question
_SERVED = (Suggestion.Outcome.ACCEPTED, Suggestion.Outcome.EDITED)


def suggest_questions(answer: Message, draft: Suggestion | None) -> None:
    """Suggest the customer's last words as a question of the articles that an agent answered with.

    These are the articles the answer leads to, else the first source of a draft of which the answer was made.
    """
    conversation = answer.conversation
    if answer.agent_id is None:
        return
    keys = keys_in(answer.text, conversation.brand.slug)
    if not keys and draft is not None and draft.outcome in _SERVED:
        keys = [one["key"] for one in draft.sources[:1]]
    articles = list(articles_of(conversation.workspace_id).filter(key__in=keys)) if keys else []
    asked = _asked(answer) if articles else None
    if asked is None:
        return
    language = asked.language or conversation.language
    words = shortened(without_people(asked.text, language, conversation), _LONGEST)
    for article in articles:
        suggest_question(article, language, words)


def _asked(answer: Message) -> Message | None:
    rows = thread_of(answer.conversation).filter(direction=Direction.IN, pk__lt=answer.pk)
    found = rows.order_by("-pk").first()
    return found if found is not None and found.text.strip() else None
