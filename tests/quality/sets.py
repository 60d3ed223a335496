"""The evaluation sets: written by other hands than the data, before it, and never trained on."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.ground.markets.facts import Languages
from dragoman.ground.markets.playbook import playbook

FOLDER = Path(__file__).parent / "sets"


@dataclass(frozen=True)
class Line:
    """One message of an evaluation set with what its writer says of it."""

    language: str
    text: str
    intent: str = ""
    sentiment: str = ""


def languages() -> list[str]:
    """Return the tags there are sets for."""
    return sorted(path.stem for path in (FOLDER / "messages").glob("*.tsv"))


def messages(language: str) -> Iterator[Line]:
    """Yield the messages of a language with intent and sentiment."""
    for row in _rows("messages", language, "tsv"):
        intent, sentiment, text = row.split("\t")
        yield Line(language, text, intent, sentiment)


def texts(kind: str, language: str) -> list[str]:
    """Return the texts of a set without labels: `outside`, `short`, `romanised`; empty where there is none."""
    return _rows(kind, language, "txt")


def entities(language: str) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield (text, the entities in it: `type`, `text`, `value`)."""
    for row in _rows("entities", language, "tsv"):
        text, named = row.split("\t")
        yield text, json.loads(named)


@dataclass(frozen=True)
class Reply:
    """One reply of an agent, and what a lead of that market says of it: whether it offends there, and why."""

    language: str
    market: str
    text: str
    is_bad: bool
    codes: frozenset[str]


def replies(language: str) -> list[Reply]:
    """Return the replies of a language by which the tone check is judged; empty where there is no set."""
    rows = (row.split("\t") for row in _rows("tone", language, "tsv"))
    return [
        # Portugal's replies stand beside Brazil's
        Reply(
            "pt-PT" if market == "PT" else language,
            market,
            text,
            verdict == "bad",
            frozenset(codes.split(",")) - {"-"},
        )
        for market, verdict, codes, text in rows
    ]


def markets() -> list[str]:
    """Return the countries that there are replies for (ISO 3166-1)."""
    return sorted(path.stem for path in (FOLDER / "markets").glob("*.tsv"))


def market_replies(market: str) -> list[Reply]:
    """Return the replies by which the tone check is judged in a market, in the language most are served in there."""
    language = Languages.model_validate(playbook(market).facts["languages"][0].plain).root[0]
    rows = (row.split("\t") for row in _rows("markets", market, "tsv"))
    return [
        Reply(
            language, market, text.replace("\\n", "\n"), verdict == "bad", frozenset(codes.split(",")) - {"-"}
        )
        for _market, verdict, codes, text in rows
    ]


def personal() -> list[tuple[str, str, str]]:
    """Return (text, type, what of it is to be masked); numbers with valid checks, nobody's."""
    rows = (FOLDER / "personal.tsv").read_text("utf-8").splitlines()
    return [(text, kind, value) for text, kind, value in (row.split("\t") for row in rows)]


def impersonal() -> list[str]:
    """Return texts of orders, parcels, articles and forgotten passwords, of which nothing is to be masked."""
    return (FOLDER / "impersonal.txt").read_text("utf-8").splitlines()


def _rows(kind: str, language: str, ending: str) -> list[str]:
    path = FOLDER / kind / f"{language}.{ending}"
    return [row for row in path.read_text("utf-8").splitlines() if row.strip()] if path.exists() else []
