"""What readers find in a help centre: its shelves, the languages it speaks, what stands beside an article."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Prefetch, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from dragoman.core.accounts.models import Brand
from dragoman.core.texts.chain import Reader

from .models import Article, ArticleText, Category
from .queries import Read, categories_of, name_for, public_articles, read


@dataclass(frozen=True)
class Listed:
    """An article as it stands in a list: its text for this reader."""

    article: Article
    read: Read

    @property
    def title(self) -> str:
        """Return its title."""
        return self.read.wording.title

    @property
    def summary(self) -> str:
        """Return what it says in a sentence, "" where nobody wrote one."""
        return self.read.wording.summary

    @property
    def language(self) -> str:
        """Return the language its words are in."""
        return self.read.text.language

    @property
    def fallback(self) -> bool:
        """Say whether that is not the reader's."""
        return self.read.fallback


@dataclass(frozen=True)
class Shelf:
    """A category with the first of its articles; `category` is None for those that are in none."""

    category: Category | None
    name: str
    count: int
    articles: Sequence[Listed]

    @property
    def icon(self) -> str:
        """Return the icon of the category."""
        return (self.category.icon if self.category else "") or "book"


def _light(brand: Brand) -> QuerySet[Article]:
    """Return public articles with what a list shows of their live texts: no body."""
    texts = (
        ArticleText.objects.filter(workspace_id=brand.workspace_id, live__isnull=False)
        .select_related("live")
        .defer("live__body")
        .order_by("pk")
    )
    return public_articles(brand).prefetch_related(None).prefetch_related(Prefetch("texts", queryset=texts))


def listed(articles: Iterable[Article], reader: Reader) -> list[Listed]:
    """Return articles as this reader sees them in a list, those in their language first."""
    found = [Listed(one, served) for one in articles if (served := read(one, reader)) is not None]
    return sorted(found, key=lambda one: one.fallback)


def shelves(brand: Brand, reader: Reader, *, each: int = 4) -> list[Shelf]:
    """Return the categories in which there is something, each with its first articles; last what is in none."""
    counts: dict[int | None, int] = dict(
        public_articles(brand)
        .order_by()
        .values_list("category_id")
        .annotate(number=Count("pk"))
        .values_list("category_id", "number")
    )
    place = Window(RowNumber(), partition_by=[F("category_id")], order_by=[F("position"), F("pk")])
    # some are for another market alone, and then the next one takes its place
    first = list(_light(brand).annotate(place=place).filter(place__lte=each * 3))
    found = []
    for category in (*categories_of(brand.workspace_id, brand_id=brand.pk), None):
        pk = category.pk if category else None
        mine = listed((one for one in first if one.category_id == pk), reader)
        if mine:
            name = name_for(category, reader) if category else ""
            found.append(Shelf(category, name, counts.get(pk, len(mine)), mine[:each]))
    return found


def articles_on(brand: Brand, reader: Reader, category: Category | None) -> list[Listed]:
    """Return all articles of a category as the reader sees them."""
    return listed(_light(brand).filter(category=category), reader)


def find_public(brand: Brand, key: str) -> Article | None:
    """Find an article that readers may see, by its key."""
    return public_articles(brand).filter(key=key).first()


def public_by_keys(brand: Brand, keys: Sequence[str], reader: Reader) -> list[Listed]:
    """Return the articles of these keys as the reader sees them, in this order; what there is none of is left out."""
    found = {one.article.key: one for one in listed(_light(brand).filter(key__in=list(keys)), reader)}
    return [found[key] for key in dict.fromkeys(keys) if key in found]


def beside(article: Article, brand: Brand, reader: Reader, *, most: int = 4) -> list[Listed]:
    """Return other articles of the same category."""
    if article.category_id is None:
        return []
    others = _light(brand).filter(category_id=article.category_id).exclude(pk=article.pk)
    return listed(others[: most * 3], reader)[:most]


def newest(brand: Brand, language: str, market: str, *, start: int, most: int) -> list[ArticleText]:
    """Return live texts in a language (in this market or everywhere), the newest first, with their bodies."""
    here = ArticleText.objects.filter(
        workspace_id=brand.workspace_id, live__isnull=False, language=language, article__internal=False
    ).filter(Q(article__brand_id=brand.pk) | Q(article__brand_id=None))
    here = here.filter(market__in=["", market])
    found = here.select_related("article", "article__category", "live").order_by("-published_at", "-pk")
    return list(found[start : start + most])


def places_spoken(brand: Brand) -> list[tuple[str, str]]:
    """Return (language, market) of everything that readers may see, the most written first."""
    rows = (
        ArticleText.objects.filter(
            Q(article__brand_id=brand.pk) | Q(article__brand_id=None),
            workspace_id=brand.workspace_id,
            live__isnull=False,
            article__internal=False,
        )
        .values("language", "market")
        .annotate(number=Count("pk"))
        .order_by("-number", "language", "market")
    )
    return [(row["language"], row["market"]) for row in rows]


def public_part(brand: Brand, *, after: int, most: int) -> list[Article]:
    """Return public articles by their id, with their live texts: one part of a long list."""
    return list(_light(brand).filter(pk__gt=after).order_by("pk")[:most])


def public_starts(brand: Brand, *, each: int) -> list[int]:
    """Return after which id each part of `each` public articles begins."""
    ids = list(public_articles(brand).order_by("pk").values_list("pk", flat=True))
    return [0, *(ids[at - 1] for at in range(each, len(ids), each))]
