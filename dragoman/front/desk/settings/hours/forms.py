"""The forms of hours: what they are for and by whose clock; a calendar of days off."""

from functools import lru_cache
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.hours.rows import Scope
from dragoman.core.accounts.queries import brands_of, teams_of
from dragoman.ground.design.functions import market_name
from dragoman.ground.markets.errors import NoTimeZone
from dragoman.ground.markets.library import region_name
from dragoman.ground.markets.playbook import countries
from dragoman.ground.markets.public_holidays import regions
from dragoman.ground.markets.zones import zone
from dragoman.kit.errors import Refusal

from ...words import CHANNELS
from ..personal.forms import zones
from .draft import offered as channels_offered


@lru_cache(maxsize=1)
def places() -> tuple[str, ...]:
    """Return the zones to choose from, by their names of today."""
    return tuple(name for name in zones() if _is_current(name))


def _is_current(name: str) -> bool:
    try:
        zone(name)
    except NoTimeZone:
        return False
    return True


def market_choices() -> list[tuple[str, str]]:
    """Return the countries there are playbooks for, by name."""
    named = [(code, market_name(code)) for code in countries()]
    return sorted(named, key=lambda one: one[1].casefold())


class HoursForm(forms.Form):
    """What hours are for, the clock they go by, and whose holidays are closed; times come beside it (`draft.py`)."""

    brand = forms.ChoiceField(label=_("Brand"), required=False)
    market = forms.ChoiceField(label=_("Market"), required=False)
    team = forms.ChoiceField(label=_("Team"), required=False)
    channel = forms.ChoiceField(label=_("Channel"), required=False)
    time_zone = forms.CharField(
        label=_("Time zone"),
        max_length=64,
        help_text=_("Type a city, such as Helsinki or Singapore, and choose."),
        widget=forms.TextInput(
            attrs={"list": "zones", "autocomplete": "off", "spellcheck": "false", "dir": "ltr"}
        ),
    )
    country = forms.ChoiceField(label=_("Closed on the public holidays of"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)

    def __init__(self, *args: Any, workspace_id: int, **more: Any) -> None:
        """Offer the workspace's brands and teams, and the regions of the country that is chosen."""
        super().__init__(*args, **more)
        markets = market_choices()
        offered: dict[str, list[tuple[str, Any]]] = {
            "brand": [("", _("Every brand")), *((str(one.pk), one.name) for one in brands_of(workspace_id))],
            "market": [("", _("Every market")), *markets],
            "team": [("", _("Every team")), *((str(one.pk), one.name) for one in teams_of(workspace_id))],
            "channel": [("", _("Every channel")), *((code, CHANNELS[code]) for code in channels_offered())],
            "country": [("", _("No country")), *markets],
            "region": [("", _("The whole country")), *_regions(str(self["country"].value() or ""))],
        }
        for name, choices in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def clean_time_zone(self) -> str:
        """Take a zone's name of today, in any spelling of capitals and spaces; a retired one is told its new name."""
        said = str(self.cleaned_data["time_zone"]).strip()
        wanted = said.replace(" ", "_").casefold()
        for name in places():
            if wanted in {name.casefold(), name.rpartition("/")[2].casefold()}:
                return name
        try:
            return zone(said).key
        except NoTimeZone as refusal:
            raise forms.ValidationError(str(refusal)) from None

    def scope(self) -> Scope:
        """Return what the hours are for."""
        facts = self.cleaned_data
        return Scope(
            brand_id=int(facts["brand"] or 0) or None,
            market=facts["market"],
            team_id=int(facts["team"] or 0) or None,
            channel=facts["channel"],
        )


def _regions(country: str) -> list[tuple[str, str]]:
    try:
        codes = regions(country) if country else ()
    except Refusal:
        return []
    return sorted(((code, region_name(country, code)) for code in codes), key=lambda one: one[1].casefold())


class FeedForm(forms.Form):
    """A calendar of days off."""

    url = forms.CharField(
        label=_("Address of the calendar"),
        max_length=2000,
        help_text=_("An iCalendar (.ics) that lists whole days; it is fetched every day."),
        widget=forms.TextInput(
            attrs={"dir": "ltr", "autocomplete": "off", "spellcheck": "false", "placeholder": "https://"}
        ),
    )
    name = forms.CharField(
        label=_("Name"), max_length=80, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    hours = forms.ChoiceField(label=_("Closes"), required=False)

    def __init__(self, *args: Any, rows: list[tuple[str, str]], **more: Any) -> None:
        """Offer the hours there are."""
        super().__init__(*args, **more)
        field = self.fields["hours"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("All hours")), *rows]
