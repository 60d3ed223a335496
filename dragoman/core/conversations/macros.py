"""Macros as texts that can be translated: texts and language are siblings, so this stands above."""

from collections.abc import Sequence

from django.db import transaction

from dragoman.core.language.ports import Matter
from dragoman.core.texts.actions import Written, save_macro
from dragoman.core.texts.queries import shared_macros
from dragoman.kit.variants import parted


class MacroTexts:
    """The port `translatables` for everybody's macros; what is for one market alone stays with it."""

    def matters(self, workspace_id: int) -> Sequence[Matter]:
        """Return everybody's macros by name, with their text in each language."""
        return [
            Matter(
                str(macro.pk),
                macro.name,
                {key: text for key, text in macro.texts.items() if not parted(key)[1]},
            )
            for macro in shared_macros(workspace_id)
        ]

    def write(self, workspace_id: int, ref: str, *, language: str, text: str) -> bool:
        """Keep a translation as the macro's text in a language."""
        with transaction.atomic():
            macro = shared_macros(workspace_id).filter(pk=int(ref)).select_for_update().first()
            if macro is None:
                return False
            kept = {name: getattr(macro, name) for name in ("name", "shortcut", "tags", "then")}
            save_macro(
                workspace_id,
                agent=None,
                written=Written(**kept, texts={**macro.texts, language: text}),
                macro=macro,
            )
        return True
