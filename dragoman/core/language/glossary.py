"""The words of a workspace: how its terms are said in other languages, and whether a translation said them so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Prefetch, Q, QuerySet

from dragoman.core.language.errors import NoEntry
from dragoman.core.language.glossary_models import GlossaryEntry, GlossaryTerm
from dragoman.core.language.scope import Scope
from dragoman.core.language.terms_found import Place, Wanted, Wordbook
from dragoman.kit.memo import Memo
from dragoman.kit.tags import same
from dragoman.kit.text import fold

_MOST_CHECKED = 20_000  # characters
APPROVED = GlossaryEntry.Status.APPROVED
FORBIDDEN = GlossaryTerm.Use.FORBIDDEN


@dataclass(frozen=True)
class Word:
    """One word of an entry; `language` is empty where it is the same in all."""

    text: str
    language: str
    market: str
    use: str


@dataclass(frozen=True)
class Entry:
    """An approved entry as texts are held against it."""

    pk: int
    brand_id: int | None
    keep: bool
    case_sensitive: bool
    note: str
    words: tuple[Word, ...]

    def serves(self, scope: Scope) -> bool:
        """Say whether it counts for a brand; without one those of all brands do."""
        return self.brand_id is None or self.brand_id == scope.brand_id

    def said(self, language: str, market: str = "") -> list[str]:
        """Return what is to be said in a language: the market's words first, the preferred before the admitted."""
        mine = [
            word
            for word in self.words
            if word.use != FORBIDDEN
            and (not word.language or same(word.language, language))
            and word.market in ("", market)
        ]
        mine.sort(key=lambda word: (not word.market, word.language != language, word.use != "preferred"))
        return [word.text for word in mine]


@dataclass
class Glossary:
    """All approved entries of a workspace, and the books of words made of them as languages come up."""

    entries: dict[int, Entry]
    stamp: int = 0  # another one once any of them changed
    _books: dict[tuple[str, str], tuple[Wordbook, list[tuple[Entry, Word]]]] = field(default_factory=dict)

    def book(self, language: str, kind: str) -> tuple[Wordbook, list[tuple[Entry, Word]]]:
        """Return the words of a language that are `said` or `forbidden`, ready to be found."""
        key = (language, kind)
        if key not in self._books:
            words = [
                (entry, word)
                for entry in self.entries.values()
                for word in entry.words
                if (word.use == FORBIDDEN) == (kind == "forbidden")
                and (not word.language or same(word.language, language))
            ]
            wanted = [
                Wanted(number, word.text, entry.case_sensitive) for number, (entry, word) in enumerate(words)
            ]
            self._books[key] = Wordbook(wanted, language), words
        return self._books[key]


glossaries: Memo[int, Glossary] = Memo(seconds=5, size=512)


@dataclass(frozen=True)
class Found:
    """A word of the glossary in a text (code points, end exclusive); `part` says it is only part of a compound."""

    start: int
    end: int
    entry: Entry
    word: Word
    part: bool


def glossary_of(workspace_id: int) -> Glossary:
    """Return a workspace's approved words, at most 5 s old."""

    def load() -> Glossary:
        rows = (
            GlossaryEntry.objects.filter(workspace_id=workspace_id, status=APPROVED)
            .prefetch_related(Prefetch("terms", GlossaryTerm.objects.filter(workspace_id=workspace_id)))
            .order_by("pk")
        )
        entries = {row.pk: _entry(row) for row in rows}
        return Glossary(entries, hash(tuple(entries.values())))

    found = glossaries.get(workspace_id, load)
    assert found is not None
    return found


def _entry(row: GlossaryEntry) -> Entry:
    words = tuple(Word(term.text, term.language, term.market, term.use) for term in row.terms.all())
    return Entry(row.pk, row.brand_id, row.keep, row.case_sensitive, row.note, words)


def kept_words(workspace_id: int, brand_id: int | None) -> tuple[str, ...]:
    """Return the words nobody translates: product names, the shop's name."""
    scope = Scope(workspace_id, brand_id)
    entries = glossary_of(workspace_id).entries.values()
    return tuple(
        word.text
        for entry in entries
        if entry.keep and entry.serves(scope)
        for word in entry.words
        if word.use != FORBIDDEN
    )


def terms_in(text: str, *, language: str, scope: Scope, kind: str = "said") -> list[Found]:
    """Return the words of the glossary that stand in a text, in order; `kind` is `said` or `forbidden`."""
    if scope.workspace_id is None or not language:
        return []
    glossary = glossary_of(scope.workspace_id)
    if not glossary.entries:
        return []
    book, words = glossary.book(language, kind)
    return [
        one for place in book.find(text[:_MOST_CHECKED]) if (one := _counts(place, words, scope)) is not None
    ]


