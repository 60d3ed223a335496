"""What a lead decides about personal data, for the workspace and for a brand."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ...masked_words import LABELS

MOST_TRIED = 20_000  # characters


def _masks() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("Mask where it comes in"),
        choices=list(LABELS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Numbers of orders, parcels and articles are never masked."),
    )


class MaskingForm(forms.Form):
    """What is masked, how long the sealed original is kept, and who may open it."""

    masks = _masks()
    envelope_masked_days = forms.IntegerField(
        label=_("Keep what held masked data word for word"),
        min_value=1,
        max_value=3650,
        help_text=_("In days, sealed. All else is kept as long as the workspace says."),
    )
    envelopes_for_owners = forms.BooleanField(
        label=_("Only owners may open the sealed original"),
        required=False,
        help_text=_(
            "Otherwise leads may too. Each opening is noted with its name. Only an owner changes this."
        ),
    )
    try_text = forms.CharField(
        label=_("A text such as customers write"),
        required=False,
        max_length=MOST_TRIED,
        help_text=_("Try before you save. It is not kept."),
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 4, "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, may_own: bool, **more: Any) -> None:
        """Leave the owners' own decision to owners."""
        super().__init__(*args, **more)
        self.fields["envelopes_for_owners"].disabled = not may_own


class BrandMaskingForm(forms.Form):
    """Whether a brand masks what the workspace masks, or what it says itself."""

    own = forms.ChoiceField(
        label=_("Which decision holds"),
        choices=[("", _("The workspace's")), ("own", _("This brand's own"))],
        required=False,
        widget=forms.RadioSelect,
    )
    masks = _masks()

    def chosen(self) -> list[str] | None:
        """Return what is masked; None: as in the workspace."""
        return list(self.cleaned_data["masks"]) if self.cleaned_data["own"] else None
