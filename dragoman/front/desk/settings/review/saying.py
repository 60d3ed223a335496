"""The conditions of a rule as people read them."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from dragoman.core.language.review import When
from dragoman.ground.design.functions import format_list, format_number, language_name

from ...review.words import MADE
from ...words import CHANNELS, INTENTS, word


def conditions(when: When, brands: Mapping[int, str]) -> list[str]:
    """Return each condition in a few words; an empty list is "always"."""
    said: list[str] = []
    if when.pairs:
        said.append(format_list(_pair(source, target) for source, target in when.pairs))
    if when.brands:
        said.append(format_list(brands.get(pk, "?") for pk in when.brands))
    if when.channels:
        said.append(format_list(word(CHANNELS, code) for code in when.channels))
    if when.intents:
        said.append(format_list(word(INTENTS, code) for code in when.intents))
    if when.made:
        said.append(format_list(word(MADE, code) for code in when.made))
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
