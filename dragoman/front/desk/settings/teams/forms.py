"""What a team is called and who is in it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent
from dragoman.core.accounts.queries import agents_of


class TeamForm(forms.Form):
    """Name and members."""

    name = forms.CharField(label=_("Name"), max_length=80, widget=forms.TextInput(attrs={"dir": "auto"}))
    members = forms.ModelMultipleChoiceField(
        label=_("Members"),
        queryset=Agent.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def for_workspace(self, workspace_id: int) -> "TeamForm":
        """Offer the open seats of a workspace."""
        members = self.fields["members"]
        assert isinstance(members, forms.ModelMultipleChoiceField)
        members.queryset = agents_of(workspace_id).filter(is_active=True)
        return self
