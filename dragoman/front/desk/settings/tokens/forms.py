"""What a token is called and how far it reaches."""

from django import forms
from django.utils.translation import gettext_lazy as _

SCOPES = {
    "messages": _("Messages: bring customers' messages in"),
    "conversations": _("Conversations: read, answer, change"),
    "customers": _("Customers: read and change"),
    "agents": _("Agents: read"),
    "teams": _("Teams: read"),
    "brands": _("Brands: read"),
    "language": _("Language: understand and translate"),
}


class TokenForm(forms.Form):
    """A new token."""

    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        help_text=_("So that you know later which program has it."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    reach = forms.ChoiceField(
        label=_("It reaches"),
        choices=[("all", _("Everything")), ("some", _("Only what is marked"))],
        widget=forms.RadioSelect,
        initial="all",
    )
    scopes = forms.MultipleChoiceField(
        label=_("Reach"), choices=list(SCOPES.items()), required=False, widget=forms.CheckboxSelectMultiple
    )

    def clean(self) -> dict[str, object]:
        """Refuse a token that reaches nothing."""
        facts = super().clean() or {}
        if facts.get("reach") == "some" and not facts.get("scopes"):
            self.add_error("scopes", _("Mark at least one."))
        return facts

    def chosen(self) -> list[str]:
        """Return the scopes as they are stored."""
        return ["all"] if self.cleaned_data["reach"] == "all" else list(self.cleaned_data["scopes"])
