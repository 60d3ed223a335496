"""Return places of a brand: hubs, shops and drop-off points, as a lead writes them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from dragoman.core.accounts.models import Brand
from dragoman.ground.design.functions import locale_of, ui_language
from dragoman.kit.errors import Refusal
from dragoman.service.returns.actions.places import PlaceFacts, remove_place, set_place
from dragoman.service.returns.models import PlaceKind, ReturnPlace
from dragoman.service.returns.places import places_of

from ...request import AgentRequest
from ..house.views import get_brand_of
from ..places import leads_only, show
from ..shipping.forms import places_in

_PLAIN = (
    "kind", "name", "street", "postcode", "city", "region", "country", "phone", "reference", "hours", "is_open",
)  # fmt: skip


class PlaceForm(forms.Form):
    """Where goods may come back to."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of place"), choices=PlaceKind.choices)
    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=120, help_text=gettext_lazy("It stands first in the address.")
    )
    street = forms.CharField(label=gettext_lazy("Street and number"), max_length=200)
    postcode = forms.CharField(label=gettext_lazy("Postcode"), max_length=20, required=False)
    city = forms.CharField(label=gettext_lazy("City"), max_length=100)
    region = forms.CharField(label=gettext_lazy("Region"), max_length=100, required=False)
    country = forms.ChoiceField(label=gettext_lazy("Country"))
    phone = forms.CharField(label=gettext_lazy("Phone"), max_length=40, required=False)
    reference = forms.CharField(
        label=gettext_lazy("Importer’s number"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("EORI, VAT or tax number of whoever imports there. Customs papers name it."),
    )
    hours = forms.CharField(label=gettext_lazy("Opening hours"), max_length=300, required=False)
    languages = forms.CharField(
        label=gettext_lazy("Languages"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Codes such as de en. The note for customs is written in the first."),
    )
    takes_from = forms.CharField(
        label=gettext_lazy("Takes goods from"),
        max_length=800,
        required=False,
        help_text=gettext_lazy("Codes of countries such as DE AT. Left empty: from everywhere."),
    )
    is_open = forms.BooleanField(label=gettext_lazy("Takes goods now"), required=False)

    def __init__(self, data: Any, *, known: ReturnPlace | None) -> None:
        """Show what is known of the place."""
        initial: dict[str, Any] = {"is_open": True, "kind": PlaceKind.HUB}
        if known:
            initial = {name: getattr(known, name) for name in _PLAIN}
            initial["languages"], initial["takes_from"] = (
                " ".join(known.languages),
                " ".join(known.takes_from),
            )
        super().__init__(data, initial=initial)
        names = locale_of(ui_language()).territories
        countries = sorted(
            ((code, str(name)) for code, name in names.items() if len(code) == 2 and code.isalpha()),
            key=lambda one: one[1],
        )
        self.fields["country"].choices = [("", "—"), *countries]  # type: ignore[attr-defined]

    def facts(self) -> PlaceFacts:
        """Return what was written, as the room takes it."""
        told = self.cleaned_data
        return PlaceFacts(
            **{name: told[name] for name in _PLAIN},
            languages=places_in(told["languages"]),
            takes_from=places_in(told["takes_from"]),
        )


@require_http_methods(["GET", "POST"])
@leads_only
def place(request: AgentRequest, brand_id: int, place_id: int = 0) -> HttpResponse:
    """Add or change a place of a brand."""
    brand = get_brand_of(request, brand_id)
    known = places_of(brand.workspace_id, brand_id=brand.pk).filter(pk=place_id).first()
    form = PlaceForm(request.POST or None, known=known)
    if request.method == "POST" and form.is_valid() and _kept(request, brand, form, place_id):
        return redirect("settings_returns")
    return show(
        request,
        "return_place.html",
        place="returns",
        status=422 if form.errors else 200,
        form=form,
        known=known,
        brand=brand,
        up="/settings/returns",
    )


def _kept(request: AgentRequest, brand: Brand, form: PlaceForm, place_id: int) -> bool:
    try:
        set_place(
            brand.workspace_id,
            agent=request.agent,
            brand_id=brand.pk,
            facts=form.facts(),
            place_id=place_id or None,
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("The return place is saved. New returns go where they cost least."))
    return True


@require_POST
@leads_only
def remove(request: AgentRequest, place_id: int) -> HttpResponse:
    """Take a place away."""
    remove_place(request.agent.workspace_id, agent=request.agent, place_id=place_id)
    messages.success(
        request, _("The return place is removed. Look at the returns that were on their way there.")
    )
    return redirect("settings_returns")
