"""A help centre with articles in a few languages, and Mallory's beside it."""

from typing import Any

import pytest
from django.core.cache import cache

from dragoman.core.accounts.queries import get_brand
from dragoman.core.knowledge.actions.articles import ArticleWish, write_text
from dragoman.core.knowledge.models import ArticleText
from dragoman.kit.memo import forget_all
from tests.people import House, a_house


def article(house: House, key: str, language: str = "fi", **more: Any) -> ArticleText:
    """Write a text, published where nothing else is said."""
    facts = {"title": f"{key} {language}", "body": "Sanoja.", "status": "published", "category": "returns"}
    with house.acting():
        return write_text(
            house.workspace.pk,
            ArticleWish(key=key, language=language, **{**facts, **more}),
            agent=house.greta,
        )


@pytest.fixture
def house() -> House:
    cache.clear()
    forget_all()
    made = a_house()
    article(
        made, "broken", title="Rikkoutunut toimitus", summary="Ota kuva.", body="## Kuva\n\nKuvaa vaurio."
    )
    article(made, "broken", "en", title="Arrived broken", body="Send a photo of the lamp.")
    article(made, "care", "en", title="Washing linen", body="Wash it at 40 degrees.", category="care")
    return made


@pytest.fixture
def brand(house: House) -> Any:
    with house.acting():
        return get_brand(house.workspace.pk)
