"""Say a text in another language: first as people wrote it, then by machine, and never by pretence."""

import re
from collections.abc import Iterator, Sequence

from dragoman.core.connections.spending import UsedUp
from dragoman.core.language.asking import ask, digests_of, keep, kept_answers
from dragoman.core.language.engines import EngineStatus, Machine, engines_status
from dragoman.core.language.faults import (
    WORTHLESS,
    faults_of,
    is_sound,
    kind_of,
    piece_faults,
    weight,
)
from dragoman.core.language.glossary import term_faults, terms_for
from dragoman.core.language.line_up import can_translate, free_text_possible, line_up
from dragoman.core.language.memory import remembered
from dragoman.core.language.own_phrases import engine_for
from dragoman.core.language.protect import Protected, is_only_protected, protect
from dragoman.core.language.scope import INSTALLATION, Scope
from dragoman.core.language.translation import Translation
from dragoman.ground.providers.translation.ports import Translated, Unusable, Wish
from dragoman.kit.errors import Rejected, Unavailable
from dragoman.kit.tags import same

__all__ = [
    "EngineStatus",
    "Translation",
    "can_translate",
    "engines_status",
    "free_text_possible",
    "translate",
    "translate_many",
    "translate_with",
]

# Nothing in the text could be translated: it is the same in every language.
AS_IS = "as_is"
# What an engine that gives no confidence is trusted with.
_USUAL = {"llm": 0.85, "deepl": 0.85, "google": 0.85, "azure": 0.8, "libretranslate": 0.75}
_USUAL_ELSE = 0.7
_HINTED = 0.65
_DOUBTFUL = 0.5
_WORTHLESS = 0.3
_PIECE = 3_000  # characters sent at once
_SENTENCE_END = re.compile(r"[.!?…]\s+|[。！？।]")
_BLANK = re.compile(r"\s+")


def translate(text: str, *, source: str, target: str, scope: Scope = INSTALLATION) -> Translation | None:
    """Translate one text between two BCP 47 tags; None where no engine can.

    Raises Unavailable only if an engine that may do it is down and no other can.
    """
    return translate_many([text], source=source, target=target, scope=scope)[0]


def translate_many(
    texts: Sequence[str], *, source: str, target: str, scope: Scope = INSTALLATION
) -> list[Translation | None]:
    """Translate several texts of one language, in order, as `translate` does each."""
    said: list[Translation | None] = [None] * len(texts)
    if same(source, target) or not source or not target:
        return said
    for index, text in enumerate(texts):
        said[index] = _without_machine(text, source, target, scope)
    _recall(texts, said, source, target, scope)
    down: Unavailable | None = None
    for machine in line_up(scope, source, target):
        waiting = [index for index, done in enumerate(said) if done is None or not is_sound(done.faults)]
        if not waiting:
            break
        try:
            if not machine.can(source, target):
                continue
            answers = _by_machine(machine, [texts[index] for index in waiting], source, target, scope)
        except (Unusable, Rejected, UsedUp):
            continue  # told in the log and by engines_status, or to the leads; asking again is no use
        except Unavailable as error:
            down = error
            continue
        for index, answer in zip(waiting, answers, strict=True):
            said[index] = _better(said[index], answer)
    said = [None if done and not done.text.strip() else done for done in said]
    if down and None in said:
        raise Unavailable(str(down), retry_after=down.retry_after) from down
    return said


def translate_with(
    machine: Machine, text: str, *, source: str, target: str, scope: Scope
) -> Translation | None:
    """Translate by one engine alone, to try it; raises Unavailable, Rejected or UsedUp."""
    if not machine.can(source, target):
        return None
    return _by_machine(machine, [text], source, target, scope)[0]


def _better(one: Translation | None, other: Translation | None) -> Translation | None:
    """Return the answer with less wrong with it, of equals the one of the engine that was asked first."""
    if one is None or other is None:
        return one or other
    return other if weight(other.faults) < weight(one.faults) else one


def _without_machine(text: str, source: str, target: str, scope: Scope) -> Translation | None:
    if is_only_protected(text, language=source, terms=scope.terms):
        return Translation(text, engine=AS_IS, confidence=1.0, machine=False)
    [found] = engine_for(scope).translate([text], source, target)
    return Translation(found.text, found.engine, 1.0, machine=False) if found else None


def _recall(
    texts: Sequence[str], said: list[Translation | None], source: str, target: str, scope: Scope
) -> None:
    """Fill in what people approved before."""
    waiting = [index for index, done in enumerate(said) if done is None]
    if not waiting:
        return
    known = remembered([texts[index] for index in waiting], source=source, target=target, scope=scope)
    for index, found in zip(waiting, known, strict=True):
        said[index] = found


