"""What becomes of an answer: a workspace's rules in order, the first that matches counts.

Who may review which pair of languages is asked here too. Nothing here knows of conversations.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from dragoman.core.accounts.models import Agent
from dragoman.core.accounts.queries import agents_of, workspace_facts
from dragoman.core.language.entities.amounts import amounts
from dragoman.core.language.entities.dates import dates
from dragoman.core.language.entities.found import Entity
from dragoman.kit.memo import Memo
from dragoman.kit.tags import base, same

from .models import Outcome, Reviewer, ReviewPolicy, ReviewRule

Made = Literal["machine", "phrasebook", "memory", "amended", "person"]
_MOST_READ = 20_000  # characters
MADE: tuple[Made, ...] = ("machine", "phrasebook", "memory", "amended", "person")


@dataclass(frozen=True)
class When:
    """The conditions of a rule: all that are set must hold, of a list one. Empty means any.

    `pairs` are ("en", "th") with "" for any; `confidence_below` counts only what has a confidence; `amount_over` is
    in major units of `currency`, or of any where none is named; `made` says who made the text (MADE): also `person`,
    an agent who wrote in the customer's language.
    """

    brands: tuple[int, ...] = ()
    channels: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    intents: tuple[str, ...] = ()
    confidence_below: float | None = None
    engines: tuple[str, ...] = ()
    made: tuple[str, ...] = ()
    amount_over: Decimal | None = None
    currency: str = ""
    names_date: bool = False
    faults: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return the conditions that are set, as they are stored."""
        found = {key: value for key, value in asdict(self).items() if value not in ((), None, "", False)}
        found["made"] = self.made
        if self.amount_over is not None:
            found["amount_over"] = str(self.amount_over)
        return {key: _listed(value) for key, value in found.items()}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "When":
        """Read stored conditions; what an older or newer version wrote besides is left out."""
        known = {one.name for one in fields(cls)}
        found = {key: _frozen(value) for key, value in stored.items() if key in known}
        if "amount_over" in found:
            found["amount_over"] = _decimal(found["amount_over"])
        return cls(**found)


def _listed(value: Any) -> Any:
    return [_listed(inner) for inner in value] if isinstance(value, tuple) else value


def _frozen(value: Any) -> Any:
    return tuple(_frozen(inner) for inner in value) if isinstance(value, list) else value


def _decimal(value: object) -> Decimal | None:
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


