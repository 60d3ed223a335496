"""`/article-categories`: the shelves on which articles stand."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field, StringConstraints

from dragoman.core.knowledge.actions.shelves import remove_category, save_category
from dragoman.core.knowledge.models import Category
from dragoman.core.knowledge.queries import categories_of

from .articles import Short, brand_id_of, slugs_of
from .conversations import workspace_of
from .problems import ERRORS
from .schemas import In, Listed

router = Router(tags=["articles"])


class CategoryIn(In):
    """A category; `names` is keyed by language (`de`) or language and market (`de@AT`)."""

    key: Annotated[str, StringConstraints(max_length=80)] = ""
    names: Annotated[dict[Annotated[str, StringConstraints(max_length=40)], Short], Field(max_length=200)]
    icon: Annotated[str, StringConstraints(max_length=20)] = ""
    brand: Annotated[str, StringConstraints(max_length=63)] | None = None
    position: Annotated[int, Field(ge=0, le=1_000_000)] | None = None


class CategoryOut(Schema):
    """A category of articles."""

    key: str
    names: dict[str, str]
    icon: str
    brand: str | None
    position: int


def _category_json(row: Category, slugs: dict[int, str]) -> dict[str, Any]:
    brand = slugs.get(row.brand_id or 0)
    return {"key": row.key, "names": row.names, "icon": row.icon, "brand": brand, "position": row.position}


@router.get(
    "/article-categories", response={200: Listed[CategoryOut], **ERRORS}, summary="Categories of articles"
)
def list_categories(request: HttpRequest) -> Any:
    """List the categories in their order."""
    workspace_id = workspace_of(request)
    slugs = slugs_of(workspace_id)
    return {"items": [_category_json(one, slugs) for one in categories_of(workspace_id)], "next": None}


@router.post("/article-categories", response={200: CategoryOut, **ERRORS}, summary="Write a category")
def post_category(request: HttpRequest, data: CategoryIn) -> Any:
    """Store a category by its key, a new one where there is none; without a key, by the first name."""
    workspace_id = workspace_of(request)
    made = save_category(
        workspace_id,
        agent=None,
        names=data.names,
        key=data.key,
        brand_id=brand_id_of(workspace_id, data.brand),
        icon=data.icon,
        position=data.position,
    )
    return _category_json(made, slugs_of(workspace_id))


@router.delete("/article-categories/{key}", response={204: None, **ERRORS}, summary="Remove a category")
def delete_category(request: HttpRequest, key: str) -> Any:
    """Remove a category; its articles stay, in none."""
    remove_category(workspace_of(request), key, agent=None)
    return Status(204, None)
