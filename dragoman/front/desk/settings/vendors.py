"""What the pages of shops, carriers and payment accounts share: their form, badges, where webhooks go, refusals."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, Protocol

from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from dragoman.kit.errors import Refusal

from ..request import AgentRequest

BADGES: Final = {"working": "ok", "failing": "bad", "off": "warn"}


class Asked(Protocol):
    """One line that a connector asks for; `secret`: sealed and never shown again. Some have `long` or `choices`."""

    @property
    def name(self) -> str:
        """Return what it is called in the form."""

    @property
    def label(self) -> str | Promise:
        """Return what people read."""

    @property
    def secret(self) -> bool:
        """Say whether it is never shown again."""

    @property
    def required(self) -> bool:
        """Say whether an account needs it."""

    @property
    def help(self) -> str | Promise:
        """Return where it comes from."""


class VendorForm(forms.Form):
    """An account's name here and its vendor's own fields; a kept secret is never shown, and stays where none is typed.

    What was typed comes back with a refused form, secrets never.
    """

    title = forms.CharField(label=_("Name"), max_length=80, help_text=_("What your team calls this account."))

    def __init__(
        self,
        fields: Sequence[Asked],
        data: Any = None,
        *,
        title: str = "",
        known: Mapping[str, Any] | None = None,
        is_kept: bool = False,
    ) -> None:
        super().__init__(data, initial={"title": title, **(known or {})})
        self.of_vendor = [one.name for one in fields]
        for one in fields:
            stays = one.secret and is_kept
            needed = one.required and not stays
            if choices := getattr(one, "choices", ()):
                self.fields[one.name] = forms.ChoiceField(
                    label=str(one.label), required=needed, choices=choices, help_text=str(one.help)
                )
                continue
            self.fields[one.name] = forms.CharField(
                label=str(one.label)
                if needed or stays
                else _now("%(field)s (optional)") % {"field": one.label},
                required=needed,
                max_length=5000,
                widget=_widget(one),
                help_text=str(_("Leave it empty to keep the one there is.") if stays else one.help),
                strip=True,
            )

    def told(self) -> dict[str, str]:
        """Return what was typed into the vendor's fields."""
        return {name: self.cleaned_data[name] for name in self.of_vendor}

    def bound(self) -> list[forms.BoundField]:
        """Return the vendor's fields for the page."""
        return [self[name] for name in self.of_vendor]


def _widget(one: Asked) -> forms.Widget:
    if one.secret:
        return forms.PasswordInput(attrs={"autocomplete": "new-password"})
    if getattr(one, "long", False):
        return forms.Textarea(attrs={"rows": 8, "dir": "ltr", "spellcheck": "false"})
    return forms.TextInput(attrs={"dir": "auto", "spellcheck": "false"})


def hook_address(request: AgentRequest, key: str) -> str:
    """Return where webhooks go: under the installation's own address, else the one this page has."""
    path = f"/hooks/{key}"
    return settings.BASE_URL.rstrip("/") + path if settings.BASE_URL else request.build_absolute_uri(path)


def refuse(form: forms.Form, refusal: Refusal) -> None:
    """Put a refusal beside the field that it is about."""
    if refusal.code == "name_taken":
        form.add_error("title", _("There is an account of this name already."))
        return
    field = str(refusal.details.get("field", ""))
    form.add_error(field if field in form.fields else None, str(refusal))
