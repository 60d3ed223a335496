"""Review: rules in their order, what counts without one, who reviews, and what would happen."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dragoman.core.accounts.models import Brand
from dragoman.core.accounts.queries import agents_of, brands_of
from dragoman.core.language.actions.review import (
    RuleWritten,
    move_rule,
    remove_rule,
    save_rule,
    set_policy,
    set_reviewers,
)
from dragoman.core.language.models import Outcome, Reviewer, ReviewRule
from dragoman.core.language.review import Facts, When, policy_of, rules_of, speaks, verdict_on
from dragoman.ground.design.functions import language_name
from dragoman.kit.errors import NotFound, Refusal

from ...request import AgentRequest
from ...review.words import reason
from ..languages import language_choices
from ..places import leads_only, show
from .forms import PolicyForm, RuleForm, TryForm, initial_of
from .saying import sentence

NEW_ROWS = 2


@leads_only
@require_http_methods(["GET", "POST"])
def review(request: AgentRequest) -> HttpResponse:
    """Show everything, and store what counts where no rule matches."""
    policy = policy_of(request.agent.workspace_id)
    fields = {name: getattr(policy, name) for name in PolicyForm.base_fields}
    form = PolicyForm(request.POST or None, initial=fields)
    if request.method == "POST" and form.is_valid():
        set_policy(request.agent.workspace_id, agent=request.agent, values=form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("settings_review")
    return _page(request, form=form, status=422 if form.errors else 200)


def _page(
    request: AgentRequest,
    *,
    form: PolicyForm | None = None,
    try_form: TryForm | None = None,
    verdict: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    agent, workspace_id = request.agent, request.agent.workspace_id
    policy = policy_of(workspace_id)
    brands = {brand.pk: brand.name for brand in brands_of(workspace_id)}
    seats = [seat for seat in agents_of(workspace_id) if seat.can_reply]
    team = agent.workspace.language
    assigned = list(Reviewer.objects.filter(workspace_id=workspace_id).order_by("pk"))
    return show(
        request,
        "review.html",
        place="review",
        status=status,
        rules=[
            (rule, sentence(When.from_json(rule.when), rule.outcome, brands))
            for rule in rules_of(workspace_id)
        ],
        outcomes=dict(Outcome.choices),
        policy=policy,
        form=form or PolicyForm(initial={name: getattr(policy, name) for name in PolicyForm.base_fields}),
        assigned=[*assigned, *[Reviewer() for _n in range(NEW_ROWS)]],
        seats=seats,
        languages=language_choices(),
        speakers=[
            (language_name(tag), [seat.name for seat in seats if speaks(seat, tag, team)])
            for tag, _name in language_choices(agent.workspace.languages)
            if tag != team
        ],
        try_form=try_form or TryForm(initial={"source": team, "made": "machine", "confidence": 0.8}),
        verdict=verdict,
    )


@leads_only
@require_POST
def reviewers(request: AgentRequest) -> HttpResponse:
    """Store who reviews which pair by assignment; a row without an agent is none."""
    rows = zip(
        request.POST.getlist("agent"),
        request.POST.getlist("source"),
        request.POST.getlist("target"),
        strict=False,
    )
    pairs = [(int(pk), source, target) for pk, source, target in rows if pk.isascii() and pk.isdigit()]
    try:
        set_reviewers(request.agent.workspace_id, agent=request.agent, pairs=pairs)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Saved."))
    return redirect("settings_review")


def _rule(request: AgentRequest, rule_id: int) -> ReviewRule:
    found = ReviewRule.objects.filter(workspace_id=request.agent.workspace_id, pk=rule_id).first()
    if found is None:
        raise NotFound(_("There is no such rule."))
    return found


@leads_only
@require_http_methods(["GET", "POST"])
def rule(request: AgentRequest, rule_id: int | None = None) -> HttpResponse:
    """Make a rule, or change one."""
    known = None if rule_id is None else _rule(request, rule_id)
    when = When.from_json(known.when) if known else When()
    initial = {**initial_of(when), "outcome": known.outcome if known else "hold"}
    initial |= {"name": known.name, "sample": known.sample} if known else {"sample": 1}
    brands = list(brands_of(request.agent.workspace_id))
    form = RuleForm(request.POST or None, initial=initial, brands=brands)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        written = RuleWritten(form.when(), data["outcome"], data["name"], data["sample"])
        try:
            save_rule(request.agent.workspace_id, agent=request.agent, written=written, rule=known)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The rule is saved."))
            return redirect("settings_review")
    status = 422 if form.errors else 200
    return show(
        request,
        "review_rule.html",
        place="review",
        up="/settings/review",
        form=form,
        known=known,
        several=len(brands) > 1,
        says=_said(form, when, initial["outcome"], brands),
        status=status,
    )


def _said(form: RuleForm, when: When, outcome: str, brands: Sequence[Brand]) -> str:
    """Say what a rule would do as its form has it, or as it is stored while the form is not sound."""
    if form.is_bound and form.is_valid():
        when, outcome = form.when(), form.cleaned_data["outcome"]
    return sentence(when, outcome, {brand.pk: brand.name for brand in brands})


@leads_only
@require_POST
def saying(request: AgentRequest) -> HttpResponse:
    """Say what a rule would do while somebody ticks; nothing is stored. Empty while the form is not sound."""
    brands = list(brands_of(request.agent.workspace_id))
    form = RuleForm(request.POST, brands=brands)
    if not form.is_valid():
        return HttpResponse(status=204)
    return HttpResponse(escape(_said(form, When(), Outcome.HOLD, brands)))


@leads_only
@require_POST
def move(request: AgentRequest, rule_id: int) -> HttpResponse:
    """Move a rule up or down."""
    by = 1 if request.POST.get("by") == "1" else -1
    move_rule(_rule(request, rule_id), agent=request.agent, by=by)
    return redirect("settings_review")


@leads_only
@require_POST
def remove(request: AgentRequest, rule_id: int) -> HttpResponse:
    """Delete a rule."""
    remove_rule(_rule(request, rule_id), agent=request.agent)
    messages.success(request, _("The rule is removed. What it held goes on waiting."))
    return redirect("settings_review")


@leads_only
@require_http_methods(["GET", "POST"])
def try_it(request: AgentRequest) -> HttpResponse:
    """Say what would become of an answer; nothing is stored."""
    form = TryForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(
            request, try_form=form if request.method == "POST" else None, status=422 if form.errors else 200
        )
    data = form.cleaned_data
    found = verdict_on(
        request.agent.workspace_id,
        Facts(
            text=data["text"],
            # a person writes in the customer's language, and nothing is translated
            source=data["target"] if data["made"] == "person" else data["source"],
            target=data["target"],
            channel=data["channel"],
            intent=data["intent"],
            made=data["made"],
            confidence=data["confidence"],
            faults=("length",) if data["faulty"] else (),
        ),
    )
    rules = rules_of(request.agent.workspace_id)
    place = next((n for n, one in enumerate(rules, start=1) if one.pk == found.rule_id), 0)
    verdict = {
        "outcome": dict(Outcome.choices)[Outcome(found.outcome)],
        "holds": found.holds,
        "asks": found.asks,
        "sample": found.sample if found.outcome == Outcome.AFTER else 1,
        "place": place,
        "why": reason(found.reason),
    }
    return _page(request, try_form=form, verdict=verdict)
