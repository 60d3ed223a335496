"""A brand's help centre: where it leads, by what customers reach people, whether it counts."""

from dataclasses import asdict
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from dragoman.core.accounts.actions import change_brand
from dragoman.core.accounts.help import HelpSettings, as_kept, domains, help_settings

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
    domain = forms.RegexField(
        r"\A(?=.{4,253}\Z)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}\Z",
        label=_("Host name of its own"),
        required=False,
        help_text=_(
            "Such as help.shop.example. Whoever runs this installation must point it here and allow it first."
        ),
        error_messages={"invalid": _("Write a host name such as help.shop.example.")},
        widget=forms.TextInput(attrs={"dir": "ltr", "autocapitalize": "off", "spellcheck": "false"}),
    )
    measure = forms.BooleanField(
        label=_("Count what is read and searched"),
        required=False,
        help_text=_(
            "Of nobody by name. Without it nothing tells what readers miss. Whose browser objects is never counted."
        ),
    )

    def __init__(self, *given: Any, slug: str, **more: Any) -> None:
        super().__init__(*given, **more)
        self.slug = slug

    def clean_domain(self) -> str:
        """Refuse a name that is another brand's, or the installation's own."""
        said = str(self.cleaned_data["domain"]).lower()
        ours = urlsplit(settings.BASE_URL).hostname
        if said and (said == ours or domains().get(said, self.slug) != self.slug):
            raise forms.ValidationError(_now("This host name is taken. Choose another one."))
        return said


@require_http_methods(["GET", "POST"])
@leads_only
def help_centre(request: AgentRequest, brand_id: int) -> HttpResponse:
    """Show and store what a brand decided about its help centre."""
    known = get_brand_of(request, brand_id)
    form = HelpForm(request.POST or None, slug=known.slug, initial=asdict(help_settings(known)))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            change_brand(known, changes={"help": as_kept(HelpSettings(**form.cleaned_data))})
            messages.success(request, _now("The help centre is saved."))
            return redirect("settings_brand_help", known.pk)
    up = f"/settings/brands/{known.pk}"
    return show(request, "brand_help.html", place="brands", status=status, form=form, known=known, up=up)
