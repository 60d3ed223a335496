"""Translation: which engines there are, how they fare, and what each language gets."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from dragoman.core.accounts.models import Workspace
from dragoman.core.accounts.queries import workspace_facts
from dragoman.core.language import phrasebook
from dragoman.core.language.detect import detect
from dragoman.core.language.scope import Scope
from dragoman.core.language.translate import Translation, engines_status, free_text_possible, translate
from dragoman.ground.design.functions import language_name
from dragoman.kit.errors import OutsideError
from dragoman.kit.tags import same

from ...request import AgentRequest
from ..languages import language_choices
from ..places import leads_only, show


@dataclass(frozen=True)
class Reach:
    """How far translation between the team and one customers' language goes."""

    tag: str
    name: str
    is_free: bool
    has_phrases: bool


class TryForm(forms.Form):
    """A text to translate once; nothing of it is kept."""

    text = forms.CharField(
        label=_("Text"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )
    target = forms.ChoiceField(label=_("Into"), choices=())

    def __init__(self, facts: Workspace, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["target"].choices = language_choices(facts.languages)  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Tried:
    """What became of a text: its language, and its translation or why there is none."""

    source: str
    target: str
    found: Translation | None = None
    problem: str = ""


def _tried(form: TryForm, facts: Workspace) -> Tried | None:
    if not form.is_bound or not form.is_valid():
        return None
    text, target = form.cleaned_data["text"], form.cleaned_data["target"]
    seen = detect(text, facts.languages)
    if same(seen.language, target):
        return Tried(seen.language, target, problem=_now("The text is in this language already."))
    try:
        found = translate(text, source=seen.language, target=target, scope=Scope(facts.pk))
    except OutsideError as error:
        return Tried(seen.language, target, problem=str(error))
    missing = "" if found else _now("No engine can do this pair, and the phrasebook has no such sentence.")
    return Tried(seen.language, target, found, missing)


@require_http_methods(["GET", "POST"])
@leads_only
def translation(request: AgentRequest) -> HttpResponse:
    """Ask every engine how it is; a posted text is translated once."""
    facts = workspace_facts(request.agent.workspace_id)
    first = {"text": phrasebook.render("where_is_my_order", "fi", {}), "target": facts.language}
    form = TryForm(facts, request.POST or None, initial=first)
    tried = _tried(form, facts)
    status = 422 if form.is_bound and not form.is_valid() else 200
    engines = engines_status()
    book = phrasebook.languages()
    reaches = [
        Reach(
            tag,
            language_name(tag),
            free_text_possible(tag, facts.language) and free_text_possible(facts.language, tag),
            phrasebook.tag_for(tag) is not None and phrasebook.tag_for(facts.language) is not None,
        )
        for tag in facts.languages
        if not same(tag, facts.language)
    ]
    return show(
        request,
        "translation.html",
        place="translation",
        status=status,
        engines=engines,
        has_machine=len(engines) > 1,
        book=sorted(language_name(tag) for tag in book),
        team=facts.language,
        form=form,
        tried=tried,
        reaches=sorted(reaches, key=lambda one: (one.is_free, one.has_phrases, one.name)),
    )
