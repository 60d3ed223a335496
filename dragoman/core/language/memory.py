"""What people approved before is said again, before any engine is asked."""

from collections.abc import Sequence

from dragoman.core.language.scope import Scope
from dragoman.core.language.translation import Translation


def remembered(texts: Sequence[str], *, source: str, target: str, scope: Scope) -> list[Translation | None]:
    """Return, for each text, what people approved for it in this scope, or None."""
    return [None] * len(texts)