def _counts(place: Place, words: Sequence[tuple[Entry, Word]], scope: Scope) -> Found | None:
    entry, word = words[place.label]
    if not entry.serves(scope) or word.market not in ("", scope.market):
        return None
    return Found(place.start, place.end, entry, word, place.part)


def terms_for(texts: Sequence[str], *, source: str, target: str, scope: Scope) -> tuple[tuple[str, str], ...]:
    """Return (as it stands in a text, as it is to be said) for every term of the glossary in these texts.

    A term that is not translated has the same word twice.
    """
    pairs: dict[str, str] = {}
    for text in texts:
        for found in terms_in(text, language=source, scope=scope):
            written = text[found.start : found.end]
            said = [written] if found.entry.keep else found.entry.said(target, scope.market)
            if said and not found.part:
                pairs.setdefault(written, said[0].rstrip("*"))
    return tuple(pairs.items())


def term_faults(text: str, said: str, *, source: str, target: str, scope: Scope) -> tuple[str, ...]:
    """Return `term:<written>|<what should have been said>` for each term that a translation broke, and
    `forbidden:<word>|<what to say instead>` for each word in it that nobody is to use; the second part may be empty.
    """
    faults: list[str] = []
    if scope.workspace_id is None:
        return ()
    for found in terms_in(text, language=source, scope=scope):
        if found.part:
            continue
        written = text[found.start : found.end]
        if found.entry.keep:
            if fold(found.word.text.rstrip("*")) not in fold(said):
                faults.append(f"term:{written}|{found.word.text}")
            continue
        expected = found.entry.said(target, scope.market)
        if expected and not _says(said, found.entry, expected, target):
            faults.append(f"term:{written}|{expected[0]}")
    return tuple(dict.fromkeys([*faults, *forbidden_in(said, language=target, scope=scope)]))


def _says(said: str, entry: Entry, expected: Iterable[str], target: str) -> bool:
    book = Wordbook([Wanted(entry.pk, text, entry.case_sensitive) for text in expected], target)
    return bool(book.find(said[:_MOST_CHECKED]))


def forbidden_in(text: str, *, language: str, scope: Scope) -> tuple[str, ...]:
    """Return `forbidden:<word as it stands>|<what to say instead>` for each word of a text nobody is to use."""
    return tuple(
        dict.fromkeys(
            f"forbidden:{text[found.start : found.end]}|{next(iter(found.entry.said(language, scope.market)), '')}"
            for found in terms_in(text, language=language, scope=scope, kind="forbidden")
            if not found.part
        )
    )


def entries_of(
    workspace_id: int,
    *,
    words: str = "",
    language: str = "",
    brand_id: int | None = None,
    status: str = "",
    kind: str = "",
) -> QuerySet[GlossaryEntry]:
    """All entries of a workspace, proposed ones first, narrowed; `kind` is keep, forbidden or term."""
    found = GlossaryEntry.objects.filter(workspace_id=workspace_id)
    terms = GlossaryTerm.objects.filter(workspace_id=workspace_id)
    if words.strip():
        hits = terms.filter(folded__contains=fold(words.strip())).values("entry_id")
        found = found.filter(Q(pk__in=hits) | Q(note__icontains=words.strip()))
    if language:
        found = found.filter(
            pk__in=terms.filter(Q(language="") | Q(language__startswith=language.partition("-")[0])).values(
                "entry_id"
            )
        )
    if brand_id is not None:
        found = found.filter(Q(brand=None) | Q(brand_id=brand_id))
    if status:
        found = found.filter(status=status)
    if kind == "keep":
        found = found.filter(keep=True)
    if kind == "forbidden":
        found = found.filter(pk__in=terms.filter(use=FORBIDDEN).values("entry_id"))
    if kind == "term":
        found = found.filter(keep=False)
    ordered = GlossaryTerm.objects.filter(workspace_id=workspace_id).order_by("language", "market", "pk")
    return (
        found.select_related("brand").prefetch_related(Prefetch("terms", ordered)).order_by("-status", "-pk")
    )


def get_entry(workspace_id: int, entry_id: int) -> GlossaryEntry:
    """Return one entry with its terms; raises NoEntry."""
    found = entries_of(workspace_id).filter(pk=entry_id).first()
    if found is None:
        raise NoEntry
    return found


def languages_used(workspace_id: int) -> dict[str, int]:
    """Return how many words there are in each language."""
    rows = (
        GlossaryTerm.objects.filter(workspace_id=workspace_id)
        .values_list("language")
        .annotate(count=Count("pk"))
    )
    return dict(rows)
