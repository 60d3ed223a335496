"""A rule as people read it: one sentence that says what it does to which answers."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from dragoman.core.language.models import Outcome
from dragoman.core.language.review import MADE, When
from dragoman.ground.design.functions import format_list, format_number, language_name

from ...words import CHANNELS, INTENTS, word

DOES: Final[dict[str, Promise]] = {
    Outcome.HOLD: later("Holds: %(what)s"),
    Outcome.AFTER: later("Sends, and has reviewed after: %(what)s"),
    Outcome.SEND: later("Sends at once: %(what)s"),
}
WHAT: Final[dict[str, Promise]] = {
    "machine": later("machine translations"),
    "phrasebook": later("answers from the phrasebook"),
    "memory": later("answers from the translation memory"),
    "amended": later("machine translations that the agent changed"),
    "person": later("answers that an agent writes in the customer's language"),
}
BY: Final[dict[str, Promise]] = {
    "email": later("%(what)s by e-mail"),
    "chat": later("%(what)s in the chat"),
    "api": later("%(what)s over the API"),
}


def sentence(when: When, outcome: str, brands: Mapping[int, str]) -> str:
    """Say in one sentence what a rule does: "Holds: machine translations into German by e-mail"."""
    what = _("every answer")
    if when.made and set(when.made) != set(MADE):
        what = format_list(word(WHAT, code) for code in when.made)
    what = _by(_into(what, when), when)
    return str(DOES[outcome]) % {"what": " · ".join([what, *conditions(when, brands)])}


def _into(what: str, when: When) -> str:
    sources = {source for source, _target in when.pairs}
    targets = [target for _source, target in when.pairs if target]
    if not when.pairs:
        return what
    if len(sources) > 1 or (targets and len(targets) < len(when.pairs)):
        return f"{what} · {format_list(_pair(source, target) for source, target in when.pairs)}"
    source = sources.pop()
    words = {
        "what": what,
        "source": language_name(source) if source else "",
        "target": format_list(language_name(target) for target in targets),
    }
    if not source and not when.made:
        return _("every answer in %(target)s") % words
    if not source:
        return _("%(what)s into %(target)s") % words
    return (
        _("%(what)s from %(source)s into %(target)s") % words
        if targets
        else _("%(what)s from %(source)s") % words
    )


def _by(what: str, when: When) -> str:
    if len(when.channels) == 1 and when.channels[0] in BY:
        return str(BY[when.channels[0]]) % {"what": what}
    said = format_list(word(CHANNELS, code) for code in when.channels)
    return f"{what} · {said}" if said else what


def conditions(when: When, brands: Mapping[int, str]) -> list[str]:
    """Return each condition beside languages, channels and how it was made, in a few words."""
    said: list[str] = []
    if when.brands:
        said.append(format_list(brands.get(pk, "?") for pk in when.brands))
    if when.intents:
        said.append(format_list(word(INTENTS, code) for code in when.intents))
    if when.engines:
        said.append(format_list(when.engines))
    if when.confidence_below is not None:
        said.append(
            _("confidence below %(share)s") % {"share": format_number(when.confidence_below, digits=2)}
        )
    if when.amount_over is not None:
        words = {"amount": format_number(float(when.amount_over)), "currency": when.currency}
        said.append(
            _("an amount over %(amount)s %(currency)s") % words
            if when.currency
            else _("an amount over %(amount)s") % words
        )
    if when.names_date:
        said.append(_("promises a date"))
    if when.faults:
        said.append(_("with faults"))
    return said


def _pair(source: str, target: str) -> str:
    words = {"source": language_name(source), "target": language_name(target)}
    if source and target:
        return _("%(source)s to %(target)s") % words
    return _("from %(source)s") % words if source else _("into %(target)s") % words
