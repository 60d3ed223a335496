"""Articles as what can be ordered from translators: title and body as one text, the title its first line."""

from collections.abc import Sequence

from dragoman.core.language.ports import Matter
from dragoman.core.texts.models import Variant

from .actions.articles import ArticleWish, write_text
from .errors import NoArticle
from .models import ArticleVersion
from .queries import articles_of, get_article, source_of, versions_of


def joined(wording: ArticleVersion) -> str:
    """Return a wording as one text: `# title`, then the body."""
    return f"# {wording.title}\n\n{wording.body}"


def parted_text(text: str) -> tuple[str, str]:
    """Return (title, body) of a text as `joined` makes it."""
    first, _newline, body = text.strip().partition("\n")
    return first.lstrip("# ").strip(), body.strip()


class ArticleTexts:
    """The port `translatables` for articles: a translation that comes back is a draft that a lead publishes."""

    def matters(self, workspace_id: int) -> Sequence[Matter]:
        """Return all articles with their newest text in each language; what is for one market alone stays with it."""
        return [
            Matter(article.key, title, texts)
            for article in articles_of(workspace_id)
            if (
                texts := {
                    one.language: joined(one.head)
                    for one in article.texts.all()
                    if one.head and not one.market and not one.archived_at
                }
            )
            and (title := next(iter(texts.values())).partition("\n")[0].lstrip("# "))
        ]

    def write(self, workspace_id: int, ref: str, *, language: str, text: str, source: str = "") -> bool:
        """Keep a translation as a draft; it counts as written from the wording of the source that said `source`."""
        try:
            article = get_article(workspace_id, ref)
        except NoArticle:
            return False
        original = source_of(article)
        if original is None:
            return False
        seen = next((one.number for one in versions_of(original) if joined(one) == source), 0)
        title, body = parted_text(text)
        if not title or not body:
            return False
        wish = ArticleWish(article.key, language, title, body, source_seen=seen, made=Variant.Made.PERSON)
        write_text(workspace_id, wish, agent=None)
        return True
