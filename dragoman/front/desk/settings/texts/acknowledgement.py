"""Whether a brand answers a first message at once; what it says then is a text as any other."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from dragoman.core.accounts.actions import change_brand
from dragoman.core.accounts.models import Brand
from dragoman.core.accounts.queries import brands_of
from dragoman.core.conversations.actions.acknowledge import KIND
from dragoman.core.texts.localised import Entry
from dragoman.kit.errors import NotFound

from ...request import AgentRequest
from ..places import leads_only, show


class AcknowledgeForm(forms.Form):
    """Whether."""

    acknowledge = forms.ChoiceField(
        label=_("Answer a first message at once that it has arrived"),
        choices=[
            (Brand.Acknowledge.NEVER, _("Never")),
            (Brand.Acknowledge.ALWAYS, _("Always, by mail and chat")),
        ],
        widget=forms.RadioSelect,
    )


@require_http_methods(["GET", "POST"])
@leads_only
def brand_acknowledgement(request: AgentRequest, brand_id: int) -> HttpResponse:
    """Show and store whether a first message is answered."""
    known = brands_of(request.agent.workspace_id).filter(pk=brand_id).first()
    if known is None:
        raise NotFound(_now("There is no such brand."))
    form = AcknowledgeForm(request.POST or None, initial={"acknowledge": known.acknowledge})
    if request.method == "POST" and form.is_valid():
        change_brand(known, changes={"acknowledge": form.cleaned_data["acknowledge"]})
        messages.success(request, _now("The automatic answer is saved."))
        return redirect("settings_brand_acknowledgement", known.pk)
    return show(
        request,
        "acknowledgement.html",
        form=form,
        status=422 if form.is_bound else 200,
        place="brands",
        up=f"/settings/brands/{known.pk}",
        known=known,
        text=Entry(KIND, KIND, known).ref,
    )
