"""A brand's greetings that come by themselves: on which pages, to whom, when."""

import re
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from dragoman.core.accounts.actions import change_brand
from dragoman.core.accounts.chat import as_kept, chat_settings
from dragoman.core.accounts.invites import KEYS, MOST_SECONDS, Invite
from dragoman.core.accounts.models import Brand
from dragoman.core.texts.localised import said_to
from dragoman.kit import tags

from ...request import AgentRequest
from ..places import leads_only, show
from .forms import Lines
from .views import get_brand_of

INVITE: Final = "invite"
_WORDS = re.compile(r"[\s,;]+")


class Codes(forms.CharField):
    """Codes on one line, with blanks or commas between them."""

    def prepare_value(self, value: Any) -> Any:
        """Write them with commas."""
        return ", ".join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> Any:
        """Read them, each once."""
        found = _WORDS.split(str(super().to_python(value) or "").strip())
        return list(dict.fromkeys(one for one in found if one))


class InviteForm(forms.Form):
    """One rule."""

    on = forms.BooleanField(label=_("Say it"), required=False)
    pages = Lines(
        label=_("On these pages"),
        help_text=_("One path to the line, such as /cart or /products/*. Empty: everywhere."),
    )
    languages = Codes(label=_("Languages"), required=False, help_text=_("Such as de, pt-BR. Empty: all."))
    markets = Codes(label=_("Countries"), required=False, help_text=_("Such as DE, TH. Empty: all."))
    when = forms.ChoiceField(
        label=_("Hours"),
        choices=[
            ("any", _("At any time")),
            ("open", _("While somebody is there")),
            ("closed", _("While nobody is there")),
        ],
    )
    visitor = forms.ChoiceField(
        label=_("To whom"),
        choices=[
            ("any", _("Everybody")),
            ("first", _("Who never wrote here")),
            ("returning", _("Who wrote here before")),
        ],
    )
    seconds = forms.IntegerField(
        label=_("Seconds on the page"), min_value=1, max_value=MOST_SECONDS, initial=20
    )

    def clean_pages(self) -> list[str]:
        """Take whole addresses for their paths."""
        paths = [re.sub(r"^https?://[^/]+", "", one) for one in self.cleaned_data["pages"]]
        for path in paths:
            if not path.startswith(("/", "*")) or len(path) > 300:
                raise forms.ValidationError(
                    _now("“%(path)s” is no path: begin it with /.") % {"path": path[:60]}
                )
        return paths

    def clean_languages(self) -> list[str]:
        """Take language tags in any spelling."""
        return [self._known(tags.normalise(one), one) for one in self.cleaned_data["languages"]]

    def clean_markets(self) -> list[str]:
        """Take country codes in any spelling."""
        codes = [one.upper() for one in self.cleaned_data["markets"]]
        return [self._known(one if tags.is_market(one) else "", one) for one in codes]

    @staticmethod
    def _known(code: str, said: str) -> str:
        if not code:
            raise forms.ValidationError(_now("There is no “%(code)s”.") % {"code": said[:20]})
        return code

    def invite(self, key: str) -> Invite:
        """Return the rule."""
        facts = dict(self.cleaned_data)
        lists = {name: tuple(facts[name]) for name in ("pages", "languages", "markets")}
        return Invite(key, when=facts["when"], visitor=facts["visitor"], seconds=facts["seconds"], **lists)


def _forms(request: AgentRequest, known: Brand) -> dict[str, InviteForm]:
    kept = {one.key: one for one in chat_settings(known).invites}
    found = {}
    for key in KEYS:
        initial: dict[str, Any] = {"on": key in kept, "when": "any", "visitor": "any", "seconds": 20}
        if key in kept:
            initial.update(
                {name: getattr(kept[key], name) for name in InviteForm.base_fields if name != "on"}
            )
            initial["pages"] = list(kept[key].pages)
        found[key] = InviteForm(request.POST or None, prefix=f"r{key}", initial=initial)
    return found


@require_http_methods(["GET", "POST"])
@leads_only
def invites(request: AgentRequest, brand_id: int) -> HttpResponse:
    """Show and store a brand's rules, each beside the words that customers get."""
    known = get_brand_of(request, brand_id)
    rules, status = _forms(request, known), 200
    if request.method == "POST":
        status = 422
        if all(form.is_valid() for form in rules.values()):
            chosen = [form.invite(key) for key, form in rules.items() if form.cleaned_data["on"]]
            change_brand(known, changes={"chat": as_kept(chat_settings(known), invites=chosen)})
            messages.success(request, _now("The greetings are saved. Pages loaded from now on follow them."))
            return redirect("settings_brand_invites", known.pk)
    said = {key: said_to(known, INVITE, key, language=known.language) for key in KEYS}
    shown = [(key, form, said[key].words if said[key] else "") for key, form in rules.items()]  # type: ignore[union-attr]
    up = f"/settings/brands/{known.pk}/chat"
    return show(request, "brand_invites.html", place="brands", status=status, rules=shown, known=known, up=up)
