"""How texts stand, and who gets what, in the reader's language."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import pgettext_lazy

from dragoman.core.texts.chain import Looked, Served
from dragoman.ground.design.functions import language_name, market_name
from dragoman.kit.variants import EVERY, parted


@dataclass(frozen=True)
class State:
    """One state: its word, its sign, and what it means."""

    word: Promise
    icon: str
    about: Promise


STATES: Final[dict[str, State]] = {
    "source": State(
        pgettext_lazy("state of a text", "Source"), "edit", later("the others are written from it")
    ),
    "right": State(
        pgettext_lazy("state of a text", "Right"), "check", later("written from the source as it is")
    ),
    "stale": State(
        pgettext_lazy("state of a text", "Stale"),
        "clock",
        later("the source was changed since it was written"),
    ),
    "machine": State(
        pgettext_lazy("state of a text", "Machine"),
        "robot",
        later("written by a machine, nobody looked at it"),
    ),
    "ours": State(
        pgettext_lazy("state of a text", "Ours"),
        "lantern",
        later("not written: customers get our own sentence"),
    ),
    "every": State(
        pgettext_lazy("state of a text", "For all"),
        "globe",
        later("not written: customers get the text for all other languages"),
    ),
    "missing": State(
        pgettext_lazy("state of a text", "Missing"),
        "x",
        later("not written: customers get another language, or nothing"),
    ),
}
# what waits for somebody
WORK: Final = ("stale", "machine", "missing")


def variant_name(name: str) -> str:
    """Name a variant: “German”, “German for Austria”, “All other languages”."""
    language, market = parted(name)
    said = _("All other languages") if language == EVERY else language_name(language)
    if not market:
        return said
    return _("%(language)s for %(market)s") % {"language": said, "market": market_name(market)}


def who_gets(found: Served | None, *, language: str, market: str) -> str:
    """Say in a sentence what a customer gets, and why it is no variant of their own."""
    facts = {"language": language_name(language), "market": market_name(market), "got": _got(found, market)}
    if market:
        return _("A customer in %(market)s who reads %(language)s gets: %(got)s.") % facts
    return _("A customer who reads %(language)s gets: %(got)s.") % facts


def _got(found: Served | None, market: str) -> str:
    if found is None:
        return _("nothing, because no text serves")
    if not found.key:
        return _("our own sentence in %(language)s") % {"language": language_name(found.language)}
    if market and not found.market:
        facts = {"text": variant_name(found.key), "market": market_name(market)}
        return _("%(text)s (nothing of its own is written for %(market)s)") % facts
    return variant_name(found.key)


def looked_at(looked: Sequence[Looked]) -> list[tuple[str, str, bool]]:
    """Return the places that were looked at as (where, what was found there, whether the words come from there)."""
    return [(_where(one), _found(one), one.is_hit) for one in looked]


def _where(one: Looked) -> str:
    text = variant_name(f"{one.language}@{one.market}" if one.market else one.language)
    if one.whose == "brand":
        return _("The brand's language: %(text)s") % {"text": text}
    if one.whose == "team":
        return _("The team's language: %(text)s") % {"text": text}
    if one.whose == "ours":
        return _("Our own sentence: %(text)s") % {"text": text}
    if one.whose == "any":
        return _("Whatever there is: %(text)s") % {"text": text}
    return text


def _found(one: Looked) -> str:
    if not one.found:
        return _("not written")
    if one.whose == "ours" or parted(one.found)[0] == one.language:
        return _("found")
    return _("found as %(text)s") % {"text": variant_name(one.found)}
