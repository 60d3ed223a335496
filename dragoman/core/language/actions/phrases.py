"""Saying phrases a workspace's own way: change, reset, make, give up, take in many."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dragoman.core.accounts.models import Agent, Brand
from dragoman.core.language import phrasebook
from dragoman.core.language.errors import BadWording, NoPhrase, NotALead
from dragoman.core.language.events import PhrasesChanged
from dragoman.core.language.models import OwnPhrase, PhraseWording
from dragoman.core.language.own_phrases import own_phrases_of, owned, wordings_of
from dragoman.core.language.phrase_check import problems_of, slots_in
from dragoman.core.language.phrasebook import REGISTERS, THEMES
from dragoman.ground.events.actions import publish
from dragoman.kit.address import clean
from dragoman.kit.tags import is_known, normalise

OWN = "own_"
MOST_PHRASES = 500
MOST_WORDINGS = 20_000
_NOT_KEY = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Wording:
    """A wording as somebody writes it: `said` by plural category; without a brand it is for all of them."""

    key: str
    language: str
    said: Mapping[str, str]
    register: str = ""
    brand: Brand | None = None


def slots_of(workspace_id: int, key: str) -> list[str] | None:
    """Return the slots that a phrase has in every language, None while it has no wording; raises NoPhrase."""
    said = phrasebook.ours(key, "en").get("")
    if said:
        return slots_in(said)
    if not own_phrases_of(workspace_id).filter(key=key).exists():
        raise NoPhrase
    first = wordings_of(workspace_id).filter(key=key).order_by("pk").first()
    return slots_in(first.said) if first else None


def _checked(wording: Wording, slots: Sequence[str] | None) -> Wording:
    """Return the wording as it is stored; raises BadWording with all that is wrong in `problems`."""
    language = normalise(wording.language)
    if not language or not is_known(language):
        raise BadWording(_("Give a language tag such as “fi” or “pt-BR”."), code="bad_language")
    if wording.register and wording.register not in REGISTERS:
        raise BadWording(
            _("There is no such register: %(name)s") % {"name": wording.register}, code="bad_register"
        )
    said = {name: " ".join(clean(text).split(" ")).strip() for name, text in wording.said.items()}
    said = {name: text for name, text in said.items() if text}
    faults = [one for one in problems_of(said, language=language, slots=slots) if one.is_fault]
    if faults:
        refusal = BadWording(" ".join(one.message for one in faults))
        refusal.details["problems"] = [one.code for one in faults]
        raise refusal
    return Wording(wording.key, language, said, wording.register, wording.brand)


def _store(workspace_id: int, wording: Wording) -> None:
    is_ours = wording.brand is None and phrasebook.ours(wording.key, wording.language).get(
        wording.register
    ) == dict(wording.said)
    place: dict[str, Any] = {
        "workspace_id": workspace_id,
        "key": wording.key,
        "brand": wording.brand,
        "language": wording.language,
        "register": wording.register,
    }
    # what is said as the book says it anyway need not be kept: a better wording of a later version counts then
    if is_ours and wording.language in phrasebook.languages():
        PhraseWording.objects.filter(**place).delete()
        return
    PhraseWording.objects.update_or_create(
        **place, defaults={"said": dict(wording.said), "changed_at": timezone.now()}
    )


def _told(workspace_id: int, key: str) -> None:
    publish(PhrasesChanged(workspace_id=workspace_id, key=key))
    transaction.on_commit(owned.forget)


def check_may_keep(agent: Agent | None) -> None:
    """Refuse whoever may not change what everybody says; None is a program, checked at its door."""
    if agent is not None and not agent.can_lead:
        raise NotALead


@transaction.atomic
def save_wording(workspace_id: int, *, agent: Agent | None, wording: Wording) -> None:
    """Say a phrase another way; as the book says it, the change is given up. Raises NotALead, NoPhrase, BadWording."""
    check_may_keep(agent)
    _store(workspace_id, _checked(wording, _slots_but_for(workspace_id, wording)))
    _told(workspace_id, wording.key)


def _slots_but_for(workspace_id: int, wording: Wording) -> Sequence[str] | None:
    """Return the slots a wording must have; the only wording of an own phrase may change them."""
    slots = slots_of(workspace_id, wording.key)
    if wording.key in phrasebook.speakers():
        return slots
    others = (
        wordings_of(workspace_id)
        .filter(key=wording.key)
        .exclude(language=normalise(wording.language), register=wording.register)
    )
    return slots if others.exists() else None


@transaction.atomic
def reset_wording(
    workspace_id: int,
    *,
    agent: Agent | None,
    key: str,
    language: str,
    register: str = "",
    brand: Brand | None = None,
) -> None:
    """Give up a wording: what stands behind it counts again."""
    check_may_keep(agent)
    mine = wordings_of(workspace_id).filter(key=key, language=normalise(language), register=register)
    (mine.filter(brand=None) if brand is None else mine.filter(brand_id=brand.pk)).delete()
    _told(workspace_id, key)


@transaction.atomic
def make_phrase(
    workspace_id: int, *, agent: Agent | None, language: str, text: str, theme: str = "own"
) -> OwnPhrase:
    """Make a phrase of the workspace's own with its first wording; raises NotALead, BadWording."""
    check_may_keep(agent)
    if own_phrases_of(workspace_id).count() >= MOST_PHRASES:
        raise BadWording(_("There are 500 phrases of your own already: remove one first."), code="too_many")
    made = OwnPhrase.objects.create(
        workspace_id=workspace_id,
        key=_free_key(workspace_id, text),
        theme=theme if theme in THEMES else "own",
    )
    _store(workspace_id, _checked(Wording(made.key, language, {"other": text}), None))
    _told(workspace_id, made.key)
    return made


