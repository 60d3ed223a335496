"""What a brand's bot is asked to be, and which team gets what, as a lead sets it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Brand
from dragoman.core.accounts.queries import brands_of, teams_of, workspace_facts
from dragoman.core.language.understand import INTENTS
from dragoman.ground.design.functions import language_name
from dragoman.service.bot.actions.settings import BotWish
from dragoman.service.bot.models import Bot, Hours

from ..words import INTENTS as PURPOSES

CHANNELS = [("chat", _("Chat")), ("email", _("E-mail")), ("api", _("API"))]


def purposes() -> list[tuple[str, Any]]:
    """Return the purposes as choices."""
    return [(one, PURPOSES.get(one, one)) for one in INTENTS]


class BotForm(forms.Form):
    """The settings of one brand's bot."""

    is_on = forms.BooleanField(
        label=_("The bot answers customers"),
        required=False,
        help_text=_(
            "It says that it is a bot in its first message and above the chat. That cannot be switched off."
        ),
    )
    name = forms.CharField(label=_("Name"), max_length=40, widget=forms.TextInput(attrs={"dir": "auto"}))
    hours = forms.ChoiceField(label=_("When it answers"), choices=Hours.choices, widget=forms.RadioSelect)
    after_minutes = forms.IntegerField(
        label=_("Minutes it leaves to your team"),
        min_value=1,
        max_value=1440,
        help_text=_("Counts where it answers while nobody does."),
    )
    channels = forms.MultipleChoiceField(
        label=_("Channels"), choices=CHANNELS, required=False, widget=forms.CheckboxSelectMultiple
    )
    team = forms.ChoiceField(
        label=_("Team that gets what it hands over"),
        required=False,
        help_text=_("Where a rule below names a team, that one gets it."),
    )
    wording = forms.BooleanField(
        label=_("A language model may put answers of the help centre into its own words"),
        required=False,
        help_text=_(
            "Needs a language model among your engines, which is given the article’s sentences and the question. "
            "A program checks every sentence: where one does not hold, the article’s own words are sent."
        ),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all."),
    )
    intents = forms.MultipleChoiceField(
        label=_("What it may deal with"),
        required=False,
        choices=purposes,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all. Everything else goes to your team."),
    )

    def __init__(self, *args: Any, brand: Brand, **more: Any) -> None:
        """Offer the workspace's teams and languages."""
        super().__init__(*args, **more)
        teams = [(str(one.pk), one.name) for one in teams_of(brand.workspace_id)]
        self.fields["team"].choices = [("", _("None")), *teams]  # type: ignore[attr-defined]
        spoken = workspace_facts(brand.workspace_id).languages
        named = [(one, language_name(one)) for one in spoken]
        self.fields["languages"].choices = named  # type: ignore[attr-defined]

    def wish(self) -> BotWish:
        """Return what was asked for."""
        facts = self.cleaned_data
        return BotWish(
            is_on=facts["is_on"],
            name=facts["name"],
            channels=facts["channels"],
            languages=facts["languages"],
            intents=facts["intents"],
            hours=facts["hours"],
            after_minutes=facts["after_minutes"],
            team_id=int(facts["team"]) if facts["team"] else None,
            wording=facts["wording"],
        )


def first_values(bot: Bot) -> dict[str, Any]:
    """Return what the form shows at first."""
    names = ("is_on", "name", "hours", "after_minutes", "channels", "languages", "intents", "wording")
    return {**{name: getattr(bot, name) for name in names}, "team": str(bot.team_id or "")}


class RuleForm(forms.Form):
    """Which team gets what."""

    intent = forms.ChoiceField(label=_("About"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    brand = forms.ChoiceField(label=_("Brand"), required=False)
    team = forms.ChoiceField(label=_("Team"))

    def __init__(self, *args: Any, workspace_id: int, **more: Any) -> None:
        """Offer purposes, languages, brands and teams."""
        super().__init__(*args, **more)
        spoken = workspace_facts(workspace_id).languages
        offered = {
            "intent": [("", _("Everything")), *purposes()],
            "language": [("", _("Every language")), *((one, language_name(one)) for one in spoken)],
            "brand": [("", _("Every brand")), *((str(one.pk), one.name) for one in brands_of(workspace_id))],
            "team": [(str(one.pk), one.name) for one in teams_of(workspace_id)],
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
