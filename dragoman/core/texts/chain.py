"""Which words a reader gets, and the places that were looked at on the way: one order for every kind of text."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from dragoman.kit.tags import same
from dragoman.kit.variants import EVERY, Step, parted, steps


@dataclass(frozen=True)
class Ours:
    """What we say where a shop wrote nothing of its own, and in which language that is."""

    words: str
    language: str


@dataclass(frozen=True)
class Reader:
    """For whom words are looked for: a customer's language (BCP 47) and market (ISO 3166-1), then whose come after."""

    language: str
    market: str = ""
    brand_language: str = ""
    team_language: str = ""


@dataclass(frozen=True)
class Looked:
    """A place that was looked at: `whose` is customer, every, brand, team, ours or any, `found` the variant there."""

    whose: str
    language: str
    market: str = ""
    found: str = ""

    @property
    def is_hit(self) -> bool:
        """Say whether the words come from here."""
        return bool(self.found)


@dataclass(frozen=True)
class Served:
    """The words a reader gets; `key` names their variant and is empty for our own sentence."""

    words: str
    language: str
    key: str = ""
    looked: tuple[Looked, ...] = field(default_factory=tuple)

    @property
    def market(self) -> str:
        """Return the market the words are for; empty for those of all markets."""
        return parted(self.key)[1]


Say = Callable[[str], Ours | None]


def serve(
    texts: Mapping[str, str],
    reader: Reader,
    *,
    ours: Say | None = None,
    ours_first: bool = False,
    any_at_last: bool = False,
) -> Served | None:
    """Return the words for a reader: their language in their market, their language everywhere (its base and siblings
    too), the text for all other languages, the brand's language, the workspace's; None where nothing serves.

    `ours` says our sentence in a language: with `ours_first` after each language, else at the end.
    """
    looked: list[Looked] = []
    wishes = {
        reader.language: "customer",
        **({EVERY: "every"} if any(parted(key)[0] == EVERY for key in texts) else {}),
    }
    for tag, whose in ((reader.brand_language, "brand"), (reader.team_language, "team")):
        wishes.setdefault(tag, whose)
    for tag, whose in wishes.items():
        if not tag:
            continue
        for step in steps(texts, language=tag, market=reader.market):
            looked.append(_seen(step, whose))
            if step.found is not None:
                return Served(texts[step.found], parted(step.found)[0], step.found, tuple(looked))
        if ours and ours_first and whose != "every" and (found := _ours(ours, tag, looked)):
            return found
    for tag in ("" if ours_first or not ours else reader.language, "en"):
        if ours and tag and (found := _ours(ours, tag, looked, strictly=tag != "en")):
            return found
    if any_at_last and texts:
        key = next(iter(texts))
        looked.append(Looked("any", *parted(key), key))
        return Served(texts[key], parted(key)[0], key, tuple(looked))
    return None


def _seen(step: Step, whose: str) -> Looked:
    return Looked(whose, step.language, step.market, step.found or "")


def _ours(ours: Say, tag: str, looked: list[Looked], *, strictly: bool = True) -> Served | None:
    """Take our sentence if there is one in this very language; otherwise the search goes on."""
    said = ours(tag)
    if said is None or not said.words or (strictly and not same(said.language, tag)):
        looked.append(Looked("ours", tag))
        return None
    looked.append(Looked("ours", tag, found="ours"))
    return Served(said.words, said.language, "", tuple(looked))
