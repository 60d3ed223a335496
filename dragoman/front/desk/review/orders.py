"""Orders of translations: written, sent out as XLIFF, taken back, followed to the end. For leads."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dragoman.core.language.actions.orders import Import, Wanted, change_order, make_order, take_back
from dragoman.core.language.models import TranslationOrder
from dragoman.core.language.orders import (
    archive_of,
    choices,
    file_name,
    file_of,
    get_order,
    orders_of,
    texts_of,
)
from dragoman.core.language.xliff import LARGEST
from dragoman.ground.design.functions import language_name, locale_of, ui_language
from dragoman.kit.errors import NotFound, Refusal
from dragoman.kit.money import Money, to_major, to_minor, written

from ..frame import frame
from ..request import AgentRequest
from ..settings.currency import CurrencyField, check_amounts
from ..settings.languages import language_choices
from ..settings.places import leads_only
from . import words

BADGES = {"returned": "warn", "checked": "accent", "done": "ok", "cancelled": "bad"}


class FactsForm(forms.Form):
    """What may be changed of an order at any time."""

    title = forms.CharField(
        label=later("Name"), max_length=120, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    vendor = forms.CharField(
        label=later("Who translates"),
        required=False,
        max_length=2000,
        help_text=later("A name, an address, what was agreed. Nothing is sent from here."),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    note = forms.CharField(
        label=later("Instructions for the translators"),
        required=False,
        max_length=2000,
        help_text=later("They stand in the file."),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    cost = forms.DecimalField(
        label=later("Cost"), required=False, min_value=0, max_value=10**10, decimal_places=3
    )
    currency = CurrencyField(required=False, help_text=later("Three letters such as EUR"))
    due_on = forms.DateField(
        label=later("Due on"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a cost that nobody can pay in its currency, or that has none."""
        if self.cleaned_data.get("cost") is not None and self.cleaned_data.get("currency") == "":
            self.add_error("currency", _("A cost needs an amount and a currency such as EUR."))
        check_amounts(self, self.cleaned_data.get("currency", ""), "cost")
        return self.cleaned_data

    def facts(self) -> dict[str, Any]:
        """Return the fields as actions take them: money in minor units."""
        data = dict(self.cleaned_data)
        currency = data["currency"]
        cost = data["cost"]
        return {**data, "currency": currency if cost is not None else "", "cost": minor(cost, currency)}


