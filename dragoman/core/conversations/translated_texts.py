"""Texts as what can be translated: texts and language are siblings, so this stands above."""

from collections.abc import Sequence

from dragoman.core.language.ports import Matter
from dragoman.core.texts.actions.variants import Wording, write_variant
from dragoman.core.texts.errors import NoText
from dragoman.core.texts.localised import MACRO, Entry, entries_of, get_entry, version_with
from dragoman.kit.variants import EVERY, parted


def _without_markets(entry: Entry) -> dict[str, str]:
    """Return what is for one language everywhere; what is for one market alone stays with it."""
    return {name: text for name, text in entry.texts.items() if not parted(name)[1] and name != EVERY}


def _write(workspace_id: int, ref: str, *, language: str, text: str, source: str) -> bool:
    """Keep a translation; it counts as written from the version of the source that said `source`."""
    try:
        entry = get_entry(workspace_id, ref)
    except NoText:
        return False
    known = entry.source
    if known is None:
        return False
    seen = version_with(known, source)
    write_variant(workspace_id, entry, Wording(text, language, source_seen=seen), agent=None)
    return True


class MacroTexts:
    """The port `translatables` for everybody's macros."""

    def matters(self, workspace_id: int) -> Sequence[Matter]:
        """Return everybody's macros by name, with their text in each language."""
        return [
            Matter(entry.key, entry.title, _without_markets(entry))
            for entry in entries_of(workspace_id)
            if entry.kind == MACRO
        ]

    def write(self, workspace_id: int, ref: str, *, language: str, text: str, source: str = "") -> bool:
        """Keep a translation as the macro's text in a language."""
        return _write(workspace_id, f"{MACRO}.0.{ref}", language=language, text=text, source=source)


class StandingTexts:
    """The port `translatables` for what is said by itself: greetings, signatures, automatic answers and the like."""

    def matters(self, workspace_id: int) -> Sequence[Matter]:
        """Return all that is written, with the brand it is for."""
        return [
            Matter(entry.ref, f"{entry.title} · {entry.brand.name}" if entry.brand else entry.title, said)
            for entry in entries_of(workspace_id)
            if entry.kind != MACRO and (said := _without_markets(entry))
        ]

    def write(self, workspace_id: int, ref: str, *, language: str, text: str, source: str = "") -> bool:
        """Keep a translation as the text in a language."""
        return _write(workspace_id, ref, language=language, text=text, source=source)
