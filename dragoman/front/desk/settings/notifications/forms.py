"""How an agent wishes to be told."""

from django import forms
from django.utils.translation import gettext_lazy as _

from dragoman.core.notifications.kinds import FOLLOWS
from dragoman.core.notifications.models import Preference


class NotificationsForm(forms.Form):
    """Times, privacy and following; the table of kinds and channels comes beside it."""

    mail_when = forms.ChoiceField(label=_("When mails go out"), choices=Preference.MailWhen.choices)
    quiet_from = forms.TimeField(
        label=_("From"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    quiet_to = forms.TimeField(
        label=_("Until"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    show_text = forms.BooleanField(
        label=_("Show what was written in mails and pushes"),
        required=False,
        help_text=_(
            "Otherwise mails name the conversation alone, and pushes its number and who of the team did what."
        ),
    )
    follow = forms.MultipleChoiceField(
        label=_("Follow a conversation by itself when"),
        required=False,
        choices=list(FOLLOWS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
