"""Things found by name: channels, engines, panels, tools. A decorator registers, discovery imports."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Registry(Generic[T]):
    """A set of things by name that refuses doubles; `noun` is what its errors call a member."""

    def __init__(self, noun: str) -> None:
        self.noun = noun
        self._members: dict[str, T] = {}

    def register(self, name: str) -> Callable[[T], T]:
        """Return a decorator that files its argument under `name`; ValueError if the name is taken."""

        def put(member: T) -> T:
            if name in self._members:
                raise ValueError(f"two {self.noun}s are called {name!r}")
            self._members[name] = member
            return member

        return put

    def __getitem__(self, name: str) -> T:
        try:
            return self._members[name]
        except KeyError:
            known = ", ".join(sorted(self._members)) or "none"
            raise KeyError(f"no {self.noun} is called {name!r} (known: {known})") from None

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def __iter__(self) -> Iterator[str]:
        return iter(self._members)

    def items(self) -> list[tuple[str, T]]:
        """Return (name, member) pairs in order of registration."""
        return list(self._members.items())


def discover(package: str) -> None:
    """Import every module and package directly inside `package`, tests left out, so that decorators run."""
    parent = importlib.import_module(package)
    for found in pkgutil.iter_modules(parent.__path__):
        if found.name != "tests":
            importlib.import_module(f"{package}.{found.name}")
