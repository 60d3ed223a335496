"""Deciding how a workspace reviews: its policy, its rules in order, who reviews which languages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent
from dragoman.core.accounts.queries import agents_of
from dragoman.ground.events.actions import publish
from dragoman.kit.errors import Refusal
from dragoman.kit.tags import is_known, normalise

from ..events import ReviewPolicyChanged
from ..models import Outcome, Reviewer, ReviewPolicy, ReviewRule, StandIn
from ..review import MADE, When, forget_house

MOST_RULES = 100
MOST_REVIEWERS = 1000


@dataclass(frozen=True)
class RuleWritten:
    """A rule as somebody writes it."""

    when: When
    outcome: str
    name: str = ""
    sample: int = 1


def check_may_lead(agent: Agent | None) -> None:
    """Refuse who may not change the workspace; None is the API, whose token was checked at the door."""
    if agent is not None and not agent.can_lead:
        raise Refusal(_("Your role does not allow this: ask a lead."), code="not_allowed", status=403)


@transaction.atomic
def set_policy(workspace_id: int, *, agent: Agent | None, values: Mapping[str, Any]) -> ReviewPolicy:
    """Change what is named of the policy; raises Refusal `bad_policy`."""
    check_may_lead(agent)
    choices = {"outcome": Outcome.values, "faults": ReviewPolicy.Faults.values, "stand_in": StandIn.values}
    for name, value in values.items():
        if name in choices and value not in choices[name]:
            raise Refusal(_("There is no such choice."), code="bad_policy", status=422)
    for name, most in (("sample", 1000), ("stand_in_minutes", 10_080)):
        if name in values and not 1 <= int(values[name]) <= most:
            raise Refusal(_("Give a number between 1 and %d.") % most, code="bad_policy", status=422)
    known, _made = ReviewPolicy.objects.update_or_create(workspace_id=workspace_id, defaults=dict(values))
    _tell(workspace_id)
    return known


@transaction.atomic
def set_rules(workspace_id: int, *, agent: Agent | None, rules: Sequence[RuleWritten]) -> list[ReviewRule]:
    """Put these rules, in this order, in the place of all others; raises Refusal `bad_rule`."""
    check_may_lead(agent)
    if len(rules) > MOST_RULES:
        raise Refusal(_("There may be at most 100 rules."), code="bad_rule", status=422)
    checked = [_checked(rule) for rule in rules]
    ReviewRule.objects.filter(workspace_id=workspace_id).delete()
    made = [
        ReviewRule.objects.create(workspace_id=workspace_id, place=place, **values)
        for place, values in enumerate(checked)
    ]
    _tell(workspace_id)
    return made


@transaction.atomic
def save_rule(
    workspace_id: int, *, agent: Agent | None, written: RuleWritten, rule: ReviewRule | None = None
) -> ReviewRule:
    """Change a rule in its place, or put a new one behind the others; raises Refusal `bad_rule`."""
    check_may_lead(agent)
    values = _checked(written)
    mine = ReviewRule.objects.filter(workspace_id=workspace_id)
    if rule is None:
        if mine.count() >= MOST_RULES:
            raise Refusal(_("There may be at most 100 rules."), code="bad_rule", status=422)
        last = mine.order_by("-place").values_list("place", flat=True).first()
        kept = ReviewRule(workspace_id=workspace_id, place=0 if last is None else last + 1)
    else:
        kept = rule
    for name, value in values.items():
        setattr(kept, name, value)
    kept.save()
    _tell(workspace_id)
    return kept


@transaction.atomic
def move_rule(rule: ReviewRule, *, agent: Agent | None, by: int) -> None:
    """Move a rule before or behind its neighbour."""
    check_may_lead(agent)
    found = list(ReviewRule.objects.filter(workspace_id=rule.workspace_id).order_by("place", "pk"))
    at = next((place for place, one in enumerate(found) if one.pk == rule.pk), 0)
    to = min(len(found) - 1, max(0, at + by))
    found.insert(to, found.pop(at))
    for place, one in enumerate(found):
        one.place = place
    ReviewRule.objects.bulk_update(found, ["place"])
    _tell(rule.workspace_id)


@transaction.atomic
def remove_rule(rule: ReviewRule, *, agent: Agent | None) -> None:
    """Delete a rule; what it held goes on waiting."""
    check_may_lead(agent)
    rule.delete()
    _tell(rule.workspace_id)


@transaction.atomic
def set_reviewers(
    workspace_id: int, *, agent: Agent | None, pairs: Sequence[tuple[int, str, str]]
) -> list[Reviewer]:
    """Let these agents review these pairs (agent id, source, target; "" is any), and no others by assignment.

    Raises Refusal `unknown_agent`, `bad_language`.
    """
    check_may_lead(agent)
    seats = {seat.pk for seat in agents_of(workspace_id) if seat.can_reply}
    wanted: dict[tuple[int, str, str], None] = {}
    for agent_id, source, target in pairs[:MOST_REVIEWERS]:
        if agent_id not in seats:
            raise Refusal(_("There is no such agent."), code="unknown_agent", status=422)
        wanted[(agent_id, _tag(source), _tag(target))] = None
    Reviewer.objects.filter(workspace_id=workspace_id).delete()
    made = Reviewer.objects.bulk_create(
        Reviewer(workspace_id=workspace_id, agent_id=pk, source=source, target=target)
        for pk, source, target in wanted
    )
    _tell(workspace_id)
    return made


def _tell(workspace_id: int) -> None:
    publish(ReviewPolicyChanged(workspace_id=workspace_id))
    transaction.on_commit(forget_house)
    forget_house()


def _tag(tag: str) -> str:
    if not tag:
        return ""
    known = normalise(tag)
    if not known or not is_known(known):
        raise Refusal(_("Give a language tag such as “fi” or “pt-BR”."), code="bad_language", status=422)
    return known


def _checked(written: RuleWritten) -> dict[str, Any]:
    when = written.when
    if written.outcome not in Outcome.values or not set(when.made) <= set(MADE):
        raise Refusal(_("There is no such choice."), code="bad_rule", status=422)
    if not 1 <= written.sample <= 1000:
        raise Refusal(_("Give a number between 1 and %d.") % 1000, code="bad_rule", status=422)
    if when.confidence_below is not None and not 0 <= when.confidence_below <= 1:
        raise Refusal(_("A confidence lies between 0 and 1."), code="bad_rule", status=422)
    if when.amount_over is not None and not 0 <= when.amount_over < 10**12:
        raise Refusal(_("Give an amount of money."), code="bad_rule", status=422)
    pairs = tuple((_tag(source), _tag(target)) for source, target in when.pairs)
    kept = When(**{**when.__dict__, "pairs": tuple(dict.fromkeys(pairs))})
    return {
        "name": " ".join(written.name.split())[:120],
        "when": kept.as_json(),
        "outcome": written.outcome,
        "sample": written.sample,
    }
