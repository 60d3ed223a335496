"""What an owner says about a seat."""

from django import forms
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Role

ABOUT_ROLES = {
    Role.OWNER: _("Everything, also people, roles and API tokens."),
    Role.LEAD: _("Settings of the workspace, its brands and mailboxes; opens envelopes."),
    Role.AGENT: _("Answers customers."),
    Role.LIGHT: _("Reads and leaves private notes, and never writes to customers."),
}


class InvitationForm(forms.Form):
    """Who is invited, and as what."""

    email = forms.EmailField(
        label=_("E-mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.AGENT)


class SeatForm(forms.Form):
    """An agent's role."""

    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(role, role.label) for role in Role],
        widget=forms.RadioSelect,
    )
