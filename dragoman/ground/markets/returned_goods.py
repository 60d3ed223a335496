"""What a customs territory asks of goods that come back to it, so that no duty is due a second time."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from .playbook import Source

FILE: Final = Path(__file__).with_name("returned_goods.toml")
Condition = Literal[
    "exported_there", "same_state", "on_application", "not_from_ni", "drawback_repaid", "identity"
]
Proof = Literal[
    "export_declaration", "invoice", "order", "tracking", "reason", "shipper_declaration", "owner_declaration"
]


class Relief(BaseModel):
    """The relief of a territory: by which law, claimed with which code, until how many years after the export.

    `years` None: no limit was named. `unless`: for goods made there, or back at their first sender, it does not hold.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    law: str
    claim: str
    years: Annotated[int, Field(ge=1, le=10)] | None = None
    unless: Literal["", "made_there", "first_sender"] = ""
    conditions: tuple[Condition, ...]
    proofs: tuple[Proof, ...]
    sources: tuple[str, ...]


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    sources: dict[str, Source]
    reliefs: dict[str, Relief]


@lru_cache(maxsize=1)
def _file() -> _File:
    return _File.model_validate(tomllib.loads(FILE.read_text("utf-8")))


def relief_of(territory: str) -> Relief | None:
    """Return the relief of a customs territory; None where nobody read its rule."""
    return _file().reliefs.get(territory)


def sources_of(relief: Relief) -> tuple[Source, ...]:
    """Return what was read of it."""
    return tuple(_file().sources[key] for key in relief.sources)
