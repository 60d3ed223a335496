"""`/language/review*`: the rules of review, who reviews, what waits, and deciding it."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field, StringConstraints

from dragoman.core.accounts.models import Brand
from dragoman.core.accounts.queries import brands_of
from dragoman.core.language import queue as asking
from dragoman.core.language.actions.review import RuleWritten, set_policy, set_reviewers, set_rules
from dragoman.core.language.models import Reviewer
from dragoman.core.language.ports import Opened, Said
from dragoman.core.language.review import Facts, When, policy_of, rules_of, verdict_on
from dragoman.kit.errors import Refusal
from dragoman.kit.tags import normalise

from .conversations import number_of, workspace_of
from .problems import ERRORS
from .schemas import In, Listed, Tag, Text

router = Router(tags=["review"])

Made = Literal["machine", "phrasebook", "memory", "amended", "person"]
Outcome = Literal["send", "after", "hold"]
Sample = Annotated[int, Field(ge=1, le=1000)]
Word = Annotated[str, StringConstraints(max_length=60)]

Kind = Annotated[str, Query(max_length=20)]
Currency = Annotated[str, StringConstraints(pattern=r"^([A-Z]{3})?$")]


class PairIn(In):
    """A pair of languages; null is any."""

    source: Tag | None = None
    target: Tag | None = None


class WhenIn(In):
    """The conditions of a rule: all that are named must hold, of a list one. `amount_over` is in major units.

    Without `made` an answer counts however it was made, also one that an agent wrote in the customer's language
    (`person`).
    """

    brands: Annotated[list[Word], Field(max_length=50)] = []
    channels: Annotated[list[Word], Field(max_length=20)] = []
    pairs: Annotated[list[PairIn], Field(max_length=100)] = []
    intents: Annotated[list[Word], Field(max_length=30)] = []
    confidence_below: Annotated[float, Field(ge=0, le=1)] | None = None
    engines: Annotated[list[Word], Field(max_length=20)] = []
    made: Annotated[list[Made], Field(max_length=5)] = []
    amount_over: Annotated[float, Field(ge=0, lt=1e12)] | None = None
    currency: Currency = ""
    names_date: bool = False
    faults: bool = False


class RuleIn(In):
    """A rule: what becomes of an answer for which all of `when` holds; `sample` is 1 in how many, of those sent."""

    name: Annotated[str, StringConstraints(max_length=120)] = ""
    when: WhenIn = WhenIn()
    outcome: Outcome
    sample: Sample = 1


class PolicyIn(In):
    """What counts where no rule matches, and how reviewing goes; `rules` in their order replace all others."""

    outcome: Outcome | None = None
    sample: Sample | None = None
    faults: Literal["ask", "hold"] | None = None
    own: bool | None = None
    assigned_only: bool | None = None
    stand_in: Literal["wait", "lead", "release"] | None = None
    stand_in_minutes: Annotated[int, Field(ge=1, le=10_080)] | None = None
    rules: Annotated[list[RuleIn], Field(max_length=100)] | None = None


class RuleOut(Schema):
    """A rule."""

    name: str
    when: dict[str, Any]
    outcome: str
    sample: int


class PolicyOut(Schema):
    """A workspace's policy with its rules in order."""

    outcome: str
    sample: int
    faults: str
    own: bool
    assigned_only: bool
    stand_in: str
    stand_in_minutes: int
    rules: list[RuleOut]


class TryIn(In):
    """An answer that might be: what would become of it?"""

    text: Text = ""
    source: Tag
    target: Tag
    brand: Annotated[str, StringConstraints(max_length=63)] | None = None
    channel: Word = ""
    intent: Word = ""
    engine: Word = ""
    made: Made = "machine"
    confidence: Annotated[float, Field(ge=0, le=1)] | None = None
    faults: Annotated[list[Word], Field(max_length=20)] = []


class VerdictOut(Schema):
    """What would become of it, why, and the place of the rule (null: none matched)."""

    outcome: str
    reason: dict[str, Any]
    sample: int
    asks: bool
    rule: int | None


class ReviewerIn(In):
    """An agent who reviews a pair of languages; null is any."""

    agent: str
    source: Tag | None = None
    target: Tag | None = None


class ReviewersIn(In):
    """Who reviews by assignment: all of them."""

    items: Annotated[list[ReviewerIn], Field(max_length=1000)]


