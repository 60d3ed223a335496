"""The team's list of articles: narrowed as its reader asks, with how each text stands in each language and market."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.db.models import Prefetch, Q, QuerySet

from dragoman.core.texts.models import Variant
from dragoman.kit.variants import parted

from .models import Article, ArticleText
from .queries import find_text, is_stale, source_of
from .search import Asked, search

_MOST_SEARCHED = 30
# what waits for somebody
WORK = ("review", "stale", "machine", "missing")


@dataclass(frozen=True)
class Wanted:
    """What is asked for; `state` is one of a text's, or `stale`, `machine`, `missing`, `work`, `no_owner`."""

    words: str = ""
    category: str = ""
    brand_id: int | None = None
    language: str = ""
    state: str = ""
    owner_id: int | None = None

    @property
    def is_narrow(self) -> bool:
        """Say whether anything is left out."""
        return any((self.words, self.category, self.brand_id, self.state, self.owner_id))


@dataclass(frozen=True)
class Cell:
    """How an article stands in a language: of the text for every market, and of those for single ones."""

    language: str
    state: str
    markets: Sequence[tuple[str, str]] = ()

    @property
    def states(self) -> list[str]:
        """Return all of them."""
        return [self.state, *(state for _market, state in self.markets)]


@dataclass(frozen=True)
class Line:
    """An article with its cells, in the order of the table's languages."""

    article: Article
    source: ArticleText | None
    cells: Sequence[Cell]

    @property
    def title(self) -> str:
        """Return the title of its source."""
        return self.source.head.title if self.source and self.source.head else self.article.key

    @property
    def written(self) -> int:
        """Count the languages it is written in."""
        return sum(1 for cell in self.cells if cell.state != "missing" or cell.markets)

    def count(self, state: str) -> int:
        """Count the texts that stand so."""
        return sum(cell.states.count(state) for cell in self.cells)


@dataclass
class Tally:
    """How many texts stand how in a language."""

    language: str
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def done(self) -> int:
        """Count those that readers see and nobody has to look at."""
        return self.counts.get("published", 0)

    @property
    def all(self) -> int:
        """Count all."""
        return sum(self.counts.values())


def state_of(text: ArticleText | None, source: ArticleText | None) -> str:
    """Return how a text stands, as the table shows it; what waits for somebody goes before what is published."""
    if text is None:
        return "missing"
    status = text.status
    if status == ArticleText.Status.PUBLISHED:
        if is_stale(text, source):
            return "stale"
        if text.live and text.live.made == Variant.Made.MACHINE and text.checked_at is None:
            return "machine"
    return status


def _light(workspace_id: int) -> QuerySet[Article]:
    texts = ArticleText.objects.filter(workspace_id=workspace_id).select_related("head", "live")
    texts = texts.defer("head__body", "live__body", "head__summary", "live__summary").order_by("pk")
    found = Article.objects.filter(workspace_id=workspace_id).select_related("category", "owner", "brand")
    return found.prefetch_related(Prefetch("texts", queryset=texts)).order_by(
        "category__position", "position", "pk"
    )


def lines_of(workspace_id: int, wanted: Wanted, languages: Sequence[str] = ()) -> list[Line]:
    """Return the articles asked for; `languages` are the table's columns, without them all that are written."""
    found = _light(workspace_id)
    if wanted.category:
        found = (
            found.filter(category__key=wanted.category)
            if wanted.category != "-"
            else found.filter(category=None)
        )
    if wanted.brand_id:
        found = found.filter(Q(brand_id=wanted.brand_id) | Q(brand_id=None))
    if wanted.owner_id:
        found = found.filter(owner_id=wanted.owner_id)
    if wanted.state == "no_owner":
        found = found.filter(owner=None)
    if wanted.words:
        said = ArticleText.objects.filter(workspace_id=workspace_id)
        for word in wanted.words.split()[:8]:
            said = said.filter(
                Q(head__title__icontains=word)
                | Q(head__body__icontains=word)
                | Q(article__key__icontains=word)
            )
        # the index knows other forms of a word, and what is published alone
        asked = Asked(wanted.words, brand_id=wanted.brand_id, internal=True, limit=_MOST_SEARCHED)
        known = [one.text.article_id for one in search(workspace_id, asked)]
        found = found.filter(Q(pk__in=said.values("article_id")) | Q(pk__in=known))
    articles = list(found)
    columns = list(languages) or columns_of(articles)
    lines = [line_of(article, columns) for article in articles]
    return [line for line in lines if _stands(line, wanted)]


def columns_of(articles: Sequence[Article]) -> list[str]:
    """Return the languages that anything is written in, the most written first."""
    counted: dict[str, int] = {}
    for text in (text for article in articles for text in article.texts.all()):
        counted[text.language] = counted.get(text.language, 0) + 1
    return sorted(counted, key=lambda tag: (-counted[tag], tag))


def line_of(article: Article, languages: Sequence[str]) -> Line:
    """Return one article as a line of the table."""
    source = source_of(article)
    return Line(article, source, [_cell(article, source, one) for one in languages])


def _cell(article: Article, source: ArticleText | None, language: str) -> Cell:
    markets = [
        (parted(one.name)[1], state_of(one, source))
        for one in article.texts.all()
        if one.language == language and one.market
    ]
    return Cell(language, state_of(find_text(article, language), source), sorted(markets))


def _stands(line: Line, wanted: Wanted) -> bool:
    if not wanted.state or wanted.state == "no_owner":
        return True
    looked_for = WORK if wanted.state == "work" else (wanted.state,)
    cells = [cell for cell in line.cells if not wanted.language or cell.language == wanted.language]
    return any(state in looked_for for cell in cells for state in cell.states)


def tallies_of(lines: Sequence[Line], languages: Sequence[str]) -> Iterator[Tally]:
    """Yield how many texts stand how, language by language."""
    for place, language in enumerate(languages):
        tally = Tally(language)
        for line in lines:
            for state in line.cells[place].states:
                tally.counts[state] = tally.counts.get(state, 0) + 1
        yield tally
