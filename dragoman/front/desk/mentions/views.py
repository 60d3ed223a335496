"""Who can be mentioned: agents and teams that a few letters fit, in any script, with a slip of the finger."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET
from rapidfuzz import fuzz

from dragoman.core.accounts.models import Agent
from dragoman.core.accounts.queries import agents_of, teams_of
from dragoman.kit.text import fold

from ..request import AgentRequest

MOST = 8
# of 100: one wrong or missing letter in a short name still passes
GOOD = 72


@dataclass(frozen=True)
class Candidate:
    """An agent or a team that may be meant."""

    kind: str
    id: int
    name: str
    more: str = ""
    closed: bool = False


def _score(name: str, wanted: str) -> float:
    """Return how well letters fit a name: a beginning of any word is best, then a part, then something like it."""
    known = fold(name)
    if not wanted:
        return 100
    if known.startswith(wanted):
        return 200
    if any(word.startswith(wanted) for word in known.split()):
        return 180
    if wanted in known:
        return 150
    words = [known, *known.split()]
    return max(fuzz.ratio(word[: len(wanted) + 1], wanted) if len(wanted) > 2 else 0 for word in words)


def candidates(agent: Agent, typed: str) -> list[Candidate]:
    """Return who may be meant, the best first; open seats before closed ones, which only an exact beginning finds."""
    wanted = fold(typed.strip())
    people = [
        Candidate("agent", one.pk, one.name, str(one.get_role_display()), not one.is_active)
        for one in agents_of(agent.workspace_id).select_related(None)
        if one.pk != agent.pk
    ]
    teams = [Candidate("team", one.pk, one.name) for one in teams_of(agent.workspace_id)]
    scored = [(_score(one.name, wanted), one) for one in [*people, *teams]]
    fit = [(score, one) for score, one in scored if score >= (180 if one.closed and wanted else GOOD)]
    fit = [pair for pair in fit if wanted or not pair[1].closed]
    return [one for _score, one in sorted(fit, key=lambda pair: (pair[1].closed, -pair[0], pair[1].name))][
        :MOST
    ]


@require_GET
def mentionable(request: AgentRequest) -> HttpResponse:
    """List who the letters after an @ may mean."""
    found = candidates(request.agent, request.GET.get("q", "")[:60])
    return render(request, "desk/_mention_list.html", {"candidates": found})
