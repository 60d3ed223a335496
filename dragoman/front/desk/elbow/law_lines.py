"""The law a reply rests on: sentences that say it, and what a reply says otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from pydantic import BaseModel

from dragoman.core.accounts.models import Agent
from dragoman.core.conversations.actions.reply import Preview
from dragoman.core.conversations.actions.translation import manner_in
from dragoman.core.conversations.models import Conversation
from dragoman.core.language import phrasebook
from dragoman.core.language.own_phrases import own_of
from dragoman.core.playbooks.claims import Claim, claims_in, contradicts
from dragoman.core.playbooks.queries import Told
from dragoman.ground.markets.facts import Guarantee, RefundDeadline, ReturnCost, Withdrawal
from dragoman.ground.markets.playbook import Fact

from .. import market_words as say
from ..frame import writing_language
from ..market_lines import lines
from .market import Market

LAW: Final = "law:"
# the rights that a reply about a purpose speaks of; with another purpose it may be any
RIGHTS: Final[Mapping[str, tuple[str, ...]]] = {
    "return_request": ("withdrawal", "refund_deadline"),
    "exchange": ("withdrawal", "guarantee"),
    "cancel_order": ("withdrawal", "refund_deadline"),
    "refund_status": ("refund_deadline", "withdrawal"),
    "warranty_claim": ("guarantee", "refund_deadline"),
    "damaged_item": ("guarantee", "withdrawal", "refund_deadline"),
}


@dataclass(frozen=True)
class Cited:
    """Where a fact stands: the article, else the source's title, and an address; `mark` says that nobody read it."""

    text: str
    url: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Phrase:
    """A sentence of the phrasebook with the values of a fact; `text` is the agent's, `target` the customer's."""

    key: str
    text: str
    target: str
    language: str


@dataclass(frozen=True)
class Stated:
    """What a reply states of a right: the words, and what holds instead ("" where they agree)."""

    words: str
    instead: str
    cited: Cited


def cited(fact: Fact, market: Market) -> Cited:
    """Return where a fact stands."""
    source = next((one for one in fact.sources if one.url), fact.sources[0] if fact.sources else None)
    named = fact.law or (source.title if source and fact.verified else "")
    how = say.standing(fact, on=market.today)
    mark = say.standing_words(fact, on=market.today) if how in ("general", "stale", "yours") else ""
    return Cited(named, source.url or "" if source else "", mark)


# from when on the days of a right to return are counted
_RETURNS: Final[Mapping[str | None, str]] = {
    "delivery": "return_within_of_delivery",
    "order": "return_within_of_order",
}


def _asks(value: BaseModel) -> tuple[str, dict[str, str]] | None:
    """Return the phrase that says a fact, and its values; None where the phrasebook has none."""
    if isinstance(value, Guarantee):
        return _guarantee(value)
    if isinstance(value, ReturnCost):
        return ("return_free", {}) if value.payer == "trader" else None
    if not isinstance(value, Withdrawal | RefundDeadline) or value.day_type != "calendar":
        return None
    days = {"days": str(value.days)}
    if isinstance(value, RefundDeadline):
        return ("refund_within", days) if value.days else ("refund_at_once", {})
    if value.right not in ("statutory", "unless_policy_shown") or not value.days:
        return None
    return _RETURNS.get(value.starts, "send_back_within"), days


def _guarantee(value: Guarantee) -> tuple[str, dict[str, str]]:
    if value.months is None or value.form not in ("fixed", "at_least"):
        return "guarantee_by_law", {}
    years, more = divmod(value.months, 12)
    if more:
        return "guarantee_months", {"count": str(value.months)}
    return "guarantee_years", {"count": str(years)}


def phrase_for(told: Told | None, conversation: Conversation, agent: Agent) -> Phrase | None:
    """Return the sentence that tells a customer what holds; None where nobody wrote one in both languages."""
    fact = told.holds if told else None
    if told is None or fact is None or not conversation.language:
        return None
    if (
        told.policy is None
        and isinstance(fact.value, Withdrawal)
        and fact.value.right == "unless_policy_shown"
    ):
        # whether it holds depends on the shop's own policy, which nobody wrote down yet
        return None
    if told.policy is not None and isinstance(fact.value, Guarantee):
        # the phrase says what the law gives, the brand gives something else
        return None
    asked = _asks(fact.value)
    if asked is None:
        return None
    (key, values), own = asked, own_of(conversation.workspace_id, conversation.brand_id)
    ours = writing_language(agent)
    tag, _text = phrasebook.reading(key, [ours], own=own)
    register = manner_in(conversation, agent).register
    try:
        target = phrasebook.render(key, conversation.language, values, register=register, own=own)
        text = phrasebook.render(key, tag, values, own=own)
    except KeyError:
        return None
    return Phrase(f"{LAW}{fact.kind}", text, target, tag)


def law_text(key: str, market: Market | None, conversation: Conversation, agent: Agent) -> str:
    """Return what a law line chosen by its key puts into the draft; empty where there is none."""
    told = market.told(key.removeprefix(LAW)) if market and not market.presumed else None
    phrase = phrase_for(told, conversation, agent)
    return phrase.text if phrase else ""


def stated_in(conversation: Conversation, market: Market | None, preview: Preview | None) -> list[Stated]:
    """Return what a reply states of the rights its purpose is about: what is otherwise first."""
    if preview is None or market is None or market.presumed:
        # nobody told the country: its law is a guess
        return []
    rights = RIGHTS.get(conversation.intent)
    both = ((preview.source_text, preview.source_language), (preview.text or "", preview.target_language))
    for text, language in both:
        claims = [one for one in claims_in(text, language) if rights is None or one.kind in rights]
        told = [_stated(text, one, known, market) for one in claims if (known := market.told(one.kind))]
        found = [one for one in dict.fromkeys(told) if one is not None]
        if found:
            return sorted(found, key=lambda one: not one.instead)
    return []


def _stated(text: str, claim: Claim, told: Told, market: Market) -> Stated | None:
    holds, law = told.holds, told.fact
    if holds is None:
        return None
    words = text[claim.start : claim.end]
    if not contradicts(claim, holds.value):
        return Stated(words, "", cited(law or holds, market))
    right = lines((law or holds).value)[0].text
    if told.policy is not None:
        # what holds is the brand's word; an answer mended to the law alone would be wrong again
        said = [_("our policy says: %(right)s") % {"right": lines(holds.value)[0].text}]
        if law is not None and law.plain != holds.plain:
            said.append(_("the law says: %(right)s") % {"right": right})
        return Stated(words, " · ".join(said), cited(law or holds, market))
    if law is not None and contradicts(claim, law.value) and not _gives_more(claim, law):
        return Stated(words, _("the law says: %(right)s") % {"right": right}, cited(law, market))
    return Stated(
        words,
        _("the law says: %(right)s. No policy of ours gives more") % {"right": right},
        cited(holds, market),
    )


def _gives_more(claim: Claim, law: Fact) -> bool:
    return isinstance(law.value, Withdrawal) and claim.amount > (law.value.days or 0)
