"""Say a text in another language: first as people wrote it, then by machine, and never by pretence."""

import logging
import re
from collections.abc import Iterator, Sequence

from dragoman.core.language.detect import detect
from dragoman.core.language.engines import (
    EngineStatus,
    Machine,
    can_translate,
    engines_status,
    free_text_possible,
    machines,
)
from dragoman.core.language.glossary import term_faults, terms_for
from dragoman.core.language.memory import remembered
from dragoman.core.language.own_phrases import engine_for
from dragoman.core.language.protect import is_only_protected, protect
from dragoman.core.language.scope import INSTALLATION, Scope
from dragoman.core.language.translation import Translation
from dragoman.ground.providers.translation.ports import Translated, Wish
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
]

log = logging.getLogger(__name__)

# Nothing in the text could be translated: it is the same in every language.
AS_IS = "as_is"
# What an engine that gives no confidence is trusted with.
_USUAL = {"llm": 0.85, "deepl": 0.85, "azure": 0.8, "libretranslate": 0.75}
_USUAL_ELSE = 0.7
_DOUBTFUL = 0.5
_WORTHLESS = 0.3
_PIECE = 3_000  # characters sent at once
_SENTENCE_END = re.compile(r"[.!?…]\s+|[。！？।]")
_BLANK = re.compile(r"\s+")
_SENTENCE = 20  # characters from which the language of an answer can be told


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
    for machine in machines():
        waiting = [index for index, done in enumerate(said) if done is None]
        if not waiting:
            break
        try:
            if not machine.can(source, target):
                continue
            answers = _by_machine(machine, [texts[index] for index in waiting], source, target, scope)
        except Unavailable as error:
            down = error
            continue
        except Rejected:
            continue  # told in the log and by engines_status; asking again is no use
        for index, answer in zip(waiting, answers, strict=True):
            said[index] = answer
    if down and None in said:
        raise Unavailable(str(down), retry_after=down.retry_after) from down
    return said


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


def _by_machine(
    machine: Machine, texts: Sequence[str], source: str, target: str, scope: Scope
) -> list[Translation | None]:
    """Translate by one engine, long texts in pieces, with what must not change held back."""
    words = terms_for(texts, source=source, target=target, scope=scope)
    takes = machine.engine.takes_terms
    wish = Wish(glossary=words if takes else (), register=scope.form)
    shielded = [
        protect(
            text,
            language=source,
            mask=machine.engine.mask,
            terms=scope.terms,
            words={} if takes else dict(words),
        )
        for text in texts
    ]
    pieces = [list(_pieces(one.masked)) for one in shielded]
    flat = [piece for several in pieces for _gap, piece in several]
    # Empty lines between pieces are kept here: no engine is asked for them.
    wanted = [piece for piece in flat if piece.strip()]
    answers = iter(machine.translate(wanted, source, target, wish))
    said = [next(answers) if piece.strip() else Translated(piece, machine.engine.name, 1.0) for piece in flat]
    results: list[Translation | None] = []
    for text, one, several in zip(texts, shielded, pieces, strict=True):
        parts, said = said[: len(several)], said[len(several) :]
        known = [part for part in parts if part is not None]
        if len(known) < len(parts):
            results.append(None)
            continue
        whole = "".join(gap + part.text for (gap, _piece), part in zip(several, known, strict=True))
        back, lost = one.restore(whole, source=source, target=target)
        faults = (
            *(f"lost:{piece}" for piece in lost),
            *_faults(text, back, source, target),
            *term_faults(text, back, source=source, target=target, scope=scope),
        )
        results.append(Translation(back, known[0].engine, _confidence(known, faults), faults))
    return results


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


def _faults(text: str, said: str, source: str, target: str) -> Iterator[str]:
    """Tell what can be seen to be wrong without knowing either language."""
    if said.strip() == text.strip() and len(text.split()) > 2:
        yield "unchanged"
    elif len(said) >= _SENTENCE:
        seen = detect(said, [source, target])
        if seen.certain and same(seen.language, source):
            yield "wrong_language"
    if len(said) > 6 * len(text) + 40 or len(said) * 8 + 40 < len(text):
        yield "length"


def _confidence(parts: Sequence[Translated], faults: Sequence[str]) -> float:
    """Return the least confidence of the parts, capped by what is wrong."""
    sure = min(
        part.confidence if part.confidence is not None else _USUAL.get(part.engine, _USUAL_ELSE)
        for part in parts
    )
    if {"unchanged", "wrong_language"} & set(faults):
        return min(sure, _WORTHLESS)
    return min(sure, _DOUBTFUL) if faults else sure
