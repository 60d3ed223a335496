"""Making, changing and using macros."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.db.models import F, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent
from dragoman.ground.events.actions import publish
from dragoman.kit.address import clean
from dragoman.kit.errors import Refusal
from dragoman.kit.variants import key_of, parted

from ..errors import ChangedMeanwhile, NameTaken, NoMacro, NotYours
from ..events import MacroChanged
from ..localised import MACRO
from ..models import LocalisedText, Macro, Variant
from .variants import MOST_VARIANTS, placed, put_all, told

LONGEST = 20_000
MOST_TAGS = 10


@dataclass(frozen=True)
class Written:
    """A macro as somebody writes it; `texts` is {"de": ..., "de@AT": ...}, `seen` the stamp of what they saw before."""

    name: str
    texts: Mapping[str, str]
    shortcut: str = ""
    tags: Sequence[str] = field(default_factory=tuple)
    then: str = ""
    seen: str | None = None


def stamp_of(macro: Macro) -> str:
    """Return what tells one state of a macro's words from any other."""
    found = Variant.objects.filter(workspace_id=macro.workspace_id, text__macro_id=macro.pk)
    return ",".join(f"{pk}.{version}" for pk, version in found.order_by("pk").values_list("pk", "version"))


def check_may_keep(agent: Agent | None, owner_id: int | None) -> None:
    """Refuse light agents, and others than leads for what everybody uses; None is the API, checked at its door."""
    if agent is None:
        return
    if owner_id is None and not agent.can_lead:
        raise NotYours
    if owner_id is not None and owner_id != agent.pk:
        raise NoMacro
    if not agent.can_reply:
        raise NotYours


def save_macro(
    workspace_id: int,
    *,
    agent: Agent | None,
    written: Written,
    owner: Agent | None = None,
    macro: Macro | None = None,
) -> Macro:
    """Store a new macro, or change one.

    Raises NotYours, NameTaken, Refusal `empty`, `bad_language`, and ChangedMeanwhile where its words are no longer
    those that were seen.
    """
    check_may_keep(agent, macro.owner_id if macro else owner.pk if owner else None)
    facts, texts = _checked(written), _checked_texts(written.texts)
    kept = macro or Macro(workspace_id=workspace_id, owner=owner)
    for name, value in facts.items():
        setattr(kept, name, value)
    try:
        with transaction.atomic():
            kept.save()
            text = _text_of(kept)
            if written.seen is not None and macro is not None and written.seen != stamp_of(kept):
                raise ChangedMeanwhile
            put_all(text, texts, agent=agent)
            told(text)
    except IntegrityError:
        raise NameTaken from None
    kept.refresh_from_db()  # its words may have been read before
    prefetch_related_objects([kept], "localised__variants")
    return kept


def _text_of(macro: Macro) -> LocalisedText:
    place = {"workspace_id": macro.workspace_id, "kind": MACRO, "key": str(macro.pk), "macro_id": macro.pk}
    LocalisedText.objects.bulk_create([LocalisedText(**place)], ignore_conflicts=True)
    return LocalisedText.objects.select_for_update().get(**place)


def _checked(written: Written) -> dict[str, object]:
    name = " ".join(clean(written.name).split())[:120]
    if not name:
        raise Refusal(_("Give the macro a name."), code="empty", status=422)
    tags = [" ".join(clean(tag).replace(",", " ").split())[:50] for tag in written.tags]
    return {
        "name": name,
        "shortcut": "".join(clean(written.shortcut).split()).removeprefix("/")[:40],
        "tags": [tag for tag in dict.fromkeys(tags) if tag][:MOST_TAGS],
        "then": "resolved" if written.then == "resolved" else "",
    }


def _checked_texts(given: Mapping[str, str]) -> dict[str, str]:
    texts: dict[str, str] = {}
    for key, text in list(given.items())[:MOST_VARIANTS]:
        words = clean(text).replace("\r\n", "\n").strip()
        if not words:
            continue
        name = key_of(*placed(*parted(key)))
        if len(words) > LONGEST:
            raise Refusal(_("A text has at most 20,000 characters."), code="too_long", status=422)
        texts[name] = words
    if not texts:
        raise Refusal(_("Write the text in at least one language."), code="empty", status=422)
    return texts


@transaction.atomic
def remove_macro(macro: Macro, *, agent: Agent | None) -> None:
    """Delete a macro; what was sent with it stays."""
    check_may_keep(agent, macro.owner_id)
    number = macro.pk
    macro.delete()
    publish(MacroChanged(macro_id=number))


def note_use(workspace_id: int, macro_ids: Sequence[int]) -> None:
    """Count that macros were sent."""
    Macro.objects.filter(workspace_id=workspace_id, pk__in=list(macro_ids)).update(
        used=F("used") + 1, used_at=timezone.now()
    )
