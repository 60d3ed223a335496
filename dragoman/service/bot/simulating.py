"""The simulator: a conversation with flows as they are, or as somebody is just writing one; nothing real is touched."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from dragoman.core.accounts.models import Brand
from dragoman.kit import tags

from .engine import Known
from .flow_shapes import Body
from .flows_known import flows_for
from .help import Asking
from .queries import bot_of
from .rehearsal import Rehearsal, Rehearsed
from .words import said

MOST_LINES: Final = 40


@dataclass(frozen=True, kw_only=True)
class Scene:
    """What is simulated: what the customer says, one after another (`choice:` and a value is a click); `draft` stands
    under `key` in the place of the flow there is."""

    said: Sequence[str]
    language: str = ""
    known: bool = False
    facts: Mapping[str, str] = field(default_factory=dict)
    key: str = ""
    draft: Body | None = None


@dataclass(frozen=True)
class Spoken:
    """One message and what the bot does with it; `state` is where the talk stands then."""

    said: str
    answer: str
    language: str
    outcome: str
    state: str
    flow: str
    why: str
    steps: list[str]
    tools: list[str]
    choices: list[dict[str, str]]
    sources: list[dict[str, str]]
    card: dict[str, Any] | None


def simulate(brand: Brand, scene: Scene) -> list[Spoken]:
    """Return the answers to a scene's messages, at most 40 of them."""
    flows = flows_for(brand.workspace_id, brand.pk)
    if scene.draft is not None:
        rest = [one for one in flows if one.key != scene.key]
        flows = [Known(scene.key or "draft", 0, scene.draft), *rest]
    language = tags.match(scene.language, tags.LANGUAGES) if scene.language else ""
    asking = Asking(brand.workspace_id, brand.pk)
    world = Rehearsed(asking, language or brand.language, scene.known, scene.facts, with_help=True)
    talk = Rehearsal(world, flows)
    bot = bot_of(brand.workspace_id, brand.pk)
    made = []
    for line in scene.said[:MOST_LINES]:
        first = not talk.memory.greeted
        choice = line.removeprefix("choice:") if line.startswith("choice:") else ""
        one = talk.hear("" if choice else line, language=language or "", choice=choice)
        answer = one.text
        if first and answer:
            answer = f"{said('disclosure', one.language, name=bot.name)}\n\n{answer}"
        made.append(
            Spoken(
                said=line,
                answer=answer,
                language=one.language,
                outcome=one.outcome,
                state=talk.state,
                flow=one.flow,
                why=one.why,
                steps=one.path,
                tools=one.tools,
                choices=one.choices,
                sources=[{"title": s.title, "path": s.path, "quote": s.quote} for s in one.sources],
                card=one.card,
            )
        )
    return made
