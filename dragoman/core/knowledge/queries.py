"""Asking for articles: which there are, how each text stands, and which text a reader gets."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from dragoman.core.accounts.models import Brand
from dragoman.core.accounts.queries import workspace_facts
from dragoman.core.texts.chain import Reader, serve
from dragoman.core.texts.models import Variant
from dragoman.kit.tags import same
from dragoman.kit.variants import parted

from .errors import NoArticle, NoCategory
from .models import Article, ArticleText, ArticleVersion, Category


def texts_of(workspace_id: int) -> QuerySet[ArticleText]:
    """All texts of a workspace with their wordings and article."""
    found = ArticleText.objects.filter(workspace_id=workspace_id)
    return found.select_related("article", "head", "live", "checked_by")


def articles_of(workspace_id: int, *, brand_id: int | None = None) -> QuerySet[Article]:
    """All articles in their order, of a brand and those of all brands where one is named, with their texts."""
    found = Article.objects.filter(workspace_id=workspace_id)
    if brand_id is not None:
        found = found.filter(Q(brand_id=brand_id) | Q(brand_id=None))
    texts = texts_of(workspace_id).order_by("pk")
    return (
        found.select_related("category", "owner", "brand")
        .prefetch_related(Prefetch("texts", queryset=texts))
        .order_by("position", "pk")
    )


def public_articles(brand: Brand) -> QuerySet[Article]:
    """Return the articles of a brand's help centre: not internal, with at least one text that is live."""
    found = articles_of(brand.workspace_id, brand_id=brand.pk).filter(internal=False)
    live = ArticleText.objects.filter(workspace_id=brand.workspace_id, live__isnull=False)
    return found.filter(pk__in=live.values("article_id"))


def is_read_by_customers(article: Article) -> bool:
    """Say whether anything of an article is what customers read."""
    return not article.internal and article.texts.filter(live__isnull=False).exists()


def get_article(workspace_id: int, key: str) -> Article:
    """Return an article by its key; raises NoArticle."""
    found = articles_of(workspace_id).filter(key=key).first()
    if found is None:
        raise NoArticle
    return found


def get_text(workspace_id: int, text_id: int) -> ArticleText:
    """Return a text by its id; raises NoArticle."""
    found = texts_of(workspace_id).filter(pk=text_id).first()
    if found is None:
        raise NoArticle
    return found


def find_text(article: Article, name: str) -> ArticleText | None:
    """Find an article's text by its name (`de`, `de@AT`)."""
    return next((one for one in article.texts.all() if one.name == name), None)


def categories_of(workspace_id: int, *, brand_id: int | None = None) -> list[Category]:
    """Return the categories in their order, of a brand and those of all brands where one is named."""
    found = Category.objects.filter(workspace_id=workspace_id).order_by("position", "pk")
    if brand_id is not None:
        found = found.filter(Q(brand_id=brand_id) | Q(brand_id=None))
    return list(found)


def get_category(workspace_id: int, key: str) -> Category:
    """Return a category by its key; raises NoCategory."""
    found = Category.objects.filter(workspace_id=workspace_id, key=key).first()
    if found is None:
        raise NoCategory
    return found


def name_for(category: Category, reader: Reader) -> str:
    """Return what a category is called for a reader; its key where it has no name at all."""
    said = serve(category.names, reader, any_at_last=True)
    return said.words if said else category.key


def reader_of(brand: Brand, language: str, market: str = "") -> Reader:
    """Return a reader of a brand's help centre."""
    return Reader(language, market, brand.language, workspace_facts(brand.workspace_id).language)


@dataclass(frozen=True)
class Read:
    """The text a reader gets; `fallback` where it is not in a language that they asked for."""

    text: ArticleText
    wording: ArticleVersion
    fallback: bool

    @property
    def is_machine(self) -> bool:
        """Say whether a machine wrote it and no person looked at it."""
        return self.wording.made == Variant.Made.MACHINE and self.text.checked_at is None


def read(article: Article, reader: Reader) -> Read | None:
    """Return what a reader gets of an article: their language in their market, their language, the brand's, the
    team's, any; None where nothing is live."""
    live = {one.name: one for one in article.texts.all() if one.live is not None}
    # what is for one market alone is read in no other
    names = {name: name for name in live if parted(name)[1] in ("", reader.market)}
    served = serve(names, reader, any_at_last=True)
    if served is None:
        return None
    text = live[served.key]
    assert text.live is not None
    return Read(text, text.live, not same(text.language, reader.language))


def is_stale(text: ArticleText, source: ArticleText | None) -> bool:
    """Say whether the source was written anew since this text was written or confirmed."""
    if source is None or source.pk == text.pk or source.head is None:
        return False
    return text.source_version < source.head.number


def source_of(article: Article) -> ArticleText | None:
    """Return the text that the others are written from."""
    return find_text(article, article.source)


def versions_of(text: ArticleText) -> list[ArticleVersion]:
    """Return all wordings of a text, the newest first."""
    found = ArticleVersion.objects.filter(workspace_id=text.workspace_id, text=text)
    return list(found.select_related("agent").order_by("-number"))


def languages_written(articles: Iterable[Article]) -> list[str]:
    """Return the languages in which something is written, the most written first."""
    counted: dict[str, int] = {}
    for article in articles:
        for text in article.texts.all():
            counted[text.language] = counted.get(text.language, 0) + 1
    return sorted(counted, key=lambda tag: (-counted[tag], tag))


def by_category(articles: Sequence[Article]) -> Mapping[int | None, list[Article]]:
    """Return articles by their category's id (None: in none), in their order."""
    found: dict[int | None, list[Article]] = {}
    for article in articles:
        found.setdefault(article.category_id, []).append(article)
    return found
