"""Asking for localised texts: which there are, what each says, what is behind its source, and who gets what."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch, Q, QuerySet

from dragoman.core.accounts.models import Brand
from dragoman.core.accounts.queries import brands_of, workspace_facts
from dragoman.kit.memo import Memo
from dragoman.kit.tags import match, same
from dragoman.kit.variants import EVERY, key_of

from .chain import Ours, Reader, Served, serve
from .errors import NoText
from .models import EarlierWording, LocalisedText, Variant
from .ports import TextKind, text_kinds

MACRO = "macro"
# a key that people give a text
NAME = re.compile(r"[\w.-]{1,80}")
# what the brand's customers get now: {(kind, key): {"de": ..., "de@AT": ...}}, at most this old
_said: Memo[int, Mapping[tuple[str, str], Mapping[str, str]]] = Memo(seconds=5)


@dataclass(frozen=True)
class Entry:
    """A text's place: written (`text`) or still empty; what was read stays so, ask anew after a change."""

    kind: str
    key: str
    brand: Brand | None = None
    text: LocalisedText | None = None

    @property
    def ref(self) -> str:
        """Return what addresses, files and the API call it."""
        return f"{self.kind}.{self.brand.pk if self.brand else 0}.{self.key}"

    @property
    def of(self) -> TextKind:
        """Return its kind."""
        return text_kinds[self.kind]

    @property
    def title(self) -> str:
        """Return its name, in the reader's language where it is ours."""
        if self.text is not None and self.text.macro is not None:
            return self.text.macro.name
        if self.text is not None and self.text.title:
            return self.text.title
        return str(next((one.label for one in self.of.standing if one.key == self.key), self.key))

    @property
    def about(self) -> str:
        """Say in a sentence where it is read, empty where its kind does not say."""
        return str(next((one.about for one in self.of.standing if one.key == self.key), ""))

    @cached_property
    def variants(self) -> list[Variant]:
        """Return what is written, the source first."""
        if self.text is None:
            return []
        source = self.text.source
        return sorted(self.text.variants.all(), key=lambda one: (one.name != source, one.name))

    @property
    def texts(self) -> dict[str, str]:
        """Return what is written as {"de": ..., "de@AT": ...}."""
        return {name: one.words for name, one in self.by_name.items()}

    @cached_property
    def by_name(self) -> dict[str, Variant]:
        """Return what is written by its name (`de`, `de@AT`)."""
        return {one.name: one for one in self.variants}

    @property
    def source(self) -> Variant | None:
        """Return the variant that the others are written from."""
        return self.by_name.get(self.text.source) if self.text else None

    def find(self, language: str, market: str = "") -> Variant | None:
        """Find what is written for exactly this language and market."""
        return self.by_name.get(key_of(language, market))


def _rows(workspace_id: int) -> QuerySet[LocalisedText]:
    variants = Variant.objects.filter(workspace_id=workspace_id).select_related("agent")
    found = LocalisedText.objects.filter(workspace_id=workspace_id).select_related("brand", "macro")
    return found.prefetch_related(Prefetch("variants", queryset=variants))


def entries_of(workspace_id: int) -> list[Entry]:
    """Return all texts that everybody uses: those every brand has a place for, then the others by name."""
    rows = _rows(workspace_id).filter(Q(macro=None) | Q(macro__owner=None))
    written = {(row.kind, row.brand_id, row.key): row for row in rows if row.kind in text_kinds}
    brands = list(brands_of(workspace_id))
    found: list[Entry] = []
    for name, kind in text_kinds.items():
        for brand in brands:
            for one in kind.standing:
                found.append(Entry(name, one.key, brand, written.pop((name, brand.pk, one.key), None)))
    others = [Entry(row.kind, row.key, row.brand, row) for row in written.values()]
    return found + sorted(others, key=lambda one: (one.kind, one.title.casefold(), one.key))


def get_entry(workspace_id: int, ref: str) -> Entry:
    """Return a text by its ref, written or not; raises NoText. Agents' own macros are not among them."""
    kind, _dot, rest = ref.partition(".")
    number, _dot, key = rest.partition(".")
    if kind not in text_kinds or not (number.isascii() and number.isdigit() and len(number) < 19):
        raise NoText
    rows = _rows(workspace_id).filter(kind=kind, key=key)
    row = (rows.filter(brand_id=int(number)) if int(number) else rows.filter(brand=None)).first()
    if row is not None:
        if row.macro is not None and row.macro.owner_id is not None:
            raise NoText
        return Entry(kind, key, row.brand, row)
    brand = brands_of(workspace_id).filter(pk=int(number)).first()
    if brand is None or not _has_place(kind, key):
        raise NoText
    return Entry(kind, key, brand)


def _has_place(kind: str, key: str) -> bool:
    """Say whether a brand may write a text that is not there yet."""
    if text_kinds[kind].is_named:
        return NAME.fullmatch(key) is not None
    return key in {one.key for one in text_kinds[kind].standing}


