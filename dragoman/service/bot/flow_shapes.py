"""What a flow is made of: when it begins, its steps, their words by language, and the conversations that test it."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

END: Final = "end"
MOST_STEPS: Final = 40
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Words = Annotated[str, StringConstraints(max_length=2000)]
Tag = Annotated[str, StringConstraints(max_length=35)]
Texts = Annotated[dict[Tag, Words], Field(max_length=60)]
Slot = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_.]{0,39}$")]
StepKind = Literal[
    "say", "ask", "tool", "condition", "answer_from_help", "prove_identity", "hand_over", "resolve"
]
Takes = Literal["order_number", "email", "postcode", "choice", "yes_no", "free"]
State = Literal["talking", "handed_over", "resolved"]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Trigger(_Part):
    """When a flow begins: one of these purposes, or one of these words in the customer's language."""

    intents: Annotated[list[Annotated[str, StringConstraints(max_length=30)]], Field(max_length=23)] = []
    keywords: dict[
        Tag, Annotated[list[Annotated[str, StringConstraints(max_length=80)]], Field(max_length=40)]
    ] = {}


class Choice(_Part):
    """Something to choose: a value, what it is called (`words`: one of our own sentences), an icon's name."""

    value: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_:.-]{1,60}$")]
    texts: Texts = {}
    words: str = ""
    icon: Annotated[str, StringConstraints(max_length=30)] = ""


class Step(_Part):
    """One step. Which fields count depends on `kind`; without `next` the step below comes next, `end` ends the flow.

    `say`, `ask`, `tool`, `resolve` say `texts` (by language), else our own `words` (keys, a line each); a line with a
    slot that is not known is left out. `ask` takes one answer into `slot`; `to` says where an answer leads. `tool` is
    one of the registry; `to` says where its `outcome` leads, `otherwise` where it goes if it is refused. `condition`
    asks whether `slot` is known, or `equals`. `prove_identity` with `changing` is stricter. `hand_over` says `why`.
    """

    id: Id
    kind: StepKind
    texts: Texts = {}
    words: Annotated[list[str], Field(max_length=12)] = []
    next: Id | None = None
    otherwise: Id | None = None
    to: Annotated[dict[Annotated[str, StringConstraints(max_length=60)], Id], Field(max_length=20)] = {}
    slot: Slot | None = None
    takes: Takes = "free"
    choices: Annotated[list[Choice], Field(max_length=12)] = []
    equals: Annotated[str, StringConstraints(max_length=120)] | None = None
    tool: Annotated[str, StringConstraints(max_length=40)] = ""
    arguments: Annotated[
        dict[Slot, Annotated[str, StringConstraints(max_length=200)]], Field(max_length=8)
    ] = {}
    changing: bool = False
    why: Annotated[str, StringConstraints(max_length=60)] = ""

    @property
    def speaks(self) -> bool:
        """Say whether the customer reads words of this step."""
        return bool(self.texts or self.words)


class Expected(_Part):
    """What is expected of an answer; what is left out is not looked at."""

    state: State | None = None
    step: Id | None = None
    tool: str | None = None
    text: Annotated[str, StringConstraints(max_length=200)] = ""


class Line(_Part):
    """One message of a customer in a test, and what is expected of the answer."""

    said: Annotated[str, StringConstraints(max_length=2000)]
    expect: Expected = Expected()


class Script(_Part):
    """A conversation that tests a flow. `known`: the shop signed who the customer is; `facts` the tools tell."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    language: Tag = "en"
    known: bool = False
    facts: Annotated[dict[Slot, Annotated[str, StringConstraints(max_length=200)]], Field(max_length=40)] = {}
    lines: Annotated[list[Line], Field(min_length=1, max_length=20)]


class Body(_Part):
    """A version of a flow."""

    title: Texts = {}
    words: str = ""
    icon: Annotated[str, StringConstraints(max_length=30)] = ""
    trigger: Trigger = Trigger()
    steps: Annotated[list[Step], Field(max_length=MOST_STEPS)] = []
    tests: Annotated[list[Script], Field(max_length=30)] = []

    def step(self, step_id: str) -> Step | None:
        """Return a step by its id."""
        return next((one for one in self.steps if one.id == step_id), None)

    def after(self, step: Step) -> str:
        """Return which step comes after one that says nothing else."""
        if step.next:
            return step.next
        ids = [one.id for one in self.steps]
        place = ids.index(step.id) + 1
        return ids[place] if place < len(ids) else END

    def ways_from(self, step: Step) -> list[str]:
        """Return all steps that may come after one."""
        if step.kind in {"hand_over", "resolve"}:
            return []
        found = [*step.to.values(), *([step.otherwise] if step.otherwise else [])]
        return [*found, self.after(step)]


def body_of(kept: Mapping[str, Any]) -> Body:
    """Return a version as it was kept."""
    return Body.model_validate(kept)


def kept_of(body: Body) -> dict[str, Any]:
    """Return a version as it is kept: what differs from the default."""
    kept: dict[str, Any] = body.model_dump(mode="json", exclude_defaults=True)
    return kept


def slots_given(steps: Sequence[Step]) -> set[str]:
    """Return the slots that questions of these steps fill."""
    return {one.slot for one in steps if one.kind == "ask" and one.slot}
