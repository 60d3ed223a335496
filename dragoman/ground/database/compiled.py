"""Querysets that are built and compiled to SQL once, and asked often.

Building and compiling a queryset costs Django three to five times what the server needs to answer it. A function under
`@compiled` is called once, with placeholders; from then on only its values change.
"""

from __future__ import annotations

import copy
import functools
import inspect
from collections.abc import Callable, Iterator
from typing import Any, Generic, TypeVar

from django.db import connections
from django.db.models import Expression, Field, ForeignObject, Lookup, QuerySet
from django.db.transaction import TransactionManagementError

Row = TypeVar("Row")


class _Placeholder(Expression):
    """An argument: the queryset is built with it, and it stands among the parameters of the SQL for its value."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """Return a parameter; its value comes later."""
        return "%s", [self]


@ForeignObject.register_lookup
@Field.register_lookup
class Among(Lookup):
    """`__among`: equal to one of a list that is a single parameter, however long (`__in` has one for each)."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        left, left_values = self.process_lhs(compiler, connection)
        right, right_values = self.process_rhs(compiler, connection)
        return f"{left} = ANY({right})", [*left_values, *right_values]


class _Ready:
    """What an iterable of Django asks of a queryset, with SQL that is there already."""

    def __init__(self, queryset: Any, compiler: Any, sql: str, values: tuple[Any, ...]) -> None:
        self.model, self.db, self._fields = queryset.model, queryset.db, queryset._fields
        self._known_related_objects: dict[Any, Any] = {}
        self._query, self._compiler = queryset.query, compiler
        self._sql = sql, values

    @property
    def query(self) -> _Ready:
        return self

    def get_compiler(self, using: str) -> Any:
        compiler = copy.copy(self._compiler)
        compiler.connection = connections[using]
        compiler.as_sql = lambda *_args, **_kwargs: self._sql
        return compiler

    def __getattr__(self, name: str) -> Any:
        return getattr(self._query, name)


class _Compiled(Generic[Row]):
    """One shape of a queryset."""

    def __init__(self, queryset: Any) -> None:
        if queryset._prefetch_related_lookups:
            raise TypeError(
                "a compiled queryset cannot prefetch: ask for the related rows by a queryset of their own"
            )
        self.queryset = queryset
        self.locks = queryset.query.select_for_update
        self.compiler = queryset.query.get_compiler(using=queryset.db)
        self.sql, self.parameters = self.compiler.as_sql()
        # what a telling or a request set on this connection is not kept with it
        self.compiler.connection = None

    def ask(self, values: dict[str, Any]) -> Iterator[Row]:
        if self.locks and not connections[self.queryset.db].in_atomic_block:
            # Django's own check was made when it was compiled
            raise TransactionManagementError("select_for_update cannot be used outside of a transaction.")
        filled = tuple(values[one.name] if isinstance(one, _Placeholder) else one for one in self.parameters)
        ready = _Ready(self.queryset, self.compiler, self.sql, filled)
        yield from self.queryset._iterable_class(ready)


def compiled(build: Callable[..., QuerySet[Any, Row]]) -> Callable[..., list[Row]]:
    """Make a function that returns a queryset one that returns its rows, compiled at its first call.

    Positional arguments are values; they may stand only where the queryset compares with them (`pk=`, `__lt=`,
    `__among=`) and among the parameters of a RawSQL; None equals nothing. Keyword-only arguments are its shape, with
    one compilation for each combination. Raises TypeError for a queryset that prefetches, and what Django raises.
    """
    signature = inspect.signature(build)
    names = [one.name for one in signature.parameters.values() if one.kind is not one.KEYWORD_ONLY]

    @functools.lru_cache(maxsize=64)
    def shaped(shape: tuple[tuple[str, Any], ...]) -> _Compiled[Row]:
        return _Compiled(build(*(_Placeholder(name) for name in names), **dict(shape)))

    @functools.wraps(build)
    def ask(*values: Any, **shape: Any) -> list[Row]:
        return list(shaped(tuple(sorted(shape.items()))).ask(dict(zip(names, values, strict=True))))

    return ask
