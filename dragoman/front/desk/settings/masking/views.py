"""Personal data: what is masked where it comes in, how long the original is kept sealed and who may open it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dragoman.core.accounts.actions import set_brand_masking, set_masking
from dragoman.core.accounts.models import Workspace
from dragoman.core.accounts.queries import brands_of
from dragoman.core.conversations.masking import tried

from ...masked_words import masked_words
from ...request import AgentRequest
from ..house.views import get_brand_of
from ..places import leads_only, show
from .forms import BrandMaskingForm, MaskingForm

_SETTINGS = ("masks", "envelope_masked_days", "envelopes_for_owners")


@require_http_methods(["GET", "POST"])
@leads_only
def masking(request: AgentRequest) -> HttpResponse:
    """Show and store it; say what would become of a text, which is kept nowhere."""
    known = Workspace.objects.get(pk=request.agent.workspace_id)
    initial = {name: getattr(known, name) for name in _SETTINGS}
    form = MaskingForm(request.POST or None, initial=initial, may_own=request.agent.can_own)
    status, shown = 200, None
    if request.method == "POST":
        status = 200 if form.is_valid() else 422
        if status == 200 and "try" not in request.POST:
            changes = {name: form.cleaned_data[name] for name in _SETTINGS}
            set_masking(known, changes=changes, agent=request.agent)
            messages.success(request, _("What is masked is saved. It holds for what comes in from now on."))
            return redirect("settings_masking")
        if status == 200 and form.cleaned_data["try_text"].strip():
            text, count = tried(form.cleaned_data["try_text"], form.cleaned_data["masks"])
            shown = {"text": text, "words": masked_words(count)}
    return show(
        request,
        "masking.html",
        place="masking",
        status=status,
        form=form,
        known=known,
        shown=shown,
        brands=list(brands_of(known.pk)),
    )


@require_http_methods(["GET", "POST"])
@leads_only
def brand_masking(request: AgentRequest, brand_id: int) -> HttpResponse:
    """Show and store what a brand masks, where that differs."""
    brand = get_brand_of(request, brand_id)
    common = Workspace.objects.get(pk=request.agent.workspace_id).masks
    initial = {
        "own": "" if brand.masks is None else "own",
        "masks": common if brand.masks is None else brand.masks,
    }
    form = BrandMaskingForm(request.POST or None, initial=initial)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            set_brand_masking(brand, masks=form.chosen(), agent=request.agent)
            messages.success(request, _("What is masked is saved. It holds for what comes in from now on."))
            return redirect("settings_brand_masking", brand.pk)
    return show(
        request,
        "masking_brand.html",
        place="masking",
        status=status,
        form=form,
        known=brand,
        up="/settings/masking",
    )
