"""Changing an open conversation: who has it, where it stands, what it is called."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dragoman.core.accounts.queries import agents_of, teams_of
from dragoman.core.conversations.access import check_may_reply, get_conversation
from dragoman.core.conversations.actions import market as markets
from dragoman.core.conversations.actions import meaning
from dragoman.core.conversations.actions import status as actions
from dragoman.core.conversations.models import Conversation
from dragoman.core.customers.actions import change_customer
from dragoman.ground.design.functions import language_name, market_name
from dragoman.kit.errors import Refusal

from ..conversations.clock import both, clock_for
from ..conversations.panes import open_panes
from ..request import AgentRequest, wants_fragment
from ..toast import Toast, refused
from ..words import Say
from .snoozes import Zones, chosen_time

Change = Callable[[AgentRequest, Conversation], Toast | None]
View = Callable[[AgentRequest, int], HttpResponse]


def changing(change: Change) -> View:
    """Make a view of a change: a script gets the parts that may differ now, a form gets its page again."""

    @require_POST
    @wraps(change)
    def view(request: AgentRequest, conversation_id: int) -> HttpResponse:
        conversation = get_conversation(request.agent, conversation_id)
        try:
            toast = change(request, conversation)
        except Refusal as refusal:
            return refused(request, refusal)
        if not wants_fragment(request):
            return redirect(f"/conversations/{conversation_id}")
        fresh = get_conversation(request.agent, conversation_id)
        return render(
            request, "desk/_changes.html", {**open_panes(request, fresh, with_composer=False), "toast": toast}
        )

    return view


def _at(conversation: Conversation, verb: str) -> str:
    return f"/desk/conversations/{conversation.pk}/{verb}"


@changing
def set_status(request: AgentRequest, conversation: Conversation) -> Toast:
    """Open, resolve or close."""
    before = conversation.status
    after = actions.set_status(
        conversation, agent=request.agent, status=request.POST.get("status", "")
    ).status
    said = _("Resolved") if after == "resolved" else _("Now: %(status)s") % {"status": Say.status(after)}
    back = "open" if before == "snoozed" else before
    return Toast(said, _at(conversation, "status"), (("status", back),))


@changing
def snooze(request: AgentRequest, conversation: Conversation) -> Toast:
    """Put aside until a time, or until the customer answers."""
    zone = request.agent.time_zone
    code, written = request.POST.get("until", ""), request.POST.get("at", "")
    if code == "answer":
        actions.snooze(conversation, agent=request.agent, until=None)
        return Toast(
            _("Put aside until the customer answers"), _at(conversation, "status"), (("status", "open"),)
        )
    clock = clock_for(conversation)
    zones = Zones(zone, clock.zone if clock else "")
    until = chosen_time(code, written, now=timezone.now(), zones=zones)
    actions.snooze(conversation, agent=request.agent, until=until)
    said = _("Put aside until %(until)s") % {"until": both(until, zone, clock)}
    return Toast(said, _at(conversation, "status"), (("status", "open"),))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


@changing
def assign(request: AgentRequest, conversation: Conversation) -> Toast:
    """Give to an agent, or to nobody."""
    chosen = _number(request.POST.get("agent", ""))
    assignee = agents_of(request.agent.workspace_id).filter(pk=chosen).first() if chosen else None
    if chosen and assignee is None:
        raise Refusal(_("There is no such agent."), code="bad_assignee", status=422)
    before = conversation.assignee_id
    actions.assign(conversation, agent=request.agent, assignee=assignee)
    said = _("Given to %(to)s") % {"to": assignee.name} if assignee else _("Given back to everybody")
    return Toast(said, _at(conversation, "assign"), (("agent", str(before or "")),))


@changing
def set_team(request: AgentRequest, conversation: Conversation) -> Toast:
    """Give to a team, or to none."""
    chosen = _number(request.POST.get("team", ""))
    team = teams_of(request.agent.workspace_id).filter(pk=chosen).first() if chosen else None
    if chosen and team is None:
        raise Refusal(_("There is no such team."), code="bad_team", status=422)
    before = conversation.team_id
    actions.set_team(conversation, agent=request.agent, team=team)
    said = _("Given to the team %(to)s") % {"to": team.name} if team else _("No team any more")
    return Toast(said, _at(conversation, "team"), (("team", str(before or "")),))


@changing
def settle_market(request: AgentRequest, conversation: Conversation) -> Toast:
    """Say which country the customer is in."""
    before = conversation.market
    after = markets.settle_market(
        conversation, agent=request.agent, market=request.POST.get("market", "")
    ).market
    if not after:
        return Toast(_("The country is not known after all"))
    said = _("Country: %(country)s") % {"country": market_name(after)}
    return Toast(said, _at(conversation, "market"), (("market", before),))


@changing
def set_priority(request: AgentRequest, conversation: Conversation) -> Toast:
    """Say how soon."""
    before = conversation.priority
    after = actions.set_priority(
        conversation, agent=request.agent, priority=request.POST.get("priority", "")
    ).priority
    said = _("Priority: %(priority)s") % {"priority": Say.priority(after)}
    return Toast(said, _at(conversation, "priority"), (("priority", before),))


@changing
def set_intent(request: AgentRequest, conversation: Conversation) -> Toast:
    """Correct what the customer wants."""
    before = conversation.intent
    after = meaning.set_intent(
        conversation, agent=request.agent, intent=request.POST.get("intent", "")
    ).intent
    said = _("Purpose: %(purpose)s") % {"purpose": Say.intent(after)}
    return Toast(said, _at(conversation, "intent"), (("intent", before),)) if before else Toast(said)


@changing
def set_mood(request: AgentRequest, conversation: Conversation) -> Toast:
    """Correct how the customer feels."""
    before = conversation.mood
    after = meaning.set_mood(conversation, agent=request.agent, mood=request.POST.get("mood", "")).mood
    said = _("Mood: %(mood)s") % {"mood": Say.mood(after)}
    return Toast(said, _at(conversation, "mood"), (("mood", before),)) if before else Toast(said)


@changing
def change_tags(request: AgentRequest, conversation: Conversation) -> Toast | None:
    """Add tags (commas part them) or remove one."""
    gone, new = request.POST.get("remove", ""), request.POST.get("add", "")
    tags = [tag for tag in conversation.tags if tag != gone] + [tag for tag in new.split(",") if tag.strip()]
    actions.set_tags(conversation, agent=request.agent, tags=tags)
    if not gone:
        return None
    return Toast(_("Removed the tag %(tag)s") % {"tag": gone}, _at(conversation, "tags"), (("add", gone),))


@changing
def set_manner(request: AgentRequest, conversation: Conversation) -> Toast:
    """Note how the customer wants to be addressed, or their grammatical gender."""
    check_may_reply(request.agent)
    customer, posted = conversation.customer, request.POST
    changes = {name: posted[name] for name in ("register", "gender") if name in posted}
    before = tuple((name, str(getattr(customer, name))) for name in changes)
    change_customer(customer, changes=changes)
    return Toast(_("Noted: from now on they are answered so"), _at(conversation, "manner"), before)


@changing
def set_language(request: AgentRequest, conversation: Conversation) -> Toast:
    """Correct the customer's language, or lock and unlock it."""
    chosen, locked = request.POST.get("language", ""), request.POST.get("lock") == "1"
    if chosen and chosen != conversation.language:
        after = actions.set_language(conversation, agent=request.agent, language=chosen)
        return Toast(_("Replies go out in %(language)s") % {"language": language_name(after.language)})
    actions.set_language_lock(conversation, agent=request.agent, locked=locked)
    return Toast(_("Always translated") if locked else _("Each message decides its language"))
