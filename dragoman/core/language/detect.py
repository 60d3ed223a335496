"""Tell in which language a message is written, and when not to be sure of it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dragoman.core.language.identify import label_of, rank, romanised
from dragoman.core.language.phrase_match import languages_of
from dragoman.core.language.scripts import (
    SOLE_LANGUAGE,
    chinese_form,
    has_own_script,
    main_script,
    written_in,
)
from dragoman.kit.tags import LANGUAGES, is_known, match, same
from dragoman.kit.text import LINK

# Below it the answer is wrong too often (measured: 99.7 % right above, 85 % of messages answered).
CERTAIN = 0.7
# From it on a language that nobody switched on is believed, if the text is a sentence.
_OUTSIDER = 0.97
_SENTENCE = 20  # characters
_FEWEST = 3  # letters
# From it on a text in Latin letters is believed to be Hindi, Greek, Arabic or Russian all the same.
_ROMANISED = 0.8
# A guess from which on, of so many letters, a fallback that is less likely than this beside it is ruled out
# (34 of 2,269 texts of up to 18 characters: the guess was right for 25, the fallback for none).
_GUESS, _TELLING, _RULED_OUT = 0.4, 6, 0.002
_MOST = 2_000  # characters: more change nothing and cost time
# How much likelier the language that somebody always wrote is than another, by the letters of the text: `ok takk` of a
# Norwegian is Norwegian, a sentence speaks for itself.
_HABIT = ((12, 8.0), (30, 4.0), (60, 2.0))

# Addresses, codes and everything with a digit in it belong to no language.
_NOISE = re.compile(LINK + r"|[\w.+%-]{1,64}@[\w.-]+|\{\w+\}|#\w+|@\w+|\S*\d\S*")


Ranked = list[tuple[str, float]]  # labels and probabilities, best first


@dataclass(frozen=True)
class Detection:
    """A language and how sure it is: `confidence` 0..1, `script` ISO 15924, `certain` or a guess."""

    language: str
    confidence: float
    script: str
    certain: bool


def detect(
    text: str, languages: Sequence[str] = LANGUAGES, *, fallback: str = "", usual: str = ""
) -> Detection:
    """Identify the language of a text among BCP 47 tags, and return the tag as it is written there.

    A sentence that is plainly in another language is told as such: better than the wrong one of a few.

    `usual` is the language its writer has written before: it decides between two that are about as likely, and the
    sooner the shorter the text is.

    Where the text does not tell, `fallback` (the conversation's language) is returned, not certain;
    without one, or where it is ruled out and nothing is known of the writer, the best guess. No letters and no
    fallback give the language "". A script that only one language has is believed
    even if that language is not among `languages`.
    """
    words = _words(text)
    script = main_script(words)
    if not script:
        return Detection(fallback, 0.0, "", certain=False)
    found = _by_script(words, script, languages or LANGUAGES) or _by_statistics(
        words, script, languages or LANGUAGES, usual=usual
    )
    if not found.certain:
        found = _by_phrase(text, script, languages or LANGUAGES, fallback) or found
    if found.certain or not fallback or (not usual and _is_ruled_out(words, fallback, found)):
        return found
    return Detection(fallback, found.confidence, script, certain=False)


def can_tell(tag: str) -> bool:
    """Say whether a text can be found to be in this language: of `tlh` or `xx` nothing is known."""
    return is_known(tag) and bool(label_of(tag) or has_own_script(tag))


def _is_ruled_out(words: str, fallback: str, found: Detection) -> bool:
    """Say whether a guess may be unsure, but not that the text is not in the fallback."""
    if found.confidence < _GUESS or sum(map(str.isalpha, words)) < _TELLING or same(found.language, fallback):
        return False
    chances = dict(rank(words, [found.language, fallback]))
    return chances.get(label_of(fallback), 1.0) < _RULED_OUT


def _words(text: str) -> str:
    """Return the text without what is no language, unless a script without spaces is glued to it."""
    text = text[:_MOST]
    words = _NOISE.sub(" ", text)
    glued = main_script(text) not in ("Latn", main_script(words))
    return " ".join((text if glued else words).split())


def _by_script(words: str, script: str, languages: Sequence[str]) -> Detection | None:
    """Answer from the script alone, where one language owns it, here or anywhere, or from its absence."""
    if script in SOLE_LANGUAGE:
        owners = written_in(script, languages)
        if len(owners) < 2:
            return Detection(owners[0] if owners else SOLE_LANGUAGE[script], 0.99, script, certain=True)
        return None
    owners = written_in(script, languages)
    if script == "Hani" and owners and all(label_of(tag) == "zh" for tag in owners):
        return Detection(match(chinese_form(words), owners) or owners[0], 0.97, script, certain=True)
    if script == "Latn":
        tag, confidence = romanised(words)
        if confidence >= _ROMANISED and " " in words:
            return Detection(match(tag, languages) or tag, round(confidence, 4), script, certain=True)
        return None
    if len(owners) == 1:
        return Detection(owners[0], 0.95, script, certain=True)
    return None


def _by_phrase(text: str, script: str, languages: Sequence[str], fallback: str) -> Detection | None:
    """Answer for a greeting or a thank-you too short for statistics, where one language alone says it so."""
    speakers = {tag: match(tag, languages) for tag in languages_of(text)}
    known = [language for language in speakers.values() if language]
    if fallback in known or len(known) == 1:
        return Detection(fallback if fallback in known else known[0], 0.9, script, certain=True)
    return None


def _by_statistics(words: str, script: str, languages: Sequence[str], *, usual: str) -> Detection:
    """Answer from the model: among all languages of the script first, then among those asked for."""
    candidates = written_in(script, languages)
    known = written_in(script, LANGUAGES)
    letters = sum(map(str.isalpha, words))
    habit = next((weight for most, weight in _HABIT if letters <= most), 1.0) if usual else 1.0
    wide = _weighed(rank(words, [*known, *candidates]), label_of(usual), habit)
    if not wide:
        return Detection((candidates or list(languages))[0], 0.0, script, certain=False)
    label, confidence = wide[0]
    is_plain = confidence >= _OUTSIDER and (len(words) >= _SENTENCE or label in map(label_of, candidates))
    if candidates and not is_plain:
        label, confidence = _restricted(
            words, candidates, wide=dict(wide), usual=label_of(usual), habit=habit
        )
    tag = match(chinese_form(words) if label == "zh" else label, candidates) or label
    # `ok` is a word of every language
    is_enough = letters >= _FEWEST
    return Detection(tag, round(confidence, 4), script, certain=confidence >= CERTAIN and is_enough)


def _weighed(ranked: Ranked, usual: str, habit: float) -> Ranked:
    """Return the ranks with the label of a writer's usual language made likelier."""
    if habit == 1.0 or usual not in dict(ranked):
        return ranked
    weights = [(label, chance * habit if label == usual else chance) for label, chance in ranked]
    total = sum(weight for _label, weight in weights)
    return sorted(((label, weight / total) for label, weight in weights), key=lambda pair: -pair[1])


def _restricted(
    words: str, candidates: Sequence[str], *, wide: Mapping[str, float], usual: str, habit: float
) -> tuple[str, float]:
    """Return the best candidate; one alone would always win, so that it keeps its place among all."""
    ranked = _weighed(rank(words, candidates), usual, habit)
    if len(ranked) > 1:
        return ranked[0]
    label = ranked[0][0] if ranked else candidates[0]
    return label, wide.get(label, 0.0)
