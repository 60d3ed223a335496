"""Keeping the categories in which articles stand."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent
from dragoman.core.texts.actions.variants import kept_words, placed
from dragoman.kit.text import slug
from dragoman.kit.variants import key_of, parted

from ..errors import BadArticle, MayNotWrite, NoCategory
from ..icons import ICONS
from ..models import Category

LONGEST_NAME = 80


def shelf_for(workspace_id: int, wish: str, *, brand_id: int | None, language: str) -> Category | None:
    """Return the category of this key or name, made if it was not there; None for an empty wish."""
    name = " ".join(kept_words(wish).split())[:LONGEST_NAME]
    if not name:
        return None
    key = slug(name) or name
    rows = Category.objects.filter(workspace_id=workspace_id)
    known = rows.filter(key=key).first()
    if known is not None:
        return known
    named = next((one for one in rows if name in one.names.values()), None)
    if named is not None:
        return named
    tag, _market = placed(language)
    return Category.objects.create(
        workspace_id=workspace_id, key=key, brand_id=brand_id, names={tag: name}, position=rows.count()
    )


@transaction.atomic
def save_category(
    workspace_id: int,
    *,
    agent: Agent | None,
    names: Mapping[str, str],
    key: str = "",
    brand_id: int | None = None,
    icon: str = "",
    position: int | None = None,
) -> Category:
    """Store a category by its key, a new one where there is none; raises BadArticle, MayNotWrite."""
    if agent is not None and not agent.can_lead:
        raise MayNotWrite
    said = {
        key_of(*placed(*parted(name))): " ".join(kept_words(text).split()) for name, text in names.items()
    }
    said = {name: text[:LONGEST_NAME] for name, text in said.items() if text}
    if not said:
        raise BadArticle("names", _("Name the category in at least one language."))
    if icon and icon not in ICONS:
        raise BadArticle("icon", _("There is no such icon."))
    wanted = slug(key or next(iter(said.values())))
    if not wanted:
        raise BadArticle("key", _("Give the category a key of letters and digits."))
    rows = Category.objects.filter(workspace_id=workspace_id)
    row = rows.filter(key=wanted).first() or Category(
        workspace_id=workspace_id, key=wanted, position=rows.count()
    )
    row.names, row.brand_id, row.icon = said, brand_id, icon
    row.position = row.position if position is None else position
    row.save()
    return row


@transaction.atomic
def remove_category(workspace_id: int, key: str, *, agent: Agent | None) -> None:
    """Take a category away; its articles stay, in none. Raises NoCategory, MayNotWrite."""
    if agent is not None and not agent.can_lead:
        raise MayNotWrite
    if not Category.objects.filter(workspace_id=workspace_id, key=key).delete()[0]:
        raise NoCategory
