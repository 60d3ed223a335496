"""How a brand speaks: what the composer points out, and a box to try it."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from dragoman.core.accounts.models import Brand
from dragoman.core.accounts.queries import workspace_facts
from dragoman.core.language.actions.voice import change_voice
from dragoman.core.language.detect import detect
from dragoman.core.language.manners import manner_of
from dragoman.core.language.scope import Scope
from dragoman.core.language.tone.check import LONGEST_TEXT, Finding
from dragoman.core.language.tone.manners import manners_of
from dragoman.core.language.tone.voices import checked, find_voice

from ...request import AgentRequest
from ..places import leads_only, show
from ..texts.forms import market_choices
from .forms import HINTS, VoiceForm
from .views import get_brand_of


def _markets() -> list[tuple[str, Any]]:
    return [("", _("Wherever the language is spoken")), *market_choices()]


class TryForm(forms.Form):
    """A reply to check once; nothing of it is kept."""

    text = forms.CharField(
        label=_("A reply"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )
    market = forms.ChoiceField(label=_("Market"), required=False, choices=lazy(_markets, list))


@dataclass(frozen=True)
class Tried:
    """What was found in a reply: its language, whether there are rules for it, and the findings with their words."""

    language: str
    has_rules: bool
    found: list[tuple[Finding, str]]


@require_http_methods(["GET", "POST"])
@leads_only
def voice(request: AgentRequest, brand_id: int) -> HttpResponse:
    """Show and store how a brand speaks; a posted reply is checked once."""
    known = get_brand_of(request, brand_id)
    trying = request.method == "POST" and "try" in request.POST
    form = VoiceForm(
        request.POST if request.method == "POST" and not trying else None, initial=_initial(known)
    )
    tries = TryForm(request.POST if trying else None)
    if form.is_bound and form.is_valid():
        facts = form.cleaned_data
        silenced = [code for code in HINTS if code not in facts["heard"]]
        change_voice(known, may_emoji=facts["may_emoji"], longest=facts["longest"], silenced=silenced)
        messages.success(request, _now("The tone of the brand is saved."))
        return redirect("settings_brand_voice", known.pk)
    tried = _tried(known, tries) if trying and tries.is_valid() else None
    refused = (form.is_bound and not form.is_valid()) or (trying and not tries.is_valid())
    return show(
        request,
        "brand_voice.html",
        place="brands",
        status=422 if refused else 200,
        up=f"/settings/brands/{known.pk}",
        known=known,
        form=form,
        tries=tries,
        tried=tried,
    )


def _initial(known: Brand) -> dict[str, Any]:
    found = find_voice(known.workspace_id, known.pk)
    return {
        "may_emoji": found.may_emoji,
        "longest": found.longest,
        "heard": [code for code in HINTS if code not in found.silenced],
    }


def _tried(known: Brand, form: TryForm) -> Tried:
    text, market = form.cleaned_data["text"], form.cleaned_data["market"]
    language = detect(text, workspace_facts(known.workspace_id).languages, fallback=known.language).language
    manner = manner_of(known, None, None, language, market=market)
    scope = Scope(known.workspace_id, known.pk, market=market, register=manner.register)
    found = checked(text, language=language, scope=scope)
    shown = [(one, "" if one.start is None else text[one.start : one.end]) for one in found]
    return Tried(language, manners_of(language, market) is not None, shown)