def _free_key(workspace_id: int, text: str) -> str:
    stem = OWN + (_NOT_KEY.sub("_", text.lower()).strip("_")[:40].strip("_") or "phrase")
    taken = set(own_phrases_of(workspace_id).values_list("key", flat=True))
    return next(
        key
        for number in range(1, MOST_PHRASES + 2)
        if (key := stem + (f"_{number}" if number > 1 else "")) not in taken
    )


@transaction.atomic
def remove_phrase(workspace_id: int, *, agent: Agent | None, key: str) -> None:
    """Give up a phrase of the workspace's own in every language; raises NoPhrase for the book's."""
    check_may_keep(agent)
    gone, _kinds = own_phrases_of(workspace_id).filter(key=key).delete()
    if not gone:
        raise NoPhrase
    wordings_of(workspace_id).filter(key=key).delete()
    _told(workspace_id, key)


@transaction.atomic
def take_in(
    workspace_id: int, *, agent: Agent | None, wordings: Sequence[Wording], themes: Mapping[str, str]
) -> int:
    """Store many wordings, all or none, and return how many; phrases that `themes` names and nobody has are made.

    Raises BadWording whose `row` says which one is wrong, counted from 1.
    """
    check_may_keep(agent)
    if len(wordings) > MOST_WORDINGS:
        raise BadWording(_("A file has at most 20,000 wordings."), code="too_many")
    known = set(own_phrases_of(workspace_id).values_list("key", flat=True)) | set(phrasebook.speakers())
    new = [key for key in dict.fromkeys(one.key for one in wordings) if key not in known and key in themes]
    for key in new:
        theme = themes[key] if themes[key] in THEMES else "own"
        OwnPhrase.objects.create(workspace_id=workspace_id, key=key[:64], theme=theme)
    slots: dict[str, Sequence[str] | None] = dict.fromkeys(new)
    for row, one in enumerate(wordings, start=1):
        try:
            if one.key not in slots:
                slots[one.key] = slots_of(workspace_id, one.key)
            checked = _checked(one, slots[one.key])
        except (BadWording, NoPhrase) as refusal:
            told = BadWording(
                _("Row %(row)s (%(key)s): %(why)s") % {"row": row, "key": one.key, "why": refusal}
            )
            told.details["row"] = row
            raise told from None
        if slots[one.key] is None:
            slots[one.key] = slots_in(checked.said)
        _store(workspace_id, checked)
    _told(workspace_id, "")
    return len(wordings)
