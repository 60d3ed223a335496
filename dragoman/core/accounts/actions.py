"""Changing workspaces, brands, agents, teams and tokens."""

import re
import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from zoneinfo import available_timezones

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dragoman.ground.events.actions import publish
from dragoman.kit import workspace
from dragoman.kit.address import normal_email
from dragoman.kit.errors import Refusal
from dragoman.kit.tags import LANGUAGES

from . import queries
from .events import AgentDeactivated, MaskingChanged, TokenRevoked, WorkspaceChanged
from .keys import wrapped_new_key
from .masking import maskings
from .models import Agent, ApiToken, Brand, Invitation, Role, Team, TeamMember, User, Workspace

_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\Z")
INVITATION_DAYS = 7


def create_workspace(slug: str, *, name: str = "", demo: bool = False) -> Workspace:
    """Make an empty workspace with one default brand of the same slug."""
    if not _SLUG.match(slug):
        raise Refusal(
            _("A slug has lower-case letters, digits and hyphens, such as “my-shop”."), code="bad_slug"
        )
    try:
        with workspace.everywhere(reason="create a workspace"), transaction.atomic():
            made = Workspace.objects.create(
                slug=slug,
                name=name or slug,
                languages=list(LANGUAGES),
                sealed_key=wrapped_new_key(),
                demo=demo,
            )
            _add_brand(made.pk, slug=slug, name=name or slug)
    except IntegrityError:
        raise Refusal(
            _("A workspace or brand with this slug exists already."), code="taken", status=409
        ) from None
    return made


def _add_brand(workspace_id: int, *, slug: str, name: str) -> Brand:
    secret = secrets.token_hex(24)
    return Brand.objects.create(workspace_id=workspace_id, slug=slug, name=name, identity_secret=secret)


@transaction.atomic
def create_brand(workspace_id: int, *, slug: str, name: str) -> Brand:
    """Add a brand; slugs are unique in the whole installation."""
    if not _SLUG.match(slug):
        raise Refusal(
            _("A slug has lower-case letters, digits and hyphens, such as “my-shop”."), code="bad_slug"
        )
    if queries.find_brand(slug) is not None:
        raise Refusal(_("A brand with this slug exists already."), code="taken", status=409)
    brand = _add_brand(workspace_id, slug=slug, name=name)
    _changed(workspace_id)
    return brand


@transaction.atomic
def change_brand(brand: Brand, *, changes: dict[str, Any]) -> None:
    """Store new settings of a brand."""
    for field, value in changes.items():
        setattr(brand, field, value)
    brand.save(update_fields=list(changes))
    _changed(brand.workspace_id)


@transaction.atomic
def change_workspace(found: Workspace, *, changes: dict[str, Any]) -> None:
    """Store new settings of a workspace."""
    for field, value in changes.items():
        setattr(found, field, value)
    found.save(update_fields=list(changes))
    _changed(found.pk)


@transaction.atomic
def set_masking(
    found: Workspace, *, changes: dict[str, Any], agent: Agent | None = None, token_id: int = 0
) -> None:
    """Store what a workspace masks and how long the sealed original is kept; the event is the audit line."""
    change_workspace(found, changes=changes)
    who = {"agent_id": agent.pk if agent else 0, "token_id": token_id}
    publish(MaskingChanged(workspace_id=found.pk, brand_id=0, **who))


@transaction.atomic
def set_brand_masking(
    brand: Brand, *, masks: list[str] | None, agent: Agent | None = None, token_id: int = 0
) -> None:
    """Store what a brand masks, None for what the workspace does; the event is the audit line."""
    change_brand(brand, changes={"masks": masks})
    who = {"agent_id": agent.pk if agent else 0, "token_id": token_id}
    publish(MaskingChanged(workspace_id=brand.workspace_id, brand_id=brand.pk, **who))


def _changed(workspace_id: int) -> None:
    publish(WorkspaceChanged(workspace_id=workspace_id))
    transaction.on_commit(queries.facts.forget)
    transaction.on_commit(queries.brands.forget)
    transaction.on_commit(queries.acknowledging.forget)
    transaction.on_commit(maskings.forget)


@transaction.atomic
def add_agent(
    workspace_id: int, *, email: str, name: str, role: str = Role.AGENT, password: str | None = None
) -> Agent:
    """Give a person a seat; a log-in of that address is used again, and its password is left alone."""
    address = normal_email(email)
    user = User.objects.filter(email=address).first() or User.objects.create_user(address, password)
    if Agent.objects.filter(workspace_id=workspace_id, user=user).exists():
        raise Refusal(_("This person has a seat here already."), code="taken", status=409)
    return Agent.objects.create(workspace_id=workspace_id, user=user, name=name or address, role=role)


@transaction.atomic
def change_agent(agent: Agent, *, changes: dict[str, Any]) -> None:
    """Store new facts about an agent; the last owner keeps the role."""
    if changes.get("role", agent.role) != Role.OWNER:
        _keep_an_owner(agent)
    for field, value in changes.items():
        setattr(agent, field, value)
    agent.save(update_fields=list(changes))
    transaction.on_commit(queries.seats.forget)


def _keep_an_owner(agent: Agent) -> None:
    if agent.role != Role.OWNER:
        return
    others = Agent.objects.filter(workspace_id=agent.workspace_id, role=Role.OWNER, is_active=True)
    if not others.exclude(pk=agent.pk).exists():
        raise Refusal(
            _("A workspace needs an owner: make somebody else owner first."), code="last_owner", status=409
        )