class ReviewerOut(Schema):
    """An agent who reviews a pair of languages."""

    agent: str
    source: str | None
    target: str | None


class WaitingOut(Schema):
    """One line of the queue; `due_at` is when its stand-in comes, `held` that the customer has not got it."""

    kind: str
    id: str
    source: str
    target: str
    title: str
    reason: dict[str, Any]
    confidence: float | None
    held: bool
    since: datetime
    due_at: datetime | None


class ReviewOut(Schema):
    """One text under review: what was written, what was made of it, and what was decided."""

    kind: str
    id: str
    source: str
    target: str
    title: str
    text: str
    translation: str
    machine: str
    result: str | None
    made: str
    engine: str
    confidence: float | None
    faults: list[str]
    state: str
    held: bool
    reason: dict[str, Any]
    author: str
    reviewer: str
    comment: str
    since: datetime
    decided_at: datetime | None
    customer_wrote_since: bool


class AcceptIn(In):
    """Let it out: as it is, or as `text` has it. `author` names the program or person behind it."""

    text: Text | None = None
    author: Annotated[str, StringConstraints(max_length=120)] | None = None


class RejectIn(In):
    """Send it back, and say why."""

    reason: Annotated[str, StringConstraints(min_length=1, max_length=1000)]
    author: Annotated[str, StringConstraints(max_length=120)] | None = None


def _when_json(workspace_id: int, when: When) -> dict[str, Any]:
    slugs = dict(brands_of(workspace_id).values_list("pk", "slug"))
    return {
        "brands": [slugs[pk] for pk in when.brands if pk in slugs],
        "channels": list(when.channels),
        "pairs": [{"source": source or None, "target": target or None} for source, target in when.pairs],
        "intents": list(when.intents),
        "confidence_below": when.confidence_below,
        "engines": list(when.engines),
        "made": list(when.made),
        "amount_over": float(when.amount_over) if when.amount_over is not None else None,
        "currency": when.currency,
        "names_date": when.names_date,
        "faults": when.faults,
    }


def _policy_json(workspace_id: int) -> dict[str, Any]:
    policy = policy_of(workspace_id)
    return {
        **{name: getattr(policy, name) for name in PolicyOut.model_fields if name != "rules"},
        "rules": [
            {
                "name": rule.name,
                "when": _when_json(workspace_id, When.from_json(rule.when)),
                "outcome": rule.outcome,
                "sample": rule.sample,
            }
            for rule in rules_of(workspace_id)
        ],
    }


def _brand(workspace_id: int, slug: str) -> Brand:
    found = brands_of(workspace_id).filter(slug=slug).first()
    if found is None:
        raise Refusal(f"There is no brand “{slug[:40]}” in this workspace.", code="unknown_brand", status=422)
    return found


def _when(workspace_id: int, given: WhenIn) -> When:
    return When(
        brands=tuple(_brand(workspace_id, slug).pk for slug in given.brands),
        channels=tuple(given.channels),
        pairs=tuple((_tag(pair.source), _tag(pair.target)) for pair in given.pairs),
        intents=tuple(given.intents),
        confidence_below=given.confidence_below,
        engines=tuple(given.engines),
        made=tuple(given.made),
        amount_over=Decimal(str(given.amount_over)) if given.amount_over is not None else None,
        currency=given.currency,
        names_date=given.names_date,
        faults=given.faults,
    )


def _tag(tag: str | None) -> str:
    return normalise(tag) if tag else ""


@router.get("/language/review-policy", response={200: PolicyOut, **ERRORS}, summary="The rules of review")
def get_policy(request: HttpRequest) -> Any:
    """Return what becomes of translated answers: rules in order, and what counts where none matches."""
    return _policy_json(workspace_of(request))


@router.patch("/language/review-policy", response={200: PolicyOut, **ERRORS}, summary="Change them")
def patch_policy(request: HttpRequest, data: PolicyIn) -> Any:
    """Change what is named; `rules` replaces all rules."""
    workspace_id = workspace_of(request)
    given = data.model_dump(exclude_unset=True, exclude_none=True, exclude={"rules"})
    rules = None
    if data.rules is not None:
        rules = [
            RuleWritten(_when(workspace_id, rule.when), rule.outcome, rule.name, rule.sample)
            for rule in data.rules
        ]
    if given:
        set_policy(workspace_id, agent=None, values=given)
    if rules is not None:
        set_rules(workspace_id, agent=None, rules=rules)
    return _policy_json(workspace_id)


