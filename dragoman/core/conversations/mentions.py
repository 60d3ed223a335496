"""Who is named in a note: structured marks with ids, found again in the text where their names stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.core.accounts.models import Agent, Team

MOST = 30


@dataclass(frozen=True)
class Mention:
    """One named agent or team, by id; exactly one of the two is set."""

    agent_id: int = 0
    team_id: int = 0


@dataclass(frozen=True)
class Part:
    """A piece of a note's text; a mention carries its mark."""

    text: str
    mention: Mapping[str, Any] | None = None


def marks_for(workspace_id: int, text: str, mentions: Sequence[Mention]) -> list[dict[str, Any]]:
    """Return the marks of a note: ids, names as they are now, where they stand in the text, whether they are told.

    Ids of another workspace, and ids there are none of, are left out. `at` holds [start, end] in code points; a mention
    that does not stand in the text has none and is shown below it. A closed seat is marked `told: false`.
    """
    asked = list(dict.fromkeys(mentions))[:MOST]
    agents = Agent.objects.filter(workspace_id=workspace_id, pk__in=[one.agent_id for one in asked])
    teams = Team.objects.filter(workspace_id=workspace_id, pk__in=[one.team_id for one in asked])
    people, groups = {agent.pk: agent for agent in agents}, {team.pk: team for team in teams}
    marks: list[dict[str, Any]] = []
    for one in asked:
        if one.agent_id in people:
            agent = people[one.agent_id]
            marks.append({"agent": agent.pk, "name": agent.name, "told": agent.is_active})
        elif one.team_id in groups:
            marks.append({"team": one.team_id, "name": groups[one.team_id].name, "told": True})
    _place(text, marks)
    return marks


def _place(text: str, marks: list[dict[str, Any]]) -> None:
    """Find where the names stand, the longest first, so that "Anna-Maria" is not taken for "Anna"."""
    taken: list[tuple[int, int]] = []
    for mark in sorted(marks, key=lambda mark: -len(mark["name"])):
        word, at = f"@{mark['name']}", 0
        mark["at"] = []
        while (start := text.find(word, at)) >= 0:
            end = at = start + len(word)
            if any(start < other_end and other_start < end for other_start, other_end in taken):
                continue
            taken.append((start, end))
            mark["at"].append([start, end])
            if sum(other["name"] == mark["name"] for other in marks) > 1:
                # people of one name: each takes one place, in order
                break


def parts_of(text: str, marks: Sequence[Mapping[str, Any]]) -> list[Part]:
    """Cut a note's text into plain parts and mentions."""
    spans = sorted((span[0], span[1], mark) for mark in marks for span in mark.get("at", ()))
    parts: list[Part] = []
    at = 0
    for start, end, mark in spans:
        if start < at or end > len(text):
            continue
        if start > at:
            parts.append(Part(text[at:start]))
        parts.append(Part(text[start:end], mark))
        at = end
    if at < len(text):
        parts.append(Part(text[at:]))
    return parts


def unplaced(marks: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the marks that do not stand in the text."""
    return [mark for mark in marks if not mark.get("at")]
