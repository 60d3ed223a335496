"""How an article was made and why it did not help, said to customers."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from dragoman.core.knowledge.models import Article, ArticleText, ArticleVersion
from dragoman.core.texts.models import Variant
from dragoman.ground.design.functions import format_date

REASONS: Final[Mapping[str, Any]] = {
    "unclear": later("It is hard to understand"),
    "missing": later("Something is missing"),
    "wrong": later("It is wrong or out of date"),
    "other": later("I was looking for something else"),
}


def is_original(article: Article, text: ArticleText) -> bool:
    """Say whether a text is the one that the others are written from."""
    return not article.source or text.name == article.source


def is_unchecked(text: ArticleText, wording: ArticleVersion) -> bool:
    """Say whether a machine wrote it and nobody looked at it."""
    return wording.made == Variant.Made.MACHINE and text.checked_at is None


def made_sentence(article: Article, text: ArticleText, wording: ArticleVersion) -> str:
    """Say who wrote a text and when it was checked last."""
    checked = format_date(text.checked_at) if text.checked_at else ""
    if is_original(article, text):
        if checked:
            return _("Checked on %(day)s") % {"day": checked}
        return _("Written on %(day)s") % {"day": format_date(wording.written_at)}
    if wording.made == Variant.Made.MACHINE:
        if checked:
            return _("Machine translated, checked by a person on %(day)s") % {"day": checked}
        return _("Machine translated, not checked by a person")
    if checked:
        return _("Translated by a person, checked on %(day)s") % {"day": checked}
    return _("Translated by a person")


def made_words(article: Article, text: ArticleText, wording: ArticleVersion) -> str:
    """Say in two words how a text was made, beside the name of its language."""
    if is_original(article, text):
        return _("original")
    if wording.made == Variant.Made.MACHINE:
        return _("machine translation")
    return _("translated by a person")
