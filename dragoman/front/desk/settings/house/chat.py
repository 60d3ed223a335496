"""A brand's chat: how it looks, what it asks for, what it takes."""

import re
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from dragoman.core.accounts.actions import change_brand
from dragoman.core.accounts.chat import MOST_FILE_MB, TILES, ChatSettings, as_kept, chat_settings

from ...request import AgentRequest
from ..places import leads_only, show
from .forms import Lines
from .views import get_brand_of

_KIND = re.compile(r"\.[a-z0-9]{1,10}\Z")
_ASKED = [("", _("Do not ask")), ("ask", _("Ask, may stay empty")), ("require", _("Must be filled in"))]


class ChatForm(forms.Form):
    """The settings of `core/accounts/chat.py`, as questions to a lead."""

    theme = forms.ChoiceField(
        label=_("Light or dark"),
        choices=[
            ("auto", _("As the page and the customer's device are")),
            ("light", _("Always light")),
            ("dark", _("Always dark")),
        ],
        widget=forms.RadioSelect,
    )
    position = forms.ChoiceField(
        label=_("Place on the page"),
        choices=[
            ("end", _("Where lines end: right, on Arabic pages left")),
            ("start", _("Where lines start: left, on Arabic pages right")),
        ],
        widget=forms.RadioSelect,
    )
    tiles = forms.MultipleChoiceField(
        label=_("What customers can do before they write"),
        choices=[
            ("search", _("Search the help centre")),
            ("order", _("See where an order is")),
            ("return", _("Start a return")),
        ],
        required=False,
        help_text=_(
            "Shown where there are articles, orders, an open return portal. None of them: the chat opens at once."
        ),
        widget=forms.CheckboxSelectMultiple,
    )
    suggest = forms.BooleanField(
        label=_("Suggest articles while a message is typed"),
        required=False,
        help_text=_("Two at most, until a person has answered."),
    )
    ask_name = forms.ChoiceField(label=_("Name"), choices=_ASKED, required=False)
    ask_email = forms.ChoiceField(label=_("E-mail address"), choices=_ASKED, required=False)
    ask_order = forms.ChoiceField(label=_("Order number"), choices=_ASKED, required=False)
    consent = forms.BooleanField(label=_("Ask for consent before the first message"), required=False)
    privacy_url = forms.URLField(
        label=_("Privacy policy"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("An address such as https://shop.example/privacy; it stands beside the consent."),
        widget=forms.URLInput(attrs={"dir": "ltr"}),
    )
    file_mb = forms.IntegerField(
        label=_("Largest file"),
        min_value=0,
        max_value=MOST_FILE_MB,
        help_text=_("In megabytes. 0: customers cannot send files."),
    )
    file_kinds = Lines(
        label=_("Kinds of files"),
        help_text=_("One ending to the line, such as .pdf. Empty: all but programs and scripts."),
    )
    typing = forms.BooleanField(label=_("Show each other who is typing"), required=False)
    sound = forms.BooleanField(
        label=_("Offer a sound at an answer"),
        required=False,
        help_text=_("Silent until the customer turns it on."),
    )
    csat = forms.BooleanField(
        label=_("Ask how it was when a conversation is resolved"),
        required=False,
        help_text=_(
            "Five faces and a comment, once for each conversation; the customer may change it for a day."
        ),
    )
    title_badge = forms.BooleanField(label=_("Count unread answers in the page's title"), required=False)
    transcript = forms.BooleanField(
        label=_("Let customers send themselves a copy by mail"),
        required=False,
        help_text=_("It goes to an address that your shop signed, or that its owner confirmed by a link."),
    )

    def clean_file_kinds(self) -> list[str]:
        """Take “PDF” and “*.pdf” for “.pdf”."""
        kinds = ["." + line.lower().lstrip("*.") for line in self.cleaned_data["file_kinds"]]
        for kind in kinds:
            if not _KIND.match(kind):
                raise forms.ValidationError(
                    _now("“%(kind)s” is no ending of a file's name.") % {"kind": kind[:40]}
                )
        return list(dict.fromkeys(kinds))

    def settings(self, before: ChatSettings) -> ChatSettings:
        """Return what was chosen; what is chosen on other pages stays."""
        facts = dict(self.cleaned_data)
        asked = {name: facts.pop(f"ask_{name}") for name in ("name", "email", "order")}
        facts["ask"] = tuple(name for name, how in asked.items() if how)
        facts["require"] = tuple(name for name, how in asked.items() if how == "require")
        facts["tiles"] = tuple(one for one in TILES if one in facts["tiles"])
        facts["file_kinds"] = tuple(facts["file_kinds"])
        return replace(before, **facts)


def _initial(settings: ChatSettings) -> dict[str, Any]:
    facts: dict[str, Any] = {
        name: getattr(settings, name) for name in ChatForm.base_fields if not name.startswith("ask_")
    }
    for name in ("name", "email", "order"):
        how = "require" if name in settings.require else "ask"
        facts[f"ask_{name}"] = how if name in settings.ask else ""
    return {**facts, "file_kinds": list(settings.file_kinds)}


@require_http_methods(["GET", "POST"])
@leads_only
def chat(request: AgentRequest, brand_id: int) -> HttpResponse:
    """Show and store how a brand's chat looks, what it asks for and what it takes."""
    known = get_brand_of(request, brand_id)
    form = ChatForm(request.POST or None, initial=_initial(chat_settings(known)))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            change_brand(known, changes={"chat": as_kept(form.settings(chat_settings(known)))})
            messages.success(request, _now("The chat is saved. Pages loaded from now on show it."))
            return redirect("settings_brand_chat", known.pk)
    up = f"/settings/brands/{known.pk}"
    return show(request, "brand_chat.html", place="brands", status=status, form=form, known=known, up=up)