def is_stale(entry: Entry, one: Variant) -> bool:
    """Say whether the source was written anew since."""
    source = entry.source
    return source is not None and one.pk != source.pk and one.source_version < source.version


def state_of(entry: Entry, one: Variant | None) -> str:
    """Return `source`, `right`, `stale`, `machine` (nobody looked at it) or `missing`."""
    if one is None:
        return "missing"
    if is_stale(entry, one):
        return "stale"
    if one.made == Variant.Made.MACHINE and one.confirmed_at is None:
        return "machine"
    return "source" if entry.text is not None and one.name == entry.text.source else "right"


@dataclass(frozen=True)
class Cell:
    """How a text stands in one language; `markets` are (market, state) of those with words of their own.

    Where nothing is written, `state` is `every` (the text for all other languages serves), `ours` (our sentence) or
    `missing`.
    """

    language: str
    state: str
    markets: Sequence[tuple[str, str]] = ()

    @property
    def states(self) -> list[str]:
        """Return all states in it."""
        return [self.state, *(state for _market, state in self.markets)]


def cell_of(entry: Entry, language: str) -> Cell:
    """Return how a text stands in a language."""
    mine = [one for one in entry.variants if one.language == language]
    plain = next((one for one in mine if not one.market), None)
    state = state_of(entry, plain)
    if plain is None:
        said = _ours_of(entry, language)
        every = entry.find(EVERY) is not None
        ours = said is not None and match(language, [said.language]) is not None
        first = said is not None and entry.of.ours_first and same(said.language, language)
        if ours and (first or not every):
            state = "ours"
        elif every:
            state = "every"
    return Cell(language, state, [(one.market, state_of(entry, one)) for one in mine if one.market])


def _ours_of(entry: Entry, language: str, market: str = "") -> Ours | None:
    say = entry.of.ours
    return say(entry.brand, entry.key, language, market) if say and entry.brand else None


def languages_of(workspace_id: int, entries: Sequence[Entry]) -> list[str]:
    """Return the languages that matter here: the team's, the brands', those of what is written, in that order."""
    team = workspace_facts(workspace_id).language
    brands = [brand.language for brand in brands_of(workspace_id)]
    written = sorted({one.language for entry in entries for one in entry.variants} - {EVERY})
    return list(dict.fromkeys([team, *brands, *written]))


def served(
    entry: Entry, *, language: str, market: str = "", texts: Mapping[str, str] | None = None
) -> Served | None:
    """Return what a customer gets of a text and which places were looked at; `texts` instead of what is stored."""
    return _served(entry, language, market, entry.texts if texts is None else texts)


def _served(entry: Entry, language: str, market: str, texts: Mapping[str, str]) -> Served | None:
    brand = entry.brand
    workspace_id = brand.workspace_id if brand else entry.text.workspace_id if entry.text else None
    team = workspace_facts(workspace_id).language if workspace_id else ""
    reader = Reader(language, market, brand.language if brand else "", team)
    kind = entry.of
    return serve(
        texts,
        reader,
        ours=(lambda tag: _ours_of(entry, tag, market)) if kind.ours and brand else None,
        ours_first=kind.ours_first,
        any_at_last=kind.is_open,
    )


def said_to(brand: Brand, kind: str, key: str, *, language: str, market: str = "") -> Served | None:
    """Return what a brand's customer gets of a standing text, at most 5 s old; None where nothing serves."""
    return _served(Entry(kind, key, brand), language, market, texts_said(brand, kind, key))


def texts_said(brand: Brand, kind: str, key: str) -> Mapping[str, str]:
    """Return a standing text of a brand in all its languages, at most 5 s old."""

    def load() -> Mapping[tuple[str, str], Mapping[str, str]]:
        rows = LocalisedText.objects.filter(workspace_id=brand.workspace_id, brand_id=brand.pk)
        return {(row.kind, row.key): row.texts for row in rows.prefetch_related("variants")}

    return (_said.get(brand.pk, load) or {}).get((kind, key), {})


def forget_said() -> None:
    """Ask the database again."""
    _said.forget()


def wordings_of(one: Variant) -> list[EarlierWording]:
    """Return what a variant said before, the newest first."""
    found = EarlierWording.objects.filter(workspace_id=one.workspace_id, variant_id=one.pk)
    return list(found.select_related("agent").order_by("-version"))


def words_at(one: Variant, version: int) -> str | None:
    """Return what a variant said in one of its versions; None where that is forgotten."""
    if version == one.version:
        return one.words
    found = EarlierWording.objects.filter(workspace_id=one.workspace_id, variant_id=one.pk, version=version)
    return found.values_list("words", flat=True).first()


def version_with(one: Variant, words: str) -> int | None:
    """Return the newest version of a variant that said exactly this."""
    plain = words.strip()
    if one.words.strip() == plain:
        return one.version
    return next((early.version for early in wordings_of(one) if early.words.strip() == plain), None)