def _wish_for(scope: Scope, words: Sequence[tuple[str, str]]) -> Wish:
    form = scope.form or ("formal" if scope.is_outgoing else "")
    return Wish(glossary=tuple(words), register=form)


def _by_machine(
    machine: Machine, texts: Sequence[str], source: str, target: str, scope: Scope
) -> list[Translation | None]:
    """Return what one engine says to each text: kept from before, or asked now."""
    wish = _wish_for(scope, terms_for(texts, source=source, target=target, scope=scope))
    digests = digests_of(machine, texts, source, target, wish=wish, scope=scope)
    kept = kept_answers(digests, scope)
    answers: list[Translation | None] = [kept.get(digest) for digest in digests]
    asked = [index for index, answer in enumerate(answers) if answer is None]
    if asked:
        made = _asked(machine, [texts[index] for index in asked], source, target, wish, scope)
        for index, answer in zip(asked, made, strict=True):
            answers[index] = answer
            if answer:
                keep(digests[index], answer, scope)
    return answers


def _asked(
    machine: Machine, texts: Sequence[str], source: str, target: str, wish: Wish, scope: Scope
) -> list[Translation | None]:
    """Translate by one engine, long texts in pieces, with what must not change held back."""
    takes = machine.engine.takes_terms
    shielded = [
        protect(
            text,
            language=source,
            mask=machine.engine.mask,
            terms=scope.terms,
            words={} if takes else dict(wish.glossary),
        )
        for text in texts
    ]
    pieces = [list(_pieces(one.masked)) for one in shielded]
    flat = [piece for several in pieces for _gap, piece in several]
    # Empty lines between pieces are kept here: no engine is asked for them.
    wanted = [piece for piece in flat if piece.strip()]
    answers = iter(ask(machine, wanted, source, target, wish=wish, scope=scope))
    said = [next(answers) if piece.strip() else Translated(piece, machine.engine.name, 1.0) for piece in flat]
    results: list[Translation | None] = []
    for text, one, several in zip(texts, shielded, pieces, strict=True):
        parts, said = said[: len(several)], said[len(several) :]
        known = [part for part in parts if part is not None]
        if len(known) < len(parts):
            results.append(None)
            continue
        whole = "".join(gap + part.text for (gap, _piece), part in zip(several, known, strict=True))
        results.append(_checked(text, one, whole, known, source, target, scope))
    return results


def _checked(
    text: str,
    shielded: Protected,
    answer: str,
    parts: Sequence[Translated],
    source: str,
    target: str,
    scope: Scope,
) -> Translation:
    """Put back what was masked, and tell everything that is wrong with the whole."""
    back = shielded.restore(answer, source=source, target=target)[0]
    faults = tuple(
        dict.fromkeys(
            [
                *piece_faults(shielded, answer, source=source, target=target),
                *faults_of(text, back, source=source, target=target),
                *term_faults(text, back, source=source, target=target, scope=scope),
            ]
        )
    )
    return Translation(back, parts[0].engine, _confidence(parts, faults), faults)


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Cut a long text at line ends, and long lines at sentence ends or blanks, into what an engine takes at once.

    Yields (what stood in front of the piece, the piece).
    """
    piece, before = "", ""
    for gap, part in _parts(text):
        if piece and len(piece) + len(part) > _PIECE:
            yield before, piece
            piece, before = part, gap
        else:
            piece += gap + part
    yield before, piece


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """Yield lines and, of lines too long, sentences or words, each with what stood in front of it."""
    gap = ""
    for line in text.split("\n"):
        rest = line
        while len(rest) > _PIECE:
            cut = _last_cut(rest[:_PIECE])
            yield gap, rest[:cut].rstrip()
            gap = " " if rest[:cut] != rest[:cut].rstrip() else ""
            rest = rest[cut:]
        yield gap, rest
        gap = "\n"


def _last_cut(text: str) -> int:
    """Return where a text may best be cut: behind its last sentence, else its last blank, else at its end."""
    for pattern in (_SENTENCE_END, _BLANK):
        ends = [found.end() for found in pattern.finditer(text)]
        if ends:
            return ends[-1]
    return len(text)


def _confidence(parts: Sequence[Translated], faults: Sequence[str]) -> float:
    """Return the least confidence of the parts, capped by what is wrong."""
    sure = min(
        part.confidence if part.confidence is not None else _USUAL.get(part.engine, _USUAL_ELSE)
        for part in parts
    )
    if any(kind_of(fault) in WORTHLESS for fault in faults):
        return min(sure, _WORTHLESS)
    if not is_sound(faults):
        return min(sure, _DOUBTFUL)
    return min(sure, _HINTED) if faults else sure
