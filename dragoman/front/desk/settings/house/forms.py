"""What a lead decides for the workspace and for its brands."""

import re
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.validators import RegexValidator
from django.utils.functional import lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Brand

from ..languages import language_choices

_choices = lazy(language_choices, list)
LINES = 200
# hints of the tone check that a brand may switch off
HINTS = {
    "greeting": _("No greeting in a mail"),
    "closing": _("No closing in a mail"),
    "apology": _("Trouble is named, and nobody is sorry"),
    "next_step": _("The customer does not learn what happens next"),
    "emoji": _("Emoji beside bad news"),
    "long": _("Long sentences"),
    "formal": _("Stiffer than the brand speaks"),
    "banned": _("Words that the brand does not use"),
}


class Lines(forms.CharField):
    """A text area whose lines are the members of a list."""

    def __init__(self, **more: Any) -> None:
        attributes = {"dir": "auto", "spellcheck": "false", "rows": 4}
        super().__init__(required=False, widget=forms.Textarea(attrs=attributes), max_length=20_000, **more)

    def prepare_value(self, value: Any) -> Any:
        """Write a list one member to the line."""
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """Read lines, each once, in order."""
        lines = (line.strip() for line in str(super().to_python(value) or "").splitlines())
        return list(dict.fromkeys(line for line in lines if line))[:LINES]


class WorkspaceForm(forms.Form):
    """Name, languages, and how long things are kept."""

    name = forms.CharField(label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"dir": "auto"}))
    language = forms.ChoiceField(
        label=_("Language of the team"),
        choices=_choices,
        help_text=_("Customers' messages are translated into it."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages of your customers"),
        choices=_choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A message is taken to be in one of these. Fewer languages make fewer mistakes."),
    )
    envelope_days = forms.IntegerField(
        label=_("Keep messages word for word"),
        min_value=1,
        max_value=3650,
        help_text=_("In days. Until then what came in can be read as it came, and be replayed."),
    )
    close_after_days = forms.IntegerField(
        label=_("Close after"),
        min_value=1,
        max_value=365,
        help_text=_("In days after resolving. A later message opens a new, linked conversation."),
    )
    requests_per_minute = forms.IntegerField(
        label=_("API calls a minute"),
        min_value=1,
        max_value=1_000_000,
        help_text=_("The most that one token may make."),
    )
    raise_priority = forms.BooleanField(
        label=_("Raise the priority of messages that cannot wait"),
        required=False,
        help_text=_("A wedding on Saturday, a fire, a stolen card. Off: the conversation only says so."),
    )
    refine_meaning = forms.BooleanField(
        label=_("Ask the language model where purpose or mood are unsure"),
        required=False,
        help_text=_("Only with LLM_URL, and never where nothing leaves the house. What people set stands."),
    )
    try_text = forms.CharField(
        label=_("A text such as customers write"),
        required=False,
        max_length=2000,
        help_text=_("Try before you save: in which of the chosen languages is it found to be?"),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    undo_send_chat = forms.IntegerField(
        label=_("Take back a chat answer within"),
        min_value=0,
        max_value=30,
        help_text=_("In seconds after Send; until then the customer sees nothing. 0 sends at once."),
    )
    undo_send_mail = forms.IntegerField(
        label=_("Take back a mail within"),
        min_value=0,
        max_value=60,
        help_text=_("In seconds after Send. 0 sends at once."),
    )


class NewBrandForm(forms.Form):
    """What cannot change later, and a name."""

    name = forms.CharField(label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"dir": "auto"}))
    slug = forms.CharField(
        label=_("Short name"),
        max_length=63,
        help_text=_("Part of public addresses, such as my-shop. It cannot change later."),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocapitalize": "off", "spellcheck": "false"}),
    )


class BrandForm(forms.Form):
    """What customers see of a brand, and where its chat may stand."""

    name = forms.CharField(label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"dir": "auto"}))
    language = forms.ChoiceField(
        label=_("Its own language"),
        choices=_choices,
        help_text=_("Used where a customer's language is not known yet."),
    )
    colour = forms.CharField(
        label=_("Colour"),
        validators=[RegexValidator(re.compile(r"#[0-9a-fA-F]{6}\Z"), _("Such as #2a3fc9."))],
        widget=forms.TextInput(attrs={"type": "color"}),
    )
    machine_mark = forms.ChoiceField(
        label=_("When a machine translated"),
        choices=[
            (Brand.MachineMark.LINE, _("Tell the customer in one line, with the original below")),
            (Brand.MachineMark.NONE, _("Do not tell the customer")),
        ],
        widget=forms.RadioSelect,
    )
    allowed_origins = Lines(
        label=_("Pages that may open the chat"),
        help_text=_("One to the line, such as https://shop.example. Empty: any page."),
    )

    def clean_allowed_origins(self) -> list[str]:
        """Take addresses down to scheme and host."""
        return list(dict.fromkeys(_origin(line) for line in self.cleaned_data["allowed_origins"]))


class VoiceForm(forms.Form):
    """How a brand speaks beyond its markets' manners."""

    may_emoji = forms.BooleanField(
        label=_("Emoji are fine, beside bad news too"),
        required=False,
        help_text=_("Otherwise the composer points them out in answers about trouble."),
    )
    longest = forms.IntegerField(
        label=_("Longest sentence"),
        min_value=0,
        max_value=100,
        help_text=_(
            "In words; in Thai, Japanese and Chinese in characters. 0: the usual, 35 words or 100 characters."
        ),
    )
    heard = forms.MultipleChoiceField(
        label=_("Point out"),
        choices=list(HINTS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_(
            "What would offend is always pointed out: the wrong form of address, blame, shouting, jokes."
        ),
    )


def _origin(line: str) -> str:
    parts = urlsplit(line if "://" in line else f"https://{line}")
    if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc:
        raise forms.ValidationError(_now("“%(line)s” is no address of a page.") % {"line": line[:80]})
    return f"{parts.scheme}://{parts.netloc.lower()}"
