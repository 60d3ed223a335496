"""Keeping the search's index at what readers see: called in the transaction that publishes."""

from ..models import ArticleText


def index_text(text: ArticleText) -> None:
    """Index the live wording of a text, or take it out where it has none."""
