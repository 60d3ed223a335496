"""Making, changing and using macros."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent
from dragoman.ground.events.actions import publish
from dragoman.kit.address import clean
from dragoman.kit.errors import Refusal
from dragoman.kit.tags import is_known, is_market, normalise
from dragoman.kit.variants import key_of, parted

from .errors import NameTaken, NoMacro, NotYours
from .events import MacroChanged
from .models import Macro

LONGEST = 20_000
MOST_TEXTS = 200
MOST_TAGS = 10


@dataclass(frozen=True)
class Written:
    """A macro as somebody writes it; `texts` is {"de": ..., "de@AT": ...}."""

    name: str
    texts: Mapping[str, str]
    shortcut: str = ""
    tags: Sequence[str] = field(default_factory=tuple)
    then: str = ""


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
    """Store a new macro, or change one; raises NotYours, NameTaken, Refusal `empty`, `bad_language`."""
    check_may_keep(agent, macro.owner_id if macro else owner.pk if owner else None)
    facts = _checked(written)
    kept = macro or Macro(workspace_id=workspace_id, owner=owner)
    for name, value in facts.items():
        setattr(kept, name, value)
    try:
        with transaction.atomic():
            kept.save()
            publish(MacroChanged(macro_id=kept.pk))
    except IntegrityError:
        raise NameTaken from None
    return kept


def _checked(written: Written) -> dict[str, object]:
    name = " ".join(clean(written.name).split())[:120]
    if not name:
        raise Refusal(_("Give the macro a name."), code="empty", status=422)
    texts: dict[str, str] = {}
    for key, text in list(written.texts.items())[:MOST_TEXTS]:
        language, market = parted(key)
        tag = normalise(language)
        words = clean(text).replace("\r\n", "\n").strip()
        if not words:
            continue
        if not tag or not is_known(tag):
            raise Refusal(_("Give a language tag such as “fi” or “pt-BR”."), code="bad_language", status=422)
        if len(words) > LONGEST:
            raise Refusal(_("A text has at most 20,000 characters."), code="too_long", status=422)
        if market and not is_market(market):
            raise Refusal(_("Give a market as two letters such as “FI”."), code="bad_market", status=422)
        texts[key_of(tag, market.upper())] = words
    if not texts:
        raise Refusal(_("Write the text in at least one language."), code="empty", status=422)
    tags = [" ".join(clean(tag).replace(",", " ").split())[:50] for tag in written.tags]
    return {
        "name": name,
        "shortcut": "".join(clean(written.shortcut).split()).removeprefix("/")[:40],
        "texts": texts,
        "tags": [tag for tag in dict.fromkeys(tags) if tag][:MOST_TAGS],
        "then": "resolved" if written.then == "resolved" else "",
    }


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
