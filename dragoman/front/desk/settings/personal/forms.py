"""What an agent may say about themselves."""

from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from dragoman.kit.tags import LANGUAGES

LEVELS = {
    "native": _("Native"),
    "fluent": _("Fluent"),
    "good": _("Good"),
    "basic": _("Basic"),
}


class ProfileForm(forms.Form):
    """Name, clock, screen; spoken languages come beside it (`spoken_in`)."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        help_text=_("Customers see it when you answer."),
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    time_zone = forms.CharField(
        label=_("Time zone"),
        max_length=64,
        help_text=_("Type a city, such as Helsinki or Singapore, and choose."),
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off", "spellcheck": "false"}),
    )
    ui_language = forms.ChoiceField(label=_("Language of the screens"), choices=settings.LANGUAGES)
    gender = forms.ChoiceField(
        label=_("How sentences speak of you"),
        required=False,
        choices=[
            ("", _("I prefer not to say: neutral words")),
            ("woman", _("As of a woman")),
            ("man", _("As of a man")),
        ],
        help_text=_(
            "Thai, Hebrew, Portuguese and others ask for it when you answer: ค่ะ or ครับ, obrigada or obrigado."
        ),
    )
    theme = forms.ChoiceField(
        label=_("Appearance"),
        required=False,
        choices=[("", _("As the system")), ("light", _("Light")), ("dark", _("Dark"))],
    )
    single_keys = forms.BooleanField(
        label=_("Keys of one letter (J, K, R, E …)"),
        required=False,
        help_text=_("Switch them off if you dictate or use a switch; Ctrl K stays."),
    )

    def clean_time_zone(self) -> str:
        """Take a zone's IANA name, in any spelling of capitals and spaces."""
        wanted = str(self.cleaned_data["time_zone"]).strip().replace(" ", "_").casefold()
        for zone in [*zones(), *sorted(available_timezones())]:
            if wanted in {zone.casefold(), zone.rpartition("/")[2].casefold()}:
                return zone
        raise forms.ValidationError(_("There is no such time zone: choose one from the list."))


def zones() -> list[str]:
    """Return the time zones to choose from, places only."""
    places = (
        zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/"))
    )
    return [*sorted(places), "UTC"]


def spoken_in(posted: QueryDict) -> list[dict[str, str]]:
    """Return the languages a form names, each once, with their levels; empty rows and unknown words are left out."""
    pairs = zip(posted.getlist("tag"), posted.getlist("level"), strict=False)
    known = {tag: level for tag, level in pairs if tag in LANGUAGES and level in LEVELS}
    return [{"tag": tag, "level": level} for tag, level in known.items()]