class OrderForm(FactsForm):
    """A new order."""

    source = forms.ChoiceField(label=later("The texts are in"), choices=lazy(language_choices, list))
    targets = forms.MultipleChoiceField(
        label=later("Translate into"),
        widget=forms.CheckboxSelectMultiple,
        choices=lazy(language_choices, list),
    )
    texts = forms.MultipleChoiceField(label=later("Texts"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, texts: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["texts"].choices = texts  # type: ignore[attr-defined]


def minor(cost: Decimal | None, currency: str) -> int | None:
    """Return an amount in minor units of its currency."""
    return None if cost is None else to_minor(cost, currency)


def major(cost: int | None, currency: str) -> Decimal | None:
    """Return minor units as people write them."""
    return None if cost is None else to_major(cost, currency)


def said_cost(order: TranslationOrder) -> str:
    """Say what an order costs."""
    if order.cost is None:
        return ""
    return written(Money(order.cost, order.currency), locale_of(ui_language()))


def _show(request: AgentRequest, template: str, *, status: int = 200, **matter: Any) -> HttpResponse:
    context = frame(
        request,
        section="review",
        tab="orders",
        may_lead=True,
        badges=BADGES,
        cost_of=said_cost,
        states=dict(TranslationOrder.State.choices),
        kind_words=words.KINDS,
        text_words=words.STATES,
        **matter,
    )
    return render(request, f"desk/review/{template}", context, status=status)


@leads_only
@require_GET
def orders(request: AgentRequest) -> HttpResponse:
    """List the orders, newest first."""
    found = list(orders_of(request.agent.workspace_id)[:200])
    return _show(request, "orders.html", orders=found, title=_("Orders"))


@leads_only
@require_http_methods(["GET", "POST"])
def new(request: AgentRequest) -> HttpResponse:
    """Write an order: which texts, into which languages."""
    workspace_id, team = request.agent.workspace_id, request.agent.workspace.language
    known = choices(workspace_id)
    texts = [(choice.value, choice.matter.title) for choice in known]
    form = OrderForm(request.POST or None, initial={"source": team}, texts=texts)
    if request.method == "POST" and form.is_valid():
        facts = form.facts()
        try:
            made = make_order(workspace_id, agent=request.agent, wanted=Wanted(**facts))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The order is written. Give its files to the translators."))
            return redirect("review_order", made.pk)
    spoken = {choice.value: sorted(language_name(tag) for tag in choice.matter.texts) for choice in known}
    status = 422 if form.errors else 200
    return _show(request, "order_new.html", form=form, spoken=spoken, title=_("New order"), status=status)


@leads_only
@require_http_methods(["GET", "POST"])
def order(request: AgentRequest, order_id: int) -> HttpResponse:
    """Show an order with its texts, and change its facts."""
    found = get_order(request.agent.workspace_id, order_id)
    initial = {name: getattr(found, name) for name in FactsForm.base_fields}
    form = FactsForm(request.POST or None, initial={**initial, "cost": major(found.cost, found.currency)})
    if request.method == "POST" and form.is_valid():
        try:
            change_order(found, agent=request.agent, values=form.facts())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("review_order", found.pk)
    return _page(request, found, form=form, status=422 if form.errors else 200)


def _page(
    request: AgentRequest,
    found: TranslationOrder,
    *,
    form: FactsForm | None = None,
    came: Import | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    texts = texts_of(found)
    by_target = [(tag, [text for text in texts if text.target == tag]) for tag in found.targets]
    initial = {name: getattr(found, name) for name in FactsForm.base_fields}
    return _show(
        request,
        "order.html",
        order=found,
        form=form or FactsForm(initial={**initial, "cost": major(found.cost, found.currency)}),
        by_target=by_target,
        came=came,
        problem=problem,
        ways=_ways(found, all(text.state == "checked" for text in texts)),
        steps=_steps(found),
        zone=request.agent.time_zone,
        title=found.title,
        status=status,
    )


_ORDER = ("draft", "sent", "in_work", "returned", "checked", "done")


def _steps(found: TranslationOrder) -> list[tuple[str, str]]:
    """Return the states in order with where each stands: done, now or todo."""
    at = _ORDER.index(found.state) if found.state in _ORDER else -1
    return [
        (state, "done" if place < at else "now" if place == at else "todo")
        for place, state in enumerate(_ORDER)
    ]


def _ways(found: TranslationOrder, all_checked: bool) -> list[tuple[str, str]]:
    """Return the states a person can set from here, with the words of the button."""
    ways = {
        "draft": [("sent", _("Mark as sent")), ("cancelled", _("Cancel the order"))],
        "sent": [("in_work", _("Mark as in work")), ("cancelled", _("Cancel the order"))],
        "in_work": [("cancelled", _("Cancel the order"))],
        "returned": [("cancelled", _("Cancel the order"))],
        "checked": [("done", _("Close the order"))] if all_checked else [],
        "cancelled": [("draft", _("Take up again"))],
    }
    return ways.get(found.state, [])


@leads_only
@require_POST
def state(request: AgentRequest, order_id: int) -> HttpResponse:
    """Move an order on."""
    found = get_order(request.agent.workspace_id, order_id)
    try:
        change_order(found, agent=request.agent, values={"state": request.POST.get("state", "")})
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("review_order", found.pk)


@leads_only
@require_GET
def export(request: AgentRequest, order_id: int) -> HttpResponse:
    """Give the file of one language, or of all in a zip."""
    found = get_order(request.agent.workspace_id, order_id)
    target = request.GET.get("target", "")
    if target and target not in found.targets:
        raise NotFound
    if target:
        answer = HttpResponse(file_of(found, target), content_type="application/xliff+xml")
        name = file_name(found, target)
    else:
        answer = HttpResponse(archive_of(found, found.targets), content_type="application/zip")
        name = f"order-{found.pk}.zip"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@leads_only
@require_POST
def take(request: AgentRequest, order_id: int) -> HttpResponse:
    """Take a translated file, or say by line why not."""
    found = get_order(request.agent.workspace_id, order_id)
    file = request.FILES.get("file")
    if file is None or (file.size or 0) > LARGEST:
        return _page(request, found, problem=_("Choose a file of at most 20 MB."), status=422)
    partial = request.POST.get("partial") == "1"
    try:
        came = take_back(found, agent=request.agent, content=file.read(), partial=partial)
    except Refusal as refusal:
        return _page(request, found, problem=str(refusal), status=refusal.status)
    found.refresh_from_db()
    if came.refused:
        return _page(request, found, came=came, status=422)
    told = ngettext("%(num)s text came back.", "%(num)s texts came back.", came.taken) % {"num": came.taken}
    if came.problems:
        return _page(request, found, came=came)
    messages.success(request, f"{told} {_('They wait in the queue to be checked.')}")
    return redirect("review_order", found.pk)
