"""`/agents`, `/teams`, `/brands`: who works here."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from dragoman.core.accounts.queries import agents_of, brands_of, teams_of

from .conversations import workspace_of
from .problems import ERRORS
from .schemas import Listed

router = Router(tags=["people"])


class AgentOut(Schema):
    """An agent."""

    id: str
    name: str
    email: str
    role: str
    time_zone: str
    ui_language: str
    languages: list[dict[str, str]]
    active: bool


class TeamOut(Schema):
    """A team with the ids of its members."""

    id: str
    name: str
    members: list[str]


class BrandOut(Schema):
    """A brand."""

    id: str
    slug: str
    name: str
    language: str


@router.get("/agents", response={200: Listed[AgentOut], **ERRORS}, summary="List agents")
def list_agents(request: HttpRequest) -> Any:
    """List all seats by name."""
    items = [
        {
            "id": str(agent.pk),
            "name": agent.name,
            "email": agent.user.email,
            "role": agent.role,
            "time_zone": agent.time_zone,
            "ui_language": agent.ui_language,
            "languages": agent.languages,
            "active": agent.is_active,
        }
        for agent in agents_of(workspace_of(request))
    ]
    return {"items": items, "next": None}


@router.get("/teams", response={200: Listed[TeamOut], **ERRORS}, summary="List teams")
def list_teams(request: HttpRequest) -> Any:
    """List all teams by name."""
    items = [
        {"id": str(team.pk), "name": team.name, "members": [str(agent.pk) for agent in team.members.all()]}
        for team in teams_of(workspace_of(request))
    ]
    return {"items": items, "next": None}


@router.get("/brands", response={200: Listed[BrandOut], **ERRORS}, summary="List brands")
def list_brands(request: HttpRequest) -> Any:
    """List all brands, oldest first."""
    items = [
        {"id": str(brand.pk), "slug": brand.slug, "name": brand.name, "language": brand.language}
        for brand in brands_of(workspace_of(request))
    ]
    return {"items": items, "next": None}
