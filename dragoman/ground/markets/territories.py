"""Customs territories: which one an address lies in, and what stands between two of them."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from .playbook import Source

FILE: Final = Path(__file__).with_name("customs_territories.toml")
Code = Annotated[str, Field(pattern=r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$")]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
Border = Literal["none", "tax", "customs", "not_known"]


class _Shape(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Union(_Shape):
    """Countries without a customs border between them."""

    code: Code
    countries: tuple[Country, ...]
    source: str


class Area(_Shape):
    """Part of a country that stands outside of its customs or its VAT; `note` says which, in a code."""

    name: str
    of: Country
    postcodes: tuple[str, ...]
    countries: tuple[Country, ...]
    customs: tuple[Code, ...]
    tax: tuple[Code, ...]
    note: Literal["ni", "no_vat", "no_customs"]
    source: str


class _File(_Shape):
    sources: dict[str, Source]
    territories: tuple[Union, ...]
    areas: tuple[Area, ...]


@dataclass(frozen=True)
class Territory:
    """Where an address lies: the customs and the tax territories it belongs to, and the area where it is a special one.

    Northern Ireland belongs to two. All are empty where no country is known.
    """

    country: str
    customs: frozenset[str]
    tax: frozenset[str]
    area: Area | None = None

    @property
    def code(self) -> str:
        """Return the customs territory whose rules hold for what comes in: the country's own before a union's."""
        own = self.area.of if self.area else self.country
        return own if own in self.customs else min(self.customs, default="")


@lru_cache(maxsize=1)
def _file() -> _File:
    return _File.model_validate(tomllib.loads(FILE.read_text("utf-8")))


def territory_of(country: str, postcode: str = "") -> Territory:
    """Return the territory of an address; a country nobody grouped is one of its own."""
    country, code = country.strip().upper(), "".join(postcode.upper().split()).replace("-", "")
    if not country:
        return Territory("", frozenset(), frozenset())
    for area in _file().areas:
        inside = country == area.of and code and code.startswith(area.postcodes or ("\0",))
        if inside or country in area.countries:
            return Territory(country, frozenset(area.customs), frozenset(area.tax), area)
    for union in _file().territories:
        if country in union.countries:
            return Territory(country, frozenset([union.code]), frozenset([union.code]))
    return Territory(country, frozenset([country]), frozenset([country]))


def source_of(area: Area) -> Source:
    """Return where it was read that an area stands apart."""
    return _file().sources[area.source]


def border_between(one: Territory, other: Territory) -> Border:
    """Say what a parcel crosses: nothing, the border of a VAT area inside one customs territory, or customs."""
    if not (one.customs and other.customs):
        return "not_known"
    if not one.customs & other.customs:
        return "customs"
    return "none" if one.tax & other.tax else "tax"
