"""Writing a text in a language: nothing is written over unseen, and each variant knows its source's version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent
from dragoman.core.accounts.queries import workspace_facts
from dragoman.ground.events.actions import publish
from dragoman.kit.address import clean
from dragoman.kit.errors import Refusal
from dragoman.kit.tags import is_known, is_market, normalise, same
from dragoman.kit.variants import EVERY, key_of, parted

from ..errors import ChangedMeanwhile, NoText, NotYours
from ..events import MacroChanged, TextChanged
from ..localised import Entry, forget_said
from ..models import EarlierWording, LocalisedText, Variant
from ..slots import SLOT, slots_in, unknown_slots

# wordings of one variant that are kept, and variants of one text
MOST_EARLIER, MOST_VARIANTS = 50, 200


@dataclass(frozen=True)
class Wording:
    """What somebody writes: `seen` is the version of the variant they saw (0: there was none; None: they do not say),
    `source_seen` the version of the source they wrote from (None: today's)."""

    words: str
    language: str
    market: str = ""
    made: str = Variant.Made.PERSON
    seen: int | None = None
    source_seen: int | None = None


def placed(language: str, market: str = "") -> tuple[str, str]:
    """Return language and market as they are stored; raises Refusal `bad_language`, `bad_market`."""
    tag, country = normalise(language), market.strip().upper()
    if not tag or not is_known(tag):
        raise Refusal(_("Give a language tag such as “fi” or “pt-BR”."), code="bad_language", status=422)
    if country and not is_market(country):
        raise Refusal(_("Give a market as two letters such as “FI”."), code="bad_market", status=422)
    return tag, country


def kept_words(words: str) -> str:
    """Return words as they are stored."""
    return clean(words).replace("\r\n", "\n").strip()


def checked_words(entry: Entry, words: str, name: str, *, source: str = "") -> str:
    """Return words as they are stored in a variant; raises Refusal `empty`, `too_long`, `unknown_slot`.

    In a text that may have gaps for a person (a macro) those are what its source has; `source` is one that is about to
    be stored along.
    """
    kept = kept_words(words)
    kind = entry.of
    if not kept:
        raise Refusal(_("Write something, or remove the text in this language."), code="empty", status=422)
    if len(kept) > kind.longest:
        raise Refusal(
            _("A text of this kind has at most %(most)s characters.") % {"most": kind.longest},
            code="too_long",
            status=422,
            details={"limit": kind.longest},
        )
    slots = tuple(kind.slots)
    strange = unknown_slots([kept], known=slots)
    if kind.is_open:
        known_source = entry.source
        if known_source is None or known_source.name == name:
            return kept
        slots = tuple(dict.fromkeys((*slots, *slots_in(known_source.words), *slots_in(source))))
        # what is no slot by its spelling a person writes over in any language
        strange = [one for one in unknown_slots([kept], known=slots) if SLOT.fullmatch(one)]
    if strange:
        known = ", ".join(f"{{{slot}}}" for slot in slots)
        raise Refusal(
            _("Nothing fills in %(slots)s. Known here: %(known)s.")
            % {"slots": ", ".join(strange[:5]), "known": known},
            code="unknown_slot",
            status=422,
            details={"slots": strange, "known": list(slots)},
        )
    return kept


def check_may_write(agent: Agent | None) -> None:
    """Refuse all but leads; None is the API, checked at its door."""
    if agent is not None and not agent.can_lead:
        raise NotYours(_("Your role does not allow this: ask a lead."))


@transaction.atomic
def write_variant(
    workspace_id: int, entry: Entry, wording: Wording, *, agent: Agent | None, along: str = ""
) -> Variant:
    """Store what a text says in a language and market; the first one written is the source of the others.

    `along` is a source that is stored in the same act.

    Raises Refusal `empty`, `too_long`, `unknown_slot`, `bad_language`, `bad_market`, `not_allowed`, and
    ChangedMeanwhile where somebody wrote it since `seen`.
    """
    check_may_write(agent)
    language, market = placed(wording.language, wording.market)
    words = checked_words(entry, wording.words, key_of(language, market), source=along)
    text = locked(workspace_id, entry)
    rows = rows_of(text)
    before = rows.get(key_of(language, market))
    if wording.seen is not None and wording.seen != (before.version if before else 0):
        raise ChangedMeanwhile
    if before is None and len(rows) >= MOST_VARIANTS:
        raise Refusal(_("A text has at most 200 variants."), code="too_many", status=422)
    wanted = replace(wording, words=words, language=language, market=market)
    put = put_words(text, rows, wanted, agent=agent)
    settle_source(text, rows)
    told(text)
    return put


@transaction.atomic
def write_many(workspace_id: int, wordings: Sequence[tuple[Entry, Wording]], *, agent: Agent | None) -> None:
    """Store several wordings, all of them or none; raises what `write_variant` does."""
    sources = {
        entry.ref: wording.words
        for entry, wording in wordings
        if entry.source and entry.source.name == key_of(wording.language, wording.market)
    }
    for entry, wording in wordings:
        write_variant(workspace_id, entry, wording, agent=agent, along=sources.get(entry.ref, ""))


def locked(workspace_id: int, entry: Entry) -> LocalisedText:
    """Return the text's row, made if it was not there, so that one writer after the other goes on."""
    place = {"workspace_id": workspace_id, "kind": entry.kind, "key": entry.key, "brand_id": _brand_id(entry)}
    found = LocalisedText.objects.filter(**place)
    if entry.text is None:
        LocalisedText.objects.bulk_create([LocalisedText(**place)], ignore_conflicts=True)
    text = found.select_for_update().first()
    if text is None:
        raise NoText
    return text


def _brand_id(entry: Entry) -> int | None:
    return entry.brand.pk if entry.brand else None


def put_words(
    text: LocalisedText, rows: dict[str, Variant], wording: Wording, *, agent: Agent | None
) -> Variant:
    """Store words in a language without asking whether they may; what stood there is kept as an earlier wording."""
    name = key_of(wording.language, wording.market)
    source, mine = rows.get(text.source), rows.get(name)
    if mine is not None and mine.words == wording.words:
        return mine
    if mine is None:
        mine = Variant(
            workspace_id=text.workspace_id,
            text=text,
            language=wording.language,
            market=wording.market,
            version=0,
        )
    else:
        _keep_earlier(mine)
    from_version = 0 if source is None or source is mine else source.version
    if from_version and wording.source_seen is not None:
        from_version = min(from_version, wording.source_seen)
    mine.words, mine.version, mine.source_version = wording.words, mine.version + 1, from_version
    mine.made, mine.agent = wording.made, agent
    mine.written_at, mine.confirmed_at = timezone.now(), None
    mine.save()
    rows[name] = mine
    return mine


def _keep_earlier(one: Variant) -> None:
    rows = EarlierWording.objects.filter(workspace_id=one.workspace_id, variant=one)
    EarlierWording.objects.create(
        workspace_id=one.workspace_id,
        variant=one,
        version=one.version,
        words=one.words,
        made=one.made,
        agent_id=one.agent_id,
        written_at=one.written_at,
    )
    rows.filter(version__lte=one.version - MOST_EARLIER).delete()


def put_all(text: LocalisedText, texts: Mapping[str, str], *, agent: Agent | None) -> None:
    """Let a text say exactly this, the source first: what was written in the same act was written from it."""
    rows = rows_of(text)
    staying = {name: row for name, row in rows.items() if name in texts}
    # while the old source is still among the rows, which tells who was behind it
    settle_source(text, staying or dict.fromkeys(texts), among=rows)
    for name in [name for name in rows if name not in texts]:
        rows.pop(name).delete()
    for name in sorted(texts, key=lambda name: name != text.source):
        language, market = parted(name)
        put_words(text, rows, Wording(texts[name], language, market), agent=agent)


def rows_of(text: LocalisedText) -> dict[str, Variant]:
    """Return the variants of a text by name, as they are stored, the oldest first."""
    found = Variant.objects.filter(workspace_id=text.workspace_id, text=text)
    return {one.name: one for one in found.order_by("pk")}


def settle_source(
    text: LocalisedText, rows: Mapping[str, Variant | None], *, among: Mapping[str, Variant] | None = None
) -> None:
    """See that the source is a variant that is there: the team's language goes first, else what was written first.

    `among` are `rows` with those that are about to go.
    """
    if not rows or text.source in rows:
        return
    team = workspace_facts(text.workspace_id).language
    plain = [name for name in rows if not parted(name)[1] and name != EVERY]
    mine = [name for name in plain if same(name, team)]
    _source_is(text, among or rows, (mine or plain or list(rows))[0])


def _source_is(text: LocalisedText, rows: Mapping[str, Variant | None], name: str) -> None:
    """Make a variant the source; what was not behind the old one is not behind this one."""
    old, new = rows.get(text.source), rows.get(name)
    text.source = name
    text.save(update_fields=["source"])
    for one in rows.values():
        if one is None:
            continue
        was_behind = old is not None and one is not old and one.source_version < old.version
        version = 0 if new is None or one is new or was_behind else new.version
        if version != one.source_version:
            one.source_version = version
            one.save(update_fields=["source_version"])


def told(text: LocalisedText) -> None:
    """Announce that a text changed."""
    publish(TextChanged(text_id=text.pk))
    if text.macro_id is not None:
        publish(MacroChanged(macro_id=text.macro_id))
    transaction.on_commit(forget_said)


@transaction.atomic
def make_source(workspace_id: int, entry: Entry, name: str, *, agent: Agent | None) -> None:
    """Let another variant be the one that the others are written from; raises NoText."""
    check_may_write(agent)
    text = locked(workspace_id, entry)
    rows = rows_of(text)
    if name not in rows:
        raise NoText
    if name != text.source:
        _source_is(text, rows, name)
        told(text)


@transaction.atomic
def confirm_variant(
    workspace_id: int, entry: Entry, name: str, *, source_seen: int | None, agent: Agent | None
) -> Variant:
    """Note that a variant is still right for the source as it is now, or as it was in version `source_seen`.

    Raises NoText, and ChangedMeanwhile where the source was written anew since.
    """
    check_may_write(agent)
    text = locked(workspace_id, entry)
    rows = rows_of(text)
    mine, source = rows.get(name), rows.get(text.source)
    if mine is None or source is None:
        raise NoText
    if source_seen is not None and source_seen != source.version:
        raise ChangedMeanwhile
    mine.source_version = 0 if mine.pk == source.pk else source.version
    mine.confirmed_at = timezone.now()
    mine.save(update_fields=["source_version", "confirmed_at"])
    told(text)
    return mine


@transaction.atomic
def remove_variant(
    workspace_id: int, entry: Entry, name: str, *, agent: Agent | None, seen: int | None = None
) -> None:
    """Take a text out of a language; the last one leaves the place empty.

    Raises NoText, ChangedMeanwhile, Refusal `is_source` while others were written from it, `empty` for a macro's last.
    """
    check_may_write(agent)
    text = locked(workspace_id, entry)
    rows = rows_of(text)
    mine = rows.get(name)
    if mine is None:
        raise NoText
    if seen is not None and seen != mine.version:
        raise ChangedMeanwhile
    if name == text.source and len(rows) > 1:
        raise Refusal(
            _("The other languages are written from this one. Make another the source first."),
            code="is_source",
            status=409,
        )
    if len(rows) == 1 and text.macro_id is not None:
        raise Refusal(_("Write the text in at least one language."), code="empty", status=422)
    mine.delete()
    told(text)
    if len(rows) == 1:
        text.delete()
