"""The table of texts and languages: how each stands, narrowed as the reader asks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dragoman.core.accounts.models import Agent
from dragoman.core.accounts.queries import workspace_facts
from dragoman.core.texts.localised import Cell, Entry, cell_of, entries_of, languages_of
from dragoman.core.texts.ports import text_kinds
from dragoman.kit.tags import is_known, normalise

from .exchange import sources_of
from .words import STATES, WORK

MOST_LINES = 300


@dataclass(frozen=True)
class Wanted:
    """What is asked for; `state` is one of the states, or `work` for all that waits for somebody."""

    kind: str = ""
    brand: int | None = None
    language: str = ""
    state: str = ""
    words: str = ""
    all_languages: bool = False

    @property
    def is_narrow(self) -> bool:
        """Say whether anything is left out."""
        return bool(self.kind or self.brand or self.state or self.words)


def wanted_in(given: Mapping[str, str]) -> Wanted:
    """Return what a page's address asks for; what makes no sense is left out."""
    brand, tag, state = given.get("brand", ""), normalise(given.get("language", "")), given.get("state", "")
    return Wanted(
        kind=given.get("kind", "") if given.get("kind", "") in text_kinds else "",
        brand=int(brand) if brand.isascii() and brand.isdigit() and len(brand) < 19 else None,
        language=tag if tag and is_known(tag) else "",
        state=state if state in (*STATES, "work") else "",
        words=given.get("q", "").strip()[:100],
        all_languages=given.get("languages") == "all",
    )


@dataclass(frozen=True)
class Line:
    """One text with its cells, in the order of the table's languages."""

    entry: Entry
    cells: Sequence[Cell]


@dataclass
class Tally:
    """How many texts stand how in a language."""

    language: str
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def done(self) -> int:
        """Count those that nobody has to look at."""
        return sum(count for state, count in self.counts.items() if state not in WORK)

    @property
    def all(self) -> int:
        """Count all."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class Table:
    """What the page shows."""

    languages: Sequence[str]
    lines: Sequence[Line]
    tallies: Sequence[Tally]
    whole: int
    more: int = 0  # lines beyond those shown
    sources: Sequence[str] = ()  # variants that texts are written from, the most used first


def table_of(agent: Agent, wanted: Wanted) -> Table:
    """Return the texts of an agent's workspace as they stand."""
    facts = workspace_facts(agent.workspace_id)
    entries = entries_of(agent.workspace_id)
    languages = languages_of(agent.workspace_id, entries)
    if wanted.all_languages:
        languages = list(dict.fromkeys([*languages, *facts.languages]))
    if wanted.language:
        languages = [wanted.language]
    lines = [
        Line(entry, [cell_of(entry, language) for language in languages])
        for entry in entries
        if _is_meant(entry, wanted)
    ]
    lines = [line for line in lines if _stands(line, wanted.state)]
    tallies = [Tally(language) for language in languages]
    for line in lines:
        for tally, cell in zip(tallies, line.cells, strict=True):
            for state in cell.states[:1] + [state for state in cell.states[1:] if state in WORK]:
                tally.counts[state] = tally.counts.get(state, 0) + 1
    more = max(0, len(lines) - MOST_LINES)
    return Table(languages, lines[:MOST_LINES], tallies, len(entries), more, sources_of(entries))


def _is_meant(entry: Entry, wanted: Wanted) -> bool:
    if wanted.kind and entry.kind != wanted.kind:
        return False
    if wanted.brand and (entry.brand is None or entry.brand.pk != wanted.brand):
        return False
    if not wanted.words:
        return True
    needle = wanted.words.casefold()
    return any(needle in text.casefold() for text in [entry.title, entry.key, *entry.texts.values()])


def _stands(line: Line, state: str) -> bool:
    if not state:
        return True
    looked_for = WORK if state == "work" else (state,)
    return any(one in looked_for for cell in line.cells for one in cell.states)
