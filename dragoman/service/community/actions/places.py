"""Opening a community, and its spaces: for leads."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent
from dragoman.core.accounts.queries import brands_of
from dragoman.ground.events.actions import publish
from dragoman.kit.address import clean
from dragoman.kit.tags import LANGUAGES, match

from ..errors import BadCommunity, MayNotModerate
from ..events import CommunityChanged
from ..models import Community, Space, Thread

MOST_SPACES: Final = 100
MOST_STOP_WORDS: Final = 200
_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


@dataclass(frozen=True)
class SpaceWish:
    """A space as a lead wants it; `names` and `abouts` are {language: words}."""

    key: str
    names: Mapping[str, str]
    abouts: Mapping[str, str] = field(default_factory=dict)
    language: str = ""
    position: int = 0
    is_open: bool = True


@transaction.atomic
def set_community(
    workspace_id: int,
    *,
    agent: Agent,
    brand_id: int,
    is_on: bool,
    first_posts: int = 1,
    stop_words: Sequence[str] = (),
) -> Community:
    """Open or close a brand's community. Raises MayNotModerate, BadCommunity."""
    _check(agent)
    if not brands_of(workspace_id).filter(pk=brand_id).exists():
        raise BadCommunity("brand", _("There is no such brand."))
    if not 0 <= first_posts <= 20:
        raise BadCommunity("first_posts", _("Give a number from 0 to 20."))
    words = list(dict.fromkeys(one for each in stop_words if (one := " ".join(clean(each).split())[:80])))
    if len(words) > MOST_STOP_WORDS:
        raise BadCommunity("stop_words", _("At most 200 words fit here."))
    row, _made = Community.objects.update_or_create(
        workspace_id=workspace_id,
        brand_id=brand_id,
        defaults={
            "is_on": is_on,
            "first_posts": first_posts,
            "stop_words": words,
            "agent": agent,
            "changed_at": timezone.now(),
        },
    )
    publish(CommunityChanged(brand_id=brand_id, agent_id=agent.pk))
    return row


@transaction.atomic
def set_space(workspace_id: int, *, agent: Agent, brand_id: int, wish: SpaceWish, space_id: int = 0) -> Space:
    """Make or change a space; its key stays once it is there. Raises MayNotModerate, BadCommunity."""
    _check(agent)
    if not brands_of(workspace_id).filter(pk=brand_id).exists():
        raise BadCommunity("brand", _("There is no such brand."))
    names = _said(wish.names, 80)
    if not names:
        raise BadCommunity("names", _("Give the space a name in at least one language."))
    language = match(wish.language, LANGUAGES) or "" if wish.language else ""
    facts = {
        "names": names,
        "abouts": _said(wish.abouts, 300),
        "language": language,
        "position": wish.position,
        "is_open": wish.is_open,
    }
    here = Space.objects.filter(workspace_id=workspace_id, brand_id=brand_id)
    if space_id:
        if not here.filter(pk=space_id).update(**facts):
            raise BadCommunity("space", _("There is no such space."))
        made = here.get(pk=space_id)
    else:
        if not _KEY.fullmatch(wish.key):
            raise BadCommunity("key", _("A key has small letters, digits and “-”: “lamps”."))
        if here.filter(key=wish.key).exists():
            raise BadCommunity("key", _("There is a space with this key already."))
        if here.count() >= MOST_SPACES:
            raise BadCommunity("key", _("A community has at most 100 spaces."))
        made = Space.objects.create(workspace_id=workspace_id, brand_id=brand_id, key=wish.key, **facts)
    publish(CommunityChanged(brand_id=brand_id, agent_id=agent.pk))
    return made


@transaction.atomic
def remove_space(workspace_id: int, space_id: int, *, agent: Agent) -> None:
    """Remove an empty space; one with questions is closed instead. Raises MayNotModerate, BadCommunity."""
    _check(agent)
    space = Space.objects.filter(workspace_id=workspace_id, pk=space_id).first()
    if space is None:
        raise BadCommunity("space", _("There is no such space."))
    if Thread.objects.filter(workspace_id=workspace_id, space_id=space_id).exists():
        raise BadCommunity(
            "space", _("There are questions in this space. Close it instead: they stay readable.")
        )
    space.delete()
    publish(CommunityChanged(brand_id=space.brand_id, agent_id=agent.pk))


def _said(words: Mapping[str, str], most: int) -> dict[str, str]:
    found = {}
    for tag, said in words.items():
        language, kept = match(tag, LANGUAGES), " ".join(clean(said).split())[:most]
        if language and kept:
            found[language] = kept
    return found


def _check(agent: Agent) -> None:
    if not agent.can_lead:
        raise MayNotModerate