@router.post(
    "/language/review-policy/try", response={200: VerdictOut, **ERRORS}, summary="What would happen?"
)
def try_policy(request: HttpRequest, data: TryIn) -> Any:
    """Say what would become of an answer; nothing is stored."""
    workspace_id = workspace_of(request)
    verdict = verdict_on(
        workspace_id,
        Facts(
            text=data.text,
            source=_tag(data.source),
            target=_tag(data.target),
            brand_id=_brand(workspace_id, data.brand).pk if data.brand else None,
            channel=data.channel,
            intent=data.intent,
            engine=data.engine,
            made=data.made,
            confidence=data.confidence,
            faults=tuple(data.faults),
        ),
    )
    places = {rule.pk: place for place, rule in enumerate(rules_of(workspace_id))}
    return {**verdict.__dict__, "rule": places.get(verdict.rule_id or 0)}


@router.get("/language/reviewers", response={200: Listed[ReviewerOut], **ERRORS}, summary="Who reviews")
def list_reviewers(request: HttpRequest) -> Any:
    """List who reviews by assignment; agents who speak both languages review beside them, unless policy says not."""
    found = Reviewer.objects.filter(workspace_id=workspace_of(request)).order_by("pk")
    items = [
        {"agent": str(row.agent_id), "source": row.source or None, "target": row.target or None}
        for row in found
    ]
    return {"items": items, "next": None}


@router.put("/language/reviewers", response={200: Listed[ReviewerOut], **ERRORS}, summary="Assign them")
def put_reviewers(request: HttpRequest, data: ReviewersIn) -> Any:
    """Let these agents review these pairs, and no others by assignment."""
    pairs = [(number_of(one.agent), _tag(one.source), _tag(one.target)) for one in data.items]
    set_reviewers(workspace_of(request), agent=None, pairs=pairs)
    return list_reviewers(request)


@router.get("/language/reviews", response={200: Listed[WaitingOut], **ERRORS}, summary="What waits")
def list_reviews(
    request: HttpRequest,
    kind: Annotated[str, Query(max_length=20)] = "",
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> Any:
    """List what waits for a reviewer: what is held first and the soonest due, then the oldest."""
    found = [line for line in asking.waiting(workspace_of(request), None) if not kind or line.kind == kind]
    items = [{**line.__dict__, "id": str(line.pk), "since": line.at} for line in found[:limit]]
    return {"items": items, "next": None}


def _json(opened: Opened) -> dict[str, Any]:
    return {
        **{name: getattr(opened, name) for name in ReviewOut.model_fields if hasattr(opened, name)},
        "id": str(opened.pk),
        "translation": opened.said,
        "result": opened.kept or None,
        "faults": list(opened.faults),
        "since": opened.at,
        "customer_wrote_since": opened.later is not None,
    }


@router.get("/language/reviews/{review}", response={200: ReviewOut, **ERRORS}, summary="One of them")
def get_review(request: HttpRequest, review: str, kind: Kind = "reply") -> Any:
    """Return one text under review, also one that is decided; `kind` is `reply` or `macro`, as the list has it."""
    return _json(asking.opened(workspace_of(request), None, kind, number_of(review)))


@router.post("/language/reviews/{review}/accept", response={200: ReviewOut, **ERRORS}, summary="Accept")
def accept(request: HttpRequest, review: str, data: AcceptIn, kind: Kind = "reply") -> Any:
    """Let it out as it is or as `text` has it; 409 `already_reviewed` where somebody was quicker."""
    said = Said(text=data.text, author=data.author or "API")
    asking.kind_of(kind).accept(workspace_of(request), None, number_of(review), said)
    return get_review(request, review, kind)


@router.post("/language/reviews/{review}/reject", response={200: ReviewOut, **ERRORS}, summary="Reject")
def reject(request: HttpRequest, review: str, data: RejectIn, kind: Kind = "reply") -> Any:
    """Send it back with a reason; a held answer returns to its author's composer."""
    said = Said(comment=data.reason, author=data.author or "API")
    asking.kind_of(kind).reject(workspace_of(request), None, number_of(review), said)
    return get_review(request, review, kind)
