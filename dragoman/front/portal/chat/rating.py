"""The endpoint of the question at a conversation's end: how it was."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from dragoman.service.surveys.actions import Answer, answer_survey
from dragoman.service.surveys.errors import NoSurvey

from . import limits
from .door import Caller, chat_door, read_json, reply, session_of
from .thread import find_conversation, shown_survey


class Rating(BaseModel):
    """1 to 5, and a comment if one likes."""

    model_config = ConfigDict(extra="forbid")

    score: Annotated[int, Field(ge=1, le=5)]
    comment: Annotated[str, StringConstraints(max_length=8000)] = ""


@chat_door("POST")
def survey(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Keep what the shopper says of the conversation they are in: 200 `{survey: {score, comment, open}}`.

    404 where nothing is asked, 409 where the time for changing an answer is over.
    """
    who = session_of(request, caller.brand)
    limits.count((limits.RATINGS_PER_SESSION, who.handle))
    said = read_json(request, Rating)
    talk = find_conversation(who, caller.brand)
    if talk is None or shown_survey(talk, caller.brand) is None:
        raise NoSurvey
    answer_survey(talk, Answer(said.score, said.comment, get_language() or "en"))
    return reply({"survey": shown_survey(talk, caller.brand)})
