"""A country's playbook: facts with their sources, read from one file a country and checked against the schema."""

import datetime
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from dragoman.kit.address import clean

from .errors import NoMarket, WrongFact
from .facts import EXTRA, KINDS, WebAddress

M = TypeVar("M", bound=BaseModel)

DATA = Path(__file__).parent / "data"
# a fact whose source was read longer ago is stale
FRESH_FOR = datetime.timedelta(days=365)


class BrokenPlaybook(Exception):
    """A playbook's file does not hold what it should; names the file, the place and what is expected."""


class Source(BaseModel):
    """Where a fact stands. `read` is the day somebody read it; without one it is only named from general knowledge."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str = Field(min_length=3)
    url: WebAddress | None = None
    read: datetime.date | None = None


class _HasDays(Protocol):
    @property
    def valid_from(self) -> datetime.date | None: ...
    @property
    def valid_to(self) -> datetime.date | None: ...


def follow(earlier: _HasDays, later: _HasDays) -> bool:
    """Say whether one row ends before the next begins."""
    return bool(earlier.valid_to and later.valid_from and earlier.valid_to < later.valid_from)


@dataclass(frozen=True)
class Fact:
    """One thing that holds in a country from `valid_from` until `valid_to` (both days included; None: open).

    `value` is one of facts.py. `verified` says that a source was read for it by those who wrote the playbook; `own`
    that it is not the playbook's but somebody's word on it. `law` names the article.
    """

    kind: str
    value: BaseModel
    sources: tuple[Source, ...]
    checked: datetime.date
    verified: bool
    law: str = ""
    note: str = ""
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None
    own: bool = False

    def holds_on(self, day: datetime.date) -> bool:
        """Say whether this is so on a day."""
        after = self.valid_from is None or self.valid_from <= day
        return after and (self.valid_to is None or day <= self.valid_to)

    def is_stale(self, day: datetime.date) -> bool:
        """Say whether the source should be read again."""
        return self.checked + FRESH_FOR < day

    @property
    def plain(self) -> Any:
        """The value as JSON knows it."""
        return self.value.model_dump(mode="json", exclude_defaults=False)


@dataclass(frozen=True)
class Playbook:
    """All that is known of a country (ISO 3166-1 alpha-2); kinds nobody has read a source for are in `unknown`."""

    country: str
    facts: Mapping[str, tuple[Fact, ...]]
    unknown: frozenset[str]

    def fact(self, kind: str, *, on: datetime.date) -> Fact | None:
        """Return what holds on a day; None where it is unknown."""
        return next((fact for fact in self.facts.get(kind, ()) if fact.holds_on(on)), None)


class _Written(BaseModel):
    """A fact as a file holds it."""

    model_config = ConfigDict(extra="forbid")

    value: Any
    sources: tuple[str, ...] = Field(min_length=1)
    checked: datetime.date
    verified: bool
    law: str = ""
    note: str = ""
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None


def countries() -> tuple[str, ...]:
    """Return the countries there are playbooks for, by code."""
    return tuple(sorted(path.stem.upper() for path in DATA.glob("??.toml")))


@lru_cache(maxsize=256)
def playbook(country: str) -> Playbook:
    """Return a country's playbook; raises NoMarket, and BrokenPlaybook where the file is wrong."""
    path = DATA / f"{country.lower()}.toml"
    if not (len(country) == 2 and country.isascii() and country.isalpha() and path.is_file()):
        raise NoMarket
    return read(path.read_text("utf-8"), name=path.name)


