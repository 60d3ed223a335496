"""The panel of suggestions beside a conversation, and what an agent does with them."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from dragoman.core.conversations.access import get_conversation
from dragoman.core.conversations.models import Conversation, Status
from dragoman.core.knowledge.answering import Answer
from dragoman.core.knowledge.models import ArticleText
from dragoman.kit.errors import Refusal
from dragoman.service.assist.actions.suggestions import lay_out, reject
from dragoman.service.assist.actions.write_up import write_up
from dragoman.service.assist.models import Suggestion
from dragoman.service.assist.queries import Assistance, assistance_for, get_suggestion, sees
from dragoman.service.bot.actions.settings import give_back
from dragoman.service.bot.standing import may_be_given_back

from ..conversations.clock import clock_for
from ..frame import writing_language
from ..knowledge.writing import at
from ..request import AgentRequest, wants_fragment
from ..toast import refused
from ..words import Say

SUGGESTION = "suggestion:"


@dataclass(frozen=True)
class Laid:
    """A draft as the panel shows it; `team` is what it says for who does not read the customer's language."""

    row: Suggestion
    team: str
    team_language: str

    @property
    def key(self) -> str:
        """Return what the composer calls it."""
        return f"{SUGGESTION}{self.row.pk}"

    @property
    def match(self) -> int:
        """Return how sure it is, in percent."""
        return round(self.row.confidence * 100)


def _team_words(team: Answer | None) -> tuple[str, str]:
    return (team.text, team.language) if team else ("", "")


def _laid(conversation: Conversation, found: Assistance) -> Laid | None:
    if found.answer is None or found.question is None:
        return None
    row = lay_out(conversation, found.question, found.answer)
    if row.outcome == Suggestion.Outcome.REJECTED:
        return None
    return Laid(row, *_team_words(found.team_answer))


def _panel(request: AgentRequest, conversation: Conversation) -> HttpResponse:
    found = assistance_for(conversation, language=writing_language(request.agent))
    context: dict[str, Any] = {
        "conversation": conversation,
        "draft": _laid(conversation, found),
        "articles": [(one, editor_of(one.text)) for one in found.articles],
        "similar": found.similar,
        "summary": found.summary,
        "words": Say,
        "reader": writing_language(request.agent),
        "zone": request.agent.time_zone,
        "clock": clock_for(conversation),
        "may_write_up": conversation.status in (Status.RESOLVED, Status.CLOSED),
        "may_be_given_back": may_be_given_back(conversation),
    }
    return render(request, "desk/assist/_panel.html", context)


@require_GET
def panel(request: AgentRequest, conversation_id: int) -> HttpResponse:
    """Show what helps to answer a conversation now."""
    conversation = get_conversation(request.agent, conversation_id)
    if not sees(request.agent) or conversation.junk:
        return HttpResponse("")
    return _panel(request, conversation)


@require_POST
def turn_down(request: AgentRequest, conversation_id: int, suggestion_id: int) -> HttpResponse:
    """Note that a draft was no use; it is laid out no more."""
    conversation = get_conversation(request.agent, conversation_id)
    reject(conversation.workspace_id, suggestion_id, agent=request.agent, why=request.POST.get("why", ""))
    if wants_fragment(request):
        return _panel(request, conversation)
    return redirect(f"/conversations/{conversation.pk}")


@require_POST
def to_the_bot(request: AgentRequest, conversation_id: int) -> HttpResponse:
    """Give the word back to the bot."""
    conversation = get_conversation(request.agent, conversation_id)
    try:
        give_back(conversation, agent=request.agent)
    except Refusal as refusal:
        return refused(request, refusal)
    if wants_fragment(request):
        return _panel(request, conversation)
    return redirect(f"/conversations/{conversation.pk}")


@require_POST
def write_it_up(request: AgentRequest, conversation_id: int) -> HttpResponse:
    """Make a draft article of a solved conversation, and open it."""
    conversation = get_conversation(request.agent, conversation_id)
    try:
        text = write_up(conversation, agent=request.agent)
    except Refusal as refusal:
        return refused(request, refusal)
    return redirect(editor_of(text))


def editor_of(text: ArticleText) -> str:
    """Return where a text is written."""
    return at(text.article.key, text.language, text.market)


def draft_words(key: str, conversation: Conversation) -> str:
    """Return what a laid-out draft puts into the composer, empty for one of another conversation."""
    number = key.removeprefix(SUGGESTION)
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return ""
    try:
        row = get_suggestion(conversation.workspace_id, int(number))
    except Refusal:
        return ""
    return row.text if row.conversation_id == conversation.pk else ""
