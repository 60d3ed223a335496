"""Giving conversations to a team before a person sees them, and saying which rule does."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from dragoman.core.accounts.models import Agent, Team
from dragoman.core.conversations.actions.status import set_team
from dragoman.core.conversations.models import Conversation
from dragoman.core.language.understand import INTENTS
from dragoman.ground.events.actions import publish
from dragoman.kit import tags

from ..errors import BadBot, NotALead
from ..events import TeamRulesChanged
from ..models import TeamRule
from ..triage import team_for


def give_to_teams(workspace_id: int, conversation_ids: Sequence[int]) -> None:
    """Give those that nobody has, and no team, to the team of the rule that fits; told again, nothing more."""
    if not TeamRule.objects.filter(workspace_id=workspace_id).exists():
        return
    found = Conversation.objects.filter(
        workspace_id=workspace_id,
        pk__in=conversation_ids,
        team=None,
        assignee=None,
        junk=False,
        side_of=None,
    )
    for conversation in found:
        team = team_for(conversation)
        if team is not None:
            set_team(conversation, agent=None, team=team)


@transaction.atomic
def set_team_rule(
    workspace_id: int,
    *,
    agent: Agent | None,
    team: Team,
    intent: str = "",
    language: str = "",
    brand_id: int | None = None,
) -> TeamRule:
    """Say which team gets what; for the same purpose, language and brand it takes the place of the rule before."""
    _check(agent)
    if intent and intent not in INTENTS:
        raise BadBot("intent", str(_("There is no such purpose.")))
    tag = tags.match(language, tags.LANGUAGES) if language else ""
    if tag is None:
        raise BadBot("language", str(_("Give a language tag such as “fi” or “pt-BR”.")))
    here = TeamRule.objects.filter(workspace_id=workspace_id, intent=intent, language=tag)
    here = here.filter(brand_id=brand_id) if brand_id else here.filter(brand=None)
    rule = here.select_for_update(of=("self",)).first()
    if rule is None:
        rule = TeamRule(workspace_id=workspace_id, brand_id=brand_id, intent=intent, language=tag)
    rule.team = team
    rule.save()
    publish(TeamRulesChanged(agent_id=agent.pk if agent else None))
    return rule


@transaction.atomic
def remove_team_rule(workspace_id: int, rule_id: int, *, agent: Agent | None) -> None:
    """Take a rule away."""
    _check(agent)
    TeamRule.objects.filter(workspace_id=workspace_id, pk=rule_id).delete()
    publish(TeamRulesChanged(agent_id=agent.pk if agent else None))


def _check(agent: Agent | None) -> None:
    if agent is not None and not agent.can_lead:
        raise NotALead
