"""The short code on the back of a card, which nobody may keep (PCI DSS 3.3): found beside a card's number alone."""

import re
from collections.abc import Iterator
from functools import lru_cache

from dragoman.core.language import lexicon
from dragoman.core.language.personal.found import Span
from dragoman.core.language.personal.secrets import any_of
from dragoman.core.language.personal.words import ends_before

_SIGNS = r"[:：=>()（）/\"'“”„«»*–—-]"
# how figures end that are no amount, date, time or longer number
_ENDS = r"(?![\d%]|[.,:/-]\d|[ \t]?(?:€|\$|£|¥|₽|₩|฿|zł|kr\b|kč|eur\b|usd\b|gbp\b|thb\b|บาท|円|元|원))"
_BEFORE_WORD = 30  # code points between the figures and the word after them


@lru_cache(maxsize=1)
def _named() -> re.Pattern[str]:
    """Return what names the code, in every language: compiled where a card was found, which is seldom."""
    words = sorted(lexicon.numbered()["security_code"], key=len, reverse=True)
    # a prefix or an ending of Arabic, Hebrew, Thai or Japanese stands on the word, an ending of others may
    return re.compile(
        rf"(?<![a-z\u00c0-\u052f])(?:{'|'.join(map(re.escape, words))})[^\W\d_]{{0,6}}", re.IGNORECASE
    )


@lru_cache(maxsize=1)
def _says() -> str:
    worded = rf"(?:{any_of('says')}|{any_of('whose')}|nr|no)(?!\w)\.?"
    return (
        rf"(?:[ \t]*{_SIGNS}|[ \t]+{worded}|[ \t]*(?:{any_of('says_glued')}|{any_of('whose_glued')})){{0,5}}"
    )


@lru_cache(maxsize=1)
def _after() -> re.Pattern[str]:
    return re.compile(rf"2?{_says()}\s?[ \t]*(?P<code>\d{{3,4}}){_ENDS}", re.IGNORECASE)


@lru_cache(maxsize=1)
def _before() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w#/.,:€$£-])(?P<code>\d{{3,4}}){_says()}[ \t]*$", re.IGNORECASE)


def codes(text: str) -> Iterator[Span]:
    """Yield the security codes of a plain text that holds a card's number."""
    for named in _named().finditer(text):
        found = _after().match(text, named.end())
        if found is None:
            begin = max(0, named.start() - _BEFORE_WORD)
            found = _before().search(text, begin, named.start())
            if found is None or "order" in ends_before(text, found.start("code")):
                continue
        yield Span(*found.span("code"), "card")
