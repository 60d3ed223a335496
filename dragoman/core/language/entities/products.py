"""Products: names that a shop knows, wherever they stand, and what is quoted right after a word for goods."""

import re
from collections.abc import Iterator, Sequence

from dragoman.core.language.entities.found import Entity
from dragoman.core.language.lexicon import concepts_of
from dragoman.kit.text import fold

_QUOTED = re.compile(r"[\"“„«「『”]([^\"“”„«»「」『』\n]{2,60})[\"”“»」』]")
_NEAR = 24  # characters between the word and the quotation
_GOODS = frozenset({"product", "model", "order", "buy", "accessory", "spare_part"})
_SHORTEST = 3  # letters of a name
_MOST_NAMES = 2_000
_MOST = 4_000  # characters


def products(text: str, language: str, names: Sequence[str] = ()) -> Iterator[Entity]:
    """Yield the products of a text; the value is the name as the shop writes it, or what is quoted."""
    text = text[:_MOST]
    low = text.lower()
    taken: list[tuple[int, int]] = []
    for name in sorted({one for one in names[:_MOST_NAMES] if len(one) >= _SHORTEST}, key=len, reverse=True):
        if name.lower() not in low:
            continue
        for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE):
            if not any(found.start() < end and start < found.end() for start, end in taken):
                taken.append(found.span())
                yield Entity("product", *found.span(), found.group(), name)
    quoted = list(_QUOTED.finditer(text))
    # the places of concepts are those of the folded text: where folding moved letters nothing is told
    folded = fold(text) if quoted else ""
    if not quoted or len(folded) != len(text):
        return
    ends = [hit.end for hit in concepts_of(folded, language) if hit.label in _GOODS]
    for found in quoted:
        start, end = found.span(1)
        near = any(0 <= found.start() - place <= _NEAR for place in ends)
        if near and not any(start < other and at < end for at, other in taken):
            yield Entity("product", start, end, found.group(1), found.group(1).strip())
