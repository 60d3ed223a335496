"""An entry of the glossary as a form holds it: facts, and a row for each word."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Brand
from dragoman.core.language.actions.glossary import LONGEST_NOTE, Worded
from dragoman.core.language.glossary_models import GlossaryEntry, GlossaryTerm

MOST_ROWS = 300


@dataclass(frozen=True)
class Row:
    """One word as the form shows it."""

    language: str = ""
    market: str = ""
    text: str = ""
    use: str = "preferred"


class EntryForm(forms.Form):
    """What counts for all words of an entry."""

    keep = forms.BooleanField(
        label=_("Never translate it"),
        required=False,
        help_text=_("Product names, the shop's name: no engine touches them."),
    )
    case_sensitive = forms.BooleanField(label=_("Capitals matter"), required=False)
    brand = forms.ChoiceField(label=_("Brand"), required=False)
    speech = forms.ChoiceField(
        label=_("Part of speech"), required=False, choices=GlossaryEntry.Speech.choices
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    def __init__(self, brands: Sequence[Brand], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices = [("", _("All brands")), *((str(brand.pk), brand.name) for brand in brands)]
        self.fields["brand"].choices = choices  # type: ignore[attr-defined]


def rows_in(posted: QueryDict) -> list[Row]:
    """Return the words a form holds, empty rows left out."""
    lists = [posted.getlist(name) for name in ("language", "market", "text", "use")]
    found = []
    for language, market, text, use in zip(*lists, strict=False):
        if text.strip():
            known = use if use in GlossaryTerm.Use.values else "preferred"
            found.append(Row(language, market, text.strip(), known))
    return found[:MOST_ROWS]


def words_of(rows: Sequence[Row]) -> list[Worded]:
    """Return rows as the glossary takes them."""
    return [Worded(row.text, row.language, row.market, row.use) for row in rows]
