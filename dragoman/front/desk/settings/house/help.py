"""A brand's help centre: where it leads, by what customers reach people, whether it counts."""

from dataclasses import asdict

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from dragoman.core.accounts.actions import change_brand
from dragoman.core.accounts.help import HelpSettings, as_kept, help_settings

from ...request import AgentRequest
from ..places import leads_only, show
from .views import get_brand_of


class HelpForm(forms.Form):
    """The settings of `core/accounts/help.py`, as questions to a lead."""

    shop_url = forms.URLField(
        label=_("Address of the shop"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("Such as https://shop.example; it stands at the head of each page."),
        widget=forms.URLInput(attrs={"dir": "ltr"}),
    )
    phone = forms.RegexField(
        r"\A[+\d][\d ()/.-]{3,28}\Z",
        label=_("Phone number"),
        required=False,
        help_text=_("As customers shall see it, such as +358 10 555 0142. Empty: no phone is shown."),
        error_messages={"invalid": _("Write a number such as +358 10 555 0142.")},
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "tel"}),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_("Empty: the brand’s first mailbox."),
        widget=forms.EmailInput(attrs={"dir": "ltr"}),
    )
    chat = forms.BooleanField(label=_("Offer the chat"), required=False)
    measure = forms.BooleanField(
        label=_("Count what is read and searched"),
        required=False,
        help_text=_(
            "Of nobody by name. Without it nothing tells what readers miss. Whose browser objects is never counted."
        ),
    )


@require_http_methods(["GET", "POST"])
@leads_only
def help_centre(request: AgentRequest, brand_id: int) -> HttpResponse:
    """Show and store what a brand decided about its help centre."""
    known = get_brand_of(request, brand_id)
    form = HelpForm(request.POST or None, initial=asdict(help_settings(known)))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            change_brand(known, changes={"help": as_kept(HelpSettings(**form.cleaned_data))})
            messages.success(request, _now("The help centre is saved."))
            return redirect("settings_brand_help", known.pk)
    up = f"/settings/brands/{known.pk}"
    return show(request, "brand_help.html", place="brands", status=status, form=form, known=known, up=up)
