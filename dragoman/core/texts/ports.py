"""What texts ask upwards: which kinds there are, and what is said where nobody wrote anything."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.core.accounts.models import Brand
from dragoman.kit.registry import Registry

from .chain import Ours


@dataclass(frozen=True)
class Standing:
    """A text that every brand has a place for, whether it is written or not."""

    key: str
    label: Any
    about: Any


@dataclass(frozen=True)
class TextKind:
    """One kind of text, offered by the room that sends it.

    `slots` are filled in when it goes out; with `is_open` others may stand in it for a person to fill in. `standing`
    are the texts that every brand has a place for. `ours` says what customers get in a language where the brand wrote
    nothing; with `ours_first` our sentence in the customer's language goes before the brand's in another.
    `page` is the address of one text's own page, for what is more than its words. Of a kind that `is_named` a brand has
    as many texts as people give keys to: one begins with its first words.
    """

    label: Any
    slots: Sequence[str] = ()
    longest: int = 2000
    is_open: bool = False
    standing: Sequence[Standing] = ()
    ours: Callable[[Brand, str, str, str], Ours | None] | None = None
    ours_first: bool = False
    page: Callable[[str], str] | None = None
    is_named: bool = False


@dataclass(frozen=True)
class Variable:
    """What texts may name in braces, offered by the room that fills it in; `theme` is what it is about."""

    label: Any
    theme: Any


text_kinds: Registry[TextKind] = Registry("kind of text")
# name (`parcel.link`) -> what stands there when it is sent
variables: Registry[Variable] = Registry("variable")