def read(text: str, *, name: str) -> Playbook:
    """Return what a file's text says; raises BrokenPlaybook."""
    try:
        written = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BrokenPlaybook(f"{name}: {error}") from error
    country, unknown = written.pop("country", None), written.pop("unknown", [])
    if not isinstance(country, str) or name.lower() != f"{country.lower()}.toml":
        raise BrokenPlaybook(f"{name}: country must be the two letters the file is named by")
    sources = {
        key: _checked(Source, known, f"{name}, sources.{key}")
        for key, known in _tables(written, "sources", name)
    }
    facts = {kind: _facts(kind, rows, sources, name) for kind, rows in written.items()}
    strange = set(unknown) - set(KINDS) | (set(unknown) & set(facts))
    missing = set(KINDS) - set(facts) - set(unknown)
    if strange or missing:
        raise BrokenPlaybook(
            f"{name}: each kind of fact is told or stands in unknown; look at {', '.join(sorted(strange | missing))}"
        )
    unused = set(sources) - {
        key for rows in written.values() for row in _rows(rows) for key in row["sources"]
    }
    if unused:
        raise BrokenPlaybook(f"{name}: no fact rests on the source {', '.join(sorted(unused))}")
    return Playbook(country=country, facts=facts, unknown=frozenset(unknown))


def _tables(written: dict[str, Any], key: str, name: str) -> list[tuple[str, Any]]:
    found = written.pop(key, {})
    if not isinstance(found, dict):
        raise BrokenPlaybook(f"{name}: {key} must be tables")
    return list(found.items())


def _rows(rows: Any) -> list[Any]:
    return rows if isinstance(rows, list) else [rows]


def _checked(model: type[M], value: object, where: str) -> M:
    try:
        return model.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        raise BrokenPlaybook(f"{where}{'.' + place if place else ''}: {first['msg']}") from error


def _facts(kind: str, rows: Any, sources: Mapping[str, Source], name: str) -> tuple[Fact, ...]:
    where = f"{name}, {kind}"
    model = KINDS.get(kind) or EXTRA.get(kind)
    if model is None:
        raise BrokenPlaybook(f"{where}: no such kind of fact; there are {', '.join(KINDS)}")
    facts = [_fact(kind, model, _checked(_Written, row, where), sources, where) for row in _rows(rows)]
    for earlier, later in pairwise(facts):
        if not follow(earlier, later):
            raise BrokenPlaybook(
                f"{where}: the rows must follow each other, valid_to of one before valid_from of the next"
            )
    return tuple(facts)


def _fact(
    kind: str, model: type[BaseModel], row: _Written, sources: Mapping[str, Source], where: str
) -> Fact:
    strange = [key for key in row.sources if key not in sources]
    if strange:
        raise BrokenPlaybook(f"{where}: the source {strange[0]} is not among the sources")
    named = tuple(sources[key] for key in row.sources)
    if row.verified and not any(source.read for source in named):
        raise BrokenPlaybook(f"{where}: verified needs a source with the day it was read")
    if row.valid_from and row.valid_to and row.valid_to < row.valid_from:
        raise BrokenPlaybook(f"{where}: valid_to is before valid_from")
    return Fact(
        kind=kind, value=_checked(model, row.value, f"{where}.value"), sources=named, checked=row.checked,
        verified=row.verified, law=row.law, note=row.note, valid_from=row.valid_from, valid_to=row.valid_to,
    )  # fmt: skip


def _cleaned(value: Any, deep: int = 0) -> Any:
    """Return a value without what PostgreSQL cannot hold; no kind of fact is nested deeper than ten."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list) and deep < 10:
        return [_cleaned(one, deep + 1) for one in value]
    if isinstance(value, dict) and deep < 10:
        return {
            clean(key) if isinstance(key, str) else key: _cleaned(one, deep + 1) for key, one in value.items()
        }
    return value


def checked_value(kind: str, value: object) -> BaseModel:
    """Return a value of a kind of fact, as an override gives it; raises WrongFact naming what is expected."""
    model = KINDS.get(kind)
    if model is None:
        raise WrongFact(kind, "", ", ".join(KINDS))
    try:
        return model.model_validate(_cleaned(value))
    except ValidationError as error:
        first = error.errors()[0]
        raise WrongFact(kind, ".".join(str(step) for step in first["loc"]), str(first["msg"])) from error
