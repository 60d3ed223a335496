"""Translation: which engines there are, how they fare, and what each language gets."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from dragoman.core.accounts.queries import workspace_facts
from dragoman.core.language import phrasebook
from dragoman.core.language.translate import engines_status, free_text_possible
from dragoman.ground.design.functions import language_name
from dragoman.kit.tags import same

from ...request import AgentRequest
from ..places import leads_only, show


@dataclass(frozen=True)
class Reach:
    """How far translation between the team and one customers' language goes."""

    tag: str
    name: str
    is_free: bool
    has_phrases: bool


@require_GET
@leads_only
def translation(request: AgentRequest) -> HttpResponse:
    """Ask every engine how it is."""
    facts = workspace_facts(request.agent.workspace_id)
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
        engines=engines,
        has_machine=len(engines) > 1,
        book=sorted(language_name(tag) for tag in book),
        team=facts.language,
        reaches=sorted(reaches, key=lambda one: (one.is_free, one.has_phrases, one.name)),
    )
