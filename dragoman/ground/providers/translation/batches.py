"""Cutting many texts into calls that a vendor's limits take, and checking what comes back."""

from collections.abc import Iterator, Sequence
from typing import Any

from dragoman.kit.errors import Unavailable


def batches(texts: Sequence[str], *, texts_at_once: int, characters: int) -> Iterator[list[str]]:
    """Yield the texts in order in groups within both limits; one text too long stands alone."""
    batch: list[str] = []
    for text in texts:
        if batch and (len(batch) == texts_at_once or sum(map(len, batch)) + len(text) > characters):
            yield batch
            batch = []
        batch.append(text)
    if batch:
        yield batch


def checked(said: Any, texts: Sequence[str]) -> list[str]:
    """Return the translations if they are one text for each text; raises Unavailable else."""
    if not isinstance(said, list) or len(said) != len(texts) or not all(isinstance(one, str) for one in said):
        raise Unavailable("the translations were not as many as the texts")
    return said
