"""Translation: which engines there are, how they fare, what they cost, and what each language gets."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dragoman.core.accounts.models import Workspace
from dragoman.core.accounts.queries import workspace_facts
from dragoman.core.connections.spending import EVERYTHING, UsedUp, used_this_month
from dragoman.core.language import phrasebook
from dragoman.core.language.actions.engines import set_order, set_rules
from dragoman.core.language.detect import detect
from dragoman.core.language.engines import EngineStatus, can_or_could, engines_status
from dragoman.core.language.line_up import (
    ANY,
    free_text_possible,
    line_up,
    orders_of,
    policy_of,
)
from dragoman.core.language.scope import Scope
from dragoman.core.language.translate import Translation, translate, translate_with
from dragoman.core.language.vendors import FAMILY, VENDORS
from dragoman.ground.design.functions import language_name
from dragoman.kit.errors import OutsideError, Refusal
from dragoman.kit.tags import same

from ...request import AgentRequest
from ..places import leads_only, show
from .forms import OrderForm, RulesForm, TryForm
from .rows import Row, rows, spent


@dataclass(frozen=True)
class Reach:
    """How far translation between the team and one customers' language goes."""

    tag: str
    name: str
    is_free: bool
    has_phrases: bool


@dataclass(frozen=True)
class Answer:
    """What one engine said to a text, or why it said nothing."""

    name: str
    found: Translation | None = None
    problem: str = ""


@dataclass(frozen=True)
class Tried:
    """What became of a text: its language, what the desk would show, and what each engine says."""

    source: str
    target: str
    found: Translation | None = None
    problem: str = ""
    answers: tuple[Answer, ...] = ()


def _tried(form: TryForm, facts: Workspace, found: list[Row]) -> Tried | None:
    if not form.is_bound or not form.is_valid():
        return None
    text, target = form.cleaned_data["text"], form.cleaned_data["target"]
    seen = detect(text, facts.languages)
    if same(seen.language, target):
        return Tried(seen.language, target, problem=_("The text is in this language already."))
    scope = Scope(facts.pk, purpose="try")
    try:
        made = translate(text, source=seen.language, target=target, scope=scope)
    except OutsideError as error:
        return Tried(seen.language, target, problem=str(error))
    names = {row.key: row.name for row in found}
    answers = [] if made and not made.machine else _answers(text, seen.language, target, scope, names)
    missing = "" if made else _("No engine can do this pair, and the phrasebook has no such sentence.")
    return Tried(seen.language, target, made, missing, tuple(answers))


def _answers(text: str, source: str, target: str, scope: Scope, names: dict[str, str]) -> list[Answer]:
    """Let every engine that may be asked say it, one after the other."""
    found = []
    for machine in line_up(scope, source, target):
        name = names.get(machine.key, machine.engine.name)
        if not can_or_could(machine, source, target):
            found.append(Answer(name, problem=machine.problem or _("It does not do this pair.")))
            continue
        try:
            said = translate_with(machine, text, source=source, target=target, scope=scope)
        except OutsideError as error:
            found.append(Answer(name, problem=str(error)))
        except UsedUp:
            found.append(Answer(name, problem=_("Its budget of this month is used up.")))
        else:
            found.append(Answer(name, said, "" if said else _("It said nothing.")))
    return found


def _reaches(facts: Workspace) -> list[Reach]:
    team, workspace_id = facts.language, facts.pk
    found = [
        Reach(
            tag,
            language_name(tag),
            free_text_possible(tag, team, workspace_id=workspace_id)
            and free_text_possible(team, tag, workspace_id=workspace_id),
            phrasebook.tag_for(tag) is not None and phrasebook.tag_for(team) is not None,
        )
        for tag in facts.languages
        if not same(tag, team)
    ]
    return sorted(found, key=lambda one: (one.is_free, one.has_phrases, one.name))


@require_http_methods(["GET", "POST"])
@leads_only
def translation(request: AgentRequest) -> HttpResponse:
    """Ask every engine how it is; a posted text is translated once, by each."""
    facts = workspace_facts(request.agent.workspace_id)
    form = _try_form(facts, request.POST or None)
    status = 422 if form.is_bound and not form.is_valid() else 200
    return _page(request, facts, form, status=status)


def _try_form(facts: Workspace, data: object = None) -> TryForm:
    first = {"text": phrasebook.render("where_is_my_order", "fi", {}), "target": facts.language}
    return TryForm(facts, data, initial=first)


def _page(
    request: AgentRequest,
    facts: Workspace,
    form: TryForm,
    *,
    rules: RulesForm | None = None,
    order: OrderForm | None = None,
    status: int = 200,
) -> HttpResponse:
    policy, found = policy_of(facts.pk), rows(facts.pk)
    tried = _tried(form, facts, found)
    whole = spent(
        used_this_month(facts.pk, family=FAMILY).get(EVERYTHING),
        characters=policy.most_characters,
        limit=policy.most_money,
        currency=policy.currency,
    )
    return show(
        request,
        "translation.html",
        place="translation",
        status=status,
        policy=policy,
        rules=rules or RulesForm(initial=RulesForm.shown(policy)),
        whole=whole,
        rows=found,
        broken=_broken(),
        orders=[_said(one.source, one.target, one.engines, found) for one in orders_of(facts.pk)],
        order=order or _order_form(facts, found),
        vendors=VENDORS,
        book=sorted(language_name(tag) for tag in phrasebook.languages()),
        team=facts.language,
        form=form,
        tried=tried,
        reaches=_reaches(facts),
    )


def _broken() -> list[EngineStatus]:
    """Return what the installation names and what cannot be an engine."""
    return [one for one in engines_status() if not one.key and one.name != "phrasebook"]


def _order_form(facts: Workspace, found: list[Row], data: object = None) -> OrderForm:
    return OrderForm(
        facts, [(row.key, row.name) for row in found], data, initial={"source": ANY, "target": ANY}
    )


def _said(source: str, target: str, engines: list[str], found: list[Row]) -> dict[str, object]:
    names = {row.key: row.name for row in found}
    return {
        "source": source,
        "target": target,
        "from": _("Any language") if source == ANY else language_name(source),
        "into": _("any language") if target == ANY else language_name(target),
        "engines": [names[key] for key in engines if key in names],
    }


@require_POST
@leads_only
def rules(request: AgentRequest) -> HttpResponse:
    """Store the switch and the budgets of the workspace."""
    facts = workspace_facts(request.agent.workspace_id)
    form = RulesForm(request.POST)
    if form.is_valid():
        try:
            set_rules(facts.pk, rules=form.rules())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            words = (
                _("From now on nothing leaves the house.")
                if form.cleaned_data["stays_home"]
                else _("The rules are saved.")
            )
            messages.success(request, words)
            return redirect("settings_translation")
    return _page(request, facts, _try_form(facts), rules=form, status=422)


@require_POST
@leads_only
def order(request: AgentRequest) -> HttpResponse:
    """Store the engines of a pair, or take its rule away."""
    facts = workspace_facts(request.agent.workspace_id)
    if request.POST.get("remove"):
        source, _comma, target = request.POST["remove"].partition(" ")
        set_order(facts.pk, source=source, target=target, engines=[])
        messages.success(request, _("The rule is gone."))
        return redirect("settings_translation")
    form = _order_form(facts, rows(facts.pk), request.POST)
    if form.is_valid():
        chosen = form.cleaned_data
        set_order(facts.pk, source=chosen["source"], target=chosen["target"], engines=form.chosen())
        messages.success(request, _("The order is saved."))
        return redirect("settings_translation")
    return _page(request, facts, _try_form(facts), order=form, status=422)
