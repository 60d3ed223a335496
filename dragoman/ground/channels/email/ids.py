"""Message ids, references and our own reply tokens, as far as they can be read; nothing is verified here."""

import hashlib
import re
from collections.abc import Iterable, Sequence

# The end of every id made up here: no program outside knows it.
INVENTED = "@dragoman.invalid"
MAX_ID = 250
MAX_REFERENCES = 60
MAX_TOKENS = 10

IN_BRACKETS = re.compile(r"<([^<>]{1,2000})>")
TOKEN_IN_ADDRESS = re.compile(r"\+d([a-z2-7]{20,64})@", re.IGNORECASE)
TOKEN_IN_ID = re.compile(r"^d([a-z2-7]{20,64})[.@]", re.IGNORECASE)


def bare_id(value: str) -> str:
    """Return one message id without brackets and blanks; ids too long to index are replaced by their hash."""
    found = IN_BRACKETS.search(value)
    word = re.sub(r"\s+", "", found[1] if found else value.strip("<> \t\r\n"))
    if len(word) > MAX_ID:
        return "long-" + hashlib.sha256(word.encode("utf-8", "replace")).hexdigest()
    return word


def reference_ids(in_reply_to: Iterable[str], references: Iterable[str]) -> list[str]:
    """Return the ids a mail names, nearest first: In-Reply-To, then References from the end, none twice."""
    nearest = [each for value in in_reply_to for each in ids_in(value)]
    chain = [each for value in references for each in ids_in(value)]
    return list(dict.fromkeys(nearest + chain[::-1]))[:MAX_REFERENCES]


def ids_in(value: str) -> list[str]:
    """Return the ids in one header value, in order; unbracketed words count where they hold an @."""
    found = IN_BRACKETS.findall(value)
    if not found:
        found = [word for word in value.split() if "@" in word.strip("@")]
    return [bare_id(f"<{each}>") for each in found if each.strip()]


def invented_id(*facts: bytes) -> str:
    """Return a stable id for a mail that brought none: the same facts give the same id."""
    digest = hashlib.sha256()
    for fact in facts:
        digest.update(len(fact).to_bytes(8, "big") + fact)
    return f"invented-{digest.hexdigest()[:40]}{INVENTED}"


def tokens_in(*, addresses: Iterable[str], ids: Iterable[str]) -> Sequence[str]:
    """Return candidates for our tokens, lower case: `<prefix>+d<token>@domain`, `<d<token>.…@domain>`."""
    found = [token for address in addresses for token in TOKEN_IN_ADDRESS.findall(address)]
    found += [match[1] for each in ids if (match := TOKEN_IN_ID.match(each))]
    return list(dict.fromkeys(token.lower() for token in found))[:MAX_TOKENS]
