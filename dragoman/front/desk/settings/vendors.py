"""What the pages of shops, carriers and payment accounts share: badges of states, where webhooks go, refusals."""

from typing import Final

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _

from dragoman.kit.errors import Refusal

from ..request import AgentRequest

BADGES: Final = {"working": "ok", "failing": "bad", "off": "warn"}


def hook_address(request: AgentRequest, key: str) -> str:
    """Return where webhooks go: under the installation's own address, else the one this page has."""
    path = f"/hooks/{key}"
    return settings.BASE_URL.rstrip("/") + path if settings.BASE_URL else request.build_absolute_uri(path)


def refuse(form: forms.Form, refusal: Refusal) -> None:
    """Put a refusal beside the field that it is about."""
    if refusal.code == "name_taken" and "name" in form.fields:
        form.add_error("name", _("There is an account of this name already."))
        return
    field = str(refusal.details.get("field", ""))
    form.add_error(field if field in form.fields else None, str(refusal))
