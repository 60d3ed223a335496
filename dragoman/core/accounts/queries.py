"""Asking about workspaces, brands, agents and tokens. Finding out which workspace acts needs all of them."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from dragoman.ground.database.compiled import compiled
from dragoman.kit import workspace
from dragoman.kit.address import clean
from dragoman.kit.errors import NotFound
from dragoman.kit.memo import Memo

from .models import Agent, ApiToken, Brand, Invitation, Team, User, Workspace


@dataclass(frozen=True)
class TokenHolder:
    """Who calls the API: a token, its workspace and its limits."""

    token_id: int
    workspace_id: int
    scopes: frozenset[str]
    requests_per_minute: int

    def may(self, scope: str) -> bool:
        """Say whether the token reaches a resource."""
        return "all" in self.scopes or scope in self.scopes


tokens: Memo[str, TokenHolder] = Memo(seconds=30)
facts: Memo[int, Workspace] = Memo(seconds=5)
brands: Memo[tuple[int, str], Brand] = Memo(seconds=5)
acknowledging: Memo[int, frozenset[int]] = Memo(seconds=5)
seats: Memo[tuple[int, int], Agent] = Memo(seconds=5)


def hash_of(token: str) -> str:
    """Return what we keep of a token: its SHA-256 in hex (tokens are random, no salt is needed)."""
    return hashlib.sha256(token.encode()).hexdigest()


def find_token_holder(token: str) -> TokenHolder | None:
    """Find whose token this is; revoked and unknown ones look alike."""
    digest = hash_of(token)

    def load() -> TokenHolder | None:
        with workspace.everywhere(reason="find the token's workspace"):
            found = (
                ApiToken.objects.select_related("workspace")
                .filter(token_hash=digest, revoked_at=None)
                .first()
            )
        if found is None:
            return None
        limit = found.workspace.requests_per_minute
        return TokenHolder(found.pk, found.workspace_id, frozenset(found.scopes), limit)

    return tokens.get(digest, load)


def workspace_facts(workspace_id: int) -> Workspace:
    """Return a workspace's settings, at most 5 s old."""
    found = facts.get(workspace_id, lambda: Workspace.objects.filter(pk=workspace_id).first())
    if found is None:
        raise NotFound("There is no such workspace.")
    return found


def find_workspace(slug: str) -> Workspace | None:
    """Find a workspace by slug, for the command line."""
    with workspace.everywhere(reason="find a workspace by slug"):
        return Workspace.objects.filter(slug=slug).first()


def get_workspace(slug: str) -> Workspace:
    """Return a workspace by slug, or say how to make it."""
    found = find_workspace(slug)
    if found is None:
        raise NotFound(f"There is no workspace “{slug}”: create it with `dragoman workspace create {slug}`.")
    return found


def find_brand(slug: str) -> Brand | None:
    """Find a brand by its slug in the whole installation, for public pages."""
    with workspace.everywhere(reason="find a brand by slug"):
        return Brand.objects.select_related("workspace").filter(slug=slug).first()


def get_brand(workspace_id: int, slug: str = "") -> Brand:
    """Return a brand of a workspace, its first one without a slug; raises NotFound `unknown_brand`."""

    def load() -> Brand | None:
        found = Brand.objects.filter(workspace_id=workspace_id).order_by("id")
        return (found.filter(slug=slug) if slug else found).first()

    known = clean(slug)
    brand = brands.get((workspace_id, slug), load) if known == slug else None
    if brand is None:
        raise NotFound(f"There is no brand “{known}” in this workspace.", code="unknown_brand", status=422)
    return brand


def acknowledging_brands(workspace_id: int) -> frozenset[int]:
    """Return the ids of the brands that answer a first message automatically, at most 5 s old."""

    def load() -> frozenset[int]:
        found = Brand.objects.filter(workspace_id=workspace_id).exclude(acknowledge=Brand.Acknowledge.NEVER)
        return frozenset(found.values_list("pk", flat=True))

    return acknowledging.get(workspace_id, load) or frozenset()


def brands_of(workspace_id: int) -> QuerySet[Brand]:
    """All brands of a workspace, oldest first."""
    return Brand.objects.filter(workspace_id=workspace_id).order_by("id")


def agents_of(workspace_id: int) -> QuerySet[Agent]:
    """All seats of a workspace by name, closed ones too."""
    return Agent.objects.filter(workspace_id=workspace_id).select_related("user").order_by("name", "id")


@compiled
def list_seats(workspace_id: Any) -> QuerySet[Agent]:
    """Return all seats of a workspace by name, closed ones too, without their log-ins."""
    return Agent.objects.filter(workspace_id=workspace_id).order_by("name", "id")


@compiled
def list_teams(workspace_id: Any) -> QuerySet[Team]:
    """Return all teams of a workspace by name, without their members."""
    return Team.objects.filter(workspace_id=workspace_id).order_by("name")


def teams_of(workspace_id: int) -> QuerySet[Team]:
    """All teams of a workspace by name."""
    return Team.objects.filter(workspace_id=workspace_id).prefetch_related("members").order_by("name")


def tokens_of(workspace_id: int) -> QuerySet[ApiToken]:
    """All API tokens of a workspace, newest first."""
    return ApiToken.objects.filter(workspace_id=workspace_id).order_by("-id")


def invitations_of(workspace_id: int) -> QuerySet[Invitation]:
    """Invitations not accepted yet, newest first."""
    found = Invitation.objects.filter(workspace_id=workspace_id, accepted_at=None)
    return found.select_related("invited_by").order_by("-id")


def find_invitation(token: str) -> Invitation | None:
    """Find the open invitation a link holds, in any workspace."""
    with workspace.everywhere(reason="find an invitation by its link"):
        found = Invitation.objects.select_related("workspace").filter(
            token_hash=hash_of(token), accepted_at=None
        )
        return found.first()


def seats_of(user: User) -> list[Agent]:
    """All open seats of a log-in, in any workspace, oldest first."""
    with workspace.everywhere(reason="find the seats of a log-in"):
        found = Agent.objects.filter(user=user, is_active=True).select_related("workspace", "user")
        return list(found.order_by("id"))


def demo_log_ins_exist() -> bool:
    """Say whether somebody could log in with a password that is printed in the docs."""
    return User.objects.filter(is_demo=True, is_active=True).exists()
