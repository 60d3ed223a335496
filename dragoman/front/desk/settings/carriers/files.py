"""Parcels by file: what a warehouse, a carrier or its EDI writes down, brought in by hand."""

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from dragoman.core.commerce.actions.parcel_files import Brought, bring_parcels
from dragoman.core.commerce.parcel_files import COLUMNS, MUST, Reading, pairs, states_of
from dragoman.ground.design.functions import format_number
from dragoman.ground.markets.zones import zone, zone_today
from dragoman.ground.providers.statuses import ShipmentStatus
from dragoman.kit.errors import Refusal

from ...request import AgentRequest
from ..places import leads_only, show

_MOST_WORDS: Final = 5000


class FileForm(forms.Form):
    """The file, and how it is to be read."""

    columns = forms.CharField(
        label=_("Names of its columns"),
        required=False,
        max_length=_MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": "number = Sendungsnummer"}),
        help_text=_("One a line, where a column is called otherwise than below."),
    )
    statuses = forms.CharField(
        label=_("What its words mean"),
        required=False,
        max_length=_MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": "Zugestellt = delivered"}),
        help_text=_("One a line: the file’s word or code, =, and one of our words."),
    )
    clock = forms.CharField(
        label=_("Its clock"),
        max_length=60,
        help_text=_("The time zone of moments that name none, such as Europe/Helsinki."),
    )

    def clean_columns(self) -> dict[str, str]:
        """Return which column is which."""
        return _pairs(self.cleaned_data["columns"])

    def clean_statuses(self) -> dict[str, str]:
        """Return what words mean; refuses what is none of ours."""
        found = _pairs(self.cleaned_data["statuses"])
        try:
            states_of(found)
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from None
        return found

    def clean_clock(self) -> str:
        """Refuse what is no zone."""
        name = zone_today(self.cleaned_data["clock"].strip())
        if not name:
            raise forms.ValidationError(_("There is no such time zone: write it as Europe/Helsinki."))
        return name


def _pairs(written: str) -> dict[str, str]:
    try:
        return dict(pairs(written))
    except Refusal as refusal:
        raise forms.ValidationError(str(refusal)) from None


@require_http_methods(["GET", "POST"])
@leads_only
def by_file(request: AgentRequest) -> HttpResponse:
    """Bring a file in, and say line by line what was wrong with it."""
    clock = request.agent.time_zone or "UTC"
    form = FileForm(request.POST or None, initial={"clock": clock})
    brought, problem = None, ""
    if request.method == "POST" and form.is_valid():
        try:
            brought = _bring(request, form.cleaned_data)
        except Refusal as refusal:
            problem = str(refusal)
    if brought is not None:
        kind = messages.SUCCESS if brought.new or not brought.problems else messages.INFO
        messages.add_message(request, kind, _said(brought))
    context: dict[str, Any] = {
        "form": form,
        "brought": brought,
        "problem": problem,
        "columns": list(COLUMNS),
        "must": MUST,
        "words": [(one.value, one.label) for one in ShipmentStatus],
    }
    status = 422 if request.method == "POST" and brought is None else 200
    return show(
        request, "parcel_file.html", place="carriers", up="/settings/carriers", status=status, **context
    )


def _bring(request: AgentRequest, given: dict[str, Any]) -> Brought:
    file = request.FILES.get("file")
    reading = Reading(given["columns"], given["statuses"], zone(given["clock"]))
    return bring_parcels(request.agent.workspace_id, file.read() if file else b"", reading=reading)


def _said(brought: Brought) -> str:
    if not brought.new:
        return str(_("Nothing in it is new."))
    return ngettext("%(num)s event is new.", "%(num)s events are new.", brought.new) % {
        "num": format_number(brought.new)
    }
