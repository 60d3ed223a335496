"""What a team noted about a market, and what it changed: at the foot of the market's pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dragoman.core.accounts.models import Brand
from dragoman.core.playbooks.queries import changes_of, notes_of

from .rows import change_of

MOST = 20


class NoteForm(forms.Form):
    """What the team learnt about a market."""

    text = forms.CharField(
        label=_("What we learnt"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )
    source = forms.CharField(
        label=pgettext_lazy("source", "Where it stands"), max_length=1000, required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )  # fmt: skip
    url = forms.CharField(
        label=_("Address of the source"), max_length=500, required=False,
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "url"}),
    )  # fmt: skip


def kept(brand: Brand | None, code: str, form: NoteForm | None) -> dict[str, Any]:
    """Return the notes and the history of a brand's market, and the form for one more."""
    notes = list(notes_of(brand.workspace_id, brand.pk, code)[:MOST]) if brand else []
    changes = list(changes_of(brand.workspace_id, brand.pk, code)[:MOST]) if brand else []
    return {
        "notes": notes,
        "changes": [change_of(one) for one in changes],
        "note_form": form or NoteForm(),
    }
