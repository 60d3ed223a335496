"""Asking about orders of translations: what can be ordered, how far it is, and their texts as files."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from dragoman.core.language.glossary import kept_words
from dragoman.core.language.ports import Matter, translatables
from dragoman.kit.errors import NotFound
from dragoman.kit.tags import match

from .models import OrderText, TranslationOrder
from .xliff import Unit, written

OPEN, RETURNED, CHECKED, REJECTED = (state.value for state in OrderText.State)


@dataclass(frozen=True)
class Choice:
    """A text that can be ordered, and into which languages it is translated already."""

    kind: str
    matter: Matter

    @property
    def value(self) -> str:
        """Return what a form calls it."""
        return f"{self.kind}:{self.matter.ref}"

    def text_in(self, source: str) -> str:
        """Return its text in a language, empty where there is none."""
        key = match(source, self.matter.texts)
        return self.matter.texts[key] if key else ""


def choices(workspace_id: int) -> list[Choice]:
    """Return all texts that can be ordered, of every kind that somebody answers for."""
    return [
        Choice(name, matter) for name, kind in translatables.items() for matter in kind.matters(workspace_id)
    ]


def orders_of(workspace_id: int) -> QuerySet[TranslationOrder]:
    """All orders of a workspace, the newest first, with how many texts there are and are checked."""
    found = TranslationOrder.objects.filter(workspace_id=workspace_id)
    return found.annotate(
        all_texts=Count("texts"),
        done_texts=Count("texts", filter=Q(texts__state=CHECKED)),
        back_texts=Count("texts", filter=Q(texts__state=RETURNED)),
    ).order_by("-pk")


def get_order(workspace_id: int, order_id: int) -> TranslationOrder:
    """Return one order; raises NotFound."""
    found = TranslationOrder.objects.filter(workspace_id=workspace_id, pk=order_id).first()
    if found is None:
        raise NotFound
    return found


def texts_of(order: TranslationOrder, target: str = "") -> list[OrderText]:
    """Return the texts of an order, of all its languages or one, in their order."""
    found = OrderText.objects.filter(workspace_id=order.workspace_id, order_id=order.pk)
    if target:
        found = found.filter(target=target)
    return list(found.select_related("reviewer").order_by("target", "pk"))


def unit_id(text: OrderText) -> str:
    """Return the id of a text in files: the same each time."""
    return f"{text.kind}-{text.ref}"


def file_of(order: TranslationOrder, target: str) -> bytes:
    """Return the XLIFF of one target language."""
    units = [
        Unit(
            id=unit_id(text),
            title=text.title,
            text=text.text,
            said=text.checked or text.said,
            note=text.reason,
            state={CHECKED: "final", RETURNED: "translated"}.get(text.state, "initial"),
        )
        for text in texts_of(order, target)
    ]
    return written(
        units,
        file_id=f"order-{order.pk}-{target}",
        title=order.title,
        source=order.source,
        target=target,
        note=order.note,
        terms=kept_words(order.workspace_id, None),
    )


def file_name(order: TranslationOrder, target: str) -> str:
    """Return what the file of one language is called."""
    return f"order-{order.pk}-{order.source}-{target}.xlf"


def archive_of(order: TranslationOrder, targets: Sequence[str]) -> bytes:
    """Return a zip with the XLIFF of each language."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for target in targets:
            archive.writestr(file_name(order, target), file_of(order, target))
    return kept.getvalue()