@dataclass(frozen=True)
class Facts:
    """An answer about to go out, as rules see it: `text` is what the agent wrote in `source`.

    Where that is `target` already, nothing was translated: the agent wrote to the customer directly.
    """

    text: str
    source: str
    target: str
    brand_id: int | None = None
    channel: str = ""
    intent: str = ""
    engine: str = ""
    confidence: float | None = None
    made: Made = "machine"
    faults: tuple[str, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """What becomes of it and why: `reason` is {"code": ...} with what the words need, `sample` 1 in how many.

    `asks` says that the agent is asked about the faults; `rule_id` is None where the default counted.
    """

    outcome: str
    reason: Mapping[str, Any] = field(default_factory=dict)
    sample: int = 1
    rule_id: int | None = None
    asks: bool = False

    @property
    def holds(self) -> bool:
        """Say whether the customer gets nothing before a person looked."""
        return self.outcome == Outcome.HOLD


@dataclass(frozen=True)
class House:
    """A workspace's policy with its rules in order."""

    policy: ReviewPolicy
    rules: Sequence[tuple[ReviewRule, When]]


_houses: Memo[int, House] = Memo(seconds=5)


def policy_of(workspace_id: int) -> ReviewPolicy:
    """Return a workspace's policy; an unsaved one with the defaults where nobody decided."""
    found = ReviewPolicy.objects.filter(workspace_id=workspace_id).first()
    return found or ReviewPolicy(workspace_id=workspace_id)


def rules_of(workspace_id: int) -> list[ReviewRule]:
    """Return the rules in their order."""
    return list(ReviewRule.objects.filter(workspace_id=workspace_id).order_by("place", "pk"))


def house_of(workspace_id: int) -> House:
    """Return policy and rules, at most 5 s old."""

    def load() -> House:
        rules = [(rule, When.from_json(rule.when)) for rule in rules_of(workspace_id)]
        return House(policy_of(workspace_id), rules)

    found = _houses.get(workspace_id, load)
    assert found is not None
    return found


def forget_house() -> None:
    """Let this process ask anew: somebody changed policy or rules."""
    _houses.forget()


def verdict_on(workspace_id: int, facts: Facts) -> Verdict:
    """Say what becomes of an answer: the first rule that matches, else the policy's default."""
    house = house_of(workspace_id)
    named = None
    for rule, when in house.rules:
        if _matches(when, facts):
            if when.amount_over is not None or when.names_date:
                named = _named(facts) if named is None else named
                if not _names(when, named):
                    continue
            return Verdict(
                rule.outcome, _reason(rule, when, facts, named or ()), max(1, rule.sample), rule.pk
            )
    return _default(house.policy, facts)


def _default(policy: ReviewPolicy, facts: Facts) -> Verdict:
    if facts.faults and facts.made == "machine":
        held = policy.faults == ReviewPolicy.Faults.HOLD
        return Verdict(
            Outcome.HOLD if held else policy.outcome,
            {"code": "faults", "faults": list(facts.faults)[:5]},
            max(1, policy.sample),
            asks=not held,
        )
    reason = {"code": "sampled", "n": policy.sample} if policy.outcome == Outcome.AFTER else {"code": "all"}
    # a policy for all is one about machines: what people wrote is as checked as it will be
    outcome = policy.outcome if facts.made in ("machine", "amended") else Outcome.SEND.value
    return Verdict(outcome, reason, max(1, policy.sample))


def _matches(when: When, facts: Facts) -> bool:
    """Say whether everything holds that needs no look into the text."""
    return (
        _among(facts.brand_id, when.brands)
        and _among(facts.channel, when.channels)
        and _among(facts.intent, when.intents)
        and _among(facts.engine, when.engines)
        and _among(facts.made, when.made)
        and (not when.pairs or any(_is_pair(facts, pair) for pair in when.pairs))
        and (not when.faults or bool(facts.faults))
        and (when.confidence_below is None or _is_below(facts.confidence, when.confidence_below))
    )


def _among(value: object, wanted: Sequence[object]) -> bool:
    return not wanted or value in wanted


def _is_below(confidence: float | None, limit: float) -> bool:
    return confidence is not None and confidence < limit


def _is_pair(facts: Facts, pair: tuple[str, str]) -> bool:
    source, target = pair
    # what an agent wrote in the customer's language is into it, and from none
    from_it = not same(facts.source, facts.target) and same(source, facts.source)
    return (not source or from_it) and (not target or same(target, facts.target))


def _named(facts: Facts) -> tuple[Entity, ...]:
    text = facts.text[:_MOST_READ]
    return (*amounts(text, facts.source), *dates(text, facts.source))


def _names(when: When, named: Sequence[Entity]) -> bool:
    if when.names_date and not any(one.type == "date" for one in named):
        return False
    return when.amount_over is None or _over(when, named) is not None


def _over(when: When, named: Sequence[Entity]) -> tuple[str, Decimal] | None:
    """Return the highest amount over the limit."""
    found = []
    for one in named:
        currency, _blank, number = one.value.partition(" ")
        value = _decimal(number) if one.type == "amount" else None
        if value is None or when.amount_over is None or value <= when.amount_over:
            continue
        if not when.currency or currency == when.currency:
            found.append((currency, value))
    return max(found, key=lambda pair: pair[1], default=None)


def _reason(rule: ReviewRule, when: When, facts: Facts, named: Sequence[Entity]) -> dict[str, Any]:
    """Return what says most of why a rule matched."""
    words: dict[str, Any] = {"name": rule.name} if rule.name else {}
    if when.amount_over is not None and (found := _over(when, named)):
        return {**words, "code": "amount", "currency": found[0], "amount": str(found[1])}
    if when.names_date:
        return {**words, "code": "date"}
    if when.faults:
        return {**words, "code": "faults", "faults": list(facts.faults)[:5]}
    if when.confidence_below is not None:
        return {**words, "code": "confidence", "confidence": facts.confidence}
    if rule.outcome == Outcome.AFTER and rule.sample > 1:
        return {**words, "code": "sampled", "n": rule.sample}
    if when.intents:
        return {**words, "code": "intent", "intent": facts.intent}
    return {**words, "code": "rule"}


def speaks(agent: Agent, tag: str, team: str) -> bool:
    """Say whether an agent reads a language: the team's, or one of their own."""
    spoken = [team, *(str(entry.get("tag", "")) for entry in agent.languages)]
    return any(one and (same(one, tag) or base(one) == base(tag)) for one in spoken)


@dataclass(frozen=True)
class Bench:
    """Who reviews in a workspace: the policy, the team's language and the assigned pairs of each agent."""

    policy: ReviewPolicy
    team: str
    assigned: Mapping[int, Sequence[tuple[str, str]]]

    def is_reviewer(self, agent: Agent, source: str, target: str) -> bool:
        """Say whether this pair is one that the agent reviews."""
        if not agent.can_reply:
            return False
        given = self.assigned.get(agent.pk, ())
        # who reviews what is translated into a language reviews also what is written in it
        direct = same(source, target)
        if any((not s or direct or same(s, source)) and (not t or same(t, target)) for s, t in given):
            return True
        if self.policy.assigned_only:
            return False
        return speaks(agent, source, self.team) and speaks(agent, target, self.team)

    def may_decide(self, agent: Agent, source: str, target: str, *, author_id: int | None) -> bool:
        """Say whether an agent may decide: a reviewer of the pair or a lead, and not over their own answer."""
        if author_id == agent.pk and not self.policy.own:
            return False
        return agent.can_lead or self.is_reviewer(agent, source, target)


def bench_of(workspace_id: int) -> Bench:
    """Return who reviews in a workspace."""
    assigned: dict[int, list[tuple[str, str]]] = {}
    for row in Reviewer.objects.filter(workspace_id=workspace_id).order_by("pk"):
        assigned.setdefault(row.agent_id, []).append((row.source, row.target))
    return Bench(house_of(workspace_id).policy, workspace_facts(workspace_id).language, assigned)


def reviewers_for(
    workspace_id: int, source: str, target: str, *, author_id: int | None = None
) -> list[Agent]:
    """Return the agents who review a pair, without its author unless the policy lets them."""
    bench = bench_of(workspace_id)
    seats = [seat for seat in agents_of(workspace_id) if bench.is_reviewer(seat, source, target)]
    return [seat for seat in seats if bench.policy.own or seat.pk != author_id]
