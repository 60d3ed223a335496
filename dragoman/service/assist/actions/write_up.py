"""From a solved conversation to the draft of an article: what was asked, what was answered, and nobody's data."""

from django.db import transaction

from dragoman.core.accounts.models import Agent
from dragoman.core.accounts.queries import workspace_facts
from dragoman.core.conversations.access import check_may_reply
from dragoman.core.conversations.models import Conversation, Direction, Message
from dragoman.core.conversations.thread import thread_of
from dragoman.core.knowledge.actions.articles import ArticleWish, write_text
from dragoman.core.knowledge.models import ArticleText
from dragoman.core.language.tone.manners import Folded, manners_of
from dragoman.core.texts.models import Variant
from dragoman.ground.events.actions import publish
from dragoman.kit.text import shortened, slug

from ..anonymous import without_people
from ..errors import NothingToWriteUp
from ..events import WrittenUp

_MOST = 60  # messages of a thread that are read
_LONGEST_MANNER = 60  # characters of a greeting or a closing


@transaction.atomic
def write_up(conversation: Conversation, *, agent: Agent | None) -> ArticleText:
    """Make the draft of an article, in the team's language where the answers were written in it.

    Raises NothingToWriteUp, NotAllowed.
    """
    if agent is not None:
        check_may_reply(agent)
    rows = thread_of(conversation).filter(direction__in=[Direction.IN, Direction.OUT])
    thread = list(rows.order_by("pk")[:_MOST])
    answers = [one for one in thread if one.direction == Direction.OUT and one.agent_id is not None]
    asked = next((one for one in thread if one.direction == Direction.IN and one.text.strip()), None)
    if not answers or asked is None:
        raise NothingToWriteUp
    language = _language_of(answers, conversation)
    question = without_people(asked.text, asked.language or conversation.language, conversation)
    said = [
        without_people(_matter(_words(one, language), language), language, conversation) for one in answers
    ]
    title = conversation.subject.strip() or question
    wish = ArticleWish(
        key=f"{slug(title, most=60) or 'conversation'}-{conversation.pk}",
        language=language,
        title=shortened(without_people(title, language, conversation), 120),
        body="\n\n".join(dict.fromkeys(one for one in said if one)),
        questions=[shortened(question, 280)],
        brand_id=conversation.brand_id,
        made=Variant.Made.MACHINE,
        note=f"#{conversation.pk}",
    )
    text = write_text(conversation.workspace_id, wish, agent=agent)
    publish(WrittenUp(article_id=text.article_id, conversation_id=conversation.pk))
    return text


def _matter(words: str, language: str) -> str:
    """Return an answer without its greeting and its closing with whoever signed: an article has neither."""
    manners = manners_of(language)
    if manners is None:
        return words

    def is_manner(line: str, kind: str) -> bool:
        return len(line) < _LONGEST_MANNER and bool(manners.find(kind, line, Folded(line)))

    lines = words.strip().split("\n")
    if len(lines) > 1 and is_manner(lines[0], "greeting"):
        lines = lines[1:]
    ends = [at for at, line in enumerate(lines) if at and at >= len(lines) - 4 and is_manner(line, "closing")]
    return "\n".join(lines[: ends[0]] if ends else lines).strip()


def _language_of(answers: list[Message], conversation: Conversation) -> str:
    """Return the language in which most was written by the team itself."""
    written = [one.original_language or one.language for one in answers if one.original or one.text]
    known = [tag for tag in written if tag] or [workspace_facts(conversation.workspace_id).language]
    return max(dict.fromkeys(known), key=known.count)


def _words(message: Message, language: str) -> str:
    return message.original if message.original and message.original_language == language else message.text
