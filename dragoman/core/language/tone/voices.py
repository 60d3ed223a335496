"""A reply checked as its brand wants it: its own form of address, what it does not mind, the words it does not use."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from dragoman.core.language.glossary import terms_in
from dragoman.core.language.manners import POLITE
from dragoman.core.language.mixed import pieces_in
from dragoman.core.language.models import BrandVoice
from dragoman.core.language.scope import Scope
from dragoman.core.language.tone.check import (
    ADDRESS,
    ANY,
    HINTS,
    LONGEST_TEXT,
    Finding,
    Situation,
    Voice,
    check,
)
from dragoman.core.language.tone.market import facts_for
from dragoman.kit.memo import Memo
from dragoman.kit.tags import LANGUAGES, base

voices: Memo[tuple[int, int], BrandVoice] = Memo(seconds=5)


def find_voice(workspace_id: int, brand_id: int) -> BrandVoice:
    """Return what a brand set, not stored where it set nothing; at most 5 s old."""

    def load() -> BrandVoice:
        found = BrandVoice.objects.filter(workspace_id=workspace_id, brand_id=brand_id).first()
        return found or BrandVoice(workspace_id=workspace_id, brand_id=brand_id)

    return voices.get((workspace_id, brand_id), load) or load()


def voice_of(scope: Scope) -> Voice:
    """Return how a brand speaks to somebody; without a brand nothing is set but the form of address."""
    voice = Voice(address=ADDRESS.get(scope.form, ""))
    if scope.workspace_id is None or scope.brand_id is None:
        return voice
    known = find_voice(scope.workspace_id, scope.brand_id)
    silenced = frozenset(known.silenced) & HINTS
    return replace(voice, may_emoji=known.may_emoji, longest=known.longest, silenced=silenced)


def checked(
    text: str, *, language: str, scope: Scope, situation: Situation = ANY, wish: str = ""
) -> list[Finding]:
    """Return what to mend in a reply as `check` does, and the words of the glossary that nobody is to use.

    `wish` is the form of address that the reader asked for, whatever brand and market think of it.
    """
    voice = voice_of(scope)
    foreign = list(_in_another_language(text, language))
    if wish:
        voice = replace(voice, address="formal" if wish == POLITE else voice.address, is_wished=True)
    facts = facts_for(scope.workspace_id, scope.brand_id, scope.market)
    found = check(text, language=language, market=scope.market, voice=voice, situation=situation, facts=facts)
    banned = [] if "banned" in voice.silenced else _banned(text, language, scope)
    return [*foreign, *found, *banned]


def _in_another_language(text: str, language: str) -> Iterator[Finding]:
    """Sentences that the reader's language is not: half a reply was translated, and half was not."""
    message = _("In another language than the customer reads.")
    for piece in pieces_in(text[:LONGEST_TEXT], LANGUAGES, main=language):
        if base(piece.language) != base(language):
            yield Finding("language", "hint", message, piece.start, piece.end)


def _banned(text: str, language: str, scope: Scope) -> list[Finding]:
    message = _("The brand does not use this word.")
    return [
        Finding(
            "banned",
            "hint",
            message,
            one.start,
            one.end,
            next(iter(one.entry.said(language, scope.market)), ""),
        )
        for one in terms_in(text, language=language, scope=scope, kind="forbidden")
    ]