def note_presence(agent: Agent) -> None:
    """Note that an agent uses the desk right now."""
    Agent.objects.filter(workspace_id=agent.workspace_id, pk=agent.pk).update(seen_at=timezone.now())


@transaction.atomic
def deactivate_agent(agent: Agent) -> None:
    """Close a seat: open work is handed over (who listens does it) and log-ins end at once."""
    _keep_an_owner(agent)
    agent.is_active = False
    agent.save(update_fields=["is_active"])
    TeamMember.objects.filter(workspace_id=agent.workspace_id, agent=agent).delete()
    if not queries.seats_of(agent.user):
        for session in UserSession.objects.filter(user_id=agent.user_id):
            session.end()
    publish(AgentDeactivated(agent_id=agent.pk))
    transaction.on_commit(queries.seats.forget)


@transaction.atomic
def reactivate_agent(agent: Agent) -> None:
    """Open a closed seat again."""
    agent.is_active = True
    agent.save(update_fields=["is_active"])


@transaction.atomic
def set_team(workspace_id: int, *, name: str, members: Sequence[Agent], team: Team | None = None) -> Team:
    """Make or change a team with exactly these members."""
    taken = Team.objects.filter(workspace_id=workspace_id, name=name).exclude(pk=team.pk if team else 0)
    if taken.exists():
        raise Refusal(_("A team of this name exists already."), code="taken", status=409)
    if team is None:
        team = Team.objects.create(workspace_id=workspace_id, name=name)
    elif team.name != name:
        team.name = name
        team.save(update_fields=["name"])
    TeamMember.objects.filter(workspace_id=workspace_id, team=team).exclude(agent__in=members).delete()
    kept = set(TeamMember.objects.filter(team=team).values_list("agent_id", flat=True))
    TeamMember.objects.bulk_create(
        TeamMember(workspace_id=workspace_id, team=team, agent=agent)
        for agent in members
        if agent.pk not in kept
    )
    return team


@transaction.atomic
def remove_team(team: Team) -> None:
    """Dissolve a team; its conversations and people stay."""
    team.delete()


@transaction.atomic
def withdraw_invitation(invitation: Invitation) -> None:
    """Take an offered seat back; its link stops working."""
    invitation.delete()


@transaction.atomic
def invite(inviter: Agent, *, email: str, role: str) -> str:
    """Offer a seat and return the secret of the link; valid for 7 days, asked again it replaces the old one."""
    address = normal_email(email)
    workspace_id = inviter.workspace_id
    if Agent.objects.filter(workspace_id=workspace_id, user__email=address, is_active=True).exists():
        raise Refusal(_("This person has a seat here already."), code="taken", status=409)
    Invitation.objects.filter(workspace_id=workspace_id, email=address, accepted_at=None).delete()
    token = secrets.token_urlsafe(32)
    Invitation.objects.create(
        workspace_id=workspace_id,
        email=address,
        role=role,
        token_hash=queries.hash_of(token),
        invited_by=inviter,
        expires_at=timezone.now() + timedelta(days=INVITATION_DAYS),
    )
    return token


def accept_invitation(
    token: str, *, name: str, password: str, ui_language: str = "", time_zone: str = ""
) -> Agent:
    """Take an offered seat; a person with a log-in must give its password, others set one.

    What their browser says of language and time zone is only a beginning: an unknown one is left out.
    """
    found = queries.find_invitation(token)
    if found is None or found.expires_at < timezone.now():
        raise Refusal(_("This invitation is no longer valid: ask for a new one."), code="expired", status=410)
    with workspace.acting_in(found.workspace_id), transaction.atomic():
        user = User.objects.filter(email=found.email).first()
        if user is not None and user.has_usable_password() and not user.check_password(password):
            raise Refusal(
                _("You have a log-in already: give its password."), code="wrong_password", status=403
            )
        if user is None:
            user = User.objects.create_user(found.email, password)
        elif not user.has_usable_password():
            user.set_password(password)
            user.save(update_fields=["password"])
        facts: dict[str, Any] = {"name": name, "role": found.role, "is_active": True}
        said = {"ui_language": ui_language} if ui_language in dict(settings.LANGUAGES) else {}
        said |= {"time_zone": time_zone} if time_zone in available_timezones() else {}
        seat, _made = Agent.objects.update_or_create(
            workspace_id=found.workspace_id, user=user, defaults=facts, create_defaults={**facts, **said}
        )
        found.accepted_at = timezone.now()
        found.save(update_fields=["accepted_at"])
    return seat


@transaction.atomic
def create_token(workspace_id: int, *, name: str = "", scopes: Sequence[str] = ("all",)) -> str:
    """Make an API token and return it, the only time it is seen."""
    token = "dgm_" + secrets.token_urlsafe(30)
    ApiToken.objects.create(
        workspace_id=workspace_id,
        name=name,
        token_hash=queries.hash_of(token),
        scopes=list(scopes) or ["all"],
    )
    return token


@transaction.atomic
def revoke_token(token: ApiToken) -> None:
    """Stop a token at once, in every process."""
    token.revoked_at = timezone.now()
    token.save(update_fields=["revoked_at"])
    publish(TokenRevoked(token_id=token.pk))
    transaction.on_commit(queries.tokens.forget)
