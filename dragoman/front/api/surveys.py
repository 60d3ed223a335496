"""`/surveys`: how customers found it: links to ask by, answers, and what they come to."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from ninja import Query, Router, Schema
from pydantic import Field, StringConstraints

from dragoman.service.surveys.actions import LONGEST, Answer, answer_survey
from dragoman.service.surveys.asking import get_conversation as conversation_asked
from dragoman.service.surveys.asking import is_changeable, read_survey, sign_survey
from dragoman.service.surveys.errors import NoSurvey
from dragoman.service.surveys.models import Survey
from dragoman.service.surveys.queries import answers_of, means_of

from .conversations import get_conversation, workspace_of
from .problems import ERRORS
from .schemas import In, Listed, Moment, Tag, below_of

router = Router(tags=["surveys"])


class SurveyOut(Schema):
    """An answer: 1 to 5; `comment` as the customer wrote it, `comment_translated` in the team's language or ""."""

    id: str
    kind: str
    brand: str
    conversation: str
    agent: str | None
    channel: str
    market: str
    language: str
    score: int
    comment: str
    comment_translated: str
    answered_at: datetime
    changed_at: datetime
    open: bool


class MeanOut(Schema):
    """What the answers of one brand, market, language or channel come to; `good` of them said 4 or 5."""

    value: str
    count: int
    mean: float
    good: int


class MeansOut(Schema):
    """Means, the most answered first."""

    items: list[MeanOut]


class LinkIn(In):
    """Which conversation a link asks about."""

    conversation: Annotated[str, StringConstraints(min_length=1, max_length=20)]


class LinkOut(Schema):
    """A link good for thirty days, and the token in it."""

    token: str
    url: str


class ResponseIn(In):
    """What a customer says: 1 to 5, a comment, the language they read the question in."""

    score: Annotated[int, Field(ge=1, le=5)]
    comment: Annotated[str, StringConstraints(max_length=LONGEST)] = ""
    language: Tag | None = None


def _json(row: Survey) -> dict[str, Any]:
    same = ("kind", "channel", "market", "language", "score", "comment", "answered_at", "changed_at")
    return {
        **{name: getattr(row, name) for name in same},
        "id": str(row.pk),
        "brand": row.brand.slug,
        "conversation": str(row.conversation_id),
        "agent": str(row.agent_id) if row.agent_id else None,
        "comment_translated": row.translated,
        "open": is_changeable(row),
    }


@router.get("/surveys", response={200: Listed[SurveyOut], **ERRORS}, summary="List answers")
def list_surveys(
    request: HttpRequest,
    since: Annotated[Moment | None, Query(alias="from")] = None,
    until: Annotated[Moment | None, Query(alias="to")] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> Any:
    """List what customers answered, the newest first, from a moment on and before another."""
    rows = answers_of(workspace_of(request), since=since, until=until).order_by("-pk")
    if (below := below_of(cursor)) is not None:
        rows = rows.filter(pk__lt=below)
    found = list(rows[: limit + 1])
    following = str(found[limit - 1].pk) if len(found) > limit else None
    return {"items": [_json(one) for one in found[:limit]], "next": following}


@router.get("/surveys/means", response={200: MeansOut, **ERRORS}, summary="What answers come to")
def means(
    request: HttpRequest,
    by: Literal["brand", "market", "language", "channel"] = "brand",
    since: Annotated[Moment | None, Query(alias="from")] = None,
    until: Annotated[Moment | None, Query(alias="to")] = None,
) -> Any:
    """Return the mean of answers by brand, market, language of the conversation, or channel."""
    found = answers_of(workspace_of(request), since=since, until=until)
    return {"items": [vars(one) for one in means_of(found, by=by)]}


@router.post("/surveys", response={201: LinkOut, **ERRORS}, summary="Make a link")
def make_link(request: HttpRequest, data: LinkIn) -> Any:
    """Make the link by which a conversation's customer says how it was: for a mail that closes it."""
    token = sign_survey(get_conversation(request, data.conversation))
    base = settings.BASE_URL or f"{request.scheme}://{request.get_host()}"
    return 201, {"token": token, "url": base + reverse("survey", args=[token])}


@router.post(
    "/surveys/{token}/responses", response={200: SurveyOut, **ERRORS}, summary="Answer for a customer"
)
def respond(request: HttpRequest, token: str, data: ResponseIn) -> Any:
    """Keep an answer that your own page asked for, or change it within a day; 404 `no_survey` for a wrong token,
    409 `answer_stands` afterwards."""
    workspace_id, conversation_id = read_survey(token)
    if workspace_id != workspace_of(request):
        raise NoSurvey
    talk = conversation_asked(workspace_id, conversation_id)
    survey = answer_survey(talk, Answer(data.score, data.comment, data.language or "", "api"))
    return _json(answers_of(workspace_id).get(pk=survey.pk))
