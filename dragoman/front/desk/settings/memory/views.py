"""The translation memory: searched, mended, brought in and taken out."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from dragoman.core.accounts.models import Agent, Brand
from dragoman.core.accounts.queries import brands_of
from dragoman.core.language.actions.exchange import import_memory, plan_memory
from dragoman.core.language.actions.memory import Pair, add_pair, change_unit, forget_unit, get_unit
from dragoman.core.language.exchange_files import read_memory, write_tmx
from dragoman.core.language.exchange_tables import write_memory_csv
from dragoman.core.language.memory import searched
from dragoman.core.language.memory_models import MemoryUnit
from dragoman.core.language.memory_shapes import LONGEST
from dragoman.kit.errors import Refusal

from ...request import AgentRequest
from .. import exchange
from ..languages import language_choices
from ..places import leads_only, show

PAGE = 50
_languages = lazy(language_choices, list)


def _other_language() -> list[tuple[str, Any]]:
    return [("", _("Choose a language")), *language_choices()]


class PairForm(forms.Form):
    """A sentence in two languages."""

    source_language = forms.ChoiceField(label=_("From"), choices=_languages)
    target_language = forms.ChoiceField(label=_("Into"), choices=lazy(_other_language, list))
    source = forms.CharField(
        label=_("Sentence"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"})
    )
    target = forms.CharField(
        label=_("Its translation"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    brand = forms.ChoiceField(label=_("Brand"), required=False)

    def __init__(self, brands: list[Brand], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("All brands")), *((str(brand.pk), brand.name) for brand in brands)]
        self.fields["brand"].choices = choices  # type: ignore[attr-defined]


# beside which field a refusal stands
_FIELD = {"bad_language": "target_language", "empty": "target", "too_long": "source"}


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


@require_GET
@leads_only
def memory(request: AgentRequest) -> HttpResponse:
    """List what is remembered, narrowed by words, languages and brand, the newest first."""
    asked = {name: request.GET.get(name, "") for name in ("q", "source", "target", "brand")}
    found = searched(
        request.agent.workspace_id,
        words=asked["q"][:200],
        source=asked["source"],
        target=asked["target"],
        brand_id=_number(asked["brand"]),
    )
    given = {name: value for name, value in asked.items() if value}
    return show(
        request,
        "memory.html",
        place="memory",
        page=Paginator(found, PAGE).get_page(request.GET.get("page")),
        asked=asked,
        query=urlencode(given),
        languages=language_choices(),
        brands=list(brands_of(request.agent.workspace_id)),
    )


@require_http_methods(["GET", "POST"])
@leads_only
def unit(request: AgentRequest, unit_id: int | None = None) -> HttpResponse:
    """Write a sentence, or mend one."""
    agent = request.agent
    known = None if unit_id is None else get_unit(agent.workspace_id, unit_id)
    form = PairForm(
        list(brands_of(agent.workspace_id)), request.POST or None, initial=_initial(request, known)
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and _save(request, form, known):
            messages.success(request, _now("The sentence is remembered."))
            return redirect("settings_memory")
    return show(
        request,
        "memory_unit.html",
        place="memory",
        up="/settings/memory",
        form=form,
        known=known,
        status=status,
    )


def _initial(request: AgentRequest, known: MemoryUnit | None) -> dict[str, Any]:
    if known is None:
        return {"source_language": request.agent.workspace.language}
    names = ("source_language", "target_language", "source", "target")
    return {**{name: getattr(known, name) for name in names}, "brand": str(known.brand_id or "")}


def _save(request: AgentRequest, form: PairForm, known: MemoryUnit | None) -> bool:
    facts, agent = form.cleaned_data, request.agent
    pair = Pair(
        facts["source"],
        facts["target"],
        facts["source_language"],
        facts["target_language"],
        brand_id=_number(facts["brand"]),
        market=known.market if known else "",
    )
    try:
        if known is None:
            add_pair(agent.workspace_id, pair, agent=agent)
        else:
            change_unit(known, pair, agent=agent)
    except Refusal as refusal:
        form.add_error(_FIELD.get(refusal.code), str(refusal))
        return False
    return True


@require_http_methods(["GET", "POST"])
@leads_only
def forget(request: AgentRequest, unit_id: int) -> HttpResponse:
    """Ask, then forget a sentence."""
    known = get_unit(request.agent.workspace_id, unit_id)
    if request.method == "POST":
        forget_unit(known, agent=request.agent)
        messages.success(request, _now("The sentence is forgotten."))
        return redirect("settings_memory")
    return show(request, "memory_forget.html", place="memory", known=known, up=f"/settings/memory/{known.pk}")


def _bring(agent: Agent, read: Any) -> str:
    kept = import_memory(agent.workspace_id, read, agent=agent)
    return ngettext("%(num)s sentence is remembered.", "%(num)s sentences are remembered.", kept) % {
        "num": kept
    }


_FILES = exchange.Kind("memory", read_memory, plan_memory, _bring)


@require_http_methods(["GET", "POST"])
@leads_only
def bring_in(request: AgentRequest) -> HttpResponse:
    """Look at a file first, then bring all of it in."""
    return exchange.bring_in(request, _FILES)


@require_GET
@leads_only
def take_out(request: AgentRequest, form: str) -> HttpResponse:
    """Return the memory as a file."""
    units = searched(request.agent.workspace_id).select_related("brand").order_by("pk")
    rows = units.iterator(chunk_size=2000)
    if form == "tmx":
        return exchange.taken_out(write_tmx(rows), content_type="application/x-tmx+xml", name="memory.tmx")
    return exchange.taken_out(write_memory_csv(rows), content_type="text/csv", name="memory.csv")
